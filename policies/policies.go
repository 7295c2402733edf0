// Package policies judges facts: it embeds the Rego policies and their data,
// compiles them and asks them. It alone imports OPA. It has no opinion of its
// own: ratings, score, level, gate and gain all come from Rego.
package policies

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/austauschbar/austauschbar"
)

//go:embed agreement criteria lib lock_in_map confidence crosswalks opencode scoring situation waivers profiles lexicon catalogue
var shipped embed.FS

// facts.schema.json is written by 'make generate'.
//
//go:embed facts.schema.json
var factsSchema []byte

// Shipped returns the policies that the program comes with.
func Shipped() fs.FS { return shipped }

// FactsSchema returns the JSON Schema of the facts that the shipped lexicon leads
// to.
func FactsSchema() []byte { return bytes.Clone(factsSchema) }

// TimeLimit bounds the judging of one criterion, on a busy machine too: a broken
// policy is to be stopped, not a large dossier.
const TimeLimit = 30 * time.Second

// DefaultProfile weighs where nobody names a profile.
const DefaultProfile = "tender-vgv"

// Policies are a compiled set of policies. They may be used by several
// goroutines.
type Policies struct {
	criteria   []criterion
	files      fs.FS
	modules    map[string]*ast.Module // as they are written, tests left out
	compiler   *ast.Compiler
	data       storage.Store // what rules look up: confidence, crosswalks
	scoring    rego.PreparedEvalQuery
	situation  rego.PreparedEvalQuery
	waivers    rego.PreparedEvalQuery
	crosswalks rego.PreparedEvalQuery
	lockInMap  rego.PreparedEvalQuery
	agreement  rego.PreparedEvalQuery
	profiles   map[string]profile
	frameworks []string // sorted
	digest     string
	version    string // of the bundle they came in; "" for none
}

type criterion struct {
	austauschbar.Criterion
	at    string // path of its package: "data.policies.criteria…"
	query rego.PreparedEvalQuery
}

// New compiles the policies of a file system. The schema of the facts makes
// misspelt facts fail to compile; nil for policies that are known to compile with it,
// whose types need not be checked again. An error names the policy.
func New(ctx context.Context, files fs.FS, facts []byte) (*Policies, error) {
	modules, digest, err := parse(files, whole)
	if err != nil {
		return nil, err
	}
	data, err := readData(files, modules)
	if err != nil {
		return nil, err
	}
	compiler, err := compile(modules, facts)
	if err != nil {
		return nil, err
	}
	p := &Policies{files: files, modules: modules, compiler: compiler, digest: digest}
	if err := p.prepare(ctx, data); err != nil {
		return nil, err
	}
	return p, nil
}

// data is what the files of policies hold besides rules. Reading it takes a tenth of the
// time that compiling takes.
type data struct {
	criteria   []described
	confidence map[string]any
	crosswalks map[string]any
	profiles   profileFiles
	standings  map[string]standing // of the criteria that profiles may name, by id
	version    string              // of the bundle; "" for none
}

func readData(files fs.FS, modules map[string]*ast.Module) (data, error) {
	var d data
	var err error
	if d.criteria, err = describeAll(modules); err != nil {
		return d, err
	}
	if d.confidence, err = readConfidence(files, idsOf(d.criteria)); err != nil {
		return d, err
	}
	if d.crosswalks, err = readCrosswalks(files); err != nil {
		return d, err
	}
	if d.standings, err = readStandings(files, d.criteria); err != nil {
		return d, err
	}
	if d.profiles, err = readProfiles(files, slices.Sorted(maps.Keys(d.standings))); err != nil {
		return d, err
	}
	d.version, err = versionOf(files)
	return d, err
}

// prepare makes of compiled policies and their data what Judge asks.
func (p *Policies) prepare(ctx context.Context, d data) (err error) {
	p.data, p.frameworks, p.version = store(d.confidence, d.crosswalks), slices.Sorted(maps.Keys(d.crosswalks)), d.version
	if p.criteria, err = prepareCriteria(ctx, p.compiler, p.data, d.criteria); err != nil {
		return err
	}
	for _, of := range []struct {
		name  string
		query *rego.PreparedEvalQuery
	}{{"scoring", &p.scoring}, {"situation", &p.situation}, {"waivers", &p.waivers}, {"crosswalks", &p.crosswalks}, {"lock_in_map", &p.lockInMap}, {"agreement", &p.agreement}} {
		if *of.query, err = prepare(ctx, p.compiler, p.data, fmt.Sprintf("review := data.policies.%s.review", of.name)); err != nil {
			return fmt.Errorf("prepare %s: %w", of.name, err)
		}
	}
	p.profiles, err = resolve(ctx, p.compiler, d.profiles, d.standings)
	return err
}

