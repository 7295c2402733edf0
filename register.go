package austauschbar

// A Register lists evaluated dossiers and described software with their openness and
// exchangeability, so that others can find and reuse them. It is made of reviews and
// publiccode.yml files.
type Register struct {
	Version int             `json:"version"` // of this document's shape
	Tool    Tool            `json:"tool"`
	Today   string          `json:"today,omitempty"` // the last day that an entry was judged at; left out where none was
	Entries []RegisterEntry `json:"entries"`         // by title, then path
}

// RegisterVersion is the version of the register's JSON shape.
const RegisterVersion = 1

// Software is the kind of an entry that a publiccode.yml describes; others have the
// dossier's kind.
const Software = "software"

// A RegisterEntry is a dossier, or software, or both where a review lies beside a
// publiccode.yml. What the files do not tell is left out.
type RegisterEntry struct {
	Kind   string `json:"kind" jsonschema:"enum=tender,enum=architecture,enum=both,enum=software"`
	Title  string `json:"title,omitempty"`  // at most 200 runes, as all texts here
	Path   string `json:"path,omitempty"`   // of the dossier, as its review says
	Source string `json:"source"`           // the file that tells it, from the folder that was named
	Report string `json:"report,omitempty"` // the review as a page, from the register's folder

	Regime    string     `json:"regime,omitempty"`
	Judged    string     `json:"judged,omitempty"` // the day the dossier was judged at
	Profile   string     `json:"profile,omitempty"`
	Policy    string     `json:"policy,omitempty"` // digest of the rules that judged
	Score     *float64   `json:"score,omitempty"`
	Level     string     `json:"level,omitempty"`
	Coverage  *float64   `json:"coverage,omitempty"`
	Gate      string     `json:"gate,omitempty" jsonschema:"enum=open,enum=closed"`
	Headlines []Headline `json:"headlines,omitempty"`

	Parts      *RegisterParts    `json:"parts,omitempty"`      // what the solution is made of
	Situations []string          `json:"situations,omitempty"` // ids of the cases of AI that the dossier is
	Models     []RegisterModel   `json:"models,omitempty"`     // AI models that the solution uses
	Software   *RegisterSoftware `json:"software,omitempty"`
	Notice     *BatchNotice      `json:"notice,omitempty"`
}

// AI says whether the files tell of artificial intelligence.
func (e RegisterEntry) AI() bool { return len(e.Situations)+len(e.Models) > 0 }

// RegisterParts counts the components of a solution.
type RegisterParts struct {
	Count   int `json:"count"`
	Open    int `json:"open"`    // open source
	Unknown int `json:"unknown"` // nobody can tell
}

// A RegisterModel is an AI model that a solution uses.
type RegisterModel struct {
	Name    string `json:"name"`
	Licence string `json:"licence,omitempty"`
	Open    string `json:"open" jsonschema:"enum=yes,enum=no,enum=unknown"`
}

// RegisterSoftware is what a publiccode.yml says.
type RegisterSoftware struct {
	URL         string   `json:"url,omitempty"`
	Version     string   `json:"version,omitempty"`
	Status      string   `json:"status,omitempty"` // of development
	Type        string   `json:"type,omitempty"`
	Licence     string   `json:"licence,omitempty"` // SPDX expression
	OpenSource  bool     `json:"open_source"`       // the Open Source Initiative approved each of its licences
	Categories  []string `json:"categories,omitempty"`
	UsedBy      []string `json:"used_by,omitempty"`
	Open        []string `json:"depends_on_open,omitempty"`        // names of what it needs
	Proprietary []string `json:"depends_on_proprietary,omitempty"` // likewise
}
