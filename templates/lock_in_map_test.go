package templates

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

func TestArchitecture(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		review := filled(t, words, "architecture")
		for ending, write := range map[string]func(*bytes.Buffer) error{
			"txt": func(out *bytes.Buffer) error { return words.Terminal(out, review, Options{}) },
			"md":  func(out *bytes.Buffer) error { return words.Markdown(out, review) },
			"svg": func(out *bytes.Buffer) error { return words.Map(out, review, "map") },
		} {
			t.Run(language+"."+ending, func(t *testing.T) {
				golden(t, "architecture."+language+"."+ending, []byte(written(t, write)))
			})
		}
	}
}

func TestConfidentialWordsKeepTheMap(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "architecture")
	for name, write := range map[string]func(*bytes.Buffer) error{
		"markdown": func(out *bytes.Buffer) error { return words.Confidential().Markdown(out, review) },
		"json":     func(out *bytes.Buffer) error { return words.Confidential().JSON(out, review) },
		"svg":      func(out *bytes.Buffer) error { return words.Confidential().Map(out, review, "map") },
	} {
		if text := written(t, write); strings.Contains(text, "Oracle") || strings.Contains(text, "Melderegister") {
			t.Errorf("%s names what the solution is made of", name)
		}
	}
}

// mapOf is a map of n databases in a row, each of which talks to the next, and of systems
// of others.
func mapOf(n, others int, name func(int) string) austauschbar.LockInMap {
	var m austauschbar.LockInMap
	for i := range n {
		m.Components = append(m.Components, austauschbar.MapComponent{ID: fmt.Sprint(i), Name: name(i), Kind: "database", Open: "unknown", Effort: "unknown"})
		if i > 0 {
			m.Ways = append(m.Ways, austauschbar.MapWay{From: fmt.Sprint(i - 1), To: fmt.Sprint(i), Standard: name(i), Open: "unknown"})
		}
	}
	for i := range others {
		m.Others = append(m.Others, austauschbar.MapSystem{ID: fmt.Sprint("o", i), Name: name(i), Kind: "system"})
	}
	return m
}

func TestDrawingsStaySmall(t *testing.T) {
	words := load(t, "de")
	name := func(i int) string { return fmt.Sprint("db", i) }
	for _, test := range []struct{ components, others, nodes int }{
		{0, 0, 0}, {1, 0, 1}, {20, 10, 30}, {31, 0, 15}, {20, 11, 16}, {500, 500, 16},
	} {
		d, err := words.drawing(mapOf(test.components, test.others, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Nodes) != test.nodes {
			t.Errorf("%d components, %d others: %d nodes, want %d", test.components, test.others, len(d.Nodes), test.nodes)
		}
	}
}

// chained is a review whose map has, beside what it has, a chain longer than a picture
// is wide.
func chained(review austauschbar.Review) austauschbar.Review {
	lockIn := *review.LockInMap
	chain := mapOf(10, 2, func(i int) string { return fmt.Sprintf("Verfahren-mit-langem-Namen %d", i) })
	lockIn.Components = slices.Concat(lockIn.Components, chain.Components)
	lockIn.Others, lockIn.Ways = slices.Concat(lockIn.Others, chain.Others), slices.Concat(lockIn.Ways, chain.Ways)
	review.LockInMap = &lockIn
	return review
}

// fileTexts are lines of the files that the fixture's evidence names.
func fileTexts() []austauschbar.DocumentText {
	var passages []austauschbar.Passage
	for i := range 60 {
		passages = append(passages, austauschbar.Passage{Kind: austauschbar.Code, Line: i + 1, Text: fmt.Sprintf("  key%d: <value>", i+1)})
	}
	return []austauschbar.DocumentText{
		{Path: "docker-compose.prod.yml", Lines: true, Text: austauschbar.Text{Passages: passages}},
		{Path: "nowhere.yaml", Lines: true, Text: austauschbar.Text{Passages: passages}},
	}
}

// The report tells each component, row and case, and leads from each to its place; of a
// file that nothing rests on it shows nothing.
func TestReportOfArchitecture(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		review := chained(filled(t, words, "architecture"))
		text := written(t, func(out *bytes.Buffer) error { return words.HTML(out, review, textsOf(fileTexts())) })
		for i := range review.LockInMap.Components {
			if !strings.Contains(text, fmt.Sprintf(`<tr id="k%d">`, i+1)) {
				t.Errorf("%s: component %d is missing", language, i+1)
			}
		}
		for i := range review.Agreement.Rows {
			if !strings.Contains(text, fmt.Sprintf(`id="a%d">`, i+1)) {
				t.Errorf("%s: row %d is missing", language, i+1)
			}
		}
		if !strings.Contains(text, `<mark id="m1"`) || !strings.Contains(text, `<p class="line"`) || strings.Contains(text, "nowhere.yaml") {
			t.Errorf("%s: not the lines around evidence", language)
		}
		for _, target := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(text, -1) {
			if !strings.Contains(text, `id="`+target[1]+`"`) {
				t.Errorf("%s: a link leads nowhere: %s", language, target[1])
			}
		}
		hidden := written(t, func(out *bytes.Buffer) error { return words.Confidential().HTML(out, review, textsOf(fileTexts())) })
		if strings.Contains(hidden, `id="map"`) || strings.Contains(hidden, "<value>") {
			t.Errorf("%s: confidential words tell of the map", language)
		}
	}
}

