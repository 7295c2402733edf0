package convert

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar/evaluator/docx"
)

// script is a program that a test writes.
func script(t *testing.T, lines string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs sh")
	}
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+lines+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestConvert(t *testing.T) {
	office := script(t, `mkdir -p out; printf 'made of '; cat document.doc > out/document.docx; test -f profile/user/registrymodifications.xcu`)
	draw := script(t, `for page in 01 02; do echo $page > page-$page.png; done`)
	recognise := script(t, `test "$1" = --list-langs && echo deu && exit; cat $(cat pages.txt) > text.pdf; echo $4 >> text.pdf`)
	for name, test := range map[string]struct {
		programs           Programs
		extension, refused string
		data, as, reason   string
		err                string
	}{
		"old":            {Programs{office: office}, ".doc", "old_format", "old", ".docx", "converted", ""},
		"a scan":         {Programs{recognise: recognise, draw: draw}, ".pdf", "no_text", "01\n02\ndeu+eng\n", ".pdf", "recognised", ""},
		"no Tesseract":   {Programs{office: office}, ".pdf", "no_text", "", "", "", errors.ErrUnsupported.Error()},
		"no LibreOffice": {Programs{recognise: recognise, draw: draw}, ".doc", "old_format", "", "", "", errors.ErrUnsupported.Error()},
		"encrypted":      {Programs{office: office}, ".doc", "encrypted", "", "", "", errors.ErrUnsupported.Error()},
		"not known":      {Programs{office: office}, ".one", "program_format", "", "", "", errors.ErrUnsupported.Error()},
		"fails":          {Programs{office: script(t, `echo first >&2; echo no memory >&2; exit 3`)}, ".doc", "old_format", "", "", "", "exit status 3: no memory"},
		"makes nothing":  {Programs{office: script(t, `true`)}, ".doc", "old_format", "", "", "", "nothing was made"},
		"makes a link":   {Programs{office: script(t, `mkdir out; ln -s /etc/passwd out/document.docx`)}, ".doc", "old_format", "", "", "", "more than 64 MiB"},
		"makes too much": {Programs{office: script(t, `mkdir out; head -c 69000000 /dev/zero > out/document.docx`)}, ".doc", "old_format", "", "", "", "more than 64 MiB"},
		"draws nothing":  {Programs{recognise: recognise, draw: script(t, `true`)}, ".pdf", "no_text", "", "", "", "no page was drawn"},
	} {
		t.Run(name, func(t *testing.T) {
			data, as, note, err := test.programs.Convert(t.Context(), []byte("old"), test.extension, test.refused)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %s", err, test.err)
				}
				return
			}
			if err != nil || string(data) != test.data || as != test.as || note.Reason != test.reason {
				t.Errorf("%q as %s, %v, %v", data, as, note, err)
			}
		})
	}
}

// A program is stopped with those that it started, and leaves nothing behind.
func TestConvertStops(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	office := script(t, `sleep 60 & sleep 60; wait`)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, _, _, err := (Programs{office: office}).Convert(ctx, []byte("old"), ".doc", "old_format"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestEnvironmentIsOwn(t *testing.T) {
	t.Setenv("GITHUB_TOKEN", "secret")
	office := script(t, `mkdir out; env > out/document.docx`)
	data, _, _, err := Programs{office: office}.Convert(t.Context(), []byte("old"), ".doc", "old_format")
	if err != nil || strings.Contains(string(data), "secret") || !strings.Contains(string(data), "HOME=") {
		t.Errorf("%s, %v", data, err)
	}
}

func TestLibreOffice(t *testing.T) {
	programs, err := Find()
	if err != nil || programs.office == "" {
		t.Skip("LibreOffice is absent")
	}
	data, err := os.ReadFile("../../cmd/austauschbar/testdata/files/alt.doc")
	if err != nil {
		t.Fatal(err)
	}
	converted, _, _, err := programs.Convert(t.Context(), data, ".doc", "old_format")
	if err != nil {
		t.Fatal(err)
	}
	text, err := docx.Read(t.Context(), converted)
	if err != nil || len(text.Passages) != 1 || text.Passages[0].Text != "Der Bieter legt mit dem Angebot ein Exit-Konzept vor." {
		t.Errorf("text %+v, error %v", text, err)
	}
}
