package templates

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// The elements of a JUnit report.
type (
	testSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		counts
		Suites []testSuite `xml:"testsuite"`
	}
	testSuite struct {
		Name string `xml:"name,attr"`
		counts
		Properties *[]property `xml:"properties>property"`
		Cases      []testCase  `xml:"testcase"`
	}
	counts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"` // always 0: a policy that fails ends the review
		Skipped  int `xml:"skipped,attr"`
	}
	testCase struct {
		Class      string      `xml:"classname,attr"`
		Name       string      `xml:"name,attr"`
		File       string      `xml:"file,attr,omitempty"`
		Properties *[]property `xml:"properties>property"` // nil for none
		Skipped    *skipped    `xml:"skipped"`
		Failure    *failure    `xml:"failure"`
	}
	property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	skipped struct {
		Message string `xml:"message,attr"`
	}
	failure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes reviews as Fill returned them as one JUnit report: a suite for each
// dossier, a case for each criterion. What is not met fails, with its findings; what
// does not apply or is not evidenced is skipped, with the reason; what is met in part
// or waived passes with a note. What was found of a case that does not fail are notes,
// too. Documents that could not be read, and what they tell differently, are notes of
// the suite.
func (words *Words) JUnit(out io.Writer, reviews []austauschbar.Review) error {
	report := testSuites{Name: "austauschbar"}
	for _, review := range reviews {
		suite, err := words.suite(review)
		if err != nil {
			return fmt.Errorf("write junit: %w", err)
		}
		report.Suites = append(report.Suites, suite)
		report.add(suite.counts)
	}
	text, err := xml.MarshalIndent(report, "", "  ")
	if err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	if _, err := io.WriteString(out, xml.Header+string(text)+"\n"); err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	return nil
}

func (c *counts) add(more counts) {
	c.Tests += more.Tests
	c.Failures += more.Failures
	c.Skipped += more.Skipped
}

func (words *Words) suite(review austauschbar.Review) (testSuite, error) {
	review, err := words.shown(review)
	if err != nil {
		return testSuite{}, err
	}
	missing, err := words.missing(review)
	if err != nil {
		return testSuite{}, err
	}
	suite := testSuite{Name: clean(review.Dossier.Title)}
	if suite.Name == "" {
		suite.Name = clean(review.Dossier.Path)
	}
	for _, gap := range review.Gaps {
		text, err := words.gap(gap)
		if err != nil {
			return testSuite{}, err
		}
		suite.Properties = noted(suite.Properties, "gap", text)
	}
	for _, contradiction := range review.Contradictions {
		suite.Properties = noted(suite.Properties, contradictionRule, clean(contradiction.Message))
	}
	for _, criterion := range review.Criteria {
		one, err := words.testCase(review, criterion, missing)
		if err != nil {
			return testSuite{}, err
		}
		suite.Cases = append(suite.Cases, one)
		suite.add(one.counts())
	}
	return suite, nil
}

func (c testCase) counts() counts {
	one := counts{Tests: 1}
	if c.Failure != nil {
		one.Failures = 1
	}
	if c.Skipped != nil {
		one.Skipped = 1
	}
	return one
}

func noted(notes *[]property, name, value string) *[]property {
	if notes == nil {
		notes = &[]property{}
	}
	*notes = append(*notes, property{name, value})
	return notes
}

// testCase tells a criterion; missing says what "not found" means in its dossier.
func (words *Words) testCase(review austauschbar.Review, criterion austauschbar.Criterion, missing string) (testCase, error) {
	c := testCase{Class: clean(review.Dossier.Path), Name: withTitle(criterion)}
	rating, err := words.name("rating", criterion.Rating)
	if err != nil {
		return c, err
	}
	switch {
	case criterion.Rating == austauschbar.NotApplicable:
		reason, err := words.name("not_applicable", criterion.Reason)
		if err != nil {
			return c, err
		}
		c.Skipped = &skipped{rating + ": " + reason}
	case criterion.Rating == austauschbar.NotEvidenced:
		c.Skipped = &skipped{rating + ": " + missing}
	case criterion.Waived:
		decided, err := words.say("record.whole", nil)
		if err != nil {
			return c, err
		}
		c.Properties = noted(nil, "note", rating+". "+decided)
	case criterion.Rating == austauschbar.Partly:
		c.Properties = noted(nil, "note", rating)
	case criterion.Rating == austauschbar.NotMet:
		c.Failure = &failure{Message: rating, Type: criterion.Rating}
		c.File, c.Failure.Text, err = words.failureOf(review, criterion, missing)
	}
	c.noteFindings(review, criterion)
	return c, err
}

// noteFindings notes the findings that no failure tells.
func (c *testCase) noteFindings(review austauschbar.Review, criterion austauschbar.Criterion) {
	for _, finding := range review.Findings {
		if finding.Criterion != criterion.ID || c.Failure != nil && finding.Waiver == nil {
			continue
		}
		text := brief(finding.Message)
		if finding.Evidence != nil {
			text += " (" + clean(finding.Evidence.Place) + ")"
		}
		c.Properties = noted(c.Properties, "finding", text)
	}
}

// failureOf tells the findings of a criterion that are not waived, a paragraph each,
// and the file of the first that has one.
func (words *Words) failureOf(review austauschbar.Review, criterion austauschbar.Criterion, missing string) (file, text string, err error) {
	label, err := words.say("label.remedy", nil)
	if err != nil {
		return "", "", err
	}
	var paragraphs []string
	for _, finding := range review.Findings {
		if finding.Criterion != criterion.ID || finding.Waiver != nil {
			continue
		}
		place := missing
		if finding.Evidence != nil {
			place = clean(finding.Evidence.Place)
			if file == "" {
				file = location(review.Dossier, finding.Evidence.Path)
			}
		}
		lines := []string{brief(finding.Message), place, label + ": " + clean(finding.Remedy)}
		paragraphs = append(paragraphs, strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" || line == label+": " }), "\n"))
	}
	return file, strings.Join(paragraphs, "\n\n"), nil
}

// withTitle is "EX-02 Exit-Konzept gefordert"; the id alone without a title.
func withTitle(criterion austauschbar.Criterion) string {
	if criterion.Title == criterion.ID {
		return criterion.ID
	}
	return criterion.ID + " " + clean(criterion.Title)
}

// brief is one line of at most as many bytes as forges take for a message.
func brief(text string) string { return cutBytes(clean(text), annotation) }
