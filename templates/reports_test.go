package templates

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// several are reviews of all kinds, one with texts that a report must not take for
// its own notation.
func several(t testing.TB, words *Words) []austauschbar.Review {
	t.Helper()
	hostile := fixture(t, "review")
	hostile.Dossier.Path, hostile.Dossier.Title = "./b", "]]></testsuite><!-- \"'&\x00\ufffe"
	hostile.Gaps[0].Path = "..\\<x>\".md"
	elsewhere, other := fixture(t, "review"), fixture(t, "provisional")
	elsewhere.Dossier.Path, other.Dossier.Path = ".", "ausschreibungen/andere"
	empty := austauschbar.Review{Dossier: austauschbar.ReviewDossier{Path: "leer"}, Findings: []austauschbar.Finding{{ID: "x", Criterion: "EX-02", Severity: "question"}}}
	single := austauschbar.Review{
		Dossier:  austauschbar.ReviewDossier{Path: "docs/a.md", Documents: []austauschbar.DocumentFact{{Path: "a.md"}}},
		Findings: []austauschbar.Finding{{ID: "y", Criterion: "EX-02", Severity: "hint", Evidence: &austauschbar.Evidence{Path: "a.md", Line: 7}}},
	}
	reviews := []austauschbar.Review{fixture(t, "review"), other, fixture(t, "clean"), hostile, elsewhere, empty, single}
	for i, review := range reviews {
		var err error
		if reviews[i], err = words.Fill(review); err != nil {
			t.Fatal(err)
		}
		for j := range reviews[i].Findings {
			reviews[i].Findings[j].Message += " \x1b<b>&amp;\ufeff"
		}
	}
	return reviews
}

// GitLab leaves out a whole report for one entry that it does not understand.
func TestCodeQualityIsUnderstood(t *testing.T) {
	words := load(t, "en")
	reviews := several(t, words)
	text := written(t, func(out *bytes.Buffer) error { return words.CodeQuality(out, reviews) })
	if !strings.HasPrefix(text, "[") {
		t.Errorf("the report begins with %q", text[:4])
	}
	var entries []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(text), &entries); err != nil {
		t.Fatal(err)
	}
	want, seen, places := 0, map[string]bool{}, map[string]int{}
	for _, review := range reviews {
		want += len(review.Gaps) + len(review.Contradictions)
		for _, finding := range review.Findings {
			if finding.Waiver == nil {
				want++
			}
		}
	}
	for _, e := range entries {
		if e.Description == "" || e.Check == "" || e.Fingerprint == "" || seen[e.Fingerprint] || e.Location.Lines.Begin < 1 {
			t.Errorf("entry misses a field or is not the only one of its fingerprint: %+v", e)
		}
		if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, e.Severity) {
			t.Errorf("severity %q", e.Severity)
		}
		if e.Location.Path == "" || path.IsAbs(e.Location.Path) || path.Clean(e.Location.Path) != e.Location.Path {
			t.Errorf("path %q", e.Location.Path)
		}
		seen[e.Fingerprint] = true
		places[e.Location.Path] = e.Location.Lines.Begin
	}
	if len(entries) != want {
		t.Errorf("%d entries, want %d", len(entries), want)
	}
	for place, line := range map[string]int{"leer/dossier.yaml": 1, "docs/a.md": 7, "Leistungsbeschreibung.docx": 1, "b/architektur/loesung.md": 120} {
		if places[place] != line {
			t.Errorf("%s: line %d, want %d", place, places[place], line)
		}
	}
	if none := written(t, func(out *bytes.Buffer) error { return words.CodeQuality(out, nil) }); none != "[]\n" {
		t.Errorf("without reviews: %q", none)
	}
}

func TestJUnitIsUnderstood(t *testing.T) {
	words := load(t, "en")
	reviews := several(t, words)
	text := written(t, func(out *bytes.Buffer) error { return words.JUnit(out, reviews) })
	type counted struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	var report struct {
		XMLName xml.Name `xml:"testsuites"`
		counted
		Suites []struct {
			counted
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure []struct {
					Text string `xml:",chardata"`
				} `xml:"failure"`
				Skipped []struct {
					Reason string `xml:"message,attr"`
				} `xml:"skipped"`
				Notes []struct {
					Name string `xml:"name,attr"`
				} `xml:"properties>property"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Suites) != len(reviews) {
		t.Fatalf("%d suites, want %d", len(report.Suites), len(reviews))
	}
	all := counted{}
	for i, suite := range report.Suites {
		here := counted{Tests: len(suite.Cases)}
		for j, one := range suite.Cases {
			criterion := reviews[i].Criteria[j]
			here.Failures += len(one.Failure)
			here.Skipped += len(one.Skipped)
			fails := criterion.Rating == austauschbar.NotMet && !criterion.Waived
			skips := criterion.Rating == austauschbar.NotApplicable || criterion.Rating == austauschbar.NotEvidenced
			notes := criterion.Waived || criterion.Rating == austauschbar.Partly
			noted := map[string]int{}
			for _, note := range one.Notes {
				noted[note.Name]++
			}
			if want := foundBeside(reviews[i], criterion, fails); noted["finding"] != want {
				t.Errorf("%s, %s: %d findings noted, want %d", criterion.ID, criterion.Rating, noted["finding"], want)
			}
			if !strings.HasPrefix(one.Name, criterion.ID) || (len(one.Failure) == 1) != fails || (len(one.Skipped) == 1) != skips || (noted["note"] == 1) != notes {
				t.Errorf("%s, %s, waived %t: case %+v", criterion.ID, criterion.Rating, criterion.Waived, one)
			}
			if skips && one.Skipped[0].Reason == "" {
				t.Errorf("%s is skipped without a reason", criterion.ID)
			}
		}
		if suite.counted != here || suite.Name == "" {
			t.Errorf("%q says %+v, has %+v", suite.Name, suite.counted, here)
		}
		all.Tests, all.Failures, all.Skipped = all.Tests+here.Tests, all.Failures+here.Failures, all.Skipped+here.Skipped
	}
	if report.counted != all || all.Failures == 0 || all.Skipped == 0 {
		t.Errorf("the report says %+v, has %+v", report.counted, all)
	}
	if strings.Contains(text, "system-out") {
		t.Error("there is output that no test wrote")
	}
}

// foundBeside counts the findings of a criterion that no failure tells.
func foundBeside(review austauschbar.Review, criterion austauschbar.Criterion, fails bool) int {
	count := 0
	for _, finding := range review.Findings {
		if finding.Criterion == criterion.ID && (!fails || finding.Waiver != nil) {
			count++
		}
	}
	return count
}
