//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Rows of the table; the ratios are to the first one of their kind.
const (
	reviewWarm = "austauschbar review, PDF reader prepared"
	reviewCold = "austauschbar review, PDF reader not prepared"
	eachFile   = "pdftotext + pandoc, one process a file"
	eachFormat = "pdftotext a file + pandoc a format"
	reviewAll  = "austauschbar review"
	findFacts  = "austauschbar facts"
	judging    = "judging: review less facts"
	opaEval    = "opa eval of all criteria on these facts"
)

// A contender is measured by running its commands one after the other.
type contender struct {
	name     string
	before   func() error // not measured; nil for nothing
	commands []*command
}

// A command is run anew each time.
type command struct {
	args        []string
	environment []string // added to our own
}

// A measurement is one run of a contender.
type measurement struct {
	time   time.Duration
	memory int64 // bytes: the peak of its largest process
}

func (c contender) measure() (measurement, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return measurement{}, err
		}
	}
	var m measurement
	start := time.Now()
	for _, command := range c.commands {
		memory, err := command.run()
		if err != nil {
			return m, fmt.Errorf("run %s: %w", c.name, err)
		}
		m.memory = max(m.memory, memory)
	}
	m.time = time.Since(start)
	return m, nil
}

// run returns the peak memory in bytes.
func (c *command) run() (int64, error) {
	var stderr bytes.Buffer
	process := exec.Command(c.args[0], c.args[1:]...)
	process.Env = append(os.Environ(), c.environment...)
	process.Stderr = &stderr
	if err := process.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w: %s", strings.Join(c.args[:min(len(c.args), 3)], " "), err, strings.TrimSpace(stderr.String()))
	}
	usage, _ := process.ProcessState.SysUsage().(*syscall.Rusage)
	if usage == nil {
		return 0, nil
	}
	return int64(usage.Maxrss) << 10, nil // Linux counts KiB
}

// A corpus is a folder's files that all contenders read, copied, so that nobody
// reads more than the others.
type corpus struct {
	folder string
	byKind map[string][]string // "pdf", "docx", "markdown": paths
	files  int
	bytes  int64
}

var kinds = map[string]string{".pdf": "pdf", ".docx": "docx", ".md": "markdown", ".markdown": "markdown"}

// collect copies the files, and the manifest, to another folder.
func collect(from, to string) (corpus, error) {
	c := corpus{folder: to, byKind: map[string][]string{}}
	err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		kind, known := kinds[strings.ToLower(filepath.Ext(name))]
		if !known && entry.Name() != "dossier.yaml" {
			return nil
		}
		relative, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, relative)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if known {
			c.byKind[kind] = append(c.byKind[kind], target)
			c.files++
			c.bytes += int64(len(data))
		}
		return os.WriteFile(target, data, 0o644)
	})
	if err != nil {
		return c, fmt.Errorf("copy %s: %w", from, err)
	}
	if c.files == 0 {
		return c, fmt.Errorf("copy %s: it holds no PDF, Word or Markdown file", from)
	}
	return c, nil
}

// extraction lists the commands that extract the text of all files: pandoc for
// each file, or once for all files of a format.
func (c corpus) extraction(onceAFormat bool) []*command {
	var commands []*command
	for _, file := range c.byKind["pdf"] {
		commands = append(commands, &command{args: []string{"pdftotext", "-q", file, os.DevNull}})
	}
	for _, kind := range []string{"docx", "markdown"} {
		pandoc := []string{"pandoc", "--quiet", "--file-scope", "--from", kind, "--to", "plain", "--output", os.DevNull}
		files := c.byKind[kind]
		if onceAFormat && len(files) > 0 {
			commands = append(commands, &command{args: slices.Concat(pandoc, files)})
			continue
		}
		for _, file := range files {
			commands = append(commands, &command{args: slices.Concat(pandoc, []string{file})})
		}
	}
	return commands
}

// measure compares all contenders on one folder.
func (b *bench) measure(folder, scratch string) (table, error) {
	same, err := collect(folder, filepath.Join(scratch, "same"))
	if err != nil {
		return table{}, err
	}
	warm, cold, facts := filepath.Join(scratch, "warm"), filepath.Join(scratch, "cold"), filepath.Join(scratch, "facts.json")
	ours := func(cache string, args ...string) []*command {
		return []*command{{args: slices.Concat([]string{b.austauschbar}, args), environment: []string{"XDG_CACHE_HOME=" + cache}}}
	}
	review := func(cache, folder string) []*command {
		return ours(cache, "review", "--output", os.DevNull, folder)
	}
	prepare := contender{name: "preparation", commands: review(warm, folder)}
	if _, err := prepare.measure(); err != nil {
		return table{}, err
	}
	if err := b.saveFacts(folder, facts, warm); err != nil {
		return table{}, err
	}
	results, err := b.takeTurns([]contender{
		{name: reviewWarm, commands: review(warm, same.folder)},
		{name: reviewCold, before: func() error { return os.RemoveAll(cold) }, commands: review(cold, same.folder)},
		{name: eachFile, commands: same.extraction(false)},
		{name: eachFormat, commands: same.extraction(true)},
		{name: reviewAll, commands: review(warm, folder)},
		{name: findFacts, commands: ours(warm, "facts", folder)},
		{name: opaEval, commands: []*command{{args: []string{b.opa, "eval", "--data", filepath.Join(b.policies, "criteria"), "--data", filepath.Join(b.policies, "lib"), "--ignore", "*_test.rego", "--input", facts, "data.policies.criteria"}}}},
	})
	return table{folder: folder, corpus: same, results: results}, err
}

// takeTurns measures each contender in each round.
func (b *bench) takeTurns(contenders []contender) (map[string][]measurement, error) {
	results := map[string][]measurement{}
	for range b.runs {
		for _, contender := range contenders {
			m, err := contender.measure()
			if err != nil {
				return nil, err
			}
			results[contender.name] = append(results[contender.name], m)
		}
	}
	return results, nil
}

func (b *bench) saveFacts(folder, file, cache string) error {
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("save facts: %w", err)
	}
	defer out.Close()
	process := exec.Command(b.austauschbar, "facts", folder)
	process.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
	process.Stdout = out
	if err := process.Run(); err != nil {
		return fmt.Errorf("save facts of %s: %w", folder, err)
	}
	return nil
}
