package templates

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// What a change touches besides its documents, for SummaryInput.Notes, in the
// order in which it is told.
const (
	ConfigChanged   = "config_changed"
	PoliciesChanged = "policies_changed"
	WaiversChanged  = "waivers_changed"
)

// ForkToken is the code, for SummaryInput.Degraded, of a run that may not write
// comments because the change comes from a fork.
const ForkToken = "fork_token"

// A SummaryInput is what the comment of a change is made of.
type SummaryInput struct {
	Reviews  []austauschbar.Review // as Fill returned them, one of each dossier
	Notes    []string              // what the change touches and is not judged by; empty for nothing
	Previews []Preview             // how the dossiers would be judged by that; empty where it was not tried
	Degraded string                // why less is posted than usual; "" where nothing is left out
}

// CheckTitle tells the result of a review in one line of plain text: "Stufe E,
// 46,8 Punkte, 5 offene Muss-Kriterien"; of several reviews how many there are
// and their worst level.
func (words *Words) CheckTitle(reviews ...austauschbar.Review) (string, error) {
	title, err := words.checkTitle(reviews)
	if err != nil {
		return "", fmt.Errorf("write check title: %w", err)
	}
	return title, nil
}

func (words *Words) checkTitle(reviews []austauschbar.Review) (string, error) {
	gates, unknown, unrated, worst := 0, 0, 0, ""
	for _, review := range reviews {
		gates += len(review.Score.OpenGates)
		unknown += unevidenced(review)
		worst = max(worst, review.Score.Level)
		if review.Score.Level == "" {
			unrated++
		}
	}
	var said []string
	say := func(name string, data any) error {
		text, err := words.say(name, data)
		said = append(said, text)
		return err
	}
	var err error
	switch {
	case len(reviews) == 0:
		return words.say("summary.none", nil)
	case len(reviews) > 1:
		err = say("summary.dossiers", len(reviews))
		if worst != "" {
			err = cmp.Or(err, say("check.worst", worst))
		}
		if unrated > 0 {
			err = cmp.Or(err, say("check.unrated", unrated))
		}
	case reviews[0].Score.Overall == nil || thin(reviews[0].Score.Coverage):
		err = say("check.not_rated", nil)
	case reviews[0].Score.Level == "":
		err = say("check.provisional", reviews[0].Score.Overall)
	default:
		err = say("check.level", map[string]any{"level": reviews[0].Score.Level, "score": reviews[0].Score.Overall})
	}
	if gates > 0 {
		err = cmp.Or(err, say("gates.open", gates))
	} else if len(reviews) != unrated {
		err = cmp.Or(err, say("check.gates.closed", unknown))
	}
	return strings.Join(said, ", "), err
}

// CheckSummary writes a review as Fill returned it for the page of a check, in at
// most limit bytes: the first screen, the open mandatory criteria, what gains
// most and the table of criteria, nothing folded. Its error says that nothing
// fits.
func (words *Words) CheckSummary(out io.Writer, review austauschbar.Review, limit int) error {
	return words.CheckSummaries(out, SummaryInput{Reviews: []austauschbar.Review{review}}, limit)
}

// CheckSummaries is CheckSummary for all dossiers of a change.
func (words *Words) CheckSummaries(out io.Writer, input SummaryInput, limit int) error {
	s, err := words.summary(input)
	if err != nil {
		return fmt.Errorf("write check summary: %w", err)
	}
	if err := words.fit(out, "check", s, limit); err != nil {
		return fmt.Errorf("write check summary: %w", err)
	}
	return nil
}

