package github

import (
	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/patch"
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
	lines, ok := patch.Read(file.GetPatch())
	// GitHub leaves the patch out where it is large; what it shows of one that we
	// cannot read takes no comments either.
	diff.Binary = !ok
	diff.Changed, diff.Context = patch.Split(lines)
	return diff
}
