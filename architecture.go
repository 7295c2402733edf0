package austauschbar

import (
	"maps"
	"slices"
)

// An Architecture is what architecture files say: what runs, what talks to what, and
// what it is made of. A reader gives what its file says, with ids of its own and
// evidence of which the evaluator fills in the path; the evaluator joins the files of a
// dossier into one graph and looks things up in the catalogue.
type Architecture struct {
	Components   []Component
	Interfaces   []Interface
	Models       []Model
	Packages     []Package
	Resources    []Resource
	Settings     []Setting
	Environments []Environment
}

// A Component is something that runs or is used: a service, a database, a system of
// somebody else, a part of one of these.
type Component struct {
	ID         string `json:"id"`   // unique in the dossier: "postgres"
	Name       string `json:"name"` // as its first file writes it
	Kind       string `json:"kind" jsonschema:"enum=application,enum=database,enum=queue,enum=cache,enum=storage,enum=search,enum=gateway,enum=identity,enum=monitoring,enum=model,enum=client,enum=platform,enum=system,enum=person,enum=other"`
	Technology string `json:"technology,omitempty"` // as written: "Java and Spring MVC", "PostgreSQL 16"
	Image      string `json:"image,omitempty"`      // of a container: "docker.io/library/postgres:16"
	Version    string `json:"version,omitempty"`
	Within     string `json:"within,omitempty"` // id of the component that it is part of
	External   bool   `json:"external"`         // somebody else's: no part of what is built or bought here
	Custom     bool   `json:"custom"`           // built for this solution: from sources beside its file
	Once       bool   `json:"once,omitempty"`   // runs, sets up what others need, and ends
	// BuiltWith are ids in the catalogue, sorted: languages, frameworks and base images that
	// its files name. None of them is what the component is.
	BuiltWith []string `json:"built_with,omitempty"`
	// Languages are those of BuiltWith in which its own code is written, by name.
	Languages []Language `json:"languages,omitempty"`
	// What the catalogue knows; left out where it does not know the component.
	Term         string            `json:"term,omitempty"`         // id in the catalogue
	Product      string            `json:"product,omitempty"`      // the catalogue's name for it
	Vendor       string            `json:"vendor,omitempty"`       // who sells or governs it: "Amazon"
	Licence      string            `json:"licence,omitempty"`      // SPDX expression, or "proprietary"
	Open         *bool             `json:"open,omitempty"`         // open source; left out where unknown
	Function     map[string]string `json:"function,omitempty"`     // by language
	Alternatives []Alternative     `json:"alternatives,omitempty"` // known substitutes
	Exports      []string          `json:"exports,omitempty"`      // protocols and formats in which the product itself gives out what it holds, by name
	Tags         []string          `json:"tags,omitempty"`         // of the catalogue
	// Where it runs; left out where no file says it.
	Hosting  string     `json:"hosting,omitempty" jsonschema:"enum=self,enum=cloud,enum=service"` // own software on own machines; a provider's managed service; somebody's offer over the network
	Provider string     `json:"provider,omitempty"`                                               // of the cloud or service: "Amazon Web Services"
	Region   string     `json:"region,omitempty"`                                                 // as written: "eu-central-1"
	Sources  []string   `json:"sources"`                                                          // formats that name it, sorted: "compose", "cyclonedx", "text"
	Evidence []Evidence `json:"evidence"`                                                         // every place that names it
}

// A Language is a programming language.
type Language struct {
	Name string `json:"name"`
	Open bool   `json:"open"` // programs in it need no one maker's tools
}

// An Alternative is a substitute that the catalogue knows.
type Alternative struct {
	Term   string `json:"term"`
	Name   string `json:"name"`
	Open   bool   `json:"open"`
	Speaks string `json:"speaks,omitempty"` // id of the protocol over which it is used; left out where the catalogue tells none
}

