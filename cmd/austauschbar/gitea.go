package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/gitea"
	"github.com/austauschbar/austauschbar/bot/server"
	"github.com/austauschbar/austauschbar/templates"
)

// giteaToken is the variable that holds a token other than the job's own.
const giteaToken = "AUSTAUSCHBAR_GITEA_TOKEN" // #nosec G101 -- its name

// runGitea reviews the pull request that a job of Gitea's or Forgejo's Actions runs
// for, and posts the review there. All it needs comes from what Actions sets, by
// GitHub's names. Where the token may only read, as for a pull request from a fork, the
// review goes to the job's log.
func (a *app) runGitea(command *cobra.Command, flags reviewFlags) error {
	change, err := changeOfEvent("gitea", os.Getenv("GITHUB_EVENT_PATH"), os.Getenv("GITHUB_REPOSITORY"))
	if err != nil {
		return err
	}
	token, err := environment(giteaToken)
	if err != nil {
		return err
	}
	forge, err := gitea.New(command.Context(), gitea.Options{
		URL: cmp.Or(os.Getenv("GITHUB_SERVER_URL"), os.Getenv("GITHUB_API_URL")), Token: cmp.Or(token, os.Getenv("GITHUB_TOKEN")),
		MaxInline: maxInline, Labels: templates.LabelPrefix,
	})
	if err != nil {
		return err
	}
	_, err = a.runJob(command.Context(), a.reviewer(command, flags), forge, change, func(err error, _ bot.Result, wanted bot.Wanted) error {
		a.log.WithError(err).Warn("the token may not write everything (pull requests from forks get one that may only read): the review stands in this job's log too")
		_, err = fmt.Fprintln(a.stdout, commentOf(wanted))
		return err
	})
	return err
}

// giteaListener listens to an instance of Gitea or Forgejo.
func giteaListener(read settings, store blobs.Store) (server.Listener, bool, error) {
	set, err := settingsOf(read, "URL", "TOKEN", "WEBHOOK_SECRET")
	if err != nil || len(set) == 0 {
		return server.Listener{}, false, err
	}
	host, err := gitea.NewHost(gitea.Options{URL: set["URL"], Token: set["TOKEN"], Labels: templates.LabelPrefix, MaxInline: maxInline, Blobs: store}, set["WEBHOOK_SECRET"])
	return server.Listener{Host: host}, true, err
}
