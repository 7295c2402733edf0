package templates

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// suggest words what to put in the place of a finding's quote or, where something is
// missing, the clause to add. It is in the language of the document that it is for. The
// criterion's words say one of
//
//	ID.CODE.for_name     what takes the place of the name that the finding is about
//	ID.CODE.behind_name  what follows that name
//	ID.CODE.addition     what follows the quote, which stays: a sentence, or in
//	                     parentheses what its last sentence takes in
//	ID.CODE.suggestion   all of it
//
// An architecture says what is, not what a tenderer owes: no clause fits there. In a
// project of one's own there is nobody to owe anything: what is missing can be added by
// ID.CODE.own_project.suggestion, a sentence on the solution alone.
// Nothing is suggested where we only ask, since it may be right to change nothing, nor
// where words would not fit: for a part of a sentence or a position of a price sheet.
func (words *Words) suggest(review austauschbar.Review, finding austauschbar.Finding) (string, error) {
	kind := spokenAs(review)
	if kind == "architecture" {
		return "", nil
	}
	in, err := words.in(languageOf(review, finding))
	if err != nil {
		return "", err
	}
	name := finding.Criterion + "." + finding.Code
	say := func(part string) (string, error) {
		text, err := in.either(finding.Args, name+part)
		return toParties(review, finding, text), err
	}
	if kind == ownProject {
		return say(".own_project.suggestion")
	}
	if finding.Code == "missing" || finding.Evidence == nil {
		return say(".suggestion")
	}
	quote := finding.Evidence.Quote
	if finding.Severity == "question" || finding.Evidence.Cut || quote == "" || documentOf(review, finding).Role == "price_sheet" {
		return "", nil
	}
	for _, way := range []struct {
		part string
		put  func(text string) string
	}{
		{".for_name", func(text string) string { return frameOf(finding).replaced(text) }},
		{".behind_name", func(text string) string { return frameOf(finding).followed(text) }},
		{".addition", func(text string) string { return added(quote, text) }},
		{".suggestion", func(text string) string { return replaced(review, finding, text) }},
	} {
		if text, err := say(way.part); err != nil || text != "" {
			return way.put(text), err
		}
	}
	return "", nil
}

// licenceParties calls the parties of a contract by what a licence calls them. Both German
// words decline alike.
var licenceParties = strings.NewReplacer(
	"Auftraggeber", "Lizenznehmer", "Auftragnehmer", "Lizenzgeber",
	"contracting authority", "licensee", "supplier", "licensor",
)

// toParties words what is suggested for the parties of the document that it is for; what
// is missing is for all documents.
func toParties(review austauschbar.Review, finding austauschbar.Finding, text string) string {
	others := func(document austauschbar.DocumentFact) bool { return !document.Licence }
	switch {
	case finding.Evidence != nil && others(documentOf(review, finding)):
		return text
	case finding.Evidence == nil && (len(review.Dossier.Documents) == 0 || slices.ContainsFunc(review.Dossier.Documents, others)):
		return text
	}
	return licenceParties.Replace(text)
}

// replaced puts whole sentences in the place of a quote; "" where the quote leads on,
// goes on what stands before it, or is all that another criterion rests on.
func replaced(review austauschbar.Review, finding austauschbar.Finding, text string) string {
	quote := finding.Evidence.Quote
	first, _ := utf8.DecodeRuneInString(quote)
	switch {
	case strings.HasSuffix(quote, ":") || unicode.IsLower(first) || bearsAnother(review, finding):
		return ""
	case strings.HasSuffix(quote, ";"):
		return strings.TrimSuffix(text, ".") + ";"
	}
	return text
}

// bearsAnother tells whether a finding's passage is the only one that another
// criterion was rated by: without it, that one would lack what it is about.
func bearsAnother(review austauschbar.Review, finding austauschbar.Finding) bool {
	elsewhere, here := map[string]bool{}, map[string]bool{}
	own := *finding.Evidence
	own.Place = "" // is told in words or not yet
	see := func(criterion string, at austauschbar.Evidence) {
		if at.Place = ""; at == own || at.Path == own.Path && at.Quote != "" && strings.Contains(own.Quote, at.Quote) {
			here[criterion] = true
		} else {
			elsewhere[criterion] = true
		}
	}
	for _, criterion := range review.Criteria {
		for _, evidence := range criterion.Evidence {
			see(criterion.ID, evidence)
		}
	}
	for _, other := range review.Findings {
		if other.Evidence != nil && other.Code != "missing" {
			see(other.Criterion, *other.Evidence)
		}
	}
	for criterion := range here {
		if criterion != finding.Criterion && !elsewhere[criterion] {
			return true
		}
	}
	return false
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
	whole := f.before + f.name + f.after
	if whole != finding.Evidence.Quote || namedTwice(whole, f.name) {
		return frame{}
	}
	return f
}

// namedTwice says whether a quote names the same thing in two places ("Drupal 10 by
// Drupal's rules"): changing one would leave the other.
func namedTwice(quote, name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return len(first) > 2 && strings.Count(quote, first) > 1
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
	if strings.Count(f.before, "(") > strings.Count(f.before, ")") {
		text = unbracketed(text)
	}
	return f.before + f.name + " " + text + f.after
}

// unbracketed sets what a text ends with in parentheses behind a semicolon, since it is to
// stand in parentheses itself.
func unbracketed(text string) string {
	before, within, found := strings.Cut(text, " (")
	if !found || !strings.HasSuffix(within, ")") {
		return text
	}
	return before + "; " + strings.TrimSuffix(within, ")")
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
