// Package publiccode reads publiccode.yml, the description of a repository's
// software (https://yml.publiccode.tools). It finds what is said there; what must be
// said is for the policies.
package publiccode

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/licence"
	"github.com/austauschbar/austauschbar/schema"
)

// Name is the file's name, in the repository's root folder.
const Name = "publiccode.yml"

// file is a publiccode.yml. Keys that are not read here are passed over, since
// versions of the format and extensions of countries bring more.
type file struct {
	Version           string                 `yaml:"publiccodeYmlVersion"`
	Name              string                 `yaml:"name"`
	URL               string                 `yaml:"url"`
	SoftwareVersion   string                 `yaml:"softwareVersion"`
	ReleaseDate       string                 `yaml:"releaseDate"`
	DevelopmentStatus string                 `yaml:"developmentStatus"`
	SoftwareType      string                 `yaml:"softwareType"`
	Platforms         texts                  `yaml:"platforms"`
	Categories        texts                  `yaml:"categories"`
	UsedBy            texts                  `yaml:"usedBy"`
	Description       map[string]description `yaml:"description"`
	Legal             struct {
		License string `yaml:"license"`
		Owner   string `yaml:"mainCopyrightOwner"`
	} `yaml:"legal"`
	Maintenance struct {
		Type        string       `yaml:"type"`
		Contractors []contractor `yaml:"contractors"`
		Contacts    []contact    `yaml:"contacts"`
	} `yaml:"maintenance"`
	Localisation struct {
		Ready     *bool `yaml:"localisationReady"`
		Languages texts `yaml:"availableLanguages"`
	} `yaml:"localisation"`
	DependsOn struct {
		Open        []dependency `yaml:"open"`
		Proprietary []dependency `yaml:"proprietary"`
		Hardware    []dependency `yaml:"hardware"`
	} `yaml:"dependsOn"`
}

type description struct {
	Short    string `yaml:"shortDescription"`
	Long     string `yaml:"longDescription"`
	Features texts  `yaml:"features"`
}

type contractor struct {
	Name  string `yaml:"name"`
	Until string `yaml:"until"`
}

type contact struct {
	Name  string `yaml:"name"`
	Email string `yaml:"email"`
}

type dependency struct {
	Name       string `yaml:"name"`
	Version    string `yaml:"version"`
	VersionMin string `yaml:"versionMin"`
	VersionMax string `yaml:"versionMax"`
	Optional   bool   `yaml:"optional"`
}

// texts is a list, or a single value in its place.
type texts []string

// UnmarshalYAML takes both.
func (t *texts) UnmarshalYAML(decode func(any) error) error {
	var one string
	if decode(&one) == nil {
		*t = texts{one}
		return nil
	}
	var list []string
	err := decode(&list)
	*t = list
	return err
}

// Read reads the file at a path. Its error names the line.
func Read(at string, data []byte) (austauschbar.Repository, error) {
	var said file
	if err := schema.DecodeOpen(data, &said); err != nil {
		return austauschbar.Repository{}, err
	}
	p := places{at, data}
	return austauschbar.Repository{
		Version: said.Version, Name: clean(said.Name), URL: clean(said.URL), Licence: p.licence(clean(said.Legal.License)), Owner: clean(said.Legal.Owner),
		SoftwareVersion: clean(said.SoftwareVersion), ReleaseDate: clean(said.ReleaseDate),
		DevelopmentStatus: clean(said.DevelopmentStatus), SoftwareType: clean(said.SoftwareType),
		Platforms: said.Platforms.clean(), Categories: said.Categories.clean(), UsedBy: said.UsedBy.clean(),
		Descriptions: descriptions(said.Description),
		Maintenance: austauschbar.RepositoryMaintenance{
			Type: clean(said.Maintenance.Type), Contractors: contractors(said.Maintenance.Contractors), Contacts: contacts(said.Maintenance.Contacts),
		},
		Localisation: austauschbar.RepositoryLocalisation{Ready: said.Localisation.Ready, Languages: said.Localisation.Languages.clean()},
		DependsOn: austauschbar.RepositoryDependsOn{
			Open: p.dependencies("open", said.DependsOn.Open), Proprietary: p.dependencies("proprietary", said.DependsOn.Proprietary),
			Hardware: p.dependencies("hardware", said.DependsOn.Hardware),
		},
		Lines: schema.Lines(data, sections), Evidence: p.evidence(clean(said.Name), "name"),
	}, nil
}

