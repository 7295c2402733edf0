package austauschbar

import "slices"

// A Notice is what a machine-readable notice says of a procedure. Codes are those
// of its format; what it does not state is left out.
type Notice struct {
	Format      string `json:"format" jsonschema:"enum=eforms,enum=ted,enum=ocds"`
	Kind        string `json:"kind" jsonschema:"enum=consultation,enum=planning,enum=competition,enum=result,enum=modification,enum=other"`
	Subtype     string `json:"subtype,omitempty"` // eForms "16", TED "F02", OCDS the release's first tag
	ID          string `json:"id,omitempty"`
	Procedure   string `json:"procedure,omitempty"`      // code of the procedure's type: "open", "neg-w-call"
	Type        string `json:"procedure_name,omitempty"` // the same in English; left out for a code that we do not know
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	// Language is that of the texts: "de", "en", else as the notice names it.
	Language  string   `json:"language,omitempty"`
	Languages []string `json:"other_languages,omitempty"` // of texts that were not read, since another language came first
	Buyers    []string `json:"buyers,omitempty"`
	Country   string   `json:"country,omitempty"` // of the first buyer, as the notice writes it: "DEU", "DE"
	Nature    string   `json:"nature,omitempty"`  // "services", "supplies", "works"
	// LegalBasis are the codes of directive and national law: "32014L0024", "vgv".
	LegalBasis []string `json:"legal_basis,omitempty"`
	CPV        []string `json:"cpv,omitempty"`       // the main one first
	Published  *Day     `json:"published,omitempty"` // day of publication, else of dispatch
	Deadline   *Day     `json:"deadline,omitempty"`  // last day for tenders or requests to take part; the first of its lots
	Value      *Money   `json:"value,omitempty"`     // estimated, without VAT
	Lots       []Lot    `json:"lots,omitempty"`      // one without id where the procedure has none
	Winners    []Winner `json:"winners,omitempty"`
	Evidence   Evidence `json:"evidence"`
}

// A Lot is one lot of a notice.
type Lot struct {
	ID          string            `json:"id,omitempty"`
	Title       string            `json:"title,omitempty"`
	Description string            `json:"description,omitempty"`
	Nature      string            `json:"nature,omitempty"`
	CPV         []string          `json:"cpv,omitempty"`
	Deadline    *Day              `json:"deadline,omitempty"`
	Value       *Money            `json:"value,omitempty"`
	Term        *Term             `json:"term,omitempty"`
	Renewal     *Renewal          `json:"renewal,omitempty"`
	Options     string            `json:"options,omitempty"` // what they are, in the notice's words
	Criteria    []NoticeCriterion `json:"award_criteria,omitempty"`
	Framework   *Framework        `json:"framework,omitempty"`
	Variants    string            `json:"variants,omitempty"`   // "allowed", "not-allowed", "required"
	Innovation  []string          `json:"innovation,omitempty"` // codes of innovative acquisition
	Strategic   []string          `json:"strategic,omitempty"`  // codes of strategic procurement: "env-imp", "soc-obj"
	Evidence    Evidence          `json:"evidence"`
}

// Money is a sum of money.
type Money struct {
	Value    float64  `json:"value"`
	Currency string   `json:"currency"` // ISO 4217
	Evidence Evidence `json:"evidence"`
}

// A Day is a date that a notice states.
type Day struct {
	Value    string   `json:"value" jsonschema:"format=date"`
	Evidence Evidence `json:"evidence"`
}

// A Term is how long a contract runs: a length, its first and last day, or both.
type Term struct {
	Value     float64  `json:"value,omitempty"`
	Unit      string   `json:"unit,omitempty" jsonschema:"enum=day,enum=week,enum=month,enum=year"`
	Months    float64  `json:"months,omitempty"` // of the length, else from day to day; a started month counts
	Start     *Day     `json:"start,omitempty"`
	End       *Day     `json:"end,omitempty"`
	Unlimited bool     `json:"unlimited,omitempty"`
	Evidence  Evidence `json:"evidence"`
}

// A Renewal is how often and how a contract may be extended.
type Renewal struct {
	Maximum  int      `json:"maximum,omitempty"` // times; left out where none is stated
	Months   float64  `json:"months,omitempty"`  // of each
	Text     string   `json:"text,omitempty"`
	Evidence Evidence `json:"evidence"`
}

// A NoticeCriterion is an award criterion of a lot.
type NoticeCriterion struct {
	Type        string   `json:"type,omitempty" jsonschema:"enum=price,enum=cost,enum=quality"`
	Name        string   `json:"name,omitempty"`
	Description string   `json:"description,omitempty"`
	Weight      *float64 `json:"weight,omitempty"` // a rank where WeightKind is "order"
	WeightKind  string   `json:"weight_kind,omitempty" jsonschema:"enum=percent,enum=decimal,enum=points,enum=order"`
	Evidence    Evidence `json:"evidence"`
}

// A Framework is the framework agreement that a lot ends in.
type Framework struct {
	Kind         string `json:"kind"`                   // code: "fa-wo-rc" without, "fa-w-rc" with reopening of competition, "fa-mix"
	Participants int    `json:"participants,omitempty"` // at most; left out where none is stated
}

// A Winner is who was awarded a lot.
type Winner struct {
	Name  string `json:"name"`
	Lot   string `json:"lot,omitempty"`
	Value *Money `json:"value,omitempty"`
}

// Clone returns a copy that shares nothing that can be changed.
func (n Notice) Clone() Notice {
	n.Languages, n.Buyers = slices.Clone(n.Languages), slices.Clone(n.Buyers)
	n.LegalBasis, n.CPV = slices.Clone(n.LegalBasis), slices.Clone(n.CPV)
	n.Published, n.Deadline = copyOf(n.Published), copyOf(n.Deadline)
	n.Value, n.Lots, n.Winners = copyOf(n.Value), slices.Clone(n.Lots), slices.Clone(n.Winners)
	for i := range n.Lots {
		n.Lots[i] = n.Lots[i].clone()
	}
	for i := range n.Winners {
		n.Winners[i].Value = copyOf(n.Winners[i].Value)
	}
	return n
}

func (l Lot) clone() Lot {
	l.CPV, l.Innovation, l.Strategic = slices.Clone(l.CPV), slices.Clone(l.Innovation), slices.Clone(l.Strategic)
	l.Deadline, l.Value, l.Term, l.Renewal, l.Framework = copyOf(l.Deadline), copyOf(l.Value), copyOf(l.Term), copyOf(l.Renewal), copyOf(l.Framework)
	if l.Term != nil {
		l.Term.Start, l.Term.End = copyOf(l.Term.Start), copyOf(l.Term.End)
	}
	l.Criteria = slices.Clone(l.Criteria)
	for i := range l.Criteria {
		l.Criteria[i].Weight = copyOf(l.Criteria[i].Weight)
	}
	return l
}

// copyOf copies what a pointer leads to; nil stays nil.
func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
