package templates

import (
	"cmp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A view is a review in the order in which a reader needs it. Its review is one
// that Fill returned.
type view struct {
	austauschbar.Review
	Open     []austauschbar.Criterion // gate criteria that are open, largest gain first
	Steps    []step                   // largest gain first
	NoSteps  string                   // name of what is said where there are none
	Sections []section                // by severity, the empty ones left out
	Waived   []austauschbar.Finding
	Troubled []austauschbar.WaiverState // waivers that do not count or end soon
	Tables   []table                    // by group, in the review's order
	Missing  string                     // what "not found anywhere" means for this dossier
	Ratings  []ratingChange             // against the base
	Most     int                        // findings shown of one topic; waivers of each list; contradictions; rows of map and agreement
	Least    int                        // rows of map and agreement that are shown even so
}

// Unevidenced counts the gate criteria of which nothing was found.
func (v view) Unevidenced() int { return unevidenced(v.Review) }

func unevidenced(review austauschbar.Review) int {
	count := 0
	for _, criterion := range review.Criteria {
		if criterion.Kind == "A" && criterion.Rating == austauschbar.NotEvidenced {
			count++
		}
	}
	return count
}

// LawUntold tells whether the reasons name a law that may not govern: that of Germany, where
// a tender is written in another language and nothing tells its procurement law.
func (v view) LawUntold() bool {
	return v.Dossier.Kind != "architecture" && v.Dossier.Regime == "" && v.Dossier.Language != "" && v.Dossier.Language != "de"
}

// HasWaived tells whether a criterion was waived.
func (v view) HasWaived() bool {
	return slices.ContainsFunc(v.Criteria, func(c austauschbar.Criterion) bool { return c.Waived })
}

// FirstWaived gives as many waived findings as are shown.
func (v view) FirstWaived() []austauschbar.Finding { return v.Waived[:min(v.Most, len(v.Waived))] }

// HiddenWaived counts the waived findings beyond those shown.
func (v view) HiddenWaived() int { return len(v.Waived) - len(v.FirstWaived()) }

// FirstTroubled gives as many of the waivers that need attention as are shown.
func (v view) FirstTroubled() []austauschbar.WaiverState {
	return v.Troubled[:min(v.Most, len(v.Troubled))]
}

// HiddenTroubled counts the waivers beyond those shown.
func (v view) HiddenTroubled() int { return len(v.Troubled) - len(v.FirstTroubled()) }

// A step is what to do for one criterion.
type step struct {
	Criterion austauschbar.Criterion
	Remedy    string
}

// A section is all findings of one severity that are not waived.
type section struct {
	Severity string
	Topics   []topic
	Silent   []topic // questions about what the dossier does not say, told in brief
}

// Count is how many findings a reader counts: several places of one code are one.
func (s section) Count() int { return len(s.Topics) + len(s.Silent) }

// A topic is all findings of one criterion, code and severity. Words that all
// of them share stand here and are left out of the findings.
type topic struct {
	Criterion               austauschbar.Criterion
	Code                    string
	Message, Reason, Remedy string
	Suggestion              string
	Findings                []austauschbar.Finding
}

// First gives at most n findings.
func (t topic) First(n int) []austauschbar.Finding { return t.Findings[:min(n, len(t.Findings))] }

// Hidden counts the findings beyond n.
func (t topic) Hidden(n int) int { return max(0, len(t.Findings)-n) }

// A table is the criteria of one group.
type table struct {
	Group    austauschbar.Group
	Criteria []austauschbar.Criterion
}

func (words *Words) view(review austauschbar.Review) (view, error) {
	review, err := words.shown(review)
	if err != nil {
		return view{}, err
	}
	review = withoutThinScores(review)
	v := view{Review: review, Most: max(len(review.Findings), len(review.Waivers), len(review.Contradictions), rows(review))}
	if v.Dossier.Title == "" {
		v.Dossier.Title = v.Dossier.Path
	}
	lookUp := byID(review.Criteria)
	for _, id := range review.Score.OpenGates {
		v.Open = append(v.Open, lookUp(id))
	}
	slices.SortStableFunc(v.Open, byGain)
	if v.Sections, err = words.sections(review, lookUp); err != nil {
		return view{}, err
	}
	if v.NoSteps = "steps.none"; thin(review.Score.Coverage) {
		v.NoSteps = "steps.little"
	} else if v.Steps, err = words.steps(review, v.Sections); err != nil {
		return view{}, err
	}
	v.Waived, _ = partition(review.Findings, func(f austauschbar.Finding) bool { return f.Waiver != nil })
	slices.SortStableFunc(v.Waived, byPlace)
	v.Troubled, _ = partition(review.Waivers, func(w austauschbar.WaiverState) bool { return w.State != austauschbar.WaiverWaived })
	for _, group := range review.Groups {
		if of, _ := partition(review.Criteria, func(c austauschbar.Criterion) bool { return c.Group == group.ID }); len(of) > 0 {
			v.Tables = append(v.Tables, table{group, of})
		}
	}
	if review.Delta != nil {
		for _, change := range review.Delta.Ratings {
			v.Ratings = append(v.Ratings, ratingChange{lookUp(change.ID), change.From, change.To, direction(change.From, change.To)})
		}
		slices.SortStableFunc(v.Ratings, byDirection)
	}
	v.Missing, err = words.missing(review)
	return v, err
}

// byID looks a criterion up; of one that is not there, its id is all that is known.
func byID(criteria []austauschbar.Criterion) func(id string) austauschbar.Criterion {
	known := map[string]austauschbar.Criterion{}
	for _, criterion := range criteria {
		known[criterion.ID] = criterion
	}
	return func(id string) austauschbar.Criterion {
		if criterion, ok := known[id]; ok {
			return criterion
		}
		return austauschbar.Criterion{ID: id, Title: id}
	}
}

// missing qualifies "not found": an unread page or a document that is not here
// may hold what seems to be missing.
func (words *Words) missing(review austauschbar.Review) (string, error) {
	data := map[string]any{"documents": len(review.Dossier.Documents), "gaps": len(review.Gaps)}
	switch {
	case slices.ContainsFunc(review.Gaps, mayHoldText):
		return words.say("missing.gaps", data)
	case review.Dossier.Complete:
		return words.say("missing.complete", data)
	}
	return words.say("missing.incomplete", data)
}

// mayHoldText says whether prose may stand in what could not be read: not in variables, nor in
// other files for programs that one of them names.
func mayHoldText(gap austauschbar.Gap) bool {
	return !slices.Contains([]string{"absent_files", "remote_module", "unset_variable"}, gap.Reason)
}

// thin says that too little of the weight is evidenced for a score or a gain to tell
// anything: one criterion more moves the whole result.
func thin(coverage float64) bool { return coverage < 0.2 }

// withoutThinScores leaves out the scores and gains that rest on too little. Data for
// programs keep them, beside how much is covered.
func withoutThinScores(review austauschbar.Review) austauschbar.Review {
	if thin(review.Score.Coverage) {
		review.Score.Overall = nil
		review.Criteria = slices.Clone(review.Criteria)
		for i := range review.Criteria {
			review.Criteria[i].Gain = 0
		}
	}
	review.Headlines = slices.Clone(review.Headlines)
	for i := range review.Headlines {
		if thin(review.Headlines[i].Coverage) {
			review.Headlines[i].Score = nil
		}
	}
	review.Groups = slices.Clone(review.Groups)
	for i := range review.Groups {
		if thin(review.Groups[i].Coverage) {
			review.Groups[i].Score = nil
		}
	}
	return review
}

// steps are the criteria that would raise the overall score, each with the
// remedy of its gravest finding or, where it has none, with the evidence that is
// wanted. What was waived is decided already.
func (words *Words) steps(review austauschbar.Review, sections []section) ([]step, error) {
	remedies := map[string]string{}
	for _, section := range sections {
		for _, topic := range slices.Concat(section.Topics, section.Silent) {
			if topic.Code != "elsewhere" && remedies[topic.Criterion.ID] == "" {
				remedies[topic.Criterion.ID] = cmp.Or(topic.Remedy, topic.Findings[0].Remedy)
			}
		}
	}
	var steps []step
	for _, criterion := range review.Criteria {
		if criterion.Gain <= 0 || criterion.Waived || !asked(criterion, review.Findings) {
			continue
		}
		remedy := remedies[criterion.ID]
		if remedy == "" {
			var err error
			if remedy, err = words.either(criterion, criterion.ID+".evidence", "general.evidence"); err != nil {
				return nil, err
			}
		}
		steps = append(steps, step{criterion, remedy})
	}
	slices.SortStableFunc(steps, func(a, b step) int { return byGain(a.Criterion, b.Criterion) })
	return steps, nil
}

// asked says whether a review has something of its own to say on a criterion. Of one that
// a question on papers that are not here only lists, nobody knows whether it matters; nor of
// an award that there may not be.
func asked(criterion austauschbar.Criterion, findings []austauschbar.Finding) bool {
	return criterion.Rating != austauschbar.NotEvidenced || slices.ContainsFunc(findings, func(finding austauschbar.Finding) bool {
		return finding.Criterion == criterion.ID && finding.Code != "elsewhere" && finding.Code != ownProject
	})
}

func (words *Words) sections(review austauschbar.Review, lookUp func(string) austauschbar.Criterion) ([]section, error) {
	var sections []section
	for _, severity := range austauschbar.Severities {
		s := section{Severity: severity}
		topics := map[string]*topic{}
		for _, finding := range review.Findings {
			if finding.Severity != severity || finding.Waiver != nil {
				continue
			}
			key := finding.Criterion + "." + finding.Code
			if topics[key] == nil {
				topics[key] = &topic{Criterion: lookUp(finding.Criterion), Code: finding.Code}
			}
			topics[key].Findings = append(topics[key].Findings, finding)
		}
		for _, t := range topics {
			slices.SortStableFunc(t.Findings, byPlace)
			slices.SortStableFunc(t.Findings, newFirst(review))
			if err := words.gather(t, spokenAs(review)); err != nil {
				return nil, err
			}
			s.Topics = append(s.Topics, *t)
		}
		slices.SortFunc(s.Topics, func(a, b topic) int {
			return cmp.Or(byGain(a.Criterion, b.Criterion), strings.Compare(a.Code, b.Code))
		})
		if severity == "question" {
			s.Topics, s.Silent = partition(s.Topics, topic.says)
		}
		if s.Count() > 0 {
			sections = append(sections, s)
		}
	}
	return sections, nil
}

func partition[T any](list []T, holds func(T) bool) (do, doNot []T) {
	for _, one := range list {
		if holds(one) {
			do = append(do, one)
		} else {
			doNot = append(doNot, one)
		}
	}
	return do, doNot
}

func (t topic) says() bool { return says(t.Code) }

// says tells whether a finding is about something the dossier says or is, rather than
// about what it lacks.
func says(code string) bool { return code != "missing" && code != "elsewhere" }

// gather moves what all findings of a topic say to the topic. For more than one,
// ID.CODE.many and ID.CODE.many.reason, .remedy and .suggestion speak for all of
// them with their count, if the language has them; else, where they differ, each
// finding keeps its own words. A kind of dossier may have others, as in Fill.
func (words *Words) gather(t *topic, kind string) error {
	name := t.Criterion.ID + "." + t.Code + ".many"
	for _, part := range []struct {
		many  string
		shown *string
		of    func(*austauschbar.Finding) *string
	}{
		{words.worded(kind, name), &t.Message, func(f *austauschbar.Finding) *string { return &f.Message }},
		{words.of(kind, name, "reason"), &t.Reason, func(f *austauschbar.Finding) *string { return &f.Reason }},
		{words.of(kind, name, "remedy"), &t.Remedy, func(f *austauschbar.Finding) *string { return &f.Remedy }},
		{name + ".suggestion", &t.Suggestion, func(f *austauschbar.Finding) *string { return &f.Suggestion }},
	} {
		same := true
		for i := range t.Findings {
			same = same && *part.of(&t.Findings[i]) == *part.of(&t.Findings[0])
		}
		many, err := "", error(nil)
		if len(t.Findings) > 1 {
			if many, err = words.either(map[string]any{"count": len(t.Findings)}, part.many); err != nil {
				return err
			}
		}
		switch {
		case many != "":
			*part.shown = many
		case same:
			*part.shown = *part.of(&t.Findings[0])
		default:
			continue
		}
		for i := range t.Findings {
			*part.of(&t.Findings[i]) = ""
		}
	}
	return nil
}

func byGain(a, b austauschbar.Criterion) int {
	return cmp.Or(cmp.Compare(b.Gain, a.Gain), strings.Compare(a.ID, b.ID))
}

// byPlace puts what is missing everywhere first, then follows the documents.
func byPlace(a, b austauschbar.Finding) int {
	var at, bt austauschbar.Evidence
	if a.Evidence != nil {
		at = *a.Evidence
	}
	if b.Evidence != nil {
		bt = *b.Evidence
	}
	return cmp.Or(
		strings.Compare(at.Path, bt.Path),
		cmp.Compare(at.Page, bt.Page),
		cmp.Compare(at.Line, bt.Line),
		cmp.Compare(at.Paragraph, bt.Paragraph),
		cmp.Compare(at.Column, bt.Column),
		strings.Compare(at.Cell, bt.Cell),
		strings.Compare(a.ID, b.ID),
	)
}
