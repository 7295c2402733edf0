package github

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-github/v62/github"
)

func TestEditor(t *testing.T) {
	base := func(branch string) *github.PullRequestBranch {
		return &github.PullRequestBranch{Ref: &branch, Repo: &github.Repository{HTMLURL: github.String("https://git.example/o/r")}}
	}
	for name, test := range map[string]struct {
		branch, path string
		exists       bool
		content      string
		want         string
	}{
		"new":              {"main", "a/b/waivers.yaml", false, "x: 1\n", "https://git.example/o/r/new/main/a/b?filename=waivers.yaml&value=x%3A+1%0A"},
		"new at the root":  {"main", ".austauschbar.yaml", false, "x", "https://git.example/o/r/new/main?filename=.austauschbar.yaml&value=x"},
		"new and empty":    {"main", "a.md", false, "", "https://git.example/o/r/new/main?filename=a.md"},
		"new, German":      {"main", "Prüfung #1/ä&b.yaml", false, "ö&x", "https://git.example/o/r/new/main/Pr%C3%BCfung%20%231?filename=%C3%A4%26b.yaml&value=%C3%B6%26x"},
		"new, too long":    {"main", "a.md", false, strings.Repeat("ä", 1_400), "https://git.example/o/r/new/main?filename=a.md"},
		"there":            {"release/1.x", "Los 1/waivers.yaml", true, "", "https://git.example/o/r/edit/release/1.x/Los%201/waivers.yaml"},
		"there, not kept":  {"main", "waivers.yaml", true, "x", "https://git.example/o/r/edit/main/waivers.yaml"},
		"there, a percent": {"a%2Fb", "50%?.md", true, "", "https://git.example/o/r/edit/a%252Fb/50%25%3F.md"},
	} {
		t.Run(name, func(t *testing.T) {
			got := editor(base(test.branch))(test.path, test.exists, test.content)
			if got != test.want {
				t.Errorf("address is %s, want %s", got, test.want)
			}
			if _, err := url.Parse(got); err != nil || len(got) >= maxAddress {
				t.Errorf("%d bytes, error %v", len(got), err)
			}
		})
	}
	if editor(&github.PullRequestBranch{}) != nil || editor(nil) != nil {
		t.Error("an address is given where the repository is not known")
	}
}
