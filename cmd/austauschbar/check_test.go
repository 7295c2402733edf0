package main

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

// faulty are checkouts that show, all together, every fault that a check can find.
func faulty() []austauschbar.Checkout {
	checkout := func(change func(*austauschbar.Checkout)) austauschbar.Checkout {
		c := austauschbar.Checkout{Today: "2026-11-23", Files: []string{}, Licences: []austauschbar.LicenceFile{}, Secrets: []austauschbar.Secret{}, Gaps: []austauschbar.Gap{}}
		change(&c)
		return c
	}
	licence := func(id string, known, osi bool) austauschbar.LicenceID {
		return austauschbar.LicenceID{ID: id, Known: known, OSI: osi}
	}
	mit, busl, eupl := licence("MIT", true, true), licence("BUSL-1.1", true, false), licence("EUPL-1.2", true, true)
	return []austauschbar.Checkout{
		checkout(func(*austauschbar.Checkout) {}),
		checkout(func(c *austauschbar.Checkout) {
			c.Files = []string{"publiccode.yaml"}
			c.ReadMe = &austauschbar.ReadMe{Path: "README.md", Passages: []austauschbar.ReadMePassage{}}
			c.Licences = []austauschbar.LicenceFile{{Path: "LICENSE", Root: true, Licences: []austauschbar.LicenceID{}}}
			c.Secrets = []austauschbar.Secret{{Path: ".env", Kind: "dotenv"}, {Path: "testdata/key.pem", Line: 1, Kind: "private_key"}, {Path: "id_rsa", Kind: "key_file"}, {Path: "a.go", Line: 2, Kind: "token"}}
			c.History = &austauschbar.History{Commits: []austauschbar.Commit{{Day: "2026-11-01", Author: 1}}, Tags: []austauschbar.Tag{}}
		}),
		checkout(func(c *austauschbar.Checkout) {
			c.Unreadable = &austauschbar.Unreadable{Path: "publiccode.yml", Detail: "line 1: x"}
		}),
		checkout(func(c *austauschbar.Checkout) {
			c.PublicCode = &austauschbar.Repository{
				URL: "beispiel", ReleaseDate: "gestern", DevelopmentStatus: "fertig",
				Licence:      &austauschbar.DeclaredLicence{Expression: "MIT OR Eigene", Licences: []austauschbar.LicenceID{mit, licence("Eigene", false, false)}, Evidence: austauschbar.Evidence{Path: "publiccode.yml"}},
				Descriptions: []austauschbar.RepositoryDescription{{Language: "de", Short: 200, Long: 10}},
			}
			c.Licences = []austauschbar.LicenceFile{
				{Path: "LICENSE", Root: true, Licences: []austauschbar.LicenceID{busl}}, {Path: "LICENSES/MIT.txt", Named: &mit, Licences: []austauschbar.LicenceID{eupl}},
			}
		}),
		checkout(func(c *austauschbar.Checkout) { c.PublicCode = &austauschbar.Repository{Name: "Beispiel"} }),
	}
}

// Every fault that the policies find has words in every language, and every word of a
// fault belongs to one that they find.
func TestEveryFaultHasWords(t *testing.T) {
	var checks []austauschbar.RepositoryCheck
	found := map[string]bool{}
	for _, checkout := range faulty() {
		check, err := policies.CheckOpenCode(t.Context(), policies.Shipped(), checkout)
		if err != nil {
			t.Fatal(err)
		}
		for _, condition := range check.Conditions {
			for _, finding := range condition.Findings {
				found["opencode."+condition.ID+"."+finding.Code] = true
			}
		}
		checks = append(checks, check)
	}
	fault := regexp.MustCompile(`^opencode\.OC-\d\d\.[a-z_]+$`)
	for _, language := range templates.Languages() {
		words, err := templates.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, check := range checks {
			filled, err := words.FillRepositoryCheck(check)
			if err == nil {
				err = words.RepositoryCheck(io.Discard, templates.FormatMarkdown, filled, templates.Options{})
			}
			if err != nil {
				t.Errorf("%s: %v", language, err)
			}
		}
		for _, name := range words.Names() {
			if fault.MatchString(name) && !found[name] && !strings.HasSuffix(name, ".title") {
				t.Errorf("%s: %s is said of nothing", language, name)
			}
		}
	}
}

// Our own repository misses no condition.
func TestOwnRepository(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"check", "opencode", "--fail-on", "missing", "../.."}, &out, &errs); code != exitReviewed {
		t.Errorf("exits with %d: %s%s", code, &out, &errs)
	}
}
