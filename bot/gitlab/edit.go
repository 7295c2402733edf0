package gitlab

import (
	"net/url"
	"strings"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot"
)

// maxAddress bounds a web address, in bytes: the web server before GitLab refuses
// longer ones.
const maxAddress = 6_000

// editor gives addresses of GitLab's editor on the target branch; nil where GitLab
// does not tell where the project is. What a changed file shall hold cannot be told
// there.
func editor(merge *gitlab.MergeRequest) func(name string, exists bool, content string) string {
	project, _, ok := strings.Cut(merge.WebURL, "/-/merge_requests/")
	if !ok || merge.TargetBranch == "" {
		return nil
	}
	return func(name string, exists bool, content string) string {
		if exists {
			return project + "/-/edit/" + bot.EscapePath(merge.TargetBranch) + "/" + bot.EscapePath(name)
		}
		address := project + "/-/new/" + bot.EscapePath(merge.TargetBranch) + "?file_name=" + url.QueryEscape(name)
		if filled := address + "&content=" + url.QueryEscape(content); content != "" && len(filled) < maxAddress {
			return filled
		}
		return address
	}
}
