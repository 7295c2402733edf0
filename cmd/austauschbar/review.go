package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fatih/color"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/evaluator/convert"
	"github.com/austauschbar/austauschbar/evaluator/pdf"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

// formats of a review.
var formats = []string{"terminal", "markdown", "json", "html", "sarif", "junit", "codequality", "csv", "xlsx", "vergabevermerk"}

// frameworkFormats are those of a review in the terms of a framework.
var frameworkFormats = []string{"terminal", "markdown", "json", "xlsx"}

// A report tells all reviews of a call in one document.
type report func(*templates.Words, io.Writer, []austauschbar.Review) error

// reports are the formats of reports; of the others, one review follows the other.
var reports = map[string]report{
	"sarif": func(words *templates.Words, out io.Writer, reviews []austauschbar.Review) error {
		return words.SARIF(out, reviews, lines())
	},
	"junit":       (*templates.Words).JUnit,
	"codequality": (*templates.Words).CodeQuality,
	"csv":         (*templates.Words).CSV,
	"xlsx":        (*templates.Words).Spreadsheet,
}

// onForges are the reports that forges show to all who see the change.
var onForges = []string{"sarif", "junit", "codequality"}

type reviewFlags struct {
	format, output, profile, failOn string
	base, forge, framework          string
	dryRun, convert, suggest        bool
	only                            []string
}

func (a *app) review() *cobra.Command {
	var flags reviewFlags
	command := &cobra.Command{
		Use:   "review [PATH…]",
		Short: "Review dossiers: folders or single documents (default: this folder)",
		Example: `  austauschbar review examples/fachverfahren
  austauschbar review --format markdown --lang en tender/ > review.md
  austauschbar review --format html --output report.html tender/
  austauschbar review --only EX-02,IF-01 tender/Leistungsbeschreibung.docx
  austauschbar review --format copies --suggest --output commented tender/
  austauschbar review --format xlsx --output Prüfung.xlsx tender/
  austauschbar review --framework ufab --format xlsx --output matrix.xlsx tender/`,
		RunE: func(command *cobra.Command, args []string) error {
			return a.runReview(command, args, flags)
		},
	}
	set := command.Flags()
	set.StringVarP(&flags.format, "format", "f", "terminal", "`FORMAT` of the review: "+strings.Join(formats, ", ")+", docx (copies of the Word and Excel files with comments), copies (of PDF and OpenDocument files too); with --framework: "+strings.Join(frameworkFormats, ", "))
	set.StringVarP(&flags.output, "output", "o", "", "`FILE` to write to instead of standard output; for html of several dossiers, and for docx and copies, a folder")
	set.BoolVar(&flags.suggest, "suggest", false, "with --format docx or copies: wording suggestions as tracked changes in Word files")
	set.StringVarP(&flags.profile, "profile", "p", "", "`PROFILE` that weighs the criteria (default: by what the dossier is)")
	set.StringVar(&flags.framework, "framework", "", "tell what of a public framework the documents cover: `NAME` is csf, ufab or another of docs/crosswalks.md")
	set.StringVar(&flags.base, "base", "", "compare with this Git `REVISION`: score before and after, what is new, what is fixed")
	set.StringVar(&flags.forge, "forge", "", "review the pull or merge request that a CI job runs for, and post there: `FORGE` is github, gitlab or gitea")
	set.BoolVar(&flags.dryRun, "dry-run", false, "with --forge: print what would be posted, and post nothing")
	set.BoolVar(&flags.convert, "convert", false, "have LibreOffice convert old Office formats, and Tesseract recognise scans, where installed")
	set.StringSliceVar(&flags.only, "only", nil, "judge only these criteria: `ID,…`")
	set.StringVar(&flags.failOn, "fail-on", "never", "exit with 3 on `never|gate|level:X`: an open gate; level X or worse")
	a.languageFlag(command)
	a.todayFlag(command)
	complete(command, "format", append([]string{formatDocx, formatCopies}, formats...))
	complete(command, "lang", templates.Languages())
	return command
}

func complete(command *cobra.Command, flag string, values []string) {
	if err := command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // a flag that does not exist
	}
}

