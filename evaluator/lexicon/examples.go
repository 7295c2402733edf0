package lexicon

import (
	"maps"
	"slices"
)

// A Misreading is an example that is read as another side than it stands under.
type Misreading struct {
	Topic, Text string
	Side, Read  string // "met", "weak", "risk", "none"
}

// Misread reads all examples of a topic and returns those that are read otherwise
// than they say.
func (l *Lexicon) Misread(topic string) []Misreading {
	scanner := l.Matcher.NewScanner()
	var wrong []Misreading
	examples := l.Topics[topic].Examples
	for _, side := range slices.Sorted(maps.Keys(examples)) {
		for _, text := range examples[side] {
			if got := l.sideOf(scanner, topic, text); got != side {
				wrong = append(wrong, Misreading{topic, text, side, got})
			}
		}
	}
	return wrong
}

// sideOf is the gravest that a text says on a topic; "none" for nothing.
func (l *Lexicon) sideOf(scanner *Scanner, topic, text string) string {
	side := "none"
	for _, sentence := range l.Sentences(text) {
		reading := l.Read(scanner, sentence, l.Language(scanner, text))
		for _, found := range slices.Concat(reading.Topics, reading.Signals) {
			if found.ID == topic && (side == "none" || gravity[found.Polarity] > gravity[side]) {
				side = found.Polarity
			}
		}
	}
	return side
}
