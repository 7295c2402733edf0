package templates

import (
	"fmt"
	"io"

	"github.com/austauschbar/austauschbar"
)

// FillRepositoryCheck gives a copy of a check with the words of the language: titles, messages,
// remedies, places. Its lists are never nil. Per condition ID the words are
// opencode.ID.title and per code of a finding opencode.ID.CODE and, where there is one,
// opencode.ID.CODE.remedy.
func (words *Words) FillRepositoryCheck(check austauschbar.RepositoryCheck) (austauschbar.RepositoryCheck, error) {
	check.Missed, check.Badge.Provided, check.Gaps = copied(check.Missed), copied(check.Badge.Provided), copied(check.Gaps)
	check.Conditions = copied(check.Conditions)
	for i := range check.Conditions {
		if err := words.fillCondition(&check.Conditions[i]); err != nil {
			return austauschbar.RepositoryCheck{}, fmt.Errorf("fill check: %w", err)
		}
	}
	return check, nil
}

func (words *Words) fillCondition(condition *austauschbar.Condition) error {
	condition.References, condition.Findings = words.inWords(condition.References), copied(condition.Findings)
	var err error
	if condition.Title, err = words.say("opencode."+condition.ID+".title", nil); err != nil {
		return err
	}
	for i := range condition.Findings {
		finding := &condition.Findings[i]
		name := "opencode." + condition.ID + "." + finding.Code
		if finding.Message, err = words.say(name, finding.Args); err != nil {
			return err
		}
		if finding.Remedy, err = words.either(finding.Args, name+".remedy"); err != nil {
			return err
		}
		if finding.Evidence != nil {
			evidence := *finding.Evidence
			if err := words.fillPlace(&evidence); err != nil {
				return err
			}
			finding.Evidence = &evidence
		}
	}
	return nil
}

// RepositoryCheck writes a check as FillRepositoryCheck returned it. Its error says when
// the format is none of ours.
func (words *Words) RepositoryCheck(out io.Writer, format Format, check austauschbar.RepositoryCheck, options Options) error {
	return words.report(out, format, report{"opencode", "check", check, check}, options)
}
