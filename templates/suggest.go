package templates

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// suggestion is a wording for a document: what to put in the place of a finding's
// quote or, where something is missing, the clause to add. It is in the document's
// language, the language that these words must be of. The criterion's words say
//
//	ID.CODE.suggestion   all of it
//	ID.CODE.addition     what follows the quote, which stays: a sentence, or in
//	                     parentheses what its last sentence takes in
//	ID.CODE.for_name     what takes the place of the name that the finding is about
//	ID.CODE.behind_name  what follows that name
//
// None is given where we only ask, since it may be right to change nothing, and where
// words would not fit: for a part of a sentence, for a position of a price sheet, which
// the role of the document tells.
func (words *Words) suggestion(finding austauschbar.Finding, name, role string) (string, error) {
	if finding.Code == "missing" || finding.Evidence == nil {
		return words.either(finding.Args, name+".suggestion")
	}
	quote := finding.Evidence.Quote
	if finding.Severity == "question" || finding.Evidence.Cut || quote == "" || role == "price_sheet" {
		return "", nil
	}
	for _, way := range []struct {
		name string
		put  func(text string) string
	}{
		{".for_name", func(text string) string { return frameOf(finding).replaced(text) }},
		{".behind_name", func(text string) string { return frameOf(finding).followed(text) }},
		{".addition", func(text string) string { return added(quote, text) }},
		{".suggestion", func(text string) string { return replaced(quote, text) }},
	} {
		text, err := words.either(finding.Args, name+way.name)
		if err != nil {
			return "", err
		}
		if text != "" {
			return way.put(text), nil
		}
	}
	return "", nil
}

// replaced puts whole sentences in the place of a quote; "" where the quote leads on
// or goes on what stands before it.
func replaced(quote, text string) string {
	first, _ := utf8.DecodeRuneInString(quote)
	switch {
	case strings.HasSuffix(quote, ":") || unicode.IsLower(first):
		return ""
	case strings.HasSuffix(quote, ";"):
		return strings.TrimSuffix(text, ".") + ";"
	}
	return text
}

// added puts words behind a quote, a sentence or in parentheses; "" where the quote is
// no end of a sentence.
func added(quote, text string) string {
	last, _ := utf8.DecodeLastRuneInString(quote)
	goesOn := last != '.' && !unicode.IsLetter(last) && !unicode.IsDigit(last) && !strings.ContainsRune(")“”", last)
	body := strings.TrimSuffix(quote, ".")
	switch {
	case goesOn:
		return ""
	case strings.HasPrefix(text, "("):
		return body + " " + text + quote[len(body):]
	}
	return body + ". " + text
}

// A frame is a quote, cut at the name that a finding is about; see austauschbar.Frame.
type frame struct {
	before, name, after string
	bare                bool
}

// frameOf takes the frame from a finding's values; an empty one where they have none
// of its quote.
func frameOf(finding austauschbar.Finding) frame {
	values, _ := finding.Args["frame"].(map[string]any)
	text := func(key string) string { text, _ := values[key].(string); return text }
	bare, _ := values["bare"].(bool)
	f := frame{text("before"), text("name"), text("after"), bare}
	if f.before+f.name+f.after != finding.Evidence.Quote {
		return frame{}
	}
	return f
}

func (f frame) replaced(text string) string {
	if !f.bare {
		return ""
	}
	if f.before == "" {
		first, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	return f.before + text + f.after
}

func (f frame) followed(text string) string {
	if f.name == "" {
		return ""
	}
	return f.before + f.name + " " + text + f.after
}

// languageOf is the language in which a document is to be changed: that of the
// passage, else of its document, else of the dossier; "" where none is known.
func languageOf(review austauschbar.Review, finding austauschbar.Finding) string {
	passage, _ := finding.Args["language"].(string)
	return cmp.Or(passage, documentOf(review, finding).Language, review.Dossier.Language)
}

// documentOf is the document that a finding stands in; an empty one for none.
func documentOf(review austauschbar.Review, finding austauschbar.Finding) austauschbar.DocumentFact {
	for _, document := range review.Dossier.Documents {
		if finding.Evidence != nil && document.Path == finding.Evidence.Path {
			return document
		}
	}
	return austauschbar.DocumentFact{}
}

// in gives the words of another language; these where it has none or is the same.
func (words *Words) in(language string) (*Words, error) {
	if language == words.Language || !slices.Contains(Languages(), language) {
		return words, nil
	}
	if known, ok := words.others.Load(language); ok {
		return known.(*Words), nil
	}
	other, err := New(language)
	if err != nil {
		return nil, err
	}
	words.others.Store(language, other)
	return other, nil
}
