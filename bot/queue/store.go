package queue

import (
	"context"

	"github.com/riverqueue/river/riverdriver"
)

// A store is what a database has to offer; T is its transaction.
type store[T any] interface {
	// driver is River's for the database.
	driver() riverdriver.Driver[T]
	// transact commits where the function returns nil, and else rolls back.
	transact(context.Context, func(T) error) error
	exec(ctx context.Context, tx T, statement string, args ...any) (rows int64, err error)
	row(ctx context.Context, tx T, query string, args ...any) row
	// each calls visit with each row of an answer until that returns an error.
	each(ctx context.Context, tx T, visit func(row) error, query string, args ...any) error
	// alone runs the function in no two processes at once; first is true where no
	// process can be working, since this is the first queue on the database.
	alone(ctx context.Context, do func(first bool) error) error
	// hold keeps others from working the same key until it is released, or this
	// process dies; free is false where one of them has it.
	hold(ctx context.Context, key string) (held hold, free bool, err error)
	close()
}

// A hold is on a key. Its methods are not called at once.
type hold interface {
	// check is an error where others may hold the key by now.
	check() error
	release()
}

// row is one row of an answer; an error of Scan is sql.ErrNoRows for none.
type row interface{ Scan(into ...any) error }

// Both databases take these statements. A change counts its requests: reviewed
// less than wanted means that there is something to do.
const (
	createDeliveries = `CREATE TABLE IF NOT EXISTS austauschbar_delivery (
		forge TEXT NOT NULL,
		instance TEXT NOT NULL,
		delivery TEXT NOT NULL,
		seen BIGINT NOT NULL, -- seconds since 1970
		PRIMARY KEY (forge, instance, delivery))`
	indexDeliveries = `CREATE INDEX IF NOT EXISTS austauschbar_delivery_seen ON austauschbar_delivery (seen)`
	createChanges   = `CREATE TABLE IF NOT EXISTS austauschbar_change (
		forge TEXT NOT NULL,
		instance TEXT NOT NULL,
		repository TEXT NOT NULL,
		number BIGINT NOT NULL,
		wanted BIGINT NOT NULL, -- number of the last request
		wanted_head TEXT NOT NULL,
		delivery TEXT NOT NULL, -- that brought it
		asked BIGINT NOT NULL, -- when it came, in seconds since 1970
		since BIGINT NOT NULL, -- when the first request came that is not reviewed
		reviewed BIGINT NOT NULL DEFAULT 0, -- number of the request last reviewed
		reviewed_head TEXT NOT NULL DEFAULT '',
		tries BIGINT NOT NULL DEFAULT 0, -- begun for the last request
		failed BIGINT NOT NULL DEFAULT 0, -- 1 where it was given up
		failure TEXT NOT NULL DEFAULT '', -- of its last try
		PRIMARY KEY (forge, instance, repository, number))`
	indexFailed = `CREATE INDEX IF NOT EXISTS austauschbar_change_failed ON austauschbar_change (failed) WHERE failed = 1`
	indexOpen   = `CREATE INDEX IF NOT EXISTS austauschbar_change_open ON austauschbar_change (since) WHERE ` + isOpen
	isOpen      = `reviewed < wanted AND failed = 0`

	rememberDelivery = `INSERT INTO austauschbar_delivery (forge, instance, delivery, seen)
		VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	forgetDeliveries = `DELETE FROM austauschbar_delivery WHERE seen < $1`
	forgetChanges    = `DELETE FROM austauschbar_change WHERE asked < $1 AND NOT (` + isOpen + `)`

	wantChange = `INSERT INTO austauschbar_change (forge, instance, repository, number, wanted, wanted_head, delivery, asked, since)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $7)
		ON CONFLICT (forge, instance, repository, number) DO UPDATE SET
			wanted = austauschbar_change.wanted + 1,
			wanted_head = CASE excluded.wanted_head WHEN '' THEN austauschbar_change.wanted_head ELSE excluded.wanted_head END,
			delivery = excluded.delivery, asked = excluded.asked,
			since = CASE WHEN austauschbar_change.reviewed < austauschbar_change.wanted AND austauschbar_change.failed = 0
				THEN austauschbar_change.since ELSE excluded.since END,
			tries = 0, failed = 0, failure = ''
		WHERE excluded.delivery <> '' OR excluded.wanted_head <> austauschbar_change.wanted_head`

	key = ` WHERE forge = $1 AND instance = $2 AND repository = $3 AND number = $4`

	// Each begins with a write, which takes the lock of the row: what it returns
	// stays true until the transaction ends.
	beginReview = `UPDATE austauschbar_change SET tries = tries + 1` + key +
		` RETURNING wanted, wanted_head, delivery, reviewed, tries`
	// A worker that was taken for dead may end after the one that took over.
	endReview = `UPDATE austauschbar_change SET since = asked, tries = 0, failed = 0, failure = '',
		reviewed_head = CASE WHEN reviewed > $5 THEN reviewed_head ELSE $6 END,
		reviewed = CASE WHEN reviewed > $5 THEN reviewed ELSE $5 END` + key + ` RETURNING wanted`
	failReview = `UPDATE austauschbar_change SET failure = $5` + key + ` RETURNING wanted`
	stopReview = `UPDATE austauschbar_change SET tries = CASE tries WHEN 0 THEN 0 ELSE tries - 1 END` + key +
		` RETURNING wanted`
	giveUp = `UPDATE austauschbar_change SET failed = 1` + key

	makeAvailable = `UPDATE river_job SET state = 'available' WHERE id = $1 AND state = 'running' AND attempt = $2`

	// Changes of queues beside the bot's have the queue's name for their instance.
	countAll = `SELECT
		(SELECT count(*) FROM river_job WHERE kind = 'review' AND queue = $1 AND state IN ('available', 'pending', 'retryable', 'scheduled')),
		(SELECT count(*) FROM river_job WHERE kind = 'review' AND queue = $1 AND state = 'running'),
		(SELECT count(*) FROM austauschbar_change WHERE failed = 1 AND ` + isOurs + `),
		(SELECT coalesce(min(since), 0) FROM austauschbar_change WHERE ` + isOpen + ` AND ` + isOurs + `)`
	isOurs = `CASE WHEN $1 = '` + botQueue + `' THEN forge <> '` + Batch + `' ELSE instance = $1 END`

	createResults = `CREATE TABLE IF NOT EXISTS austauschbar_result (
		key TEXT NOT NULL PRIMARY KEY,
		line TEXT NOT NULL,
		kept BIGINT NOT NULL)` // when, in seconds since 1970
	indexResults  = `CREATE INDEX IF NOT EXISTS austauschbar_result_kept ON austauschbar_result (kept)`
	keepResult    = `INSERT INTO austauschbar_result (key, line, kept) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	readResult    = `SELECT line FROM austauschbar_result WHERE key = $1`
	forgetResults = `DELETE FROM austauschbar_result WHERE kept < $1`
)
