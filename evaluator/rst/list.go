package rst

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	bullet     = regexp.MustCompile(`^([*+\-•‣⁃])(?:[ \t]+|$)`)
	enumerator = regexp.MustCompile(`^(\(?)(\d{1,9}|[a-zA-Z]|[ivxlcdm]{1,15}|[IVXLCDM]{1,15}|#)([.)])(?:[ \t]+|$)`)
	fieldName  = regexp.MustCompile(`^:((?:[^:\\]|\\.|:[^\s:\x60])+):(?:[ \t]+|$)`)
	option     = regexp.MustCompile(`^((?:--?[\w?][\w-]*|/[A-Z])(?:[ =](?:[\w-]+|<[^>]+>))?(?:, (?:--?[\w?][\w-]*|/[A-Z])(?:[ =](?:[\w-]+|<[^>]+>))?)*)(?:  +|$)`)
)

// markOf returns the mark of the list item at an index, "" where none begins: a line
// that goes on below without an indent is none.
func markOf(block []line, at, base int) string {
	text := block[at].text
	mark := bullet.FindString(text)
	if mark == "" {
		if mark = enumerator.FindString(text); mark == "" || strings.HasPrefix(mark, "(") && !strings.Contains(mark, ")") {
			return ""
		}
	}
	if at+1 < len(block) && block[at+1].text != "" && block[at+1].indent <= base && bullet.FindString(block[at+1].text) == "" && enumerator.FindString(block[at+1].text) == "" {
		return ""
	}
	return mark
}

// list reads one item. Numbers that are left to the program follow those before.
func (p *parser) list(block []line, at, base int, mark string, in within) (int, error) {
	if err := p.endTerm(); err != nil {
		return at, err
	}
	number := 0
	in.lists++
	for at < len(block) {
		if p.steps++; p.steps%500 == 0 && p.ctx.Err() != nil {
			return at, p.ctx.Err()
		}
		in.item = &item{}
		if m := enumerator.FindStringSubmatch(mark); m != nil {
			number++
			value := m[2]
			if value == "#" {
				value = strconv.Itoa(number)
			} else if n, err := strconv.Atoi(value); err == nil {
				number = n
			}
			in.item.number = m[1] + value + m[3]
		}
		end := extent(block, at+1, base)
		if err := p.body(block[at].text[len(mark):], block[at:end], in); err != nil {
			return end, err
		}
		at = end
		if at == len(block) || block[at].indent != base {
			return at, nil
		}
		next := markOf(block, at, base)
		if next == "" || next[0] != mark[0] && (bullet.MatchString(next) || bullet.MatchString(mark)) {
			return at, nil
		}
		mark = next
	}
	return at, nil
}

// longest is the longest name of a field or option, in bytes.
const longest = 400

// field returns the name of a field and what follows on its line.
func field(text string) (name, rest string, found bool) {
	if text[0] != ':' {
		return "", "", false
	}
	return named(fieldName, text)
}

// optionOf returns an option of a program and what follows on its line.
func optionOf(text string) (name, rest string, found bool) {
	if text[0] != '-' && text[0] != '/' {
		return "", "", false
	}
	return named(option, text)
}

// named splits a line behind the name that it begins with.
func named(pattern *regexp.Regexp, text string) (name, rest string, found bool) {
	head := text[:min(len(text), longest)]
	m := pattern.FindStringSubmatchIndex(head)
	if m == nil || m[1] == len(head) && len(head) < len(text) {
		return "", "", false
	}
	return text[m[2]:m[3]], text[m[1]:], true
}

// numberOf writes the number of a section. Levels that were not numbered, as that of
// the document's title, show nothing.
func numberOf(counts []int) string {
	var parts []string
	for _, count := range counts {
		if count > 0 || len(parts) > 0 {
			parts = append(parts, strconv.Itoa(count))
		}
	}
	return strings.Join(parts, ".")
}
