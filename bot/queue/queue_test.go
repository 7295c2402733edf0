package queue

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/austauschbar/austauschbar"
)

// postgresVariable names the address of a PostgreSQL whose user may create
// databases; each scenario makes one and drops it.
const postgresVariable = "AUSTAUSCHBAR_TEST_POSTGRES"

// childVariable makes the test binary a process that is to be killed.
const childVariable = "AUSTAUSCHBAR_TEST_QUEUE_CHILD"

func TestMain(m *testing.M) {
	if url := os.Getenv(childVariable); url != "" {
		beKilled(url)
	}
	os.Exit(m.Run())
}

func TestSQLite(t *testing.T) { onEach(t, newSQLite) }

func TestPostgres(t *testing.T) {
	needPostgres(t)
	onEach(t, newPostgres)
}

func needPostgres(t *testing.T) {
	t.Helper()
	if os.Getenv(postgresVariable) == "" {
		t.Skip("set " + postgresVariable + " to the address of a PostgreSQL where databases may be created")
	}
}

func onEach(t *testing.T, database func(testing.TB) string) {
	t.Parallel()
	for name, scenario := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario(t, database(t))
		})
	}
}

func newSQLite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "a queue? 100%.db")
}

func newPostgres(t testing.TB) string {
	t.Helper()
	address := os.Getenv(postgresVariable)
	admin, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("queue_%d", time.Now().UnixNano())
	if _, err := admin.Exec(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		admin.Exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
		admin.Close(context.Background())
	})
	fresh, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Path = "/" + name
	return fresh.String()
}

