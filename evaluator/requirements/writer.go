package requirements

import (
	"context"

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

// value writes an entry, a section or a list of them.
func (w *writer) value(v *limit.Value, level int) {
	if w.err != nil {
		return
	}
	switch v.Kind {
	case limit.Object:
		w.object(v, level)
	case limit.Array:
		for _, item := range v.Items {
			if item.Kind == limit.String {
				w.put(austauschbar.Passage{Kind: austauschbar.Item, Level: 1, Text: clean(item.Text), Line: item.Line})
				continue
			}
			w.value(item, level)
		}
	}
}

func (w *writer) object(object *limit.Value, level int) {
	title := fieldOf(object, titles)
	is := w.traits[object]
	if is.holds {
		if title != nil {
			w.put(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Text: clean(title.Text), Line: title.Line})
			level++
		}
		if is.entry {
			w.entry(object, title)
		} else {
			w.prose(object, title)
		}
	} else if is.entry || title != nil {
		w.entry(object, nil)
	} else {
		w.prose(object, nil)
	}
	for _, member := range object.Items {
		if member.Kind != limit.Object && member.Kind != limit.Array || asides.has(member.Key) || !w.traits[member].prose {
			continue
		}
		below := level
		if member.Kind == limit.Object && fieldOf(member, titles) == nil && !containers.has(member.Key) {
			w.put(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Text: clean(member.Key), Line: member.Line})
			below++
		} else if member.Kind == limit.Array && !containers.has(member.Key) && len(member.Items) > 0 && member.Items[0].Kind == limit.Object {
			w.put(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Text: clean(member.Key), Line: member.Line})
			below++
		}
		w.value(member, below)
	}
}

// entry writes a row of an entry's fields, without the one that is its heading, and
// its notes as paragraphs.
func (w *writer) entry(object, heading *limit.Value) {
	row := austauschbar.Passage{Kind: austauschbar.Row}
	text := fieldOf(object, texts)
	if text == nil {
		text = fieldOf(object, titles)
	}
	row.Line = text.Line
	for _, member := range object.Items {
		content := clean(member.Text)
		if content == "" || member == heading || notes.has(member.Key) {
			continue
		}
		if member != text && !brief(content) && !texts.has(member.Key) {
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