// An Interface is what a component offers, or the edge over which one talks to another.
type Interface struct {
	ID            string         `json:"id"`                                                                                        // unique in the dossier
	Name          string         `json:"name,omitempty"`                                                                            // of an API its title; of an edge what is written at it
	From          string         `json:"from,omitempty"`                                                                            // id of the component that calls; left out where it is open who does
	To            string         `json:"to,omitempty"`                                                                              // id of the component that offers it; left out where no file says it
	Kind          string         `json:"kind" jsonschema:"enum=api,enum=events,enum=database,enum=files,enum=user,enum=dependency"` // "dependency": the files say that, not how
	Protocol      string         `json:"protocol,omitempty"`                                                                        // as written or as the address says: "JDBC", "https", "amqp"
	Term          string         `json:"term,omitempty"`                                                                            // of the protocol in the catalogue
	Standard      string         `json:"standard,omitempty"`                                                                        // the catalogue's name for it
	Open          *bool          `json:"open,omitempty"`                                                                            // the protocol is openly specified; left out where unknown
	Owner         string         `json:"owner,omitempty"`                                                                           // who defines it: "IETF", a vendor; left out where unknown
	Formats       []string       `json:"formats,omitempty"`                                                                         // media types or formats, sorted
	Specification *Specification `json:"specification,omitempty"`
	Security      []string       `json:"security,omitempty"`   // "oauth2", "openIdConnect", "apiKey", "basic", "mutualTLS"; sorted
	Operations    int            `json:"operations,omitempty"` // of an API; left out where not told
	Writes        bool           `json:"writes"`               // of an API: some operation changes something
	Exports       int            `json:"exports,omitempty"`    // of an API: operations that give out contents as a whole
	Evidence      []Evidence     `json:"evidence"`
}

// A Specification is a description of an interface that a program can read.
type Specification struct {
	Format     string `json:"format" jsonschema:"enum=openapi,enum=asyncapi,enum=wsdl,enum=xsd,enum=graphql,enum=protobuf"`
	Version    string `json:"version,omitempty"`    // of the interface: "1.4.0"
	Path       string `json:"path"`                 // of the file
	Deprecated int    `json:"deprecated,omitempty"` // operations marked as deprecated
	Versioned  bool   `json:"versioned"`            // the address or the interface carries a version
	Licence    string `json:"licence,omitempty"`    // of the interface, as written
	Terms      string `json:"terms,omitempty"`      // address of the terms of use
	Described  int    `json:"described,omitempty"`  // operations with a description
}

// A Model is an AI model that the solution uses.
type Model struct {
	ID           string            `json:"id"`
	Name         string            `json:"name"`              // as written: "gpt-4o"
	Term         string            `json:"term,omitempty"`    // id in the catalogue
	Product      string            `json:"product,omitempty"` // the catalogue's name for it
	Vendor       string            `json:"vendor,omitempty"`  // who makes it
	Licence      string            `json:"licence,omitempty"`
	Parts        map[string]string `json:"parts,omitempty"` // how open weights, code, data and licence are; docs/lexicon.md
	Open         *bool             `json:"open,omitempty"`
	Endpoint     string            `json:"endpoint,omitempty"` // host that answers: "api.openai.com"
	Hosting      string            `json:"hosting,omitempty" jsonschema:"enum=self,enum=cloud,enum=service"`
	Provider     string            `json:"provider,omitempty"`   // of the endpoint
	Gateway      string            `json:"gateway,omitempty"`    // id of the component that stands between: "litellm"
	UsedBy       []string          `json:"used_by,omitempty"`    // ids of components
	Configured   bool              `json:"configured"`           // its name stands in a setting, not in code
	Assumed      bool              `json:"assumed,omitempty"`    // nothing but the default of a variable names it
	AnyServer    bool              `json:"any_server,omitempty"` // who answers is a setting, over an API that many servers speak
	Alternatives []Alternative     `json:"alternatives,omitempty"`
	Evidence     []Evidence        `json:"evidence"`
}

// A Package is a dependency that a manifest or a bill of materials lists.
type Package struct {
	Name      string      `json:"name"`
	Version   string      `json:"version,omitempty"`
	PURL      string      `json:"purl,omitempty"`      // without version: "pkg:npm/openai"
	Ecosystem string      `json:"ecosystem,omitempty"` // "npm", "golang", "maven", "pypi", …
	Licences  []LicenceID `json:"licences"`            // as the file declares them
	Direct    bool        `json:"direct"`              // named by the project itself
	Replaced  string      `json:"replaced,omitempty"`  // what the project takes in its place: another package, a folder
	Component string      `json:"component,omitempty"` // id of the component that it is part of
	Term      string      `json:"term,omitempty"`      // of what it binds to: the SDK of a cloud service, a database's driver
	Evidence  Evidence    `json:"evidence"`
}

