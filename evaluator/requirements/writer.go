package requirements

import (
	"context"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A writer collects the passages of a catalogue. Once a limit is reached it takes no
// more and remembers the error.
type writer struct {
	ctx    context.Context
	traits map[*limit.Value]traits
	text   austauschbar.Text
	meter  limit.Meter
	err    error
}

// value writes an entry, a section or a list of them. Headed says that entries need a
// heading each, since one beside them has one: what follows would else seem to
// stand below that.
func (w *writer) value(v *limit.Value, level int, headed bool) {
	if w.err != nil {
		return
	}
	switch v.Kind {
	case limit.Object:
		w.object(v, level, headed)
	case limit.Array:
		headed := slices.ContainsFunc(v.Items, func(item *limit.Value) bool { return w.traits[item].holds })
		for _, item := range v.Items {
			if item.Kind == limit.String {
				w.put(austauschbar.Passage{Kind: austauschbar.Item, Level: 1, Text: clean(item.Text), Line: item.Line})
				continue
			}
			w.value(item, level, headed)
		}
	}
}

func (w *writer) object(object *limit.Value, level int, headed bool) {
	title, is := fieldOf(object, titles), w.traits[object]
	if title != nil && (is.holds || headed) {
		w.heading(level, title.Text, title.Line)
		level++
	}
	if is.entry || title != nil && !is.holds {
		w.entry(object)
	} else {
		w.prose(object, title)
	}
	for _, member := range object.Items {
		if asides.has(member.Key) || !w.traits[member].prose {
			continue
		}
		below := level
		if !containers.has(member.Key) && needsKey(member) {
			w.heading(level, member.Key, member.Line)
			below++
		}
		w.value(member, below, false)
	}
}

// needsKey says whether the key of a member is its only title.
func needsKey(member *limit.Value) bool {
	if member.Kind == limit.Object {
		return fieldOf(member, titles) == nil
	}
	return len(member.Items) > 0 && member.Items[0].Kind == limit.Object
}

func (w *writer) heading(level int, text string, line int) {
	w.put(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Text: clean(text), Line: line})
}

// entry writes a row of an entry's fields, and its notes as paragraphs.
func (w *writer) entry(object *limit.Value) {
	row := austauschbar.Passage{Kind: austauschbar.Row}
	text := fieldOf(object, texts)
	if text == nil {
		text = fieldOf(object, titles)
	}
	row.Line = text.Line
	for _, member := range object.Items {
		content := clean(member.Text)
		if member.Kind == limit.Array && !asides.has(member.Key) && !w.traits[member].prose {
			content = words(member)
		}
		if content == "" || notes.has(member.Key) || member != text && !brief(content) && !texts.has(member.Key) {
			continue
		}
		if row.Text != "" {
			row.Text += " | "
		}
		row.Text += content
		row.Cells = append(row.Cells, austauschbar.Cell{Header: member.Key, Text: content})
	}
	w.put(row)
	for _, member := range object.Items {
		if notes.has(member.Key) {
			w.put(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: clean(member.Text), Line: member.Line})
		}
	}
}

// words joins a list of short texts: [CSV, JSON]; "" for a list of anything else.
func words(list *limit.Value) string {
	var joined []string
	for _, item := range list.Items {
		if item.Kind != limit.String {
			return ""
		}
		joined = append(joined, clean(item.Text))
	}
	return strings.Join(joined, ", ")
}

// prose writes the texts of a section.
func (w *writer) prose(object, heading *limit.Value) {
	for _, member := range object.Items {
		if member != heading && member.Kind == limit.String && prose(member.Text) {
			w.put(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: clean(member.Text), Line: member.Line})
		}
	}
}

func (w *writer) put(passage austauschbar.Passage) {
	if passage.Text == "" || w.err != nil {
		return
	}
	if len(w.text.Passages)%1000 == 0 && w.ctx.Err() != nil {
		w.err = w.ctx.Err()
		return
	}
	if w.err = w.meter.Passage(len(passage.Cells)); w.err != nil {
		return
	}
	if w.err = w.meter.Text(len(passage.Text)); w.err != nil {
		return
	}
	w.text.Passages = append(w.text.Passages, passage)
}
