package austauschbar

import "slices"

// A ContractTerm is how long a document says that a contract runs, its options
// added up. A document states several where they differ.
type ContractTerm struct {
	Path     string     `json:"path"`
	Part     string     `json:"part,omitempty" jsonschema:"enum=maintenance,enum=call_off,enum=licence,enum=operation,enum=trial"` // what alone runs so long; left out for the whole contract
	Lot      string     `json:"lot,omitempty"`                                                                                     // its number; left out where the term is that of all lots
	Base     float64    `json:"base,omitempty"`                                                                                    // months; left out where only options or the total are stated
	Options  []float64  `json:"options,omitempty"`                                                                                 // months of each, in their order
	Total    float64    `json:"total"`                                                                                             // months, options included
	Stated   bool       `json:"stated"`                                                                                            // the total is the document's own, not added up
	Firm     bool       `json:"firm"`                                                                                              // the words leave no doubt that the base is a contract's term
	Evidence []Evidence `json:"evidence"`                                                                                          // of the base, else of the total or the options, first
}

// A ContractTemplate is a set of published contract terms that a document names,
// such as one of the EVB-IT.
type ContractTemplate struct {
	ID         string      `json:"id"` // in the catalogue: "evb_it_erstellung"
	Name       string      `json:"name"`
	Version    string      `json:"version,omitempty"` // as the document states it: "2.1", "20.03.2026"
	TakenIn    bool        `json:"taken_in"`          // the document makes it part of the contract
	Clause     string      `json:"clause"`
	Evidence   Evidence    `json:"evidence"`
	Deviations []Deviation `json:"deviations"`
}

// A Deviation is a clause that sets a number of a template aside.
type Deviation struct {
	Number   string   `json:"number"` // of the template's clause: "17.2"
	Topics   []string `json:"topics"` // what the clause speaks of, ids of the lexicon
	Clause   string   `json:"clause"`
	Evidence Evidence `json:"evidence"`
}

// ContradictionKinds is the closed list of what documents are compared by.
var ContradictionKinds = []string{"contract_term", "extension", "award_weight", "award_sum", "interface_missing", "regime"}

// A Contradiction is what documents of one dossier tell differently.
type Contradiction struct {
	Kind  string `json:"kind" jsonschema:"enum=contract_term,enum=extension,enum=award_weight,enum=award_sum,enum=interface_missing,enum=regime"`
	About string `json:"about,omitempty"` // the award criterion or the interface, in the documents' words; the number of the lot
	Sides []Side `json:"sides"`           // two
}

// A Side is what one passage says.
type Side struct {
	Value    float64  `json:"value,omitempty"` // months of a term, per cent of a weight
	Name     string   `json:"name,omitempty"`  // "vgv"; left out where the side has a value or misses something
	Evidence Evidence `json:"evidence"`
}

// Clone returns a copy that shares nothing that can be changed.
func (c Contradiction) Clone() Contradiction {
	c.Sides = slices.Clone(c.Sides)
	return c
}

// Clone returns a copy that shares nothing that can be changed.
func (t ContractTerm) Clone() ContractTerm {
	t.Options, t.Evidence = slices.Clone(t.Options), slices.Clone(t.Evidence)
	return t
}

// Clone returns a copy that shares nothing that can be changed.
func (t ContractTemplate) Clone() ContractTemplate {
	deviations := make([]Deviation, len(t.Deviations))
	for i, deviation := range t.Deviations {
		deviation.Topics = slices.Clone(deviation.Topics)
		deviations[i] = deviation
	}
	t.Deviations = deviations
	return t
}
