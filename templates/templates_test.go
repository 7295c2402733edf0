package templates

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/charmbracelet/x/ansi"
)

var update = flag.Bool("update", false, "write the golden files anew")

// load gives the words of a language together with those of the criteria that
// only the fixtures know.
func load(t testing.TB, language string) *Words {
	t.Helper()
	words, err := New(language)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("testdata", "words", language+".tmpl")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := words.add(name, text); err != nil {
		t.Fatal(err)
	}
	return words
}

func fixture(t testing.TB, name string) austauschbar.Review {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var review austauschbar.Review
	if err := json.Unmarshal(text, &review); err != nil {
		t.Fatal(err)
	}
	return review
}

func filled(t testing.TB, words *Words, name string) austauschbar.Review {
	t.Helper()
	review, err := words.Fill(fixture(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return review
}

var outputs = map[string]func(*Words, *bytes.Buffer, austauschbar.Review) error{
	"txt":                func(w *Words, out *bytes.Buffer, r austauschbar.Review) error { return w.Terminal(out, r, Options{}) },
	"md":                 func(w *Words, out *bytes.Buffer, r austauschbar.Review) error { return w.Markdown(out, r) },
	"vergabevermerk.txt": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error { return w.Vergabevermerk(out, r) },
	"remarks.md": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.Remarks(out, r, r.Findings)
	},
	"check.md": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error { return w.CheckSummary(out, r, 65000) },
	"junit.xml": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.JUnit(out, []austauschbar.Review{r})
	},
	"codequality.json": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.CodeQuality(out, []austauschbar.Review{r})
	},
	"report.html": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.HTML(out, r, textsOf(someTexts()))
	},
	"sarif": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.SARIF(out, []austauschbar.Review{r}, noLine)
	},
	"csv": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.CSV(out, []austauschbar.Review{r})
	},
	"out.json": func(w *Words, out *bytes.Buffer, r austauschbar.Review) error {
		return w.JSON(out, r)
	},
}

func TestReviews(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for _, name := range []string{"review", "provisional", "clean"} {
			review := filled(t, words, name)
			for ending, write := range outputs {
				t.Run(strings.Join([]string{name, language, ending}, "."), func(t *testing.T) {
					var out bytes.Buffer
					if err := write(words, &out, review); err != nil {
						t.Fatal(err)
					}
					golden(t, name+"."+language+"."+ending, out.Bytes())
				})
			}
		}
	}
}

// golden compares what was written with a file; of pages, without their style.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if strings.HasSuffix(name, ".html") {
		got = withoutStyle(t, got)
	}
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at it with go test ./templates -update and git diff", path)
	}
}

func TestEveryLanguageDefinesTheSameNames(t *testing.T) {
	languages := Languages()
	if !slices.Contains(languages, "de") || !slices.Contains(languages, "en") {
		t.Fatalf("languages %v", languages)
	}
	defined := map[string][]string{}
	for _, language := range languages {
		words, err := New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range words.Names() {
			defined[name] = append(defined[name], language)
		}
	}
	for name, in := range defined {
		if len(in) != len(languages) {
			t.Errorf("%s is defined in %v only", name, in)
		}
	}
}

// Each file of a criterion defines names of that criterion only, and the four
// that every criterion needs.
func TestCriterionFilesHoldTheirOwnWords(t *testing.T) {
	define := regexp.MustCompile(`\{\{-? *define "([^"]+)"`)
	for _, language := range Languages() {
		names, err := wordFiles(files, language)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if filepath.Base(filepath.Dir(name)) != "criteria" {
				continue
			}
			id := strings.TrimSuffix(filepath.Base(name), ".tmpl")
			text, err := files.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var defined []string
			for _, match := range define.FindAllStringSubmatch(string(text), -1) {
				defined = append(defined, match[1])
				if !strings.HasPrefix(match[1], id+".") {
					t.Errorf("%s defines %s", name, match[1])
				}
			}
			for _, part := range []string{"title", "meaning", "evidence", "reason"} {
				if !slices.Contains(defined, id+"."+part) {
					t.Errorf("%s does not define %s.%s", name, id, part)
				}
			}
			for _, remedy := range defined {
				code, ok := strings.CutSuffix(remedy, ".remedy")
				for _, kind := range []string{".architecture", ".own_project", ".many"} { // whose other words may stay
					if strings.Count(code, ".") > 1 {
						code = strings.TrimSuffix(code, kind)
					}
				}
				if ok && !slices.Contains(defined, code) {
					t.Errorf("%s defines %s without %s", name, remedy, code)
				}
			}
		}
	}
}

