package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/austauschbar/austauschbar"
)

// A trap is wording that looks like a weakness, or like a strength, and is none:
// one file in testdata/traps. docs/lexicon.md says how to add a case.
type trap struct {
	Trap  string `yaml:"trap"`
	Only  string `yaml:"only"` // the language in which alone it occurs; "" for both
	Why   string `yaml:"why"`  // it occurs in no other
	Cases []trapCase
}

// A trapCase is a document and its twin, in which a few words differ.
type trapCase struct {
	Name      string
	Language  string
	Situation string // where such text stands in real dossiers
	File      string // the document's name; its ending tells what document is made of
	Manifest  string // of the dossier; "" for none
	Document  string
	Never     []string          // "NE-01.named", a criterion's finding, or "escrow.met", what a demand says of a topic: in the twin alone
	Still     []string          // what is found in the document all the same, written likewise
	Ratings   map[string]string // of the document, by criterion
	Twin      struct {
		Replace map[string]string
		Ratings map[string]string // each differs from the document's
	}
}

// casesPerLanguage is how many situations try a trap, at least.
const casesPerLanguage = 3

// What a trap holds is not found, and is where a few words make it real.
func TestTraps(t *testing.T) {
	rules, err := loadRules(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/traps/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no traps: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			set := readTrap(t, file)
			checkLanguages(t, set)
			for _, c := range set.Cases {
				t.Run(c.Language+" "+c.Name, func(t *testing.T) { c.check(t, rules) })
			}
		})
	}
}

func readTrap(t *testing.T, file string) trap {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var set trap
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&set); err != nil {
		t.Fatal(err)
	}
	return set
}

func checkLanguages(t *testing.T, set trap) {
	t.Helper()
	if set.Trap == "" || (set.Only == "") != (set.Why == "") {
		t.Error("a trap has a title, and where it occurs in one language only, says why")
	}
	for _, language := range []string{"de", "en"} {
		count := 0
		for _, c := range set.Cases {
			if c.Language == language {
				count++
			}
		}
		if count < casesPerLanguage && (set.Only == "" || set.Only == language) {
			t.Errorf("%d cases in %s, want %d", count, language, casesPerLanguage)
		}
	}
}

func (c trapCase) check(t *testing.T, rules rules) {
	if c.Situation == "" || len(c.Never)+len(c.Ratings) == 0 || len(c.Twin.Replace) == 0 {
		t.Fatal("a case has a situation, what is never found or how a criterion is rated, and a twin")
	}
	review, said := c.review(t, rules, c.Document)
	twin, twinSaid := c.review(t, rules, c.twin(t))
	for _, what := range c.Still {
		if !slices.Contains(said, what) {
			t.Errorf("%s is not found among %v", what, said)
		}
	}
	for _, what := range c.Never {
		if slices.Contains(said, what) {
			t.Errorf("%s is found", what)
		}
		if !slices.Contains(twinSaid, what) {
			t.Errorf("twin: %s is not found among %v", what, twinSaid)
		}
	}
	if len(c.Ratings) != len(c.Twin.Ratings) {
		t.Error("document and twin have ratings of the same criteria")
	}
	for id, want := range c.Ratings {
		if got := ratingOf(review, id); got != want {
			t.Errorf("%s is rated %q, want %q", id, got, want)
		}
		other, named := c.Twin.Ratings[id]
		if !named || other == want {
			t.Errorf("twin: %s is to be rated %q, which must differ from the document", id, other)
		}
		if got := ratingOf(twin, id); got != other {
			t.Errorf("twin: %s is rated %q, want %q", id, got, other)
		}
	}
	if t.Failed() {
		t.Logf("document: %v", said)
	}
}

// twin is the document with the words that make the trap real.
func (c trapCase) twin(t *testing.T) string {
	text := c.Document
	for from, to := range c.Twin.Replace {
		if strings.Count(c.Document, from) != 1 {
			t.Fatalf("twin: %q stands %d times in the document, want once", from, strings.Count(c.Document, from))
		}
		text = strings.Replace(text, from, to, 1)
	}
	return text
}

// review judges a document, and lists the codes of its findings and what its
// demands say of topics.
func (c trapCase) review(t *testing.T, rules rules, text string) (austauschbar.Review, []string) {
	t.Helper()
	stations, err := (&app{stderr: new(bytes.Buffer)}).stations(rules, judging{today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), only: c.criteria()})
	if err != nil {
		t.Fatal(err)
	}
	dossier := austauschbar.Dossier{Documents: []austauschbar.Document{document(c.file(), c.content(t, text))}}
	if c.Manifest != "" {
		dossier.Documents = append(dossier.Documents, document("dossier.yaml", []byte(c.Manifest)))
	}
	facts, err := stations.Read(t.Context(), dossier)
	if err != nil {
		t.Fatal(err)
	}
	if len(facts.Gaps) > 0 {
		t.Fatalf("gaps: %v", facts.Gaps)
	}
	review, err := stations.Judge(t.Context(), facts)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, finding := range review.Findings {
		said = append(said, finding.Criterion+"."+finding.Code)
	}
	for topic, hits := range facts.Topics {
		for _, hit := range hits {
			if hit.Role == "requirement" {
				said = append(said, topic+"."+hit.Polarity)
			}
		}
	}
	slices.Sort(said)
	return review, slices.Compact(said)
}

var criterionID = regexp.MustCompile(`^[A-Z]{2}-\d\d`)

// criteria lists those that the case speaks of.
func (c trapCase) criteria() []string {
	var ids []string
	for _, what := range slices.Concat(c.Never, c.Still) {
		if id := criterionID.FindString(what); id != "" {
			ids = append(ids, id)
		}
	}
	for id := range c.Ratings {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		ids = []string{"NE-01"} // of a case that looks at topics only
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func ratingOf(review austauschbar.Review, id string) string {
	for _, criterion := range review.Criteria {
		if criterion.ID == id {
			return criterion.Rating
		}
	}
	return ""
}

func document(path string, data []byte) austauschbar.Document {
	return austauschbar.Document{Path: path, Size: int64(len(data)), Load: func(context.Context) ([]byte, error) { return data, nil }}
}

func (c trapCase) file() string {
	switch {
	case c.File != "":
		return c.File
	case c.Language == "de":
		return "leistungsbeschreibung.md"
	}
	return "specification.md"
}

// content makes a file of a text: of a docx, what stands within the body of its main
// part; of a PDF, lines, a page ending at a line "---".
func (c trapCase) content(t *testing.T, text string) []byte {
	t.Helper()
	switch filepath.Ext(c.file()) {
	case ".docx":
		return docxOf(t, text)
	case ".pdf":
		return pdfOf(t, text)
	}
	return []byte(text)
}
