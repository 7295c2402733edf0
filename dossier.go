package austauschbar

import "context"

// A Dossier is everything below one folder at one commit: the unit of a review.
type Dossier struct {
	Path      string // the folder as it was asked for
	Documents []Document
	Gaps      []Gap // what the forge could not fetch
}

// A Document is one file of a dossier. Its bytes are loaded when they are
// needed and not kept.
type Document struct {
	Path string // slash-separated, from the dossier's root
	Size int64  // bytes
	ID   string // names its bytes for good, as Git's blob id does; "" where nothing does
	Load func(context.Context) ([]byte, error)
}

// A Gap is a document, or a part of one, that could not be read. It is shown in
// the review, since an unread page may hold what seems to be missing.
type Gap struct {
	Path   string `json:"path"`
	Reason string `json:"reason"` // code of the templates: "encrypted", "damaged", "too_large", …
	Detail string `json:"detail,omitempty"`
}

// A Manifest is what a dossier says of itself in dossier.yaml. What it leaves
// out is inferred from the documents where they tell.
type Manifest struct {
	Title        string    `json:"title,omitempty" yaml:"title" jsonschema:"description=Title of the procedure as published"`
	Kind         string    `json:"kind,omitempty" yaml:"kind" jsonschema:"enum=tender,enum=architecture,enum=both,description=What the dossier describes"`
	Regime       string    `json:"regime,omitempty" yaml:"regime" jsonschema:"enum=vgv,enum=uvgo,enum=vob,enum=sektvo,enum=none,description=Procurement law that governs the procedure"`
	Stage        string    `json:"stage,omitempty" yaml:"stage" jsonschema:"enum=draft,enum=consultation,enum=published,enum=awarded,description=How far the procedure has come"`
	Phase        string    `json:"phase,omitempty" yaml:"phase" jsonschema:"enum=poc,enum=pilot,enum=production,description=What the solution is for"`
	ServiceModel string    `json:"service_model,omitempty" yaml:"service_model" jsonschema:"enum=saas,enum=paas,enum=iaas,enum=on-prem,enum=custom,enum=services,description=How the solution is delivered; services are work of people that leaves no software"`
	Operator     string    `json:"operator,omitempty" yaml:"operator" jsonschema:"enum=buyer,enum=supplier,description=Who operates the solution"`
	Award        *bool     `json:"award,omitempty" yaml:"award" jsonschema:"description=Whether a contract is to be awarded with these documents"`
	Federal      *bool     `json:"federal,omitempty" yaml:"federal" jsonschema:"description=Whether the contracting authority is a federal one"`
	AI           *bool     `json:"ai,omitempty" yaml:"ai" jsonschema:"description=Whether artificial intelligence is bought"`
	Complete     *bool     `json:"complete,omitempty" yaml:"complete" jsonschema:"description=Whether all documents of the procedure are in this folder; silence then counts as not met"`
	Language     string    `json:"language,omitempty" yaml:"language" jsonschema:"enum=de,enum=en,description=Main language of the documents"`
	Started      string    `json:"started,omitempty" yaml:"started" jsonschema:"format=date,description=Day on which the procedure began; decides which version of the law applies"`
	Contract     *Contract `json:"contract,omitempty" yaml:"contract" jsonschema:"description=Contract term"`
	Budget       *Budget   `json:"budget,omitempty" yaml:"budget" jsonschema:"description=Budget in euros without VAT"`
	// Roles maps a path or glob ("vertrag/*.pdf") to what the document is.
	Roles map[string]string `json:"roles,omitempty" yaml:"roles" jsonschema:"description=Path or glob of a document and its role"`
}

// Contract is the manifest's word about the term.
type Contract struct {
	Kind    string `json:"kind,omitempty" yaml:"kind" jsonschema:"enum=framework,enum=service,enum=purchase,description=Framework agreement; service with a term; one-off purchase"`
	Start   string `json:"start,omitempty" yaml:"start" jsonschema:"format=date,description=First day of the contract"`
	Months  int    `json:"months,omitempty" yaml:"months" jsonschema:"minimum=1,description=Fixed term in months without options"`
	Options []int  `json:"options,omitempty" yaml:"options" jsonschema:"description=Length of each option to extend in months"`
}

// Budget is the manifest's word about money, in euros without VAT.
type Budget struct {
	Total       float64 `json:"total,omitempty" yaml:"total" jsonschema:"minimum=0,description=Whole project"`
	Maintenance float64 `json:"maintenance,omitempty" yaml:"maintenance" jsonschema:"minimum=0,description=Maintenance\\, support and further development"`
	Technology  float64 `json:"technology,omitempty" yaml:"technology" jsonschema:"minimum=0,description=Technology"`
	OpenSource  float64 `json:"open_source,omitempty" yaml:"open_source" jsonschema:"minimum=0,description=Open source within technology"`
}

// Roles of documents, as a manifest may name them.
const (
	RoleSpecification = "specification"
	RoleContract      = "contract"
	RoleCriteria      = "criteria"
	RolePriceSheet    = "price_sheet"
	RoleNotice        = "notice"
	RoleArchitecture  = "architecture"
	RoleAnnex         = "annex"
	RoleForm          = "form"     // a template that is not filled in yet
	RoleGuidance      = "guidance" // speaks about procurements: checklists, guides, working papers, market exploration
	RoleModule        = "module"   // on one subject, meant to go into other papers
	RoleQuestion      = "question" // one question of a catalogue
)

// DocumentRoles is the closed list of roles, in the order of the schemas.
var DocumentRoles = []string{RoleSpecification, RoleContract, RoleCriteria, RolePriceSheet, RoleNotice, RoleArchitecture, RoleAnnex, RoleForm, RoleGuidance, RoleModule, RoleQuestion}
