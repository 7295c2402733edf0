package lexicon

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// A node is a part of a parsed phrase.
type node interface{ isNode() }

type (
	wordNode     struct{ word string }
	slotNode     struct{ name string }
	sequenceNode struct {
		parts []node
		gaps  []int // words allowed before part i+1
		// skipped adds up the gaps around parts that a variant leaves out.
		skipped int
	}
	choiceNode   struct{ choices []node }
	optionalNode struct{ part node }
	togetherNode struct{ parts []node } // in any order
)

func (wordNode) isNode()     {}
func (slotNode) isNode()     {}
func (sequenceNode) isNode() {}
func (choiceNode) isNode()   {}
func (optionalNode) isNode() {}
func (togetherNode) isNode() {}

// Words that ".." and "..." allow in between, and the length of a clause's part
// in which phrases joined by "+" must stand.
const (
	shortGap = 4
	longGap  = 8
	together = 30
)

// parsePhrase reads a phrase in the language of docs/lexicon.md. Words are those that
// its own language has under a name.
func parsePhrase(phrase string, words map[string]node) (node, error) {
	p := parser{phrase: phrase, rest: lex(phrase), words: words}
	result, err := p.together()
	if err != nil {
		return nil, fmt.Errorf("phrase %q: %w", phrase, err)
	}
	if len(p.rest) > 0 {
		return nil, fmt.Errorf("phrase %q: %q is not expected here", phrase, p.rest[0])
	}
	if !hasWord(result) {
		return nil, fmt.Errorf("phrase %q: needs at least one word outside of optional parts", phrase)
	}
	return result, nil
}

