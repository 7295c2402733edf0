package policies

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"golang.org/x/sync/errgroup"

	"github.com/austauschbar/austauschbar"
)

// Judge asks every criterion about the facts and scores what they say. A
// criterion that fails stops the review: one that dropped out would read as a
// pass. Only lists the ids to judge; empty for all. An unknown profile or id is
// an *UnknownError. Words are left to the templates.
func (p *Policies) Judge(ctx context.Context, facts austauschbar.Facts, profileName string, only []string) (austauschbar.Review, error) {
	profile, ok := p.profiles[profileName]
	if !ok {
		return austauschbar.Review{}, &UnknownError{"profile", profileName, p.Profiles()}
	}
	criteria, leftOut, err := p.choose(profile, only)
	if err != nil {
		return austauschbar.Review{}, err
	}
	if facts.Dossier.AI == nil && profile.ai {
		facts.Dossier.AI = &austauschbar.Known[bool]{Value: true, Source: "declared"}
	}
	input := factsValue(facts)
	verdicts, err := askAll(ctx, criteria, input)
	if err != nil {
		return austauschbar.Review{}, err
	}
	situated, err := p.situate(ctx, input)
	if err != nil {
		return austauschbar.Review{}, fmt.Errorf("judge situation: %w", err)
	}
	waived, err := p.waive(ctx, facts, criteria, verdicts)
	if err != nil {
		return austauschbar.Review{}, fmt.Errorf("judge waivers: %w", err)
	}
	scored, err := p.score(ctx, facts, situated.AI, profile, criteria, verdicts, waived)
	if err != nil {
		return austauschbar.Review{}, fmt.Errorf("score: %w", err)
	}
	review := p.review(facts, criteria, verdicts, waived, scored)
	review.Policy = austauschbar.Policy{
		Digest: p.digest, Version: p.version, Profile: profileName, ProfileVersion: profile.version, ProfileOverdue: scored.ProfileOverdue,
		LeftOut: leftOut, Eased: among(criteria, profile.eased), LowerBounds: profile.lowerBounds, Today: facts.Today,
	}
	if len(only) == 0 { // some criteria alone tell nothing of a framework or a case
		review.Situations = situated.rated(review.Criteria)
		if review.Crosswalks, err = p.crosswalk(ctx, review); err != nil {
			return austauschbar.Review{}, fmt.Errorf("judge crosswalks: %w", err)
		}
		if err = p.draw(ctx, input, &review); err != nil {
			return austauschbar.Review{}, err
		}
	}
	return review, nil
}

// An UnknownError says that nothing bears the name asked for.
type UnknownError struct {
	What  string // "profile", "criterion", "framework"
	Name  string
	Known []string
}

// Error names what is known instead.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("there is no %s %q; known are %s", e.What, e.Name, strings.Join(e.Known, ", "))
}

// choose returns the criteria to judge and the ids of those that the profile leaves
// out. What is asked for by its id is judged, whatever the profile says.
func (p *Policies) choose(profile profile, only []string) (chosen []criterion, leftOut []string, err error) {
	if len(only) == 0 {
		chosen = slices.DeleteFunc(slices.Clone(p.criteria), func(c criterion) bool { return slices.Contains(profile.leftOut, c.ID) })
		return chosen, among(p.criteria, profile.leftOut), nil
	}
	for _, id := range only {
		i := slices.IndexFunc(p.criteria, func(c criterion) bool { return strings.EqualFold(c.ID, id) })
		if i < 0 {
			return nil, nil, &UnknownError{"criterion", id, p.ids()}
		}
		chosen = append(chosen, p.criteria[i])
	}
	slices.SortFunc(chosen, func(a, b criterion) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(chosen, func(a, b criterion) bool { return a.ID == b.ID }), nil, nil
}

// among returns those of the ids that belong to one of the criteria.
func among(criteria []criterion, ids []string) []string {
	var found []string
	for _, c := range criteria {
		if slices.Contains(ids, c.ID) {
			found = append(found, c.ID)
		}
	}
	return found
}

func (p *Policies) ids() []string {
	ids := make([]string, len(p.criteria))
	for i, c := range p.criteria {
		ids[i] = c.ID
	}
	return ids
}

// A verdict is what one criterion says of the facts.
type verdict struct {
	Rating        []string                `json:"rating"`         // none or one
	NotApplicable []string                `json:"not_applicable"` // its own reason, else that of the deal; none where it applies
	Findings      []finding               `json:"findings"`
	Evidence      []austauschbar.Evidence `json:"evidence"`
}

type finding struct {
	Criterion  string                 `json:"criterion"`
	Code       string                 `json:"code"`
	Confidence float64                `json:"confidence"`
	Evidence   *austauschbar.Evidence `json:"evidence"`
	Args       map[string]any         `json:"args"`

	id string // see fingerprint
}

// askAll asks the criteria side by side. Of several that fail, the first by id is
// named.
func askAll(ctx context.Context, criteria []criterion, input ast.Value) ([]verdict, error) {
	verdicts, failed := make([]verdict, len(criteria)), make([]error, len(criteria))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range criteria {
		group.Go(func() error {
			verdicts[i], failed[i] = criteria[i].ask(ctx, input)
			return nil
		})
	}
	_ = group.Wait() // every criterion keeps its own error
	for i, err := range failed {
		if err != nil {
			return nil, fmt.Errorf("judge %s: %w", criteria[i].ID, err)
		}
	}
	return verdicts, nil
}

// ask gives what a query binds, within TimeLimit. That it has no result, or several, is an
// error.
func ask(ctx context.Context, query rego.PreparedEvalQuery, input ast.Value) (rego.Vars, error) {
	ctx, cancel := context.WithTimeout(ctx, TimeLimit)
	defer cancel()
	results, err := query.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return nil, err
	}
	if len(results) != 1 {
		return nil, fmt.Errorf("gives %d results", len(results))
	}
	return results[0].Bindings, nil
}

