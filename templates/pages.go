package templates

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"

	"github.com/austauschbar/austauschbar"
)

// FormatHTML is a page for browsers that needs nothing but itself.
const FormatHTML Format = "html"

// tokens are the colours of all that is for browsers.
//
//go:embed tokens.css
var tokens string

//go:embed catalogue.css
var style string

// A Page is all that the catalogue tells of one criterion.
type Page struct {
	Criterion austauschbar.Criterion
	Codes     []string   // of its findings, sorted
	Examples  []Examples // of the topics it reads
	Passages  *float64   // measured precision, a share of 1; nil where it was not measured
	Precision map[string]float64
	Corpus    *CorpusCount // nil where none was judged
}

// Examples are sentences of one topic of the lexicon, each read as it stands here.
type Examples struct {
	Topic           string            // id
	Titles          map[string]string // by language
	Met, Weak, Risk []string
}

// A CorpusCount tells how a criterion did on a corpus.
type CorpusCount struct {
	Dossiers int
	Ratings  map[string]int // dossiers by rating
	Codes    map[string]int // dossiers with a finding of a code
}

// A pageView is what the shapes of a page see.
type pageView struct {
	Language, Other string // of the page and of its counterpart
	Page            Page
	Meaning         meaning
	Said            []saidCode
	Examples        []Examples // with titles in Topic
	Ratings         []ratingCount
	Previous, Next  *austauschbar.Criterion
	Extension       string // of the other pages' files
}

// A saidCode is a finding that a criterion can make.
type saidCode struct {
	Code            string
	Message, Remedy string // "" where they need more than the catalogue knows
	Precision       *float64
	Dossiers        int // of the corpus
}

type ratingCount struct {
	Rating string
	Count  int
	Share  float64 // of 1
}

// extensions of a page's file.
var extensions = map[Format]string{FormatMarkdown: ".md", FormatHTML: ".html"}

// Page writes what there is to know about a criterion, beside the pages of others. Its
// error says when the format is none of Markdown and HTML.
func (words *Words) Page(out io.Writer, format Format, pages []Page, at int) error {
	v, ok := pageVoices[format]
	if !ok {
		return fmt.Errorf("write page: format %q is not one of markdown, html", format)
	}
	page := pages[at]
	if err := words.fillCriterion(&page.Criterion); err != nil {
		return fmt.Errorf("write page of %s: %w", page.Criterion.ID, err)
	}
	view := pageView{Language: words.Language, Other: otherThan(words.Language), Page: page, Extension: extensions[format], Said: words.saidCodes(page)}
	var err error
	if view.Meaning, err = words.meaning(page.Criterion); err != nil {
		return fmt.Errorf("write page of %s: %w", page.Criterion.ID, err)
	}
	for _, examples := range page.Examples {
		examples.Topic = examples.Titles[words.Language]
		view.Examples = append(view.Examples, examples)
	}
	view.Ratings = page.Corpus.ratings()
	if at > 0 {
		view.Previous = &pages[at-1].Criterion
	}
	if at+1 < len(pages) {
		view.Next = &pages[at+1].Criterion
	}
	return words.write(out, v, "page", view)
}

// otherThan is the language of a page's counterpart; "" where there is none.
func otherThan(language string) string {
	for _, other := range Languages() {
		if other != language {
			return other
		}
	}
	return ""
}

// ratings from the best to silence.
var ratings = []string{austauschbar.Met, austauschbar.Partly, austauschbar.NotMet, austauschbar.NotApplicable, austauschbar.NotEvidenced}

// ratings counts by rating, from the best to silence.
func (c *CorpusCount) ratings() []ratingCount {
	var counts []ratingCount
	if c == nil || c.Dossiers == 0 {
		return nil
	}
	for _, rating := range ratings {
		counts = append(counts, ratingCount{rating, c.Ratings[rating], float64(c.Ratings[rating]) / float64(c.Dossiers)})
	}
	return counts
}

// saidCodes are the findings of a criterion in words. Words that need a value of a
// dossier cannot be said here.
func (words *Words) saidCodes(page Page) []saidCode {
	codes := slices.Clone(page.Codes)
	if page.Corpus != nil {
		codes = append(codes, slices.Collect(maps.Keys(page.Corpus.Codes))...) // made of facts
	}
	slices.Sort(codes)
	var said []saidCode
	for _, code := range slices.Compact(codes) {
		one := saidCode{Code: code}
		name := words.nameOf(page.Criterion.ID, code)
		if words.Defines(name) {
			one.Message, _ = words.say(name, map[string]any{}) // "" where it needs a value
			one.Remedy, _ = words.either(map[string]any{}, name+".remedy")
		}
		if precision, ok := page.Precision[code]; ok {
			one.Precision = &precision
		}
		if page.Corpus != nil {
			one.Dossiers = page.Corpus.Codes[code]
		}
		said = append(said, one)
	}
	return said
}

// An indexView is what the shapes of a catalogue's first page see.
type indexView struct {
	Language, Other string
	Extension       string
	Groups          []pageGroup
	Count           int
	Dossiers        int // of the corpus; 0 for none
}

// Legend lists what the bars of a corpus are made of.
func (indexView) Legend() []string { return ratings }

type pageGroup struct {
	ID    string
	Pages []indexPage
}

type indexPage struct {
	Page
	Ratings []ratingCount
}

// Index writes the first page of a catalogue, grouped, in the order the pages come in.
func (words *Words) Index(out io.Writer, format Format, pages []Page) error {
	v, ok := pageVoices[format]
	if !ok {
		return fmt.Errorf("write index: format %q is not one of markdown, html", format)
	}
	view := indexView{Language: words.Language, Other: otherThan(words.Language), Extension: extensions[format], Count: len(pages)}
	for _, page := range pages {
		if err := words.fillCriterion(&page.Criterion); err != nil {
			return fmt.Errorf("write index: %w", err)
		}
		i := slices.IndexFunc(view.Groups, func(g pageGroup) bool { return g.ID == page.Criterion.Group })
		if i < 0 {
			i = len(view.Groups)
			view.Groups = append(view.Groups, pageGroup{ID: page.Criterion.Group})
		}
		if page.Corpus != nil {
			view.Dossiers = page.Corpus.Dossiers
		}
		view.Groups[i].Pages = append(view.Groups[i].Pages, indexPage{page, page.Corpus.ratings()})
	}
	return words.write(out, v, "index", view)
}

// pageVoices are the outputs of pages.
var pageVoices = map[Format]voice{
	FormatMarkdown: {shape: "pages_markdown", escape: escapeMarkdown, functions: markdown.functions},
	FormatHTML: {shape: "pages_html", escape: escapeHTML, functions: map[string]any{
		"style": func() markup { return markup(tokens + style) },
		"link":  linkHTML,
		// wide is a width in whole per cent.
		"wide": func(share float64) markup { return markup(fmt.Sprintf("%.0f%%", 100*share)) },
	}},
}

// linkHTML leads to a source on the web; of another it gives the words alone.
func linkHTML(reference austauschbar.Reference) markup {
	text := reference.Description
	if text == "" {
		text = reference.Ref
	}
	if address := escapeAddress(reference.Ref); address != "" {
		return markup(`<a href="` + address + `">` + escapeHTML(text) + "</a>")
	}
	return markup(escapeHTML(text))
}

// escapeHTML gives a text for an element or a quoted attribute.
func escapeHTML(text string) string { return html.EscapeString(visible(text)) }
