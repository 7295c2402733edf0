package policies

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// linesOf is the text of all lines of a decision.
func linesOf(decision Decision) string {
	var text []string
	for _, step := range decision.Steps {
		for _, line := range step.Lines {
			text = append(text, line.Text)
		}
	}
	return strings.Join(text, "\n")
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		polarity  string
		decisions []string // rule and value
		lines     string   // some of the last decision's
	}{
		"met":  {"met", []string{"rating met"}, "rating := rate.topic("},
		"weak": {"weak", []string{"rating partly", "findings weak"}, `rating == "partly"`},
		"risk": {"risk", []string{"rating not_met", "findings risk"}, "some hit in topic.risk("},
	} {
		t.Run(name, func(t *testing.T) {
			decisions, err := mustLoad(t).Explain(t.Context(), factsWith("exit_plan", test.polarity), "ex-02", false)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, decision := range decisions {
				got = append(got, decision.Rule+" "+decision.Value)
			}
			if !slices.Equal(got, test.decisions) {
				t.Fatalf("decisions %v, want %v", got, test.decisions)
			}
			last := decisions[len(decisions)-1]
			if text := linesOf(last); !strings.Contains(text, test.lines) || strings.Contains(text, "result.missing") {
				t.Errorf("lines:\n%s\nwant %s", text, test.lines)
			}
			fact := func(f UsedFact) bool { return f.Evidence != nil && f.Evidence.Quote == "Ein Exit-Konzept." }
			if !slices.ContainsFunc(last.Steps, func(s Step) bool { return slices.ContainsFunc(s.Facts, fact) }) {
				t.Errorf("steps %+v, want the passage among the facts", last.Steps)
			}
		})
	}
}

// Of a set all members are told, also where it is asked for a second time.
func TestExplainSets(t *testing.T) {
	facts := factsWith("switching_fees", "risk")
	facts.Topics["switching_fees"] = append(facts.Topics["switching_fees"], austauschbar.TopicHit{
		Clause: "1.2.1", Polarity: "risk", Role: "requirement", Modality: "must", Evidence: austauschbar.Evidence{Path: "a.md", Line: 2, Quote: "Ein Egress-Entgelt."},
	})
	decisions, err := mustLoad(t).Explain(t.Context(), facts, "LI-06", false)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(decisions[0].Steps, func(s Step) bool { return strings.HasPrefix(s.Lines[0].Text, "_charges contains") })
	if i < 0 || len(decisions[0].Steps[i].Facts) != 2 {
		t.Errorf("steps %+v, want two charges", decisions[0].Steps)
	}
}

// Deep shows what the library calls in turn.
func TestExplainDeep(t *testing.T) {
	p := mustLoad(t)
	text := func(deep bool) string {
		decisions, err := p.Explain(t.Context(), factsWith("exit_plan", "risk"), "EX-02", deep)
		if err != nil {
			t.Fatal(err)
		}
		return linesOf(decisions[0])
	}
	if inner := `} else := "not_met" if {`; strings.Contains(text(false), inner) || !strings.Contains(text(true), inner) {
		t.Errorf("not deep:\n%s\ndeep:\n%s", text(false), text(true))
	}
}

func TestExplainUnknown(t *testing.T) {
	_, err := mustLoad(t).Explain(t.Context(), emptyFacts(), "EX-77", false)
	if _, ok := errors.AsType[*UnknownError](err); !ok {
		t.Errorf("error %v", err)
	}
}
