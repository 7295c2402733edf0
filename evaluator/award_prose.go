package evaluator

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Award criteria told in a sentence: "Proposals will be evaluated on price, approach and
// experience." Each pattern holds the names in its group.
var (
	awardSentences = []*regexp.Regexp{
		regexp.MustCompile(`(?i)\b(?:quotes?|quotations?|proposals?|bids?|offers?|tenders?|submissions?|responses?)\b[^.:;]{0,60}?\b(?:will|shall|must|are to|is to|are|is)(?: also| then| each)* be (?:evaluated|assessed|scored|judged|rated|compared|ranked)\b[^.:;]{0,90}?` + awardBy + awardNames),
		regexp.MustCompile(`(?i)\b(?:will|shall|to|intends to) (?:evaluate|assess|score|judge|rate|compare) (?:all |the |each |received )*(?:\S+ )?(?:quotes?|quotations?|proposals?|bids?|offers?|tenders?|submissions?|responses?)\b[^.:;]{0,60}?` + awardBy + awardNames),
		regexp.MustCompile(`(?i)\b(?:quotes?|quotations?|proposals?|bids?|offers?|tenders?|submissions?|responses?) (?:are|is) (?:evaluated|assessed|scored|judged|rated|compared)\b[^.:;]{0,60}?` + awardBy + awardNames),
		regexp.MustCompile(`(?i)\bbest value\b[^.:;]{0,80}?(?:` + awardBy + `|\b(?:considering|determined by) )` + awardNames),
		regexp.MustCompile(`(?i)\b(?:award|evaluation|selection) (?:criteria|factors) (?:are|will be|include|comprise)(?: as follows| the following)?:? ` + awardNames),
		regexp.MustCompile(`(?i)\b(?:following|these) (?:award |evaluation |selection )?(?:criteria|factors) will be used to (?:evaluate|assess|score|select|compare) [^.:;]{0,60}: ?` + awardNames),
		regexp.MustCompile(`(?i)\bangebote? (?:werden|wird) (?:[^.:;]{0,30}? )?(?:nach|anhand|auf (?:der )?(?:grundlage|basis)) (?:der |den |von |folgenden |kriterien )*` + `([^.;:]+?) (?:bewertet|gewertet|beurteilt|geprüft|verglichen)\b`),
		regexp.MustCompile(`(?i)\bangebote? (?:werden|wird) (?:[^.:;]{0,30}? )?(?:bewertet|gewertet|beurteilt|verglichen) (?:nach|anhand|auf (?:der )?(?:grundlage|basis)) (?:der |den |von |folgenden |kriterien )*` + awardNames),
		regexp.MustCompile(`(?i)\bzuschlag (?:wird|erfolgt) (?:[^.:;]{0,60}? )?(?:nach|anhand|auf (?:der )?(?:grundlage|basis)) (?:der |den |von |folgenden |kriterien )*` + `([^.;:]+?)(?: erteilt| vergeben|[.;]|$)`),
		regexp.MustCompile(`(?i)\b(?:zuschlagskriterien|wertungskriterien|bewertungskriterien)(?: für die angebote)? (?:sind|lauten):? ` + awardNames),
		regexp.MustCompile(`(?i)\b(?:bei|in) der (?:angebotswertung|angebotsbewertung|zuschlagserteilung|(?:be)?wertung der angebote) (?:werden|wird) ([^.;:]+?) (?:berücksichtigt|herangezogen|bewertet|gewertet|einbezogen)\b`),
		regexp.MustCompile(`(?i)\b(?:be)?wertung der angebote erfolgt (?:nach|anhand|auf (?:der )?(?:grundlage|basis)) (?:der |den |von |folgenden |kriterien )*` + awardNames),
	}
	// What joins the names of a sentence, and what leads into one.
	awardJoint     = regexp.MustCompile(`(?i)\s*,\s*(?:(?:and|und|sowie)\s+)?`)
	awardLast      = regexp.MustCompile(`(?i)\s+(?:and(?:/or)?|und|sowie|as well as)\s+`)
	awardLastComma = regexp.MustCompile(`(?i),\s*(?:and|und|sowie)\s`)
	awardLead      = regexp.MustCompile(`(?i)^(?:(?:and|und|its|their|the|an?|der|die|das|den|dem|des|ihrer?|how|overall|both|following|criteria|factors|of)\s+)+`)
	noAward        = regexp.MustCompile(`(?i)^(?:other factors?|others?|price alone|etc\.?|weiteren?|anderen?)\b|complian|complet(?:e|ion)|vollständig|^(?:all |stated |minimum |these |folgende |diese )*(?:requirements|criteria|factors|instructions|section|kriterien|anforderungen)\b|\b(?:section|attachment|annex|abschnitt|anlage|ziffer)\b|\b(?:committee|panel|board|ausschuss|gremium)\b`)
	// Within what is judged, what it is judged by: "for technical merit based on its fitness".
	awardWithin = regexp.MustCompile(`(?i)^.*\b(?:based (?:up)?on|on the basis of|according to|in terms of) `)
)

const (
	awardBy    = `(?:based (?:up)?on |on the basis of |according to |against |in terms of |with regard to |with respect to |taking into account |by considering |\bon |\bfor )(?:the )?(?:following )?(?:(?:criteria|factors)\b(?: of)?)?:? ?`
	awardNames = `([^.;:]+)`
)

// proseNames are the names of the award criteria that a passage tells in a sentence, and
// where that stands in it; nil where it tells fewer than two.
func proseNames(text string) (names []string, start, end int) {
	for _, pattern := range awardSentences {
		at := pattern.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		names = nil
		for _, part := range listedIn(awardWithin.ReplaceAllString(text[at[2]:at[3]], "")) {
			name := strings.TrimSpace(awardLead.ReplaceAllString(strings.TrimSpace(part), ""))
			if name != "" && utf8.RuneCountInString(name) <= longestAwardName && !noAwardName.MatchString(name) && !noAward.MatchString(name) {
				names = append(names, name)
			}
		}
		if len(names) > 1 {
			return names, at[0], at[1]
		}
	}
	return nil, 0, 0
}

// listedIn divides what a sentence lists at its commas, and the last part at its "and": where
// a comma stands before that, another "and" is part of a name.
func listedIn(list string) []string {
	parts := awardJoint.Split(list, -1)
	if awardLastComma.MatchString(list) {
		return parts
	}
	last := len(parts) - 1
	return append(parts[:last], awardLast.Split(parts[last], -1)...)
}

// keepProseCriteria keeps the award criteria of the first passage that tells them in a
// sentence. A document that lists them does not need it.
func (w *walk) keepProseCriteria(text austauschbar.Text) {
	section := ""
	for _, passage := range text.Passages {
		switch passage.Kind {
		case austauschbar.Heading:
			section = headingOf(passage)
			continue
		case austauschbar.Paragraph, austauschbar.Item:
		default:
			continue
		}
		names, start, end := proseNames(passage.Text)
		if len(names) == 0 {
			continue
		}
		evidence := w.awardEvidence(passage, section, start, end)
		for _, name := range names {
			w.found.awardCriteria = append(w.found.awardCriteria, austauschbar.AwardCriterion{Name: strings.Clone(name), Evidence: evidence})
		}
		return
	}
}
