package github

import (
	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/diff"
)

// diffOf makes what the planner needs of GitHub's word about a file.
func diffOf(file *github.CommitFile) bot.FileDiff {
	told := bot.FileDiff{Path: file.GetFilename(), Old: file.GetFilename()}
	switch file.GetStatus() {
	case "added", "copied":
		told.Old = ""
	case "removed":
		told.Path = ""
	case "renamed":
		told.Old = file.GetPreviousFilename()
	}
	changed, context, ok := diff.Lines(file.GetPatch())
	if !ok {
		// GitHub leaves the patch out where it is large; what it shows of one that
		// we cannot read takes no comments either.
		told.Binary = true
		return told
	}
	told.Changed, told.Context = changed, context
	return told
}
