package austauschbar_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// component is which files GitLab takes for components of a repository. It looks for
// templates/NAME/template.yml too, so no message's folder may hold one.
var component = regexp.MustCompile(`^templates/[\w-]+(/template)?\.ya?ml$`)

// The folder of messages is also the one of components: there is one, and no file of
// a message is mistaken for another.
func TestComponents(t *testing.T) {
	var components []string
	err := filepath.WalkDir("templates", func(name string, _ fs.DirEntry, err error) error {
		if name = filepath.ToSlash(name); component.MatchString(name) {
			components = append(components, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"templates/review.yml"}; !slices.Equal(components, want) {
		t.Errorf("GitLab sees the components %v, want %v", components, want)
	}
}
