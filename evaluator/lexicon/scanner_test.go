package lexicon

import (
	"reflect"
	"slices"
	"testing"
)

// Whatever a text is, rules that are not tried would match nothing, what a scanner has met
// before changes nothing, and hits lie within the text.
func FuzzScan(f *testing.F) {
	l := load(f)
	for _, id := range l.TopicIDs() {
		for _, texts := range l.Topics[id].Examples {
			f.Add(texts[0])
		}
	}
	for _, text := range []string{
		"", "Stand: 1.2.2027", "Microsoft SQL Server, C#, .NET und Go 1.26 laufen unter Windows Server 2019.",
		"Der Auftragnehmer stellt der Stadt die Daten bis zum 31.12.2027 bereit; the Court shall own them.",
		"Die Lizenz ist zu übergeben, 2 x 12 Monate, 19 % von € 5, WHISARD",
	} {
		f.Add(text)
	}
	used, all := l.Matcher.NewScanner(), l.Matcher.NewScanner()
	f.Fuzz(func(t *testing.T, text string) {
		hits, values := l.Matcher.NewScanner().Scan(text)
		for range 2 {
			again, valuesAgain := used.Scan(text)
			if !sameHits(hits, again) || !slices.Equal(values, valuesAgain) {
				t.Errorf("%v, %v; a new scanner: %v, %v", again, valuesAgain, hits, values)
			}
			used.Scan("Ein anderer Satz.")
		}
		if tried := all.tryAll(text); !sameHits(hits, tried) {
			t.Errorf("%v; with all rules tried: %v", hits, tried)
		}
		for _, hit := range hits {
			if hit.Start < 0 || hit.Start >= hit.End || hit.End > len(text) || hit.First > hit.Last {
				t.Errorf("%v: lies not within %d bytes", hit, len(text))
			}
		}
	})
}

func sameHits(a, b []Hit) bool {
	return slices.EqualFunc(a, b, func(x, y Hit) bool { return reflect.DeepEqual(x, y) })
}

// tryAll scans a text with all rules that may be tried at all.
func (s *Scanner) tryAll(text string) []Hit {
	s.begin(text)
	s.findWords()
	if len(s.words) == 0 {
		return nil
	}
	s.chooseRules()
	chosen := s.tried
	s.tried = nil
	for id, rule := range s.matcher.rules {
		if rule.units == 0 || slices.Contains(chosen, int32(id)) { // others would look for more values
			s.tried = append(s.tried, int32(id))
		}
	}
	hits, _ := s.match()
	return hits
}
