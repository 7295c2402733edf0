// Package drawio reads the files of draw.io (diagrams.net).
package drawio

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"strconv"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// maxCells is more than any author draws on all pages of a file.
const maxCells = 20_000

// Read reads a file of one or more pages, as XML or packed. Each page is a drawing of
// its own; what bears the same name on several is one component. Evidence stands on the
// line of the shape, of a packed page on that of the page, whose name is its place.
//
// Refusals: "damaged", "too_large", "unknown_content" for other XML, "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	f := &file{ctx: ctx}
	x := limit.NewXML(ctx, bytes.NewReader(data))
	root, err := x.Root()
	if err != nil {
		return austauschbar.Text{}, stopped(ctx, err)
	}
	switch root.Name.Local {
	case "mxGraphModel":
		err = f.page(x, "", 0)
	case "mxfile":
		err = f.pagesOf(x)
	default:
		return austauschbar.Text{}, limit.Refuse("unknown_content", "the root is "+root.Name.Local)
	}
	if err = stopped(ctx, err); err != nil && len(f.drawings) == 0 || ctx.Err() != nil {
		return austauschbar.Text{}, err
	}
	text := austauschbar.Text{Architecture: new(austauschbar.Architecture), Gaps: f.gaps}
	*text.Architecture = diagram.Merge(f.drawings)
	if err != nil {
		text.Gaps = append(text.Gaps, limit.Gap("", err))
	}
	return text, nil
}

// stopped is a reader's error: that of its context where that is done.
func stopped(ctx context.Context, err error) error {
	if done := diagram.Stopped(ctx); done != nil {
		return done
	}
	return err
}

// A file is what is read of a file so far.
type file struct {
	ctx      context.Context
	drawings []austauschbar.Architecture
	gaps     []austauschbar.Gap
	cells    int // of all pages
	unpacked int // bytes of packed pages
}

// pagesOf reads the pages of a file. A page that cannot be read is a gap.
func (f *file) pagesOf(x *limit.XML) error {
	number := 0
	return x.Children(func(element xml.StartElement) error {
		if element.Name.Local != "diagram" {
			return nil
		}
		number++
		name := limit.Attr(element, "name")
		if name == "" {
			name = strconv.Itoa(number)
		}
		place, line := "page "+name, x.Begin()
		packed, read := []byte(nil), false
		err := x.Content(func(text []byte) error {
			packed = append(packed, text...)
			return nil
		}, func(element xml.StartElement) error {
			if element.Name.Local != "mxGraphModel" {
				return nil
			}
			read = true
			return f.page(x, place, 0)
		})
		if err != nil || read || len(bytes.TrimSpace(packed)) == 0 {
			return err
		}
		if err := f.packedPage(packed, place, line); err != nil {
			if f.ctx.Err() != nil {
				return err
			}
			f.gaps = append(f.gaps, limit.Gap(place, err))
		}
		return nil
	})
}

// packedPage reads a page that is packed into text.
func (f *file) packedPage(packed []byte, place string, line int) error {
	model, err := unpack(packed, limit.File-f.unpacked)
	if err != nil {
		return err
	}
	f.unpacked += len(model)
	x := limit.NewXML(f.ctx, bytes.NewReader(model))
	root, err := x.Root()
	if err != nil {
		return err
	}
	if root.Name.Local != "mxGraphModel" {
		return limit.Refuse("damaged", "the page holds "+root.Name.Local)
	}
	return f.page(x, place, line)
}

// page reads the model of a page, whose element is open. Line is where its evidence
// stands; 0 for that of each cell.
func (f *file) page(x *limit.XML, place string, line int) error {
	p := &page{place: place, byID: map[string]*cell{}, children: map[string][]*cell{}, legends: map[string]bool{}}
	err := x.Children(func(element xml.StartElement) error {
		if element.Name.Local != "root" {
			return nil
		}
		return x.Children(func(element xml.StartElement) error {
			if f.cells++; f.cells > maxCells {
				return limit.Refuse("too_large", fmt.Sprintf("the file has more than %d cells", maxCells))
			}
			at := line
			if at == 0 {
				at = x.Begin()
			}
			return p.take(x, element, at)
		})
	})
	drawing := p.draw()
	f.drawings = append(f.drawings, drawing.Architecture())
	if full := drawing.Gap(); full != nil {
		f.gaps = append(f.gaps, limit.Gap(place, full))
	}
	return err
}