var scenarios = map[string]func(*testing.T, string){
	"a delivery that comes twice is reviewed once": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		enqueue(t, q, push(1, "a", "d1"), push(1, "b", "d1"))
		runs := &record{}
		run(t, q, runs.work(nil))
		idle(t, q)
		runs.want(t, "1 a d1")
	},
	"requests count, not heads": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		runs := &record{}
		run(t, q, runs.work(nil))
		for _, change := range []Change{
			push(1, "a", "d1"),
			push(1, "a", ""),   // a sweep that finds nothing new
			push(1, "a", "d2"), // somebody asks again
			push(1, "", "d3"),  // and again, in a comment
			push(1, "b", ""),   // a sweep that finds a missed push
			push(2, "", "d4"),  // a comment at a change never seen
		} {
			enqueue(t, q, change)
			idle(t, q)
		}
		runs.want(t, "1 a d1", "1 a d2", "1 a d3", "1 b ", "2  d4")
	},
	"instances are apart": func(t *testing.T, url string) {
		q := open(t, url, Options{Workers: 1})
		other := push(1, "b", "d1")
		other.Instance = "https://git.example"
		enqueue(t, q, push(1, "a", "d1"), other)
		runs := &record{}
		run(t, q, runs.work(nil))
		idle(t, q)
		runs.want(t, "1 a d1", "1 b d1")
	},
	"the last of five pushes during a review is reviewed": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		enqueue(t, q, push(1, "0", "d0"))
		runs, begun, goOn := &record{}, make(chan bool, 9), make(chan bool)
		run(t, q, runs.work(func(context.Context, Change) error {
			begun <- true
			<-goOn
			return nil
		}))
		<-begun
		if stats := count(t, q); stats != (Stats{Running: 1}) {
			t.Errorf("during the review: %+v", stats)
		}
		for n := 1; n <= 5; n++ {
			enqueue(t, q, push(1, fmt.Sprint(n), fmt.Sprint("d", n)))
		}
		if stats := count(t, q); stats != (Stats{Running: 1}) {
			t.Errorf("after the pushes: %+v", stats)
		}
		close(goOn)
		idle(t, q)
		heads := runs.heads(1)
		if len(heads) > 3 || heads[len(heads)-1] != "5" {
			t.Errorf("reviewed %v; want at most two after the first, the last of them 5", heads)
		}
	},
	"a review that fails twice is tried a third time": func(t *testing.T, url string) {
		q := open(t, url, Options{Backoff: time.Millisecond})
		enqueue(t, q, push(1, "a", "d1"))
		runs := &record{}
		run(t, q, runs.work(failing(2)))
		idle(t, q)
		runs.want(t, "1 a d1", "1 a d1", "1 a d1")
		if stats := count(t, q); stats != (Stats{}) {
			t.Errorf("in the end: %+v", stats)
		}
	},
	"the log tells failures and what River says": func(t *testing.T, url string) {
		var log strings.Builder
		q := open(t, url, Options{Backoff: time.Millisecond, Attempts: 2, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		enqueue(t, q, push(1, "a", "d1"))
		stop := run(t, q, failing(2))
		idle(t, q)
		stop()
		for _, want := range []string{
			"River client started", `level=WARN msg="review failed"`, `level=ERROR msg="review given up"`,
			`repository=stadt/vergabe number=1 head=a delivery=d1 try=2 error="the forge is away"`,
		} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log lacks %s:\n%s", want, &log)
			}
		}
	},
	"a panic is a failure": func(t *testing.T, url string) {
		q := open(t, url, Options{Backoff: time.Millisecond})
		enqueue(t, q, push(1, "a", "d1"))
		runs, first := &record{}, true
		run(t, q, runs.work(func(context.Context, Change) error {
			if first {
				first = false
				panic("\x00 no text for a database \xff")
			}
			return nil
		}))
		idle(t, q)
		runs.want(t, "1 a d1", "1 a d1")
	},
	"a review that takes too long is a failure": func(t *testing.T, url string) {
		q := open(t, url, Options{Timeout: 50 * time.Millisecond, Attempts: 1})
		enqueue(t, q, push(1, "a", "d1"))
		run(t, q, untilEnd)
		idle(t, q)
		if stats := count(t, q); stats != (Stats{Failed: 1}) {
			t.Errorf("in the end: %+v", stats)
		}
	},
	"what is given up is asked again by a push": func(t *testing.T, url string) {
		q := open(t, url, Options{Backoff: time.Millisecond, Attempts: 2})
		enqueue(t, q, push(1, "a", "d1"))
		runs := &record{}
		run(t, q, runs.work(failing(2)))
		idle(t, q)
		if stats := count(t, q); stats != (Stats{Failed: 1}) {
			t.Errorf("after two tries: %+v", stats)
		}
		enqueue(t, q, push(1, "b", "d2"))
		idle(t, q)
		runs.want(t, "1 a d1", "1 a d1", "1 b d2")
		if stats := count(t, q); stats != (Stats{}) {
			t.Errorf("in the end: %+v", stats)
		}
	},
	"a push does not wait for the back-off of the head before": func(t *testing.T, url string) {
		q := open(t, url, Options{Backoff: time.Hour})
		enqueue(t, q, push(1, "a", "d1"))
		runs := &record{}
		run(t, q, runs.work(failing(1)))
		until(t, q, func(stats Stats) bool { return len(runs.heads(1)) == 1 && stats == Stats{Waiting: 1} })
		enqueue(t, q, push(1, "b", "d2"))
		idle(t, q)
		runs.want(t, "1 a d1", "1 b d2")
	},
	"two queues never review a change at once": func(t *testing.T, url string) {
		const changes, pushes = 60, 5
		queues := []*Queue{open(t, url, Options{}), open(t, url, Options{})}
		runs := &record{}
		for _, q := range queues {
			run(t, q, runs.work(func(context.Context, Change) error {
				time.Sleep(5 * time.Millisecond) // so that there is something to overlap
				return nil
			}))
		}
		var pushers sync.WaitGroup
		for pusher := range 4 {
			pushers.Go(func() {
				for n := range pushes {
					for change := 1 + pusher; change <= changes; change += 4 {
						enqueue(t, queues[(n+change)%2], push(change, fmt.Sprint(n), fmt.Sprint(change, "-", n)))
					}
				}
			})
		}
		pushers.Wait()
		idle(t, queues[0])
		if runs.overlaps != 0 {
			t.Errorf("%d reviews began while the change was being reviewed", runs.overlaps)
		}
		for change := 1; change <= changes; change++ {
			if heads := runs.heads(change); len(heads) == 0 || heads[len(heads)-1] != fmt.Sprint(pushes-1) {
				t.Errorf("change %d: reviewed %v", change, heads)
			}
		}
	},
	"a change that is held elsewhere waits": func(t *testing.T, url string) {
		q, other := open(t, url, Options{}), open(t, url, Options{})
		held, free, err := other.engine.(inner).testHold(t.Context(), push(1, "", ""))
		if err != nil || !free {
			t.Fatalf("hold: free %v, error %v", free, err)
		}
		enqueue(t, q, push(1, "a", "d1"), push(2, "a", "d2"))
		runs := &record{}
		run(t, q, runs.work(nil))
		until(t, q, func(stats Stats) bool { return len(runs.heads(2)) == 1 && stats == Stats{Waiting: 1} })
		runs.want(t, "2 a d2")
		held.release()
		idle(t, q)
		runs.want(t, "1 a d1", "2 a d2")
	},
	"a job whose request was reviewed has nothing to do": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		runs := &record{}
		run(t, q, runs.work(nil))
		enqueue(t, q, push(1, "a", "d1"))
		idle(t, q)
		for _, change := range []Change{push(1, "", ""), push(2, "", "")} { // the second one nobody asked for
			if err := q.engine.(inner).testInsert(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		}
		idle(t, q)
		runs.want(t, "1 a d1")
	},
	"a review that runs may end before the queue does": func(t *testing.T, url string) {
		q := open(t, url, Options{Drain: time.Hour})
		enqueue(t, q, push(1, "a", "d1"))
		runs, begun, goOn := &record{}, make(chan bool), make(chan bool)
		stop := run(t, q, runs.work(func(ctx context.Context, _ Change) error {
			begun <- true
			<-goOn
			return ctx.Err()
		}))
		<-begun
		stopped := make(chan bool)
		go func() { stop(); close(stopped) }()
		close(goOn)
		<-stopped
		if stats := count(t, q); stats != (Stats{}) {
			t.Errorf("in the end: %+v", stats)
		}
		runs.want(t, "1 a d1")
	},
	"a review that is cancelled begins anew, and it was no try": func(t *testing.T, url string) {
		q := open(t, url, Options{Drain: time.Millisecond, Attempts: 1})
		enqueue(t, q, push(1, "a", "d1"))
		begun := make(chan bool, 1)
		stop := run(t, q, func(ctx context.Context, change Change) error {
			begun <- true
			return untilEnd(ctx, change)
		})
		<-begun
		stop()
		if stats := count(t, q); stats != (Stats{Waiting: 1}) {
			t.Errorf("after the stop: %+v", stats)
		}
		runs := &record{}
		run(t, q, runs.work(nil))
		idle(t, q)
		runs.want(t, "1 a d1")
	},
	"a review that ends the process each time is given up": func(t *testing.T, url string) {
		q := open(t, url, Options{Backoff: time.Millisecond})
		enqueue(t, q, push(1, "a", "d1"))
		ctx, cancel := context.WithCancel(t.Context())
		if err := q.Run(ctx, func(ctx context.Context, change Change) error {
			cancel()
			return errors.New("one try is spent")
		}); err != nil {
			t.Fatal(err)
		}
		q.Close()
		q = open(t, url, Options{Attempts: 1})
		runs := &record{}
		run(t, q, runs.work(nil))
		idle(t, q)
		runs.want(t)
		if stats := count(t, q); stats != (Stats{Failed: 1}) {
			t.Errorf("in the end: %+v", stats)
		}
	},
	"old deliveries are forgotten": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		runs := &record{}
		run(t, q, runs.work(nil))
		for range 2 {
			enqueue(t, q, push(1, "a", "d1"))
			idle(t, q)
			if err := q.engine.clean(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		runs.want(t, "1 a d1")
		if err := q.engine.clean(t.Context(), time.Now().Add(8*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		enqueue(t, q, push(1, "a", "d1"))
		idle(t, q)
		runs.want(t, "1 a d1", "1 a d1")
	},
	"reviews are kept, replaced and forgotten": func(t *testing.T, url string) {
		q := open(t, url, Options{HistoryMost: 3})
		keep := func(number int, head, dossier, review string) {
			t.Helper()
			entry := austauschbar.HistoryEntry{Change: austauschbar.Change{Forge: "github", Repository: "o/r", Number: number, Head: head}, Dossier: dossier}
			entry.Title, entry.Language, entry.Fired = "Titel\x00 ü", "de", map[string]austauschbar.HistoryFired{"EX-02": {Open: 2, Waived: 1}}
			if err := q.KeepReview(t.Context(), entry, []byte(review)); err != nil {
				t.Fatal(err)
			}
			time.Sleep(2 * time.Millisecond) // so that one is later
		}
		listed := func(may func(austauschbar.Change) bool) (heads []string) {
			t.Helper()
			entries, err := q.Reviews(t.Context(), may)
			if err != nil {
				t.Fatal(err)
			}
			for _, entry := range entries {
				_, review, err := q.Review(t.Context(), entry.ID)
				if err != nil || entry.Fired["EX-02"].Waived != 1 || time.Since(entry.Kept) > time.Hour {
					t.Errorf("%+v: %v", entry, err)
				}
				heads = append(heads, entry.Change.Head+" "+entry.Dossier+" "+string(review))
			}
			return heads
		}
		all := func(austauschbar.Change) bool { return true }
		keep(1, "a", "x", "first\x00")
		keep(1, "a", "y", "other")
		keep(1, "b", "x", "second")
		keep(1, "a", "x", "anew")
		if diff := cmp.Diff([]string{"a y other", "b x second", "a x anew"}, listed(all)); diff != "" {
			t.Error(diff)
		}
		if got := listed(func(c austauschbar.Change) bool { return c.Head == "b" }); len(got) != 1 {
			t.Errorf("of one head: %v", got)
		}
		if _, _, err := q.Review(t.Context(), "none"); !errors.Is(err, ErrForgotten) {
			t.Errorf("a review that is not there: %v", err)
		}
		keep(2, "c", "x", "third")
		if err := q.engine.clean(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"b x second", "a x anew", "c x third"}, listed(all)); diff != "" {
			t.Error(diff)
		}
		if err := q.engine.clean(t.Context(), time.Now().AddDate(0, 0, 91)); err != nil {
			t.Fatal(err)
		}
		if got := listed(all); len(got) != 0 {
			t.Errorf("after 91 days: %v", got)
		}
	},
	"old changes are forgotten once they are done with": func(t *testing.T, url string) {
		q := open(t, url, Options{Attempts: 1})
		enqueue(t, q, push(1, "a", ""), push(2, "a", ""))
		runs := &record{}
		stop := run(t, q, runs.work(func(_ context.Context, change Change) error {
			if change.Number == 2 {
				return errors.New("given up")
			}
			return nil
		}))
		idle(t, q)
		stop()
		enqueue(t, q, push(3, "a", ""))
		for _, test := range []struct {
			days int
			want Stats
		}{{90, Stats{Waiting: 1, Failed: 1}}, {92, Stats{Waiting: 1}}} {
			if err := q.engine.clean(t.Context(), time.Now().AddDate(0, 0, test.days)); err != nil {
				t.Fatal(err)
			}
			if stats := count(t, q); stats != test.want {
				t.Errorf("after %d days: %+v; want %+v", test.days, stats, test.want)
			}
		}
		enqueue(t, q, push(1, "a", ""), push(2, "a", ""), push(3, "a", "")) // a sweep
		run(t, q, runs.work(nil))
		idle(t, q)
		runs.want(t, "1 a ", "1 a ", "2 a ", "2 a ", "3 a ")
	},
	"a delivery that could not be enqueued may come again": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.Enqueue(gone, push(1, "a", "d1")); err == nil {
			t.Fatal("enqueued after the context ended")
		}
		enqueue(t, q, push(1, "a", "d1"))
		runs := &record{}
		run(t, q, runs.work(nil))
		idle(t, q)
		runs.want(t, "1 a d1")
	},
	"it answers while it is open": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		if err := q.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		q.Close()
		if err := q.Ping(t.Context()); err == nil {
			t.Error("a closed queue answers")
		}
	},
	"several may open a new database at once": func(t *testing.T, url string) {
		var openers sync.WaitGroup
		for range 4 {
			openers.Go(func() {
				q, err := Open(t.Context(), url, Options{})
				if err != nil {
					t.Error(err)
					return
				}
				q.Close()
			})
		}
		openers.Wait()
	},
	"the oldest is what waits longest for the end of a review": func(t *testing.T, url string) {
		q := open(t, url, Options{Attempts: 1})
		grow := func(hours int) {
			t.Helper()
			if err := q.engine.(inner).testExec(t.Context(),
				"UPDATE austauschbar_change SET asked = asked - $1, since = since - $2", hours*3600, hours*3600); err != nil {
				t.Fatal(err)
			}
		}
		want := func(hours int) {
			t.Helper()
			stats, err := q.Stats(t.Context())
			if err != nil || stats.Oldest.Round(time.Hour) != time.Duration(hours)*time.Hour || (hours == 0 && stats.Oldest > time.Minute) {
				t.Errorf("oldest %v, error %v; want %d hours", stats.Oldest, err, hours)
			}
		}
		want(0)
		enqueue(t, q, push(1, "a", "d1"))
		grow(2)
		enqueue(t, q, push(2, "a", "d2"), push(1, "b", "d3")) // a push makes it no younger
		want(2)
		begun, goOn := make(chan bool, 9), make(chan error)
		run(t, q, func(context.Context, Change) error {
			begun <- true
			return <-goOn
		})
		<-begun
		<-begun
		want(2)
		enqueue(t, q, push(1, "c", "d4"))
		grow(3)
		want(5)
		goOn <- nil
		goOn <- nil
		<-begun // the push that came during the review, three hours ago
		want(3)
		goOn <- errors.New("given up")
		idle(t, q)
		want(0)
		grow(4)
		enqueue(t, q, push(1, "d", "d5"), push(2, "b", "d6"))
		<-begun
		<-begun
		want(0)
		close(goOn)
		idle(t, q)
		if stats, err := q.Stats(t.Context()); err != nil || stats != (Stats{}) {
			t.Errorf("in the end: %+v, error %v", stats, err)
		}
	},
	"a review that must wait does so, and it was no try": func(t *testing.T, url string) {
		var log strings.Builder
		q := open(t, url, Options{Attempts: 1, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		enqueue(t, q, push(1, "a", "d1"))
		runs, times := &record{}, []time.Time{}
		stop := run(t, q, runs.work(func(context.Context, Change) error {
			times = append(times, time.Now())
			if len(times) < 3 {
				return fmt.Errorf("post: %w", &Later{Until: times[0].Add(1500 * time.Millisecond), Cause: errors.New("403")})
			}
			return nil
		}))
		idle(t, q)
		stop()
		runs.want(t, "1 a d1", "1 a d1", "1 a d1")
		if first, second := times[1].Sub(times[0]), times[2].Sub(times[1]); first < 1400*time.Millisecond || second < 900*time.Millisecond {
			t.Errorf("it waited %s, then %s", first, second)
		}
		for _, want := range []string{`level=INFO msg="review waits"`, `head=a delivery=d1 try=1 error="not before `, ": 403\" again_in=1."} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log lacks %s:\n%s", want, &log)
			}
		}
	},
	"a push does not wait as long as the head before": func(t *testing.T, url string) {
		q := open(t, url, Options{})
		enqueue(t, q, push(1, "a", "d1"))
		runs := &record{}
		run(t, q, runs.work(func(_ context.Context, change Change) error {
			if change.Head == "a" {
				return &Later{Until: time.Now().Add(24 * time.Hour)}
			}
			return nil
		}))
		until(t, q, func(stats Stats) bool { return len(runs.heads(1)) == 1 && stats == Stats{Waiting: 1} })
		enqueue(t, q, push(1, "b", "d2"))
		idle(t, q)
		runs.want(t, "1 a d1", "1 b d2")
	},
	"a review that ignores the end of the drain goes on alone": func(t *testing.T, url string) {
		q := open(t, url, Options{Drain: time.Millisecond})
		enqueue(t, q, push(1, "a", "d1"), push(2, "a", "d2"))
		runs, begun, goOn := &record{}, make(chan bool, 9), make(chan bool)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- q.Run(ctx, runs.work(func(_ context.Context, change Change) error {
				begun <- true
				<-goOn
				if change.Number == 2 {
					return errors.New("too late to be noted by River")
				}
				return nil
			}))
		}()
		<-begun
		<-begun
		cancel()
		if err := <-ended; err == nil || !strings.Contains(err.Error(), "still go on") {
			t.Errorf("error %v", err)
		}
		next := open(t, url, Options{})
		run(t, next, runs.work(nil))
		time.Sleep(3 * look / 2) // what it must not do takes so long
		runs.want(t, "1 a d1", "2 a d2")
		close(goOn)
		idle(t, next)
		runs.want(t, "1 a d1", "2 a d2", "2 a d2")
	},
	"a job that is put back under its worker is not worked twice": func(t *testing.T, url string) {
		q, other := open(t, url, Options{}), open(t, url, Options{})
		enqueue(t, q, push(1, "a", "d1"), push(2, "a", "d2"), push(3, "a", "d3"))
		runs, begun, goOn := &record{}, make(chan int, 9), make(chan bool)
		work := runs.work(func(_ context.Context, change Change) error {
			begun <- change.Number
			<-goOn
			if change.Number == 2 && change.Delivery == "d2" {
				return &Later{Until: time.Now()}
			}
			return nil
		})
		run(t, q, work)
		for range 3 {
			<-begun
		}
		if err := q.engine.(inner).testExec(t.Context(), "UPDATE river_job SET state = 'available'"); err != nil {
			t.Fatal(err)
		}
		run(t, other, work)
		enqueue(t, q, push(2, "b", "d4"))
		time.Sleep(elsewhere + elsewhere/2) // others fetch it
		close(goOn)
		idle(t, q)
		runs.want(t, "1 a d1", "2 a d2", "2 b d4", "3 a d3")
	},
	"an orphan is found while the queue runs": func(t *testing.T, url string) {
		q := open(t, url, Options{Timeout: 10 * time.Minute})
		enqueue(t, q, push(1, "a", "d1"), push(2, "a", "d2"))
		if err := q.engine.(inner).testExec(t.Context(),
			"UPDATE river_job SET state = 'running', attempt = 1, attempted_at = created_at"); err != nil {
			t.Fatal(err)
		}
		held, free, err := q.engine.(inner).testHold(t.Context(), push(2, "", ""))
		if err != nil || !free {
			t.Fatalf("hold: free %v, error %v", free, err)
		}
		runs := &record{}
		run(t, q, runs.work(nil))
		until(t, q, func(stats Stats) bool { return stats == Stats{Running: 1} })
		runs.want(t, "1 a d1")
		held.release()
		idle(t, q)
		runs.want(t, "1 a d1", "2 a d2")
	},
}

