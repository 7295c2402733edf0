//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// measureDossier compares a review of the mixed dossier with the mere extraction of its
// text. Spreadsheets are reviewed in a line of their own: pandoc reads none.
func (b *bench) measureDossier(t *table, sources []string) error {
	odt, err := b.readsODT()
	if err != nil {
		return err
	}
	folder := filepath.Join(b.work, "dossier")
	if t.dossier, err = mix(folder, sources, odt); err != nil {
		return err
	}
	same, err := collect(folder, filepath.Join(b.scratch, "same"))
	if err != nil {
		return err
	}
	prepare := contender{name: "preparation", commands: b.review(folder)}
	if _, err := prepare.measure(); err != nil {
		return err
	}
	results, err := b.takeTurns(
		contender{name: "ours", commands: b.review(same.folder)},
		contender{name: "theirs", commands: same.extraction()},
		contender{name: "abreast", commands: same.extraction(), abreast: 2},
		contender{name: "all", commands: b.review(folder)},
	)
	if err != nil {
		return err
	}
	ours, theirs := middle(results["ours"]), middle(results["theirs"])
	t.add("review of the mixed dossier, new process", results["ours"], ratioTo(ours, theirs, "pdftotext + pandoc"), atMost(1, ours.Seconds()/theirs.Seconds(), "of theirs"))
	t.add("  pdftotext + pandoc, one file after the other", results["theirs"], "", nothing)
	t.add("  pdftotext + pandoc, two files at a time", results["abreast"], ratioTo(ours, middle(results["abreast"]), "these"), nothing)
	t.add("  review with its spreadsheets", results["all"], "", atMost(512, float64(memoryOf(results["all"]))/1e6, "MB"))
	return nil
}

// readsODT says whether the program reads OpenDocument texts.
func (b *bench) readsODT() (bool, error) {
	odt := filepath.Join(b.scratch, "probe.odt")
	if err := probe(odt); err != nil {
		return false, err
	}
	out, err := b.facts(odt)
	if err != nil {
		return false, err
	}
	var facts struct {
		Documents []json.RawMessage `json:"documents"`
	}
	err = json.Unmarshal(out, &facts)
	return len(facts.Documents) > 0, err
}

// measureGo adds what Go benchmarks tell.
func (b *bench) measureGo(t *table) error {
	found, err := runGo()
	if err != nil {
		return err
	}
	cold, again := found["Push/example/cold"]["ns/op"], found["Push/example/one_file"]
	t.tell("push to a server, forty files, all new", fmt.Sprintf("%.2f s", cold/1e9), "", nothing)
	t.tell("  one of them edited", fmt.Sprintf("%.3f s", again["ns/op"]/1e9), fmt.Sprintf("%.2f of all new", again["of-cold"]), atMost(0.1, again["of-cold"], "of all new"))
	base := found["Scan/5000"]["MB/core-s"]
	for _, terms := range []string{"500", "5000", "50000"} {
		rate, kept := found["Scan/"+terms]["MB/core-s"], nothing
		switch terms {
		case "5000":
			kept = atLeast(100, rate, "MB/s")
		case "50000":
			kept = atMost(2, base/rate, "× the time of 5000")
		}
		t.tell("matching, "+terms+" terms, a core's time", fmt.Sprintf("%.0f MB/s", rate), fmt.Sprintf("%.2f × the time of 5000", base/rate), kept)
	}
	for _, kind := range []struct {
		name   string
		budget float64
	}{{"ordinary", 20}, {"dense", 10}} {
		rate := found["Walk/"+kind.name]["MB/core-s"]
		t.tell("finding facts in "+kind.name+" text, a core's time", fmt.Sprintf("%.1f MB/s", rate), "", atLeast(kind.budget, rate, "MB/s"))
	}
	few, many := found["Judge/2000"]["ns/op"]/1e9, found["Judge/20000"]["ns/op"]/1e9
	t.tell("judging 2,000 clauses", fmt.Sprintf("%.2f s", few), "", nothing)
	t.tell("judging 20,000 clauses", fmt.Sprintf("%.2f s", many), fmt.Sprintf("%.1f × 2,000", many/few), atMost(1, many, "s"))
	return nil
}

// measureJudging compares what a review takes longer than finding the facts with opa
// eval of all criteria on the same facts.
func (b *bench) measureJudging(t *table) error {
	for _, count := range []int{2_000, 20_000} {
		document, facts := filepath.Join(b.scratch, fmt.Sprintf("%d.md", count)), filepath.Join(b.scratch, fmt.Sprintf("%d.json", count))
		if err := os.WriteFile(document, clauses(count), 0o644); err != nil {
			return fmt.Errorf("write clauses: %w", err)
		}
		found, err := b.facts(document)
		if err != nil {
			return err
		}
		if err := os.WriteFile(facts, found, 0o644); err != nil {
			return fmt.Errorf("save facts: %w", err)
		}
		results, err := b.takeTurns(
			contender{name: "review", commands: b.review(document)},
			contender{name: "facts", commands: b.ours("facts", document)},
			contender{name: "opa", commands: []*command{{args: []string{b.opa, "eval", "--data", filepath.Join(b.policies, "criteria"), "--data", filepath.Join(b.policies, "lib"), "--data", "confidence:" + filepath.Join(b.policies, "confidence"), "--ignore", "*_test.rego", "--input", facts, "data.policies.criteria"}}}},
		)
		if err != nil {
			return err
		}
		review, theirs := middle(results["review"]), middle(results["opa"])
		t.add(fmt.Sprintf("review of %d clauses in Markdown, new process", count), results["review"], ratioTo(review, theirs, "opa eval"), nothing)
		t.add("  their facts, printed", results["facts"], fmt.Sprintf("%d in them", bytes.Count(found, []byte(`"polarity"`))+bytes.Count(found, []byte(`"yardstick"`))), nothing)
		t.add("  opa eval of all criteria on these facts", results["opa"], "", nothing)
	}
	return nil
}

// measureGrowth reviews one, ten and a hundred copies of a dossier.
func (b *bench) measureGrowth(t *table, dossier string) error {
	var one time.Duration
	for _, count := range []int{1, 10, 100} {
		var folders []string
		for i := range count {
			folder := filepath.Join(b.scratch, "many", fmt.Sprintf("%03d", i))
			if err := os.CopyFS(folder, os.DirFS(dossier)); err != nil && !os.IsExist(err) {
				return fmt.Errorf("copy dossier: %w", err)
			}
			folders = append(folders, folder)
		}
		results, err := b.takeTurns(contender{name: "review", commands: b.review(folders...)})
		if err != nil {
			return err
		}
		took := middle(results["review"])
		if count == 1 {
			one = took
		}
		t.add(fmt.Sprintf("review of %d dossiers, one process", count), results["review"], ratioTo(took, one, "one"), atMost(512, float64(memoryOf(results["review"]))/1e6, "MB"))
	}
	return nil
}

// measureStart times a command that reads no dossier.
func (b *bench) measureStart(t *table) error {
	results, err := b.takeTurns(contender{name: "criteria", commands: b.ours("criteria", "--format", "json")})
	if err != nil {
		return err
	}
	took := middle(results["criteria"])
	t.add("start: austauschbar criteria", results["criteria"], "", atMost(150, float64(took.Milliseconds()), "ms"))
	return nil
}
