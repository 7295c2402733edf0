package pdf

import (
	"math"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// edgeLines is how many lines at each end of a page may repeat.
const edgeLines = 5

// edgeShare is the part of a page's height, from above and from below, in which
// running titles and page numbers stand.
const edgeShare = 0.16

// An edge is a line at the top or bottom of a page that may repeat.
type edge struct {
	page    int     // index of the page
	line    int     // index of the line on it
	number  int     // of the page
	rank    int     // 0 for the outermost line
	y       float64 // height on the page
	numbers []int   // in the text
}

// A place is where lines that look alike stand.
type place struct {
	side  string // "top" or "bottom"
	shape string // the text, each number as a figure, without blanks
}

// withoutFurniture leaves out the lines that repeat at the top or bottom of the
// pages, digits aside: running titles, page numbers, repeated table heads.
func withoutFurniture(pages []page) []page {
	groups := map[place][]edge{}
	for i, p := range pages {
		for side, found := range edges(p) {
			for rank, at := range found {
				l := p.Lines[at]
				shape, numbers := pattern(l.Text)
				key := place{side, shape}
				groups[key] = append(groups[key], edge{i, at, p.Number, rank, l.Base, numbers})
			}
		}
	}
	drop := make([]map[int]bool, len(pages))
	for key, group := range groups {
		for _, e := range repeated(group, key.shape == figure, filled(pages)) {
			if drop[e.page] == nil {
				drop[e.page] = map[int]bool{}
			}
			drop[e.page][e.line] = true
		}
	}
	result := make([]page, len(pages))
	for i, p := range pages {
		result[i] = p
		if drop[i] == nil {
			continue
		}
		result[i].Lines = nil
		for at, l := range p.Lines {
			if !drop[i][at] {
				result[i].Lines = append(result[i].Lines, l)
			}
		}
	}
	return result
}

// filled counts the pages that have text.
func filled(pages []page) int {
	count := 0
	for _, p := range pages {
		if len(p.Lines) > 0 {
			count++
		}
	}
	return count
}

// edges returns the indices of a page's outermost lines, the outermost first.
func edges(p page) map[string][]int {
	order := make([]int, len(p.Lines))
	placed := p.Height > 0
	for i, l := range p.Lines {
		order[i] = i
		placed = placed && l.placed()
	}
	if placed {
		sort.SliceStable(order, func(a, b int) bool { return p.Lines[order[a]].Base > p.Lines[order[b]].Base })
	}
	var top, bottom []int
	for i := 0; i < len(order) && len(top) < edgeLines; i++ {
		if p.Lines[order[i]].table == nil && (!placed || p.Lines[order[i]].Base > (1-edgeShare)*p.Height) {
			top = append(top, order[i])
		}
	}
	for i := len(order) - 1; i >= 0 && len(bottom) < edgeLines; i-- {
		if p.Lines[order[i]].table == nil && (!placed || p.Lines[order[i]].Base < edgeShare*p.Height) {
			bottom = append(bottom, order[i])
		}
	}
	return map[string][]int{"top": top, "bottom": bottom}
}

var (
	number  = regexp.MustCompile(`\d{1,6}`)
	numeral = regexp.MustCompile(`^[ivxlc]{1,7}$`)
)

// figure stands for a number. No clean text holds it.
const figure = "\x00"

// pattern returns a text with its numbers replaced and without blanks, and the
// numbers.
func pattern(text string) (string, []int) {
	if numeral.MatchString(text) {
		return figure, []int{0}
	}
	var numbers []int
	for _, digits := range number.FindAllString(text, -1) {
		value, _ := strconv.Atoi(digits)
		numbers = append(numbers, value)
	}
	return strings.ReplaceAll(number.ReplaceAllString(text, figure), " ", ""), numbers
}

// repeated returns those lines of a group that repeat: on most pages, or on
// three in a row at the same height. Their numbers have to stay the same or to
// count the pages, so that "Anforderung 1", "Anforderung 2" are no running title.
func repeated(group []edge, lone bool, pages int) []edge {
	group = agreeing(group, lone)
	seen := map[int]bool{}
	for _, e := range group {
		seen[e.page] = true
	}
	if count := len(seen); count >= 2 && pages <= 3 && count == pages || count >= 3 && 5*count >= 2*pages {
		return group
	}
	var result []edge
	for _, e := range group {
		before, after := 0, 0
		for _, other := range group {
			if math.Abs(other.y-e.y) > 3 {
				continue
			}
			switch other.page - e.page {
			case -2, -1:
				before++
			case 1, 2:
				after++
			}
		}
		if e.rank < 2 && before+after >= 2 {
			result = append(result, e)
		}
	}
	return result
}

// agreeing returns the edges whose numbers do what those of most others do: stay
// the same or count the pages. A number alone has to count pages.
func agreeing(group []edge, lone bool) []edge {
	if len(group) == 0 || len(group[0].numbers) == 0 {
		return group
	}
	if lone && slices.ContainsFunc(group, func(e edge) bool { return e.numbers[0] == 0 }) {
		return slices.DeleteFunc(slices.Clone(group), func(e edge) bool { return e.rank > 0 })
	}
	for position := range group[0].numbers {
		same, counting := map[int]int{}, map[int]int{}
		for _, e := range group {
			same[e.numbers[position]]++
			counting[e.numbers[position]-e.number]++
		}
		value, times := commonest(same)
		offset, counts := commonest(counting)
		group = slices.DeleteFunc(slices.Clone(group), func(e edge) bool {
			if counts >= times || lone {
				return e.numbers[position]-e.number != offset
			}
			return e.numbers[position] != value
		})
	}
	return group
}

// commonest returns the most frequent value, the smallest of several, and how
// often it occurs.
func commonest(counts map[int]int) (value, times int) {
	for candidate, count := range counts {
		if count > times || count == times && candidate < value {
			value, times = candidate, count
		}
	}
	return value, times
}

var (
	leader  = regexp.MustCompile(`(?:\.[ ]?){4,}[ ]*(?:\d{1,4}|[ivxlc]{1,6})$|(?:…[ ]?){2,}[ ]*\d{1,4}$`)
	trailed = regexp.MustCompile(`^(\S.*\S)\s+\d{1,4}$`)
	counted = regexp.MustCompile(`^(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*\.?\s`)
)

// contentsLines is how many entries make a table of contents.
const contentsLines = 3

// withoutContents leaves out tables of contents: lines with leaders and a page
// number, lines that end in a page number and recur without it, and lines that
// stand once more often than the outline names them.
func withoutContents(pages []page, outline []bookmark) []page {
	last := map[string]int{} // number of the last page on which a line stands
	surplus := map[string]int{}
	for _, p := range pages {
		for _, l := range p.Lines {
			title := fold(l.Text)
			last[title] = p.Number
			surplus[title]++
		}
	}
	named := map[string]bool{}
	for _, mark := range outline {
		named[fold(mark.Title)] = true
		surplus[fold(mark.Title)]--
	}
	result := make([]page, len(pages))
	before := false // the page before has a table of contents
	for i, p := range pages {
		leaders, recurring := make([]bool, len(p.Lines)), make([]bool, len(p.Lines))
		count := 0
		for at, l := range p.Lines {
			if l.table != nil {
				continue
			}
			if leader.MatchString(l.Text) {
				leaders[at] = true
				continue
			}
			if m := trailed.FindStringSubmatch(l.Text); m != nil && last[fold(m[1])] >= p.Number {
				recurring[at] = true
			} else if title := fold(l.Text); named[title] && surplus[title] == 1 {
				recurring[at], surplus[title] = true, 0
			}
			if recurring[at] {
				count++
			}
		}
		many := count >= contentsLines || before && count > 0
		before = many
		result[i] = p
		result[i].Lines = nil
		for at, l := range p.Lines {
			if !leaders[at] && !(many && recurring[at]) && !wrapped(p.Lines, leaders, at) {
				result[i].Lines = append(result[i].Lines, l)
			}
		}
	}
	return result
}

// wrapped reports whether line at is the first of an entry of two lines, which
// has its leader on the second.
func wrapped(all []line, leaders []bool, at int) bool {
	return at > 0 && at+1 < len(all) && leaders[at-1] && leaders[at+1] && !leaders[at] &&
		counted.MatchString(all[at].Text) && !counted.MatchString(all[at+1].Text)
}
