package forgetest

import (
	"context"
	"errors"
	"io/fs"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
)

// A spy stands before a forge and is told what it is asked.
type spy struct {
	bot.Forge
	fetching func()
	applying func()
}

func (s spy) Fetch(ctx context.Context, change austauschbar.Change) (bot.Fetched, error) {
	s.fetching()
	return s.Forge.Fetch(ctx, change)
}

func (s spy) Apply(ctx context.Context, change austauschbar.Change, operation bot.Operation) error {
	s.applying()
	return s.Forge.Apply(ctx, change, operation)
}

// A mortal run ends with its first error, whatever that says: it never tries again.
type mortal struct{ bot.Forge }

func (m mortal) Apply(ctx context.Context, change austauschbar.Change, operation bot.Operation) error {
	if err := m.Forge.Apply(ctx, change, operation); err != nil {
		return errors.New(err.Error())
	}
	return nil
}

// carrier carries changes to what is wanted of each head.
func carrier(wanted func(head string) bot.Wanted) bot.Carrier {
	return bot.Carrier{Prepare: func(fetched bot.Fetched) bot.Prepare {
		return func(context.Context, fs.FS) (bot.Stations, error) {
			return bot.Stations{
				Read:  func(context.Context, austauschbar.Dossier) (facts austauschbar.Facts, err error) { return },
				Judge: func(context.Context, austauschbar.Facts) (review austauschbar.Review, err error) { return },
				Speak: func(bot.Result) (bot.Wanted, error) { return wanted(fetched.Change.Head), nil },
			}, nil
		}
	}}
}
