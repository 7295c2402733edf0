package readertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// corpus is where real files lie beside the repository on machines that have them.
const corpus = "/work/shared/corpus/architectures"

// Corpus returns a real file; the test is skipped where it is not at hand.
func Corpus(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not at hand", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Drawn writes an architecture as lines: "line kind name [technology] <within (external)"
// of a component, "line from -> to name {protocol} [formats] kind" of an interface.
func Drawn(drawn *austauschbar.Architecture) []string {
	if drawn == nil {
		return []string{"no architecture"}
	}
	var shown []string
	names := map[string]string{"": "?"}
	for _, c := range drawn.Components {
		names[c.ID] = c.Name
	}
	for _, c := range drawn.Components {
		text := fmt.Sprintf("%d %s %s", c.Evidence[0].Line, c.Kind, c.Name)
		if c.Technology != "" {
			text += " [" + c.Technology + "]"
		}
		if c.Within != "" {
			text += " <" + names[c.Within]
		}
		if c.External {
			text += " (external)"
		}
		shown = append(shown, text)
	}
	for _, edge := range drawn.Interfaces {
		text := fmt.Sprintf("%d %s -> %s", edge.Evidence[0].Line, names[edge.From], names[edge.To])
		if edge.Name != "" {
			text += " " + edge.Name
		}
		if edge.Protocol != "" {
			text += " {" + edge.Protocol + "}"
		}
		if len(edge.Formats) > 0 {
			text += " " + fmt.Sprint(edge.Formats)
		}
		shown = append(shown, text+" "+edge.Kind)
	}
	return shown
}

// Draws holds that a source is read as the components and interfaces wanted.
func Draws(t *testing.T, read Reader, source string, want []string) {
	t.Helper()
	text, err := read(context.Background(), []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if got := Drawn(text.Architecture); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// SoundDrawing holds of any bytes that they are refused as unreadable or read as an
// architecture: its ids are unique and known where they are referred to, its evidence
// stands within the file, and the same bytes give the same.
func SoundDrawing(t *testing.T, read Reader, data []byte) {
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
	if text.Architecture == nil {
		t.Fatal("no architecture")
	}
	sound(t, *text.Architecture, 1+strings.Count(string(data), "\n")+strings.Count(string(data), "\r"))
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(again, text) {
		t.Error("the same bytes give another architecture")
	}
}

func sound(t *testing.T, drawn austauschbar.Architecture, last int) {
	t.Helper()
	known := map[string]bool{"": true}
	for _, c := range drawn.Components {
		if known[c.ID] || c.Name == "" {
			t.Errorf("component %q %q: not unique, or without a name", c.ID, c.Name)
		}
		known[c.ID] = true
	}
	for _, c := range drawn.Components {
		if !known[c.Within] || c.Within == c.ID {
			t.Errorf("component %q is within %q", c.ID, c.Within)
		}
		within(t, c.Evidence, last)
	}
	edges := map[string]bool{}
	for _, edge := range drawn.Interfaces {
		if !known[edge.From] || !known[edge.To] || edge.From == edge.To || edges[edge.ID] {
			t.Errorf("interface %q from %q to %q", edge.ID, edge.From, edge.To)
		}
		edges[edge.ID] = true
		within(t, edge.Evidence, last)
	}
	for _, resource := range drawn.Resources {
		if !known[resource.Component] {
			t.Errorf("resource %q of %q", resource.ID, resource.Component)
		}
		within(t, []austauschbar.Evidence{resource.Evidence}, last)
	}
	for _, setting := range drawn.Settings {
		if !known[setting.Component] || setting.Evidence.Quote != "" {
			t.Errorf("setting %q of %q quotes %q", setting.Name, setting.Component, setting.Evidence.Quote)
		}
		within(t, []austauschbar.Evidence{setting.Evidence}, last)
	}
}

func within(t *testing.T, evidence []austauschbar.Evidence, last int) {
	t.Helper()
	if len(evidence) == 0 {
		t.Error("no evidence")
	}
	for _, e := range evidence {
		if e.Line < 1 || e.Line > last || utf8.RuneCountInString(e.Quote) > 300 {
			t.Errorf("%q: line %d of %d", e.Quote, e.Line, last)
		}
	}
}