// askReview reads what a query calls its review.
func askReview(ctx context.Context, query rego.PreparedEvalQuery, input ast.Value, into any) error {
	bound, err := ask(ctx, query, input)
	if err != nil {
		return err
	}
	return recode(bound["review"], into)
}

func (c *criterion) ask(ctx context.Context, input ast.Value) (verdict, error) {
	bound, err := ask(ctx, c.query, input)
	if err != nil {
		return verdict{}, err
	}
	var v verdict
	if err := recode(bound, &v); err != nil {
		return verdict{}, err
	}
	for _, f := range v.Findings {
		if f.Criterion != c.ID || f.Code == "" {
			return verdict{}, fmt.Errorf("finding of %q with code %q: build it with lib.result", f.Criterion, f.Code)
		}
	}
	if len(v.Rating) > 0 && !slices.Contains([]string{austauschbar.Met, austauschbar.Partly, austauschbar.NotMet}, v.Rating[0]) {
		return verdict{}, fmt.Errorf("rating %q: want met, partly or not_met", v.Rating[0])
	}
	if len(v.NotApplicable) > 0 {
		v.Findings, v.Evidence = nil, nil
	}
	slices.SortFunc(v.Findings, func(a, b finding) int {
		return cmp.Or(compareEvidence(a.Evidence, b.Evidence), strings.Compare(a.Code, b.Code), strings.Compare(fmt.Sprint(a.Args), fmt.Sprint(b.Args)))
	})
	v.Findings = slices.CompactFunc(v.Findings, repeats)
	seen := map[string]int{}
	for i, f := range v.Findings {
		v.Findings[i].id = fingerprint(f, seen)
	}
	slices.SortFunc(v.Evidence, func(a, b austauschbar.Evidence) int { return compareEvidence(&a, &b) })
	return v, nil
}

func recode(from, into any) error {
	data, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// repeats says whether a finding says of another sentence or cell of a line or
// paragraph what the one before says of it already.
func repeats(before, f finding) bool {
	if before.Code != f.Code || before.Evidence == nil || f.Evidence == nil || fmt.Sprint(before.Args) != fmt.Sprint(f.Args) {
		return false
	}
	a, b := before.Evidence, f.Evidence
	return a.Path == b.Path && a.Page == b.Page && a.Line == b.Line && a.Paragraph == b.Paragraph && (a.Line > 0 || a.Paragraph > 0)
}

// compareEvidence orders by place in the dossier; what has none comes first.
func compareEvidence(a, b *austauschbar.Evidence) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Paragraph, b.Paragraph),
		strings.Compare(a.Cell, b.Cell), strings.Compare(a.Quote, b.Quote))
}

// scored is what policies/scoring makes of the verdicts.
type scored struct {
	Score      austauschbar.Score      `json:"score"`
	Headlines  []austauschbar.Headline `json:"headlines"`
	Groups     []austauschbar.Group    `json:"groups"`
	Criteria   []austauschbar.Criterion
	Severities []string `json:"severities"` // in the order of all findings

	ProfileOverdue bool `json:"profile_overdue"`
}

func (p *Policies) score(ctx context.Context, facts austauschbar.Facts, ai bool, profile profile, criteria []criterion, verdicts []verdict, waived waived) (scored, error) {
	var judged, findings []any
	for i, c := range criteria {
		one := map[string]any{"id": c.ID, "group": c.Group, "kind": c.Kind, "weight": c.Weight, "waived": slices.Contains(waived.Criteria, c.ID), "evidence": len(verdicts[i].Evidence)}
		if len(verdicts[i].Rating) > 0 {
			one["rating"] = verdicts[i].Rating[0]
		}
		if len(verdicts[i].NotApplicable) > 0 {
			one["not_applicable"] = verdicts[i].NotApplicable[0]
		}
		judged = append(judged, one)
		for _, f := range verdicts[i].Findings {
			findings = append(findings, map[string]any{"criterion": f.Criterion, "confidence": f.Confidence})
		}
	}
	input, err := ast.InterfaceToValue(map[string]any{
		"complete": isTrue(facts.Dossier.Complete), "ai": ai,
		"today": facts.Today, "profile": profile.changes, "criteria": judged, "findings": findings,
	})
	if err != nil {
		return scored{}, err
	}
	var result scored
	err = askReview(ctx, p.scoring, input, &result)
	if err == nil && len(result.Severities) != len(findings) {
		err = fmt.Errorf("gives %d severities for %d findings", len(result.Severities), len(findings))
	}
	return result, err
}