// beKilled reviews changes; those up to number 3 never end. It says when nothing
// else is left.
func beKilled(url string) {
	q, err := Open(context.Background(), url, Options{Workers: 6, Timeout: 10 * time.Minute})
	if err != nil {
		fmt.Println("not opened:", err)
		os.Exit(1)
	}
	go func() {
		for ; ; time.Sleep(10 * time.Millisecond) {
			if stats, err := q.Stats(context.Background()); err == nil && stats.Running == 3 && stats.Waiting == 0 {
				fmt.Println("three hang")
				return
			}
		}
	}()
	err = q.Run(context.Background(), func(_ context.Context, change Change) error {
		if change.Number <= 3 {
			select {}
		}
		return nil
	})
	fmt.Println("ended:", err)
	os.Exit(1)
}

// startChild starts a process that works a queue, and returns the first thing it
// says and how to kill it.
func startChild(t *testing.T, url string) (says string, kill func()) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+url)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan()
	return lines.Text(), func() {
		t.Helper()
		child.Process.Kill()
		if err := child.Wait(); err == nil || child.ProcessState.Exited() {
			t.Fatalf("the process was not killed: %v", err)
		}
	}
}

func enqueueSix(t *testing.T, q *Queue) {
	t.Helper()
	for change := 1; change <= 6; change++ {
		enqueue(t, q, push(change, "a", fmt.Sprint("d", change)))
	}
}

