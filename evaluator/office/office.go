// Package office holds what the readers of Word, Excel and OpenDocument files
// share: what the names of styles mean, numbers as lists write them, and which rows
// head the tables of documents and sheets.
package office

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/grid"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Bounds of a table or sheet: the columns that a text document's table has told
// apart, of which Word allows 63, and what Excel and LibreOffice can show of a sheet.
const (
	TableColumns = 1024
	SheetColumns = 16_384
	SheetRows    = 1_048_576
)

// Ref names a cell by its column, from 0, and its row, 1-based: "A1".
func Ref(column, row int) string { return Column(column) + strconv.Itoa(row) }

// Column names a column, from 0, as sheets do: A … Z, AA, AB …
func Column(column int) string { return grid.Column(column + 1) }

var (
	headingName  = regexp.MustCompile(`^(?:heading|überschrift) ?([1-9])$`)
	contentsName = regexp.MustCompile(`^(?:toc( \d+| heading)|table of (contents|figures)|contents( \d+| heading)|(inhalts|abbildungs|tabellen)verzeichnis.*|verzeichnis \d+)$`)
	quoteNames   = map[string]bool{"quote": true, "quotations": true, "intense quote": true, "zitat": true, "intensives zitat": true, "block text": true}
	codeNames    = map[string]bool{"html preformatted": true, "html vorformatiert": true, "preformatted text": true, "vorformatierter text": true, "source code": true, "code": true}
)

// A StyleName is the name of a paragraph style, made by NewStyleName. Built-in
// styles bear English names in every edition of a program, but not those that a
// converter made.
type StyleName string

// NewStyleName folds a name as it is stored.
func NewStyleName(stored string) StyleName {
	return StyleName(strings.ToLower(lines.Clean(stored)))
}

// Heading returns the depth of a heading, 1-based; 0 of any other style.
func (n StyleName) Heading() int {
	found := headingName.FindStringSubmatch(string(n))
	if found == nil {
		return 0
	}
	return int(found[1][0] - '0')
}

// Contents says whether the style is that of a table of contents.
func (n StyleName) Contents() bool { return contentsName.MatchString(string(n)) }

// Quotation says whether the style marks quoted text.
func (n StyleName) Quotation() bool { return quoteNames[string(n)] }

// Code says whether the style marks code.
func (n StyleName) Code() bool { return codeNames[string(n)] }

// Letters counts a … z, aa, bb … zz, aaa, as Word does; in decimals what has no
// letters.
func Letters(value int) string {
	const most = 26 * 30 // where Word starts again
	if value < 1 || value > most {
		return strconv.Itoa(value)
	}
	return strings.Repeat(string(rune('a'+(value-1)%26)), (value-1)/26+1)
}

// Roman writes a number in small Roman numerals; in decimals what has none.
func Roman(value int) string {
	if value < 1 || value > 3999 {
		return strconv.Itoa(value)
	}
	signs := []struct {
		value int
		sign  string
	}{
		{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"},
		{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"},
	}
	var written strings.Builder
	for _, s := range signs {
		for ; value >= s.value; value -= s.value {
			written.WriteString(s.sign)
		}
	}
	return written.String()
}
