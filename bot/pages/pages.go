// Package pages shows what the server has reviewed, to those who may see it: changes with
// their trend, reviews, criteria, settings and health. It only reads.
package pages

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Root is where the pages are.
const Root = "/pages/"

// History is what the server has kept. An error of Review may say that there is none.
type History interface {
	Reviews(ctx context.Context, may func(austauschbar.Change) bool) ([]austauschbar.HistoryEntry, error)
	Review(ctx context.Context, id string) (austauschbar.HistoryEntry, []byte, error)
}

// A Voice speaks one language.
type Voice interface {
	HistoryTrends(io.Writer, []austauschbar.HistoryTrend) error
	HistoryTrend(io.Writer, austauschbar.HistoryTrend) error
	HistoryCriteria(io.Writer, []austauschbar.HistoryCriterion) error
	HistorySettings(io.Writer, []austauschbar.HistorySetting) error
	HistoryHealth(io.Writer, austauschbar.HistoryHealth) error
	// HistoryPolicy is the Content-Security-Policy of these.
	HistoryPolicy() string
	// Report writes a review that was kept, and gives its Content-Security-Policy.
	Report(io.Writer, austauschbar.HistoryEntry, []byte) (policy string, err error)
}

// A Person asks for a page.
type Person struct {
	Name   string
	Groups []string
}

// A Gate knows who asks.
type Gate interface {
	// Who is who asks; false where that is not known.
	Who(*http.Request) (Person, bool)
	// Unknown answers somebody who is not known.
	Unknown(http.ResponseWriter, *http.Request)
}

// A Rule lets people see the reviews of repositories.
type Rule struct {
	Forge, Instance string   // of the repositories
	Repositories    []string // names, "owner/*", "owner/**" with those of subgroups, "**"
	Users, Groups   []string // one of them is enough
}

func (r Rule) admits(person Person) bool {
	return slices.Contains(r.Users, person.Name) || slices.ContainsFunc(r.Groups, func(g string) bool { return slices.Contains(person.Groups, g) })
}

func (r Rule) covers(change austauschbar.Change) bool {
	return r.Forge == change.Forge && r.Instance == change.Instance && slices.ContainsFunc(r.Repositories, func(pattern string) bool {
		if below, ok := strings.CutSuffix(pattern, "**"); ok {
			return strings.HasPrefix(change.Repository, below)
		}
		fits, err := path.Match(pattern, change.Repository)
		return err == nil && fits
	})
}

// Groups are those that a rule names, sorted.
func Groups(rules []Rule) []string {
	var groups []string
	for _, rule := range rules {
		groups = append(groups, rule.Groups...)
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// Pages shows the history.
type Pages struct {
	History  History
	Gate     Gate
	Rules    []Rule
	Voice    func(*http.Request) Voice // of the language that the reader asks for
	Title    func(criterion string) string
	Settings []austauschbar.HistorySetting
	Health   func(context.Context) austauschbar.HistoryHealth
	Log      *slog.Logger
}

// Handler answers below Root.
func (p Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	for at, page := range map[string]func(*http.Request, visit, io.Writer) error{
		"{$}": p.trends, "changes/{id}": p.trend, "criteria": p.criteria, "settings": p.settings, "health": p.health,
	} {
		mux.Handle("GET "+Root+at, p.to(func(r *http.Request, v visit, out io.Writer) (string, error) {
			return v.voice.HistoryPolicy(), page(r, v, out)
		}))
	}
	mux.Handle("GET "+Root+"reviews/{id}", p.to(p.review))
	// What is not there is told to those only who may see what is.
	mux.Handle(Root, p.to(func(*http.Request, visit, io.Writer) (string, error) { return "", errHidden }))
	return mux
}

// A visit is somebody who may see something.
type visit struct {
	voice Voice
	may   func(austauschbar.Change) bool
}

// errHidden says that there is nothing, or nothing for this person: which, nobody is told.
var errHidden = fmt.Errorf("nothing to see")

// to shows a page to those who may see any.
func (p Pages) to(page func(*http.Request, visit, io.Writer) (policy string, err error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		Guard(w.Header())
		person, known := p.Gate.Who(r)
		if !known {
			p.Gate.Unknown(w, r)
			return
		}
		rules := slices.DeleteFunc(slices.Clone(p.Rules), func(rule Rule) bool { return !rule.admits(person) })
		if len(rules) == 0 {
			Refuse(w)
			return
		}
		var body bytes.Buffer
		policy, err := page(r, visit{p.Voice(r), func(c austauschbar.Change) bool {
			return slices.ContainsFunc(rules, func(rule Rule) bool { return rule.covers(c) })
		}}, &body)
		switch {
		case err == errHidden:
			Refuse(w)
		case err != nil:
			p.Log.Error("page not shown", "path", r.URL.Path, "error", err)
			http.Error(w, "error", http.StatusInternalServerError)
		default:
			w.Header().Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body.Bytes())
		}
	}
}

// Guard sets what keeps a browser from doing with an answer what is not meant.
func Guard(header http.Header) {
	for name, value := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
		"Vary": "Accept-Language, Cookie",
	} {
		header.Set(name, value)
	}
}

