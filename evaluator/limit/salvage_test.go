package limit

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// stored returns an archive whose heads tell the sizes of its parts, as Word's do.
func stored(t testing.TB, content ...string) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for i := 0; i < len(content); i += 2 {
		part, err := w.CreateRaw(&zip.FileHeader{
			Name: content[i], Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(content[i+1])),
			CompressedSize64: uint64(len(content[i+1])), UncompressedSize64: uint64(len(content[i+1])),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestRescue(t *testing.T) {
	long := strings.Repeat("<p>Der Auftragnehmer liefert.</p>", 100)
	uneven := strings.Map(func(r rune) rune { return r ^ 1 }, long) + long[:50]
	// upTo cuts an archive off behind the first place of a text, plus some bytes.
	upTo := func(data []byte, text string, more int) []byte {
		return data[:bytes.Index(data, []byte(text))+len(text)+more]
	}
	described := pack(t, "a.xml", long, "b.xml", uneven)
	told := stored(t, "a.xml", long, "b.xml", uneven)
	tests := map[string]struct {
		data   []byte
		damage string
		first  string // what is read of a.xml
		second int    // bytes at least and less than all, that are read of b.xml; -1 all
	}{
		"whole":                       {described, "", long, -1},
		"without a directory":         {upTo(described, directoryOf(described), -len(directoryOf(described))), "damaged", long, -1},
		"without a directory, told":   {upTo(told, string(directoryMark), -4), "damaged", long, -1},
		"cut within the second":       {upTo(described, "b.xml", 60), "damaged", long, 100},
		"cut within the second, told": {upTo(told, "b.xml", 500), "damaged", long, 400},
		"cut within the name":         {upTo(told, "b.xm", 0), "damaged", long, 0},
		"cut behind the first":        {upTo(told, long, 0), "damaged", long, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, damage, err := Rescue(test.data)
			if err != nil || code(damage) != test.damage {
				t.Fatalf("damage %v, error %v, want %q", damage, err, test.damage)
			}
			if content, err := readPart(p, "a.xml"); err != nil || string(content) != test.first {
				t.Errorf("first part: %d bytes, error %v", len(content), err)
			}
			content, _ := readPart(p, "b.xml")
			whole := len(content) == len(uneven)
			if !strings.HasPrefix(uneven, string(content)) || whole != (test.second < 0) || len(content) < test.second {
				t.Errorf("second part: %d bytes, want %d", len(content), test.second)
			}
		})
	}
}

// directoryOf returns the directory of an archive and what follows.
func directoryOf(data []byte) string {
	return string(data[bytes.Index(data, directoryMark):])
}

func TestRescueRefuses(t *testing.T) {
	tests := map[string]struct{ data, want string }{
		"no bytes":      {"", "empty"},
		"no archive":    {"Los;Preis", "damaged"},
		"a head alone":  {headMark + strings.Repeat("\x00", 10), "damaged"},
		"a long name":   {headMark + strings.Repeat("\x00", 22) + "\xff\xff\x00\x00a", "damaged"},
		"an OLE file":   {string(magicOLE), "old_format"},
		"a name, empty": {headMark + strings.Repeat("\x00", 22) + "\x01\x00\x00\x00", "damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, _, err := Rescue([]byte(test.data)); code(err) != test.want {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func FuzzRescue(f *testing.F) {
	f.Add(pack(f, "a.xml", "<a/>", "b.xml", strings.Repeat("b", 99))[:90])
	f.Add(stored(f, "a.xml", "<a/>", "b.xml", strings.Repeat("b", 99))[:120])
	f.Fuzz(func(t *testing.T, data []byte) {
		p, _, err := Rescue(data)
		if err != nil {
			if code(err) == "" {
				t.Errorf("error %v is no refusal", err)
			}
			return
		}
		for name := range p.parts {
			if _, err := readPart(p, name); err != nil && code(err) == "" {
				t.Errorf("%s: error %v is no refusal", name, err)
			}
		}
	})
}
