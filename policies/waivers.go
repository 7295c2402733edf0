package policies

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/austauschbar/austauschbar"
)

// waived is what policies/waivers makes of the dossier's waivers.
type waived struct {
	// Waivers are those of the criteria that were judged, by their number in
	// the facts.
	Waivers []struct {
		Number   int      `json:"number"`
		State    string   `json:"state"`
		Findings []string `json:"findings"`
	} `json:"waivers"`
	Findings map[string]int `json:"findings"` // number of the waiver that counts, by id
	Criteria []string       `json:"criteria"` // whose deciding findings are all waived
}

// waive asks which waivers count. Findings are handed over by id and by passage,
// so that no waiver scans them.
func (p *Policies) waive(ctx context.Context, facts austauschbar.Facts, criteria []criterion, verdicts []verdict) (waived, error) {
	if len(facts.Waivers) == 0 {
		return waived{}, nil
	}
	findings, passages, judged := map[string]any{}, map[string]map[string][]string{}, map[string][]string{}
	for i, c := range criteria {
		judged[c.ID], passages[c.ID] = []string{}, map[string][]string{}
		for _, f := range verdicts[i].Findings {
			findings[f.id] = map[string]any{"criterion": c.ID, "confidence": f.Confidence}
			judged[c.ID] = append(judged[c.ID], f.id)
			if f.Evidence != nil {
				hash := austauschbar.PassageHash(f.Evidence.Quote)
				passages[c.ID][hash] = append(passages[c.ID][hash], f.id)
			}
		}
	}
	skipped := slices.DeleteFunc(p.ids(), func(id string) bool { _, asked := judged[id]; return asked })
	input, err := ast.InterfaceToValue(map[string]any{
		"today": facts.Today, "waivers": facts.Waivers, "findings": findings, "passages": passages, "criteria": judged, "skipped": skipped,
	})
	if err != nil {
		return waived{}, err
	}
	var result waived
	if err := askReview(ctx, p.waivers, input, &result); err != nil {
		return waived{}, err
	}
	return result, result.check(len(facts.Waivers))
}

// check refuses numbers of waivers that are not there, which a policy of an
// authority's own may give.
func (w waived) check(count int) error {
	for _, waiver := range w.Waivers {
		if waiver.Number < 0 || waiver.Number >= count {
			return fmt.Errorf("gives waiver %d of %d", waiver.Number, count)
		}
	}
	for id, number := range w.Findings {
		if number < 0 || number >= count {
			return fmt.Errorf("gives waiver %d of %d for finding %s", number, count, id)
		}
	}
	return nil
}

// of returns the waiver of a finding; nil where none counts.
func (w waived) of(finding string, records []austauschbar.WaiverRecord) *austauschbar.Waiver {
	number, ok := w.Findings[finding]
	if !ok {
		return nil
	}
	record := records[number]
	return &austauschbar.Waiver{
		Reason: record.Reason, Text: record.Text, Evidence: record.Evidence, Author: record.Author, Approver: record.Approver, Date: record.Date, Expires: record.Expires,
	}
}

// states lists the waivers with what became of them, in the order of the file.
func (w waived) states(records []austauschbar.WaiverRecord) []austauschbar.WaiverState {
	states := []austauschbar.WaiverState{}
	for _, waiver := range w.Waivers {
		states = append(states, austauschbar.WaiverState{State: waiver.State, Findings: append([]string{}, waiver.Findings...), WaiverRecord: records[waiver.Number]})
	}
	return states
}
