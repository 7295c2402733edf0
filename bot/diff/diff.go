// Package diff reads unified diffs, as Git writes and forges tell them.
package diff

import (
	"iter"
	"strconv"
	"strings"
)

// Lines lists the lines of the head that a patch shows, 1-based and ascending:
// those that were added or changed, and those around them. It is not ok where the
// patch is empty or malformed.
func Lines(patch string) (changed, context []int, ok bool) {
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

// Patches cuts Git's diff of a commit into the hunks of each file, by the file's path
// at the head. Files without hunks are left out: binary ones, those only renamed, and
// deleted ones, which have no path there.
func Patches(text string) map[string]string {
	patches := map[string]string{}
	for section := range sections(text) {
		header, hunks, ok := strings.Cut(section, "\n@@ ")
		if !ok {
			continue
		}
		for line := range strings.SplitSeq(header, "\n") {
			if name, ok := strings.CutPrefix(line, "+++ "); ok {
				if name, ok = strings.CutPrefix(unquoted(name), "b/"); ok {
					patches[name] = "@@ " + strings.TrimSuffix(hunks, "\n")
				}
			}
		}
	}
	return patches
}

// sections yields what a diff says of each file. Lines of files begin with another
// character than the line that begins a section.
func sections(text string) iter.Seq[string] {
	const begin = "diff --git "
	return func(yield func(string) bool) {
		_, text, _ := strings.Cut("\n"+text, "\n"+begin)
		for text != "" {
			section, rest, _ := strings.Cut(text, "\n"+begin)
			if !yield(section) {
				return
			}
			text = rest
		}
	}
}

// unquoted is a file's name as a header tells it: with a tab behind it where it has
// blanks, and in quotes with octal escapes where it has other characters.
func unquoted(name string) string {
	name = strings.TrimSuffix(name, "\t")
	if plain, err := strconv.Unquote(name); err == nil && strings.HasPrefix(name, `"`) {
		return plain
	}
	return name
}
