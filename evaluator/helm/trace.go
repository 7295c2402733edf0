package helm

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// Where a line of an output comes from is found by marks: the templates are rendered once
// more, with a mark of file and line at each end of a line or of a text that they hold.
// A mark may change what comes of it where a template calculates with the texts of
// another; then only texts that go straight to the output are marked. What is read are
// the lines that the marks give, never a text with marks.
const (
	markBegin = "\ue0b0"
	markEnd   = "\ue0b1"
)

var mark = regexp.MustCompile(markBegin + `(\d+):(\d+)` + markEnd)

// trace finds the origins of each output's lines. The chart's templates are as before
// when it returns.
func trace(loaded *chart.Chart, plain map[string]string) map[string][]origin {
	traced := map[string][]origin{}
	for _, everywhere := range []bool{true, false} {
		if len(traced) == len(plain) {
			break
		}
		names, restore := markTemplates(loaded, everywhere)
		marked, err := once(loaded)
		restore()
		if err != nil {
			continue
		}
		for name, text := range plain {
			if found, ok := originsOf(text, marked[name], names); ok && traced[name] == nil {
				traced[name] = found
			}
		}
	}
	for name, template := range templates(loaded) {
		if text, ok := plain[name]; ok && traced[name] == nil {
			traced[name] = guessed(text, string(template.Data), name)
		}
	}
	return traced
}

// markTemplates puts marks into all templates. It returns the names that their numbers
// stand for, and what takes the marks out again.
func markTemplates(loaded *chart.Chart, everywhere bool) ([]string, func()) {
	var names []string
	before := map[*common.File][]byte{}
	for name, template := range templates(loaded) {
		before[template] = template.Data
		template.Data = []byte(marks(string(template.Data), len(names), everywhere))
		names = append(names, name)
	}
	return names, func() {
		for template, data := range before {
			template.Data = data
		}
	}
}

// marks puts marks into one template: everywhere, or into what is no definition.
func marks(source string, number int, everywhere bool) string {
	trees := map[string]*parse.Tree{}
	tree := parse.New("main")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(source, "", "", trees); err != nil || strings.Contains(source, markBegin) {
		return source
	}
	var places []int
	for name, tree := range trees {
		if (everywhere || name == "main") && tree.Root != nil {
			places = append(places, textEnds(tree.Root, source)...)
		}
	}
	slices.Sort(places)
	var b strings.Builder
	done, line := 0, 1
	for _, place := range slices.Compact(places) {
		line += strings.Count(source[done:place], "\n")
		b.WriteString(source[done:place])
		fmt.Fprintf(&b, "%s%d:%d%s", markBegin, number, line, markEnd)
		done = place
	}
	return b.String() + source[done:]
}

// textEnds lists where lines and texts below a node end.
func textEnds(node parse.Node, source string) []int {
	var places []int
	switch node := node.(type) {
	case *parse.TextNode:
		start, text := int(node.Pos), string(node.Text)
		if start+len(text) > len(source) || source[start:start+len(text)] != text {
			return nil
		}
		for i := range text {
			if text[i] == '\n' {
				places = append(places, start+i)
			}
		}
		if !strings.HasSuffix(text, "\n") {
			places = append(places, start+len(text))
		}
	case *parse.ListNode:
		if node == nil {
			return nil
		}
		for _, item := range node.Nodes {
			places = append(places, textEnds(item, source)...)
		}
	case *parse.IfNode:
		return append(textEnds(node.List, source), textEnds(node.ElseList, source)...)
	case *parse.RangeNode:
		return append(textEnds(node.List, source), textEnds(node.ElseList, source)...)
	case *parse.WithNode:
		return append(textEnds(node.List, source), textEnds(node.ElseList, source)...)
	}
	return places
}

// originsOf reads the marks. It answers nothing where the marks changed the number of
// lines. A line without a mark, such as one of values, comes from where the next mark
// stands; so does one that marks changed, such as a checksum.
func originsOf(plain, marked string, names []string) ([]origin, bool) {
	lines, markedLines := strings.Split(plain, "\n"), strings.Split(marked, "\n")
	if len(lines) != len(markedLines) || !strings.Contains(marked, markBegin) {
		return nil, false
	}
	origins := make([]origin, len(lines))
	for i, line := range markedLines {
		match := mark.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		number, _ := strconv.Atoi(match[1])
		at, _ := strconv.Atoi(match[2])
		if number < len(names) {
			origins[i] = origin{Template: inner(names[number]), Line: at}
		}
	}
	for i := len(origins) - 2; i >= 0; i-- {
		if origins[i].Line == 0 {
			origins[i] = origins[i+1]
		}
	}
	for i := 1; i < len(origins); i++ {
		if origins[i].Line == 0 {
			origins[i] = origins[i-1]
		}
	}
	return origins, true
}

// guessed finds, for a template that cannot be marked, the lines that begin alike.
func guessed(plain, source, name string) []origin {
	keys := map[string]int{}
	for i, line := range slices.Backward(strings.Split(source, "\n")) {
		keys[keyOf(line)] = i + 1
	}
	var origins []origin
	at := 1
	for line := range strings.SplitSeq(plain, "\n") {
		if found, ok := keys[keyOf(line)]; ok && keyOf(line) != "" {
			at = found
		}
		origins = append(origins, origin{Template: inner(name), Line: at})
	}
	return origins
}

func keyOf(line string) string {
	key, _, found := strings.Cut(strings.TrimSpace(line), ":")
	if !found {
		return ""
	}
	return key
}

// inner is an engine's name without the chart's.
func inner(name string) string {
	_, below, _ := strings.Cut(name, "/")
	return below
}
