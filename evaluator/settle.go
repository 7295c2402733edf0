package evaluator

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// settleNames keeps everyday words whose product the document names in full
// somewhere. That it names the vendor would not do: one "Microsoft" would make
// products of every "Access" and "Teams". A certificate must be told from its
// programme wherever it stands.
func (w *walk) settleNames() {
	tools := w.toolsNamed()
	for _, u := range w.settle {
		entry := w.lexicon.Entries[u.entry]
		if entry.Kind != "certificate" && (w.known[u.entry] || u.alone && isTool(entry) && tools >= fewTools) {
			w.found.clauses[u.mention.Clause] = u.clause
			w.found.mentions[entry.Kind] = append(w.found.mentions[entry.Kind], u.mention)
		}
	}
}

// fewTools is how many tools a document names before a word that stands alone is taken
// for one more. Documents list them with little beside them that tells what they are:
// "Husky: Pre-commit hooks".
const fewTools = 2

// isTool says whether software is made with something.
func isTool(entry lexicon.Entry) bool {
	return hasAny(entry.Tags, "framework", "dev_tool", "language", "automation", "container")
}

// toolsNamed counts the tools that the document names without doubt.
func (w *walk) toolsNamed() (count int) {
	for id := range w.known {
		if isTool(w.lexicon.Entries[id]) {
			count++
		}
	}
	return count
}

// besideName matches what may stand beside a name that stands alone: its version, brackets,
// and, behind a colon, what it is for.
var besideName = regexp.MustCompile(`^(?:$|[ :(,–-]*(?:\d|v\d|\()|:| [–-] )`)

// standsAlone says whether a name is all that its sentence or cell names.
func standsAlone(source clauseSource, name lexicon.Hit) bool {
	text, start, end := source.text, name.Start, name.End
	if len(source.cells) > 0 {
		cell, at := cellAt(source.cells, source.text, start, end)
		text, start, end = cell.Text, start-at, end-at
	}
	return start == 0 && end <= len(text) && besideName.MatchString(strings.TrimSpace(text[end:]))
}

// inColumnOfNames says whether a name stands alone in a column that holds names of products.
func inColumnOfNames(source clauseSource, name lexicon.Hit) bool {
	if len(source.cells) == 0 || !standsAlone(source, name) {
		return false
	}
	cell, _ := cellAt(source.cells, source.text, name.Start, name.End)
	return holdsNames(cell)
}

// holdsNames says whether a cell is one of a column of names, and short enough for one.
func holdsNames(cell austauschbar.Cell) bool {
	return len(cell.Header) <= longestHeader && len(cell.Text) <= longestName && madeHeader.MatchString(strings.TrimSpace(cell.Header))
}
