package templates

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A crossing is a crosswalk in the order in which a reader needs it.
type crossing struct {
	austauschbar.Review
	Crosswalk austauschbar.Crosswalk
	Tables    []crossingTable
	Behind    []behind
	Sums      map[string]austauschbar.MatrixSums // of the matrix, by group
}

// A crossingTable is the items of one group; all of them where there are no groups.
type crossingTable struct {
	Group austauschbar.CrosswalkGroup
	Items []austauschbar.CrosswalkItem
}

// Behind is a criterion that keeps items from being met, with what was found.
type behind struct {
	Criterion austauschbar.Criterion
	Items     []string // ids
	Findings  []austauschbar.Finding
}

// First gives at most n findings.
func (b behind) First(n int) []austauschbar.Finding { return b.Findings[:min(n, len(b.Findings))] }

// Hidden counts the findings beyond n.
func (b behind) Hidden(n int) int { return max(0, len(b.Findings)-n) }

// Crosswalk writes a review as Fill returned it in the terms of a framework. As JSON
// it is the whole review, with the crosswalk of this framework alone. Its error says
// when the review was not retold in the framework or the format is none of ours.
func (words *Words) Crosswalk(out io.Writer, format Format, review austauschbar.Review, framework string, options Options) error {
	c, err := words.crossing(review, framework)
	if err != nil {
		return fmt.Errorf("write crosswalk: %w", err)
	}
	return words.report(out, format, report{"crosswalk", "crosswalk", c, c.Review}, options)
}

func (words *Words) crossing(review austauschbar.Review, framework string) (crossing, error) {
	review, err := words.shown(review)
	if err != nil {
		return crossing{}, err
	}
	i := slices.IndexFunc(review.Crosswalks, func(c austauschbar.Crosswalk) bool { return c.Framework == framework })
	if i < 0 {
		return crossing{}, fmt.Errorf("the review has no framework %q", framework)
	}
	c := crossing{Review: review, Crosswalk: review.Crosswalks[i], Sums: map[string]austauschbar.MatrixSums{}}
	c.Crosswalks = []austauschbar.Crosswalk{c.Crosswalk}
	c.Tables = crossingTables(c.Crosswalk)
	for _, criterion := range review.Criteria {
		if b := behindItems(c.Crosswalk, criterion, review.Findings); len(b.Items) > 0 {
			c.Behind = append(c.Behind, b)
		}
	}
	if c.Crosswalk.Matrix != nil {
		for _, sums := range c.Crosswalk.Matrix.Groups {
			c.Sums[sums.Group] = sums
		}
	}
	return c, nil
}

func crossingTables(crosswalk austauschbar.Crosswalk) []crossingTable {
	if len(crosswalk.Groups) == 0 {
		return []crossingTable{{Items: crosswalk.Items}}
	}
	var tables []crossingTable
	for _, group := range crosswalk.Groups {
		t := crossingTable{Group: group}
		for _, item := range crosswalk.Items {
			if item.Group == group.ID {
				t.Items = append(t.Items, item)
			}
		}
		tables = append(tables, t)
	}
	return tables
}

// behindItems lists the items within reach that a criterion which is missed, or met in
// part, speaks against.
func behindItems(crosswalk austauschbar.Crosswalk, criterion austauschbar.Criterion, findings []austauschbar.Finding) behind {
	b := behind{Criterion: criterion}
	if criterion.Rating != austauschbar.NotMet && criterion.Rating != austauschbar.Partly {
		return b
	}
	for _, item := range crosswalk.Items {
		if item.Rating != austauschbar.OutOfReach && slices.ContainsFunc(item.Criteria, func(c austauschbar.CrosswalkCriterion) bool {
			return c.ID == criterion.ID && c.Strength != "hint"
		}) {
			b.Items = append(b.Items, item.ID)
		}
	}
	for _, finding := range findings {
		if finding.Criterion == criterion.ID {
			b.Findings = append(b.Findings, finding)
		}
	}
	return b
}

// told gives a text of the policies' data in the words' language, else in the first
// that there is, English before others; "" where there is none.
func (words *Words) told(texts austauschbar.Texts) string {
	for _, language := range append([]string{words.Language, "en"}, slices.Sorted(maps.Keys(texts))...) {
		if text := texts[language]; text != "" {
			return clean(text)
		}
	}
	return ""
}

// basis tells what an item's result rests on: "IF-01 erfüllt, IF-04 (Teil) nicht
// erfüllt"; of one out of reach, who could tell.
func (words *Words) basis(item austauschbar.CrosswalkItem) (string, error) {
	var parts []string
	if item.Rating == austauschbar.OutOfReach {
		for _, kind := range item.Evidence {
			part, err := words.name("crosswalk.evidence", kind)
			if err != nil {
				return "", err
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ", "), nil
	}
	for _, criterion := range item.Criteria {
		part, err := words.say("crosswalk.criterion."+criterion.Strength, criterion)
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return words.say("none", nil)
	}
	return strings.Join(parts, ", "), nil
}

// shares tells how a weighting's weight is spread, in the order of results; results
// without any are left out.
func (words *Words) shares(weighting austauschbar.Weighting) (string, error) {
	var parts []string
	for _, result := range austauschbar.CrosswalkResults {
		share := weighting.Shares[result]
		if share == 0 {
			continue
		}
		name, err := words.name("rating", result)
		if err != nil {
			return "", err
		}
		part, err := words.say("crosswalk.share", map[string]any{"result": name, "share": share})
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", "), nil
}

// optional is a number that may not be there.
func (words *Words) optional(value *float64) (string, error) {
	if value == nil {
		return words.say("none", nil)
	}
	return words.number(*value)
}
