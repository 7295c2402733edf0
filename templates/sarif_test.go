package templates

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/austauschbar/austauschbar"
)

// sarifSchemaOf is OASIS's schema, which tools/sarif/fetch.sh fetches.
func sarifSchemaOf(t *testing.T) *jsonschema.Schema {
	t.Helper()
	folder := os.Getenv("AUSTAUSCHBAR_SARIF_SCHEMA")
	data, err := os.ReadFile(filepath.Join(cmp.Or(folder, filepath.FromSlash("../tmp/sarif")), "sarif.json"))
	if err != nil {
		if folder != "" || os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the schema of SARIF is not there, `make sarif` fetches it: %v", err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(sarifSchema, schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func asSARIF(t testing.TB, words *Words, line Line, reviews ...austauschbar.Review) string {
	t.Helper()
	return written(t, func(out *bytes.Buffer) error { return words.SARIF(out, reviews, line) })
}

func noLine(string, int) string { return "" }

func readSARIF(t testing.TB, text string) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 || log.Version != "2.1.0" {
		t.Fatalf("version %q, %d runs", log.Version, len(log.Runs))
	}
	return log.Runs[0]
}

func TestSARIFIsAsOASISDescribes(t *testing.T) {
	schema := sarifSchemaOf(t)
	check := func(t *testing.T, text string) {
		t.Helper()
		log, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(log); err != nil {
			t.Error(err)
		}
	}
	for _, language := range Languages() {
		words := load(t, language)
		for name, words := range map[string]*Words{"open": words, "confidential": words.Confidential()} {
			t.Run(language+" "+name, func(t *testing.T) {
				check(t, asSARIF(t, words, noLine))
				check(t, asSARIF(t, words, noLine, several(t, words)...))
				check(t, asSARIF(t, words, func(string, int) string { return "a " + oneSuggestion.Evidence.Quote }, suggesting()))
			})
		}
	}
	words := load(t, "en")
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			review := suggesting()
			review.Dossier.Path, review.Dossier.Title = text, text
			for i := range review.Findings {
				review.Findings[i].Message, review.Findings[i].ID = text, text
				review.Findings[i].Evidence = &austauschbar.Evidence{Path: text, Section: text, Cell: text, Quote: text, Line: 3}
			}
			review.Gaps = []austauschbar.Gap{{Path: text, Reason: text, Detail: text}}
			check(t, asSARIF(t, words, func(string, int) string { return text }, review))
		})
	}
	broken := strings.Replace(asSARIF(t, words, noLine, suggesting()), `"ruleIndex"`, `"ruleNumber"`, 1)
	if log, err := jsonschema.UnmarshalJSON(strings.NewReader(broken)); err != nil || schema.Validate(log) == nil {
		t.Errorf("an unknown property is let pass (%v)", err)
	}
}

// oneSuggestion is a finding whose quote is to be replaced.
var oneSuggestion = austauschbar.Finding{
	ID: "ne-01-0123456789", Criterion: "NE-01", Code: "unjustified", Severity: "blocker", Message: "Message", Suggestion: "Use a database.",
	Evidence: &austauschbar.Evidence{Path: "a b/ä:ö.md", Line: 7, Section: "3.2 Export", Place: "a b/ä:ö.md, line 7", Quote: "Use Oracle."},
}

// suggesting is a review of one suggestion, compared with a base.
func suggesting() austauschbar.Review {
	old := oneSuggestion
	old.ID, old.Suggestion, old.Severity = "ne-01-9876543210", "", "question"
	waived := oneSuggestion
	waived.ID, waived.Suggestion = "ne-01-5555555555", ""
	waived.Evidence = &austauschbar.Evidence{Path: "b.xlsx", Page: 2, Cell: "Lose!A!C7", Paragraph: 4, Place: "b.xlsx, page 2"}
	waived.Waiver = &austauschbar.Waiver{Reason: "poc", Text: "Trial", Author: "a@x", Approver: "b@x", Date: "2026-01-01", Expires: "2027-01-01"}
	return austauschbar.Review{
		Dossier:  austauschbar.ReviewDossier{Path: "tender", Documents: []austauschbar.DocumentFact{{Path: "a b/ä:ö.md"}, {Path: "b.xlsx"}}},
		Criteria: []austauschbar.Criterion{{ID: "NE-01", Title: "Product names", Group: "neutrality", Kind: "A", Weight: 9, Rating: "not_met", References: []austauschbar.Reference{{Ref: "https://example.org/law", Description: "Law"}}}},
		Findings: []austauschbar.Finding{oneSuggestion, old, waived},
		Delta:    &austauschbar.Delta{New: []string{oneSuggestion.ID}, Fixed: []string{"ne-01-1111111111"}},
		Gaps:     []austauschbar.Gap{{Path: "c.doc", Reason: "old_format"}, {Path: "d.doc", Reason: "converted"}},
		Policy:   austauschbar.Policy{Digest: "sha256:abc"},
	}
}

