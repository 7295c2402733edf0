package limit

import "github.com/austauschbar/austauschbar"

// A Refusal is the error of a reader that gets nothing out of a document. It
// wraps austauschbar.ErrUnreadable and names the reason for the gap.
type Refusal struct {
	Code   string // of the templates: "encrypted", "damaged", "too_large", "old_format", "empty", "not_this_format", "timeout", …
	Detail string // for people, in English, without the document's path; "" where the code says all
}

// Error returns the code and, where there is one, the detail.
func (r *Refusal) Error() string {
	if r.Detail == "" {
		return r.Code
	}
	return r.Code + ": " + r.Detail
}

// Unwrap returns austauschbar.ErrUnreadable.
func (r *Refusal) Unwrap() error { return austauschbar.ErrUnreadable }

// Refuse returns a *Refusal with this code and detail.
func Refuse(code, detail string) error { return &Refusal{Code: code, Detail: detail} }