// Refuse says no, and nothing else.
func Refuse(w http.ResponseWriter) { http.Error(w, "forbidden", http.StatusForbidden) }

// all are the trends that may be seen, the one that moved last first.
func (p Pages) all(ctx context.Context, v visit) ([]austauschbar.HistoryTrend, error) {
	entries, err := p.History.Reviews(ctx, v.may)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var trends []austauschbar.HistoryTrend
	for _, entry := range entries {
		id := trendID(entry)
		i, ok := at[id]
		if !ok {
			i = len(trends)
			at[id] = i
			trends = append(trends, austauschbar.HistoryTrend{ID: id})
		}
		trends[i].Entries = append(trends[i].Entries, entry)
	}
	slices.SortStableFunc(trends, func(a, b austauschbar.HistoryTrend) int {
		return cmp.Or(b.Last().Kept.Compare(a.Last().Kept), cmp.Compare(a.ID, b.ID))
	})
	return trends, nil
}

func trendID(entry austauschbar.HistoryEntry) string {
	c := entry.Change
	sum := sha256.Sum256([]byte(strings.Join([]string{c.Forge, c.Instance, c.Repository, fmt.Sprint(c.Number), entry.Dossier}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// mostTrends bounds a page's list.
const mostTrends = 500

func (p Pages) trends(r *http.Request, v visit, out io.Writer) error {
	trends, err := p.all(r.Context(), v)
	if err != nil {
		return err
	}
	return v.voice.HistoryTrends(out, trends[:min(len(trends), mostTrends)])
}

func (p Pages) trend(r *http.Request, v visit, out io.Writer) error {
	trends, err := p.all(r.Context(), v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(trends, func(t austauschbar.HistoryTrend) bool { return t.ID == r.PathValue("id") })
	if i < 0 {
		return errHidden
	}
	return v.voice.HistoryTrend(out, trends[i])
}

func (p Pages) review(r *http.Request, v visit, out io.Writer) (string, error) {
	entry, review, err := p.History.Review(r.Context(), r.PathValue("id"))
	if err != nil {
		p.Log.Debug("review not shown", "error", err)
		return "", errHidden
	}
	if !v.may(entry.Change) {
		return "", errHidden
	}
	return v.voice.Report(out, entry, review)
}

func (p Pages) criteria(r *http.Request, v visit, out io.Writer) error {
	trends, err := p.all(r.Context(), v)
	if err != nil {
		return err
	}
	counts := map[string]austauschbar.HistoryCriterion{}
	for _, trend := range trends {
		for id, fired := range trend.Last().Fired {
			count := counts[id]
			count.ID, count.Title = id, p.Title(id)
			count.Open += fired.Open
			count.Waived += fired.Waived
			if fired.Open > 0 {
				count.Dossiers++
			}
			counts[id] = count
		}
	}
	list := []austauschbar.HistoryCriterion{}
	for _, count := range counts {
		list = append(list, count)
	}
	slices.SortFunc(list, func(a, b austauschbar.HistoryCriterion) int {
		return cmp.Or(cmp.Compare(b.Dossiers, a.Dossiers), cmp.Compare(b.Waived, a.Waived), cmp.Compare(a.ID, b.ID))
	})
	return v.voice.HistoryCriteria(out, list)
}

func (p Pages) settings(_ *http.Request, v visit, out io.Writer) error {
	return v.voice.HistorySettings(out, p.Settings)
}

func (p Pages) health(r *http.Request, v visit, out io.Writer) error {
	return v.voice.HistoryHealth(out, p.Health(r.Context()))
}
