package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/unicode/norm"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/templates"
)

const (
	example = "../../examples/fachverfahren"
	corpus  = "../../../shared/corpus"
)

// reviewJSON runs the command and returns its review.
func reviewJSON(t *testing.T, args ...string) austauschbar.Review {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args = append([]string{"review", "--format", "json", "--today", "2026-11-23"}, args...)
	if code := run(args, &stdout, &stderr); code != exitReviewed {
		t.Fatalf("%v: exit code %d: %s", args, code, stderr.String())
	}
	var review austauschbar.Review
	if err := json.Unmarshal(stdout.Bytes(), &review); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return review
}

// Same dossier, same policies: the same bytes, in every format and every process.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range formats {
		here, elsewhere := filepath.Join(t.TempDir(), "review"), filepath.Join(t.TempDir(), "review")
		args := []string{"review", "--format", format, "--today", "2026-11-23", example, "--output"}
		if code := run(append(args, here), io.Discard, io.Discard); code != exitReviewed {
			t.Fatalf("%s: exit code %d", format, code)
		}
		other := exec.Command(self, append(args, elsewhere)...)
		other.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1")
		if out, err := other.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", format, err, out)
		}
		if diff := cmp.Diff(contentOf(t, here), contentOf(t, elsewhere)); diff != "" {
			t.Errorf("%s: two runs differ:\n%s", format, diff)
		}
	}
}

func contentOf(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Why a criterion does not apply is a code of the policies; reports tell it in words.
func TestReasonsHaveWords(t *testing.T) {
	rule := regexp.MustCompile(`(?m)^not_applicable := (.+\n)+`)
	code := regexp.MustCompile(`:= "(\w+)" if`)
	files, err := fs.Glob(laidOver(nil), "criteria/*/*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, language := range templates.Languages() {
		words, err := templates.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := fs.ReadFile(laidOver(nil), name)
			if err != nil {
				t.Fatal(err)
			}
			for _, reason := range code.FindAllSubmatch(bytes.Join(rule.FindAll(text, -1), nil), -1) {
				found++
				if defined := "not_applicable." + string(reason[1]); !words.Defines(defined) {
					t.Errorf("%s: there are no words in %q for %s", name, language, defined)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no criterion has a reason")
	}
}

// German and English agree in everything but words.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	german, english := withoutWords(reviewJSON(t, example)), withoutWords(reviewJSON(t, "--lang", "en", example))
	if diff := cmp.Diff(german, english); diff != "" {
		t.Errorf("(-de +en):\n%s", diff)
	}
}

func withoutWords(review austauschbar.Review) austauschbar.Review {
	silence := func(e *austauschbar.Evidence) {
		if e != nil {
			e.Place = ""
		}
	}
	for i := range review.Criteria {
		review.Criteria[i].Title = ""
		for j := range review.Criteria[i].Evidence {
			silence(&review.Criteria[i].Evidence[j])
		}
		for j := range review.Criteria[i].References {
			review.Criteria[i].References[j].Description = ""
		}
	}
	for i := range review.Findings {
		f := &review.Findings[i]
		f.Message, f.Reason, f.Remedy, f.Suggestion = "", "", "", ""
		silence(f.Evidence)
	}
	return review
}

// What --format json prints of real dossiers is as `schema review` says.
func TestReviewsMeetTheirSchema(t *testing.T) {
	t.Parallel()
	var schema bytes.Buffer
	if code := run([]string{"schema", "review"}, &schema, io.Discard); code != exitReviewed {
		t.Fatalf("exit code %d", code)
	}
	parsed, err := jsonschema.UnmarshalJSON(&schema)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("review.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled := compiler.MustCompile("review.json")
	for name, args := range map[string][]string{"German": {example}, "English": {"--lang", "en", example}, "some criteria": {"--only", "NE-01", example}, "gaps": {filepath.FromSlash("testdata/files")}} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if code := run(append([]string{"review", "--format", "json", "--today", "2026-11-23"}, args...), &out, io.Discard); code != exitReviewed {
				t.Fatalf("exit code %d", code)
			}
			review, err := jsonschema.UnmarshalJSON(&out)
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(review); err != nil {
				t.Error(err)
			}
		})
	}
}

