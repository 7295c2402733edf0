package evaluator

import (
	"regexp"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A beginning is the day on which a passage says that a contract begins.
type beginning struct {
	day    string // "2027-01-12"; "" for none
	number int    // of the passage
}

// What stands before the first and the last day of a contract, with no other day between.
var (
	beginBefore = regexp.MustCompile(`(?i)(?:(?:vertrags|leistungs|auftrags|ausführungs)-?beginn|\bbeginn (?:der|des) (?:ausführung|leistung|vertrag|auftrag|laufzeit|rahmenvereinbarung)|\b(?:contract|performance) (?:start|begins?|commence)|\b(?:start|commencement|beginning)(?: date)? of (?:the )?(?:contract|agreement|performance))[^.;\d]{0,30}$`)
	endBefore   = regexp.MustCompile(`(?i)(?:(?:vertrags|leistungs|auftrags|ausführungs)-?ende|\bende (?:der|des) (?:ausführung|leistung|vertrag|auftrag|laufzeit|rahmenvereinbarung)|\b(?:contract|performance) (?:end|expir)|\b(?:end|expiry|expiration|completion)(?: date)? of (?:the )?(?:contract|agreement|performance))[^.;\d]{0,30}$`)
	spanStems   = stemsOf("begin", "start", "commence", "end", "expir", "completion")
)

// keepSpan keeps the term of a contract whose first and last day stand in cells, rows or
// items of their own: "Vertragsbeginn | 1.1.2027", "Vertragsende | 31.12.2029".
func (w *walk) keepSpan(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	if !obliging(clause.Role) {
		return
	}
	for _, value := range reading.Values {
		if value.Kind != "date" {
			continue
		}
		before := sinceStop(source.text[:value.Start])
		if !spanStems.in(strings.ToLower(before)) {
			continue
		}
		switch begins, ends := beginBefore.MatchString(before), endBefore.MatchString(before); {
		case !begins && !ends || notContract(source.text):
		case begins:
			w.begun = beginning{value.Day, source.number}
		case w.begun.day != "" && source.number <= w.begun.number+1:
			if months, ok := monthsBetween(w.begun.day, value.Day); ok {
				w.found.terms = append(w.found.terms, termPart{
					kind: baseTerm, part: partOf(source.text, w.headings), lot: lotOf(source.text, w.sections), months: []float64{months}, firm: true,
					clause: source.id, section: clause.Evidence.Section, evidence: w.evidence(source, value.Start, value.End),
				})
			}
			w.begun = beginning{}
		}
	}
}

// sinceStop is what a text says from its last stop or digit on, which is left in: where a
// pattern goes over neither, all that it can match.
func sinceStop(text string) string {
	return text[max(0, strings.LastIndexAny(text, ".;0123456789")):]
}

// monthsBetween counts the months from one day to a later one; false for others.
func monthsBetween(first, last string) (float64, bool) {
	from, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return 0, false
	}
	until, err := time.Parse(time.DateOnly, last)
	if err != nil || !from.Before(until) {
		return 0, false
	}
	return wholeMonths(from, until), true
}
