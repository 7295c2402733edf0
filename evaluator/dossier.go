package evaluator

import (
	"cmp"
	"path"
	"slices"

	"github.com/austauschbar/austauschbar"
)

// dossierFacts gives the manifest's values and infers what it leaves out where
// the documents say it.
func (e *Evaluator) dossierFacts(declared austauschbar.Manifest, found []documentFacts, facts austauschbar.Facts) austauschbar.DossierFacts {
	notice := leading(facts.Notice)
	return austauschbar.DossierFacts{
		Title:        known(declared.Title, inferTitle(found)),
		Kind:         known(declared.Kind, inferKind(found)),
		Regime:       known(declared.Regime, cmp.Or(noticedRegime(notice), agreedRegime(found...))),
		Stage:        known(declared.Stage, noticedStage(notice)),
		Phase:        known(declared.Phase, ""),
		ServiceModel: known(declared.ServiceModel, ""),
		Operator:     known(declared.Operator, ""),
		Award:        knownPointer(declared.Award),
		Federal:      knownPointer(declared.Federal),
		AI:           knownPointer(declared.AI),
		Complete:     knownPointer(declared.Complete),
		Language:     known(declared.Language, inferLanguage(facts)),
		Started:      known(declared.Started, noticedStart(facts.Notice)),
		Contract:     knownOr(declared.Contract, noticedContract(notice)),
		Budget:       knownPointer(declared.Budget),
	}
}

// inferTitle takes the title of the specification, else of the first document
// that has one.
func inferTitle(found []documentFacts) string {
	title := ""
	for _, document := range found {
		if document.title != "" && document.document.Role == austauschbar.RoleSpecification {
			return document.title
		}
		if title == "" {
			title = document.title
		}
	}
	return title
}

// known prefers the declared value; nil where there is neither.
func known(declared, inferred string) *austauschbar.Known[string] {
	switch {
	case declared != "":
		return &austauschbar.Known[string]{Value: declared, Source: "declared"}
	case inferred != "":
		return &austauschbar.Known[string]{Value: inferred, Source: "inferred"}
	}
	return nil
}

// knownOr prefers the declared value; nil where there is neither.
func knownOr[T any](declared, inferred *T) *austauschbar.Known[T] {
	if declared == nil && inferred != nil {
		return &austauschbar.Known[T]{Value: *inferred, Source: "inferred"}
	}
	return knownPointer(declared)
}

func knownPointer[T any](declared *T) *austauschbar.Known[T] {
	if declared == nil {
		return nil
	}
	return &austauschbar.Known[T]{Value: *declared, Source: "declared"}
}

// inventories are formats that list software. They lie beside tenders and architectures
// alike.
var inventories = []string{"cyclonedx", "packages", "publiccode", "spdx"}

// accompanying are the roles of papers that lie beside architectures as well.
var accompanying = []string{austauschbar.RoleAnnex, austauschbar.RoleForm, austauschbar.RoleGuidance, austauschbar.RoleModule, austauschbar.RoleQuestion}

// inferKind tells tenders from architectures by what the documents are. Beside an
// architecture, an annex is a tender's only where it speaks of an award: a README does
// not.
func inferKind(found []documentFacts) string {
	tender, architecture, annexes, listed := false, false, false, false
	for _, document := range found {
		switch role := document.document.Role; {
		case !document.readable:
		case slices.Contains(inventories, document.document.Format):
			listed = true
		case role == austauschbar.RoleArchitecture:
			architecture = true
		case !slices.Contains(accompanying, role), document.speaksOfAnAward():
			tender = true
		default:
			annexes = true
		}
	}
	switch {
	case tender && architecture:
		return "both"
	case architecture:
		return "architecture"
	case tender, annexes:
		return "tender"
	case listed:
		return "architecture"
	}
	return ""
}

// speaksOfAnAward says whether a document tells of an award or of the parties to one.
func (f documentFacts) speaksOfAnAward() bool {
	_, steps := f.signals[awarded]
	_, parties := f.signals[partiesNamed]
	return steps || parties || len(f.awardCriteria) > 0
}

func inferLanguage(facts austauschbar.Facts) string {
	votes := map[string]int{}
	for _, document := range facts.Documents {
		if document.Language != "" {
			votes[document.Language] += document.Clauses
		}
	}
	return mostVotes(votes)
}

// mostVotes returns the key with the most votes; "" where there is none or a tie.
func mostVotes(votes map[string]int) string {
	best, most, tie := "", 0, false
	for key, count := range votes {
		switch {
		case count > most:
			best, most, tie = key, count, false
		case count == most:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// A role is what the manifest says that a document is.
type role struct {
	name     string
	declared bool // false where the manifest says nothing; the role is inferred then
}

func (r role) source() string {
	if r.declared {
		return "declared"
	}
	return "inferred"
}

// declaredRole is the role that a manifest gives a document, by path or glob.
func declaredRole(declared map[string]string, document string) role {
	if name, ok := declared[document]; ok {
		return role{name, true}
	}
	globs := make([]string, 0, len(declared))
	for glob := range declared {
		globs = append(globs, glob)
	}
	slices.Sort(globs)
	for _, glob := range globs {
		if matched, err := path.Match(glob, document); err == nil && matched {
			return role{declared[glob], true}
		}
	}
	return role{}
}