// hang enqueues six changes and starts a child that never ends with three.
func hang(t *testing.T, url string) (kill func()) {
	t.Helper()
	q := open(t, url, Options{})
	enqueueSix(t, q)
	q.Close()
	says, kill := startChild(t, url)
	if says != "three hang" {
		t.Fatal(says)
	}
	return kill
}

func TestSQLiteBelongsToOneProcess(t *testing.T) {
	t.Parallel()
	url := newSQLite(t)
	q := open(t, url, Options{})
	enqueueSix(t, q)
	says, _ := startChild(t, url)
	for _, want := range []string{"not opened: open queue: ", strings.TrimPrefix(url, "sqlite:"), "PostgreSQL"} {
		if !strings.Contains(says, want) {
			t.Errorf("a second process says %q; want it to name %s", says, want)
		}
	}
	second := open(t, url, Options{}) // in this process, which goes on when the first is closed
	q.Close()
	q.Close()
	if says, _ := startChild(t, url); !strings.Contains(says, "not opened") {
		t.Errorf("beside the second queue, another process says %q", says)
	}
	second.Close()
	says, kill := startChild(t, url)
	kill()
	if says != "three hang" {
		t.Errorf("after all are closed, another process says %q", says)
	}
}

func TestSQLiteGoesOnAfterKill(t *testing.T) {
	t.Parallel()
	url := newSQLite(t)
	hang(t, url)()
	killed := time.Now()
	q := open(t, url, Options{Timeout: 10 * time.Minute})
	if stats := count(t, q); stats != (Stats{Waiting: 3}) {
		t.Errorf("after the kill: %+v", stats)
	}
	enqueue(t, q, push(2, "b", "d7"), push(7, "a", "d8"), push(4, "a", "d4"))
	runs := &record{}
	run(t, q, runs.work(nil))
	idle(t, q)
	t.Logf("recovered in %s", time.Since(killed).Round(time.Millisecond))
	runs.want(t, "1 a d1", "2 b d7", "3 a d3", "7 a d8")
}

