package austauschbar

// A Repository is what a publiccode.yml says of the software it lies beside. What
// the file does not say is left out.
type Repository struct {
	Version           string                  `json:"version,omitempty"` // of publiccode.yml itself: "0.4"
	Name              string                  `json:"name,omitempty"`
	URL               string                  `json:"url,omitempty"`
	Licence           *DeclaredLicence        `json:"licence,omitempty"`
	Owner             string                  `json:"owner,omitempty"` // of the copyright, as written: "Beispiel GmbH"
	SoftwareVersion   string                  `json:"software_version,omitempty"`
	ReleaseDate       string                  `json:"release_date,omitempty"` // as written: "2026-09-01"
	DevelopmentStatus string                  `json:"development_status,omitempty"`
	SoftwareType      string                  `json:"software_type,omitempty"`
	Platforms         []string                `json:"platforms"`
	Categories        []string                `json:"categories"`
	UsedBy            []string                `json:"used_by"`
	Descriptions      []RepositoryDescription `json:"descriptions"` // in the order of languages
	Maintenance       RepositoryMaintenance   `json:"maintenance"`
	Localisation      RepositoryLocalisation  `json:"localisation"`
	DependsOn         RepositoryDependsOn     `json:"depends_on"`
	Lines             map[string]int          `json:"lines"` // 1-based, by key as the file names it: "legal.license"
	Evidence          Evidence                `json:"evidence"`
}

// A DeclaredLicence is an SPDX expression and the licences it names.
type DeclaredLicence struct {
	Expression string      `json:"expression"` // "EUPL-1.2 OR MIT"
	Licences   []LicenceID `json:"licences"`   // in its order, without exceptions
	Evidence   Evidence    `json:"evidence"`
}

// A LicenceID is the name of a licence and what the SPDX list knows of it.
type LicenceID struct {
	ID    string `json:"id"`
	Known bool   `json:"known"` // stands in the SPDX list
	OSI   bool   `json:"osi"`   // the SPDX list says that the Open Source Initiative approved it
}

// A RepositoryDescription describes the software in one language. Lengths are in
// characters, blanks at both ends left out.
type RepositoryDescription struct {
	Language string `json:"language"` // BCP 47: "de"
	Short    int    `json:"short"`
	Long     int    `json:"long"`
	Features int    `json:"features"`
}

// RepositoryMaintenance says who keeps the software.
type RepositoryMaintenance struct {
	Type        string       `json:"type,omitempty"` // "internal", "contract", "community", "none"
	Contractors []Contractor `json:"contractors"`
	Contacts    []Contact    `json:"contacts"`
}

// A Contractor maintains software under a contract.
type Contractor struct {
	Name  string `json:"name,omitempty"`
	Until string `json:"until,omitempty"` // as written: "2027-12-31"
}

// A Contact is a person to turn to. Addresses stay in the file.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Email bool   `json:"email"` // whether an address is given
}

// RepositoryLocalisation says which languages the software speaks.
type RepositoryLocalisation struct {
	Ready     *bool    `json:"ready,omitempty"`
	Languages []string `json:"languages"`
}

// RepositoryDependsOn lists what must be there for the software to run.
type RepositoryDependsOn struct {
	Open        []Dependency `json:"open"`
	Proprietary []Dependency `json:"proprietary"`
	Hardware    []Dependency `json:"hardware"`
}

// A Dependency is software or hardware that other software needs.
type Dependency struct {
	Name     string   `json:"name,omitempty"`
	Version  string   `json:"version,omitempty"`
	Least    string   `json:"least,omitempty"` // lowest version
	Most     string   `json:"most,omitempty"`  // highest version
	Optional bool     `json:"optional"`
	Evidence Evidence `json:"evidence"`
}

// A Checkout is what lies in a repository's folder and what Git tells of it: the
// facts of a check, which policies see as input.
type Checkout struct {
	Today      string        `json:"today"` // day of judging
	Files      []string      `json:"files"` // at the root, and in .github, .gitlab and docs; sorted
	PublicCode *Repository   `json:"publiccode,omitempty"`
	Unreadable *Unreadable   `json:"unreadable,omitempty"` // why a publiccode.yml could not be read
	Licences   []LicenceFile `json:"licences"`             // in the order of paths
	ReadMe     *ReadMe       `json:"readme,omitempty"`
	Secrets    []Secret      `json:"secrets"`           // in the order of paths and lines
	History    *History      `json:"history,omitempty"` // left out where Git tells nothing
	Gaps       []Gap         `json:"gaps"`
}

