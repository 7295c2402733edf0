package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/evaluator"
	"github.com/austauschbar/austauschbar/policies"
	"github.com/austauschbar/austauschbar/schema"
	"github.com/austauschbar/austauschbar/templates"
)

func (a *app) facts() *cobra.Command {
	command := &cobra.Command{
		Use:   "facts [PATH]",
		Short: "Print what the policies see of a dossier or document, as JSON",
		Args:  arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			today, err := a.day()
			if err != nil {
				return err
			}
			if err := a.atRepository(orHere(args)[0]); err != nil {
				return err
			}
			reader, err := evaluator.New(a.policyFiles())
			if err != nil {
				return err
			}
			fetched, err := (&local.Forge{}).Fetch(command.Context(), austauschbar.Change{Forge: "local", Repository: orHere(args)[0]})
			if err != nil {
				return err
			}
			dossiers, err := bot.Dossiers(command.Context(), fetched.Head, fetched.Prefix, nil)
			if err != nil {
				return err
			}
			encoder := json.NewEncoder(a.stdout)
			encoder.SetIndent("", "  ")
			encoder.SetEscapeHTML(false)
			for _, dossier := range dossiers {
				a.preparePDF(command.Context(), dossier)
				facts, err := reader.Facts(command.Context(), dossier, today, a.progress())
				if err == nil {
					err = encoder.Encode(facts)
				}
				if err != nil {
					return fmt.Errorf("find facts in %s: %w", dossier.Path, err)
				}
			}
			return nil
		},
	}
	a.todayFlag(command)
	return command
}

func orHere(args []string) []string {
	if len(args) == 0 {
		return []string{"."}
	}
	return args
}

func (a *app) explain() *cobra.Command {
	command := &cobra.Command{
		Use:   "explain ID [PATH]",
		Short: "Explain a criterion (EX-02) or a finding: meaning, evidence wanted, source, how to fix it",
		Long: `Explains a criterion: what it asks and why, which evidence is wanted, its
sources. With a finding's id and the dossier it was found in (default: this
folder), explains that finding.`,
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(command *cobra.Command, args []string) error {
			words, err := a.words()
			if err != nil {
				return err
			}
			if err := a.atRepository(orHere(args[1:])[0]); err != nil {
				return err
			}
			explanation, err := a.explanation(command, args[0], orHere(args[1:]))
			if err != nil {
				return err
			}
			return words.Explain(a.stdout, templates.FormatTerminal, explanation, optionsFor(a.stdout))
		},
	}
	a.languageFlag(command)
	a.todayFlag(command)
	return command
}

// explanation finds the criterion, and the finding in a fresh review where the
// id is one of a finding ("ex-02-0123456789").
func (a *app) explanation(command *cobra.Command, id string, paths []string) (templates.Explanation, error) {
	criteria, err := policies.Catalogue(a.policyFiles())
	if err != nil {
		return templates.Explanation{}, err
	}
	i := slices.IndexFunc(criteria, func(c austauschbar.Criterion) bool { return strings.EqualFold(c.ID, id) })
	if i >= 0 {
		return templates.Explanation{Criterion: criteria[i]}, nil
	}
	i = slices.IndexFunc(criteria, func(c austauschbar.Criterion) bool {
		return strings.HasPrefix(strings.ToLower(id), strings.ToLower(c.ID)+"-")
	})
	if i < 0 {
		return templates.Explanation{}, unknownCriterion(id, criteria)
	}
	stations, err := a.localStations(command.Context(), judging{})
	if err != nil {
		return templates.Explanation{}, err
	}
	var found []austauschbar.Finding
	for _, asked := range paths {
		reviews, err := reviewPath(command.Context(), &local.Forge{Out: a.stderr}, asked, stations)
		if err != nil {
			return templates.Explanation{}, err
		}
		for _, review := range reviews {
			for _, finding := range review.Findings {
				if strings.EqualFold(finding.ID, id) {
					found = append(found, finding)
				}
			}
		}
	}
	if len(found) == 0 {
		return templates.Explanation{}, fmt.Errorf("explain %s: %s has no such finding (it may be fixed, or stand in another dossier)", id, strings.Join(paths, ", "))
	}
	return templates.Explanation{Criterion: criteria[i], Findings: found}, nil
}

