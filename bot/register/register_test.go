package register

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

const (
	tool   = `"version":1,"tool":{"name":"austauschbar","version":"1"}`
	policy = `"policy":{"digest":"sha256:00","today":"2026-11-23"},"score":{"gate":"closed","coverage":0.5,"overall":50}`
)

func review(kind, title, path, today string) string {
	return `{` + tool + `,"dossier":{"kind":"` + kind + `","title":"` + title + `","path":"` + path + `"},` + strings.Replace(policy, "2026-11-23", today, 1) + `}`
}

func line(title, path, more string) string {
	return `{` + tool + `,"kind":"tender","title":"` + title + `","path":"` + path + `",` + policy + more + "}\n"
}

// said reads "name licence" in place of a publiccode.yml.
func said(_ string, data []byte) (austauschbar.Repository, error) {
	name, licence, _ := strings.Cut(string(data), " ")
	if name == "broken" {
		return austauschbar.Repository{}, errors.New("line 1: is broken")
	}
	return austauschbar.Repository{Name: name, URL: "javascript:x", Licence: &austauschbar.DeclaredLicence{
		Expression: licence, Licences: []austauschbar.LicenceID{{ID: licence, OSI: licence == "MIT"}},
	}}, nil
}

func TestMake(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files map[string]string
		want  []string // kind, title, path, source and what else there is
		error []string // what the error says
	}{
		"a review": {map[string]string{"a.json": review("tender", "A", "a", "2026-11-23")}, []string{"tender A a a.json"}, nil},
		"several in a file": {
			map[string]string{"a.json": review("tender", "B", "b", "2026-11-23") + "\n" + review("both", "A", "a", "2026-11-23"), "a.html": ""},
			[]string{"both A a a.json", "tender B b a.json"}, nil,
		},
		"its page":       {map[string]string{"a.json": review("tender", "A", "a", "2026-11-23"), "a.html": ""}, []string{"tender A a a.json page"}, nil},
		"a batch":        {map[string]string{"in/r.jsonl": line("A", "a", "") + "\n" + line("B", "b", "")}, []string{"tender A a in/r.jsonl", "tender B b in/r.jsonl"}, nil},
		"a failed line":  {map[string]string{"r.jsonl": `{` + tool + `,"path":"a","error":"no"}`}, []string{}, nil},
		"a batch's rest": {map[string]string{"s.json": `{` + tool + `,"all":{}}`, "register.json": `{` + tool + `,"entries":[]}`, "batch.json": `{"today":"2026-11-23"}`}, []string{}, nil},
		"the newest": {
			map[string]string{"a.json": review("tender", "A", "a", "2026-11-24"), "b.json": review("tender", "A", "a", "2026-11-23")},
			[]string{"tender A a a.json"}, nil,
		},
		"the later of one day": {
			map[string]string{"a.json": review("tender", "A", "a", "2026-11-23"), "b.json": review("tender", "A", "a", "2026-11-23")},
			[]string{"tender A a b.json"}, nil,
		},
		"a review with a batch's notice": {
			map[string]string{"a.jsonl": line("A", "a", `,"notice":{"authority":"Stadt"}`), "b.json": review("tender", "A", "/home/x/a", "2026-11-24")},
			[]string{"tender A a b.json of Stadt"}, nil,
		},
		"software": {map[string]string{"p/publiccode.yml": "P MIT", "q/publiccode.yml": "Q Other"}, []string{"software P  p/publiccode.yml MIT", "software Q  q/publiccode.yml not MIT"}, nil},
		"software with its review": {
			map[string]string{"publiccode.yml": "P MIT", "a.json": review("architecture", "A", "a", "2026-11-23")},
			[]string{"software P a a.json MIT"}, nil,
		},
		"software beside a tender": {
			map[string]string{"publiccode.yml": "P MIT", "a.json": review("tender", "A", "a", "2026-11-23")},
			[]string{"tender A a a.json", "software P  publiccode.yml MIT"}, nil,
		},
		"a project's own files": {map[string]string{"publiccode.yml": "P MIT", "package.json": `{}`, "src/x.json": `[`, ".git/a.json": `{}`}, []string{"software P  publiccode.yml MIT"}, nil},
		"no reviews": {
			map[string]string{
				"a.json": `{}`, "b.json": `[1]`, "c.json": "", "d.jsonl": "{}", "e.json": strings.Replace(review("tender", "E", "e", "2026-11-23"), `"version":1`, `"version":9`, 1),
				"f/publiccode.yml": "broken", "g.json": review("tender", "G", "g", "2026-11-23"), "h.txt": "{}",
			},
			[]string{"tender G g g.json"},
			[]string{"a.json: is no review", "b.json: is no review", "c.json: is no review", "d.jsonl: line 1: is no review", "e.json: is a review of version 9", "publiccode.yml: line 1: is broken"},
		},
		"hostile names": {
			map[string]string{"a.json": review("tender", `<b>\u202e`+strings.Repeat("ü", 300), "../../etc", "2026-11-23")},
			[]string{"tender <b>" + strings.Repeat("ü", 196) + "… etc a.json"}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			for file, text := range test.files {
				at := filepath.Join(folder, file)
				if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(text), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			register, err := Maker{Software: said, Link: func(string) string { return "page" }}.Make([]string{folder})
			got := []string{}
			for _, entry := range register.Entries {
				got = append(got, summary(entry))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
			for _, part := range test.error {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("error is %v, want %q in it", err, part)
				}
			}
			if len(test.error) == 0 && err != nil {
				t.Error(err)
			}
		})
	}
	if _, err := (Maker{}).Make([]string{filepath.Join(t.TempDir(), "none")}); err == nil {
		t.Error("a folder that is not there is read")
	}
}

func summary(entry austauschbar.RegisterEntry) string {
	text := strings.Join([]string{entry.Kind, entry.Title, entry.Path, entry.Source}, " ")
	if entry.Report != "" {
		text += " page"
	}
	if entry.Notice != nil {
		text += " of " + entry.Notice.Authority
	}
	if software := entry.Software; software != nil {
		if software.URL != "" {
			text += " " + software.URL
		}
		if !software.OpenSource {
			text += " not"
		}
		text += " MIT"
	}
	return text
}

// What a review tells of its solution and of AI is told.
func TestEntryOf(t *testing.T) {
	t.Parallel()
	entry := entryOf(austauschbar.Review{
		Situations: []austauschbar.Situation{{ID: "poc", Applies: "no"}, {ID: "cloud", Applies: "yes"}},
		LockInMap: &austauschbar.LockInMap{Components: []austauschbar.MapComponent{
			{Name: "db", Kind: "database", Open: "yes"}, {Name: "gpt", Kind: "model", Open: "no", Licence: "proprietary"}, {Name: "x", Open: "unknown"},
		}},
	})
	want := austauschbar.RegisterEntry{
		Kind: "tender", Gate: "closed", Coverage: new(float64), Situations: []string{"cloud"}, Parts: &austauschbar.RegisterParts{Count: 3, Open: 1, Unknown: 1},
		Models: []austauschbar.RegisterModel{{Name: "gpt", Licence: "proprietary", Open: "no"}},
	}
	if diff := cmp.Diff(want, entry); diff != "" {
		t.Error(diff)
	}
}
