package templates

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

//go:embed report.css
var reportStyle string

// An htmlReport is what the shapes of a report see.
type htmlReport struct {
	view
	Language  string
	Radar     radar
	Picture   picture // of the lock-in map, where there is one
	Crossings []crossing
	Texts     []markedDocument
	NoText    bool // nobody handed over the documents' text
	numbers   map[string]int
	anchors   map[string]string // of criteria, by id
	marks     map[string]string
	meanings  map[string]meaning
}

// A chapter is an entry of a report's table of contents.
type chapter struct {
	ID, Title string // name of its words
	Count     int    // 0 for none to tell
}

// HTML writes a review as Fill returned it as one page for browsers and printers. It
// needs nothing but itself: no script, no other file, no address. Texts are those of
// the dossier's documents, in which the passages are marked; nil for none, and words
// that are confidential show none. Its error wraps that of texts.
func (words *Words) HTML(out io.Writer, review austauschbar.Review, texts iter.Seq2[austauschbar.DocumentText, error]) error {
	v, err := words.view(review)
	if err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	report := htmlReport{view: v, Language: words.Language, Radar: newRadar(v.Groups), NoText: texts == nil || words.confidential}
	report.number()
	if err := report.draw(words); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	if !report.NoText {
		if err := report.mark(texts); err != nil {
			return fmt.Errorf("write html: %w", err)
		}
	}
	if report.meanings, err = words.meanings(v.Criteria); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	for _, crosswalk := range v.Crosswalks {
		c, err := words.crossing(review, crosswalk.Framework)
		if err != nil {
			return fmt.Errorf("write html: %w", err)
		}
		report.Crossings = append(report.Crossings, c)
	}
	return words.write(out, htmlVoice, "report", report)
}

func (words *Words) meanings(criteria []austauschbar.Criterion) (map[string]meaning, error) {
	meanings := map[string]meaning{}
	for _, criterion := range criteria {
		var err error
		if meanings[criterion.ID], err = words.meaning(criterion); err != nil {
			return nil, err
		}
	}
	return meanings, nil
}

// number counts findings in the order in which the report tells them, the waived ones
// last, and criteria in the order of the review.
func (r *htmlReport) number() {
	r.numbers, r.anchors = map[string]int{}, map[string]string{}
	count := func(findings []austauschbar.Finding) {
		for _, finding := range findings {
			if r.numbers[finding.ID] == 0 {
				r.numbers[finding.ID] = len(r.numbers) + 1
			}
		}
	}
	for _, section := range r.Sections {
		for _, topics := range [][]topic{section.Topics, section.Silent} {
			for _, topic := range topics {
				count(topic.Findings)
			}
		}
	}
	count(r.Waived)
	for i, criterion := range r.Criteria {
		r.anchors[criterion.ID] = fmt.Sprintf("c%d", i+1)
	}
}

// mark reads the documents' texts and marks what the review rests on.
func (r *htmlReport) mark(texts iter.Seq2[austauschbar.DocumentText, error]) error {
	marker := newMarker(r.Review, r.anchored())
	for document, err := range texts {
		if err != nil {
			return err
		}
		shown := marker.mark(document, fmt.Sprintf("t%d", len(r.Texts)+1))
		if document.Lines && shown.Marks == 0 { // nothing to show of it
			continue
		}
		r.Texts = append(r.Texts, shown)
	}
	r.marks = marker.marks
	return nil
}

// anchored lists all evidence of the review with what rests on it.
func (r *htmlReport) anchored() []anchored {
	var all []anchored
	for _, finding := range r.Findings {
		if finding.Evidence != nil {
			number := fmt.Sprint(r.numbers[finding.ID])
			all = append(all, anchored{*finding.Evidence, ref{"#f" + number, number, "finding", finding.Severity}})
		}
	}
	for _, criterion := range r.Criteria {
		for i, evidence := range criterion.Evidence {
			href := fmt.Sprintf("#%s-%d", r.anchors[criterion.ID], i+1)
			all = append(all, anchored{evidence, ref{href, criterion.ID, "criterion", "support"}})
		}
	}
	for i, contradiction := range r.Contradictions {
		for j, side := range contradiction.Sides {
			href := fmt.Sprintf("#w%d-%d", i+1, j+1)
			all = append(all, anchored{side.Evidence, ref{href, fmt.Sprint(i + 1), "contradiction", "contradiction"}})
		}
	}
	return append(all, r.beside()...)
}

// View is the review in a reader's order.
func (r htmlReport) View() view { return r.view }

// Number is a finding's number in the report, by its id.
func (r htmlReport) Number(finding string) int { return r.numbers[finding] }