func unknownCriterion(id string, criteria []austauschbar.Criterion) error {
	var ids []string
	for _, c := range criteria {
		ids = append(ids, c.ID)
	}
	return &policies.UnknownError{What: "criterion or finding", Name: id, Known: ids}
}

func (a *app) criteria() *cobra.Command {
	var format string
	names := []string{string(templates.FormatTerminal), string(templates.FormatMarkdown), string(templates.FormatJSON)}
	command := &cobra.Command{
		Use:   "criteria",
		Short: "List the catalogue of criteria",
		Args:  arguments(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			words, err := a.words()
			if err != nil {
				return err
			}
			if !slices.Contains(names, format) {
				return usageError{fmt.Errorf("format %q: want one of %s", format, strings.Join(names, ", "))}
			}
			if err := a.atRepository("."); err != nil {
				return err
			}
			criteria, err := policies.Catalogue(a.policyFiles())
			if err != nil {
				return err
			}
			return words.Catalogue(a.stdout, templates.Format(format), criteria, optionsFor(a.stdout))
		},
	}
	command.Flags().StringVarP(&format, "format", "f", "terminal", "`FORMAT`: "+strings.Join(names, ", "))
	a.languageFlag(command)
	complete(command, "format", names)
	return command
}

func (a *app) schema() *cobra.Command {
	return &cobra.Command{
		Use:       "schema NAME",
		Short:     "Print the JSON Schema of " + strings.Join(schema.Names(), ", "),
		Args:      arguments(cobra.ExactArgs(1)),
		ValidArgs: schema.Names(),
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(schema.Names(), args[0]) {
				return usageError{fmt.Errorf("schema %q: want one of %s", args[0], strings.Join(schema.Names(), ", "))}
			}
			reader, err := evaluator.New(a.policyFiles())
			if err != nil {
				return err
			}
			data, err := schema.Schema(args[0], reader.Topics())
			if err == nil {
				_, err = a.stdout.Write(data)
			}
			return err
		},
	}
}

func (a *app) new() *cobra.Command {
	command := &cobra.Command{
		Use:   "new",
		Short: "Make a new dossier or criterion, or waive a finding",
		Args:  func(_ *cobra.Command, args []string) error { return noSuchCommand(args) },
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(&cobra.Command{
		Use:   "dossier DIR",
		Short: "Write DIR/dossier.yaml, with every key explained; an existing one is kept",
		Args:  arguments(cobra.ExactArgs(1)),
		RunE:  func(_ *cobra.Command, args []string) error { return a.newDossier(args[0]) },
	}, a.newWaiver(), a.newCriterion())
	return command
}

func (a *app) newDossier(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make dossier: %w", err)
	}
	name := filepath.Join(folder, "dossier.yaml")
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make dossier: %s exists already", name)
	}
	if err != nil {
		return fmt.Errorf("make dossier: %w", err)
	}
	_, err = file.WriteString(newManifest)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	fmt.Fprintf(a.stdout, "%s\nNext: put the tender documents beside it, fill in what you know, then\n  austauschbar review %s\n", name, folder)
	return nil
}

// newManifest is valid as it stands; what is unknown stays commented out, so
// that it is inferred.
const newManifest = `# yaml-language-server: $schema=https://austauschbar.github.io/schema/dossier.json
# What this dossier says of itself. Everything is optional; what is left out is
# inferred from the documents where they tell. 'austauschbar schema dossier'
# prints the schema.
title: ""
kind: tender              # tender, architecture, both
# regime: vgv             # vgv, uvgo, vob, sektvo, none
stage: draft              # draft, consultation, published, awarded
# started: 2026-11-23     # day the procedure began; decides which law applies
# phase: production       # poc, pilot, production
# service_model: custom   # saas, paas, iaas, on-prem, custom, services
# operator: buyer         # buyer, supplier: who operates the solution
# award: true             # false: no contract is awarded with these documents
# federal: false          # a federal authority buys
# ai: false               # artificial intelligence is bought
complete: false           # true: all documents are here, so silence counts as not met
# language: de            # de, en
# contract:
#   kind: service         # framework, service, purchase
#   start: 2027-04-01
#   months: 48            # fixed term without options
#   options: [12, 12]     # months of each option
# budget:                 # euros without VAT
#   total: 500000
#   maintenance: 60000
# roles:                  # what each document is
#   Leistungsbeschreibung.docx: specification
#   "vertrag/*.pdf": contract
`

var _ bot.Forge = (*local.Forge)(nil)
