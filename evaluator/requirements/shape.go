package requirements

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// A ranking holds keys in lower case and without "-", "_" and blanks, the first ones
// preferred.
type ranking map[string]int

func ranked(keys ...string) ranking {
	r := ranking{}
	for i, key := range keys {
		r[key] = i
	}
	return r
}

func (r ranking) has(key string) bool {
	_, found := r[normal(key)]
	return found
}

// Keys of entries.
var (
	titles = ranked("title", "titel", "name", "heading", "überschrift", "ueberschrift", "bezeichnung", "kurztext", "section", "abschnitt", "kapitel", "chapter", "group", "gruppe", "category", "kategorie", "label")
	texts  = ranked("text", "description", "beschreibung", "requirement", "anforderung", "question", "frage", "statement", "langtext", "criterion", "kriterium", "leistung", "spezifikation", "specification", "forderung", "content", "inhalt", "details", "aufgabe", "task", "prompt")
	notes  = ranked("comment", "kommentar", "note", "hinweis", "hint", "bemerkung", "anmerkung", "erläuterung", "erlaeuterung", "explanation", "rationale", "begründung", "begruendung", "questionadvice", "advice", "help", "hilfe", "guidance", "example", "beispiel", "acceptance", "abnahme", "acceptancecriteria", "abnahmekriterium")
	// demands name an entry by themselves, whatever else stands in it.
	demands = ranked("requirement", "anforderung", "question", "frage", "criterion", "kriterium", "forderung")
	// marks, grades and weights, make an entry of what has a title beside them.
	marks = ranked("level", "art", "typ", "priority", "priorität", "prioritaet", "prio", "modality", "obligation", "verbindlichkeit", "klasse", "muss", "mandatory", "pflicht", "weight", "gewicht", "gewichtung", "punkte", "points", "maxpoints", "maxpunkte", "score", "grade", "ab", "bewertung", "ko", "moscow")
	// containers hold entries and say nothing of them.
	containers = ranked("requirements", "anforderungen", "items", "sub", "children", "entries", "einträge", "eintraege", "criteria", "kriterien", "questions", "fragen", "sections", "abschnitte", "kapitel", "chapters", "groups", "gruppen", "subrequirements", "unteranforderungen", "catalogue", "catalog", "katalog", "leistungskatalog", "options", "content", "inhalt", "list", "liste", "lots", "lose")
	// asides speak to the program that asks, not to people.
	asides = ranked("validations", "validation", "depends", "dependson", "derivedfrom", "followup", "tags")
)

// machines are keys at the root of data that speaks to programs: interface
// descriptions, deployments, builds, bills of materials, schemas, metadata of code.
var machines = []string{"openapi", "swagger", "asyncapi", "apiVersion", "$schema", "services", "jobs", "stages", "bomFormat", "spdxVersion", "publiccodeYmlVersion", "dependencies", "devDependencies", "resources", "provider", "AWSTemplateFormatVersion", "definitions", "components", "paths", "workspace", "model", "views", "packages", "lockfileVersion", "hosts", "tasks", "on", "pipeline", "image", "runs", "inputs", "outputs", "properties", "scripts", "plugins", "repos", "ocid", "releases", "records", "labels"}

// orders are keys of the elements of lists that speak to programs.
var orders = []string{"hosts", "tasks", "schema", "uses", "run", "apiVersion"}

var separators = strings.NewReplacer("_", "", "-", "", " ", "")

// normal is a key as rankings hold it.
func normal(key string) string {
	plain := !strings.ContainsFunc(key, func(char rune) bool { return char < 'a' || char > 'z' })
	if plain || len(key) > 64 {
		return key
	}
	return separators.Replace(strings.ToLower(key))
}

// fieldOf returns the member with a text whose key ranks first; nil where there is
// none.
func fieldOf(object *limit.Value, keys ranking) *limit.Value {
	var best *limit.Value
	least := len(keys)
	for _, member := range object.Items {
		if member.Text == "" {
			continue
		}
		if rank, found := keys[normal(member.Key)]; found && rank < least {
			best, least = member, rank
		}
	}
	return best
}

