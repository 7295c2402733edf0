package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// SummaryMarker begins our summary. It is invisible on a forge; a comment that
// bears it counts only if our own account wrote it.
const SummaryMarker = "<!-- austauschbar:summary -->"

var (
	findingMarker = regexp.MustCompile(`^<!-- austauschbar:finding ([a-z0-9-]{1,80}) -->`)
	answerMarker  = regexp.MustCompile(`^<!-- austauschbar:answer ([a-zA-Z0-9_-]{1,80}) -->`)
)

// MarkFinding puts a finding's marker before the text of its comment.
func MarkFinding(id, body string) string {
	return "<!-- austauschbar:finding " + id + " -->\n" + body
}

// FindingOf returns the id in a comment's marker; false where it begins with none.
func FindingOf(body string) (id string, ok bool) {
	match := findingMarker.FindStringSubmatch(body)
	if match == nil {
		return "", false
	}
	return match[1], true
}

// MarkAnswer puts before our answer which comment it answers, by its id.
func MarkAnswer(request, body string) string {
	return "<!-- austauschbar:answer " + request + " -->\n" + body
}

// AnswerOf returns the id of the comment that one of ours answers; false where it
// answers none.
func AnswerOf(body string) (request string, ok bool) {
	match := answerMarker.FindStringSubmatch(body)
	if match == nil {
		return "", false
	}
	return match[1], true
}

// Key tells findings of several dossiers apart: two of them may say the same in
// files of the same name. It is what markers and threads go by.
func Key(dossier, id string) string {
	sum := sha256.Sum256([]byte(dossier))
	return id + "-" + hex.EncodeToString(sum[:3])
}
