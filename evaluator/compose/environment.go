package compose

import (
	"bytes"
	"context"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/template"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// fileName matches the names that Compose files bear by custom.
var fileName = regexp.MustCompile(`(?i)^(?:docker-)?compose[^/]*\.ya?ml$`)

// IsEnvironment says whether a file tells variables, by its name.
func IsEnvironment(at string) bool {
	name := strings.ToLower(path.Base(at))
	return name == ".env" || strings.HasPrefix(name, ".env.") || strings.HasSuffix(name, ".env")
}

// Takes says whether a file is one of Compose, by its name: one that variables are for.
func Takes(at string) bool { return fileName.MatchString(path.Base(at)) }

// Holds says whether a file is read with files of variables.
func Holds(_, at string) bool { return Takes(at) || IsEnvironment(at) }

// ReadAll reads Compose files with the variables beside them. A file that cannot be read
// is left out of the answer; files of variables say nothing without Compose files.
func ReadAll(ctx context.Context, files map[string][]byte, _ string) (map[string]austauschbar.Text, error) {
	texts, besides := map[string]austauschbar.Text{}, map[string]variables{}
	told := false
	for _, at := range slices.Sorted(maps.Keys(files)) {
		if IsEnvironment(at) {
			texts[at] = austauschbar.Text{Architecture: &austauschbar.Architecture{}}
			continue
		}
		told = true
		folder := path.Dir(at)
		beside, known := besides[folder]
		if !known {
			beside = environmentOf(files, folder)
			besides[folder] = beside
		}
		f := &file{source: lines.NewSource(files[at]), variables: beside, open: func(name string) (string, []variable) {
			name = path.Join(folder, name)
			return name, assignments(files[name], beside)
		}}
		text, err := f.all(ctx, files[at])
		switch {
		case ctx.Err() != nil:
			return nil, limit.Ended(ctx, ctx.Err())
		case err == nil:
			texts[at] = text
		}
	}
	if !told {
		return nil, limit.Refuse("unknown_format", "variables for no Compose file")
	}
	return texts, nil
}

// filledIn are the names of the file that Compose reads by itself and of those that show
// what to set in it, where it is kept out of the repository. The first one counts that is
// there.
var filledIn = []string{".env", ".env.example", ".env.sample", ".env.template", ".env.dist"}

// environmentOf reads the variables that Compose fills in by itself.
func environmentOf(files map[string][]byte, folder string) variables {
	for _, name := range filledIn {
		data, has := files[path.Join(folder, name)]
		if !has {
			continue
		}
		vars := variables{}
		for _, v := range assignments(data, nil) {
			vars[v.name] = v.value
		}
		return vars
	}
	return nil
}

// A variable is one that a file sets.
type variable struct {
	name, value string
	line        int
}

// Bounds of what is taken from one file of variables.
const (
	maxVariables     = 10_000
	maxVariableBytes = 1 << 20
)

var (
	assignment = regexp.MustCompile(`^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*[=:][ \t]*(.*?)[ \t\r]*$`)
	quoted     = regexp.MustCompile(`^(?:"([^"]*)"|'([^']*)')`)
	remark     = regexp.MustCompile(`(?:^|[ \t]+)#.*$`)
)

// assignments reads a file of variables. compose-go's reader knows no lines and puts
// variables into variables without an end; here each one is bounded.
func assignments(data []byte, known variables) []variable {
	vars := maps.Clone(known)
	if vars == nil {
		vars = variables{}
	}
	var list []variable
	number := 0
	for line := range bytes.Lines(data[:min(len(data), maxVariableBytes)]) {
		number++
		found := assignment.FindSubmatch(bytes.TrimRight(line, "\n"))
		if found == nil || len(found[2]) > container.Value {
			continue
		}
		if len(list) == maxVariables {
			break
		}
		name, value := string(found[1]), vars.assigned(string(found[2]))
		vars[name] = value
		list = append(list, variable{name, value, number})
	}
	return list
}

// assigned reads what stands behind a variable's name. In single quotes, it is taken as it
// is.
func (vars variables) assigned(written string) string {
	value := remark.ReplaceAllString(written, "")
	if within := quoted.FindStringSubmatch(written); within != nil {
		value = within[1] + within[2]
	}
	if strings.HasPrefix(written, "'") {
		return value
	}
	return vars.resolve(value)
}

// variablesOf reads the files of variables that a service names. What its environment
// says itself counts before them.
func (f *file) variablesOf(service *limit.Value) {
	own := map[string]bool{}
	for _, item := range service.Elements("environment") {
		name, _, _ := strings.Cut(item.String(), "=")
		own[name] = true
	}
	if of := service.At("environment"); of != nil && of.Kind == limit.Object {
		for _, item := range of.Items {
			own[item.Key] = true
		}
	}
	for _, name := range namesIn(service.At("env_file")) {
		at, list := "", []variable(nil)
		if f.open != nil {
			at, list = f.open(f.variables.resolve(name))
		}
		if list == nil {
			f.missing("env_file", name)
		}
		for _, v := range list {
			if own[v.name] || v.value == "" || len(f.found.Settings) >= container.Settings {
				continue
			}
			f.found.Settings = append(f.found.Settings, austauschbar.Setting{
				Component: service.Key, Name: v.name, Value: v.value, Evidence: austauschbar.Evidence{Path: at, Line: v.line},
			})
		}
	}
}

// namesIn lists the files that a key names, in each of the ways that there are.
func namesIn(of *limit.Value) []string {
	if of == nil {
		return nil
	}
	var names []string
	for _, name := range []string{of.String(), of.At("path").String(), of.At("file").String()} {
		if name != "" {
			names = append(names, name)
		}
	}
	if of.Kind == limit.Array {
		for _, item := range of.Items {
			names = append(names, namesIn(item)...)
		}
	}
	return names
}

// variables are what files tell of them, by name.
type variables map[string]string

// bare matches a variable without a default.
var bare = regexp.MustCompile(`^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$`)

// resolve puts in variables: their values, else their defaults. One that has neither
// stays as it is written, and so does what would grow beyond bounds.
func (vars variables) resolve(text string) string {
	if !strings.Contains(text, "$") || len(text) > container.Value {
		return text
	}
	value := func(name string) (string, bool) {
		value, set := vars[name]
		return value, set
	}
	resolved, err := template.SubstituteWithOptions(text, value, template.WithoutLogging,
		template.WithReplacementFunction(func(found string, mapping template.Mapping, config *template.Config) (string, error) {
			if name := bare.FindStringSubmatch(found); name != nil {
				if value, set := vars[name[1]+name[2]]; set {
					return value, nil
				}
				return found, nil
			}
			value, err := template.DefaultReplacementFunc(found, mapping, config)
			if err != nil {
				return found, nil // one that must be set
			}
			return value, nil
		}))
	if err != nil || len(resolved) > container.Value {
		return text
	}
	return resolved
}
