package docx

import (
	"fmt"
	"strings"
	"testing"
)

// lvl defines a level of a list.
func lvl(at int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, at, format, more, text)
}

func abstract(id string, content ...string) string {
	return `<w:abstractNum w:abstractNumId="` + id + `">` + strings.Join(content, "") + `</w:abstractNum>`
}

func use(id, list, overrides string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + list + `"/>` + overrides + `</w:num>`
}

func restarts(at, value int) string {
	return fmt.Sprintf(`<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, at, value)
}

// outline is a list "1", "1.1", "1.1.1".
var outline = abstract("0", lvl(0, "decimal", "%1", ""), lvl(1, "decimal", "%1.%2", ""), lvl(2, "decimal", "%1.%2.%3", ""))

func TestNumbering(t *testing.T) {
	// Each paragraph is "numId/level".
	tests := map[string]struct {
		numbering  string
		paragraphs string
		want       string
	}{
		"levels count and restart": {
			outline + use("1", "0", ""), "1/0 1/1 1/1 1/2 1/0 1/1 1/2", "1 1.1 1.2 1.2.1 2 2.1 2.1.1",
		},
		"a level above that was left out counts as its first": {
			outline + use("1", "0", ""), "1/1 1/2 1/0 1/1", "1.1 1.1.1 2 2.1",
		},
		"two uses share a list's counters": {
			outline + use("1", "0", "") + use("2", "0", ""), "1/0 2/0 1/0", "1 2 3",
		},
		"a start override counts once": {
			outline + use("1", "0", "") + use("2", "0", restarts(0, 1)), "1/0 1/0 2/0 2/0 1/0", "1 2 1 2 3",
		},
		"a start override with a value": {
			outline + use("1", "0", restarts(0, 5)), "1/0 1/1 1/0", "5 5.1 6",
		},
		"a level override": {
			outline + use("1", "0", `<w:lvlOverride w:ilvl="0">`+lvl(0, "upperRoman", "%1)", "")+`</w:lvlOverride>`), "1/0 1/0 1/1", "I) II) II.1",
		},
		"letters and roman numbers": {
			abstract("0", lvl(0, "upperLetter", "%1.", ""), lvl(1, "lowerLetter", "%2)", ""), lvl(2, "lowerRoman", "(%3)", ""), lvl(3, "decimalZero", "%4", "")) + use("1", "0", ""),
			"1/0 1/1 1/1 1/2 1/2 1/2 1/2 1/3 1/0", "A. a) b) (i) (ii) (iii) (iv) 01 B.",
		},
		"legal numbers": {
			abstract("0", lvl(0, "upperRoman", "%1", ""), lvl(1, "decimal", "%1-%2", "<w:isLgl/>")) + use("1", "0", ""), "1/0 1/0 1/1", "I II 2-1",
		},
		"no restart": {
			abstract("0", lvl(0, "decimal", "%1", ""), lvl(1, "decimal", "%1.%2", `<w:lvlRestart w:val="0"/>`)) + use("1", "0", ""), "1/0 1/1 1/0 1/1", "1 1.1 2 2.2",
		},
		"restart by the first level alone": {
			abstract("0", lvl(0, "decimal", "%1", ""), lvl(1, "decimal", "%2", ""), lvl(2, "decimal", "%3", `<w:lvlRestart w:val="1"/>`)) + use("1", "0", ""),
			"1/0 1/1 1/2 1/1 1/2 1/0 1/2", "1 1 1 2 2 2 1",
		},
		"bullets have no number": {
			abstract("0", lvl(0, "bullet", "•", ""), lvl(1, "decimal", "%2.", "")) + use("1", "0", ""), "1/0 1/1", "- 1.",
		},
		"numId 0 is no list": {outline + use("1", "0", ""), "1/0 0/0 1/0", "1 - 2"},
		"text around":        {abstract("0", lvl(0, "decimal", "§ %1 100%", "")) + use("1", "0", ""), "1/0", "§_1_100%"},
		"a list by its numbering style": {
			abstract("0", `<w:numStyleLink w:val="Liste"/>`) + abstract("7", `<w:styleLink w:val="Liste"/>`, lvl(0, "decimal", "[%1]", "")) + use("1", "0", ""), "1/0 1/0", "[1] [2]",
		},
		"a list that is not there": {outline, "9/0", "-"},
		"levels out of range":      {outline + use("1", "0", ""), "1/8 1/77", "- -"},
		"numbers beyond letters":   {abstract("0", lvl(0, "lowerLetter", "%1", "")) + use("1", "0", restarts(0, 26)+""), "1/0 1/0 1/0", "z aa bb"},
		"a start without end":      {abstract("0", lvl(0, "lowerLetter", "%1", "")) + use("1", "0", restarts(0, 999_999)), "1/0", "999999"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			body := ""
			for _, paragraph := range strings.Fields(test.paragraphs) {
				num, level, _ := strings.Cut(paragraph, "/")
				body += p(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+num+`"/></w:numPr>`, "x")
			}
			var got []string
			for _, passage := range read(t, pack(t, body, parts{"numbering": test.numbering})).Passages {
				got = append(got, strings.ReplaceAll(or(passage.Number, "-"), " ", "_"))
			}
			equal(t, got, strings.Fields(test.want)...)
		})
	}
}

