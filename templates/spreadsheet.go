package templates

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates/workbook"
)

// Spreadsheet writes reviews as Fill returned them as one spreadsheet: an overview, all
// criteria, all findings with the contradictions, and what could not be read. It holds
// no formulas.
func (words *Words) Spreadsheet(out io.Writer, reviews []austauschbar.Review) error {
	s := &spreadsheet{words: words}
	for _, review := range reviews {
		review, err := words.shown(review)
		if err != nil {
			return fmt.Errorf("write spreadsheet: %w", err)
		}
		s.reviews = append(s.reviews, review)
	}
	sheets := []workbook.Sheet{s.overview(), s.criteria(), s.findings(), s.gaps()}
	if s.err != nil {
		return fmt.Errorf("write spreadsheet: %w", s.err)
	}
	return workbook.Write(out, sheets)
}

// A spreadsheet is one in the making. Its first error is kept.
type spreadsheet struct {
	words   *Words
	reviews []austauschbar.Review
	err     error
}

func (s *spreadsheet) say(name string, data any) string {
	text, err := s.words.say(name, data)
	return s.keep(text, err)
}

func (s *spreadsheet) name(kind, id string) string {
	text, err := s.words.name(kind, id)
	return s.keep(text, err)
}

func (s *spreadsheet) keep(text string, err error) string {
	if s.err == nil {
		s.err = err
	}
	return text
}

// cells are texts and numbers; "" and other values are none.
func cells(values ...any) []workbook.Cell {
	row := make([]workbook.Cell, len(values))
	for i, value := range values {
		switch value := value.(type) {
		case string:
			if value != "" {
				row[i] = text(value)
			}
		case float64:
			row[i] = workbook.Cell{Value: value}
		case *float64:
			if value != nil {
				row[i] = workbook.Cell{Value: rounded(*value)}
			}
		}
	}
	return row
}

func row(look workbook.Look, values ...any) workbook.Row {
	return workbook.Row{Look: look, Cells: cells(values...)}
}

// overview tells of each review how good, how sure and what blocks.
func (s *spreadsheet) overview() workbook.Sheet {
	sheet := workbook.Sheet{Name: s.say("sheet.overview", nil), Widths: []float64{34, 12, 12, 14, 60}}
	add := func(look workbook.Look, values ...any) { sheet.Rows = append(sheet.Rows, row(look, values...)) }
	if len(s.reviews) == 0 {
		add(workbook.Title, s.say("title", nil))
	}
	for _, review := range s.reviews {
		title := clean(review.Dossier.Title)
		if title == "" {
			title = clean(review.Dossier.Path)
		}
		if title == "" {
			title = s.say("untitled", nil)
		}
		add(workbook.Title, s.say("title", nil)+": "+title)
		for _, line := range s.lines(review) {
			add(workbook.Line, line)
		}
		add(workbook.Line)
		add(workbook.Header, s.say("label.result", nil), s.say("label.score", nil), s.say("label.level", nil), s.say("label.coverage", nil))
		level := func(level string, score *float64) string { return s.keep(s.words.grade(level, score)) }
		share := func(share float64) string { return s.keep(s.words.share(share)) }
		add(workbook.Sum, s.name("headline", "overall"), review.Score.Overall, level(review.Score.Level, review.Score.Overall), share(review.Score.Coverage))
		for _, headline := range review.Headlines {
			add(workbook.Plain, s.name("headline", headline.ID), headline.Score, level(headline.Level, headline.Score), share(headline.Coverage))
		}
		for _, group := range review.Groups {
			add(workbook.Plain, s.say("sheet.group", s.name("group", group.ID)), group.Score, "", share(group.Coverage))
		}
		add(workbook.Line)
		add(workbook.Header, s.say("heading.findings", nil), s.say("sheet.count", nil))
		for _, severity := range austauschbar.Severities {
			add(workbook.Plain, s.name("severity", severity), countSeverity(review, severity))
		}
		add(workbook.Line)
	}
	add(workbook.Line, s.say("note.levels", nil))
	add(workbook.Line, s.say("kinds.note", nil))
	add(workbook.Line, s.say("disclaimer", nil))
	return sheet
}

// lines say what was reviewed, by what rules, and what is open.
func (s *spreadsheet) lines(review austauschbar.Review) []string {
	lines := []string{
		s.say("documents.read", len(review.Dossier.Documents)) + " · " + s.say("judged.at", review.Policy.Today),
		s.keep(s.words.understood(review)),
		s.say("made.by", review) + " " + review.Policy.Digest + " " + s.keep(s.words.either(review.Policy, "profile.note")),
	}
	if review.Score.Provisional {
		lines = append(lines, s.say("coverage.provisional", review.Score))
	}
	if len(review.Score.OpenGates) == 0 {
		lines = append(lines, s.say("gates.closed", unevidenced(review)))
	} else {
		lines = append(lines, s.say("gates.open", len(review.Score.OpenGates))+": "+strings.Join(review.Score.OpenGates, ", "))
	}
	if len(review.Gaps) > 0 {
		lines = append(lines, s.say("gaps.some", len(review.Gaps)))
	} else {
		lines = append(lines, s.say("gaps.none", nil))
	}
	if delta := review.Delta; delta != nil {
		same := len(review.Findings) - len(delta.New)
		lines = append(lines, s.say("delta.findings", map[string]any{"new": len(delta.New), "fixed": len(delta.Fixed), "same": same}))
	}
	return lines
}

