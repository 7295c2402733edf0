package evaluator

import (
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A statement is where something begins that several clauses say together; zero for
// none.
type statement struct {
	number int // of the passage, 1-based
	part   int // of the clause in it, 1-based; 0 where all of the passage belongs to it
}

// name is what facts call a statement; "" for none.
func (s statement) name(path string) string {
	if s.number == 0 {
		return ""
	}
	return path + "#" + strconv.Itoa(s.number) + "." + strconv.Itoa(s.part)
}

// A listItem is one that others may stand under.
type listItem struct {
	level  int
	stated statement
	leads  bool // it says something that those go on from: no mere label
}

// begin turns to a passage that is no row. All of an item is one statement, and so is
// what is listed under it; sentences of prose each make their own.
func (w *walk) begin(number int, passage austauschbar.Passage) {
	w.stated = statement{}
	if passage.Kind != austauschbar.Item {
		w.items = nil
		return
	}
	for len(w.items) > 0 && w.items[len(w.items)-1].level >= passage.Level {
		w.items = w.items[:len(w.items)-1]
	}
	w.stated = statement{number: number}
	if last := len(w.items) - 1; last >= 0 && w.items[last].leads {
		w.stated = w.items[last].stated
	}
	leads := strings.HasSuffix(passage.Text, ":") || strings.Count(passage.Text, " ") >= wordsOfLabel
	w.items = append(w.items, listItem{passage.Level, w.stated, leads})
}

// state tells which statement a clause belongs to: its row's, its item's, that of the
// sentence before where it goes on from it, else its own.
func (w *walk) state(source clauseSource, reading lexicon.Reading) statement {
	switch {
	case source.passage.Kind == austauschbar.Row:
		return statement{number: source.number}
	case source.passage.Kind == austauschbar.Item, source.part > 1 && (w.half || takesUp(reading.Cues)):
	default:
		w.stated = statement{source.number, source.part}
	}
	w.half = strings.HasSuffix(source.text, ";")
	return w.stated
}

// takesUp says whether a sentence begins with a word for what the one before says:
// "Diese …", "Hierfür …", "It …".
func takesUp(cues lexicon.Cues) bool {
	for cue := range cues.Of("takes_up") {
		if cue.First == 0 {
			return true
		}
	}
	return false
}

// forgetLonely leaves out the statements that but one clause makes.
func (w *walk) forgetLonely() {
	clauses := map[string]int{}
	for _, clause := range w.found.clauses {
		clauses[clause.Statement]++
	}
	for id, clause := range w.found.clauses {
		if clause.Statement != "" && clauses[clause.Statement] == 1 {
			clause.Statement = ""
			w.found.clauses[id] = clause
		}
	}
}
