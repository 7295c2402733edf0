package courier

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/austauschbar/austauschbar/bot"
)

// dawn is when the clock of all tests begins.
var dawn = time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)

// broken makes an answer that never comes, drained one that is the budget's last.
const (
	broken  = 0
	drained = 299
)

// A forge gives one answer after the other, then only good ones.
type forge struct {
	lock    sync.Mutex // an answer that is not waited for may still be on its way
	answers []int
	after   string   // Retry-After of limits
	asked   []string // method, signature and body of what arrived
}

func (f *forge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.lock.Lock()
	defer f.lock.Unlock()
	body, _ := io.ReadAll(r.Body) // broken where the test fails
	f.asked = append(f.asked, r.Method+" "+r.Header.Get("Authorization")+" "+string(body))
	w.Header().Set("Connection", "close") // of a kept one, the client would try again by itself
	if len(f.answers) == 0 {
		return
	}
	answer := f.answers[0]
	f.answers = f.answers[1:]
	if answer == broken {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Retry-After", f.after)
	w.WriteHeader(answer)
}

// start returns the courier to a forge, whose waits are recorded and move its clock on.
func start(t *testing.T, f *forge) (c *Courier, address string, waits *[]time.Duration) {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	clock := dawn
	waits = &[]time.Duration{}
	return &Courier{
		Authorization: "token t",
		Limit: func(answer *http.Response, try int, now time.Time) (Limit, error) {
			after, ok := RetryAfter(answer.Header)
			if !ok {
				after = time.Minute << (try - 1)
			}
			switch answer.StatusCode {
			case http.StatusTooManyRequests:
				return Limit{Refused: true, Until: now.Add(after)}, nil
			case drained:
				return Limit{Until: now.Add(after)}, nil
			}
			return Limit{}, nil
		},
		Budget: func(request *http.Request) string { return request.URL.Path },
		Now:    func() time.Time { return clock },
		Sleep: func(ctx context.Context, d time.Duration) error {
			*waits = append(*waits, d)
			clock = clock.Add(d)
			return ctx.Err()
		},
	}, server.URL, waits
}

func send(t *testing.T, c *Courier, method, address string) error {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	response, err := c.RoundTrip(request)
	if err != nil {
		return err
	}
	response.Body.Close()
	if IsTrouble(response.StatusCode) {
		return Classified(errors.New(response.Status), response.StatusCode)
	}
	return nil
}

func seconds(waits ...int) (durations []time.Duration) {
	for _, wait := range waits {
		durations = append(durations, time.Duration(wait)*time.Second)
	}
	return durations
}

// Limits are waited for. Reads are tried again where the forge has trouble; of a
// write it is not known whether it was carried out.
func TestRoundTrip(t *testing.T) {
	for name, test := range map[string]struct {
		write    bool
		answers  []int
		after    string
		patience time.Duration
		waits    []time.Duration
		tries    int
		limited  time.Duration // after the beginning; 0 for no limit
		trouble  bool
	}{
		"all is well":              {tries: 1},
		"a limit":                  {answers: []int{429}, after: "7", waits: seconds(7), tries: 2},
		"a limit of a write":       {write: true, answers: []int{429}, after: "7", waits: seconds(7), tries: 2},
		"a limit without a time":   {answers: []int{429, 429}, patience: time.Hour, waits: seconds(60, 120), tries: 3},
		"a limit for long":         {answers: []int{429}, after: "3600", tries: 1, limited: time.Hour},
		"longer in all":            {answers: []int{429, 429}, after: "70", waits: seconds(70), tries: 2, limited: 140 * time.Second},
		"limits again and again":   {answers: []int{429, 429, 429, 429, 429, 429}, after: "1", waits: seconds(1, 1, 1, 1), tries: 5, limited: 5 * time.Second},
		"a read, once":             {answers: []int{502}, waits: seconds(1), tries: 2},
		"a read, twice":            {answers: []int{500, 504}, waits: seconds(1, 4), tries: 3},
		"a read, for long":         {answers: []int{503, 503, 503}, waits: seconds(1, 4), tries: 3, trouble: true},
		"a read, little patience":  {answers: []int{503, 503}, patience: 3 * time.Second, waits: seconds(1), tries: 2, trouble: true},
		"a read, broken":           {answers: []int{broken, broken}, waits: seconds(1, 4), tries: 3},
		"a read, broken for long":  {answers: []int{broken, broken, broken}, waits: seconds(1, 4), tries: 3, trouble: true},
		"a write":                  {write: true, answers: []int{502}, tries: 1, trouble: true},
		"a write, broken":          {write: true, answers: []int{broken}, tries: 1, trouble: true},
		"a limit between troubles": {answers: []int{502, 429, 502}, after: "7", waits: seconds(1, 7, 1), tries: 4},
	} {
		t.Run(name, func(t *testing.T) {
			f := &forge{answers: test.answers, after: test.after}
			c, address, waits := start(t, f)
			c.Patience = test.patience
			method := http.MethodGet
			if test.write {
				method = http.MethodPost
			}
			err := send(t, c, method, address)
			limited := (*LimitedError)(nil)
			if errors.As(err, &limited) != (test.limited > 0) || errors.Is(err, bot.ErrUnavailable) != test.trouble || (err != nil) != (test.limited > 0 || test.trouble) {
				t.Errorf("error %v", err)
			}
			if limited != nil && !limited.Again().Equal(dawn.Add(test.limited)) {
				t.Errorf("to be tried again at %v", limited.Again())
			}
			if diff := cmp.Diff(test.waits, *waits, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
			f.lock.Lock()
			defer f.lock.Unlock()
			if len(f.asked) != test.tries {
				t.Errorf("%d tries, want %d", len(f.asked), test.tries)
			}
			for _, asked := range f.asked {
				if asked != method+" token t body" {
					t.Errorf("asked %q", asked)
				}
			}
		})
	}
}

// Writes keep their distance, whatever their budget; reads do not wait.
func TestWritesAreSpaced(t *testing.T) {
	c, address, waits := start(t, &forge{})
	c.Pause = 2 * time.Second
	for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodPatch, http.MethodGet, http.MethodPost} {
		if err := send(t, c, method, address+"/"+method); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(seconds(2, 2), *waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

// What was carried out may tell that the next request would be refused. Another budget
// does not wait for it.
func TestBudgets(t *testing.T) {
	c, address, waits := start(t, &forge{answers: []int{drained}, after: "90"})
	refilled := func(path string) time.Duration {
		return c.Refilled(httptest.NewRequest(http.MethodGet, address+path, nil)).Sub(dawn)
	}
	for i, path := range []string{"/a", "/b", "/a"} {
		if i == 2 && (len(*waits) > 0 || refilled("/a") != 90*time.Second || refilled("/b") != time.Minute) {
			t.Errorf("waited %v; refilled after %v and %v", *waits, refilled("/a"), refilled("/b"))
		}
		if err := send(t, c, http.MethodGet, address+path); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(seconds(90), *waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(request *http.Request) (*http.Response, error) { return t(request) }

// A request is not sent again where that is of no use, or nobody waits for it.
func TestGivenUp(t *testing.T) {
	final := errors.New("no token")
	for name, cause := range map[string]error{"final": final, "cancelled": context.Canceled, "too late": context.DeadlineExceeded} {
		t.Run(name, func(t *testing.T) {
			tries := 0
			c, address, _ := start(t, &forge{})
			c.Final = final
			c.HTTP = &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
				tries++
				return nil, cause
			})}
			if err := send(t, c, http.MethodGet, address); !errors.Is(err, cause) || errors.Is(err, bot.ErrUnavailable) || tries != 1 {
				t.Errorf("error %v after %d tries", err, tries)
			}
		})
	}
}

// A wait ends with the patience of whoever asked.
func TestWait(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := new(Courier).Wait(ctx, time.Nanosecond); err != nil {
		t.Error(err)
	}
	cancel()
	for _, d := range []time.Duration{0, time.Hour} {
		if err := new(Courier).Wait(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("%v: error %v", d, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{"7": 7 * time.Second, "0": 0, "999999": 24 * time.Hour, "": -1, "-1": -1, "soon": -1} {
		got, ok := RetryAfter(http.Header{"Retry-After": {value}})
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %v, %v", value, got, ok)
		}
	}
}

func TestReset(t *testing.T) {
	for value, want := range map[string]int64{"1800000030": 1_800_000_031, "0": 0, "": 0, "-5": 0, "soon": 0} {
		got, ok := Reset(value)
		if ok != (want > 0) || ok && got.Unix() != want {
			t.Errorf("%q: %v, %v", value, got, ok)
		}
	}
}

// The token must not follow a redirect to another host.
func TestSameHost(t *testing.T) {
	from := httptest.NewRequest(http.MethodGet, "https://git.example/a", nil)
	for name, test := range map[string]struct {
		to    string
		times int
		ok    bool
	}{
		"renamed":      {"https://git.example/b", 1, true},
		"another host": {"https://git.example.org/a", 1, false},
		"another port": {"https://git.example:8443/a", 1, false},
		"in clear":     {"http://git.example/a", 1, false},
		"too often":    {"https://git.example/b", 5, false},
	} {
		via := []*http.Request{from}
		for len(via) < test.times {
			via = append(via, from)
		}
		if err := SameHost(httptest.NewRequest(http.MethodGet, test.to, nil), via); (err == nil) != test.ok {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// An answer that breaks off in its middle is trouble too, and the end of our own
// patience is none.
func TestClassified(t *testing.T) {
	refused := errors.New("refused")
	for name, test := range map[string]struct {
		err    error
		status int
		want   error // nil for neither
	}{
		"forbidden":        {refused, 403, bot.ErrForbidden},
		"trouble":          {refused, 502, bot.ErrUnavailable},
		"not there":        {refused, 404, nil},
		"broke off":        {io.ErrUnexpectedEOF, 0, bot.ErrUnavailable},
		"reset":            {&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, 0, bot.ErrUnavailable},
		"cancelled":        {context.Canceled, 0, nil},
		"too late":         {context.DeadlineExceeded, 0, nil},
		"limited":          {&LimitedError{}, 0, nil},
		"already forbids":  {bot.ErrForbidden, 0, bot.ErrForbidden},
		"moved on already": {bot.ErrMoved, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := Classified(test.err, test.status)
			for _, class := range []error{bot.ErrUnavailable, bot.ErrForbidden} {
				if errors.Is(got, class) != (class == test.want) {
					t.Errorf("%v: is %v", got, class)
				}
			}
			if !errors.Is(got, test.err) {
				t.Errorf("%v has lost its cause", got)
			}
		})
	}
	if Classified(nil, 0) != nil {
		t.Error("an error is made of none")
	}
}
