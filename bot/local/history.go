package local

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

// maxCommits bounds a history, the newest commits first.
const maxCommits = 20_000

// History tells of the commits and tags of the two years before a day; nil where a
// folder is not the root of a Git repository with a commit, or the command git is
// not there.
func History(ctx context.Context, folder string, today time.Time) (*austauschbar.History, error) {
	if prefix, err := git(ctx, folder, "rev-parse", "--show-prefix"); err != nil || len(bytes.TrimSpace(prefix)) > 0 {
		return nil, ctx.Err()
	}
	if _, err := git(ctx, folder, "rev-parse", "--verify", "--quiet", "HEAD"); err != nil {
		return nil, ctx.Err()
	}
	since := today.AddDate(-2, 0, 0).Format(time.DateOnly)
	logged, err := git(ctx, folder, "log", "--use-mailmap", "--no-show-signature", fmt.Sprintf("--max-count=%d", maxCommits), "--since="+since, "--date=short", "--format=%cd%x00%aE%x00%aN", "HEAD", "--")
	if err != nil {
		return nil, fmt.Errorf("list commits of %s: %w", folder, err)
	}
	tagged, err := git(ctx, folder, "for-each-ref", "--format=%(creatordate:short)%00%(refname:short)", "refs/tags")
	if err != nil {
		return nil, fmt.Errorf("list tags of %s: %w", folder, err)
	}
	shallow, err := git(ctx, folder, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", folder, err)
	}
	history := &austauschbar.History{Commits: parseCommits(logged), Tags: []austauschbar.Tag{}, Shallow: strings.TrimSpace(string(shallow)) == "true"}
	for _, line := range linesOf(tagged) {
		if day, name, ok := strings.Cut(line, "\x00"); ok && day >= since {
			history.Tags = append(history.Tags, austauschbar.Tag{Name: name, Day: day})
		}
	}
	return history, nil
}

// parseCommits reads day, address and name of each author, and gives each address a
// number in its place.
func parseCommits(logged []byte) []austauschbar.Commit {
	commits, numbers := []austauschbar.Commit{}, map[string]int{}
	for _, line := range linesOf(logged) {
		fields := strings.SplitN(line, "\x00", 3)
		if len(fields) < 3 {
			continue
		}
		address := strings.ToLower(fields[1])
		if numbers[address] == 0 {
			numbers[address] = len(numbers) + 1
		}
		commits = append(commits, austauschbar.Commit{Day: fields[0], Author: numbers[address], Bot: strings.HasSuffix(fields[2], "[bot]")})
	}
	return commits
}

func linesOf(out []byte) []string {
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
}

// Files lists the files of a folder that belong to its repository: what Git follows
// or would follow, slash-separated and sorted; nil where Git does not know the folder.
func Files(ctx context.Context, folder string) ([]string, error) {
	listed, err := git(ctx, folder, "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", ".")
	if err != nil {
		return nil, ctx.Err()
	}
	return strings.FieldsFunc(string(listed), func(r rune) bool { return r == 0 }), nil
}
