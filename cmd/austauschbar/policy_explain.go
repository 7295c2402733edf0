package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/policies"
)

func (a *app) policyExplain() *cobra.Command {
	var format, folder string
	var deep bool
	command := &cobra.Command{
		Use:   "explain INPUT ID",
		Short: "Tell which lines of a criterion decided about a dossier, with which facts",
		Long: `Judges INPUT, which is a dossier (a folder or document) or what 'austauschbar facts'
printed of one, by the criterion ID, and shows the lines of its rules that came true: those
that led to the rating, to a reason why it does not apply, and to each finding, with the
facts that they had in hand. What was not true is left out. Of the policies' library the
functions are shown that the criterion calls itself.

ID may be that of a finding (ex-02-0123456789): only that finding is shown.`,
		Example: `  austauschbar policy explain examples/fachverfahren EX-02
  austauschbar facts tender/ > facts.json && austauschbar policy explain facts.json EX-02`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(command *cobra.Command, args []string) error {
			if err := checkOutput(format); err != nil {
				return err
			}
			work, err := a.workpiece(given(folder))
			if err != nil {
				return err
			}
			rules, err := rulesOf(command.Context(), work.files)
			if err != nil {
				return err
			}
			dossiers, err := a.factsOf(command.Context(), rules, args[0])
			if err != nil {
				return err
			}
			for _, facts := range dossiers {
				if err := a.explainRules(command.Context(), work, rules, facts, args[1], deep, format); err != nil {
					return err
				}
			}
			return nil
		},
	}
	outputFlag(command, &format)
	command.Flags().StringVar(&folder, "dir", "", "`DIR` of the policies (default: as for the other commands)")
	command.Flags().BoolVar(&deep, "deep", false, "show what the functions of the library call, too")
	a.todayFlag(command)
	return command
}

// given is an argument where there is one.
func given(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// factsOf reads facts that were printed, or finds those of the dossiers at a path.
func (a *app) factsOf(ctx context.Context, r rules, asked string) ([]austauschbar.Facts, error) {
	if printed, ok := printedFacts(asked); ok {
		return []austauschbar.Facts{printed}, nil
	}
	today, err := a.day()
	if err != nil {
		return nil, err
	}
	fetched, err := (&local.Forge{}).Fetch(ctx, austauschbar.Change{Forge: "local", Repository: asked})
	if err != nil {
		return nil, err
	}
	dossiers, err := bot.Dossiers(ctx, fetched.Head, fetched.Prefix, nil)
	if err != nil {
		return nil, err
	}
	var all []austauschbar.Facts
	for _, dossier := range dossiers {
		a.preparePDF(ctx, dossier)
		facts, err := r.reader.Facts(ctx, dossier, today, a.progress())
		if err != nil {
			return nil, fmt.Errorf("find facts in %s: %w", dossier.Path, err)
		}
		all = append(all, facts)
	}
	return all, nil
}

// printedFacts reads a file that 'austauschbar facts' printed; false for any other.
func printedFacts(name string) (facts austauschbar.Facts, ok bool) {
	if filepath.Ext(name) != ".json" {
		return facts, false
	}
	data, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(data, &facts) != nil {
		return austauschbar.Facts{}, false
	}
	return facts, facts.Topics != nil && facts.Clauses != nil
}

func (a *app) explainRules(ctx context.Context, work workpiece, r rules, facts austauschbar.Facts, id string, deep bool, format string) error {
	criterion, finding, err := a.pointOf(ctx, r, facts, id)
	if err != nil {
		return err
	}
	decisions, err := r.judge.Explain(ctx, facts, criterion.ID, deep)
	if err != nil {
		return err
	}
	if finding != nil {
		decisions = slices.DeleteFunc(decisions, func(d policies.Decision) bool { return !leadsTo(d, *finding) })
	}
	if format == "json" {
		return writeIndented(a.stdout, decisions)
	}
	fmt.Fprintf(a.stdout, "%s %s: %s\n", criterion.ID, criterion.Title, criterion.Rating)
	if len(decisions) == 0 {
		fmt.Fprintln(a.stdout, "\nNo rule of it came true.")
	}
	for _, decision := range decisions {
		work.writeDecision(a.stdout, decision)
	}
	return nil
}

// pointOf judges by the criterion that an id names; of a finding's id it returns the
// finding too.
func (a *app) pointOf(ctx context.Context, r rules, facts austauschbar.Facts, id string) (austauschbar.Criterion, *austauschbar.Finding, error) {
	short := id
	if parts := strings.SplitN(id, "-", 3); len(parts) == 3 {
		short = parts[0] + "-" + parts[1]
	}
	review, err := r.judge.Judge(ctx, facts, profileFor("", facts, r.judge.Profiles()), []string{short})
	if err != nil {
		return austauschbar.Criterion{}, nil, err
	}
	criterion := austauschbar.Criterion{ID: strings.ToUpper(short), Rating: "does not belong to this dossier"}
	if len(review.Criteria) > 0 {
		criterion = review.Criteria[0]
	}
	if short == id {
		return criterion, nil, nil
	}
	i := slices.IndexFunc(review.Findings, func(f austauschbar.Finding) bool { return strings.EqualFold(f.ID, id) })
	if i < 0 {
		return criterion, nil, fmt.Errorf("explain %s: there is no such finding in this dossier", id)
	}
	return criterion, &review.Findings[i], nil
}

// leadsTo says whether a decision made a finding: by its code and its place.
func leadsTo(decision policies.Decision, finding austauschbar.Finding) bool {
	if decision.Rule != "findings" || decision.Value != "" && decision.Value != finding.Code {
		return false
	}
	return finding.Evidence == nil || slices.ContainsFunc(decision.Steps, func(step policies.Step) bool {
		return slices.ContainsFunc(step.Facts, func(fact policies.UsedFact) bool {
			return fact.Evidence != nil && fact.Evidence.Path == finding.Evidence.Path && fact.Evidence.Quote == finding.Evidence.Quote
		})
	})
}

func (w workpiece) writeDecision(out io.Writer, decision policies.Decision) {
	fmt.Fprintf(out, "\n%s", decision.Rule)
	if decision.Value != "" {
		fmt.Fprintf(out, ": %s", decision.Value)
	}
	fmt.Fprintln(out)
	file := ""
	for _, step := range decision.Steps {
		indent := strings.Repeat("  ", step.Depth+1)
		for i, line := range step.Lines {
			if line.File != file {
				file = line.File
				fmt.Fprintf(out, "%s%s\n", indent, w.named(file))
			}
			fmt.Fprintf(out, "%s%5d  %s", indent, line.Line, line.Text)
			if i == 0 && step.Above {
				fmt.Fprint(out, "  (see above)")
			}
			fmt.Fprintln(out)
		}
		for _, fact := range step.Facts {
			fmt.Fprintf(out, "%s       · %s\n", indent, factText(fact))
		}
		if step.More > 0 {
			fmt.Fprintf(out, "%s       · and %d more\n", indent, step.More)
		}
	}
}

func factText(fact policies.UsedFact) string {
	text := fact.Name
	if fact.Value != "" {
		text += " = " + fact.Value
	}
	if fact.Evidence != nil {
		text += fmt.Sprintf(": %q (%s)", fact.Evidence.Quote, cmp.Or(fact.Evidence.Place, fact.Evidence.Path))
	}
	return text
}