// store holds what the policies look up, by the names that opa itself gives to the
// files.
func store(confidence, crosswalks map[string]any) storage.Store {
	return inmem.NewFromObjectWithOpts(map[string]any{"confidence": confidence, "crosswalks": crosswalks}, inmem.OptReturnASTValuesOnRead(true))
}

// packageLine matches the line of a policy that names its package.
var packageLine = regexp.MustCompile(`(?m)^package\s+(\S+).*$`)

// A part is as much of a policy's text as is asked for; nil for none.
type part func(policy []byte) []byte

func whole(policy []byte) []byte { return policy }

// head ends with the package, above which its METADATA stand. What names no package is
// no policy: its parser says so.
func head(policy []byte) []byte {
	if at := packageLine.FindIndex(policy); at != nil {
		return policy[:at[1]]
	}
	return policy
}

// parse reads parts of all policies, tests left out, and the digest over all files.
func parse(files fs.FS, of part) (map[string]*ast.Module, string, error) {
	modules := map[string]*ast.Module{}
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		switch extension := path.Ext(name); {
		case strings.HasSuffix(path.Dir(name), "_test"):
			return fmt.Errorf("%s: a folder's name may not end in _test, since its policies would be taken for tests", name)
		case strings.HasSuffix(name, "_test.rego"):
			return nil
		case extension == ".rego":
			if text := of(data); text != nil {
				if modules[name], err = ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true}); err != nil {
					return err
				}
			}
		case extension != ".json" && extension != ".yaml":
			return nil
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("read policies: %w", err)
	}
	return modules, "sha256:" + hex.EncodeToString(sum.Sum(nil)), nil
}

func compile(modules map[string]*ast.Module, factsSchema []byte) (*ast.Compiler, error) {
	compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(capabilities())
	if factsSchema == nil {
		compiler.WithSkipStages(ast.StageCheckTypes)
	} else {
		var facts any
		if err := json.Unmarshal(factsSchema, &facts); err != nil {
			return nil, fmt.Errorf("read schema of facts: %w", err)
		}
		schemas := ast.NewSchemaSet()
		schemas.Put(ast.MustParseRef("schema.facts"), facts)
		compiler.WithSchemas(schemas).WithUseTypeCheckAnnotations(true)
	}
	compiler.SetErrorLimit(0) // who mends one wants to see all
	if compiler.Compile(modules); compiler.Failed() {
		return nil, fmt.Errorf("compile policies: %w", compiler.Errors)
	}
	return compiler, nil
}

// capabilities leave out every built-in that is not a pure function of its
// arguments: no network, no clock, no chance, no environment.
func capabilities() *ast.Capabilities {
	all := ast.CapabilitiesForThisVersion()
	all.Builtins = slices.DeleteFunc(all.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.Contains([]string{"http.send", "net.lookup_ip_addr", "opa.runtime", "trace", "print"}, b.Name)
	})
	all.AllowNet = []string{}
	return all
}

// prepare prepares a query; the store holds the data that its policies look up, nil
// for none.
func prepare(ctx context.Context, compiler *ast.Compiler, data storage.Store, query string) (rego.PreparedEvalQuery, error) {
	return rego.New(rego.Query(query), rego.Compiler(compiler), rego.Store(data), rego.StrictBuiltinErrors(true)).PrepareForEval(ctx)
}

// Catalogue lists the criteria of a file system in the order of ids, with each
// one's own weight and kind. It reads METADATA only, which takes a fraction of the
// time of New; wrong rules show there.
func Catalogue(files fs.FS) ([]austauschbar.Criterion, error) {
	modules, _, err := parse(files, head)
	if err != nil {
		return nil, err
	}
	found, err := describeAll(modules)
	if err != nil {
		return nil, err
	}
	criteria := make([]austauschbar.Criterion, len(found))
	for i, c := range found {
		criteria[i] = c.Criterion
	}
	return criteria, nil
}

// described is a criterion and the path of its package: "data.policies.criteria…".
type described struct {
	austauschbar.Criterion
	at string
}

