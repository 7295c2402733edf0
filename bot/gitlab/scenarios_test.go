package gitlab

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/forgetest"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

// A bench is a GitLab where alice is a Developer.
type bench struct {
	*testing.T
	fake    *gitlabtest.Fake
	options Options
}

func newBench(t *testing.T, options Options) *bench {
	fake := gitlabtest.NewFake()
	fake.Begin(forgetest.Base())
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	options.API, options.Token = server.URL+"/api/v4", gitlabtest.Token
	return &bench{t, fake, options}
}

func (b *bench) Forge() bot.Forge {
	forge, err := New(b.options)
	if err != nil {
		b.Fatal(err)
	}
	return forge
}

func (b *bench) Change() austauschbar.Change { return change }

func (b *bench) Push(files map[string]string) { b.fake.Push(files) }
func (b *bench) Say(body string)              { b.fake.Say("alice", body) }
func (b *bench) Race(body string)             { b.fake.Say(b.fake.Us.Name, body) }
func (b *bench) Reply(finding, body string)   { b.fake.Reply(b, finding, "alice", body) }
func (b *bench) Label(name string)            { b.fake.Labels = append(b.fake.Labels, name) }
func (b *bench) ForbidResolve()               { b.fake.NoResolve = true }
func (b *bench) Writes() int                  { return b.fake.Writes() }

func (b *bench) SayAt(path string, line int, body string) { b.fake.SayAt(path, line, "alice", body) }

func (b *bench) Resolve(finding string) {
	thread := b.fake.Thread(b, finding)
	thread.Resolved, thread.By = true, "alice"
}

func (b *bench) OnWrite(hook func(n int) forgetest.Fault) {
	if hook == nil {
		b.fake.OnWrite = nil
		return
	}
	before := b.fake.Writes()
	b.fake.OnWrite = func(n int) (status int, done bool) {
		switch hook(n - before) {
		case forgetest.Outage:
			return http.StatusBadGateway, false
		case forgetest.Lost:
			return http.StatusBadGateway, true
		}
		return 0, false
	}
}

func (b *bench) Shown() forgetest.Shown {
	if len(b.fake.QuickActions) > 0 {
		b.Errorf("quick actions carried out: %q", b.fake.QuickActions)
	}
	shown := forgetest.Shown{Check: b.check(), Labels: b.fake.Labels}
	isOurs := func(n *gitlabtest.Note) bool { return n.Author == b.fake.Us }
	for _, note := range b.fake.Notes() {
		if isOurs(note) && strings.HasPrefix(note.Body, bot.SummaryMarker) {
			shown.Summaries = append(shown.Summaries, bot.Comment{ID: text(note.ID), Body: note.Body})
		}
	}
	for _, discussion := range b.fake.Discussion {
		for _, note := range discussion.Notes {
			if _, answers := bot.AnswerOf(note.Body); answers && isOurs(note) {
				shown.Answers = append(shown.Answers, note.Body)
			}
		}
		finding, _ := bot.FindingOf(discussion.Notes[0].Body)
		if discussion.Single || !isOurs(discussion.Notes[0]) {
			continue
		}
		shown.Threads = append(shown.Threads, bot.Thread{
			Finding: finding, Body: discussion.Notes[0].Body, Path: discussion.Position.NewPath, Line: discussion.Position.NewLine,
			Resolved: discussion.Resolved, Answered: slices.ContainsFunc(discussion.Notes, func(n *gitlabtest.Note) bool { return !isOurs(n) }),
		})
	}
	return shown
}

// check is the latest status of the head; nil for none.
func (b *bench) check() *bot.Check {
	for _, status := range slices.Backward(b.fake.Statuses) {
		if status.SHA == b.fake.Head && status.State == "failed" {
			return &bot.Check{Conclusion: "failure", Title: status.Description}
		} else if status.SHA == b.fake.Head {
			return &bot.Check{Conclusion: status.State, Title: status.Description}
		}
	}
	return nil
}

func TestScenarios(t *testing.T) {
	for name, options := range map[string]Options{
		"all":         {Labels: labelPrefix},
		"few at once": {Labels: labelPrefix, MaxInline: 30},
		"no labels":   {},
	} {
		t.Run(name, func(t *testing.T) {
			forgetest.Run(t, func(t *testing.T) forgetest.Bench { return newBench(t, options) })
		})
	}
}
