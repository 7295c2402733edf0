package publiccode

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// drawn writes components and edges as lines.
func drawn(found austauschbar.Architecture) string {
	var lines []string
	for _, c := range found.Components {
		open := ""
		if c.Open != nil {
			open = fmt.Sprintf(" open=%t", *c.Open)
		}
		lines = append(lines, fmt.Sprintf("%d %s: %s %s %q%s custom=%t", c.Evidence[0].Line, c.ID, c.Kind, c.Name, c.Licence, open, c.Custom))
	}
	for _, i := range found.Interfaces {
		lines = append(lines, fmt.Sprintf("%d %s -> %s %s", i.Evidence[0].Line, i.From, i.To, i.Kind))
	}
	return strings.Join(lines, "\n")
}

func TestArchitecture(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"open and proprietary": {example, `2 software: application Beispiel Programm "EUPL-1.2 OR (GPL-2.0-only WITH Classpath-exception-2.0)" custom=true
35 open 0: other PostgreSQL "" open=true custom=false
37 proprietary 0: other Oracle Database "" open=false custom=false
35 software -> open 0 dependency
37 software -> proprietary 0 dependency`},
		"nothing needed": {"name: a\n", `1 software: application a "" custom=true`},
		"no names":       {"name: a\ndependsOn: {open: [{version: '1'}], hardware: [{name: x}]}\n", `1 software: application a "" custom=true`},
		"no name":        {"dependsOn: {open: [{name: x}]}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := Read(Name, []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if got := drawn(Architecture(read)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// A file of another name is read alike, and refused where it cannot be.
func TestReadArchitecture(t *testing.T) {
	text, err := ReadArchitecture(context.Background(), []byte("publiccodeYmlVersion: '0.4'\nname: a\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := drawn(*text.Architecture); got != `2 software: application a "" custom=true` {
		t.Errorf("got %s", got)
	}
	readertest.Refuses(t, ReadArchitecture, "name: [", "damaged")
	readertest.Refuses(t, ReadArchitecture, strings.Repeat("#", 2<<20), "too_large")
	readertest.Cancels(t, ReadArchitecture, "name: a")
}

// What the file of a real system says, as drawn by hand.
func TestArchitectureOfARealFile(t *testing.T) {
	data, err := os.ReadFile("../../../shared/corpus/architectures/publiccode_aitema_terminvergabe.yml")
	if err != nil {
		t.Skip("the corpus is not there")
	}
	read, err := Read(Name, data)
	if err != nil {
		t.Fatal(err)
	}
	want := `3 software: application aitema|Termin "AGPL-3.0-only" custom=true
88 open 0: other SvelteKit "" open=true custom=false
90 open 1: other PostgreSQL "" open=true custom=false
92 open 2: other Docker "" open=true custom=false
88 software -> open 0 dependency
90 software -> open 1 dependency
92 software -> open 2 dependency`
	if got := drawn(Architecture(read)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzReadArchitecture(f *testing.F) {
	f.Add([]byte(example))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, ReadArchitecture, data) })
}
