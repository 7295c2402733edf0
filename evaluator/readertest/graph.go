package readertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

// Drawn writes a graph as lines, those of components first: kind, name, technology, what
// a component is within; ends, kind, name, protocol of an interface.
func Drawn(a *austauschbar.Architecture) []string {
	names := map[string]string{}
	for _, c := range a.Components {
		names[c.ID] = c.Name
	}
	var list []string
	for _, c := range a.Components {
		line := fmt.Sprintf("%s %q", c.Kind, c.Name) + optional(" [%s]", c.Technology) + optional(" v%s", c.Version) + optional(" in %q", names[c.Within])
		if c.External {
			line += " external"
		}
		list = append(list, line)
	}
	for _, i := range a.Interfaces {
		list = append(list, fmt.Sprintf("%q -> %q %s", names[i.From], names[i.To], i.Kind)+optional(" %q", i.Name)+optional(" [%s]", i.Protocol)+optional(" as %s", strings.Join(i.Formats, ", ")))
	}
	return list
}

func optional(format, text string) string {
	if text == "" {
		return ""
	}
	return fmt.Sprintf(format, text)
}

// Alike holds that two drawings are the same whatever their order.
func Alike(t *testing.T, got, want []string) {
	t.Helper()
	left := slices.Clone(want)
	for _, line := range got {
		if i := slices.Index(left, line); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			t.Errorf("not expected: %s", line)
		}
	}
	for _, line := range left {
		t.Errorf("missing: %s", line)
	}
}

// SoundGraph holds of any bytes that a reader of architecture files refuses them as
// unreadable or reads them, in time: ids are unique, what names a component names one
// that exists, evidence has a line of the file or another place, and a short quote; and the same bytes
// give the same graph.
func SoundGraph(t *testing.T, read Reader, data []byte) {
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
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(again, text) {
		t.Error("the same bytes give another graph")
	}
	g := graph{t: t, ids: map[string]bool{"": true}, last: 1 + strings.Count(string(data), "\n")}
	for _, c := range text.Architecture.Components {
		if g.ids[c.ID] {
			t.Errorf("%q: id %q again", c.Name, c.ID)
		}
		g.ids[c.ID] = true
	}
	for _, c := range text.Architecture.Components {
		g.refers(c.Name, c.Within)
		g.evidence(c.Name, c.Evidence...)
	}
	for _, i := range text.Architecture.Interfaces {
		g.refers(i.Name, i.From, i.To)
		g.evidence(i.Name, i.Evidence...)
	}
	for _, s := range text.Architecture.Settings {
		g.refers(s.Name, s.Component)
		g.evidence(s.Name, s.Evidence)
	}
}

type graph struct {
	t    *testing.T
	ids  map[string]bool
	last int // line of the file
}

func (g graph) refers(name string, ids ...string) {
	g.t.Helper()
	for _, id := range ids {
		if !g.ids[id] {
			g.t.Errorf("%q: no component has the id %q", name, id)
		}
	}
}

func (g graph) evidence(name string, places ...austauschbar.Evidence) {
	g.t.Helper()
	for _, e := range places {
		if e.Line > g.last || e.Line < 1 && e.Section == "" {
			g.t.Errorf("%q: line %d of %d", name, e.Line, g.last)
		}
		if n := len([]rune(e.Quote)); n > 300 {
			g.t.Errorf("%q: a quote of %d runes", name, n)
		}
	}
}
