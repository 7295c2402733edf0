package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

type patience struct{}

func (patience) Error() string    { return "too many requests" }
func (patience) Again() time.Time { return time.Unix(1, 0) }

func TestSweep(t *testing.T) {
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		errs    map[string]error // of looking at a repository
		refuse  string           // the change that visit fails at
		visited string
		stop    bool
		told    string // what the error names; "" for none
	}{
		"all": {visited: "a b c"},
		"a broken one is told, with what it gave": {errs: map[string]error{"b": broken}, visited: "a b c", told: "list changes of b: broken"},
		"a limit ends it, not the server":         {errs: map[string]error{"b": patience{}}, visited: "a b", told: "list changes of b: too many requests"},
		"visit fails":                             {refuse: "b", visited: "a b", stop: true, told: "full"},
		"visit fails after another error":         {errs: map[string]error{"a": broken}, refuse: "b", visited: "a b", stop: true, told: "list changes of a: broken\nfull"},
	} {
		t.Run(name, func(t *testing.T) {
			var visited []string
			moved := func(_ context.Context, repository string, _ time.Time) ([]austauschbar.Change, error) {
				return []austauschbar.Change{{Repository: repository}}, test.errs[repository]
			}
			stop, err := bot.Sweep(t.Context(), []string{"a", "b", "c"}, time.Time{}, moved, func(change austauschbar.Change) error {
				visited = append(visited, change.Repository)
				if change.Repository == test.refuse {
					return errors.New("full")
				}
				return nil
			})
			told := ""
			if err != nil {
				told = err.Error()
			}
			if !slices.Equal(visited, strings.Fields(test.visited)) || stop != test.stop || told != test.told {
				t.Errorf("visited %v, stop %v, error %q", visited, stop, told)
			}
		})
	}
}

func TestSweepEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	moved := func(context.Context, string, time.Time) ([]austauschbar.Change, error) { return nil, ctx.Err() }
	stop, err := bot.Sweep(ctx, []string{"a", "b"}, time.Time{}, moved, nil)
	if !stop || !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "list") {
		t.Errorf("stop %v, error %v", stop, err)
	}
}