// prose says whether a text is one for people: some words.
func prose(text string) bool {
	return len(text) >= 20 && strings.Count(strings.TrimSpace(text), " ") >= 3
}

// brief says whether a text fits into a cell beside others.
func brief(text string) bool { return utf8.RuneCountInString(text) <= 120 }

func clean(text string) string { return lines.Clean(text) }

// Traits are what an object or array is.
type traits struct {
	entry bool // has a text for people, or a title beside a grade
	holds bool // entries, titled objects or sentences stand below it
	prose bool // something in it or below is for people
}

// A survey of a file: the traits of its objects and arrays; how many entries there
// are; in bytes, its titles, texts and notes, and all keys and values.
type survey struct {
	ctx     context.Context
	traits  map[*limit.Value]traits
	entries int
	written int
	all     int
}

// look surveys a value. Listed says that it stands in a list.
func (s *survey) look(v *limit.Value, listed bool) (traits, error) {
	s.all += len(v.Key) + len(v.Text)
	if v.Kind != limit.Object && v.Kind != limit.Array {
		if v.Text != "" && (titles.has(v.Key) || texts.has(v.Key) || notes.has(v.Key)) {
			s.written += len(v.Text)
		}
		return traits{prose: v.Kind == limit.String && prose(v.Text)}, nil
	}
	if len(s.traits)%1024 == 0 && s.ctx.Err() != nil {
		return traits{}, s.ctx.Err()
	}
	t := traits{}
	s.traits[v] = t // counts it before those below
	if v.Kind == limit.Object {
		title := fieldOf(v, titles)
		text := fieldOf(v, texts)
		graded := fieldOf(v, marks) != nil
		t.entry = text != nil && prose(text.Text) || title != nil && graded
		t.prose = title != nil || text != nil
		if t.entry && (listed || graded || fieldOf(v, demands) != nil) {
			s.entries++
		}
	}
	sentences := v.Kind == limit.Array && containers.has(v.Key)
	listing := v.Kind == limit.Array || allObjects(v)
	for _, item := range v.Items {
		below, err := s.look(item, listing)
		if err != nil {
			return t, err
		}
		switch {
		case item.Kind == limit.Object:
			titled := v.Kind == limit.Array && fieldOf(item, titles) != nil
			t.holds = t.holds || below.entry || below.holds || titled
		case item.Kind == limit.Array:
			t.holds = t.holds || below.holds
		case v.Kind == limit.Array && below.prose:
			t.holds = true
			if sentences {
				s.entries++
				s.written += len(item.Text)
			}
		}
		t.prose = t.prose || below.prose
	}
	s.traits[v] = t
	return t, nil
}

func hasKey(object *limit.Value, keys []string) bool {
	return object.Kind == limit.Object && slices.ContainsFunc(object.Items, func(member *limit.Value) bool { return slices.Contains(keys, member.Key) })
}

// allObjects says whether an object is a list by another name: {"A1": {…}, "A2": {…}}.
func allObjects(v *limit.Value) bool {
	return v.Kind == limit.Object && len(v.Items) > 1 && !slices.ContainsFunc(v.Items, func(item *limit.Value) bool { return item.Kind != limit.Object })
}

// The least share of titles, texts and notes in a catalogue.
const (
	least      = 0.4
	leastAlone = 0.25 // in a file with one demand
)

// isCatalogue decides by shape: entries in a list, and much of it written for people;
// or one demand or question alone, with what a program needs to ask it.
func (s *survey) isCatalogue(documents []*limit.Value) bool {
	share := least
	for _, document := range documents {
		if document.Kind == limit.Array && slices.ContainsFunc(document.Items, func(item *limit.Value) bool { return hasKey(item, orders) }) {
			return false
		}
		if document.Kind != limit.Object {
			continue
		}
		if hasKey(document, machines) {
			return false
		}
		if demand := fieldOf(document, demands); len(documents) == 1 && demand != nil && prose(demand.Text) {
			share = leastAlone
		}
	}
	return s.entries > 0 && float64(s.written) >= share*float64(s.all)
}
