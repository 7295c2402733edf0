package requirements

import (
	"context"
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A writer collects the passages of a catalogue. Once a limit is reached it takes no
// more and remembers the error.
type writer struct {
	ctx   context.Context
	text  austauschbar.Text
	meter limit.Meter
	err   error
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
	entry := isEntry(object)
	if holdsOthers(object) {
		if title != nil {
			w.put(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Text: clean(title.Text), Line: title.Line})
			level++
		}
		if entry {
			w.entry(object, title)
		} else {
			w.prose(object, title)
		}
	} else if entry || title != nil {
		w.entry(object, nil)
	} else {
		w.prose(object, nil)
	}
	for _, member := range object.Items {
		if member.Kind != limit.Object && member.Kind != limit.Array || slices.Contains(asides, normal(member.Key)) || !hasText(member) {
			continue
		}
		below := level
		if member.Kind == limit.Object && fieldOf(member, titles) == nil && !isList(member.Key) {
			w.put(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Text: clean(member.Key), Line: member.Line})
			below++
		} else if member.Kind == limit.Array && !isList(member.Key) && len(member.Items) > 0 && member.Items[0].Kind == limit.Object {
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
		if content == "" || member == heading || slices.Contains(notes, normal(member.Key)) {
			continue
		}
		if member != text && !brief(content) && !slices.Contains(texts, normal(member.Key)) {
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
		if slices.Contains(notes, normal(member.Key)) {
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

// holdsOthers says whether entries or sections stand below an object.
func holdsOthers(object *limit.Value) bool {
	return slices.ContainsFunc(object.Items, func(member *limit.Value) bool {
		switch member.Kind {
		case limit.Object:
			return isEntry(member) || holdsOthers(member)
		case limit.Array:
			return slices.ContainsFunc(member.Items, func(item *limit.Value) bool {
				return isEntry(item) || item.Kind == limit.Object && fieldOf(item, titles) != nil || item.Kind == limit.String && prose(item.Text)
			})
		}
		return false
	})
}

// hasText says whether something below a list or object is for people.
func hasText(v *limit.Value) bool {
	return slices.ContainsFunc(v.Items, func(item *limit.Value) bool {
		switch item.Kind {
		case limit.Object:
			return fieldOf(item, titles) != nil || fieldOf(item, texts) != nil || hasText(item)
		case limit.Array:
			return hasText(item)
		}
		return item.Kind == limit.String && prose(item.Text)
	})
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
