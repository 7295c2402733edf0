package templates

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

const entryYAML = `waivers:
  - criterion: "NE-91"
    finding: "ne91000000000000"
    reason: other
    text: "Der Betrieb der vorhandenen Datenbank ist bis 2028 vertraglich gebunden."
    author: "a-berger"
    approver: ""
    date: 2026-11-23
    expires: 2027-11-23
`

// findingOf gives a finding of a review.
func findingOf(review austauschbar.Review, id string) austauschbar.Finding {
	return review.Findings[slices.IndexFunc(review.Findings, func(f austauschbar.Finding) bool { return f.ID == id })]
}

// proposals are the states of a waiver, from the beginning to its end.
func proposals(review austauschbar.Review) map[string]WaiverProposal {
	finding := findingOf(review, "ne91000000000000")
	entered := WaiverProposal{
		Finding: finding, File: "ausschreibungen/gewerbe/waivers.yaml", YAML: entryYAML,
		URL: "https://forge.example/new/main?filename=waivers.yaml&value=x", Author: "a-berger", Expires: "2027-11-23",
	}
	added := entered
	added.Exists, added.URL, added.Author, added.Expires = true, "", "", ""
	added.YAML = strings.TrimPrefix(entryYAML, "waivers:\n")
	waived := WaiverProposal{Finding: review.Findings[slices.IndexFunc(review.Findings, func(f austauschbar.Finding) bool { return f.Waiver != nil })]}
	return map[string]WaiverProposal{
		"no_finding": {}, "no_reason": {Finding: finding, NoReason: true}, "create": entered, "add": added, "waived": waived,
	}
}

// answers are all that is written to a command.
func answers(words *Words, review austauschbar.Review) map[string]func(io.Writer) error {
	known := []string{"EX-02", "NE-91", "ne91000000000000", "ne91000000000001"}
	write := map[string]func(io.Writer) error{
		"help":           func(out io.Writer) error { return words.Help(out, "") },
		"help.unknown":   func(out io.Writer) error { return words.Help(out, "rechekc bitte") },
		"rechecked":      func(out io.Writer) error { return words.Rechecked(out, []austauschbar.Review{review}, "4f2a9c1d7e") },
		"rechecked.none": func(out io.Writer) error { return words.Rechecked(out, nil, "4f2a9c1d7e") },
		"explain": func(out io.Writer) error {
			return words.ExplainForge(out, Explanation{Criterion: review.Criteria[0]}, 65000)
		},
		"unknown_id":       func(out io.Writer) error { return words.UnknownID(out, "XY-12", known) },
		"unknown_id.near":  func(out io.Writer) error { return words.UnknownID(out, "ex02", known) },
		"unknown_id.empty": func(out io.Writer) error { return words.UnknownID(out, "", known) },
	}
	for name, finding := range map[string]austauschbar.Finding{"finding": findingOf(review, "ne91000000000000"), "waived": proposals(review)["waived"].Finding} {
		write["explain."+name] = func(out io.Writer) error {
			return words.ExplainForge(out, Explanation{criterionOf(review, finding.Criterion), []austauschbar.Finding{finding}}, 65000)
		}
	}
	for name, proposal := range proposals(review) {
		write["waive."+name] = func(out io.Writer) error { return words.WaiverProposal(out, proposal) }
	}
	return write
}

func TestAnswers(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		for name, write := range answers(words, filled(t, words, "review")) {
			t.Run(name+"."+language, func(t *testing.T) {
				text := written(t, func(out *bytes.Buffer) error { return write(out) })
				golden(t, strings.Join([]string{"answer", name, language, "md"}, "."), []byte(text))
				checkComment(t, text)
			})
		}
	}
}

