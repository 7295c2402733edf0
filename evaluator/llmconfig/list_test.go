package llmconfig

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestReadList(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"in capitals":         {"MODELS:\n  - type: AZURE\n    llm_name: gpt-4o\n    endpoint: https://x.openai.azure.com/v1\n    api_key: secret\n", "gpt-4o at x.openai.azure.com @3"},
		"yet to be named":     {"models:\n  - type: OPENAI\n    llm_name: \"<your-llm>\"\n    endpoint: \"<your-endpoint>\"\n", "OPENAI at  @2 any server"},
		"without a type":      {"models:\n  - name: ${MODEL}\n    api_key: ${KEY}\n", "models[0] at  @2"},
		"of providers":        {"models:\n  - name: chat\n    providers:\n      - {type: vllm, url: \"http://vllm:8000\", model_name: mistral-small}\n      - {type: tei, url: \"http://tei:80\"}\n", "mistral-small at vllm @4 any server, chat at tei @2"},
		"a key in an address": {"models:\n  - {name: a, url: \"https://u:p@host/v1\"}\n", "a at  @2"},
		"no address":          {"models:\n  - {name: customers, description: A table}\n", "not_this_format"},
		"no list":             {"models: {a: b}\n", "not_this_format"},
		"nothing":             {"a: 1\n", "not_this_format"},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := ReadList(t.Context(), []byte(test.file))
			var refused *limit.Refusal
			if errors.As(err, &refused) {
				if refused.Code != test.want {
					t.Errorf("refused as %s, want %s", refused.Code, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range text.Architecture.Models {
				line := fmt.Sprintf("%s at %s @%d", m.Name, m.Endpoint, m.Evidence[0].Line)
				if m.AnyServer {
					line += " any server"
				}
				got = append(got, line)
				if strings.Contains(m.Evidence[0].Quote, "secret") {
					t.Errorf("quotes a secret: %s", m.Evidence[0].Quote)
				}
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), test.want)
			}
		})
	}
	readertest.Cancels(t, ReadList, "models:\n  - {name: a, url: \"http://a\"}\n")
}

func FuzzReadList(f *testing.F) {
	f.Add([]byte("models:\n  - {name: a, url: \"http://a\", providers: [{url: b}]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, ReadList, data) })
}
