package repository

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

var today = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func read(t *testing.T, files map[string]string) austauschbar.Checkout {
	t.Helper()
	root := fstest.MapFS{}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	found, err := Read(t.Context(), root, nil, nil, today)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func ownFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestFilesNearTheRoot(t *testing.T) {
	found := read(t, map[string]string{"b.go": "", "a.md": "", ".git/config": "", ".github/CONTRIBUTING.md": "", "docs/SECURITY.md": "", "docs/deep/x.md": "", "src/a.go": ""})
	if want := []string{".github/CONTRIBUTING.md", "a.md", "b.go", "docs/SECURITY.md"}; !slices.Equal(found.Files, want) {
		t.Errorf("files %v, want %v", found.Files, want)
	}
	if found.Today != "2026-11-23" || found.PublicCode != nil || found.ReadMe != nil || found.History != nil {
		t.Errorf("%+v", found)
	}
}

func TestLicences(t *testing.T) {
	eupl, cc0 := ownFile(t, "LICENSE"), ownFile(t, "LICENSES/CC0-1.0.txt")
	found := read(t, map[string]string{
		"LICENSE": eupl, "COPYING.md": "All rights reserved.", "LICENSES/CC0-1.0.txt": cc0, "LICENSES/LicenseRef-Own.txt": "Ours.", "src/LICENSE": eupl, "licensing.go": "package licensing",
	})
	known := func(id string, osi bool) austauschbar.LicenceID {
		return austauschbar.LicenceID{ID: id, Known: true, OSI: osi}
	}
	named, own := known("CC0-1.0", false), austauschbar.LicenceID{ID: "LicenseRef-Own"}
	want := []austauschbar.LicenceFile{
		{Path: "COPYING.md", Root: true, Licences: []austauschbar.LicenceID{}},
		{Path: "LICENSE", Root: true, Licences: []austauschbar.LicenceID{known("EUPL-1.2", true)}, Percent: 100},
		{Path: "LICENSES/CC0-1.0.txt", Named: &named, Licences: []austauschbar.LicenceID{known("CC0-1.0", false)}, Percent: 100},
		{Path: "LICENSES/LicenseRef-Own.txt", Named: &own, Licences: []austauschbar.LicenceID{}},
	}
	if diff := cmp.Diff(want, found.Licences); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPublicCode(t *testing.T) {
	found := read(t, map[string]string{"publiccode.yml": "name: Beispiel\n", "sub/publiccode.yml": "name: Anderes\n"})
	if found.PublicCode == nil || found.PublicCode.Name != "Beispiel" || found.Unreadable != nil {
		t.Errorf("%+v", found)
	}
	broken := read(t, map[string]string{"publiccode.yml": "name: Beispiel\ncategories: {a: b}\n"})
	want := &austauschbar.Unreadable{Path: "publiccode.yml", Detail: "line 2: cannot unmarshal !!map into []string"}
	if diff := cmp.Diff(want, broken.Unreadable); diff != "" || broken.PublicCode != nil {
		t.Errorf("(-want +got):\n%s%+v", diff, broken.PublicCode)
	}
}

func TestReadMe(t *testing.T) {
	found := read(t, map[string]string{"README.md": "# Beispiel\n\n" + strings.Repeat("ä", 400) + "\n\n- eins\n", "Readme.txt": "Anderes."})
	want := &austauschbar.ReadMe{Path: "README.md", Passages: []austauschbar.ReadMePassage{
		{Kind: "heading", Text: "Beispiel", Line: 1}, {Kind: "paragraph", Text: strings.Repeat("ä", 300), Line: 3}, {Kind: "item", Text: "eins", Line: 5},
	}}
	if diff := cmp.Diff(want, found.ReadMe); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if plain := read(t, map[string]string{"README": "Ein Programm.\n"}); plain.ReadMe == nil || plain.ReadMe.Passages[0].Text != "Ein Programm." {
		t.Errorf("%+v", plain.ReadMe)
	}
	empty := read(t, map[string]string{"README.md": ""})
	if empty.ReadMe == nil || len(empty.ReadMe.Passages) != 0 || len(empty.Gaps) != 1 || empty.Gaps[0].Reason != "empty" {
		t.Errorf("%+v, %+v", empty.ReadMe, empty.Gaps)
	}
}

// The marks are put together here, so that this file holds no secret's shape.
func TestSecrets(t *testing.T) {
	private := func(kind string) string { return "-----BEGIN " + kind + "PRIVATE KEY-----\n" }
	for name, test := range map[string]struct {
		path, text string
		want       []austauschbar.Secret
	}{
		"dotenv":               {"deploy/.env", "A=1\n", []austauschbar.Secret{{Path: "deploy/.env", Kind: "dotenv"}}},
		"dotenv of a stage":    {".env.production", "A=1\n", []austauschbar.Secret{{Path: ".env.production", Kind: "dotenv"}}},
		"dotenv to copy":       {".env.example", "A=1\n", nil},
		"other settings":       {".environment", "A=1\n", nil},
		"key file":             {"id_ed25519", "x", []austauschbar.Secret{{Path: "id_ed25519", Kind: "key_file"}}},
		"keystore":             {"a/B.P12", "\x00", []austauschbar.Secret{{Path: "a/B.P12", Kind: "key_file"}}},
		"private key":          {"a.pem", "x\n" + private("EC "), []austauschbar.Secret{{Path: "a.pem", Line: 2, Kind: "private_key"}}},
		"private key, PKCS 8":  {"a.pem", private(""), []austauschbar.Secret{{Path: "a.pem", Line: 1, Kind: "private_key"}}},
		"public key":           {"a.pem", "-----BEGIN PUBLIC KEY-----\n", nil},
		"a word about keys":    {"a.md", "It begins with `-----BEGIN RSA " + "PRIVATE KEY-----`.\n", nil},
		"token of a forge":     {"ci.yml", "t: gh" + "p_" + strings.Repeat("a1", 18), []austauschbar.Secret{{Path: "ci.yml", Line: 1, Kind: "token"}}},
		"token of GitLab":      {"ci.yml", "\n\nt: glpat" + "-" + strings.Repeat("x", 20), []austauschbar.Secret{{Path: "ci.yml", Line: 3, Kind: "token"}}},
		"key of a cloud":       {"a.tf", "k = \"AKIA" + strings.Repeat("Q", 16) + "\"", []austauschbar.Secret{{Path: "a.tf", Line: 1, Kind: "token"}}},
		"the beginning of one": {"a.tf", "AKIA glpat- ghp_abc xoxb-", nil},
		"a binary":             {"a.bin", "\x00" + private("EC "), nil},
	} {
		t.Run(name, func(t *testing.T) {
			found := read(t, map[string]string{test.path: test.text})
			if diff := cmp.Diff(append([]austauschbar.Secret{}, test.want...), found.Secrets); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Nothing leads out of the folder, and what Git lists but is gone is passed over.
func TestLinks(t *testing.T) {
	folder := t.TempDir()
	outside := t.TempDir() + "/README.md"
	if err := os.WriteFile(outside, []byte("Geheim."), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, folder+"/README.md"); err != nil {
		t.Skip(err)
	}
	for _, files := range [][]string{nil, {"README.md", "gone.md"}} {
		found, err := Read(t.Context(), os.DirFS(folder), files, nil, today)
		if err != nil || found.ReadMe != nil || len(found.Files) != 0 {
			t.Errorf("%+v, %v", found, err)
		}
	}
}

func TestManyFiles(t *testing.T) {
	found, err := Read(t.Context(), fstest.MapFS{"a": &fstest.MapFile{}}, append(slices.Repeat([]string{"gone"}, maxFiles), "a"), nil, today)
	if err != nil || len(found.Gaps) != 1 || found.Gaps[0].Reason != "too_many_files" {
		t.Errorf("%+v, %v", found.Gaps, err)
	}
}

// Lines are those of the file, and no secret's text is handed on.
func FuzzSecrets(f *testing.F) {
	f.Add([]byte("a\n-----BEGIN RSA " + "PRIVATE KEY-----\nglpat" + "-abcdefghijklmnopqrstu"))
	f.Fuzz(func(t *testing.T, data []byte) {
		last := 1 + strings.Count(string(data), "\n")
		for _, secret := range secrets("a", data) {
			if secret.Line < 1 || secret.Line > last {
				t.Errorf("line %d of %d", secret.Line, last)
			}
		}
	})
}
