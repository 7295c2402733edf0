package templates

import (
	"slices"

	"github.com/austauschbar/austauschbar"
)

// A Preview is how a dossier would be judged by what a change brings to the
// configuration, the policies or the waivers.
type Preview struct {
	Dossier string              // its path; "" where it is about all of them
	Before  austauschbar.Review // as it is judged
	After   austauschbar.Review // as it would be
	Failure string              // why it could not be tried; "" where it could
	Skipped bool                // it was not tried, since the change comes from a fork
}

// previews are the notes on what a change would bring about.
type previews struct {
	All       []preview
	Unchanged int // dossiers whose result stays
	Several   bool
}

// A preview is a note on one dossier, or on all of them.
type preview struct {
	Dossier string // "" where there is no other
	Text    string
	Cause   string // of a failure
}

// Bounds of what previews show.
const (
	previewsShown = 5
	shortCause    = 300 // runes
)

// Any tells whether there is something to note.
func (p previews) Any() bool { return len(p.All)+p.Unchanged > 0 }

// FirstPreviews gives the notes that are shown, failures first.
func (s summary) FirstPreviews() []preview {
	return s.Previews.All[:min(s.cut.Previews, len(s.Previews.All))]
}

// HiddenPreviews counts the others.
func (s summary) HiddenPreviews() int { return len(s.Previews.All) - len(s.FirstPreviews()) }

// previews turns what was tried into notes. Where more than one dossier was
// reviewed, each note tells which one it is about.
func (words *Words) previews(input SummaryInput) (previews, error) {
	p := previews{Several: len(input.Previews) > 1 || len(input.Reviews) > 1 && slices.ContainsFunc(input.Previews, Preview.named)}
	var changed []preview
	for _, tried := range input.Previews {
		note := preview{}
		if p.Several {
			note.Dossier = shorten(clean(tried.Dossier), longestTitle)
		}
		var err error
		switch {
		case tried.Skipped:
			note.Text, err = words.say("preview.skipped", nil)
			p.All = append(p.All, note)
		case tried.Failure != "":
			note.Text, err = words.say("preview.failed", nil)
			note.Cause = shorten(clean(words.cause(tried.Failure)), shortCause)
			p.All = append(p.All, note)
		default:
			if note.Text, err = words.outcome(tried, p.Several); note.Text == "" {
				p.Unchanged++
			} else {
				changed = append(changed, note)
			}
		}
		if err != nil {
			return previews{}, err
		}
	}
	p.All = append(p.All, changed...)
	return p, nil
}

func (p Preview) named() bool { return p.Dossier != "" }

// outcome tells what would become of a dossier: "Stufe C, 61,2 Punkte, kein
// offenes Muss-Kriterium (bisher: Stufe D, …); 3 Befunde weniger, 1 mehr", as an
// item of a list or as a sentence. "" where nothing would.
func (words *Words) outcome(tried Preview, item bool) (string, error) {
	before, err := words.checkTitle([]austauschbar.Review{tried.Before})
	if err != nil {
		return "", err
	}
	after, err := words.checkTitle([]austauschbar.Review{tried.After})
	if err != nil {
		return "", err
	}
	fewer, more := len(without(tried.Before, tried.After)), len(without(tried.After, tried.Before))
	if before == after {
		if before = ""; fewer == 0 && more == 0 {
			return "", nil
		}
	}
	text, err := words.say("preview.outcome", map[string]any{"after": after, "before": before, "fewer": fewer, "more": more})
	if err != nil || item {
		return text, err
	}
	return words.say("preview.one", text)
}

// without lists the findings of a review, by id, that are not waived and that
// another review does not have so.
func without(review, other austauschbar.Review) []string {
	var ids []string
	for _, finding := range review.Findings {
		same := func(f austauschbar.Finding) bool { return f.ID == finding.ID && f.Waiver == nil }
		if finding.Waiver == nil && !slices.ContainsFunc(other.Findings, same) {
			ids = append(ids, finding.ID)
		}
	}
	return ids
}

// cause is why something failed; "" where that may hold text of the documents
// which these words withhold.
func (words *Words) cause(failure string) string {
	if words.confidential {
		return ""
	}
	return failure
}
