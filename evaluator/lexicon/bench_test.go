//go:build unix

package lexicon

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
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

// Matching alone, by number of terms: made-up names of two words that begin as the
// text's words do, so that they lead into the tree all the time; few are
// found. Each page is new to the scanner, which else would know its words.
func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("Die Sachbearbeitung erfasst den Antrag im Fachverfahren, prüft die Unterlagen in der Datenbank und erteilt danach den Bescheid über das Serviceportal an alle Beteiligten. ", 20)
	beginnings := strings.Fields("Sach Antrag Fach Prüf Unter Daten Bescheid Service Portal Beteili Erfass Erteil Akten Geo Netz Open")
	endings := strings.Fields("werk bank plan flow base link hub net mind port cast view")
	for _, terms := range []int{500, 5_000, 50_000} {
		b.Run(fmt.Sprint(terms), func(b *testing.B) {
			m := newMatcher()
			for i := range terms {
				first, last := beginnings[i%len(beginnings)], endings[i/len(beginnings)%len(endings)]
				number := i / len(beginnings) / len(endings)
				name := fmt.Sprintf("%s%c%c%s %s%d", first, 'a'+number%26, 'a'+number/26, last, endings[number%len(endings)], i%7)
				m.addName(Label{Set: SetName, ID: fmt.Sprint(i)}, nameForms(name)...)
			}
			m.build()
			scanner := m.NewScanner()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			before := processorTime(b)
			for b.Loop() {
				scanner.forget()
				scanner.Scan(text)
			}
			b.ReportMetric(float64(len(text)*b.N)/1e6/(processorTime(b)-before).Seconds(), "MB/core-s")
		})
	}
}

// forget makes a scanner as one that has met no text.
func (s *Scanner) forget() {
	s.spellings.clear()
	s.cutText = ""
}

// processorTime is what the process has used of all cores.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
