package github

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/forgetest"
	"github.com/austauschbar/austauschbar/bot/github/githubtest"
)

// A bench is a GitHub, and before it what lets single writes fail.
type bench struct {
	*testing.T
	fake    *githubtest.Fake
	options Options
	server  *httptest.Server
	hook    func(n int) forgetest.Fault
	hooked  int
}

func newBench(t *testing.T, fake *githubtest.Fake, options Options) *bench {
	fake.Base = fake.Commit(forgetest.Base())
	fake.Permissions = map[string]string{"alice": "write"}
	b := &bench{T: t, fake: fake, options: options}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	return b
}

// ServeHTTP has the hook called before a write, while the fake is not locked.
func (b *bench) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	isQuery := r.URL.Path == "/graphql" && !bytes.Contains(body, []byte("mutation"))
	if b.hook == nil || r.Method == http.MethodGet || isQuery {
		b.fake.ServeHTTP(w, r)
		return
	}
	b.hooked++
	switch b.hook(b.hooked) {
	case forgetest.Outage:
		w.WriteHeader(http.StatusBadGateway)
	case forgetest.Lost:
		b.fake.ServeHTTP(httptest.NewRecorder(), r)
		w.WriteHeader(http.StatusBadGateway)
	default:
		b.fake.ServeHTTP(w, r)
	}
}

func (b *bench) Forge() bot.Forge {
	options := b.options
	options.API, options.Token, options.Pause = b.server.URL, githubtest.Token, 1
	forge, err := New(options)
	if err != nil {
		b.Fatal(err)
	}
	return forge
}

func (b *bench) Change() austauschbar.Change {
	return austauschbar.Change{Forge: "github", Repository: "o/r", Number: 7}
}

func (b *bench) Push(files map[string]string) { b.fake.Push(files) }
func (b *bench) Say(body string)              { b.fake.Say("alice", body) }
func (b *bench) Race(body string)             { b.fake.Say(b.fake.Login, body) }
func (b *bench) Reply(finding, body string)   { b.fake.Reply(b, finding, "alice", body) }
func (b *bench) Label(name string)            { b.fake.Labels = append(b.fake.Labels, name) }
func (b *bench) ForbidResolve()               { b.fake.NoResolve = true }
func (b *bench) Writes() int                  { return b.fake.Writes() }

func (b *bench) SayAt(path string, line int, body string) {
	thread := b.fake.NewThread(path, line, body)
	thread.Comments[0].User = githubtest.Account("alice")
	b.fake.Threads = append(b.fake.Threads, thread)
}

func (b *bench) Resolve(finding string) {
	thread := b.fake.Thread(b, finding)
	thread.Resolved, thread.By = true, "alice"
}

func (b *bench) OnWrite(hook func(n int) forgetest.Fault) { b.hook, b.hooked = hook, 0 }

func (b *bench) Shown() forgetest.Shown {
	shown := forgetest.Shown{Check: b.check(), Labels: b.fake.Labels}
	said := slices.Clone(b.fake.Comments)
	for _, thread := range b.fake.Threads {
		first := thread.Comments[0]
		if first.User.Login != b.fake.Login {
			continue
		}
		finding, _ := bot.FindingOf(first.Body)
		shown.Threads = append(shown.Threads, bot.Thread{
			Finding: finding, Body: first.Body, Path: thread.Path, Line: thread.Line, Resolved: thread.Resolved,
			Answered: slices.ContainsFunc(thread.Comments, func(c *githubtest.Comment) bool { return c.User.Login != b.fake.Login }),
		})
		said = append(said, thread.Comments...)
	}
	for _, c := range said {
		if _, answers := bot.AnswerOf(c.Body); answers && c.User.Login == b.fake.Login {
			shown.Answers = append(shown.Answers, c.Body)
		}
		if strings.HasPrefix(c.Body, bot.SummaryMarker) && c.User.Login == b.fake.Login {
			shown.Summaries = append(shown.Summaries, bot.Comment{ID: strconv.FormatInt(c.ID, 10), Body: c.Body})
		}
	}
	return shown
}

// check is the latest run or status of the head; nil for none.
func (b *bench) check() *bot.Check {
	for _, run := range slices.Backward(b.fake.Runs) {
		if run.Head == b.fake.Head {
			return &bot.Check{Conclusion: run.Conclusion, Title: run.Title, Annotations: make([]bot.Annotation, len(run.Annotations))}
		}
	}
	for _, status := range slices.Backward(b.fake.Statuses) {
		if status.Head == b.fake.Head {
			return &bot.Check{Conclusion: status.State, Title: status.Description}
		}
	}
	return nil
}

func TestScenarios(t *testing.T) {
	for name, test := range map[string]struct {
		options Options
		user    string // whose token it is; "" for an App's
	}{
		"an App":                  {options: full},
		"an App, few at once":     {options: Options{Login: full.Login, Checks: true, Resolve: true, MaxInline: 30, Labels: full.Labels}},
		"an App, read-only files": {options: Options{Login: full.Login, Checks: true}},
		"a user's token":          {options: Options{Resolve: true, Labels: full.Labels}, user: "bert"},
	} {
		t.Run(name, func(t *testing.T) {
			forgetest.Run(t, func(t *testing.T) forgetest.Bench {
				fake := githubtest.NewFake()
				if test.user != "" {
					fake.Login, fake.NoChecks = test.user, true
				}
				return newBench(t, fake, test.options)
			})
		})
	}
}
