package policies

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/austauschbar/austauschbar"
)

// framework is the part of a crosswalk's data that its arithmetic rests on.
type framework struct {
	Title      austauschbar.Texts   `json:"title"`
	Publisher  string               `json:"publisher"`
	Version    string               `json:"version"`
	Dated      string               `json:"dated"`
	Source     string               `json:"source"`
	Read       string               `json:"read"`
	Groups     []frameworkGroup     `json:"groups"`
	Weightings []frameworkWeighting `json:"weightings"`
	Items      []frameworkItem      `json:"items"`
}

type frameworkGroup struct {
	ID    string             `json:"id"`
	Title austauschbar.Texts `json:"title"`
}

type frameworkWeighting struct {
	ID     string             `json:"id"`
	Title  austauschbar.Texts `json:"title"`
	Groups map[string]float64 `json:"groups"`
}

type frameworkItem struct {
	ID       string             `json:"id"`
	Group    string             `json:"group"`
	Title    austauschbar.Texts `json:"title"`
	Evidence []string           `json:"evidence"`
	Criteria map[string]string  `json:"criteria"` // strength by id
	Points   float64            `json:"points"`   // 0 where the framework has no weights
}

// What settles an item, and how much a criterion tells of it.
var (
	evidenceKinds = []string{"text", "architecture", "provider", "project"}
	strengths     = []string{"full", "partial", "hint"}
)

// criterionID matches ids, be the criterion built or not.
var criterionID = regexp.MustCompile(`^[A-Z]{2}-[0-9]{2}$`)

// readCrosswalks reads crosswalks/NAME/data.yaml by name. What would go missing from
// a count or a share without a word is an error.
func readCrosswalks(files fs.FS) (map[string]any, error) {
	names, err := fs.Glob(files, "crosswalks/*/data.yaml")
	if err != nil {
		return nil, fmt.Errorf("list crosswalks: %w", err)
	}
	crosswalks := map[string]any{}
	for _, name := range names {
		var found framework
		table, err := readTable(files, name, &found)
		if err == nil {
			err = found.check()
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		crosswalks[path.Base(path.Dir(name))] = table
	}
	return crosswalks, nil
}

func (f framework) check() error {
	var problems []error
	for _, text := range []struct{ name, value string }{
		{"publisher", f.Publisher}, {"version", f.Version}, {"dated", f.Dated}, {"source", f.Source}, {"read", f.Read},
	} {
		if text.value == "" {
			problems = append(problems, fmt.Errorf("%s is missing", text.name))
		}
	}
	if len(f.Title) == 0 || len(f.Items) == 0 {
		problems = append(problems, errors.New("title or items are missing"))
	}
	groups := map[string]bool{}
	for _, group := range f.Groups {
		groups[group.ID] = true
	}
	seen := map[string]bool{}
	for _, item := range f.Items {
		if item.ID == "" || seen[item.ID] {
			problems = append(problems, fmt.Errorf("item %q: has no id or is there twice", item.ID))
		}
		seen[item.ID] = true
		if err := item.check(groups, len(f.Weightings) > 0); err != nil {
			problems = append(problems, fmt.Errorf("item %s: %w", item.ID, err))
		}
	}
	for _, weighting := range f.Weightings {
		if weighted := slices.Sorted(maps.Keys(weighting.Groups)); !slices.Equal(weighted, slices.Sorted(maps.Keys(groups))) {
			problems = append(problems, fmt.Errorf("weighting %s: weighs %v", weighting.ID, weighted))
		}
	}
	return errors.Join(problems...)
}

// check takes the framework's groups, and whether it has weights.
func (i frameworkItem) check(groups map[string]bool, weighed bool) error {
	var problems []error
	if len(i.Title) == 0 {
		problems = append(problems, errors.New("has no title"))
	}
	if grouped := len(groups) > 0; grouped != groups[i.Group] || !grouped && i.Group != "" {
		problems = append(problems, fmt.Errorf("there is no group %q", i.Group))
	}
	if len(i.Evidence) == 0 {
		problems = append(problems, errors.New("names no evidence"))
	}
	for _, kind := range i.Evidence {
		if !slices.Contains(evidenceKinds, kind) {
			problems = append(problems, fmt.Errorf("evidence %q: want one of %v", kind, evidenceKinds))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(i.Criteria)) {
		if !criterionID.MatchString(id) || !slices.Contains(strengths, i.Criteria[id]) {
			problems = append(problems, fmt.Errorf("criterion %q, %q: want an id and one of %v", id, i.Criteria[id], strengths))
		}
	}
	if weighed && i.Points <= 0 {
		problems = append(problems, errors.New("has no points"))
	}
	return errors.Join(problems...)
}

// crosswalk retells a review of all criteria in the terms of every framework.
func (p *Policies) crosswalk(ctx context.Context, review austauschbar.Review) ([]austauschbar.Crosswalk, error) {
	groups, criteria, leftOut := make([]string, len(review.Groups)), make([]any, len(review.Criteria)), p.ids()
	for i, group := range review.Groups {
		groups[i] = group.ID
	}
	for i, c := range review.Criteria {
		criteria[i] = map[string]any{"id": c.ID, "group": c.Group, "kind": c.Kind, "weight": c.Weight, "points": c.Points, "rating": c.Rating, "findings": c.Findings}
		leftOut = slices.DeleteFunc(leftOut, func(id string) bool { return id == c.ID })
	}
	input, err := ast.InterfaceToValue(map[string]any{"groups": groups, "criteria": criteria, "left_out": leftOut})
	if err != nil {
		return nil, err
	}
	var crosswalks []austauschbar.Crosswalk
	err = askReview(ctx, p.crosswalks, input, &crosswalks)
	return crosswalks, err
}