func TestPostgresGoesOnAfterKill(t *testing.T) {
	needPostgres(t)
	t.Parallel()
	url := newPostgres(t)
	kill := hang(t, url)
	q := open(t, url, Options{Timeout: 10 * time.Minute})
	runs := &record{}
	run(t, q, runs.work(nil))
	enqueue(t, q, push(2, "b", "d7"))
	time.Sleep(5 * look / 2)
	runs.want(t) // while the other process lives
	kill()
	killed := time.Now()
	idle(t, q)
	took := time.Since(killed)
	t.Logf("recovered in %s", took.Round(time.Millisecond))
	if took > 30*time.Second {
		t.Errorf("recovered after %s only", took)
	}
	runs.want(t, "1 a d1", "2 b d7", "3 a d3")
}

// A server that ends all connections frees the locks of reviews that go on.
func TestPostgresLosesConnections(t *testing.T) {
	needPostgres(t)
	t.Parallel()
	url := newPostgres(t)
	queues := []*Queue{open(t, url, Options{Attempts: 2}), open(t, url, Options{Attempts: 2})}
	enqueue(t, queues[0], push(1, "a", "d1"))
	runs, begun := &record{}, make(chan bool, 9)
	for _, q := range queues {
		run(t, q, runs.work(func(ctx context.Context, change Change) error {
			begun <- true
			if len(runs.heads(1)) == 1 {
				return untilEnd(ctx, change)
			}
			return nil
		}))
	}
	<-begun
	admin, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	if _, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
		t.Fatal(err)
	}
	ended := time.Now()
	<-begun
	t.Logf("begun anew after %s", time.Since(ended).Round(time.Millisecond))
	idle(t, queues[0])
	runs.want(t, "1 a d1", "1 a d1")
	if stats := count(t, queues[0]); stats != (Stats{}) {
		t.Errorf("in the end: %+v", stats)
	}
}

