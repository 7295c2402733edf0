package policies

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/schema"
)

// registerFile lists all criteria that there are to be: opa reads it as data.criteria.
const registerFile = "criteria/data.yaml"

// standing is what a criterion is without a profile.
type standing struct {
	Group   string   `json:"group"`
	Kind    string   `json:"kind"`
	Weight  float64  `json:"weight"`
	Applies []string `json:"applies"` // tender, architecture
}

// readRegister reads the list of all criteria by their ids.
func readRegister(files fs.FS) (map[string]standing, error) {
	data, err := fs.ReadFile(files, registerFile)
	if err != nil {
		return nil, err
	}
	var register map[string]standing
	if err := util.Unmarshal(data, &register); err != nil {
		return nil, fmt.Errorf("read %s: %w", registerFile, err)
	}
	return register, nil
}

// A profile is what one comes to, with those that it extends.
type profile struct {
	version     string
	changes     any      // as the scoring policy sees it
	ai          bool     // whoever chooses it says that AI is bought
	leftOut     []string // ids that it does not judge, built or not
	eased       []string // ids whose weight or kind it lowers
	lowerBounds []string // "coverage", "A" to "D"
}

// profileFiles are the profiles as they are written, by name.
type profileFiles map[string]austauschbar.Profile

func profilePath(name string) string { return path.Join("profiles", name, "data.json") }

// readStandings lists what profiles may name: besides the criteria of the register those
// that are built, since an authority may have some of its own.
func readStandings(files fs.FS, built []described) (map[string]standing, error) {
	standings, err := readRegister(files)
	if err != nil {
		return nil, err
	}
	for _, c := range built {
		standings[c.ID] = standing{Group: c.Group, Kind: c.Kind, Weight: c.Weight}
	}
	return standings, nil
}

// readProfiles reads profiles/<name>/data.json, which may name criteria with these ids.
// Every error names the file: a change that is lost would go unnoticed.
func readProfiles(files fs.FS, ids []string) (profileFiles, error) {
	entries, err := fs.ReadDir(files, "profiles")
	if err != nil {
		return nil, fmt.Errorf("list profiles: %w", err)
	}
	written := profileFiles{}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue // the rules
		}
		name := profilePath(entry.Name())
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if written[entry.Name()], err = decodeProfile(data, ids); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(written)) {
		if err := written.checkLineage(name); err != nil {
			return nil, fmt.Errorf("read %s: %w", profilePath(name), err)
		}
	}
	return written, nil
}

func decodeProfile(data []byte, ids []string) (austauschbar.Profile, error) {
	var read austauschbar.Profile
	if err := schema.Decode(schema.Profile, data, &read); err != nil {
		return read, err
	}
	if len(read.Changelog) == 0 || read.Changelog[0].Version != read.Version {
		return read, fmt.Errorf("line %d: the changelog does not begin with version %q", schema.Line(data, "changelog"), read.Version)
	}
	for _, id := range slices.Sorted(maps.Keys(read.Criteria)) {
		if !slices.Contains(ids, id) {
			return read, fmt.Errorf("line %d: there is no criterion %q%s", schema.Line(data, "criteria", id), id, didYouMean(id, ids))
		}
	}
	return read, nil
}

// didYouMean asks for the name most like the one given; "" where none is.
func didYouMean(name string, known []string) string {
	nearest := schema.Nearest(name, known)
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", nearest)
}

// checkLineage finds a profile that extends nothing we know, or itself.
func (p profileFiles) checkLineage(name string) error {
	way := []string{name}
	for parent := p[name].Extends; parent != ""; parent = p[parent].Extends {
		if _, ok := p[parent]; !ok {
			return fmt.Errorf("there is no profile %q to extend%s", parent, didYouMean(parent, slices.Sorted(maps.Keys(p))))
		}
		if slices.Contains(way, parent) {
			return fmt.Errorf("extends in a circle: %s", strings.Join(append(way, parent), ", "))
		}
		way = append(way, parent)
	}
	return nil
}

// resolve asks policies/profiles what the profiles come to.
func resolve(ctx context.Context, compiler *ast.Compiler, written profileFiles, criteria map[string]standing) (map[string]profile, error) {
	input, err := ast.InterfaceToValue(map[string]any{"profiles": written, "criteria": criteria})
	if err != nil {
		return nil, fmt.Errorf("resolve profiles: %w", err)
	}
	results, err := rego.New(rego.Query("review := data.policies.profiles.review"), rego.Compiler(compiler), rego.ParsedInput(input), rego.StrictBuiltinErrors(true)).Eval(ctx)
	if err == nil && len(results) != 1 {
		err = fmt.Errorf("gives %d results", len(results))
	}
	if err != nil {
		return nil, fmt.Errorf("resolve profiles: %w", err)
	}
	var found struct {
		Resolved map[string]resolved `json:"resolved"`
		Problems []problem           `json:"problems"`
	}
	if err := recode(results[0].Bindings["review"], &found); err != nil {
		return nil, fmt.Errorf("resolve profiles: %w", err)
	}
	if len(found.Problems) > 0 {
		return nil, complain(found.Problems)
	}
	profiles := map[string]profile{}
	for name, one := range found.Resolved {
		ai, _ := one.Changes["ai"].(bool)
		profiles[name] = profile{written[name].Version, one.Changes, ai, one.LeftOut, one.Eased, one.LowerBounds}
	}
	return profiles, nil
}

// resolved is a profile as policies/profiles gives it.
type resolved struct {
	Changes     map[string]any `json:"changes"`
	LeftOut     []string       `json:"left_out"`
	Eased       []string       `json:"eased"`
	LowerBounds []string       `json:"lower_bounds"`
}

// problem is what a profile may not do.
type problem struct {
	Code    string `json:"code"`    // no_reason, order
	Profile string `json:"profile"` // its name
	At      string `json:"at"`      // a criterion's id, "thresholds"
	Key     string `json:"key"`
}

// Error says what is to be mended.
func (p problem) Error() string {
	if p.Code == "order" {
		return p.At + ": the levels do not fall from A to D"
	}
	return fmt.Sprintf("%s: asks less by %q and states no reason", p.At, p.Key)
}

// complain tells all problems of the first profile that has some.
func complain(problems []problem) error {
	var first []string
	for _, p := range problems {
		if p.Profile == problems[0].Profile {
			first = append(first, p.Error())
		}
	}
	return fmt.Errorf("read %s: %s", profilePath(problems[0].Profile), strings.Join(first, "; "))
}
