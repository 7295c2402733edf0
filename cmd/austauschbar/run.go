package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar/policies"
)

// Exit codes.
const (
	exitReviewed = 0
	exitCould    = 1 // could not
	exitUsage    = 2
	exitFailOn   = 3 // what --fail-on names has happened
)

// errFailOn says that the review is what --fail-on asked to fail on.
var errFailOn = errors.New("fail on")

// usageError is a wrong use of the command.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// run is the whole command.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	a := &app{stdout: stdout, stderr: stderr, log: newLog(stderr)}
	root := a.root()
	root.SetArgs(args)
	return exitCode(root.ExecuteContext(ctx), stderr)
}

// exitCode says an error, where there is one, and what the command exits with.
func exitCode(err error, stderr io.Writer) int {
	switch {
	case err == nil:
		return exitReviewed
	case errors.Is(err, errFailOn):
		return exitFailOn
	}
	fmt.Fprintln(stderr, "austauschbar:", message(err))
	if isUsage(err) {
		fmt.Fprintln(stderr, "See 'austauschbar --help'.")
		return exitUsage
	}
	return exitCould
}

// message is an error's text; an interruption needs no chain of causes.
func message(err error) string {
	if errors.Is(err, context.Canceled) {
		return "interrupted"
	}
	return err.Error()
}

func isUsage(err error) bool {
	unknown, usage := (*policies.UnknownError)(nil), usageError{}
	return errors.As(err, &unknown) || errors.As(err, &usage)
}

// app is what all subcommands share.
type app struct {
	stdout, stderr io.Writer
	log            *logrus.Logger
	policyDir      string // or a bundle's file
	overlay        fs.FS  // policies laid over the built-in ones, or a bundle; nil for none

	verificationKey, verificationAlg string // of a bundle

	language string
	today    string
	verbose  bool
	pause    time.Duration // between writes to a forge; 0 for what the forge asks for
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "austauschbar",
		Short: "Reviews public IT tenders for exchangeability, open interfaces and lock-in risk",
		Long: `austauschbar reads a dossier (a folder of Word, PDF, Excel, OpenDocument, HTML, Markdown and other files),
judges it with Rego policies and prints a scored review in which every point
leads to a passage, a rule and a source.

It rates documents. It replaces no legal review.`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          func(_ *cobra.Command, args []string) error { return noSuchCommand(args) },
		RunE:          func(command *cobra.Command, _ []string) error { return command.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if a.verbose {
				a.log.SetLevel(logrus.DebugLevel)
			}
			return a.openPolicies()
		},
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("austauschbar {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.StringVar(&a.policyDir, "policies", "", "folder with `DIR`/criteria, lexicon …: laid over the built-in policies, file by file; or a bundle, in their place")
	flags.StringVar(&a.verificationKey, "verification-key", "", "`FILE` with the public key that must have signed the bundle")
	flags.StringVar(&a.verificationAlg, "verification-alg", "RS256", "`ALGORITHM` of that signature")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "log what is done to standard error")
	root.AddCommand(a.review(), a.facts(), a.explain(), a.criteria(), a.schema(), a.new(), a.check(), a.badge(), a.policy(), a.batch(), a.register(), a.serve())
	return root
}

func noSuchCommand(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("there is no command %q", args[0])}
}

// arguments makes cobra's check of arguments a usage error.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		if err := check(command, args); err != nil {
			return usageError{fmt.Errorf("%s: %w", command.CommandPath(), err)}
		}
		return nil
	}
}

// version comes from build information: the module's version or the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return strings.TrimPrefix(v, "v")
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return "devel-" + setting.Value[:min(12, len(setting.Value))]
		}
	}
	return "devel"
}
