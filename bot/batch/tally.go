package batch

import (
	"cmp"
	"container/heap"
	"maps"
	"math"
	"slices"

	"github.com/austauschbar/austauschbar"
)

// What a summary holds at most. The results hold all.
const (
	mostNames    = 10_000 // different ones of one kind that are told apart
	mostWorst    = 50
	mostFailures = 100
)

// A tally adds up lines, which it does not keep. Lines come in the same order each
// time, so that sums of fractions are the same.
type tally struct {
	summary austauschbar.BatchSummary

	all         group
	headlines   map[string]*group
	profiles    map[string]*group
	authorities map[string]*group
	procedures  map[string]*group
	cpv         map[string]*group
	months      map[string]*group
	criteria    map[string]*austauschbar.BatchCriterion
	findings    map[austauschbar.BatchFinding]*austauschbar.BatchTotal
	worst       worst
}

func newTally() *tally {
	return &tally{
		summary: austauschbar.BatchSummary{Version: austauschbar.BatchVersion, Failures: []austauschbar.BatchPlace{}},
		all:     group{levels: map[string]int{}}, headlines: map[string]*group{}, profiles: map[string]*group{},
		authorities: map[string]*group{}, procedures: map[string]*group{}, cpv: map[string]*group{}, months: map[string]*group{},
		criteria: map[string]*austauschbar.BatchCriterion{}, findings: map[austauschbar.BatchFinding]*austauschbar.BatchTotal{},
	}
}

// group is a BatchGroup that is still being added up.
type group struct {
	dossiers, scored, open int
	sum, covered           float64
	levels                 map[string]int
}

func (g *group) add(score *float64, level string, coverage float64, open bool) {
	g.dossiers++
	g.covered += coverage
	g.levels[level]++
	if open {
		g.open++
	}
	if score != nil && level != "" {
		g.scored++
		g.sum += *score
	}
}

func (g *group) named(name string) austauschbar.BatchGroup {
	of := austauschbar.BatchGroup{Name: name, Dossiers: g.dossiers, Open: g.open, Levels: g.levels}
	if g.dossiers > 0 {
		of.Coverage = math.Round(1000*g.covered/float64(g.dossiers)) / 1000
	}
	if g.scored > 0 {
		of.Score = new(math.Round(100*g.sum/float64(g.scored)) / 100)
	}
	return of
}

// in returns the group of a name. Names beyond the most are told as none.
func in(groups map[string]*group, name string) *group {
	found := groups[name]
	if found == nil && len(groups) >= mostNames {
		name = ""
		found = groups[name]
	}
	if found == nil {
		found = &group{levels: map[string]int{}}
		groups[name] = found
	}
	return found
}

func (t *tally) add(line austauschbar.BatchLine) {
	t.summary.Dossiers++
	if line.Error != "" {
		t.summary.Failed++
		if len(t.summary.Failures) < mostFailures {
			t.summary.Failures = append(t.summary.Failures, austauschbar.BatchPlace{Path: line.Path, Error: line.Error})
		}
		return
	}
	t.summary.Documents += line.Documents
	if line.Gaps > 0 {
		t.summary.WithGaps++
	}
	score, open := line.Score, line.Score.Gate == "open"
	t.all.add(score.Overall, score.Level, score.Coverage, open)
	for _, headline := range line.Headlines {
		in(t.headlines, headline.ID).add(headline.Score, headline.Level, headline.Coverage, false)
	}
	notice := austauschbar.BatchNotice{}
	if line.Notice != nil {
		notice = *line.Notice
	}
	main := ""
	if len(notice.CPV) > 0 {
		main = notice.CPV[0]
	}
	in(t.profiles, line.Policy.Profile).add(score.Overall, score.Level, score.Coverage, open)
	in(t.authorities, notice.Authority).add(score.Overall, score.Level, score.Coverage, open)
	in(t.procedures, notice.Procedure).add(score.Overall, score.Level, score.Coverage, open)
	in(t.cpv, main).add(score.Overall, score.Level, score.Coverage, open)
	in(t.months, notice.Month).add(score.Overall, score.Level, score.Coverage, open)
	for id, rating := range line.Criteria {
		t.criterion(id).Ratings[rating]++
	}
	for _, id := range score.OpenGates {
		t.criterion(id).Open++
	}
	for _, finding := range line.Findings {
		count := finding.Count
		finding.Count = 0
		total := t.findings[finding]
		if total == nil {
			total = &austauschbar.BatchTotal{BatchFinding: finding}
			t.findings[finding] = total
		}
		total.Dossiers++
		total.Count += count
	}
	t.worst.add(austauschbar.BatchPlace{Path: line.Path, Title: line.Title, Level: score.Level, Score: score.Overall})
}