func clean(text string) string { return strings.Join(strings.Fields(text), " ") }

func (t texts) clean() []string {
	list := []string{}
	for _, text := range t {
		if text = clean(text); text != "" {
			list = append(list, text)
		}
	}
	return list
}

func descriptions(said map[string]description) []austauschbar.RepositoryDescription {
	list := []austauschbar.RepositoryDescription{}
	for _, language := range slices.Sorted(maps.Keys(said)) {
		one := said[language]
		length := func(text string) int { return utf8.RuneCountInString(strings.TrimSpace(text)) }
		list = append(list, austauschbar.RepositoryDescription{Language: language, Short: length(one.Short), Long: length(one.Long), Features: len(one.Features.clean())})
	}
	return list
}

func contractors(said []contractor) []austauschbar.Contractor {
	list := []austauschbar.Contractor{}
	for _, one := range said {
		list = append(list, austauschbar.Contractor{Name: clean(one.Name), Until: clean(one.Until)})
	}
	return list
}

func contacts(said []contact) []austauschbar.Contact {
	list := []austauschbar.Contact{}
	for _, one := range said {
		list = append(list, austauschbar.Contact{Name: clean(one.Name), Email: clean(one.Email) != ""})
	}
	return list
}

// places knows on which line of a file something stands.
type places struct {
	path string
	data []byte
}

// evidence is the place of a value; its line is left out in an empty file.
func (p places) evidence(quote string, key ...string) austauschbar.Evidence {
	evidence := austauschbar.Evidence{Path: p.path, Line: schema.Line(p.data, key...), Place: p.path}
	if evidence.Line > 0 {
		evidence.Place += ", line " + strconv.Itoa(evidence.Line)
	}
	if runes := []rune(quote); len(runes) > 300 {
		quote = string(runes[:300])
	}
	evidence.Quote = quote
	return evidence
}

// sections are the keys whose lines a finding may name.
var sections = []string{
	"publiccodeYmlVersion", "name", "url", "softwareVersion", "releaseDate", "platforms", "categories", "developmentStatus",
	"softwareType", "description", "legal", "legal.license", "maintenance", "maintenance.type", "maintenance.contractors", "maintenance.contacts",
	"localisation", "localisation.localisationReady", "localisation.availableLanguages",
}

// licence reads an SPDX expression; nil for "".
func (p places) licence(expression string) *austauschbar.DeclaredLicence {
	if expression == "" {
		return nil
	}
	return &austauschbar.DeclaredLicence{Expression: expression, Licences: licence.Named(expression), Evidence: p.evidence(expression, "legal", "license")}
}

func (p places) dependencies(kind string, said []dependency) []austauschbar.Dependency {
	list := []austauschbar.Dependency{}
	for i, one := range said {
		list = append(list, austauschbar.Dependency{
			Name: clean(one.Name), Version: clean(one.Version), Least: clean(one.VersionMin), Most: clean(one.VersionMax), Optional: one.Optional,
			Evidence: p.evidence(clean(one.Name), "dependsOn", kind, strconv.Itoa(i)),
		})
	}
	return list
}

// Clone shares nothing with its original that can be changed.
func Clone(r austauschbar.Repository) austauschbar.Repository {
	if r.Licence != nil {
		licence := *r.Licence
		licence.Licences = slices.Clone(licence.Licences)
		r.Licence = &licence
	}
	if r.Localisation.Ready != nil {
		r.Localisation.Ready = new(*r.Localisation.Ready)
	}
	r.Platforms, r.Categories, r.UsedBy, r.Descriptions = slices.Clone(r.Platforms), slices.Clone(r.Categories), slices.Clone(r.UsedBy), slices.Clone(r.Descriptions)
	r.Maintenance.Contractors, r.Maintenance.Contacts = slices.Clone(r.Maintenance.Contractors), slices.Clone(r.Maintenance.Contacts)
	r.Localisation.Languages = slices.Clone(r.Localisation.Languages)
	r.DependsOn.Open, r.DependsOn.Proprietary, r.DependsOn.Hardware = slices.Clone(r.DependsOn.Open), slices.Clone(r.DependsOn.Proprietary), slices.Clone(r.DependsOn.Hardware)
	r.Lines = maps.Clone(r.Lines)
	return r
}
