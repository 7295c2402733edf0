package readertest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// Noted makes notes of some; those without lines get some.
func Noted(list ...austauschbar.Note) austauschbar.Notes {
	for i := range list {
		if list[i].Lines == nil {
			list[i].Lines = []string{"EX-02 Exit-Konzept", "Grund: keiner"}
		}
	}
	return austauschbar.Notes{Author: "Austauschbar", Initials: "Aus", Language: "de", Date: "2026-11-23", Notes: list}
}

// Quotes are all of a text, its beginning and its end.
func Quotes(text string) []string {
	words := strings.Fields(text)
	return []string{text, strings.Join(words[:(len(words)+1)/2], " "), strings.Join(words[len(words)/2:], " ")}
}

// Entries are the bytes of a package's entries as they are stored, by name.
func Entries(t testing.TB, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range archive.File {
		raw, err := file.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(raw)
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name] = string(content)
	}
	return all
}

// WellFormed holds that a part of a package is XML.
func WellFormed(t testing.TB, name, content string) {
	t.Helper()
	for decoder := xml.NewDecoder(strings.NewReader(content)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// Converted has LibreOffice write a file in another format, "fodt" or "txt:Text".
// Without LibreOffice, the test is skipped.
func Converted(t testing.TB, name, format string, data []byte) []byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs soffice")
	}
	folder := t.TempDir()
	source, out := filepath.Join(folder, name), filepath.Join(folder, "out")
	if err := os.WriteFile(source, data, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(soffice, "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", format, "--outdir", out, source)
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	ending, _, _ := strings.Cut(format, ":")
	content, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(name, path.Ext(name))+"."+ending))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
