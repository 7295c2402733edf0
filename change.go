package austauschbar

// A Change is what a review is asked for: a pull request, a merge request, or a
// folder on somebody's own machine.
type Change struct {
	Forge      string // "local", "github", …
	Instance   string // address of the forge where the server knows several; "" else
	Repository string // "owner/name"; the folder or file for the local forge
	Number     int    // of the pull or merge request; 0 for the local forge
	Base       string // commit the change is compared with; "" for none
	Head       string // commit that is reviewed; "" for the local forge
	Author     string // account name; "" where the forge tells none
}
