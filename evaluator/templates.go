package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// templateFamily begins the ids of published contract templates in the catalogue.
const templateFamily = "evb_it_"

// A deviation is a clause that sets a number of some template aside. It names the
// template, or means the document's own.
type deviation struct {
	austauschbar.Deviation
	templates []string // ids; nil where the clause names none
}

var (
	versionBehind = regexp.MustCompile(`(?i)^[^.;|]{0,60}?(?:\bversion|\bfassung|\bstand)(?:\s+(?:vom|of|dated))?:?\s+(\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d+(?:\.\d+)+)`)
	// Groups: number; what it is a number of.
	setAside = regexp.MustCompile(`(?i)(?:abweichend von|in abweichung von|anstelle von|deviating from|derogating from|in derogation (?:of|from)|notwithstanding|by way of derogation from)\s+(?:den |der |the )?(?:ziffern?|ziff\.|nummern?|nr\.|abschnitt|clauses?|numbers?|no\.|sections?)\s*(\d+(?:\.\d+)*)(?:\s+(?:der|des|dieser|dieses|of the|of|in)\s+([\pL-]+))?`)
)

// setAsideStems spare most clauses the search: one of them stands in what it finds.
var setAsideStems = []string{"bweich", "nstelle", "eviating", "erogat", "otwithstanding"}

// keepTemplates keeps the templates of contract terms that a clause names, and the
// numbers of templates that it sets aside.
func (w *walk) keepTemplates(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	named := w.namedTemplates(reading)
	taken := obliging(clause.Role) && slices.ContainsFunc(reading.Topics, func(t lexicon.TopicReading) bool { return t.ID == "evb_it" && t.Polarity == lexicon.Met })
	var ids []string
	for _, name := range named {
		ids = append(ids, name.ID)
		template := austauschbar.ContractTemplate{
			ID: name.ID, Name: w.lexicon.Entries[name.ID].Name, TakenIn: taken && !name.Negated,
			Clause: source.id, Evidence: w.evidence(source, name.Start, name.End),
		}
		if groups := versionBehind.FindStringSubmatch(source.text[name.End:]); groups != nil {
			template.Version = strings.ReplaceAll(groups[1], " ", "")
		}
		w.found.templates = append(w.found.templates, template)
	}
	w.keepDeviation(source, reading, clause, ids)
}

// namedTemplates lists the templates that a clause names. A family's name, "EVB-IT",
// is none.
func (w *walk) namedTemplates(reading lexicon.Reading) []lexicon.Hit {
	var named []lexicon.Hit
	for _, name := range reading.Names {
		if strings.HasPrefix(name.ID, templateFamily) && name.Side == "" {
			named = append(named, name)
		}
	}
	return named
}

func (w *walk) keepDeviation(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause, named []string) {
	if !obliging(clause.Role) || !containsAny(source.text, setAsideStems...) {
		return
	}
	at := setAside.FindStringSubmatchIndex(source.text)
	if at == nil {
		return
	}
	if at[4] >= 0 && !ofTemplate(source.text[at[4]:at[5]]) {
		return
	}
	topics := []string{}
	for _, topic := range reading.Topics {
		// What no criterion reads merely touches upon a subject.
		if topic.ID != "evb_it" && len(w.lexicon.Topics[topic.ID].Criteria) > 0 {
			topics = append(topics, topic.ID)
		}
	}
	w.found.clauses[source.id] = clause
	w.found.deviations = append(w.found.deviations, deviation{
		austauschbar.Deviation{Number: source.text[at[2]:at[3]], Topics: topics, Clause: source.id, Evidence: w.evidence(source, at[0], at[1])}, named,
	})
}

// ofTemplate says whether "Ziffer 17 der …" goes on with a template and not with some
// other document.
func ofTemplate(word string) bool {
	word = strings.ToLower(word)
	return strings.HasPrefix(word, "evb-it") || word == "evb" || strings.HasSuffix(word, "agb") || slices.Contains([]string{"vertragsmuster", "vertragsmusters", "mustervertrag", "mustervertrags", "template"}, word)
}

// contractTemplates lists each template that a document names once, at the passage
// that takes it in where one does, with the deviations from it.
func (found documentFacts) contractTemplates() []austauschbar.ContractTemplate {
	var templates []austauschbar.ContractTemplate
	for _, named := range found.templates {
		i := slices.IndexFunc(templates, func(t austauschbar.ContractTemplate) bool { return t.ID == named.ID })
		switch {
		case i < 0:
			templates = append(templates, named)
		case named.TakenIn && !templates[i].TakenIn:
			templates[i] = named
		case templates[i].Version == "":
			templates[i].Version = named.Version
		}
	}
	for i := range templates {
		for _, deviation := range found.deviations {
			if deviation.templates == nil || slices.Contains(deviation.templates, templates[i].ID) {
				templates[i].Deviations = append(templates[i].Deviations, deviation.Deviation)
			}
		}
	}
	return templates
}