// A Resource is what infrastructure as code creates.
type Resource struct {
	ID        string   `json:"id"`   // address: "module.db.aws_db_instance.main"
	Type      string   `json:"type"` // "aws_db_instance"; of Kubernetes its kind
	Name      string   `json:"name,omitempty"`
	Provider  string   `json:"provider,omitempty"` // "aws", "azurerm", "kubernetes"
	Region    string   `json:"region,omitempty"`
	Term      string   `json:"term,omitempty"`    // of the service in the catalogue
	Service   string   `json:"service,omitempty"` // the catalogue's name for it
	Component string   `json:"component,omitempty"`
	Evidence  Evidence `json:"evidence"`
}

// An Environment is one in which the solution runs: "Live", "staging".
type Environment struct {
	Name     string     `json:"name"` // as its first file writes it
	Evidence []Evidence `json:"evidence"`
}

// A Setting is an environment variable, argument or value that a file gives a
// component. It is read for hosts, protocols and names of models and kept nowhere else:
// settings hold secrets.
type Setting struct {
	Component string // id, as the reader gave it
	Name      string
	Value     string
	Default   bool     // of a variable: whoever starts the solution may set another one
	Evidence  Evidence // without quote
}

// Empty says whether the files said nothing.
func (a Architecture) Empty() bool {
	return len(a.Components)+len(a.Interfaces)+len(a.Models)+len(a.Packages)+len(a.Resources)+len(a.Settings)+len(a.Environments) == 0
}

// Clone returns a copy that shares nothing that can be changed.
func (a Architecture) Clone() Architecture {
	return Architecture{
		Components: cloneAll(a.Components, Component.Clone), Interfaces: cloneAll(a.Interfaces, Interface.Clone), Models: cloneAll(a.Models, Model.Clone),
		Packages: cloneAll(a.Packages, Package.Clone), Resources: slices.Clone(a.Resources), Settings: slices.Clone(a.Settings),
		Environments: cloneAll(a.Environments, Environment.Clone),
	}
}

func cloneAll[T any](list []T, clone func(T) T) []T {
	copied := make([]T, len(list))
	for i, item := range list {
		copied[i] = clone(item)
	}
	return copied
}

// Clone returns a copy that shares nothing that can be changed.
func (c Component) Clone() Component {
	c.Open, c.Function, c.Alternatives = copyOf(c.Open), maps.Clone(c.Function), slices.Clone(c.Alternatives)
	c.Exports, c.Tags, c.Sources, c.Evidence = slices.Clone(c.Exports), slices.Clone(c.Tags), slices.Clone(c.Sources), slices.Clone(c.Evidence)
	c.BuiltWith, c.Languages = slices.Clone(c.BuiltWith), slices.Clone(c.Languages)
	return c
}

// Clone returns a copy that shares nothing that can be changed.
func (e Environment) Clone() Environment {
	e.Evidence = slices.Clone(e.Evidence)
	return e
}

// Clone returns a copy that shares nothing that can be changed.
func (i Interface) Clone() Interface {
	i.Open, i.Specification = copyOf(i.Open), copyOf(i.Specification)
	i.Formats, i.Security, i.Evidence = slices.Clone(i.Formats), slices.Clone(i.Security), slices.Clone(i.Evidence)
	return i
}

// Clone returns a copy that shares nothing that can be changed.
func (m Model) Clone() Model {
	m.Parts, m.Open, m.UsedBy = maps.Clone(m.Parts), copyOf(m.Open), slices.Clone(m.UsedBy)
	m.Alternatives, m.Evidence = slices.Clone(m.Alternatives), slices.Clone(m.Evidence)
	return m
}

// Clone returns a copy that shares nothing that can be changed.
func (p Package) Clone() Package {
	p.Licences = slices.Clone(p.Licences)
	return p
}
