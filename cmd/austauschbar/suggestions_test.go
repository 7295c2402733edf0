package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/manifest"
	"github.com/austauschbar/austauschbar/templates"
)

// wordsOnce loads the words of a language once for all reviews.
var wordsOnce = map[string]func() (*templates.Words, error){
	"de": sync.OnceValues(func() (*templates.Words, error) { return templates.New("de") }),
	"en": sync.OnceValues(func() (*templates.Words, error) { return templates.New("en") }),
}

// judged is a review of documents given by path and text, in which whatever has a place
// is put as a finding: the wordings must hold however sure the policies are.
func judged(t *testing.T, documents map[string]string, language string) austauschbar.Review {
	t.Helper()
	r, err := loadRules(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var dossier austauschbar.Dossier
	documents = maps.Clone(documents)
	if _, ok := documents[manifest.Name]; !ok {
		documents[manifest.Name] = declared
	}
	for _, path := range slices.Sorted(maps.Keys(documents)) {
		text := documents[path]
		dossier.Documents = append(dossier.Documents, austauschbar.Document{Path: path, Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return []byte(text), nil }})
	}
	facts, err := r.reader.Facts(t.Context(), dossier, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	review, err := r.judge.Judge(t.Context(), facts, profileFor("", facts, r.judge.Profiles()), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, finding := range review.Findings {
		if finding.Severity == "question" && finding.Evidence != nil {
			review.Findings[i].Severity = "minor"
		}
	}
	words, err := wordsOnce[language]()
	if err != nil {
		t.Fatal(err)
	}
	if review, err = words.Fill(review); err != nil {
		t.Fatal(err)
	}
	return review
}

// takenUp is a dossier in which suggestions stand in the place of their quotes or, where
// something is missing, in a chapter at the end; nil where a line of a document does not
// hold the quote as it was read.
func takenUp(documents map[string]string, findings ...austauschbar.Finding) map[string]string {
	changed := maps.Clone(documents)
	path := slices.Min(slices.Collect(maps.Keys(documents)))
	for _, finding := range findings {
		if finding.Code == "missing" {
			changed[path] += "\n\n# Anlage\n\n" + finding.Suggestion + "\n"
			continue
		}
		at := finding.Evidence
		lines := strings.Split(changed[at.Path], "\n")
		if at.Line == 0 || strings.Count(lines[at.Line-1], at.Quote) != 1 {
			return nil
		}
		lines[at.Line-1] = strings.Replace(lines[at.Line-1], at.Quote, finding.Suggestion, 1)
		changed[at.Path] = strings.Join(lines, "\n")
	}
	return changed
}

// places counts the places of each finding: one that tells of several has their count.
// A product that is named without reasons stays one such, whether the addition stands
// beside it or not, and training that nobody owes lacks as much where a handover is
// agreed.
func places(review austauschbar.Review) map[string]int {
	counts := map[string]int{}
	for _, finding := range review.Findings {
		code := finding.Criterion + "." + finding.Code
		switch code {
		case "NE-01.equivalent_only":
			code = "NE-01.named"
		case "LI-08.handover_only":
			code = "LI-08.no_transfer"
		}
		name, _ := finding.Args["name"].(string)
		count, _ := finding.Args["count"].(float64)
		counts[strings.TrimSpace(code+" "+name)] += max(1, int(count))
	}
	return counts
}

// faults tells what is wrong with suggestions: their finding stays, or a new one comes.
// Where nothing was said before, a finding on what is said now is a step ahead and no
// fault, as long as the criterion is at least partly met; the suggestion's own criterion
// is held to all of it.
func faults(before, after austauschbar.Review, findings ...austauschbar.Finding) []string {
	var wrong []string
	was, is := places(before), places(after)
	own := places(austauschbar.Review{Findings: findings})
	ahead := stepsAhead(before, after, findings)
	for key, count := range is {
		criterion, _, _ := strings.Cut(key, ".")
		switch {
		case own[key] > 0 && count >= was[key]:
			wrong = append(wrong, "stays: "+key)
		case count > was[key] && !ahead[criterion]:
			wrong = append(wrong, "comes: "+key)
		}
	}
	slices.Sort(wrong)
	return wrong
}

// stepsAhead are the criteria on which nothing was said before, whether that was a
// finding or not, and that are met or partly met now, and those that were not asked
// before and that the new words raise: whoever agrees on publication is asked how;
// without those of the findings whose suggestions were taken up.
func stepsAhead(before, after austauschbar.Review, findings []austauschbar.Finding) map[string]bool {
	ahead := map[string]bool{}
	for i, was := range before.Criteria { // both reviews list all criteria in one order
		rating := after.Criteria[i].Rating
		asked := slices.ContainsFunc(before.Findings, func(f austauschbar.Finding) bool { return f.Criterion == was.ID })
		raised := !asked && len(after.Criteria[i].Evidence) == 0
		ahead[was.ID] = raised || silent(before, was) && (rating == austauschbar.Met || rating == austauschbar.Partly)
	}
	for _, finding := range findings {
		ahead[finding.Criterion] = false
	}
	return ahead
}

// silent says that a criterion applies, and that the documents do not speak of it.
func silent(review austauschbar.Review, criterion austauschbar.Criterion) bool {
	said := slices.ContainsFunc(review.Findings, func(f austauschbar.Finding) bool {
		return f.Criterion == criterion.ID && f.Code != "missing"
	})
	return criterion.Rating != austauschbar.NotApplicable && len(criterion.Evidence) == 0 && !said
}

// declared is what the manifest of each dossier says: all papers are here. A clause that
// is put in place would else tell of an award or a contract that was not told of before,
// and what belongs there would be asked for.
const declared = "complete: true\naward: true\noperator: supplier\ncontract: {kind: service}\n"

// lead makes the language of a short document known.
var lead = map[string]string{
	"de": "# Leistungsbeschreibung\n\nDer Auftragnehmer erbringt die Leistung für die Verwaltung der Stadt und für die Schulen.\n\n",
	"en": "# Specification\n\nThe supplier shall provide the service for the administration of the city and for the schools.\n\n",
}

// termLater speaks of a contract's term without its length.
var termLater = map[string]string{
	"de": "Die Vertragslaufzeit wird im Vertrag festgelegt.",
	"en": "The contract term will be agreed after award.",
}

// Whoever follows a suggestion is rid of the finding and gets no new one, whatever code
// it is of. It is in the language of the document, which the reader need not share.
func TestSuggestions(t *testing.T) {
	data, err := os.ReadFile("testdata/suggestions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]map[string]string // by language and code
	if err := yaml.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	reader := map[string]string{"de": "en", "en": "de"}
	for language, codes := range texts {
		for _, code := range suggesting(t, language) {
			t.Run(language+"/"+code, func(t *testing.T) {
				t.Parallel()
				text := codes[code]
				if missing := strings.HasSuffix(code, ".missing"); missing == (text != "") {
					t.Fatal("each code but those of what is missing needs a text in testdata/suggestions.yaml")
				}
				documents := map[string]string{"a.md": lead[language] + strings.ReplaceAll(text, "\n", "\n\n") + "\n"}
				if code == "CE-02.missing" { // a complete dossier without a word on renewal has none; one without a term is asked for that
					documents["a.md"] += "\n" + termLater[language] + "\n"
					documents[manifest.Name] = strings.Replace(declared, "complete: true\n", "roles: {a.md: contract}\n", 1)
				}
				follow(t, documents, reader[language], code)
			})
		}
	}
}

// suggesting lists the codes for which a language has a wording for tenders.
func suggesting(t *testing.T, language string) []string {
	t.Helper()
	words, err := templates.New(language)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, name := range words.Names() {
		for _, part := range []string{".suggestion", ".addition", ".for_name", ".behind_name"} {
			if code, ok := strings.CutSuffix(name, part); ok && strings.Contains(code, "-") && !strings.HasSuffix(code, ".own_project") {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// follow puts the first suggestion for a code in its place.
func follow(t *testing.T, documents map[string]string, reader, code string) {
	t.Helper()
	before := judged(t, documents, reader)
	of := func(f austauschbar.Finding) bool { return f.Criterion+"."+f.Code == code && f.Suggestion != "" }
	i := slices.IndexFunc(before.Findings, of)
	if i < 0 {
		t.Fatalf("no suggestion; findings: %v", places(before))
	}
	changed := takenUp(documents, before.Findings[i])
	if changed == nil {
		t.Fatalf("no place for %q", before.Findings[i].Suggestion)
	}
	for _, fault := range faults(before, judged(t, changed, reader), before.Findings[i]) {
		t.Errorf("%s, after %q", fault, before.Findings[i].Suggestion)
	}
}

// So it is in whole documents: with each suggestion in its place, one after the other,
// and with all clauses that are missing at the end. A line that holds its quote in
// another notation is left out.
func TestSuggestionsInDocuments(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(corpus, "tenders", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Log("corpus is absent: only the example is checked")
	}
	tried := 0
	for _, file := range append(files, filepath.Join(example, "Anlage-Schnittstellen.md")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		documents := map[string]string{filepath.Base(file): string(text)}
		before := judged(t, documents, "de")
		var missing []austauschbar.Finding
		try := func(findings ...austauschbar.Finding) {
			changed := takenUp(documents, findings...)
			if len(findings) == 0 || changed == nil {
				return
			}
			tried++
			for _, fault := range faults(before, judged(t, changed, "de"), findings...) {
				t.Errorf("%s: %s, after %q", filepath.Base(file), fault, findings[0].Suggestion)
			}
		}
		for _, finding := range before.Findings {
			switch {
			case finding.Suggestion == "":
			case finding.Code == "missing":
				missing = append(missing, finding)
			default:
				try(finding)
			}
		}
		try(missing...)
	}
	if tried == 0 {
		t.Error("there was nothing to suggest")
	}
}
