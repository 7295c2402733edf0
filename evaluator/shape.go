package evaluator

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A top is what stands at the top of a file.
type top struct {
	root xml.Name // of XML; empty for others
	keys []string // of YAML's first document or of a JSON object, in their order; of JSON's "model" those below too ("model.people"); nil for others
}

// has says whether all keys stand at the top.
func (t top) has(keys ...string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool { return !slices.Contains(t.keys, key) })
}

// is says whether the root element has this name, in a namespace that contains this.
func (t top) is(local, namespace string) bool {
	return t.root.Local == local && strings.Contains(t.root.Space, namespace)
}

// readerByName finds the reader that a file's name tells.
func readerByName(at string) (string, Reader, bool) {
	base := strings.ToLower(path.Base(at))
	for _, format := range named {
		if matched, err := path.Match(format.pattern, base); err == nil && matched {
			return format.format, format.read, true
		}
	}
	return "", nil, false
}

// readerByShape finds the reader that a file's top tells.
func readerByShape(ctx context.Context, data []byte, extension string) (string, Reader, bool) {
	t := topOf(ctx, data, extension)
	for _, format := range shaped {
		if format.fits(t) {
			return format.format, format.read, true
		}
	}
	return "", nil, false
}

// topOf reads no further than it must. What is damaged has what was read before.
func topOf(ctx context.Context, data []byte, extension string) top {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch extension {
	case ".xml", ".wsdl", ".xsd":
		return top{root: rootOf(ctx, data)}
	case ".json":
		return top{keys: keysOfJSON(data)}
	case ".yaml", ".yml":
		if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
			return top{keys: keysOfJSON(data)}
		}
		return top{keys: keysOfYAML(data)}
	}
	return top{}
}

func rootOf(ctx context.Context, data []byte) xml.Name {
	root, err := limit.NewXML(ctx, bytes.NewReader(data)).Root()
	if err != nil {
		return xml.Name{}
	}
	return root.Name
}

// keysOfJSON lists the keys of an object and, behind "model", a word of many formats,
// those in it.
func keysOfJSON(data []byte) []string {
	var keys []string
	eachMember(data, func(key string, value json.RawMessage) {
		keys = append(keys, key)
		if key == "model" {
			eachMember(value, func(below string, _ json.RawMessage) { keys = append(keys, key+"."+below) })
		}
	})
	return keys
}

// eachMember calls visit for the first maxTop members of an object.
func eachMember(data []byte, visit func(key string, value json.RawMessage)) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return
	}
	for count := 0; decoder.More() && count < maxTop; count++ {
		token, err := decoder.Token()
		key, ok := token.(string)
		if err != nil || !ok {
			return
		}
		var value json.RawMessage
		err = decoder.Decode(&value)
		visit(key, value)
		if err != nil {
			return
		}
	}
}

// maxTop bounds the keys that are looked at: what tells a format stands among the first.
const maxTop = 100

// yamlKey matches a key that is not indented.
var yamlKey = regexp.MustCompile(`(?m)^(?:"([^"\n]{1,80})"|'([^'\n]{1,80})'|([A-Za-z_$][\w.$/-]{0,80}))[ \t]*:(?:[ \t\r]|$)`)

func keysOfYAML(data []byte) []string {
	var keys []string
	for _, match := range yamlKey.FindAllSubmatch(data, maxTop) {
		keys = append(keys, string(slices.Concat(match[1], match[2], match[3])))
	}
	return keys
}

// composeKeys are all that may stand at the top of a Compose file, beside its own
// extensions ("x-…").
var composeKeys = []string{"configs", "include", "models", "name", "networks", "secrets", "services", "version", "volumes"}

// isCompose tells Compose files of other names; catalogues of services say more of
// themselves at the top.
func isCompose(t top) bool {
	return t.has("services") && !slices.ContainsFunc(t.keys, func(key string) bool {
		return !slices.Contains(composeKeys, key) && !strings.HasPrefix(key, "x-")
	})
}

// valuesKeys are keys by custom at the top of a chart's values.
var valuesKeys = []string{
	"affinity", "autoscaling", "commonAnnotations", "commonLabels", "extraEnvVars", "fullnameOverride", "global", "image", "imagePullSecrets", "ingress",
	"livenessProbe", "nameOverride", "nodeSelector", "persistence", "podAnnotations", "podSecurityContext", "readinessProbe", "replicaCount", "resources",
	"securityContext", "serviceAccount", "tolerations",
}

// areValues tells the values of a chart by three of their customary keys, one of which
// nothing else has.
func areValues(t top) bool {
	customary := 0
	for _, key := range t.keys {
		if slices.Contains(valuesKeys, key) {
			customary++
		}
	}
	return customary >= 3 && !t.has("kind") && (t.has("image") || t.has("replicaCount") || t.has("nameOverride") || t.has("fullnameOverride"))
}
