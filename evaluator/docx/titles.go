package docx

import (
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A title is a passage that no style makes a heading and that looks like one: a short
// paragraph, all in bold, with a number.
type title struct {
	at    int // of the passage, from 0
	depth int // by its number, 1-based
}

// consider keeps the passage just emitted where it may be a heading.
func (w *walker) consider(p *paragraph, passage austauschbar.Passage) {
	if !w.counted || p.plain || passage.Kind != austauschbar.Paragraph && passage.Kind != austauschbar.Item {
		return
	}
	if depth := numberDepth(passage); depth > 0 && lines.Short(passage.Text) {
		w.titles = append(w.titles, title{len(w.passages) - 1, depth})
	}
}

// numberDepth returns how deep the number of a passage places it among headings,
// whether Word has counted it or someone typed it; 0 where it has no such number.
func numberDepth(passage austauschbar.Passage) int {
	mark := lines.Find(strings.TrimSpace(passage.Number + " " + passage.Text))
	switch mark.Kind {
	case lines.Clause, lines.Section, lines.Decimal, lines.Bare, lines.Roman:
		if !strings.HasSuffix(mark.Number, ")") {
			return mark.Level
		}
	}
	return 0
}

// promote makes headings of those passages that look like it and have text of their
// own below them. One that another of its depth follows is an entry of a list. The
// level is that of styled headings whose numbers are as deep.
func (w *walker) promote() {
	shift, next := 0, 0
	for i := range w.passages {
		passage := &w.passages[i]
		if next < len(w.titles) && w.titles[next].at == i {
			if w.leads(next) {
				passage.Kind, passage.Level = austauschbar.Heading, min(max(w.titles[next].depth+shift, 1), levels)
			}
			next++
			continue
		}
		if passage.Kind == austauschbar.Heading {
			if depth := numberDepth(*passage); depth > 0 {
				shift = passage.Level - depth
			}
		}
	}
}

// leads says whether a title has text or deeper titles below it.
func (w *walker) leads(i int) bool {
	below := w.titles[i].at + 1
	switch {
	case below >= len(w.passages):
		return false
	case i+1 < len(w.titles) && w.titles[i+1].at == below:
		return w.titles[i+1].depth > w.titles[i].depth
	}
	return w.passages[below].Kind != austauschbar.Heading
}
