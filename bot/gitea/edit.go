package gitea

import (
	"path"

	"code.gitea.io/sdk/gitea"

	"github.com/austauschbar/austauschbar/bot"
)

// editor gives addresses of the server's editor on a branch; nil where it does not
// tell which branch. For a new file, it opens in its folder: a person fills in name
// and content, since of a name given it would make another folder.
func editor(base *gitea.PRBranchInfo) func(name string, exists bool, content string) string {
	if base.Repository == nil || base.Repository.HTMLURL == "" || base.Ref == "" {
		return nil
	}
	repository, branch := base.Repository.HTMLURL, base.Ref
	return func(name string, exists bool, _ string) string {
		if exists {
			return repository + "/_edit/" + bot.EscapePath(path.Join(branch, name))
		}
		return repository + "/_new/" + bot.EscapePath(path.Join(branch, path.Dir(name)))
	}
}
