package evaluator

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// framed are the kinds of names for which a wording may be proposed.
var framed = []string{"product", "cloud_service", "ai_model", "standard"}

// demanded says whether a sentence obliges to what it names.
func demanded(mention austauschbar.Mention) bool {
	return mention.Role == "requirement" && !mention.Negated && slices.Contains([]string{"must", "should"}, mention.Modality)
}

// frame cuts a mention's quote at the name, so that a wording can be put behind the
// name or in its place; nil where nobody can: the quote is no whole clause, or a noun
// follows ("Oracle Lizenzen").
func (w *walk) frame(source clauseSource, name lexicon.Hit, mention austauschbar.Mention, language string) *austauschbar.Frame {
	quote, offset := source.text, 0
	if len(source.cells) > 0 {
		cell, at := cellAt(source.cells, source.text, name.Start, name.End)
		quote, offset = cell.Text, at
	}
	start, end := name.Start-offset, name.End-offset
	if mention.Evidence.Cut || start < 0 || end > len(quote) {
		return nil
	}
	end += len(edition.FindString(quote[end:]))
	before, after := quote[:start], quote[end:]
	if !w.endsName(after, language) || strings.HasSuffix(before, "-") {
		return nil
	}
	bare := w.bare(before, language) && !compound.MatchString(quote[start:end])
	return &austauschbar.Frame{Before: before, Name: quote[start:end], After: after, Bare: bare}
}

// edition is what stands behind a name and belongs to it: "2022 Standard Edition", "ab
// Version 2021", "19c or later"; of a norm its part and year, "-110:2020".
var edition = regexp.MustCompile(`^(?: (?:(?:ab |from |in )?(?:der )?(?:[Vv]ersion|Release|Rel\.|V\.?|v\.?) ?)?\d[\w.]*\b|[:-]\d[\w.-]*\b| R\d\b| SP\d\b| (?:Standard|Enterprise|Professional|Community|Express|Premium)(?: Edition)?\b| (?:oder|und|or|and) (?:höher|neuer|später|later|higher|newer|above)\b)*`)

// compound is a name that a noun of the text hangs on: "Oracle-Lizenzen".
var compound = regexp.MustCompile(`-\p{L}`)

// endsName says whether the name ends where a text goes on. In German a noun that
// belonged to it would have a capital; in English only small words tell.
func (w *walk) endsName(after, language string) bool {
	next := strings.TrimPrefix(after, " ")
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case next == "" || strings.ContainsRune(".,;:)!“”\"", first):
		return true
	case len(next) == len(after):
		return false
	case first == '(' || first == '–':
		return true
	case language == "de":
		return unicode.IsLower(first) && !compares.MatchString(next)
	}
	return w.lexicon.FunctionWord(firstWord(next), language)
}

// compares is a German word that makes an adjective of the name before it.
var compares = regexp.MustCompile(`^(?:basiert|kompatib|gestützt|fähig|ähnlich|seitig|intern)`)

// bare says whether no article and no adjective stands before a name.
func (w *walk) bare(before, language string) bool {
	before = strings.TrimSpace(before)
	if before == "" {
		return true
	}
	word := strings.TrimLeft(before[strings.LastIndexByte(before, ' ')+1:], "(„\"")
	return w.lexicon.BeforeName(word, language)
}

func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		return text
	}
	return text[:end]
}