func push(number int, head, delivery string) Change {
	return Change{Forge: "github", Repository: "stadt/vergabe", Number: number, Head: head, Delivery: delivery}
}

func failing(times int) Work {
	return func(context.Context, Change) error {
		if times--; times >= 0 {
			return errors.New("the forge is away")
		}
		return nil
	}
}

func untilEnd(ctx context.Context, _ Change) error {
	<-ctx.Done()
	return ctx.Err()
}

func open(t testing.TB, url string, options Options) *Queue {
	t.Helper()
	q, err := Open(t.Context(), url, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return q
}

// enqueue is called by other goroutines too, so it must not end the test.
func enqueue(t testing.TB, q *Queue, changes ...Change) {
	t.Helper()
	for _, change := range changes {
		if err := q.Enqueue(t.Context(), change); err != nil {
			t.Error(err)
		}
	}
}

// run runs a queue until the test ends or stop is called.
func run(t testing.TB, q *Queue, work Work) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx, work) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// count counts changes, without their age.
func count(t testing.TB, q *Queue) Stats {
	t.Helper()
	stats, err := q.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stats.Oldest = 0 // has a test of its own
	return stats
}

// until waits for a state of the queue; the limit only ends a test that hangs.
func until(t testing.TB, q *Queue, reached func(Stats) bool) {
	t.Helper()
	for limit := time.Now().Add(50 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		stats := count(t, q)
		if reached(stats) {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("the queue stays at %+v", stats)
		}
	}
}

