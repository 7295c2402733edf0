package odf

import (
	"fmt"
	"strings"
	"testing"
)

// numbered defines a level of a list or, with kind "outline-level-style", of the
// headings.
func numbered(kind string, level int, format, attributes string) string {
	return fmt.Sprintf(`<text:%s text:level="%d" style:num-format="%s" %s/>`, kind, level, format, attributes)
}

func listStyleOf(name string, levels ...string) string {
	return `<text:list-style style:name="` + name + `">` + strings.Join(levels, "") + `</text:list-style>`
}

// listOf is a text:list in a style, "" to name none.
func listOf(style, attributes string, items ...string) string {
	if style != "" {
		attributes += ` text:style-name="` + style + `"`
	}
	return `<text:list ` + attributes + `>` + strings.Join(items, "") + `</text:list>`
}

func li(attributes string, blocks ...string) string {
	return `<text:list-item ` + attributes + `>` + strings.Join(blocks, "") + `</text:list-item>`
}

const (
	inList     = "list-level-style-number"
	ofHeadings = "outline-level-style"
	dot        = `style:num-suffix="."`
	bracket    = `style:num-suffix=")"`
)

// What LibreOffice shows of the same documents was compared.
func TestLists(t *testing.T) {
	styles := listStyleOf("N", numbered(inList, 1, "1", dot), numbered(inList, 2, "a", bracket), numbered(inList, 3, "i", dot+` text:display-levels="2"`)) +
		listStyleOf("M", numbered(inList, 1, "A", dot+` text:start-value="26"`), `<text:list-level-style-bullet text:level="2" text:bullet-char="*"/>`, numbered(inList, 3, "1", `text:display-levels="3"`)) +
		listStyleOf("S", numbered(inList, 1, "a", `style:num-letter-sync="true" text:start-value="27"`), numbered(inList, 2, "01, 02, 03, ...", ""), numbered(inList, 3, "I", `style:num-prefix="(" `+bracket), numbered(inList, 4, "一, 二, 三, ...", "")) +
		listStyleOf("F", numbered(inList, 1, "1", `style:num-suffix="?" style:num-list-format="§ %1%"`), numbered(inList, 2, "1", `style:num-list-format="%1%-%2% 100%"`), numbered(inList, 3, "1", `style:num-list-format="%9%%3%"`)) +
		listStyleOf("R", numbered(inList, 1, "I", ""), numbered(inList, 2, "01, 02, 03, ...", `style:is-legal="true" text:display-levels="2"`)) +
		styleOf("InN", `style:list-style-name="N"`, "")
	a, b, c := li("", p("", "x")), li("", p("", "x")), li("", p("", "x"))
	tests := map[string]struct {
		body string
		want string // the kind's letter, level and number of each passage
	}{
		"levels count and restart": {
			listOf("N", "", a, li("", p("", "x"), listOf("", "", a, li("", p("", "x"), listOf("", "", a, b)))), li("", p("", "x"), listOf("", "", a))), "i1 1. i1 2. i2 a) i2 b) i3 b.i. i3 b.ii. i1 3. i2 a)",
		},
		"a new list begins anew":              {listOf("N", "", a, b) + listOf("N", "", a), "i1 1. i1 2. i1 1."},
		"a list continues the last":           {listOf("N", "", a, b) + p("", "x") + listOf("N", `text:continue-numbering="true"`, a), "i1 1. i1 2. p0 i1 3."},
		"not that of another style":           {listOf("N", "", a) + listOf("M", "", a) + listOf("N", `text:continue-numbering="true"`, a), "i1 1. i1 Z. i1 1."},
		"a list continues the one it names":   {listOf("N", `xml:id="l1"`, a, b) + listOf("M", "", a) + listOf("N", `text:continue-list="l1"`, a), "i1 1. i1 2. i1 Z. i1 3."},
		"lists in one that continues do, too": {listOf("N", "", li("", p("", "x"), listOf("", "", a))) + p("", "x") + listOf("N", `text:continue-numbering="true"`, li("", listOf("", "", a, b))), "i1 1. i2 a) p0 i2 b) i2 c)"},
		"lists in one item begin anew":        {listOf("N", "", li("", p("", "x"), listOf("", "", a, b), listOf("", "", c), listOf("", `text:continue-numbering="true"`, a))), "i1 1. i2 a) i2 b) i2 a) i2 b)"},
		"an item counts by its paragraph":     {listOf("N", "", li(""), li("", listOf("", "", a)), b), "i2 a) i1 2."},
		"further paragraphs have no number":   {listOf("N", "", li("", p("", "x"), p("", "x")), b), "i1 1. p0 i1 2."},
		"nor has a list's header":             {listOf("N", "", `<text:list-header>`+p("", "x")+`</text:list-header>`, a), "p0 i1 1."},
		"empty items count":                   {listOf("N", "", li("", `<text:p/>`), b), "i1 2."},
		"start values":                        {listOf("N", "", li(`text:start-value="5"`, p("", "x")), b, li(`text:start-value="0"`, p("", "x"))), "i1 5. i1 6. i1 0."},
		"letters go on":                       {listOf("M", "", a, b), "i1 Z. i1 AA."},
		"letters go on in step":               {listOf("S", "", a, b), "i1 aa i1 bb"},
		"other signs":                         {listOf("S", "", li("", p("", "x"), listOf("", "", li("", p("", "x"), listOf("", "", li("", p("", "x"), listOf("", "", a)), b))))), "i1 aa i2 01 i3 (I) i4 1 i3 (II)"},
		"bullets have no number":              {listOf("M", "", li("", p("", "x"), listOf("", "", li("", p("", "x"), listOf("", "", a))))), "i1 Z. i2 i3 Z.1"},
		"patterns":                            {listOf("F", "", li("", p("", "x"), listOf("", "", li("", p("", "x"), listOf("", "", a))))), "i1 § 1 i2 1-1 100% i3 1"},
		"a style of its own for a level":      {listOf("N", "", li("", p("", "x"), listOf("M", "", li("", p("", "x"), listOf("", "", a))))), "i1 1. i2 i3 A.1"},
		"a style of its own for an item":      {listOf("N", "", a, li(`text:style-override="M"`, p("", "x")), c), "i1 1. i1 B. i1 3."},
		"the paragraph's style":               {listOf("", "", li("", p("InN", "x")), li("", p("InN", "x"))) + p("InN", "x"), "i1 1. i1 2. p0"},
		"an unknown style":                    {listOf("?", "", a), "i1"},
		"numbered paragraphs": {
			`<text:numbered-paragraph text:list-id="l" text:style-name="N">` + p("", "x") + `</text:numbered-paragraph>` +
				`<text:numbered-paragraph text:list-id="l" text:level="2" text:style-name="N">` + p("", "x") + `</text:numbered-paragraph>` +
				`<text:numbered-paragraph text:list-id="l" text:level="1" text:style-name="N">` + p("", "x") + `</text:numbered-paragraph>`,
			"i1 1. i2 a) i1 2.",
		},
		"deeper than there are levels": {strings.Repeat(`<text:list text:style-name="N"><text:list-item>`, 12) + p("", "x") + strings.Repeat(`</text:list-item></text:list>`, 12), "i10"},
		"decimals above":               {listOf("R", "", li("", p("", "x"), listOf("", "", a))), "i1 I i2 1.01"},
		"a list continues the one before a note": {
			listOf("N", "", a) + p("", `x<text:note><text:note-body>`+listOf("M", "", a)+`</text:note-body></text:note>`) + listOf("N", `text:continue-numbering="true"`, b), "i1 1. p0 f0 Z. i1 2.",
		},
		"a note within an item": {listOf("N", "", li("", p("", `x<text:note><text:note-body>`+listOf("N", "", a)+`</text:note-body></text:note>`)), b), "i1 1. f0 1. i1 2."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { equal(t, marks(t, text(t, styles, test.body)), test.want) })
	}
}

