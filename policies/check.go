package policies

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

// A Complaint is something that a policy owner should mend, or look at.
type Complaint struct {
	File    string `json:"file,omitempty"` // from the policies' folder; "" where it is about all of them
	Line    int    `json:"line,omitempty"` // 1-based; 0 for the whole file
	Problem string `json:"problem"`
	Remedy  string `json:"remedy"`
	Note    bool   `json:"note,omitempty"` // may be right as it is
}

// Check reads a set of policies and lists all that is wrong with them, in the order
// of files: what does not compile, lacks METADATA or tests, is not formatted, names
// an unknown criterion. The schema is that of the facts that their lexicon leads to.
// Its error says that files cannot be read.
func Check(ctx context.Context, files fs.FS, factsSchema []byte) ([]Complaint, error) {
	c := checking{files: files, modules: map[string]*ast.Module{}, tests: map[string]*ast.Module{}, texts: map[string][]byte{}}
	if err := c.read(); err != nil {
		return nil, fmt.Errorf("check policies: %w", err)
	}
	parsed := len(c.complaints) == 0
	c.checkFormat()
	ids := c.checkMetadata()
	var compiler *ast.Compiler
	if parsed {
		var err error
		if compiler, err = compile(c.modules, factsSchema); err != nil {
			c.complainOf("", err)
		}
	}
	c.checkIDs(ids)
	if len(c.complaints) == 0 {
		c.checkData(ctx, compiler)
	}
	slices.SortStableFunc(c.complaints, func(a, b Complaint) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return c.complaints, nil
}

// checking is one Check under way.
type checking struct {
	files      fs.FS
	modules    map[string]*ast.Module // tests left out
	tests      map[string]*ast.Module
	texts      map[string][]byte // of all policies and tests
	complaints []Complaint
}

func (c *checking) complain(file string, line int, problem, remedy string) {
	c.complaints = append(c.complaints, Complaint{File: file, Line: line, Problem: problem, Remedy: remedy})
}

// complainOf lists the errors that OPA found, each with its place; the file is for
// those that have none.
func (c *checking) complainOf(file string, err error) {
	var found ast.Errors
	if !errors.As(err, &found) {
		c.complain(file, 0, err.Error(), remedyFor(err.Error()))
		return
	}
	for _, one := range found {
		at, line := file, 0
		if one.Location != nil {
			at, line = cmp.Or(one.Location.File, file), one.Location.Row
		}
		c.complain(at, line, one.Message, remedyFor(one.Message))
	}
}

var undefinedFunction = regexp.MustCompile(`undefined function (\S+)`)

// remedyFor says what helps against what OPA complains of.
func remedyFor(problem string) string {
	if name := undefinedFunction.FindStringSubmatch(problem); name != nil {
		impure := slices.ContainsFunc(ast.CapabilitiesForThisVersion().Builtins, func(b *ast.Builtin) bool { return b.Name == name[1] })
		if impure {
			return "policies have no clock, no network and no environment: judge by the facts alone; the date is input.today"
		}
		return "import the package that defines it, or mend the name"
	}
	switch {
	case strings.Contains(problem, "undefined ref"):
		return "take a name out of 'austauschbar schema facts'; what is listed there is all there can be"
	case strings.Contains(problem, "unused"):
		return "delete it, or write _ in its place"
	case strings.Contains(problem, "unsafe"):
		return "give the variable a value before it is compared, and import what it stands for"
	case strings.Contains(problem, "conflict"), strings.Contains(problem, "redeclared"):
		return "give one of the two another name"
	}
	return "mend the rule; the language is at https://www.openpolicyagent.org/docs/policy-language"
}

// read parses all policies; what cannot be parsed is a complaint.
func (c *checking) read() error {
	return fs.WalkDir(c.files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		data, err := fs.ReadFile(c.files, name)
		if err != nil {
			return err
		}
		c.texts[name] = data
		module, err := ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true})
		if err != nil {
			c.complainOf(name, err)
			return nil
		}
		if strings.HasSuffix(name, "_test.rego") {
			c.tests[name] = module
		} else {
			c.modules[name] = module
		}
		return nil
	})
}

// checkData looks at what is left: the data that policies look up, and profiles.
func (c *checking) checkData(ctx context.Context, compiler *ast.Compiler) {
	data, err := readData(c.files, c.modules)
	if err == nil {
		err = (&Policies{compiler: compiler}).prepare(ctx, data)
	}
	if err != nil {
		c.complain("", 0, err.Error(), "mend the file that is named")
	}
}

func (c *checking) checkFormat() {
	for _, modules := range []map[string]*ast.Module{c.modules, c.tests} {
		for name, module := range modules {
			formatted, err := format.AstWithOpts(module, format.Opts{RegoVersion: ast.RegoV1})
			if err == nil && !bytes.Equal(formatted, c.texts[name]) {
				c.complain(name, 0, "is not formatted", "run 'opa fmt --write' on it")
			}
		}
	}
}

// metadataOfCriteria are the keys of METADATA.custom that every criterion has, each with what
// to write.
var metadataOfCriteria = []struct{ key, remedy string }{
	{"id", "two letters of the group, a hyphen and two digits: id: IF-10"},
	{"kind", "kind: A for a criterion that opens the gate, kind: B for one that counts only"},
	{"weight", "weight: 1 to 10"},
	{"stage", "stage: draft until its words and tests are agreed on, then stage: stable"},
	{"owner", "who decides about this criterion: owner: policy owners"},
}

