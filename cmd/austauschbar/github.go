package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/github"
	"github.com/austauschbar/austauschbar/bot/server"
	"github.com/austauschbar/austauschbar/templates"
)

// maxEvent bounds the event file, in bytes; GitHub's are at most 25 MB.
const maxEvent = 25 << 20

// runGitHub reviews the pull request that a job of GitHub Actions runs for, and
// posts the review there. All it needs comes from what Actions sets. Where the
// token may only read, as for a pull request from a fork, the review goes to the
// job's annotations and summary.
func (a *app) runGitHub(command *cobra.Command, flags reviewFlags) error {
	change, err := changeOfEvent("github", os.Getenv("GITHUB_EVENT_PATH"), os.Getenv("GITHUB_REPOSITORY"))
	if err != nil {
		return err
	}
	forge, err := github.New(github.Options{
		API: os.Getenv("GITHUB_API_URL"), GraphQL: os.Getenv("GITHUB_GRAPHQL_URL"), Token: os.Getenv("GITHUB_TOKEN"),
		Login: actionsLogin, Checks: true, Resolve: true, MaxInline: maxInline, Labels: templates.LabelPrefix, Pause: a.pause,
	})
	if err != nil {
		return err
	}
	unwritten := func(err error, _ bot.Result, wanted bot.Wanted) error {
		a.log.WithError(err).Warn("the token may not write everything (pull requests from forks get one that may only read): the findings stand in this job's annotations and summary instead")
		writeAnnotations(a.stdout, wanted.Check.Annotations)
		return nil
	}
	wanted, err := a.runJob(command.Context(), a.reviewer(command, flags), forge, change, unwritten)
	return errors.Join(err, writeStepSummary(os.Getenv("GITHUB_STEP_SUMMARY"), wanted))
}

// actionsLogin is the account that a job's own token writes as.
const actionsLogin = "github-actions[bot]"

// changeOfEvent reads which pull request a job of a forge's Actions runs for. Those of
// Gitea and Forgejo set the same variables as GitHub's.
func changeOfEvent(forge, file, repository string) (austauschbar.Change, error) {
	if file == "" || repository == "" {
		return austauschbar.Change{}, usageError{fmt.Errorf("--forge %s works in a job of Actions: GITHUB_EVENT_PATH and GITHUB_REPOSITORY are not set", forge)}
	}
	opened, err := os.Open(file)
	if err != nil {
		return austauschbar.Change{}, fmt.Errorf("read event: %w", err)
	}
	defer opened.Close()
	var event struct {
		Number int `json:"number"`
	}
	if err := json.NewDecoder(io.LimitReader(opened, maxEvent)).Decode(&event); err != nil {
		return austauschbar.Change{}, fmt.Errorf("read event %s: %w", file, err)
	}
	if event.Number == 0 {
		return austauschbar.Change{}, fmt.Errorf("read event %s: it is none of a pull request; let the workflow run on pull_request", file)
	}
	return austauschbar.Change{Forge: forge, Repository: repository, Number: event.Number}, nil
}

// maxStepSummary is GitHub's limit of a step's summary, in bytes.
const maxStepSummary = 1 << 20

// writeStepSummary puts the comment into the job's summary.
func writeStepSummary(file string, wanted bot.Wanted) error {
	text := commentOf(wanted)
	if file == "" || text == "" || len(text) > maxStepSummary {
		return nil
	}
	opened, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("write step summary: %w", err)
	}
	_, err = io.WriteString(opened, text+"\n")
	return errors.Join(err, opened.Close())
}

// commentOf is what a comment says, without the marker.
func commentOf(wanted bot.Wanted) string {
	return strings.TrimPrefix(wanted.Summary+wanted.Settled, bot.SummaryMarker+"\n")
}

// maxCommands is how many annotations of a step GitHub shows.
const maxCommands = 10

// writeAnnotations prints workflow commands, of which GitHub makes annotations.
func writeAnnotations(out io.Writer, annotations []bot.Annotation) {
	for i, annotation := range annotations {
		if i == maxCommands {
			return
		}
		level := "notice"
		if annotation.Level != "notice" {
			level = "warning"
		}
		fmt.Fprintf(out, "::%s file=%s,line=%d,title=%s::%s\n", level, property(annotation.Path), annotation.Line, property(annotation.Title), data(annotation.Message))
	}
}

// data and property escape text for workflow commands, as GitHub's toolkit does.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}

// githubListener listens to an instance of GitHub.
func githubListener(read settings, store blobs.Store) (server.Listener, bool, error) {
	set, err := settingsOf(read, "URL", "GRAPHQL_URL", "TOKEN", "APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET", "PAUSE")
	if err != nil || len(set) == 0 {
		return server.Listener{}, false, err
	}
	options := github.HostOptions{
		API: set["URL"], GraphQL: set["GRAPHQL_URL"], Token: set["TOKEN"], Key: []byte(set["PRIVATE_KEY"]), Secret: set["WEBHOOK_SECRET"],
		Labels: templates.LabelPrefix, MaxInline: maxInline, Blobs: store,
	}
	if id, ok := set["APP_ID"]; ok {
		if options.App, err = strconv.ParseInt(id, 10, 64); err != nil {
			return server.Listener{}, false, fmt.Errorf("the App's id %q is no number", id)
		}
	}
	if pause, ok := set["PAUSE"]; ok {
		if options.Pause, err = time.ParseDuration(pause); err != nil {
			return server.Listener{}, false, fmt.Errorf("the pause %q is no time such as 1s", pause)
		}
	}
	host, err := github.NewHost(options)
	return server.Listener{Host: host}, true, err
}
