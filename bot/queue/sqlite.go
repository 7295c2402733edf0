package queue

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"sync"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// sqliteStore is one file. Its only connection makes transactions wait for each
// other in this process; River's driver needs that.
type sqliteStore struct {
	db   *sql.DB
	path string
}

func openSQLite(ctx context.Context, path string, options Options) (engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	settings := url.Values{
		// Waits for another process instead of failing at once; what is committed
		// outlives a power cut.
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"},
		// A transaction that reads first could not become one that writes.
		"_txlock": {"immediate"},
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: settings.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return start[*riversqlite.Driver](ctx, &sqliteStore{db, path}, options)
}

func (s *sqliteStore) driver() riverdriver.Driver[*sql.Tx] { return riversqlite.New(s.db) }

func (s *sqliteStore) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit it does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *sqliteStore) exec(ctx context.Context, tx *sql.Tx, statement string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s *sqliteStore) row(ctx context.Context, tx *sql.Tx, query string, args ...any) row {
	return tx.QueryRowContext(ctx, query, args...)
}

func (s *sqliteStore) close() { s.db.Close() }

// A file belongs to one process, so what its processes must not do at once, its
// goroutines must not.
var (
	migrating sync.Mutex
	held      sync.Map // of sqliteHold
)

type sqliteHold struct{ path, key string }

func (s *sqliteStore) alone(_ context.Context, do func() error) error {
	migrating.Lock()
	defer migrating.Unlock()
	return do()
}

func (s *sqliteStore) hold(_ context.Context, key string) (func(), bool, error) {
	hold := sqliteHold{s.path, key}
	if _, taken := held.LoadOrStore(hold, true); taken {
		return nil, false, nil
	}
	return func() { held.Delete(hold) }, true, nil
}
