package templates

import (
	"fmt"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// The author of notes.
const (
	noteAuthor   = "Austauschbar"
	noteInitials = "Aus"
)

// longestLine bounds a paragraph of a note, in runes.
const longestLine = 2_000

// A noteView is a finding with what is known of its criterion.
type noteView struct {
	Finding   austauschbar.Finding
	Criterion austauschbar.Criterion
	Missing   string // what "not found anywhere" means for the dossier
	Told      bool   // reason and sources stand in another note of the document
}

// Notes gives what is to be written into copies of a dossier's documents, by their paths,
// of a review as Fill returned it: its findings that are not waived, each at its passage,
// of those with one reason in a document only the first with it, and its contradictions
// at both of theirs. What is about the dossier as a whole stands in the main document;
// where that is "", nowhere. A document without a finding has no notes.
func (words *Words) Notes(review austauschbar.Review, main string) (map[string]austauschbar.Notes, error) {
	review, err := words.shown(review)
	if err != nil {
		return nil, fmt.Errorf("write notes: %w", err)
	}
	review.Findings = slices.SortedStableFunc(slices.Values(review.Findings), byPlace)
	n := &notes{words: words, review: review, documents: map[string][]austauschbar.Note{}, told: map[[3]string]bool{}}
	if n.missing, err = words.missing(review); err == nil {
		err = n.all(main)
	}
	if err != nil {
		return nil, fmt.Errorf("write notes: %w", err)
	}
	about, err := n.lines("note.about", review)
	if err != nil {
		return nil, fmt.Errorf("write notes: %w", err)
	}
	all := map[string]austauschbar.Notes{}
	for path, list := range n.documents {
		all[path] = austauschbar.Notes{
			Author: noteAuthor, Initials: noteInitials, Language: words.Language, Date: review.Policy.Today,
			Notes: append([]austauschbar.Note{{Lines: about}}, list...),
		}
	}
	return all, nil
}

// notes are those of one review while they are written.
type notes struct {
	words     *Words
	review    austauschbar.Review
	missing   string
	documents map[string][]austauschbar.Note // by path
	told      map[[3]string]bool             // reasons, by path and criterion
}

func (n *notes) all(main string) error {
	var questions []noteView
	for _, finding := range n.review.Findings {
		view := noteView{Finding: finding, Criterion: criterionOf(n.review, finding.Criterion), Missing: n.missing}
		switch {
		case finding.Waiver != nil:
		case finding.Evidence == nil && finding.Severity == "question":
			questions = append(questions, view)
		default:
			if err := n.finding(view, main); err != nil {
				return err
			}
		}
	}
	if len(questions) > 0 && main != "" {
		lines, err := n.lines("note.questions", map[string]any{"Findings": questions, "Missing": n.missing})
		if err != nil {
			return err
		}
		n.documents[main] = append(n.documents[main], austauschbar.Note{Lines: lines})
	}
	for _, contradiction := range n.review.Contradictions {
		if err := n.contradiction(contradiction); err != nil {
			return err
		}
	}
	return nil
}

func (n *notes) finding(view noteView, main string) error {
	at := main
	if view.Finding.Evidence != nil {
		at = view.Finding.Evidence.Path
	}
	if at == "" {
		return nil
	}
	reason := [3]string{at, view.Finding.Criterion, view.Finding.Reason}
	view.Told, n.told[reason] = n.told[reason], true
	note, err := n.note("note.finding", view, view.Finding.Evidence)
	if err != nil {
		return err
	}
	if suggestion := view.Finding.Suggestion; suggestion != "" {
		told, err := n.lines("note.suggestion", suggestion)
		if err != nil {
			return err
		}
		note.Told = strings.Join(told, " ")
		if view.Finding.Evidence != nil {
			note.Change = clean(suggestion)
		}
	}
	n.documents[at] = append(n.documents[at], note)
	return nil
}

func (n *notes) contradiction(contradiction austauschbar.Discrepancy) error {
	for _, side := range contradiction.Sides {
		note, err := n.note("note.contradiction", contradiction, &side.Evidence)
		if err != nil {
			return err
		}
		n.documents[side.Evidence.Path] = append(n.documents[side.Evidence.Path], note)
	}
	return nil
}

// note writes one for a passage; nil for none.
func (n *notes) note(name string, data any, evidence *austauschbar.Evidence) (austauschbar.Note, error) {
	lines, err := n.lines(name, data)
	note := austauschbar.Note{Evidence: evidence, Lines: lines}
	if err != nil || evidence == nil {
		return note, err
	}
	place, err := n.lines("note.place", evidence)
	note.Place = strings.Join(place, " ")
	return note, err
}

// lines fills a shape of notes and gives its paragraphs.
func (n *notes) lines(name string, data any) ([]string, error) {
	var text strings.Builder
	v := voice{shape: "notes", escape: clean, functions: map[string]any{
		"heading": n.words.heading,
		"source": func(reference austauschbar.Reference) string {
			if reference.Description == "" {
				return reference.Ref
			}
			return reference.Description + ", " + reference.Ref
		},
	}}
	if err := n.words.write(&text, v, name, data); err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.SplitSeq(text.String(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, shorten(line, longestLine))
		}
	}
	return lines, nil
}
