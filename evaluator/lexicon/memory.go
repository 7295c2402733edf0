package lexicon

import "strings"

// memory is where a scanner keeps what it learns of spellings: much at once, since
// texts hold thousands. What is handed out is not changed any more.
type memory struct {
	texts strings.Builder
	words []int32
}

const (
	textsAtOnce   = 1 << 14 // bytes
	numbersAtOnce = 1 << 10
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

// numbers keeps numbers of words.
func (m *memory) numbers(words []int32) []int32 {
	if cap(m.words)-len(m.words) < len(words) {
		m.words = make([]int32, 0, max(numbersAtOnce, len(words)))
	}
	begin := len(m.words)
	m.words = append(m.words, words...)
	return m.words[begin:len(m.words):len(m.words)]
}
