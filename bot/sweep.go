package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/austauschbar/austauschbar"
)

// Moved lists the open changes of one repository that have moved since a time, and
// those that it knows beside an error.
type Moved func(ctx context.Context, repository string, since time.Time) ([]austauschbar.Change, error)

// Sweep calls visit with each change that has moved in some repositories. A repository
// that cannot be looked at is told in the end, and one that says "not now" ends the
// sweep: the others would fare no better. It says whether to stop altogether: visit
// failed, or the context is done.
func Sweep(ctx context.Context, repositories []string, since time.Time, moved Moved, visit func(austauschbar.Change) error) (stop bool, err error) {
	var failed []error
	for _, repository := range repositories {
		changes, err := moved(ctx, repository, since)
		for _, change := range changes {
			if err := visit(change); err != nil {
				return true, errors.Join(append(failed, err)...)
			}
		}
		if ctx.Err() != nil {
			return true, errors.Join(append(failed, ctx.Err())...)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("list changes of %s: %w", repository, err))
		}
		if errors.As(err, new(Later)) {
			break
		}
	}
	return false, errors.Join(failed...)
}
