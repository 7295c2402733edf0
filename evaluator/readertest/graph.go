package readertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// SoundGraph holds of any bytes that they are refused as unreadable or read as an
// architecture that is sound and, for the same bytes, the same.
func SoundGraph(t *testing.T, read Reader, data []byte) {
	t.Helper()
	text, err := read(context.Background(), data)
	if err != nil {
		if !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Fatal(err)
		}
		return
	}
	if text.Architecture == nil {
		t.Fatal("neither refused nor an architecture")
	}
	Consistent(t, *text.Architecture, func(string) int { return 1 + strings.Count(string(data), "\n") })
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(again, text) {
		t.Error("the same bytes give another architecture")
	}
}

// Consistent holds that ids are there once, that what is referred to is a component or
// resource, and that evidence lies within its file; last tells a file's lines.
func Consistent(t *testing.T, found austauschbar.Architecture, last func(path string) int) {
	t.Helper()
	known, interfaces := map[string]bool{"": true}, map[string]bool{}
	components := map[string]bool{"": true}
	for _, c := range found.Components {
		if c.ID == "" || components[c.ID] {
			t.Errorf("component %q: id is empty or there twice", c.ID)
		}
		components[c.ID], known[c.ID] = true, true
		within(t, last, c.Evidence...)
	}
	for _, r := range found.Resources {
		known[r.ID] = true
		within(t, last, r.Evidence)
	}
	for _, i := range found.Interfaces {
		if interfaces[i.ID] || !known[i.From] || !known[i.To] {
			t.Errorf("interface %q: from %q to %q", i.ID, i.From, i.To)
		}
		interfaces[i.ID] = true
		within(t, last, i.Evidence...)
	}
	for _, c := range found.Components {
		if !components[c.Within] {
			t.Errorf("component %q: within %q", c.ID, c.Within)
		}
	}
	for _, r := range found.Resources {
		if !components[r.Component] {
			t.Errorf("resource %q: component %q", r.ID, r.Component)
		}
	}
	for _, p := range found.Packages {
		if !components[p.Component] {
			t.Errorf("package %q: component %q", p.Name, p.Component)
		}
		within(t, last, p.Evidence)
	}
	for _, s := range found.Settings {
		if !known[s.Component] || s.Evidence.Quote != "" {
			t.Errorf("setting %q: component %q, quote %q", s.Name, s.Component, s.Evidence.Quote)
		}
		within(t, last, s.Evidence)
	}
	for _, m := range found.Models {
		for _, user := range m.UsedBy {
			if !known[user] {
				t.Errorf("model %q: used by %q", m.Name, user)
			}
		}
		within(t, last, m.Evidence...)
	}
}

func within(t *testing.T, last func(string) int, evidence ...austauschbar.Evidence) {
	t.Helper()
	for _, e := range evidence {
		if e.Line < 0 || e.Line > last(e.Path) || utf8.RuneCountInString(e.Quote) > 300 {
			t.Errorf("%s: line %d of %d, quote %q", e.Path, e.Line, last(e.Path), e.Quote)
		}
	}
}

// Drawn writes an architecture as lines: what a person would draw of it by hand.
func Drawn(found austauschbar.Architecture) []string {
	var drawn []string
	for _, c := range found.Components {
		drawn = append(drawn, fmt.Sprintf("%d component %s%s", lineOf(c.Evidence), c.ID, said("name", c.Name, "kind", c.Kind, "technology", c.Technology, "image", c.Image, "version", c.Version, "within", c.Within, "licence", c.Licence, "provider", c.Provider)))
	}
	for _, r := range found.Resources {
		drawn = append(drawn, fmt.Sprintf("%d resource %s%s", r.Evidence.Line, r.ID, said("type", r.Type, "name", r.Name, "provider", r.Provider, "region", r.Region, "component", r.Component)))
	}
	for _, i := range found.Interfaces {
		drawn = append(drawn, fmt.Sprintf("%d %s %s -> %s%s", lineOf(i.Evidence), i.Kind, i.From, i.To, said("name", i.Name, "protocol", i.Protocol, "security", strings.Join(i.Security, " "))))
	}
	for _, p := range found.Packages {
		var licences []string
		for _, l := range p.Licences {
			licences = append(licences, l.ID)
		}
		drawn = append(drawn, fmt.Sprintf("%d package %s%s direct=%t", p.Evidence.Line, p.Name, said("version", p.Version, "purl", p.PURL, "licence", strings.Join(licences, " "), "component", p.Component), p.Direct))
	}
	for _, m := range found.Models {
		drawn = append(drawn, fmt.Sprintf("%d model %s%s", lineOf(m.Evidence), m.Name, said("vendor", m.Vendor, "licence", m.Licence, "used", strings.Join(m.UsedBy, " "))))
	}
	for _, s := range found.Settings {
		drawn = append(drawn, fmt.Sprintf("%d setting %s %s=%s", s.Evidence.Line, s.Component, s.Name, s.Value))
	}
	return drawn
}

func lineOf(evidence []austauschbar.Evidence) int {
	if len(evidence) == 0 {
		return 0
	}
	return evidence[0].Line
}

// said writes names with the values that are not empty.
func said(pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fmt.Fprintf(&b, " %s=%s", pairs[i], pairs[i+1])
		}
	}
	return b.String()
}

// Draws holds that a file is drawn as wanted.
func Draws(t *testing.T, read Reader, data []byte, want string) {
	t.Helper()
	text, err := read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(Drawn(*text.Architecture), "\n"); got != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
