package structurizr

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// ReadDSL reads a workspace in Structurizr's DSL, or a part of one that others include.
// Files that it names and scripts that it holds are gaps: they are neither followed, as
// ReadAll does, nor run.
//
// What stands before a block that does not end is read.
//
// Refusals: "unknown_content" for other languages, "not_text", "damaged", "too_large".
func ReadDSL(ctx context.Context, data []byte) (austauschbar.Text, error) {
	text, err := readDSL(ctx, data)
	if err := limit.Ended(ctx, err); err != nil {
		return austauschbar.Text{}, err
	}
	return text, nil
}

func readDSL(ctx context.Context, data []byte) (austauschbar.Text, error) {
	p, err := newParser(ctx, data)
	if err != nil {
		return austauschbar.Text{}, err
	}
	return p.read()
}

// statementsOf reads the statements of one file.
func statementsOf(ctx context.Context, data []byte) ([]statement, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, limit.Refuse("not_text", "")
	}
	return statements(ctx, string(data))
}

func newParser(ctx context.Context, data []byte) (*parser, error) {
	found, err := statementsOf(ctx, data)
	if err != nil {
		return nil, err
	}
	if !isDSL(found) {
		return nil, limit.Refuse("unknown_content", "no workspace of Structurizr")
	}
	p := &parser{ctx: ctx, statements: found, constants: map[string]string{}, archetypes: map[string]archetype{}, named: map[string]*element{}, identifiers: map[*element]string{}}
	p.shapes = map[string]string{}
	return p, nil
}

// read reads all statements.
func (p *parser) read() (austauschbar.Text, error) {
	broken := p.block(scope{kind: topLevel})
	if broken != nil && len(p.elements) == 0 {
		return austauschbar.Text{}, broken
	}
	if err := p.connect(); err != nil {
		return austauschbar.Text{}, err
	}
	gaps := p.gaps()
	if broken != nil {
		gaps = append(gaps, limit.Gap("", broken))
	}
	return austauschbar.Text{Title: p.title, Architecture: p.architecture(), Gaps: gaps}, nil
}

// The kinds of blocks beside those of elements.
const (
	topLevel    = "top"
	modelBlock  = "model"
	environment = "deploymentenvironment"
	group       = "group"
	relationOf  = "relation"
	archetypeOf = "archetype"
	viewsBlock  = "views"
	stylesBlock = "styles"
	styleBlock  = "style"
	skipped     = "skipped"
)

// A scope is a block that is read.
type scope struct {
	kind      string
	element   *element // that "this" means; nil in the model and in views
	group     string   // the outermost that it stands in; "" for none
	prefix    string   // of identifiers in it, where they are hierarchical
	relation  int      // index of the relation that the block tells more of
	archetype string   // that the block tells more of
	style     string   // tag whose look the block tells
}

// An archetype is a kind of element or relation that a workspace defines.
type archetype struct {
	of         string // kind of element, "->" of relations
	technology string
	tags       []string
}

// A parser reads one workspace.
type parser struct {
	workspace
	ctx          context.Context
	statements   []statement
	next, depth  int
	title        string
	hierarchical bool
	constants    map[string]string
	put          int                  // bytes of constants that were put in
	archetypes   map[string]archetype // by name in lower case; those of the DSL's own kinds too
	named        map[string]*element  // by identifier in lower case
	identifiers  map[*element]string
	pending      []pending
	instances    []pending         // that name in from what they are one of
	files        map[string][]byte // that may be included, by path; nil where nothing is
	used         map[string]bool   // paths of files that were included
	includes     int               // statements so far that include
	included     []string          // what was not followed
	computed     []string
	unknown      []string // identifiers that nothing has
}

// A pending relation waits for its ends' identifiers.
type pending struct {
	relation
	from, to string
	scope    scope
	instance *element
}

// starts are the words that tell the DSL.
var starts = map[string]bool{
	"workspace": true, "model": true, "views": true, "styles": true, "archetypes": true, person: true, softwareSystem: true, container: true,
	environment: true, deploymentNode: true, group: true, "enterprise": true,
}

// isDSL looks for the first statement that is no directive.
func isDSL(statements []statement) bool {
	for _, s := range statements {
		words := s.words
		if len(words) == 0 || strings.HasPrefix(words[0], "!") {
			continue
		}
		if len(words) > 2 && words[1] == "=" {
			words = words[2:]
		}
		return starts[strings.ToLower(words[0])] && (s.opens || len(words) > 1)
	}
	return false
}

