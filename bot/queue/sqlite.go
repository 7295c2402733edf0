package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteStore is one file. Its only connection makes transactions wait for each
// other in this process; River's driver needs that.
type sqliteStore struct {
	db   *sql.DB
	path string
	file *sqliteFile // nil before it is opened and after it is closed
}

func openSQLite(ctx context.Context, path string, options Options) (engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil { // else it is new
		path = real
	}
	db, err := sql.Open("sqlite", sqliteAddress(path, url.Values{
		// Waits for another queue instead of failing at once; what is committed
		// outlives a power cut.
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"},
		// A transaction that reads first could not become one that writes.
		"_txlock": {"immediate"},
	}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return start[*riversqlite.Driver](ctx, &sqliteStore{db: db, path: path}, options)
}

// sqliteAddress is a file as SQLite takes it, which is "file:///C:/queue.db" on
// Windows.
func sqliteAddress(path string, settings url.Values) string {
	path = "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")
	return (&url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}).String()
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

func (s *sqliteStore) each(ctx context.Context, tx *sql.Tx, visit func(row) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
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

// A file belongs to one process, so what processes must not do at once, the
// queues of this one must not, and none but this one can have left work undone.
var (
	opening sync.Mutex                 // also guards files
	files   = map[string]*sqliteFile{} // by path, those that are open
	held    sync.Map                   // of sqliteHold
)

// sqliteFile is a file that this process has open.
type sqliteFile struct {
	queues int
	unlock func() // lets other processes have it
}

func (s *sqliteStore) alone(ctx context.Context, do func(bool) error) error {
	opening.Lock()
	defer opening.Unlock()
	file, open := files[s.path]
	if !open {
		unlock, err := lockFile(ctx, s.path)
		if err != nil {
			return err
		}
		file = &sqliteFile{unlock: unlock}
		files[s.path] = file
	}
	file.queues++
	s.file = file
	return do(!open)
}

func (s *sqliteStore) close() {
	opening.Lock()
	defer opening.Unlock()
	s.db.Close()
	if s.file == nil {
		return
	}
	if s.file.queues--; s.file.queues == 0 {
		s.file.unlock()
		delete(files, s.path)
	}
	s.file = nil
}

// lockFile keeps other processes from a file until it is unlocked or this
// process dies, however it dies. The lock is SQLite's own, on an empty database
// beside the file: so it works wherever SQLite does and can be tried. One on the
// file itself (locking_mode EXCLUSIVE) would be lost for a moment whenever a
// connection is replaced, and would keep backups out.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	db, err := sql.Open("sqlite", sqliteAddress(path+"-lock", url.Values{"_pragma": {"busy_timeout(1000)"}}))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE") // and no end, ever
	}
	unlock = func() {
		if conn != nil {
			conn.Close()
		}
		db.Close()
	}
	if err == nil {
		return unlock, nil
	}
	unlock()
	if reason := (*sqlite.Error)(nil); errors.As(err, &reason) && reason.Code()&0xff == sqlite3.SQLITE_BUSY {
		return nil, fmt.Errorf("%s is in use by another process; one on PostgreSQL (postgres://…) serves several", path)
	}
	return nil, fmt.Errorf("lock %s: %w", path, err)
}

type sqliteHold struct{ path, key string }

func (s *sqliteStore) hold(_ context.Context, key string) (hold, bool, error) {
	h := sqliteHold{s.path, key}
	if _, taken := held.LoadOrStore(h, true); taken {
		return nil, false, nil
	}
	return h, true, nil
}

func (h sqliteHold) check() error { return nil }

func (h sqliteHold) release() { held.Delete(h) }
