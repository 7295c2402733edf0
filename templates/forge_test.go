package templates

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

func written(t testing.TB, write func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func summarised(t testing.TB, words *Words, input SummaryInput, limit int) string {
	t.Helper()
	return written(t, func(out *bytes.Buffer) error { return words.Summary(out, input, limit) })
}

// resolved is a review of a change that leaves nothing to do.
func resolved(t testing.TB, words *Words) austauschbar.Review {
	review := filled(t, words, "clean")
	review.Findings = nil
	review.Score.OpenGates = nil
	review.Delta = &austauschbar.Delta{New: []string{}, Fixed: []string{"a", "b"}}
	before := 61.5
	review.Delta.Base.Overall, review.Delta.Base.Level = &before, "D"
	return review
}

func TestSummaries(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		two := []austauschbar.Review{filled(t, words, "review"), filled(t, words, "provisional")}
		two[1].Dossier.Title, two[1].Dossier.Path = "", "ausschreibungen/ratsinformation"
		two[1].Delta = &austauschbar.Delta{New: []string{"5b0c1f9e22a47d10"}, Fixed: []string{}}
		for name, input := range map[string]SummaryInput{
			"two":      {Reviews: two, Notes: []string{WaiversChanged, PoliciesChanged}},
			"fork":     {Reviews: two[1:], Degraded: ForkToken},
			"resolved": {Reviews: []austauschbar.Review{resolved(t, words)}},
			"none":     {},
		} {
			t.Run(name+"."+language, func(t *testing.T) {
				golden(t, strings.Join([]string{"summary", name, language, "md"}, "."), []byte(summarised(t, words, input, 65000)))
				check := written(t, func(out *bytes.Buffer) error { return words.CheckSummaries(out, input, 65000) })
				if strings.Contains(check, "<details") {
					t.Error("a check has folded parts")
				}
			})
		}
	}
}

func TestSummaryOfOneIsItsComment(t *testing.T) {
	words := load(t, "de")
	for _, name := range []string{"review", "provisional", "clean"} {
		review := filled(t, words, name)
		whole := written(t, func(out *bytes.Buffer) error { return words.Markdown(out, review) })
		if summarised(t, words, SummaryInput{Reviews: []austauschbar.Review{review}}, 65000) != whole {
			t.Errorf("%s: the summary of one dossier is not its comment", name)
		}
	}
}

func TestSummaryTells(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	unbased := review
	unbased.Delta = &austauschbar.Delta{}
	for _, finding := range review.Findings {
		unbased.Delta.New = append(unbased.Delta.New, finding.ID)
	}
	worse := review
	worse.Delta = &austauschbar.Delta{Fixed: []string{"x"}, Ratings: []austauschbar.RatingChange{
		{ID: "CE-94", From: "met", To: "not_met"}, {ID: "AI-96", From: "partly", To: "not_evidenced"}, {ID: "EX-97", From: "not_met", To: "partly"},
	}}
	for i, finding := range review.Findings {
		if i > 0 && finding.Waiver == nil {
			worse.Delta.New = append(worse.Delta.New, finding.ID)
		}
	}
	for name, test := range map[string]struct {
		input SummaryInput
		want  []string // in this order
		never string
	}{
		"new findings first": {SummaryInput{Reviews: []austauschbar.Review{review}},
			[]string{"38,1 → 42,2 Punkte", "1 neuer Befund, 2 behoben, 11 unverändert", "Besser: **IF-99", "**Neue Befunde**", "c1c2c3c4c5c6c7c8", "### Vor der Veröffentlichung", " · neu · "}, "Schlechter"},
		"many": {SummaryInput{Reviews: []austauschbar.Review{worse}},
			[]string{"11 neue Befunde, 1 behoben, 1 unverändert", "Besser: **EX-97", "Schlechter: **CE-94", "Anders: **AI-96", "und 1 weiterer neuer Befund"}, "ist neu"},
		"new dossier":    {SummaryInput{Reviews: []austauschbar.Review{unbased}}, []string{"Dieses Dossier ist neu"}, " · neu"},
		"resolved":       {SummaryInput{Reviews: []austauschbar.Review{resolved(t, words)}}, []string{"- 2 Befunde behoben", "**Kein Befund ist mehr offen.**"}, "### Vor der Veröffentlichung"},
		"all notes":      {SummaryInput{Reviews: []austauschbar.Review{review}, Notes: []string{WaiversChanged, ConfigChanged, PoliciesChanged, ConfigChanged}}, []string{"betrifft auch die Konfiguration, die Regeln und die Ausnahmen."}, "weggelassen"},
		"fork":           {SummaryInput{Reviews: []austauschbar.Review{review, review}, Degraded: ForkToken}, []string{"2 Dossiers", "aus einem Fork", "| Dossier |"}, "Zielzweig"},
		"without review": {SummaryInput{}, []string{"Keine Unterlagen"}, "|"},
	} {
		t.Run(name, func(t *testing.T) {
			for shape, write := range map[string]func(*bytes.Buffer) error{
				"comment": func(out *bytes.Buffer) error { return words.Summary(out, test.input, 65000) },
				"check":   func(out *bytes.Buffer) error { return words.CheckSummaries(out, test.input, 65000) },
			} {
				text := written(t, write)
				rest := text
				for _, want := range test.want {
					_, after, found := strings.Cut(rest, want)
					if !found && !(shape == "check" && want == " · neu · ") {
						t.Fatalf("%s: %q is not told, or too late, in\n%s", shape, want, text)
					}
					if found {
						rest = after
					}
				}
				if strings.Contains(text, test.never) {
					t.Errorf("%s tells %q", shape, test.never)
				}
			}
		})
	}
}

