package packages

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/package-url/packageurl-go"
	"github.com/pelletier/go-toml/v2"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// requirement matches a requirement of PEP 508: name, extras, version or address.
var requirement = regexp.MustCompile(`^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:@\s*(\S+)|\(?((?:[=<>!~]=?=?\s*[^\s;,()]+\s*,?\s*)*)\)?)\s*(?:;.*)?$`)

// normal is a name as the registry has it.
func normal(name string) string {
	return strings.ToLower(separators.ReplaceAllString(name, "-"))
}

var separators = regexp.MustCompile(`[-_.]+`)

// maxRequirement is how long a requirement may be, in bytes.
const maxRequirement = 2_000

// python keeps a requirement; false where the text is none.
func (r *reading) python(text string, line int) bool {
	if len(text) > maxRequirement {
		return false
	}
	parts := requirement.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return false
	}
	version := cmp.Or(parts[2], strings.Trim(parts[3], ", "))
	r.needs("", normal(parts[1]), strings.TrimPrefix(version, "=="), line)
	return true
}

var (
	comment = regexp.MustCompile(`(^|\s)#.*$`)
	hash    = regexp.MustCompile(`\s--(hash|config-settings|global-option)[= ].*$`)
	egg     = regexp.MustCompile(`[#&]egg=([A-Za-z0-9._-]+)`)
)

// ReadRequirements reads a requirements.txt. What is no list of packages, since
// requirements are written by people too, is refused as "not_this_format".
func ReadRequirements(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, data, err := begin(ctx, data, packageurl.TypePyPi)
	if err != nil {
		return austauschbar.Text{}, err
	}
	kept, others := 0, 0
	for i, line := range strings.Split(string(data), "\n") {
		if len(line) > maxRequirement {
			others++
			continue
		}
		name := egg.FindStringSubmatch(line)
		line = strings.TrimSpace(hash.ReplaceAllString(comment.ReplaceAllString(strings.TrimSuffix(strings.TrimSpace(line), `\`), ""), ""))
		switch {
		case line == "":
		case name != nil && r.python(name[1], i+1):
			kept++
		case strings.HasPrefix(line, "-"):
			if option.MatchString(line) {
				kept++
			} else {
				others++
			}
		case r.python(line, i+1):
			kept++
		default:
			others++
		}
	}
	if others > kept/10 {
		return austauschbar.Text{}, limit.Refuse("not_this_format", "no list of packages")
	}
	return r.text(), nil
}

// option matches a line that tells the package manager something.
var option = regexp.MustCompile(`^(-[reciUf]\b|--[a-z-]+)`)

// A pyproject is what is read of a pyproject.toml.
type pyproject struct {
	Project struct {
		Name         string              `toml:"name"`
		Version      string              `toml:"version"`
		License      any                 `toml:"license"` // an expression, or a table with the text or file
		Dependencies []string            `toml:"dependencies"`
		Optional     map[string][]string `toml:"optional-dependencies"`
	} `toml:"project"`
	Tool struct {
		Poetry struct {
			Name         string         `toml:"name"`
			Version      string         `toml:"version"`
			License      string         `toml:"license"`
			Dependencies map[string]any `toml:"dependencies"`
		} `toml:"poetry"`
	} `toml:"tool"`
}

// ReadPyproject reads a pyproject.toml: PEP 621 and Poetry.
func ReadPyproject(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, data, err := begin(ctx, data, packageurl.TypePyPi)
	if err != nil {
		return austauschbar.Text{}, err
	}
	if nested(data) > maxNested {
		return austauschbar.Text{}, limit.Refuse("too_large", fmt.Sprintf("values are nested more than %d deep", maxNested))
	}
	var said pyproject
	if err := toml.Unmarshal(data, &said); err != nil {
		return austauschbar.Text{}, limit.Refuse("damaged", strings.TrimPrefix(err.Error(), "toml: "))
	}
	t := locate(data)
	licence, _ := said.Project.License.(string)
	if table, ok := said.Project.License.(map[string]any); ok {
		if text, ok := table["text"].(string); ok && len(text) < 60 {
			licence = text
		}
	}
	section := "project"
	if said.Project.Name == "" {
		section = "tool.poetry"
	}
	r.project(cmp.Or(said.Project.Name, said.Tool.Poetry.Name), cmp.Or(said.Project.Version, said.Tool.Poetry.Version), cmp.Or(licence, said.Tool.Poetry.License), t.key(section, "name"))
	for _, one := range said.Project.Dependencies {
		r.python(one, t.text(one, "project"))
	}
	for _, extra := range slices.Sorted(maps.Keys(said.Project.Optional)) {
		if developing[extra] {
			continue
		}
		for _, one := range said.Project.Optional[extra] {
			r.python(one, t.text(one, "project", "project.optional-dependencies"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(said.Tool.Poetry.Dependencies)) {
		if name == "python" {
			continue
		}
		version, _ := said.Tool.Poetry.Dependencies[name].(string)
		if table, ok := said.Tool.Poetry.Dependencies[name].(map[string]any); ok {
			version, _ = table["version"].(string)
		}
		r.needs("", normal(name), version, cmp.Or(t.key("tool.poetry.dependencies", name), t.tables["tool.poetry.dependencies."+name]))
	}
	return r.text(), nil
}

// developing are extras that a project needs to be built and tested.
var developing = map[string]bool{"dev": true, "develop": true, "development": true, "test": true, "tests": true, "testing": true, "docs": true, "doc": true, "lint": true, "typing": true}

// maxNested is how many brackets may be open at once, those in texts counted too.
const maxNested = 5_000

// nested is the most brackets that are open at once.
func nested(data []byte) int {
	open, most := 0, 0
	for _, char := range data {
		switch char {
		case '[', '{':
			open++
			most = max(most, open)
		case ']', '}':
			open = max(0, open-1)
		}
	}
	return most
}

// located are the lines of what a file of TOML holds, whose library does not tell them;
// each by its table. What is not found has line 0.
type located struct {
	tables map[string]int
	keys   map[[2]string]int
	texts  map[[2]string]int
}

var (
	heading = regexp.MustCompile(`^\s*\[([^\[\],]+)\]\s*(?:#.*)?$`)
	quoted  = regexp.MustCompile(`"([^"]*)"|'([^']*)'`)
)

func locate(data []byte) located {
	found := located{map[string]int{}, map[[2]string]int{}, map[[2]string]int{}}
	table, number := "", 0
	for line := range strings.SplitSeq(string(data), "\n") {
		number++
		if match := heading.FindStringSubmatch(line); match != nil {
			table = strings.NewReplacer(`"`, "", "'", "", " ", "").Replace(match[1])
			first(found.tables, table, number)
		}
		if key, _, ok := strings.Cut(line, "="); ok {
			first(found.keys, [2]string{table, strings.Trim(strings.TrimSpace(key), `"'`)}, number)
		}
		for _, match := range quoted.FindAllStringSubmatch(line, -1) {
			first(found.texts, [2]string{table, match[1] + match[2]}, number)
		}
	}
	return found
}

// first keeps the first line of a thing.
func first[K comparable](lines map[K]int, of K, line int) {
	if lines[of] == 0 {
		lines[of] = line
	}
}

func (l located) key(table, key string) int { return l.keys[[2]string{table, key}] }

// text is the line of a text in one of the tables.
func (l located) text(text string, tables ...string) int {
	for _, table := range tables {
		if line := l.texts[[2]string{table, text}]; line > 0 {
			return line
		}
	}
	return 0
}
