package evaluator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

// The example dossier, from bytes in memory to facts.
func BenchmarkFacts(b *testing.B) {
	e, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	files, err := filepath.Glob("../examples/fachverfahren/*")
	if err != nil {
		b.Fatal(err)
	}
	var dossier austauschbar.Dossier
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		dossier.Documents = append(dossier.Documents, austauschbar.Document{Path: filepath.Base(file), Size: int64(len(data)), Load: func(context.Context) ([]byte, error) { return data, nil }})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Facts(b.Context(), dossier, time.Now(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// A dossier of 40 documents reviewed after a push: nothing known, one document
// changed, nothing changed. "of_cold" is the share of the time that the first takes.
func BenchmarkFactsAgain(b *testing.B) {
	loads := new(atomic.Int64)
	example := folder(b, "../examples/fachverfahren", loads)
	example.Documents = slices.DeleteFunc(example.Documents, func(d austauschbar.Document) bool { return d.Path == "dossier.yaml" })
	prose, err := os.ReadFile("../examples/sources/leistungsbeschreibung.md")
	if err != nil {
		b.Fatal(err)
	}
	var dossier austauschbar.Dossier
	for i := range 20 {
		document := example.Documents[i%len(example.Documents)]
		document.Path = fmt.Sprintf("%02d/%s", i, document.Path)
		dossier.Documents = append(dossier.Documents, document, stored(fmt.Sprintf("%02d.txt", i), fmt.Appendf(nil, "Anlage %d\n\n%s", i, prose), loads))
	}
	docx := slices.IndexFunc(dossier.Documents, func(d austauschbar.Document) bool { return filepath.Ext(d.Path) == ".docx" })
	var cold float64
	for _, run := range []struct {
		name   string
		before func(*Evaluator)
	}{
		{"cold", func(e *Evaluator) { e.kept.InvalidateAll() }},
		{"one_changed", func(*Evaluator) { dossier.Documents[docx].ID = strconv.FormatInt(loads.Load(), 16) }},
		{"nothing_changed", func(*Evaluator) {}},
	} {
		b.Run(run.name, func(b *testing.B) {
			e := keeping(b, 64<<20)
			find(b, e, dossier)
			for b.Loop() {
				run.before(e)
				find(b, e, dossier)
			}
			took := b.Elapsed().Seconds() / float64(b.N)
			if run.name == "cold" {
				cold = took
			}
			b.ReportMetric(took/cold, "of_cold")
		})
	}
}
