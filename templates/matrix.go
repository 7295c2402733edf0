package templates

import (
	"fmt"
	"io"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates/workbook"
)

// Columns of the matrix that formulas name, from 1.
const (
	columnWeight = 8
	columnMark   = 9
	columnPoints = 10
	columnBest   = 11
)

// columnWidths are in characters.
var columnWidths = []float64{8, 22, 22, 32, 9, 44, 26, 18, 19, 16, 17, 60}

// passages is the number of findings that a row's reason tells.
const passages = 3

// Workbook writes the evaluation matrix of reviews as Fill returned them as a
// spreadsheet whose sums are formulas: a sheet for each review, and one with what is
// to be known of the framework. Its error says when the framework knows no matrix.
func (words *Words) Workbook(out io.Writer, reviews []austauschbar.Review, framework string) error {
	var sheets []workbook.Sheet
	for i, review := range reviews {
		c, err := words.crossing(review, framework)
		if err == nil && c.Crosswalk.Matrix == nil {
			err = fmt.Errorf("framework %s has no evaluation matrix", framework)
		}
		if err != nil {
			return fmt.Errorf("write matrix: %w", err)
		}
		m := &matrix{words: words, crossing: c}
		sheet := m.sheet()
		if i > 0 {
			sheet.Name = fmt.Sprintf("%s %d", sheet.Name, i+1)
		}
		sheets = append(sheets, sheet)
		if i == len(reviews)-1 {
			sheets = append(sheets, m.notes())
		}
		if m.err != nil {
			return fmt.Errorf("write matrix: %w", m.err)
		}
	}
	return workbook.Write(out, sheets)
}

// A matrix is one sheet in the making. Its first error is kept.
type matrix struct {
	words    *Words
	crossing crossing
	rows     []workbook.Row
	sums     []int // numbers of the rows that sum up a group
	err      error
}

func (m *matrix) say(name string, data any) string {
	text, err := m.words.say(name, data)
	return m.keep(text, err)
}

func (m *matrix) keep(text string, err error) string {
	if m.err == nil {
		m.err = err
	}
	return text
}

func (m *matrix) add(look workbook.Look, cells ...workbook.Cell) {
	m.rows = append(m.rows, workbook.Row{Look: look, Cells: cells})
}

func text(value string) workbook.Cell { return workbook.Cell{Value: clean(value)} }

func (m *matrix) sheet() workbook.Sheet {
	c := m.crossing
	title := c.Dossier.Title
	if title == "" {
		title = m.say("untitled", nil)
	}
	m.add(workbook.Title, text(m.say("matrix.title", nil)))
	m.add(workbook.Line, text(title+" · "+m.say("judged.at", c.Policy.Today)))
	m.add(workbook.Line, text(m.words.told(c.Crosswalk.Title)+". "+m.say("crosswalk.version", c.Crosswalk)))
	m.add(workbook.Line, text(m.say("made.by", c)+" "+c.Policy.Digest))
	m.add(workbook.Line, text(m.say("matrix.explained", nil)))
	m.add(workbook.Line, text(m.say("matrix.share", nil)))
	m.add(workbook.Line)
	m.head()
	head := len(m.rows)
	for _, group := range c.Crosswalk.Matrix.Groups {
		m.group(group)
	}
	m.total(c.Crosswalk.Matrix.Total)
	return workbook.Sheet{Name: m.say("matrix.sheet", nil), Widths: columnWidths, Rows: m.rows, Head: head}
}

func (m *matrix) head() {
	var cells []workbook.Cell
	for _, name := range []string{
		"matrix.label.number", "matrix.label.main", "matrix.label.group", "label.criterion", "matrix.label.kind", "matrix.label.evidence", "matrix.label.target",
		"matrix.label.weight", "matrix.label.mark", "matrix.label.points", "matrix.label.best", "matrix.label.basis",
	} {
		cells = append(cells, text(m.say(name, nil)))
	}
	m.add(workbook.Header, cells...)
}

func (m *matrix) group(sums austauschbar.MatrixSums) {
	first := len(m.rows) + 1
	for _, row := range m.crossing.Crosswalk.Matrix.Rows {
		if row.Group == sums.Group {
			m.criterion(row)
		}
	}
	last := len(m.rows)
	if last < first {
		return
	}
	sum := func(column int, value float64) workbook.Cell {
		return workbook.Cell{Value: value, Formula: fmt.Sprintf("SUM(%s:%s)", workbook.Address(column, first), workbook.Address(column, last))}
	}
	m.sum(m.say("matrix.sum", m.keep(m.words.name("group", sums.Group))), sums, sum)
	m.sums = append(m.sums, len(m.rows))
}

