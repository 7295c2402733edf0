package lexicon

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(os.DirFS("../../policies")); err != nil {
			b.Fatal(err)
		}
	}
}

// The shipped lexicon over German prose, clause by clause as the evaluator does.
func BenchmarkRead(b *testing.B) {
	l := load(b)
	sentences := []string{
		"Der Auftragnehmer stellt dem Auftraggeber jederzeit einen vollständigen Export aller Daten einschließlich Metadaten bereit.",
		"Die Sachbearbeitung erfasst den Antrag, prüft die Unterlagen und erteilt den Bescheid.",
		"Das System muss 250 gleichzeitige Nutzerinnen und Nutzer ohne spürbare Verzögerung bedienen.",
		"Die Laufzeit des Vertrages beträgt 48 Monate; sie verlängert sich nicht stillschweigend.",
	}
	scanner := l.Matcher.NewScanner()
	b.SetBytes(int64(len(strings.Join(sentences, ""))))
	b.ReportAllocs()
	for b.Loop() {
		for _, sentence := range sentences {
			l.Read(scanner, sentence, "de")
		}
	}
}

// Matching alone over text without hits, by number of terms.
func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("Die Sachbearbeitung erfasst den Antrag, prüft die Unterlagen und erteilt danach den Bescheid an alle Beteiligten. ", 20)
	for _, terms := range []int{500, 5_000, 50_000} {
		b.Run(fmt.Sprint(terms), func(b *testing.B) {
			m := newMatcher()
			for i := range terms {
				m.addName(Label{Set: SetName, ID: fmt.Sprint(i)}, nameForms(fmt.Sprintf("Produkt%d Nr%d", i*7919%terms, i))...)
			}
			m.build()
			scanner := m.NewScanner()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				scanner.Scan(text)
			}
		})
	}
}
