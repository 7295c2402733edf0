package templates

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold makes one line of a text. No-break spaces stay: they belong to numbers.
func fold(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
	}), " ")
}

// clean makes one line of a text, folds its blanks and takes away what has no
// visible form.
func clean(text string) string { return fold(visible(text)) }

// visible takes away what has no visible form: control and escape characters,
// bidirectional controls, zero-width characters, soft hyphens, tags. Line breaks
// and tabs become blanks. What remains of an escape sequence is shown, so that
// nothing visible is lost.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\t\n\v\f\r\u0085\u2028\u2029", r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// breaker stands behind characters that forges act upon even when they are
// written as entities, since they look at the rendered text: "@name", "#12". It
// has no width.
const breaker = "&#8203;"

// escapeMarkdown gives a text in a notation that every Markdown dialect, a table
// cell and an HTML element show as the very same text: no mention, reference,
// quick action, link, image, emphasis, code, formula, emoji or HTML comes of it.
// Characters with a meaning become entities, since backslashes mean nothing
// within HTML elements.
func escapeMarkdown(text string) string {
	text = clean(text)
	var out strings.Builder
	for at, r := range text {
		rest := text[at+utf8.RuneLen(r):]
		next, _ := utf8.DecodeRuneInString(rest)
		switch {
		case strings.ContainsRune("@#~$", r):
			// Mentions, issues, labels, snippets.
			fmt.Fprintf(&out, "&#%d;%s", r, breaker)
		case r == '&' || r == '[' || r == '{' || r == '^':
			// Epics, references in brackets, inline differences.
			fmt.Fprintf(&out, "&#%d;", r)
			if isWord(next) || strings.ContainsRune("[+-", next) {
				out.WriteString(breaker)
			}
		case strings.ContainsRune("<>|`*_\\]}", r), at == 0 && isMark(r), at == 0 && startsList.MatchString(text):
			fmt.Fprintf(&out, "&#%d;", r)
		case (r == '!' || r == '%') && (isWord(next) || next == '"'),
			r == ':' && scheme.MatchString(text[at:]),
			r == '-' && isWord(next) && endsGH(text[:at]):
			// Merge requests, milestones, addresses, emoji, "GH-12".
			out.WriteRune(r)
			out.WriteString(breaker)
		case startsCommit(text, at), startsWWW(text, at):
			out.WriteRune(r)
			out.WriteString(breaker)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// startsList matches what a Markdown parser takes for the number of a list item.
var startsList = regexp.MustCompile(`^[0-9]{1,9}[.)]( |$)`)

// scheme matches the colon of an address or of an emoji's name.
var scheme = regexp.MustCompile(`^:(/|\pL|[0-9_+-]+:)`)

// commit matches what forges take for the name of a commit.
var commit = regexp.MustCompile(`^[0-9a-fA-F]{7,64}`)

func startsCommit(text string, at int) bool {
	if before, _ := utf8.DecodeLastRuneInString(text[:at]); isWord(before) {
		return false
	}
	name := commit.FindString(text[at:])
	return strings.ContainsAny(name, "0123456789") && strings.ContainsAny(name, "abcdefABCDEF")
}

func startsWWW(text string, at int) bool {
	return at+4 <= len(text) && strings.EqualFold(text[at:at+4], "www.")
}

func endsGH(text string) bool {
	return len(text) >= 2 && strings.EqualFold(text[len(text)-2:], "gh")
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

func isMark(r rune) bool {
	return r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' '
}

// escapeAddress gives an address for the angle brackets of a Markdown link; ""
// for anything but the web.
func escapeAddress(address string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return ""
	}
	var out strings.Builder
	for _, b := range []byte(address) {
		switch {
		case b == '&':
			out.WriteString("&amp;")
		case b <= ' ' || b >= utf8.RuneSelf || b == 0x7f || strings.IndexByte("<>\"'`\\|[]{}^", b) >= 0:
			fmt.Fprintf(&out, "%%%02X", b)
		default:
			out.WriteByte(b)
		}
	}
	return out.String()
}

// inCode gives a text as a code span of one line, in which nothing acts: what it
// is enclosed in is longer than any run of backticks in it.
func inCode(text string) markup {
	text = clean(text)
	if text == "" {
		return ""
	}
	enclosed := strings.Repeat("`", longestRun(text)+1)
	if len(enclosed) > 1 {
		text = " " + text + " "
	}
	return markup(enclosed + text + enclosed)
}

// fenced gives a text as a block of code. Its fence is longer than any run of
// backticks in it, and a blank stands before a slash that begins a line: some
// forges look for quick actions even here.
func fenced(language, text string) markup {
	lines := strings.Split(strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
	for i, line := range lines {
		lines[i] = visible(line)
		if strings.HasPrefix(lines[i], "/") {
			lines[i] = " " + lines[i]
		}
	}
	text = strings.Join(lines, "\n")
	fence := strings.Repeat("`", max(3, longestRun(text)+1))
	return markup(fence + language + "\n" + text + "\n" + fence)
}

// longestRun counts the backticks of the longest run of them.
func longestRun(text string) int {
	longest, run := 0, 0
	for _, r := range text {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