func TestNumbersFromStyles(t *testing.T) {
	styles := `<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="H3"><w:name w:val="heading 3"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen"/><w:basedOn w:val="H2"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Ohne"><w:name w:val="Ohne"/><w:basedOn w:val="H2"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>`
	numbering := abstract("0", lvl(0, "decimal", "%1", `<w:pStyle w:val="H1"/>`), lvl(1, "decimal", "%1.%2", ""), lvl(2, "decimal", "%1.%2.%3", `<w:pStyle w:val="H3"/>`)) + use("1", "0", "")
	body := styled("H1", "a") + styled("H2", "b") + styled("H3", "c") + styled("Eigen", "d") + styled("Ohne", "e") +
		p(`<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "f") + styled("H2", "g") + styled("H1", "h")
	equal(t, listed(read(t, pack(t, body, parts{"styles": styles, "numbering": numbering}))),
		"heading1 1 a", "heading2 1.1 b", "heading3 1.1.1 c", "heading2 1.2 d", "heading2 e", "heading2 f", "heading2 1.3 g", "heading1 2 h")
}

func TestNumbersInTables(t *testing.T) {
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	text := read(t, pack(t, tableOf(
		rowOf("", `<w:tc>`+p(numbered, "")+`</w:tc>`, cellOf("", "Export")),
		rowOf("", `<w:tc>`+p(numbered, "Import")+`</w:tc>`),
	), parts{"numbering": outline + use("1", "0", "")}))
	equal(t, listed(text), "row 1 | Export", "row 2 Import")
}

func TestListsInACell(t *testing.T) {
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	text := read(t, pack(t, tableOf(rowOf("", `<w:tc>`+p("", "Formate:")+p(numbered, "CSV")+p(numbered, "JSON")+`</w:tc>`)),
		parts{"numbering": outline + use("1", "0", "")}))
	equal(t, listed(text), "row Formate: 1 CSV 2 JSON")
}

func TestHiddenParagraphsAreNotCounted(t *testing.T) {
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	hidden := `<w:p><w:pPr>` + numbered + `<w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>`
	text := read(t, pack(t, p(numbered, "a")+hidden+p(numbered+`<w:rPr><w:vanish/><w:specVanish/></w:rPr>`, "b"), parts{"numbering": outline + use("1", "0", "")}))
	equal(t, listed(text), "item1 1 a", "hidden paragraph x", "item1 2 b")
}

func TestLevelsFromStyles(t *testing.T) {
	styles := `<w:style w:type="paragraph" w:styleId="Liste2"><w:name w:val="Liste 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`
	numbering := abstract("0", lvl(0, "decimal", "%1", ""), lvl(1, "lowerLetter", "%2)", `<w:pStyle w:val="Liste2"/>`)) + use("1", "0", "")
	equal(t, listed(read(t, pack(t, styled("Liste2", "a"), parts{"styles": styles, "numbering": numbering}))), "item2 a) a")
}
