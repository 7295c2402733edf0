package evaluator

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// Award criteria that a text lists without a table, mostly without weights: as items or headings of their own under
// "Evaluation criteria", or behind "Zuschlagskriterien sind:", else in a sentence.

var (
	awardHeading = regexp.MustCompile(`(?i)^(?:(?:award|evaluation|selection|scoring) (?:criteria|factors)|(?:award|evaluation) criterion|basis (?:for|of) (?:the )?award|criteria for (?:the )?award|evaluation of (?:the )?(?:quotes|quotations|proposals|bids|offers|tenders)|zuschlagskriteri(?:en|um)|wertungskriterien|bewertungskriterien|(?:be)?wertung der angebote|angebots(?:be)?wertung|kriterien (?:für den zuschlag|der zuschlagserteilung|der (?:angebots)?wertung))(?:\s+(?:and|und|for|für|der|of)\b.{0,40})?(?:\s*\((?:lot|los|part|teil)\b[^()]{0,20}\))?:?$`)
	awardLeadIn  = regexp.MustCompile(`(?i)(?:zuschlagskriterien|wertungskriterien|(?:quotes|quotations|proposals|bids|offers|tenders|submissions|responses) (?:will|shall) be (?:evaluated|assessed|scored|judged)[^.:]{0,60}(?:following|these)|(?:following|these) (?:evaluation|award) (?:criteria|factors)|angebote werden [^.:]{0,40}(?:folgenden|nachstehenden) (?:kriterien|gesichtspunkten)|folgende (?:wertungs|zuschlags)?kriterien[^.:]{0,40}(?:angebot|zuschlag|wertung|bewertet))[^.:]{0,80}:$`)
	// What a bid must have to be weighed at all, and how it is handed in.
	noAwardName = regexp.MustCompile(`(?i)pass.?/?.?fail|go/no.go|mindestanforderung|minimum|mandatory|ausschluss|eignung|eligib|formal|formatting|submission|einreichung|responsive|^(?:general|allgemeines|overview|überblick|hinweise?|method|process|ablauf|verfahren)\b`)
)

// An awardList gathers what stands under the sentence or heading that announces award criteria.
type awardList struct {
	level    int // of the heading; 0 for a sentence, whose list ends with the first passage that is no item
	section  string
	headings []austauschbar.Passage // of the level below
	items    []austauschbar.Passage // before the first of these
	depth    int                    // of the items
}

// listAwardCriteria keeps the criteria of a document that states no weight anywhere. One
// name alone is no list.
func (w *walk) listAwardCriteria(text austauschbar.Text) {
	if len(w.found.awardCriteria)+len(w.found.noticedShares) > 0 || w.weighs() {
		return
	}
	var list *awardList
	for _, passage := range text.Passages {
		switch opened := announcesAward(passage); {
		case list == nil:
			list = opened
		case list.goesOn(passage):
		case w.keepListed(list):
			return
		default:
			list = opened
		}
	}
	if list == nil || !w.keepListed(list) {
		w.keepProseCriteria(text)
	}
}

// weighs says whether a sentence of the document tells of weights, of a ranking, or that
// price alone decides.
func (w *walk) weighs() bool {
	return slices.ContainsFunc([]string{"award_weights", "award_equal", "award_weights_elsewhere", "price_only"}, func(topic string) bool {
		return slices.ContainsFunc(w.found.topics[topic], func(hit austauschbar.TopicHit) bool { return topic != "price_only" || hit.Polarity == lexicon.Risk })
	})
}

// announcesAward begins a list where a passage announces award criteria; nil for others.
func announcesAward(passage austauschbar.Passage) *awardList {
	switch text := strings.TrimSpace(passage.Text); {
	case passage.Kind == austauschbar.Heading && awardHeading.MatchString(text):
		return &awardList{level: passage.Level, section: headingOf(passage)}
	case passage.Kind == austauschbar.Paragraph && awardLeadIn.MatchString(text):
		return &awardList{}
	}
	return nil
}

// goesOn takes a passage into the list, and says whether the list may go on behind it.
func (l *awardList) goesOn(passage austauschbar.Passage) bool {
	switch {
	case passage.Kind == austauschbar.Item:
		if len(l.items) == 0 {
			l.depth = passage.Level
		}
		if passage.Level <= l.depth && len(l.headings) == 0 {
			l.items = append(l.items, passage)
		}
		return true
	case l.level > 0 && passage.Kind == austauschbar.Paragraph && strings.Count(passage.Text, bullet) > 1:
		l.items = append(l.items, bulleted(passage)...)
		return true
	case l.level == 0 || passage.Kind == austauschbar.Heading && passage.Level <= l.level:
		return false
	case passage.Kind == austauschbar.Heading && passage.Level == l.level+1:
		l.headings = append(l.headings, passage)
	}
	return true
}

// bullet begins the items of a list in text that knows no lists.
const bullet = "•"

// bulleted parts a paragraph at its bullets.
func bulleted(passage austauschbar.Passage) []austauschbar.Passage {
	var items []austauschbar.Passage
	for text := range strings.SplitSeq(passage.Text, bullet) {
		if item := passage; strings.TrimSpace(text) != "" {
			item.Text = strings.TrimSpace(text)
			items = append(items, item)
		}
	}
	return items
}

// shareBehind is a weight in brackets at the end of a criterion: "Training (10 %)".
var shareBehind = regexp.MustCompile(`\s*\((\d{1,3}) ?%\)$`)

// listedCriterion is a criterion by the name that an item or a heading gives it, with the weight
// behind that, if any.
func listedCriterion(text string) austauschbar.AwardCriterion {
	criterion := austauschbar.AwardCriterion{Name: awardName(text)}
	if at := shareBehind.FindStringSubmatchIndex(criterion.Name); at != nil {
		if weight, ok := lexicon.Number(criterion.Name[at[2]:at[3]]); ok {
			criterion.Name, criterion.Weight = criterion.Name[:at[0]], &weight
		}
	}
	criterion.Name = strings.Clone(criterion.Name)
	return criterion
}

// keepListed keeps the names of a list, and says whether there are any.
func (w *walk) keepListed(list *awardList) bool {
	for _, named := range [][]austauschbar.Passage{list.headings, list.items} {
		named = slices.DeleteFunc(slices.Clone(named), func(p austauschbar.Passage) bool { return awardName(p.Text) == "" })
		if len(named) < 2 {
			continue
		}
		for _, passage := range named {
			criterion := listedCriterion(passage.Text)
			criterion.Evidence = w.awardEvidence(passage, list.section, 0, len(passage.Text))
			w.found.awardCriteria = append(w.found.awardCriteria, criterion)
		}
		return true
	}
	return false
}

// awardEvidence is where a part of a passage stands. These criteria are looked for when the
// walk is over: it knows no section any more.
func (w *walk) awardEvidence(passage austauschbar.Passage, section string, start, end int) austauschbar.Evidence {
	evidence := w.evidence(clauseSource{text: passage.Text, passage: &passage}.own(w.path), start, end)
	evidence.Section = section
	evidence.Place = place(evidence)
	return evidence
}

// longestAwardName bounds the name of a criterion, in runes: what is longer is a sentence
// about the procedure. Questions may be longer.
const longestAwardName = 90

// awardName is the name of a criterion as an item or a heading gives it; "" for what is none.
func awardName(text string) string {
	name, _, _ := strings.Cut(text, ":")
	name = strings.TrimSpace(name)
	if noAwardName.MatchString(name) || utf8.RuneCountInString(name) > longestAwardName && !strings.HasSuffix(name, "?") {
		return ""
	}
	return name
}
