// Command batch makes many small dossiers and measures 'austauschbar batch' over them:
// how many a second, and whether memory stays flat. A batch that is killed several
// times and goes on must end with the same bytes as one that is left alone.
//
//	batch -austauschbar PROGRAM [-conftest PROGRAM] [-dossiers 1000,10000] [-work tmp/batch]
//
// With conftest, the rules judge the same facts there, to compare the rate with.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	austauschbar := flag.String("austauschbar", "./austauschbar", "`PROGRAM` to measure")
	conftest := flag.String("conftest", "", "`PROGRAM` to compare judging with; none where it is empty")
	policies := flag.String("policies", "policies", "`DIR` of the rules that conftest judges by")
	counts := flag.String("dossiers", "1000,10000", "`COUNTS` of dossiers")
	work := flag.String("work", "tmp/batch", "`DIR` for dossiers and results")
	flag.Parse()
	if err := measure(*austauschbar, *conftest, *policies, *counts, *work); err != nil {
		fmt.Fprintln(os.Stderr, "batch:", err)
		os.Exit(1)
	}
}

func measure(program, conftest, policies, counts, work string) error {
	load, _ := os.ReadFile("/proc/loadavg") // "" where there is none
	fmt.Printf("load before: %s\n", strings.TrimSpace(string(load)))
	for text := range strings.SplitSeq(counts, ",") {
		count, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("-dossiers %q: %w", text, err)
		}
		folder := filepath.Join(work, text)
		if err := dossiers(folder, count); err != nil {
			return err
		}
		if err := one(program, folder, count); err != nil {
			return err
		}
	}
	first, _, _ := strings.Cut(counts, ",")
	if err := killed(program, filepath.Join(work, first)); err != nil {
		return err
	}
	if conftest == "" {
		return nil
	}
	return compare(program, conftest, policies, filepath.Join(work, first))
}

// sentences that dossiers are made of; each dossier has others, with its own number.
var sentences = []string{
	"Der Auftragnehmer legt ein Exit-Konzept vor, das die Rückgabe aller Daten in %d Tagen regelt.",
	"Alle Daten sind im Format CSV oder JSON vollständig zu exportieren, spätestens nach %d Tagen.",
	"Die Datenbank Oracle Database %d ist einzusetzen.",
	"Der Vertrag läuft %d Monate und verlängert sich nicht.",
	"Die Schnittstellen sind nach OpenAPI zu beschreiben; Änderungen sind %d Wochen vorher anzukündigen.",
	"Es sind %d Lizenzen für Microsoft 365 zu liefern.",
	"Der Quellcode ist nach Abnahme unter der EUPL-1.2 zu übergeben, in höchstens %d Lieferungen.",
	"Ein Anbieterwechsel ist mit einer Frist von %d Wochen zu unterstützen.",
	"Die Anwendung läuft in Containern auf mindestens %d Umgebungen.",
	"Eine Software-Stückliste im Format SPDX liegt jeder der %d Lieferungen bei.",
}

// dossiers makes a folder of so many, unless it is there.
func dossiers(folder string, count int) error {
	if _, err := os.Stat(filepath.Join(folder, "made")); err == nil {
		return nil
	}
	for i := range count {
		at := filepath.Join(folder, "dossiers", fmt.Sprintf("verfahren-%05d", i))
		if err := os.MkdirAll(at, 0o755); err != nil {
			return err
		}
		var specification, contract bytes.Buffer
		fmt.Fprintf(&specification, "# Leistungsbeschreibung %d\n\n", i)
		fmt.Fprintf(&contract, "# Vertrag %d\n\n", i)
		for j := range 6 {
			fmt.Fprintf(&specification, sentences[(i+j*(1+i%7))%len(sentences)]+"\n\n", 2+(i+j)%90)
			fmt.Fprintf(&contract, sentences[(i/3+j)%len(sentences)]+"\n\n", 2+(i*3+j)%90)
		}
		for name, text := range map[string][]byte{"Leistungsbeschreibung.md": specification.Bytes(), "Vertrag.md": contract.Bytes()} {
			if err := os.WriteFile(filepath.Join(at, name), text, 0o644); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(folder, "made"), nil, 0o644)
}

func batch(ctx context.Context, program, folder, results string) *exec.Cmd {
	command := exec.CommandContext(ctx, program, "batch", "--today", "2026-11-23", "--output", filepath.Join(folder, results), filepath.Join(folder, "dossiers"))
	command.Stderr = os.Stderr
	return command
}

// one measures a batch that is left alone.
func one(program, folder string, count int) error {
	if err := os.RemoveAll(filepath.Join(folder, "one")); err != nil {
		return err
	}
	command, begun := batch(context.Background(), program, folder, "one"), time.Now()
	if err := command.Run(); err != nil {
		return fmt.Errorf("batch of %d: %w", count, err)
	}
	took := time.Since(begun)
	line := fmt.Sprintf("%6d dossiers, %6d documents: %7.1f s, %6.1f dossiers and %6.1f documents a second", count, 2*count, took.Seconds(), float64(count)/took.Seconds(), 2*float64(count)/took.Seconds())
	fmt.Println(line + used(command))
	return nil
}

// used tells what a command took of the machine. Core time says more than wall time
// where others want the cores too.
func used(command *exec.Cmd) string {
	state := command.ProcessState
	text := fmt.Sprintf(", %.1f s of cores", (state.UserTime() + state.SystemTime()).Seconds())
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		text += fmt.Sprintf(", peak memory %d MB", usage.Maxrss>>10)
	}
	return text
}

