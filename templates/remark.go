package templates

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Remark writes a finding of a review as Fill returned it as an inline comment in
// Markdown. A finding with a line is told without its quote, since the comment
// stands at the line; any other one with quote and place.
func (words *Words) Remark(out io.Writer, review austauschbar.Review, finding austauschbar.Finding) error {
	return words.Remarks(out, review, []austauschbar.Finding{finding})
}

// Remarks writes several findings of one passage as one comment. What they share,
// their passage or a reason, is told once. Without findings nothing is written.
func (words *Words) Remarks(out io.Writer, review austauschbar.Review, findings []austauschbar.Finding) error {
	atLine := func(finding austauschbar.Finding) bool { return finding.Evidence != nil && finding.Evidence.Line > 0 }
	return words.remarks(out, review, findings, atLine)
}

// RemarksElsewhere is Remarks for a comment that could not be put at the line of
// its findings: it always tells quote and place.
func (words *Words) RemarksElsewhere(out io.Writer, review austauschbar.Review, findings []austauschbar.Finding) error {
	return words.remarks(out, review, findings, func(austauschbar.Finding) bool { return false })
}

// A remark is a finding as its comment tells it.
type remark struct {
	Finding   austauschbar.Finding
	Criterion austauschbar.Criterion
	Heading   string
	Where     string // with the quote, before the message; "" where the comment's place says it
	Quote     string
}

// Unsure tells whether the recognition is not sure.
func (r remark) Unsure() bool { return r.Finding.Confidence < sure }

func (words *Words) remarks(out io.Writer, review austauschbar.Review, findings []austauschbar.Finding, atPlace func(austauschbar.Finding) bool) error {
	if len(findings) == 0 {
		return nil
	}
	review.Findings = findings
	review, err := words.shown(review)
	if err != nil {
		return fmt.Errorf("write remark: %w", err)
	}
	missing, err := words.missing(review)
	if err != nil {
		return fmt.Errorf("write remark: %w", err)
	}
	told := map[string]bool{}
	once := func(text string) string {
		if told[text] {
			return ""
		}
		told[text] = true
		return text
	}
	var remarks []remark
	for _, finding := range review.Findings {
		criterion := criterionOf(review, finding.Criterion)
		r := remark{Finding: finding, Criterion: criterion}
		if r.Heading, err = words.heading(finding, criterion); err != nil {
			return fmt.Errorf("write remark: %w", err)
		}
		if once("reason "+criterion.ID+finding.Reason) == "" {
			r.Finding.Reason = ""
		}
		if !atPlace(finding) {
			where, quote := missing, ""
			if finding.Evidence != nil {
				where, quote = finding.Evidence.Place, finding.Evidence.Quote
			}
			if once(where+"\n"+quote) != "" {
				r.Where, r.Quote = where, quote
			}
		}
		remarks = append(remarks, r)
	}
	return words.write(out, forge, "remarks", remarks)
}

// heading is "Blockierend · NE-01 Produktnennung begründet".
func (words *Words) heading(finding austauschbar.Finding, criterion austauschbar.Criterion) (string, error) {
	severity, err := words.name("severity", finding.Severity)
	return severity + " · " + withTitle(criterion), err
}

func criterionOf(review austauschbar.Review, id string) austauschbar.Criterion {
	for _, criterion := range review.Criteria {
		if criterion.ID == id {
			return criterion
		}
	}
	return austauschbar.Criterion{ID: id, Title: id}
}

// The bounds that forges set to an annotation.
const (
	annotationTitle = 255   // runes
	annotation      = 65000 // bytes
)

// Annotation gives a finding of a review as Fill returned it as plain text, for
// the annotations of a check: a title of at most 255 characters, and a message
// of less than 64 KiB with the remedy in a paragraph of its own.
func (words *Words) Annotation(finding austauschbar.Finding) (title, message string, err error) {
	finding, criterion, err := words.alone(finding)
	if err != nil {
		return "", "", fmt.Errorf("annotate %s: %w", finding.ID, err)
	}
	if title, err = words.heading(finding, criterion); err != nil {
		return "", "", fmt.Errorf("annotate %s: %w", finding.ID, err)
	}
	message = clean(finding.Message)
	if finding.Remedy != "" {
		label, err := words.say("label.remedy", nil)
		if err != nil {
			return "", "", fmt.Errorf("annotate %s: %w", finding.ID, err)
		}
		message += "\n\n" + label + ": " + clean(finding.Remedy)
	}
	return shorten(clean(title), annotationTitle), cutBytes(message, annotation), nil
}

// alone gives a finding, as Fill returned it, with all that these words may tell,
// and what is known of its criterion without the review.
func (words *Words) alone(finding austauschbar.Finding) (austauschbar.Finding, austauschbar.Criterion, error) {
	criterion := austauschbar.Criterion{ID: finding.Criterion, Rating: ratingBehind(finding.Severity)}
	if err := words.fillCriterion(&criterion); err != nil {
		return finding, criterion, err
	}
	review, err := words.shown(austauschbar.Review{Criteria: []austauschbar.Criterion{criterion}, Findings: []austauschbar.Finding{finding}})
	if err != nil {
		return finding, criterion, err
	}
	return review.Findings[0], criterion, nil
}

// ratingBehind is the rating that a finding's severity tells.
func ratingBehind(severity string) string {
	if severity == "hint" {
		return austauschbar.Partly
	}
	return austauschbar.NotMet
}

// shorten keeps at most n runes of a text and shows that it was cut.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

// cutBytes keeps at most n bytes of a text, whole runes only, and shows that it
// was cut.
func cutBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	end := n - len("…")
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// forge is Markdown for the comments and checks of a forge. Beyond markdown it
// offers
//
//	inBrief REFERENCE     the same with what its description begins with
//	inCode TEXT           a code span of one line
//	fenced LANGUAGE TEXT  a block of code
//	command VERB TEXT…    what to type, as code: /austauschbar explain EX-02
var forge = voice{shape: "forge", with: []string{"markdown", "answers"}, escape: escapeMarkdown, functions: map[string]any{
	"link":    markdown.functions["link"],
	"code":    markdown.functions["code"],
	"mermaid": markdown.functions["mermaid"],
	"inCode":  inCode,
	"fenced":  fenced,
	"command": func(parts ...string) markup {
		return inCode(command + " " + strings.Join(parts, " "))
	},
	"inBrief": func(reference austauschbar.Reference) austauschbar.Reference {
		reference.Description = inBrief(reference.Description)
		return reference
	},
}}

// longestSource is how many runes of a source's description a remark shows.
const longestSource = 60

// inBrief keeps of a source's description what names it: "§ 31 Abs. 6 VgV" of
// "§ 31 Abs. 6 VgV: Produktneutralität (Fassung von 2016)".
func inBrief(description string) string {
	name := clean(description)
	if at := strings.LastIndex(name, " ("); at > 0 && strings.HasSuffix(name, ")") {
		name = name[:at]
	}
	for _, mark := range []string{": ", "; "} {
		name, _, _ = strings.Cut(name, mark)
	}
	if utf8.RuneCountInString(name) <= longestSource {
		return name
	}
	name = string([]rune(name)[:longestSource])
	if at := strings.LastIndex(name, ", "); at > 0 {
		return name[:at]
	}
	if at := strings.LastIndex(name, " "); at > 0 {
		name = name[:at]
	}
	return name + " …"
}
