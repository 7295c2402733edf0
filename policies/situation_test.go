package policies

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

func aiFacts() austauschbar.Facts {
	facts := factsWith("model_swap", "met")
	facts.Dossier.AI = &austauschbar.Known[bool]{Value: true, Source: "declared"}
	facts.Dossier.Phase = &austauschbar.Known[string]{Value: "poc", Source: "declared"}
	return facts
}

func TestSituations(t *testing.T) {
	t.Parallel()
	p := mustLoad(t)
	review, err := p.Judge(t.Context(), aiFacts(), "tender-vgv", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(review.Situations) != 5 {
		t.Fatalf("%d situations", len(review.Situations))
	}
	want := austauschbar.Situation{ID: "poc", Applies: "yes", Evidence: []austauschbar.Evidence{}, Matters: []austauschbar.Matter{
		{Criterion: "AI-01", Rating: austauschbar.Met, Code: "switch"},
		{Criterion: "AI-08", Rating: austauschbar.Partly, Code: "end"},
		{Criterion: "EX-03", Rating: austauschbar.NotEvidenced, Code: "data_out"},
	}}
	if diff := cmp.Diff(want, review.Situations[0]); diff != "" {
		t.Error(diff)
	}
	for _, situation := range review.Situations {
		for _, matter := range situation.Matters {
			if matter.Rating == austauschbar.NotApplicable {
				t.Errorf("%s: %s does not apply", situation.ID, matter.Criterion)
			}
		}
	}
}

// What is judged of AI: where documents are about it, or the profile is.
func TestAIIsJudgedWhereThereIsSome(t *testing.T) {
	t.Parallel()
	denied := aiFacts()
	denied.Dossier.AI.Value = false
	for name, test := range map[string]struct {
		facts      austauschbar.Facts
		profile    string
		only       []string
		situations int
		headline   bool
	}{
		"declared":             {aiFacts(), "tender-vgv", nil, 5, true},
		"denied":               {denied, "tender-vgv", nil, 0, false},
		"silent":               {emptyFacts(), "tender-vgv", nil, 0, false},
		"the profile says so":  {emptyFacts(), "ai", nil, 5, true},
		"some criteria of all": {aiFacts(), "tender-vgv", []string{"AI-01"}, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			review, err := mustLoad(t).Judge(t.Context(), test.facts, test.profile, test.only)
			if err != nil {
				t.Fatal(err)
			}
			headline := slices.ContainsFunc(review.Headlines, func(h austauschbar.Headline) bool { return h.ID == "ai_openness" })
			judged := slices.ContainsFunc(review.Criteria, func(c austauschbar.Criterion) bool { return c.ID == "AI-01" })
			if len(review.Situations) != test.situations || headline != test.headline || judged != test.headline {
				t.Errorf("%d situations, headline %v, AI-01 judged %v", len(review.Situations), headline, judged)
			}
		})
	}
}

// A policy of an authority's own that gives no answer is an error.
func TestBrokenSituationPolicy(t *testing.T) {
	t.Parallel()
	p, err := load(t, fstest.MapFS{"situation/situation.rego": {Data: []byte("package policies.situation\n\nreview := {} if input.never\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Judge(t.Context(), emptyFacts(), "tender-vgv", nil); err == nil || !strings.Contains(err.Error(), "judge situation: gives 0 results") {
		t.Errorf("error %v", err)
	}
}
