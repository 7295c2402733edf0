// Package patch reads which lines of a file a patch shows, as forges tell it: hunks
// without the names of the files.
package patch

import (
	"strconv"
	"strings"
)

// A Line is one that the head has and a patch shows.
type Line struct {
	New int // 1-based, of the head
	Old int // of the base; 0 where the line was added or changed
}

// Split parts lines into those that were added or changed and those around them.
func Split(lines []Line) (changed, context []int) {
	for _, line := range lines {
		if line.Old == 0 {
			changed = append(changed, line.New)
		} else {
			context = append(context, line.New)
		}
	}
	return changed, context
}

// Read lists the lines of the head that a patch shows, ascending. It is not ok where
// the patch is empty or malformed.
func Read(patch string) (lines []Line, ok bool) {
	var at hunk
	last := Line{} // of each side, in the hunks so far
	for text := range strings.SplitSeq(strings.TrimSuffix(patch, "\n"), "\n") {
		if at.oldLeft == 0 && at.newLeft == 0 && !strings.HasPrefix(text, `\`) {
			if at, ok = readHunk(text); !ok || at.new <= last.New || at.old <= last.Old {
				return nil, false
			}
			continue
		}
		switch (text + " ")[0] { // some tools trim the blank of an empty line
		case '+':
			lines = append(lines, Line{New: at.new})
			last.New, at.new, at.newLeft = at.new, at.new+1, at.newLeft-1
		case '-':
			last.Old, at.old, at.oldLeft = at.old, at.old+1, at.oldLeft-1
		case ' ':
			lines = append(lines, Line{at.new, at.old})
			last = Line{at.new, at.old}
			at = hunk{at.old + 1, at.new + 1, at.oldLeft - 1, at.newLeft - 1}
		case '\\': // No newline at end of file
		default:
			return nil, false
		}
		if at.oldLeft < 0 || at.newLeft < 0 {
			return nil, false
		}
	}
	return lines, at.oldLeft == 0 && at.newLeft == 0
}

// A hunk is the next line of each side, and how many are to come.
type hunk struct{ old, new, oldLeft, newLeft int }

// readHunk reads a hunk's header, "@@ -12,3 +14,4 @@ heading". Where a side has no
// lines, its first one is one past the line that is named.
func readHunk(header string) (hunk, bool) {
	rest, ok := strings.CutPrefix(header, "@@ -")
	ranges, _, closed := strings.Cut(rest, " @@")
	before, after, both := strings.Cut(ranges, " +")
	if !ok || !closed || !both {
		return hunk{}, false
	}
	old, oldCount, okOld := span(before)
	line, newCount, okNew := span(after)
	return hunk{old, line, oldCount, newCount}, okOld && okNew && oldCount+newCount > 0
}

// span reads "14,4", or "14" for one line.
func span(text string) (start, count int, ok bool) {
	first, many, counted := strings.Cut(text, ",")
	if !counted {
		many = "1"
	}
	from, errFrom := strconv.ParseUint(first, 10, 30)
	length, errLength := strconv.ParseUint(many, 10, 30)
	if length == 0 {
		from++
	}
	return int(from), int(length), errFrom == nil && errLength == nil
}
