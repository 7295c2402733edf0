package templates

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Every finding that is not waived stands in a note, at its passage or in the main
// document.
func TestNotes(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for _, review := range several(t, words) {
			all, err := words.Notes(review, "main.docx")
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range review.Findings {
				at := "main.docx"
				if finding.Evidence != nil {
					at = finding.Evidence.Path
				}
				told := false
				for _, note := range all[at].Notes {
					text := strings.Join(note.Lines, "\n")
					if strings.Contains(text, clean(finding.Message)) && strings.Contains(text, finding.Criterion) {
						told = true
						if finding.Evidence != nil && note.Place == "" {
							t.Errorf("%s: finding %s has no place to tell", language, finding.ID)
						}
					}
				}
				if told != (finding.Waiver == nil) {
					t.Errorf("%s: finding %s is told: %t, waived: %t", language, finding.ID, told, finding.Waiver != nil)
				}
			}
			for path, notes := range all {
				if len(notes.Notes) < 2 || notes.Notes[0].Evidence != nil || notes.Date != review.Policy.Today {
					t.Errorf("%s: %s does not begin with what the notes are: %v", language, path, notes)
				}
			}
		}
	}
}

func TestNotesWithoutMainDocument(t *testing.T) {
	words := load(t, "de")
	all, err := words.Notes(filledWith(t, words, austauschbar.Finding{ID: "x", Criterion: "EX-02", Code: "missing", Severity: "major"}), "")
	if err != nil || len(all) > 0 {
		t.Errorf("notes %v, error %v", all, err)
	}
}

// A note tells a suggestion, and changes a quote where there is one.
func TestNotesSuggest(t *testing.T) {
	words := load(t, "de")
	review := filledWith(t, words, austauschbar.Finding{ID: "x", Criterion: "EX-02", Severity: "major", Evidence: &austauschbar.Evidence{Path: "a.docx", Quote: "alt"}}, austauschbar.Finding{ID: "y", Criterion: "EX-02", Severity: "major"})
	review.Findings[0].Suggestion, review.Findings[1].Suggestion = "neu\u202e", "dazu"
	all, err := words.Notes(review, "main.docx")
	if err != nil {
		t.Fatal(err)
	}
	if note := all["a.docx"].Notes[1]; note.Change != "neu" || note.Told != "Vorschlag: neu" {
		t.Errorf("note %+v", note)
	}
	if note := all["main.docx"].Notes[1]; note.Change != "" || note.Told != "Vorschlag: dazu" {
		t.Errorf("note %+v", note)
	}
}

func TestNotesHostile(t *testing.T) {
	words := load(t, "en")
	for name, text := range hostile {
		review := filledWith(t, words, austauschbar.Finding{ID: "x", Criterion: "EX-02", Severity: "major", Evidence: &austauschbar.Evidence{Path: "a.docx", Quote: text}})
		review.Findings[0].Message, review.Findings[0].Suggestion = text+strings.Repeat("x", 10<<20), text
		all, err := words.Notes(review, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, note := range all["a.docx"].Notes {
			for _, line := range append(note.Lines, note.Place, note.Told) {
				if line != clean(line) || utf8.RuneCountInString(line) > longestLine {
					t.Errorf("%s: line %.80q of %d runes", name, line, utf8.RuneCountInString(line))
				}
			}
		}
	}
}

// filledWith is a review of these findings.
func filledWith(t testing.TB, words *Words, findings ...austauschbar.Finding) austauschbar.Review {
	t.Helper()
	review, err := words.Fill(austauschbar.Review{Findings: findings, Criteria: []austauschbar.Criterion{{ID: "EX-02"}}})
	if err != nil {
		t.Fatal(err)
	}
	return review
}
