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

// An explained criterion is what the shapes of an explanation see.
type explained struct {
	Criterion    austauschbar.Criterion
	Meaning      meaning
	Findings     []austauschbar.Finding // all that these words may tell of them
	View         view                   // of no review
	Most         int                    // findings shown, where there is a limit
	Confidential bool
}

// First gives as many findings as are shown.
func (e explained) First() []austauschbar.Finding { return e.Findings[:e.Most] }

// Hidden counts the findings beyond those.
func (e explained) Hidden() int { return len(e.Findings) - e.Most }

// Why is the criterion's reason; "" where a finding shown gives the very same.
func (e explained) Why() string {
	if slices.ContainsFunc(e.First(), func(f austauschbar.Finding) bool { return f.Reason == e.Meaning.Reason }) {
		return ""
	}
	return e.Meaning.Reason
}

func (words *Words) explained(explanation Explanation) (explained, error) {
	e := explained{Criterion: explanation.Criterion, Findings: copied(explanation.Findings), Most: len(explanation.Findings), Confidential: words.confidential}
	if err := words.fillCriterion(&e.Criterion); err != nil {
		return explained{}, err
	}
	for i := range e.Findings {
		if err := words.fillFinding(&e.Findings[i], e.Criterion, ""); err != nil {
			return explained{}, err
		}
	}
	told, err := words.shown(austauschbar.Review{Criteria: []austauschbar.Criterion{e.Criterion}, Findings: e.Findings})
	if err != nil {
		return explained{}, err
	}
	e.Findings = told.Findings
	if e.Meaning, err = words.meaning(e.Criterion); err != nil {
		return explained{}, err
	}
	e.View.Missing, err = words.say("missing.unknown", nil)
	return e, err
}

// Explain writes what a criterion asks and why, which evidence is wanted, its
// sources, and the findings that were handed over. Its error says when the
// format is none of ours.
func (words *Words) Explain(out io.Writer, format Format, explanation Explanation, options Options) error {
	data, err := words.explained(explanation)
	if err != nil {
		return fmt.Errorf("explain %s: %w", explanation.Criterion.ID, err)
	}
	switch format {
	case FormatTerminal:
		return words.write(out, terminal(options), "explanation", data)
	case FormatMarkdown:
		return words.write(out, markdown, "explanation", data)
	case FormatJSON:
		return writeJSON(out, struct {
			entry
			meaning
			Findings []austauschbar.Finding `json:"findings"`
		}{newEntry(data.Criterion), data.Meaning, data.Findings})
	}
	return fmt.Errorf("explain %s: format %q is not one of terminal, markdown, json", explanation.Criterion.ID, format)
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
