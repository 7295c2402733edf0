package templates

import (
	"os"
	"regexp"
	"testing"
)

// Whatever reason the policies give for an effort, each language has words for it.
func TestReasonsOfEffortsHaveWords(t *testing.T) {
	rules, err := os.ReadFile("../policies/lock_in_map/effort/effort.rego")
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`(?m)^\t"(\w+)": "(?:low|medium|high|unknown)",$|"reason": "(\w+)"`).FindAllSubmatch(rules, -1)
	if len(reasons) < 25 {
		t.Fatalf("%d reasons found", len(reasons))
	}
	for _, language := range Languages() {
		words := load(t, language)
		for _, found := range reasons {
			if name := "effort.reason." + string(found[1]) + string(found[2]); !words.Defines(name) {
				t.Errorf("%s: no words for %s", language, name)
			}
		}
	}
}
