package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/evaluator/repository"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

// checkFormats are those of a check.
var checkFormats = []string{string(templates.FormatTerminal), string(templates.FormatMarkdown), string(templates.FormatJSON)}

func (a *app) check() *cobra.Command {
	command := &cobra.Command{
		Use:   "check",
		Short: "Check whether a repository is fit for a platform",
		Args:  func(_ *cobra.Command, args []string) error { return noSuchCommand(args) },
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(a.checkOpenCode())
	return command
}

func (a *app) checkOpenCode() *cobra.Command {
	var format, failOn string
	command := &cobra.Command{
		Use:   "opencode [PATH]",
		Short: "Check whether a repository meets what openCoDE asks, and which badge it may get",
		Long: `Looks at the repository in a folder (default: this one): publiccode.yml, licences,
README and the like, secrets, and what Git tells of the last six months. It says
which of openCoDE's conditions are met and which level of the badge for
maintenance the evidence supports. Nothing is asked of the network, and tenders
are not scored by it.`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if !slices.Contains(checkFormats, format) {
				return usageError{fmt.Errorf("format %q: want one of %s", format, strings.Join(checkFormats, ", "))}
			}
			if failOn != "never" && failOn != "missing" {
				return usageError{fmt.Errorf("--fail-on %q: want never or missing", failOn)}
			}
			words, err := a.words()
			if err != nil {
				return err
			}
			check, err := a.checkedOpenCode(command, orHere(args)[0])
			if err != nil {
				return err
			}
			if check, err = words.FillRepositoryCheck(check); err != nil {
				return err
			}
			if err := words.RepositoryCheck(a.stdout, templates.Format(format), check, optionsFor(a.stdout)); err != nil {
				return err
			}
			if failOn == "missing" && len(check.Missed) > 0 {
				return errFailOn
			}
			return nil
		},
	}
	command.Flags().StringVarP(&format, "format", "f", "terminal", "`FORMAT`: "+strings.Join(checkFormats, ", "))
	command.Flags().StringVar(&failOn, "fail-on", "never", "exit with 3 on `never|missing`: a condition that is not met")
	a.languageFlag(command)
	a.todayFlag(command)
	complete(command, "format", checkFormats)
	complete(command, "lang", templates.Languages())
	return command
}

// checkedOpenCode looks at a folder and judges what lies there.
func (a *app) checkedOpenCode(command *cobra.Command, folder string) (austauschbar.RepositoryCheck, error) {
	ctx := command.Context()
	today, err := a.day()
	if err != nil {
		return austauschbar.RepositoryCheck{}, err
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return austauschbar.RepositoryCheck{}, fmt.Errorf("check %s: is no folder", folder)
	}
	files, err := local.Files(ctx, folder)
	if err != nil {
		return austauschbar.RepositoryCheck{}, err
	}
	history, err := local.History(ctx, folder, today)
	if err != nil {
		return austauschbar.RepositoryCheck{}, err
	}
	checkout, err := repository.Read(ctx, os.DirFS(folder), files, history, today)
	if err != nil {
		return austauschbar.RepositoryCheck{}, fmt.Errorf("check %s: %w", folder, err)
	}
	check, err := policies.CheckOpenCode(ctx, a.policyFiles(), checkout)
	check.Tool, check.Path = austauschbar.Tool{Name: "austauschbar", Version: version()}, folder
	return check, err
}
