package rst

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/html"
)

var (
	directiveName = regexp.MustCompile(`^\.\.[ \t]+(?:\|[^|]+\|[ \t]+)?([A-Za-z][\w:+.-]*?)[ \t]?::(?:[ \t]+(.*))?$`)
	note          = regexp.MustCompile(`^\.\.[ \t]+\[(#?[\w.-]*|\*)\](?:[ \t]+(.*))?$`)
)

// A directive is a directive with its arguments, options and content.
type directive struct {
	name    string
	title   string // its arguments
	line    int
	options map[string]string
	content []line
}

// explicit reads what begins with two dots.
func (p *parser) explicit(block []line, base int, in within) error {
	if m := note.FindStringSubmatch(block[0].text); m != nil {
		in.note = strings.Trim(m[1], "#")
		if in.note == "" {
			in.note = "#"
		}
		return p.body(m[2], block, in)
	}
	m := directiveName.FindStringSubmatch(block[0].text)
	if m == nil || strings.HasPrefix(block[0].text, ".. |") {
		return nil
	}
	d := directive{name: m[1], title: m[2], line: block[0].number, options: map[string]string{}}
	rest, title := block[1:], []string{d.title}
	for len(rest) > 0 && rest[0].text != "" {
		if name, value, found := field(rest[0].text); found {
			d.options[name] = value
		} else if len(d.options) == 0 && takesTitle[d.name] {
			if d.title == "" {
				d.line = rest[0].number
			}
			title = append(title, rest[0].text)
			d.title = rest[0].text
		} else {
			break
		}
		rest = rest[1:]
	}
	d.content, d.title = rest, strings.TrimSpace(strings.Join(title, " "))
	if err := p.endTerm(); err != nil {
		return err
	}
	return p.directive(d, in)
}

// takesTitle are the directives whose argument is text of the document.
var takesTitle = map[string]bool{
	"admonition": true, "topic": true, "sidebar": true, "rubric": true, "table": true, "csv-table": true, "list-table": true, "centered": true,
	"note": true, "warning": true, "tip": true, "important": true, "caution": true, "attention": true, "danger": true, "error": true, "hint": true,
	"seealso": true, "versionadded": true, "versionchanged": true, "deprecated": true, "versionremoved": true, "todo": true,
}

func (p *parser) directive(d directive, in within) error {
	switch d.name {
	case "include", "literalinclude":
		p.include(d.title)
	case "sectnum", "section-numbering":
		p.numbered = true
	case "contents", "toctree", "index", "meta", "role", "default-role", "highlight", "title", "raw", "replace", "unicode", "date", "tabularcolumns":
		if d.name == "raw" && strings.Contains(d.title, "html") && d.options["file"] == "" {
			return p.raw(d, in)
		}
	case "code", "code-block", "sourcecode", "parsed-literal", "math", "uml", "plantuml", "mermaid", "graphviz", "digraph", "graph", "productionlist", "doctest", "testcode", "prompt":
		p.listing(d)
		return p.code(d.content)
	case "image", "figure":
		if err := p.say(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: d.options["alt"], Line: d.line}, in); err != nil {
			return err
		}
		return p.blocks(d.content, in)
	case "csv-table", "list-table":
		if err := p.say(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: d.title, Line: d.line}, in); err != nil {
			return err
		}
		if d.name == "csv-table" {
			return p.separated(d)
		}
		return p.listed(d)
	case "epigraph", "highlights", "pull-quote":
		in.quoted = true
		return p.blocks(d.content, in)
	default:
		if takesTitle[d.name] {
			if err := p.say(austauschbar.Passage{Kind: austauschbar.Paragraph, Text: d.title, Line: d.line}, in); err != nil {
				return err
			}
		}
		return p.blocks(d.content, in)
	}
	return nil
}

// listing keeps code whose language the directive tells by its name or argument.
func (p *parser) listing(d directive) {
	content := d.content
	for len(content) > 0 && content[0].text == "" {
		content = content[1:]
	}
	language := strings.ToLower(d.name)
	switch language {
	case "code", "code-block", "sourcecode":
		language = strings.ToLower(d.title)
	case "parsed-literal", "math", "productionlist", "doctest", "testcode", "prompt":
		language = ""
	}
	if language == "" || len(content) == 0 {
		return
	}
	var text []string
	for _, l := range content {
		text = append(text, l.text)
	}
	p.listings = append(p.listings, austauschbar.Listing{Language: language, Text: strings.Join(text, "\n"), Line: content[0].number})
}

// files is how many files a gap tells.
const files = 20

// include notes a file that is not followed.
func (p *parser) include(target string) {
	switch {
	case slices.Contains(p.includes, target) || len(p.includes) > files:
	case len(p.includes) == files:
		p.includes = append(p.includes, "…")
	default:
		p.includes = append(p.includes, target)
	}
}

// raw reads HTML.
func (p *parser) raw(d directive, in within) error {
	if len(d.content) == 0 {
		return nil
	}
	var text strings.Builder
	for _, l := range d.content {
		text.WriteString(l.text + "\n")
	}
	found, err := html.Fragment(p.ctx, text.String(), html.Setting{Line: d.content[0].number, Level: in.lists, Quoted: in.quoted})
	for _, passage := range found {
		if err := p.add(passage); err != nil {
			return err
		}
	}
	return err
}
