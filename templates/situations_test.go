package templates

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// matterCodes are those that the policy gives.
func matterCodes(t *testing.T) []string {
	t.Helper()
	policy, err := os.ReadFile("../policies/situation/situation.rego")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, found := range regexp.MustCompile(`"code": "(\w+)"`).FindAllStringSubmatch(string(policy), -1) {
		codes = append(codes, found[1])
	}
	if len(codes) < 15 {
		t.Fatalf("codes %v", codes)
	}
	return codes
}

func TestSituationsAreSpoken(t *testing.T) {
	place := austauschbar.Evidence{Path: "a.md", Line: 3, Quote: "geheimer Satz"}
	for _, language := range Languages() {
		words := load(t, language)
		review := filled(t, words, "review")
		for _, id := range []string{"poc", "cloud", "protection", "data", "readiness"} {
			for _, applies := range []string{"yes", "no", "open"} {
				situation := austauschbar.Situation{ID: id, Applies: applies, Evidence: []austauschbar.Evidence{place}}
				for _, code := range matterCodes(t) {
					situation.Matters = append(situation.Matters, austauschbar.Matter{Criterion: "AI-01", Rating: austauschbar.Partly, Code: code})
				}
				review.Situations = append(review.Situations, situation)
			}
		}
		review, err := words.Fill(review)
		if err != nil {
			t.Fatal(err)
		}
		if review.Situations[0].Evidence[0].Place == "" || place.Place != "" {
			t.Error("places are filled in a copy")
		}
		for name, words := range map[string]*Words{"open": words, "confidential": words.Confidential()} {
			for _, ending := range []string{"txt", "md", "out.json"} {
				var out bytes.Buffer
				if err := outputs[ending](words, &out, review); err != nil {
					t.Fatalf("%s %s %s: %v", language, name, ending, err)
				}
				if heading, _ := words.say("heading.situations", nil); ending != "out.json" && !strings.Contains(out.String(), heading) {
					t.Errorf("%s %s %s: no section", language, name, ending)
				}
				if name == "confidential" && strings.Contains(out.String(), "geheimer Satz") {
					t.Errorf("%s %s: quotes a document", language, ending)
				}
			}
		}
		if slices.ContainsFunc(review.Situations, func(s austauschbar.Situation) bool { return s.Evidence[0].Quote == "" }) {
			t.Error("withholding changed the review itself")
		}
	}
}
