package evaluator

import (
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// Providers of models that only the names of settings tell, beside what else is told.
func TestModelsByName(t *testing.T) {
	stack := []austauschbar.Component{app("web", custom), app("chat", custom)}
	gateway := app("own-gateway", image("ghcr.io/berriai/litellm"))
	tests := map[string]struct {
		settings     []austauschbar.Setting
		models, made []string // components beside those of the stack
	}{
		"a key": {
			[]austauschbar.Setting{set("web", "ANTHROPIC_API_KEY", "${ANTHROPIC_API_KEY}")},
			[]string{"Anthropic Claude=claude service@/Anthropic/ by web configured true"}, []string{"Anthropic Claude"},
		},
		"a cloud's, in the middle of a name": {
			[]austauschbar.Setting{set("web", "embedding_azure_openai_endpoint", "${X}"), set("web", "AZURE_OPENAI_API_KEY", "${Y}")},
			[]string{"Azure OpenAI= service@/Microsoft Azure/ by web configured true"}, []string{"Azure OpenAI"},
		},
		"an endpoint of a platform": {
			[]austauschbar.Setting{set("web", "SAGEMAKER_ENDPOINT_NAME", "${SAGEMAKER_ENDPOINT_NAME}")},
			[]string{"Amazon SageMaker= service@/Amazon Web Services/ by web configured true"}, []string{"Amazon SageMaker"},
		},
		"with its model": {
			[]austauschbar.Setting{set("web", "AZURE_OPENAI_MODEL", "gpt-4o"), set("web", "AZURE_OPENAI_API_KEY", "${KEY}")},
			[]string{"gpt-4o=gpt service@/Microsoft Azure/ by web configured true"}, []string{"Azure OpenAI"},
		},
		"variables of a module": {
			[]austauschbar.Setting{set("", "azure_openai_model", "gpt-4o"), set("", "azure_openai_api_key", "${azure_openai_api_key}")},
			[]string{"gpt-4o=gpt service@/Microsoft Azure/ by  configured true"}, []string{"Azure OpenAI"},
		},
		"a gateway that is drawn": {
			[]austauschbar.Setting{set("web", "LITELLM_API_KEY", "${LITELLM_API_KEY}"), set("own-gateway", "LITELLM_MASTER_KEY", "${K}")},
			[]string{}, nil,
		},
		"a key whose address is another setting's": {
			[]austauschbar.Setting{set("web", "OPENAI_API_KEY", "${OPENAI_API_KEY}"), set("web", "OPENAI_BASE_URL", "${OPENAI_BASE_URL}")},
			[]string{"OpenAI API= @// by web configured true any server"}, nil,
		},
		"a key alone": {
			[]austauschbar.Setting{set("web", "OPENAI_API_KEY", "${OPENAI_API_KEY}"), set("chat", "OPENAI_BASE_URL", "${OPENAI_BASE_URL}")},
			[]string{"OpenAI Platform= service@/OpenAI/ by web configured true"}, []string{"OpenAI Platform"},
		},
		"an address of any server": {
			[]austauschbar.Setting{set("web", "OPENAI_BASE_URL", "${OPENAI_BASE_URL}")}, []string{"OpenAI API= @// by web configured true any server"}, nil,
		},
		"a kind of server": {
			[]austauschbar.Setting{set("web", "LLM_BACKEND", "${LLM_BACKEND}")}, []string{"LLM= @// by web configured true any server"}, nil,
		},
		"a kind of server, switched off": {[]austauschbar.Setting{set("web", "LLM_PROVIDER", "none")}, []string{}, nil},
		"a key for nothing that is told": {[]austauschbar.Setting{set("web", "LLM_PROVIDER_TOKEN", "x"), set("web", "BACKEND_URL", "x")}, []string{}, nil},
		"an address beside a model": {
			[]austauschbar.Setting{set("web", "OPENAI_BASE_URL", "${OPENAI_BASE_URL}"), set("chat", "LLM_MODEL", "gpt-4o")}, []string{"gpt-4o=gpt @// by chat configured true"}, nil,
		},
		"a host that is called after a gateway": {
			[]austauschbar.Setting{set("web", "LLM_MODEL", "gpt-4o"), set("web", "LLM_BASE_URL", "https://litellm.example.org/v1")},
			[]string{"gpt-4o=gpt @litellm.example.org//own-gateway by web configured true"}, nil,
		},
		"one that is called so for something else": {[]austauschbar.Setting{set("web", "LOGO_URL", "https://litellm.example.org/logo")}, []string{}, nil},
		"switched off": {[]austauschbar.Setting{set("web", "BEDROCK_ENABLED", "false")}, []string{}, nil},
		"other words":  {[]austauschbar.Setting{set("web", "VERTEX_COUNTER", "3"), set("web", "API_KEY", "x"), set("web", "OPENAIR_KEY", "x")}, []string{}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			components := stack
			if strings.Contains(name, "gateway") {
				components = append(slices.Clone(stack), gateway)
			}
			graph, _ := graphOf(t, file{"main.tf", "terraform", austauschbar.Architecture{Components: components, Settings: test.settings}})
			if diff := gocmp.Diff(test.models, written(graph.Models, modelLine)); diff != "" {
				t.Errorf("models (-want +got):\n%s", diff)
			}
			var made []string
			for _, c := range graph.Components {
				if c.Name != "web" && c.Name != "chat" && c.Name != "own-gateway" {
					made = append(made, c.Name)
				}
				for _, e := range c.Evidence {
					if strings.Contains(e.Quote, "${") {
						t.Errorf("quotes a value: %s", e.Quote)
					}
				}
			}
			if diff := gocmp.Diff(test.made, made); diff != "" {
				t.Errorf("components (-want +got):\n%s", diff)
			}
		})
	}
}
