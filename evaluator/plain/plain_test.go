package plain

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"paragraphs": {"Erste Zeile\nzweite Zeile\n\nDritte Zeile\n", []string{"1 paragraph [] Erste Zeile zweite Zeile", "4 paragraph [] Dritte Zeile"}},
		"headings":   {"3.2 Datenexport\n\nDer Export.\n\n§ 5 Laufzeit\n\nAnlage 2: Preisblatt", []string{"1 heading2 [3.2] Datenexport", "3 paragraph [] Der Export.", "5 heading1 [§ 5] Laufzeit", "7 heading1 [Anlage 2] Preisblatt"}},
		"underlined": {"Leistungsbeschreibung\n=====\n\nUmfang\n------\nText", []string{"1 heading1 [] Leistungsbeschreibung", "4 paragraph [] Umfang Text"}},
		"items":      {"Formate:\n- CSV\n- JSON mit\n  Schema\n\na) offen\nb) frei", []string{"1 paragraph [] Formate:", "2 item1 [] CSV", "3 item1 [] JSON mit Schema", "6 item1 [a)] offen", "7 item1 [b)] frei"}},
		"decimals":   {"1. Alle Daten\n2. Alle Metadaten", []string{"1 item1 [1.] Alle Daten", "2 item1 [2.] Alle Metadaten"}},
		"clauses":    {"1.1 Der Auftragnehmer liefert alle\nDaten.\n1.2 Die Frist beträgt\n12 Monate.", []string{"1 paragraph [1.1] Der Auftragnehmer liefert alle Daten.", "3 paragraph [1.2] Die Frist beträgt 12 Monate."}},
		"set in":     {"2.1 Ziel und Zweck\n    Dieses Lastenheft beschreibt\n    eine Software.\n2.2 Lage\n    Papier.", []string{"1 heading2 [2.1] Ziel und Zweck", "2 paragraph [] Dieses Lastenheft beschreibt eine Software.", "4 heading2 [2.2] Lage", "5 paragraph [] Papier."}},
		"hanging":    {"2.1 Der Auftragnehmer liefert alle\n    Daten.\n2.2 Frist", []string{"1 paragraph [2.1] Der Auftragnehmer liefert alle Daten.", "3 paragraph [2.2] Frist"}},
		"hyphens":    {"Die Daten-\nbank und die Oracle-\nLizenz", []string{"1 paragraph [] Die Datenbank und die Oracle-Lizenz"}},
		"reference":  {"gemäß Ziffer\n3.2 Datenexport zu liefern.", []string{"1 paragraph [] gemäß Ziffer 3.2 Datenexport zu liefern."}},
		"unbroken":   {strings.Repeat("wort ", 40) + "\nZweiter Absatz", []string{"1 paragraph [] " + strings.TrimSpace(strings.Repeat("wort ", 40)), "2 paragraph [] Zweiter Absatz"}},
		"latin":      {"Gr\xf6\xdfe \x80 5", []string{"1 paragraph [] Größe € 5"}},
		"mark":       {"\xef\xbb\xbfGröße", []string{"1 paragraph [] Größe"}},
		"old mac":    {"eins\r\rzwei", []string{"1 paragraph [] eins", "3 paragraph [] zwei"}},
		"wide":       {wideText("Größe\r\n\r\nzwei"), []string{"1 paragraph [] Größe", "3 paragraph [] zwei"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Reads(t, Read, test.source, readertest.Show, test.want)
		})
	}
}

// wideText encodes text as little-endian UTF-16 with a byte order mark.
func wideText(text string) string {
	encoded := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded = append(encoded, byte(unit), byte(unit>>8))
	}
	return string(encoded)
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"nothing": {"", "empty"},
		"blanks":  {" \n\t\n", "empty"},
		"rules":   {"-----\n\n=====", "empty"},
		"binary":  {"PK\x03\x04 text", "not_text"},
		"NUL":     {"a\x00b", "not_text"},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Refuses(t, Read, test.source, test.code)
		})
	}
}

func TestReadKeepsWhatFits(t *testing.T) {
	text, err := Read(context.Background(), []byte(strings.Repeat("a\n\n", limit.Passages+5)))
	if err != nil {
		t.Fatal(err)
	}
	if len(text.Passages) != limit.Passages || len(text.Gaps) != 1 || text.Gaps[0].Reason != "too_large" {
		t.Errorf("got %d passages, gaps %v", len(text.Passages), text.Gaps)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("3.2 Titel\n\n- eins\n- zwei\n\nText\nText-\nende"))
	f.Add([]byte("Titel\n====\n\xe4"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Apart(t, readertest.Sound(t, Read, Decode, data).Passages)
	})
}

func BenchmarkRead(b *testing.B) {
	source := []byte(strings.Repeat("3.2 Datenexport\n\nDer Auftragnehmer stellt sicher, dass alle Daten in einem offe-\nnen Format vorliegen.\n\n- CSV\n- JSON\n\n", 5000))
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if _, err := Read(context.Background(), source); err != nil {
			b.Fatal(err)
		}
	}
}

// A paragraph of many lines takes no more time than it is long, and its lines are
// joined as those of a short one.
func TestLongParagraph(t *testing.T) {
	for name, test := range map[string]struct{ line, want string }{
		"lines":          {"--\n", "-- "},
		"words":          {"der Bieter\n", "der Bieter "},
		"divided words":  {"ab-\n", "ab"},
		"divided behind": {"der Bie-\nter\n", "der Bieter "},
	} {
		t.Run(name, func(t *testing.T) {
			const count = 200_000
			began := time.Now()
			passages, err := Passages(t.Context(), strings.Repeat(test.line, count))
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if err != nil || len(passages) != 1 {
				t.Fatal(len(passages), err)
			}
			want := strings.TrimSuffix(strings.Repeat(test.want, count), " ")
			if got := strings.TrimSuffix(passages[0].Text, "b-"); got != strings.TrimSuffix(want, "b") {
				t.Errorf("%d bytes, want %d", len(got), len(want))
			}
		})
	}
}
