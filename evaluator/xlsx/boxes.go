package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
)

// Comments are drawn in VML, which Excel writes without keeping to XML; what is there is
// searched as text.
const (
	vmlSpaces    = `xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"`
	emptyDrawing = `<xml ` + vmlSpaces + `></xml>`
	boxType      = "_x0000_t202_austauschbar"
	boxTypeOf    = `<v:shapetype ` + vmlSpaces + ` id="` + boxType + `" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
)

var shapeNumber = regexp.MustCompile(`_x0000_s(\d{1,9})\b`)

// appendBoxes adds the boxes of comments to a drawing. They show when the pointer is on
// the cell.
func appendBoxes(drawing []byte, cells []*cellNote) ([]byte, error) {
	end := bytes.LastIndex(drawing, []byte("</xml>"))
	if end < 0 {
		return nil, limit.Refuse("damaged", "the drawing of the comments has no end")
	}
	last := 1024
	for _, found := range shapeNumber.FindAllSubmatch(drawing, -1) {
		if number, err := strconv.Atoi(string(found[1])); err == nil {
			last = max(last, number)
		}
	}
	var boxes strings.Builder
	boxes.WriteString(boxTypeOf)
	for _, cell := range cells {
		last++
		boxes.WriteString(box(last, cell))
	}
	return bytes.Join([][]byte{drawing[:end], []byte(boxes.String()), drawing[end:]}, nil), nil
}

// Measures of a box, in cells of the usual size.
const (
	boxColumns   = 6
	boxLine      = 70 // runes of a line that fit into it
	boxRowsLeast = 4
	boxRowsMost  = 40
)

func box(number int, cell *cellNote) string {
	rows := boxRowsLeast
	for _, paragraphs := range cell.notes {
		for _, paragraph := range paragraphs {
			rows += 1 + utf8.RuneCountInString(paragraph)/boxLine
		}
	}
	rows = min(rows, boxRowsMost)
	left := min(cell.column+1, office.SheetColumns-1-boxColumns)
	top := min(max(0, cell.row-1), office.SheetRows-1-rows)
	return fmt.Sprintf(`<v:shape %[1]s id="_x0000_s%[2]d" type="#%[3]s" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
		`<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>`+
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%[4]d, 15, %[5]d, 2, %[6]d, 15, %[7]d, 2</x:Anchor>`+
		`<x:AutoFill>False</x:AutoFill><x:Row>%[8]d</x:Row><x:Column>%[9]d</x:Column></x:ClientData></v:shape>`,
		vmlSpaces, number, boxType, left, top, left+boxColumns, top+rows, cell.row, cell.column)
}