func (a *app) languageFlag(command *cobra.Command) {
	command.Flags().StringVarP(&a.language, "lang", "l", "de", "`LANGUAGE`: "+strings.Join(templates.Languages(), ", "))
}

func (a *app) todayFlag(command *cobra.Command) {
	command.Flags().StringVar(&a.today, "today", "", "judge as of this `DATE` (2027-01-12) instead of today")
}

func (a *app) runReview(command *cobra.Command, args []string, flags reviewFlags) error {
	if err := flags.check(); err != nil {
		return err
	}
	if err := flags.checkCopies(); err != nil {
		return err
	}
	if flags.forge != "" {
		return a.runForge(command, flags)
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	run, err := a.localRun(command, args[0], flags)
	if err != nil {
		return err
	}
	if run.flags.format == "html" {
		return a.runHTML(command.Context(), args, run)
	}
	return a.runLocal(command.Context(), args, run)
}

// runForge reviews the change that a forge's CI is at.
func (a *app) runForge(command *cobra.Command, flags reviewFlags) error {
	if flags.convert {
		return usageError{errors.New("--convert: not with --forge, whose documents come from anyone")}
	}
	switch flags.forge {
	case "github":
		return a.runGitHub(command, flags)
	case "gitea":
		return a.runGitea(command, flags)
	case "gitlab":
		return a.runGitLab(command, flags)
	}
	return usageError{fmt.Errorf("forge %q: want github, gitlab or gitea", flags.forge)}
}

// A localRun is a review of what lies on this machine, with all that was asked for.
type localRun struct {
	flags  reviewFlags
	config austauschbar.Config
	root   string // of the repository; "" for none
	words  *templates.Words
	fails  func(austauschbar.Review) bool
}

// localRun adds to the flags what the configuration says of the repository in which the
// first path lies.
func (a *app) localRun(command *cobra.Command, first string, flags reviewFlags) (localRun, error) {
	config, root, err := findConfig(first)
	if err != nil {
		return localRun{}, err
	}
	a.useRepository(root)
	run := localRun{flags: withConfig(command.Flags().Changed, flags, config), config: config, root: root}
	if !command.Flags().Changed("lang") && config.Language != "" {
		a.language = config.Language
	}
	if known := run.flags.formats(); !slices.Contains(known, run.flags.format) {
		return localRun{}, usageError{fmt.Errorf("format %q: want one of %s", run.flags.format, strings.Join(known, ", "))}
	}
	if run.fails, err = parseFailOn(run.flags.failOn); err != nil {
		return localRun{}, err
	}
	run.words, err = a.words()
	return run, err
}

// runLocal writes the reviews of some paths as text, as one document or into copies of
// what was reviewed.
func (a *app) runLocal(ctx context.Context, paths []string, run localRun) error {
	flags, words, file := run.flags, run.words, run.flags.output
	var documents *copies
	var err error
	if flags.copies() {
		if documents, err = newCopies(a, flags, paths); err != nil {
			return err
		}
		file = ""
	}
	options, err := converting(flags.convert)
	if err != nil {
		return err
	}
	stations, err := a.localStations(ctx, judging{profile: flags.profile, only: flags.only, framework: flags.framework}, options...)
	if err != nil {
		return err
	}
	out, finish, err := a.out(file)
	if err != nil {
		return err
	}
	report, isReport := flags.report()
	if slices.Contains(onForges, flags.format) && run.config.Confidential {
		words = words.Confidential()
	}
	switch {
	case documents != nil:
		stations.Read = documents.reading(stations.Read)
	case !isReport:
		stations.Speak = func(result bot.Result) (bot.Wanted, error) {
			text, err := speakAll(words, result.Reviews, flags.voice(), optionsFor(out))
			return bot.Wanted{Summary: text}, err
		}
	}
	reviews, err := reviewAll(ctx, &local.Forge{Out: out, Base: flags.base}, paths, stations, run.root, run.config.Dossiers)
	switch {
	case err == nil && documents != nil:
		err = documents.write(ctx, words, reviews)
	case err == nil && isReport:
		err = writeReport(words, out, reviews, report)
	}
	if err := finish(err); err != nil {
		return err
	}
	if slices.ContainsFunc(reviews, run.fails) {
		return errFailOn
	}
	return nil
}

// reviewAll reviews what lies at paths of this machine; of the repository's root, the
// dossiers that its configuration lists. Beside an error are the reviews before it.
func reviewAll(ctx context.Context, forge bot.Forge, paths []string, stations bot.Stations, root string, dossiers []string) ([]austauschbar.Review, error) {
	var reviews []austauschbar.Review
	for _, asked := range paths {
		stations.Dossiers = nil
		if same(asked, root) {
			stations.Dossiers = dossiers
		}
		found, err := reviewPath(ctx, forge, asked, stations)
		if err != nil {
			return reviews, err
		}
		reviews = append(reviews, found...)
	}
	return reviews, nil
}

// check says which flags do not go together.
func (f reviewFlags) check() error {
	switch {
	case f.format == "xlsx" && f.output == "" && f.forge == "":
		return usageError{errors.New("--format xlsx: name a file with --output")}
	case f.framework == "":
		return nil
	case f.forge != "":
		return usageError{errors.New("--framework: not with --forge")}
	case len(f.only) > 0:
		return usageError{errors.New("--framework: not with --only, since some criteria alone tell nothing of a framework")}
	}
	return nil
}

func (f reviewFlags) formats() []string {
	if f.framework != "" {
		return frameworkFormats
	}
	return append(slices.Clone(formats), formatDocx, formatCopies)
}

// report is what writes all reviews as one document; false where each is written by
// itself.
func (f reviewFlags) report() (report, bool) {
	if f.framework != "" && f.format == "xlsx" {
		return func(words *templates.Words, out io.Writer, reviews []austauschbar.Review) error {
			return words.Workbook(out, reviews, f.framework)
		}, true
	}
	report, ok := reports[f.format]
	return report, ok
}

// voice is what writes one review.
func (f reviewFlags) voice() voice {
	if f.framework != "" {
		return func(words *templates.Words, out io.Writer, review austauschbar.Review, options templates.Options) error {
			return words.Crosswalk(out, templates.Format(f.format), review, f.framework, options)
		}
	}
	return voices[f.format]
}

// converting are the options of a reader that has programs of this machine convert what
// it cannot read, if that is asked for.
func converting(asked bool) ([]evaluator.Option, error) {
	if !asked {
		return nil, nil
	}
	programs, err := convert.Find()
	if err != nil {
		return nil, fmt.Errorf("--convert: %w", err)
	}
	return []evaluator.Option{evaluator.Convert(programs)}, nil
}

// reviewPath reviews what lies at a path of this machine and writes it out.
func reviewPath(ctx context.Context, forge bot.Forge, asked string, stations bot.Stations) ([]austauschbar.Review, error) {
	change := austauschbar.Change{Forge: "local", Repository: asked}
	fetched, err := forge.Fetch(ctx, change)
	if err != nil {
		return nil, err
	}
	result, wanted, err := bot.Review(ctx, fetched, func(context.Context, fs.FS) (bot.Stations, error) { return stations, nil })
	if err != nil {
		return result.Reviews, err
	}
	return result.Reviews, bot.Publish(ctx, forge, change, wanted, nil)
}

// same says whether two paths name one folder; "" names none.
func same(a, b string) bool {
	absoluteA, errA := filepath.Abs(a)
	absoluteB, errB := filepath.Abs(b)
	return b != "" && errA == nil && errB == nil && absoluteA == absoluteB
}

// withConfig takes from the configuration what no flag says.
func withConfig(given func(flag string) bool, flags reviewFlags, config austauschbar.Config) reviewFlags {
	if flags.profile == "" {
		flags.profile = config.Profile
	}
	if config.FailOn != "" && !given("fail-on") {
		flags.failOn = config.FailOn
	}
	return flags
}

// parseFailOn returns what a review must be for the command to fail.
func parseFailOn(failOn string) (func(austauschbar.Review) bool, error) {
	level, isLevel := strings.CutPrefix(failOn, "level:")
	switch {
	case failOn == "never":
		return func(austauschbar.Review) bool { return false }, nil
	case failOn == "gate":
		return func(review austauschbar.Review) bool { return review.Score.Gate == "open" }, nil
	case isLevel && len(level) == 1 && strings.Contains("ABCDE", level):
		return func(review austauschbar.Review) bool { return review.Score.Level >= level }, nil
	}
	return nil, usageError{fmt.Errorf("--fail-on %q: want never, gate or level:A to level:E", failOn)}
}

func (a *app) words() (*templates.Words, error) { return wordsIn(a.language) }

func wordsIn(language string) (*templates.Words, error) {
	if !slices.Contains(templates.Languages(), language) {
		return nil, usageError{fmt.Errorf("language %q: want one of %s", language, strings.Join(templates.Languages(), ", "))}
	}
	return templates.New(language)
}

// optionsFor suits a terminal's width; colour only there, and not where
// NO_COLOR is set.
func optionsFor(out io.Writer) templates.Options {
	file, ok := out.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) {
		return templates.Options{}
	}
	options := templates.Options{Colour: !color.NoColor}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil {
		options.Width = min(width, 100)
	}
	return options
}