func TestSARIFTells(t *testing.T) {
	words := load(t, "en")
	lines := func(path string, line int) string {
		if path != "tender/a b/ä:ö.md" || line != 7 {
			t.Errorf("asked for line %d of %q", line, path)
		}
		return "– Use Oracle. Now."
	}
	run := readSARIF(t, asSARIF(t, words, lines, suggesting()))
	fresh, old, waived := run.Results[0], run.Results[1], run.Results[2]
	for name, got := range map[string][2]any{
		"uri":            {fresh.Locations[0].Physical.Artifact.URI, "tender/a%20b/%C3%A4:%C3%B6.md"},
		"start line":     {fresh.Locations[0].Physical.Region.StartLine, 7},
		"start column":   {fresh.Locations[0].Physical.Region.StartColumn, 3},
		"end column":     {fresh.Locations[0].Physical.Region.EndColumn, 14},
		"snippet":        {fresh.Locations[0].Physical.Region.Snippet.Text, "Use Oracle."},
		"section":        {fresh.Locations[0].Logical[0], sarifLogical{Name: "3.2 Export", Kind: "section"}},
		"level":          {fresh.Level, "error"},
		"new":            {fresh.Baseline, "new"},
		"fix":            {fresh.Fixes[0].Changes[0].Replacements[0].Inserted.Text, "Use a database."},
		"fix at":         {fresh.Fixes[0].Changes[0].Replacements[0].Deleted, sarifRegion{StartLine: 7, StartColumn: 3, EndColumn: 14}},
		"fingerprint":    {fresh.Fingerprints[fingerprint], oneSuggestion.ID},
		"question":       {old.Kind + " " + old.Level, "review none"},
		"unchanged":      {old.Baseline, "unchanged"},
		"nothing to fix": {len(old.Fixes), 0},
		"suppression":    {waived.Suppressions[0].Kind + " " + waived.Suppressions[0].Status, "external accepted"},
		"page":           {waived.Locations[0].Logical[0], sarifLogical{Name: "2", Kind: "page"}},
		"cell":           {waived.Locations[0].Logical[2], sarifLogical{Name: "C7", Qualified: "Lose!A!C7", Kind: "cell"}},
		"no region":      {waived.Locations[0].Physical.Region == nil, true},
		"rule":           {run.Tool.Driver.Rules[fresh.RuleIndex].ID, "NE-01"},
		"gap":            {run.Invocations[0].Notifications[0].Level + " " + run.Invocations[0].Notifications[0].Locations[0].Physical.Artifact.URI, "warning tender/c.doc"},
		"converted":      {run.Invocations[0].Notifications[1].Level, "note"},
		"category":       {run.Automation.ID, "austauschbar/tender/"},
		"digest":         {run.Properties["dossiers"].([]any)[0].(map[string]any)["policyDigest"], "sha256:abc"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %v, want %v", name, got[0], got[1])
		}
	}
	if !strings.Contains(waived.Suppressions[0].Justification, "Trial") {
		t.Errorf("justification %q", waived.Suppressions[0].Justification)
	}
}

// A quote that its line does not hold once and whole has no columns, and nothing is put
// in its place.
func TestSARIFPlacesNoQuoteTwice(t *testing.T) {
	words := load(t, "en")
	for name, line := range map[string]string{"none": "", "another": "Use **Oracle**.", "twice": "Use Oracle. Use Oracle."} {
		result := readSARIF(t, asSARIF(t, words, func(string, int) string { return line }, suggesting())).Results[0]
		if region := result.Locations[0].Physical.Region; region.StartColumn != 0 || region.Snippet != nil || result.Fixes != nil {
			t.Errorf("%s: region %+v, fixes %+v", name, region, result.Fixes)
		}
		if !strings.Contains(result.Message.Text, "Use Oracle.") {
			t.Errorf("%s: the quote is not in %q", name, result.Message.Text)
		}
	}
}

// All findings, contradictions and gaps are told, each with a place and a rule, and the
// same reviews give the same bytes.
func TestSARIFLosesNothing(t *testing.T) {
	words := load(t, "de")
	reviews := several(t, words)
	text := asSARIF(t, words, noLine, reviews...)
	if again := asSARIF(t, words, noLine, append(reviews, reviews[0])...); again != text {
		t.Error("a dossier that is asked for twice is told twice, or in another order")
	}
	run := readSARIF(t, text)
	results, gaps := 0, 0
	told := map[string]bool{}
	for _, review := range reviews {
		if told[review.Dossier.Path] {
			continue
		}
		told[review.Dossier.Path] = true
		results += len(review.Findings) + len(review.Contradictions)
		gaps += len(review.Gaps)
	}
	if len(run.Results) != results || len(run.Invocations[0].Notifications) != gaps {
		t.Errorf("%d results, %d notifications, want %d and %d", len(run.Results), len(run.Invocations[0].Notifications), results, gaps)
	}
	for _, result := range run.Results {
		if run.Tool.Driver.Rules[result.RuleIndex].ID != result.RuleID || result.Message.Text == "" || result.Locations[0].Physical.Artifact.URI == "" {
			t.Errorf("result %+v", result)
		}
	}
}

func TestAddresses(t *testing.T) {
	for name, test := range map[string]struct{ path, want string }{
		"relative":   {"a/b c.md", "a/b%20c.md"},
		"colon":      {"c:x/d:y.md", "c%3Ax/d:y.md"},
		"above":      {"../a#b?.md", "../a%23b%3F.md"},
		"absolute":   {"/t/a b.md", "file:///t/a%20b.md"},
		"no letters": {"a\x00\xff\u202e.md", "a%00%EF%BF%BD%E2%80%AE.md"},
	} {
		got := address(test.path)
		parsed, err := url.Parse(got)
		if got != test.want || err != nil || parsed.IsAbs() != strings.HasPrefix(test.path, "/") {
			t.Errorf("%s: %q (%v), want %q", name, got, err, test.want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for text, want := range map[string]string{
		"a [b] c": "a [b] c", "{0}": "{{0}}", `[a](1) \`: `\[a\](1) \\`,
	} {
		if got := literal(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
