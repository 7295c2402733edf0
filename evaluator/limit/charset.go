package limit

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// charset reads what XML may declare besides UTF-8: the encodings of old tools of which
// each byte is the number of its character. The few that Windows puts in place of
// control characters are left as these.
func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252":
		return &latin{reader: r}, nil
	}
	return nil, fmt.Errorf("encoding %q is not read", name)
}

// latin turns bytes that are characters into UTF-8.
type latin struct{ reader io.Reader }

func (l *latin) Read(p []byte) (int, error) {
	if len(p) < utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	raw := make([]byte, len(p)/2) // a character becomes two bytes at most
	n, err := l.reader.Read(raw)
	written := p[:0]
	for _, char := range raw[:n] {
		written = utf8.AppendRune(written, rune(char))
	}
	return len(written), err
}
