package llmconfig

import (
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const litellm = `model_list:
  - model_name: gpt-4o
    litellm_params:
      model: azure/gpt-4o-eu
      api_key: os.environ/AZURE_API_KEY
  - model_name: local
    litellm_params:
      model: hosted_vllm/mistralai/Mistral-7B-Instruct-v0.3
      api_base: http://vllm:8000/v1
      api_key: geheim
  - model_name: bare
    litellm_params:
      model: claude-3-haiku
`

const librechat = `version: 1.2.8
endpoints:
  custom:
    - name: Mistral
      apiKey: ${KEY}
      baseURL: https://api.mistral.ai/v1
      models:
        default: [mistral-small, mistral-large]
  azureOpenAI:
    groups:
      - group: west
        models:
          gpt-4o: true
`

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		file string
		read func() []string
		want []string
	}{
		"gateway": {want: []string{
			`gateway "LiteLLM" @1`,
			`model "Azure OpenAI" external @4`,
			`"LiteLLM" -> "Azure OpenAI" api @4`,
			`model "gpt-4o-eu" service "Azure OpenAI" via "LiteLLM" used by "LiteLLM" configured @4`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := ReadLiteLLM(t.Context(), []byte(litellm))
			if err != nil {
				t.Fatal(err)
			}
			t.Log(strings.Join(readertest.Drawn(text.Architecture), "\n"))
			_ = test
			_ = slices.Sort[[]string]
		})
	}
	text, _ := ReadLibreChat(t.Context(), []byte(librechat))
	t.Log(strings.Join(readertest.Drawn(text.Architecture), "\n"))
}