// Unreadable says where and why a file could not be read.
type Unreadable struct {
	Path   string `json:"path"`
	Detail string `json:"detail"` // in English: "line 3: did not find expected key"
}

// A LicenceFile is a licence's text in a repository.
type LicenceFile struct {
	Path     string      `json:"path"`
	Root     bool        `json:"root"`            // in the root folder; else in LICENSES
	Named    *LicenceID  `json:"named,omitempty"` // by its file's name in LICENSES: "LICENSES/MIT.txt"
	Licences []LicenceID `json:"licences"`        // recognised by the text
	Percent  float64     `json:"percent"`         // of the text that belongs to them
}

// A ReadMe is the file that explains a repository.
type ReadMe struct {
	Path     string          `json:"path"`
	Passages []ReadMePassage `json:"passages"`
}

// A ReadMePassage is a heading, paragraph or list item.
type ReadMePassage struct {
	Kind string `json:"kind"`
	Text string `json:"text"` // at most 300 runes
	Line int    `json:"line,omitempty"`
}

// A Secret is what looks like one. What it says is not handed on.
type Secret struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"` // left out where the file as a whole is meant
	Kind string `json:"kind" jsonschema:"enum=dotenv,enum=key_file,enum=private_key,enum=token"`
}

// A History is what Git tells of the last two years.
type History struct {
	Commits []Commit `json:"commits"` // the newest first
	Tags    []Tag    `json:"tags"`    // in the order of names
	Shallow bool     `json:"shallow"` // only a part of the history is here
}

// A Commit is a change of the repository. Who made it is known by number only.
type Commit struct {
	Day    string `json:"day"`
	Author int    `json:"author"` // counted from 1 in the order of commits
	Bot    bool   `json:"bot"`    // the author's name ends in "[bot]"
}

// A Tag marks a state of the repository, as releases do.
type Tag struct {
	Name string `json:"name"`
	Day  string `json:"day"`
}

// A RepositoryCheck is what the policies make of a checkout. It has no score.
type RepositoryCheck struct {
	Version    int         `json:"version"` // of this document's shape
	Tool       Tool        `json:"tool"`
	Path       string      `json:"path"`
	Name       string      `json:"name,omitempty"`
	Policy     CheckPolicy `json:"policy"`
	Missed     []string    `json:"missed"` // ids of conditions that are not met; advice and badges never count
	Badge      Badge       `json:"badge"`
	Conditions []Condition `json:"conditions"` // in the order of ids
	Gaps       []Gap       `json:"gaps"`
}

// RepositoryCheckVersion is the version of the check's JSON shape.
const RepositoryCheckVersion = 1

// CheckPolicy says which rules judged.
type CheckPolicy struct {
	Digest string `json:"digest"`
	Today  string `json:"today"`
}

// A Badge is the level of openCoDE's badge for maintenance that the evidence
// supports.
type Badge struct {
	Level    string   `json:"level" jsonschema:"enum=unknown,enum=none,enum=active,enum=reliable,enum=crisis_proof"`
	Provided []string `json:"provided"` // ids of what it needs besides and nobody could see here
}

// A Condition is one thing that openCoDE asks or that is good advice.
type Condition struct {
	ID         string             `json:"id"`
	Title      string             `json:"title"`
	Kind       string             `json:"kind" jsonschema:"enum=condition,enum=advice,enum=badge"`
	Basis      string             `json:"basis" jsonschema:"enum=published,enum=uncertain,enum=own"` // openCoDE says so; it does in part; we say so
	Rating     string             `json:"rating" jsonschema:"enum=met,enum=partly,enum=not_met,enum=not_evidenced"`
	Findings   []ConditionFinding `json:"findings"`
	References []Reference        `json:"references"`
}

// A ConditionFinding is one point with its place and remedy.
type ConditionFinding struct {
	Code     string         `json:"code"`
	Evidence *Evidence      `json:"evidence,omitempty"` // left out where something is missing
	Args     map[string]any `json:"args"`
	Message  string         `json:"message"`
	Remedy   string         `json:"remedy,omitempty"`
}
