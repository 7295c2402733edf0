package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/tools/labels"
)

func TestEstimate(t *testing.T) {
	for name, test := range map[string]struct {
		tally    tally
		expected float64
		want     float64
	}{
		"nothing seen":      {tally{}, 0.8, 0.8},
		"Laplace":           {tally{right: 3}, 0.5, 0.8},
		"one right":         {tally{right: 1}, 0.5, 0.67},
		"one wrong":         {tally{wrong: 1}, 0.5, 0.33},
		"one open":          {tally{open: 1}, 0.5, 0.5},
		"against the odds":  {tally{wrong: 2}, 0.9, 0.45},
		"many outweigh two": {tally{right: 98, wrong: 2}, 0.5, 0.97},
	} {
		t.Run(name, func(t *testing.T) {
			if got := hundredths(estimate(test.tally, test.expected)); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// policies of two criteria: one reads a topic, one judges names.
func testBasis() *basis {
	return &basis{
		criteria: []string{"EX-03", "NE-01", "NE-09"},
		topics: map[string]topic{
			"data_export":   {"data_export", []string{"EX-03"}},
			"export_format": {"data_export", []string{"EX-03"}},
			"price_only":    {"", []string{"NE-09"}},
		},
		mentions:   map[string][]string{"NE-01": {"product"}},
		unmeasured: 0.5,
	}
}

func testFound() (labels.Document, found) {
	at := func(quote string) evidence { return evidence{Path: "a.md", Quote: quote} }
	document := labels.Document{Labels: []labels.Label{
		{Kind: "data_export", Verdict: "negative", Quote: "Export kostet extra"},
		{Kind: "brand_mention", Verdict: "neutral", Quote: "Oracle Database"},
	}}
	var f found
	f.facts.Clauses = map[string]struct {
		Evidence evidence `json:"evidence"`
		Text     string   `json:"text"`
	}{
		"1": {at("Der Export"), "Der Export kostet extra."},
		"2": {at("Eine Oracle"), "Eine Oracle Database ist einzusetzen."},
	}
	f.facts.Topics = map[string][]hit{
		"data_export": {{"1", "risk", at("Der Export")}, {"1", "risk", at("Der Export")}},
		"price_only":  {{"2", "risk", at("Eine Oracle")}},
	}
	f.facts.Mentions = map[string][]mention{
		"product": {{Name: "Oracle Database", Clause: "2", Evidence: at("Oracle")}},
		"law":     {{Name: "VgV", Clause: "2", Evidence: at("Oracle")}},
	}
	place := func(quote string) *evidence { e := at(quote); return &e }
	f.review.Findings = []finding{
		{"EX-03", "charged", 1, place("Der Export")},
		{"EX-03", "no_format", 0, place("Der Export")},
		{"NE-01", "named", 1, place("Oracle")},
		{"NE-09", "risk", 1, place("Eine Oracle")},
	}
	return document, f
}

func TestCount(t *testing.T) {
	document, f := testFound()
	c := testBasis().count(&document, f)
	if want := map[string]tally{"data_export": {right: 1}}; !maps.Equal(c.topics, want) {
		t.Errorf("topics %v, want %v", c.topics, want)
	}
	if want := map[string]tally{"product": {right: 1}}; !maps.Equal(c.mentions, want) {
		t.Errorf("mentions %v, want %v", c.mentions, want)
	}
	want := map[rule]tally{{"EX-03", "charged"}: {right: 1}, {"NE-01", "named"}: {open: 1}, {"NE-09", "risk"}: {}}
	if !maps.Equal(c.rules, want) {
		t.Errorf("rules %v, want %v", c.rules, want)
	}
}

// What the dossier lacks is compared with what its reader looked for in vain.
func TestCountMissing(t *testing.T) {
	document := labels.Document{Absent: []string{"data_export"}}
	var f found
	f.review.Findings = []finding{{"EX-03", "missing", 1, nil}, {"NE-01", "missing", 1, nil}}
	want := map[rule]tally{{"EX-03", "missing"}: {right: 1}, {"NE-01", "missing"}: {}}
	if c := testBasis().count(&document, f); !maps.Equal(c.rules, want) {
		t.Errorf("rules %v, want %v", c.rules, want)
	}
}

func TestTabulate(t *testing.T) {
	document, f := testFound()
	b := testBasis()
	c := b.count(&document, f)
	got := tabulate(b, sum([]counts{c, c}))
	if !slices.Equal(got.Unknown, []string{"NE-09"}) {
		t.Errorf("not measured: %v, want NE-09", got.Unknown)
	}
	if export := got.Rules["EX-03"]; export.Precision != 0.75 || !slices.Equal(export.From, []string{"data_export"}) {
		t.Errorf("EX-03: %+v, want 0.75 from data_export", export)
	}
	// (2 + 2 × 0.75) / 4, and for two that are open (1 + 2 × 0.75) / 4
	if got := got.Rules["EX-03"].Codes["charged"]; got != (precision{2, 0, 0, 0.88}) {
		t.Errorf("EX-03 charged: %+v", got)
	}
	if got := got.Rules["NE-01"].Codes["named"]; got != (precision{0, 2, 0, 0.63}) {
		t.Errorf("NE-01 named: %+v", got)
	}
}

// A table without a document knows of its rules what the other documents tell.
func TestForetell(t *testing.T) {
	document, f := testFound()
	b := testBasis()
	c := b.count(&document, f)
	if got, want := foretell(b, []counts{c, newCounts()}), (leftOut{2, 1.5, 1}); got != want {
		t.Errorf("alone: got %+v, want %+v", got, want)
	}
	// Two of three times (1 + 2 × 2/3) / 3 is 0.78 and (0.5 + 2 × 2/3) / 3 is 0.61.
	if got, want := foretell(b, []counts{c, c}), (leftOut{4, 3, 2.8}); got != want {
		t.Errorf("with another like it: got %+v, want %+v", got, want)
	}
}

func TestReadBasis(t *testing.T) {
	folder := t.TempDir()
	if _, err := readBasis(folder, nil); err == nil || !strings.Contains(err.Error(), "no topics") {
		t.Errorf("an empty folder: error %v", err)
	}
	for name, text := range map[string]string{
		"lexicon/a.yaml":       "topics: {data_export: {kind: data_export, criteria: [EX-03, EX-04]}, exit_plan: {criteria: [EX-02]}}\n",
		"lexicon/b.yaml":       "cues: {must: {de: [muss]}}\n",
		"confidence/data.yaml": "unmeasured: 0.4\nmentions: {NE-01: [product]}\n",
	} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := readBasis(folder, []string{"EX-03"})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.kindsOf("EX-03"); !slices.Equal(got, []string{"data_export"}) || len(b.kindsOf("EX-02")) != 0 || b.unmeasured != 0.4 {
		t.Errorf("got %v, %+v", got, b)
	}
	if b.shared("EX-03", "data_export") || !b.shared("NE-01", "data_export") {
		t.Error("a kind is shared where a topic of it is read by another criterion only")
	}
}
