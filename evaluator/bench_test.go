package evaluator

import (
	"context"
	"os"
	"path/filepath"
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

// The largest Markdown tender of the corpus, read and walked.
func BenchmarkWalk(b *testing.B) {
	data, err := os.ReadFile("../../shared/corpus/tenders/en_18f_datagov_ckan_rfq.md")
	if err != nil {
		b.Skip("corpus is absent")
	}
	e, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	document := austauschbar.Document{Path: "a.md", Size: int64(len(data)), Load: func(context.Context) ([]byte, error) { return data, nil }}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.document(b.Context(), 1, document, austauschbar.Manifest{}); err != nil {
			b.Fatal(err)
		}
	}
}
