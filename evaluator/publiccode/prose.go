package publiccode

import (
	"maps"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/schema"
)

// prose returns what a file tells in sentences of its software: paragraphs of the
// descriptions and the features, language by language.
func prose(data []byte) []austauschbar.Passage {
	var said file
	if err := schema.DecodeOpen(data, &said); err != nil {
		return nil // Read says so
	}
	p := teller{rows: strings.Split(string(data), "\n"), data: data}
	for _, language := range slices.Sorted(maps.Keys(said.Description)) {
		one := said.Description[language]
		p.tell(austauschbar.Paragraph, strings.Split(one.Short, "\n"), "description", language, "shortDescription")
		p.tell(austauschbar.Paragraph, strings.Split(one.Long, "\n"), "description", language, "longDescription")
		p.tell(austauschbar.Item, one.Features, "description", language, "features")
	}
	return p.passages
}

// A teller makes passages of the values of a file.
type teller struct {
	rows     []string
	data     []byte
	passages []austauschbar.Passage
}

// tell adds the texts of a key, each on the line on which it begins.
func (t *teller) tell(kind austauschbar.PassageKind, texts []string, key ...string) {
	line := schema.Line(t.data, key...)
	for _, text := range texts {
		if text = clean(text); text == "" {
			continue
		}
		line = t.lineOf(text, line)
		t.passages = append(t.passages, austauschbar.Passage{Kind: kind, Text: text, Line: line})
	}
}

// lineOf finds the line on which a text begins, from one on; that one where the file writes
// it otherwise, as with quotes.
func (t *teller) lineOf(text string, from int) int {
	for i := max(from, 1); i <= len(t.rows); i++ {
		if row := clean(strings.TrimLeft(strings.TrimSpace(t.rows[i-1]), "-")); row != "" && strings.HasPrefix(text, row) {
			return i
		}
	}
	return max(from, 1)
}
