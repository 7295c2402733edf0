// Package austauschbar holds the nouns of the product: a change leads to a
// dossier, a dossier to facts, facts to a review. The stations that turn one
// into the next (bot, evaluator, policies, templates) know these nouns and not
// each other.
package austauschbar

import "errors"

// ErrUnreadable marks a document that cannot be read: damaged, encrypted, of a
// format that no reader knows, or over the limits. It becomes a gap in the
// review; it never stops one.
var ErrUnreadable = errors.New("unreadable")

// ErrTooLarge marks a document that is larger than we fetch, where its size shows only
// then.
var ErrTooLarge = errors.New("too large")
