package austauschbar

import (
	"maps"
	"slices"
)

// Facts are what the evaluator found in a dossier and the policies see as input.
// They hold no opinion. Lists that criteria look up are grouped by topic or
// kind, every key of the lexicon being present, so that a policy never scans.
type Facts struct {
	Dossier        DossierFacts          `json:"dossier"`
	Today          string                `json:"today" jsonschema:"format=date"` // day of judging; policies have no clock
	Documents      []DocumentFact        `json:"documents"`
	Gaps           []Gap                 `json:"gaps"`
	Clauses        map[string]Clause     `json:"clauses"`  // by id: the passages in which something was recognised
	Topics         map[string][]TopicHit `json:"topics"`   // by topic id of the lexicon
	Mentions       map[string][]Mention  `json:"mentions"` // by kind, see MentionKinds
	Durations      []Duration            `json:"durations"`
	Amounts        []Amount              `json:"amounts"`
	Percentages    []Percentage          `json:"percentages"`
	Dates          []Date                `json:"dates"`
	AwardCriteria  []AwardCriterion      `json:"award_criteria"`
	Terms          []ContractTerm        `json:"terms"`          // how long contracts run, by document
	Templates      []ContractTemplate    `json:"templates"`      // published contract terms that documents name
	Attachments    []Attachment          `json:"attachments"`    // papers that documents name, in the order of documents
	Contradictions []Contradiction       `json:"contradictions"` // what documents tell differently
	Notice         []Notice              `json:"notice"`         // of eForms and OCDS files, in their order
	Waivers        []WaiverRecord        `json:"waivers"`        // of waivers.yaml, in its order
	Repositories   []Repository          `json:"repositories"`   // each described by a publiccode.yml, in the order of paths
	Components     []Component           `json:"components"`     // what runs, joined from all architecture files; by id
	Interfaces     []Interface           `json:"interfaces"`     // what they offer, and what talks to what; by id
	Models         []Model               `json:"models"`         // AI models; by id
	Packages       []Package             `json:"packages"`       // dependencies, by document in its order
	Resources      []Resource            `json:"resources"`      // of infrastructure as code, by document in its order
	Environments   []Environment         `json:"environments"`   // in which the solution runs, by document in its order
}

// DossierFacts are the manifest's values, each with how it is known. A value
// that is neither declared nor to be inferred is left out.
type DossierFacts struct {
	Title        *Known[string]   `json:"title,omitempty"`
	Kind         *Known[string]   `json:"kind,omitempty"`
	Regime       *Known[string]   `json:"regime,omitempty"`
	Stage        *Known[string]   `json:"stage,omitempty"`
	Phase        *Known[string]   `json:"phase,omitempty"`
	ServiceModel *Known[string]   `json:"service_model,omitempty"`
	Operator     *Known[string]   `json:"operator,omitempty"` // "buyer" or "supplier"
	Order        *Known[string]   `json:"order,omitempty"`    // "own_software": work on software whose code the buyer has; "hardware"; "licences": bought or renewed; "licence_grant": a licence for good or free of charge, and no service; "standard_software": only the terms on which it is sold or let were read; "software_upkeep": only those on which it is maintained; "resale": of a provider's services; "charter": of a committee, none at all; "awarded": the contractor is chosen already
	Form         *Known[string]   `json:"form,omitempty"`     // what needs no server of its own: "editor_extension", "embedded_software", "command_line", "library", "static_site", "mobile_app"; or "local_program": on its users' own machines, "stateless", "prototype", "blank": still to be filled in
	Award        *Known[bool]     `json:"award,omitempty"`    // whether the documents are those of an award; left out where that is open
	Federal      *Known[bool]     `json:"federal,omitempty"`
	AI           *Known[bool]     `json:"ai,omitempty"`
	Complete     *Known[bool]     `json:"complete,omitempty"`
	Language     *Known[string]   `json:"language,omitempty"`
	Started      *Known[string]   `json:"started,omitempty"`
	Contract     *Known[Contract] `json:"contract,omitempty"`
	Budget       *Known[Budget]   `json:"budget,omitempty"`
}

// Known is a value and how it is known: "declared" in the manifest or
// "inferred" from the documents.
type Known[T any] struct {
	Value    T          `json:"value"`
	Source   string     `json:"source" jsonschema:"enum=declared,enum=inferred"`
	Evidence []Evidence `json:"evidence,omitempty"` // what told the kind of deal; left out where silence did
}

