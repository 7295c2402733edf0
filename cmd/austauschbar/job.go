package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// maxInline bounds the inline comments of one change; the rest stands in the
// summary.
const maxInline = 50

// runJob carries the change that a CI job runs for. Where the token may not write
// everything, unwritten shows the findings elsewhere.
func (a *app) runJob(ctx context.Context, reviewer reviewer, forge bot.Forge, change austauschbar.Change, unwritten func(error, bot.Result, bot.Wanted) error) (bot.Wanted, error) {
	carrier := reviewer.carrier()
	if reviewer.flags.dryRun {
		carrier.Rehearse = a.describe
	}
	result, wanted, err := carrier.Carry(ctx, forge, change)
	// What may not even be read was not reviewed: that is no success.
	if reviewed := wanted.Check.Title != ""; reviewed && errors.Is(err, bot.ErrForbidden) {
		err = unwritten(err, result, wanted)
	}
	if err == nil && wanted.Check.Conclusion == "failure" {
		err = errFailOn
	}
	return wanted, err
}

// describe prints what would be written.
func (a *app) describe(plan []bot.Operation) {
	for _, operation := range plan {
		fmt.Fprintln(a.stdout, bot.Describe(operation))
	}
}
