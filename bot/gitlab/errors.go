package gitlab

import (
	"errors"
	"net/http"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot/courier"
)

// status is the HTTP status in a refusal; 0 for any other error.
func status(err error) int {
	if refusal := (*gitlab.ErrorResponse)(nil); errors.As(err, &refusal) {
		return refusal.StatusCode
	}
	return 0
}

// classified puts into an error what it means to the bot: bot.ErrForbidden or
// bot.ErrUnavailable.
func classified(err error) error {
	told := status(err)
	switch told {
	case http.StatusUnauthorized:
		told = http.StatusForbidden
	case http.StatusConflict: // another request writes the same
		told = http.StatusServiceUnavailable
	}
	return courier.Classified(err, told)
}

// unlessGone forgives that what is to be removed is not there.
func unlessGone(err error) error {
	if status(err) == http.StatusNotFound {
		return nil
	}
	return err
}
