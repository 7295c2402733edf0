package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// memory is a forge that keeps what is written to it. Its errors come once each, in
// their order, before anything is written, or after where they say so.
type memory struct {
	fetched Fetched
	posted  Posted
	errors  []error
	lost    bool // an error comes after the operation was carried out
	log     []string
}

func (m *memory) Can() Capabilities { return everything }

func (m *memory) Fetch(context.Context, austauschbar.Change) (Fetched, error) {
	m.log = append(m.log, "fetch")
	return m.fetched, nil
}

func (m *memory) Posted(context.Context, austauschbar.Change) (Posted, error) { return m.posted, nil }

func (m *memory) Apply(_ context.Context, _ austauschbar.Change, operation Operation) error {
	var err error
	if len(m.errors) > 0 {
		err, m.errors = m.errors[0], m.errors[1:]
	}
	line, _, _ := strings.Cut(Describe(operation), "\n")
	m.log = append(m.log, line)
	if err == nil || m.lost {
		m.posted = applied(m.posted, operation)
	}
	return err
}

// simple makes a carrier whose summary is what spec.md says at the head.
func simple() Carrier {
	return Carrier{
		Prepare: func(fetched Fetched) Prepare {
			return func(context.Context, fs.FS) (Stations, error) {
				return Stations{
					Read: func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
						data, err := dossier.Documents[0].Load(ctx)
						if string(data) == "broken" {
							err = errors.New("no good")
						}
						return austauschbar.Facts{Today: string(data)}, err
					},
					Judge: func(_ context.Context, facts austauschbar.Facts) (austauschbar.Review, error) {
						return austauschbar.Review{Dossier: austauschbar.ReviewDossier{Title: facts.Today}}, nil
					},
					Speak: func(result Result) (Wanted, error) {
						return Wanted{Summary: result.Reviews[0].Dossier.Title, Check: Check{Head: fetched.Change.Head, Title: "done"}}, nil
					},
				}, nil
			}
		},
		Failed: func(_ Fetched, err error) Check { return Check{Conclusion: "neutral", Title: "failed: " + err.Error()} },
	}
}

func TestCarry(t *testing.T) {
	unavailable := fmt.Errorf("%w: 502", ErrUnavailable)
	for name, test := range map[string]struct {
		spec   string
		closed bool
		errors []error
		lost   bool
		log    []string
		fails  error
	}{
		"plain":                {spec: "S", log: []string{"fetch", "create the summary (1 bytes)", "set the check to : done (0 annotations)"}},
		"closed":               {spec: "S", closed: true, log: []string{"fetch"}},
		"the head moves once":  {spec: "S", errors: []error{ErrMoved}, log: []string{"fetch", "create the summary (1 bytes)", "fetch", "create the summary (1 bytes)", "set the check to : done (0 annotations)"}},
		"the head keeps going": {spec: "S", errors: []error{ErrMoved, ErrMoved, ErrMoved}, fails: ErrMoved, log: []string{"fetch", "create the summary (1 bytes)", "fetch", "create the summary (1 bytes)", "fetch", "create the summary (1 bytes)"}},
		"an answer is lost":    {spec: "S", errors: []error{unavailable}, lost: true, log: []string{"fetch", "create the summary (1 bytes)", "set the check to : done (0 annotations)"}},
		"trouble, then not":    {spec: "S", errors: []error{unavailable}, log: []string{"fetch", "create the summary (1 bytes)", "create the summary (1 bytes)", "set the check to : done (0 annotations)"}},
		"not allowed one thing": {spec: "S", errors: []error{ErrForbidden}, fails: ErrForbidden, log: []string{
			"fetch", "create the summary (1 bytes)", "set the check to : done (0 annotations)"}},
		"cannot be reviewed": {spec: "broken", fails: errors.ErrUnsupported, log: []string{"fetch", "set the check to neutral: failed: review .: no good (0 annotations)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			forge := &memory{fetched: Fetched{Change: austauschbar.Change{Head: "h1"}, Head: fstest.MapFS{"spec.md": file(test.spec)}, Closed: test.closed}, errors: test.errors, lost: test.lost}
			_, _, err := simple().Carry(t.Context(), forge, austauschbar.Change{})
			if (err != nil) != (test.fails != nil) || !errors.Is(test.fails, errors.ErrUnsupported) && !errors.Is(err, test.fails) {
				t.Errorf("error %v, want %v", err, test.fails)
			}
			if diff := cmp.Diff(test.log, forge.log); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(forge.posted.Summaries) > 1 {
				t.Errorf("%d summaries", len(forge.posted.Summaries))
			}
		})
	}
}

func TestRehearse(t *testing.T) {
	forge := &memory{fetched: Fetched{Head: fstest.MapFS{"spec.md": file("S")}}}
	carrier := simple()
	var plan []Operation
	carrier.Rehearse = func(operations []Operation) { plan = operations }
	if _, _, err := carrier.Carry(t.Context(), forge, austauschbar.Change{}); err != nil || len(plan) != 2 || len(forge.log) != 1 {
		t.Errorf("error %v, plan %v, log %v", err, plan, forge.log)
	}
}

// What people ask is answered once, after all else is written.
func TestAnswers(t *testing.T) {
	request := Request{ID: "12", Author: "bea", Body: "/austauschbar help"}
	forge := &memory{posted: Posted{Requests: []Request{request}}}
	wanted := Wanted{Summary: "S", Check: check("E"), Answer: func(request Request) string {
		if request.Body == "" {
			return ""
		}
		return "to " + request.Author
	}}
	if err := Publish(t.Context(), forge, austauschbar.Change{}, wanted, nil); err != nil {
		t.Fatal(err)
	}
	if want := []string{"create the summary (1 bytes)", "set the check to neutral: E (0 annotations)", "answer comment 12"}; !slices.Equal(forge.log, want) {
		t.Errorf("%q, want %q", forge.log, want)
	}
	answer := planAnswers(wanted, Posted{Requests: []Request{request}})[0].(Answer)
	if id, ok := AnswerOf(answer.Body); !ok || id != "12" || !strings.HasSuffix(answer.Body, "to bea") {
		t.Errorf("answer %q", answer.Body)
	}
	if plan := planAnswers(wanted, Posted{Requests: []Request{{ID: "13"}}}); plan != nil {
		t.Errorf("a request without an answer: %v", plan)
	}
}

func TestParseCommand(t *testing.T) {
	for body, want := range map[string]struct {
		command Command
		ok      bool
	}{
		"/austauschbar":                                 {Command{}, true},
		"/austauschbar recheck":                         {Command{"recheck", []string{}}, true},
		" \r\n/Austauschbar EXPLAIN EX-02 \r\nthanks":   {Command{"explain", []string{"EX-02"}}, true},
		"/austauschbar waive ne-01-1 because it is old": {Command{"waive", []string{"ne-01-1", "because", "it", "is", "old"}}, true},
		"":                                {Command{}, false},
		"see /austauschbar recheck":       {Command{}, false},
		"text\n/austauschbar recheck":     {Command{}, false},
		"> /austauschbar recheck":         {Command{}, false},
		"/austauschbarer recheck":         {Command{}, false},
		"<!-- x -->/austauschbar recheck": {Command{}, false},
	} {
		command, ok := ParseCommand(body)
		if diff := cmp.Diff(want.command, command); diff != "" || ok != want.ok {
			t.Errorf("%q: %t (-want +got):\n%s", body, ok, diff)
		}
	}
}
