package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
)

// Fill gives a copy of a review with everything that depends on the language: the
// titles of criteria, the message, reason and remedy of findings, the place of evidence;
// and the suggestions, each in the language of its document. Its lists are never nil. A
// criterion without words of its own speaks in the general voice, with the title it came
// with. Filling a review again in another language is fine.
//
// Per criterion ID the words are ID.title, ID.meaning, ID.evidence, ID.reason;
// per code of a finding ID.CODE and ID.CODE.remedy, and where they are wanted
// ID.CODE.reason (else ID.reason) and ID.CODE.question, which is said in place of
// ID.CODE where the finding is a question. A code that says the same of every criterion
// has its words once: any.CODE. Each of these but a title can have other words for a
// kind of dossier: EX-02.missing.architecture, EX-02.missing.architecture.remedy,
// EX-02.architecture.reason. Of suggestions see suggest. Of those of an own project see of.
func (words *Words) Fill(review austauschbar.Review) (austauschbar.Review, error) {
	review.Score.OpenGates = copied(review.Score.OpenGates)
	review.Headlines = copied(review.Headlines)
	review.Groups = copied(review.Groups)
	review.Gaps = copied(review.Gaps)
	review.Waivers = copied(review.Waivers)
	review.Dossier.Documents = copied(review.Dossier.Documents)
	review.Criteria = copied(review.Criteria)
	criteria := map[string]austauschbar.Criterion{}
	for i := range review.Criteria {
		if err := words.fillCriterion(&review.Criteria[i]); err != nil {
			return austauschbar.Review{}, fmt.Errorf("fill review: %w", err)
		}
		if review.Dossier.Kind == "architecture" {
			review.Criteria[i].References = slices.DeleteFunc(review.Criteria[i].References, func(r austauschbar.Reference) bool { return r.Contract })
		}
		criteria[review.Criteria[i].ID] = review.Criteria[i]
	}
	review.Situations = slices.Clone(review.Situations) // nil where there is no AI
	for i := range review.Situations {
		if err := words.fillPlaces(&review.Situations[i].Evidence); err != nil {
			return austauschbar.Review{}, fmt.Errorf("fill review: %w", err)
		}
	}
	review.Contradictions = copied(review.Contradictions)
	for i := range review.Contradictions {
		if err := words.fillDiscrepancy(&review.Contradictions[i]); err != nil {
			return austauschbar.Review{}, fmt.Errorf("fill review: %w", err)
		}
	}
	var err error
	if review.LockInMap, err = words.fillMap(review.LockInMap); err != nil {
		return austauschbar.Review{}, fmt.Errorf("fill review: %w", err)
	}
	if review.Agreement, err = words.fillAgreement(review.Agreement); err != nil {
		return austauschbar.Review{}, fmt.Errorf("fill review: %w", err)
	}
	review.Findings = copied(review.Findings)
	for i := range review.Findings {
		finding := &review.Findings[i]
		criterion, ok := criteria[finding.Criterion]
		if !ok {
			criterion = austauschbar.Criterion{ID: finding.Criterion, Title: finding.Criterion}
		}
		err := words.fillFinding(finding, criterion, spokenAs(review))
		if err == nil {
			finding.Suggestion, err = words.suggest(review, *finding)
		}
		if err != nil {
			return austauschbar.Review{}, fmt.Errorf("fill review: finding %q: %w", finding.ID, err)
		}
	}
	return review, nil
}

func copied[T any](list []T) []T {
	return append([]T{}, list...)
}

func (words *Words) fillCriterion(criterion *austauschbar.Criterion) error {
	criterion.Findings = copied(criterion.Findings)
	criterion.References = words.inWords(criterion.References)
	if err := words.fillPlaces(&criterion.Evidence); err != nil {
		return err
	}
	title, err := words.either(nil, criterion.ID+".title")
	if err != nil {
		return err
	}
	if title != "" {
		criterion.Title = title
	}
	if criterion.Title == "" {
		criterion.Title = criterion.ID
	}
	return nil
}

// fillPlaces puts a copy with places in place of a list.
func (words *Words) fillPlaces(list *[]austauschbar.Evidence) error {
	*list = copied(*list)
	for i := range *list {
		if err := words.fillPlace(&(*list)[i]); err != nil {
			return err
		}
	}
	return nil
}

func (words *Words) fillFinding(finding *austauschbar.Finding, criterion austauschbar.Criterion, kind string) error {
	data := maps.Clone(finding.Args)
	if data == nil {
		data = map[string]any{}
	}
	finding.Args = data
	if finding.Evidence != nil {
		evidence := *finding.Evidence
		if err := words.fillPlace(&evidence); err != nil {
			return err
		}
		finding.Evidence = &evidence
	}
	if finding.Waiver != nil {
		waiver := *finding.Waiver
		finding.Waiver = &waiver
	}
	name := words.nameOf(criterion.ID, finding.Code)
	if !words.Defines(name) {
		return words.fillGeneral(finding, criterion)
	}
	message, err := words.message(finding.Severity, words.worded(kind, name), data)
	if err != nil {
		return err
	}
	reason, err := words.either(data, words.of(kind, name, "reason"), words.of(kind, criterion.ID, "reason"))
	if err != nil {
		return err
	}
	remedy, err := words.either(data, words.of(kind, name, "remedy"), "general.remedy")
	if err != nil {
		return err
	}
	finding.Message, finding.Reason, finding.Remedy = message, reason, remedy
	return nil
}