func TestChecksWithoutReview(t *testing.T) {
	causes := map[string]string{"cause": "load policies: .austauschbar/policies/x.rego:3: rego_parse_error:\n\tunexpected `if`\n", "silent": ""}
	for _, language := range Languages() {
		words := load(t, language)
		for name, cause := range causes {
			t.Run(name+"."+language, func(t *testing.T) {
				title, text, err := words.Failed(cause)
				if err != nil || title == "" || strings.ContainsAny(title, "<`\n") {
					t.Errorf("title %q, %v", title, err)
				}
				golden(t, strings.Join([]string{"check.failed", name, language, "md"}, "."), []byte(text))
				checkComment(t, text)
			})
		}
		title, text, err := words.NothingTouched()
		if err != nil || title == "" || strings.Contains(text, title) {
			t.Errorf("%q, %q, %v", title, text, err)
		}
		golden(t, strings.Join([]string{"check.untouched", language, "md"}, "."), []byte(text))
		label, description, err := words.RecheckAction()
		if err != nil || label == "" || utf8.RuneCountInString(label) > 20 || description == "" || utf8.RuneCountInString(description) > 40 {
			t.Errorf("%s: %q, %q, %v: GitHub takes 20 and 40 characters", language, label, description, err)
		}
	}
}

func TestFailedCutsItsCause(t *testing.T) {
	words := load(t, "de")
	_, text, err := words.Failed(strings.Repeat("ö", 5000))
	if err != nil {
		t.Fatal(err)
	}
	block := checkBlocks(t, text)[0]
	if len(block) > longestCause || len(block) < longestCause-8 || !utf8.ValidString(block) || !strings.HasSuffix(block, "…") {
		t.Errorf("%d bytes are shown of the cause", len(block))
	}
	_, text, err = words.Confidential().Failed("read a.docx: weight \"geheim\"")
	if err != nil || strings.Contains(text, "geheim") || !strings.Contains(text, "nicht wiedergegeben") {
		t.Errorf("%v, %s", err, text)
	}
}

// However many findings there are to explain: the limit holds, and what is left out
// is said.
func TestExplainForgeKeepsItsLimit(t *testing.T) {
	words := load(t, "de")
	review := filled(t, words, "review")
	explanation := Explanation{Criterion: criterionOf(review, "NE-91")}
	for i := range 300 {
		finding := findingOf(review, "ne91000000000000")
		finding.ID = fmt.Sprintf("f%04d", i)
		explanation.Findings = append(explanation.Findings, finding)
	}
	for _, limit := range []int{64000, 20000, 3000} {
		text := written(t, func(out *bytes.Buffer) error { return words.ExplainForge(out, explanation, limit) })
		shown := strings.Count(text, "/austauschbar waive f")
		if len(text) > limit || !strings.Contains(text, fmt.Sprintf("und %d weitere Fundstellen", 300-shown)) {
			t.Errorf("limit %d: %d bytes, %d findings shown", limit, len(text), shown)
		}
		checkComment(t, text)
	}
	var out bytes.Buffer
	if err := words.ExplainForge(&out, explanation, 100); err == nil || out.Len() > 0 {
		t.Errorf("100 bytes hold an explanation: %v, %d bytes written", err, out.Len())
	}
}

func TestNearestID(t *testing.T) {
	known := []string{"EX-02", "IF-02", "NE-01", "ne-01-0123456789", "ne-01-01ffffffff", "if-02-0a0b0c0d0e"}
	for id, want := range map[string]string{
		"ex-02": "EX-02", "EX02": "EX-02", "ex_02:": "EX-02", "EX-02x": "EX-02", "ne-01": "NE-01",
		"NE-01-0123456789": "ne-01-0123456789", "if-02-0a0b": "", "if-020a0b0c0d0e": "if-02-0a0b0c0d0e",
		"ne-01-012345": "", "0a0b0c0d0e": "", "ex": "", "EX-03": "", "": "", "§": "",
	} {
		if got := nearest(id, known); got != want {
			t.Errorf("nearest to %q is %q, want %q", id, got, want)
		}
	}
}

func TestLabels(t *testing.T) {
	rated := func(level string) austauschbar.Review {
		return austauschbar.Review{Score: austauschbar.Score{Level: level}}
	}
	for want, reviews := range map[string][]austauschbar.Review{
		"austauschbar: D": {rated("B"), rated("D"), rated("")},
		"austauschbar: A": {rated("A")},
		"austauschbar: ?": {rated("")},
	} {
		if got := Label(reviews); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := Label(nil); got != "austauschbar: ?" {
		t.Errorf("%q without reviews", got)
	}
}