// Numbers are those of a criterion's findings, in order.
func (r htmlReport) Numbers(criterion austauschbar.Criterion) []int {
	var numbers []int
	for _, id := range criterion.Findings {
		if number := r.numbers[id]; number > 0 {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return numbers
}

// Anchor is where a criterion stands in the report; "" where it does not.
func (r htmlReport) Anchor(criterion string) string { return r.anchors[criterion] }

// Marked is the id of the mark that what stands at an anchor rests on; "" for none.
func (r htmlReport) Marked(anchor string) string { return r.marks["#"+anchor] }

// Meaning gives the words of a criterion.
func (r htmlReport) Meaning(criterion string) meaning { return r.meanings[criterion] }

// Chapters are the report's parts, those left out that have nothing to tell.
func (r htmlReport) Chapters() []chapter {
	all := []chapter{
		{"result", "label.result", 0}, {"open", "heading.open", len(r.Open)}, {"steps", "heading.steps", 0},
		{"delta", "heading.delta", 0}, {"agreement", "heading.agreement", r.rowsAgreed()}, {"findings", "heading.findings", len(r.Findings) - len(r.Waived)},
		{"criteria", "heading.criteria", len(r.Criteria)},
		{"map", "heading.map", r.components()}, {"situations", "heading.situations", 0}, {"gaps", "heading.gaps", len(r.Gaps)},
		{"contradictions", "heading.contradictions", len(r.Contradictions)}, {"waivers", "heading.waived", len(r.Waived)},
		{"frameworks", "report.heading.frameworks", len(r.Crossings)}, {"working", "report.heading.working", 0},
		{"documents", "heading.documents", len(r.Dossier.Documents)}, {"text", "report.heading.text", len(r.Texts)},
	}
	absent := map[string]bool{
		"steps": r.Resolved(), "open": r.Resolved(), "delta": r.Delta == nil, "agreement": !r.HasAgreement(), "map": !r.HasMap(),
		"situations": len(r.Situations) == 0, "gaps": len(r.Gaps) == 0,
		"contradictions": len(r.Contradictions) == 0, "waivers": len(r.Waived)+len(r.Troubled) == 0,
		"frameworks": len(r.Crossings) == 0, "text": r.NoText,
	}
	var told []chapter
	for _, one := range all {
		if !absent[one.ID] {
			told = append(told, one)
		}
	}
	return told
}

// An evidenceAt is a criterion's evidence and where it stands in the report.
type evidenceAt struct {
	austauschbar.Evidence
	Anchor string
}

// evidenceList is what speaks for a rating: what is quoted, and what is only named,
// since there is more of it and the text shows it.
type evidenceList struct{ Quoted, Named []evidenceAt }

// evidenceQuoted is how much of a criterion's evidence is quoted at least.
const evidenceQuoted = 3

// Evidence gives what speaks for a criterion's rating; nil where nothing does.
func (r htmlReport) Evidence(criterion austauschbar.Criterion) *evidenceList {
	if len(criterion.Evidence) == 0 {
		return nil
	}
	var list evidenceList
	for i, evidence := range criterion.Evidence {
		at := evidenceAt{evidence, fmt.Sprintf("%s-%d", r.anchors[criterion.ID], i+1)}
		if i < evidenceQuoted || r.Marked(at.Anchor) == "" {
			list.Quoted = append(list.Quoted, at)
		} else {
			list.Named = append(list.Named, at)
		}
	}
	return &list
}

// LanguageOf is the language of a document, where it is known.
func (r htmlReport) LanguageOf(path string) string {
	for _, document := range r.Dossier.Documents {
		if document.Path == path {
			return languageTag(document.Language)
		}
	}
	return ""
}

// languageTag is a language as a page names it; "" for what is none.
func languageTag(language string) string {
	if !plainLanguage.MatchString(language) {
		return ""
	}
	return language
}

// plainLanguage matches codes of languages: "de".
var plainLanguage = regexp.MustCompile(`^[a-z]{2,3}$`)

// htmlStyle is all that gives a report its looks.
func htmlStyle() string { return kernStyle + tokens + reportStyle + kernBridge }

// securityPolicy lets a browser take the style of the page itself and nothing else.
func securityPolicy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return strings.Join([]string{
		"default-src 'none'", "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", "img-src data:",
		"base-uri 'none'", "form-action 'none'",
	}, "; ")
}

var htmlVoice = voice{shape: "report_html", with: []string{"map_svg"}, escape: escapeHTML, functions: map[string]any{
	"style":  func() markup { return markup(htmlStyle()) },
	"policy": func() markup { return markup(securityPolicy(htmlStyle())) },
	"link":   linkHTML,
	// wide is a score as the width of a bar of 100.
	"wide": func(score *float64) string {
		if score == nil {
			return "0"
		}
		return fmt.Sprintf("%.1f", min(max(*score, 0), 100))
	},
	"next": func(i int) int { return i + 1 },
	"join": func(parts ...any) string {
		var text strings.Builder
		for _, one := range parts {
			fmt.Fprint(&text, one)
		}
		return text.String()
	},
}}
