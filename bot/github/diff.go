package github

import (
	"strconv"
	"strings"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
)

// diffOf makes what the planner needs of GitHub's word about a file.
func diffOf(file *github.CommitFile) bot.FileDiff {
	diff := bot.FileDiff{Path: file.GetFilename(), Old: file.GetFilename()}
	switch file.GetStatus() {
	case "added", "copied":
		diff.Old = ""
	case "removed":
		diff.Path = ""
	case "renamed":
		diff.Old = file.GetPreviousFilename()
	}
	changed, context, ok := linesOf(file.GetPatch())
	if !ok {
		// GitHub leaves the patch out where it is large; what it shows of one that
		// we cannot read takes no comments either.
		diff.Binary = true
		return diff
	}
	diff.Changed, diff.Context = changed, context
	return diff
}

// linesOf lists the lines of the head that a patch shows, 1-based and ascending:
// those that were added or changed, and those around them. It is not ok where the
// patch is empty or malformed.
func linesOf(patch string) (changed, context []int, ok bool) {
	last := 0 // of the head, in the hunks so far
	line, oldLeft, newLeft := 0, 0, 0
	for text := range strings.SplitSeq(strings.TrimSuffix(patch, "\n"), "\n") {
		if oldLeft == 0 && newLeft == 0 && !strings.HasPrefix(text, `\`) {
			var good bool
			if line, oldLeft, newLeft, good = hunk(text); !good || line <= last {
				return nil, nil, false
			}
			continue
		}
		switch (text + " ")[0] { // some tools trim the blank of an empty line
		case '+':
			changed = append(changed, line)
			last, line, newLeft = line, line+1, newLeft-1
		case '-':
			oldLeft--
		case ' ':
			context = append(context, line)
			last, line, oldLeft, newLeft = line, line+1, oldLeft-1, newLeft-1
		case '\\': // No newline at end of file
		default:
			return nil, nil, false
		}
		if oldLeft < 0 || newLeft < 0 {
			return nil, nil, false
		}
	}
	return changed, context, oldLeft == 0 && newLeft == 0
}

// hunk reads a hunk's header, "@@ -12,3 +14,4 @@ heading": the first line at the
// head and how many lines of each side follow. Where the head has none, the first
// line is one past the line it names.
func hunk(header string) (line, oldCount, newCount int, ok bool) {
	rest, ok := strings.CutPrefix(header, "@@ -")
	ranges, _, closed := strings.Cut(rest, " @@")
	before, after, both := strings.Cut(ranges, " +")
	if !ok || !closed || !both {
		return 0, 0, 0, false
	}
	_, oldCount, okOld := span(before)
	line, newCount, okNew := span(after)
	if newCount == 0 {
		line++
	}
	return line, oldCount, newCount, okOld && okNew && oldCount+newCount > 0
}

// span reads "14,4", or "14" for one line.
func span(text string) (start, count int, ok bool) {
	first, many, counted := strings.Cut(text, ",")
	if !counted {
		many = "1"
	}
	from, errFrom := strconv.ParseUint(first, 10, 30)
	length, errLength := strconv.ParseUint(many, 10, 30)
	return int(from), int(length), errFrom == nil && errLength == nil
}
