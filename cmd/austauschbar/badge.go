package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/templates"
)

// badgeFormats are those of a badge.
var badgeFormats = []string{string(templates.FormatSVG), string(templates.FormatJSON)}

func (a *app) badge() *cobra.Command {
	var format, output, from string
	command := &cobra.Command{
		Use:   "badge [PATH…]",
		Short: "Make a badge of a review's overall result, for a README or a dashboard",
		Long: `Reviews dossiers (default: this folder) and writes the overall result as a badge:
an SVG that needs nothing from elsewhere, or the JSON that shields.io makes a
badge of. Of several dossiers it shows the worst. With --review the result is
taken from a file that 'austauschbar review --format json' wrote.`,
		Example: `  austauschbar badge --output badge.svg tender/
  austauschbar badge --format json --review review.json`,
		RunE: func(command *cobra.Command, args []string) error {
			if !slices.Contains(badgeFormats, format) {
				return usageError{fmt.Errorf("format %q: want one of %s", format, strings.Join(badgeFormats, ", "))}
			}
			if from != "" && len(args) > 0 {
				return usageError{fmt.Errorf("badge: name folders or --review, not both")}
			}
			reviews, err := a.reviewsForBadge(command, args, from)
			if err != nil {
				return err
			}
			words, err := a.words()
			if err != nil {
				return err
			}
			out, finish, err := a.out(output)
			if err != nil {
				return err
			}
			return finish(words.Badge(out, templates.Format(format), reviews))
		},
	}
	set := command.Flags()
	set.StringVarP(&format, "format", "f", "svg", "`FORMAT`: "+strings.Join(badgeFormats, ", "))
	set.StringVarP(&output, "output", "o", "", "`FILE` to write to instead of standard output")
	set.StringVar(&from, "review", "", "take the result from this `FILE` instead of reviewing")
	a.languageFlag(command)
	a.todayFlag(command)
	complete(command, "format", badgeFormats)
	complete(command, "lang", templates.Languages())
	return command
}

func (a *app) reviewsForBadge(command *cobra.Command, args []string, from string) ([]austauschbar.Review, error) {
	if from != "" {
		return readReviews(from)
	}
	var reviews []austauschbar.Review
	for _, asked := range orHere(args) {
		config, root, err := findConfig(asked)
		if err != nil {
			return nil, err
		}
		a.useRepository(root)
		stations, err := a.localStations(command.Context(), judging{profile: config.Profile})
		if err != nil {
			return nil, err
		}
		if same(asked, root) {
			stations.Dossiers = config.Dossiers
		}
		found, err := reviewPath(command.Context(), &local.Forge{Out: io.Discard}, asked, stations)
		if err != nil {
			return nil, err
		}
		reviews = append(reviews, found...)
	}
	return reviews, nil
}

// readReviews reads what 'review --format json' wrote: one review after the other.
func readReviews(name string) ([]austauschbar.Review, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var reviews []austauschbar.Review
	for decoder := json.NewDecoder(file); ; {
		var review austauschbar.Review
		switch err := decoder.Decode(&review); {
		case errors.Is(err, io.EOF):
			return reviews, nil
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", name, err)
		case review.Version != austauschbar.ReviewVersion:
			return nil, fmt.Errorf("read %s: is no review of version %d", name, austauschbar.ReviewVersion)
		}
		reviews = append(reviews, review)
	}
}
