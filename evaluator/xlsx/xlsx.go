// Package xlsx reads spreadsheets (.xlsx, .xlsm and their templates): the rows of each
// sheet with their values as they are shown ("15 %") and the heading above each cell.
package xlsx

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/office"
	"github.com/xuri/excelize/v2"
)

// whole is the bound, in bytes, of a part that the library holds as a tree: strings
// and styles take about ten times their size. Sheets are streamed.
const whole = 32 << 20

// Read turns a workbook into passages, sheet by sheet in their order. A row is a
// passage of its non-empty cells; a row with one text alone is a paragraph, or a
// heading where it is short and set in bold or in a larger type. Cells in hidden
// columns form a row of their own, marked as hidden. Formulas give the value that
// was last computed. Charts, comments and drawings are left out.
//
// The error is a *limit.Refusal where nothing could be read. A limit or damage met
// midway, or in one sheet, becomes a gap of the text.
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	pack, damage, err := limit.Rescue(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	sheets, err := listSheets(ctx, pack)
	if err != nil {
		return austauschbar.Text{}, cmp.Or(damage, err)
	}
	b := &book{ctx: ctx, pack: pack, styles: map[int]office.Look{}}
	b.text.Title = pack.Title(ctx)
	err = b.open()
	if err == nil {
		defer b.file.Close()
		err = b.readSheets(sheets)
	}
	return limit.Finish(ctx, b.text, cmp.Or(err, damage))
}

// A book is one workbook while it is read.
type book struct {
	ctx    context.Context
	pack   *limit.Package
	file   *excelize.File
	meter  limit.Meter
	styles map[int]office.Look
	text   austauschbar.Text
}

// open hands the library the parts that hold text, and no others.
func (b *book) open() (err error) {
	defer recovered(&err)
	lean, err := b.pack.Copy(func(name string) int64 {
		lower := strings.ToLower(name)
		switch {
		case !strings.HasSuffix(lower, ".xml") && !strings.HasSuffix(lower, ".rels"):
			return 0
		case strings.HasPrefix(lower, "xl/worksheets/"):
			return limit.Expanded
		case strings.HasPrefix(lower, "xl/drawings/"), strings.HasPrefix(lower, "xl/charts/"),
			strings.HasPrefix(lower, "xl/pivot"), strings.HasPrefix(lower, "customxml/"):
			return 0
		}
		return whole
	})
	if err != nil {
		return err
	}
	// Equal limits, so that no part is ever spooled to a file. Dates that Excel shows by
	// its user's country are written so that none can mistake them.
	b.file, err = excelize.OpenReader(bytes.NewReader(lean), excelize.Options{
		ShortDatePattern:  "yyyy-mm-dd",
		UnzipSizeLimit:    limit.Expanded,
		UnzipXMLSizeLimit: limit.Expanded,
	})
	if err != nil {
		return limit.Refuse("damaged", err.Error())
	}
	return nil
}

// recovered turns a panic of the library into a refusal.
func recovered(err *error) {
	if cause := recover(); cause != nil {
		*err = limit.Refuse("damaged", fmt.Sprint(cause))
	}
}

// readSheets reads all sheets. Damage to one does not keep the others from being
// read; a limit does.
func (b *book) readSheets(sheets []sheet) error {
	for _, s := range sheets {
		err := b.readSheet(s)
		var refusal *limit.Refusal
		switch {
		case err == nil:
		case errors.As(err, &refusal) && refusal.Code == "damaged":
			b.text.Gaps = append(b.text.Gaps, limit.Gap("sheet "+s.name, err))
		default:
			return err
		}
	}
	return nil
}

// readSheet reads one sheet. The library passes over damage, so that the survey's
// error counts even where it gave rows.
func (b *book) readSheet(s sheet) (err error) {
	defer recovered(&err)
	survey, damage := b.survey(s)
	var refusal *limit.Refusal
	if damage != nil && (!errors.As(damage, &refusal) || refusal.Code != "damaged") {
		return damage
	}
	if survey.closed {
		return damage
	}
	if err := b.readRows(s, survey); err != nil {
		return err
	}
	return damage
}

// readRows streams the rows of a sheet as the library shows them.
func (b *book) readRows(s sheet, survey survey) error {
	rows, err := b.file.Rows(s.name)
	if err != nil {
		return limit.Refuse("damaged", err.Error())
	}
	defer rows.Close()
	l := &office.Sheet{Name: s.name, Hidden: s.hidden, Put: b.put}
	for number := 1; number <= survey.last && rows.Next(); number++ {
		if err := b.ctx.Err(); err != nil {
			return errors.Join(l.Finish(), err)
		}
		values, err := rows.Columns()
		if err != nil {
			_ = l.Finish()
			return limit.Refuse("damaged", err.Error())
		}
		row, err := b.row(number, values, survey)
		if err != nil {
			_ = l.Finish()
			return err
		}
		if err := l.Add(row); err != nil {
			return err
		}
	}
	return l.Finish()
}

// A sheet is an entry of the workbook's list of sheets.
type sheet struct {
	name   string
	part   string
	hidden bool
}

// listSheets reads the workbook part. Sheets that hold a chart or a dialogue and no
// cells are left out.
func listSheets(ctx context.Context, pack *limit.Package) ([]sheet, error) {
	main, err := workbookPart(ctx, pack)
	if err != nil {
		return nil, err
	}
	relations, err := pack.Relations(ctx, main)
	if err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for _, relation := range relations {
		if relation.Kind == "worksheet" {
			parts[relation.ID] = relation.Target
		}
	}
	content, err := pack.Part(main)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	x := limit.NewXML(ctx, content)
	if root, err := x.Root(); err != nil {
		return nil, err
	} else if root.Name.Local != "workbook" {
		return nil, limit.Refuse("not_this_format", "the package holds no workbook")
	}
	return readSheetList(x, parts)
}

// workbookPart returns the name of the part that lists the sheets.
func workbookPart(ctx context.Context, pack *limit.Package) (string, error) {
	relations, err := pack.Relations(ctx, "")
	if err != nil {
		return "", err
	}
	for _, relation := range relations {
		if relation.Kind == "officeDocument" && pack.Has(relation.Target) {
			if path.Ext(relation.Target) != ".xml" { // .xlsb
				return "", limit.Refuse("binary_format", "the workbook is stored in binary form, as .xlsb files are")
			}
			return relation.Target, nil
		}
	}
	if pack.Has("xl/workbook.xml") {
		return "xl/workbook.xml", nil
	}
	return "", limit.Refuse("not_this_format", "the package holds no workbook")
}
