package forgetest

import (
	"fmt"
	"strings"

	"github.com/austauschbar/austauschbar/bot"
)

// scenarios are what happens to a change of 40 new lines.
var scenarios = map[string]func(*stage){
	"new":       func(s *stage) { s.settle(Findings(30)) },
	"unchanged": unchanged,
	"clean": func(s *stage) {
		s.settle(bot.Wanted{Check: bot.Check{Conclusion: "success", Title: "Level A"}})
	},
	"fails": func(s *stage) {
		s.settle(bot.Wanted{Check: bot.Check{Conclusion: "failure", Title: "Gate open"}})
	},
	"fixed": func(s *stage) {
		s.settle(Findings(2))
		s.settle(Findings(1), resolved(2))
	},
	"all fixed": func(s *stage) {
		s.settle(Findings(2))
		s.settle(bot.Wanted{Settled: bot.SummaryMarker + "\nall settled", Check: bot.Check{Conclusion: "success", Title: "Level A"}}, resolved(1), resolved(2), summary("all settled"))
	},
	"returned": func(s *stage) {
		s.settle(Findings(2))
		s.settle(Findings(1), resolved(2))
		s.settle(Findings(2))
	},
	"answered by a person":   answeredByPerson,
	"resolved by a person":   resolvedByPerson,
	"our markers are copied": markersCopied,
	"other words":            otherWords,
	"a further push": func(s *stage) {
		s.settle(Findings(2))
		s.Push(head(41))
		if writes := s.settle(Findings(2)); writes > 1 {
			s.t.Errorf("%d writes, want the check of the new head only", writes)
		}
	},
	"race with two summaries": twoSummaries,
	"500 findings": func(s *stage) {
		s.Push(head(500))
		s.settle(Findings(500))
	},
	"outside of the diff": func(s *stage) {
		s.settle(with(Findings(1), remark(90)), atFile(90))
	},
	"nearest line of the section": func(s *stage) {
		near := remark(90)
		near.Near, near.Elsewhere = []int{39, 40, 91}, bot.MarkFinding(near.Finding, "Of line 90")
		s.settle(with(Findings(1), near), func(shown *Shown) {
			thread := shown.thread(90)
			thread.Line, thread.Body = 40, near.Elsewhere
		})
	},
	"document without lines": func(s *stage) { s.settle(with(Findings(1), remarkAt("f-docx", "b.docx", 0))) },
	"file that is not touched": func(s *stage) {
		s.settle(with(Findings(1), remarkAt("f-else", "c.md", 1)), func(shown *Shown) { shown.Threads = shown.Threads[:1] })
	},
	"suggestion":                  suggestion,
	"labels":                      labels,
	"requests":                    requests,
	"not allowed to resolve":      notAllowedToResolve,
	"the forge has trouble":       trouble(Outage),
	"an answer is lost":           trouble(Lost),
	"crash in the first review":   crash(func(*stage) {}, Findings(35)),
	"crash in a later review":     crash(reviewedOnce, laterReview()),
	"the head moves before":       moved(0),
	"the head moves in the midst": moved(1),
}

func unchanged(s *stage) {
	s.settle(Findings(30))
	if writes := s.settle(Findings(30)); writes > 0 {
		s.t.Errorf("%d writes", writes)
	}
}

// A thread that a person answered is resolved with its finding, and then left alone.
func answeredByPerson(s *stage) {
	s.needs(s.can.Inline)
	s.settle(Findings(2))
	s.Reply("f-002", "We need it.")
	if writes := s.settle(Findings(2), answered(2)); writes > 0 {
		s.t.Errorf("%d writes for an answer", writes)
	}
	s.settle(Findings(1), answered(2), resolved(2))
	s.settle(Findings(2), answered(2), resolved(2))
}

func resolvedByPerson(s *stage) {
	s.needs(s.can.Inline && s.can.Resolve)
	s.settle(Findings(2))
	s.Resolve("f-002")
	if writes := s.settle(Findings(2), resolved(2)); writes > 0 {
		s.t.Errorf("%d writes though a person has settled it", writes)
	}
	s.settle(Findings(1), resolved(2))
	s.settle(Findings(2), resolved(2))
}