// A voice writes a review as Fill returned it.
type voice func(*templates.Words, io.Writer, austauschbar.Review, templates.Options) error

// voices are the formats that are no report.
var voices = map[string]voice{
	"terminal": (*templates.Words).Terminal,
	"json": func(words *templates.Words, out io.Writer, review austauschbar.Review, _ templates.Options) error {
		return words.JSON(out, review)
	},
	"markdown": func(words *templates.Words, out io.Writer, review austauschbar.Review, _ templates.Options) error {
		return words.Markdown(out, review)
	},
	"vergabevermerk": func(words *templates.Words, out io.Writer, review austauschbar.Review, _ templates.Options) error {
		return words.Vergabevermerk(out, review)
	},
}

// speakAll writes reviews one after the other.
func speakAll(words *templates.Words, reviews []austauschbar.Review, speak voice, options templates.Options) (string, error) {
	var text strings.Builder
	for _, review := range reviews {
		filled, err := words.Fill(review)
		if err != nil {
			return "", err
		}
		if err := speak(words, &text, filled, options); err != nil {
			return "", err
		}
	}
	return text.String(), nil
}

// writeReport writes reviews as one document, with paths from the working folder,
// which in a CI job is the repository's root.
func writeReport(words *templates.Words, out io.Writer, reviews []austauschbar.Review, write report) error {
	filled := make([]austauschbar.Review, len(reviews))
	for i, review := range reviews {
		var err error
		if filled[i], err = words.Fill(review); err != nil {
			return err
		}
		filled[i].Dossier.Path = fromHere(review.Dossier.Path)
	}
	return write(words, out, filled)
}

