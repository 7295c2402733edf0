package limit

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// pack builds an archive of name and content in turn.
func pack(t testing.TB, files ...string) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for i := 0; i < len(files); i += 2 {
		part, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func open(t testing.TB, data []byte) *Package {
	t.Helper()
	p, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func readPart(p *Package, name string) (string, error) {
	content, err := p.Part(name)
	if err != nil {
		return "", err
	}
	defer content.Close()
	data, err := io.ReadAll(content)
	return string(data), err
}

func code(err error) string {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return ""
	}
	return refusal.Code
}

func TestRefusalIsUnreadable(t *testing.T) {
	err := Refuse("encrypted", "protected by a password")
	if !errors.Is(err, austauschbar.ErrUnreadable) {
		t.Error("a refusal does not wrap ErrUnreadable")
	}
	if got := err.Error(); got != "encrypted: protected by a password" {
		t.Errorf("error reads %q", got)
	}
	if got := Refuse("empty", "").Error(); got != "empty" {
		t.Errorf("error without detail reads %q", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	ole := func(stream string) []byte {
		entry := append(utf16(stream), make([]byte, 128)...)[:128]
		entry[64], entry[66] = byte(2*len(stream)+2), 2
		return append(append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1016)...), entry...)
	}
	locked := pack(t, "a", "b")
	at := bytes.Index(locked, directoryMark)
	locked[at+8] |= 1
	tests := map[string]struct {
		data []byte
		want string
	}{
		"no bytes":        {nil, "empty"},
		"no archive":      {[]byte("text"), "damaged"},
		"OLE":             {ole("Anything"), "old_format"},
		"OLE, cut off":    {ole("")[:8], "old_format"},
		"password":        {ole("EncryptedPackage"), "encrypted"},
		"Excel 97":        {ole("Workbook"), "old_format"},
		"Word 97":         {append(ole("WordDocument"), utf16("EncryptedPackage")...), "old_format"},
		"Outlook message": {ole("__properties_version1.0"), "mail_format"},
		"Visio":           {ole("VisioDocument"), "program_format"},
		"encrypted parts": {locked, "encrypted"},
		"too many parts":  {bytes.Repeat(directoryMark, Entries+1), "too_large"},
		"too long":        {make([]byte, File+1), "too_large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Open(test.data); code(err) != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestNamesOfParts(t *testing.T) {
	p := open(t, pack(t, `word\Document.xml`, "a", "../out", "b", "/root", "c", "x/", "", "twice", "1", "TWICE", "2"))
	if got, err := readPart(p, "word/document.xml"); got != "a" || err != nil {
		t.Errorf("part %q, error %v", got, err)
	}
	if got, _ := readPart(p, "twice"); got != "1" {
		t.Errorf("of two parts of one name got %q", got)
	}
	for _, name := range []string{"../out", "/root", "root", "out", "x/", "x", "missing"} {
		if p.Has(name) {
			t.Errorf("has %s", name)
		}
		if _, err := p.Part(name); code(err) != "damaged" {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestExpansionIsCountedTogether(t *testing.T) {
	p := open(t, pack(t, "a", strings.Repeat("x", 1000), "b", strings.Repeat("y", 1000)))
	p.left = 1500
	if got, err := readPart(p, "a"); len(got) != 1000 || err != nil {
		t.Fatalf("%d bytes, error %v", len(got), err)
	}
	if got, err := readPart(p, "b"); len(got) != 500 || code(err) != "too_large" {
		t.Errorf("%d bytes, error %v", len(got), err)
	}
}

// understate writes another size of the only part into the archive's directory.
func understate(data []byte, size uint32) []byte {
	at := bytes.Index(data, directoryMark)
	binary.LittleEndian.PutUint32(data[at+24:], size)
	return data
}

func TestSizesThatLie(t *testing.T) {
	content := strings.Repeat("x", 100_000)
	if got, err := readPart(open(t, understate(pack(t, "a", content), 10)), "a"); code(err) != "damaged" {
		t.Errorf("understated: %d bytes, error %v", len(got), err)
	}
	if _, err := readPart(open(t, understate(pack(t, "a", "x"), 1<<30)), "a"); code(err) != "damaged" {
		t.Errorf("overstated: error %v", err)
	}
}

func TestCopy(t *testing.T) {
	data := pack(t, "b.xml", "b", "a.png", "a", "a.xml", "aa")
	keep := func(bound int64) func(string) int64 {
		return func(name string) int64 {
			if strings.HasSuffix(name, ".xml") {
				return bound
			}
			return 0
		}
	}
	copied, err := open(t, data).Copy(keep(2))
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, copied)
	if p.Has("a.png") {
		t.Error("a part that was not kept is there")
	}
	if got, _ := readPart(p, "a.xml"); got != "aa" {
		t.Errorf("part %q", got)
	}
	if _, err := open(t, data).Copy(keep(1)); code(err) != "too_large" {
		t.Errorf("over the bound of a part: error %v", err)
	}
	lying := understate(pack(t, "a.xml", "a"), Expanded+1)
	if _, err := open(t, lying).Copy(keep(1 << 40)); code(err) != "too_large" {
		t.Errorf("over the bound of all: error %v", err)
	}
}

func TestRelations(t *testing.T) {
	p := open(t, pack(t, "word/_rels/document.xml.rels", `<Relationships>
		<Relationship Id="a" Type="http://x/styles" Target="styles.xml"/>
		<Relationship Id="b" Type="http://x/image" Target="../media/a.png"/>
		<Relationship Id="c" Type="http://x/root" Target="/docProps/core.xml"/>
		<Relationship Id="d" Type="http://x/out" Target="../../../etc/passwd"/>
		<Relationship Id="e" Type="http://x/hyperlink" Target="https://example.org" TargetMode="External"/>
	</Relationships>`))
	got, err := p.Relations(context.Background(), "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	want := []Relation{{"a", "styles", "word/styles.xml"}, {"b", "image", "media/a.png"}, {"c", "root", "docProps/core.xml"}, {"d", "out", "etc/passwd"}}
	if len(got) != len(want) {
		t.Fatalf("relations %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("relation %+v, want %+v", got[i], want[i])
		}
	}
	if got, err := p.Relations(context.Background(), ""); got != nil || err != nil {
		t.Errorf("relations that are not stored: %+v, %v", got, err)
	}
}

func TestXML(t *testing.T) {
	read := func(document string) (string, error) {
		x := NewXML(context.Background(), strings.NewReader(document))
		if _, err := x.Root(); err != nil {
			return "", err
		}
		var all strings.Builder
		err := x.Children(func(element xml.StartElement) error {
			if element.Name.Local == "skip" {
				return nil
			}
			text, err := x.Text()
			all.WriteString(text + Attr(element, "v") + ";")
			return err
		})
		return all.String(), err
	}
	tests := map[string]struct{ document, want, code string }{
		"text and attributes":   {`<a><b v="1">x</b><n:b xmlns:n="y">z</n:b></a>`, "x1;z;", ""},
		"what is not read":      {`<a><skip><b>x</b></skip><b>y</b></a>`, "y;", ""},
		"text in pieces":        {`<a><b>x<c>no</c><!-- no -->y<![CDATA[z]]></b></a>`, "xyz;", ""},
		"document type":         {`<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>`, "", "damaged"},
		"type that is named":    {`<!DOCTYPE a PUBLIC "-//x" "http://x/a.dtd"><a><b>x</b></a>`, "x;", ""},
		"entity":                {`<a><b>&x;</b></a>`, ";", "damaged"},
		"cut off":               {`<a><b>x</b>`, "x;", "damaged"},
		"no elements":           {``, "", "damaged"},
		"as deep as is allowed": {strings.Repeat("<a>", Depth) + strings.Repeat("</a>", Depth), ";", ""},
		"too deep":              {strings.Repeat("<a>", Depth+1) + strings.Repeat("</a>", Depth+1), ";", "too_large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := read(test.document)
			if got != test.want || code(err) != test.code {
				t.Errorf("got %q, error %v; want %q, %q", got, err, test.want, test.code)
			}
		})
	}
}

func TestContent(t *testing.T) {
	x := NewXML(context.Background(), strings.NewReader(`<a>eins <b>z<c>w</c>ei</b><d/> drei<!-- no --> &amp; vier</a>`))
	if _, err := x.Root(); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	text := func(data []byte) error { all.Write(data); return nil }
	err := x.Content(text, func(element xml.StartElement) error {
		all.WriteString("<" + element.Name.Local + ">")
		if element.Name.Local == "d" {
			return nil
		}
		return x.Content(text, func(xml.StartElement) error { return nil })
	})
	if want := "eins <b>zei<d> drei & vier"; all.String() != want || err != nil {
		t.Errorf("got %q, error %v; want %q", all.String(), err, want)
	}
}

func TestFinish(t *testing.T) {
	read := austauschbar.Text{Passages: []austauschbar.Passage{{Text: "a"}}}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	tests := map[string]struct {
		ctx  context.Context
		text austauschbar.Text
		err  error
		gap  string
		code string
	}{
		"whole":               {context.Background(), read, nil, "", ""},
		"stopped midway":      {context.Background(), read, Refuse("too_large", ""), "too_large", ""},
		"stopped by the time": {context.Background(), read, context.DeadlineExceeded, "timeout", ""},
		"stopped at once":     {context.Background(), austauschbar.Text{}, Refuse("too_large", ""), "", "too_large"},
		"another error":       {context.Background(), austauschbar.Text{}, io.ErrUnexpectedEOF, "", "damaged"},
		"nothing in it":       {context.Background(), austauschbar.Text{}, nil, "", "empty"},
		"nothing but gaps":    {context.Background(), austauschbar.Text{Gaps: []austauschbar.Gap{{Reason: "timeout"}}}, nil, "", "timeout"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, err := Finish(test.ctx, test.text, test.err)
			if code(err) != test.code {
				t.Errorf("error %v, want %q", err, test.code)
			}
			gap := ""
			if err == nil && len(text.Gaps) > 0 {
				gap = text.Gaps[0].Reason
			}
			if gap != test.gap {
				t.Errorf("gap %q, want %q", gap, test.gap)
			}
		})
	}
	if _, err := Finish(gone, read, nil); !errors.Is(err, context.Canceled) || code(err) != "" {
		t.Errorf("cancelled: error %v", err)
	}
}

func TestMeter(t *testing.T) {
	var m Meter
	if err := m.Text(Text); err != nil {
		t.Errorf("text at the bound: %v", err)
	}
	if err := m.Text(1); code(err) != "too_large" {
		t.Errorf("text over the bound: %v", err)
	}
	if err := m.Passage(Cells); err != nil {
		t.Errorf("cells at the bound: %v", err)
	}
	if err := m.Passage(1); code(err) != "too_large" {
		t.Errorf("cells over the bound: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(pack(f, "a/b.xml", "<a/>", "_rels/.rels", `<Relationships><Relationship Target="a"/></Relationships>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Open(data)
		if err != nil {
			if code(err) == "" {
				t.Errorf("error %v is no refusal", err)
			}
			return
		}
		left := p.left
		for name := range p.parts {
			content, err := readPart(p, name)
			if err != nil && code(err) == "" {
				t.Errorf("%s: error %v is no refusal", name, err)
			}
			if left -= int64(len(content)); p.left > left {
				t.Errorf("%s: %d bytes were not counted", name, p.left-left)
			}
		}
	})
}