// countSeverity counts the findings of a severity that are not waived.
func countSeverity(review austauschbar.Review, severity string) float64 {
	count := 0.0
	for _, finding := range review.Findings {
		if finding.Severity == severity && finding.Waiver == nil {
			count++
		}
	}
	return count
}

// table is a sheet whose first row stays in sight and filters the others. Of a single
// review its first column, which names the dossier, is left out.
func (s *spreadsheet) table(name string, headings []string, widths []float64, rows [][]any) workbook.Sheet {
	from := 0
	if len(s.reviews) < 2 {
		from = 1
	}
	sheet := workbook.Sheet{Name: s.say(name, nil), Widths: widths[from:], Head: 1, Filter: true}
	var first []any
	for _, heading := range headings[from:] {
		first = append(first, s.say(heading, nil))
	}
	sheet.Rows = append(sheet.Rows, row(workbook.Header, first...))
	for _, values := range rows {
		sheet.Rows = append(sheet.Rows, row(workbook.Entry, values[from:]...))
	}
	return sheet
}

func (s *spreadsheet) criteria() workbook.Sheet {
	var rows [][]any
	for _, review := range s.reviews {
		for _, criterion := range review.Criteria {
			reason := ""
			if criterion.Reason != "" {
				reason = s.name("not_applicable", criterion.Reason)
			}
			var points, best any
			if rated(criterion) {
				points, best = rounded(criterion.Points), 10*criterion.Weight
			}
			var places, sources []string
			for _, evidence := range criterion.Evidence[:min(passages, len(criterion.Evidence))] {
				places = append(places, clean(evidence.Place))
			}
			if hidden := len(criterion.Evidence) - len(places); hidden > 0 {
				places = append(places, s.say("finding.more", hidden))
			}
			for _, reference := range criterion.References {
				sources = append(sources, clean(cmp.Or(reference.Description, reference.Ref)))
			}
			rows = append(rows, []any{
				review.Dossier.Path, criterion.ID, criterion.Title, s.name("group", criterion.Group), s.name("kind", criterion.Kind), criterion.Weight,
				s.keep(s.words.rating(criterion)), points, best, rounded(criterion.Gain), float64(len(criterion.Findings)), reason,
				strings.Join(places, "; "), strings.Join(sources, "; "),
			})
		}
	}
	return s.table("sheet.criteria", []string{
		"column.dossier", "column.criterion", "column.title", "column.group", "label.kind", "column.weight", "column.rating",
		"label.score", "column.best", "column.gain", "sheet.findings", "column.inapplicable", "column.evidence", "label.sources",
	}, []float64{22, 11, 36, 24, 20, 10, 20, 9, 12, 9, 10, 30, 50, 50}, rows)
}

func (s *spreadsheet) findings() workbook.Sheet {
	var shown []column
	var headings []string
	var widths []float64
	for _, column := range columns {
		if column.width > 0 && s.speaks(column.key) {
			shown, headings, widths = append(shown, column), append(headings, "column."+column.key), append(widths, column.width)
		}
	}
	var rows [][]any
	for _, point := range s.points() {
		if point.kind != "gap" {
			values := make([]any, len(shown))
			for i, column := range shown {
				var err error
				values[i], err = column.of(s.words, point)
				s.keep("", err)
			}
			rows = append(rows, values)
		}
	}
	return s.table("sheet.findings", headings, widths, rows)
}

// speaks tells whether a column has anything to say: of changes where something was
// compared, of waivers where there are some.
func (s *spreadsheet) speaks(column string) bool {
	return slices.ContainsFunc(s.reviews, func(review austauschbar.Review) bool {
		switch column {
		case "change":
			return review.Delta != nil
		case "waiver":
			return slices.ContainsFunc(review.Findings, func(finding austauschbar.Finding) bool { return finding.Waiver != nil })
		}
		return true
	})
}

func (s *spreadsheet) gaps() workbook.Sheet {
	var rows [][]any
	for _, point := range s.points() {
		if point.kind == "gap" {
			rows = append(rows, []any{point.review.Dossier.Path, point.evidence.Path, point.finding.Message})
		}
	}
	return s.table("sheet.gaps", []string{"column.dossier", "column.document", "entry.gap"}, []float64{22, 50, 110}, rows)
}

func (s *spreadsheet) points() []point {
	var all []point
	for _, review := range s.reviews {
		points, err := s.words.pointsOf(review)
		s.keep("", err)
		all = append(all, points...)
	}
	return all
}
