package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// pack builds an archive of what each call of add writes.
func pack(t testing.TB, add ...func(*zip.Writer) error) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, write := range add {
		if err := write(w); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// file is a member.
func file(name, content string) func(*zip.Writer) error {
	return member(&zip.FileHeader{Name: name, Method: zip.Deflate}, content)
}

func member(header *zip.FileHeader, content string) func(*zip.Writer) error {
	return func(w *zip.Writer) error {
		to, err := w.CreateHeader(header)
		if err == nil {
			_, err = io.WriteString(to, content)
		}
		return err
	}
}

// foreign is a member whose name is stored as it is, without the flag of UTF-8.
func foreign(name string) func(*zip.Writer) error {
	return member(&zip.FileHeader{Name: name, NonUTF8: true, Method: zip.Deflate}, "a")
}

// raw is a member whose header says what it likes.
func raw(header zip.FileHeader, stored []byte) func(*zip.Writer) error {
	return func(w *zip.Writer) error {
		to, err := w.CreateRaw(&header)
		if err == nil {
			_, err = to.Write(stored)
		}
		return err
	}
}

func code(err error) string {
	refusal, ok := errors.AsType[*limit.Refusal](err)
	if !ok {
		return fmt.Sprint(err)
	}
	return refusal.Code
}

// paths are those of documents, and of gaps with their reasons.
func paths(documents []austauschbar.Document, gaps []austauschbar.Gap) (read, unread []string) {
	for _, document := range documents {
		read = append(read, document.Path)
	}
	for _, gap := range gaps {
		unread = append(unread, strings.TrimSpace(gap.Path+" "+gap.Reason))
	}
	return read, unread
}

func TestOpen(t *testing.T) {
	link := &zip.FileHeader{Name: "link.docx"}
	link.SetMode(fs.ModeSymlink | 0o777)
	for name, test := range map[string]struct {
		archive      []byte
		read, unread []string
	}{
		"folders":               {pack(t, file("vergabe/", ""), file("vergabe/vertrag.docx", "a"), file("preise.xlsx", "b")), []string{"vergabe/vertrag.docx", "preise.xlsx"}, nil},
		"left by systems":       {pack(t, file("__MACOSX/._a.docx", "a"), file("x/.DS_Store", "a"), file("Thumbs.db", "a"), file("~$a.docx", "a"), file(".git/config", "a"), file("a.md", "a")), []string{"a.md"}, nil},
		"leads out":             {pack(t, file("../a.md", "a"), file("/b.md", "b"), file("C:/c.md", "c"), file("d/../../e.md", "d"), file("f\x00.md", "f"), file("g//h.md", "g")), nil, []string{"unsafe_path", "unsafe_path", "unsafe_path", "unsafe_path", "unsafe_path", "unsafe_path"}},
		"leads out of Windows":  {pack(t, file(`..\a.md`, "a"), file(`x\b.md`, "b")), []string{"x/b.md"}, []string{"unsafe_path"}},
		"here":                  {pack(t, file("./a.md", "a")), []string{"a.md"}, nil},
		"twice":                 {pack(t, file("a.md", "a"), file("A.md", "b")), []string{"a.md"}, []string{"A.md same_path"}},
		"link":                  {pack(t, member(link, "/etc/passwd")), nil, []string{"link.docx symlink"}},
		"UTF-8":                 {pack(t, file("Verträge.docx", "a")), []string{"Verträge.docx"}, nil},
		"UTF-8 without a flag":  {pack(t, foreign("Verträge.docx")), []string{"Verträge.docx"}, nil},
		"UTF-8 of a Mac":        {pack(t, file("Vertra\u0308ge.docx", "a")), []string{"Verträge.docx"}, nil},
		"code page 850":         {pack(t, foreign("\x9abersicht gro\xe1er Vertr\x84ge.docx")), []string{"Übersicht großer Verträge.docx"}, nil},
		"Windows-1252":          {pack(t, foreign("\xdcbersicht gro\xdfer Vertr\xe4ge.docx")), []string{"Übersicht großer Verträge.docx"}, nil},
		"encrypted":             {pack(t, raw(zip.FileHeader{Name: "a.docx", Flags: 1, CompressedSize64: 1, UncompressedSize64: 1}, []byte("a"))), nil, []string{"a.docx encrypted"}},
		"packed otherwise":      {pack(t, raw(zip.FileHeader{Name: "a.docx", Method: 14, CompressedSize64: 1, UncompressedSize64: 1}, []byte("a"))), nil, []string{"a.docx compression"}},
		"larger than a file":    {pack(t, raw(zip.FileHeader{Name: "a.docx", CompressedSize64: 1, UncompressedSize64: limit.File + 1}, []byte("a"))), nil, []string{"a.docx too_large"}},
		"expands without end":   {pack(t, file("a.txt", strings.Repeat("\x00", 2<<20))), nil, []string{"a.txt too_large"}},
		"a long path":           {pack(t, file(strings.Repeat("x", longest+1), "a")), nil, []string{"unsafe_path"}},
		"an archive in it":      {pack(t, file("b.zip", string(pack(t, file("a.md", "a"))))), []string{"b.zip"}, nil},
		"behind something else": {append([]byte("MZ stub of a program "), pack(t, file("a.md", "a"))...), []string{"a.md"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			documents, gaps, err := Open(t.Context(), test.archive)
			if err != nil {
				t.Fatal(err)
			}
			read, unread := paths(documents, gaps)
			if diff := cmp.Diff(test.read, read); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.unread, unread); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	whole := pack(t, file("a.md", strings.Repeat("Der Bieter legt ein Konzept vor. ", 50)))
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"no bytes":  {nil, "empty"},
		"nothing":   {pack(t), "empty"},
		"RAR":       {[]byte("Rar!\x1a\x07\x01\x00"), "archive_format"},
		"7z":        {[]byte("7z\xbc\xaf\x27\x1c\x00\x04"), "archive_format"},
		"gzip":      {[]byte("\x1f\x8b\x08\x00"), "archive_format"},
		"text":      {[]byte("Unterlagen"), "not_this_format"},
		"cut off":   {whole[:len(whole)-40], "damaged"},
		"too many":  {crowded(t, limit.Entries+1), "too_large"},
		"65,536":    {crowded(t, 1<<16), "too_large"},
		"a million": {lying(t, 1_000_000), "too_large"},
		"overlap":   {overlapping(1000), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			if _, _, err := Open(t.Context(), test.data); code(err) != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// crowded is an archive of so many members, in the long form where there are more
// than the short one can count.
func crowded(t testing.TB, members int) []byte {
	return pack(t, func(w *zip.Writer) error {
		for i := range members {
			if err := file(fmt.Sprint(i), "")(w); err != nil {
				return err
			}
		}
		return nil
	})
}

// lying is an archive whose end says that the directory is short, though it has so
// many entries.
func lying(t testing.TB, entries int) []byte {
	one := pack(t, file("a", "a"))
	at := bytes.Index(one, []byte("PK\x01\x02"))
	end := bytes.Index(one, []byte("PK\x05\x06"))
	data := append(bytes.Clone(one[:at]), bytes.Repeat(one[at:end], entries)...)
	return append(data, one[end:]...)
}

// overlapping is an archive whose members all unpack the same bytes.
func overlapping(members int) []byte {
	content := bytes.Repeat([]byte("Leistungsbeschreibung "), 40_000)
	var packed, directory bytes.Buffer
	w, _ := flate.NewWriter(&packed, 9)
	_, _ = w.Write(content)
	_ = w.Close()
	var archive bytes.Buffer
	_ = binary.Write(&archive, binary.LittleEndian, []uint16{0x4b50, 0x0403, 20, 0, 8, 0, 0})
	sizes := []uint32{crc32.ChecksumIEEE(content), uint32(packed.Len()), uint32(len(content))}
	_ = binary.Write(&archive, binary.LittleEndian, sizes)
	_ = binary.Write(&archive, binary.LittleEndian, []uint16{1, 0})
	archive.WriteString("a")
	archive.Write(packed.Bytes())
	for i := range members {
		name := fmt.Sprintf("%06d.txt", i)
		_ = binary.Write(&directory, binary.LittleEndian, []uint16{0x4b50, 0x0201, 20, 20, 0, 8, 0, 0})
		_ = binary.Write(&directory, binary.LittleEndian, sizes)
		_ = binary.Write(&directory, binary.LittleEndian, []uint16{uint16(len(name)), 0, 0, 0, 0, 0, 0, 0, 0})
		directory.WriteString(name)
	}
	start := archive.Len()
	archive.Write(directory.Bytes())
	_ = binary.Write(&archive, binary.LittleEndian, []uint16{0x4b50, 0x0605, 0, 0, uint16(members), uint16(members)})
	_ = binary.Write(&archive, binary.LittleEndian, []uint32{uint32(directory.Len()), uint32(start)})
	_ = binary.Write(&archive, binary.LittleEndian, uint16(0))
	return archive.Bytes()
}

func TestLoad(t *testing.T) {
	stored := func(size uint64, sum uint32, data string) func(*zip.Writer) error {
		return raw(zip.FileHeader{Name: "a", CompressedSize64: uint64(len(data)), UncompressedSize64: size, CRC32: sum}, []byte(data))
	}
	var deflated bytes.Buffer
	w, _ := flate.NewWriter(&deflated, 9)
	_, _ = w.Write(make([]byte, 64<<20))
	_ = w.Close()
	for name, test := range map[string]struct {
		archive    []byte
		want, code string
	}{
		"as it is":              {pack(t, file("a", "Vertrag")), "Vertrag", ""},
		"larger than it says":   {pack(t, raw(zip.FileHeader{Name: "a", Method: zip.Deflate, CompressedSize64: uint64(deflated.Len()), UncompressedSize64: 10}, deflated.Bytes())), "", "damaged"},
		"smaller than it says":  {pack(t, stored(100, 0, "abc")), "", "damaged"},
		"other than its sum":    {pack(t, stored(3, 1, "abc")), "", "damaged"},
		"not what it is packed": {pack(t, raw(zip.FileHeader{Name: "a", Method: zip.Deflate, CompressedSize64: 3, UncompressedSize64: 10}, []byte("\xff\xff\xff"))), "", "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			documents, _, err := Open(t.Context(), test.archive)
			if err != nil || len(documents) != 1 {
				t.Fatal(documents, err)
			}
			data, err := documents[0].Load(t.Context())
			if string(data) != test.want || test.code != "" && code(err) != test.code || test.code == "" && err != nil {
				t.Errorf("got %.20q, %v", data, err)
			}
		})
	}
}

func TestLoadStops(t *testing.T) {
	documents, _, err := Open(t.Context(), pack(t, member(&zip.FileHeader{Name: "a"}, strings.Repeat("x", 8<<20))))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := documents[0].Load(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// An archive's list takes no more memory than the list is long.
func TestOpenIsFlat(t *testing.T) {
	data := lying(t, 1_000_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, _ = Open(t.Context(), data)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
		t.Errorf("took %d MiB", took>>20)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(pack(f, file("a/b.md", "a"), file("c.zip", "b"), foreign("Vertr\x84ge.docx")))
	f.Add(lying(f, 3))
	f.Add(overlapping(3))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		documents, gaps, err := Open(t.Context(), data)
		if err != nil {
			if !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Errorf("error %v is no refusal", err)
			}
			return
		}
		if len(documents)+len(gaps) > limit.Entries {
			t.Errorf("%d documents, %d gaps", len(documents), len(gaps))
		}
		seen := map[string]bool{}
		for _, document := range documents {
			if !fs.ValidPath(document.Path) || path.Clean(document.Path) != document.Path || strings.ContainsAny(document.Path, "\\\x00") || seen[document.Path] {
				t.Errorf("path %q", document.Path)
			}
			seen[document.Path] = true
			if content, err := document.Load(t.Context()); err == nil && int64(len(content)) != document.Size {
				t.Errorf("%s: %d bytes of %d", document.Path, len(content), document.Size)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	data := crowded(b, limit.Documents)
	for b.Loop() {
		if _, _, err := Open(b.Context(), data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	content := strings.Repeat("Der Auftragnehmer stellt alle Daten in einem offenen Format bereit. ", 100)
	var all strings.Builder
	for i := range 200 {
		fmt.Fprintf(&all, "%d %s", i*i*7919, content)
	}
	documents, _, err := Open(b.Context(), pack(b, file("a.txt", all.String()[:1<<20])))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(1 << 20)
	for b.Loop() {
		if _, err := documents[0].Load(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
