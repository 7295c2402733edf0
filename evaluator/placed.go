package evaluator

import (
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// placed leaves out topics that a clause speaks of with words that mean something else
// where they stand: weights of traffic counts, a transition at the beginning.
func (w *walk) placed(source clauseSource, reading lexicon.Reading, topics []lexicon.TopicReading) []lexicon.TopicReading {
	return slices.DeleteFunc(topics, func(topic lexicon.TopicReading) bool {
		return !w.lexicon.Placed(topic.ID, func(cue string) bool { return w.spokenOf(source, reading, cue) })
	})
}

// spokenOf says whether the words of a cue stand in a clause, in the sentences before it
// in its passage, in the one that leads into its list, in what stands right above its
// table and in the rows before, or in a heading above.
func (w *walk) spokenOf(source clauseSource, reading lexicon.Reading, cue string) bool {
	if reading.Cues.Has(cue) || slices.Contains(w.before, cue) || slices.Contains(w.around, cue) || w.inList && w.leadIn.Cues.Has(cue) {
		return true
	}
	for _, cell := range source.passage.Cells {
		if cell.Header != "" && w.lexicon.Read(w.scanner, cell.Header, "").Cues.Has(cue) {
			return true
		}
	}
	return false
}

// entitle begins a document, or a sheet of it, with what its name says.
func (w *walk) entitle() {
	name := strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(path.Base(w.path))
	w.ofName = w.lexicon.Surroundings(w.lexicon.Read(w.scanner, name+" "+w.sheet, "").Cues)
	w.under(nil)
}
