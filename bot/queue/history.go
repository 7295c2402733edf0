package queue

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

// Statements of the history, which both databases take.
const (
	createHistory = `CREATE TABLE IF NOT EXISTS austauschbar_review (
		id TEXT NOT NULL PRIMARY KEY, -- made of what names the review
		forge TEXT NOT NULL,
		instance TEXT NOT NULL,
		repository TEXT NOT NULL,
		number BIGINT NOT NULL,
		head TEXT NOT NULL,
		dossier TEXT NOT NULL,
		kept BIGINT NOT NULL, -- when, in milliseconds since 1970
		summary TEXT NOT NULL, -- JSON
		review TEXT NOT NULL)` // JSON
	indexHistory = `CREATE INDEX IF NOT EXISTS austauschbar_review_kept ON austauschbar_review (kept)`

	keepReview = `INSERT INTO austauschbar_review (id, forge, instance, repository, number, head, dossier, kept, summary, review)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET kept = excluded.kept, summary = excluded.summary, review = excluded.review`
	listReviews = `SELECT id, forge, instance, repository, number, head, dossier, kept, summary FROM austauschbar_review ORDER BY kept, id`
	readReview  = `SELECT id, forge, instance, repository, number, head, dossier, kept, summary, review FROM austauschbar_review WHERE id = $1`

	forgetReviews = `DELETE FROM austauschbar_review WHERE kept < $1`
	// Where there are not that many, the comparison is with nothing, and none is deleted.
	forgetMost = `DELETE FROM austauschbar_review WHERE kept <= (SELECT kept FROM austauschbar_review ORDER BY kept DESC LIMIT 1 OFFSET $1)`
)

// ErrForgotten says that a review is not in the history.
var ErrForgotten = errors.New("is not in the history")

// KeepReview puts a review into the history: its JSON. One of the same dossier at the same
// head takes the place of an earlier one. The entry needs no id and no time.
func (q *Queue) KeepReview(ctx context.Context, entry austauschbar.HistoryEntry, review []byte) error {
	summary, err := json.Marshal(entry.HistorySummary)
	if err == nil {
		c := entry.Change
		err = q.engine.keepReview(ctx, []any{
			reviewID(entry), c.Forge, c.Instance, c.Repository, c.Number, c.Head, plain(entry.Dossier), time.Now().UnixMilli(), string(summary), plain(string(review)),
		})
	}
	if err != nil {
		return fmt.Errorf("keep a review: %w", err)
	}
	return nil
}

// Reviews lists what the history holds of the changes that may be seen, the oldest
// first.
func (q *Queue) Reviews(ctx context.Context, may func(austauschbar.Change) bool) ([]austauschbar.HistoryEntry, error) {
	var entries []austauschbar.HistoryEntry
	err := q.engine.reviews(ctx, func(r row) error {
		entry, _, err := readEntry(r, may, nil)
		if err == nil && entry != nil {
			entries = append(entries, *entry)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list reviews: %w", err)
	}
	return entries, nil
}

// Review reads a review of the history. Its error wraps ErrForgotten where there is none.
func (q *Queue) Review(ctx context.Context, id string) (entry austauschbar.HistoryEntry, review []byte, err error) {
	found, review, err := q.engine.review(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrForgotten
	}
	if err != nil {
		return entry, nil, fmt.Errorf("read a review: %w", err)
	}
	return *found, review, nil
}

// reviewID names a review by a dossier and its head.
func reviewID(entry austauschbar.HistoryEntry) string {
	c := entry.Change
	sum := sha256.Sum256([]byte(strings.Join([]string{c.Forge, c.Instance, c.Repository, fmt.Sprint(c.Number), c.Head, entry.Dossier}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// readEntry reads a row; nil for a change that may not be seen.
func readEntry(r row, may func(austauschbar.Change) bool, review *string) (*austauschbar.HistoryEntry, []byte, error) {
	var entry austauschbar.HistoryEntry
	var kept int64
	var summary string
	c := &entry.Change
	into := []any{&entry.ID, &c.Forge, &c.Instance, &c.Repository, &c.Number, &c.Head, &entry.Dossier, &kept, &summary}
	if review != nil {
		into = append(into, review)
	}
	if err := r.Scan(into...); err != nil {
		return nil, nil, err
	}
	if !may(entry.Change) {
		return nil, nil, nil
	}
	entry.Kept = time.UnixMilli(kept).UTC()
	if err := json.Unmarshal([]byte(summary), &entry.HistorySummary); err != nil {
		return nil, nil, fmt.Errorf("read the summary of %s: %w", entry.ID, err)
	}
	if review == nil {
		return &entry, nil, nil
	}
	return &entry, []byte(*review), nil
}

// plain is a text as databases take it.
func plain(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\ufffd")
}

func (e *riverEngine[D, T]) keepReview(ctx context.Context, values []any) error {
	return e.store.transact(ctx, func(tx T) error {
		_, err := e.store.exec(ctx, tx, keepReview, values...)
		return err
	})
}

func (e *riverEngine[D, T]) reviews(ctx context.Context, visit func(row) error) error {
	return e.store.transact(ctx, func(tx T) error { return e.store.each(ctx, tx, visit, listReviews) })
}

func (e *riverEngine[D, T]) review(ctx context.Context, id string) (entry *austauschbar.HistoryEntry, review []byte, err error) {
	err = e.store.transact(ctx, func(tx T) error {
		var text string
		entry, review, err = readEntry(e.store.row(ctx, tx, readReview, id), func(austauschbar.Change) bool { return true }, &text)
		return err
	})
	return entry, review, err
}

// cleanHistory forgets reviews that are too old or too many.
func (e *riverEngine[D, T]) cleanHistory(ctx context.Context, tx T, now time.Time) error {
	if _, err := e.store.exec(ctx, tx, forgetReviews, now.Add(-e.options.History).UnixMilli()); err != nil {
		return err
	}
	_, err := e.store.exec(ctx, tx, forgetMost, e.options.HistoryMost)
	return err
}
