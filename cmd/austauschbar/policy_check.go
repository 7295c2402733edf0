package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/templates"
)

func (a *app) policyCheck() *cobra.Command {
	var format string
	var corpus []string
	command := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Check policies: strict compile, METADATA, tests, words, ids; with a corpus, rules that never or always fire",
		Long: `Checks a set of policies: strict compile against the schema of the facts, without
clock, network or environment; METADATA of every criterion; tests beside it; words
in every language for every code; formatting; ids in profiles, crosswalks and
confidence; the examples of the lexicon. Each complaint has its place and what helps.

With --corpus, rules that fired for no dossier, findings that fired for every one
and waivers of unknown criteria are named too. Rules are notes only, since a corpus is a
sample, and need five dossiers.

Exits with 1 where there are complaints; notes are none.`,
		Example: `  austauschbar policy check
  austauschbar policy check --corpus corpus/tenders policies`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if err := checkOutput(format); err != nil {
				return err
			}
			work, err := a.workpiece(args)
			if err != nil {
				return err
			}
			complaints, err := a.complaints(command.Context(), work, corpus)
			if err != nil {
				return err
			}
			if format == "json" {
				err = writeIndented(a.stdout, complaints)
			} else {
				writeComplaints(a.stdout, complaints)
			}
			wrong := slices.DeleteFunc(complaints, func(c policies.Complaint) bool { return c.Note })
			if len(wrong) > 0 {
				err = errors.Join(err, fmt.Errorf("check policies: %s", counted(len(wrong), "complaint")))
			}
			return err
		},
	}
	outputFlag(command, &format)
	corpusFlag(command, &corpus)
	a.todayFlag(command)
	return command
}

func corpusFlag(command *cobra.Command, corpus *[]string) {
	command.Flags().StringArrayVar(corpus, "corpus", nil, "`DIR` with dossiers; may be given several times. Where no dossier.yaml is, each document is a dossier")
}

// complaints lists all there are, with files as people name them. Words and corpus are
// looked at once the policies themselves are sound.
func (a *app) complaints(ctx context.Context, work workpiece, corpus []string) ([]policies.Complaint, error) {
	_, factsSchema, err := readerOf(work.files)
	if err != nil {
		return nil, err
	}
	complaints, err := policies.Check(ctx, work.files, factsSchema)
	if err != nil {
		return nil, err
	}
	for i := range complaints {
		complaints[i].File = work.named(complaints[i].File)
	}
	complaints = append(complaints, work.checkSchema(factsSchema)...)
	if len(complaints) > 0 {
		return complaints, nil
	}
	if complaints, err = work.checkWords(); err != nil {
		return nil, err
	}
	misread, err := work.checkExamples()
	complaints = append(complaints, misread...)
	if err != nil || len(corpus) == 0 {
		return complaints, err
	}
	onCorpus, err := a.checkCorpus(ctx, work, corpus)
	return append(complaints, onCorpus...), err
}

// factsSchemaFile is the schema of the facts as it lies beside a whole set of policies,
// for other tools.
const factsSchemaFile = "facts.schema.json"

// checkSchema complains of a schema that lies there and is not that of the lexicon.
func (w workpiece) checkSchema(factsSchema []byte) []policies.Complaint {
	lies, err := fs.ReadFile(w.own, factsSchemaFile)
	if err != nil || bytes.Equal(lies, factsSchema) {
		return nil
	}
	return []policies.Complaint{{
		File: w.named(factsSchemaFile), Problem: "is not the schema of the facts that this lexicon leads to",
		Remedy: fmt.Sprintf("write it anew: austauschbar --policies %s schema facts", w.folder),
	}}
}

// checkWords lists what stable criteria have no words for, and words that nothing
// says, in every language.
func (w workpiece) checkWords() ([]policies.Complaint, error) {
	criteria, err := policies.Catalogue(w.files)
	if err != nil {
		return nil, err
	}
	said, err := policies.Read(w.files)
	if err != nil {
		return nil, err
	}
	complaints := []policies.Complaint{}
	for _, language := range templates.Languages() {
		words, err := templates.Read(w.words, language)
		if err != nil {
			return append(complaints, policies.Complaint{Problem: err.Error(), Remedy: "mend the file of words that is named"}), nil
		}
		for _, criterion := range criteria {
			complaints = append(complaints, wordsOf(w, words, criterion, said[criterion.ID])...)
		}
	}
	return complaints, nil
}

func wordsOf(w workpiece, words *templates.Words, criterion austauschbar.Criterion, said policies.Said) []policies.Complaint {
	var complaints []policies.Complaint
	file := path.Join("templates", words.Language, "criteria", criterion.ID+".tmpl")
	codes := slices.Sorted(maps.Keys(said.Codes))
	begun := words.Defines(criterion.ID + ".title")
	if criterion.Stage == "stable" || begun {
		for _, name := range words.Lacking(criterion.ID, codes) {
			line := 0
			if lines := said.Codes[strings.TrimSuffix(strings.TrimPrefix(name, criterion.ID+"."), ".remedy")]; len(lines) > 0 {
				line = slices.Min(lines)
			}
			complaints = append(complaints, policies.Complaint{
				File: w.named(said.File), Line: line, Problem: fmt.Sprintf("%s has no words in %q", name, words.Language),
				Remedy: fmt.Sprintf("{{define %q}}…{{end}} in %s", name, file),
			})
		}
	}
	if said.Open {
		return complaints
	}
	for _, code := range words.Unsaid(criterion.ID, codes) {
		complaints = append(complaints, policies.Complaint{
			File: file, Problem: fmt.Sprintf("no finding bears the code %q", code),
			Remedy: fmt.Sprintf("delete %s.%s and what belongs to it, or mend the code", criterion.ID, code),
		})
	}
	return complaints
}

