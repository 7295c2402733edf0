package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/local"
	"github.com/austauschbar/austauschbar/templates"
)

// runHTML writes a report of each dossier: one to a file or standard output, several
// into a folder. A report holds the documents' text, so that each goes into the file of
// its own procedure and nowhere else.
func (a *app) runHTML(ctx context.Context, paths []string, run localRun) error {
	options, err := converting(run.flags.convert)
	if err != nil {
		return err
	}
	stations, reader, err := a.localRules(ctx, judging{profile: run.flags.profile, only: run.flags.only}, options...)
	if err != nil {
		return err
	}
	var dossiers []austauschbar.Dossier // of the reviews, in their order
	read := stations.Read
	stations.Read = func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
		// The base, which has the same path, is read later.
		if !slices.ContainsFunc(dossiers, func(d austauschbar.Dossier) bool { return d.Path == dossier.Path }) {
			dossiers = append(dossiers, dossier)
		}
		return read(ctx, dossier)
	}
	reviews, err := reviewAll(ctx, &local.Forge{Out: io.Discard, Base: run.flags.base}, paths, stations, run.root, run.config.Dossiers)
	if err != nil {
		return err
	}
	files, err := reportFiles(run.flags.output, reviews)
	if err != nil {
		return err
	}
	for i, review := range reviews {
		at := slices.IndexFunc(dossiers, func(d austauschbar.Dossier) bool { return d.Path == review.Dossier.Path })
		texts := reader.Texts(ctx, dossiers[at])
		if err := a.writeHTML(run.words, files[i], review, texts); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(reviews, run.fails) {
		return errFailOn
	}
	return nil
}

// writeHTML writes one report to a file; to standard output for "".
func (a *app) writeHTML(words *templates.Words, file string, review austauschbar.Review, texts iter.Seq2[austauschbar.DocumentText, error]) error {
	filled, err := words.Fill(review)
	if err != nil {
		return err
	}
	filled.Dossier.Path = fromHere(review.Dossier.Path)
	out, finish, err := a.out(file)
	if err != nil {
		return err
	}
	return finish(words.HTML(out, filled, texts))
}

// reportFiles names the file of each review's report: the one asked for, or one in the
// folder asked for.
func reportFiles(output string, reviews []austauschbar.Review) ([]string, error) {
	info, err := os.Stat(output)
	folder := strings.HasSuffix(output, "/") || err == nil && info.IsDir()
	switch {
	case !folder && len(reviews) > 1:
		return nil, usageError{fmt.Errorf("--format html: %d dossiers make %d reports: name a folder with --output, such as reports/", len(reviews), len(reviews))}
	case !folder:
		return []string{output}[:len(reviews)], nil
	}
	if err := os.MkdirAll(output, 0o755); err != nil { // #nosec G301 -- as the user's umask says
		return nil, fmt.Errorf("write review: %w", err)
	}
	var files []string
	for _, review := range reviews {
		name := fileName(review.Dossier.Path)
		for i := 2; slices.Contains(files, filepath.Join(output, name+".html")); i++ {
			name = fmt.Sprintf("%s-%d", fileName(review.Dossier.Path), i)
		}
		files = append(files, filepath.Join(output, name+".html"))
	}
	return files, nil
}

// fileName makes the name of a file of a dossier's path, from its last part on.
func fileName(at string) string {
	if absolute, err := filepath.Abs(at); err == nil {
		at = absolute
	}
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r) {
			return r
		}
		return '-'
	}, filepath.Base(at))
	if name = strings.TrimLeft(name, ".-"); name == "" {
		return "review"
	}
	return name
}
