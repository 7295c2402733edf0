package austauschbar

import "slices"

// Notes are what is to be written into a copy of one document, and in whose name.
type Notes struct {
	Author   string // "Austauschbar"
	Initials string // as Word shows them beside a comment
	Language string // of the notes: "de", "en"
	Date     string // day of judging: "2027-01-12"
	Notes    []Note
}

// A Note is what a person is to read at a passage.
type Note struct {
	Evidence *Evidence // the passage; nil where the note is about the dossier as a whole
	Lines    []string  // a heading, then paragraphs
	Place    string    // paragraph that tells the passage where the note cannot stand at it
	// Change is what takes the place of the quote, and Told the paragraph that says so
	// where the document cannot be changed there; both are "" for none.
	Change, Told string
}

// Paragraphs are what is written of a note: with what is told of its change unless this
// was made, and with its place unless it stands there.
func (n Note) Paragraphs(changed, there bool) []string {
	paragraphs := slices.Clone(n.Lines)
	if n.Told != "" && !changed {
		paragraphs = append(paragraphs, n.Told)
	}
	if n.Place != "" && n.Evidence != nil && !there {
		paragraphs = append(paragraphs, n.Place)
	}
	return paragraphs
}
