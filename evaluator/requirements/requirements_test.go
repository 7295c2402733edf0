package requirements

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// corpus holds real files; tests are skipped where it is absent.
const corpus = "../../../shared/corpus/"

// show writes passages as lines: line, kind with level, cells with headers or text.
func show(passages []austauschbar.Passage) []string {
	var shown []string
	for _, p := range passages {
		line := fmt.Sprintf("%d %s", p.Line, p.Kind)
		if p.Level > 0 {
			line += fmt.Sprint(p.Level)
		}
		if len(p.Cells) == 0 {
			line += " " + p.Text
		}
		for _, cell := range p.Cells {
			line += fmt.Sprintf(" [%s: %s]", cell.Header, cell.Text)
		}
		shown = append(shown, line)
	}
	return shown
}

func TestReadYAML(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"a list with grades": {
			"title: Betrieb\nrequirements:\n- title: Export\n  level: MUST\n  description: |\n    Alle Daten sind in einem\n    offenen Format auszugeben.\n",
			[]string{"1 heading1 Betrieb", "6 row [title: Export] [level: MUST] [description: Alle Daten sind in einem offenen Format auszugeben.]"},
		},
		"entries below an entry": {
			"- title: Quellcode\n  level: MAY\n  description: Der Quellcode wird mit der Software übergeben.\n  sub:\n  - title: Lizenz\n    level: MAY\n    description: Der Quellcode steht unter einer offenen Lizenz.\n",
			[]string{
				"1 heading1 Quellcode", "3 row [title: Quellcode] [level: MAY] [description: Der Quellcode wird mit der Software übergeben.]",
				"7 row [title: Lizenz] [level: MAY] [description: Der Quellcode steht unter einer offenen Lizenz.]",
			},
		},
		"an entry behind one with others below": {
			"- title: Quellcode\n  level: MAY\n  sub:\n  - title: Lizenz\n    description: Der Quellcode steht unter einer offenen Lizenz.\n- title: Export\n  description: Alle Daten sind in einem offenen Format auszugeben.\n",
			[]string{
				"1 heading1 Quellcode", "1 row [title: Quellcode] [level: MAY]", "5 row [title: Lizenz] [description: Der Quellcode steht unter einer offenen Lizenz.]",
				"6 heading1 Export", "7 row [title: Export] [description: Alle Daten sind in einem offenen Format auszugeben.]",
			},
		},
		"German keys": {
			"Anforderungen:\n  - Nr: A-1\n    Anforderung: Das System muss alle Daten ausgeben können.\n    Art: A\n    Gewichtung: 5\n    Hinweis: Siehe auch Anlage 2 zu den Formaten.\n",
			[]string{"3 row [Nr: A-1] [Anforderung: Das System muss alle Daten ausgeben können.] [Art: A] [Gewichtung: 5]", "6 paragraph Siehe auch Anlage 2 zu den Formaten."},
		},
		"sections by key": {
			"Sicherheit:\n  A1: {text: Die Übertragung erfolgt stets verschlüsselt., weight: 3}\n  A2: {text: Die Ablage erfolgt stets verschlüsselt und getrennt., weight: 2}\n",
			[]string{
				"2 heading1 Sicherheit", "2 heading2 A1", "2 row [text: Die Übertragung erfolgt stets verschlüsselt.] [weight: 3]",
				"3 heading2 A2", "3 row [text: Die Ablage erfolgt stets verschlüsselt und getrennt.] [weight: 2]",
			},
		},
		"sentences in a list": {
			"title: Muss\nanforderungen:\n  - Das System gibt alle Daten aus.\n  - Das System läuft auf freier Software.\n",
			[]string{"1 heading1 Muss", "3 item1 Das System gibt alle Daten aus.", "4 item1 Das System läuft auf freier Software."},
		},
		"a question alone": {
			"name: Export\nquestion: How do users export their data?\ndepends:\n  - \"on\": lot\n    being: [cloud]\ntype: checkboxes\noptions:\n  - label: CSV\n    value: csv\nvalidations:\n  - name: answer_required\n    message: Select one.\n",
			[]string{"1 heading1 Export", "2 row [name: Export] [question: How do users export their data?] [type: checkboxes]", "8 row [label: CSV] [value: csv]"},
		},
		"short lists": {
			"- title: Export\n  text: Der Export erfolgt in offenen Formaten.\n  formats: [CSV, JSON]\n  tags: [event]\n  prices: [1, 2]\n",
			[]string{"2 row [title: Export] [text: Der Export erfolgt in offenen Formaten.] [formats: CSV, JSON]"},
		},
		"several documents": {
			"- {id: 1, requirement: Alle Daten sind vollständig zu übergeben.}\n---\n- {id: 2, requirement: Die Übergabe ist zu dokumentieren und zu prüfen.}\n",
			[]string{"1 row [id: 1] [requirement: Alle Daten sind vollständig zu übergeben.]", "3 row [id: 2] [requirement: Die Übergabe ist zu dokumentieren und zu prüfen.]"},
		},
		"an alias of a text": {
			"- {id: 1, requirement: &r Alle Daten sind vollständig zu übergeben.}\n- {id: 2, requirement: *r}\n",
			[]string{"1 row [id: 1] [requirement: Alle Daten sind vollständig zu übergeben.]", "2 row [id: 2] [requirement: Alle Daten sind vollständig zu übergeben.]"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := ReadYAML(context.Background(), []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, show(text.Passages)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadJSON(t *testing.T) {
	source := "{\"title\": \"Betrieb\", \"requirements\": [\n  {\"id\": \"A-1\",\n   \"text\": \"Alle Daten sind \\\"offen\\\" auszugeben \\u2013 immer.\", \"type\": \"must\"}\n]}"
	text, err := ReadJSON(context.Background(), []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1 heading1 Betrieb", "3 row [id: A-1] [text: Alle Daten sind \"offen\" auszugeben – immer.] [type: must]"}
	if diff := cmp.Diff(want, show(text.Passages)); diff != "" || text.Title != "Betrieb" {
		t.Errorf("title %q (-want +got):\n%s", text.Title, diff)
	}
}

// Data for programs, broken and hostile files.
func TestRefusals(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("b%d: &b%d [*%s, *%s, *%s, *%s]\n", i, i, anchor(i), anchor(i), anchor(i), anchor(i))
	}
	for name, test := range map[string]struct{ yaml, json, code string }{
		"nothing":              {"\n ", "\n ", "empty"},
		"a setting":            {"debug: true\nport: 8080\n", `{"debug": true}`, "unknown_content"},
		"a list of numbers":    {"[1, 2, 3]", "[1, 2, 3]", "unknown_content"},
		"composed containers":  {"services:\n  web:\n    image: x\n    description: Alle Daten sind in einem offenen Format auszugeben.\n", "", "unknown_content"},
		"a package":            {"", `{"name": "x", "description": "Alle Daten in einem offenen Format ausgeben", "dependencies": {"a": "1"}}`, "unknown_content"},
		"an action":            {"name: Prüfen\ninputs:\n  a: {description: Welche Datei geprüft werden soll.}\n  b: {description: Wohin das Ergebnis geschrieben wird.}\nruns: {using: node}\n", "", "unknown_content"},
		"mostly settings":      {"- name: web\n  description: Der Webserver der Anwendung.\n  image: registry.example.org/verwaltung/anwendung/webserver:1.2.3\n  command: /usr/local/bin/server --config /etc/server.conf --port 8080\n", "", "unknown_content"},
		"tests of a program":   {"", `[{"description": "Ein Text ist lang genug für das Schema.", "schema": {"minLength": 2}, "tests": []}]`, "unknown_content"},
		"an interface":         {"openapi: 3.0.0\ninfo: {title: X, description: Alle Daten sind in einem offenen Format auszugeben.}\n", "", "unknown_content"},
		"a template":           {"a: {{ .Values.a }}\n{{- if .b }}\n", "", "unknown_content"},
		"broken":               {"a: [1, 2\nb: }", `{"a": `, "damaged"},
		"aliases upon aliases": {bomb, "", "too_large"},
		"an alias of itself":   {"a: &a [*a]", "", "too_large"},
		"nested too deeply":    {strings.Repeat("[", 300) + strings.Repeat("]", 300), strings.Repeat("[", 300) + strings.Repeat("]", 300), "too_large"},
		"too long":             {strings.Repeat("- Alle Daten sind offen.\n", limit.YAML/20), "", "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, attempt := range []struct {
				source string
				read   func(context.Context, []byte) (austauschbar.Text, error)
			}{{test.yaml, ReadYAML}, {test.json, ReadJSON}} {
				if attempt.source == "" {
					continue
				}
				_, err := attempt.read(context.Background(), []byte(attempt.source))
				var refusal *limit.Refusal
				if !errors.As(err, &refusal) || refusal.Code != test.code {
					t.Errorf("%.40q: error %v, want %s", attempt.source, err, test.code)
				}
			}
		})
	}
}

func anchor(i int) string {
	if i == 0 {
		return "a"
	}
	return fmt.Sprintf("b%d", i-1)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ReadYAML(ctx, bytes.Repeat([]byte("- Alle Daten sind offen auszugeben.\n"), 10_000)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Catalogues of the corpus are read in full, and nothing else of it is taken for one.
func TestCorpus(t *testing.T) {
	catalogues := map[string]int{ // rows
		"de_pretix_ticketing_leistungskatalog_onpremise.yml":         12,
		"de_pretix_ticketing_leistungskatalog_saas.yml":              17,
		"de_pretix_ticketing_leistungskatalog_schnittstellen.yml":    5,
		"de_pretix_ticketing_leistungskatalog_zutrittskontrolle.yml": 44,
		"en_gcloud12_question_APIDocumentationFormats.yml":           6,
		"en_gcloud12_question_APIUsage.yml":                          1,
		"en_gcloud12_question_dataExportFormats.yml":                 4,
		"en_gcloud12_question_dataExportHow.yml":                     1,
		"en_gcloud12_question_dataStorageAndProcessingLocations.yml": 5,
		"en_gcloud12_question_endOfContractDataExtraction.yml":       1,
		"en_gcloud12_question_endOfContractProcess.yml":              1,
	}
	files, _ := filepath.Glob(corpus + "*/*.y*ml")
	more, _ := filepath.Glob(corpus + "*/*.json")
	if files = append(files, more...); len(files) == 0 {
		t.Skip("corpus is absent")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read := ReadYAML
		if filepath.Ext(file) == ".json" {
			read = ReadJSON
		}
		text, err := read(context.Background(), data)
		rows := 0
		for _, passage := range text.Passages {
			if passage.Kind == austauschbar.Row {
				rows++
			}
			checkLine(t, data, passage)
		}
		if want := catalogues[filepath.Base(file)]; rows != want || (want == 0) != errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("%s: %d rows, error %v, want %d", filepath.Base(file), rows, err, want)
		}
	}
}

// checkLine looks whether a passage's line holds the beginning of one of its texts.
func checkLine(t *testing.T, data []byte, passage austauschbar.Passage) {
	t.Helper()
	line := string(bytes.Split(data, []byte("\n"))[passage.Line-1])
	texts := []string{passage.Text}
	for _, cell := range passage.Cells {
		texts = append(texts, cell.Text)
	}
	if !slices.ContainsFunc(texts, func(text string) bool {
		words := strings.Fields(text)
		return strings.Contains(line, strings.Join(words[:min(3, len(words))], " ")) || strings.HasPrefix(text, strings.TrimSpace(line))
	}) {
		t.Errorf("line %d is %q and holds nothing of %q", passage.Line, line, passage.Text)
	}
}

// check holds what every reading of any bytes must keep.
func check(t *testing.T, data []byte, read func(context.Context, []byte) (austauschbar.Text, error)) {
	text, err := read(context.Background(), data)
	if err != nil {
		if !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatalf("error %v is no refusal", err)
		}
		return
	}
	last := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + bytes.Count(data, []byte("\u0085")) + bytes.Count(data, []byte("\u2028")) + bytes.Count(data, []byte("\u2029"))
	for _, p := range text.Passages {
		if p.Line < 1 || p.Line > last {
			t.Errorf("%q: line %d of %d", p.Text, p.Line, last)
		}
		if p.Text == "" || p.Kind == austauschbar.Row && len(p.Cells) == 0 {
			t.Errorf("line %d: nothing in it", p.Line)
		}
	}
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(text, again) {
		t.Error("the second reading differs")
	}
}

func FuzzReadYAML(f *testing.F) {
	for _, seed := range []string{
		"title: Betrieb\nrequirements:\n- title: Export\n  level: MUST\n  description: |\n    Alle Daten sind in einem offenen Format auszugeben.\n  sub: [{name: x, text: >-\n    Alle Daten sind auszugeben.}]\n",
		"name: Export\nquestion: How do users export their data?\noptions: [{label: CSV}]\n",
		"a: &a {text: Alle Daten sind offen auszugeben.}\nb: *a\n--- \n- Alle Daten\n...\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, ReadYAML) })
}

func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{
		"{\"title\": \"Betrieb\", \"requirements\": [\n  {\"id\": \"A-1\",\n   \"text\": \"Alle Daten sind \\u2013 offen auszugeben.\", \"type\": \"must\"}]}",
		"[{\"question\": \"How do users export their data?\"}]\n{\"a\": null, \"b\": [1, true]}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, ReadJSON) })
}

// many is a catalogue of n entries.
func many(n int) []map[string]string {
	entries := make([]map[string]string, n)
	for i := range entries {
		entries[i] = map[string]string{"id": fmt.Sprint(i), "title": "Datenexport", "level": "MUST", "description": "Der Auftragnehmer stellt sicher, dass alle Daten in einem offenen Format vorliegen."}
	}
	return entries
}

func BenchmarkReadJSON(b *testing.B) {
	data, err := json.Marshal(many(50_000))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := ReadJSON(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadYAML(b *testing.B) {
	var source strings.Builder
	for _, entry := range many(10_000) {
		fmt.Fprintf(&source, "- title: %s\n  level: %s\n  description: |\n    %s\n", entry["title"], entry["level"], entry["description"])
	}
	b.SetBytes(int64(source.Len()))
	for b.Loop() {
		if _, err := ReadYAML(context.Background(), []byte(source.String())); err != nil {
			b.Fatal(err)
		}
	}
}
