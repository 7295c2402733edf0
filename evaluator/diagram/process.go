package diagram

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isProcess says whether the boxes are steps rather than things: a decision, a start or
// end, or labels of which a third and more than one say what is done.
func (d *Drawing) isProcess() bool {
	things, steps := 0, 0
	for _, box := range d.boxes {
		switch {
		case box.Role == Decision, box.Role == Terminal, slices.Contains(terminals, strings.ToLower(box.Name)):
			return true
		case box.Role == Group, box.Role == Port:
			continue
		}
		things++
		if doing(box.Name) {
			steps++
		}
	}
	return steps > 1 && 3*steps >= things
}

// terminals are the labels of a process's start and end.
var terminals = []string{"start", "end", "stop", "begin", "finish", "finished", "done", "ende", "beginn", "anfang", "fertig", "start event", "end event"}

// orders are the verbs that steps begin with in English, where no thing's name does.
var orders = []string{
	"add", "analyse", "analyze", "apply", "approve", "ask", "assess", "assign", "check", "close", "collect", "compare", "complete", "confirm", "create", "decide", "define", "delete",
	"deliver", "deploy", "determine", "display", "enter", "evaluate", "execute", "fetch", "fill", "generate", "get", "give", "identify", "implement", "inform", "install", "make", "merge",
	"notify", "obtain", "open", "parse", "perform", "prepare", "process", "publish", "pull", "push", "read", "receive", "register", "reject", "remove", "repeat", "return", "review", "run",
	"save", "select", "send", "set", "show", "sign", "start", "stop", "store", "submit", "update", "upload", "use", "validate", "verify", "wait", "write", "is", "are", "does", "has", "if",
}

// doing says whether a label tells what is done: "Check the form", "Antrag prüfen",
// "Vollständig?".
func doing(label string) bool {
	words := strings.Fields(label)
	if len(words) == 0 {
		return false
	}
	if strings.HasSuffix(label, "?") {
		return true
	}
	if len(words) == 1 {
		return false
	}
	last := words[len(words)-1]
	first, _ := utf8.DecodeRuneInString(last)
	if unicode.IsLower(first) && (strings.HasSuffix(last, "en") || strings.HasSuffix(last, "ern") || strings.HasSuffix(last, "eln")) {
		return true
	}
	return slices.Contains(orders, strings.ToLower(words[0]))
}

// people are labels of persons in drawings that have no shape for them.
var people = []string{
	"user", "users", "end user", "customer", "customers", "citizen", "citizens", "employee", "employees", "administrator", "administrators", "admin", "operator", "developer", "developers",
	"nutzer", "nutzende", "benutzer", "anwender", "endnutzer", "bürger", "bürgerin", "bürger:in", "bürger:innen", "bürgerinnen und bürger", "kunde", "kunden", "mitarbeiter", "mitarbeitende",
	"sachbearbeiter", "sachbearbeitung", "sachbearbeiter:in", "antragsteller", "antragstellende", "antragsteller:in", "auftraggeber", "auftragnehmer", "bieter", "administration", "entwickler", "patient", "arzt",
}

// actors are words for people behind what says which ones: "room owner". Words that software
// is called by as well ("Strimzi operator", "Django admin") are left out.
var actors = []string{
	"user", "users", "customer", "customers", "citizen", "citizens", "employee", "employees", "owner", "participant", "participants", "moderator", "organiser", "organizer", "guest", "visitor",
	"applicant", "clerk", "nutzer", "nutzende", "nutzer:in", "benutzer", "anwender", "anwenderin", "bürger", "bürgerin", "bürger:in", "mitarbeiter", "mitarbeitende", "sachbearbeiter", "sachbearbeiterin",
	"antragsteller", "antragstellende", "teilnehmer", "teilnehmende", "besucher", "gast",
}

// Person returns the kind of a box whose label is that of a person; "" for others.
func Person(name string) string {
	words := strings.Fields(strings.ToLower(name))
	if slices.Contains(people, strings.ToLower(name)) || len(words) > 0 && len(words) <= 3 && slices.Contains(actors, words[len(words)-1]) {
		return "person"
	}
	return ""
}
