package policies

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/austauschbar/austauschbar"
)

// draw adds what the architecture tells beside the ratings: the lock-in map, and how it
// agrees with the tender. Facts without the one or the other leave them out.
func (p *Policies) draw(ctx context.Context, facts ast.Value, review *austauschbar.Review) error {
	if err := askOptional(ctx, p.lockInMap, facts, &review.LockInMap); err != nil {
		return fmt.Errorf("judge lock_in_map: %w", err)
	}
	if err := askOptional(ctx, p.agreement, facts, &review.Agreement); err != nil {
		return fmt.Errorf("judge agreement: %w", err)
	}
	return nil
}

// askOptional asks a query whose review may be undefined.
func askOptional(ctx context.Context, query rego.PreparedEvalQuery, input ast.Value, into any) error {
	ctx, cancel := context.WithTimeout(ctx, TimeLimit)
	defer cancel()
	results, err := query.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil || len(results) == 0 {
		return err
	}
	return recode(results[0].Bindings["review"], into)
}
