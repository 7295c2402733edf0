package local

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/forgetest"
)

// countingWriter counts the writes that it passes on.
type countingWriter struct {
	io.Writer
	writes int
}

func (w *countingWriter) Write(data []byte) (int, error) {
	w.writes++
	return w.Writer.Write(data)
}

// Whatever a review has to show, its summary is written, once, and nothing else.
func TestWritesOnce(t *testing.T) {
	folder := t.TempDir()
	for name, content := range forgetest.Base() {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	asked := forgetest.Findings(2)
	asked.Answer = func(bot.Request) string { return "an answer" }
	for name, test := range map[string]struct {
		wanted bot.Wanted
		writes int
	}{
		"nothing to say":   {bot.Wanted{Settled: "settled", Check: bot.Check{Conclusion: "success"}}, 0},
		"without findings": {forgetest.Findings(0), 1},
		"with findings":    {forgetest.Findings(3), 1},
		"500 findings":     {forgetest.Findings(500), 1},
		"with answers":     {asked, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var written strings.Builder
			out := &countingWriter{Writer: &written}
			forge := &Forge{Out: out}
			fetched, err := forge.Fetch(t.Context(), austauschbar.Change{Forge: "local", Repository: folder})
			if err != nil {
				t.Fatal(err)
			}
			if err := bot.Publish(t.Context(), forge, fetched.Change, test.wanted, fetched.Diff); err != nil {
				t.Fatal(err)
			}
			if out.writes != test.writes || written.String() != test.wanted.Summary {
				t.Errorf("%d writes, want %d: %q", out.writes, test.writes, written.String())
			}
		})
	}
}

// What is asked of a forge beyond its summary, it refuses rather than lose it.
func TestTakesNothingElse(t *testing.T) {
	forge := &Forge{Out: io.Discard}
	for _, operation := range []bot.Operation{bot.EditSummary{ID: "1", Body: "S"}, bot.CreateReview{}, bot.SetCheck{}, bot.SetLabels{}} {
		if err := forge.Apply(t.Context(), austauschbar.Change{}, operation); err == nil {
			t.Errorf("%T is taken", operation)
		}
	}
}
