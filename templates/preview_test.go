package templates

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// tried are the previews of a change: of one that rates a dossier better, of one
// that rates it the same with other findings, of one that alters nothing.
func tried(review austauschbar.Review) (better, other, same Preview) {
	score := 61.2
	better = Preview{Dossier: "ausschreibungen/gewerbe", Before: review, After: review}
	better.After.Score.Overall, better.After.Score.Level, better.After.Score.OpenGates = &score, "C", nil
	better.After.Findings = slices.Clone(review.Findings[3:])
	added := review.Findings[4]
	added.ID = "added"
	better.After.Findings = append(better.After.Findings, added)
	other = Preview{Dossier: "ausschreibungen/ratsinformation", Before: review, After: review}
	other.After.Findings = slices.Clone(review.Findings)
	i := slices.IndexFunc(other.After.Findings, func(f austauschbar.Finding) bool { return f.Waiver == nil })
	other.After.Findings[i].Waiver = &austauschbar.Waiver{}
	return better, other, Preview{Dossier: "ausschreibungen/archiv", Before: review, After: review}
}

func TestPreviews(t *testing.T) {
	failure := Preview{Failure: "load policies: x.rego:3:\n\tunexpected `if` token"}
	for _, language := range Languages() {
		words := load(t, language)
		review := filled(t, words, "review")
		better, other, same := tried(review)
		one, two := []austauschbar.Review{review}, []austauschbar.Review{review, filled(t, words, "provisional")}
		for name, input := range map[string]SummaryInput{
			"one":       {Reviews: one, Notes: []string{PoliciesChanged}, Previews: []Preview{better}},
			"unchanged": {Reviews: one, Notes: []string{ConfigChanged}, Previews: []Preview{same}},
			"failed":    {Reviews: one, Notes: []string{PoliciesChanged}, Previews: []Preview{failure}},
			"skipped":   {Reviews: two, Notes: []string{PoliciesChanged}, Previews: []Preview{{Skipped: true}}},
			"several":   {Reviews: two, Notes: []string{WaiversChanged}, Previews: []Preview{better, other, same, failure}},
			"many":      {Reviews: two, Notes: []string{WaiversChanged}, Previews: append(slices.Repeat([]Preview{better}, 7), same, same)},
		} {
			t.Run(name+"."+language, func(t *testing.T) {
				for shape, write := range map[string]func(*bytes.Buffer) error{
					"comment": func(out *bytes.Buffer) error { return words.Summary(out, input, 65000) },
					"check":   func(out *bytes.Buffer) error { return words.CheckSummaries(out, input, 65000) },
				} {
					text := written(t, write)
					checkComment(t, text)
					var notes []string
					for line := range strings.Lines(text) {
						if !strings.HasPrefix(line, ">") && len(notes) > 0 && strings.TrimSpace(line) != "" {
							break
						}
						if len(notes) > 0 || strings.HasPrefix(line, ">") {
							notes = append(notes, line)
						}
					}
					golden(t, strings.Join([]string{"preview", name, language, "md"}, "."), []byte(strings.Join(notes, "")))
					if len(notes) < 3 {
						t.Errorf("%s notes %q", shape, notes)
					}
				}
			})
		}
	}
}

// Previews yield to the result where there is little space, and say so.
func TestPreviewsKeepTheLimit(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	input := SummaryInput{Reviews: slices.Repeat([]austauschbar.Review{review}, 3), Notes: []string{ConfigChanged}}
	for i := range 40 {
		input.Previews = append(input.Previews, Preview{Dossier: fmt.Sprintf("%d/%s", i, strings.Repeat("ö", 200)), Failure: strings.Repeat("ß`", 400)})
	}
	for limit, want := range map[int]string{
		65000: "35 weitere Dossiers, für die", 5000: "weitere Dossiers, für die", 1600: "Was danach gälte, fehlt hier",
	} {
		text := summarised(t, words, input, limit)
		if len(text) > limit || !strings.Contains(text, want) {
			t.Errorf("limit %d: %d bytes, %q is not told in\n%s", limit, len(text), want, text)
		}
		checkComment(t, text)
	}
}
