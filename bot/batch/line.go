package batch

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// Bounds of what strangers wrote in a line, in runes and items.
const (
	longestTitle = 200
	longestError = 500
	mostCodes    = 20
)

// lineOf makes a dossier's line. Its path is set where it is written.
func lineOf(facts austauschbar.Facts, review austauschbar.Review) austauschbar.BatchLine {
	line := austauschbar.BatchLine{
		Version: austauschbar.BatchVersion, Tool: review.Tool, Policy: &review.Policy,
		Title: bot.OneLine(review.Dossier.Title, longestTitle), Kind: review.Dossier.Kind, Regime: review.Dossier.Regime,
		Documents: len(review.Dossier.Documents), Gaps: len(review.Gaps),
		Score: &review.Score, Headlines: review.Headlines, Criteria: make(map[string]string, len(review.Criteria)),
		Notice: noticeOf(facts.Notice),
	}
	for _, criterion := range review.Criteria {
		line.Criteria[criterion.ID] = criterion.Rating
	}
	counts := map[austauschbar.BatchFinding]int{}
	for _, finding := range review.Findings {
		if finding.Waiver != nil {
			line.Waived++
			continue
		}
		counts[austauschbar.BatchFinding{Criterion: finding.Criterion, Severity: finding.Severity, Code: finding.Code}]++
	}
	for finding, count := range counts {
		finding.Count = count
		line.Findings = append(line.Findings, finding)
	}
	slices.SortFunc(line.Findings, func(a, b austauschbar.BatchFinding) int {
		return cmp.Or(cmp.Compare(a.Criterion, b.Criterion), cmp.Compare(severity(a), severity(b)), cmp.Compare(a.Code, b.Code))
	})
	return line
}

func severity(f austauschbar.BatchFinding) int {
	return slices.Index(austauschbar.Severities, f.Severity)
}

// failed is the line of a dossier without a review.
func failed(tool austauschbar.Tool, err error) austauschbar.BatchLine {
	return austauschbar.BatchLine{Version: austauschbar.BatchVersion, Tool: tool, Error: cmp.Or(bot.OneLine(err.Error(), longestError), "unknown")}
}

func noticeOf(notices []austauschbar.Notice) *austauschbar.BatchNotice {
	if len(notices) == 0 {
		return nil
	}
	of := notices[max(0, slices.IndexFunc(notices, func(n austauschbar.Notice) bool { return n.Kind == "competition" }))]
	notice := &austauschbar.BatchNotice{ID: bot.OneLine(of.ID, longestTitle), Procedure: bot.OneLine(of.Procedure, 40)}
	if len(of.Buyers) > 0 {
		notice.Authority = bot.OneLine(of.Buyers[0], longestTitle)
	}
	for _, code := range of.CPV {
		code, _, _ = strings.Cut(bot.OneLine(code, 20), "-")
		if code != "" && !slices.Contains(notice.CPV, code) && len(notice.CPV) < mostCodes {
			notice.CPV = append(notice.CPV, code)
		}
	}
	if of.Published != nil && len(of.Published.Value) >= len("2026-11") {
		notice.Month = bot.OneLine(of.Published.Value[:len("2026-11")], len("2026-11"))
	}
	return notice
}

// encode writes a line with its end. Characters without a visible form, which only a
// path holds, become \u escapes.
func encode(line austauschbar.BatchLine) ([]byte, error) {
	text, err := encodeSafely(line, "")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", line.Path, err)
	}
	return text, nil
}

// encodeSummary writes a summary, indented.
func encodeSummary(out io.Writer, summary austauschbar.BatchSummary) error {
	text, err := encodeSafely(summary, "  ")
	if err == nil {
		_, err = out.Write(text)
	}
	return err
}

func encodeSafely(value any, indent string) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	if !bytes.ContainsFunc(text.Bytes(), func(r rune) bool { return r != '\n' && invisible(r) }) {
		return text.Bytes(), nil
	}
	var safe bytes.Buffer
	for _, r := range text.String() {
		switch {
		case r == '\n' || !invisible(r):
			safe.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&safe, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&safe, `\u%04x`, r)
		}
	}
	return safe.Bytes(), nil
}

func invisible(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }
