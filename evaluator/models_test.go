package evaluator

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// modelLine writes a model's most telling fields.
func modelLine(m austauschbar.Model) string {
	line := fmt.Sprintf("%s=%s %s@%s/%s/%s by %s configured %t", m.Name, m.Term, m.Hosting, m.Endpoint, m.Provider, m.Gateway, strings.Join(m.UsedBy, ","), m.Configured)
	if m.AnyServer {
		line += " any server"
	}
	return line
}

func TestModels(t *testing.T) {
	stack := []austauschbar.Component{app("web"), app("litellm", image("ghcr.io/berriai/litellm")), app("ollama", image("ollama/ollama"))}
	tests := map[string]struct {
		settings []austauschbar.Setting
		want     []string
	}{
		"at its vendor": {
			[]austauschbar.Setting{set("web", "OPENAI_MODEL", "gpt-4o"), set("web", "OPENAI_BASE_URL", "https://api.openai.com/v1")},
			[]string{"gpt-4o=gpt service@api.openai.com/OpenAI/ by web configured true"},
		},
		"behind a gateway": {
			[]austauschbar.Setting{set("web", "LLM_MODEL", "gpt-4o"), set("web", "OPENAI_BASE_URL", "http://litellm:4000/v1")},
			[]string{"gpt-4o=gpt @litellm//litellm by web configured true"},
		},
		"on a server of one's own": {
			[]austauschbar.Setting{set("web", "CHAT_MODEL", "llama3.1:8b"), set("web", "OLLAMA_BASE_URL", "http://ollama:11434")},
			[]string{"llama3.1:8b=llama self@ollama// by web configured true"},
		},
		"in a cloud": {
			[]austauschbar.Setting{set("web", "AZURE_OPENAI_DEPLOYMENT", "gpt-4o"), set("web", "AZURE_OPENAI_ENDPOINT", "https://x.openai.azure.com")},
			[]string{"gpt-4o=gpt service@x.openai.azure.com/Microsoft Azure/ by web configured true"},
		},
		"at a host that nobody knows": {
			[]austauschbar.Setting{set("web", "LLM_MODEL", "kommunal-chat-7b"), set("web", "LLM_BASE_URL", "https://llm.kommune.example/v1")},
			[]string{"kommunal-chat-7b= @llm.kommune.example// by web configured true"},
		},
		"argument of a server": {
			[]austauschbar.Setting{set("ollama", "command", "serve --model mistralai/Mistral-7B-Instruct-v0.3 --port 8000")},
			[]string{"mistralai/Mistral-7B-Instruct-v0.3=mistral_small self@ollama// by ollama configured true"},
		},
		"of two endpoints that of its name": {
			[]austauschbar.Setting{set("web", "EMBEDDING_MODEL", "nomic-embed-text"), set("web", "EMBEDDING_URL", "http://ollama:11434"), set("web", "CHAT_MODEL", "gpt-4o"), set("web", "OPENAI_CHAT_URL", "https://api.openai.com/v1")},
			[]string{"gpt-4o=gpt service@api.openai.com/OpenAI/ by web configured true", "nomic-embed-text=nomic_embed self@ollama// by web configured true"},
		},
		"of a family in capitals": {
			[]austauschbar.Setting{set("web", "OPENAI_MODEL", "gpt-3.5-turbo")},
			[]string{"gpt-3.5-turbo=gpt @// by web configured true"},
		},
		"no model": {
			[]austauschbar.Setting{set("web", "DATA_MODEL", "v2-strict"), set("web", "MODEL_PATH", "gpt-4o"), set("web", "LLM_ENABLED", "true"), set("web", "LLM_MODEL_KEY", "gpt-4o"), set("web", "APP_NAME", "Claude")},
			[]string{},
		},
		"behind a gateway and at the server behind it": {
			[]austauschbar.Setting{set("web", "LLM_MODEL", "llama3.1"), set("web", "LLM_URL", "http://litellm:4000/v1"), set("litellm", "OLLAMA_API_BASE", "http://ollama:11434"), set("ollama", "OLLAMA_MODEL", "llama3.1")},
			[]string{"llama3.1=llama self@litellm//litellm by ollama,web configured true"},
		},
		"behind a gateway and at a server of its own": {
			[]austauschbar.Setting{set("web", "LLM_MODEL", "llama3.1"), set("web", "LLM_URL", "http://litellm:4000/v1"), set("ollama", "OLLAMA_MODEL", "llama3.1")},
			[]string{"llama3.1=llama @litellm//litellm by web configured true", "llama3.1=llama self@ollama// by ollama configured true"},
		},
		"several users, one model": {
			[]austauschbar.Setting{set("web", "LLM_MODEL", "openai/gpt-4o"), set("litellm", "DEFAULT_MODEL", "gpt-4o")},
			[]string{"openai/gpt-4o=gpt @// by litellm,web configured true"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph, _ := graphOf(t, file{"c.yml", "compose", austauschbar.Architecture{Components: stack, Settings: test.settings}})
			if diff := gocmp.Diff(test.want, written(graph.Models, modelLine)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What the catalogue knows of a model stands beside it, and a bill of materials' model is
// the one of the settings.
func TestModelsOfFiles(t *testing.T) {
	graph, _ := graphOf(t,
		file{"bom.json", "cyclonedx", austauschbar.Architecture{Models: []austauschbar.Model{{ID: "m", Name: "gpt-4o", Evidence: []austauschbar.Evidence{{Line: 2}}}}}},
		file{"c.yml", "compose", austauschbar.Architecture{Components: []austauschbar.Component{app("web", technology("Python, Mistral Large"))}, Settings: []austauschbar.Setting{set("web", "LLM_MODEL", "gpt-4o")}}})
	want := []string{"gpt-4o=gpt @// by web configured true", "Mistral Large=mistral_large @// by web configured false"}
	if diff := gocmp.Diff(want, written(graph.Models, modelLine)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	known := graph.Models[0]
	if known.Vendor != "OpenAI" || known.Licence != "proprietary" || known.Parts["weights"] != "closed" || known.Open == nil || len(known.Alternatives) == 0 || len(known.Evidence) != 2 {
		t.Errorf("too little is known: %+v", known)
	}
}

// Models that an application's own configuration lists run where their addresses lead.
func TestModelsOfLists(t *testing.T) {
	facts := factsOf(t, map[string]string{
		"compose.yaml": "services:\n  vllm:\n    image: vllm/vllm-openai\n",
		"config.yaml":  "models:\n  - {name: mistral-small, url: \"http://vllm:8000/v1\"}\n  - {name: gpt-4o, url: \"https://api.openai.com/v1\", api_key: x}\n  - {name: stadt-chat, url: \"https://llm.kommune.example/v1\"}\n",
	})
	want := []string{
		"gpt-4o=gpt service@api.openai.com/OpenAI/ by  configured true", "mistral-small=mistral_small self@vllm// by  configured true", "stadt-chat= @llm.kommune.example// by  configured true",
	}
	if diff := gocmp.Diff(want, written(facts.Models, modelLine)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What nothing but a variable's default names may be another model in operation.
func TestModelsOfDefaults(t *testing.T) {
	variable := "variable \"openai_model\" {\n  default = \"gpt-4o\"\n}\n"
	for name, test := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"a default alone":       {map[string]string{"variables.tf": variable}, true},
		"a default and a value": {map[string]string{"variables.tf": variable, "compose.yaml": "services:\n  app:\n    image: firm/app\n    environment: {OPENAI_MODEL: gpt-4o}\n"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			models := factsOf(t, test.files).Models
			if len(models) != 1 || models[0].Assumed != test.want {
				t.Errorf("models %+v, want one, assumed %v", models, test.want)
			}
		})
	}
}