// block reads statements up to the end of the block.
func (p *parser) block(in scope) error {
	if p.depth++; p.depth > limit.Depth {
		return limit.Refuse("too_large", fmt.Sprintf("blocks are nested more than %d deep", limit.Depth))
	}
	defer func() { p.depth-- }()
	for p.next < len(p.statements) {
		s := p.statements[p.next]
		p.next++
		if p.next%1024 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		if s.closes() {
			if in.kind == topLevel {
				return limit.Refuse("damaged", fmt.Sprintf("line %d ends a block that was not begun", s.line))
			}
			return nil
		}
		inner := p.statement(in, s)
		if !s.opens {
			continue
		}
		if err := p.block(inner); err != nil {
			return err
		}
	}
	if in.kind != topLevel {
		return limit.Refuse("damaged", "a block does not end")
	}
	return nil
}

// statement reads one statement and returns the scope of the block that it may open.
func (p *parser) statement(in scope, s statement) scope {
	nothing := scope{kind: skipped}
	words := p.substitute(s.words)
	if len(words) == 0 || in.kind == skipped {
		return nothing
	}
	if strings.HasPrefix(words[0], "!") {
		return p.directive(in, s, words)
	}
	identifier := ""
	if len(words) > 2 && words[1] == "=" {
		identifier, words = words[0], words[2:]
	}
	switch in.kind {
	case viewsBlock:
		if strings.EqualFold(words[0], "styles") {
			return scope{kind: stylesBlock}
		}
		return nothing
	case stylesBlock:
		if strings.EqualFold(words[0], "element") {
			return scope{kind: styleBlock, style: strings.ToLower(word(words, 1))}
		}
		return nothing
	case styleBlock:
		if strings.EqualFold(words[0], "shape") {
			p.shapes[in.style] = strings.ToLower(word(words, 1))
		}
		return nothing
	case archetypeOf:
		return p.archetype(in, identifier, words)
	case relationOf:
		p.detailOfRelation(in, words)
		return nothing
	}
	if i := slices.IndexFunc(words, isArrow); i == 0 || i == 1 {
		return p.relate(in, s, words, i)
	}
	return p.keyword(in, s, identifier, words)
}

// keyword reads a statement of the workspace, the model or an element.
func (p *parser) keyword(in scope, s statement, identifier string, words []string) scope {
	keyword := strings.ToLower(words[0])
	switch keyword {
	case "workspace":
		return p.workspaceOf(s, words)
	case "model":
		return scope{kind: modelBlock}
	case viewsBlock:
		return scope{kind: viewsBlock}
	case stylesBlock:
		return scope{kind: stylesBlock}
	case "archetypes":
		return scope{kind: archetypeOf}
	case "technology", "tag", "tags":
		if in.element != nil {
			detail(keyword, words, &in.element.technology, &in.element.tags)
		}
		return scope{kind: skipped}
	}
	made := p.archetypes[keyword]
	kind := keyword
	if made.of != "" {
		kind = made.of
	}
	switch kind {
	case group, "enterprise":
		in.group = orElse(in.group, orElse(lines.Clean(word(words, 1)), keyword))
		return in
	case environment:
		p.environment(lines.Clean(word(words, 1)), s.place)
		in.element, in.kind = nil, modelBlock
		in.prefix = p.below(in.prefix, identifier)
		return in
	case "containerinstance", "softwaresysteminstance", "instanceof":
		return p.instance(in, s, identifier, words)
	}
	if _, known := kinds[kind]; known {
		return p.element(in, s, identifier, words, kind, made)
	}
	return scope{kind: skipped}
}

// workspaceOf reads the head of a workspace. Without text the block is the same.
func (p *parser) workspaceOf(s statement, words []string) scope {
	if strings.EqualFold(word(words, 1), "extends") {
		p.include(s, word(words, 2))
	} else if p.title == "" {
		p.title = lines.Clean(word(words, 1))
	}
	return scope{kind: "workspace"}
}

// places are at which word an element's technology and tags stand, counted from its
// keyword; 0 where they do not.
var places = map[string]struct{ technology, tags int }{
	person: {0, 3}, softwareSystem: {0, 3}, container: {3, 4}, component: {3, 4}, custom: {0, 4},
	deploymentNode: {3, 4}, infrastructureNode: {3, 4},
}

