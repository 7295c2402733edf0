package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/evaluator/waivers"
)

func (a *app) newWaiver() *cobra.Command {
	command := &cobra.Command{
		Use:   "waiver FINDING [PATH]",
		Short: "Add a finding to the dossier's waivers.yaml, to be left as it is for a reason",
		Long: `Reviews the dossier at PATH (default: this folder), finds the finding by its id
(ne-01-0123456789) and adds an entry to the dossier's waivers.yaml, with the
passage and a term of one year. The reason, its text and the approver, who must
be another person than the author, are left to fill in: until then the waiver
does not count.`,
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(command *cobra.Command, args []string) error {
			return a.addWaiver(command.Context(), args[0], orHere(args[1:])[0])
		},
	}
	a.todayFlag(command)
	return command
}

func (a *app) addWaiver(ctx context.Context, id, asked string) error {
	today, err := a.day()
	if err != nil {
		return err
	}
	review, finding, err := a.findFinding(ctx, id, asked)
	if err != nil {
		return fmt.Errorf("waive %s: %w", id, err)
	}
	folder := filepath.FromSlash(review.Dossier.Path)
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		return usageError{fmt.Errorf("waive %s: %s is a document; name the dossier's folder", id, asked)}
	}
	i := slices.IndexFunc(review.Waivers, func(w austauschbar.WaiverState) bool { return slices.Contains(w.Findings, finding.ID) })
	name := filepath.Join(folder, waivers.Name)
	if i >= 0 {
		return fmt.Errorf("waive %s: %s has an entry for it already (%s); change that one", id, name, review.Waivers[i].State)
	}
	waiver := waiverFor(finding, today, gitUser(ctx, folder))
	if err := appendWaiver(name, waiver); err != nil {
		return fmt.Errorf("waive %s: %w", id, err)
	}
	missing := "reason, text, evidence, author and approver"
	if waiver.Author != "" {
		missing = "reason, text, evidence and approver; the author is " + waiver.Author
	}
	fmt.Fprintf(a.stdout, `%s
Fill in %s.
The waiver counts from %s until before %s, once somebody other than the author
has approved it. Reasons:
  track_1      justified by the subject of the contract, § 31 (6) sentence 1 VgV
  track_2      not to be described otherwise, "or equivalent" added, § 31 (6) sentence 2 VgV
  uvgo_23_5    objective reason, such as integration, § 23 (5) UVgO
  sole_source  only one undertaking, no alternative, § 14 (4) no. 2 with (6) VgV
  poc          proof of concept for a limited time
  other        anything else
Then
  austauschbar review %s
`, name, missing, waiver.Date, waiver.Expires, folder)
	return nil
}

// findFinding reviews what lies at a path and looks for a finding. The error
// says that there is none, or that several dossiers have one of that id.
func (a *app) findFinding(ctx context.Context, id, asked string) (austauschbar.Review, austauschbar.Finding, error) {
	var in []austauschbar.Review
	var found []austauschbar.Finding
	config, root, err := findConfig(asked)
	if err != nil {
		return austauschbar.Review{}, austauschbar.Finding{}, err
	}
	stations, err := a.localStations(ctx, judging{})
	if err != nil {
		return austauschbar.Review{}, austauschbar.Finding{}, err
	}
	if same(asked, root) {
		stations.Dossiers = config.Dossiers
	}
	reviews, err := reviewPath(ctx, &local.Forge{Out: a.stderr}, asked, stations)
	if err != nil {
		return austauschbar.Review{}, austauschbar.Finding{}, err
	}
	for _, review := range reviews {
		for _, finding := range review.Findings {
			if strings.EqualFold(finding.ID, id) {
				in, found = append(in, review), append(found, finding)
			}
		}
	}
	switch len(found) {
	case 0:
		return austauschbar.Review{}, austauschbar.Finding{}, fmt.Errorf("%s has no such finding (it may be fixed, or stand in another dossier)", asked)
	case 1:
		return in[0], found[0], nil
	}
	var paths []string
	for _, review := range in {
		paths = append(paths, review.Dossier.Path)
	}
	return austauschbar.Review{}, austauschbar.Finding{}, usageError{fmt.Errorf("several dossiers have it (%s); name one", strings.Join(paths, ", "))}
}

// waiverFor is a waiver of one year, from a day on, still without reasons.
func waiverFor(finding austauschbar.Finding, today time.Time, author string) austauschbar.WaiverRecord {
	waiver := austauschbar.WaiverRecord{
		Criterion: finding.Criterion, Finding: finding.ID, Author: author,
		Date: today.Format(time.DateOnly), Expires: today.AddDate(1, 0, 0).Format(time.DateOnly),
	}
	if finding.Evidence != nil && finding.Evidence.Quote != "" {
		waiver.Passage, waiver.Hash = finding.Evidence.Quote, austauschbar.PassageHash(finding.Evidence.Quote)
	}
	return waiver
}

// appendWaiver never leaves the file half written.
func appendWaiver(name string, waiver austauschbar.WaiverRecord) error {
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read waivers: %w", err)
	}
	after, err := waivers.Append(before, waiver)
	if err != nil {
		return fmt.Errorf("add to %s: %w", name, err)
	}
	err = writeFile(name, func(out io.Writer) error {
		_, err := out.Write(after)
		return err
	})
	if err != nil {
		return fmt.Errorf("write waivers: %w", err)
	}
	return nil
}

// gitUser is the name that Git would write into a commit in a folder; "" where
// there is no Git or no name.
func gitUser(ctx context.Context, folder string) string {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, "git", "config", "--get", "user.name")
	command.Dir = folder
	name, err := command.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(name))
}