func idle(t testing.TB, q *Queue) {
	t.Helper()
	until(t, q, func(stats Stats) bool { return stats.Waiting+stats.Running == 0 })
}

// Tests reach into the engine by these, whatever its database.
type inner interface {
	testHold(context.Context, Change) (hold, bool, error)
	testInsert(context.Context, Change) error
	testExec(ctx context.Context, statement string, args ...any) error
}

func (e *riverEngine[D, T]) testHold(ctx context.Context, c Change) (hold, bool, error) {
	return e.store.hold(ctx, target{c.Forge, c.Instance, c.Repository, c.Number}.String())
}

func (e *riverEngine[D, T]) testInsert(ctx context.Context, c Change) error {
	return e.store.transact(ctx, func(tx T) error {
		_, err := e.client.InsertTx(ctx, tx, target{c.Forge, c.Instance, c.Repository, c.Number}, nil)
		return err
	})
}

func (e *riverEngine[D, T]) testExec(ctx context.Context, statement string, args ...any) error {
	return e.store.transact(ctx, func(tx T) error {
		_, err := e.store.exec(ctx, tx, statement, args...)
		return err
	})
}

// A record keeps what was reviewed.
type record struct {
	mutex    sync.Mutex
	runs     []Change
	active   map[int]bool
	overlaps int
}

// work notes each review and what overlaps; do says how it goes, nil that it is
// done at once.
func (r *record) work(do Work) Work {
	return func(ctx context.Context, change Change) error {
		r.mutex.Lock()
		if r.active == nil {
			r.active = map[int]bool{}
		}
		if r.active[change.Number] && change.Instance == "" {
			r.overlaps++
		}
		r.active[change.Number] = true
		r.runs = append(r.runs, change)
		r.mutex.Unlock()
		defer func() {
			r.mutex.Lock()
			defer r.mutex.Unlock()
			r.active[change.Number] = false
		}()
		if do == nil {
			return nil
		}
		return do(ctx, change)
	}
}

func (r *record) heads(number int) []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var heads []string
	for _, change := range r.runs {
		if change.Number == number {
			heads = append(heads, change.Head)
		}
	}
	return heads
}

