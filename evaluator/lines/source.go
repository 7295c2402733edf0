package lines

import (
	"bytes"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// A Source tells what stands on the lines of a file that is no prose.
type Source struct {
	data []byte
	ends []int // offsets of the ends of all lines but the last
}

// NewSource returns the lines of data, which end in "\n".
func NewSource(data []byte) *Source {
	s := &Source{data: data}
	for at := 0; ; {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return s
		}
		s.ends = append(s.ends, at+i)
		at += i + 1
	}
}

// Lines counts the lines, of which an empty file has one.
func (s *Source) Lines() int { return len(s.ends) + 1 }

// At is the evidence of a line, 1-based and held to the lines there are.
func (s *Source) At(line int) austauschbar.Evidence { return s.Evidence(line, "") }

// Evidence is At; of a line that is too long it quotes what begins with about.
func (s *Source) Evidence(line int, about string) austauschbar.Evidence {
	line = max(1, min(line, s.Lines()))
	return austauschbar.Evidence{Line: line, Quote: quote(s.Line(line), about)}
}

// Line returns a line that there is, 1-based, without its end.
func (s *Source) Line(line int) []byte {
	begin, end := 0, len(s.data)
	if line > 1 {
		begin = s.ends[line-2] + 1
	}
	if line <= len(s.ends) {
		end = s.ends[line-1]
	}
	return s.data[begin:end]
}

// Find returns the first of these lines that holds a text, the first of all where none
// does.
func (s *Source) Find(first, last int, text string) int {
	first, last = max(1, min(first, s.Lines())), min(last, s.Lines())
	for line := first; line <= last && text != ""; line++ {
		if bytes.Contains(s.Line(line), []byte(text)) {
			return line
		}
	}
	return first
}

func quote(line []byte, about string) string {
	if utf8.RuneCount(line) > quoted {
		if i := bytes.Index(line, []byte(about)); i > 0 {
			line = line[i:]
		}
		end := min(len(line), 2*quoted*utf8.UTFMax)
		for end < len(line) && !utf8.RuneStart(line[end]) {
			end--
		}
		line = line[:end]
	}
	return Quote(decoded(line))
}

// decoded reads a line that is not UTF-8 as what each byte is the number of its
// character in.
func decoded(line []byte) string {
	if utf8.Valid(line) {
		return string(line)
	}
	runes := make([]rune, len(line))
	for i, char := range line {
		runes[i] = rune(char)
	}
	return string(runes)
}
