package policies

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// catalogue is how many criteria each group has once all are built.
var catalogue = map[string]int{"EX": 9, "IF": 9, "LI": 9, "CE": 11, "NE": 11, "MC": 8, "AI": 9}

func planned() []string {
	var ids []string
	for group, count := range catalogue {
		for i := range count {
			ids = append(ids, fmt.Sprintf("%s-%02d", group, i+1))
		}
	}
	slices.Sort(ids)
	return ids
}

func shippedFrameworks(t *testing.T) map[string]framework {
	t.Helper()
	names, err := fs.Glob(Shipped(), "crosswalks/*/data.yaml")
	if err != nil {
		t.Fatal(err)
	}
	frameworks := map[string]framework{}
	for _, name := range names {
		var f framework
		if _, err := readTable(Shipped(), name, &f); err != nil {
			t.Fatal(err)
		}
		frameworks[name] = f
	}
	return frameworks
}

// A criterion that a framework names is one of the catalogue. Those that are not built
// yet count as not evidenced; go test -v lists them.
func TestCrosswalksNameCriteriaOfTheCatalogue(t *testing.T) {
	known, built, pending := planned(), mustLoad(t).ids(), map[string]bool{}
	if len(known) != 66 {
		t.Fatalf("%d criteria", len(known))
	}
	for name, f := range shippedFrameworks(t) {
		for _, item := range f.Items {
			for id := range item.Criteria {
				switch {
				case !slices.Contains(known, id):
					t.Errorf("%s: item %s names %s, which is no criterion", name, item.ID, id)
				case !slices.Contains(built, id):
					pending[id] = true
				}
			}
		}
	}
	t.Logf("not built yet: %s", strings.Join(slices.Sorted(maps.Keys(pending)), ", "))
}

// All texts that are shown are there in German and English.
func TestCrosswalksSpeakBothLanguages(t *testing.T) {
	for _, crosswalk := range judged(t, mustLoad(t), emptyFacts()).Crosswalks {
		texts := []austauschbar.Texts{crosswalk.Title}
		if len(crosswalk.Status) > 0 {
			texts = append(texts, crosswalk.Status)
		}
		texts = append(texts, crosswalk.Notes...)
		texts = append(texts, crosswalk.Unverified...)
		for _, group := range crosswalk.Groups {
			texts = append(texts, group.Title)
		}
		for _, weighting := range crosswalk.Weightings {
			texts = append(texts, weighting.Title)
		}
		for _, item := range crosswalk.Items {
			texts = append(texts, item.Title)
			if len(item.Note) > 0 {
				texts = append(texts, item.Note)
			}
		}
		for _, text := range texts {
			if text["de"] == "" || text["en"] == "" || len(text) != 2 {
				t.Errorf("%s: %v", crosswalk.Framework, text)
			}
		}
	}
}

func judged(t *testing.T, p *Policies, facts austauschbar.Facts) austauschbar.Review {
	t.Helper()
	review, err := p.Judge(t.Context(), facts, "tender-vgv", nil)
	if err != nil {
		t.Fatal(err)
	}
	return review
}

// The review's ratings and findings arrive in the frameworks.
func TestCrosswalks(t *testing.T) {
	p := mustLoad(t)
	review := judged(t, p, factsWith("exit_plan", "risk"))
	var names []string
	for _, crosswalk := range review.Crosswalks {
		names = append(names, crosswalk.Framework)
		if crosswalk.Counts.Items != len(crosswalk.Items) || crosswalk.Counts.InReach+crosswalk.Counts.OutOfReach != crosswalk.Counts.Items {
			t.Errorf("%s: counts %+v of %d items", crosswalk.Framework, crosswalk.Counts, len(crosswalk.Items))
		}
		for _, weighting := range crosswalk.Weightings {
			sum := 0.0
			for _, share := range weighting.Shares {
				sum += share
			}
			if sum < 99.7 || sum > 100.3 { // each of seven shares is rounded
				t.Errorf("%s %s: shares come to %v", crosswalk.Framework, weighting.ID, sum)
			}
		}
	}
	if diff := cmp.Diff(p.Frameworks(), names); diff != "" {
		t.Errorf("frameworks (-known +told):\n%s", diff)
	}
	csf := review.Crosswalks[slices.Index(names, "csf")]
	i := slices.IndexFunc(csf.Items, func(item austauschbar.CrosswalkItem) bool { return item.ID == "4.1" })
	found := slices.IndexFunc(review.Findings, func(f austauschbar.Finding) bool { return f.Criterion == "EX-02" })
	if item := csf.Items[i]; !slices.Contains(item.Criteria, austauschbar.CrosswalkCriterion{ID: "EX-02", Strength: "full", Rating: "not_met"}) ||
		!slices.Contains(item.Findings, review.Findings[found].ID) {
		t.Errorf("%+v lacks EX-02 or %s", item, review.Findings[found].ID)
	}
	if matrix := review.Crosswalks[slices.Index(names, "ufab")].Matrix; matrix == nil || len(matrix.Rows) != len(review.Criteria) {
		t.Errorf("matrix %+v for %d criteria", matrix, len(review.Criteria))
	}
}

