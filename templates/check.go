package templates

import (
	"fmt"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// longestCause is how many bytes of a failure's cause a check shows.
const longestCause = 2000

// Failed gives title and summary of a check whose review could not be done. The
// cause is shown as it came; "" for none to show.
func (words *Words) Failed(cause string) (title, summary string, err error) {
	cause = strings.Trim(strings.ReplaceAll(cause, "\r\n", "\n"), "\n")
	data := struct {
		Cause    string
		Withheld bool
	}{cutBytes(words.cause(cause), longestCause), words.cause(cause) != cause}
	return words.check("failed", data)
}

// NothingTouched gives title and summary of a check of a change that touches no
// dossier.
func (words *Words) NothingTouched() (title, summary string, err error) {
	return words.check("untouched", nil)
}

// check gives the title that the words have for a check, and the summary that the
// shape of the same name writes.
func (words *Words) check(name string, data any) (title, summary string, err error) {
	if title, err = words.say("check."+name, nil); err != nil {
		return "", "", fmt.Errorf("write check: %w", err)
	}
	var out strings.Builder
	if err := words.write(&out, forge, name, data); err != nil {
		return "", "", fmt.Errorf("write check: %w", err)
	}
	return title, out.String(), nil
}

// RecheckAction gives the label, at most 20 characters, and the description, at
// most 40, of the button that asks for another review.
func (words *Words) RecheckAction() (label, description string, err error) {
	if label, err = words.say("recheck.label", nil); err != nil {
		return "", "", fmt.Errorf("write action: %w", err)
	}
	if description, err = words.say("recheck.description", nil); err != nil {
		return "", "", fmt.Errorf("write action: %w", err)
	}
	return label, description, nil
}

// LabelPrefix begins our labels, by which they are found again.
const LabelPrefix = "austauschbar: "

// Label gives the label of a change, an id in every language: "austauschbar: D"
// with the worst level of its reviews, "austauschbar: ?" where none has a level.
func Label(reviews []austauschbar.Review) string {
	worst := ""
	for _, review := range reviews {
		worst = max(worst, review.Score.Level)
	}
	if worst == "" {
		worst = "?"
	}
	return LabelPrefix + worst
}
