package lexicon

import "strings"

// memory is where a scanner keeps what it learns of spellings: much at once, since
// texts hold thousands. What is handed out is not changed any more.
type memory struct {
	texts strings.Builder
	atoms []int32
}

const (
	textsAtOnce = 1 << 14 // bytes
	atomsAtOnce = 1 << 10
)

// text keeps a text. Long ones have memory of their own: it goes when they do.
func (m *memory) text(text string) string {
	if len(text) > longestKept {
		return strings.Clone(text)
	}
	if m.texts.Cap()-m.texts.Len() < len(text) {
		m.texts.Reset()
		m.texts.Grow(textsAtOnce)
	}
	begin := m.texts.Len()
	m.texts.WriteString(text)
	return m.texts.String()[begin:]
}

// numbers keeps numbers of atoms.
func (m *memory) numbers(atoms []int32) []int32 {
	if cap(m.atoms)-len(m.atoms) < len(atoms) {
		m.atoms = make([]int32, 0, max(atomsAtOnce, len(atoms)))
	}
	begin := len(m.atoms)
	m.atoms = append(m.atoms, atoms...)
	return m.atoms[begin:len(m.atoms):len(m.atoms)]
}
