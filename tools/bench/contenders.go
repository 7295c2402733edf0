//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A contender is measured by running its commands one after the other, or so many side
// by side.
type contender struct {
	name     string
	commands []*command
	abreast  int // 0 for one after the other
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
	memories, failed := make([]int64, len(c.commands)), make([]error, len(c.commands))
	places := make(chan struct{}, max(c.abreast, 1))
	var group sync.WaitGroup
	start := time.Now()
	for i, command := range c.commands {
		places <- struct{}{}
		group.Go(func() {
			memories[i], failed[i] = command.run()
			<-places
		})
	}
	group.Wait()
	m := measurement{time: time.Since(start)}
	for _, memory := range memories {
		m.memory = max(m.memory, memory)
	}
	if err := errors.Join(failed...); err != nil {
		return m, fmt.Errorf("run %s: %w", c.name, err)
	}
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
	byKind map[string][]string // "pdf", "docx", "odt", "markdown": paths
	files  int
	bytes  int64
}

var kinds = map[string]string{".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".md": "markdown", ".markdown": "markdown"}

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

// extraction lists the commands that extract the text of all files, one process each.
func (c corpus) extraction() []*command {
	var commands []*command
	for _, kind := range slices.Sorted(maps.Keys(c.byKind)) {
		for _, file := range c.byKind[kind] {
			if kind == "pdf" {
				commands = append(commands, &command{args: []string{"pdftotext", "-q", file, os.DevNull}})
			} else {
				commands = append(commands, &command{args: []string{"pandoc", "--from", kind, "--to", "plain", "--output", os.DevNull, file}})
			}
		}
	}
	return commands
}

// takeTurns measures each contender in each round, so that a busy moment meets all
// of them.
func (b *bench) takeTurns(contenders ...contender) (map[string][]measurement, error) {
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

// ours is one run of austauschbar, with the PDF reader's cache warm.
func (b *bench) ours(args ...string) []*command {
	return []*command{{args: append([]string{b.austauschbar}, args...), environment: []string{"XDG_CACHE_HOME=" + filepath.Join(b.scratch, "cache")}}}
}

func (b *bench) review(folders ...string) []*command {
	return b.ours(append([]string{"review", "--output", os.DevNull}, folders...)...)
}

// facts returns what austauschbar finds in a folder or file.
func (b *bench) facts(path string) ([]byte, error) {
	process := exec.Command(b.austauschbar, "facts", path)
	process.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(b.scratch, "cache"))
	out, err := process.Output()
	if err != nil {
		return nil, fmt.Errorf("find facts of %s: %w", path, err)
	}
	return out, nil
}
