package notice

import (
	"math"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A script collects the texts of notices that people write, in reading order.
// Once a limit is reached it takes no more and remembers the error.
type script struct {
	text  austauschbar.Text
	meter limit.Meter
	err   error
}

// A label is a heading that forms print and notices do not hold.
type label struct{ de, en string }

var (
	criteriaLabel = label{"Zuschlagskriterien", "Award criteria"}
	renewalLabel  = label{"Verlängerung", "Renewal"}
	optionsLabel  = label{"Optionen", "Options"}
	criterionName = label{"Zuschlagskriterium", "Award criterion"}
	criterionText = label{"Beschreibung", "Description"}
	criterionPart = label{"Anteil", "Share"}
	points        = label{"Punkte", "points"}
	selection     = label{"Eignungskriterien", "Selection criteria"}
	execution     = label{"Bedingungen für die Ausführung des Auftrags", "Conditions for the performance of the contract"}
	further       = label{"Zusätzliche Angaben", "Additional information"}
)

// in returns the label in a notice's language, English where that is not German.
func (l label) in(language string) string {
	if language == "de" {
		return l.de
	}
	return l.en
}

// heading adds a heading; text is that of its line, number may be "".
func (s *script) heading(level int, number, text string, line int) {
	s.add(austauschbar.Passage{Kind: austauschbar.Heading, Level: level, Number: number, Text: lines.Clean(text), Line: line})
}

func (s *script) paragraph(text string, line int) {
	s.add(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: lines.Clean(text), Line: line})
}

func (s *script) item(text string, line int) {
	s.add(austauschbar.Passage{Kind: austauschbar.Item, Level: 1, Text: lines.Clean(text), Line: line})
}

// row adds a row of those of the cells that hold text.
func (s *script) row(line int, cells ...austauschbar.Cell) {
	passage := austauschbar.Passage{Kind: austauschbar.Row, Line: line}
	for _, cell := range cells {
		if cell.Text = lines.Clean(cell.Text); cell.Text == "" {
			continue
		}
		if passage.Text != "" {
			passage.Text += " | "
		}
		passage.Text += cell.Text
		passage.Cells = append(passage.Cells, cell)
	}
	s.add(passage)
}

func (s *script) add(passage austauschbar.Passage) {
	if passage.Text == "" || s.err != nil {
		return
	}
	if s.err = s.meter.Passage(len(passage.Cells)); s.err != nil {
		return
	}
	if s.err = s.meter.Text(len(passage.Text)); s.err != nil {
		return
	}
	s.text.Passages = append(s.text.Passages, passage)
}

// criteria adds a lot's award criteria as rows. The header of their weights is none
// that makes a row an award criterion: the notice's facts hold them already.
func (s *script) criteria(criteria []austauschbar.NoticeCriterion, language string) {
	for i, criterion := range criteria {
		if i == 0 {
			s.heading(3, "", criteriaLabel.in(language), criterion.Evidence.Line)
		}
		s.row(criterion.Evidence.Line,
			austauschbar.Cell{Header: criterionName.in(language), Text: criterion.Name},
			austauschbar.Cell{Header: criterionText.in(language), Text: criterion.Description},
			austauschbar.Cell{Header: criterionPart.in(language), Text: weightText(criterion, language)})
	}
}

// weightText writes a weight as people do; "" for none and for a rank.
func weightText(criterion austauschbar.NoticeCriterion, language string) string {
	if criterion.Weight == nil {
		return ""
	}
	written := func(value float64) string {
		text := strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
		if language == "de" {
			return strings.Replace(text, ".", ",", 1)
		}
		return text
	}
	switch criterion.WeightKind {
	case "percent":
		return written(*criterion.Weight) + " %"
	case "decimal":
		return written(*criterion.Weight*100) + " %"
	case "points":
		return written(*criterion.Weight) + " " + points.in(language)
	}
	return ""
}

// clean folds white space as passages do.
func clean(text string) string { return lines.Clean(text) }
