package publiccode

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

const example = `publiccodeYmlVersion: 0.4
name: " Beispiel
  Programm"
url: https://gitlab.opencode.de/amt/beispiel
softwareVersion: 1.10
releaseDate: 2026-09-01
platforms: web
categories: [procurement, "", geographic-information-systems]
usedBy:
  - Amt Beispielstadt
developmentStatus: stable
softwareType: standalone/web
description:
  en: {shortDescription: Sorts examples}
  de:
    shortDescription: Sortiert Beispiele für Ämter
    longDescription: |
      Äußerst lang.
    features: [Sortieren, Sammeln]
    screenshots: [a.png]
legal:
  license: EUPL-1.2 OR (GPL-2.0-only WITH Classpath-exception-2.0)
maintenance:
  type: contract
  contractors:
    - name: Beispiel GmbH
      until: 2027-12-31
  contacts:
    - {name: A. Beispiel, email: a@example.org}
localisation:
  localisationReady: yes
  availableLanguages: [de, en]
dependsOn:
  open:
    - {name: PostgreSQL, versionMin: "15"}
  proprietary:
    - name: Oracle Database
      version: 19c
      optional: true
de:
  ozg: true
`

func TestRead(t *testing.T) {
	got, err := Read("a/publiccode.yml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	at := func(line int, place, quote string) austauschbar.Evidence {
		return austauschbar.Evidence{Path: "a/publiccode.yml", Line: line, Place: place, Quote: quote}
	}
	ready := true
	want := austauschbar.Repository{
		Version: "0.4", Name: "Beispiel Programm", URL: "https://gitlab.opencode.de/amt/beispiel",
		Licence: &austauschbar.DeclaredLicence{
			Expression: "EUPL-1.2 OR (GPL-2.0-only WITH Classpath-exception-2.0)",
			Licences:   []austauschbar.LicenceID{{ID: "EUPL-1.2", Known: true, OSI: true}, {ID: "GPL-2.0-only", Known: true, OSI: true}},
			Evidence:   at(22, "a/publiccode.yml, line 22", "EUPL-1.2 OR (GPL-2.0-only WITH Classpath-exception-2.0)"),
		},
		SoftwareVersion: "1.10", ReleaseDate: "2026-09-01", DevelopmentStatus: "stable", SoftwareType: "standalone/web",
		Platforms: []string{"web"}, Categories: []string{"procurement", "geographic-information-systems"}, UsedBy: []string{"Amt Beispielstadt"},
		Descriptions: []austauschbar.RepositoryDescription{{Language: "de", Short: 28, Long: 13, Features: 2}, {Language: "en", Short: 14}},
		Maintenance: austauschbar.RepositoryMaintenance{
			Type: "contract", Contractors: []austauschbar.Contractor{{Name: "Beispiel GmbH", Until: "2027-12-31"}}, Contacts: []austauschbar.Contact{{Name: "A. Beispiel", Email: true}},
		},
		Localisation: austauschbar.RepositoryLocalisation{Ready: &ready, Languages: []string{"de", "en"}},
		DependsOn: austauschbar.RepositoryDependsOn{
			Open:        []austauschbar.Dependency{{Name: "PostgreSQL", Least: "15", Evidence: at(35, "a/publiccode.yml, line 35", "PostgreSQL")}},
			Proprietary: []austauschbar.Dependency{{Name: "Oracle Database", Version: "19c", Optional: true, Evidence: at(37, "a/publiccode.yml, line 37", "Oracle Database")}},
			Hardware:    []austauschbar.Dependency{},
		},
		Lines: map[string]int{
			"publiccodeYmlVersion": 1, "name": 2, "url": 4, "softwareVersion": 5, "releaseDate": 6, "platforms": 7, "categories": 8, "developmentStatus": 11, "softwareType": 12,
			"description": 14, "legal": 22, "legal.license": 22, "maintenance": 24, "maintenance.type": 24, "maintenance.contractors": 26, "maintenance.contacts": 29,
			"localisation": 31, "localisation.localisationReady": 31, "localisation.availableLanguages": 32,
		},
		Evidence: at(2, "a/publiccode.yml, line 2", "Beispiel Programm"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBroken(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"broken":     {"name: [\n", "line"},
		"wrong kind": {"name: a\ncategories:\n  a: b\n", "line 3: cannot unmarshal !!map"},
		"alias":      {"name: &a x\nurl: *a\n", "line 2: aliases are not allowed"},
		"a list":     {"- a\n", "line 1"},
		"too large":  {strings.Repeat("#", 2<<20), "is larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Read("publiccode.yml", []byte(test.data)); err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A clone says the same, and what happens to it leaves the original alone.
func TestClone(t *testing.T) {
	original, err := Read(Name, []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := json.Marshal(original)
	clone := Clone(original)
	if diff := cmp.Diff(original, clone); diff != "" {
		t.Errorf("(-original +clone):\n%s", diff)
	}
	clone.Licence.Licences[0].ID, clone.Licence.Expression, *clone.Localisation.Ready = "x", "x", false
	clone.Platforms[0], clone.Categories[0], clone.UsedBy[0], clone.Localisation.Languages[0] = "x", "x", "x", "x"
	clone.Descriptions[0].Short, clone.Maintenance.Contractors[0].Name, clone.Maintenance.Contacts[0].Name = 0, "x", "x"
	clone.DependsOn.Open[0].Name, clone.DependsOn.Proprietary[0].Name, clone.Lines["name"] = "x", "x", 0
	if after, _ := json.Marshal(original); string(after) != string(before) {
		t.Errorf("the original changed: %s", after)
	}
}

// Our own file is one.
func TestOwnFile(t *testing.T) {
	data, err := os.ReadFile("../../publiccode.yml")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Read(Name, data); err != nil || got.Name != "Austauschbar" || got.Licence.Licences[0].ID != "EUPL-1.2" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Lines are those of the file, and quotes keep their bound.
func FuzzRead(f *testing.F) {
	f.Add([]byte(example))
	f.Add([]byte("name: x\ndependsOn: {open: [{name: a}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read(Name, data)
		if err != nil {
			return
		}
		last := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r"))
		for key, line := range got.Lines {
			if line < 1 || line > last {
				t.Errorf("%s: line %d of %d", key, line, last)
			}
		}
		if len([]rune(got.Evidence.Quote)) > 300 {
			t.Errorf("quote of %d runes", len([]rune(got.Evidence.Quote)))
		}
	})
}
