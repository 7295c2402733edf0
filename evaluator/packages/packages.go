// Package packages reads the manifests of package managers: what a project needs, as
// the project itself names it. What it needs for tests and builds alone is left out.
package packages

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/package-url/packageurl-go"
	"golang.org/x/mod/modfile"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// maxFile is how long a manifest may be, in bytes.
const maxFile = 2 << 20

// project is the id of the component that a manifest is of.
const project = "project"

// A reading is what was found so far.
type reading struct {
	source    *lines.Source
	ecosystem string // type of package URLs: "npm"
	named     bool   // the project has a component
	found     austauschbar.Architecture
}

// begin checks that a manifest is within bounds.
func begin(ctx context.Context, data []byte, ecosystem string) (*reading, []byte, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case len(data) > maxFile:
		return nil, nil, limit.Refuse("too_large", "the manifest has more than 2 MiB")
	}
	return &reading{source: lines.NewSource(data), ecosystem: ecosystem}, data, nil
}

func (r *reading) text() austauschbar.Text { return austauschbar.Text{Architecture: &r.found} }

// project keeps what the manifest is of; nothing where it is not told.
func (r *reading) project(name, version, licence string, line int) {
	if name = lines.Clean(name); name == "" {
		return
	}
	r.named = true
	r.found.Components = append(r.found.Components, austauschbar.Component{
		ID: project, Name: name, Kind: "application", Version: lines.Clean(version), Licence: lines.Clean(licence), Custom: true,
		Evidence: []austauschbar.Evidence{r.source.At(line)},
	})
}

// needs keeps a package that the project names.
func (r *reading) needs(namespace, name, version string, line int) {
	if name == "" || len(name)+len(namespace) > 500 {
		return
	}
	full := name
	switch {
	case namespace != "" && r.ecosystem == packageurl.TypeMaven:
		full = namespace + ":" + name
	case namespace != "":
		full = namespace + "/" + name
	}
	pack := austauschbar.Package{
		Name: full, Version: lines.WithoutSecrets(lines.Address(version)), Ecosystem: r.ecosystem, Licences: []austauschbar.LicenceID{}, Direct: true,
		PURL: packageurl.NewPackageURL(r.ecosystem, namespace, name, "", nil, "").ToString(), Evidence: r.source.At(line),
	}
	if r.named {
		pack.Component = project
	}
	r.found.Packages = append(r.found.Packages, pack)
}

// split cuts a name with its namespace at the last slash: "@scope/name".
func split(name string) (namespace, rest string) {
	if i := strings.LastIndex(name, "/"); i >= 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// ReadGo reads a go.mod.
func ReadGo(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, data, err := begin(ctx, data, packageurl.TypeGolang)
	if err != nil {
		return austauschbar.Text{}, err
	}
	file, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		return austauschbar.Text{}, limit.Refuse("damaged", strings.Split(err.Error(), "\n")[0])
	}
	if file.Module != nil {
		r.project(file.Module.Mod.Path, "", "", file.Module.Syntax.Start.Line)
	}
	taken := replaced(file.Syntax)
	for _, require := range file.Require {
		namespace, name := split(require.Mod.Path)
		r.needs(namespace, name, require.Mod.Version, require.Syntax.Start.Line)
		if n := len(r.found.Packages); n > 0 {
			r.found.Packages[n-1].Direct = !require.Indirect
			r.found.Packages[n-1].Replaced = lines.WithoutSecrets(taken[require.Mod.Path])
		}
	}
	return r.text(), nil
}

// replaced lists what is taken in the place of other modules, by their paths. Releases of
// the same module are left out. Lax parsing keeps these statements as words.
func replaced(file *modfile.FileSyntax) map[string]string {
	taken := map[string]string{}
	keep := func(words []string) {
		arrow := slices.Index(words, "=>")
		if arrow > 0 && arrow+1 < len(words) && words[arrow+1] != words[0] {
			taken[words[0]] = strings.Join(words[arrow+1:], " ")
		}
	}
	for _, statement := range file.Stmt {
		switch statement := statement.(type) {
		case *modfile.Line:
			if len(statement.Token) > 0 && statement.Token[0] == "replace" {
				keep(statement.Token[1:])
			}
		case *modfile.LineBlock:
			for _, line := range statement.Line {
				if slices.Equal(statement.Token, []string{"replace"}) {
					keep(line.Token)
				}
			}
		}
	}
	return taken
}
