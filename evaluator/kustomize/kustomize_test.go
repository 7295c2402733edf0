package kustomize_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/kustomize"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
	"github.com/austauschbar/austauschbar/evaluator/worker"
)

func TestMain(m *testing.M) {
	worker.Work(map[string]worker.Task{kustomize.TaskName: kustomize.Task})
	os.Exit(m.Run())
}

// overlays are two overlays of one base.
func overlays() map[string][]byte {
	return map[string][]byte{
		"k/base/kustomization.yaml": []byte("resources:\n  - deployment.yaml\n  - service.yaml\nconfigMapGenerator:\n  - name: settings\n    literals:\n      - QUEUE=amqp://queue:5672\n"),
		"k/base/deployment.yaml": []byte("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n        - name: web\n" +
			"          image: example.org/web:1.0\n          env:\n            - name: DB\n              value: db:5432\n          envFrom:\n            - configMapRef: {name: settings}\n"),
		"k/base/service.yaml":                []byte("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n"),
		"k/overlays/prod/kustomization.yaml": []byte("namePrefix: prod-\nresources:\n  - ../../base\npatches:\n  - path: patch.yaml\nimages:\n  - name: example.org/web\n    newTag: \"2.0\"\n"),
		"k/overlays/prod/patch.yaml":         []byte("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env:\n            - name: DB\n              value: prod-db:5432\n"),
		"k/overlays/test/kustomization.yaml": []byte("resources:\n  - ../../base\n  - https://example.org/more.yaml\n  - github.com/example/base?ref=v1\ngenerators:\n  - run.yaml\nhelmCharts:\n  - name: cache\n    version: 1.2.3\n"),
		"k/other.yaml":                       []byte("apiVersion: v1\nkind: Pod\nmetadata: {name: other}\n"),
	}
}

