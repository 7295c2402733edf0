package evaluator

import (
	"context"
	"errors"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// by is a Converter as a function.
type by func(extension, refused string) (string, string, error)

func (f by) Convert(_ context.Context, _ []byte, extension, refused string) ([]byte, string, austauschbar.Gap, error) {
	converted, as, err := f(extension, refused)
	return []byte(converted), as, austauschbar.Gap{Reason: "converted"}, err
}

func TestConverted(t *testing.T) {
	for name, test := range map[string]struct {
		path, content string
		converter     by
		read          string // path of the document with the exit plan
		reason        string
	}{
		"converted":      {"a.doc", "\x00", func(string, string) (string, string, error) { return exitPlan, ".md", nil }, "a.doc", "converted"},
		"not made for":   {"a.doc", "\x00", func(string, string) (string, string, error) { return "", "", errors.ErrUnsupported }, "", "old_format"},
		"failed":         {"a.doc", "\x00", func(string, string) (string, string, error) { return "", "", errors.New("no memory") }, "", "old_format"},
		"still nothing":  {"a.doc", "\x00", func(string, string) (string, string, error) { return "Text", ".pdf", nil }, "", "not_this_format"},
		"read as it is":  {"a.md", exitPlan, func(string, string) (string, string, error) { return "", "", errors.New("asked") }, "a.md", ""},
		"told what for":  {"a.pptx", "x", func(e, r string) (string, string, error) { return exitPlan + e + r, ".md", nil }, "a.pptx", "converted"},
		"without a name": {"LICENSE", "x", func(string, string) (string, string, error) { return "", "", errors.ErrUnsupported }, "", "unknown_format"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := shipped()
			if err != nil {
				t.Fatal(err)
			}
			converting := *e
			Convert(test.converter)(&converting)
			document := austauschbar.Document{Path: test.path, Load: func(context.Context) ([]byte, error) { return []byte(test.content), nil }}
			facts := find(t, &converting, austauschbar.Dossier{Documents: []austauschbar.Document{document}})
			hits := facts.Topics["exit_plan"]
			if (len(hits) > 0) != (test.read != "") || len(hits) > 0 && hits[0].Evidence.Path != test.read {
				t.Errorf("hits %v", hits)
			}
			if (len(facts.Gaps) > 0) != (test.reason != "") || len(facts.Gaps) > 0 && facts.Gaps[0].Reason != test.reason {
				t.Errorf("gaps %v, want %s", facts.Gaps, test.reason)
			}
		})
	}
}
