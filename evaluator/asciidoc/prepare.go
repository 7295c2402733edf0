package asciidoc

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// A line is a line of the document once attributes and conditions are settled.
type line struct {
	number int // 1-based
	text   string
	levels int // how many levels of sections are numbered from here on
	offset int // of sections' levels
}

// Bounds of what attributes may add, and of the names of files that a gap tells.
const (
	valueLength = 4 << 10 // bytes of one attribute
	added       = 8 << 20 // bytes of all references
	named       = 20      // files
)

// A preparer settles what the parser need not know.
type preparer struct {
	attributes map[string]string
	conditions []bool // whether lines within each open condition count
	added      int
	lines      []line
	includes   []string
}

// intrinsic are the attributes that stand for characters, or that are set when a
// document is shown as HTML.
var intrinsic = map[string]string{
	"nbsp": "\u00a0", "zwsp": "\u200b", "wj": "\u2060", "sp": " ", "empty": "\u200b", "blank": "\u200b", "lt": "<", "gt": ">", "amp": "&",
	"apos": "'", "quot": `"`, "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+", "brvbar": "¦",
	"vbar": "|", "startsb": "[", "endsb": "]", "caret": "^", "asterisk": "*", "tilde": "~", "backslash": `\`, "backtick": "`",
	"two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "pp": "++",
	"asciidoctor": "", "backend": "html5", "backend-html5": "", "basebackend-html": "", "doctype": "article", "doctype-article": "",
}

var (
	entry       = regexp.MustCompile(`^:(!?[A-Za-z0-9_][\w-]*!?):(?:[ \t]+(.*))?$`)
	reference   = regexp.MustCompile(`\\?\{(?:set:([\w-]+)(?::([^}]*))?|([\w-]+))\}`)
	conditional = regexp.MustCompile(`^(ifdef|ifndef|ifeval|endif)::(\S*?)\[(.*)\]$`)
	include     = regexp.MustCompile(`^include::([^\[\]\n]+)\[.*\]$`)
	comparison  = regexp.MustCompile(`^(.+?)[ \t]*(==|!=|<=|>=|<|>)[ \t]*(.+)$`)
	opaque      = regexp.MustCompile("^(?:-{4,}|\\.{4,}|\\+{4,}|/{4,}|```.*)$")
)

// prepare settles conditions, attributes and includes. Comment lines are left out,
// comment blocks too; code keeps what looks like them.
func prepare(ctx context.Context, source string) ([]line, []string, error) {
	p := &preparer{attributes: map[string]string{}}
	raw := strings.Split(source, "\n")
	fence := "" // of the open block in which attributes mean nothing
	for at := 0; at < len(raw); at++ {
		if at%1000 == 0 && ctx.Err() != nil {
			return p.lines, p.includes, ctx.Err()
		}
		number, text := at+1, strings.TrimRight(raw[at], " \t")
		switch {
		case p.condition(number, text), p.skips():
		case !strings.HasPrefix(fence, "/") && p.include(text):
		case fence != "":
			if fence[0] != '/' {
				p.add(number, text)
			}
			if text == fence {
				fence = ""
			}
		case opaque.MatchString(text) && !(at > 0 && underlines(strings.TrimRight(raw[at-1], " \t"), text)):
			fence = text
			if strings.HasPrefix(text, "```") {
				fence = "```"
			}
			if text[0] != '/' {
				p.add(number, text)
			} else {
				p.add(number, "//")
			}
		case entry.MatchString(text):
			for ; strings.HasSuffix(text, " \\") && at+1 < len(raw) && len(text) < valueLength; at++ {
				text = strings.TrimSuffix(text, "\\") + strings.TrimSpace(raw[at+1])
			}
			p.set(entry.FindStringSubmatch(text))
		case strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "///"):
			p.add(number, "//")
		default:
			p.add(number, p.resolve(text))
		}
	}
	return p.lines, p.includes, nil
}

