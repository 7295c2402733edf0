package evaluator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// keeping is an Evaluator of the shipped policies that keeps this many bytes.
func keeping(t testing.TB, bytes uint64) *Evaluator {
	t.Helper()
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	kept := *e
	Keep(bytes)(&kept)
	return &kept
}

// stored is a document with an id, as a commit has it. Loads counts how often its
// bytes are asked for.
func stored(path string, data []byte, loads *atomic.Int64) austauschbar.Document {
	sum := sha256.Sum256(data)
	return austauschbar.Document{Path: path, Size: int64(len(data)), ID: hex.EncodeToString(sum[:]), Load: func(context.Context) ([]byte, error) {
		loads.Add(1)
		return data, nil
	}}
}

// folder is a folder's files as a dossier; skips where the folder is absent.
func folder(t testing.TB, name string, loads *atomic.Int64) austauschbar.Dossier {
	t.Helper()
	files, err := os.ReadDir(name)
	if err != nil {
		t.Skip("absent: ", name)
	}
	dossier := austauschbar.Dossier{Path: name}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(name, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		dossier.Documents = append(dossier.Documents, stored(file.Name(), data, loads))
	}
	return dossier
}

func find(t testing.TB, e *Evaluator, dossier austauschbar.Dossier) austauschbar.Facts {
	t.Helper()
	facts, err := e.Facts(t.Context(), dossier, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func encoded(t testing.TB, facts austauschbar.Facts) []byte {
	t.Helper()
	data, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Kept facts are the same bytes as fresh ones, and stay so whatever is done to those
// that were handed out.
func TestKeptFactsAreFresh(t *testing.T) {
	for name, at := range map[string]string{"example": "../examples/fachverfahren", "corpus": "../../shared/corpus/tenders"} {
		t.Run(name, func(t *testing.T) {
			var loads atomic.Int64
			dossier := folder(t, at, &loads)
			fresh, err := shipped()
			if err != nil {
				t.Fatal(err)
			}
			want := encoded(t, find(t, fresh, dossier))
			e := keeping(t, 64<<20)
			find(t, e, dossier)
			for round := range 3 {
				loads.Store(0)
				facts := find(t, e, dossier)
				if !bytes.Equal(encoded(t, facts), want) {
					t.Fatalf("round %d: kept facts differ from fresh ones", round)
				}
				if loads.Load() > 1 { // the manifest
					t.Errorf("round %d: %d documents loaded again", round, loads.Load())
				}
				scribble(reflect.ValueOf(&facts))
			}
		})
	}
}

// scribble overwrites everything that can be reached from a value.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			scribble(v.Elem())
		}
	case reflect.Slice:
		whole := v.Slice3(0, v.Len(), v.Cap()).Slice(0, v.Cap()) // what an append would overwrite too
		for i := range whole.Len() {
			scribble(whole.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			scribble(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			scribble(v.Field(i))
		}
	default:
		switch {
		case v.CanInt():
			v.SetInt(-7)
		case v.CanFloat():
			v.SetFloat(-7)
		case v.Kind() == reflect.Bool:
			v.SetBool(!v.Bool())
		case v.Kind() == reflect.String:
			v.SetString("overwritten")
		}
	}
}

// What decides a document's facts makes it be read anew; nothing else does.
func TestReadAnew(t *testing.T) {
	const text = "Der Bieter legt ein Exit-Konzept vor."
	other, manifest := stored("b.md", []byte("Zu liefern ist PostgreSQL."), new(atomic.Int64)), func(text string) austauschbar.Document {
		return stored("dossier.yaml", []byte(text), new(atomic.Int64))
	}
	for name, test := range map[string]struct {
		path, text string
		beside     []austauschbar.Document
		want       int64
	}{
		"nothing changed":            {"a.md", text, []austauschbar.Document{other}, 0},
		"another blob":               {"a.md", text + " ", []austauschbar.Document{other}, 1},
		"another path":               {"c.md", text, []austauschbar.Document{other}, 1},
		"its role":                   {"a.md", text, []austauschbar.Document{other, manifest("roles: {a.md: contract}")}, 1},
		"its role by a glob":         {"a.md", text, []austauschbar.Document{other, manifest("roles: {'a*': contract}")}, 1},
		"another document's role":    {"a.md", text, []austauschbar.Document{other, manifest("roles: {b.md: contract}")}, 0},
		"the manifest besides roles": {"a.md", text, []austauschbar.Document{other, manifest("title: Neu")}, 0},
		"a document before it":       {"a.md", text, []austauschbar.Document{other, stored("0.md", []byte("Neu."), new(atomic.Int64))}, 0},
		"a document less":            {"a.md", text, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			e, loads := keeping(t, 1<<20), new(atomic.Int64)
			find(t, e, austauschbar.Dossier{Documents: []austauschbar.Document{stored("a.md", []byte(text), loads), other}})
			loads.Store(0)
			dossier := austauschbar.Dossier{Documents: append([]austauschbar.Document{stored(test.path, []byte(test.text), loads)}, test.beside...)}
			got := encoded(t, find(t, e, dossier))
			if loads.Load() != test.want {
				t.Errorf("loaded %d times, want %d", loads.Load(), test.want)
			}
			fresh, err := shipped()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, encoded(t, find(t, fresh, dossier))) {
				t.Error("facts differ from fresh ones")
			}
		})
	}
}

