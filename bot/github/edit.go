package github

import (
	"net/url"
	"path"

	"github.com/google/go-github/v62/github"

	"github.com/austauschbar/austauschbar/bot"
)

// maxAddress bounds a web address, in bytes: GitHub refuses longer ones.
const maxAddress = 8_000

// editor gives addresses of GitHub's editor on a branch; nil where GitHub does not
// tell which branch.
func editor(base *github.PullRequestBranch) func(name string, exists bool, content string) string {
	repository, branch := base.GetRepo().GetHTMLURL(), base.GetRef()
	if repository == "" || branch == "" {
		return nil
	}
	return func(name string, exists bool, content string) string {
		if exists {
			return repository + "/edit/" + bot.EscapePath(branch) + "/" + bot.EscapePath(name)
		}
		address := repository + "/new/" + bot.EscapePath(branch)
		if folder := path.Dir(name); folder != "." {
			address += "/" + bot.EscapePath(folder)
		}
		address += "?filename=" + url.QueryEscape(path.Base(name))
		if filled := address + "&value=" + url.QueryEscape(content); content != "" && len(filled) < maxAddress {
			return filled
		}
		return address
	}
}
