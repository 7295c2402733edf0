package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/tools/labels"
)

// A tally counts how often something was right, by the labels.
type tally struct{ right, open, wrong int }

func (t tally) judged() int { return t.right + t.open + t.wrong }

func (t tally) plus(other tally) tally {
	return tally{t.right + other.right, t.open + other.open, t.wrong + other.wrong}
}

func (t tally) minus(other tally) tally {
	return tally{t.right - other.right, t.open - other.open, t.wrong - other.wrong}
}

// with counts one outcome more; what was not judged is not counted.
func (t tally) with(outcome labels.Outcome) tally {
	switch outcome {
	case labels.Right:
		t.right++
	case labels.Open:
		t.open++
	case labels.Wrong:
		t.wrong++
	}
	return t
}

// A rule is what finds: one code of a criterion.
type rule struct{ criterion, code string }

// counts are the tallies of one document, or of many.
type counts struct {
	topics   map[string]tally // by id
	mentions map[string]tally // by kind of name
	rules    map[rule]tally
}

func newCounts() counts {
	return counts{map[string]tally{}, map[string]tally{}, map[rule]tally{}}
}

func sum(many []counts) counts {
	total := newCounts()
	for _, one := range many {
		add(total.topics, one.topics, tally.plus)
		add(total.mentions, one.mentions, tally.plus)
		add(total.rules, one.rules, tally.plus)
	}
	return total
}

// without gives the counts of all documents but one of them.
func (c counts) without(one counts) counts {
	rest := sum([]counts{c})
	add(rest.topics, one.topics, tally.minus)
	add(rest.mentions, one.mentions, tally.minus)
	add(rest.rules, one.rules, tally.minus)
	return rest
}

// sortedRules lists the rules in a fixed order, so that sums come out the same.
func (c counts) sortedRules() []rule {
	return slices.SortedFunc(maps.Keys(c.rules), func(a, b rule) int {
		return cmp.Or(strings.Compare(a.criterion, b.criterion), strings.Compare(a.code, b.code))
	})
}

func add[K comparable](to, from map[K]tally, how func(a, b tally) tally) {
	for key, value := range from {
		to[key] = how(to[key], value)
	}
}

// count compares what was found in a document with its labels. The same passage
// found again counts once.
func (b *basis) count(document *labels.Document, f found) counts {
	c := newCounts()
	for id, hits := range f.facts.Topics {
		seen := map[[2]string]bool{}
		for _, hit := range hits {
			text := f.facts.Clauses[hit.Clause].Text
			if key := [2]string{text, hit.Polarity}; b.topics[id].Kind != "" && !seen[key] {
				seen[key] = true
				c.topics[id] = c.topics[id].with(document.Passage([]string{b.topics[id].Kind}, text, readings[hit.Polarity]))
			}
		}
	}
	for group, mentions := range f.facts.Mentions {
		seen := map[[2]string]bool{}
		for _, m := range mentions {
			text, kinds := f.facts.Clauses[m.Clause].Text, kindsOfMention(group, m)
			if key := [2]string{text, m.Name}; len(kinds) > 0 && !seen[key] {
				seen[key] = true
				c.mentions[group] = c.mentions[group].with(document.Passage(kinds, text, labels.Speaks))
			}
		}
	}
	clauses := f.facts.clausesByEvidence()
	for _, finding := range f.review.Findings {
		if finding.Confidence > 0 {
			of := rule{finding.Criterion, finding.Code}
			c.rules[of] = c.rules[of].with(b.judge(document, f.facts, clauses, finding))
		}
	}
	return c
}

// readings are what polarities say of a passage.
var readings = map[string]labels.Reading{"met": labels.Praises, "weak": labels.Speaks, "risk": labels.Blames}

// clausesByEvidence tells in which clause the passage of a finding stands. Of
// several with the same words at the same place it takes the first by id.
func (f facts) clausesByEvidence() map[evidence]string {
	clauses := map[evidence]string{}
	take := func(at evidence, id string) {
		if other, taken := clauses[at]; !taken || id < other {
			clauses[at] = id
		}
	}
	for id, clause := range f.Clauses {
		take(clause.Evidence, id)
	}
	for _, hits := range f.Topics {
		for _, hit := range hits {
			take(hit.Evidence, hit.Clause)
		}
	}
	for _, mentions := range f.Mentions {
		for _, m := range mentions {
			take(m.Evidence, m.Clause)
		}
	}
	return clauses
}

// judge compares one finding. Criteria about what the labels do not know are not
// judged.
func (b *basis) judge(document *labels.Document, facts facts, clauses map[evidence]string, f finding) labels.Outcome {
	if f.Code == "missing" {
		return document.Missing(b.kindsOf(f.Criterion), func(kind string) bool { return b.shared(f.Criterion, kind) })
	}
	if f.Evidence == nil {
		return labels.Unjudged
	}
	clause := clauses[*f.Evidence]
	text := facts.Clauses[clause].Text
	if text == "" {
		text = f.Evidence.Quote
	}
	kinds, reading := b.kindsOf(f.Criterion), labels.Speaks
	for _, group := range b.mentions[f.Criterion] {
		for _, m := range facts.Mentions[group] {
			if m.Clause == clause {
				kinds = append(kinds, kindsOfMention(group, m)...)
				if isAccused(group, m) {
					reading = labels.Accuses
				}
			}
		}
	}
	if polarities := b.polarities(f.Criterion, facts, clause); len(polarities) > 0 {
		reading = labels.Speaks
		if !slices.ContainsFunc(polarities, func(p string) bool { return p != "risk" }) {
			reading = labels.Accuses
		}
	}
	return document.Passage(kinds, text, reading)
}

// isAccused says that a rule objects to the name itself.
func isAccused(group string, m mention) bool {
	return !m.Equivalent && slices.Contains([]string{"product", "vendor", "cloud_service", "ai_model", "certificate"}, group)
}

// polarities lists how the criterion's topics read a clause.
func (b *basis) polarities(criterion string, facts facts, clause string) []string {
	var polarities []string
	for _, id := range b.topicsOf(criterion) {
		for _, hit := range facts.Topics[id] {
			if hit.Clause == clause {
				polarities = append(polarities, hit.Polarity)
			}
		}
	}
	return polarities
}
