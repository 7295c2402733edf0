package publiccode

import (
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestArchitecture(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		want []string
	}{
		"open and proprietary": {example, []string{
			`application "Beispiel Programm" custom version=1.10 licence=EUPL-1.2 OR (GPL-2.0-only WITH Classpath-exception-2.0) vendor=Beispiel GmbH @2`,
			`other "PostgreSQL" open=true @35`,
			`other "Oracle Database" open=false version=19c @37`,
			`"Beispiel Programm" -> "PostgreSQL" dependency @35`,
			`"Beispiel Programm" -> "Oracle Database" dependency @37`,
		}},
		"nothing needed": {"name: a\n", []string{`application "a" custom @1`}},
		"no names":       {"name: a\ndependsOn: {open: [{version: '1'}], hardware: [{name: x}]}\n", []string{`application "a" custom @1`}},
		"no name":        {"dependsOn: {open: [{name: x}]}\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := Read(Name, []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			found := Architecture(read)
			if got := readertest.Drawn(&found); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// A file of another name is read alike, and refused where it cannot be.
func TestReadArchitecture(t *testing.T) {
	readertest.Draws(t, ReadArchitecture, []byte("publiccodeYmlVersion: '0.4'\nname: a\n"), []string{`application "a" custom @2`})
	readertest.Refuses(t, ReadArchitecture, "name: [", "damaged")
	readertest.Refuses(t, ReadArchitecture, strings.Repeat("#", 2<<20), "too_large")
	readertest.Cancels(t, ReadArchitecture, "name: a")
}

// What the file of a real system says, as drawn by hand.
func TestArchitectureOfARealFile(t *testing.T) {
	readertest.Draws(t, ReadArchitecture, readertest.Corpus(t, "publiccode_aitema_terminvergabe.yml"), []string{
		`application "aitema|Termin" custom version=1.0.0 licence=AGPL-3.0-only vendor=aitema GmbH @3`,
		`other "SvelteKit" open=true @88`,
		`other "PostgreSQL" open=true @90`,
		`other "Docker" open=true @92`,
		`"aitema|Termin" -> "SvelteKit" dependency @88`,
		`"aitema|Termin" -> "PostgreSQL" dependency @90`,
		`"aitema|Termin" -> "Docker" dependency @92`,
	})
}

func FuzzReadArchitecture(f *testing.F) {
	f.Add([]byte(example))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, ReadArchitecture, data) })
}
