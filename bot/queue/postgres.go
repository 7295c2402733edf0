package queue

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

type postgresStore struct{ pool *pgxpool.Pool }

func openPostgres(ctx context.Context, url string, options Options) (engine, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	// Each review holds a connection for its lock and takes a second one now and
	// then; River has some for itself. With fewer they would wait for each other.
	config.MaxConns = max(config.MaxConns, int32(min(2*options.Workers+6, 10_000)))
	config.AfterConnect = noticeDeath
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return start[*riverpgxv5.Driver](ctx, &postgresStore{pool}, options)
}

// noticeDeath lets the server drop the locks of a host that has vanished within
// a minute; by default it takes two hours. A connection without TCP ignores it.
func noticeDeath(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `SELECT set_config('tcp_keepalives_idle', '30', false),
		set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)`)
	return err
}

func (s *postgresStore) driver() riverdriver.Driver[pgx.Tx] { return riverpgxv5.New(s.pool) }

func (s *postgresStore) transact(ctx context.Context, do func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.pool, do)
}

func (s *postgresStore) exec(ctx context.Context, tx pgx.Tx, statement string, args ...any) (int64, error) {
	tag, err := tx.Exec(ctx, statement, args...)
	return tag.RowsAffected(), err
}

func (s *postgresStore) row(ctx context.Context, tx pgx.Tx, query string, args ...any) row {
	return tx.QueryRow(ctx, query, args...)
}

func (s *postgresStore) each(ctx context.Context, tx pgx.Tx, visit func(row) error, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *postgresStore) close() { s.pool.Close() }

// alone does not know whether it is the first: others come and go.
func (s *postgresStore) alone(ctx context.Context, do func(bool) error) error {
	const key = "austauschbar migrations"
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, lock, key); err != nil {
		conn.Release()
		return err
	}
	defer postgresHold{conn, key}.release()
	return do(false)
}

// The locks belong to a connection, so they end with the process. The keys are
// hashes: two that are the same only make one review wait for another.
const (
	lock    = `SELECT pg_advisory_lock(hashtextextended($1, 0))`
	tryLock = `SELECT pg_try_advisory_lock(hashtextextended($1, 0))`
	unlock  = `SELECT pg_advisory_unlock(hashtextextended($1, 0))`
)

type postgresHold struct {
	conn *pgxpool.Conn
	key  string
}

func (s *postgresStore) hold(ctx context.Context, key string) (hold, bool, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, false, err
	}
	var free bool
	if err := conn.QueryRow(ctx, tryLock, key).Scan(&free); err != nil || !free {
		conn.Release()
		return nil, false, err
	}
	return postgresHold{conn, key}, true, nil
}

// patience is how long a connection may take to answer: less than the server's
// own, by noticeDeath, so that it is here that a lock is first missed.
const patience = 5 * time.Second

// check sees whether the connection lives, and with it the lock.
func (h postgresHold) check() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return h.conn.Ping(ctx)
}

// release gives the lock and its connection back. One that does not answer is
// closed, which ends the lock too.
func (h postgresHold) release() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := h.conn.Exec(ctx, unlock, h.key); err != nil {
		h.conn.Conn().Close(ctx)
	}
	h.conn.Release()
}
