package policies

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/util"
)

// Files of the confidence table: what policy owners decide, and what was measured.
// They bear the names that opa itself reads as data.confidence.
const (
	decidedFile  = "confidence/data.yaml"
	measuredFile = "confidence/measured/data.yaml"
)

// decided is the part of the confidence table that policy owners write; all shares
// of 1.
type decided struct {
	Bound      *float64            `json:"bound"`
	Unmeasured *float64            `json:"unmeasured"`
	Certainty  map[string]float64  `json:"certainty"`
	Mentions   map[string][]string `json:"mentions"` // kinds of names by criterion; read by the measuring alone
}

// measured is the part that the measuring writes. The policies read the rules
// only; the rest tells people where they come from.
type measured struct {
	Rules map[string]struct {
		Precision *float64 `json:"precision"` // of the criterion's passages; nil where labels tell nothing
		Codes     map[string]struct {
			Precision float64 `json:"precision"`
		} `json:"codes"`
	} `json:"rules"`
}

// certainties are the ways in which lib.result puts a finding.
var certainties = []string{"sure", "likely", "unsure"}

// readConfidence reads the confidence table. One that lacks something would silently
// drop findings, so it is an error, as is a criterion that the ids do not list.
func readConfidence(files fs.FS, ids []string) (map[string]any, error) {
	var owned decided
	table, err := readTable(files, decidedFile, &owned)
	if err == nil {
		err = owned.check(ids)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", decidedFile, err)
	}
	var found measured
	if table["measured"], err = readTable(files, measuredFile, &found); err == nil {
		err = found.check(ids)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", measuredFile, err)
	}
	return table, nil
}

// readTable reads a YAML file as it is and into its type.
func readTable(files fs.FS, name string, into any) (map[string]any, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var raw map[string]any
	if err := util.Unmarshal(data, &raw); err != nil {
		return nil, err
	}
	return raw, recode(raw, into)
}

func (d *decided) check(ids []string) error {
	problems := []error{checkPresent("bound", d.Bound), checkPresent("unmeasured", d.Unmeasured)}
	for _, name := range certainties {
		value, ok := d.Certainty[name]
		if !ok {
			problems = append(problems, fmt.Errorf("certainty of %s is missing", name))
		}
		problems = append(problems, checkShare("certainty of "+name, value))
	}
	return errors.Join(append(problems, checkIDs(d.Mentions, ids))...)
}

func (m *measured) check(ids []string) error {
	problems := []error{checkIDs(m.Rules, ids)}
	for _, id := range slices.Sorted(maps.Keys(m.Rules)) {
		rule := m.Rules[id]
		if rule.Precision != nil {
			problems = append(problems, checkShare("precision of "+id, *rule.Precision))
		}
		for _, code := range slices.Sorted(maps.Keys(rule.Codes)) {
			problems = append(problems, checkShare(fmt.Sprintf("precision of %s %s", id, code), rule.Codes[code].Precision))
		}
	}
	return errors.Join(problems...)
}

func checkPresent(name string, value *float64) error {
	if value == nil {
		return fmt.Errorf("%s is missing", name)
	}
	return checkShare(name, *value)
}

func checkShare(name string, value float64) error {
	if value < 0 || value > 1 {
		return fmt.Errorf("%s is %v: want 0 to 1", name, value)
	}
	return nil
}

func checkIDs[V any](table map[string]V, ids []string) error {
	for _, id := range slices.Sorted(maps.Keys(table)) {
		if !slices.Contains(ids, id) {
			return fmt.Errorf("there is no criterion %q", id)
		}
	}
	return nil
}

// Precision is how often a criterion was right on labelled documents, as shares of 1.
type Precision struct {
	Passages *float64           // of its passages; nil where labels tell nothing
	Codes    map[string]float64 // of the findings that bear a code, where they were measured
}

// Measured reads how often criteria were right, by id; what was not measured is left
// out.
func Measured(files fs.FS) (map[string]Precision, error) {
	var found measured
	if _, err := readTable(files, measuredFile, &found); err != nil {
		return nil, fmt.Errorf("read %s: %w", measuredFile, err)
	}
	precisions := map[string]Precision{}
	for id, rule := range found.Rules {
		precision := Precision{Passages: rule.Precision, Codes: map[string]float64{}}
		for code, measured := range rule.Codes {
			precision.Codes[code] = measured.Precision
		}
		precisions[id] = precision
	}
	return precisions, nil
}