// killed kills a batch again and again, and compares what comes of it.
func killed(program, folder string) error {
	if err := os.RemoveAll(filepath.Join(folder, "killed")); err != nil {
		return err
	}
	kills := 0
	for patience := 2 * time.Second; ; patience += 500 * time.Millisecond {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		err := batch(ctx, program, folder, "killed").Run() // ends with SIGKILL
		late := ctx.Err() != nil
		cancel()
		if err == nil {
			break
		}
		if !late {
			return fmt.Errorf("batch that is killed: %w", err)
		}
		kills++
	}
	for _, name := range []string{"results.jsonl", "summary.json", "overview.html"} {
		want, err := os.ReadFile(filepath.Join(folder, "one", name))
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(folder, "killed", name))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s of a batch killed %d times is another", name, kills)
		}
	}
	fmt.Printf("killed %d times: the same bytes\n", kills)
	return nil
}

// compared is how many dossiers conftest judges: it keeps them all in memory.
const compared = 200

// wrapper makes conftest ask for the ratings of all criteria, as it asks for denials.
const wrapper = `package conftest

deny contains id if {
	some group, names in data.policies.criteria
	some name, criterion in names
	criterion.rating != "met"
	id := sprintf("%s/%s", [group, name])
}
`

func compare(program, conftest, policies, folder string) error {
	facts, rules := filepath.Join(folder, "facts"), filepath.Join(folder, "rules")
	if err := os.MkdirAll(facts, 0o755); err != nil {
		return err
	}
	var files []string
	for i := range compared {
		name := fmt.Sprintf("verfahren-%05d", i)
		out, err := exec.Command(program, "facts", "--today", "2026-11-23", filepath.Join(folder, "dossiers", name)).Output()
		if err != nil {
			return fmt.Errorf("facts of %s: %w", name, err)
		}
		file := filepath.Join(facts, name+".json")
		if err := os.WriteFile(file, out, 0o644); err != nil {
			return err
		}
		files = append(files, file)
	}
	if err := copyRules(policies, rules); err != nil {
		return err
	}
	args := append([]string{"test", "--policy", rules, "--data", filepath.Join(rules, "data"), "--namespace", "conftest", "--no-fail", "--output", "json"}, files...)
	command, begun := exec.Command(conftest, args...), time.Now()
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return fmt.Errorf("conftest: %w", err)
	}
	took := time.Since(begun)
	if !bytes.Contains(out, []byte("exchangeability/")) {
		return errors.New("conftest judged nothing")
	}
	fmt.Printf("conftest test over the facts of %d of these: %.1f s, %.1f dossiers a second%s\n", compared, took.Seconds(), compared/took.Seconds(), used(command))
	return subset(program, folder)
}

// subset measures our batch over what conftest judged.
func subset(program, folder string) error {
	small := filepath.Join(folder, "subset")
	if err := os.RemoveAll(small); err != nil {
		return err
	}
	for i := range compared {
		name := fmt.Sprintf("verfahren-%05d", i)
		if err := os.CopyFS(filepath.Join(small, "dossiers", name), os.DirFS(filepath.Join(folder, "dossiers", name))); err != nil {
			return err
		}
	}
	return one(program, small, compared)
}

// copyRules copies criteria and what they look up, without tests, and adds the wrapper.
func copyRules(policies, rules string) error {
	if err := os.RemoveAll(rules); err != nil {
		return err
	}
	err := filepath.WalkDir(policies, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		below, err := filepath.Rel(policies, name)
		if err != nil {
			return err
		}
		top, _, _ := strings.Cut(filepath.ToSlash(below), "/")
		switch {
		case top == "confidence":
			below = filepath.Join("data", below)
		case top != "criteria" && top != "lib" || !strings.HasSuffix(name, ".rego") || strings.HasSuffix(name, "_test.rego"):
			return nil
		}
		data, err := os.ReadFile(name)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(rules, below)), 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(rules, below), data, 0o644)
		}
		return err
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(rules, "conftest.rego"), []byte(wrapper), 0o644)
}
