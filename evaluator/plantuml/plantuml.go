// Package plantuml reads diagrams in PlantUML's notation.
package plantuml

import (
	"context"
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Read reads a file of diagrams: those of C4 macros, of components and nodes, and
// sequences. Diagrams of other kinds say nothing of an architecture. Names that the file
// defines are put in; no other file is included, and a gap names those that are no
// library.
//
// Refusals: "empty", "too_large", "not_text", "unknown_content" where no diagram begins,
// "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	source, err := diagram.Decode(data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	if !strings.Contains(source, "@start") {
		return austauschbar.Text{}, limit.Refuse("unknown_content", "no diagram begins")
	}
	return read(ctx, source)
}

// ReadListing reads the source of a diagram that stands in a document, where its begin
// and end may be left out.
func ReadListing(ctx context.Context, data []byte) (austauschbar.Text, error) {
	if strings.Contains(string(data), "@start") || len(data) > diagram.Large {
		return Read(ctx, data)
	}
	return read(ctx, string(data))
}

func read(ctx context.Context, source string) (austauschbar.Text, error) {
	p := prepare(source)
	text := austauschbar.Text{Architecture: new(austauschbar.Architecture)}
	var drawings []austauschbar.Architecture
	for _, found := range p.diagrams {
		drawing, err := draw(ctx, found)
		if err != nil {
			return austauschbar.Text{}, err
		}
		if drawing == nil {
			continue
		}
		drawings = append(drawings, drawing.Architecture())
		if err := drawing.Gap(); err != nil {
			text.Gaps = append(text.Gaps, limit.Gap("", err))
		}
	}
	*text.Architecture = diagram.Merge(drawings)
	if len(p.includes) > 0 {
		text.Gaps = append(text.Gaps, austauschbar.Gap{Reason: "included", Detail: strings.Join(p.includes, ", ")})
	}
	return text, nil
}

// draw reads the lines of a diagram; nil for kinds that show no architecture.
func draw(ctx context.Context, found []line) (*diagram.Drawing, error) {
	var take func(line)
	var drawing *diagram.Drawing
	switch kindOf(found) {
	case c4, components:
		chart := &chart{}
		drawing, take = &chart.Drawing, chart.take
	case sequences:
		chart := &sequence{Drawing: diagram.Drawing{Sequence: true}}
		drawing, take = &chart.Drawing, chart.take
	default:
		return nil, nil
	}
	for i, l := range found {
		if err := diagram.Stopped(ctx); i%1000 == 0 && err != nil {
			return nil, err
		}
		take(l)
	}
	return drawing, nil
}

// A kind of diagram.
type kind int

const (
	other kind = iota
	c4
	components
	sequences
)

var (
	isClass    = regexp.MustCompile(`^(?:abstract|abstract class|class|enum|annotation|object|map|json|state|struct|exception|protocol|metaclass|dataclass|record)\s+[\p{L}"]|^entity\s+\S+(?:\s+as\s+\S+)?\s*\{$|^\[\*\]\s*[-.]|[-.]+>\s*\[\*\]`)
	isActivity = regexp.MustCompile(`^(?:start|stop|end|detach|kill|fork|split|repeat)$|^:[^:]*[;|<>/\]}]$|^(?:if|elseif|while|switch|case|repeat while)\s*\(|^\(\*\)\s*[-.]|^\|[^|]+\|$`)
	isUseCase  = regexp.MustCompile(`^(?:usecase\b|\([^)*]+\)(?:\s|$))|[-.]>\s*\([^)*]+\)|^(?:robust|concise|clock|binary|analog)\s`)
	isSequence = regexp.MustCompile(`^(?:participant|autonumber|activate|deactivate|return|alt|opt|loop|par|break|critical|group|box|create|destroy)\b|^==.*==$`)
	isElement  = regexp.MustCompile(`^(?:` + words + `)\s+["\[\p{L}]|^\[[^\]*]+\]|[-.]>?\s*\[[^\]*]+\]|^\(\)\s`)
)

// kindOf tells a diagram's kind by its lines. Those that describe steps, classes or uses
// may hold a component too; what holds an element that only sequences have is one.
func kindOf(found []line) kind {
	told, shared := other, false
	for _, l := range found {
		shared = shared || either.MatchString(l.text)
		macro, isCall := diagram.ParseMacro(l.text)
		switch {
		case isCall && diagram.Known(macro.Name):
			return c4
		case isClass.MatchString(l.text), isActivity.MatchString(l.text) && l.text != "end", isUseCase.MatchString(l.text):
			return other
		case isSequence.MatchString(l.text):
			return sequences
		case isElement.MatchString(l.text) && !either.MatchString(l.text), isCall && l.library != "":
			told = components
		case told == other && messageOf(l.text) != nil:
			told = sequences
		}
	}
	if told == other && shared {
		return components
	}
	return told
}

// either matches elements that sequences have as well.
var either = regexp.MustCompile(`^(?:actor|boundary|control|entity|database|collections|queue)\b[^{]*$`)
