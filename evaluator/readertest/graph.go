package readertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Graph holds of any bytes that they are refused as unreadable or read as an
// architecture whose evidence stands in the file and whose parts refer to components
// that are there; and that the same bytes give the same.
func Graph(t *testing.T, read Reader, data []byte) austauschbar.Architecture {
	t.Helper()
	text, err := read(context.Background(), data)
	if err != nil {
		if !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatal(err)
		}
		return austauschbar.Architecture{}
	}
	if text.Architecture == nil {
		t.Fatal("no architecture")
	}
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(again, text) {
		t.Error("the same bytes give another architecture")
	}
	Holds(t, *text.Architecture, func(string) []byte { return data })
	return *text.Architecture
}

// Holds holds of an architecture what Graph does of one file; data are those of a path.
func Holds(t *testing.T, found austauschbar.Architecture, data func(path string) []byte) {
	t.Helper()
	ids := map[string]bool{"": true}
	at := func(what string, evidence ...austauschbar.Evidence) {
		for _, e := range evidence {
			if lines := 1 + strings.Count(string(data(e.Path)), "\n"); e.Line < 1 || e.Line > lines {
				t.Errorf("%s: line %d of %d", what, e.Line, lines)
			}
			if utf8.RuneCountInString(e.Quote) > 300 {
				t.Errorf("%s: a quote of more than 300 runes", what)
			}
		}
	}
	refers := func(what, id string) {
		if !ids[id] {
			t.Errorf("%s refers to %q, which is not there", what, id)
		}
	}
	for _, c := range found.Components {
		if ids[c.ID] {
			t.Errorf("component %q is there twice", c.ID)
		}
		ids[c.ID] = true
		at("component "+c.ID, c.Evidence...)
	}
	for _, c := range found.Components {
		refers("component "+c.ID, c.Within)
	}
	for _, i := range found.Interfaces {
		refers("interface "+i.ID, i.From)
		refers("interface "+i.ID, i.To)
		at("interface "+i.ID, i.Evidence...)
	}
	for _, r := range found.Resources {
		refers("resource "+r.ID, r.Component)
		at("resource "+r.ID, r.Evidence)
	}
	for _, s := range found.Settings {
		refers("setting "+s.Name, s.Component)
		at("setting "+s.Name, s.Evidence)
		if s.Evidence.Quote != "" {
			t.Errorf("setting %s is quoted", s.Name)
		}
	}
}

// Components writes components as "name image", sorted; of one that is built "name
// (built)".
func Components(found austauschbar.Architecture) []string {
	shown := []string{}
	for _, c := range found.Components {
		text := c.Name
		if c.Image != "" {
			text += " " + c.Image
		}
		if c.Custom {
			text += " (built)"
		}
		shown = append(shown, text)
	}
	slices.Sort(shown)
	return shown
}

// Edges writes interfaces by names, sorted: "a → b", and with kind and protocol what is
// open to whoever calls: "→ b user https".
func Edges(found austauschbar.Architecture) []string {
	names := map[string]string{}
	for _, c := range found.Components {
		names[c.ID] = c.Name
	}
	shown := []string{}
	for _, i := range found.Interfaces {
		text := fmt.Sprintf("%s → %s", names[i.From], names[i.To])
		if i.From == "" {
			text = strings.TrimSpace(fmt.Sprintf("→ %s %s %s", names[i.To], i.Kind, i.Protocol))
		}
		shown = append(shown, text)
	}
	slices.Sort(shown)
	return shown
}