// checkMetadata looks at what every package says of itself and returns the criteria's
// ids.
func (c *checking) checkMetadata() []string {
	annotations, failed := ast.BuildAnnotationSet(slices.Collect(maps.Values(c.modules)))
	if len(failed) > 0 {
		c.complainOf("", failed)
		return nil
	}
	groups, places := map[string]string{}, map[string]string{} // by prefix of the id; by id
	for _, name := range slices.Sorted(maps.Keys(c.modules)) {
		pkg := c.modules[name].Package
		line := pkg.Location.Row
		group, isCriterion := groupOf(pkg)
		metadata := annotations.GetPackageScope(pkg)
		if metadata == nil || metadata.Title == "" {
			c.complain(name, line, "METADATA lacks title", "put '# METADATA' and '# title: …' above the package")
			if metadata == nil {
				continue
			}
		}
		if !isCriterion {
			continue
		}
		c.checkCriterion(name, line, group, metadata)
		id, _ := metadata.Custom["id"].(string)
		if id == "" {
			continue
		}
		if other, taken := places[id]; taken {
			c.complain(name, line, fmt.Sprintf("id %s is that of %s too", id, other), "take the next free one: 'austauschbar criteria' lists them")
		}
		places[id] = name
		prefix, _, _ := strings.Cut(id, "-")
		if other, known := groups[prefix]; known && other != group {
			c.complain(name, line, fmt.Sprintf("id %s belongs to group %s", id, other), "take an id that begins like its neighbours'")
		} else {
			groups[prefix] = group
		}
	}
	return slices.Sorted(maps.Keys(places))
}

var validID = regexp.MustCompile(`^[A-Z]{2}-[0-9]{2}$`)

// checkCriterion looks at the METADATA and tests of one criterion.
func (c *checking) checkCriterion(name string, line int, group string, metadata *ast.Annotations) {
	complete := true
	for _, wanted := range metadataOfCriteria {
		if metadata.Custom[wanted.key] == nil {
			complete = false
			c.complain(name, line, "METADATA lacks custom."+wanted.key, wanted.remedy)
		}
	}
	if _, err := describe(group, metadata); err != nil && complete {
		c.complain(name, line, err.Error(), "docs/writing-criteria.md tells what the METADATA of a criterion says")
	}
	if id, _ := metadata.Custom["id"].(string); id != "" && !validID.MatchString(id) {
		c.complain(name, line, fmt.Sprintf("id %q is none", id), metadataOfCriteria[0].remedy)
	}
	if metadata.Description == "" {
		c.complain(name, line, "METADATA lacks description", "one sentence: what a dossier has to say to meet the criterion")
	}
	if !checkedAgainstSchema(metadata) {
		c.complain(name, line, "METADATA lacks the schema of the facts, so that misspelt facts compile", "'# scope: package', '# schemas:' and '#   - input: schema.facts' above the package")
	}
	c.checkReferences(name, line, metadata)
	test := strings.TrimSuffix(name, ".rego") + "_test.rego"
	if text, ok := c.texts[test]; !ok || !bytes.Contains(text, []byte("\ntest_")) {
		c.complain(name, 0, "has no tests", "write "+path.Base(test)+" beside it: met, partly, missed, silent, not applicable")
	}
}

func checkedAgainstSchema(metadata *ast.Annotations) bool {
	return slices.ContainsFunc(metadata.Schemas, func(s *ast.SchemaAnnotation) bool {
		return s.Path.String() == "input" && s.Schema.String() == "schema.facts"
	})
}

func (c *checking) checkReferences(name string, line int, metadata *ast.Annotations) {
	if len(metadata.RelatedResources) == 0 {
		c.complain(name, line, "METADATA names no source", "related_resources: with ref and description of the law, norm or study that it rests on")
	}
	for _, resource := range metadata.RelatedResources {
		if stage, _ := metadata.Custom["stage"].(string); stage == "stable" && resource.Ref.Host == "example.org" {
			c.complain(name, line, "is stable and names an example for a source", "name the law, norm or study that it rests on")
		}
		if resource.Description == "" || resource.Ref.Scheme != "https" && resource.Ref.Scheme != "http" {
			c.complain(name, line, fmt.Sprintf("source %q lacks an address or description", resource.Ref.String()), "ref: https://…, and a description that names paragraph and version")
		}
	}
}

// naming are the folders of data that name criteria.
var naming = []string{"confidence", "crosswalks", "profiles"}

// checkIDs looks for criteria that do not exist in the data that names some. Ids of
// other catalogues look alike; ours begin like those of our groups.
func (c *checking) checkIDs(ids []string) {
	prefixes := map[string]bool{}
	for _, id := range ids {
		prefix, _, _ := strings.Cut(id, "-")
		prefixes[regexp.QuoteMeta(prefix)] = true
	}
	if len(prefixes) == 0 {
		return
	}
	like := regexp.MustCompile(`\b(?:` + strings.Join(slices.Sorted(maps.Keys(prefixes)), "|") + `)-[0-9]{2}\b`)
	for _, folder := range naming {
		_ = fs.WalkDir(c.files, folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !slices.Contains([]string{".json", ".yaml"}, path.Ext(name)) {
				return nil //nolint:nilerr // a folder that is not there names nothing
			}
			data, err := fs.ReadFile(c.files, name)
			if err != nil {
				c.complain(name, 0, err.Error(), "make the file readable")
				return nil
			}
			for i, line := range bytes.Split(data, []byte("\n")) {
				for _, id := range like.FindAllString(string(line), -1) {
					if !slices.Contains(ids, id) {
						c.complain(name, i+1, fmt.Sprintf("there is no criterion %s", id), "mend the id, or delete the entry: what it says would be lost")
					}
				}
			}
			return nil
		})
	}
}