func markersCopied(s *stage) {
	s.Say(bot.SummaryMarker + "\nall is well")
	if s.can.Inline {
		s.SayAt("a.md", 1, bot.MarkFinding("f-001", "all is well"))
	}
	s.settle(Findings(1))
	s.settle(Findings(0), resolved(1))
}

func otherWords(s *stage) {
	s.needs(s.can.Inline)
	s.settle(Findings(2))
	wanted := Findings(2)
	wanted.Remarks[1].Body = bot.MarkFinding("f-002", "Other words")
	if writes := s.settle(wanted); writes != 1 {
		s.t.Errorf("%d writes, want an edit", writes)
	}
}

func twoSummaries(s *stage) {
	s.needs(s.can.Summary)
	s.settle(Findings(1))
	oldest := s.Shown().Summaries[0].ID
	s.Race(bot.SummaryMarker + "\nanother run")
	s.settle(Findings(2))
	if left := s.Shown().Summaries[0].ID; left != oldest {
		s.t.Errorf("summary %s is left, want the oldest, %s", left, oldest)
	}
}

func suggestion(s *stage) {
	s.needs(s.can.Inline)
	wanted := Findings(1)
	wanted.Remarks[0].Replace = "better line 1"
	if err := s.publish(s.Forge(), wanted); err != nil {
		s.t.Fatal(err)
	}
	if body := s.Shown().Threads[0].Body; strings.Contains(body, "better line 1") != s.can.Suggestions {
		s.t.Errorf("the remark is %q", body)
	}
	s.quiet(wanted)
}

func labels(s *stage) {
	s.needs(s.can.Labels)
	bug := func(shown *Shown) { shown.Labels = append(shown.Labels, "bug") }
	s.Label("bug")
	s.settle(Findings(1), bug)
	wanted := Findings(1)
	wanted.Labels = []string{LabelPrefix + "B"}
	s.settle(wanted, bug)
	wanted.Labels = nil
	s.settle(wanted, bug)
}

// What people ask is answered once, and left alone by a run that cannot answer.
func requests(s *stage) {
	s.needs(s.can.Summary)
	wanted := Findings(1)
	s.Say("/austauschbar help")
	s.settle(wanted)
	wanted.Answer = answer
	s.settle(wanted, answers("To the change"))
	if s.can.Inline {
		s.Reply("f-001", "/austauschbar explain")
		s.settle(wanted, answered(1), answers("To the change", "To f-001"))
	}
}

func answer(request bot.Request) string {
	if request.Finding != "" {
		return "To " + request.Finding
	}
	return "To the change"
}

// What may not be resolved is left for people to resolve; all else is done.
func notAllowedToResolve(s *stage) {
	s.needs(s.can.Inline && s.can.Resolve)
	s.settle(Findings(2))
	s.ForbidResolve()
	for range 2 {
		if err := s.publish(s.Forge(), Findings(1)); err != nil {
			s.t.Fatal(err)
		}
		s.shows(Findings(1), open(2))
	}
}

// trouble is a fault of the first write. A run gets over it by itself.
func trouble(fault Fault) func(*stage) {
	return func(s *stage) {
		s.OnWrite(func(n int) Fault {
			if n == 1 {
				return fault
			}
			return None
		})
		s.settle(Findings(35))
	}
}

// crash ends a run at each of its writes in turn, before it is carried out and after.
// The next run makes of it what a whole run does.
func crash(prepare func(*stage), wanted bot.Wanted) func(*stage) {
	return func(s *stage) {
		prepare(s)
		before := s.Writes()
		if err := s.publish(s.Forge(), wanted); err != nil {
			s.t.Fatal(err)
		}
		whole := s.Shown().picture(s.can)
		for n := range s.Writes() - before {
			for _, fault := range []Fault{Outage, Lost} {
				broken := s.again()
				prepare(broken)
				broken.crashAt(n+1, fault, wanted)
				if err := broken.publish(broken.Forge(), wanted); err != nil {
					s.t.Fatal(err)
				}
				if got := broken.Shown().picture(s.can); got != whole {
					s.t.Errorf("after a crash at write %d, fault %d, shown is\n%swant\n%s", n+1, fault, got, whole)
				}
				broken.quiet(wanted)
			}
		}
	}
}

