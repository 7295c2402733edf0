package templates

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// somePages are one with all there can be, and one with nothing but its METADATA.
func somePages() []Page {
	passages := 0.87
	return []Page{{
		Criterion: austauschbar.Criterion{ID: "EX-02", Group: "exchangeability", Title: "Exit strategy", Kind: "A", Weight: 9, Stage: "stable", References: []austauschbar.Reference{
			{Ref: "https://example.org/law?a=1&b=2", Description: "§ 1 <Law>"}, {Ref: "javascript:alert(1)", Description: "no address"},
		}},
		Codes:     []string{"missing", "risk", "weak"},
		Examples:  []Examples{{Titles: map[string]string{"de": "Exit-Konzept", "en": "Exit plan"}, Met: []string{"Ein Exit-Konzept <ist> Pflicht & fällig."}, Risk: []string{"Kein Exit-Konzept."}}},
		Passages:  &passages,
		Precision: map[string]float64{"missing": 0.72},
		Corpus:    &CorpusCount{Dossiers: 4, Ratings: map[string]int{"met": 1, "not_evidenced": 3}, Codes: map[string]int{"missing": 3, "unforeseen": 1}},
	}, {
		Criterion: austauschbar.Criterion{ID: "ZZ-01", Group: "interfaces", Title: "A draft", Kind: "B", Weight: 3, Stage: "draft"},
	}}
}

func TestPages(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for _, format := range []Format{FormatMarkdown, FormatHTML} {
			for name, write := range map[string]func(io.Writer) error{
				"page":  func(out io.Writer) error { return words.Page(out, format, somePages(), 0) },
				"draft": func(out io.Writer) error { return words.Page(out, format, somePages(), 1) },
				"index": func(out io.Writer) error { return words.Index(out, format, somePages()) },
			} {
				t.Run(strings.Join([]string{name, language, string(format)}, "."), func(t *testing.T) {
					var out bytes.Buffer
					if err := write(&out); err != nil {
						t.Fatal(err)
					}
					golden(t, strings.Join([]string{"catalogue", name, language, string(format)}, "."), out.Bytes())
				})
			}
		}
		if words.Page(io.Discard, FormatJSON, somePages(), 0) == nil || words.Index(io.Discard, FormatJSON, somePages()) == nil {
			t.Error("json is written")
		}
	}
}

// Pages for browsers load nothing and run nothing.
func TestPagesNeedNothing(t *testing.T) {
	loads := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed)|\ssrc=|@import|url\(|\son[a-z]+=|javascript:`)
	for i := range somePages() {
		var out bytes.Buffer
		if err := load(t, "de").Page(&out, FormatHTML, somePages(), i); err != nil {
			t.Fatal(err)
		}
		if found := loads.FindString(out.String()); found != "" {
			t.Errorf("page %d holds %q", i, found)
		}
	}
}
