package evaluator

import (
	"regexp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// What stands around the time within which all that is owed is done: "all services shall be
// completed within nine weeks of award".
var (
	wholeBefore = regexp.MustCompile(`(?i)(?:\b(?:all|entire|the|of the|said) (?:\S+ ){0,2}?(?:products|services?|deliverables|works?|tasks|project|engagement|assignment|study|order|contract|scope)\b|\b(?:implementation|performance|completion|execution|fulfil?ment|scope) of (?:the )?(?:scope|work|solution|project|services?|contract|order)\b|^\W*(?:delivery|completion|performance|project duration|duration)\b|\b(?:gesamt)?leistung(?:en)?\b|\b(?:auftrag|projekt|arbeiten|gesamtprojekt|studie|gutachten|lieferung|ausführung|umsetzung|leistungserbringung|fertigstellung)\b)[^.;|]{0,160}$`)
	startBehind = regexp.MustCompile(`(?i)^\S{0,2}\s*(?:\(\d+\)\s*)?(?:of|after|from|following|nach|ab|seit|aro\b)\s*(?:(?:the|this|der|dem|des|date of|day of|receipt of|receiving) )*(?:\S+ ){0,2}?(?:award|execution|signature|signing|commencement|notice to proceed|kick-?off|effective date|start|order|sow|contract|project execution|zuschlag|zuschlagserteilung|auftragserteilung|auftragsvergabe|beauftragung|vertrags(?:schluss|abschluss|unterzeichnung|unterschrift|beginn)|projektstart|auftragseingang|bestellung|leistungsbeginn)\b|^\S{0,2}\s*aro\b`)
	partDue     = regexp.MustCompile(`(?i)\b(?:plans?|reports?|drafts?|schedules?|lists?|meetings?|defects?|errors?|incidents?|notices?|certificates?|insurance|bonds?|copy|copies|personnel|résumés?|resumes?|staff|badges?|access|invoices?|payments?|clearances?|training|respond|response|protests?|debriefing)\b|plan\b|konzept|bericht|entwurf|mängel|mangel|störung|fehler|nachweis|termin\b|workshop|besprechung|rechnung|zahlung|schulung|bürgschaft|ansprechpartner|personal|muster|protokoll`)
)

// leastPerformed is the least length in months that the whole of an order takes: what is due
// within days of the award is a paper.
const leastPerformed = 0.5

// keepPerformed keeps within which time of its beginning all that is owed is done. It is a
// contract's term where nothing else tells one.
func (w *walk) keepPerformed(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	if !obliging(clause.Role) {
		return
	}
	for _, value := range reading.Values {
		if value.Kind != "duration" || months(value) < leastPerformed {
			continue
		}
		before, after := source.text[:value.Start], source.text[value.End:]
		if !startBehind.MatchString(after) || !wholeBefore.MatchString(before) || partDue.MatchString(before) || notContract(source.text) {
			continue
		}
		w.found.performed = append(w.found.performed, termPart{
			kind: baseTerm, part: partOf(source.text, w.headings), lot: lotOf(source.text, w.sections), months: []float64{months(value)}, firm: true,
			clause: source.id, section: clause.Evidence.Section, evidence: w.evidence(source, value.Start, value.End),
		})
	}
}
