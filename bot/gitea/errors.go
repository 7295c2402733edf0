package gitea

import (
	"errors"
	"net/http"

	"github.com/austauschbar/austauschbar/bot/courier"
)

// status is the HTTP status in a refusal; 0 for any other error.
func status(err error) int {
	if refused := (*refusal)(nil); errors.As(err, &refused) {
		return refused.status
	}
	return 0
}

// classified puts into an error what it means to the bot: bot.ErrForbidden or
// bot.ErrUnavailable.
func classified(err error) error { return courier.Classified(err, status(err)) }

// unlessGone forgives that what is to be removed is not there.
func unlessGone(err error) error {
	if status(err) == http.StatusNotFound {
		return nil
	}
	return err
}
