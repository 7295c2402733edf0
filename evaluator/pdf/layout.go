package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A page is what was read of one page.
type page struct {
	Number   int     // 1-based
	Width    float64 // in points, as it is shown; 0 where unknown
	Height   float64
	Lines    []line // in reading order
	Pictures bool   // it shows something though it has no text
	Rules    []rule // lines drawn on it; nil where no line of text has a gap
}

// bytes is what a page counts towards the text of its document.
func (p page) bytes() int {
	total := 0
	for _, l := range p.Lines {
		total += len(l.Text) + lineCost
	}
	return total
}

// A line is a line of the text layer. Lengths are in points from the page's
// lower left corner; all are 0 where the place is unknown.
type line struct {
	Text        string
	Hyphen      bool // ended in a hyphen, which is not in Text
	first, last int  // its first and last visible character, in UTF-16 units of the page's text

	Left, Right float64
	Base        float64 // height of the line its letters stand on
	Size        float64 // of its type
	Bold        bool    // from its first to its last character

	Pieces []piece // between its gaps; nil where it has none

	table *table // that stands in its place; nil for none
}

// A piece is a part of a line that stands apart, as the cells of a table do.
type piece struct {
	Text        string
	Left, Right float64
}

// A rule is the space that a drawn line, box or picture takes.
type rule struct{ Left, Bottom, Right, Top float64 }

func (l line) placed() bool { return l.Size > 0 }

// A bookmark is an entry of the document's outline.
type bookmark struct {
	Title string
	Level int // from 1
}

// A block is a run of lines that belong together.
type block struct {
	page    int
	lines   []line
	low     bool // stands in the lower third of its page
	pitched bool // set apart from what stands above it
	alone   bool // one line, set apart from what stands above and below it, and in line with the latter
	listed  bool // the next block begins with a mark of the same depth
}

// composer makes passages of pages.
type composer struct {
	joiner    lines.Joiner
	body      float64 // size of the running text, 0 where unknown
	pitch     map[int]float64
	outline   map[string]int // level of a bookmark by its folded title
	levels    map[style]int
	paragraph int
	passages  []austauschbar.Passage

	// Of the last table.
	last   *table
	header []string // by column; nil where it has none
	cells  []string // of its last row, by column
	rowAt  int      // which passage that row is
}

// A style is how a line looks, rounded.
type style struct {
	size int // in half points
	bold bool
}

func (l line) style() style { return style{int(math.Round(2 * l.Size)), l.Bold} }

// compose turns pages into passages. It returns nil once nobody waits for them.
func compose(pages []page, outline []bookmark, unwanted func() bool) []austauschbar.Passage {
	outline = slices.Clone(outline)
	for i := range outline {
		outline[i].Title = tidy(outline[i].Title)
	}
	pages = cleaned(pages)
	c := &composer{outline: map[string]int{}, pitch: map[int]float64{}, levels: map[style]int{}}
	for _, mark := range outline {
		if title := fold(mark.Title); title != "" && c.outline[title] == 0 {
			c.outline[title] = mark.Level
		}
	}
	for i := range pages {
		if pages[i] = withRuled(pages[i], false); unwanted() {
			return nil
		}
	}
	pages = withoutContents(withoutFurniture(pages), outline)
	for i := range pages {
		if pages[i] = withAligned(withRuled(pages[i], true)); unwanted() {
			return nil
		}
	}
	c.measure(pages)
	var blocks []block
	for _, p := range pages {
		if blocks = append(blocks, c.split(p)...); unwanted() {
			return nil
		}
	}
	c.rank(blocks)
	c.write(blocks)
	return c.passages
}

// cleaned returns the pages with clean lines, the empty ones left out.
func cleaned(pages []page) []page {
	result := make([]page, 0, len(pages))
	for _, p := range pages {
		kept := make([]line, 0, len(p.Lines))
		for _, l := range p.Lines {
			l.Pieces = slices.Clone(l.Pieces)
			for i := range l.Pieces {
				l.Pieces[i].Text = tidy(l.Pieces[i].Text)
			}
			if l.Text = tidy(l.Text); l.Text != "" {
				kept = append(kept, l)
			}
		}
		p.Lines = kept
		result = append(result, p)
	}
	return result
}

// ligatures spells out the letters that type joins.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// tidy cleans text and spells out ligatures.
func tidy(text string) string { return lines.Clean(ligatures.Replace(text)) }