func TestSummaryRefusesUnknownCodes(t *testing.T) {
	words := load(t, "de")
	var out bytes.Buffer
	if err := words.Summary(&out, SummaryInput{Notes: []string{"moon_changed"}}, 65000); err == nil || !strings.Contains(err.Error(), "moon_changed") {
		t.Errorf("an unknown note: %v", err)
	}
	if err := words.Summary(&out, SummaryInput{Degraded: "moon"}, 65000); err == nil || !strings.Contains(err.Error(), "moon") {
		t.Errorf("an unknown reason: %v", err)
	}
}

// However much there is to tell: the limit holds, what is left out is said, and
// what is folded is closed.
func TestSummaryKeepsItsLimit(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	for i := range 200 {
		gap := review.Gaps[0]
		gap.Path = strings.Repeat("x", 60)
		review.Gaps = append(review.Gaps, gap)
		more := review.Findings[1]
		more.ID = fmt.Sprintf("f%04d", i)
		review.Findings = append(review.Findings, more)
	}
	reviews := func(n int) SummaryInput {
		return SummaryInput{Reviews: slices.Repeat([]austauschbar.Review{review}, n)}
	}
	for name, test := range map[string]struct {
		input SummaryInput
		limit int
		want  string
	}{
		"few findings":  {reviews(1), 90000, "weitere Fundstellen"},
		"no details":    {reviews(1), 20000, "Die Einzelheiten fehlen hier"},
		"some reviews":  {reviews(3), 70000, "Für 2 Dossiers fehlen hier die Einzelheiten"},
		"table alone":   {reviews(9), 9000, "Für 9 Dossiers fehlen hier die Einzelheiten"},
		"few rows":      {reviews(300), 30000, "weitere Dossiers"},
		"hardly a word": {reviews(100), 2000, "weitere Dossiers"},
	} {
		t.Run(name, func(t *testing.T) {
			for shape, write := range map[string]func(*bytes.Buffer) error{
				"comment": func(out *bytes.Buffer) error { return words.Summary(out, test.input, test.limit) },
				"check":   func(out *bytes.Buffer) error { return words.CheckSummaries(out, test.input, test.limit) },
			} {
				text := written(t, write)
				if len(text) > test.limit {
					t.Errorf("%s: %d bytes, limit %d", shape, len(text), test.limit)
				}
				if shape == "comment" && !strings.Contains(text, test.want) {
					t.Errorf("%s does not tell %q", shape, test.want)
				}
				checkComment(t, text)
			}
		})
	}
	var out bytes.Buffer
	if err := words.Summary(&out, reviews(2), 100); err == nil || out.Len() > 0 {
		t.Errorf("100 bytes hold a summary: %v, %d bytes written", err, out.Len())
	}
}