// lex cuts a phrase into words, slots and signs.
func lex(phrase string) []string {
	var lexemes []string
	for phrase = strings.TrimSpace(phrase); phrase != ""; phrase = strings.TrimSpace(phrase) {
		size := 0
		switch {
		case strings.HasPrefix(phrase, "..."):
			size = 3
		case strings.HasPrefix(phrase, ".."):
			size = 2
		case strings.ContainsRune("()[]|+", rune(phrase[0])):
			size = 1
		case phrase[0] == '{':
			size = strings.IndexByte(phrase, '}') + 1
		}
		if size == 0 {
			size = strings.IndexFunc(phrase[1:], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()[]|+{", r) }) + 1
		}
		if size == 0 {
			size = len(phrase)
		}
		lexemes = append(lexemes, phrase[:size])
		phrase = phrase[size:]
	}
	return lexemes
}

type parser struct {
	phrase string
	rest   []string
	words  map[string]node // by name
}

func (p *parser) peek() string {
	if len(p.rest) == 0 {
		return ""
	}
	return p.rest[0]
}

func (p *parser) take() string {
	lexeme := p.peek()
	if lexeme != "" {
		p.rest = p.rest[1:]
	}
	return lexeme
}

func (p *parser) together() (node, error) {
	first, err := p.sequence()
	if err != nil {
		return nil, err
	}
	parts := []node{first}
	for p.peek() == "+" {
		p.take()
		part, err := p.sequence()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return first, nil
	}
	return togetherNode{parts}, nil
}

func (p *parser) sequence() (node, error) {
	var result sequenceNode
	gap := 0
	for {
		switch lexeme := p.peek(); lexeme {
		case "", ")", "]", "|", "+":
			return result.finish(gap)
		case "..", "...":
			p.take()
			if gap = shortGap; lexeme == "..." {
				gap = longGap
			}
			if len(result.parts) == 0 {
				return nil, fmt.Errorf("nothing stands before %q", lexeme)
			}
		default:
			part, err := p.part()
			if err != nil {
				return nil, err
			}
			if len(result.parts) > 0 {
				result.gaps = append(result.gaps, gap)
			}
			result.parts, gap = append(result.parts, part), 0
		}
	}
}

func (s sequenceNode) finish(gap int) (node, error) {
	switch {
	case len(s.parts) == 0:
		return nil, fmt.Errorf("a part is empty")
	case gap != 0:
		return nil, fmt.Errorf("nothing stands after a gap")
	case len(s.parts) == 1:
		return s.parts[0], nil
	}
	return s, nil
}

func (p *parser) part() (node, error) {
	switch lexeme := p.take(); {
	case lexeme == "(":
		return p.choice("(", ")")
	case lexeme == "[":
		part, err := p.choice("[", "]")
		return optionalNode{part}, err
	case strings.HasPrefix(lexeme, "{"):
		return p.named(strings.Trim(lexeme, "{}"))
	case strings.IndexFunc(lexeme, isWordRune) < 0:
		return nil, fmt.Errorf("%q is not a word: it has neither a letter nor a digit", lexeme)
	default:
		return wordOrWords(lexeme), nil
	}
}

// named reads what stands in braces: words that go by a name, or a slot.
func (p *parser) named(name string) (node, error) {
	switch words, known := p.words[name]; {
	case known:
		return words, nil
	case isSlot(name):
		return slotNode{name}, nil
	}
	names := slices.Concat(slotNames, slices.Sorted(maps.Keys(p.words)))
	return nil, fmt.Errorf("there is no {%s}; known are {%s}", name, strings.Join(names, "}, {"))
}

// wordOrWords reads a lexeme such as "z.B." or "PL/SQL", which is several words
// to the matcher, as a sequence.
func wordOrWords(lexeme string) node {
	if strings.HasPrefix(lexeme, "=") || strings.Contains(lexeme, "*") {
		return wordNode{lexeme}
	}
	pieces := strings.FieldsFunc(lexeme, func(r rune) bool { return !isWordRune(r) && r != '-' })
	if len(pieces) < 2 {
		return wordNode{strings.Join(pieces, "")}
	}
	result := sequenceNode{gaps: make([]int, len(pieces)-1)}
	for _, piece := range pieces {
		result.parts = append(result.parts, wordNode{piece})
	}
	return result
}

func (p *parser) choice(opens, closes string) (node, error) {
	var result choiceNode
	for {
		part, err := p.together()
		if err != nil {
			return nil, err
		}
		result.choices = append(result.choices, part)
		switch p.take() {
		case "|":
		case closes:
			return result, nil
		default:
			return nil, fmt.Errorf("a bracket %s is not closed", opens)
		}
	}
}

// hasWord says whether a phrase cannot match without at least one of its words.
func hasWord(n node) bool {
	switch n := n.(type) {
	case wordNode:
		return true
	case sequenceNode:
		return anyPart(n.parts, hasWord)
	case togetherNode:
		return anyPart(n.parts, hasWord)
	case choiceNode:
		for _, choice := range n.choices {
			if !hasWord(choice) {
				return false
			}
		}
		return true
	}
	return false
}

func anyPart(parts []node, holds func(node) bool) bool {
	for _, part := range parts {
		if holds(part) {
			return true
		}
	}
	return false
}

// variants lists a phrase with and without each of its optional parts.
func variants(n node) []node {
	switch n := n.(type) {
	case choiceNode:
		var all []node
		for _, choice := range n.choices {
			all = append(all, variants(choice)...)
		}
		return []node{choiceNode{all}}
	case sequenceNode:
		all := []sequenceNode{{}}
		for i, part := range n.parts {
			all = n.extend(all, i, part)
		}
		return asNodes(all)
	case togetherNode:
		all := []togetherNode{{}}
		for _, part := range n.parts {
			all = extendTogether(all, part)
		}
		return asNodes(all)
	}
	return []node{n}
}

// choices lists what a phrase that is a choice as a whole leaves to choose from; the
// phrase itself where it is none.
func choices(n node) []node {
	choice, ok := n.(choiceNode)
	if !ok {
		return []node{n}
	}
	var all []node
	for _, part := range choice.choices {
		all = append(all, choices(part)...)
	}
	return all
}

func asNodes[N node](list []N) []node {
	nodes := make([]node, len(list))
	for i, n := range list {
		nodes[i] = n
	}
	return nodes
}

// extend adds part i to each variant; where an optional part is left out, the
// gap before it and the gap after it add up.
func (s sequenceNode) extend(all []sequenceNode, i int, part node) []sequenceNode {
	optional, isOptional := part.(optionalNode)
	if isOptional {
		part = optional.part
	}
	var extended []sequenceNode
	for _, variant := range all {
		for _, choice := range variants(part) {
			next := sequenceNode{parts: append(slices.Clone(variant.parts), choice), gaps: slices.Clone(variant.gaps), skipped: 0}
			if len(variant.parts) > 0 {
				next.gaps = append(next.gaps, s.gaps[i-1]+variant.skipped)
			}
			extended = append(extended, next)
		}
		if isOptional {
			if i > 0 {
				variant.skipped += s.gaps[i-1]
			}
			extended = append(extended, variant)
		}
	}
	return extended
}

func extendTogether(all []togetherNode, part node) []togetherNode {
	optional, isOptional := part.(optionalNode)
	if isOptional {
		part = optional.part
	}
	var extended []togetherNode
	for _, variant := range all {
		for _, choice := range variants(part) {
			extended = append(extended, togetherNode{append(slices.Clone(variant.parts), choice)})
		}
		if isOptional {
			extended = append(extended, variant)
		}
	}
	return extended
}
