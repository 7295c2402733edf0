package templates

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A Format is an output of the commands that explain and list criteria.
type Format string

// The formats.
const (
	FormatTerminal Format = "terminal"
	FormatMarkdown Format = "markdown"
	FormatJSON     Format = "json"
)

// An Explanation is what to explain: a criterion, and the findings to show with
// it, both as Fill returned them or as they came. Of a criterion out of the
// catalogue the rating may be "".
type Explanation struct {
	Criterion austauschbar.Criterion
	Findings  []austauschbar.Finding
}

// meaning are the words of a criterion. A criterion without words of its own
// has its title only and general words for the rest.
type meaning struct {
	Meaning  string `json:"meaning"`
	Evidence string `json:"evidence"`
	Reason   string `json:"reason"`
}

func (words *Words) meaning(criterion austauschbar.Criterion) (meaning, error) {
	var m meaning
	for _, part := range []struct {
		name string
		text *string
	}{{"meaning", &m.Meaning}, {"evidence", &m.Evidence}, {"reason", &m.Reason}} {
		text, err := words.either(criterion, criterion.ID+"."+part.name, "general."+part.name)
		if err != nil {
			return meaning{}, err
		}
		*part.text = text
	}
	return m, nil
}

// Explain writes what a criterion asks and why, which evidence is wanted, its
// sources, and the findings that were handed over. Its error says when the
// format is none of ours.
func (words *Words) Explain(out io.Writer, format Format, explanation Explanation, options Options) error {
	criterion := explanation.Criterion
	if err := words.fillCriterion(&criterion); err != nil {
		return fmt.Errorf("explain %s: %w", criterion.ID, err)
	}
	findings := copied(explanation.Findings)
	for i := range findings {
		if err := words.fillFinding(&findings[i], criterion); err != nil {
			return fmt.Errorf("explain %s: %w", criterion.ID, err)
		}
	}
	told, err := words.shown(austauschbar.Review{Criteria: []austauschbar.Criterion{criterion}, Findings: findings})
	if err != nil {
		return fmt.Errorf("explain %s: %w", criterion.ID, err)
	}
	findings = told.Findings
	missing, err := words.say("missing.unknown", nil)
	if err != nil {
		return fmt.Errorf("explain %s: %w", criterion.ID, err)
	}
	data := struct {
		Criterion austauschbar.Criterion
		Findings  []austauschbar.Finding
		View      view // of no review
	}{criterion, findings, view{Missing: missing}}
	switch format {
	case FormatTerminal:
		return words.write(out, terminal(options), "explanation", data)
	case FormatMarkdown:
		return words.write(out, markdown, "explanation", data)
	case FormatJSON:
		m, err := words.meaning(criterion)
		if err != nil {
			return fmt.Errorf("explain %s: %w", criterion.ID, err)
		}
		return writeJSON(out, struct {
			entry
			meaning
			Findings []austauschbar.Finding `json:"findings"`
		}{newEntry(criterion), m, findings})
	}
	return fmt.Errorf("explain %s: format %q is not one of terminal, markdown, json", criterion.ID, format)
}

// An entry is a criterion of the catalogue, without anything a review adds.
type entry struct {
	ID         string                   `json:"id"`
	Group      string                   `json:"group"`
	Title      string                   `json:"title"`
	Kind       string                   `json:"kind"`
	Stage      string                   `json:"stage"`
	Weight     float64                  `json:"weight"`
	References []austauschbar.Reference `json:"references"`
}

func newEntry(c austauschbar.Criterion) entry {
	return entry{c.ID, c.Group, c.Title, c.Kind, c.Stage, c.Weight, copied(c.References)}
}

// Catalogue writes a list of criteria, grouped, in the order they come in. Its
// error says when the format is none of ours.
func (words *Words) Catalogue(out io.Writer, format Format, criteria []austauschbar.Criterion, options Options) error {
	criteria = copied(criteria)
	tables := []table{}
	for i := range criteria {
		criterion := &criteria[i]
		if err := words.fillCriterion(criterion); err != nil {
			return fmt.Errorf("list criteria: %w", err)
		}
		at := slices.IndexFunc(tables, func(t table) bool { return t.Group.ID == criterion.Group })
		if at < 0 {
			at = len(tables)
			tables = append(tables, table{Group: austauschbar.Group{ID: criterion.Group}})
		}
		tables[at].Criteria = append(tables[at].Criteria, *criterion)
	}
	switch format {
	case FormatTerminal:
		return words.write(out, terminal(options), "catalogue", tables)
	case FormatMarkdown:
		return words.write(out, markdown, "catalogue", tables)
	case FormatJSON:
		entries := []entry{}
		for _, criterion := range criteria {
			entries = append(entries, newEntry(criterion))
		}
		return writeJSON(out, entries)
	}
	return fmt.Errorf("list criteria: format %q is not one of %s", format, strings.Join([]string{string(FormatTerminal), string(FormatMarkdown), string(FormatJSON)}, ", "))
}