// DocumentFact describes one document that was read.
type DocumentFact struct {
	Path     string `json:"path"`
	Format   string `json:"format"`                                                                // "docx", "pdf", …
	Role     string `json:"role"`                                                                  // see DocumentRoles
	Source   string `json:"source" jsonschema:"enum=declared,enum=inferred"`                       // how the role is known
	Language string `json:"language,omitempty"`                                                    // "de", "en"; left out where neither prevails
	Regime   string `json:"regime,omitempty" jsonschema:"enum=vgv,enum=uvgo,enum=vob,enum=sektvo"` // the procurement law that the document names; left out where it names none or several
	Pages    int    `json:"pages,omitempty"`                                                       // left out where the format has none
	Clauses  int    `json:"clauses"`                                                               // all clauses read, not only those in Facts.Clauses
	General  bool   `json:"general,omitempty"`                                                     // terms that go into many contracts; what sets these apart, such as how long they run, stands in them
	// Licence says that its parties are licensor and licensee, and called nothing else.
	Licence bool `json:"licence,omitempty"`
	// Evidence is what in the text told the role; left out where its name or title did.
	Evidence []Evidence `json:"evidence,omitempty"`
}

// An Attachment is a paper that a document names by its number ("Anlage 3") or by what
// it is ("Bewertungsmatrix").
type Attachment struct {
	Name     string   `json:"name"`            // as the document writes it
	About    string   `json:"about,omitempty"` // role of the paper by its title, see DocumentRoles; left out where nothing tells it
	Present  bool     `json:"present"`         // among the documents, as a file or as a section of one
	Evidence Evidence `json:"evidence"`
}

// Evidence says where in a dossier a fact stands, so that anyone can look.
type Evidence struct {
	Path      string `json:"path"`                // slash-separated, from the dossier's root
	Page      int    `json:"page,omitempty"`      // 1-based
	Section   string `json:"section,omitempty"`   // number and title of the innermost heading: "3.2.1 Datenexport"
	Line      int    `json:"line,omitempty"`      // 1-based; left out where the format has no lines
	Column    int    `json:"column,omitempty"`    // 1-based, in runes of the line
	Paragraph int    `json:"paragraph,omitempty"` // 1-based; for formats with neither pages nor lines
	Cell      string `json:"cell,omitempty"`      // "Lose!C7"; the sheet's name is left out of Word and Markdown tables
	Place     string `json:"place,omitempty"`     // the same as one readable string
	Quote     string `json:"quote,omitempty"`     // unchanged; at most 300 runes
	Cut       bool   `json:"cut,omitempty"`       // the quote is but a part of its sentence or cell
}

// A Clause is a sentence, list item or table cell in which something was
// recognised.
type Clause struct {
	Evidence Evidence `json:"evidence"`
	Text     string   `json:"text"`               // the whole clause; of a table row, its cells joined by " | "
	Language string   `json:"language,omitempty"` // "de" or "en"
	Modality string   `json:"modality" jsonschema:"enum=must,enum=should,enum=may,enum=none"`
	Negated  bool     `json:"negated"`
	Role     string   `json:"role" jsonschema:"enum=requirement,enum=existing_estate,enum=integration_target,enum=example,enum=citation,enum=question,enum=definition,enum=staff_skill,enum=procedure,enum=excluded"`
	Headings []string `json:"headings,omitempty"` // path, outermost first
	// Statement is shared by the clauses that say one thing together: those of a row, an
	// item and what is listed under it, a sentence and those that go on from it. Left out
	// where the clause stands alone.
	Statement string `json:"statement,omitempty"`
}

// A TopicHit is a clause that speaks of a topic of the lexicon.
type TopicHit struct {
	Clause   string   `json:"clause"` // id
	Polarity string   `json:"polarity" jsonschema:"enum=met,enum=weak,enum=risk"`
	Kind     string   `json:"kind"` // of the label vocabulary
	Modality string   `json:"modality" jsonschema:"enum=must,enum=should,enum=may,enum=none"`
	Optional bool     `json:"optional,omitempty"`                                                                                                                                                                     // left to the supplier ("Der Auftragnehmer kann …") or marked as optional; then the polarity is never "met"
	Hedge    string   `json:"hedge,omitempty"`                                                                                                                                                                        // the words that alone make it weak: "grundsätzlich", "where feasible"
	Role     string   `json:"role" jsonschema:"enum=requirement,enum=existing_estate,enum=integration_target,enum=example,enum=citation,enum=question,enum=definition,enum=staff_skill,enum=procedure,enum=excluded"` // excluded: left for later, or taken out elsewhere in the document
	Evidence Evidence `json:"evidence"`
}

