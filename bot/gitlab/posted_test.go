package gitlab

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/gitlab/gitlabtest"
)

func TestPosted(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	for i := range 130 {
		fake.Say("bert", fmt.Sprintf("chat %d", i))
	}
	fake.Say("bert", bot.SummaryMarker+"\ncopied")
	fake.SayAt("a.md", 3, "bert", bot.MarkFinding("f-copied", "copied"))
	first := fake.Say(fake.Us.Name, bot.SummaryMarker+"\r\none")
	second := fake.Say(fake.Us.Name, bot.SummaryMarker+"\ntwo")
	fake.Reply(t, "\ntwo", "bert", "really?") // which makes a thread of it
	hidden := fake.Say(fake.Us.Name, bot.SummaryMarker+"\nhidden")
	hidden.Internal = true
	open := fake.SayAt("a.md", 3, fake.Us.Name, bot.MarkFinding("f-open", "open"))
	for name, by := range map[string]string{"f-ours": fake.Us.Name, "f-person": "bert"} {
		fake.SayAt("a.md", 4, fake.Us.Name, bot.MarkFinding(name, "x"))
		thread := fake.Thread(t, name)
		thread.Resolved, thread.By = true, by
	}
	fake.Reply(t, "f-open", "bert", "no")
	fake.Labels = []string{"bug", labelPrefix + "C"}
	if err := forge.Apply(t.Context(), headed(fake), bot.SetCheck{Check: bot.Check{Conclusion: "failure", Title: "E"}}); err != nil {
		t.Fatal(err)
	}
	posted, err := forge.Posted(t.Context(), headed(fake))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bot.Comment{{ID: text(first.ID), Body: bot.SummaryMarker + "\none"}, {ID: text(second.ID), Body: bot.SummaryMarker + "\ntwo"}}, posted.Summaries); diff != "" {
		t.Error(diff)
	}
	threads := map[string]bot.Thread{}
	for _, thread := range posted.Threads {
		threads[thread.Finding] = thread
	}
	want := bot.Thread{ID: fake.Thread(t, "f-open").ID, Comment: text(open.ID), Finding: "f-open", Body: open.Body, Path: "a.md", Line: 3, Answered: true}
	if diff := cmp.Diff(want, threads["f-open"]); diff != "" {
		t.Error(diff)
	}
	if ours, person := threads["f-ours"], threads["f-person"]; !ours.Resolved || ours.Answered || !person.Resolved || !person.Answered || len(threads) != 3 {
		t.Errorf("threads %+v", threads)
	}
	if check := posted.Check; check == nil || check.Conclusion != "failure" || check.Title != "E" || check.Head != fake.Head {
		t.Errorf("check %+v", check)
	}
	if diff := cmp.Diff([]string{labelPrefix + "C"}, posted.Labels); diff != "" {
		t.Error(diff)
	}
}

// A request counts where a person gives it who may write, for everyone to see.
func TestRequests(t *testing.T) {
	const help = "/austauschbar help"
	fake := changedAt(3)
	fake.Levels = map[string]int{"alice": 30, "guest": 10, "reporter": 20, "maintainer": 40, "project_5_bot_aa": 40, "robot": 30}
	fake.Users["robot"] = gitlabtest.User{ID: 999, Name: "robot", Bot: true}
	forge, _ := on(t, fake)
	ids := map[string]string{}
	for _, name := range []string{"alice", "guest", "reporter", "maintainer", "stranger", "project_5_bot_aa", "robot", fake.Us.Name} {
		ids[name] = text(fake.Say(name, help).ID)
	}
	fake.Say("alice", help).Internal = true
	fake.Say("alice", help).System = true
	fake.Say("alice", "hello\n"+help)
	fake.SayAt("a.md", 3, fake.Us.Name, bot.MarkFinding("f", "Remark f"))
	inThread := fake.Reply(t, "Remark f", "alice", "/Austauschbar explain")
	begun := fake.SayAt("a.md", 4, "maintainer", "/austauschbar explain IF-01")
	answered := fake.Say("alice", help)
	fake.Say(fake.Us.Name, bot.MarkAnswer(text(answered.ID), "done"))
	copied := fake.Say("alice", help)
	fake.Say("guest", bot.MarkAnswer(text(copied.ID), "done"))
	posted, err := forge.Posted(t.Context(), headed(fake))
	if err != nil {
		t.Fatal(err)
	}
	want := []bot.Request{
		{ID: ids["alice"], Author: "alice", Body: help},
		{ID: ids["maintainer"], Author: "maintainer", Body: help},
		{ID: text(copied.ID), Author: "alice", Body: help},
		{ID: text(inThread.ID), Thread: fake.Thread(t, "Remark f").ID, Finding: "f", Author: "alice", Body: "/Austauschbar explain"},
		{ID: text(begun.ID), Thread: fake.Thread(t, "explain IF-01").ID, Author: "maintainer", Body: "/austauschbar explain IF-01"},
	}
	if diff := cmp.Diff(want, posted.Requests); diff != "" {
		t.Error(diff)
	}
	asked := map[string]int{}
	for _, path := range fake.Reads {
		asked[path]++
	}
	for path, n := range asked {
		if n > 1 {
			t.Errorf("%s is read %d times", path, n)
		}
	}
}

// Answers stand where the request does.
func TestAnswer(t *testing.T) {
	fake := changedAt(3)
	forge, _ := on(t, fake)
	fake.SayAt("a.md", 3, fake.Us.Name, bot.MarkFinding("f", "Remark f"))
	fake.Reply(t, "Remark f", "alice", "/austauschbar explain")
	fake.Say("alice", "/austauschbar help")
	posted, err := forge.Posted(t.Context(), headed(fake))
	if err != nil {
		t.Fatal(err)
	}
	for _, request := range posted.Requests {
		if err := forge.Apply(t.Context(), change, bot.Answer{Request: request, Body: bot.MarkAnswer(request.ID, "Answer")}); err != nil {
			t.Fatal(err)
		}
	}
	if notes := fake.Thread(t, "Remark f").Notes; len(notes) != 3 || len(fake.Notes()) != 2 {
		t.Errorf("%d notes in the thread, %d at the merge request", len(notes), len(fake.Notes()))
	}
	// A reply makes a thread of a note, and leaves our answer where it stands.
	fake.Reply(t, "/austauschbar help", "bert", "thanks")
	if posted, err = forge.Posted(t.Context(), headed(fake)); err != nil || len(posted.Requests) > 0 {
		t.Errorf("%v, still asked: %v", err, posted.Requests)
	}
}