func TestRemarks(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	byID := func(id string) austauschbar.Finding {
		return review.Findings[slices.IndexFunc(review.Findings, func(f austauschbar.Finding) bool { return f.ID == id })]
	}
	lined, unlined, silent, unsure := byID("aa10bb20cc30dd40"), byID("ne91000000000000"), byID("5b0c1f9e22a47d10"), byID("f0f1f2f3f4f5f6f7")
	unsure.Confidence = 0.6
	sibling := unlined
	sibling.ID, sibling.Criterion = "ne9100000000000f", "EX-97"
	elsewhere := func(out *bytes.Buffer) error {
		return words.RemarksElsewhere(out, review, []austauschbar.Finding{lined})
	}
	remarks := func(findings ...austauschbar.Finding) func(*bytes.Buffer) error {
		return func(out *bytes.Buffer) error { return words.Remarks(out, review, findings) }
	}
	for name, test := range map[string]struct {
		write func(*bytes.Buffer) error
		want  map[string]int
	}{
		"at its line":        {remarks(lined), map[string]int{"**Wesentlich · IF-92 Schnittstellen ohne Zusatzentgelt**": 1, "Adapter": 0, "Zeile 120": 0, "Punkte": 0, "Kennung `aa10bb20cc30dd40`": 1, "[§ 16a EGovG](<": 1}},
		"elsewhere":          {elsewhere, map[string]int{"Adapter": 1, "architektur/loesung.md, Zeile 120": 1}},
		"without lines":      {remarks(unlined), map[string]int{"> „Die Datenhaltung erfolgt in Oracle": 1, "Absatz 40": 1, "**Abhilfe:**": 1, "Sicherheit": 0}},
		"nowhere":            {remarks(silent), map[string]int{"> <sub>In 4 gelesenen Dokumenten nicht gefunden.": 1, "**Formulierungsvorschlag:**\n\n> Der Bieter": 1}},
		"unsure":             {remarks(unsure), map[string]int{"Sicherheit der Erkennung: 60\u00a0%": 1, "**Frage · EX-02": 1}},
		"several, one place": {remarks(unlined, sibling), map[string]int{"> „Die Datenhaltung": 1, "**Grund:**": 2, "\n---\n": 1, "Kennung `": 2, "Punkte": 0}},
		"one criterion":      {remarks(unlined, byID("ne91000000000001")), map[string]int{"> „Die Datenhaltung": 2, "**Grund:**": 1, "Punkte": 0}},
		"none":               {remarks(), map[string]int{"*": 0}},
	} {
		t.Run(name, func(t *testing.T) {
			text := written(t, test.write)
			for part, want := range test.want {
				if got := strings.Count(text, part); got != want {
					t.Errorf("%q is told %d times, want %d, in\n%s", part, got, want, text)
				}
			}
		})
	}
	for _, finding := range review.Findings {
		if text := written(t, remarks(finding)); utf8.RuneCountInString(text) > 1200 {
			t.Errorf("the remark of %s has %d characters", finding.ID, utf8.RuneCountInString(text))
		}
	}
}

func TestCheckTitles(t *testing.T) {
	german, english := load(t, "de"), load(t, "en")
	bad, provisional, clean := filled(t, german, "review"), filled(t, german, "provisional"), filled(t, german, "clean")
	clean.Score.OpenGates = nil
	for name, test := range map[string]struct {
		reviews []austauschbar.Review
		de, en  string
	}{
		"level":       {[]austauschbar.Review{bad}, "Stufe E, 42,2 Punkte, 5 offene Muss-Kriterien", "Level E, 42.2 points, 5 open mandatory criteria"},
		"provisional": {[]austauschbar.Review{provisional}, "Vorläufig 25,0 Punkte, 1 offenes Muss-Kriterium", "Provisional 25.0 points, 1 open mandatory criterion"},
		"unrated":     {[]austauschbar.Review{{}}, "Noch keine Bewertung", "Not rated yet"},
		"clean":       {[]austauschbar.Review{clean}, "Stufe A, 100,0 Punkte, kein offenes Muss-Kriterium", "Level A, 100.0 points, no open mandatory criterion"},
		"several":     {[]austauschbar.Review{clean, bad, {}}, "3 Dossiers, schlechteste Stufe E, 1 ohne Stufe, 5 offene Muss-Kriterien", "3 dossiers, worst level E, 1 without a level, 5 open mandatory criteria"},
		"none":        {nil, "Keine Unterlagen zu prüfen", "No documents to review"},
	} {
		t.Run(name, func(t *testing.T) {
			for words, want := range map[*Words]string{german: test.de, english: test.en} {
				got, err := words.CheckTitle(test.reviews...)
				if err != nil || got != want {
					t.Errorf("%q, %v, want %q", got, err, want)
				}
			}
		})
	}
}

