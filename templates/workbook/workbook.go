// Package workbook writes spreadsheets (.xlsx). It knows cells, not what they are
// about.
package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A Sheet is one table. Its rows may be of different lengths.
type Sheet struct {
	Name   string    // at most 31 characters, none of []:*?/\
	Widths []float64 // of the columns, in characters
	Rows   []Row
	Head   int  // number of the row, from 1, that stays in sight with all above it; 0 for none
	Filter bool // whether the row Head filters those below
}

// A Row is the cells of one row and how all of them look.
type Row struct {
	Look  Look
	Cells []Cell
}

// A Cell holds a text or a number; a formula, where there is one, and the value that
// it has now, for programs that do not reckon. A text is a text, whatever it begins
// with.
type Cell struct {
	Value   any    // string, float64 or nil
	Formula string // without "="; "" for none
	Share   string // shown as a percentage behind this text; "" for a plain number
}

// A Look is how a row is set.
type Look int

// Looks of rows.
const (
	Plain  Look = iota
	Title       // large and bold, not wrapped
	Line        // not wrapped, so that a long text runs over the cells beside it
	Header      // of columns
	Sum         // bold, with a line above
	Entry       // plain, with a thin line below
)

// most is the number of characters that a cell can hold.
const most = 32767

// Write writes sheets as a workbook, the same sheets always as the same bytes.
func Write(out io.Writer, sheets []Sheet) error {
	if err := write(out, sheets); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func write(out io.Writer, sheets []Sheet) error {
	file := excelize.NewFile()
	defer file.Close()
	styles := styles{file, map[styled]int{}}
	for i, sheet := range sheets {
		var err error
		if i == 0 {
			err = file.SetSheetName(file.GetSheetName(0), sheet.Name)
		} else {
			_, err = file.NewSheet(sheet.Name)
		}
		if err == nil {
			err = fill(file, sheet, styles)
		}
		if err != nil {
			return fmt.Errorf("sheet %q: %w", sheet.Name, err)
		}
	}
	always := true
	if err := file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always}); err != nil {
		return err
	}
	var packed bytes.Buffer
	if err := file.Write(&packed); err != nil {
		return err
	}
	return sorted(out, packed.Bytes())
}

// sorted writes a package with its parts in the order of their names: the library
// writes sheets in any.
func sorted(out io.Writer, packed []byte) error {
	from, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	to := zip.NewWriter(out)
	for _, part := range from.File {
		if err := to.Copy(part); err != nil {
			return err
		}
	}
	return to.Close()
}

// styles are the library's numbers of looks, made when they are first needed.
type styles struct {
	file *excelize.File
	made map[styled]int
}

type styled struct {
	look   Look
	number bool // stands in the middle, so that no text beside it runs into it
	share  string
}

func (s styles) of(look Look, cell Cell) (int, error) {
	_, text := cell.Value.(string)
	key := styled{look, cell.Share == "" && !text, cell.Share}
	if number, ok := s.made[key]; ok {
		return number, nil
	}
	style := styleOf(look)
	if key.number && style.Alignment != nil {
		style.Alignment.Horizontal = "center"
	}
	if key.share != "" {
		format := `"` + strings.ReplaceAll(key.share, `"`, "") + `: "0 %`
		style.CustomNumFmt = &format
	}
	number, err := s.file.NewStyle(&style)
	if err == nil {
		s.made[key] = number
	}
	return number, err
}

// font is the one that the library's own style names.
const font = "Calibri"

func styleOf(look Look) excelize.Style {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	return map[Look]excelize.Style{
		Plain:  {Font: &excelize.Font{Family: font, Size: 11}, Alignment: top},
		Title:  {Font: &excelize.Font{Family: font, Bold: true, Size: 14}},
		Line:   {Font: &excelize.Font{Family: font, Size: 11}},
		Header: {Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Alignment: top, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}, Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "000000"}}},
		Entry:  {Font: &excelize.Font{Family: font, Size: 11}, Alignment: top, Border: []excelize.Border{{Type: "bottom", Style: 4, Color: "A6A6A6"}}},
		Sum:    {Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Alignment: top, Border: []excelize.Border{{Type: "top", Style: 1, Color: "000000"}}},
	}[look]
}

func fill(file *excelize.File, sheet Sheet, styles styles) error {
	if err := head(file, sheet); err != nil { // the library forgets a layout set before
		return err
	}
	if err := layout(file, sheet.Name); err != nil { // the stream begins with it
		return err
	}
	stream, err := file.NewStreamWriter(sheet.Name)
	if err != nil {
		return err
	}
	for i, width := range sheet.Widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if sheet.Head > 0 {
		below := fmt.Sprintf("A%d", sheet.Head+1)
		if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: sheet.Head, TopLeftCell: below, ActivePane: "bottomLeft"}); err != nil {
			return err
		}
	}
	for i, row := range sheet.Rows {
		cells := make([]any, len(row.Cells))
		for j, cell := range row.Cells {
			style, err := styles.of(row.Look, cell)
			if err != nil {
				return err
			}
			cells[j] = cell.with(style)
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), cells, excelize.RowOpts{Height: height(row, sheet.Widths)}); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// head has the row of headings filter those below, and printed on every page.
func head(file *excelize.File, sheet Sheet) error {
	if !sheet.Filter {
		return nil
	}
	columns := len(sheet.Rows[sheet.Head-1].Cells)
	if err := file.AutoFilter(sheet.Name, Address(1, sheet.Head)+":"+Address(columns, len(sheet.Rows)), nil); err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(sheet.Name, "'", "''") + "'"
	return file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, sheet.Head, sheet.Head), Scope: sheet.Name})
}

// layout has a sheet printed across, as wide as the paper and as many pages long as
// it takes, which are numbered.
func layout(file *excelize.File, sheet string) error {
	if err := file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}); err != nil {
		return err
	}
	landscape, a4, wide, tall, fit := "landscape", 9, 1, 0, true
	if err := file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	return file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// line is the height of a line in points, for a type of 11 points.
const line = 15

// height is what a row needs so that all of its texts can be read, in points: not all
// programs find out by themselves. Words are taken to fill nine tenths of a line, the
// long ones of a header, in bold, seven.
func height(row Row, widths []float64) float64 {
	lines, filled := 1.0, 0.9
	switch row.Look {
	case Title:
		return 2 * line
	case Line:
		return line
	case Header:
		filled = 0.7
	}
	for i, cell := range row.Cells {
		if text, ok := cell.Value.(string); ok && i < len(widths) {
			lines = max(lines, math.Ceil(float64(len([]rune(text)))/(filled*widths[i])))
		}
	}
	return min(lines*line, excelize.MaxRowHeight)
}

func (c Cell) with(style int) excelize.Cell {
	made := excelize.Cell{StyleID: style, Formula: c.Formula, Value: c.Value}
	if text, ok := c.Value.(string); ok {
		if runes := []rune(text); len(runes) > most {
			made.Value = string(runes[:most-1]) + "…"
		}
	}
	return made
}

// Address is a cell's name: "J9" of column 10 and row 9, both from 1.
func Address(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // a column or row that no sheet has
	}
	return name
}
