package llmconfig

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
	"github.com/austauschbar/austauschbar/evaluator/yaml"
)

// Keys of lists of models, in lower case; the first one that is there counts.
var (
	nameKeys    = []string{"llm_name", "model_name", "model", "deployment_name", "name", "id"}
	addressKeys = []string{"endpoint", "base_url", "baseurl", "api_base", "url", "api_url"}
	secretKeys  = []string{"api_key", "apikey", "key"}
)

// placeholder is a value that somebody has yet to fill in: "<your-model>".
var placeholder = regexp.MustCompile(`^\s*(?:<.*>|\{\{.*\}\}|\$\{?\w+\}?|)\s*$`)

// ReadList reads the models that an application's own configuration lists under "models",
// each with an address or a key. Any other list of that name is refused.
func ReadList(ctx context.Context, data []byte) (austauschbar.Text, error) {
	documents, err := yaml.Parse(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	r := &reading{source: lines.NewSource(data)}
	for _, document := range documents {
		if list := member(document, "models"); list != nil && list.Kind == limit.Array {
			for i, item := range list.Items {
				r.listed(item, fmt.Sprintf("models[%d]", i))
			}
		}
	}
	if len(r.found.Models) == 0 {
		return austauschbar.Text{}, limit.Refuse("not_this_format", "no model with an address or a key")
	}
	return r.text()
}

// listed keeps an entry of a list, or those of its providers. What bears no name yet is
// called by its type, else by its place in the list.
func (r *reading) listed(item *limit.Value, at string) {
	asked := []*limit.Value{item}
	if providers := member(item, "providers"); providers != nil && providers.Kind == limit.Array {
		asked = providers.Items
	}
	for _, one := range asked {
		address := member(one, addressKeys...)
		if address.String() == "" && member(one, secretKeys...) == nil || len(r.found.Models) >= maxModels {
			continue
		}
		name, line := at, max(one.Line, 1)
		for _, said := range []*limit.Value{member(one, "type", "provider"), member(item, nameKeys...), member(one, nameKeys...)} {
			if text := said.String(); !placeholder.MatchString(text) && len(text) <= container.Value {
				name, line = text, said.Line
			}
		}
		r.found.Models = append(r.found.Models, austauschbar.Model{
			ID: fmt.Sprintf("model %d", len(r.found.Models)+1), Name: name, Configured: true, Endpoint: hostOf(address.String()), AnyServer: address != nil && spokenByMany(one), Evidence: []austauschbar.Evidence{r.source.At(line)},
		})
	}
}

// spokenByMany says whether an entry tells that its API is the one that many servers speak.
func spokenByMany(entry *limit.Value) bool {
	kind := strings.ToLower(member(entry, "type", "provider").String())
	return kind == "vllm" || kind == "ollama" || strings.HasPrefix(kind, "openai")
}

// hostOf is the host of an address; "" for none, and where it may hold a secret.
func hostOf(address string) string {
	at, err := url.Parse(address)
	if err != nil || at.User != nil {
		return ""
	}
	return strings.ToLower(at.Hostname())
}

// member returns the first member of an object with one of these keys, in whatever case; nil
// for none.
func member(of *limit.Value, keys ...string) *limit.Value {
	if of == nil || of.Kind != limit.Object {
		return nil
	}
	for _, key := range keys {
		for _, item := range of.Items {
			if strings.ToLower(item.Key) == key {
				return item
			}
		}
	}
	return nil
}