// want compares all runs, "number head delivery", those of one change in order.
func (r *record) want(t *testing.T, want ...string) {
	t.Helper()
	r.mutex.Lock()
	defer r.mutex.Unlock()
	got := []string{}
	for _, change := range r.runs {
		got = append(got, fmt.Sprintf("%d %s %s", change.Number, change.Head, change.Delivery))
	}
	slices.SortStableFunc(got, func(a, b string) int { return strings.Compare(a[:2], b[:2]) })
	if r.overlaps > 0 {
		t.Errorf("%d reviews overlapped", r.overlaps)
	}
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		url     string
		options Options
		want    string
	}{
		"another database":         {"mysql://bot:secret@host/db", Options{}, "begins with neither"},
		"a folder that is missing": {"sqlite:" + filepath.Join(t.TempDir(), "none", "queue.db"), Options{}, "open queue: "},
		"a bad address":            {"postgres://bot:secret@host:port/db", Options{}, "open queue: "},
		"a rescue of the living":   {"sqlite:x", Options{Timeout: time.Minute, RescueAfter: time.Minute}, "may still run"},
		"a negative limit":         {"sqlite:x", Options{Drain: -1}, "drain must not be negative"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), test.url, test.options)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("error %v; want one with %q and no password", err, test.want)
			}
		})
	}
}

func TestEnqueueRefuses(t *testing.T) {
	q := open(t, newSQLite(t), Options{})
	for name, change := range map[string]Change{
		"no forge":                  {Repository: "a/b", Number: 1, Head: "c"},
		"no repository":             {Forge: "github", Number: 1, Head: "c"},
		"no number":                 {Forge: "github", Repository: "a/b", Head: "c"},
		"neither head nor delivery": {Forge: "github", Repository: "a/b", Number: 1},
	} {
		if err := q.Enqueue(t.Context(), change); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if stats := count(t, q); stats != (Stats{}) {
		t.Errorf("something was enqueued: %+v", stats)
	}
}

func TestLater(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for until, want := range map[time.Duration]time.Duration{
		-time.Hour: time.Second, time.Millisecond: time.Second, time.Minute: time.Minute, 24 * time.Hour: time.Hour,
	} {
		if got := (&Later{Until: now.Add(until)}).wait(now); got != want {
			t.Errorf("in %s: waits %s; want %s", until, got, want)
		}
	}
	if got, want := (&Later{Until: now}).Error(), "not before 2026-11-23T10:00:00Z"; got != want {
		t.Errorf("without a cause: %s; want %s", got, want)
	}
	if !errors.Is(&Later{Cause: context.Canceled}, context.Canceled) {
		t.Error("the cause is hidden")
	}
}

func TestCrashed(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 0, 3: 0, 4: 5 * time.Second, 6: 20 * time.Second, 10_000: time.Hour} {
		if got := crashed(5*time.Second, n); got != want {
			t.Errorf("after crash %d: %s; want %s", n, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for name, test := range map[string]struct{ message, want string }{
		"short":              {"403: wait", "403: wait"},
		"no text":            {"a\x00b\xffc", "abc"},
		"long":               {strings.Repeat("a", 501), strings.Repeat("a", 500)},
		"cut in a character": {strings.Repeat("a", 499) + "ä", strings.Repeat("a", 499)},
	} {
		if got := text(errors.New(test.message)); got != test.want {
			t.Errorf("%s: %q; want %q", name, got, test.want)
		}
	}
}

func TestSQLiteAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/var/lib/a queue? 100%.db": "file:///var/lib/a%20queue%3F%20100%25.db?a=b",
		"C:/data/queue.db":          "file:///C:/data/queue.db?a=b",
		"//host/share/queue.db":     "file:////host/share/queue.db?a=b",
	} {
		if got := sqliteAddress(path, map[string][]string{"a": {"b"}}); got != want {
			t.Errorf("%s: %s; want %s", path, got, want)
		}
	}
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{
		0: 5 * time.Second, 1: 5 * time.Second, 2: 10 * time.Second, 4: 40 * time.Second, 10: 2560 * time.Second,
		11: time.Hour, 10_000: time.Hour,
	} {
		if got := backoff(5*time.Second, n); got != want {
			t.Errorf("after try %d: %s; want %s", n, got, want)
		}
	}
}

func databases() map[string]func(testing.TB) string {
	all := map[string]func(testing.TB) string{"sqlite": newSQLite}
	if os.Getenv(postgresVariable) != "" {
		all["postgres"] = newPostgres
	}
	return all
}

func BenchmarkEnqueue(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(databases())) {
		b.Run(name, func(b *testing.B) {
			q := open(b, databases()[name](b), Options{})
			n := 0
			for b.Loop() {
				n++
				enqueue(b, q, push(n, "a", fmt.Sprint(n)))
			}
		})
	}
}

// BenchmarkWork works changes whose review does nothing.
func BenchmarkWork(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(databases())) {
		b.Run(name, func(b *testing.B) {
			q := open(b, databases()[name](b), Options{})
			for n := range b.N {
				enqueue(b, q, push(n+1, "a", fmt.Sprint(n)))
			}
			done, all := make(chan bool, b.N), b.N
			b.ResetTimer()
			run(b, q, func(context.Context, Change) error {
				done <- true
				return nil
			})
			for range all {
				<-done
			}
			idle(b, q)
		})
	}
}