// crashAt is a run of which no write from the n-th on succeeds.
func (s *stage) crashAt(n int, fault Fault, wanted bot.Wanted) {
	s.t.Helper()
	s.OnWrite(func(i int) Fault {
		switch {
		case i < n:
			return None
		case i == n:
			return fault
		}
		return Outage
	})
	if err := s.publish(mortal{s.Forge()}, wanted); err == nil {
		s.t.Errorf("write %d fails and the run does not", n)
	}
	s.OnWrite(nil)
}

// reviewedOnce is a change that laterReview has all kinds of things to do with.
func reviewedOnce(s *stage) {
	if err := s.publish(s.Forge(), Findings(4)); err != nil {
		s.t.Fatal(err)
	}
	if err := s.publish(s.Forge(), Findings(3)); err != nil {
		s.t.Fatal(err)
	}
	s.Label("bug")
	s.Race(bot.SummaryMarker + "\nanother run")
	s.Say("/austauschbar help")
}

// laterReview resolves, reopens, edits and creates.
func laterReview() bot.Wanted {
	wanted := bot.Wanted{
		Summary: bot.SummaryMarker + "\nlater",
		Labels:  []string{LabelPrefix + "B"},
		Check:   bot.Check{Conclusion: "failure", Title: "later"},
		Answer:  answer,
	}
	for _, line := range []int{1, 2, 4, 5, 6} { // 3 is fixed, 4 has returned
		wanted = with(wanted, remark(line))
	}
	wanted.Remarks[1].Body = bot.MarkFinding("f-002", "Other words")
	return with(wanted, remarkAt("f-docx", "b.docx", 0))
}

// moved lets the head move before one operation, counted from 0. Nothing more is
// written of the old head's review, and the new head is reviewed.
func moved(before int) func(*stage) {
	return func(s *stage) {
		s.needs(s.can.Summary && (before == 0 || s.can.Inline))
		fetches, operations, atMove := 0, 0, ""
		fetching := func() {
			if fetches++; fetches == 2 && s.Shown().picture(s.can) != atMove {
				s.t.Errorf("of the old head's review, there was written\n%safter\n%s", s.Shown().picture(s.can), atMove)
			}
		}
		applying := func() {
			if operations == before {
				s.Push(head(60))
				atMove = s.Shown().picture(s.can)
			}
			operations++
		}
		wanted := func(head string) bot.Wanted {
			wanted := Findings(2)
			wanted.Check.Head = head
			wanted.Summary += " at " + head
			return wanted
		}
		_, last, err := carrier(wanted).Carry(s.t.Context(), spy{s.Forge(), fetching, applying}, s.Change())
		if err != nil || fetches != 2 {
			s.t.Fatalf("error %v after %d fetches", err, fetches)
		}
		if now := s.fetch(s.Forge()).Change.Head; last.Check.Head != now {
			s.t.Errorf("%s is reviewed, want %s", last.Check.Head, now)
		}
		s.shows(last)
	}
}

// Further changes to what is expected.

func summary(text string) func(*Shown) {
	return func(shown *Shown) {
		shown.Summaries = []bot.Comment{{Body: fmt.Sprintf("%s\n%s", bot.SummaryMarker, text)}}
	}
}

func atFile(line int) func(*Shown) { return func(shown *Shown) { shown.thread(line).Line = 0 } }

func answers(texts ...string) func(*Shown) {
	return func(shown *Shown) {
		for _, text := range texts {
			shown.Answers = append(shown.Answers, bot.MarkAnswer("", text))
		}
	}
}
