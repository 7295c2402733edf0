package gitea

import (
	"net/url"
	"path"

	"code.gitea.io/sdk/gitea"
)

// editor gives addresses of the server's editor on a branch; nil where it does not
// tell which branch. The editor opens empty: it takes a name and no content.
func editor(base *gitea.PRBranchInfo) func(name string, exists bool, content string) string {
	if base.Repository == nil || base.Repository.HTMLURL == "" || base.Ref == "" {
		return nil
	}
	repository, branch := base.Repository.HTMLURL, base.Ref
	return func(name string, exists bool, _ string) string {
		if exists {
			return repository + "/_edit/" + escaped(path.Join(branch, name))
		}
		folder := path.Join(branch, path.Dir(name))
		return repository + "/_new/" + escaped(folder) + "?filename=" + url.QueryEscape(path.Base(name))
	}
}

// escaped makes a path fit for an address; its slashes stay.
func escaped(name string) string { return (&url.URL{Path: name}).EscapedPath() }
