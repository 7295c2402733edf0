package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"os"

	"go.yaml.in/yaml/v3"

	"github.com/austauschbar/austauschbar/tools/labels"
)

const head = `# How often each rule is right, as measured on labelled documents: docs/scoring.md
# explains the numbers. Written by 'make confidence'; what policy owners decide
# stands in ../data.yaml.
`

// A table is policies/confidence/measured/data.yaml.
type table struct {
	Corpus   corpus               `yaml:"corpus"`
	LeftOut  leftOut              `yaml:"left_out"`
	Unknown  []string             `yaml:"not_measured,flow"` // criteria of which the labels tell nothing
	Topics   map[string]precision `yaml:"topics"`
	Mentions map[string]precision `yaml:"mentions"`
	Rules    map[string]criterion `yaml:"rules"`
}

// A corpus says what was measured on.
type corpus struct {
	Name      string `yaml:"name"`
	Documents int    `yaml:"documents"`
	Labels    int    `yaml:"labels"`
	Digest    string `yaml:"digest"` // of all labels, so that others are told apart
	Date      string `yaml:"date"`
}

// A leftOut says how many findings the labels judge, how many of them are right,
// open ones half, and how many should be by tables that each leave out the
// document of the finding.
type leftOut struct {
	Findings int     `yaml:"findings"`
	Right    float64 `yaml:"right"`
	Expected float64 `yaml:"expected"`
}

// A criterion has the precision of what it rests on, and that of its codes.
type criterion struct {
	Precision float64              `yaml:"precision,omitempty"` // left out where the labels tell nothing
	From      []string             `yaml:"from,flow,omitempty"` // topics and kinds of names that it is pooled from
	Codes     map[string]precision `yaml:"codes,omitempty"`
}

// A precision is an estimate, and what it was made from.
type precision struct {
	Right     int     `yaml:"right"`
	Open      int     `yaml:"open"`
	Wrong     int     `yaml:"wrong"`
	Precision float64 `yaml:"precision"`
}

// MarshalYAML writes a precision as one line.
func (p precision) MarshalYAML() (any, error) {
	var node yaml.Node
	type plain precision // without this method
	err := node.Encode(plain(p))
	node.Style = yaml.FlowStyle
	return &node, err
}

// imagined is how many cases the expectation counts for.
const imagined = 2

// estimate is the precision to expect of the next case: the share of those that
// were right, as though beside them there were two imagined ones of the expected
// precision. What is open counts half.
func estimate(t tally, expected float64) float64 {
	return (float64(t.right) + float64(t.open)/2 + imagined*expected) / float64(t.judged()+imagined)
}

// even expects neither right nor wrong: with it, an estimate is Laplace's.
const even = 0.5

func measured(t tally, expected float64) precision {
	return precision{t.right, t.open, t.wrong, hundredths(estimate(t, expected))}
}

func hundredths(share float64) float64 { return math.Round(share*100) / 100 }

// tabulate makes the table of all that was judged at least once.
func tabulate(b *basis, c counts) table {
	t := table{Topics: listed(c.topics), Mentions: listed(c.mentions), Rules: map[string]criterion{}}
	for _, id := range b.criteria {
		pooled, from := b.pool(id, c)
		of := criterion{Codes: map[string]precision{}, From: from}
		if len(from) > 0 {
			of.Precision = hundredths(estimate(pooled, even))
		}
		for rule, tally := range c.rules {
			if rule.criterion == id && tally.judged() > 0 {
				of.Codes[rule.code] = measured(tally, b.expected(rule, c))
			}
		}
		if len(from)+len(of.Codes) > 0 {
			t.Rules[id] = of
		} else {
			t.Unknown = append(t.Unknown, id)
		}
	}
	return t
}

func listed(tallies map[string]tally) map[string]precision {
	list := map[string]precision{}
	for id, tally := range tallies {
		if tally.judged() > 0 {
			list[id] = measured(tally, even)
		}
	}
	return list
}

// pool adds up what a criterion rests on, and lists it as far as it was judged.
func (b *basis) pool(id string, c counts) (tally, []string) {
	var pooled tally
	var from []string
	take := func(name string, t tally) {
		if t.judged() > 0 {
			pooled, from = pooled.plus(t), append(from, name)
		}
	}
	for _, topic := range b.topicsOf(id) {
		take(topic, c.topics[topic])
	}
	for _, group := range b.mentions[id] {
		take(group, c.mentions[group])
	}
	return pooled, from
}

// expected is the precision of a rule before its own findings are looked at:
// that of what its criterion rests on. Passages tell nothing about what was not
// found.
func (b *basis) expected(r rule, c counts) float64 {
	pooled, from := b.pool(r.criterion, c)
	if r.code == "missing" || len(from) == 0 {
		return b.unmeasured
	}
	return estimate(pooled, even)
}

func corpusOf(name, date string, documents []labels.Document) corpus {
	of, digest := corpus{Name: name, Documents: len(documents), Date: date}, sha256.New()
	for _, document := range documents {
		of.Labels += len(document.Labels)
		fmt.Fprintf(digest, "%t %q %q\n", document.Complete == nil || *document.Complete, document.Absent, document.Labels)
	}
	of.Digest = hex.EncodeToString(digest.Sum(nil)[:8])
	return of
}

// write writes the table to a file, "" for standard output.
func (t table) write(name string) error {
	out := bytes.NewBufferString(head)
	encoder := yaml.NewEncoder(out)
	encoder.SetIndent(2)
	if err := encoder.Encode(t); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	if name == "" {
		_, err := os.Stdout.Write(out.Bytes())
		return err
	}
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// foretell says how well the table without a document foretells the findings in
// it.
func foretell(b *basis, documents []counts) leftOut {
	all := sum(documents)
	var l leftOut
	for _, one := range documents {
		rest := all.without(one)
		for _, rule := range one.sortedRules() {
			tally := one.rules[rule]
			l.Findings += tally.judged()
			l.Right += float64(tally.right) + float64(tally.open)/2
			l.Expected += float64(tally.judged()) * estimate(rest.rules[rule], b.expected(rule, rest))
		}
	}
	l.Expected = math.Round(l.Expected*10) / 10
	return l
}
