package rtf

// A kind says what a token is.
type kind int

// The kinds of tokens.
const (
	end    kind = iota // of the file
	open               // {
	closed             // }
	word               // \par, \u228
	symbol             // \~
	coded              // \'e4
	text               // bytes between them
)

// A token is a piece of an RTF file.
type token struct {
	kind  kind
	name  []byte // of a word; of a symbol its one character
	value int    // of a word its number, of a coded byte the byte
	given bool   // a word has a number
	bytes []byte // of text, without line breaks
}

// tokens are an RTF file cut into tokens.
type tokens struct {
	data []byte
	at   int
}

func (t *tokens) next() token {
	for t.at < len(t.data) && (t.data[t.at] == '\r' || t.data[t.at] == '\n' || t.data[t.at] == 0) {
		t.at++
	}
	if t.at >= len(t.data) {
		return token{}
	}
	switch t.data[t.at] {
	case '{':
		t.at++
		return token{kind: open}
	case '}':
		t.at++
		return token{kind: closed}
	case '\\':
		return t.control()
	}
	start := t.at
	for t.at < len(t.data) {
		switch t.data[t.at] {
		case '{', '}', '\\', '\r', '\n', 0:
			return token{kind: text, bytes: t.data[start:t.at]}
		}
		t.at++
	}
	return token{kind: text, bytes: t.data[start:]}
}

// control cuts what begins with a backslash.
func (t *tokens) control() token {
	t.at++
	if t.at >= len(t.data) {
		return token{}
	}
	start := t.at
	for t.at < len(t.data) && isLetter(t.data[t.at]) {
		t.at++
	}
	if t.at > start {
		found := token{kind: word, name: t.data[start:t.at]}
		found.value, found.given = t.number()
		if t.at < len(t.data) && t.data[t.at] == ' ' {
			t.at++
		}
		return found
	}
	t.at++
	if t.data[start] == '\'' && t.at+1 < len(t.data) {
		high, low := hex(t.data[t.at]), hex(t.data[t.at+1])
		if high >= 0 && low >= 0 {
			t.at += 2
			return token{kind: coded, value: high<<4 | low}
		}
	}
	return token{kind: symbol, name: t.data[start:t.at]}
}

// number cuts the number of a word. One with more digits than any number has is cut
// whole and counts as its first nine.
func (t *tokens) number() (value int, given bool) {
	at, sign := t.at, 1
	if at < len(t.data) && t.data[at] == '-' {
		at, sign = at+1, -1
	}
	start := at
	for at < len(t.data) && t.data[at] >= '0' && t.data[at] <= '9' {
		if at-start < 9 {
			value = value*10 + int(t.data[at]-'0')
		}
		at++
	}
	if at == start {
		return 0, false
	}
	t.at = at
	return sign * value, true
}

// skip passes over so many bytes.
func (t *tokens) skip(bytes int) { t.at = min(t.at+max(bytes, 0), len(t.data)) }

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// hex is the value of a hexadecimal digit; -1 of anything else.
func hex(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'a' && b <= 'f':
		return int(b-'a') + 10
	case b >= 'A' && b <= 'F':
		return int(b-'A') + 10
	}
	return -1
}