// fromHere is a path from the working folder; as it is where it is no absolute one or
// lies elsewhere.
func fromHere(at string) string {
	here, err := os.Getwd()
	if err != nil || !filepath.IsAbs(at) {
		return at
	}
	below, err := filepath.Rel(here, at)
	if err != nil || !filepath.IsLocal(below) {
		return at
	}
	return filepath.ToSlash(below)
}

// localStations are for dossiers of this machine, whose policies may come from
// --policies or their repository. Speak says nothing unless the caller sets it.
func (a *app) localStations(ctx context.Context, with judging, options ...evaluator.Option) (bot.Stations, error) {
	stations, _, err := a.localRules(ctx, with, options...)
	return stations, err
}

// localRules are those stations and what reads for them.
func (a *app) localRules(ctx context.Context, with judging, options ...evaluator.Option) (bot.Stations, *evaluator.Evaluator, error) {
	var err error
	if with.today, err = a.day(); err != nil {
		return bot.Stations{}, nil, err
	}
	reader, compiled, err := beginRules(ctx, a.overlay, options...)
	if err != nil {
		return bot.Stations{}, nil, err
	}
	stations, err := a.wire(reader, compiled, with)
	stations.Speak = func(bot.Result) (bot.Wanted, error) { return bot.Wanted{}, nil }
	return stations, reader, err
}