// Some criteria alone tell nothing of a framework.
func TestNoCrosswalksOfSomeCriteria(t *testing.T) {
	review, err := mustLoad(t).Judge(t.Context(), emptyFacts(), "tender-vgv", []string{"EX-02"})
	if err != nil {
		t.Fatal(err)
	}
	if review.Crosswalks != nil {
		t.Errorf("%d crosswalks of one criterion", len(review.Crosswalks))
	}
}

const crosswalkData = `
title: {de: Rahmen, en: Frame}
publisher: Amt
version: "1"
dated: "2026"
source: https://example.org
read: "2026-11-23"
groups: [{id: A, title: {de: A, en: A}}]
weightings: [{id: one, title: {de: Eins, en: One}, groups: {A: 1}}]
items:
  - {id: A1, group: A, title: {de: Eins, en: One}, evidence: [text], criteria: {IF-01: full}, points: 1}
`

// An authority's own framework is told as well.
func TestOwnFramework(t *testing.T) {
	t.Parallel()
	p, err := load(t, fstest.MapFS{"crosswalks/own/data.yaml": {Data: []byte(crosswalkData)}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(p.Frameworks(), "own") {
		t.Errorf("frameworks %v", p.Frameworks())
	}
}

// What would silently go missing from a count or a share stops the start.
func TestBrokenCrosswalks(t *testing.T) {
	for name, test := range map[string]struct{ old, new, want string }{
		"no yaml":               {"title:", "title: [", "read crosswalks/own/data.yaml"},
		"no version":            {`version: "1"`, "", "version is missing"},
		"no date":               {`dated: "2026"`, "", "dated is missing"},
		"no title":              {"title: {de: Rahmen, en: Frame}", "", "title or items are missing"},
		"unknown group":         {"group: A,", "group: B,", `item A1: there is no group "B"`},
		"item without group":    {"group: A,", "", `there is no group ""`},
		"item without title":    {"title: {de: Eins, en: One}, evidence", "evidence", "has no title"},
		"unknown evidence":      {"[text]", "[rumour]", `evidence "rumour"`},
		"no evidence":           {"[text]", "[]", "names no evidence"},
		"unknown strength":      {"IF-01: full", "IF-01: f", `criterion "IF-01", "f"`},
		"no id of a criterion":  {"IF-01: full", "interfaces: full", `criterion "interfaces"`},
		"no points":             {", points: 1", "", "has no points"},
		"twice":                 {"items:", "items:\n  - {id: A1, group: A, title: {de: a, en: a}, evidence: [text], criteria: {}, points: 1}", "is there twice"},
		"weighting lacks group": {"groups: {A: 1}", "groups: {}", "weighting one: weighs []"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(crosswalkData, test.old) {
				t.Fatalf("nothing to replace: %q", test.old)
			}
			data := strings.Replace(crosswalkData, test.old, test.new, 1)
			if _, err := readCrosswalks(fstest.MapFS{"crosswalks/own/data.yaml": {Data: []byte(data)}}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A policy of an authority's own that gives no list is an error, not a review without
// crosswalks.
func TestBrokenCrosswalkPolicy(t *testing.T) {
	t.Parallel()
	p, err := load(t, fstest.MapFS{"crosswalks/crosswalks.rego": {Data: []byte("package policies.crosswalks\n\nreview := [] if input.never\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Judge(t.Context(), emptyFacts(), "tender-vgv", nil); err == nil || !strings.Contains(err.Error(), "judge crosswalks: gives 0 results") {
		t.Errorf("error %v", err)
	}
}

// The pages name every framework that there is.
func TestPagesNameFrameworks(t *testing.T) {
	for _, page := range []string{"../docs/crosswalks.md", "../docs/de/rahmenwerke.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range mustLoad(t).Frameworks() {
			if !strings.Contains(string(text), "| `"+name+"` |") {
				t.Errorf("%s does not list %s", page, name)
			}
		}
	}
}
