package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/evaluator/waivers"
	"github.com/austauschbar/austauschbar/templates"
)

// answers says what people get who ask something in a comment of a change.
type answers struct {
	speaker
	reviews []austauschbar.Review // filled
}

// to answers a request; "" where the answer cannot be said, which the log tells.
func (a answers) to(request bot.Request) string {
	command, _ := bot.ParseCommand(request.Body)
	var text strings.Builder
	var err error
	switch command.Verb {
	case "recheck":
		err = a.words.Rechecked(&text, a.reviews, a.fetched.Change.Head)
	case "explain":
		err = a.explain(&text, request, command)
	case "waive":
		err = a.waive(&text, request, command)
	case "", "help":
		err = a.words.Help(&text, "")
	default:
		err = a.words.Help(&text, command.Verb)
	}
	if err != nil {
		a.log.WithError(err).Error("answer a comment")
		return ""
	}
	return text.String()
}

// A found is a finding with its review.
type found struct {
	review  austauschbar.Review
	finding austauschbar.Finding
}

// find looks for a finding by its id or its thread's key.
func (a answers) find(id string) (found, bool) {
	for _, review := range a.reviews {
		for _, finding := range review.Findings {
			if strings.EqualFold(finding.ID, id) || id != "" && bot.Key(review.Dossier.Path, finding.ID) == id {
				return found{review, finding}, true
			}
		}
	}
	return found{}, false
}

// explain explains a criterion or finding; in the thread of a finding, that one
// where no id is given.
func (a answers) explain(out *strings.Builder, request bot.Request, command bot.Command) error {
	id := request.Finding
	if len(command.Args) > 0 {
		id = command.Args[0]
	}
	criteria, err := a.criteria()
	if err != nil {
		return err
	}
	explanation := templates.Explanation{}
	about := id
	if found, ok := a.find(id); ok {
		explanation.Findings = []austauschbar.Finding{found.finding}
		about = found.finding.Criterion
	}
	i := slices.IndexFunc(criteria, func(c austauschbar.Criterion) bool { return strings.EqualFold(c.ID, about) })
	if i < 0 {
		known := a.known()
		for _, criterion := range criteria {
			known = append(known, criterion.ID)
		}
		return a.words.UnknownID(out, id, known)
	}
	explanation.Criterion = criteria[i]
	return a.words.ExplainForge(out, explanation, maxText)
}

// known lists the ids of all findings.
func (a answers) known() []string {
	var ids []string
	for _, review := range a.reviews {
		for _, finding := range review.Findings {
			ids = append(ids, finding.ID)
		}
	}
	return ids
}

// waive proposes an entry of the dossier's waivers.yaml. It writes nothing there:
// a person enters it, and another one approves.
func (a answers) waive(out *strings.Builder, request bot.Request, command bot.Command) error {
	reason := command.Args
	found, ok := a.find(request.Finding)
	if len(reason) > 0 {
		if named, isNamed := a.find(reason[0]); isNamed {
			found, ok, reason = named, true, reason[1:]
		}
	}
	switch {
	case !ok && len(reason) == 0:
		return a.words.WaiverProposal(out, templates.WaiverProposal{})
	case !ok:
		return a.words.UnknownID(out, reason[0], a.known())
	}
	proposal, err := a.proposal(found, request.Author, strings.Join(reason, " "))
	if err != nil {
		return err
	}
	return a.words.WaiverProposal(out, proposal)
}

// maxReason bounds the reason of a waiver that a comment gives, in bytes.
const maxReason = 4_000

// unseen says whether a text holds characters that no code block shows: who copies
// it from there would have another text.
func unseen(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) && r != '\n' && r != '\t' })
}

func (a answers) proposal(found found, author, reason string) (templates.WaiverProposal, error) {
	file := path.Join(found.review.Dossier.Path, waivers.Name)
	proposal := templates.WaiverProposal{Finding: found.finding, File: file, Author: author, NoReason: reason == ""}
	before, err := fs.ReadFile(a.fetched.Base, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return proposal, fmt.Errorf("read %s of the base: %w", file, err)
	}
	waiver := waiverFor(found.finding, a.today, author)
	waiver.Reason, waiver.Text = "other", strings.ToValidUTF8(reason[:min(len(reason), maxReason)], "")
	if a.config.Confidential || unseen(waiver.Passage) {
		waiver.Passage, waiver.Hash = "", ""
	}
	after, err := waivers.Append(before, waiver)
	if err != nil {
		return proposal, fmt.Errorf("add to %s: %w", file, err)
	}
	proposal.Exists, proposal.Expires = len(before) > 0, waiver.Expires
	proposal.YAML = strings.TrimPrefix(string(after), string(before))
	if a.fetched.Edit != nil {
		proposal.URL = a.fetched.Edit(file, proposal.Exists, string(after))
	}
	return proposal, nil
}
