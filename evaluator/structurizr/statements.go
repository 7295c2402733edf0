package structurizr

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A statement is a line of the DSL, or several that belong together.
type statement struct {
	words  []string
	opens  bool   // a block follows: the line ends in "{"
	from   string // path of its file; "" where nothing is included
	within int    // files that include each other down to its own
	place
}

// closes says whether a statement ends a block.
func (s statement) closes() bool { return len(s.words) == 1 && s.words[0] == "}" && !s.opens }

// statements reads the DSL's lines. Lines go on behind a "\" at their end and within
// `"""`; what stands behind "//" or "#" at a line's beginning or within "/* */" is a
// comment.
func statements(ctx context.Context, text string) ([]statement, error) {
	l := &lexer{lines: strings.Split(text, "\n")}
	var found []statement
	for l.next < len(l.lines) {
		if len(found)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if len(found) > limit.Elements {
			return nil, limit.Refuse("too_large", fmt.Sprintf("there are more than %d statements", limit.Elements))
		}
		line := l.next
		words := l.statement()
		if len(words) == 0 {
			continue
		}
		s := statement{words: words, place: place{line: line + 1, quote: lines.Quote(l.lines[line])}}
		if begin := slices.Index(words, blockStart); begin >= 0 {
			s.words, s.opens = words[:begin], begin == len(words)-1
		}
		found = append(found, s)
	}
	return found, nil
}

// blockStart is the word "{" where it is not quoted; no quoted text is the same.
const blockStart = "\x00{"

// A lexer takes lines apart into words.
type lexer struct {
	lines   []string
	next    int  // line
	comment bool // within "/* */"
}

// statement reads the words of the next line and of those that belong to it.
func (l *lexer) statement() []string {
	var words []string
	for l.next < len(l.lines) {
		line := strings.TrimSpace(l.lines[l.next])
		l.next++
		goesOn := strings.HasSuffix(line, `\`)
		words = l.words(words, strings.TrimSuffix(line, `\`))
		if !goesOn || l.comment {
			break
		}
	}
	return words
}

// words adds the words of a line.
func (l *lexer) words(words []string, line string) []string {
	if len(words) == 0 && strings.HasPrefix(line, "#") && !l.comment {
		return nil
	}
	for line = strings.TrimLeft(line, " \t\r"); line != ""; line = strings.TrimLeft(line, " \t\r") {
		var word string
		switch {
		case l.comment || strings.HasPrefix(line, "/*"):
			_, rest, ended := strings.Cut(strings.TrimPrefix(line, "/*"), "*/")
			l.comment, line = !ended, rest
			continue
		case strings.HasPrefix(line, "//"):
			return words
		case strings.HasPrefix(line, `"""`):
			word, line = l.block(line[3:])
		case line[0] == '"':
			word, line = quoted(line[1:])
		default:
			end := strings.IndexAny(line, " \t\r")
			if end < 0 {
				end = len(line)
			}
			if word, line = line[:end], line[end:]; word == "{" {
				word = blockStart
			}
		}
		words = append(words, word)
	}
	return words
}

// quoted reads to the quotation mark that ends a text; `\"` is part of it.
func quoted(line string) (word, rest string) {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '"':
			return b.String(), line[i+1:]
		case line[i] == '\\' && i+1 < len(line) && line[i+1] == '"':
			i++
			b.WriteByte('"')
		default:
			b.WriteByte(line[i])
		}
	}
	return b.String(), ""
}

// block reads a text over several lines.
func (l *lexer) block(line string) (text, rest string) {
	var parts []string
	for {
		part, rest, ended := strings.Cut(line, `"""`)
		parts = append(parts, part)
		if ended || l.next >= len(l.lines) {
			return strings.TrimSpace(strings.Join(parts, "\n")), rest
		}
		line = l.lines[l.next]
		l.next++
	}
}
