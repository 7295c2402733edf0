package policies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/austauschbar/austauschbar"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(200) // policies are compiled over and over
	m.Run()
}

// load compiles the shipped policies with files laid over them.
func load(t testing.TB, over fstest.MapFS) (*Policies, error) {
	t.Helper()
	return New(t.Context(), Overlay(over, Shipped()), FactsSchema())
}

var builtIn = sync.OnceValues(func() (*Policies, error) { return New(context.Background(), Shipped(), FactsSchema()) })

// mustLoad gives the shipped policies, which all tests share.
func mustLoad(t testing.TB) *Policies {
	t.Helper()
	p, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The Rego tests, as 'opa test policies/' runs them, and what they cover.
func TestRego(t *testing.T) {
	t.Parallel()
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".rego") {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil {
			modules[name], err = ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{ProcessAnnotation: true})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	covered := cover.New()
	results, err := tester.NewRunner().SetStore(mustLoad(t).data).SetCoverageQueryTracer(covered).SetModules(modules).RunTests(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for result := range results {
		count++
		if !result.Pass() {
			t.Errorf("%s.%s: %v", result.Package, result.Name, result)
		}
	}
	if count < 24*4 {
		t.Errorf("%d Rego tests ran, want at least four for each of 24 criteria", count)
	}
	for name, file := range covered.Report(modules).Files {
		if !strings.HasSuffix(name, "_test.rego") && !strings.HasPrefix(name, "lib/fake") && file.Coverage < 100 {
			t.Errorf("%s: %.1f %% covered; not covered: %v", name, file.Coverage, file.NotCovered)
		}
	}
}

// Every criterion has tests beside it and the id of its group.
func TestCatalogue(t *testing.T) {
	prefixes := map[string]string{"exchangeability": "EX", "interfaces": "IF", "lock_in": "LI", "contract": "CE", "neutrality": "NE", "community": "MC", "ai": "AI"}
	criteria, err := Catalogue(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if len(criteria) < 24 {
		t.Errorf("%d criteria, want at least 24", len(criteria))
	}
	for _, criterion := range criteria {
		if !strings.HasPrefix(criterion.ID, prefixes[criterion.Group]+"-") {
			t.Errorf("%s stands in group %s", criterion.ID, criterion.Group)
		}
		if len(criterion.References) == 0 {
			t.Errorf("%s names no source", criterion.ID)
		}
	}
}

func emptyFacts() austauschbar.Facts {
	return austauschbar.Facts{
		Today: "2026-11-23", Documents: []austauschbar.DocumentFact{{Path: "a.md", Format: "markdown", Role: "specification", Source: "declared", Clauses: 1}},
		Gaps: []austauschbar.Gap{}, Clauses: map[string]austauschbar.Clause{}, Topics: map[string][]austauschbar.TopicHit{}, Mentions: map[string][]austauschbar.Mention{},
		Durations: []austauschbar.Duration{}, Amounts: []austauschbar.Amount{}, Percentages: []austauschbar.Percentage{}, Dates: []austauschbar.Date{},
		AwardCriteria: []austauschbar.AwardCriterion{}, Terms: []austauschbar.ContractTerm{}, Templates: []austauschbar.ContractTemplate{}, Attachments: []austauschbar.Attachment{}, Contradictions: []austauschbar.Contradiction{}, Waivers: []austauschbar.WaiverRecord{}, Repositories: []austauschbar.Repository{}, Components: []austauschbar.Component{}, Interfaces: []austauschbar.Interface{}, Models: []austauschbar.Model{}, Packages: []austauschbar.Package{}, Resources: []austauschbar.Resource{}, Environments: []austauschbar.Environment{},
	}
}

func factsWith(topic, polarity string) austauschbar.Facts {
	facts := emptyFacts()
	facts.Topics[topic] = []austauschbar.TopicHit{{Clause: "1.1.1", Polarity: polarity, Role: "requirement", Modality: "must", Evidence: austauschbar.Evidence{Path: "a.md", Line: 1, Quote: "Ein Exit-Konzept."}}}
	return facts
}

func TestJudge(t *testing.T) {
	review, err := mustLoad(t).Judge(t.Context(), factsWith("exit_plan", "risk"), "tender-vgv", []string{"ex-02"})
	if err != nil {
		t.Fatal(err)
	}
	if len(review.Criteria) != 1 || review.Criteria[0].Rating != austauschbar.NotMet || review.Score.Gate != "open" {
		t.Errorf("review %+v", review)
	}
	if len(review.Findings) != 1 || review.Findings[0].Severity != "blocker" || review.Findings[0].Code != "risk" {
		t.Errorf("findings %+v", review.Findings)
	}
}

// A finding's id survives edits elsewhere; the same passage twice gives two.
func TestFingerprint(t *testing.T) {
	id := func(line int, quote string) string {
		return fingerprint(finding{Criterion: "EX-02", Code: "risk", Evidence: &austauschbar.Evidence{Path: "a.md", Line: line, Quote: quote}}, map[string]int{})
	}
	if id(1, "Ein Exit-Konzept.") != id(20, "Ein  exit-Konzept. ") {
		t.Error("the id changes with the line or with white space")
	}
	if id(1, "Ein Exit-Konzept.") == id(1, "Kein Exit-Konzept.") {
		t.Error("the id does not change with the passage")
	}
	seen := map[string]int{}
	f := finding{Criterion: "EX-02", Code: "risk"}
	if first, second := fingerprint(f, seen), fingerprint(f, seen); first == second {
		t.Error("the same finding twice has one id")
	}
}

// What holds of two sentences of one row is said once.
func TestRepeats(t *testing.T) {
	at := func(code string, line, paragraph int, quote string) finding {
		return finding{Criterion: "LI-08", Code: code, Evidence: &austauschbar.Evidence{Path: "a.md", Line: line, Paragraph: paragraph, Quote: quote}}
	}
	for name, test := range map[string]struct {
		before, f finding
		want      bool
	}{
		"two sentences of a line":      {at("weak", 3, 0, "one"), at("weak", 3, 0, "two"), true},
		"two sentences of a paragraph": {at("weak", 0, 3, "one"), at("weak", 0, 3, "two"), true},
		"two lines":                    {at("weak", 3, 0, "one"), at("weak", 4, 0, "one"), false},
		"two codes":                    {at("risk", 3, 0, "one"), at("weak", 3, 0, "one"), false},
		"no line":                      {at("weak", 0, 0, "one"), at("weak", 0, 0, "two"), false},
		"no place":                     {finding{Code: "missing"}, at("missing", 3, 0, "one"), false},
	} {
		if got := repeats(test.before, test.f); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	other := at("weak", 3, 0, "two")
	other.Args = map[string]any{"name": "X"}
	if repeats(at("weak", 3, 0, "one"), other) {
		t.Error("what is said of another thing counts as said")
	}
}

// own is a criterion of an authority's own, with a rule that a test fills in.
func own(rule string) fstest.MapFS {
	return fstest.MapFS{"criteria/interfaces/own/own.rego": {Data: []byte(`# METADATA
# title: Own
# scope: package
# schemas:
#   - input: schema.facts
# custom:
#   id: IF-99
#   kind: B
#   weight: 5
#   stage: draft
package policies.criteria.interfaces.own

` + rule)}}
}

func TestOwnCriterion(t *testing.T) {
	t.Parallel()
	p, err := load(t, own(`rating := "met" if count(input.topics.exit_plan) > 0

evidence contains hit.evidence if some hit in input.topics.exit_plan`))
	if err != nil {
		t.Fatal(err)
	}
	review, err := p.Judge(t.Context(), factsWith("exit_plan", "met"), "tender-vgv", []string{"IF-99"})
	if err != nil {
		t.Fatal(err)
	}
	if review.Criteria[0].Rating != austauschbar.Met {
		t.Errorf("rating %s", review.Criteria[0].Rating)
	}
	if p.Digest() == mustLoad(t).Digest() {
		t.Error("the digest does not tell that a policy was added")
	}
}

// An authority's own table decides what is sure enough to be a finding.
func TestOwnConfidence(t *testing.T) {
	t.Parallel()
	decide := func(bound string) fstest.MapFS {
		return fstest.MapFS{
			decidedFile:  {Data: []byte("bound: " + bound + "\nunmeasured: 0.5\ncertainty: {sure: 0.5, likely: 0.4, unsure: 0.2}\n")},
			measuredFile: {Data: []byte("rules: {EX-02: {precision: 0.9, codes: {risk: {precision: 0.8}}}}\n")},
		}
	}
	for name, test := range map[string]struct{ bound, severity string }{
		"above the bound": {"0.4", "blocker"},
		"below the bound": {"0.41", "question"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := load(t, decide(test.bound))
			if err != nil {
				t.Fatal(err)
			}
			review, err := p.Judge(t.Context(), factsWith("exit_plan", "risk"), "tender-vgv", []string{"EX-02"})
			if err != nil {
				t.Fatal(err)
			}
			if got := review.Findings[0]; got.Confidence != 0.4 || got.Severity != test.severity {
				t.Errorf("confidence %v, severity %s; want 0.4, %s", got.Confidence, got.Severity, test.severity)
			}
			if p.Digest() == mustLoad(t).Digest() {
				t.Error("the digest does not tell that the table was changed")
			}
		})
	}
}

// What would judge wrongly does not start, and the error names the policy.
func TestDoesNotCompile(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		over fstest.MapFS
		want string
	}{
		"misspelt topic": {own(`rating := "met" if count(input.topics.exit_paln) > 0`), "exit_paln"},
		"misspelt key":   {own("rating := \"met\" if {\n\tsome hit in input.topics.exit_plan\n\thit.polartiy == \"met\"\n}"), "polartiy"},
		"misspelt kind":  {own(`rating := "met" if count(input.mentions.produkt) > 0`), "produkt"},
		"clock":          {own(`rating := "met" if time.now_ns() > 0`), "undefined function time.now_ns"},
		"network":        {own(`rating := http.send({"method": "get", "url": "http://localhost"}).body`), "undefined function http.send"},
		"environment":    {own(`rating := opa.runtime().env.X`), "undefined function opa.runtime"},
		"unused":         {own("rating := \"met\" if {\n\tx := 1\n}"), "x"},
		"no kind":        {fstest.MapFS{"criteria/interfaces/own/own.rego": {Data: []byte("# METADATA\n# title: Own\n# custom:\n#   id: X\npackage policies.criteria.interfaces.own\n")}}, `custom.kind "": want A or B`},
		"no metadata":    {fstest.MapFS{"criteria/interfaces/own/own.rego": {Data: []byte("package policies.criteria.interfaces.own\n")}}, "has no METADATA"},
		"same id":        {fstest.MapFS{"criteria/interfaces/own/own.rego": {Data: []byte(strings.Replace(string(own("")["criteria/interfaces/own/own.rego"].Data), "IF-99", "IF-01", 1))}}, "criterion IF-01: is defined twice"},
		"folder _test":   {fstest.MapFS{"criteria/interfaces/own_test/own_test.rego": {Data: []byte("package policies.criteria.interfaces.own_test\n")}}, "may not end in _test"},
		"no bound":       {fstest.MapFS{decidedFile: {Data: []byte("unmeasured: 0.5\ncertainty: {sure: 1, likely: 1, unsure: 0}\n")}}, "read confidence/data.yaml: bound is missing"},
		"no certainty":   {fstest.MapFS{decidedFile: {Data: []byte("bound: 0.5\nunmeasured: 0.5\ncertainty: {sure: 1, likely: 1}\n")}}, "certainty of unsure is missing"},
		"bound in %":     {fstest.MapFS{decidedFile: {Data: []byte("bound: 50\nunmeasured: 0.5\ncertainty: {sure: 1, likely: 1, unsure: 0}\n")}}, "bound is 50: want 0 to 1"},
		"mentions":       {fstest.MapFS{decidedFile: {Data: []byte("bound: 0.5\nunmeasured: 0.5\ncertainty: {sure: 1, likely: 1, unsure: 0}\nmentions: {IF-77: [product]}\n")}}, `there is no criterion "IF-77"`},
		"measured":       {fstest.MapFS{measuredFile: {Data: []byte("rules: {IF-77: {precision: 0.5}}\n")}}, `read confidence/measured/data.yaml: there is no criterion "IF-77"`},
		"precision":      {fstest.MapFS{measuredFile: {Data: []byte("rules: {IF-01: {precision: 2}}\n")}}, "precision of IF-01 is 2"},
		"of a code":      {fstest.MapFS{measuredFile: {Data: []byte("rules: {IF-01: {codes: {risk: {precision: -1}}}}\n")}}, "precision of IF-01 risk is -1"},
		"no table":       {fstest.MapFS{measuredFile: {Data: []byte("rules: 7\n")}}, "read confidence/measured/data.yaml: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := load(t, test.over); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A criterion that fails stops the review with its name.
func TestFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ rule, want string }{
		"conflict":      {"rating := \"met\"\n\nrating := \"partly\"", "judge IF-99: "},
		"error":         {`rating := "met" if 1 / count(input.topics.exit_plan) > 0`, "judge IF-99: "},
		"not a rating":  {`rating := "good"`, `judge IF-99: rating "good": want met, partly or not_met`},
		"home-made":     {`findings contains {"code": "x", "criterion": "EX-02"}`, `judge IF-99: finding of "EX-02"`},
		"wrong finding": {`findings contains 7`, "judge IF-99: "},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := load(t, own(test.rule))
			if err != nil {
				t.Fatal(err)
			}
			facts := factsWith("exit_plan", "met")
			facts.Topics["exit_plan"] = facts.Topics["exit_plan"][:0]
			if _, err := p.Judge(t.Context(), facts, "tender-vgv", nil); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A policy that does not end is stopped by its caller's patience.
func TestEndless(t *testing.T) {
	t.Parallel()
	p, err := load(t, own(`rating := "met" if count([1 | some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i * j == -1]) > 0`))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Judge(ctx, emptyFacts(), "tender-vgv", []string{"IF-99"}); err == nil || !strings.Contains(err.Error(), "judge IF-99") {
		t.Errorf("error %v", err)
	}
}

func TestUnknown(t *testing.T) {
	p := mustLoad(t)
	for name, ask := range map[string]func() error{
		"profile":   func() error { _, err := p.Judge(t.Context(), emptyFacts(), "none", nil); return err },
		"criterion": func() error { _, err := p.Judge(t.Context(), emptyFacts(), "tender-vgv", []string{"XX-1"}); return err },
	} {
		if unknown := (*UnknownError)(nil); !errors.As(ask(), &unknown) || unknown.What != name {
			t.Errorf("%s: error %v", name, ask())
		}
	}
}

// The direct way gives what the way through JSON gives.
func TestToValue(t *testing.T) {
	facts := factsWith("exit_plan", "met")
	weight := 12.5
	facts.AwardCriteria = []austauschbar.AwardCriterion{{Name: "Preis", Weight: &weight}}
	facts.Dossier.Contract = &austauschbar.Known[austauschbar.Contract]{Value: austauschbar.Contract{Months: 48, Options: []int{12}}, Source: "declared"}
	facts.Notice = []austauschbar.Notice{{Kind: "competition", Buyers: []string{"Stadt"}, Lots: []austauschbar.Lot{{
		ID: "LOT-0001", Value: &austauschbar.Money{Value: 1e6, Currency: "EUR"}, Criteria: []austauschbar.NoticeCriterion{{Type: "price", Weight: &weight}},
	}}}}
	facts.Durations = []austauschbar.Duration{{Value: 1.5, Unit: "year", Months: 18, Count: 1}}
	data, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	want, err := ast.ValueFromReader(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if got := toValue(reflect.ValueOf(facts)); got.Compare(want) != 0 {
		t.Errorf("(-JSON +direct):\n%s", cmp.Diff(want.String(), got.String()))
	}
}

// manyFacts spreads n clauses over all topics and names over all kinds.
func manyFacts(t testing.TB, n int) austauschbar.Facts {
	t.Helper()
	var topics struct {
		Properties struct {
			Topics struct{ Required []string } `json:"topics"`
		}
	}
	if err := json.Unmarshal(FactsSchema(), &topics); err != nil {
		t.Fatal(err)
	}
	ids := topics.Properties.Topics.Required
	facts := emptyFacts()
	for i := range n {
		id := fmt.Sprintf("1.%d.1", i)
		evidence := austauschbar.Evidence{Path: "a.md", Line: i + 1, Quote: fmt.Sprintf("clause %d", i)}
		facts.Clauses[id] = austauschbar.Clause{Evidence: evidence, Text: evidence.Quote, Modality: "must", Role: "requirement"}
		topic := ids[i%len(ids)]
		facts.Topics[topic] = append(facts.Topics[topic], austauschbar.TopicHit{Clause: id, Polarity: []string{"met", "weak", "risk"}[i%3], Modality: "must", Role: "requirement", Evidence: evidence})
		kind := austauschbar.MentionKinds[i%len(austauschbar.MentionKinds)]
		facts.Mentions[kind] = append(facts.Mentions[kind], austauschbar.Mention{Term: fmt.Sprintf("term_%d", i%300), Name: "Name", Clause: id, Role: "requirement", Modality: "must", Evidence: evidence})
	}
	return facts
}

func BenchmarkJudge(b *testing.B) {
	p := mustLoad(b)
	for _, n := range []int{2_000, 20_000} {
		facts := manyFacts(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Judge(b.Context(), facts, "tender-vgv", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, err := load(b, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// waiverOf is a waiver that counts for a finding of EX-02.
func waiverOf(finding string) austauschbar.WaiverRecord {
	return austauschbar.WaiverRecord{
		Criterion: "EX-02", Finding: finding, Reason: "track_1", Text: "Why.", Evidence: "survey.pdf",
		Author: "a.beispiel", Approver: "b.muster", Date: "2026-09-01", Expires: "2027-09-01",
	}
}

// A waiver that counts closes the gate and leaves rating, severity and points as
// they are; one that does not changes nothing.
func TestWaivers(t *testing.T) {
	p := mustLoad(t)
	judged := func(waivers ...austauschbar.WaiverRecord) austauschbar.Review {
		facts := factsWith("exit_plan", "risk")
		facts.Waivers = waivers
		review, err := p.Judge(t.Context(), facts, "tender-vgv", []string{"EX-02"})
		if err != nil {
			t.Fatal(err)
		}
		return review
	}
	before := judged()
	id := before.Findings[0].ID
	byPassage, own := waiverOf(""), waiverOf(id)
	byPassage.Hash = austauschbar.PassageHash("ein  Exit-Konzept.")
	own.Approver = "A.Beispiel"
	for name, test := range map[string]struct {
		waiver      austauschbar.WaiverRecord
		state, gate string
	}{
		"by finding":  {waiverOf(id), austauschbar.WaiverWaived, "closed"},
		"by passage":  {byPassage, austauschbar.WaiverWaived, "closed"},
		"same person": {own, austauschbar.WaiverUnapproved, "open"},
		"unused":      {waiverOf("ex-02-0000000000"), austauschbar.WaiverUnused, "open"},
	} {
		t.Run(name, func(t *testing.T) {
			review := judged(test.waiver)
			if len(review.Waivers) != 1 || review.Waivers[0].State != test.state || review.Score.Gate != test.gate {
				t.Errorf("waivers %+v, gate %s; want %s, %s", review.Waivers, review.Score.Gate, test.state, test.gate)
			}
			counts := test.gate == "closed"
			if review.Criteria[0].Waived != counts || (review.Findings[0].Waiver != nil) != counts {
				t.Errorf("criterion waived: %t, finding: %+v", review.Criteria[0].Waived, review.Findings[0].Waiver)
			}
			if counts {
				want := &austauschbar.Waiver{Reason: "track_1", Text: "Why.", Evidence: "survey.pdf", Author: "a.beispiel", Approver: "b.muster", Date: "2026-09-01", Expires: "2027-09-01"}
				if diff := cmp.Diff(want, review.Findings[0].Waiver); diff != "" {
					t.Errorf("waiver (-want +got):\n%s", diff)
				}
			}
			// All but the waiver is as it was.
			review.Waivers, review.Findings[0].Waiver, review.Criteria[0].Waived = before.Waivers, nil, false
			review.Score.Gate, review.Score.OpenGates = before.Score.Gate, before.Score.OpenGates
			if diff := cmp.Diff(before, review); diff != "" {
				t.Errorf("(-without +with waiver):\n%s", diff)
			}
		})
	}
}

// What a policy of an authority's own says of waivers is checked.
func TestWaiversOfAnotherPolicy(t *testing.T) {
	t.Parallel()
	for name, rule := range map[string]string{
		"no such waiver":              `review := {"waivers": [{"number": 7, "state": "waived", "findings": []}], "findings": {}, "criteria": []}`,
		"no such waiver of a finding": `review := {"waivers": [], "findings": {"ex-02-1": -1}, "criteria": []}`,
		"nothing":                     `review := input.nothing`,
	} {
		t.Run(name, func(t *testing.T) {
			p, err := load(t, fstest.MapFS{"waivers/waivers.rego": {Data: []byte("package policies.waivers\n\n" + rule)}})
			if err != nil {
				t.Fatal(err)
			}
			facts := emptyFacts()
			facts.Waivers = []austauschbar.WaiverRecord{waiverOf("ex-02-1")}
			if _, err := p.Judge(t.Context(), facts, "tender-vgv", []string{"EX-02"}); err == nil || !strings.Contains(err.Error(), "judge waivers: gives ") {
				t.Errorf("error %v", err)
			}
		})
	}
}
