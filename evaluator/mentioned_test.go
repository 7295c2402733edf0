package evaluator

import (
	"context"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// inText joins what a Markdown document on the architecture says with drawn components.
func inText(t *testing.T, text string, files ...file) austauschbar.Architecture {
	t.Helper()
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	document := austauschbar.Document{Path: "z.md", Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return []byte(text), nil }}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	read, err := e.document(ctx, document, role{name: austauschbar.RoleArchitecture, declared: true})
	if err != nil {
		t.Fatal(err)
	}
	var found []documentFacts
	for _, f := range files {
		w := newWalk(e.lexicon, f.path)
		w.keepArchitecture(f.said)
		e.lexicon.Return(w.scanner)
		w.found.document = austauschbar.DocumentFact{Path: f.path, Format: f.format, Role: austauschbar.RoleArchitecture}
		found = append(found, w.found)
	}
	graph, _ := e.join(append(found, read))
	return graph
}

func TestMentioned(t *testing.T) {
	compose := file{"c.yml", "compose", components(app("db", image("postgres:16")))}
	two := file{"c.yml", "compose", components(app("a", image("postgres:16")), app("b", image("postgres:16")))}
	tests := map[string]struct {
		text  string
		files []file
		want  []string
	}{
		"what is drawn":           {"# System\n\n## Bausteinsicht\n\nDie Daten liegen in PostgreSQL.\n", []file{compose}, []string{"db database postgresql < compose,text"}},
		"which of two":            {"# System\n\n## Bausteinsicht\n\nDie Daten liegen in PostgreSQL.\n", []file{two}, []string{"a database postgresql < compose", "b database postgresql < compose"}},
		"what is not drawn":       {"# System\n\n## Building Block View\n\nThe system stores documents in MinIO.\n", []file{compose}, []string{"db database postgresql < compose", "minio storage minio < text"}},
		"what its table names":    {"# System\n\n## Kontextabgrenzung\n\n| Nachbarsystem | Schnittstelle | Protokoll |\n|---|---|---|\n| Scanstrecke Kofax Capture | Ablage | SFTP |\n", nil, []string{"scanstrecke-kofax-capture system kofax < markdown,text"}},
		"table and diagram":       {"# System\n\n## Bausteinsicht\n\n```mermaid\nflowchart\nPortal --> Suche\n```\n\n| Baustein | Technologie |\n|---|---|\n| Portal | Java |\n| Suche | OpenSearch |\n", nil, []string{"portal application ? < markdown", "suche search opensearch < markdown,text"}},
		"what was considered":     {"# System\n\n## Solution\n\n### Considered Options\n\nMongoDB was looked at.\n", []file{compose}, []string{"db database postgresql < compose"}},
		"what is denied":          {"# System\n\n## Deployment View\n\nThe system does not use MongoDB.\n", []file{compose}, []string{"db database postgresql < compose"}},
		"what is an example":      {"# System\n\n## Deployment View\n\nA database such as MongoDB is needed.\n", []file{compose}, []string{"db database postgresql < compose"}},
		"somewhere else":          {"# System\n\n## Einführung\n\nMongoDB wird oft verwendet.\n", []file{compose}, []string{"db database postgresql < compose"}},
		"a library of one maker":  {"# System\n\n## Solution Strategy\n\nThe charts are drawn by the Highcharts library.\n", nil, []string{"highcharts other highcharts < text"}},
		"a neighbour's tool":      {"# System\n\n## Scope and Context\n\n### Business Context\n\nTracks are converted by GPSBabel.\n", nil, []string{"gpsbabel application gpsbabel < text"}},
		"languages and their kin": {"# System\n\n## Building Block View\n\nThe backend is written in Java with Spring Boot and built with Maven.\n", []file{compose}, []string{"db database postgresql < compose"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			graph := inText(t, test.text, test.files...)
			if diff := gocmp.Diff(test.want, written(graph.Components, line)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A text that names a component on every page gives it few places.
func TestFewPlaces(t *testing.T) {
	text := "# System\n\n## Bausteinsicht\n"
	for range 20 {
		text += "\nDie Daten liegen in PostgreSQL.\n"
	}
	graph := inText(t, text, file{"c.yml", "compose", components(app("db", image("postgres:16")))})
	if places := len(graph.Components[0].Evidence); places != 1+maxPlaces {
		t.Errorf("%d places", places)
	}
}

// A model that a text names is one of the solution.
func TestMentionedModel(t *testing.T) {
	graph := inText(t, "# System\n\n## Building Block View\n\nThe assistant uses GPT-4o for summaries.\n")
	if len(graph.Components) != 0 || len(graph.Models) != 1 || graph.Models[0].Term != "gpt" || graph.Models[0].Configured {
		t.Errorf("components %v, models %v", graph.Components, graph.Models)
	}
}