func TestAnnotations(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	title, message, err := words.Annotation(review.Findings[0])
	if err != nil || title != "Blockierend · EX-02 Exit-Konzept" ||
		message != "Die Unterlagen verlangen kein Exit-Konzept.\n\nAbhilfe: Fordern Sie mit dem Angebot ein Exit-Konzept (Schritte, Rollen, Dauer, Kosten), und lassen Sie den Ausstieg erproben (EX-07)." {
		t.Errorf("%q, %q, %v", title, message, err)
	}
	long := review.Findings[0]
	long.Message, long.Criterion = strings.Repeat("ö", 70000), strings.Repeat("Ö", 300)
	title, message, err = words.Annotation(long)
	if err != nil || utf8.RuneCountInString(title) != 255 || len(message) > 64*1024 || !utf8.ValidString(message) || !strings.HasSuffix(message, "…") {
		t.Errorf("%d characters, %d bytes, %v", utf8.RuneCountInString(title), len(message), err)
	}
}

func TestSourcesInBrief(t *testing.T) {
	for description, want := range map[string]string{
		"§ 31 Abs. 6 VgV: Produktneutralität (Fassung vor dem 1. Juli 2026)":                                   "§ 31 Abs. 6 VgV",
		"Data Act, Verordnung (EU) 2023/2854, Art. 30 Abs. 5, Export in einem strukturierten, gängigen Format": "Data Act, Verordnung (EU) 2023/2854, Art. 30 Abs. 5",
		"AV-09 Digitale Souveränität": "AV-09 Digitale Souveränität",
		strings.Repeat("Wörter ", 20): strings.TrimSpace(strings.Repeat("Wörter ", 8)) + " …",
		strings.Repeat("ö", 200):      strings.Repeat("ö", 60) + " …",
		"":                            "",
		"@name: siehe #1 (Neu)":       "@name",
	} {
		if got := inBrief(description); got != want {
			t.Errorf("%q is %q, want %q", description, got, want)
		}
	}
}

