package evaluator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

func TestMain(m *testing.M) {
	Work()
	os.Exit(m.Run())
}

// dossierOf makes a dossier of paths and contents.
func dossierOf(files map[string]string) austauschbar.Dossier {
	var dossier austauschbar.Dossier
	for at, text := range files {
		dossier.Documents = append(dossier.Documents, austauschbar.Document{Path: at, Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return []byte(text), nil }})
	}
	slices.SortFunc(dossier.Documents, func(a, b austauschbar.Document) int { return strings.Compare(a.Path, b.Path) })
	return dossier
}

func TestDeployedFormats(t *testing.T) {
	files := map[string]string{
		"a/compose.yaml":           "services: {web: {image: nginx}}\n",
		"a/stack.yml":              "services:\n  web:\n    image: nginx\nnetworks: {}\n",
		"a/Dockerfile":             "FROM alpine:3.20\n",
		"a/api.Dockerfile":         "FROM alpine:3.20\n",
		"a/pod.yaml":               "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: p, image: x}]}\n",
		"a/values-prod.yaml":       "replicaCount: 1\nimage:\n  repository: x\nresources: {}\n",
		"a/part.yaml":              "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n",
		"k/kustomization.yaml":     "resources: [pod.yaml]\n",
		"k/pod.yaml":               "apiVersion: v1\nkind: Pod\nmetadata: {name: q}\nspec: {containers: [{name: q, image: y}]}\n",
		"c/Chart.yaml":             "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"c/templates/pod.yaml":     "apiVersion: v1\nkind: Pod\nmetadata: {name: r}\nspec: {containers: [{name: r, image: z}]}\n",
		"c/templates/_helpers.tpl": "{{ define \"x\" }}{{ end }}",
		"c/README.md":              "# Chart\n\nThe supplier provides documentation.\n",
		"a/hosting.yaml":           "services:\n  - title: Hosting\nrequirements:\n  - id: R1\n    text: The supplier provides an export.\n",
	}
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	facts, err := e.Facts(t.Context(), dossierOf(files), time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range facts.Documents {
		got = append(got, d.Path+" "+d.Format)
	}
	want := []string{
		"a/Dockerfile dockerfile", "a/api.Dockerfile dockerfile", "a/compose.yaml compose", "a/pod.yaml kubernetes", "a/stack.yml compose", "a/values-prod.yaml helm",
		"c/Chart.yaml helm", "c/README.md markdown", "c/templates/_helpers.tpl helm", "c/templates/pod.yaml helm", "k/kustomization.yaml kustomize", "k/pod.yaml kustomize",
	}
	if !slices.Equal(got, want) {
		t.Errorf("documents\n%s", strings.Join(got, "\n"))
	}
	wantGaps := []austauschbar.Gap{
		{Path: "a/hosting.yaml", Reason: "unknown_content"}, // asked as a catalogue, of which it is none
		{Path: "a/part.yaml", Reason: "chart_part", Detail: "a template of a Helm chart"},
	}
	if !slices.Equal(facts.Gaps, wantGaps) {
		t.Errorf("gaps %v", facts.Gaps)
	}
}

// BenchmarkDeployed reads a dossier of a thousand manifests and ten charts.
func BenchmarkDeployed(b *testing.B) {
	files := map[string]string{}
	for i := range 1000 {
		switch i % 3 {
		case 0:
			files[fmt.Sprintf("k/%d.yaml", i)] = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: example.org/a:1\n          env: [{name: DB, value: \"postgresql://db:5432\"}]\n"
		case 1:
			files[fmt.Sprintf("d/%d/Dockerfile", i)] = "FROM golang:1.26 AS b\nRUN go build\nFROM debian:12\nENV A=b\nCMD [\"/a\"]\n"
		default:
			files[fmt.Sprintf("c/%d/compose.yaml", i)] = "services:\n  web: {image: \"nginx:1\", ports: [\"80:80\"], depends_on: [db]}\n  db: {image: \"postgres:16\"}\n"
		}
	}
	for i := range 10 {
		for _, name := range []string{"Chart.yaml", "values.yaml", "templates/_helpers.tpl", "templates/backend.yaml", "templates/frontend.yaml", "templates/stores.yaml", "templates/config.yaml"} {
			data, err := os.ReadFile(filepath.Join("helm/testdata/twin/chart", name))
			if err != nil {
				b.Fatal(err)
			}
			files[fmt.Sprintf("h/%d/%s", i, name)] = string(data)
		}
	}
	e, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := e.Facts(b.Context(), dossierOf(files), time.Now(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