// Pictures are four columns wide at most, and their boxes and labels do not touch.
func TestPicturesFit(t *testing.T) {
	words := load(t, "de")
	d, err := words.drawing(mapOf(25, 0, func(i int) string { return fmt.Sprint("db", i) }))
	if err != nil {
		t.Fatal(err)
	}
	p := d.picture("m")
	if most := 2*bandEdge + columnsDrawn*(boxWidth+gapX); p.Width > most {
		t.Errorf("%d wide, want at most %d", p.Width, most)
	}
	for i, a := range p.Boxes {
		for _, b := range p.Boxes[i+1:] {
			if (area{a.X, a.Y, a.X + boxWidth, a.Y + boxHeight}).touches(area{b.X, b.Y, b.X + boxWidth, b.Y + boxHeight}) {
				t.Errorf("%s touches %s", a.Name, b.Name)
			}
		}
	}
	if len(p.Stubs) != 12 {
		t.Errorf("%d stubs, want one at each end of six ways between bands", len(p.Stubs))
	}
}

// A row of many components is cut like findings are, and the picture goes first.
func TestLargeMapKeepsItsLimit(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "clean")
	large := mapOf(300, 0, func(i int) string { return fmt.Sprintf("Verfahren %d", i) })
	review.LockInMap = &large
	text := written(t, func(out *bytes.Buffer) error { return words.Markdown(out, review) })
	if got := strings.Count(text, "<br><sub>Datenbank"); got != rowsShown {
		t.Errorf("%d rows, want %d", got, rowsShown)
	}
	if !strings.Contains(text, "und 260 weitere Komponenten") {
		t.Error("says nothing of the rest")
	}
	small := written(t, func(out *bytes.Buffer) error { return words.Comment(out, review, 4000) })
	if strings.Contains(small, "mermaid") {
		t.Error("the picture takes the room of the result")
	}
}

var mermaidLine = regexp.MustCompile(`^(flowchart LR|  n\d+[\[({]{1,2}"[^"\x60<>]*(<br/>[^"\x60<>]*)?"[\])}]{1,2}:::[a-z]+|  n\d+ -->(\|"[^"\x60<>]*"\|)? n\d+|  classDef [a-z]+ [a-z0-9:,# -]+|  linkStyle [0-9,]+ [a-z0-9:, -]+)$`)

func TestHostileLabels(t *testing.T) {
	words := load(t, "en")
	for kind, text := range hostile {
		t.Run(kind, func(t *testing.T) {
			review := austauschbar.Review{}
			lockIn := mapOf(3, 1, func(int) string { return text + `"]; click n0 "javascript:x" %%{init: {}}%% end` })
			review.LockInMap = &lockIn
			d, err := words.drawing(lockIn)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(d.mermaid()), "\n")
			if lines[0] != "```mermaid" || lines[len(lines)-1] != "```" {
				t.Fatalf("no block of code: %q", lines)
			}
			for _, line := range lines[1 : len(lines)-1] {
				if !mermaidLine.MatchString(line) {
					t.Errorf("%q does more than to draw", line)
				}
			}
			picture := written(t, func(out *bytes.Buffer) error { return words.Map(out, review, "m") })
			onlyShapes(t, picture)
		})
	}
}

// onlyShapes fails where a picture is no XML or holds anything but shapes and text.
func onlyShapes(t *testing.T, picture string) {
	t.Helper()
	known := map[string]bool{"svg": true, "title": true, "desc": true, "defs": true, "marker": true, "g": true, "rect": true, "polygon": true, "path": true, "text": true}
	for decoder := xml.NewDecoder(strings.NewReader(picture)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if element, ok := token.(xml.StartElement); ok && !known[element.Name.Local] {
			t.Errorf("picture holds <%s>", element.Name.Local)
		}
	}
}

func TestLayout(t *testing.T) {
	for name, test := range map[string]struct {
		count  int
		arrows []arrow
		want   []int // columns
	}{
		"nothing":        {0, nil, nil},
		"a row":          {3, []arrow{{From: 0, To: 1}, {From: 1, To: 2}}, []int{0, 1, 2}},
		"longest way":    {3, []arrow{{From: 0, To: 2}, {From: 0, To: 1}, {From: 1, To: 2}}, []int{0, 1, 2}},
		"a circle":       {3, []arrow{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 0}}, []int{0, 1, 2}},
		"circle, led to": {3, []arrow{{From: 0, To: 1}, {From: 1, To: 0}, {From: 2, To: 1}}, []int{2, 1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			g := layOut(test.count, test.arrows)
			taken := map[cell]bool{}
			for i, at := range g.at {
				if at.column != test.want[i] {
					t.Errorf("node %d in column %d, want %d", i, at.column, test.want[i])
				}
				if taken[at] {
					t.Errorf("two nodes at %v", at)
				}
				taken[at] = true
			}
			for _, list := range g.bends {
				for _, at := range list {
					if taken[at] {
						t.Errorf("an arrow passes a node at %v", at)
					}
				}
			}
		})
	}
}
