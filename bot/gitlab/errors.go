package gitlab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"gitlab.com/gitlab-org/api/client-go/v2"

	"github.com/austauschbar/austauschbar/bot"
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
	broken := (*net.OpError)(nil)
	switch {
	case err == nil, errors.Is(err, bot.ErrForbidden), errors.Is(err, bot.ErrUnavailable):
		return err
	case status(err) == http.StatusForbidden, status(err) == http.StatusUnauthorized:
		return fmt.Errorf("%w: %w", bot.ErrForbidden, err)
	case isTrouble(status(err)), status(err) == http.StatusConflict, errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &broken):
		// The second says that another request writes the same; the last two are of an
		// answer that broke off.
		return fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
	}
	return err
}

// isTrouble says whether a status is the server's own, passing fault.
func isTrouble(status int) bool {
	switch status {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// isBroken says whether a request got no answer for a reason that may pass, and not at
// our own end.
func isBroken(err error) bool {
	return err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
}

// unlessGone forgives that what is to be removed is not there.
func unlessGone(err error) error {
	if status(err) == http.StatusNotFound {
		return nil
	}
	return err
}
