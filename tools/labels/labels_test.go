package labels

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestOverlap(t *testing.T) {
	for name, test := range map[string]struct {
		label, passage string
		want           bool
	}{
		"the same":             {"Start mit PayPal", "Start mit PayPal", true},
		"part of a sentence":   {"Export der Daten", "Der Anbieter ermöglicht den Export der Daten jederzeit.", true},
		"passage in the quote": {"Export der Daten als CSV und JSON", "export der daten", true},
		"case and punctuation": {"JSON, CSV!", "json (csv)", true},
		"hyphen at a line end": {"Datenüber-\ngabe nach Vertragsende", "Datenübergabe nach Vertragsende", true},
		"soft hyphen":          {"Daten\u00adexport", "Datenexport", true},
		"composed umlaut":      {"U\u0308bergabe", "Übergabe", true},
		"half of the shorter":  {"one two three four five six", "zero one two three seven eight nine", true},
		"three of many":        {"one two three four five six seven", "zero one two three eight nine ten", false},
		"two words":            {"one two three", "one two four", false},
		"a word of a compound": {"Export", "Datenexport", false},
		"no words":             {"…", "Datenexport", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Overlap(test.label, test.passage); got != test.want {
				t.Errorf("got %t", got)
			}
			if got := Overlap(test.passage, test.label); got != test.want {
				t.Errorf("the other way round: got %t", got)
			}
		})
	}
}

func TestNear(t *testing.T) {
	if got, want := Near([]string{"renewal"}), []string{"contract_term", "renewal"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := Near([]string{"contract_term"}), []string{"contract_term", "renewal"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Near(nil); len(got) != 0 {
		t.Errorf("got %v of nothing", got)
	}
}

func TestPassage(t *testing.T) {
	no := false
	document := Document{
		Absent: []string{"usage_rights", "renewal"},
		Labels: []Label{
			{"data_export", "positive", "Export aller Daten"},
			{"brand_mention", "neutral", "derzeit Oracle"},
			{"brand_mention", "negative", "nur Oracle Database 19"},
			{"contract_term", "neutral", "Laufzeit drei Jahre"},
		},
	}
	partial := document
	partial.Complete = &no
	for name, test := range map[string]struct {
		document Document
		kind     string
		text     string
		reading  Reading
		want     Outcome
	}{
		"spoken of":             {document, "data_export", "Ein Export aller Daten ist möglich.", Speaks, Right},
		"a neighbour":           {document, "exit_or_transition", "Ein Export aller Daten ist möglich.", Speaks, Right},
		"another kind":          {document, "escrow", "Ein Export aller Daten ist möglich.", Speaks, Wrong},
		"praised":               {document, "data_export", "Export aller Daten", Praises, Right},
		"blamed for good":       {document, "data_export", "Export aller Daten", Blames, Wrong},
		"blamed and neutral":    {document, "brand_mention", "derzeit Oracle", Blames, Right},
		"accused":               {document, "brand_mention", "nur Oracle Database 19", Accuses, Right},
		"accused and neutral":   {document, "brand_mention", "derzeit Oracle", Accuses, Open},
		"accused for good":      {document, "data_export", "Export aller Daten", Accuses, Wrong},
		"praised for bad":       {document, "brand_mention", "nur Oracle Database 19", Praises, Wrong},
		"not labelled":          {document, "brand_mention", "Oracle auch hier", Speaks, Open},
		"a kind never labelled": {document, "ai_component", "Oracle auch hier", Speaks, Wrong},
		"absent":                {document, "renewal", "verlängert sich", Speaks, Wrong},
		"not read in full":      {partial, "brand_mention", "Oracle auch hier", Speaks, Unjudged},
		"labelled all the same": {partial, "data_export", "Export aller Daten", Speaks, Right},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.document.Passage([]string{test.kind}, test.text, test.reading); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
	if got := document.Passage(nil, "Export aller Daten", Speaks); got != Unjudged {
		t.Errorf("without kinds: got %d", got)
	}
}

func TestMissing(t *testing.T) {
	document := Document{Absent: []string{"usage_rights"}, Labels: []Label{{"data_export", "positive", "Export"}, {"exit_or_transition", "neutral", "Übergabe"}}}
	shared := func(kind string) bool { return kind == "exit_or_transition" }
	for name, test := range map[string]struct {
		kinds []string
		want  Outcome
	}{
		"absent":                   {[]string{"usage_rights"}, Right},
		"there":                    {[]string{"data_export"}, Wrong},
		"something like it":        {[]string{"exit_or_transition"}, Open},
		"something like it, there": {[]string{"exit_or_transition", "data_export"}, Wrong},
		"absent, something like":   {[]string{"usage_rights", "exit_or_transition"}, Open},
		"not decided":              {[]string{"renewal"}, Unjudged},
		"not labelled":             {nil, Unjudged},
	} {
		t.Run(name, func(t *testing.T) {
			if got := document.Missing(test.kinds, shared); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestRead(t *testing.T) {
	folder := t.TempDir()
	if _, err := Read(folder); err == nil || !strings.Contains(err.Error(), "no *.labels.yaml in ") {
		t.Errorf("an empty folder: error %v", err)
	}
	file := filepath.Join(folder, "a.md"+Suffix)
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("complete: false\nabsent: [renewal]\nlabels:\n  - {id: 1, kind: data_export, verdict: positive, quote: \"Export\"}\n")
	documents, err := Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := documents[0]
	if got.Path != filepath.Join(folder, "a.md") || *got.Complete || got.Absent[0] != "renewal" || got.Labels[0] != (Label{"data_export", "positive", "Export"}) {
		t.Errorf("got %+v", got)
	}
	write("labels: 7\n")
	if _, err := Read(folder); err == nil || !strings.Contains(err.Error(), "a.md.labels.yaml: ") {
		t.Errorf("a broken file: error %v", err)
	}
}