// describeAll finds the criteria by their METADATA, in the order of ids.
func describeAll(modules map[string]*ast.Module) ([]described, error) {
	annotations, failed := ast.BuildAnnotationSet(slices.Collect(maps.Values(modules)))
	if len(failed) > 0 {
		return nil, fmt.Errorf("read METADATA: %w", failed)
	}
	var criteria []described
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		pkg := modules[name].Package
		group, ok := groupOf(pkg)
		if !ok {
			continue
		}
		metadata := annotations.GetPackageScope(pkg)
		if metadata == nil {
			return nil, fmt.Errorf("criterion %s: has no METADATA", name)
		}
		found, err := describe(group, metadata)
		if err != nil {
			return nil, fmt.Errorf("criterion %s: %w", name, err)
		}
		criteria = append(criteria, described{found, pkg.Path.String()})
	}
	slices.SortFunc(criteria, func(a, b described) int { return strings.Compare(a.ID, b.ID) })
	for i := 1; i < len(criteria); i++ {
		if criteria[i].ID == criteria[i-1].ID {
			return nil, fmt.Errorf("criterion %s: is defined twice", criteria[i].ID)
		}
	}
	return criteria, nil
}

func idsOf(found []described) []string {
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	return ids
}

// prepareCriteria prepares one query for each criterion, so that one that fails is
// known by name.
func prepareCriteria(ctx context.Context, compiler *ast.Compiler, data storage.Store, found []described) ([]criterion, error) {
	criteria := make([]criterion, len(found))
	for i, c := range found {
		var err error
		criteria[i].Criterion, criteria[i].at = c.Criterion, c.at
		criteria[i].query, err = prepare(ctx, compiler, data, fmt.Sprintf("rating := [r | r := %[1]s.rating; not data.policies.lib.deal.unrated(%[2]q, r)]; not_applicable := array.flatten([[r | r := %[1]s.not_applicable], [r | r := data.policies.lib.deal.set_aside(%[2]q)], [r | not %[1]s.rating; r := data.policies.lib.kind.ruled_out[%[2]q]]]); findings := [f | some f in %[1]s.findings]; evidence := [e | some e in %[1]s.evidence]", c.at, c.ID))
		if err != nil {
			return nil, fmt.Errorf("prepare criterion %s: %w", c.ID, err)
		}
	}
	return criteria, nil
}

// groupOf returns the criterion's group: policies.criteria.<group>.<name>.
func groupOf(pkg *ast.Package) (string, bool) {
	parts := strings.Split(strings.TrimPrefix(pkg.Path.String(), "data."), ".")
	if len(parts) != 4 || parts[0] != "policies" || parts[1] != "criteria" {
		return "", false
	}
	return parts[2], true
}

// describe reads a criterion's METADATA.
func describe(group string, annotations *ast.Annotations) (austauschbar.Criterion, error) {
	text := func(key string) string { value, _ := annotations.Custom[key].(string); return value }
	described := austauschbar.Criterion{
		ID: text("id"), Group: group, Title: annotations.Title, Kind: text("kind"), Stage: text("stage"),
		Weight: number(annotations.Custom["weight"]), References: []austauschbar.Reference{},
	}
	contract := text("contract_source")
	for _, resource := range annotations.RelatedResources {
		ref := resource.Ref.String()
		described.References = append(described.References, austauschbar.Reference{Ref: ref, Description: resource.Description, Contract: ref == contract})
	}
	switch {
	case described.ID == "" || described.Title == "":
		return described, errors.New("METADATA needs title and custom.id")
	case described.Kind != "A" && described.Kind != "B":
		return described, fmt.Errorf("METADATA custom.kind %q: want A or B", described.Kind)
	case described.Weight < 1 || described.Weight > 10:
		return described, fmt.Errorf("METADATA custom.weight %v: want 1 to 10", annotations.Custom["weight"])
	case described.Stage != "draft" && described.Stage != "stable":
		return described, fmt.Errorf("METADATA custom.stage %q: want draft or stable", described.Stage)
	}
	return described, nil
}

func number(value any) float64 {
	switch value := value.(type) {
	case json.Number:
		n, _ := value.Float64()
		return n
	case float64:
		return value
	case int:
		return float64(value)
	}
	return 0
}

// Profiles lists the names of all profiles, sorted.
func (p *Policies) Profiles() []string { return slices.Sorted(maps.Keys(p.profiles)) }

// Frameworks lists the names of all frameworks that reviews are retold in, sorted.
func (p *Policies) Frameworks() []string { return slices.Clone(p.frameworks) }

// Digest identifies the policies and their data: "sha256:" and hex.
func (p *Policies) Digest() string { return p.digest }
