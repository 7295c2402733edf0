package lines

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFind(t *testing.T) {
	for name, test := range map[string]struct {
		line string
		want Mark
	}{
		"clause":                   {"3.2.1 Datenexport", Mark{Clause, "3.2.1", "Datenexport", 3}},
		"clause with full stop":    {"3.2. Datenexport", Mark{Clause, "3.2.", "Datenexport", 2}},
		"clause ending in nought":  {"1.0 Purpose and Background", Mark{Clause, "1.0", "Purpose and Background", 1}},
		"annex clause":             {"A.4 Schnittstellen", Mark{Clause, "A.4", "Schnittstellen", 2}},
		"small first letter":       {"4.1 iOS und Android", Mark{Clause, "4.1", "iOS und Android", 2}},
		"millions":                 {"3.2 Mio. Euro im Jahr", Mark{Text: "3.2 Mio. Euro im Jahr"}},
		"thousands":                {"10.000 Nutzer", Mark{Text: "10.000 Nutzer"}},
		"date":                     {"01.03.2026 Beginn", Mark{Text: "01.03.2026 Beginn"}},
		"day and month":            {"12.03. Beginn", Mark{Text: "12.03. Beginn"}},
		"spelt date":               {"1. Januar 2027 beginnt der Betrieb", Mark{Text: "1. Januar 2027 beginnt der Betrieb"}},
		"version in a sentence":    {"2.1 oder neuer", Mark{Text: "2.1 oder neuer"}},
		"decimal":                  {"1. Angaben zum Vorhaben", Mark{Decimal, "1.", "Angaben zum Vorhaben", 1}},
		"decimal in brackets":      {"(2) Der Auftragnehmer", Mark{Decimal, "(2)", "Der Auftragnehmer", 1}},
		"letter":                   {"a) offene Formate", Mark{Letter, "a)", "offene Formate", 1}},
		"double letter":            {"bb) offene Formate", Mark{Letter, "bb)", "offene Formate", 1}},
		"abbreviation":             {"z. B. als CSV", Mark{Text: "z. B. als CSV"}},
		"abbreviation of three":    {"i. d. R. als CSV", Mark{Text: "i. d. R. als CSV"}},
		"roman":                    {"II. Leistungsumfang", Mark{Roman, "II.", "Leistungsumfang", 1}},
		"bare":                     {"3 Anforderungen", Mark{Bare, "3", "Anforderungen", 1}},
		"quantity":                 {"12 Monate", Mark{Text: "12 Monate"}},
		"bullet":                   {"• CSV", Mark{Kind: Bullet, Text: "CSV"}},
		"bullet of a symbol font":  {"\uf0b7 CSV", Mark{Kind: Bullet, Text: "CSV"}},
		"dash":                     {"- CSV", Mark{Kind: Bullet, Text: "CSV"}},
		"negative number":          {"-5 Grad", Mark{Text: "-5 Grad"}},
		"word with o":              {"oder CSV", Mark{Text: "oder CSV"}},
		"section":                  {"§ 5 Laufzeit", Mark{Section, "§ 5", "Laufzeit", 1}},
		"cited law":                {"§ 31 VgV gilt", Mark{Text: "§ 31 VgV gilt"}},
		"cited paragraph":          {"§ 5 Abs. 2 gilt", Mark{Text: "§ 5 Abs. 2 gilt"}},
		"annex":                    {"Anlage 2 Preisblatt", Mark{Section, "Anlage 2", "Preisblatt", 1}},
		"annex with colon":         {"Anlage 2: Preisblatt", Mark{Section, "Anlage 2", "Preisblatt", 1}},
		"annex with dash":          {"Appendix B – Prices", Mark{Section, "Appendix B", "Prices", 1}},
		"annex within a sentence":  {"Anlage 2 ist auszufüllen", Mark{Text: "Anlage 2 ist auszufüllen"}},
		"nothing behind the mark":  {"3.2", Mark{Text: "3.2"}},
		"nothing behind a bullet":  {"•", Mark{Text: "•"}},
		"empty":                    {"", Mark{}},
		"two capitals behind mark": {"1.1 API", Mark{Clause, "1.1", "API", 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Find(test.line); got != test.want {
				t.Errorf("Find(%q) = %+v, want %+v", test.line, got, test.want)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	var j Joiner
	j.Learn("Use of open-source components; the database, the end-to-end test")
	for name, test := range map[string]struct{ text, line, want string }{
		"plain":                   {"Der Auftragnehmer", "liefert", "Der Auftragnehmer liefert"},
		"divided word":            {"Daten-", "bank", "Datenbank"},
		"compound with capital":   {"Oracle-", "Datenbanken", "Oracle-Datenbanken"},
		"number of a standard":    {"ISO-", "27001", "ISO-27001"},
		"suspended hyphen":        {"Haupt-", "und Nebenleistung", "Haupt- und Nebenleistung"},
		"suspended in English":    {"short-", "and long-term", "short- and long-term"},
		"known with hyphen":       {"all open-", "source parts", "all open-source parts"},
		"known without hyphen":    {"a data-", "base", "a database"},
		"several hyphens":         {"end-to-", "end test", "end-to-end test"},
		"dash is no hyphen":       {"die Daten -", "auch alte", "die Daten - auch alte"},
		"soft hyphen":             {"Daten\u00ad", "bank", "Datenbank"},
		"first line":              {"", "Daten", "Daten"},
		"empty line":              {"Daten-", "", "Daten-"},
		"word that begins as und": {"Haupt-", "undichtigkeit", "Hauptundichtigkeit"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := j.Join(test.text, test.line); got != test.want {
				t.Errorf("Join(%q, %q) = %q, want %q", test.text, test.line, got, test.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"clean":           {"Größe der Datei", "Größe der Datei"},
		"blanks":          {"  a \t b\r\nc ", "a b c"},
		"no-break blanks": {"§\u00a05 z.\u202fB.", "§ 5 z. B."},
		"soft hyphen":     {"Daten\u00adbank", "Datenbank"},
		"quotes stay":     {"„oder gleichwertig“ – ja", "„oder gleichwertig“ – ja"},
		"only blanks":     {" \u00a0 ", ""},
		"control":         {"a\x01b", "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Clean(test.text); got != test.want {
				t.Errorf("Clean(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestShort(t *testing.T) {
	for text, want := range map[string]bool{
		"Datenexport": true, "Der Auftragnehmer liefert.": false, "Was gilt?": true,
		strings.Repeat("Wort ", 30): false, "12 / 3": false, "": false, "wie folgt:": false,
	} {
		if Short(text) != want {
			t.Errorf("Short(%q) = %v", text, !want)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for name, test := range map[string]struct {
		style string
		n     int
		want  string
	}{
		"decimal": {"1", 12, "12"}, "letter": {"a", 28, "ab"}, "capital": {"A", 3, "C"}, "roman": {"i", 1994, "mcmxciv"},
		"great roman": {"I", 4, "IV"}, "too great": {"i", 4000, "4000"}, "nought": {"a", 0, "0"}, "negative": {"i", -1, "-1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Ordinal(test.style, test.n); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCode(t *testing.T) {
	got := Code("\na: 1\n  b:  2\n\n\nc", 5)
	if len(got) != 2 || got[0].Text != "a: 1 b: 2" || got[0].Line != 6 || got[1].Text != "c" || got[1].Line != 10 {
		t.Errorf("got %+v", got)
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"3.2 Titel", "a) x", "• x", "§ 5 Laufzeit", "z. B. x", "(1) Y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = Clean(line)
		mark := Find(line)
		if line != "" && mark.Text == "" {
			t.Errorf("%q: no text", line)
		}
		if !strings.HasSuffix(line, mark.Text) {
			t.Errorf("%q: text %q is not its end", line, mark.Text)
		}
		if (mark.Number == "") != (mark.Kind <= Bullet) || (mark.Level > 0) != (mark.Kind > Bullet) {
			t.Errorf("%q: %+v", line, mark)
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add("a \u00a0b\u00ad")
	f.Fuzz(func(t *testing.T, text string) {
		got := Clean(text)
		if again := Clean(got); again != got {
			t.Errorf("%q: cleaned %q, again %q", text, got, again)
		}
		if strings.Contains(got, "  ") || strings.TrimSpace(got) != got || utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q: %q is not clean", text, got)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		Find("Der Auftragnehmer stellt sicher, dass die Daten in einem offenen Format vorliegen")
		Find("3.2.1 Datenexport")
	}
}

// What Mapped returns is what Clean does, and each byte of it stands where it says.
func TestMapped(t *testing.T) {
	for name, text := range map[string]string{
		"plain":       "Der Export folgt",
		"blanks":      "  Der \u00a0\t Export\nfolgt  ",
		"soft hyphen": "Ex\u00adport",
		"umlauts":     "für  Ärzte 👩‍💻",
		"empty":       "",
		"blank":       " \n ",
	} {
		t.Run(name, func(t *testing.T) {
			clean, places := Mapped(text)
			if clean != Clean(text) || len(places) != len(clean) {
				t.Fatalf("%q with %d places, want %q", clean, len(places), Clean(text))
			}
			for i, at := range places {
				if clean[i] != ' ' && clean[i] != text[at] {
					t.Errorf("byte %d of %q is not at %d of %q", i, clean, at, text)
				}
			}
		})
	}
}