// nameOf gives the name of a code's words: the criterion's own, or those for any.
func (words *Words) nameOf(id, code string) string {
	if common := "any." + code; !words.Defines(id+"."+code) && words.Defines(common) {
		return common
	}
	return id + "." + code
}

// ownProject is the kind of dossier whose authors seem to make the thing themselves, or
// that speaks of nobody who would be bound.
const ownProject = "own_project"

// spokenAs is the kind of dossier that words are chosen by.
func spokenAs(review austauschbar.Review) string {
	if slices.ContainsFunc(review.Findings, doubtsAward) {
		return ownProject
	}
	return review.Dossier.Kind
}

// doubtsAward says whether a finding asks if anything is to be awarded at all.
func doubtsAward(finding austauschbar.Finding) bool {
	if finding.Criterion != "EX-01" || finding.Waiver != nil {
		return false
	}
	doubtful, _ := finding.Args["doubtful"].(bool)
	return finding.Code == ownProject || finding.Code == "elsewhere" && doubtful
}

// worded gives the name of the words that a kind of dossier has in the place of others,
// or of these where it has none.
func (words *Words) worded(kind, name string) string {
	if own := name + "." + kind; kind != "" && words.Defines(own) {
		return own
	}
	return name
}

// of gives the name of a part of a name's words, likewise. In a project of one's own as in
// an architecture there is nobody to demand anything of: what the one lacks the other has.
func (words *Words) of(kind, name, part string) string {
	if own := name + "." + kind + "." + part; kind != "" && words.Defines(own) {
		return own
	}
	if kind == ownProject {
		return words.of("architecture", name, part)
	}
	return name + "." + part
}

// message asks where we are unsure: with the question that the criterion's
// words hold, or by asking to check what they state.
func (words *Words) message(severity, name string, data any) (string, error) {
	if severity != "question" {
		return words.say(name, data)
	}
	if words.Defines(name + ".question") {
		return words.say(name+".question", data)
	}
	statement, err := words.say(name, data)
	if err != nil {
		return "", err
	}
	return words.say("general.question", statement)
}

// fillGeneral speaks for criteria that have no words yet.
func (words *Words) fillGeneral(finding *austauschbar.Finding, criterion austauschbar.Criterion) error {
	rating := criterion.Rating
	if !words.Defines("general." + rating) {
		rating = austauschbar.NotMet
	}
	message, err := words.message(finding.Severity, "general."+rating, criterion.Title)
	if err != nil {
		return err
	}
	reason, err := words.either(criterion, criterion.ID+".reason", "general.reason")
	if err != nil {
		return err
	}
	remedy, err := words.either(criterion, "general.remedy")
	if err != nil {
		return err
	}
	finding.Message, finding.Reason, finding.Remedy = message, reason, remedy
	return nil
}

// either says the first name that has words; "" where none has.
func (words *Words) either(data any, names ...string) (string, error) {
	for _, name := range names {
		if words.Defines(name) {
			return words.say(name, data)
		}
	}
	return "", nil
}

// fillPlace tells where evidence stands, from the document inwards:
// "Leistungsbeschreibung.docx, Abschnitt 3.2.1 Datenexport, Absatz 12".
func (words *Words) fillPlace(evidence *austauschbar.Evidence) error {
	parts := []string{clean(evidence.Path)}
	add := func(name string, data any) error {
		part, err := words.say("place."+name, data)
		parts = append(parts, part)
		return err
	}
	if section := clean(evidence.Section); section != "" {
		name := "section"
		if !unicode.IsDigit([]rune(section)[0]) {
			name, section = "heading", evidence.Section
		}
		if err := add(name, section); err != nil {
			return err
		}
	}
	if evidence.Page > 0 {
		if err := add("page", evidence.Page); err != nil {
			return err
		}
	}
	if cell := clean(evidence.Cell); cell != "" {
		if at := strings.LastIndex(cell, "!"); at >= 0 {
			if err := add("sheet", cell[:at]); err != nil {
				return err
			}
			cell = cell[at+1:]
		}
		if err := add("cell", cell); err != nil {
			return err
		}
	}
	if evidence.Line > 0 {
		if err := add("line", evidence.Line); err != nil {
			return err
		}
	}
	if evidence.Paragraph > 0 {
		if err := add("paragraph", evidence.Paragraph); err != nil {
			return err
		}
	}
	evidence.Place = strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
	return nil
}
