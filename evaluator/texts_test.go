package evaluator

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/policies"
)

// Texts come in the order of paths, without what cannot be read and what speaks to this
// program; a publiccode.yml and architecture files line by line, without secrets.
func TestTexts(t *testing.T) {
	document := func(path, text string) austauschbar.Document {
		return austauschbar.Document{Path: path, Size: int64(len(text)), Load: func(context.Context) ([]byte, error) { return []byte(text), nil }}
	}
	e, err := New(policies.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	dossier := austauschbar.Dossier{Documents: []austauschbar.Document{
		document("publiccode.yml", "name: A\n\nurl: b\r\n"), document("b.md", "# Titel\n\nEin Satz."), document("a.txt", "Text."),
		document("c.md", ""), document("main.tf", "resource \"aws_s3_bucket\" \"a\" {\n}\n"), document("dossier.yaml", "title: A"),
		document("compose.yaml", "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2\n"),
	}}
	var got []string
	for text, err := range e.Texts(t.Context(), dossier) {
		if err != nil {
			t.Fatal(err)
		}
		line := text.Path + ":"
		for _, passage := range text.Text.Passages {
			line += " " + passage.Text + "|"
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"a.txt: Text.|", "b.md: Titel| Ein Satz.|", "compose.yaml: services:|   db:|     image: postgres:16|     environment:|       POSTGRES_PASSWORD: …|", "main.tf: resource \"aws_s3_bucket\" \"a\" {| }|", "publiccode.yml: name: A| | url: b|"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	broken := errors.New("the disk is gone")
	dossier.Documents = append(dossier.Documents, austauschbar.Document{Path: "aa.md", Load: func(context.Context) ([]byte, error) { return nil, broken }})
	var last error
	count := 0
	for _, err := range e.Texts(t.Context(), dossier) {
		count, last = count+1, err
	}
	if !errors.Is(last, broken) || !strings.Contains(last.Error(), "read aa.md") || count != 2 {
		t.Errorf("%d texts, then %v", count, last)
	}
}
