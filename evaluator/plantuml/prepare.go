package plantuml

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/diagram"
)

// A line is a line of a diagram.
type line struct {
	text    string // without white space around it, definitions put in
	number  int    // 1-based
	library string // of icons, that the diagram includes: "aws", "azure"; "" where none
}

// A prepared file is its diagrams and what they include.
type prepared struct {
	diagrams [][]line
	includes []string
	defined  []definition
	library  string
	skipped  string // what ends the part that is left out; "" where none is
}

// A definition is a name with what is put in for it.
type definition struct{ name, value string }

// Bounds of definitions: more would let a text grow without end.
const (
	maxDefined = 200
	maxLine    = diagram.LongestLine // bytes of a line once definitions are put in
	maxNamed   = 20                  // files that a gap names
)

var (
	define   = regexp.MustCompile(`^!(?:define|global|local)?\s*(\$?[\p{L}_]\w*)(?:\s*\??=\s*|\s+)(.*)$`)
	include  = regexp.MustCompile(`^!(?:include(?:url|sub|_many|_once)?|import)\s+(.*)$`)
	body     = regexp.MustCompile(`^!(?:unquoted\s+|final\s+)*(procedure|function|definelong|macro|while|foreach)\b`)
	oneLine  = regexp.MustCompile(`^!(?:unquoted\s+|final\s+)*function\b.*\breturn\b`)
	fromLib  = regexp.MustCompile(`(?i)(?:C4[_/-]|c4-plantuml|tupadr3|font-awesome|devicons|material|office|logos|aws|azure|gcp|k8s|kubernetes|elastic|cloudinsight|cloudogu|edgy|archimate|stdlib|plantuml)`)
	iconLib  = regexp.MustCompile(`(?i)(aws|azure|gcp|k8s|kubernetes|elastic)`)
	noteOpen = regexp.MustCompile(`^(?:(?:floating |hexagonal |rounded )?[hr]?note\s+(?:left|right|top|bottom|over|across|as)\b[^:"]*|legend\b.*|header|footer|title|caption|skinparam\b.*\{|<style>|sprite\b.*\{|json\b.*\{)$`)
)

// prepare reads a file's lines up to the diagrams' own: comments, notes and looks are
// left out, definitions put in.
func prepare(source string) *prepared {
	p := &prepared{}
	var lines []line
	started, drawn := !strings.Contains(source, "@start"), true
	comment := false
	for i, raw := range strings.Split(source, "\n") {
		text := strings.TrimSpace(raw)
		switch {
		case comment:
			comment = !strings.Contains(text, "'/")
			continue
		case strings.HasPrefix(text, "/'"):
			comment = !strings.Contains(text, "'/")
			continue
		case strings.HasPrefix(text, "@start"):
			started, drawn, lines = true, text == "@startuml" || strings.HasPrefix(text, "@startuml ") || strings.HasPrefix(text, "@startuml("), nil
			continue
		case strings.HasPrefix(text, "@end"):
			if drawn && started {
				p.diagrams = append(p.diagrams, lines)
			}
			started, lines, p.skipped = false, nil, ""
			continue
		case !started || !drawn || text == "" || len(text) > diagram.LongestLine || strings.HasPrefix(text, "'"):
			continue
		}
		if text, kept := p.line(text); kept {
			lines = append(lines, line{text: text, number: i + 1, library: p.library})
		}
	}
	if started && drawn && len(lines) > 0 {
		p.diagrams = append(p.diagrams, lines)
	}
	return p
}

// line returns a line of the diagram with its definitions put in; false for what
// describes no element.
func (p *prepared) line(text string) (string, bool) {
	if p.skipped != "" {
		if ends(text, p.skipped) {
			p.skipped = ""
		}
		return "", false
	}
	if strings.HasPrefix(text, "!") {
		p.directive(text)
		return "", false
	}
	if m := noteOpen.FindString(text); m != "" {
		p.skipped = endOf(m)
		return "", false
	}
	return p.put(text), true
}

// endOf returns what ends the part that a line opens.
func endOf(opening string) string {
	word, _, _ := strings.Cut(opening, " ")
	switch {
	case strings.HasSuffix(opening, "{"):
		return "}"
	case word == "<style>":
		return "</style>"
	case word == "legend" || word == "header" || word == "footer" || word == "title" || word == "caption":
		return "end" + word
	}
	return "endnote"
}

// ends says whether a line is this end: "endnote", "end note", "endhnote".
func ends(text, end string) bool {
	text = strings.ReplaceAll(text, " ", "")
	return text == end || end == "endnote" && (text == "endhnote" || text == "endrnote")
}

// directive keeps what a line of the preprocessor defines or includes.
func (p *prepared) directive(text string) {
	if m := include.FindStringSubmatch(text); m != nil {
		p.include(strings.TrimSpace(m[1]))
		return
	}
	if oneLine.MatchString(text) {
		return
	}
	if m := body.FindStringSubmatch(text); m != nil {
		p.skipped = map[string]string{"procedure": "!endprocedure", "function": "!endfunction", "definelong": "!enddefinelong", "macro": "!endmacro", "while": "!endwhile", "foreach": "!endfor"}[m[1]]
		return
	}
	switch word, _, _ := strings.Cut(text, " "); word {
	case "!else", "!elseif":
		p.skipped = "!endif"
		return
	case "!if", "!ifdef", "!ifndef", "!endif", "!theme", "!pragma", "!log", "!assert", "!return", "!undef", "!unquoted", "!final", "!dump_memory":
		return
	}
	if m := define.FindStringSubmatch(text); m != nil && len(p.defined) < maxDefined {
		name, value := m[1], strings.Trim(strings.TrimSpace(m[2]), `"`)
		p.defined = slices.DeleteFunc(p.defined, func(d definition) bool { return d.name == name })
		p.defined = append(p.defined, definition{name, p.put(value)})
	}
}

func (p *prepared) include(target string) {
	target = p.put(target)
	if m := iconLib.FindString(target); m != "" {
		p.library = strings.ToLower(m)
	}
	switch {
	case strings.HasPrefix(target, "<"), fromLib.MatchString(target), slices.Contains(p.includes, target), len(p.includes) > maxNamed:
	case len(p.includes) == maxNamed:
		p.includes = append(p.includes, "…")
	default:
		p.includes = append(p.includes, target)
	}
}

// put puts definitions in.
func (p *prepared) put(text string) string {
	for _, d := range p.defined {
		if !strings.Contains(text, d.name) {
			continue
		}
		put := replace(text, d)
		if len(put) > maxLine {
			return text
		}
		text = put
	}
	return text
}

// replace puts a definition in where its name stands as a word.
func replace(text string, d definition) string {
	var b strings.Builder
	for {
		at := strings.Index(text, d.name)
		if at < 0 {
			return b.String() + text
		}
		end := at + len(d.name)
		whole := (at == 0 || !wordy(text[at-1])) && (end == len(text) || !wordy(text[end]))
		b.WriteString(text[:at])
		if whole {
			b.WriteString(d.value)
		} else {
			b.WriteString(d.name)
		}
		if text = text[end:]; b.Len() > maxLine {
			return b.String() + text
		}
	}
}

func wordy(char byte) bool {
	return char == '_' || char >= '0' && char <= '9' || char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z' || char >= 0x80
}
