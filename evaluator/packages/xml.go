package packages

import (
	"bytes"
	"cmp"
	"context"
	"regexp"
	"strings"

	"github.com/package-url/packageurl-go"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// ReadMaven reads a pom.xml. What its parent says is not known.
func ReadMaven(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, tree, err := element(ctx, data, packageurl.TypeMaven, "project")
	if err != nil {
		return austauschbar.Text{}, err
	}
	p := pom{tree}
	var licences []string
	for _, one := range tree.At("licenses").All("license") {
		if name := one.At("name").String(); name != "" {
			licences = append(licences, name)
		}
	}
	artifact := tree.At("artifactId")
	name := cmp.Or(p.resolve(tree.At("name").String()), artifact.String())
	r.project(name, p.resolve(tree.At("version").String()), strings.Join(licences, " OR "), lineOf(artifact))
	for _, one := range tree.At("dependencies").All("dependency") {
		if scope := one.At("scope").String(); scope == "test" {
			continue
		}
		r.needs(p.resolve(one.At("groupId").String()), p.resolve(one.At("artifactId").String()), p.resolve(one.At("version").String()), lineOf(one.At("artifactId")))
	}
	return r.text(), nil
}

// pom is a project of Maven.
type pom struct{ *limit.Value }

// maxProperty is how long a property may be, in bytes.
const maxProperty = 500

var property = regexp.MustCompile(`\$\{([^{}]{1,200})\}`)

// resolve puts the project's properties into a text, and what these name in turn; others
// stay as they are.
func (p pom) resolve(text string) string { return p.replaced(p.replaced(text)) }

func (p pom) replaced(text string) string {
	if len(text) > maxProperty {
		return text
	}
	return property.ReplaceAllStringFunc(text, func(match string) string {
		name := match[2 : len(match)-1]
		switch name {
		case "project.groupId", "pom.groupId":
			return cmp.Or(p.At("groupId").String(), p.At("parent", "groupId").String(), match)
		case "project.version", "pom.version":
			return cmp.Or(p.At("version").String(), p.At("parent", "version").String(), match)
		case "project.artifactId":
			return cmp.Or(p.At("artifactId").String(), match)
		}
		value := p.At("properties", name).String()
		if value == "" || len(value) > maxProperty {
			return match
		}
		return value
	})
}

// ReadDotNet reads a project file of .NET. Its file bears the name of the project, so
// that one which does not say another has no component.
func ReadDotNet(ctx context.Context, data []byte) (austauschbar.Text, error) {
	r, tree, err := element(ctx, data, packageurl.TypeNuget, "Project")
	if err != nil {
		return austauschbar.Text{}, err
	}
	said := map[string]*limit.Value{}
	for _, group := range tree.All("PropertyGroup") {
		for _, item := range group.Items {
			if said[item.Key] == nil && item.Text != "" {
				said[item.Key] = item
			}
		}
	}
	name := cmp.Or(said["PackageId"], said["AssemblyName"], said["Product"])
	r.project(name.String(), cmp.Or(said["Version"], said["VersionPrefix"]).String(), said["PackageLicenseExpression"].String(), lineOf(name))
	for _, group := range tree.All("ItemGroup") {
		for _, one := range group.All("PackageReference") {
			version := cmp.Or(one.At("@Version").String(), one.At("Version").String(), one.At("@VersionOverride").String())
			r.needs("", one.At("@Include").String(), version, one.Line)
		}
	}
	return r.text(), nil
}

// element reads a document of XML whose outermost element has this name.
func element(ctx context.Context, data []byte, ecosystem, name string) (*reading, *limit.Value, error) {
	r, data, err := begin(ctx, data, ecosystem)
	if err != nil {
		return nil, nil, err
	}
	tree, err := limit.NewXML(ctx, bytes.NewReader(data)).Tree()
	switch {
	case err != nil:
		return nil, nil, err
	case tree.Key != name:
		return nil, nil, limit.Refuse("unknown_content", "no manifest of packages")
	}
	return r, tree, nil
}