// said gives all that the words write for a forge.
func said(t testing.TB, words *Words, review austauschbar.Review) string {
	t.Helper()
	var out bytes.Buffer
	for _, write := range []func() error{
		func() error { return words.Summary(&out, SummaryInput{Reviews: []austauschbar.Review{review}}, 1<<20) },
		func() error {
			return words.Summary(&out, SummaryInput{Reviews: []austauschbar.Review{review, review}}, 1<<20)
		},
		func() error { return words.CheckSummary(&out, review, 1<<20) },
		func() error { return words.Remarks(&out, review, review.Findings) },
		func() error { return words.RemarksElsewhere(&out, review, review.Findings) },
		func() error { return words.Markdown(&out, review) },
		func() error { return words.Terminal(&out, review, Options{Width: 500}) },
		func() error { return words.JSON(&out, review) },
		func() error { return words.JUnit(&out, []austauschbar.Review{review}) },
		func() error { return words.CodeQuality(&out, []austauschbar.Review{review}) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	title, err := words.CheckTitle(review)
	if err != nil {
		t.Fatal(err)
	}
	out.WriteString(title)
	for _, finding := range review.Findings {
		title, message, err := words.Annotation(finding)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(title + "\n" + message + "\n")
	}
	explanation := Explanation{Criterion: review.Criteria[0], Findings: review.Findings}
	preview := Preview{Failure: "load waivers.yaml: " + mark}
	for _, write := range []func() error{
		func() error { return words.Explain(&out, FormatMarkdown, explanation, Options{}) },
		func() error { return words.ExplainForge(&out, explanation, 1<<20) },
		func() error { return words.Rechecked(&out, []austauschbar.Review{review}, "4f2a9c1") },
		func() error { return words.Summary(&out, SummaryInput{Previews: []Preview{preview}}, 1<<20) },
		func() error {
			_, summary, err := words.Failed("read a.docx: " + mark)
			out.WriteString(summary)
			return err
		},
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	for _, finding := range review.Findings {
		if err := words.WaiverProposal(&out, WaiverProposal{Finding: finding}); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

const mark = "VERTRAULICHES"

var (
	codeName   = regexp.MustCompile(`^([A-Z]{2}-\d+)\.([a-z_]+)$`)
	aText      = regexp.MustCompile(`\b(?:quote|date|with) \.([a-z_]+)`)
	aList      = regexp.MustCompile(`(?:\blist|:=) \.([a-z_]+)`)
	aNumber    = regexp.MustCompile(`\b(?:count|number|percent|share|decimal|plural) \.([a-z_]+)`)
	aCondition = regexp.MustCompile(`\bif (?:gt )?\.([a-z_]+)`)
)

// marked is the fixture with a mark in whatever comes out of documents, and with
// a finding for each code that the language has words for.
func marked(t testing.TB, words *Words) austauschbar.Review {
	t.Helper()
	review := fixture(t, "review")
	review.Dossier.Title = mark
	args := map[string]any{}
	names, err := wordFiles(files, words.Language)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !strings.Contains(name, "/criteria/") {
			continue
		}
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []struct {
			pattern *regexp.Regexp
			value   any
		}{{aCondition, true}, {aNumber, 4711.5}, {aText, mark + " text"}, {aList, []any{mark + " a", mark + " b"}}} {
			for _, found := range kind.pattern.FindAllStringSubmatch(string(text), -1) {
				args[found[1]] = kind.value
			}
		}
	}
	args["count"] = 3.0 // how often is ours
	args["terms"] = map[string]any{"specification": true, "documentation": true, "fees": true, "coverage": true, "versions": true, "openness": true, "hosting": true}
	for i := range review.Findings {
		for name, value := range review.Findings[i].Args {
			if _, isText := value.(string); isText {
				review.Findings[i].Args[name] = mark
			}
		}
	}
	for _, name := range words.Names() {
		found := codeName.FindStringSubmatch(name)
		if found == nil || slices.Contains([]string{"title", "meaning", "evidence", "reason"}, found[2]) || strings.HasPrefix(found[1][3:], "9") {
			continue
		}
		for _, severity := range []string{"major", "question"} {
			review.Findings = append(review.Findings, austauschbar.Finding{
				ID: strings.ToLower(found[1] + "-" + strings.ReplaceAll(found[2], "_", "-") + "-" + severity), Criterion: found[1], Code: found[2],
				Severity: severity, Confidence: 1, Args: args, Evidence: &austauschbar.Evidence{Path: "a.docx", Section: "3.2 Offen", Paragraph: 4},
			})
		}
	}
	for i := range review.Findings {
		finding := &review.Findings[i]
		if finding.Evidence != nil {
			finding.Evidence.Quote = mark + " Wortlaut"
		}
		if finding.Waiver != nil {
			finding.Waiver.Text, finding.Waiver.Evidence = mark, mark
		}
	}
	for i := range review.Contradictions {
		contradiction := &review.Contradictions[i]
		contradiction.About = mark
		for j := range contradiction.Sides {
			side := &contradiction.Sides[j]
			side.Value, side.Name, side.Evidence.Quote = 4711, mark, mark
		}
	}
	for i := range review.Waivers {
		waiver := &review.Waivers[i]
		waiver.Passage, waiver.Text, waiver.Evidence = mark, mark, mark
	}
	for i := range review.Criteria {
		review.Criteria[i].Evidence = []austauschbar.Evidence{{Path: "a.docx", Quote: mark}}
	}
	for i := range review.Gaps {
		review.Gaps[i].Detail = mark
	}
	review, err = words.Fill(review)
	if err != nil {
		t.Fatal(err)
	}
	for i := range review.Findings {
		review.Findings[i].Suggestion = mark
	}
	return review
}

func TestConfidential(t *testing.T) {
	number := regexp.MustCompile(`4[.,]?711`)
	for _, language := range Languages() {
		t.Run(language, func(t *testing.T) {
			words := load(t, language)
			review := marked(t, words)
			before := written(t, func(out *bytes.Buffer) error { return words.JSON(out, review) })
			text := said(t, words.Confidential(), review)
			if at := strings.Index(text, mark); at >= 0 {
				t.Errorf("a text of the documents is told: %q", text[max(0, at-200):at+40])
			}
			if at := number.FindStringIndex(text); at != nil {
				t.Errorf("a number of the documents is told: %q", text[max(0, at[0]-200):at[1]])
			}
			for _, kept := range []string{"Leistungsbeschreibung.docx", "3.2 Offen", "ne91000000000000", "ausschreibungen/gewerbe"} {
				if !strings.Contains(text, kept) {
					t.Errorf("%q is left out", kept)
				}
			}
			open := said(t, words, review)
			if !strings.Contains(open, mark) || !number.MatchString(open) {
				t.Error("nothing is marked")
			}
			if after := written(t, func(out *bytes.Buffer) error { return words.JSON(out, review) }); after != before {
				t.Error("the review that was handed over has changed")
			}
			note, err := words.say("confidential.note", nil)
			if err != nil || !strings.Contains(text, note) || strings.Contains(open, note) {
				t.Error("it is not said that something is left out", err)
			}
		})
	}
}

// Confidential words put "…" in the place of texts, so no words may depend on
// which text it is.
func TestWordsCompareNoTexts(t *testing.T) {
	compares := regexp.MustCompile(`\{\{[^}]*\b(eq|ne|lt|le|ge|index|len|slice)\b[^}]*\}\}`)
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
			if found := compares.Find(text); found != nil && strings.Contains(name, "/criteria/") {
				t.Errorf("%s compares: %s", name, found)
			}
		}
	}
}
