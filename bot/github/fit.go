package github

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/bot"
)

// GitHub's limits of a check run and a commit status.
const (
	maxSummary     = 65_535
	maxAnnotations = 50 // of one request; further ones are added by further requests
	maxTitle       = 255
	maxMessage     = 64 << 10
	maxDescription = 140 // of a status

	maxActions           = 3
	maxActionLabel       = 20 // characters, as its identifier
	maxActionDescription = 40
)

// fitted brings a check into GitHub's limits.
func fitted(check bot.Check) bot.Check {
	check.Title = cmp.Or(check.Title, checkName)
	check.Summary = cutMarkdown(check.Summary, maxSummary)
	check.Annotations = slices.Clone(check.Annotations)
	for i, a := range check.Annotations {
		a.Line = max(a.Line, 1)
		a.Title = cut(a.Title, maxTitle)
		a.Message = cut(cmp.Or(a.Message, a.Title, checkName), maxMessage)
		check.Annotations[i] = a
	}
	check.Actions = slices.Clone(check.Actions[:min(len(check.Actions), maxActions)])
	for i, action := range check.Actions {
		check.Actions[i] = bot.Action{
			ID:          cut(action.ID, maxActionLabel),
			Label:       shortened(action.Label, maxActionLabel),
			Description: shortened(cmp.Or(action.Description, action.Label), maxActionDescription),
		}
	}
	return check
}

// cut shortens a text to a number of bytes, at the beginning of a character.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

// cutMarkdown shortens Markdown at the end of a line, or of a character where the
// line is very long, and closes the fence that is open there.
func cutMarkdown(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	kept := cut(text, limit)
	for {
		if end := strings.LastIndexByte(kept, '\n'); end > limit/2 {
			kept = kept[:end]
		}
		fence, at := openFence(kept)
		switch {
		case fence == "":
			return kept
		case len(kept)+1+len(fence) <= limit:
			return kept + "\n" + fence
		case len(fence) > limit/2:
			kept = kept[:max(at-1, 0)]
		default:
			kept = cut(kept, limit-1-len(fence))
		}
	}
}

// openFence returns the fence that is open at a text's end, and where its line
// begins; "" where none is.
func openFence(text string) (fence string, at int) {
	start := 0
	for line := range strings.SplitSeq(text, "\n") {
		inner := strings.TrimLeft(line, " ")
		mark := inner[:len(inner)-len(strings.TrimLeft(inner, "`"))]
		if mark == "" {
			mark = inner[:len(inner)-len(strings.TrimLeft(inner, "~"))]
		}
		rest := inner[len(mark):]
		switch {
		case len(mark) < 3:
		case fence == "" && (mark[0] == '~' || !strings.Contains(rest, "`")):
			fence, at = mark, start
		case fence != "" && strings.HasPrefix(mark, fence) && strings.TrimSpace(rest) == "":
			fence = ""
		}
		start += len(line) + 1
	}
	return fence, at
}

// shortened cuts a text to a number of characters and says so.
func shortened(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
