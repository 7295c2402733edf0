package austauschbar

// A Situation is one of the cases in which public bodies choose AI, and whether a
// dossier is one of them. It tells what then matters, and has no say in the score.
type Situation struct {
	ID       string     `json:"id" jsonschema:"enum=poc,enum=cloud,enum=protection,enum=data,enum=readiness"`
	Applies  string     `json:"applies" jsonschema:"enum=yes,enum=no,enum=open"` // open: the documents do not tell
	Evidence []Evidence `json:"evidence"`                                        // what tells it; none where silence or the manifest does
	Matters  []Matter   `json:"matters"`                                         // none where the case does not apply
}

// A Matter is a criterion that a situation makes important.
type Matter struct {
	Criterion string `json:"criterion"`
	Rating    string `json:"rating" jsonschema:"enum=met,enum=partly,enum=not_met,enum=not_evidenced"`
	Code      string `json:"code"` // of the words that say why it matters
}
