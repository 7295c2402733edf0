package gitlab

import (
	"regexp"
	"strings"
)

// order matches the beginning of a line that GitLab might take for a quick action, as
// "/close": it carries them out and removes the line. Older servers look at lines of
// the raw text and know only fences of three backticks, newer ones at paragraphs.
var order = regexp.MustCompile(`^[ \t]*/[A-Za-z]`)

// spell says a text as GitLab must be given it: suggestions name how many lines around
// theirs they replace, and no line is a quick action, wherever it stands. In text the
// slash becomes an entity; in a fence, which shows entities as they are, a blank goes
// before it. A suggestion with such a line becomes plain code: a click would apply the
// blank. What is spelt already stays as it is.
func spell(text string) string {
	// GitLab drops carriage returns first, and so may join a line's end to a slash.
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	fence, opened := "", 0
	for i, line := range lines {
		mark, info := fenceOf(line)
		switch {
		case fence == "" && mark != "":
			fence, opened = mark, i
			if info == "suggestion" {
				lines[i] = strings.Replace(line, info, "suggestion:-0+0", 1)
			}
		case fence != "" && info == "" && strings.HasPrefix(mark, fence):
			fence = ""
		case !order.MatchString(line):
		case fence == "":
			lines[i] = strings.Replace(line, "/", "&#47;", 1)
		case line[0] == '/':
			lines[i] = " " + line
			lines[opened] = strings.Replace(lines[opened], "suggestion:-0+0", "text", 1)
		}
	}
	return strings.Join(lines, "\n")
}

// fenceOf returns the run of backticks or tildes by which a line opens or closes a
// fence, and what follows it; "" for any other line.
func fenceOf(line string) (mark, info string) {
	inner := strings.TrimLeft(line, " ")
	if len(line)-len(inner) > 3 || inner == "" || inner[0] != '`' && inner[0] != '~' {
		return "", ""
	}
	rest := strings.TrimLeft(inner, inner[:1])
	mark, info = inner[:len(inner)-len(rest)], strings.TrimSpace(rest)
	if len(mark) < 3 || mark[0] == '`' && strings.Contains(info, "`") {
		return "", ""
	}
	return mark, info
}
