package austauschbar

// A LockInMap tells of each component of the solution what holds it, and how one gets
// away from it. It judges components, not who runs them; docs/lock-in-map.md has the
// rules.
type LockInMap struct {
	Components []MapComponent `json:"components"` // own ones, the riskiest first
	Others     []MapSystem    `json:"others"`     // systems of others that they talk to; by id
	Ways       []MapWay       `json:"ways"`       // what talks to what, one for each pair and protocol
	Secured    []MapExit      `json:"secured"`    // what the documents say for the solution as a whole
}

// Efforts of a switch, the riskiest first; where nothing tells, it is unknown.
const (
	EffortHigh    = "high"
	EffortMedium  = "medium"
	EffortUnknown = "unknown"
	EffortLow     = "low"
)

// A MapComponent is a component with what holds it.
type MapComponent struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`              // see Component
	Product string `json:"product,omitempty"` // left out where the catalogue does not know it
	// Names are those of all components of one product that the entry stands for, sorted;
	// left out where it is one.
	Names      []string `json:"names,omitempty"`
	Technology string   `json:"technology,omitempty"` // of what is built for the solution, as written
	Owner      string   `json:"owner,omitempty"`      // "own" of what is built for the solution, else who sells or governs it; left out where unknown
	Licence    string   `json:"licence,omitempty"`
	Open       string   `json:"open" jsonschema:"enum=yes,enum=no,enum=unknown"` // open source
	Assumed    bool     `json:"assumed,omitempty"`                               // of a model: nothing but the default of a variable names it
	Hosting    string   `json:"hosting,omitempty" jsonschema:"enum=self,enum=cloud,enum=service"`
	Provider   string   `json:"provider,omitempty"`

	Interfaces  []MapInterface `json:"interfaces"`  // that it offers
	HoldsData   bool           `json:"holds_data"`  // by what it is
	DataOut     []MapDataOut   `json:"data_out"`    // how data leave it as a whole; empty for none known
	Substitutes []Alternative  `json:"substitutes"` // known to the catalogue, the open ones first
	Exits       []MapExit      `json:"exits"`       // what secures the way out of this one
	Effort      string         `json:"effort" jsonschema:"enum=low,enum=medium,enum=high,enum=unknown"`
	Reason      string         `json:"reason"` // of the effort: a code, see docs/lock-in-map.md
	Gaps        []MapGap       `json:"gaps"`
	Evidence    []Evidence     `json:"evidence"` // the first places that name it
}

// A MapInterface is what a component offers.
type MapInterface struct {
	ID        string `json:"id"`
	Standard  string `json:"standard,omitempty"` // the catalogue's name, else the protocol as written; left out where no file tells
	Open      string `json:"open" jsonschema:"enum=yes,enum=no,enum=unknown"`
	Owner     string `json:"owner,omitempty"` // who defines it
	Specified bool   `json:"specified"`       // a file describes it for programs
}

// A MapDataOut is a way for data to leave a component.
type MapDataOut struct {
	Way   string   `json:"way" jsonschema:"enum=protocol,enum=format,enum=interface,enum=product"` // product: by an export of its own
	Names []string `json:"names"`                                                                  // of protocols, formats or interfaces; sorted
}

// A MapExit secures the way out.
type MapExit struct {
	Kind     string    `json:"kind" jsonschema:"enum=clause,enum=rehearsal,enum=adapter,enum=protocol,enum=export"`
	Topic    string    `json:"topic,omitempty"` // of the lexicon, where a document says it
	Evidence *Evidence `json:"evidence,omitempty"`
}

// A MapGap is what is not there to secure the way out.
type MapGap struct {
	Code      string `json:"code" jsonschema:"enum=no_substitute,enum=no_specification,enum=proprietary_protocol,enum=no_exit,enum=unknown_product"`
	Criterion string `json:"criterion"` // that it belongs to
}

// A MapSystem is somebody else's system that the solution talks to.
type MapSystem struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Product   string   `json:"product,omitempty"`
	Standards []string `json:"standards,omitempty"` // over which they talk, as far as files tell; sorted
}

// A MapWay leads from one component or system to another.
type MapWay struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Standard string `json:"standard,omitempty"`
	Open     string `json:"open" jsonschema:"enum=yes,enum=no,enum=unknown"`
}

// An Agreement holds a tender against the architecture beside it. It is not scored.
type Agreement struct {
	Rows []AgreementRow `json:"rows"` // what is asked for and missing first
}

// AgreementStates lists what a row can be, in the order of every output.
var AgreementStates = []string{"missing_in_architecture", "differs", "open", "missing_in_tender", "agrees"}

// An AgreementRow is something that one side asks for or shows.
type AgreementRow struct {
	Subject      string     `json:"subject" jsonschema:"enum=interface,enum=standard,enum=format,enum=product,enum=export,enum=exit,enum=hosting,enum=identity,enum=sbom,enum=specification"`
	Name         string     `json:"name,omitempty"` // of the system, standard, format or product
	State        string     `json:"state" jsonschema:"enum=missing_in_architecture,enum=differs,enum=open,enum=missing_in_tender,enum=agrees"`
	Shown        []string   `json:"shown"`        // what the architecture has in the name's place, or what shows it
	Tender       []Evidence `json:"tender"`       // the first places
	Architecture []Evidence `json:"architecture"` // the first places
}
