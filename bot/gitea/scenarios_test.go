package gitea

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/forgetest"
	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

// A bench is a server, and before it what lets single writes fail.
type bench struct {
	*testing.T
	fake    *giteatest.Fake
	options Options
	server  *httptest.Server
	hook    func(n int) forgetest.Fault
	hooked  int
}

func newBench(t *testing.T, fake *giteatest.Fake, options Options) *bench {
	fake.Base = fake.Commit(forgetest.Base())
	fake.Permissions = map[string]string{"alice": "write"}
	b := &bench{T: t, fake: fake, options: options}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	return b
}

// ServeHTTP has the hook called before a write, while the fake is not locked.
func (b *bench) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if b.hook == nil || r.Method == http.MethodGet {
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
	options.URL, options.Token = b.server.URL, giteatest.Token
	forge, err := New(b.Context(), options)
	if err != nil {
		b.Fatal(err)
	}
	return forge
}

func (b *bench) Change() austauschbar.Change {
	return austauschbar.Change{Forge: "gitea", Repository: "o/r", Number: 7}
}

func (b *bench) Push(files map[string]string)             { b.fake.Push(files) }
func (b *bench) Say(body string)                          { b.fake.Say("alice", body) }
func (b *bench) SayAt(path string, line int, body string) { b.fake.SayAt("alice", path, line, body) }
func (b *bench) Race(body string)                         { b.fake.Say(b.fake.Login, body) }
func (b *bench) Reply(finding, body string)               { b.fake.Reply("alice", b.remark(finding).ID, body) }
func (b *bench) Resolve(finding string)                   { b.fake.Click("alice", b.remark(finding).ID) }
func (b *bench) Label(name string)                        { b.fake.Label(name) }
func (b *bench) ForbidResolve()                           { b.fake.NoResolve = true }
func (b *bench) Writes() int                              { return len(b.fake.Log) }

// remark is our comment of a finding.
func (b *bench) remark(finding string) *giteatest.Comment {
	for _, review := range b.fake.Reviews {
		for _, c := range review.Comments {
			if found, _ := bot.FindingOf(c.Body); found == finding && c.Login == b.fake.Login {
				return c
			}
		}
	}
	b.Fatalf("there is no remark of %s", finding)
	return nil
}

func (b *bench) OnWrite(hook func(n int) forgetest.Fault) { b.hook, b.hooked = hook, 0 }

func (b *bench) Shown() forgetest.Shown {
	shown := forgetest.Shown{Check: b.check(), Labels: b.fake.Labels}
	said := slices.Clone(b.fake.Comments)
	for _, review := range b.fake.Reviews {
		if review.State == "PENDING" {
			continue
		}
		said = append(said, review.Comments...)
		for _, c := range review.Comments {
			finding, ok := bot.FindingOf(c.Body)
			if !ok || c.Login != b.fake.Login {
				continue
			}
			shown.Threads = append(shown.Threads, bot.Thread{
				Finding: finding, Body: c.Body, Path: c.Path, Line: c.Line, Resolved: c.Resolver != "",
				Answered: slices.ContainsFunc(review.Comments, func(other *giteatest.Comment) bool {
					return other.Path == c.Path && other.Line == c.Line && other.Login != b.fake.Login
				}),
			})
		}
	}
	for _, c := range said {
		if _, answers := bot.AnswerOf(c.Body); answers && c.Login == b.fake.Login {
			shown.Answers = append(shown.Answers, c.Body)
		}
		if strings.HasPrefix(c.Body, bot.SummaryMarker) && c.Login == b.fake.Login {
			shown.Summaries = append(shown.Summaries, bot.Comment{ID: strconv.FormatInt(c.ID, 10), Body: c.Body})
		}
	}
	return shown
}

// check is the latest status of the head; nil for none.
func (b *bench) check() *bot.Check {
	for _, status := range slices.Backward(b.fake.Statuses) {
		if status.Commit == b.fake.Head {
			return &bot.Check{Conclusion: status.State, Title: status.Description}
		}
	}
	return nil
}

// full is all that a token may be used for.
var full = Options{Labels: forgetest.LabelPrefix}

func TestScenarios(t *testing.T) {
	for name, test := range map[string]struct {
		version string
		options Options
		login   string // whose token it is; "" for a bot's
	}{
		"the newest":           {version: giteatest.Newest, options: full},
		"few at once":          {version: giteatest.Newest, options: Options{Labels: full.Labels, MaxInline: 30}},
		"the first to resolve": {version: "1.26.0", options: full},
		"the oldest":           {version: giteatest.Oldest, options: full},
		"Forgejo":              {version: giteatest.Forgejo, options: full},
		"Actions, no labels":   {version: "1.25.4", login: "gitea-actions"},
	} {
		t.Run(name, func(t *testing.T) {
			forgetest.Run(t, func(t *testing.T) forgetest.Bench {
				fake := giteatest.NewFake()
				fake.Version = test.version
				if test.login != "" {
					fake.Login = test.login
				}
				return newBench(t, fake, test.options)
			})
		})
	}
}
