package courier

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/austauschbar/austauschbar/bot"
)

// Classified puts into an error what it means to the bot: bot.ErrForbidden or
// bot.ErrUnavailable. The status is that of a refusal; 0 for any other error.
func Classified(err error, status int) error {
	broken := (*net.OpError)(nil)
	switch {
	case err == nil, errors.Is(err, bot.ErrForbidden), errors.Is(err, bot.ErrUnavailable):
		return err
	case status == http.StatusForbidden:
		return fmt.Errorf("%w: %w", bot.ErrForbidden, err)
	case IsTrouble(status), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &broken):
		// The last two are of an answer that broke off.
		return fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
	}
	return err
}

// IsTrouble says whether a status is the forge's own, passing fault.
func IsTrouble(status int) bool {
	switch status {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}
