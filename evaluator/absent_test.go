package evaluator

import (
	"slices"
	"testing"
)

// Files that stand in the dossier are not told as absent, whatever they are called.
func TestFilesAtHand(t *testing.T) {
	const service = "services:\n  it: {image: acme/it:1}\n"
	facts := factsOf(t, map[string]string{
		"a/compose.yaml":     "include:\n  - compose.${KIND:-x}.yaml\n  - other.yaml\n" + service,
		"a/compose.x.yaml":   service,
		"b/compose.yaml":     "include:\n  - compose.y.yaml\n" + service,
		"b/compose.y.yaml":   service,
		"b/compose.env.yaml": "services:\n  web: {image: acme/web:1, env_file: .env}\n",
		"other.yaml":         service,
	})
	var got []string
	for _, gap := range facts.Gaps {
		got = append(got, gap.Path+" "+gap.Reason+" "+gap.Detail)
	}
	want := []string{"a/compose.yaml absent_files include other.yaml", "b/compose.env.yaml absent_files env_file .env"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
