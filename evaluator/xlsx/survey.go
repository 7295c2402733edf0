package xlsx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
	"github.com/xuri/excelize/v2"
)

// readSheetList reads the workbook's sheets; parts are the worksheets' by relation.
func readSheetList(x *limit.XML, parts map[string]string) ([]sheet, error) {
	var sheets []sheet
	err := x.Children(func(element xml.StartElement) error {
		if element.Name.Local != "sheets" {
			return nil
		}
		return x.Children(func(element xml.StartElement) error {
			part := parts[relationID(element)]
			if element.Name.Local == "sheet" && part != "" && len(sheets) < limit.Entries {
				state := limit.Attr(element, "state")
				sheets = append(sheets, sheet{
					name:   limit.Attr(element, "name"),
					part:   part,
					hidden: state == "hidden" || state == "veryHidden",
				})
			}
			return nil
		})
	})
	return sheets, err
}

// relationID returns r:id of a sheet, which bears a sheetId of its own.
func relationID(element xml.StartElement) string {
	for _, attr := range element.Attr {
		if attr.Name.Local == "id" && attr.Name.Space != "" {
			return attr.Value
		}
	}
	return ""
}

// A survey is what is known of a sheet before its values are read: the library
// tells neither looks nor what is hidden without holding the whole sheet.
type survey struct {
	closed bool            // the part could not be entered: nothing in it is to be read
	hidden []bool          // by column, from 0
	rows   map[int]rowLook // by row number; rows without a value are left out
	last   int             // number of the last row with a value
	merged map[place]place // how many rows and columns merged cells cover, by their first cell
}

// A place is that of a cell, both numbers 1-based, or a size.
type place struct{ row, column int }

// A rowLook is the look of one row.
type rowLook struct {
	hidden bool
	styles [2]int // of the first and second cell that has a value
	same   bool   // all further ones look like the second
}

// survey reads the sheet's part once, without its values. What was seen before
// damage is returned with the error.
func (b *book) survey(s sheet) (survey, error) {
	v := survey{rows: map[int]rowLook{}, merged: map[place]place{}, closed: true}
	content, err := b.pack.Part(s.part)
	if err != nil {
		return v, err
	}
	defer content.Close()
	x := limit.NewXML(b.ctx, content)
	if _, err := x.Root(); err != nil {
		return v, err
	}
	v.closed = false
	return v, x.Children(func(element xml.StartElement) error {
		switch element.Name.Local {
		case "cols":
			return x.Children(func(element xml.StartElement) error {
				if on(limit.Attr(element, "hidden")) || limit.Attr(element, "width") == "0" {
					v.hide(number(limit.Attr(element, "min")), number(limit.Attr(element, "max")))
				}
				return nil
			})
		case "sheetData":
			return v.readRows(x)
		case "mergeCells":
			return x.Children(func(element xml.StartElement) error {
				v.merge(limit.Attr(element, "ref"))
				return nil
			})
		}
		return nil
	})
}

// merge notes a range of merged cells: "A1:C1".
func (v *survey) merge(ref string) {
	first, last, _ := strings.Cut(ref, ":")
	from, row, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		return
	}
	to, end, err := excelize.CellNameToCoordinates(last)
	if err == nil && len(v.merged) < limit.Passages {
		v.merged[place{row, from}] = place{end - row + 1, to - from + 1}
	}
}

func (v *survey) readRows(x *limit.XML) error {
	current := 0
	return x.Children(func(element xml.StartElement) error {
		if element.Name.Local != "row" {
			return nil
		}
		current++
		if at := number(limit.Attr(element, "r")); at > 0 {
			current = at
		}
		look := rowLook{hidden: on(limit.Attr(element, "hidden")) || limit.Attr(element, "ht") == "0", same: true}
		filled := 0
		err := x.Children(func(element xml.StartElement) error {
			style := number(limit.Attr(element, "s"))
			return x.Children(func(element xml.StartElement) error {
				if name := element.Name.Local; name == "v" || name == "is" {
					if filled < len(look.styles) {
						look.styles[filled] = style
					} else if style != look.styles[1] {
						look.same = false
					}
					filled++
				}
				return nil
			})
		})
		if filled > 0 {
			if filled == 1 {
				look.styles[1] = look.styles[0]
			}
			if len(v.rows) < limit.Passages {
				v.rows[current] = look
			}
			v.last = max(v.last, current)
		}
		return err
	})
}

// hide hides columns, 1-based, both ends included.
func (v *survey) hide(from, to int) {
	to = min(to, office.SheetColumns)
	for len(v.hidden) < to {
		v.hidden = append(v.hidden, false)
	}
	for column := max(from, 1); column <= to; column++ {
		v.hidden[column-1] = true
	}
}

// hides says whether a column, from 0, is hidden.
func (v *survey) hides(column int) bool { return column < len(v.hidden) && v.hidden[column] }

func on(value string) bool { return value == "1" || value == "true" }

// number reads a whole number; 0 for anything that is none.
func number(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