// checkExamples reads the examples of all topics, each of which says how it is to be read.
func (w workpiece) checkExamples() ([]policies.Complaint, error) {
	l, err := lexicon.Load(w.files)
	if err != nil {
		return nil, err
	}
	complaints := []policies.Complaint{}
	for _, topic := range l.TopicIDs() {
		for _, wrong := range l.Misread(topic) {
			file, line := w.lineOf(wrong.Text)
			complaints = append(complaints, policies.Complaint{
				File: file, Line: line, Problem: fmt.Sprintf("topic %s: the example is read as %s, not as %s", topic, wrong.Read, wrong.Side),
				Remedy: "mend the phrases of the topic, or the example; docs/lexicon.md tells how phrases are read",
			})
		}
	}
	return complaints, nil
}

// lineOf finds a text in the lexicon; the folder where it is written in another way.
func (w workpiece) lineOf(text string) (file string, line int) {
	names, _ := fs.Glob(w.files, "lexicon/*.yaml") // the pattern is sound
	for _, name := range names {
		data, err := fs.ReadFile(w.files, name)
		if at := strings.Index(string(data), text); err == nil && at >= 0 {
			return w.named(name), 1 + strings.Count(string(data[:at]), "\n")
		}
	}
	return w.named("lexicon"), 0
}

// enough is how many dossiers a corpus needs for what none or all of them have in common
// to be worth a note.
const enough = 5

// checkCorpus says what a corpus shows of the rules and the waivers in it.
func (a *app) checkCorpus(ctx context.Context, work workpiece, folders []string) ([]policies.Complaint, error) {
	today, err := a.day()
	if err != nil {
		return nil, err
	}
	corpus, err := corpusOf(ctx, folders)
	if err != nil {
		return nil, err
	}
	facts, err := a.readCorpus(ctx, work.files, corpus, today)
	if err != nil {
		return nil, err
	}
	rules, err := rulesOf(ctx, work.files)
	if err != nil {
		return nil, err
	}
	firings, err := rules.judge.Firings(ctx, facts)
	if err != nil {
		return nil, err
	}
	complaints := firingNotes(work, firings, len(facts))
	known, err := policies.Catalogue(work.files)
	if err != nil {
		return nil, err
	}
	for i, one := range facts {
		for _, waiver := range one.Waivers {
			if !slices.ContainsFunc(known, func(c austauschbar.Criterion) bool { return c.ID == waiver.Criterion }) {
				complaints = append(complaints, policies.Complaint{
					File: path.Join(corpus[i].Path, "waivers.yaml"), Problem: fmt.Sprintf("there is no criterion %s", waiver.Criterion), Remedy: "mend the id, or delete the waiver",
				})
			}
		}
	}
	return complaints, nil
}

func firingNotes(work workpiece, firings []policies.Firing, dossiers int) []policies.Complaint {
	var notes []policies.Complaint
	if dossiers < enough {
		return notes
	}
	for _, firing := range firings {
		note := policies.Complaint{File: work.named(firing.File), Line: firing.Line, Note: true}
		rule := firing.Rule
		if firing.Code != "" {
			rule += " " + firing.Code
		}
		switch {
		case firing.Dossiers == 0:
			note.Problem = fmt.Sprintf("%s: %s fired for none of %s", firing.Criterion, rule, counted(dossiers, "dossier"))
			note.Remedy = "add a dossier that it is about, or see whether its condition can come true"
		case firing.Dossiers == dossiers && firing.Rule != "rating":
			note.Problem = fmt.Sprintf("%s: %s fired for all of %s", firing.Criterion, rule, counted(dossiers, "dossier"))
			note.Remedy = "see whether its condition asks for too little: what everybody is told nobody reads"
		default:
			continue
		}
		notes = append(notes, note)
	}
	return notes
}

func writeComplaints(out io.Writer, complaints []policies.Complaint) {
	notes, last := 0, ""
	for _, complaint := range complaints {
		place := cmp.Or(complaint.File, "policies")
		if complaint.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, complaint.Line)
		}
		if complaint.Note {
			notes++
			place += ": note"
		}
		fmt.Fprintf(out, "%s: %s\n", place, complaint.Problem)
		if complaint.Remedy != last {
			fmt.Fprintf(out, "    %s\n", complaint.Remedy)
		}
		last = complaint.Remedy
	}
	fmt.Fprintf(out, "%s, %s\n", counted(len(complaints)-notes, "complaint"), counted(notes, "note"))
}
