package templates

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
)

// command is what a comment begins with that asks something of the bot.
const command = "/austauschbar"

// Bounds, in runes, of what somebody wrote and an answer repeats.
const (
	longestUnknown = 60
	longestID      = 80
)

// Help writes which commands there are, as a comment. Unknown is what somebody
// wrote that is none of them; "" where help was asked for.
func (words *Words) Help(out io.Writer, unknown string) error {
	if err := words.write(out, forge, "help", shorten(clean(unknown), longestUnknown)); err != nil {
		return fmt.Errorf("write help: %w", err)
	}
	return nil
}

// Rechecked writes that a change was reviewed anew at a commit, with which result
// and where to read more. The reviews are as Fill returned them.
func (words *Words) Rechecked(out io.Writer, reviews []austauschbar.Review, head string) error {
	result, err := words.checkTitle(reviews)
	if err != nil {
		return fmt.Errorf("write what was reviewed anew: %w", err)
	}
	data := struct {
		Head, Result string
		Reviewed     bool
	}{shortCommit(head), result, len(reviews) > 0}
	if err := words.write(out, forge, "rechecked", data); err != nil {
		return fmt.Errorf("write what was reviewed anew: %w", err)
	}
	return nil
}

// shortCommit keeps seven digits of a commit's name.
func shortCommit(head string) string {
	runes := []rune(clean(head))
	return string(runes[:min(7, len(runes))])
}

// ExplainForge is Explain as a comment of at most limit bytes: first the findings,
// each with how to waive it, then the criterion. To fit, it shows fewer findings
// and says how many it left out. Its error says that nothing fits.
func (words *Words) ExplainForge(out io.Writer, explanation Explanation, limit int) error {
	told, err := words.explained(explanation)
	if err != nil {
		return fmt.Errorf("explain %s: %w", explanation.Criterion.ID, err)
	}
	v := forge
	v.limit = max(limit, 1)
	for most := len(told.Findings); ; most /= 2 {
		told.Most = most
		err := words.write(out, v, "explained", told)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errTooLong):
			return fmt.Errorf("explain %s: %w", explanation.Criterion.ID, err)
		case most == 0:
			return fmt.Errorf("explain %s: not even the criterion fits %d bytes", explanation.Criterion.ID, limit)
		}
	}
}

// UnknownID writes, as a comment, that an id is neither a criterion's nor that of
// a finding of this change, and which of the known ones may be meant. An id of ""
// was left out.
func (words *Words) UnknownID(out io.Writer, id string, known []string) error {
	data := struct{ ID, Near string }{shorten(clean(id), longestID), nearest(id, known)}
	if err := words.write(out, forge, "unknown", data); err != nil {
		return fmt.Errorf("write unknown id: %w", err)
	}
	return nil
}

// shortestPrefix is how many letters and digits two ids must share at least for
// one to be meant by the other: "ex" alone means nothing.
const shortestPrefix = 3

// nearest gives the known id that is the same but for case and signs, else the
// only one that begins like the id or that the id begins with; "" where none is
// close.
func nearest(id string, known []string) string {
	wanted := letters(id)
	begins := func(text, with string) bool { return len(with) >= shortestPrefix && strings.HasPrefix(text, with) }
	var near []string
	for _, candidate := range known {
		name := letters(candidate)
		switch {
		case name == "":
		case name == wanted:
			return candidate
		case begins(name, wanted), begins(wanted, name):
			near = append(near, candidate)
		}
	}
	slices.Sort(near)
	if near = slices.Compact(near); len(near) == 1 {
		return near[0]
	}
	return ""
}

// letters folds an id to its letters and digits, in lower case.
func letters(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, id)
}

// A WaiverProposal is what to record so that a finding may stay as it is.
type WaiverProposal struct {
	Finding  austauschbar.Finding // as Fill returned it; without an id where none was named
	File     string               // path of the dossier's waivers.yaml in the repository
	Exists   bool                 // the file is there
	YAML     string               // the new entry; the whole file where there is none yet. Its author bounds it, and leaves the passage out where that is confidential
	URL      string               // of a page where the file can be added or changed; "" for none
	Author   string               // who is entered as having decided; "" for nobody
	Expires  string               // first day on which the waiver no longer counts; "" where it is left open
	NoReason bool                 // nobody said why, so there is nothing to record yet
}

// WaiverProposal writes, as a comment, what to record so that a finding may stay
// as it is: the entry, where it belongs, who must approve it and from when until
// when it counts. It asks for the finding or the reason where one is missing, and
// tells the waiver where there is one that counts.
func (words *Words) WaiverProposal(out io.Writer, proposal WaiverProposal) error {
	id := proposal.Finding.ID
	finding, criterion, err := words.alone(proposal.Finding)
	if err != nil {
		return fmt.Errorf("propose waiver of %s: %w", id, err)
	}
	proposal.Finding = finding
	data := struct {
		WaiverProposal
		Heading string
		Missing string // where the finding has no place
		Page    austauschbar.Reference
		Reasons []string // the categories that an entry can name
	}{WaiverProposal: proposal, Reasons: austauschbar.WaiverReasons}
	if data.Heading, err = words.heading(finding, criterion); err != nil {
		return fmt.Errorf("propose waiver of %s: %w", id, err)
	}
	if data.Missing, err = words.say("missing.unknown", nil); err != nil {
		return fmt.Errorf("propose waiver of %s: %w", id, err)
	}
	page := "page.create"
	if proposal.Exists {
		page = "page.edit"
	}
	if escapeAddress(proposal.URL) != "" {
		data.Page.Ref = proposal.URL
	}
	if data.Page.Description, err = words.say(page, nil); err != nil {
		return fmt.Errorf("propose waiver of %s: %w", id, err)
	}
	if err := words.write(out, forge, "proposal", data); err != nil {
		return fmt.Errorf("propose waiver of %s: %w", id, err)
	}
	return nil
}
