package templates

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/austauschbar/austauschbar"
)

// Confidential returns a copy of the words for places that more people read than
// the documents: whatever the copy writes of a review holds no quotes, no
// suggestions, no values out of the documents, no titles of documents and no
// reasons of waivers, and neither lock-in map nor agreement, which name what a solution is
// made of. Criteria, places, headings of sections, names of files and
// ids remain.
func (words *Words) Confidential() *Words {
	discreet := *words
	discreet.confidential = true
	return &discreet
}

// shown is a review as Fill returned it with all that these words may tell.
func (words *Words) shown(review austauschbar.Review) (austauschbar.Review, error) {
	if !words.confidential {
		return review, nil
	}
	review.Dossier.Title, review.LockInMap, review.Agreement = "", nil, nil
	review.Criteria = copied(review.Criteria)
	for i := range review.Criteria {
		review.Criteria[i].Evidence = withoutQuotes(review.Criteria[i].Evidence)
	}
	review.Situations = slices.Clone(review.Situations)
	for i := range review.Situations {
		review.Situations[i].Evidence = withoutQuotes(review.Situations[i].Evidence)
	}
	review.Findings = copied(review.Findings)
	for i := range review.Findings {
		finding := &review.Findings[i]
		criterion := criterionOf(review, finding.Criterion)
		if criterion.Rating == "" {
			criterion.Rating = ratingBehind(finding.Severity)
		}
		if err := words.withhold(finding, criterion, review.Dossier.Kind); err != nil {
			return austauschbar.Review{}, fmt.Errorf("withhold finding %q: %w", finding.ID, err)
		}
	}
	review.Contradictions = copied(review.Contradictions)
	for i := range review.Contradictions {
		if err := words.withholdDiscrepancy(&review.Contradictions[i]); err != nil {
			return austauschbar.Review{}, fmt.Errorf("withhold contradiction: %w", err)
		}
	}
	review.Waivers = copied(review.Waivers)
	for i := range review.Waivers {
		waiver := &review.Waivers[i]
		waiver.Passage, waiver.Hash, waiver.Text, waiver.Evidence = "", "", "", ""
	}
	review.Gaps = copied(review.Gaps)
	for i := range review.Gaps {
		if !pageDetail.MatchString(clean(review.Gaps[i].Detail)) {
			review.Gaps[i].Detail = ""
		}
	}
	return review, nil
}

// withhold says a finding anew without the documents' own words. Where they
// cannot be left out of the criterion's words, the general voice speaks.
func (words *Words) withhold(finding *austauschbar.Finding, criterion austauschbar.Criterion, kind string) error {
	finding.Args = masked(finding.Args)
	if finding.Evidence != nil {
		evidence := *finding.Evidence
		evidence.Quote = ""
		finding.Evidence = &evidence
	}
	if finding.Waiver != nil {
		waiver := *finding.Waiver
		var err error
		if waiver.Text, err = words.say("waiver.withheld", nil); err != nil {
			return err
		}
		waiver.Evidence = ""
		finding.Waiver = &waiver
	}
	if err := words.fillFinding(finding, criterion, kind); err != nil {
		if err := words.fillGeneral(finding, criterion); err != nil {
			return err
		}
		name := words.nameOf(criterion.ID, finding.Code)
		words.instead(&finding.Reason, finding.Args, words.of(kind, name, "reason"), words.of(kind, criterion.ID, "reason"))
		words.instead(&finding.Remedy, finding.Args, words.of(kind, name, "remedy"))
	}
	finding.Suggestion = ""
	return nil
}

// instead puts the criterion's own words in the place of general ones where these
// values are enough to say them.
func (words *Words) instead(text *string, args map[string]any, names ...string) {
	if own, err := words.either(args, names...); err == nil && own != "" {
		*text = own
	}
}

// masked keeps the shape of a finding's values without what they tell: texts and
// lists of texts become "…", numbers out of the documents are left out. How often
// something was found, and what is true or false, is ours.
func masked(args map[string]any) map[string]any {
	kept := map[string]any{}
	for name, value := range args {
		_, isNumber := value.(json.Number)
		switch kind := reflect.ValueOf(value).Kind(); {
		case kind == reflect.Bool, name == "count" && (isNumber || kind != reflect.String):
			kept[name] = value
		case kind == reflect.String && !isNumber:
			kept[name] = "…"
		case kind == reflect.Slice:
			kept[name] = []any{"…"}
		}
	}
	return kept
}

func withoutQuotes(list []austauschbar.Evidence) []austauschbar.Evidence {
	list = copied(list)
	for i := range list {
		list[i].Quote = ""
	}
	return list
}