func (p *parser) element(in scope, s statement, identifier string, words []string, kind string, made archetype) scope {
	own := p.archetypes[kind]
	e := &element{kind: kind, name: lines.Clean(word(words, 1)), parent: in.element, group: in.group, place: s.place}
	e.tags = addTags(addTags(nil, own.tags...), made.tags...)
	e.technology = orElse(made.technology, own.technology)
	if at := places[kind].technology; at > 0 {
		e.technology = orElse(lines.Clean(word(words, at)), e.technology)
	}
	e.tags = addTags(e.tags, word(words, places[kind].tags))
	if e.name == "" {
		return scope{kind: skipped}
	}
	p.elements = append(p.elements, e)
	return scope{kind: kind, element: e, group: in.group, prefix: p.name(in, identifier, e)}
}

// name gives an element its identifier and returns the prefix of those within it.
func (p *parser) name(in scope, identifier string, e *element) string {
	if identifier == "" {
		return in.prefix
	}
	full := p.below(in.prefix, identifier)
	p.named[full] = e
	p.identifiers[e] = full
	// A part of a node without identifier is named by its own.
	if p.hierarchical && in.element != nil && p.identifiers[in.element] == "" {
		p.named[strings.ToLower(identifier)] = e
	}
	if !p.hierarchical {
		return ""
	}
	return full
}

// below puts an identifier behind a prefix, where identifiers are hierarchical. What has
// none is as if it were not there.
func (p *parser) below(prefix, identifier string) string {
	identifier = strings.ToLower(identifier)
	full := prefix + "." + identifier
	switch {
	case !p.hierarchical || prefix == "":
		full = identifier
	case identifier == "":
		full = prefix
	}
	if len(full) > maxIdentifier {
		return prefix
	}
	return full
}

// maxIdentifier is in bytes, with those of what is around.
const maxIdentifier = 200

// instance reads a container or software system that runs on a node.
func (p *parser) instance(in scope, s statement, identifier string, words []string) scope {
	if in.element == nil {
		return scope{kind: skipped}
	}
	e := &element{kind: instance, parent: in.element, place: s.place}
	p.elements = append(p.elements, e)
	p.instances = append(p.instances, pending{from: word(words, 1), scope: in, instance: e})
	return scope{kind: instance, element: e, prefix: p.name(in, identifier, e)}
}

// arrow matches what stands between the ends of a relation; in "--https->" an archetype.
var arrow = regexp.MustCompile(`^(?:->|--([\w-]+)->)$`)

func isArrow(word string) bool { return arrow.MatchString(word) }

// relate reads a relation whose arrow is the word at this index.
func (p *parser) relate(in scope, s statement, words []string, at int) scope {
	made := p.archetypes["->"]
	if name := arrow.FindStringSubmatch(words[at])[1]; name != "" {
		of := p.archetypes[strings.ToLower(name)]
		made = archetype{technology: orElse(of.technology, made.technology), tags: addTags(slices.Clone(made.tags), of.tags...)}
	}
	r := pending{from: "this", to: word(words, at+1), scope: in}
	if at == 1 {
		r.from = words[0]
	}
	r.relation = relation{
		description: lines.Clean(word(words, at+2)), technology: orElse(lines.Clean(word(words, at+3)), made.technology),
		tags: addTags(slices.Clone(made.tags), word(words, at+4)), place: s.place,
	}
	p.pending = append(p.pending, r)
	return scope{kind: relationOf, relation: len(p.pending) - 1}
}

func (p *parser) detailOfRelation(in scope, words []string) {
	of := &p.pending[in.relation].relation
	keyword := strings.ToLower(words[0])
	if keyword == "description" {
		of.description = lines.Clean(word(words, 1))
	}
	detail(keyword, words, &of.technology, &of.tags)
}

// detail reads what a block says of its element, relation or archetype.
func detail(keyword string, words []string, technology *string, tags *[]string) {
	switch keyword {
	case "technology":
		*technology = lines.Clean(word(words, 1))
	case "tag", "tags":
		*tags = addTags(*tags, words[1:]...)
	}
}

// archetype reads a statement among archetypes or within one.
func (p *parser) archetype(in scope, identifier string, words []string) scope {
	keyword := strings.ToLower(words[0])
	if in.archetype != "" {
		of := p.archetypes[in.archetype]
		detail(keyword, words, &of.technology, &of.tags)
		p.archetypes[in.archetype] = of
		return scope{kind: skipped}
	}
	of := archetype{of: keyword}
	if base := arrow.FindStringSubmatch(keyword); base != nil && base[1] != "" {
		keyword = base[1]
	}
	if base, known := p.archetypes[keyword]; known && identifier != "" {
		of = archetype{of: orElse(base.of, keyword), technology: base.technology, tags: slices.Clone(base.tags)}
	}
	name := strings.ToLower(orElse(identifier, keyword))
	p.archetypes[name] = of
	return scope{kind: archetypeOf, archetype: name}
}

