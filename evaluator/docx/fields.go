package docx

import (
	"regexp"
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A field is a complex field that is open: an instruction, then the result that is
// shown.
type field struct {
	instruction bool // still is at it
	code        string
}

// instructionBytes is how much of an instruction is kept, which is enough for its name.
const instructionBytes = 64

// contents follows a table of contents that a field makes.
type contents struct {
	open int // fields that are open from the table's own on; 0 outside
	from int // how many passages went before it
}

// indexes are the fields that repeat the headings, captions or words of the text.
var indexes = regexp.MustCompile(`^(?i)\s*(?:TOC|TOA|INDEX)\b`)

// repeats says whether a field makes a table of contents or an index.
func repeats(instruction string) bool { return indexes.MatchString(instruction) }

// fieldPart reads w:fldChar. A paragraph forgets its fields at its end, so that one
// left open swallows no more than the paragraph; tables of contents go on.
func (w *walker) fieldPart(p *paragraph, element start, look run) error {
	last := len(p.fields) - 1
	switch limit.Attr(element, "fldCharType") {
	case "begin":
		p.fields = append(p.fields, field{instruction: true})
		if w.contents.open > 0 {
			w.contents.open++
		}
		return w.formField(p, look)
	case "separate":
		if last < 0 {
			return nil
		}
		p.fields[last].instruction = false
		if w.cell == nil && w.contents.open == 0 && repeats(p.fields[last].code) {
			w.contents = contents{open: 1, from: len(w.passages)}
		}
	case "end":
		if last >= 0 {
			p.fields = p.fields[:last]
		}
		if w.contents.open > 0 {
			if w.contents.open--; w.contents.open == 0 {
				w.dropContents(p)
			}
		}
	}
	return nil
}

// dropContents takes back what a table of contents that has ended has left, unless it
// holds what no such table does: then its field is broken.
func (w *walker) dropContents(p *paragraph) {
	more := func(passage austauschbar.Passage) bool {
		return passage.Kind == austauschbar.Heading || passage.Kind == austauschbar.Row
	}
	if from := min(w.contents.from, len(w.passages)); !slices.ContainsFunc(w.passages[from:], more) {
		w.takeBack(from)
		p.text.Reset()
	}
}

// takeBack drops the passages from one on.
func (w *walker) takeBack(from int) {
	w.passages = w.passages[:min(from, len(w.passages))]
	for len(w.titles) > 0 && w.titles[len(w.titles)-1].at >= len(w.passages) {
		w.titles = w.titles[:len(w.titles)-1]
	}
}

// instruct reads a part of a field's instruction.
func (p *paragraph) instruct(x *limit.XML) error {
	if len(p.fields) == 0 {
		return nil
	}
	last := &p.fields[len(p.fields)-1]
	code, err := x.Text()
	last.code += code[:min(len(code), max(0, instructionBytes-len(last.code)))]
	return err
}

// instructs says whether what follows is a field's instruction.
func (p *paragraph) instructs() bool {
	return slices.ContainsFunc(p.fields, func(f field) bool { return f.instruction })
}

// Boxes of forms.
const (
	checked   = "☒"
	unchecked = "☐"
)

// formField writes the box or the chosen entry of a form's field, which has no result.
func (w *walker) formField(p *paragraph, look run) error {
	return w.x.Children(func(element start) error {
		if element.Name.Local != "ffData" {
			return nil
		}
		return w.x.Children(func(element start) error {
			switch element.Name.Local {
			case "checkBox":
				return w.checkBox(p, look)
			case "ddList":
				return w.list(p, look)
			}
			return nil
		})
	})
}

func (w *walker) checkBox(p *paragraph, look run) error {
	byDefault, set := false, false
	var now bool
	err := w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "default":
			byDefault = on(limit.Attr(element, "val"), true)
		case "checked":
			set, now = true, on(limit.Attr(element, "val"), true)
		}
		return nil
	})
	box := unchecked
	if set && now || !set && byDefault {
		box = checked
	}
	return first(err, w.write(p, box+" ", look))
}

// list writes the chosen entry of a drop-down list, at first the default one.
func (w *walker) list(p *paragraph, look run) error {
	chosen, at, text := 0, 0, ""
	err := w.x.Children(func(element start) error {
		switch value := limit.Attr(element, "val"); element.Name.Local {
		case "result", "default":
			if element.Name.Local == "result" || chosen == 0 {
				chosen = number(value, 0)
			}
		case "listEntry":
			if at == chosen {
				text = value
			}
			at++
		}
		return nil
	})
	return first(err, w.write(p, text, look))
}

// control reads a content control among blocks. One that holds the table of contents
// is dropped.
func (w *walker) control() error {
	gallery := ""
	return w.x.Children(func(element start) error {
		switch element.Name.Local {
		case "sdtPr":
			return w.x.Children(func(element start) error {
				if element.Name.Local != "docPartObj" {
					return nil
				}
				return w.x.Children(func(element start) error {
					if element.Name.Local == "docPartGallery" {
						gallery = limit.Attr(element, "val")
					}
					return nil
				})
			})
		case "sdtContent":
			from := len(w.passages)
			err := w.blocks()
			if gallery == "Table of Contents" && w.cell == nil {
				w.takeBack(from)
			}
			return err
		}
		return nil
	})
}
