package templates

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// anImpact is one of n dossiers, each with a finding that comes and one that goes.
func anImpact(n int) austauschbar.Impact {
	before, after := 54.0, 58.25
	impact := austauschbar.Impact{
		Base:   austauschbar.ImpactSide{Digest: "sha256:0123456789abcdef", Seconds: 0.5, Findings: n},
		Head:   austauschbar.ImpactSide{Digest: "sha256:fedcba9876543210", Seconds: 0.625, Findings: n},
		Judged: n + 3, SameFacts: true, Dossiers: []austauschbar.DossierImpact{},
		Criteria: []austauschbar.CriterionImpact{{ID: "EX-02", Title: "Exit | plan", Added: n, Removed: n, Better: n}},
	}
	for i := range n {
		evidence := &austauschbar.Evidence{Path: "a.md", Line: 3, Place: "a.md, line 3", Quote: strings.Repeat("<b>Exit</b> ", 25)}
		impact.Dossiers = append(impact.Dossiers, austauschbar.DossierImpact{
			Path: fmt.Sprintf("corpus/%02d_a.md", i), Base: austauschbar.Score{Overall: &before, Level: "D", Coverage: 0.7}, Head: austauschbar.Score{Overall: &after, Level: "C", Coverage: 0.7},
			Added:   []austauschbar.Finding{{ID: "ex-02-1", Criterion: "EX-02", Code: "weak", Severity: "hint", Message: "Half-hearted.", Evidence: evidence}},
			Removed: []austauschbar.Finding{{ID: "ex-02-2", Criterion: "EX-02", Code: "missing", Severity: "blocker", Message: "Nothing said."}},
			Ratings: []austauschbar.RatingChange{{ID: "EX-02", From: "not_met", To: "partly"}, {ID: "EX-07", To: "met"}},
		})
	}
	return impact
}

func TestImpact(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for _, format := range []Format{FormatTerminal, FormatMarkdown, FormatJSON} {
			t.Run(language+"."+string(format), func(t *testing.T) {
				var out bytes.Buffer
				if err := words.Impact(&out, format, anImpact(1), Options{}); err != nil {
					t.Fatal(err)
				}
				golden(t, strings.Join([]string{"impact", language, string(format)}, "."), out.Bytes())
			})
		}
		if err := words.Impact(io.Discard, "html", anImpact(1), Options{}); err == nil {
			t.Error("html is written")
		}
	}
}

// Forges refuse comments of more than 65,536 characters.
func TestImpactFitsAComment(t *testing.T) {
	var out bytes.Buffer
	if err := load(t, "de").Impact(&out, FormatMarkdown, anImpact(500), Options{}); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 65_536 || !strings.Contains(out.String(), "460 weitere Dossiers") || !strings.Contains(out.String(), "470 weitere Befunde") {
		t.Errorf("%d bytes, end: %s", out.Len(), out.String()[out.Len()-500:])
	}
}

func TestImpactOfNothing(t *testing.T) {
	var out bytes.Buffer
	if err := load(t, "en").Impact(&out, FormatMarkdown, anImpact(0), Options{}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "None of 3 reviews would be different.") || strings.Contains(text, "<details") {
		t.Error(text)
	}
}