func TestAssemble(t *testing.T) {
	files := overlays()
	texts, err := kustomize.Assemble(t.Context(), files, "k/base/kustomization.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wantTexts := []string{"k/base/deployment.yaml", "k/base/kustomization.yaml", "k/base/service.yaml", "k/overlays/prod/kustomization.yaml", "k/overlays/prod/patch.yaml", "k/overlays/test/kustomization.yaml"}
	if got := slices.Sorted(maps.Keys(texts)); !slices.Equal(got, wantTexts) {
		t.Errorf("texts of %q", got)
	}
	for name, test := range map[string]struct{ want, gaps, places []string }{
		"k/base/kustomization.yaml": {},
		"k/overlays/prod/kustomization.yaml": {
			want: []string{
				`"" -> "prod-web" api "prod-web" [http]`,
				`application "prod-web" image=example.org/web:2.0 version=2.0`,
				`resource "resource ConfigMap//prod-settings-9c9dbf7c7t" type=ConfigMap name="prod-settings-9c9dbf7c7t" provider=kubernetes`,
				`resource "resource Deployment//prod-web" type=Deployment name="prod-web" provider=kubernetes of "prod-web"`,
				`resource "resource Service//prod-web" type=Service name="prod-web" provider=kubernetes of "prod-web"`,
				`setting of "prod-web" DB="prod-db:5432"`,
				`setting of "prod-web" QUEUE="amqp://queue:5672"`,
			},
			places: []string{"image k/overlays/prod/kustomization.yaml:8", "DB k/overlays/prod/patch.yaml:12", "QUEUE k/base/kustomization.yaml:7"},
		},
		"k/overlays/test/kustomization.yaml": {
			want: []string{
				`"" -> "web" api "web" [http]`,
				`application "web" image=example.org/web:1.0 version=1.0`,
				`other "cache" [Helm chart] version=1.2.3`,
				`resource "resource ConfigMap//settings-9c9dbf7c7t" type=ConfigMap name="settings-9c9dbf7c7t" provider=kubernetes`,
				`resource "resource Deployment//web" type=Deployment name="web" provider=kubernetes of "web"`,
				`resource "resource Service//web" type=Service name="web" provider=kubernetes of "web"`,
				`setting of "web" DB="db:5432"`,
				`setting of "web" QUEUE="amqp://queue:5672"`,
			},
			gaps:   []string{"included: https://example.org/more.yaml, github.com/example/base?ref=v1, generators, helmCharts"},
			places: []string{"image k/overlays/test/kustomization.yaml:8", "image k/base/deployment.yaml:12", "DB k/base/deployment.yaml:15", "QUEUE k/base/kustomization.yaml:7"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := *texts[name].Architecture
			readertest.Consistent(t, found, func(path string) []byte { return files[path] })
			readertest.Alike(t, &found, test.want)
			var gaps, places []string
			for _, gap := range texts[name].Gaps {
				gaps = append(gaps, gap.Reason+": "+gap.Detail)
			}
			if !slices.Equal(gaps, test.gaps) {
				t.Errorf("gaps %q", gaps)
			}
			for _, c := range found.Components {
				places = append(places, fmt.Sprintf("image %s:%d", c.Evidence[0].Path, c.Evidence[0].Line))
			}
			for _, s := range found.Settings {
				places = append(places, fmt.Sprintf("%s %s:%d", s.Name, s.Evidence.Path, s.Evidence.Line))
			}
			if !slices.Equal(places, test.places) {
				t.Errorf("places %q", places)
			}
		})
	}
	again, err := kustomize.Assemble(t.Context(), files, "k/base/kustomization.yaml")
	if err != nil || !reflect.DeepEqual(again, texts) {
		t.Errorf("the same files give other texts: %v", err)
	}
}

func TestHostileKustomizations(t *testing.T) {
	for name, test := range map[string]struct {
		files   map[string]string
		reasons string // of the gaps, of all texts; several where it depends on the library
	}{
		"of itself":            {map[string]string{"a/kustomization.yaml": "resources: [../a]\n"}, "included"},
		"of one another":       {map[string]string{"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n", "c/kustomization.yaml": "resources: [../a]\n"}, "not_rendered"},
		"of each other alone":  {map[string]string{"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"}, "not_rendered"},
		"outside":              {map[string]string{"a/kustomization.yaml": "resources: [../../../../etc/passwd, /etc/passwd]\n"}, "included"},
		"damaged":              {map[string]string{"a/kustomization.yaml": "resources: ["}, "damaged"},
		"a list":               {map[string]string{"a/kustomization.yaml": "- a\n"}, "damaged"},
		"resources no list":    {map[string]string{"a/kustomization.yaml": "resources: x\n"}, "not_rendered"},
		"a program's plugin":   {map[string]string{"a/kustomization.yaml": "transformers: [t.yaml]\n", "a/t.yaml": "apiVersion: x/v1\nkind: Run\nmetadata: {name: a, annotations: {config.kubernetes.io/function: \"exec: {path: ./x}\"}}\n"}, "included"},
		"a patch far away":     {map[string]string{"a/kustomization.yaml": "resources: [p.yaml]\npatches: [{path: \"https://example.org/p.yaml\"}]\n", "a/p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"}, "included"},
		"aliases upon aliases": {map[string]string{"a/kustomization.yaml": "resources: [p.yaml]\n", "a/p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p}\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n"}, "not_rendered|too_large|timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string][]byte{}
			for at, text := range test.files {
				files[at] = []byte(text)
			}
			texts, err := kustomize.Assemble(t.Context(), files, "a/kustomization.yaml")
			if err != nil {
				t.Fatal(err)
			}
			var reasons []string
			for _, at := range slices.Sorted(maps.Keys(texts)) {
				for _, gap := range texts[at].Gaps {
					reasons = append(reasons, gap.Reason)
				}
			}
			if len(reasons) == 0 || !slices.Contains(strings.Split(test.reasons, "|"), reasons[0]) {
				t.Errorf("gaps %q of %v", reasons, texts)
			}
		})
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := kustomize.Assemble(cancelled, overlays(), "k/base/kustomization.yaml"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzAssemble(f *testing.F) {
	for _, name := range []string{"k/base/kustomization.yaml", "k/overlays/prod/kustomization.yaml", "k/overlays/test/kustomization.yaml"} {
		f.Add(overlays()[name], overlays()["k/overlays/prod/patch.yaml"])
	}
	f.Fuzz(func(t *testing.T, kustomization, patch []byte) {
		files := overlays()
		files["k/overlays/prod/kustomization.yaml"], files["k/overlays/prod/patch.yaml"] = kustomization, patch
		texts, err := kustomize.Assemble(t.Context(), files, "k/base/kustomization.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			readertest.Consistent(t, *text.Architecture, func(path string) []byte { return files[path] })
		}
	})
}