// fold makes tidy titles comparable: letters and digits in lower case.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// garbled reports whether a third of a page's signs are neither letters nor digits,
// as happens where a font gives its letters no meaning.
func garbled(p page) bool {
	words, signs := 0, 0
	for _, l := range p.Lines {
		for _, char := range l.Text {
			switch {
			case unicode.IsLetter(char) || unicode.IsDigit(char):
				words++
			case !unicode.IsSpace(char) && char != '.' && char != '_': // of leaders and forms
				signs++
			}
		}
	}
	return signs > 100 && 2*signs > words
}

// measure learns the document's words, the size of its running text and how far
// the lines of a paragraph stand apart.
func (c *composer) measure(pages []page) {
	prose, cells := map[int]int{}, map[int]int{} // letters by size
	steps := map[int][]float64{}                 // by size
	for _, p := range pages {
		for i, l := range p.Lines {
			c.joiner.Learn(l.Text)
			if l.table != nil {
				c.learn(l.table, cells)
				continue
			}
			if !l.placed() {
				continue
			}
			prose[l.style().size] += len(l.Text)
			if i == 0 || !p.Lines[i-1].placed() {
				continue
			}
			above := p.Lines[i-1]
			if step := above.Base - l.Base; sameSize(above, l) && step > 0.8*l.Size && step < 2.5*l.Size {
				steps[l.style().size] = append(steps[l.style().size], step)
			}
		}
	}
	if c.body = usual(prose); 5*total(prose) < total(cells) {
		c.body = usual(cells)
	}
	for size, found := range steps {
		slices.Sort(found)
		c.pitch[size] = found[len(found)/4]
		if len(found) < 8 { // too few to tell lines from paragraphs
			c.pitch[size] = min(c.pitch[size], 0.75*float64(size))
		}
	}
}

// learn takes in the words of a table, and counts its letters by their size.
func (c *composer) learn(t *table, letters map[int]int) {
	for _, r := range t.rows {
		for _, cell := range r.cells {
			for _, l := range cell {
				c.joiner.Learn(l.Text)
				letters[l.style().size] += len(l.Text)
			}
		}
	}
}

// total returns how many letters were counted.
func total(letters map[int]int) int {
	sum := 0
	for _, count := range letters {
		sum += count
	}
	return sum
}

// usual returns the size of most letters, the smallest of several; 0 for none.
func usual(letters map[int]int) float64 {
	most, found := 0, 0
	for size, count := range letters {
		if count > most || count == most && size < found {
			most, found = count, size
		}
	}
	return float64(found) / 2
}

// sameSize reports whether two lines are set in type of about the same size.
func sameSize(a, b line) bool {
	return math.Abs(a.Size-b.Size) <= 0.1*max(a.Size, b.Size)
}

// split cuts a page into blocks.
func (c *composer) split(p page) []block {
	var blocks []block
	for i, l := range p.Lines {
		if i == 0 || c.breaks(p, i) {
			blocks = append(blocks, block{
				page:    p.Number,
				low:     l.placed() && l.Base < p.Height/3,
				pitched: i == 0 || c.apart(p.Lines[i-1], l),
			})
		}
		last := &blocks[len(blocks)-1]
		last.lines = append(last.lines, l)
	}
	return blocks
}

// apart reports whether a line stands further below the one above it than the
// lines of a paragraph do, or not below it at all.
func (c *composer) apart(above, l line) bool {
	if !above.placed() || !l.placed() {
		return false
	}
	step := above.Base - l.Base
	usual := c.pitch[l.style().size]
	if usual == 0 {
		usual = 1.4 * l.Size
	}
	return step > 1.25*usual || step < 0.3*l.Size
}

// breaks reports whether line i of a page begins a new block.
func (c *composer) breaks(p page, i int) bool {
	above, l := p.Lines[i-1], p.Lines[i]
	if above.table != nil || l.table != nil {
		return true
	}
	if above.Hyphen {
		return false
	}
	mark := lines.Find(l.Text)
	if above.placed() && l.placed() {
		switch {
		case sameLine(above, l):
			return false
		case c.nextColumn(p, i):
			return mark.Kind != lines.None || lines.Ended(above.Text)
		case c.apart(above, l):
			return true
		case !sameSize(above, l) || above.Bold != l.Bold && !runsOn(above, l):
			return true
		case movedBack(above, l):
			return true
		}
	}
	short := c.couldHold(p, i)
	switch mark.Kind {
	case lines.Bullet:
		return !strings.HasPrefix(l.Text, "-") && !strings.HasPrefix(l.Text, "–") && !strings.HasPrefix(l.Text, "—") && !strings.HasPrefix(l.Text, "*") && !strings.HasPrefix(l.Text, "o ") ||
			short || endsEntry(above.Text) || lines.Find(firstOf(p, i)).Kind == lines.Bullet
	case lines.Letter, lines.Decimal, lines.Roman, lines.Clause, lines.Section:
		return short || counts(above, l) || endsEntry(above.Text) || above.Bold && l.Bold || c.outline[fold(l.Text)] > 0
	case lines.Bare:
		return short || c.outline[fold(l.Text)] > 0
	}
	first, _ := utf8.DecodeRuneInString(l.Text)
	return short && !unicode.IsLower(first)
}

