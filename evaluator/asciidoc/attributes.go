package asciidoc

import "strings"

// attributes are those of a block.
type attributes struct {
	set     bool // there are some
	style   string
	second  string // attribute without a name: of a source block its language
	named   map[string]string
	options map[string]bool
}

// is reports whether a block has a style.
func (a attributes) is(style string) bool { return a.style == style }

// code reports whether a block's style makes it code.
func (a attributes) code() bool {
	switch a.style {
	case "source", "listing", "literal", "plantuml", "mermaid", "ditaa", "graphviz", "dot", "c4plantuml", "vega", "vegalite", "bpmn", "nomnoml", "stem", "latexmath", "asciimath":
		return true
	}
	return false
}

// language is that of a block of code; "" where none is named.
func (a attributes) language() string {
	switch a.style {
	case "source", "listing", "":
		return strings.ToLower(a.second)
	case "literal", "stem", "latexmath", "asciimath":
		return ""
	}
	return a.style
}

func (a attributes) quotes() bool { return a.style == "quote" || a.style == "verse" }

// attributeLine takes a line of block attributes or an anchor, and reports whether
// the line is one.
func (p *parser) attributeLine(text string) bool {
	if text[0] != '[' || !attributeList.MatchString(text) {
		return false
	}
	p.at++
	if strings.HasPrefix(text, "[[") {
		return true
	}
	p.attrs.add(text[1 : len(text)-1])
	return true
}

// add takes what stands between brackets.
func (a *attributes) add(text string) {
	if a.named == nil {
		a.named, a.options = map[string]string{}, map[string]bool{}
	}
	for i, part := range splitAttributes(text) {
		a.set = true
		if name, value, found := strings.Cut(part, "="); found && !strings.ContainsAny(name, ` "`) {
			value = strings.Trim(value, `"'`)
			switch name {
			case "options", "opts":
				for option := range strings.SplitSeq(value, ",") {
					a.options[strings.TrimSpace(option)] = true
				}
			default:
				a.named[name] = value
			}
			continue
		}
		switch i {
		case 0:
			a.shorthand(part)
		case 1:
			a.second = part
		}
	}
}

// shorthand takes "style#id.role%option".
func (a *attributes) shorthand(text string) {
	for text != "" {
		end := strings.IndexAny(text[1:], "#.%") + 1
		if end == 0 {
			end = len(text)
		}
		switch part := text[:end]; part[0] {
		case '%':
			a.options[part[1:]] = true
		case '#', '.':
		default:
			a.style = part
		}
		text = text[end:]
	}
}

// splitAttributes splits at commas and blanks before names, but not within quotes.
func splitAttributes(text string) []string {
	var parts []string
	var quote byte
	begin := 0
	for at := 0; at <= len(text); at++ {
		switch {
		case at == len(text) || text[at] == ',' && quote == 0:
			if part := strings.TrimSpace(text[begin:at]); part != "" || at < len(text) {
				parts = append(parts, part)
			}
			begin = at + 1
		case quote != 0 && text[at] == quote:
			quote = 0
			if at+1 < len(text) && text[at+1] == ' ' && strings.Contains(text[begin:at], "=") {
				parts = append(parts, strings.TrimSpace(text[begin:at+1]))
				begin = at + 1
			}
		case quote == 0 && (text[at] == '"' || text[at] == '\'') && (at == begin || text[at-1] == '=' || text[at-1] == ' '):
			quote = text[at]
		}
	}
	return parts
}
