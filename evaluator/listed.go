package evaluator

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// A listedInterface is an entry of a document's list of interfaces.
type listedInterface struct {
	name     string // what the interface leads to
	words    []string
	evidence austauschbar.Evidence
}

var (
	interfaceHeading = regexp.MustCompile(`(?i)schnittstelle|umsysteme|nachbarsysteme|anzubindende|(?:^|\s)interfaces?(?:\s|$)|systems to be integrated|external systems`)
	interfaceHeader  = regexp.MustCompile(`(?i)^(?:schnittstellen?|interfaces?|system|zielsystem|umsystem|verfahren|anzubindendes (?:system|verfahren)|target system)$`)
	interfacePrefix  = regexp.MustCompile(`(?i)^(?:schnittstelle|anbindung|interface|connection|integration)\s*(?:(?:zu|zum|zur|an|to|with|mit|des|der|von)\s+)?(?:(?:den|das|die|dem|the)\s+)?[:\s–-]*`)
	nameEnds         = regexp.MustCompile(`\s[–-]\s|[:;,(|]`)
)

// interfaceStems spare most headings the search: one of them stands in what it finds.
var interfaceStems = []string{"schnittstelle", "umsysteme", "nachbarsysteme", "anzubindende", "interface", "systems"}

// announcesInterfaces says whether a list of interfaces stands under a heading.
func announcesInterfaces(heading string) bool {
	return containsAny(strings.ToLower(heading), interfaceStems...) && interfaceHeading.MatchString(heading)
}

// longestName bounds the name of an interface in runes: longer ones are sentences.
const longestName = 50

// listInterface keeps a list item or row under a heading that announces interfaces,
// or a row that names one in so many words.
func (w *walk) listInterface(number int, passage austauschbar.Passage) {
	headed := len(w.headings) > 0 && w.headings[len(w.headings)-1].lists
	var text string
	source := clauseSource{number: number, part: 1, passage: &passage}
	switch passage.Kind {
	case austauschbar.Item:
		text, source.text = passage.Text, passage.Text
		if !headed {
			return
		}
	case austauschbar.Row:
		i := slices.IndexFunc(passage.Cells, func(c austauschbar.Cell) bool {
			return interfacePrefix.MatchString(c.Text) || headed && interfaceHeader.MatchString(strings.TrimSpace(c.Header))
		})
		if i < 0 {
			return
		}
		text, source.text, source.cells = passage.Cells[i].Text, passage.Cells[i].Text, passage.Cells[i:i+1]
	default:
		return
	}
	name := interfacePrefix.ReplaceAllString(strings.TrimSpace(text), "")
	if at := nameEnds.FindStringIndex(name); at != nil {
		name = name[:at[0]]
	}
	name = strings.Trim(name, " .*")
	words := tellingWords(name)
	if len(words) == 0 || utf8.RuneCountInString(name) > longestName {
		return
	}
	source = source.own(w.path)
	w.found.interfaces = append(w.found.interfaces, listedInterface{strings.Clone(name), words, w.evidence(source, 0, len(source.text))})
}

// generic are words that do not tell one system from another.
var generic = []string{
	"system", "systeme", "systems", "verfahren", "fachverfahren", "schnittstelle", "schnittstellen", "interface", "interfaces", "dienst", "service", "server",
	"anbindung", "integration", "export", "import", "und", "and", "der", "die", "das", "des", "the", "für", "for", "von", "mit", "with", "zum", "zur", "auf", "api", "rest", "bestand",
}

// tellingWords are the words of a name by which it is found elsewhere.
func tellingWords(name string) []string {
	var words []string
	for _, word := range wordsOf(name) {
		if utf8.RuneCountInString(word) > 2 && !slices.Contains(generic, word) {
			words = append(words, word)
		}
	}
	return words
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), isNoLetter)
}

func isNoLetter(r rune) bool { return !isLetter(r) }

// fewest is the least number of entries that make a list of interfaces, and that two
// lists must share to be lists of the same.
const fewest = 2

// wordsBesideList are all words of a document that lists interfaces; nil for others.
func (w *walk) wordsBesideList(text austauschbar.Text) map[string]bool {
	if len(w.found.interfaces) < fewest {
		return nil
	}
	words := map[string]bool{}
	for _, passage := range text.Passages {
		for word := range strings.FieldsFuncSeq(strings.ToLower(passage.Text), isNoLetter) {
			if !words[word] {
				words[strings.Clone(word)] = true
			}
		}
	}
	return words
}