func TestWordsThatNobodyMaySay(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(illegal|unlawful|rechtswidrig|vergaberechtskonform|vergaberechtswidrig)`)
	for _, language := range Languages() {
		names, err := wordFiles(files, language)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := files.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if word := never.Find(text); word != nil {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}

// The same review has the same numbers in every language. Days are compared as
// days, and words that count one thing in one language only would show here.
func TestLanguagesAgreeInNumbers(t *testing.T) {
	months := []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	germanDay := regexp.MustCompile(`\b(\d\d)\.(\d\d)\.(\d{4})\b`)
	englishDay := regexp.MustCompile(`\b(\d{1,2}) (` + strings.Join(months, "|") + `) (\d{4})\b`)
	section := regexp.MustCompile(`(Abschnitt|section) 3(\.\d)+`)
	entity := regexp.MustCompile(`&#\d+;`)
	number := regexp.MustCompile(`\d+([.,]\d+)*`)
	days := map[string]func(string) string{
		"de": func(text string) string { return germanDay.ReplaceAllString(text, "$3-$2-$1") },
		"en": func(text string) string {
			return englishDay.ReplaceAllStringFunc(text, func(day string) string {
				part := englishDay.FindStringSubmatch(day)
				month := slices.Index(months, part[2]) + 1
				return part[3] + "-" + twoDigits(month) + "-" + strings.Repeat("0", 2-len(part[1])) + part[1]
			})
		},
	}
	signs := map[string]*strings.Replacer{"de": strings.NewReplacer(".", "", ",", "."), "en": strings.NewReplacer(",", "")}
	for _, name := range []string{"review", "provisional", "clean"} {
		for _, ending := range []string{"txt", "md", "vergabevermerk.txt", "remarks.md", "check.md", "junit.xml"} {
			found := map[string][]string{}
			for language := range days {
				words := load(t, language)
				var out bytes.Buffer
				if err := outputs[ending](words, &out, filled(t, words, name)); err != nil {
					t.Fatal(err)
				}
				text := strings.NewReplacer("&#8203;", "", "vgv 1.2", "vgv", "0.3.1", "", `<?xml version="1.0"`, "").Replace(out.String())
				text = entity.ReplaceAllString(section.ReplaceAllString(fold(text), ""), "")
				for _, match := range number.FindAllString(days[language](text), -1) {
					found[language] = append(found[language], signs[language].Replace(match))
				}
				slices.Sort(found[language])
			}
			if !slices.Equal(found["de"], found["en"]) {
				t.Errorf("%s %s: numbers differ\nde %v\nen %v", name, ending, found["de"], found["en"])
			}
		}
	}
}

func twoDigits(n int) string {
	return string([]byte{byte('0' + n/10), byte('0' + n%10)})
}

