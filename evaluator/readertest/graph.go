package readertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
)

// Corpus returns a real architecture file, which lies beside the repository; the test is
// skipped where the folder is not at hand.
func Corpus(t testing.TB, name string) []byte {
	t.Helper()
	root, err := filepath.Abs(".")
	for err == nil {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	folder := filepath.Join(root, "../shared/corpus/architectures")
	if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not at hand", name)
	}
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Drawn writes an architecture as a person would draw it by hand, each part with the
// lines of its evidence: components, resources, interfaces, packages, models, settings.
// What is empty or false is left out.
//
//	database "Orders" [PostgreSQL] in "Shop" version=16 @3
//	"Shop" -> "Orders" database "reads" [JDBC] @7
func Drawn(found *austauschbar.Architecture) []string {
	if found == nil {
		return nil
	}
	names := map[string]string{}
	for _, r := range found.Resources {
		names[r.ID] = r.ID
	}
	for _, c := range found.Components {
		names[c.ID] = cmp.Or(c.Name, c.ID)
	}
	var drawn []string
	draw := func(evidence []austauschbar.Evidence, head string, more ...string) {
		drawn = append(drawn, strings.Join(slices.DeleteFunc(append([]string{head}, more...), func(text string) bool { return text == "" }), " ")+at(evidence...))
	}
	for _, c := range found.Components {
		var open any
		if c.Open != nil {
			open = *c.Open
		}
		draw(c.Evidence, fmt.Sprintf("%s %q", c.Kind, names[c.ID]), said("[%s]", c.Technology), said("in %q", names[c.Within]), flag("external", c.External), flag("custom", c.Custom), said("open=%t", open),
			said("image=%s", c.Image), said("version=%s", c.Version), said("licence=%s", c.Licence), said("vendor=%s", c.Vendor), said("provider=%s", c.Provider), said("region=%s", c.Region))
	}
	for _, r := range found.Resources {
		draw([]austauschbar.Evidence{r.Evidence}, fmt.Sprintf("resource %q", r.ID), said("type=%s", r.Type), said("name=%q", r.Name), said("provider=%s", r.Provider), said("region=%s", r.Region), said("of %q", names[r.Component]))
	}
	for _, i := range found.Interfaces {
		draw(i.Evidence, fmt.Sprintf("%q -> %q %s", names[i.From], names[i.To], i.Kind), said("%q", i.Name), said("[%s]", i.Protocol), said("formats=%s", strings.Join(i.Formats, ",")),
			said("security=%s", strings.Join(i.Security, ",")), said("operations=%d", i.Operations), said("exports=%d", i.Exports), flag("writes", i.Writes), specified(i.Specification))
	}
	for _, p := range found.Packages {
		var licences []string
		for _, l := range p.Licences {
			licences = append(licences, l.ID)
		}
		draw([]austauschbar.Evidence{p.Evidence}, fmt.Sprintf("package %q", p.Name), said("version=%s", p.Version), said("purl=%s", p.PURL), said("licence=%s", strings.Join(licences, ",")), said("of %q", names[p.Component]), flag("direct", p.Direct))
	}
	for _, m := range found.Models {
		var users []string
		for _, id := range m.UsedBy {
			users = append(users, names[id])
		}
		draw(m.Evidence, fmt.Sprintf("model %q", m.Name), said("vendor=%s", m.Vendor), said("licence=%s", m.Licence), said("used by %q", strings.Join(users, ", ")))
	}
	for _, s := range found.Settings {
		draw([]austauschbar.Evidence{s.Evidence}, fmt.Sprintf("setting of %q %s=%q", names[s.Component], s.Name, s.Value))
	}
	return drawn
}

func specified(s *austauschbar.Specification) string {
	if s == nil {
		return ""
	}
	parts := []string{s.Format, said("version=%s", s.Version), said("deprecated=%d", s.Deprecated), said("described=%d", s.Described), flag("versioned", s.Versioned), said("licence=%q", s.Licence), said("terms=%s", s.Terms)}
	return strings.Join(slices.DeleteFunc(parts, func(text string) bool { return text == "" }), " ")
}

// said writes a value; "" where that is empty.
func said[T comparable](format string, value T) string {
	if value == *new(T) {
		return ""
	}
	return fmt.Sprintf(format, value)
}

func flag(name string, set bool) string {
	if set {
		return name
	}
	return ""
}

// at writes the lines of evidence, "@3,7", or the sections where there are no lines.
func at(evidence ...austauschbar.Evidence) string {
	var places []string
	for _, e := range evidence {
		if e.Line > 0 {
			e.Section = fmt.Sprint(e.Line)
		}
		places = append(places, e.Section)
	}
	return " @" + strings.Join(places, ",")
}

// Draws holds that a source is read as the architecture wanted, in the words of Drawn.
func Draws(t *testing.T, read Reader, source []byte, want []string) {
	t.Helper()
	text, err := read(context.Background(), source)
	if err != nil {
		t.Fatal(err)
	}
	if text.Architecture == nil {
		t.Fatal("no architecture")
	}
	if got := Drawn(text.Architecture); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Alike holds that an architecture is the one wanted, in the words of Drawn without
// lines, whatever its order: several notations say the same in several places.
func Alike(t *testing.T, found *austauschbar.Architecture, want []string) {
	t.Helper()
	got := slices.Sorted(slices.Values(WithoutLines(Drawn(found))))
	if want := slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// WithoutLines takes the lines of evidence off what was drawn.
func WithoutLines(drawn []string) []string {
	var parts []string
	for _, line := range drawn {
		parts = append(parts, line[:strings.LastIndex(line, " @")])
	}
	return parts
}

// SoundGraph holds of any bytes that they are refused as unreadable or read, in time, as
// an architecture that is consistent and, for the same bytes, the same. It returns it.
func SoundGraph(t *testing.T, read Reader, data []byte) austauschbar.Architecture {
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
		return austauschbar.Architecture{}
	}
	if text.Architecture == nil {
		t.Fatal("neither refused nor an architecture")
	}
	if again, _ := read(context.Background(), data); !reflect.DeepEqual(again, text) {
		t.Error("the same bytes give another architecture")
	}
	Consistent(t, *text.Architecture, func(string) []byte { return data })
	return *text.Architecture
}

// Consistent holds that ids are there once, that what is referred to is there, that
// settings are not quoted, and that evidence lies within its file, whose data are given.
func Consistent(t *testing.T, found austauschbar.Architecture, data func(path string) []byte) {
	t.Helper()
	refers := func(what string, known map[string]bool, ids ...string) {
		t.Helper()
		for _, id := range ids {
			if !known[id] {
				t.Errorf("%s refers to %q, which is not there", what, id)
			}
		}
	}
	stands := func(what string, evidence ...austauschbar.Evidence) {
		t.Helper()
		for _, e := range evidence {
			if last := lastLine(data(e.Path)); e.Line > last || e.Line < 1 && e.Section == "" || utf8.RuneCountInString(e.Quote) > 300 || !utf8.ValidString(e.Quote) {
				t.Errorf("%s: line %d of %d, quote %q", what, e.Line, last, e.Quote)
			}
		}
		if len(evidence) == 0 {
			t.Errorf("%s has no evidence", what)
		}
	}
	components := map[string]bool{"": true}
	for _, c := range found.Components {
		if components[c.ID] {
			t.Errorf("component %q: id is empty or there twice", c.ID)
		}
		components[c.ID] = true
		stands("component "+c.ID, c.Evidence...)
	}
	for _, c := range found.Components {
		refers("component "+c.ID, components, c.Within)
	}
	parts := map[string]bool{}
	for id := range components {
		parts[id] = true
	}
	for _, r := range found.Resources {
		parts[r.ID] = true
		refers("resource "+r.ID, components, r.Component)
		stands("resource "+r.ID, r.Evidence)
	}
	interfaces := map[string]bool{"": true}
	for _, i := range found.Interfaces {
		if interfaces[i.ID] {
			t.Errorf("interface %q: id is empty or there twice", i.ID)
		}
		interfaces[i.ID] = true
		refers("interface "+i.ID, parts, i.From, i.To)
		stands("interface "+i.ID, i.Evidence...)
	}
	for _, p := range found.Packages {
		refers("package "+p.Name, components, p.Component)
		stands("package "+p.Name, p.Evidence)
	}
	for _, m := range found.Models {
		refers("model "+m.Name, parts, m.UsedBy...)
		stands("model "+m.Name, m.Evidence...)
	}
	for _, s := range found.Settings {
		refers("setting "+s.Name, parts, s.Component)
		stands("setting "+s.Name, s.Evidence)
		if s.Evidence.Quote != "" {
			t.Errorf("setting %s is quoted", s.Name)
		}
	}
}

// lastLine counts the lines, with those that end as on old Macs.
func lastLine(data []byte) int {
	return 1 + strings.Count(string(data), "\n") + strings.Count(string(data), "\r")
}
