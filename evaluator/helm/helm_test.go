package helm_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/compose"
	"github.com/austauschbar/austauschbar/evaluator/helm"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
	"github.com/austauschbar/austauschbar/evaluator/worker"
)

func TestMain(m *testing.M) {
	worker.Work(map[string]worker.Task{helm.TaskName: helm.Task})
	os.Exit(m.Run())
}

func folder(t testing.TB, name string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(name, func(at string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files[filepath.ToSlash(at)], err = os.ReadFile(at)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func assemble(t testing.TB, files map[string][]byte, anchor string) austauschbar.Text {
	t.Helper()
	texts, err := helm.Assemble(t.Context(), files, anchor)
	if err != nil {
		t.Fatal(err)
	}
	return texts[anchor]
}

// The same product as chart and as Compose is the same.
func TestTwin(t *testing.T) {
	files := folder(t, "testdata/twin/chart")
	text := assemble(t, files, "testdata/twin/chart/Chart.yaml")
	if len(text.Gaps) > 0 {
		t.Errorf("gaps %v", text.Gaps)
	}
	found := *text.Architecture
	readertest.Consistent(t, found, func(path string) []byte { return files[path] })
	data, err := os.ReadFile("testdata/twin/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	twin, err := compose.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	readertest.Alike(t, common(found), readertest.WithoutLines(readertest.Drawn(common(*twin.Architecture))))
}

// common leaves out what Compose does not say: how components reach each other, and what
// a cluster makes of them.
func common(found austauschbar.Architecture) *austauschbar.Architecture {
	found.Interfaces = slices.DeleteFunc(slices.Clone(found.Interfaces), func(i austauschbar.Interface) bool {
		return i.From == "" && i.Kind != "user" || strings.HasPrefix(i.ID, "service ")
	})
	for i := range found.Interfaces {
		found.Interfaces[i].Name = ""
		if found.Interfaces[i].From != "" {
			found.Interfaces[i].Protocol = ""
		}
	}
	found.Resources, found.Settings = nil, nil
	return &found
}

func TestEvidence(t *testing.T) {
	const root = "testdata/twin/chart/"
	found := assemble(t, folder(t, "testdata/twin/chart"), root+"Chart.yaml").Architecture
	var got []string
	for _, c := range found.Components {
		got = append(got, fmt.Sprintf("%s %s:%d", c.Name, strings.TrimPrefix(c.Evidence[0].Path, root), c.Evidence[0].Line))
	}
	for _, i := range found.Interfaces {
		got = append(got, fmt.Sprintf("%s %s:%d", i.ID, strings.TrimPrefix(i.Evidence[0].Path, root), i.Evidence[0].Line))
	}
	slices.Sort(got)
	want := []string{
		"Deployment//backend → StatefulSet//db templates/backend.yaml:26",
		"Deployment//backend → StatefulSet//queue templates/config.yaml:6",
		"Deployment//frontend → Deployment//backend templates/frontend.yaml:19",
		"backend templates/backend.yaml:23",
		"db templates/stores.yaml:19",
		"entry portal.example.org Deployment//frontend templates/frontend.yaml:37",
		"frontend templates/frontend.yaml:16",
		"queue templates/stores.yaml:19",
		"service //backend templates/_helpers.tpl:18",
		"service //db templates/_helpers.tpl:18",
		"service //frontend templates/_helpers.tpl:18",
		"service //queue templates/_helpers.tpl:18",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

const about = "apiVersion: v2\nname: c\nversion: 1.0.0\n"

func chart(files ...string) map[string][]byte {
	all := map[string][]byte{"c/Chart.yaml": []byte(about)}
	for i := 0; i < len(files); i += 2 {
		all["c/"+files[i]] = []byte(files[i+1])
	}
	return all
}

const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: p\n      image: "

func TestHostileCharts(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string][]byte
		gap   string // one of several by "|": what ends first depends on the machine
	}{
		"a list of a billion":     {chart("templates/a.yaml", pod+"{{ len (until 1000000000) }}\n"), "not_rendered"},
		"a billion characters":    {chart("templates/a.yaml", pod+"{{ repeat 1000000000 \"x\" }}\n"), "not_rendered"},
		"repeats of repeats":      {chart("templates/a.yaml", pod+"{{ repeat 9000 \"xxxxxxxxxxxxxxxxxxxx\" | repeat 9000 }}\n"), "not_rendered"},
		"loops within loops":      {chart("templates/a.yaml", "{{ range until 10000 }}{{ range until 10000 }}{{ range until 10000 }}{{ end }}{{ end }}{{ end }}"), "timeout"},
		"memory without an end":   {chart("templates/a.yaml", "{{ $s := \"x\" }}{{ range until 60 }}{{ $s = print $s $s }}{{ end }}{{ $s }}"), "too_large"},
		"a template of itself":    {chart("templates/a.yaml", "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}"+pod+"{{ include \"a\" . }}"), "not_rendered"},
		"tpl of itself":           {chart("templates/a.yaml", pod+"{{ tpl .Values.a . }}", "values.yaml", "a: \"{{ tpl .Values.a . }}\"\n"), "too_large|timeout"},
		"aliases upon aliases":    {chart("values.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\ni: [*h,*h,*h,*h,*h,*h,*h,*h,*h]\n", "templates/a.yaml", pod+"a"), "not_rendered"},
		"an unfinished template":  {chart("templates/a.yaml", "{{ if }}"), "not_rendered"},
		"no chart at all":         {map[string][]byte{"c/Chart.yaml": []byte("a: 1")}, "unknown_content"},
		"a chart that is damaged": {map[string][]byte{"c/Chart.yaml": []byte("a: [")}, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			text := assemble(t, test.files, "c/Chart.yaml")
			if len(text.Gaps) == 0 || !slices.Contains(strings.Split(test.gap, "|"), text.Gaps[0].Reason) {
				t.Errorf("gaps %.300v, want %s", fmt.Sprint(text.Gaps), test.gap)
			}
			if taken := time.Since(begun); taken > 3*worker.Patience {
				t.Errorf("took %s", taken)
			}
		})
	}
}

func TestNothingIsAskedOfTheMachine(t *testing.T) {
	t.Setenv("OUTSIDE", "seen")
	for name, test := range map[string]struct{ template, image string }{
		"hosts":        {`a{{ getHostByName "localhost" }}`, "a"},
		"cluster":      {`a{{ lookup "v1" "Secret" "default" "x" | len }}`, "a0"},
		"time":         {`a:{{ now | date "2006" }}`, "a:1970"},
		"chance":       {`a{{ randAlphaNum 3 }}`, "axxx"},
		"certificates": {`{{ $ca := genCA "x" 1 }}a{{ $ca.Cert }}`, "a"},
		"files":        {`a{{ .Files.Get "/etc/passwd" }}`, "a"},
		"required":     {`a{{ required "must be given" .Values.missing }}`, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			text := assemble(t, chart("templates/a.yaml", pod+test.template+"\n"), "c/Chart.yaml")
			if len(text.Architecture.Components) != 1 || text.Architecture.Components[0].Image != test.image {
				t.Errorf("got %+v, gaps %v", text.Architecture.Components, text.Gaps)
			}
		})
	}
	text := assemble(t, chart("templates/a.yaml", pod+`{{ env "OUTSIDE" }}`), "c/Chart.yaml")
	if len(text.Gaps) != 1 || len(text.Architecture.Components) != 1 || text.Architecture.Components[0].Technology != "Helm chart" {
		t.Errorf("the environment was asked: %+v, %v", text.Architecture.Components, text.Gaps)
	}
}

func TestDependencies(t *testing.T) {
	files := chart(
		"templates/a.yaml", pod+"a:1\n", "templates/broken.yaml", "{{ .Values.a.b.c }}", "README.md", "# Chart\n",
		"charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 3.0.0\n", "charts/db/templates/d.yaml", strings.ReplaceAll(pod, "name: p}", "name: c-db}")+"d:{{ .Values.tag }}\n", "charts/db/values.yaml", "tag: 7\n")
	files["c/Chart.yaml"] = []byte(about + "dependencies:\n  - name: db\n    version: 3.x\n    repository: https://example.org\n  - name: cache\n    version: 1.2.3\n    repository: https://example.org\n  - name: ours\n    version: \"*\"\n  - name: beside\n    version: 1.0.0\n    repository: file://../beside\n")
	texts, err := helm.Assemble(t.Context(), files, "c/Chart.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := texts["c/Chart.yaml"]
	var got []string
	for _, c := range text.Architecture.Components {
		got = append(got, strings.Join([]string{c.Name, c.Technology, c.Image, c.Version, c.Within}, "|"))
	}
	want := []string{"db|Helm chart||3.x|", "cache|Helm chart||1.2.3|", "ours|Helm chart|||", "beside|Helm chart|||", "db||d:7|7|dependency db", "p||a:1|1|"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(text.Gaps) != 1 || text.Gaps[0].Reason != "not_rendered" || !strings.Contains(text.Gaps[0].Detail, "broken.yaml") {
		t.Errorf("gaps %v", text.Gaps)
	}
	if _, taken := texts["c/README.md"]; taken || len(texts) != 6 {
		t.Errorf("texts of %q", slices.Sorted(maps.Keys(texts)))
	}
	again, err := helm.Assemble(t.Context(), files, "c/Chart.yaml")
	if err != nil || !reflect.DeepEqual(texts, again) {
		t.Errorf("the same files give other texts: %v", err)
	}
}

// What the chart's own values switch off is not installed.
func TestConditions(t *testing.T) {
	about := about + "dependencies:\n  - {name: a, condition: a.enabled}\n  - {name: b, alias: store, condition: \"b.install, b.enabled\"}\n  - {name: c, condition: c.enabled}\n  - {name: d}\n"
	for name, test := range map[string]struct{ values, want string }{
		"on":                      {"a: {enabled: true}\n", "a b c d"},
		"off":                     {"a: {enabled: false}\n", "b c d"},
		"off by the second path":  {"b: {enabled: false}\n", "a c d"},
		"the first path decides":  {"b: {install: true, enabled: false}\n", "a b c d"},
		"values that are damaged": {"a: {enabled: false\n", "a b c d"},
		"no values":               {"", "a b c d"},
	} {
		t.Run(name, func(t *testing.T) {
			files := chart("values.yaml", test.values)
			files["c/Chart.yaml"] = []byte(about)
			var names []string
			for _, c := range assemble(t, files, "c/Chart.yaml").Architecture.Components {
				if strings.HasPrefix(c.ID, "dependency ") {
					names = append(names, c.Name)
				}
			}
			if got := strings.Join(names, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := helm.Assemble(cancelled, chart("templates/a.yaml", pod+"a"), "c/Chart.yaml"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// What the files say was drawn by hand from them.
func TestRealFiles(t *testing.T) {
	for name, test := range map[string]struct {
		read readertest.Reader
		want []string
	}{
		"helm_bcgov_marketplace_Chart.yaml": {helm.ReadChart, []string{
			`application "digital-marketplace" [Helm chart] version=0.1.0`,
			`other "spilo" [Helm chart] version=0.1.0`,
			`"digital-marketplace" -> "spilo" dependency`,
		}},
		"helm_bcgov_marketplace_values.yaml": {helm.ReadValues, []string{
			`application "app" image=ghcr.io/bcgov/digital_marketplace:latest`,
			`application "psql" image=gcr.io/ggl-cas-storage/cas-postgres:0.3.0 version=0.3.0`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			found := readertest.SoundGraph(t, test.read, readertest.Corpus(t, name))
			found.Settings = nil
			readertest.Alike(t, &found, test.want)
		})
	}
}

func FuzzReadChart(f *testing.F) {
	f.Add([]byte(about + "dependencies:\n  - name: a\n    version: 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, helm.ReadChart, data) })
}

func FuzzReadValues(f *testing.F) {
	f.Add([]byte("image:\n  app: {registry: r, repository: a, tag: 1}\nb:\n  image: {repository: b}\nx: [1, {y: z}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, helm.ReadValues, data) })
}

// BenchmarkAssemble reads one small chart, of which a dossier has few.
func BenchmarkAssemble(b *testing.B) {
	files := folder(b, "testdata/twin/chart")
	for b.Loop() {
		assemble(b, files, "testdata/twin/chart/Chart.yaml")
	}
}
