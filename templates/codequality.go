package templates

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// An issue is an entry of a Code Quality report, as GitLab reads it.
type issue struct {
	Description string        `json:"description"`
	CheckName   string        `json:"check_name"`
	Fingerprint string        `json:"fingerprint"` // hex; differs from that of every other entry
	Severity    string        `json:"severity"`
	Location    issueLocation `json:"location"`
}

type issueLocation struct {
	Path  string `json:"path"` // slash-separated, without "./"
	Lines struct {
		Begin int `json:"begin"` // 1-based; 1 where the format has no lines
	} `json:"lines"`
}

// issueSeverities are GitLab's names of ours.
var issueSeverities = map[string]string{"blocker": "blocker", "major": "major", "minor": "minor", "hint": "info", "question": "info"}

// CodeQuality writes reviews as Fill returned them as one Code Quality report, for the
// widget of a merge request on GitLab: their findings that are not waived, what documents
// tell differently, and what could not be read. Paths are those of the dossiers with
// their documents'.
func (words *Words) CodeQuality(out io.Writer, reviews []austauschbar.Review) error {
	issues, told := []issue{}, map[string]bool{}
	for _, review := range reviews {
		found, err := words.issues(review)
		if err != nil {
			return fmt.Errorf("write codequality: %w", err)
		}
		for _, one := range found {
			if !told[one.Fingerprint] { // a dossier may be asked for twice
				issues = append(issues, one)
			}
			told[one.Fingerprint] = true
		}
	}
	return writeJSON(out, issues)
}

func (words *Words) issues(review austauschbar.Review) ([]issue, error) {
	review, err := words.shown(review)
	if err != nil {
		return nil, err
	}
	var issues []issue
	for _, finding := range review.Findings {
		if finding.Waiver == nil {
			issues = append(issues, issueOf(review, finding))
		}
	}
	for _, contradiction := range review.Contradictions {
		if len(contradiction.Sides) > 0 {
			issues = append(issues, contradictionIssue(review.Dossier, contradiction))
		}
	}
	for _, gap := range review.Gaps {
		text, err := words.gap(gap)
		if err != nil {
			return nil, err
		}
		issues = append(issues, newIssue(review.Dossier, text, "gap", "info", gap.Path, 0, gap.Path, gap.Reason, gap.Detail))
	}
	return issues, nil
}

// issueOf tells a finding. The line is told by the location; any other place stands
// in the description.
func issueOf(review austauschbar.Review, finding austauschbar.Finding) issue {
	criterion := criterionOf(review, finding.Criterion)
	text := withTitle(criterion) + ": " + brief(finding.Message)
	document, line := firstDocument(review.Dossier), 0
	if finding.Evidence != nil {
		document, line = finding.Evidence.Path, finding.Evidence.Line
		if line == 0 {
			text += " (" + clean(finding.Evidence.Place) + ")"
		}
	}
	return newIssue(review.Dossier, text, criterion.ID, issueSeverities[finding.Severity], document, line, finding.ID)
}

// contradictionIssue stands at the first of its sides and names all.
func contradictionIssue(dossier austauschbar.ReviewDossier, contradiction austauschbar.Discrepancy) issue {
	var places []string
	for _, side := range contradiction.Sides {
		places = append(places, clean(side.Evidence.Place))
	}
	text := clean(contradiction.Message) + " (" + strings.Join(places, "; ") + ")"
	first := contradiction.Sides[0].Evidence
	return newIssue(dossier, text, contradictionRule, "info", first.Path, first.Line, identityOf(contradiction)...)
}

// identityOf tells a contradiction from others, in every language and without what
// documents say.
func identityOf(contradiction austauschbar.Discrepancy) []string {
	identity := []string{contradiction.Kind, contradiction.About}
	for _, side := range contradiction.Sides {
		at := side.Evidence
		identity = append(identity, at.Path, at.Cell, fmt.Sprint(at.Page, at.Line, at.Paragraph), austauschbar.NormalPassage(at.Quote))
	}
	return identity
}

func newIssue(dossier austauschbar.ReviewDossier, description, check, severity, document string, line int, identity ...string) issue {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{dossier.Path, check}, identity...), "\x00")))
	i := issue{Description: description, CheckName: check, Fingerprint: hex.EncodeToString(sum[:16]), Severity: severity}
	i.Location.Path = location(dossier, document)
	i.Location.Lines.Begin = max(line, 1)
	return i
}

// firstDocument is where a finding is shown that concerns the dossier as a whole.
func firstDocument(dossier austauschbar.ReviewDossier) string {
	if len(dossier.Documents) == 0 {
		return "dossier.yaml"
	}
	return dossier.Documents[0].Path
}

// location is a document's path below the folder that the dossier's path starts
// from. A dossier may be a single document, which both paths name.
func location(dossier austauschbar.ReviewDossier, document string) string {
	if len(dossier.Documents) == 1 && document == dossier.Documents[0].Path && document == path.Base(dossier.Path) {
		return path.Clean(dossier.Path)
	}
	return path.Join(dossier.Path, document)
}