// The example holds real weaknesses and strengths: what a reader of the README
// sees must stay so.
func TestExample(t *testing.T) {
	review := reviewJSON(t, example)
	if len(review.Gaps) > 0 {
		t.Errorf("gaps: %v", review.Gaps)
	}
	want := map[string]string{
		"EX-02": austauschbar.Partly, "IF-02": austauschbar.Met, "IF-04": austauschbar.NotMet, "LI-01": austauschbar.NotMet,
		"LI-06": austauschbar.NotMet, "CE-01": austauschbar.NotMet, "CE-02": austauschbar.NotMet, "CE-04": austauschbar.Met, "CE-06": austauschbar.Met,
		"NE-05": austauschbar.NotMet,
	}
	got := map[string]string{}
	for _, criterion := range review.Criteria {
		if _, asked := want[criterion.ID]; asked {
			got[criterion.ID] = criterion.Rating
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ratings (-want +got):\n%s", diff)
	}
}

// Every quote stands in its document, as another program reads it.
func TestQuotesStand(t *testing.T) {
	t.Parallel()
	paths := []string{example}
	tenders, err := filepath.Glob(corpus + "/tenders/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(tenders) == 0 {
		t.Log("corpus is absent: only the example is checked")
	}
	for _, tender := range tenders {
		if slices.Contains([]string{".docx", ".md", ".pdf", ".xlsx"}, filepath.Ext(tender)) {
			paths = append(paths, tender)
		}
	}
	texts := map[string][]string{}
	for _, path := range paths {
		review := reviewJSON(t, path)
		for _, evidence := range evidenceOf(review) {
			file := path
			if path == example {
				file = filepath.Join(path, evidence.Path)
			}
			if _, known := texts[file]; !known {
				texts[file] = otherTexts(t, file)
			}
			if !stands(evidence, texts[file]) {
				t.Errorf("%s: quote does not stand there: %q", evidence.Place, evidence.Quote)
			}
		}
	}
}

// stands says whether a quote stands in one of a document's texts; without any,
// it cannot be told. Programs put the cells of a PDF's tables in different
// orders: there, each of the quote's words must stand in the text.
func stands(evidence austauschbar.Evidence, texts []string) bool {
	holds := func(part string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, folded(part)) })
	}
	if len(texts) == 0 || holds(evidence.Quote) {
		return true
	}
	lacks := func(word string) bool { return !holds(word) }
	return filepath.Ext(evidence.Path) == ".pdf" && !slices.ContainsFunc(strings.Fields(evidence.Quote), lacks)
}

func evidenceOf(review austauschbar.Review) []austauschbar.Evidence {
	var all []austauschbar.Evidence
	for _, criterion := range review.Criteria {
		all = append(all, criterion.Evidence...)
	}
	for _, finding := range review.Findings {
		if finding.Evidence != nil {
			all = append(all, *finding.Evidence)
		}
	}
	return all
}

var notLetters = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// folded keeps letters and digits: layout, hyphenation and marks of lists and
// tables are each program's own.
func folded(text string) string {
	return notLetters.ReplaceAllString(strings.ToLower(norm.NFKC.String(text)), "")
}

// otherTexts extracts a document's text without our readers; none where the
// program for it is not installed.
func otherTexts(t *testing.T, file string) []string {
	t.Helper()
	switch filepath.Ext(file) {
	case ".pdf":
		return append(output(t, "pdftotext", file, "-"), output(t, "pdftotext", "-raw", file, "-")...)
	case ".docx":
		return output(t, "pandoc", "--to", "plain", "--wrap", "none", file)
	case ".xlsx":
		return []string{folded(sharedStrings(t, file))}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return []string{folded(withoutMarkup(string(data)))}
}

var markup = []*regexp.Regexp{regexp.MustCompile(`\]\([^)]*\)`), regexp.MustCompile(`(?m)^\s*>+ ?`), regexp.MustCompile(`</?[a-z][^>:]*>`), regexp.MustCompile(`\[\^[^\]]*\]`), regexp.MustCompile(`&[a-z#0-9]+;`)}

func withoutMarkup(markdown string) string {
	for _, pattern := range markup {
		markdown = pattern.ReplaceAllString(markdown, "")
	}
	return markdown
}

// output runs a program and returns its folded output; nothing where it is not
// installed.
func output(t *testing.T, program string, args ...string) []string {
	t.Helper()
	out, err := exec.Command(program, args...).Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Logf("%s is not installed: its documents are not checked", program)
		return nil
	}
	if err != nil {
		t.Fatalf("%s %v: %v", program, args, err)
	}
	return []string{folded(string(out))}
}

// sharedStrings reads a workbook's texts straight from its XML.
func sharedStrings(t *testing.T, file string) string {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	part, err := archive.Open("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for decoder := xml.NewDecoder(part); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := token.(xml.CharData); ok {
			text.Write(data)
		}
	}
}

