package evaluator

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// excluded is the role of what is not part of this yet, or not at all.
const excluded = "excluded"

// ofChoices are the topics of what was weighed: what was rejected tells of them all the same.
var ofChoices = []string{"alternatives_considered", "product_justification", productReason}

// topicRole is the role of a topic in its clause. What the clause only tells of, and for
// later at that, is excluded: "regelbasiert (später KI-Erweiterung)".
func topicRole(source clauseSource, cues lexicon.Cues, topic lexicon.TopicReading, clause austauschbar.Clause) string {
	if clause.Role == excluded && slices.Contains(ofChoices, topic.ID) {
		return "requirement"
	}
	if clause.Role == "requirement" && !obliges(clause.Modality) && postponed(source.text, cues, topic) {
		return excluded
	}
	return clause.Role
}

// postponed says whether a word such as "later" stands right before a topic.
func postponed(text string, cues lexicon.Cues, topic lexicon.TopicReading) bool {
	for cue := range cues.Of("later") {
		if cue.End <= topic.Start && strings.TrimSpace(text[cue.End:topic.Start]) == "" {
			return true
		}
	}
	return false
}

func obliges(modality string) bool { return modality == "must" || modality == "should" }

// takeOut notes the topics of a clause that stands among what is not part of the
// contract, with the words that tell of them.
func (w *walk) takeOut(text string, topics []lexicon.TopicReading) {
	for _, topic := range topics {
		if topic.Polarity != lexicon.Risk {
			w.takenOut[topic.ID] = append(w.takenOut[topic.ID], w.subjectWords(text[topic.Start:topic.End])...)
		}
	}
}

// subjectWords are the words of a text that say what it is about.
func (w *walk) subjectWords(text string) []string {
	return slices.DeleteFunc(wordsOf(text), func(word string) bool {
		return utf8.RuneCountInString(word) < 2 || w.lexicon.FunctionWord(word, "de") || w.lexicon.FunctionWord(word, "en")
	})
}

// exclude gives hits of a topic that the document takes out in the same words the role of
// what is excluded. Where a sentence demands the topic all the same, only a part of it is
// out, and every hit stays what it is.
func (w *walk) exclude() {
	for id, words := range w.takenOut {
		hits := w.found.topics[id]
		if anyDemands(hits) {
			continue
		}
		for i := range hits {
			if hits[i].Role == "requirement" && hits[i].Polarity != lexicon.Risk && w.speaksOf(hits[i].Clause, words) {
				hits[i].Role = excluded
			}
		}
	}
}

// speaksOf says whether one of some words stands in a clause.
func (w *walk) speaksOf(clause string, words []string) bool {
	return slices.ContainsFunc(wordsOf(w.found.clauses[clause].Text), func(word string) bool { return slices.Contains(words, word) })
}

func anyDemands(hits []austauschbar.TopicHit) bool {
	for _, hit := range hits {
		if hit.Role == "requirement" && hit.Polarity != lexicon.Risk && obliges(hit.Modality) {
			return true
		}
	}
	return false
}
