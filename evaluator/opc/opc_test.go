package opc

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// pack makes a package of names and contents, stored without compression.
func pack(t testing.TB, comment string, files ...string) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for i := 0; i < len(files); i += 2 {
		part, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

const types = `<Types><Default Extension="vml" ContentType="x"/></Types>`

func TestAdd(t *testing.T) {
	part := Part{Name: "word/comments.xml", Kind: "comments", Type: "a/b", Content: []byte("<c/>")}
	box := Part{Name: "word/a.vml", Kind: "vmlDrawing", Type: "a/v", ByName: true, Content: []byte("<c/>")}
	const relations = "word/_rels/document.xml.rels"
	for name, test := range map[string]struct {
		part  Part
		files []string
		want  map[string]string // what parts hold
	}{
		"no relations yet":     {part, nil, map[string]string{"word/comments.xml": "<c/>", relations: `Id="austauschbar1" Type="` + transitional + `comments" Target="/word/comments.xml"/></Relationships>`, contentTypes: `<Override PartName="/word/comments.xml" ContentType="a/b"/></Types>`}},
		"a name that is taken": {part, []string{"Word/Comments.xml", "theirs"}, map[string]string{"Word/Comments.xml": "theirs", "word/comments1.xml": "<c/>"}},
		"an id that is taken":  {part, []string{relations, `<x:Relationships xmlns:x="r"><x:Relationship Id="austauschbar1"/></x:Relationships>`}, map[string]string{relations: `<x:Relationship Id="austauschbar2"`}},
		"one tag":              {part, []string{relations, `<Relationships xmlns="r" />`}, map[string]string{relations: `<Relationships xmlns="r"><Relationship `}},
		"the strict flavour":   {part, []string{relations, `<Relationships><Relationship Id="a" Type="` + strict + `styles"/></Relationships>`}, map[string]string{relations: strict + "comments"}},
		"a type by its ending": {box, nil, map[string]string{"word/a.vml": "<c/>", contentTypes: types}},
	} {
		t.Run(name, func(t *testing.T) {
			data := pack(t, "kept", append([]string{contentTypes, types, "word/document.xml", "<d/>"}, test.files...)...)
			file, err := Open(data)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.Add(context.Background(), "word/document.xml", test.part); err != nil {
				t.Fatal(err)
			}
			written, err := file.Finish()
			if err != nil {
				t.Fatal(err)
			}
			archive, err := zip.NewReader(bytes.NewReader(written), int64(len(written)))
			if err != nil || archive.Comment != "kept" {
				t.Fatalf("comment %q, error %v", archive.Comment, err)
			}
			for name, want := range test.want {
				opened, err := archive.Open(name)
				if err != nil {
					t.Fatal(err)
				}
				content, err := io.ReadAll(opened)
				if err != nil || !strings.Contains(string(content), want) {
					t.Errorf("%s holds %s, error %v", name, content, err)
				}
			}
			if unchanged := archive.File[1]; unchanged.Name != "word/document.xml" || unchanged.Method != zip.Store {
				t.Errorf("%s is stored by method %d", unchanged.Name, unchanged.Method)
			}
		})
	}
}

func TestAddRefuses(t *testing.T) {
	for name, files := range map[string][]string{
		"no list of types":  {"word/document.xml", "<d/>"},
		"a damaged list":    {contentTypes, "<Types>"},
		"damaged relations": {contentTypes, types, "word/_rels/document.xml.rels", "<Relationships>"},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := Open(pack(t, "", files...))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.Add(context.Background(), "word/document.xml", Part{Name: "word/c.xml"}); !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v", err)
			}
		})
	}
}
