package protobuf

import "bytes"

// depth is the deepest nesting of brackets outside of comments and strings, since the
// parser takes more than in proportion for each level.
func depth(data []byte) int {
	deepest, open := 0, 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '<', '[', '(':
			open++
			deepest = max(deepest, open)
		case '}', '>', ']', ')':
			open = max(0, open-1)
		case '"', '\'':
			i = endOfString(data, i)
		case '/':
			i = endOfComment(data, i)
		}
	}
	return deepest
}

// endOfString is where the string that begins at i ends: with its quote or its line.
func endOfString(data []byte, i int) int {
	quote := data[i]
	for i++; i < len(data) && data[i] != quote && data[i] != '\n'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i
}

// endOfComment is where the comment that begins at i ends; i where none does.
func endOfComment(data []byte, i int) int {
	end := ""
	switch {
	case bytes.HasPrefix(data[i:], []byte("//")):
		end = "\n"
	case bytes.HasPrefix(data[i:], []byte("/*")):
		end = "*/"
	default:
		return i
	}
	n := bytes.Index(data[i+2:], []byte(end))
	if n < 0 {
		return len(data)
	}
	return i + 2 + n + len(end) - 1
}