func (a *app) day() (time.Time, error) {
	if a.today == "" {
		return time.Now(), nil
	}
	day, err := time.Parse(time.DateOnly, a.today)
	if err != nil {
		return day, usageError{fmt.Errorf("--today %q: want a date such as 2027-01-12", a.today)}
	}
	return day, nil
}

// profileFor takes the profile asked for, else the one for architectures, else the one
// of the dossier's regime, else the default.
func profileFor(asked string, facts austauschbar.Facts, profiles []string) string {
	if asked != "" {
		return asked
	}
	if isArchitecture(facts) && slices.Contains(profiles, "architecture") {
		return "architecture"
	}
	if regime := facts.Dossier.Regime; regime != nil && slices.Contains(profiles, "tender-"+regime.Value) {
		return "tender-" + regime.Value
	}
	return policies.DefaultProfile
}

// isArchitecture says whether a dossier holds an architecture and nothing of an award.
// What the manifest says of its kind does not suffice: a tender would choose a milder
// profile for itself.
func isArchitecture(facts austauschbar.Facts) bool {
	kind, regime, award := facts.Dossier.Kind, facts.Dossier.Regime, facts.Dossier.Award
	if kind == nil || kind.Value != "architecture" || regime != nil && regime.Source == "declared" || award != nil && award.Value {
		return false
	}
	return !slices.ContainsFunc(facts.Documents, func(document austauschbar.DocumentFact) bool {
		return slices.Contains(ofAnAward, document.Role)
	})
}

// ofAnAward are the roles of documents that only an award has.
var ofAnAward = []string{austauschbar.RoleContract, austauschbar.RoleCriteria, austauschbar.RolePriceSheet, austauschbar.RoleNotice}

// openPolicies opens what --policies names: a folder, or a bundle.
func (a *app) openPolicies() error {
	if a.policyDir == "" {
		if a.verificationKey != "" {
			return usageError{errors.New("--verification-key: is for the bundle that --policies names")}
		}
		return nil
	}
	info, err := os.Stat(a.policyDir)
	switch {
	case err == nil && info.Mode().IsRegular():
		return a.openBundle()
	case err != nil || !info.IsDir():
		return usageError{fmt.Errorf("--policies %s: is no folder or bundle", a.policyDir)}
	case a.verificationKey != "":
		return usageError{fmt.Errorf("--verification-key: %s is a folder, which nobody signs", a.policyDir)}
	}
	a.overlay = os.DirFS(a.policyDir)
	return nil
}

// useRepository takes the policies of a repository's own, unless --policies names
// others.
func (a *app) useRepository(root string) {
	if a.overlay != nil || root == "" {
		return
	}
	folder := filepath.Join(root, filepath.FromSlash(bot.PolicyDir))
	if info, err := os.Stat(folder); err == nil && info.IsDir() {
		a.overlay = os.DirFS(folder)
	}
}

// policyFiles are the built-in policies with those of --policies laid over.
func (a *app) policyFiles() fs.FS { return laidOver(a.overlay) }

// preparePDF says why the first PDF takes seconds: the reader is compiled once
// and kept in the user's cache. Archives and mails may hold one.
func (a *app) preparePDF(ctx context.Context, dossier austauschbar.Dossier) {
	mayBePDF := func(d austauschbar.Document) bool {
		return slices.Contains([]string{".eml", ".pdf", ".zip"}, strings.ToLower(filepath.Ext(d.Path)))
	}
	if !slices.ContainsFunc(dossier.Documents, mayBePDF) || pdf.Prepared() {
		return
	}
	fmt.Fprintln(a.stderr, "austauschbar: preparing the PDF reader, once for this user …")
	if err := pdf.Prepare(ctx); err != nil {
		a.log.WithError(err).Debug("prepare PDF reader")
	}
}

// progress shows on a terminal which document was read; nil elsewhere.
func (a *app) progress() evaluator.Progress {
	file, ok := a.stderr.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) {
		return nil
	}
	return func(done, total int, path string) {
		if done == total {
			fmt.Fprint(a.stderr, "\r\x1b[K")
			return
		}
		fmt.Fprintf(a.stderr, "\r\x1b[K[%d/%d] %.60s", done, total, path)
	}
}
