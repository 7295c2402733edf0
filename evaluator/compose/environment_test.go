package compose

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar/evaluator/container"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// What files of variables say is put in, with its place where it is a setting of its own.
func TestReadAll(t *testing.T) {
	const service = "services:\n  web:\n    image: ${IMAGE}\n    env_file: app.env\n    environment:\n      DB: postgres://${DB_HOST}/x\n      KEY:\n"
	for name, test := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"beside the file": {
			map[string]string{"d/compose.yaml": service, "d/.env": "IMAGE=nginx:1.27 # the proxy\nexport DB_HOST='db'\nKEY=\"a b\"\n"},
			[]string{"image nginx:1.27", "DB=postgres://db/x @6", "KEY=a b @7", "gap absent_files env_file app.env"},
		},
		"variables in variables": {
			map[string]string{"compose.yaml": service, ".env": "TAG=1\nIMAGE=nginx:${TAG}\nDB_HOST='${TAG}'\nKEY=${TAG:-2}${NONE:-3}\n"},
			[]string{"image nginx:1", "DB=postgres://${TAG}/x @6", "KEY=13 @7", "gap absent_files env_file app.env"},
		},
		"an example of it": {
			map[string]string{"compose.yaml": service, ".env.example": "IMAGE=nginx:1\n"},
			[]string{"image nginx:1", "DB=postgres://${DB_HOST}/x @6", "KEY=${KEY} @7", "gap absent_files env_file app.env"},
		},
		"in another folder": {
			map[string]string{"compose.yaml": service, "d/.env": "IMAGE=nginx:1\n"},
			[]string{"image ${IMAGE}", "DB=postgres://${DB_HOST}/x @6", "KEY=${KEY} @7", "gap absent_files env_file app.env"},
		},
		"a service's own file": {
			map[string]string{"d/compose.yaml": service, "d/app.env": "# names\nQUEUE=amqp://broker\nDB=other\nEMPTY=\n"},
			[]string{"image ${IMAGE}", "DB=postgres://${DB_HOST}/x @6", "KEY=${KEY} @7", "QUEUE=amqp://broker @d/app.env:2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			files, at := map[string][]byte{}, ""
			for path, text := range test.files {
				files[path] = []byte(text)
				if strings.HasSuffix(path, "compose.yaml") {
					at = path
				}
			}
			texts, err := ReadAll(t.Context(), files, ".env")
			if err != nil || len(texts) != len(files) {
				t.Fatalf("%d texts, error %v", len(texts), err)
			}
			found := texts[at].Architecture
			readertest.Consistent(t, *found, func(path string) []byte {
				if path == "" {
					path = at
				}
				return files[path]
			})
			got := []string{"image " + found.Components[0].Image}
			for _, s := range found.Settings {
				place := fmt.Sprint(s.Evidence.Line)
				if s.Evidence.Path != "" {
					place = s.Evidence.Path + ":" + place
				}
				got = append(got, s.Name+"="+s.Value+" @"+place)
			}
			for _, gap := range texts[at].Gaps {
				got = append(got, "gap "+gap.Reason+" "+gap.Detail)
			}
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadAllWithoutCompose(t *testing.T) {
	if _, err := ReadAll(t.Context(), map[string][]byte{"app.env": []byte("A=1\n")}, "app.env"); err == nil {
		t.Error("variables alone are no architecture")
	}
	texts, err := ReadAll(t.Context(), map[string][]byte{"compose.yaml": []byte("services: ["), ".env": nil}, ".env")
	if _, read := texts["compose.yaml"]; read || err != nil {
		t.Errorf("a damaged file is read: error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadAll(ctx, map[string][]byte{"compose.yaml": []byte("services: {a: {image: a}}")}, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

// Variables that stand for variables do not grow beyond a setting's bounds.
func TestAssignmentsBounded(t *testing.T) {
	data := "A=" + strings.Repeat("x", 100) + "\n" + strings.Repeat("A=$A$A$A$A$A$A$A$A\n", 50)
	for _, v := range assignments([]byte(data), nil) {
		if len(v.value) > container.Value {
			t.Fatalf("line %d: %d bytes", v.line, len(v.value))
		}
	}
}

func TestHolds(t *testing.T) {
	for name, want := range map[string]bool{".env": true, "a/.env.production": true, "a/app.env": true, "docker-compose.prod.yml": true, "compose.yaml": true, "environment.md": false, "decompose.yaml": false} {
		if Holds("", name) != want {
			t.Errorf("%s: want %t", name, want)
		}
	}
}

func FuzzAssignments(f *testing.F) {
	f.Add([]byte("A=1\nexport B='$A' # x\nC: \"${A:-$B}\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, v := range assignments(data, nil) {
			if last := 1 + strings.Count(string(data), "\n"); v.name == "" || v.line < 1 || v.line > last || len(v.value) > container.Value {
				t.Errorf("%q: line %d of %d, %d bytes", v.name, v.line, last, len(v.value))
			}
		}
	})
}