// Summary writes the comment of a change in at most limit bytes. For one dossier
// it is Comment, for several a table of them and then each review, folded. To fit,
// it shows fewer findings of each kind, then fewer reviews, fewer previews and fewer
// rows, and says how many it left out. Its error says that nothing fits, or that a code is
// none of ours.
func (words *Words) Summary(out io.Writer, input SummaryInput, limit int) error {
	s, err := words.summary(input)
	if err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	if err := words.fit(out, "summary", s, limit); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

// A summary is what the shapes of a forge's comment and check see.
type summary struct {
	Views        []view
	Notes        []string // sentences
	Previews     previews
	Confidential bool
	Compared     bool // with a base
	cut
}

// A cut says what a summary shows so that it fits.
type cut struct {
	Most     int // findings of a topic
	Detailed int // reviews shown beyond their row
	Rows     int // rows of the table of dossiers
	Previews int
	Tables   bool
}

// Several tells whether there is more than one dossier.
func (s summary) Several() bool { return len(s.Views) > 1 }

// First gives the reviews that have a row.
func (s summary) First() []view { return s.Views[:min(s.Rows, len(s.Views))] }

// HiddenRows counts the reviews without a row.
func (s summary) HiddenRows() int { return len(s.Views) - len(s.First()) }

// Details gives the reviews that are shown beyond their row.
func (s summary) Details() []view { return s.Views[:min(s.Detailed, len(s.Views))] }

// Hidden counts the reviews that have no more than their row.
func (s summary) Hidden() int { return len(s.Views) - len(s.Details()) }

// news is a new finding and whose it is.
type news struct {
	Finding austauschbar.Finding
	Dossier string
}

func (s summary) allNews() []news {
	var all []news
	for _, v := range s.Views {
		if v.Unbased() {
			continue
		}
		for _, finding := range v.NewFindings() {
			all = append(all, news{finding, cmp.Or(v.Folder(), v.Dossier.Title)})
		}
	}
	slices.SortStableFunc(all, func(a, b news) int { return bySeverity(a.Finding, b.Finding) })
	return all
}

// News gives the gravest new findings of all dossiers.
func (s summary) News() []news {
	all := s.allNews()
	return all[:min(newsShown, s.Most, len(all))]
}

// HiddenNews counts the new findings beyond those.
func (s summary) HiddenNews() int { return len(s.allNews()) - len(s.News()) }

// longestTitle is how many runes of a dossier's title a forge shows.
const longestTitle = 160

func (words *Words) summary(input SummaryInput) (summary, error) {
	s := summary{Confidential: words.confidential}
	for _, review := range input.Reviews {
		v, err := words.view(review)
		if err != nil {
			return summary{}, err
		}
		v.Dossier.Title = shorten(v.Dossier.Title, longestTitle)
		s.Most = max(s.Most, v.Most)
		s.Compared = s.Compared || v.Delta != nil
		s.Views = append(s.Views, v)
	}
	s.Detailed, s.Rows, s.Tables = len(s.Views), len(s.Views), true
	var err error
	if s.Previews, err = words.previews(input); err != nil {
		return summary{}, err
	}
	s.cut.Previews = min(previewsShown, len(s.Previews.All))
	s.Notes, err = words.notes(input)
	return s, err
}

// notes tells what the change touches and is not judged by, and why less is
// posted than usual.
func (words *Words) notes(input SummaryInput) ([]string, error) {
	var sentences, changed []string
	codes := []string{ConfigChanged, PoliciesChanged, WaiversChanged}
	for _, code := range input.Notes {
		if !slices.Contains(codes, code) {
			return nil, fmt.Errorf("note %q is not one of %s", code, strings.Join(codes, ", "))
		}
	}
	for _, code := range codes {
		if slices.Contains(input.Notes, code) {
			text, err := words.say("changed."+code, nil)
			if err != nil {
				return nil, err
			}
			changed = append(changed, text)
		}
	}
	if len(changed) > 0 {
		text, err := words.say("changed", changed)
		if err != nil {
			return nil, err
		}
		sentences = append(sentences, text)
	}
	if input.Degraded != "" {
		text, err := words.say("degraded."+input.Degraded, nil)
		if err != nil {
			return nil, err
		}
		sentences = append(sentences, text)
	}
	return sentences, nil
}

// cuts lists what can be left out, in this order: findings, whole reviews, previews,
// rows.
func (s summary) cuts() []cut {
	cuts := []cut{}
	now := s.cut
	add := func() {
		if len(cuts) == 0 || cuts[len(cuts)-1] != now {
			cuts = append(cuts, now)
		}
	}
	for _, most := range []int{now.Most, 50, 20, 5, 2, 1, 0} {
		now.Most = min(now.Most, most)
		add()
	}
	now.Tables = false
	for ; now.Detailed > 0; now.Detailed /= 2 {
		add()
	}
	add()
	for ; now.Previews > 0; now.Previews /= 2 {
		add()
	}
	add()
	for ; now.Rows > 0; now.Rows /= 2 {
		add()
	}
	add()
	return cuts
}

// fit writes as much of a summary as fits the limit.
func (words *Words) fit(out io.Writer, shape string, s summary, limit int) error {
	v := forge
	v.limit = max(limit, 1)
	for _, cut := range s.cuts() {
		s.cut = cut
		for i := range s.Views {
			s.Views[i].Most = min(s.Views[i].Most, cut.Most)
		}
		if err := words.write(out, v, shape, s); !errors.Is(err, errTooLong) {
			return err
		}
	}
	return fmt.Errorf("not even the result fits %d bytes", limit)
}
