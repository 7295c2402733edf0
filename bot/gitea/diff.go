package gitea

import (
	"iter"
	"strconv"
	"strings"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/patch"
)

// diffOf makes what the planner needs of the server's word about a file and of the
// file's part of the diff.
func diffOf(file *gitea.ChangedFile, hunks string) bot.FileDiff {
	told := bot.FileDiff{Path: file.Filename, Old: file.Filename}
	switch file.Status {
	case "added", "copied":
		told.Old = ""
	case "deleted":
		told.Path = ""
		return told
	case "renamed":
		told.Old = file.PreviousFilename
	}
	lines, ok := patch.Read(hunks)
	if !ok {
		told.Binary = true
		return told
	}
	told.Changed, told.Context = patch.Split(lines)
	return told
}

// patches cuts Git's diff of a commit into the hunks of each file, by the file's path
// at the head. Files without hunks are left out: binary ones, those only renamed, and
// deleted ones, which have no path there.
func patches(text string) map[string]string {
	patches := map[string]string{}
	for section := range sections(text) {
		header, hunks, ok := strings.Cut(section, "\n@@ ")
		if !ok {
			continue
		}
		for line := range strings.SplitSeq(header, "\n") {
			if name, ok := strings.CutPrefix(line, "+++ "); ok {
				if name, ok = strings.CutPrefix(unquoted(name), "b/"); ok && name != "" {
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
