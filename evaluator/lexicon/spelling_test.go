package lexicon

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// What a scanner knows of words it has met changes nothing of what it finds.
func TestSpellingsMet(t *testing.T) {
	l := load(t)
	sentences := map[string]string{
		"inflected and set off":        "Der Auftragnehmer stellt den vollständigen Daten-Export aller Exporte bereit.",
		"name of several words":        "Microsoft SQL Server und Microsoft Word laufen unter Windows Server 2019.",
		"name with signs":              "Die Anwendung ist in C#, C++ und .NET geschrieben.",
		"spelling that counts":         "Go und go, die API und die APIs, das Rest und REST.",
		"values":                       "Die Laufzeit beträgt 48 Monate, 3,5 % oder 1.200 Euro ab dem 1. März 2027.",
		"longer than any kept":         strings.Repeat("lang", longestKept) + "lizenz und ein Exit-Konzept",
		"combining marks, other forms": "Das Exit-Ko\u0301nzept muss zur U\u0308bergabe, Übergabe, UEBERGABE vorliegen",
	}
	known := l.Matcher.NewScanner()
	for name, sentence := range sentences {
		t.Run(name, func(t *testing.T) {
			hits, values := l.Matcher.NewScanner().Scan(sentence)
			if len(hits)+len(values) == 0 {
				t.Fatal("nothing found")
			}
			for range 2 {
				again, valuesAgain := known.Scan(sentence)
				if !reflect.DeepEqual(hits, again) || !reflect.DeepEqual(values, valuesAgain) {
					t.Errorf("%v, %v; a new scanner: %v, %v", again, valuesAgain, hits, values)
				}
				known.Scan("Ein anderer Satz.")
			}
		})
	}
}

// A text of nothing but new words does not make a scanner grow without end.
func TestSpellingsBounded(t *testing.T) {
	scanner := load(t).Matcher.NewScanner()
	const sentence = "Der Bieter legt mit dem Angebot ein Exit-Konzept vor."
	hits, _ := scanner.Scan(sentence)
	want := len(hits)
	for i := range 3 * mostSpellings / 2 {
		scanner.Scan(fmt.Sprintf("Wort%d", i))
	}
	scanner.Scan(strings.Repeat("lang", longestKept))
	if count := len(scanner.spellings.spellings); count > mostSpellings {
		t.Errorf("%d spellings are kept, want at most %d", count, mostSpellings)
	}
	if again, _ := scanner.Scan(sentence); len(again) != want || want == 0 {
		t.Errorf("%d hits, at first %d", len(again), want)
	}
}
