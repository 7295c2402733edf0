package llmconfig

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const litellm = `model_list:
  - model_name: gpt-4o
    litellm_params:
      model: azure/gpt-4o-eu
      api_key: os.environ/AZURE_API_KEY
  - model_name: gpt-4o
    litellm_params:
      model: azure/gpt-4o-west
  - model_name: local
    litellm_params:
      model: hosted_vllm/mistralai/Mistral-7B-Instruct-v0.3
      api_base: http://vllm:8000/v1
      api_key: secret
  - model_name: bare
    litellm_params:
      model: claude-3-haiku
  - model_name: empty
`

const librechat = `version: 1.2.8
endpoints:
  custom:
    - name: Mistral
      apiKey: ${KEY}
      baseURL: https://api.mistral.ai/v1
      models:
        default: [mistral-small, mistral-large]
    - name: empty
  azureOpenAI:
    groups:
      - group: west
        models:
          gpt-4o: true
      - group: east
`

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		read func(context.Context, []byte) (austauschbar.Text, error)
		file string
		want string
	}{
		"gateway": {ReadLiteLLM, litellm, `gateway "LiteLLM" @2
model "Azure OpenAI" external @4
"LiteLLM" -> "Azure OpenAI" api @4
model "gpt-4o-eu" used by "LiteLLM" @4
model "gpt-4o-west" used by "LiteLLM" @8
model "claude-3-haiku" used by "LiteLLM" @16
setting of "LiteLLM" model_list[2].litellm_params.model="hosted_vllm/mistralai/Mistral-7B-Instruct-v0.3" @11
setting of "LiteLLM" model_list[2].litellm_params.api_base="http://vllm:8000/v1" @12`},
		"front end": {ReadLibreChat, librechat, `application "LibreChat" @3
model "Azure OpenAI" external @14
"LibreChat" -> "Azure OpenAI" api @14
model "gpt-4o" used by "LibreChat" @14
setting of "LibreChat" endpoints.custom[0].baseURL="https://api.mistral.ai/v1" @6
setting of "LibreChat" endpoints.custom[0].models.default="mistral-small" @8
setting of "LibreChat" endpoints.custom[0].models.default="mistral-large" @8`},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := test.read(t.Context(), []byte(test.file))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(test.want, "\n"), readertest.Drawn(text.Architecture)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A file that tells nothing of models is one of another format.
func TestOtherFiles(t *testing.T) {
	for name, file := range map[string]string{"nothing": "", "other keys": "a: b", "a list": "- a"} {
		t.Run(name, func(t *testing.T) {
			for _, read := range []func(context.Context, []byte) (austauschbar.Text, error){ReadLiteLLM, ReadLibreChat} {
				_, err := read(t.Context(), []byte(file))
				var refused *limit.Refusal
				if !errors.As(err, &refused) || refused.Code != "not_this_format" {
					t.Errorf("error %v", err)
				}
			}
		})
	}
}

func FuzzReadLiteLLM(f *testing.F) {
	f.Add([]byte(litellm))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, ReadLiteLLM, data) })
}

func FuzzReadLibreChat(f *testing.F) {
	f.Add([]byte(librechat))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, ReadLibreChat, data) })
}
