// Package mermaid reads diagrams in Mermaid's notation.
package mermaid

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Read reads a file of one diagram: a flowchart, one of C4, a sequence or an
// architecture. Diagrams of other kinds, and flowcharts that show a process, say nothing
// of an architecture: theirs is empty.
//
// Refusals: "empty", "too_large", "not_text", "unknown_content" where no kind of
// diagram is named, "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	source, err := diagram.Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	found := statements(source)
	if len(found) == 0 {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "no diagram")
	}
	kind, _, _ := strings.Cut(found[0].text, " ")
	kind = strings.TrimRight(kind, ":;")
	if !kinds[kind] {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "no kind of diagram is named")
	}
	drawing, err := draw(ctx, kind, found[1:])
	if err != nil {
		return austauschbar.Text{}, err
	}
	text := austauschbar.Text{Architecture: new(austauschbar.Architecture)}
	if drawing == nil {
		return text, nil
	}
	*text.Architecture = drawing.Architecture()
	if err := drawing.Gap(); err != nil {
		text.Gaps = append(text.Gaps, limit.Gap("", err))
	}
	return text, nil
}

// draw reads the statements of a diagram; nil for kinds that show no architecture.
func draw(ctx context.Context, kind string, found []statement) (*diagram.Drawing, error) {
	var take func(statement)
	var drawing *diagram.Drawing
	switch kind {
	case "flowchart", "graph", "flowchart-elk":
		chart := &flowchart{Drawing: diagram.Drawing{Flow: true}}
		drawing, take = &chart.Drawing, chart.take
	case "sequenceDiagram":
		chart := &sequence{Drawing: diagram.Drawing{Sequence: true}}
		drawing, take = &chart.Drawing, chart.take
	case "architecture-beta", "architecture":
		chart := &architecture{}
		drawing, take = &chart.Drawing, chart.take
	case "C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment":
		chart := &diagram.C4{}
		drawing, take = &chart.Drawing, func(s statement) { takeC4(chart, s) }
	default:
		return nil, nil
	}
	for i, s := range found {
		if err := diagram.Stopped(ctx); i%1000 == 0 && err != nil {
			return nil, err
		}
		take(s)
	}
	drawing.Respell()
	return drawing, nil
}

// kinds are the words that diagrams begin with.
var kinds = map[string]bool{
	"flowchart": true, "graph": true, "flowchart-elk": true, "sequenceDiagram": true, "architecture-beta": true, "architecture": true,
	"C4Context": true, "C4Container": true, "C4Component": true, "C4Dynamic": true, "C4Deployment": true,
	"classDiagram": true, "classDiagram-v2": true, "stateDiagram": true, "stateDiagram-v2": true, "erDiagram": true, "gantt": true, "pie": true,
	"journey": true, "gitGraph": true, "mindmap": true, "timeline": true, "quadrantChart": true, "requirementDiagram": true, "zenuml": true,
	"sankey-beta": true, "sankey": true, "xychart-beta": true, "xychart": true, "block-beta": true, "block": true, "packet-beta": true, "packet": true,
	"kanban": true, "radar-beta": true, "treemap-beta": true, "treemap": true, "info": true,
}

// A statement is a statement with the line it begins on.
type statement struct {
	text     string
	evidence austauschbar.Evidence
}

// joined is how many lines a quoted label takes at most.
const joined = 50

// statements returns what stands on the lines: without comments, directives and front
// matter; lines joined where a quoted label goes over several.
func statements(source string) []statement {
	all := strings.Split(source, "\n")
	var found []statement
	for at := afterMatter(all); at < len(all); at++ {
		s := statement{text: strings.TrimSpace(all[at])}
		line := at + 1
		if strings.HasPrefix(s.text, "%%{") {
			for end := at; end < len(all) && end < at+joined; end++ {
				if strings.Contains(all[end], "}%%") {
					at = end
					break
				}
			}
			continue
		}
		if s.text == "" || strings.HasPrefix(s.text, "%%") {
			continue
		}
		if strings.Count(s.text, `"`)%2 == 1 {
			if end := closing(all, at); end > at {
				s.text = strings.Join(append([]string{s.text}, trimmed(all[at+1:end+1])...), "\n")
				at = end
			}
		}
		if len(s.text) > diagram.LongestLine {
			continue
		}
		s.evidence = diagram.Evidence(line, s.text)
		found = append(found, s)
	}
	return found
}

// closing returns the line on which the quotation of a line ends; the line itself where
// it does not.
func closing(all []string, at int) int {
	for end := at + 1; end < len(all) && end <= at+joined; end++ {
		if strings.Count(all[end], `"`)%2 == 1 {
			return end
		}
	}
	return at
}

func trimmed(texts []string) []string {
	var found []string
	for _, text := range texts {
		found = append(found, strings.TrimSpace(text))
	}
	return found
}

// afterMatter returns the index of the first line behind the front matter.
func afterMatter(all []string) int {
	at := 0
	for at < len(all) && strings.TrimSpace(all[at]) == "" {
		at++
	}
	if at == len(all) || strings.TrimSpace(all[at]) != "---" {
		return at
	}
	for end := at + 1; end < len(all); end++ {
		if strings.TrimSpace(all[end]) == "---" {
			return end + 1
		}
	}
	return at
}

var code = regexp.MustCompile(`#(\d{1,6}|[A-Za-z]{2,8});`)

// decode resolves Mermaid's characters: "#40;" and "#quot;".
func decode(label string) string {
	return code.ReplaceAllStringFunc(label, func(found string) string {
		name := found[1 : len(found)-1]
		if number, err := strconv.Atoi(name); err == nil {
			return string(rune(number))
		}
		return "&" + name + ";"
	})
}

// takeC4 draws a line of a C4 diagram.
func takeC4(chart *diagram.C4, s statement) {
	if macro, ok := diagram.ParseMacro(decode(s.text)); ok {
		if !chart.Take(macro, s.evidence) {
			chart.Open(macro.Opens, "")
		}
		return
	}
	if strings.HasPrefix(s.text, "}") {
		chart.Close()
	}
}
