package gitea

import (
	"testing"

	"code.gitea.io/sdk/gitea"
)

func TestEditor(t *testing.T) {
	base := func(branch string) *gitea.PRBranchInfo {
		return &gitea.PRBranchInfo{Ref: branch, Repository: &gitea.Repository{HTMLURL: "https://git.example/o/r"}}
	}
	for name, test := range map[string]struct {
		branch, path string
		exists       bool
		want         string
	}{
		"new":              {"main", "a/b/waivers.yaml", false, "https://git.example/o/r/_new/main/a/b"},
		"new at the root":  {"main", ".austauschbar.yaml", false, "https://git.example/o/r/_new/main"},
		"new, German":      {"main", "Prüfung #1/ä&b.yaml", false, "https://git.example/o/r/_new/main/Pr%C3%BCfung%20%231"},
		"there":            {"release/1.x", "Los 1/waivers.yaml", true, "https://git.example/o/r/_edit/release/1.x/Los%201/waivers.yaml"},
		"there, a percent": {"a%2Fb", "50%?.md", true, "https://git.example/o/r/_edit/a%252Fb/50%25%3F.md"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := editor(base(test.branch))(test.path, test.exists, "x"); got != test.want {
				t.Errorf("address is %s, want %s", got, test.want)
			}
		})
	}
	if editor(base("")) != nil || editor(&gitea.PRBranchInfo{Ref: "main"}) != nil {
		t.Error("an address is given where the branch is not known")
	}
}
