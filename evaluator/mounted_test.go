package evaluator

import "testing"

// The file in which a gateway is told its models is missed where it is not there.
func TestModelsElsewhere(t *testing.T) {
	const gateway = "services:\n  llm:\n    image: ghcr.io/berriai/litellm:main\n    volumes: [\"./config.yaml:/app/config.yaml\"]\n"
	for name, test := range map[string]struct {
		documents map[string]string
		want      string
	}{
		"not there":     {map[string]string{"stack/compose.yaml": gateway}, "stack/compose.yaml: config.yaml (llm)"},
		"there":         {map[string]string{"stack/compose.yaml": gateway, "stack/config.yaml": "model_list:\n  - model_name: a\n    litellm_params: {model: openai/gpt-4o}\n"}, ""},
		"another thing": {map[string]string{"compose.yaml": "services:\n  web:\n    image: nginx:1\n    volumes: [\"./a.json:/a.json\"]\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, gap := range factsOf(t, test.documents).Gaps {
				if gap.Reason == "models_elsewhere" {
					got += gap.Path + ": " + gap.Detail
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
