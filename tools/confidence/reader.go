package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// neutral is a confidence table under which a review does not hang on what was
// measured before, and findings that a rule itself is unsure of show as 0.
var neutral = map[string]string{
	"confidence/data.yaml":          "bound: 0.5\nunmeasured: 1\ncertainty: {sure: 1, likely: 1, unsure: 0}\n",
	"confidence/measured/data.yaml": "rules: {}\n",
}

// found is what the program says of a document.
type found struct {
	facts  facts
	review review
}

type facts struct {
	Clauses map[string]struct {
		Evidence evidence `json:"evidence"`
		Text     string   `json:"text"`
	} `json:"clauses"`
	Topics   map[string][]hit     `json:"topics"`
	Mentions map[string][]mention `json:"mentions"`
}

type hit struct {
	Clause   string   `json:"clause"`   // id
	Polarity string   `json:"polarity"` // "met", "weak", "risk"
	Evidence evidence `json:"evidence"`
}

type mention struct {
	Name       string   `json:"name"`
	Clause     string   `json:"clause"` // id
	Equivalent bool     `json:"equivalent"`
	Open       bool     `json:"open"`
	Evidence   evidence `json:"evidence"`
}

// evidence leaves out what a review says in its own language.
type evidence struct {
	Path      string `json:"path"`
	Page      int    `json:"page"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	Paragraph int    `json:"paragraph"`
	Cell      string `json:"cell"`
	Quote     string `json:"quote"`
}

type review struct {
	Findings []finding `json:"findings"`
}

type finding struct {
	Criterion  string    `json:"criterion"`
	Code       string    `json:"code"`
	Confidence float64   `json:"confidence"` // 0 or 1, see neutral
	Evidence   *evidence `json:"evidence"`
}

// A reader runs the program with the neutral table laid over its policies.
type reader struct{ program, policies, today string }

func newReader(program, today string) (*reader, error) {
	folder, err := os.MkdirTemp("", "confidence-")
	if err != nil {
		return nil, fmt.Errorf("make neutral policies: %w", err)
	}
	r := &reader{program, folder, today}
	for name, content := range neutral {
		file := filepath.Join(folder, name)
		if err = os.MkdirAll(filepath.Dir(file), 0o755); err == nil {
			err = os.WriteFile(file, []byte(content), 0o644)
		}
		if err != nil {
			r.close()
			return nil, fmt.Errorf("make neutral policies: %w", err)
		}
	}
	return r, nil
}

// close removes the neutral table. What cannot be removed from the system's
// folder for such things does no harm.
func (r *reader) close() { _ = os.RemoveAll(r.policies) }

// criteria lists the ids of all criteria, sorted.
func (r *reader) criteria() ([]string, error) {
	var listed []struct {
		ID string `json:"id"`
	}
	err := r.run(&listed, "criteria", "--format", "json")
	ids := make([]string, len(listed))
	for i, criterion := range listed {
		ids[i] = criterion.ID
	}
	slices.Sort(ids)
	return ids, err
}

func (r *reader) read(document string) (found, error) {
	var f found
	err := r.run(&f.facts, "facts", document)
	if err == nil {
		err = r.run(&f.review, "review", "--policies", r.policies, "--today", r.today, "--format", "json", document)
	}
	return f, err
}

func (r *reader) run(into any, args ...string) error {
	var out, failed bytes.Buffer
	command := exec.Command(r.program, args...)
	command.Stdout, command.Stderr = &out, &failed
	if err := command.Run(); err != nil {
		return fmt.Errorf("run %s: %w: %s", command, err, bytes.TrimSpace(failed.Bytes()))
	}
	if err := json.Unmarshal(out.Bytes(), into); err != nil {
		return fmt.Errorf("read what %s prints: %w", command, err)
	}
	return nil
}