// A Mention is the name of a product, standard or the like in a clause.
type Mention struct {
	Term       string   `json:"term"` // id in the catalogue; "" for a system that it does not know
	Name       string   `json:"name"` // the catalogue's name for it, else as the document writes it
	Clause     string   `json:"clause"`
	Equivalent bool     `json:"equivalent"`       // "or equivalent" in its scope
	Yardstick  bool     `json:"yardstick"`        // the scope says what makes another one equivalent
	OneOf      bool     `json:"one_of,omitempty"` // the clause joins it to other names by "or"
	Open       bool     `json:"open"`             // standards, formats, protocols, licences: openly specified or approved; products: open source
	Tags       []string `json:"tags,omitempty"`   // of the catalogue: "database", "identity", …
	Role       string   `json:"role" jsonschema:"enum=requirement,enum=existing_estate,enum=integration_target,enum=example,enum=citation,enum=question,enum=definition,enum=staff_skill,enum=procedure,enum=excluded"`
	Modality   string   `json:"modality" jsonschema:"enum=must,enum=should,enum=may,enum=none"`
	Negated    bool     `json:"negated"`
	Evidence   Evidence `json:"evidence"`
	// Function is what the thing is for, by language, where the catalogue says it.
	Function map[string]string `json:"function,omitempty"`
	// Frame is the quote cut at the name; left out where no words can be put there.
	Frame *Frame `json:"frame,omitempty"`
}

// Clone returns a copy that shares nothing that can be changed.
func (m Mention) Clone() Mention {
	m.Tags, m.Function = slices.Clone(m.Tags), maps.Clone(m.Function)
	if m.Frame != nil {
		m.Frame = new(*m.Frame)
	}
	return m
}

// A Frame is a quote, cut at a name in it.
type Frame struct {
	Before string `json:"before"`
	Name   string `json:"name"` // as it stands there, with its version
	After  string `json:"after"`
	Bare   bool   `json:"bare"` // neither article nor adjective belongs to the name: other words fit in its place
}

// MentionKinds is the closed list of what the catalogue names.
var MentionKinds = []string{"product", "vendor", "standard", "format", "protocol", "licence", "cloud_service", "ai_model", "certificate", "law"}

// A Duration is a length of time: "48 Monate", "three years".
type Duration struct {
	Value    float64  `json:"value"`
	Unit     string   `json:"unit" jsonschema:"enum=day,enum=week,enum=month,enum=year"`
	Months   float64  `json:"months"`                                         // value in months; a month has 30 days
	Count    int      `json:"count"`                                          // 2 in "2 x 12 Monate", else 1
	About    string   `json:"about,omitempty"`                                // subject of the lexicon: "contract_term", "extension", "notice", …
	Limit    string   `json:"limit,omitempty" jsonschema:"enum=max,enum=min"` // "höchstens", "mindestens"
	Clause   string   `json:"clause"`
	Evidence Evidence `json:"evidence"`
}

// An Amount is a sum of money.
type Amount struct {
	Value    float64  `json:"value"`
	Currency string   `json:"currency"` // ISO 4217
	About    string   `json:"about,omitempty"`
	Clause   string   `json:"clause"`
	Evidence Evidence `json:"evidence"`
}

// A Percentage is a share: 15 for "15 %".
type Percentage struct {
	Value    float64  `json:"value"`
	About    string   `json:"about,omitempty"`
	Clause   string   `json:"clause"`
	Evidence Evidence `json:"evidence"`
}

// A Date is a day.
type Date struct {
	Value    string   `json:"value" jsonschema:"format=date"`
	About    string   `json:"about,omitempty"`
	Clause   string   `json:"clause"`
	Evidence Evidence `json:"evidence"`
}

// An AwardCriterion is one of the dossier's own criteria for choosing a tender.
type AwardCriterion struct {
	Name     string   `json:"name"`
	Weight   *float64 `json:"weight,omitempty"` // per cent or points; left out where none is stated
	Scale    string   `json:"scale,omitempty"`  // "0-10"
	Evidence Evidence `json:"evidence"`
}

// Clone returns a copy that shares nothing that can be changed.
func (c AwardCriterion) Clone() AwardCriterion {
	if c.Weight != nil {
		c.Weight = new(*c.Weight)
	}
	return c
}