// directive reads what begins with "!".
func (p *parser) directive(in scope, s statement, words []string) scope {
	switch strings.ToLower(words[0]) {
	case "!identifiers":
		p.hierarchical = strings.EqualFold(word(words, 1), "hierarchical")
	case "!const", "!constant", "!var":
		if value := word(words, 2); len(value) <= maxConstant && len(p.constants) < maxConstants {
			p.constants[word(words, 1)] = value
		}
	case "!include":
		p.include(s, word(words, 1))
	case "!element", "!ref", "!extend":
		return p.extend(in, words)
	case "!script", "!plugin", "!components":
		p.computed = append(p.computed, words[0])
	}
	return scope{kind: skipped}
}

// extend opens the block of an element that stands elsewhere.
func (p *parser) extend(in scope, words []string) scope {
	e := p.find(word(words, 1), in)
	if e == nil {
		p.unknown = append(p.unknown, word(words, 1))
		return scope{kind: skipped}
	}
	prefix := ""
	if p.hierarchical {
		prefix = p.identifiers[e]
	}
	return scope{kind: e.kind, element: e, prefix: prefix}
}

// Bounds of constants, so that those of constants do not grow without end.
const (
	maxConstant  = 10_000 // bytes
	maxConstants = 10_000
)

var variable = regexp.MustCompile(`\$\{([\w.-]+)\}`)

// substitute puts in what constants and variables stand for.
func (p *parser) substitute(words []string) []string {
	if len(p.constants) == 0 {
		return words
	}
	put := slices.Clone(words)
	for i, text := range put {
		if !strings.Contains(text, "${") || len(text) > maxConstant {
			continue
		}
		put[i] = variable.ReplaceAllStringFunc(text, func(name string) string {
			value, known := p.constants[name[2:len(name)-1]]
			if p.put += len(value); !known || p.put > limit.Text {
				return name
			}
			return value
		})
	}
	return put
}

// connect finds what identifiers stand for, once all are known.
func (p *parser) connect() error {
	for _, i := range p.instances {
		if of := p.find(i.from, i.scope); of != nil && of.kind != instance {
			i.instance.of = of
		} else {
			p.unknown = append(p.unknown, i.from)
		}
	}
	p.elements = slices.DeleteFunc(p.elements, func(e *element) bool { return e.kind == instance && e.of == nil })
	for i, r := range p.pending {
		if i%1024 == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		r.relation.from, r.relation.to = p.find(r.from, r.scope), p.find(r.to, r.scope)
		switch {
		case r.relation.from == nil:
			p.unknown = append(p.unknown, r.from)
		case r.relation.to == nil:
			p.unknown = append(p.unknown, r.to)
		case r.relation.from.whole() != nil && r.relation.to.whole() != nil:
			p.relations = append(p.relations, r.relation)
		}
	}
	return nil
}

// find looks an identifier up from a scope outwards; nil where nothing has it.
func (p *parser) find(identifier string, in scope) *element {
	if strings.EqualFold(identifier, "this") {
		return in.element
	}
	identifier = strings.ToLower(identifier)
	for prefix := in.prefix; prefix != ""; {
		if e := p.named[prefix+"."+identifier]; e != nil {
			return e
		}
		cut := strings.LastIndexByte(prefix, '.')
		prefix = prefix[:max(cut, 0)]
	}
	return p.named[identifier]
}

// gaps tell what was not followed, not run or not found.
func (p *parser) gaps() []austauschbar.Gap {
	var gaps []austauschbar.Gap
	for _, kind := range []struct {
		reason string
		names  []string
	}{{"included", p.included}, {"computed", p.computed}, {"unknown_identifier", p.unknown}} {
		names := map[string]bool{}
		for _, name := range kind.names {
			names[name] = true
		}
		if len(names) > 0 {
			list := slices.Sorted(maps.Keys(names))
			gaps = append(gaps, austauschbar.Gap{Reason: kind.reason, Detail: lines.Quote(strings.Join(list[:min(len(list), maxNames)], ", "))})
		}
	}
	return gaps
}

// maxNames bounds the names that a gap tells.
const maxNames = 10

// word returns a word by its index; "" where there is none.
func word(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return ""
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}
