// Package labels reads label files, the gold standard written beside a document
// by somebody who read it, and compares with them what was recognised.
package labels

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Suffix is what a document's name ends in to give that of its label file.
const Suffix = ".labels.yaml"

// A Document is a document and what its reader found in it.
type Document struct {
	Path string `yaml:"-"` // of the document itself

	Complete *bool    `yaml:"complete"` // whether every passage was labelled; nil for yes
	Absent   []string `yaml:"absent"`   // kinds that the reader looked for in vain
	Labels   []Label  `yaml:"labels"`
}

// A Label is one passage.
type Label struct {
	Kind    string `yaml:"kind"`
	Verdict string `yaml:"verdict"` // for exchangeability: "positive", "neutral", "negative"
	Quote   string `yaml:"quote"`   // unchanged; often part of a sentence
}

// Read reads all label files below a folder, in the order of paths. None is an
// error.
func Read(folder string) ([]Document, error) {
	var documents []Document
	err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, Suffix) {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		document := Document{Path: strings.TrimSuffix(name, Suffix)}
		if err := yaml.Unmarshal(data, &document); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		documents = append(documents, document)
		return nil
	})
	if err == nil && len(documents) == 0 {
		err = fmt.Errorf("no *%s in %s", Suffix, folder)
	}
	if err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	return documents, nil
}

// An Outcome is what labels say of something recognised.
type Outcome int

// The outcomes, from nothing said to best. Open is what may be right: a passage
// without a label beside others of its kind, since repetitions are labelled once,
// or one that the reader judged neutral and a rule complains of.
const (
	Unjudged Outcome = iota
	Wrong
	Open
	Right
)

// A Reading is how a passage was understood.
type Reading int

// Speaks says that a passage is about something, Praises and Blames that it is
// good or bad, Accuses that a rule objects to it without any word in it that is bad.
const (
	Speaks Reading = iota
	Praises
	Blames
	Accuses
)

// agreement is what a label's verdict says of a reading of its passage.
var agreement = map[Reading]map[string]Outcome{
	Speaks:  {"positive": Right, "neutral": Right, "negative": Right},
	Praises: {"positive": Right, "neutral": Right, "negative": Wrong},
	Blames:  {"positive": Wrong, "neutral": Right, "negative": Right},
	Accuses: {"positive": Wrong, "neutral": Open, "negative": Right},
}

// Passage compares a passage in which something of these kinds was recognised.
// Without kinds nothing can be said.
func (d *Document) Passage(kinds []string, text string, reading Reading) Outcome {
	near := Near(kinds)
	best, spoken := Unjudged, false
	for _, label := range d.Labels {
		if !slices.Contains(near, label.Kind) {
			continue
		}
		spoken = true
		if Overlap(label.Quote, text) {
			best = max(best, agreement[reading][label.Verdict])
		}
	}
	switch {
	case best != Unjudged || len(kinds) == 0 || d.Complete != nil && !*d.Complete:
		return best
	case spoken && !d.lacks(kinds):
		return Open
	}
	return Wrong
}

// Missing compares the claim that a document says nothing of these kinds. Of a
// shared kind a label may mean something else.
func (d *Document) Missing(kinds []string, shared func(kind string) bool) Outcome {
	outcome := Unjudged
	if d.lacks(kinds) {
		outcome = Right
	}
	for _, label := range d.Labels {
		switch {
		case !slices.Contains(kinds, label.Kind):
		case !shared(label.Kind):
			return Wrong
		default:
			outcome = Open
		}
	}
	return outcome
}

func (d *Document) lacks(kinds []string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool { return slices.Contains(d.Absent, kind) })
}
