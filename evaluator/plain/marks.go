package plain

import "strings"

// Marks finds marks in a text, each byte looked at once for each mark: the offsets from
// which one is asked for only grow.
type Marks struct {
	text string
	next map[string]int // where a mark was found last; len(text) where none comes
}

// NewMarks returns what finds the marks of a text.
func NewMarks(text string) Marks { return Marks{text: text, next: map[string]int{}} }

// Find returns the offset of a mark from an offset on, -1 where none comes.
func (m Marks) Find(mark string, from int) int {
	found, known := m.next[mark]
	if !known || found < from {
		found = len(m.text)
		if from < found {
			if at := strings.Index(m.text[from:], mark); at >= 0 {
				found = from + at
			}
		}
		m.next[mark] = found
	}
	if found == len(m.text) {
		return -1
	}
	return found
}