// marks writes kind, level and number of each passage in a line.
func marks(t *testing.T, data []byte) []string {
	t.Helper()
	var written []string
	for _, p := range read(t, data).Passages {
		written = append(written, fmt.Sprintf("%s%d", string(p.Kind)[:1], p.Level))
		if p.Number != "" {
			written = append(written, p.Number)
		}
	}
	return []string{strings.Join(written, " ")}
}

// What LibreOffice shows of the same documents was compared.
func TestHeadingNumbers(t *testing.T) {
	styles := `<text:outline-style style:name="Outline">` + numbered(ofHeadings, 1, "1", dot) + numbered(ofHeadings, 2, "1", `text:display-levels="2"`) +
		numbered(ofHeadings, 3, "a", `text:display-levels="3" style:num-prefix="(" `+bracket) + numbered(ofHeadings, 4, "", dot) + `</text:outline-style>` +
		listStyleOf("N", numbered(inList, 1, "A", bracket)) +
		styleOf("Ohne", `style:list-style-name=""`, "") + styleOf("MitN", `style:list-style-name="N"`, "") + styleOf("MitO", `style:list-style-name="Outline"`, "") +
		styleOf("Stufe2", `style:default-outline-level="2"`, "")
	more := func(attributes string) string { return `<text:h text:outline-level="1" ` + attributes + `>x</text:h>` }
	tests := map[string]struct{ body, want string }{
		"levels count and restart":            {h(1, "x") + h(2, "x") + h(3, "x") + h(3, "x") + h(1, "x") + h(2, "x"), "h1 1. h2 1.1 h3 (1.1.a) h3 (1.1.b) h1 2. h2 2.1"},
		"a level left out counts as first":    {h(1, "x") + h(3, "x") + h(2, "x"), "h1 1. h3 (1.1.a) h2 1.2"},
		"a level without a number":            {h(4, "x") + h(5, "x"), "h4 h5"},
		"headings without a number":           {h(1, "x") + more(`text:style-name="Ohne"`) + more(`text:style-name="MitN"`) + more(`text:is-list-header="true"`) + h(2, "x"), "h1 1. h1 h1 h1 h2 1.1"},
		"a style that names the outline":      {more(`text:style-name="MitO"`), "h1 1."},
		"a paragraph in a heading's style":    {h(1, "x") + p("Stufe2", "x"), "h1 1. h2 1.1"},
		"a new start":                         {h(1, "x") + more(`text:restart-numbering="true" text:start-value="7"`) + h(1, "x") + more(`text:restart-numbering="true"`), "h1 1. h1 7. h1 8. h1 1."},
		"a heading in a list":                 {h(1, "x") + listOf("N", "", li("", h(1, "x"))) + h(1, "x"), "h1 1. h1 A) h1 2."},
		"lists in the outline's style count":  {h(1, "x") + listOf("Outline", "", li("", listOf("", "", li("", h(2, "x"))))) + h(2, "x"), "h1 1. h2 1.1 h2 1.2"},
		"empty headings count":                {h(1, "") + h(1, "x"), "h1 2."},
		"hidden headings bear no number here": {h(1, `<text:hidden-paragraph text:is-hidden="true"/>x`) + h(1, "x"), "h1 h1 2."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { equal(t, marks(t, text(t, styles, test.body)), test.want) })
	}
}