// Every tender of the corpus is reviewed, in both languages.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"tenders", "robustness"} {
		if _, err := os.Stat(filepath.Join(corpus, folder)); err != nil {
			t.Skip("corpus is absent")
		}
		for _, language := range []string{"de", "en"} {
			if code := run([]string{"review", "--lang", language, filepath.Join(corpus, folder)}, io.Discard, os.Stderr); code != exitReviewed {
				t.Errorf("%s: exit code %d", folder, code)
			}
		}
	}
}

// What a criterion is missed for is told: by a finding of its own, or by one of another
// criterion at one of its places.
func TestLowRatingsAreExplained(t *testing.T) {
	t.Parallel()
	paths := []string{example}
	tenders, err := filepath.Glob(corpus + "/tenders/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, tender := range tenders {
		if !strings.HasSuffix(tender, ".labels.yaml") {
			paths = append(paths, tender)
		}
	}
	for _, path := range paths {
		review := reviewJSON(t, path)
		for _, criterion := range review.Criteria {
			if !explained(criterion, review.Findings) && !unexplained[[2]string{filepath.Base(path), criterion.ID}] {
				t.Errorf("%s: %s is %s, and no finding says why", path, criterion.ID, criterion.Rating)
			}
		}
	}
}

// unexplained are half met by words too vague to say what is missing: which formats are
// read in, and that code is documented.
var unexplained = map[[2]string]bool{
	{"de_loklm_lastenheft_lokaler_ki_assistent.md", "IF-06"}: true,
	{"de_loklm_lastenheft_lokaler_ki_assistent.md", "LI-08"}: true,
	{"en_18f_fs_epermit_api_soo.md", "IF-06"}:                true,
}

func explained(criterion austauschbar.Criterion, findings []austauschbar.Finding) bool {
	if len(criterion.Findings) > 0 || criterion.Rating != "partly" && criterion.Rating != "not_met" {
		return true
	}
	return slices.ContainsFunc(findings, func(finding austauschbar.Finding) bool {
		return finding.Evidence != nil && slices.ContainsFunc(criterion.Evidence, func(evidence austauschbar.Evidence) bool {
			return evidence.Place == finding.Evidence.Place
		})
	})
}

// A folder that may not be read is a clear error, one below it a gap. Root may
// read everything, so the command runs as somebody else.
func TestNoPermission(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, each := range []string{filepath.Dir(folder), folder} {
		if err := os.Chmod(each, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	closed := filepath.Join(folder, "closed")
	if err := errors.Join(os.WriteFile(filepath.Join(folder, "a.md"), []byte("Text."), 0o644), os.Mkdir(closed, 0)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o755) })
	stdout, _, code := asNobody(t, folder, "review", "--format", "json", "--only", "EX-02", folder)
	if code != exitReviewed || !strings.Contains(stdout, `"permission_denied"`) {
		t.Errorf("folder with a closed one: exit code %d, want 0 and a gap", code)
	}
	_, stderr, code := asNobody(t, folder, "review", closed)
	if code != exitCould || !strings.Contains(stderr, "permission denied") {
		t.Errorf("closed folder: exit code %d: %s", code, stderr)
	}
}

func asNobody(t *testing.T, folder string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(folder, ".austauschbar-test")
	data, err := os.ReadFile(self)
	if err == nil {
		err = os.WriteFile(program, data, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, args...)
	command.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1", "HOME=/nonexistent", "XDG_CACHE_HOME=")
	command.Dir = "/"
	if os.Geteuid() == 0 {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	var out, errOut bytes.Buffer
	command.Stdout, command.Stderr = &out, &errOut
	err = command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errOut.String(), command.ProcessState.ExitCode()
}

// The schema in policies/ is what the command prints; 'make generate' writes it.
func TestFactsSchemaIsCurrent(t *testing.T) {
	want, err := os.ReadFile("../../policies/facts.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if code := run([]string{"schema", "facts"}, &got, os.Stderr); code != exitReviewed {
		t.Fatalf("exit code %d", code)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("run 'make generate' (-policies/facts.schema.json +printed):\n%s", diff)
	}
}

// The README shows what its command really prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := run([]string{"review", "--today", "2026-11-23", example}, &out, os.Stderr); code != exitReviewed {
		t.Fatalf("exit code %d", code)
	}
	var screen []string
	for line := range strings.SplitSeq(out.String(), "\n") {
		if screen = append(screen, strings.TrimRight(line, " ")); len(screen) == 22 {
			break
		}
	}
	if want := strings.TrimSpace(strings.Join(screen, "\n")); !strings.Contains(string(readme), want) {
		t.Errorf("README.md does not hold the first screen of its command:\n%s", want)
	}
}