func (m *matrix) total(sums austauschbar.MatrixSums) {
	m.sum(m.say("matrix.total", nil), sums, func(column int, value float64) workbook.Cell {
		parts := []string{"0"}
		for _, row := range m.sums {
			parts = append(parts, workbook.Address(column, row))
		}
		return workbook.Cell{Value: value, Formula: strings.Join(parts, "+")}
	})
}

// sum adds a row of sums and the share of what could have been reached.
func (m *matrix) sum(label string, sums austauschbar.MatrixSums, of func(column int, value float64) workbook.Cell) {
	row := len(m.rows) + 1
	points, best := workbook.Address(columnPoints, row), workbook.Address(columnBest, row)
	share := workbook.Cell{Value: "", Formula: fmt.Sprintf(`IF(%s=0,"",%s/%s)`, best, points, best), Share: m.say("matrix.share.of", nil)}
	if sums.Best > 0 {
		share.Value = sums.Points / sums.Best
	}
	blank := workbook.Cell{}
	m.add(workbook.Sum, blank, blank, blank, text(label), blank, blank, blank,
		of(columnWeight, sums.Weight), blank, of(columnPoints, sums.Points), of(columnBest, sums.Best), share)
}

func (m *matrix) criterion(row austauschbar.MatrixRow) {
	number := len(m.rows) + 1
	weight, mark := workbook.Address(columnWeight, number), workbook.Address(columnMark, number)
	criterion := criterionOf(m.crossing.Review, row.Criterion)
	evidence, err := m.words.either(criterion, row.Criterion+".evidence", "general.evidence")
	m.add(workbook.Plain,
		text(row.Criterion), text(m.keep(m.words.name("headline", row.Headline))), text(m.keep(m.words.name("group", row.Group))),
		text(criterion.Title), text(row.Kind), text(m.keep(evidence, err)), text(m.say("matrix.target", nil)),
		workbook.Cell{Value: row.Weight}, value(row.Mark),
		formula(fmt.Sprintf(`IF(ISNUMBER(%s),%s*%s,"")`, mark, weight, mark), row.Points),
		formula(fmt.Sprintf(`IF(ISNUMBER(%s),%s*10,"")`, mark, weight), row.Best),
		text(m.reason(criterion)))
}

func value(number *float64) workbook.Cell {
	if number == nil {
		return workbook.Cell{}
	}
	return workbook.Cell{Value: *number}
}

func formula(text string, now *float64) workbook.Cell {
	cell := workbook.Cell{Formula: text, Value: ""}
	if now != nil {
		cell.Value = *now
	}
	return cell
}

// reason is a criterion's rating, what was found first and where.
func (m *matrix) reason(criterion austauschbar.Criterion) string {
	parts := []string{m.keep(m.words.rating(criterion)) + "."}
	var places []string
	count := 0
	for _, finding := range m.crossing.Findings {
		if finding.Criterion != criterion.ID {
			continue
		}
		if count++; count > passages {
			continue
		}
		part := finding.Message
		if finding.Evidence != nil {
			part += " (" + finding.Evidence.Place + ")"
		}
		parts = append(parts, part)
	}
	if count == 0 {
		for _, evidence := range criterion.Evidence[:min(passages, len(criterion.Evidence))] {
			places = append(places, evidence.Place)
		}
		parts = append(parts, strings.Join(places, "; "))
	}
	if count > passages {
		parts = append(parts, m.say("finding.more", count-passages))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// notes are what is to be known of the framework, and what the matrix is not.
func (m *matrix) notes() workbook.Sheet {
	m.rows = nil
	crosswalk := m.crossing.Crosswalk
	m.add(workbook.Title, text(m.words.told(crosswalk.Title)))
	lines := []string{m.say("crosswalk.version", crosswalk)}
	if len(crosswalk.Status) > 0 {
		lines = append(lines, m.say("crosswalk.status", m.words.told(crosswalk.Status)))
	}
	lines = append(lines, m.say("label.source", nil)+": "+crosswalk.Source, m.say("crosswalk.read", crosswalk))
	if crosswalk.Through != "" {
		lines = append(lines, m.say("crosswalk.through", nil)+" "+crosswalk.Through)
	}
	lines = append(lines, m.say("crosswalk.rule", nil))
	for _, note := range crosswalk.Notes {
		lines = append(lines, m.words.told(note))
	}
	for _, point := range crosswalk.Unverified {
		lines = append(lines, m.say("crosswalk.unverified", m.words.told(point)))
	}
	for _, line := range append(lines, m.say("disclaimer", nil)) {
		m.add(workbook.Plain, text(line))
	}
	return workbook.Sheet{Name: m.say("matrix.sheet.notes", nil), Widths: []float64{100}, Rows: m.rows}
}