// counts reports whether two lines, one below the other, begin with numbers of
// clauses or of a list.
func counts(above, l line) bool {
	before, mark := lines.Find(above.Text), lines.Find(l.Text)
	return mark.Kind > lines.Bullet && mark.Kind != lines.Bare && before.Kind == mark.Kind && mark.Level == before.Level && math.Abs(above.Left-l.Left) < 2
}

// firstOf returns the text of the nearest line above line i that stands at the
// same left edge.
func firstOf(p page, i int) string {
	for j := i - 1; j >= 0 && j > i-12; j-- {
		if math.Abs(p.Lines[j].Left-p.Lines[i].Left) < 2 {
			return p.Lines[j].Text
		}
	}
	return ""
}

// endsEntry reports whether a line may be the last one of a list's entry.
func endsEntry(text string) bool {
	if lines.Ended(text) || strings.HasSuffix(text, ",") {
		return true
	}
	for _, word := range []string{" und", " oder", " and", " or", " sowie"} {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}

// runsOn reports whether a change from bold to plain happens within a sentence.
func runsOn(above, l line) bool {
	first, _ := utf8.DecodeRuneInString(l.Text)
	return unicode.IsLower(first) && !lines.Ended(above.Text)
}

// sameLine reports whether l goes on right behind the line above it, at the same
// height: a raised figure cuts a line in two.
func sameLine(above, l line) bool {
	return math.Abs(above.Base-l.Base) < 0.5*max(above.Size, l.Size) &&
		l.Left > above.Right-3 && l.Left < above.Right+0.6*max(above.Size, l.Size)
}

// movedBack reports whether a line begins far to the left of the one above it and
// is not centred with it: the next row of a table.
func movedBack(above, l line) bool {
	return above.Left-l.Left > 60 && math.Abs(above.Left+above.Right-l.Left-l.Right) > 20
}

// nextColumn reports whether line i stands at the head of the next column.
func (c *composer) nextColumn(p page, i int) bool {
	above, l := p.Lines[i-1], p.Lines[i]
	return l.Base-above.Base > p.Height/4 && l.Left > above.Left && l.Size > 0
}

// couldHold reports whether the first word of line i would have fitted on the
// line above, so that the line above was ended on purpose. The room for it is
// that of the widest line around.
func (c *composer) couldHold(p page, i int) bool {
	above, l := p.Lines[i-1], p.Lines[i]
	if !above.placed() || !l.placed() {
		return 2*utf8.RuneCountInString(above.Text) < utf8.RuneCountInString(widest(p.Lines))
	}
	edge := max(above.Right, l.Right)
	for step := -1; step <= 1; step += 2 {
		for j := i - 1; j > 0 && j < len(p.Lines)-1 && j > i-8 && j < i+8; j += step {
			next := p.Lines[j+step]
			upper, lower := p.Lines[j], next
			if step < 0 {
				upper, lower = next, p.Lines[j]
			}
			if !next.placed() || !sameSize(upper, lower) || math.Abs(upper.Left-lower.Left) > 60 || c.apart(upper, lower) {
				break
			}
			edge = max(edge, next.Right)
		}
	}
	word, _, _ := strings.Cut(l.Text, " ")
	width := (l.Right - l.Left) / float64(max(1, utf8.RuneCountInString(l.Text)))
	return above.Right+width*float64(utf8.RuneCountInString(word)+2) < edge
}

// widest returns the longest text of the lines.
func widest(all []line) string {
	longest := ""
	for _, l := range all {
		if len(l.Text) > len(longest) {
			longest = l.Text
		}
	}
	return longest
}

// text joins the lines of a block.
func (c *composer) text(b block) string {
	text, hyphen := "", false
	for _, l := range b.lines {
		text = c.append(text, hyphen, l)
		hyphen = l.Hyphen
	}
	if hyphen {
		text += "-"
	}
	return text
}

// append joins a line to a text that ended in a hyphen or not.
func (c *composer) append(text string, hyphen bool, l line) string {
	if hyphen {
		return c.joiner.Join(text+"-", l.Text)
	}
	return c.joiner.Join(text, l.Text)
}

// heading says whether a block is a heading, and of which level: a level of 0
// leaves the question to rank.
func (c *composer) heading(b block, text string, mark lines.Mark) (level int, ok bool) {
	if len(b.lines) > 3 || b.lines[len(b.lines)-1].Hyphen {
		return 0, false
	}
	if level := c.outline[fold(text)]; level > 0 {
		return level, true
	}
	if level := c.outline[fold(mark.Text)]; level > 0 && mark.Kind > lines.Bullet {
		return level, true
	}
	larger, bold := c.larger(b), c.bold(b)
	if larger || bold && mark.Kind > lines.Bullet {
		text = strings.TrimSuffix(text, ":")
	}
	if !lines.Short(text) || mark.Kind == lines.Bullet {
		return 0, false
	}
	switch mark.Kind {
	case lines.Clause, lines.Section:
		return mark.Level, larger || bold || len(b.lines) == 1 && !b.listed
	case lines.Decimal, lines.Roman, lines.Bare:
		return mark.Level, larger || bold
	}
	return 0, larger && letters(text) > 2 || bold && b.alone && letters(text) > 3
}

// larger reports whether a block is set in larger type than the running text.
func (c *composer) larger(b block) bool {
	for _, l := range b.lines {
		if c.body == 0 || l.Size < 1.12*c.body {
			return false
		}
	}
	return true
}

// bold reports whether all of a block is bold and not smaller than the running
// text.
func (c *composer) bold(b block) bool {
	for _, l := range b.lines {
		if !l.Bold || l.Size < 0.95*c.body {
			return false
		}
	}
	return true
}

func letters(text string) int {
	count := 0
	for _, char := range text {
		if unicode.IsLetter(char) {
			count++
		}
	}
	return count
}

// rank finds out which level the headings of a style have: that of their
// numbers or bookmarks where most of them have one, else the styles are ranked
// by size.
func (c *composer) rank(blocks []block) {
	survey(blocks)
	votes := map[style]map[int]int{}
	for _, b := range blocks {
		text := c.text(b)
		level, ok := c.heading(b, text, lines.Find(text))
		if !ok {
			continue
		}
		s := b.lines[0].style()
		if votes[s] == nil {
			votes[s] = map[int]int{}
		}
		votes[s][level]++
	}
	var ranked []style
	for s, counts := range votes {
		most := 0
		for level, count := range counts {
			if level > 0 && (count > most || count == most && level < c.levels[s]) {
				most, c.levels[s] = count, level
			}
		}
		if most == 0 {
			ranked = append(ranked, s)
		}
	}
	slices.SortFunc(ranked, func(a, b style) int {
		if a.size != b.size {
			return b.size - a.size
		}
		if a.bold {
			return -1
		}
		return 1
	})
	for _, s := range ranked {
		above := 0
		for known, level := range c.levels {
			if known.size > s.size || known.size == s.size && known.bold && !s.bold {
				above = max(above, level)
			}
		}
		c.levels[s] = min(above+1, 6)
	}
}

// survey tells each block what stands below it.
func survey(blocks []block) {
	for i := range blocks {
		b := &blocks[i]
		b.alone = b.pitched && len(b.lines) == 1
		if i+1 == len(blocks) {
			continue
		}
		below := blocks[i+1]
		if below.page == b.page {
			b.alone = b.alone && math.Abs(below.lines[0].Left-b.lines[0].Left) < 40
		}
		mark, next := lines.Find(b.lines[0].Text), lines.Find(below.lines[0].Text)
		b.listed = mark.Kind > lines.Bullet && mark.Kind == next.Kind && mark.Level == next.Level && b.lines[0].style() == below.lines[0].style()
	}
}

// write writes the passages of all blocks; a paragraph or table that goes on behind
// a page's end is one, footnotes at that end or not.
func (c *composer) write(blocks []block) {
	open := -1 // passage that may go on; -1 for none
	var last line
	for i, b := range blocks {
		before := c.before(blocks, i)
		if t := b.lines[0].table; t != nil {
			c.tabulate(t, b.page, before >= 0 && blocks[before].lines[0].table == c.last)
			open = c.shut(open, last)
			continue
		}
		if open >= 0 && before >= 0 && c.continues(blocks[before], b, last) {
			for _, l := range b.lines {
				c.passages[open].Text = c.append(c.passages[open].Text, last.Hyphen, l)
				last = l
			}
			continue
		}
		if c.footnote(b) {
			c.passages = append(c.passages, c.passage(b))
			continue
		}
		open = c.shut(open, last)
		passage := c.passage(b)
		c.passages = append(c.passages, passage)
		last = b.lines[len(b.lines)-1]
		if passage.Kind == austauschbar.Heading {
			continue
		}
		open = len(c.passages) - 1
		if last.Hyphen {
			c.passages[open].Text = strings.TrimSuffix(c.passages[open].Text, "-")
		}
	}
	c.shut(open, last)
}

// shut says that nothing goes on with a passage: its last line's hyphen stays. It
// returns -1.
func (c *composer) shut(open int, last line) int {
	if open >= 0 && last.Hyphen {
		c.passages[open].Text += "-"
	}
	return -1
}

// before returns the block that the first one of a page may go on with: the last
// one of the page above that is no footnote; -1 for none.
func (c *composer) before(blocks []block, i int) int {
	if i == 0 || blocks[i-1].page == blocks[i].page {
		return -1
	}
	page := blocks[i-1].page
	for i--; i >= 0 && blocks[i].page == page; i-- {
		if !c.footnote(blocks[i]) {
			return i
		}
	}
	return -1
}

// continues reports whether a block goes on with the one before it, which ends in
// the line last, on an earlier page.
func (c *composer) continues(before, b block, last line) bool {
	first := b.lines[0]
	if last.Hyphen {
		return true
	}
	if lines.Ended(last.Text) || last.placed() && first.placed() && (!sameSize(last, first) || last.Bold != first.Bold) {
		return false
	}
	if mark := lines.Find(first.Text); mark.Kind != lines.None {
		return false
	}
	letter, _ := utf8.DecodeRuneInString(first.Text)
	return unicode.IsLower(letter) || c.full(before) && (unicode.IsLetter(letter) || unicode.IsDigit(letter))
}

// full reports whether the last line of a block of several reaches as far as the
// others do.
func (c *composer) full(b block) bool {
	if len(b.lines) < 2 {
		return false
	}
	edge := 0.0
	for _, l := range b.lines {
		edge = max(edge, l.Right)
	}
	last := b.lines[len(b.lines)-1]
	return last.Right-last.Left > 0.88*(edge-last.Left) && edge > 0
}

// passage makes a passage of one block.
func (c *composer) passage(b block) austauschbar.Passage {
	text := c.text(b)
	mark := lines.Find(text)
	c.paragraph++
	passage := austauschbar.Passage{Kind: austauschbar.Paragraph, Text: text, Page: b.page, Paragraph: c.paragraph}
	if level, ok := c.heading(b, text, mark); ok {
		passage.Kind = austauschbar.Heading
		if passage.Level = level; level == 0 {
			passage.Level = max(1, c.levels[b.lines[0].style()])
		}
		if mark.Kind > lines.Bullet {
			passage.Number, passage.Text = mark.Number, mark.Text
		}
		return passage
	}
	switch mark.Kind {
	case lines.Bullet:
		passage.Kind, passage.Level, passage.Text = austauschbar.Item, 1, mark.Text
	case lines.Letter, lines.Decimal:
		passage.Kind, passage.Level, passage.Number, passage.Text = austauschbar.Item, 1, mark.Number, mark.Text
		if c.footnote(b) {
			passage.Kind, passage.Level = austauschbar.Footnote, 0
		}
	case lines.Clause:
		passage.Number, passage.Text = mark.Number, mark.Text
	case lines.Bare:
		if c.footnote(b) {
			passage.Kind, passage.Number, passage.Text = austauschbar.Footnote, mark.Number, mark.Text
		}
	case lines.None:
		if note := raised.FindStringSubmatch(text); note != nil && c.footnote(b) {
			passage.Kind, passage.Number, passage.Text = austauschbar.Footnote, note[1], note[2]
		}
	}
	return passage
}

// raised is the beginning of a footnote whose number stands close to its text.
var raised = regexp.MustCompile(`^(\d{1,3})[ ]?(\pL.*|[„“"(].*)$`)

// footnote reports whether a block is set in small type low on its page.
func (c *composer) footnote(b block) bool {
	small := 0.9
	if len(b.lines) > 1 && b.lines[0].Size < 0.7*c.body { // begins with a raised number
		small = 0.95
	}
	for _, l := range b.lines {
		if c.body == 0 || l.Size > small*c.body {
			return false
		}
	}
	return b.low && b.lines[0].table == nil
}