// Only what would be the same again is kept.
func TestWhatIsKept(t *testing.T) {
	text := func(data []byte) func(context.Context) ([]byte, error) {
		return func(context.Context) ([]byte, error) { return data, nil }
	}
	fails := func(err error) func(context.Context) ([]byte, error) {
		return func(context.Context) ([]byte, error) { return nil, err }
	}
	for name, test := range map[string]struct {
		id, path string
		load     func(context.Context) ([]byte, error)
		want     int // loads in two reviews
	}{
		"a text":          {"1", "a.md", text([]byte("Zu liefern ist PostgreSQL.")), 1},
		"without an id":   {"", "a.md", text([]byte("Zu liefern ist PostgreSQL.")), 2},
		"an old one":      {"1", "a.docx", text([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00")), 1},
		"an empty":        {"1", "a.md", text(nil), 1},
		"damaged":         {"1", "a.docx", text([]byte("PK")), 2},
		"out of time":     {"1", "a.md", fails(limit.Refuse("timeout", "")), 2},
		"no permission":   {"1", "a.md", fails(os.ErrPermission), 2},
		"forge is silent": {"1", "a.md", fails(errors.New("no answer")), 2},
	} {
		t.Run(name, func(t *testing.T) {
			e, loads := keeping(t, 1<<20), 0
			document := austauschbar.Document{Path: test.path, ID: test.id, Load: func(ctx context.Context) ([]byte, error) {
				loads++
				return test.load(ctx)
			}}
			first, firstErr := e.Facts(t.Context(), austauschbar.Dossier{Documents: []austauschbar.Document{document}}, time.Now(), nil)
			second, secondErr := e.Facts(t.Context(), austauschbar.Dossier{Documents: []austauschbar.Document{document}}, time.Now(), nil)
			if loads != test.want {
				t.Errorf("loaded %d times, want %d", loads, test.want)
			}
			if fmt.Sprint(firstErr) != fmt.Sprint(secondErr) || !reflect.DeepEqual(first, second) {
				t.Errorf("first %v, %v; second %v, %v", first.Gaps, firstErr, second.Gaps, secondErr)
			}
		})
	}
}

// Reviews at once read a document once; one that is cancelled takes no other with it.
func TestReviewsAtOnce(t *testing.T) {
	e, loads := keeping(t, 1<<20), new(atomic.Int64)
	started, cancelled := make(chan struct{}), make(chan struct{})
	document := stored("a.md", []byte("Zu liefern ist PostgreSQL."), loads)
	slow := document
	slow.Load = func(ctx context.Context) ([]byte, error) {
		close(started)
		<-cancelled
		return nil, ctx.Err()
	}
	review := func(ctx context.Context, document austauschbar.Document) error {
		facts, err := e.Facts(ctx, austauschbar.Dossier{Documents: []austauschbar.Document{document}}, time.Now(), nil)
		if err == nil && len(facts.Mentions["product"]) != 1 {
			err = fmt.Errorf("mentions %v", facts.Mentions)
		}
		return err
	}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := review(ctx, slow); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled review: %v", err)
		}
	})
	<-started
	for range 8 {
		group.Go(func() {
			if err := review(t.Context(), document); err != nil {
				t.Error(err)
			}
		})
	}
	cancel()
	close(cancelled)
	group.Wait()
	if loads.Load() != 1 {
		t.Errorf("loaded %d times, want once", loads.Load())
	}
}

// What is kept stays within its bound, and does not hold on to documents of which it
// cites little.
func TestKeepIsBounded(t *testing.T) {
	const room, count = 200_000, 4
	e, loads := keeping(t, room), new(atomic.Int64)
	filler := strings.Repeat("Die Sonne scheint warm auf das Dach.\n\n", 50_000) // 2 MB
	before := heap()
	for i := range count {
		for format, mark := range map[string]string{"txt": "", "md": "- "} {
			data := fmt.Appendf(nil, "%s%sZu liefern ist PostgreSQL %d.\n", filler, mark, i)
			find(t, e, austauschbar.Dossier{Documents: []austauschbar.Document{stored(fmt.Sprintf("%d.%s", i, format), data, loads)}})
		}
	}
	if grown := heap() - before; grown > int64(len(filler)) {
		t.Errorf("%d documents of %d bytes take %d bytes", count, len(filler), grown)
	}
	for i := range 500 {
		find(t, e, austauschbar.Dossier{Documents: []austauschbar.Document{stored("a.md", fmt.Appendf(nil, "Zu liefern ist PostgreSQL %d.", i), loads)}})
	}
	e.kept.CleanUp()
	if used := e.kept.WeightedSize(); used > room || used < room/2 {
		t.Errorf("%d bytes kept, want nearly %d", used, room)
	}
}

// heap is how many bytes are in use once the garbage is gone.
func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
