// Package llmconfig reads what gateways and front ends of language models are told: the
// config.yaml of LiteLLM's proxy and LibreChat's librechat.yaml. Keys and passwords are
// not read.
package llmconfig

import (
	"context"
	"fmt"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// user is the id of the component that the file configures.
const user = "llm"

// maxModels bounds the models of one file.
const maxModels = 1_000

// providers are the services that LiteLLM's models name before their first slash. Those
// that may as well run on one's own machines need an address and are left out.
var providers = map[string]string{
	"anthropic": "Anthropic Claude", "azure": "Azure OpenAI", "azure_ai": "Azure OpenAI", "bedrock": "Amazon Bedrock", "sagemaker": "Amazon SageMaker", "gemini": "Google Gemini",
	"groq": "GroqCloud", "mistral": "La Plateforme Mistral", "openai": "OpenAI Platform", "openrouter": "OpenRouter", "vertex_ai": "Vertex AI",
}

// A reading gathers what one file says.
type reading struct {
	source *lines.Source
	found  austauschbar.Architecture
	known  map[string]bool // providers
}

// ReadLiteLLM reads the models that a gateway hands on, each with its address or provider.
func ReadLiteLLM(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, top, err := begin(ctx, data, "LiteLLM", "gateway", "model_list")
	if err != nil {
		return austauschbar.Text{}, err
	}
	for i, item := range top.Elements("model_list") {
		asked, base := item.At("litellm_params", "model"), item.At("litellm_params", "api_base")
		if asked.String() == "" || i >= maxModels {
			continue
		}
		if base.String() != "" {
			path := fmt.Sprintf("model_list[%d].litellm_params.", i)
			r.setting(path+"model", asked.String(), asked.Line)
			r.setting(path+"api_base", base.String(), base.Line)
			continue
		}
		provider, name, prefixed := strings.Cut(asked.String(), "/")
		if !prefixed {
			provider, name = "", asked.String()
		}
		r.model(name, providers[provider], asked.Line)
	}
	return r.text()
}

// ReadLibreChat reads the endpoints that a front end for language models offers.
func ReadLibreChat(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, top, err := begin(ctx, data, "LibreChat", "application", "endpoints")
	if err != nil {
		return austauschbar.Text{}, err
	}
	for i, endpoint := range top.Elements("endpoints", "custom") {
		path := fmt.Sprintf("endpoints.custom[%d].", i)
		if base := endpoint.At("baseURL"); base.String() != "" && i < maxModels {
			r.setting(path+"baseURL", base.String(), base.Line)
		}
		for _, model := range endpoint.Elements("models", "default") {
			r.setting(path+"models.default", model.String(), model.Line)
		}
	}
	for _, group := range top.Elements("endpoints", "azureOpenAI", "groups") {
		if models := group.At("models"); models != nil {
			for _, model := range models.Items {
				r.model(model.Key, providers["azure"], model.Line)
			}
		}
	}
	return r.text()
}

// begin parses a file and notes what it configures, at the key that tells its format.
func begin(ctx context.Context, data []byte, name, kind, key string) (*reading, *limit.Value, error) {
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	if len(documents) == 0 || documents[0].At(key) == nil {
		return nil, nil, limit.Refuse("not_this_format", "without "+key)
	}
	r := &reading{source: lines.NewSource(data), known: map[string]bool{}}
	r.found.Components = []austauschbar.Component{{
		ID: user, Name: name, Kind: kind, Evidence: []austauschbar.Evidence{r.source.At(documents[0].At(key).Line)},
	}}
	return r, documents[0], nil
}

func (r *reading) text() (austauschbar.Text, error) {
	return austauschbar.Text{Architecture: &r.found}, nil
}

// setting keeps an argument, whose value is read with the other files'.
func (r *reading) setting(name, value string, line int) {
	if value == "" || len(value) > container.Value || len(r.found.Settings) >= container.Settings {
		return
	}
	r.found.Settings = append(r.found.Settings, austauschbar.Setting{Component: user, Name: name, Value: value, Evidence: container.Mute(r.source.At(line))})
}

// model keeps a model with the provider that answers for it; "" where that is open.
func (r *reading) model(name, provider string, line int) {
	if name == "" || len(r.found.Models) >= maxModels {
		return
	}
	evidence := []austauschbar.Evidence{r.source.At(line)}
	made := austauschbar.Model{ID: fmt.Sprintf("model %d", len(r.found.Models)+1), Name: name, UsedBy: []string{user}, Configured: true, Evidence: evidence}
	if r.found.Components[0].Kind == "gateway" {
		made.Gateway = user
	}
	if provider != "" {
		made.Hosting, made.Provider = "service", provider
		r.provider(provider, evidence)
	}
	r.found.Models = append(r.found.Models, made)
}

// provider keeps a service with the way to it, once.
func (r *reading) provider(name string, evidence []austauschbar.Evidence) {
	if r.known[name] {
		return
	}
	r.known[name] = true
	id := "provider " + name
	r.found.Components = append(r.found.Components, austauschbar.Component{ID: id, Name: name, Kind: "model", External: true, Evidence: evidence})
	r.found.Interfaces = append(r.found.Interfaces, austauschbar.Interface{ID: user + " → " + id, From: user, To: id, Kind: "api", Evidence: evidence})
}
