package evaluator

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// maxIntroduced bounds how many names a document may introduce: a real one names a
// handful.
const maxIntroduced = 200

// note keeps the names of systems that a clause introduces.
func (w *walk) note(names []string) {
	for _, name := range names {
		if len(w.introduced) < maxIntroduced {
			w.introduced[strings.Clone(name)] = true
		}
	}
}

// madeHeader matches the header of a column that holds names of products.
var madeHeader = regexp.MustCompile(`(?i)^(?:[\p{L}-]+ ){0,3}(?:produkt|produktname|software|softwareprodukt|fachverfahren|fachanwendung|bestandssystem|altsystem|system|tool|werkzeug|technologie|anwendung|komponente|hersteller|product|application|technology|component|vendor)(?:e|en|s|ies)?(?: ?/ ?[\p{L}-]+)?$`)

// noteCells keeps what the columns of a row introduce that hold names of products.
func (w *walk) noteCells(cells []austauschbar.Cell) {
	for _, cell := range cells {
		if holdsNames(cell) {
			w.note(w.lexicon.Mixed(w.scanner, cell.Text))
		}
	}
}

// longestHeader bounds a column's header in bytes: longer ones are sentences.
const longestHeader = 60

// nameIntroduced goes through the document once more and keeps every place of the
// names that it introduces somewhere. Its own subject is no other system: a name in
// its title or in the name of its file is left out.
func (w *walk) nameIntroduced(text austauschbar.Text) {
	names := w.foreign(text)
	if len(names) == 0 {
		return
	}
	w.sheet, w.headings, w.inList = "", nil, false
	w.under(nil)
	ahead := w.entered
	for i, passage := range text.Passages {
		w.turnTo(passage.Sheet)
		switch {
		case passage.Kind == austauschbar.Heading:
			w.goBelow(ahead[0])
			ahead = ahead[1:]
		case slices.ContainsFunc(names, func(name string) bool { return strings.Contains(passage.Text, name) }):
			w.nameSystems(i+1, passage, names)
		}
	}
}

// foreign lists the introduced names that are not the document's own subject.
func (w *walk) foreign(text austauschbar.Text) []string {
	own := strings.ToLower(w.path)
	demanded := func(name string) bool {
		return slices.ContainsFunc(text.Passages, func(passage austauschbar.Passage) bool { return mustDo(passage.Text, name) })
	}
	for _, passage := range text.Passages {
		if passage.Kind == austauschbar.Heading {
			own += "\n" + strings.ToLower(passage.Text)
			break
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.introduced)), func(name string) bool {
		return strings.Contains(own, strings.ToLower(name)) || strings.ToUpper(name) == name && demanded(name)
	})
}

// mustDo says whether a text demands of a name what it must do: then the abbreviation is
// the very thing that is to be bought, or an office.
func mustDo(text, name string) bool {
	for _, verb := range []string{" shall", " must", " will", " staff", " personnel"} {
		if wordAt(text, name+verb) >= 0 {
			return true
		}
	}
	return false
}

func (w *walk) nameSystems(number int, passage austauschbar.Passage, names []string) {
	clauses := w.sentences(number, passage)
	if passage.Kind == austauschbar.Row {
		w.under(passage.Context)
		defer w.under(nil)
		clauses = w.cells(number, passage)
	}
	for source := range clauses {
		for _, name := range names {
			if at := wordAt(source.text, name); at >= 0 {
				w.nameSystem(source, at, at+len(name))
			}
		}
	}
}

// nameSystem keeps one place of an introduced name. What the sentence demands of it
// is not asked: whether the name is a product at all, nobody has said.
func (w *walk) nameSystem(source clauseSource, start, end int) {
	source = source.own(w.path)
	language := w.languageOf(source.text)
	reading := w.lexicon.Read(w.scanner, source.text, language)
	name := source.text[start:end]
	if reading.Cues.NamesCompany(end) || inAddress(source.text, start, end) || isPlainWord(name) && !slices.Contains(reading.Introduced, name) {
		return
	}
	clause := w.describe(source, reading, language)
	clause.Statement = w.found.clauses[source.id].Statement
	role := w.nameRole(lexicon.Entry{Kind: "product"}, clause.Role, lexicon.Hit{}, reading)
	if role == "requirement" && (reading.Cues.Has("connected") || strings.ToUpper(name) == name) { // offices name their own systems in capitals
		role = "integration_target"
	}
	w.found.clauses[source.id] = clause
	w.found.mentions["product"] = append(w.found.mentions["product"], austauschbar.Mention{
		Name: name, Clause: source.id, Equivalent: w.equivalent(source, reading), Yardstick: reading.Cues.Has("yardstick"),
		Role: role, Modality: clause.Modality, Evidence: w.evidence(source, start, end),
	})
}

// isPlainWord says whether a name is written as any noun is: „Zukunft“ is a name only
// where the sentence introduces it.
func isPlainWord(name string) bool {
	_, first := utf8.DecodeRuneInString(name)
	return strings.IndexFunc(name[first:], func(r rune) bool { return !unicode.IsLower(r) }) < 0
}

// wordAt returns where a name stands in a text as words of its own; -1 where it does not.
func wordAt(text, name string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !isLetter(before) && !isLetter(after) {
			return at
		}
		from = at + len(name)
	}
}

func isLetter(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