func isTrue(known *austauschbar.Known[bool]) bool { return known != nil && known.Value }

// review puts the parts together. Criteria come in the order of ids, findings
// in that of severity, weight and place.
func (p *Policies) review(facts austauschbar.Facts, criteria []criterion, verdicts []verdict, waived waived, scored scored) austauschbar.Review {
	review := austauschbar.Review{
		Version: austauschbar.ReviewVersion, Dossier: dossierOf(facts),
		Score: scored.Score, Headlines: scored.Headlines, Groups: scored.Groups,
		Criteria: []austauschbar.Criterion{}, Findings: []austauschbar.Finding{}, Waivers: waived.states(facts.Waivers), Gaps: facts.Gaps,
		Contradictions: discrepancies(facts),
	}
	weights := map[string]float64{}
	count := 0
	for i, c := range criteria {
		severities := scored.Severities[count : count+len(verdicts[i].Findings)]
		count += len(severities)
		j := slices.IndexFunc(scored.Criteria, func(s austauschbar.Criterion) bool { return s.ID == c.ID })
		if j < 0 {
			continue // does not belong to this dossier
		}
		result := c.Criterion
		marks := scored.Criteria[j]
		result.Weight, result.Kind, result.Rating, result.Points, result.Gain, result.Waived = marks.Weight, marks.Kind, marks.Rating, marks.Points, marks.Gain, marks.Waived
		result.Evidence, result.Findings = []austauschbar.Evidence{}, []string{}
		if marks.Rating != austauschbar.NotEvidenced {
			result.Evidence = append(result.Evidence, verdicts[i].Evidence...)
		}
		if len(verdicts[i].NotApplicable) > 0 {
			result.Reason = verdicts[i].NotApplicable[0]
		}
		weights[c.ID] = result.Weight
		for k, f := range verdicts[i].Findings {
			made := austauschbar.Finding{ID: f.id, Criterion: f.Criterion, Code: f.Code, Severity: severities[k], Confidence: f.Confidence, Evidence: f.Evidence, Args: f.Args, Waiver: waived.of(f.id, facts.Waivers)}
			if made.Args == nil {
				made.Args = map[string]any{}
			}
			result.Findings = append(result.Findings, made.ID)
			review.Findings = append(review.Findings, made)
		}
		review.Criteria = append(review.Criteria, result)
	}
	slices.SortStableFunc(review.Findings, func(a, b austauschbar.Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(austauschbar.Severities, a.Severity), slices.Index(austauschbar.Severities, b.Severity)),
			cmp.Compare(weights[b.Criterion], weights[a.Criterion]), strings.Compare(a.Criterion, b.Criterion), compareEvidence(a.Evidence, b.Evidence))
	})
	return review
}

func dossierOf(facts austauschbar.Facts) austauschbar.ReviewDossier {
	value := func(known *austauschbar.Known[string]) string {
		if known == nil {
			return ""
		}
		return known.Value
	}
	dossier := austauschbar.ReviewDossier{
		Title: value(facts.Dossier.Title), Kind: value(facts.Dossier.Kind), Regime: value(facts.Dossier.Regime), Language: value(facts.Dossier.Language),
		Order: value(facts.Dossier.Order), Form: value(facts.Dossier.Form),
		Complete: isTrue(facts.Dossier.Complete), Documents: facts.Documents,
	}
	if dossier.Order == "" && value(facts.Dossier.ServiceModel) == "services" {
		dossier.Order = "services"
	}
	if regime := facts.Dossier.Regime; regime != nil {
		dossier.RegimeSource = regime.Source
	}
	return dossier
}

// discrepancies are the contradictions that the facts hold, not yet in words.
func discrepancies(facts austauschbar.Facts) []austauschbar.Discrepancy {
	list := make([]austauschbar.Discrepancy, len(facts.Contradictions))
	for i, contradiction := range facts.Contradictions {
		list[i].Contradiction = contradiction.Clone()
	}
	return list
}

// fingerprint is a finding's id: it survives edits elsewhere in the document. The
// same passage found twice is told apart by its count.
func fingerprint(f finding, seen map[string]int) string {
	key := f.Criterion + "\x00" + f.Code
	if f.Evidence != nil {
		key += "\x00" + f.Evidence.Path + "\x00" + austauschbar.NormalPassage(f.Evidence.Quote)
	}
	if name, ok := f.Args["name"].(string); ok {
		key += "\x00" + name
	}
	seen[key]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
	return strings.ToLower(f.Criterion) + "-" + hex.EncodeToString(sum[:5])
}
