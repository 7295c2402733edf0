package main

import (
	"context"

	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates"
)

var builtIn = sync.OnceValues(func() (rules, error) { return loadRules(context.Background(), nil) })

// judged is a review of documents given by path and text, in which whatever has a place
// is put as a finding: the wordings must hold however sure the policies are.
func judged(t *testing.T, documents map[string]string, language string) austauschbar.Review {
	t.Helper()
	r, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	var dossier austauschbar.Dossier
	for _, path := range slices.Sorted(maps.Keys(documents)) {
		text := documents[path]
		dossier.Documents = append(dossier.Documents, austauschbar.Document{Path: path, Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return []byte(text), nil }})
	}
	facts, err := r.reader.Facts(t.Context(), dossier, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	review, err := r.judge.Judge(t.Context(), facts, profileFor("", facts, r.judge.Profiles()), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, finding := range review.Findings {
		if finding.Severity == "question" && finding.Evidence != nil {
			review.Findings[i].Severity = "minor"
		}
	}
	words, err := templates.New(language)
	if err != nil {
		t.Fatal(err)
	}
	if review, err = words.Fill(review); err != nil {
		t.Fatal(err)
	}
	return review
}

// takenUp is a dossier in which a finding's suggestion stands in the place of its
// quote or, where something is missing, as a section at the end; nil where the source
// of a document does not hold the quote as it is read.
func takenUp(documents map[string]string, finding austauschbar.Finding) map[string]string {
	changed := maps.Clone(documents)
	path := slices.Min(slices.Collect(maps.Keys(documents)))
	if finding.Code == "missing" {
		changed[path] += "\n\n## Anlage\n\n" + finding.Suggestion + "\n"
		return changed
	}
	at := finding.Evidence
	lines := strings.Split(documents[at.Path], "\n")
	if at.Line == 0 || strings.Count(lines[at.Line-1], at.Quote) != 1 {
		return nil
	}
	lines[at.Line-1] = strings.Replace(lines[at.Line-1], at.Quote, finding.Suggestion, 1)
	changed[at.Path] = strings.Join(lines, "\n")
	return changed
}

// places counts the places of each finding: one that tells of several has their count.
// A product that is named without reasons stays one such, whether the addition stands
// beside it or not.
func places(review austauschbar.Review) map[string]int {
	counts := map[string]int{}
	for _, finding := range review.Findings {
		code := finding.Criterion + "." + finding.Code
		if code == "NE-01.equivalent_only" {
			code = "NE-01.named"
		}
		name, _ := finding.Args["name"].(string)
		count, _ := finding.Args["count"].(float64)
		counts[strings.TrimSpace(code+" "+name)] += max(1, int(count))
	}
	return counts
}

// faults tells what is wrong with a suggestion: its finding stays, or a new one comes.
func faults(before, after austauschbar.Review, finding austauschbar.Finding) []string {
	var wrong []string
	was, is := places(before), places(after)
	own := places(austauschbar.Review{Findings: []austauschbar.Finding{finding}})
	for key, count := range is {
		switch {
		case own[key] > 0 && count >= was[key]:
			wrong = append(wrong, "stays: "+key)
		case count > was[key]:
			wrong = append(wrong, "comes: "+key)
		}
	}
	slices.Sort(wrong)
	return wrong
}
