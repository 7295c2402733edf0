package local

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

func TestParseCommits(t *testing.T) {
	logged := "2026-11-01\x00A@example.org\x00A. Beispiel\n2026-10-31\x00renovate@example.org\x00renovate[bot]\n2026-10-30\x00a@example.org\x00Anna\n"
	want := []austauschbar.Commit{{Day: "2026-11-01", Author: 1}, {Day: "2026-10-31", Author: 2, Bot: true}, {Day: "2026-10-30", Author: 1}}
	if diff := cmp.Diff(want, parseCommits([]byte(logged))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := parseCommits(nil); got == nil || len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// Git's silence is told from an empty history, and stopping from both.
func TestNoRepository(t *testing.T) {
	folder := t.TempDir()
	history, err := History(t.Context(), folder, time.Now())
	if history != nil || err != nil {
		t.Errorf("history %+v, %v", history, err)
	}
	files, err := Files(t.Context(), folder)
	if files != nil || err != nil {
		t.Errorf("files %v, %v", files, err)
	}
}
