package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/gitlab"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/bot/server"
	"github.com/austauschbar/austauschbar/templates"
)

// gitlabToken is the variable that holds the token: the one that GitLab gives to each
// job may not write notes.
const gitlabToken = "AUSTAUSCHBAR_GITLAB_TOKEN" // #nosec G101 -- its name

// runGitLab reviews the merge request that a job of GitLab CI runs for, and posts the
// review there. All it needs besides the token comes from what GitLab sets. Without the
// token, or where that may only read, the review goes to the job's log.
func (a *app) runGitLab(command *cobra.Command, flags reviewFlags) error {
	job, err := gitlabJob()
	if err != nil {
		return err
	}
	token, err := environment(gitlabToken)
	if err != nil {
		return err
	}
	words, err := a.words()
	if err != nil {
		return err
	}
	reviewer := a.reviewer(command, flags)
	reviewer.speaking = func(speaking *templates.Words) { words = speaking }
	toLog := func(reviews []austauschbar.Review) error {
		text, err := speakAll(words, reviews, (*templates.Words).Terminal, optionsFor(a.stdout))
		fmt.Fprint(a.stdout, text)
		return err
	}
	if token == "" {
		a.log.Warn("the review stands in this job's log only, since " + gitlabToken + " is not set: a project access token with the role Developer and the scope api, as a variable that is masked and not protected. Merge requests from forks have none")
		return a.reviewCheckout(command, reviewer, job, toLog)
	}
	forge, err := gitlab.New(gitlab.Options{API: job.api, Token: token, MaxInline: maxInline, Labels: templates.LabelPrefix})
	if err != nil {
		return err
	}
	_, err = a.runJob(command.Context(), reviewer, forge, job.change, func(err error, result bot.Result, _ bot.Wanted) error {
		a.log.WithError(err).Warn("the token of " + gitlabToken + " may not write everything: the review stands in this job's log too. It takes the role Developer and the scope api")
		return toLog(result.Reviews)
	})
	return err
}

// reviewCheckout reviews the files that the job has checked out, compared with where
// the branches parted. It asks GitLab for nothing.
func (a *app) reviewCheckout(command *cobra.Command, reviewer reviewer, job job, toLog func([]austauschbar.Review) error) error {
	forge := &local.Forge{Base: job.base}
	fetched, err := forge.Fetch(command.Context(), austauschbar.Change{Forge: "local", Repository: job.folder})
	if err != nil {
		return fmt.Errorf("%w; the job needs the whole history: set GIT_DEPTH to 0", err)
	}
	fetched.Prefix = ""
	result, wanted, err := bot.Review(command.Context(), fetched, reviewer.carrier().Prepare(fetched))
	if err == nil {
		err = toLog(result.Reviews)
	}
	if err == nil && wanted.Check.Conclusion == "failure" {
		err = errFailOn
	}
	return err
}

// A job is what a job of GitLab CI runs for.
type job struct {
	api    string
	change austauschbar.Change
	base   string // commit where the branches parted
	folder string // what is checked out
}

// gitlabJob reads it from the variables that GitLab sets. The pipeline of a merge
// request from a fork runs in the fork, and names the project that it is to go to.
func gitlabJob() (job, error) {
	job := job{
		api:    cmp.Or(os.Getenv("CI_API_V4_URL"), strings.TrimSuffix(os.Getenv("CI_SERVER_URL"), "/")+"/api/v4"),
		base:   os.Getenv("CI_MERGE_REQUEST_DIFF_BASE_SHA"),
		folder: cmp.Or(os.Getenv("CI_PROJECT_DIR"), "."),
		change: austauschbar.Change{Forge: "gitlab", Repository: cmp.Or(os.Getenv("CI_MERGE_REQUEST_PROJECT_PATH"), os.Getenv("CI_PROJECT_PATH"))},
	}
	iid := os.Getenv("CI_MERGE_REQUEST_IID")
	if iid == "" || job.change.Repository == "" {
		return job, usageError{errors.New("--forge gitlab works in a merge request's pipeline of GitLab CI: CI_MERGE_REQUEST_IID and CI_PROJECT_PATH are not set; let the job run on merge_request_event")}
	}
	var err error
	if job.change.Number, err = strconv.Atoi(iid); err != nil {
		return job, usageError{fmt.Errorf("CI_MERGE_REQUEST_IID %q is no number", iid)}
	}
	return job, nil
}

// gitlabListener listens to an instance of GitLab.
func gitlabListener(read settings, store blobs.Store) (server.Listener, bool, error) {
	set, err := settingsOf(read, "URL", "TOKEN", "WEBHOOK_SECRET")
	if err != nil || len(set) == 0 {
		return server.Listener{}, false, err
	}
	host, err := gitlab.NewHost(gitlab.HostOptions{
		URL: set["URL"], Token: set["TOKEN"], Secret: set["WEBHOOK_SECRET"],
		Labels: templates.LabelPrefix, MaxInline: maxInline, Blobs: store,
	})
	return server.Listener{Host: host}, true, err
}
