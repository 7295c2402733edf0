package readertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// corpus holds architecture files of others, beside the repository; seen from a reader.
const corpus = "../../../shared/corpus/architectures/"

// Corpus returns a file of the corpus and skips the test where that is absent.
func Corpus(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(corpus + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the corpus is not at hand: " + name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ShowInterfaces writes what a description of interfaces says as lines: components,
// interfaces with their specification, settings, each with the lines of its evidence.
func ShowInterfaces(a *austauschbar.Architecture) []string {
	var shown []string
	for _, c := range a.Components {
		shown = append(shown, fmt.Sprintf("component %s %q %s @%s", c.ID, c.Name, c.Kind, linesOf(c.Evidence)))
	}
	for _, i := range a.Interfaces {
		said := fmt.Sprintf("%s %q to %q over %q, formats %v, security %v, %d operations, writes %t", i.Kind, i.Name, i.To, i.Protocol, i.Formats, i.Security, i.Operations, i.Writes)
		if s := i.Specification; s != nil {
			said += fmt.Sprintf("; %s %q, deprecated %d, described %d, versioned %t, licence %q, terms %q", s.Format, s.Version, s.Deprecated, s.Described, s.Versioned, s.Licence, s.Terms)
		}
		shown = append(shown, said+" @"+linesOf(i.Evidence))
	}
	for _, s := range a.Settings {
		shown = append(shown, fmt.Sprintf("setting %s of %q: %s @%d", s.Name, s.Component, s.Value, s.Evidence.Line))
	}
	return shown
}

func linesOf(evidence []austauschbar.Evidence) string {
	var all []string
	for _, e := range evidence {
		all = append(all, strconv.Itoa(e.Line))
	}
	return strings.Join(all, ",")
}

// ReadsInterfaces holds that a source is read as the lines wanted.
func ReadsInterfaces(t *testing.T, read Reader, source []byte, want []string) {
	t.Helper()
	text, err := read(context.Background(), source)
	if err != nil {
		t.Fatal(err)
	}
	if got := ShowInterfaces(text.Architecture); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// SoundInterfaces holds of any bytes that they are refused as unreadable or read in
// time: all evidence stands on a line of the file, ids are unique, what is referred to
// is there, and the same bytes say the same.
func SoundInterfaces(t *testing.T, read Reader, data []byte) {
	t.Helper()
	begun := time.Now()
	text, err := read(context.Background(), data)
	if taken := time.Since(begun); taken > slow {
		t.Errorf("%d bytes took %v", len(data), taken)
	}
	if err != nil {
		if !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatal(err)
		}
		return
	}
	again, _ := read(context.Background(), data)
	if !reflect.DeepEqual(again, text) {
		t.Error("the same bytes say something else")
	}
	if text.Architecture == nil {
		t.Fatal("no architecture")
	}
	last, ids := 1+bytes.Count(data, []byte("\n")), map[string]bool{"": true}
	stands := func(evidence ...austauschbar.Evidence) {
		for _, e := range evidence {
			if e.Line < 1 || e.Line > last || utf8.RuneCountInString(e.Quote) > 300 || !utf8.ValidString(e.Quote) {
				t.Errorf("line %d of %d: %q", e.Line, last, e.Quote)
			}
		}
	}
	for _, c := range text.Architecture.Components {
		if ids[c.ID] {
			t.Errorf("id %q again", c.ID)
		}
		ids[c.ID] = true
		stands(c.Evidence...)
	}
	interfaces := map[string]bool{"": true}
	for _, i := range text.Architecture.Interfaces {
		if interfaces[i.ID] || !ids[i.From] || !ids[i.To] || len(i.Evidence) == 0 {
			t.Errorf("interface %q from %q to %q with %d places", i.ID, i.From, i.To, len(i.Evidence))
		}
		interfaces[i.ID] = true
		stands(i.Evidence...)
	}
	for _, s := range text.Architecture.Settings {
		if !ids[s.Component] || s.Evidence.Quote != "" {
			t.Errorf("setting of %q quotes %q", s.Component, s.Evidence.Quote)
		}
		stands(s.Evidence)
	}
}
