package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

var (
	// A box to tick. Brackets are one where nothing else stands beside them.
	tickBox = regexp.MustCompile(`[☐□☒☑⊠]|(?:^|\s)(?:\[[ xX]?\]|\([ xX]\))(?:\s|$)`)
	// A box that is ticked.
	ticked = regexp.MustCompile(`[☒☑⊠]|[\[(][xX][\])]`)
	// What a heading calls boxes that are ticked off once something is done: what stands
	// beside them is demanded.
	tickedOff = regexp.MustCompile(`(?i)abnahme|akzeptanz|acceptance|definition of done|check-?list`)
	// What a column of boxes is called that chooses what is agreed. Other columns take
	// what bidders answer, or whether a demand is met.
	choosing = regexp.MustCompile(`(?i)^(?:auswahl|gewählt|ausgewählt|vereinbart|beauftragt|zutreffend|trifft zu|optionen?|selected|selection|chosen|choice|agreed|applies|applicable)?$`)
	// The name of a field that is left blank: "Ort der Leistung: ____".
	blankField = regexp.MustCompile(`^[^.!?:]+:\s*(?:_{3,}|\.{6,}|…{2,})[\s.]*$`)
	blankLine  = regexp.MustCompile(`_{3,}`)
)

// wordsOfField is how many words the name of a field has at most.
const wordsOfField = 8

// A choice is what boxes make of the passages of a document.
type choice struct {
	left    map[int]bool // passages, by their index, that say nothing: no box of theirs is ticked
	ticked  bool         // a box of the document is
	squares bool         // "□" is a box and no bullet
}

// ofAuthor leaves out what a document only lets its author choose and what is yet to be
// filled in: passages and parts of them behind boxes that are not ticked, and names of
// fields that are left blank.
func (w *walk) ofAuthor(text austauschbar.Text) austauschbar.Text {
	if !slices.ContainsFunc(text.Passages, mayBeLeft) {
		return text
	}
	w.choice = choice{left: map[int]bool{}, ticked: slices.ContainsFunc(text.Passages, isTicked)}
	w.choice.squares = w.choice.ticked || slices.ContainsFunc(text.Passages, func(passage austauschbar.Passage) bool { return blankLine.MatchString(textOf(passage)) })
	text.Passages = slices.Clone(text.Passages)
	off := tickedOff.MatchString(strings.Join(w.named(w.found.title), " "))
	below := -1 // level of the item above that is not ticked; -1 where none is
	for i, passage := range text.Passages {
		if passage.Kind != austauschbar.Item || passage.Level <= below {
			below = -1
		}
		switch {
		case passage.Kind == austauschbar.Heading:
			off = tickedOff.MatchString(passage.Text)
			continue
		case passage.Kind == austauschbar.Code:
			continue
		case below >= 0:
			text.Passages[i] = saysNothing(passage)
			continue
		}
		chosen, left := w.choice.of(passage, off)
		switch {
		case left:
			w.choice.left[i] = true
			if passage.Kind == austauschbar.Item {
				below = passage.Level
			}
		case w.isBlankField(passage):
			chosen = saysNothing(passage)
		}
		text.Passages[i] = chosen
	}
	return text
}

// mayBeLeft is true of all passages that hold a box or a blank, and cheap.
func mayBeLeft(passage austauschbar.Passage) bool {
	if passage.Number == "[ ]" || len(passage.Cells) == 0 && holdsBox(passage.Text) {
		return true
	}
	return slices.ContainsFunc(passage.Cells, func(cell austauschbar.Cell) bool { return holdsBox(cell.Text) })
}

func holdsBox(text string) bool {
	return strings.ContainsAny(text, "☐□☒☑⊠_…") || strings.Contains(text, "[ ]") || strings.Contains(text, "( )") || strings.Contains(text, "......")
}

func isTicked(passage austauschbar.Passage) bool {
	return passage.Number == "[x]" || passage.Kind != austauschbar.Code && slices.ContainsFunc(tickBox.FindAllString(textOf(passage), -1), ticked.MatchString)
}

// saysNothing keeps of a passage only that there was one.
func saysNothing(passage austauschbar.Passage) austauschbar.Passage {
	passage.Text, passage.Cells = "", nil
	return passage
}

// of gives what a passage says once it is ticked, and whether that is nothing. Where boxes
// are ticked off later, all of it is said.
func (c choice) of(passage austauschbar.Passage, off bool) (chosen austauschbar.Passage, left bool) {
	switch {
	case off:
		return passage, false
	case passage.Kind == austauschbar.Row:
		return c.ofRow(passage)
	case passage.Number == "[ ]":
		return saysNothing(passage), true
	}
	said := c.chosen(passage.Text)
	if said == "" && passage.Text != "" {
		return saysNothing(passage), true
	}
	passage.Text = said
	return passage, false
}

// ofRow does the same for a row: a box in a cell of its own chooses all of it.
func (c choice) ofRow(row austauschbar.Passage) (chosen austauschbar.Passage, left bool) {
	first := slices.IndexFunc(row.Cells, func(cell austauschbar.Cell) bool { return strings.TrimSpace(cell.Text) != "" })
	if first < 0 {
		return row, false
	}
	if cell := row.Cells[first]; len(row.Cells) > 1 && c.isOpenBox(cell.Text) && choosing.MatchString(strings.TrimSpace(cell.Header)) {
		return saysNothing(row), true
	}
	row.Cells = slices.Clone(row.Cells)
	for i, cell := range row.Cells {
		if !c.isOpenBox(cell.Text) {
			row.Cells[i].Text = c.chosen(cell.Text)
		}
	}
	return row, false
}

// isOpenBox says whether a cell holds nothing but a box that is not ticked.
func (c choice) isOpenBox(text string) bool {
	at := c.boxes(text)
	return len(at) == 1 && strings.TrimSpace(text) == strings.TrimSpace(text[at[0][0]:at[0][1]]) && !ticked.MatchString(text)
}

// boxes are the places of the boxes of a text.
func (c choice) boxes(text string) [][]int {
	if !holdsBox(text) {
		return nil
	}
	at := tickBox.FindAllStringIndex(text, -1)
	if c.squares {
		return at
	}
	return slices.DeleteFunc(at, func(at []int) bool { return text[at[0]:at[1]] == "□" })
}

// chosen is a text without what stands behind boxes that are not ticked. Where boxes stand
// behind their words, or behind something that no box chooses, nothing is left out but
// what they choose: "Export als CSV ☐ ja ☐ nein".
func (c choice) chosen(text string) string {
	at := c.boxes(text)
	if len(at) == 0 || strings.TrimSpace(text[:at[0][0]]) != "" && strings.TrimSpace(text[at[len(at)-1][1]:]) == "" {
		return text
	}
	var said strings.Builder
	said.WriteString(text[:at[0][0]])
	for i, this := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		switch {
		case ticked.MatchString(text[this[0]:this[1]]):
			said.WriteString(text[this[0]:end])
		case said.Len() > 0 && end < len(text):
			said.WriteString(" … ")
		}
	}
	return strings.TrimRight(said.String(), " …\t\n")
}

// isBlankField says whether a passage is but the name of a field that is left blank. On a
// price sheet such a field says what is to be priced.
func (w *walk) isBlankField(passage austauschbar.Passage) bool {
	return passage.Kind != austauschbar.Row && w.found.document.Role != austauschbar.RolePriceSheet &&
		blankField.MatchString(passage.Text) && len(strings.Fields(passage.Text)) <= wordsOfField+1
}
