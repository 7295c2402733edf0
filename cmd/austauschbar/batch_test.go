package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/schema"
)

// tenders makes a folder of small dossiers.
func tenders(t *testing.T, count int) string {
	t.Helper()
	folder := t.TempDir()
	for i := range count {
		at := filepath.Join(folder, fmt.Sprintf("verfahren-%03d", i))
		text := fmt.Sprintf("# Verfahren %d\n\nDie Datenbank Oracle Database %d ist einzusetzen.\n\nEin Exit-Konzept ist nach %d Tagen vorzulegen.\n", i, i, i)
		if err := os.MkdirAll(at, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(at, "Leistungsbeschreibung.md"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// batchProcess is the command in a process of its own.
func batchProcess(ctx context.Context, t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(ctx, self, append([]string{"batch", "--today", "2026-11-23", "--only", "EX-02,NE-01"}, args...)...)
	command.Env = append(os.Environ(), "AUSTAUSCHBAR_TEST=1")
	return command
}

func mustRun(t *testing.T, command *exec.Cmd) {
	t.Helper()
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

func sameBatch(t *testing.T, want, got string) {
	t.Helper()
	for _, name := range []string{"results.jsonl", "summary.json", "overview.html"} {
		a, errA := os.ReadFile(filepath.Join(want, name))
		b, errB := os.ReadFile(filepath.Join(got, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs: %v, %v", name, errA, errB)
		}
	}
}

// A batch whose process is killed while it works goes on as if it had not been; each of
// its lines is as the schema says.
func TestBatchKilled(t *testing.T) {
	t.Parallel()
	const all = 150 // none takes long, and on a busy machine the kill comes late
	folder, whole, killed := tenders(t, all), t.TempDir(), t.TempDir()
	mustRun(t, batchProcess(t.Context(), t, "--output", whole, folder))
	for kills := 0; kills < 2; kills++ {
		before := countLines(filepath.Join(killed, "journal.jsonl"))
		command := batchProcess(t.Context(), t, "--jobs", "1", "--output", killed, folder)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(time.Minute); countLines(filepath.Join(killed, "journal.jsonl")) < before+3; {
			if time.Now().After(end) {
				t.Fatal("nothing is written in a minute")
			}
			time.Sleep(time.Millisecond)
		}
		if err := command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = command.Wait()
	}
	if done := countLines(filepath.Join(killed, "journal.jsonl")); done >= all {
		t.Fatalf("%d of %d were done when it was killed", done, all)
	}
	mustRun(t, batchProcess(t.Context(), t, "--output", killed, folder))
	sameBatch(t, whole, killed)
	data, err := os.ReadFile(filepath.Join(whole, "results.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var any map[string]any
		if err := schema.Decode(schema.Batch, []byte(line), &any); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
}

// countLines counts those of a file; 0 where it is not there.
func countLines(name string) int {
	data, _ := os.ReadFile(name)
	return bytes.Count(data, []byte("\n"))
}

// Two processes that share a PostgreSQL, one of them killed and begun anew, each end
// with what one alone ends with.
func TestBatchPostgres(t *testing.T) {
	t.Parallel()
	database := newPostgres(t)
	folder, whole := tenders(t, 40), t.TempDir()
	mustRun(t, batchProcess(t.Context(), t, "--output", whole, folder))
	outputs := []string{t.TempDir(), t.TempDir()}
	first := batchProcess(t.Context(), t, "--database", database, "--output", outputs[0], folder)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	_ = batchProcess(ctx, t, "--database", database, "--output", outputs[1], folder).Run() // killed, unless it was faster
	mustRun(t, batchProcess(t.Context(), t, "--database", database, "--output", outputs[1], folder))
	if err := first.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, output := range outputs {
		sameBatch(t, whole, output)
	}
}