func (p *preparer) add(number int, text string) {
	l := line{number: number, text: text}
	_, numbered := p.attributes["sectnums"]
	if _, old := p.attributes["numbered"]; numbered || old {
		l.levels = p.number("sectnumlevels", 3)
	}
	l.offset = p.number("leveloffset", 0)
	p.lines = append(p.lines, l)
}

func (p *preparer) number(attribute string, otherwise int) int {
	n, err := strconv.Atoi(p.attributes[attribute])
	if err != nil {
		return otherwise
	}
	return min(max(n, -5), 5)
}

func (p *preparer) skips() bool { return slices.Contains(p.conditions, false) }

// condition takes a line that begins or ends a condition, and reports whether the
// line is one.
func (p *preparer) condition(number int, text string) bool {
	m := conditional.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	kind, names, content := m[1], m[2], m[3]
	switch kind {
	case "endif":
		if len(p.conditions) > 0 {
			p.conditions = p.conditions[:len(p.conditions)-1]
		}
		return true
	case "ifeval":
		p.open(p.evaluate(content))
		return true
	}
	holds := p.defined(names) == (kind == "ifdef")
	switch {
	case content == "":
		p.open(holds)
	case holds && !p.skips():
		p.add(number, p.resolve(content))
	}
	return true
}

// open begins a condition; one too deep is as its parent.
func (p *preparer) open(holds bool) {
	if len(p.conditions) < limit.Depth {
		p.conditions = append(p.conditions, holds)
	}
}

// defined reports whether one of several attributes ("a,b") or all of them ("a+b")
// are set.
func (p *preparer) defined(names string) bool {
	is := func(name string) bool {
		_, set := p.attributes[name]
		_, known := intrinsic[name]
		return set || known
	}
	if strings.Contains(names, "+") {
		return !slices.ContainsFunc(strings.Split(names, "+"), func(name string) bool { return !is(name) })
	}
	return slices.ContainsFunc(strings.Split(names, ","), is)
}

// evaluate settles a comparison; lines whose condition cannot be settled count.
func (p *preparer) evaluate(expression string) bool {
	m := comparison.FindStringSubmatch(strings.TrimSpace(p.resolve(expression)))
	if m == nil || strings.Contains(m[1], "{") {
		return true
	}
	left, right := strings.Trim(m[1], `"'`), strings.Trim(m[3], `"'`)
	order := strings.Compare(left, right)
	a, errA := strconv.ParseFloat(left, 64)
	b, errB := strconv.ParseFloat(right, 64)
	if errA == nil && errB == nil {
		order = int(min(max((a-b)*1e9, -1), 1))
	}
	switch m[2] {
	case "==":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	}
	return order >= 0
}

// include notes a file that is not followed, and reports whether the line names one.
func (p *preparer) include(text string) bool {
	m := include.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	target := p.resolve(m[1])
	switch {
	case slices.Contains(p.includes, target) || len(p.includes) > named:
	case len(p.includes) == named:
		p.includes = append(p.includes, "…")
	default:
		p.includes = append(p.includes, target)
	}
	return true
}

// set takes the entry of an attribute.
func (p *preparer) set(m []string) {
	name := strings.ToLower(strings.Trim(m[1], "!"))
	if len(name) < len(m[1]) {
		delete(p.attributes, name)
		return
	}
	value := p.resolve(m[2])
	if name == "leveloffset" && (strings.HasPrefix(value, "+") || strings.HasPrefix(value, "-")) {
		if by, err := strconv.Atoi(value); err == nil {
			value = strconv.Itoa(p.number(name, 0) + by)
		}
	}
	p.attributes[name] = value[:min(len(value), valueLength)]
}

// resolve puts in the values of attributes; those that are not set stay as they are.
func (p *preparer) resolve(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		if found[0] == '\\' {
			return found[1:]
		}
		m := reference.FindStringSubmatch(found)
		if m[1] != "" {
			p.set([]string{"", m[1], m[2]})
			return ""
		}
		name := strings.ToLower(m[3])
		value, set := p.attributes[name]
		if !set {
			value, set = intrinsic[name]
		}
		if !set || p.added+len(value) > added {
			return found
		}
		p.added += len(value)
		return value
	})
}
