package requirements

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// Keys of entries, in lower case and without "-", "_" and blanks.
var (
	titles = []string{"title", "titel", "name", "heading", "überschrift", "ueberschrift", "bezeichnung", "kurztext", "section", "abschnitt", "kapitel", "chapter", "group", "gruppe", "category", "kategorie", "label"}
	texts  = []string{"text", "description", "beschreibung", "requirement", "anforderung", "question", "frage", "statement", "langtext", "criterion", "kriterium", "leistung", "spezifikation", "specification", "forderung", "content", "inhalt", "details", "aufgabe", "task", "prompt"}
	notes  = []string{"comment", "kommentar", "note", "hinweis", "hint", "bemerkung", "anmerkung", "erläuterung", "erlaeuterung", "explanation", "rationale", "begründung", "begruendung", "questionadvice", "advice", "help", "hilfe", "guidance", "example", "beispiel", "acceptance", "abnahme", "acceptancecriteria", "abnahmekriterium"}
	// demands name an entry by themselves, whatever else stands in it.
	demands = []string{"requirement", "anforderung", "question", "frage", "criterion", "kriterium", "forderung"}
	// grades and weights make an entry of what has a text beside them.
	marks = []string{"level", "art", "typ", "priority", "priorität", "prioritaet", "prio", "modality", "obligation", "verbindlichkeit", "klasse", "muss", "mandatory", "pflicht", "weight", "gewicht", "gewichtung", "punkte", "points", "maxpoints", "maxpunkte", "score", "grade", "ab", "bewertung", "ko", "moscow"}
	// lists hold entries and say nothing of them.
	lists = []string{"requirements", "anforderungen", "items", "sub", "children", "entries", "einträge", "eintraege", "criteria", "kriterien", "questions", "fragen", "sections", "abschnitte", "kapitel", "chapters", "groups", "gruppen", "subrequirements", "unteranforderungen", "catalogue", "catalog", "katalog", "leistungskatalog", "options", "content", "inhalt", "list", "liste", "lots", "lose"}
)

// machines are keys at the root of data that speaks to programs: interface
// descriptions, deployments, builds, bills of materials, schemas, metadata of code.
var machines = []string{"openapi", "swagger", "asyncapi", "apiVersion", "$schema", "services", "jobs", "stages", "bomFormat", "spdxVersion", "publiccodeYmlVersion", "dependencies", "devDependencies", "resources", "provider", "AWSTemplateFormatVersion", "definitions", "components", "paths", "workspace", "model", "views", "packages", "lockfileVersion", "hosts", "tasks", "on", "pipeline", "image", "version_scheme", "ocid", "releases", "records", "labels"}

// normal is a key in the way of the lists above.
func normal(key string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(key))
}

// fieldOf returns the first member with a text whose key is in a list, by the order
// of the list; nil where there is none.
func fieldOf(object *limit.Value, keys []string) *limit.Value {
	var best *limit.Value
	rank := len(keys)
	for _, member := range object.Items {
		if i := slices.Index(keys, normal(member.Key)); i >= 0 && i < rank && member.Text != "" {
			best, rank = member, i
		}
	}
	return best
}

// prose says whether a text is one for people: some words.
func prose(text string) bool {
	return len(text) >= 20 && strings.Count(strings.TrimSpace(text), " ") >= 3
}

// An entry has a text for people, or a title beside a grade.
func isEntry(object *limit.Value) bool {
	if object.Kind != limit.Object {
		return false
	}
	if text := fieldOf(object, texts); text != nil && prose(text.Text) {
		return true
	}
	return fieldOf(object, titles) != nil && fieldOf(object, marks) != nil
}

// asides are lists of an entry that speak to the program that asks.
var asides = []string{"validations", "validation", "depends", "dependson", "followup", "tags"}

// least is the share of letters in a catalogue's titles, texts and notes among those
// of all keys and values.
const (
	least      = 0.6
	leastAlone = 0.25 // in a file with one demand
)

// isCatalogue decides by shape: entries in a list, and most of it written for people;
// or one demand or question alone, with what a program needs to ask it.
func isCatalogue(documents []*limit.Value) bool {
	var c census
	needed := least
	if len(documents) == 1 && documents[0].Kind == limit.Object {
		if demand := fieldOf(documents[0], demands); demand != nil && prose(demand.Text) {
			needed = leastAlone
		}
	}
	for _, document := range documents {
		for _, member := range document.Items {
			if slices.Contains(machines, member.Key) {
				return false
			}
		}
		c.count(document, false)
	}
	return c.entries > 0 && float64(c.prose) >= needed*float64(c.all)
}

// A census counts entries and, in bytes, texts.
type census struct{ entries, prose, all int }

func (c *census) count(v *limit.Value, listed bool) {
	c.all += len(v.Key) + len(v.Text)
	if isEntry(v) && (listed || fieldOf(v, demands) != nil || fieldOf(v, marks) != nil) {
		c.entries++
	}
	if key := normal(v.Key); v.Text != "" && (slices.Contains(titles, key) || slices.Contains(texts, key) || slices.Contains(notes, key)) {
		c.prose += len(v.Text)
	}
	for _, item := range v.Items {
		if v.Kind == limit.Array && v.Key != "" && item.Kind == limit.String && prose(item.Text) && isList(v.Key) {
			c.entries++
			c.prose += len(item.Text)
		}
		c.count(item, v.Kind == limit.Array || v.Kind == limit.Object && allObjects(v))
	}
}

// allObjects says whether an object is a list by another name: {"A1": {…}, "A2": {…}}.
func allObjects(v *limit.Value) bool {
	return len(v.Items) > 1 && !slices.ContainsFunc(v.Items, func(item *limit.Value) bool { return item.Kind != limit.Object })
}

func isList(key string) bool { return slices.Contains(lists, normal(key)) }

func clean(text string) string { return lines.Clean(text) }

// brief says whether a text fits into a cell beside others.
func brief(text string) bool { return utf8.RuneCountInString(text) <= 120 }