func TestFirstScreen(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		var out bytes.Buffer
		if err := words.Terminal(&out, filled(t, words, "review"), Options{Width: 80}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		screen := strings.Join(lines[:24], "\n")
		for _, name := range []string{"heading.open", "heading.steps.gain", "headline.ai_openness"} {
			text, err := words.say(name, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(screen, text) {
				t.Errorf("%s: the first screen lacks %q:\n%s", language, text, screen)
			}
		}
		if steps := regexp.MustCompile(`(?m)^ +\+\d`).FindAllString(screen, -1); len(steps) < 3 {
			t.Errorf("%s: %d steps on the first screen", language, len(steps))
		}
	}
}

func TestTerminalKeepsItsWidth(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	for _, width := range []int{40, 60, 80, 132} {
		for _, colour := range []bool{false, true} {
			var out bytes.Buffer
			if err := words.Terminal(&out, review, Options{Width: width, Colour: colour}); err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(out.String(), "\n") {
				if got := ansi.StringWidth(line); got > width && !strings.Contains(line, "https://") {
					t.Errorf("width %d: line %d has %d columns: %q", width, i+1, got, line)
				}
				if strings.HasSuffix(ansi.Strip(line), " ") {
					t.Errorf("width %d: line %d ends in a blank: %q", width, i+1, line)
				}
			}
		}
	}
}

func TestColourSaysNothingAlone(t *testing.T) {
	words := load(t, "en")
	review := filled(t, words, "review")
	var plain, coloured bytes.Buffer
	if err := words.Terminal(&plain, review, Options{}); err != nil {
		t.Fatal(err)
	}
	if err := words.Terminal(&coloured, review, Options{Colour: true}); err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsRune(plain.Bytes(), '\x1b') {
		t.Error("escape characters without colour")
	}
	if !bytes.ContainsRune(coloured.Bytes(), '\x1b') {
		t.Error("no colour")
	}
	if got := ansi.Strip(coloured.String()); got != plain.String() {
		t.Error("coloured text differs from plain text")
	}
}

func TestFillLeavesItsInputAlone(t *testing.T) {
	review := fixture(t, "review")
	before, _ := json.Marshal(review)
	if _, err := load(t, "de").Fill(review); err != nil {
		t.Fatal(err)
	}
	if after, _ := json.Marshal(review); !bytes.Equal(before, after) {
		t.Error("the review that was handed over has changed")
	}
}

func TestFillMayBeRepeatedInAnotherLanguage(t *testing.T) {
	german := filled(t, load(t, "de"), "review")
	english := load(t, "en")
	again, err := english.Fill(german)
	if err != nil {
		t.Fatal(err)
	}
	var got, want bytes.Buffer
	_ = english.JSON(&got, again)
	_ = english.JSON(&want, filled(t, english, "review"))
	// Titles without words stay as they came.
	if got.String() != want.String() {
		t.Error("filling a filled review gives another result")
	}
}

// Terms of a contract stay with tenders: whoever draws an architecture signs none.
func TestSourcesOfContracts(t *testing.T) {
	sources := []austauschbar.Reference{{Ref: "https://example.org/terms", Description: "Terms", Contract: true}, {Ref: "https://example.org/study", Description: "Study"}}
	for kind, want := range map[string]int{"architecture": 1, "both": 2, "tender": 2} {
		review := austauschbar.Review{Criteria: []austauschbar.Criterion{{ID: "LI-08", References: sources}}}
		review.Dossier.Kind = kind
		filled, err := load(t, "de").Fill(review)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(filled.Criteria[0].References); got != want || len(sources) != 2 || sources[1].Contract {
			t.Errorf("%s: %d sources, want %d", kind, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	german := load(t, "de")
	for name, test := range map[string]struct {
		evidence austauschbar.Evidence
		want     string
	}{
		"word":             {austauschbar.Evidence{Path: "Leistungsbeschreibung.docx", Section: "3.2.1 Datenexport", Paragraph: 12}, "Leistungsbeschreibung.docx, Abschnitt 3.2.1 Datenexport, Absatz 12"},
		"page":             {austauschbar.Evidence{Path: "a.pdf", Page: 4}, "a.pdf, Seite 4"},
		"line":             {austauschbar.Evidence{Path: "a.md", Line: 1200, Column: 3}, "a.md, Zeile 1200"},
		"sheet":            {austauschbar.Evidence{Path: "a.xlsx", Cell: "Preise!C7"}, "a.xlsx, Blatt Preise, Zelle C7"},
		"cell alone":       {austauschbar.Evidence{Path: "a.docx", Cell: "C7"}, "a.docx, Zelle C7"},
		"title alone":      {austauschbar.Evidence{Path: "a.pdf", Section: "Laufzeit"}, "a.pdf, Abschnitt „Laufzeit“"},
		"sheet with marks": {austauschbar.Evidence{Path: "a.ods", Cell: "Los 1!neu!B2"}, "a.ods, Blatt Los 1!neu, Zelle B2"},
		"nothing":          {austauschbar.Evidence{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if err := german.fillPlace(&test.evidence); err != nil {
				t.Fatal(err)
			}
			if test.evidence.Place != test.want {
				t.Errorf("%q, want %q", test.evidence.Place, test.want)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	words := load(t, "de")
	missing := austauschbar.Finding{Criterion: "EX-02", Code: "missing", Severity: "blocker"}
	unsure := missing
	unsure.Severity = "question"
	unworded := austauschbar.Finding{Criterion: "ZZ-01", Code: "any", Severity: "hint"}
	unwordedQuestion := austauschbar.Finding{Criterion: "ZZ-01", Code: "any", Severity: "question"}
	common := austauschbar.Finding{Criterion: "EX-02", Code: "optional", Severity: "hint"}
	commonQuestion := austauschbar.Finding{Criterion: "EX-02", Code: "optional", Severity: "question"}
	for name, test := range map[string]struct {
		finding austauschbar.Finding
		want    string
	}{
		"for any":          {common, "Was hier steht, ist nur als Option vorgesehen; verlangt ist es nicht."},
		"question for any": {commonQuestion, "Soll das, was hier steht, nur eine Option sein, oder verlangen Sie es?"},
		"statement":        {missing, "Die Unterlagen verlangen kein Exit-Konzept."},
		"question":         {unsure, "Verlangen die Unterlagen ein Exit-Konzept? Es war keines zu erkennen."},
		"general":          {unworded, "Das Kriterium „Draft “title” here“ ist nach den gelesenen Unterlagen erst teilweise erfüllt."},
		"general question": {unwordedQuestion, "Bitte prüfen Sie, ob dies zutrifft: Das Kriterium „Draft “title” here“ ist nach den gelesenen Unterlagen erst teilweise erfüllt."},
	} {
		t.Run(name, func(t *testing.T) {
			review := austauschbar.Review{
				Criteria: []austauschbar.Criterion{{ID: "EX-02", Rating: "not_met"}, {ID: "ZZ-01", Rating: "partly", Title: "Draft “title” here"}},
				Findings: []austauschbar.Finding{test.finding},
			}
			got, err := words.Fill(review)
			if err != nil {
				t.Fatal(err)
			}
			if got.Findings[0].Message != test.want {
				t.Errorf("%q, want %q", got.Findings[0].Message, test.want)
			}
			if got.Findings[0].Remedy == "" || got.Findings[0].Reason == "" {
				t.Errorf("no remedy or reason: %+v", got.Findings[0])
			}
		})
	}
}

// An architecture demands nothing: it has words of its own, and no clause to add.
func TestArchitectureHasItsOwnWords(t *testing.T) {
	for severity, message := range map[string]string{
		"blocker":  "Die Architektur beschreibt nicht, wie die Lösung oder ihr Betreiber gewechselt wird.",
		"question": "Wie wird die Lösung oder ihr Betreiber gewechselt? Ein Ausstiegskonzept war nicht zu erkennen.",
	} {
		t.Run(severity, func(t *testing.T) {
			review := austauschbar.Review{
				Dossier:  austauschbar.ReviewDossier{Kind: "architecture"},
				Criteria: []austauschbar.Criterion{{ID: "EX-02", Rating: "not_met"}, {ID: "IF-09", Rating: "not_met"}},
				Findings: []austauschbar.Finding{
					{Criterion: "EX-02", Code: "missing", Severity: severity},
					{Criterion: "IF-09", Code: "missing", Severity: severity},
				},
			}
			got, err := load(t, "de").Fill(review)
			if err != nil {
				t.Fatal(err)
			}
			finding, general := got.Findings[0], got.Findings[1]
			if finding.Message != message || finding.Remedy != "Beschreiben Sie den Ausstieg mit Schritten, Rollen, Dauer und Kosten." || finding.Suggestion != "" {
				t.Errorf("%+v", finding)
			}
			if strings.Contains(finding.Reason, "Auftragnehmer") {
				t.Errorf("reason %q speaks of a contractor", finding.Reason)
			}
			if general.Message == "" || general.Remedy == "" {
				t.Errorf("nothing in the place of words of its own: %+v", general)
			}
		})
	}
}

// Whoever makes the thing is told what to do, and demands nothing of anybody.
func TestOwnProjectsDemandNothing(t *testing.T) {
	for name, test := range map[string]struct {
		finding                     austauschbar.Finding
		message, remedy, suggestion string // beginnings
	}{
		"words of its own":      {austauschbar.Finding{Criterion: "CE-06", Code: "access", Severity: "hint"}, "Zugang zum Repository ist vorgesehen; wer den Code", "Legen Sie fest, wo der Quellcode", ""},
		"as in an architecture": {austauschbar.Finding{Criterion: "EX-03", Code: "missing", Severity: "question"}, "Verlangen die Unterlagen", "Beschreiben Sie, wie sich alle Daten", "Alle Daten lassen sich"},
		"no clause to add":      {austauschbar.Finding{Criterion: "IF-02", Code: "missing", Severity: "question"}, "Verlangen die Unterlagen", "Legen Sie die versionierte", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for doubt, asked := range map[string]austauschbar.Finding{
				"told":     {Criterion: "EX-01", Code: "own_project", Severity: "question"},
				"doubtful": {Criterion: "EX-01", Code: "elsewhere", Severity: "question", Args: map[string]any{"doubtful": true, "people": false, "criteria": []string{"EX-01"}}},
			} {
				got, err := load(t, "de").Fill(austauschbar.Review{
					Dossier:  austauschbar.ReviewDossier{Kind: "tender"},
					Findings: []austauschbar.Finding{test.finding, asked},
				})
				if err != nil {
					t.Fatal(err)
				}
				finding := got.Findings[0]
				if !strings.HasPrefix(finding.Message, test.message) || !strings.HasPrefix(finding.Remedy, test.remedy) ||
					!strings.HasPrefix(finding.Suggestion, test.suggestion) || (finding.Suggestion == "") != (test.suggestion == "") {
					t.Errorf("%s: %+v", doubt, finding)
				}
			}
		})
	}
}

// Gains are told only where enough is evidenced for them to mean anything.
func TestStepsNeedEvidence(t *testing.T) {
	criteria := []austauschbar.Criterion{{ID: "EX-03", Rating: "not_met", Gain: 29.2}}
	for coverage, want := range map[float64]int{0.043: 0, 0.199: 0, 0.2: 1, 0.6: 1} {
		words := load(t, "de")
		v, err := words.view(austauschbar.Review{Criteria: criteria, Score: austauschbar.Score{Coverage: coverage}})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(v.Steps); got != want {
			t.Errorf("%d steps at a coverage of %v", got, coverage)
		}
		if little := v.NoSteps == "steps.little"; little != (want == 0) || !words.Defines(v.NoSteps) {
			t.Errorf("says %s at a coverage of %v", v.NoSteps, coverage)
		}
	}
}

// An architecture is not published as a tender is.
func TestArchitectureIsNotPublished(t *testing.T) {
	for _, language := range Languages() {
		for kind, publication := range map[string]bool{"architecture": false, "tender": true} {
			for _, name := range []string{"heading.open", "gates.explained"} {
				text, err := load(t, language).say(name, kind)
				if err != nil {
					t.Fatal(err)
				}
				if got := regexp.MustCompile(`(?i)publi|veröffentlich`).MatchString(text); got != publication {
					t.Errorf("%s, %s of %s: %q", language, name, kind, text)
				}
			}
		}
	}
}

func TestMissingArgumentIsAnError(t *testing.T) {
	review := austauschbar.Review{
		Criteria: []austauschbar.Criterion{{ID: "NE-91"}},
		Findings: []austauschbar.Finding{{ID: "f1", Criterion: "NE-91", Code: "unjustified"}},
	}
	_, err := load(t, "de").Fill(review)
	if err == nil || !strings.Contains(err.Error(), "product") || !strings.Contains(err.Error(), "f1") {
		t.Errorf("error %v does not name the finding and the argument", err)
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New("xx"); err == nil || !strings.Contains(err.Error(), "de, en") {
		t.Errorf("error %v does not name the languages", err)
	}
	if _, err := New(shapes); err == nil {
		t.Error("the shapes are taken for a language")
	}
	words := load(t, "de")
	if err := words.add("again.tmpl", []byte(`{{define "EX-02.title"}}x{{end}}`)); err == nil || !strings.Contains(err.Error(), "EX-02.title") {
		t.Errorf("a name defined twice: %v", err)
	}
	if err := words.add("loose.tmpl", []byte(`words`)); err == nil {
		t.Error("words outside of a define are taken in silence")
	}
}

func TestNumbers(t *testing.T) {
	german, english := load(t, "de"), load(t, "en")
	half := 42.25
	for name, test := range map[string]struct {
		say    func(*Words) (string, error)
		de, en string
	}{
		"score":            {func(w *Words) (string, error) { return w.decimal(54.0) }, "54,0", "54.0"},
		"half up":          {func(w *Words) (string, error) { return w.decimal(half) }, "42,3", "42.3"},
		"half as written":  {func(w *Words) (string, error) { return w.decimal(1.005 * 10) }, "10,1", "10.1"},
		"pointer":          {func(w *Words) (string, error) { return w.decimal(&half) }, "42,3", "42.3"},
		"share":            {func(w *Words) (string, error) { return w.share(0.78125) }, "78,1\u00a0%", "78.1%"},
		"share, half up":   {func(w *Words) (string, error) { return w.share(0.5725) }, "57,3\u00a0%", "57.3%"},
		"percent":          {func(w *Words) (string, error) { return w.percent(15) }, "15\u00a0%", "15%"},
		"thousands":        {func(w *Words) (string, error) { return w.number(json.Number("1200000")) }, "1.200.000", "1,200,000"},
		"year":             {func(w *Words) (string, error) { return w.number(2027) }, "2027", "2027"},
		"decimals":         {func(w *Words) (string, error) { return w.number(-12345.5) }, "-12.345,5", "-12,345.5"},
		"gain":             {func(w *Words) (string, error) { return w.signed(3.25) }, "+3,3", "+3.3"},
		"loss":             {func(w *Words) (string, error) { return w.signed(-3.2) }, "−3,2", "−3.2"},
		"date":             {func(w *Words) (string, error) { return w.date("2026-11-23") }, "23.11.2026", "23 November 2026"},
		"no date":          {func(w *Words) (string, error) { return w.date("bald") }, "bald", "bald"},
		"list":             {func(w *Words) (string, error) { return w.list([]any{"a", "b", "c"}) }, "a, b und c", "a, b and c"},
		"list of one":      {func(w *Words) (string, error) { return w.list([]string{"a"}) }, "a", "a"},
		"one page":         {func(w *Words) (string, error) { return w.say("document.pages", 1) }, "1 Seite", "1 page"},
		"pages":            {func(w *Words) (string, error) { return w.say("document.pages", 2.0) }, "2 Seiten", "2 pages"},
		"unknown id stays": {func(w *Words) (string, error) { return w.name("gap", "on_fire") }, "on_fire", "on_fire"},
	} {
		t.Run(name, func(t *testing.T) {
			for words, want := range map[*Words]string{german: test.de, english: test.en} {
				got, err := test.say(words)
				if err != nil {
					t.Fatal(err)
				}
				if got != want {
					t.Errorf("%s: %q, want %q", words.Language, got, want)
				}
			}
		})
	}
	for _, bad := range []any{"12O", "", nil, "1e999999999", true} {
		if got, err := german.number(bad); err == nil {
			t.Errorf("%v reads as %q", bad, got)
		}
	}
}

func TestCommentKeepsItsLimit(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	many := review.Findings[1]
	for i := range 400 {
		many.ID = "f" + twoDigits(i/100) + twoDigits(i%100)
		review.Findings = append(review.Findings, many)
	}
	var whole, cut bytes.Buffer
	if err := words.Markdown(&whole, review); err != nil {
		t.Fatal(err)
	}
	if err := words.Comment(&cut, review, 65536); err != nil {
		t.Fatal(err)
	}
	if whole.Len() <= 65536 || cut.Len() > 65536 {
		t.Errorf("%d bytes are cut to %d", whole.Len(), cut.Len())
	}
	if !strings.Contains(cut.String(), "und 356 weitere Fundstellen") {
		t.Error("the comment does not say what it leaves out")
	}
	if err := words.Comment(&cut, review, 100); err == nil {
		t.Error("a comment of 100 bytes holds a review")
	}
}

func TestExplain(t *testing.T) {
	review := fixture(t, "review")
	explanations := map[string]Explanation{
		"criterion": {Criterion: review.Criteria[0]},
		"finding":   {Criterion: review.Criteria[0], Findings: []austauschbar.Finding{review.Findings[len(review.Findings)-2]}},
		"draft":     {Criterion: review.Criteria[2]},
	}
	for _, language := range Languages() {
		words := load(t, language)
		for name, explanation := range explanations {
			for _, format := range []Format{FormatTerminal, FormatMarkdown, FormatJSON} {
				file := strings.Join([]string{"explain", name, language, string(format)}, ".")
				t.Run(file, func(t *testing.T) {
					var out bytes.Buffer
					if err := words.Explain(&out, format, explanation, Options{}); err != nil {
						t.Fatal(err)
					}
					golden(t, file, out.Bytes())
				})
			}
		}
	}
}

func TestCatalogue(t *testing.T) {
	criteria := fixture(t, "review").Criteria
	for _, language := range Languages() {
		words := load(t, language)
		for _, format := range []Format{FormatTerminal, FormatMarkdown, FormatJSON} {
			file := strings.Join([]string{"criteria", language, string(format)}, ".")
			t.Run(file, func(t *testing.T) {
				var out bytes.Buffer
				if err := words.Catalogue(&out, format, criteria, Options{}); err != nil {
					t.Fatal(err)
				}
				golden(t, file, out.Bytes())
			})
		}
	}
}

func TestFormatsThatAreNone(t *testing.T) {
	words := load(t, "en")
	var out bytes.Buffer
	if err := words.Explain(&out, "docx", Explanation{}, Options{}); err == nil {
		t.Error("explain takes any format")
	}
	if err := words.Catalogue(&out, "docx", nil, Options{}); err == nil {
		t.Error("the catalogue takes any format")
	}
}

// A review of nothing is still a document: lists are empty, not null.
func TestEmptyReview(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		review, err := words.Fill(austauschbar.Review{})
		if err != nil {
			t.Fatal(err)
		}
		for ending, write := range outputs {
			var out bytes.Buffer
			if err := write(words, &out, review); err != nil {
				t.Errorf("%s: %v", ending, err)
			}
			if ending == "out.json" && bytes.Contains(out.Bytes(), []byte("null")) {
				t.Errorf("null in %s", out.String())
			}
		}
	}
}

func TestShapesHoldNoWords(t *testing.T) {
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	word := regexp.MustCompile(`\pL{2,}`)
	markup := regexp.MustCompile(`</?(details|summary|sub|br|b|svg|title|defs|marker|g|rect|path|text)\b[^>]*>|<details| open|(?i)<!doctype html>|</?(html|head|meta|style|body|main|nav|header|footer|section|h[1-6]|p|a|ul|li|table|thead|tbody|tr|th|td|div|span|code|strong|bdi|caption|figure|figcaption|desc|polygon|line|circle|ol|article|blockquote|dl|dt|dd|mark|polyline|time|label|input|select|option|script)\b[^>]*>|\b(README\.)?md\b`)
	names, err := files.ReadDir(shapes)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := files.ReadFile(shapes + "/" + name.Name())
		if err != nil {
			t.Fatal(err)
		}
		rest := markup.ReplaceAllString(action.ReplaceAllString(string(text), ""), "")
		if found := word.FindAllString(rest, -1); found != nil {
			t.Errorf("%s holds the words %q", name.Name(), found)
		}
	}
}

func TestGaps(t *testing.T) {
	words := load(t, "de")
	for name, test := range map[string]struct {
		gap  austauschbar.Gap
		want string
	}{
		"page":    {austauschbar.Gap{Path: "a.pdf", Reason: "page_unreadable", Detail: "17"}, "a.pdf, Seite 17: nicht lesbar"},
		"pages":   {austauschbar.Gap{Path: "a.pdf", Reason: "page_unreadable", Detail: "3-7"}, "a.pdf, Seiten 3–7: nicht lesbar"},
		"worded":  {austauschbar.Gap{Path: "a.pdf", Reason: "timeout", Detail: "page 4"}, "a.pdf, Seite 4: Lesen dauerte zu lange und wurde abgebrochen"},
		"detail":  {austauschbar.Gap{Path: "a.docx", Reason: "damaged", Detail: "part 3"}, "a.docx: beschädigt (part 3)"},
		"none":    {austauschbar.Gap{Path: "a.docx", Reason: "empty"}, "a.docx: leer"},
		"unknown": {austauschbar.Gap{Path: "a.docx", Reason: "on_fire"}, "a.docx: on_fire"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := words.gap(test.gap)
			if err != nil || got != test.want {
				t.Errorf("%q, %v, want %q", got, err, test.want)
			}
		})
	}
}