func (t *tally) criterion(id string) *austauschbar.BatchCriterion {
	found := t.criteria[id]
	if found == nil {
		found = &austauschbar.BatchCriterion{ID: id, Ratings: map[string]int{}}
		t.criteria[id] = found
	}
	return found
}

// lost is how many dossiers a criterion spoils; one that meets it in part counts half.
func lost(c austauschbar.BatchCriterion) int {
	return 2*c.Ratings[austauschbar.NotMet] + c.Ratings[austauschbar.Partly]
}

// sum is the summary of what was added.
func (t *tally) sum() austauschbar.BatchSummary {
	s := t.summary
	s.All = t.all.named("")
	s.Headlines = []austauschbar.BatchGroup{}
	for _, id := range []string{"exchangeability", "open_interfaces", "lock_in_risk", "ai_openness"} {
		if headline := t.headlines[id]; headline != nil {
			s.Headlines = append(s.Headlines, headline.named(id))
		}
	}
	s.Profiles, s.Authorities = frequent(t.profiles), frequent(t.authorities)
	s.Procedures, s.CPV = frequent(t.procedures), frequent(t.cpv)
	s.Months = frequent(t.months)
	slices.SortFunc(s.Months, func(a, b austauschbar.BatchGroup) int { return cmp.Compare(a.Name, b.Name) })
	s.Criteria = []austauschbar.BatchCriterion{}
	for _, id := range slices.Sorted(maps.Keys(t.criteria)) {
		s.Criteria = append(s.Criteria, *t.criteria[id])
	}
	slices.SortStableFunc(s.Criteria, func(a, b austauschbar.BatchCriterion) int { return cmp.Compare(lost(b), lost(a)) })
	s.Findings = []austauschbar.BatchTotal{}
	for _, total := range t.findings {
		s.Findings = append(s.Findings, *total)
	}
	slices.SortFunc(s.Findings, func(a, b austauschbar.BatchTotal) int {
		return cmp.Or(cmp.Compare(b.Dossiers, a.Dossiers), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Criterion, b.Criterion), cmp.Compare(severity(a.BatchFinding), severity(b.BatchFinding)), cmp.Compare(a.Code, b.Code))
	})
	s.Worst = t.worst.sorted()
	return s
}

// frequent lists groups by how many dossiers they have, those without a name last.
func frequent(groups map[string]*group) []austauschbar.BatchGroup {
	list := []austauschbar.BatchGroup{}
	for name, g := range groups {
		list = append(list, g.named(name))
	}
	slices.SortFunc(list, func(a, b austauschbar.BatchGroup) int {
		if (a.Name == "") != (b.Name == "") {
			return cmp.Compare(len(b.Name), len(a.Name))
		}
		return cmp.Or(cmp.Compare(b.Dossiers, a.Dossiers), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// worst are the dossiers with the lowest scores, the best of them first in the heap.
type worst []austauschbar.BatchPlace

func byScore(a, b austauschbar.BatchPlace) int {
	return cmp.Or(cmp.Compare(*a.Score, *b.Score), cmp.Compare(a.Path, b.Path))
}

// Len, Less, Swap, Push and Pop are what a heap asks for.
func (w worst) Len() int           { return len(w) }
func (w worst) Less(i, j int) bool { return byScore(w[i], w[j]) > 0 }
func (w worst) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *worst) Push(place any)    { *w = append(*w, place.(austauschbar.BatchPlace)) }
func (w *worst) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

func (w *worst) add(place austauschbar.BatchPlace) {
	if place.Score == nil {
		return
	}
	heap.Push(w, place)
	if len(*w) > mostWorst {
		heap.Pop(w)
	}
}

func (w worst) sorted() []austauschbar.BatchPlace {
	list := append([]austauschbar.BatchPlace{}, w...)
	slices.SortFunc(list, byScore)
	return list
}
