package austauschbar

// A Text is what a reader makes of a document: its passages in reading order.
type Text struct {
	Title    string // from the document's properties; "" where it has none
	Pages    int    // 0 where the format has no pages
	Passages []Passage
	Notices  []Notice // what machine-readable notices say beside their texts; paths and places are filled in by the evaluator
	Gaps     []Gap    // parts that could not be read; Path is filled in by the evaluator
	// Listings are the blocks of code whose language the document names, beside the
	// passages that they are too.
	Listings []Listing
	// Architecture is what an architecture file says; nil for other documents.
	Architecture *Architecture
}

// PassageKind says what a passage is in its document.
type PassageKind string

// The kinds of passages.
const (
	Heading   PassageKind = "heading"
	Paragraph PassageKind = "paragraph"
	Item      PassageKind = "item" // of a list
	Row       PassageKind = "row"  // of a table or sheet, its heading row left out
	Footnote  PassageKind = "footnote"
	Quotation PassageKind = "quotation" // marked as quoted by the format
	Code      PassageKind = "code"
)

// A Passage is a heading, paragraph, list item or table row. Its text is clean:
// white space is folded to single blanks, line-end hyphens are joined, soft
// hyphens and deleted text are gone. Apart from that it is the document's own.
type Passage struct {
	Kind  PassageKind
	Text  string // of a row: its cells, joined by " | "
	Level int    // 1-based depth of a heading or list item; 0 otherwise
	// Number is the rendered clause number or list mark: "3.2.1", "a)"; ""
	// where there is none or where it is part of Text.
	Number    string
	Page      int    // 1-based; 0 where the format has no pages
	Line      int    // 1-based; 0 where the format has no lines
	Paragraph int    // 1-based, counted through the document; 0 where Line or Sheet says it
	Sheet     string // name of the sheet a row stands on; "" outside spreadsheets
	Hidden    bool   // in a hidden sheet, row or column, or hidden on its page
	Cells     []Cell // of a row, the empty ones left out
	// Context is what a row's table says above it that holds for it too: the title of
	// its part, merged cells that reach down to it. It is no part of Text.
	Context []string
}

// A Cell is one cell of a row.
type Cell struct {
	Ref    string // "C7"; "" where the format does not number cells
	Header string // the text above it in the heading row; "" where there is none
	Text   string
}

// A Listing is a block of code as it stands in a document.
type Listing struct {
	Language string // as written, in lower case: "mermaid"
	Text     string // its lines, with their white space
	Line     int    // of the first one, 1-based
}

// A DocumentText is a document's path and what stands in it.
type DocumentText struct {
	Path string // slash-separated, from the dossier's root
	Text Text
	// Lines tells that the passages are the lines of a file for programs, all of them,
	// with what may be a secret cut.
	Lines bool
}
