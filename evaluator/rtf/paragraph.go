package rtf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A style is what the table of styles says of one.
type style struct {
	name    string
	outline int  // 0-based; -1 where nothing is said
	base    *int // number of the style it is based on; nil where none is named
}

// unsaid is a style of which nothing is said.
var unsaid = style{outline: -1}

var (
	headingName  = regexp.MustCompile(`^(?i:heading|überschrift) ?([1-9])$`)
	contentsName = regexp.MustCompile(`^(?i:toc( \d+| heading)|table of (contents|figures)|contents( \d+| heading)|(inhalts|abbildungs|tabellen)verzeichnis.*|verzeichnis \d+)$`)
	quoteName    = regexp.MustCompile(`^(?i:quote|intense quote|zitat|intensives zitat|block text|quotations)$`)
	codeName     = regexp.MustCompile(`^(?i:html preformatted|html vorformatiert|preformatted text|source code|code)$`)
)

// chain is how many styles are followed to their bases.
const chain = 20

// define ends the definition of a style.
func (r *reader) define() {
	if r.name.Len() > 0 {
		defined := r.defined
		defined.name = strings.TrimRight(lines.Clean(r.name.String()), ";")
		r.styles[r.number] = &defined
	}
	r.defined, r.number = unsaid, 0
	r.name.Reset()
}

// styled says whether the name of a paragraph's style, or of one that is based on,
// matches.
func (r *reader) styled(number int, name *regexp.Regexp) bool {
	for range chain {
		found := r.styles[number]
		if found == nil {
			return false
		}
		if name.MatchString(found.name) {
			return true
		}
		if found.base == nil {
			return false
		}
		number = *found.base
	}
	return false
}

// depth is the 1-based depth of a heading; 0 of other paragraphs.
func (r *reader) depth(p paragraph) int {
	if p.outline >= 0 {
		return (p.outline + 1) % 10 // 9 is body text
	}
	number := p.style
	for range chain {
		found := r.styles[number]
		if found == nil {
			break
		}
		if name := headingName.FindStringSubmatch(found.name); name != nil {
			depth, _ := strconv.Atoi(name[1])
			return depth
		}
		if found.outline >= 0 {
			return (found.outline + 1) % 10
		}
		if found.base == nil {
			break
		}
		number = *found.base
	}
	return 0
}

// paragraphEnds ends a paragraph of the flow, or one within a cell.
func (r *reader) paragraphEnds() {
	r.decode()
	if r.destination != page {
		return
	}
	r.counted()
	if r.paragraph.inTable {
		r.table(max(r.paragraph.nested, 1)).add(r.taken())
		return
	}
	r.endTables(0)
	r.endParagraph()
}

// counted counts a paragraph of the body.
func (r *reader) counted() {
	if r.flow == r.body {
		r.count++
	}
}

// taken empties the open paragraph.
func (r *reader) taken() content {
	f := r.flow
	taken := content{raw: f.text.String(), mark: markOf(f.mark.String()), plain: f.plain, at: r.count}
	if f != r.body {
		taken.at++ // the paragraph it hangs on, which is still open
	}
	taken.text, taken.listed = lines.Clean(taken.raw), f.mark.Len() > 0
	f.text.Reset()
	f.mark.Reset()
	f.plain = false
	return taken
}

// content is what a paragraph holds.
type content struct {
	raw, text, mark string
	listed          bool
	plain           bool
	at              int // 1-based
}

// endParagraph makes a passage of the open paragraph.
func (r *reader) endParagraph() {
	found := r.taken()
	if found.text != "" && !r.styled(r.paragraph.style, contentsName) {
		passage := austauschbar.Passage{Kind: austauschbar.Paragraph, Text: found.text, Number: found.mark, Paragraph: found.at}
		r.classify(found, &passage)
		r.emit(passage)
	}
	r.flow.passages = append(r.flow.passages, r.flow.pending...)
	r.flow.pending = nil
}

// classify says what a paragraph is.
func (r *reader) classify(found content, passage *austauschbar.Passage) {
	depth := r.depth(r.paragraph)
	switch {
	case r.flow.kind != "":
		passage.Kind = r.flow.kind
	case depth > 0:
		passage.Kind, passage.Level = austauschbar.Heading, depth
	case found.listed || r.paragraph.list > 0:
		passage.Kind, passage.Level = austauschbar.Item, min(max(r.paragraph.level, 0), 8)+1
	case r.styled(r.paragraph.style, quoteName):
		passage.Kind = austauschbar.Quotation
	case r.styled(r.paragraph.style, codeName):
		passage.Kind = austauschbar.Code
	default:
		typed(found, passage)
	}
}

// typed makes an item of a paragraph whose mark is typed, with a tab behind it.
func typed(found content, passage *austauschbar.Passage) {
	before, _, tabbed := strings.Cut(strings.TrimLeft(found.raw, " \t"), "\t")
	if !tabbed {
		return
	}
	switch mark := lines.Find(found.text); mark.Kind {
	case lines.Bullet, lines.Letter, lines.Decimal:
		if len(lines.Clean(before))+len(mark.Text) < len(found.text) {
			passage.Kind, passage.Level = austauschbar.Item, 1
			passage.Number, passage.Text = mark.Number, mark.Text
		}
	}
}

// markOf cleans a rendered number; "" for bullets, among them the letter o.
func markOf(rendered string) string {
	mark := lines.Clean(rendered)
	if mark == "o" || !strings.ContainsFunc(mark, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return mark
}

// emit appends a passage to the flow.
func (r *reader) emit(passage austauschbar.Passage) {
	if err := r.meter.Passage(len(passage.Cells)); err != nil {
		r.err = err
		return
	}
	r.flow.passages = append(r.flow.passages, passage)
}
