package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// sent is a mail of header lines and a body, as it goes over the wire.
func sent(header, body string) []byte {
	return []byte(strings.ReplaceAll("From: vergabe@example.org\nSubject: Frage\n"+header+"\n\n"+body, "\n", "\r\n"))
}

// multi is a part that holds others, divided by a boundary.
func multi(kind, boundary string, parts ...string) (header, body string) {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString("--" + boundary + "\n" + part + "\n")
	}
	return fmt.Sprintf("Content-Type: multipart/%s; boundary=\"%s\"", kind, boundary), b.String() + "--" + boundary + "--\n"
}

func mixed(parts ...string) []byte { return sent(multi("mixed", "=_a", parts...)) }

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want []string
	}{
		"plain":                 {sent("", "Der Bieter legt\nein Konzept vor.\n\nEnde."), []string{"Der Bieter legt ein Konzept vor.", "Ende."}},
		"quoted-printable":      {sent("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", "Gr=C3=B6=\n=C3=9Fe"), []string{"Größe"}},
		"base64":                {sent("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64", "R3L2\n33M= \n"), []string{"Größs"}},
		"no character set":      {sent("Content-Type: text/plain", "Gr\xf6\xdfe"), []string{"Größe"}},
		"an unknown one":        {sent("Content-Type: text/plain; charset=nonsense", "Größe"), []string{"Größe"}},
		"HTML":                  {sent("Content-Type: text/html; charset=utf-8", "<html><head><title>x</title><style>p{}</style></head><body><p>Der <b>Bie</b>ter\nliefert.</p><ul><li>CSV<li>XML</ul>"), []string{"Der Bieter liefert.", "CSV", "XML"}},
		"in two forms":          {sent(multi("alternative", "b", "Content-Type: text/plain\n\nText", "Content-Type: text/html\n\n<p>Text</p>")), []string{"Text"}},
		"in one of two":         {sent(multi("alternative", "b", "Content-Type: text/plain\n\n ", "Content-Type: text/html\n\n<p>Text</p>")), []string{"Text"}},
		"beside attachments":    {mixed("Content-Type: text/plain\n\nText", "Content-Type: application/pdf; name=a.pdf\n\n%PDF-"), []string{"Text"}},
		"of a mailbox":          {append([]byte("From vergabe@example.org Mon Jan 12 2027\n"), sent("", "Text")...), []string{"Text"}},
		"without its boundary":  {sent("Content-Type: multipart/mixed", "Text"), []string{"Text"}},
		"after a broken header": {sent("Content-Type: text/plain; charset=", "Text"), []string{"Text"}},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(t.Context(), test.data)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, p := range text.Passages {
				got = append(got, p.Text)
				if p.Line != 0 || p.Paragraph != i+1 {
					t.Errorf("line %d, paragraph %d", p.Line, p.Paragraph)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if text.Title != "Frage" || len(text.Gaps) > 0 {
				t.Errorf("title %q, gaps %v", text.Title, text.Gaps)
			}
		})
	}
}

func TestSubject(t *testing.T) {
	for subject, want := range map[string]string{
		"=?utf-8?Q?Gr=C3=B6=C3=9Fe?= der Datei":    "Größe der Datei",
		"=?windows-1252?B?R3L232U=?=":              "Größe",
		"Gr\xf6\xdfe":                              "Größe",
		"=?nonsense?Q?a?=":                         "=?nonsense?Q?a?=",
		"Vergabe\r\n zwoelf":                       "Vergabe zwoelf",
		"=?utf-8?Q?Gr=C3=B6?=\r\n =?utf-8?Q?er?= ": "Größer"[:4] + "er",
	} {
		text, err := Read(t.Context(), []byte("Subject: "+subject+"\r\n\r\nText"))
		if err != nil || text.Title != want {
			t.Errorf("%q: title %q, error %v", subject, text.Title, err)
		}
	}
}

func TestAttachments(t *testing.T) {
	pdf := "Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte("%PDF-1.7"))
	for name, test := range map[string]struct {
		data []byte
		want []string
	}{
		"none":                  {sent("", "Text"), nil},
		"by disposition":        {mixed("Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"Vertrag.pdf\"\n" + pdf), []string{"Vertrag.pdf: %PDF-1.7"}},
		"by the type's name":    {mixed("Content-Type: application/pdf; name=\"=?utf-8?Q?Vertr=C3=A4ge?=.pdf\"\n" + pdf), []string{"Verträge.pdf: %PDF-1.7"}},
		"in pieces":             {mixed("Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''Vertr%C3%A4; filename*1=ge.pdf\n" + pdf), []string{"Verträge.pdf: %PDF-1.7"}},
		"unnamed":               {mixed("Content-Type: application/pdf\n" + pdf), []string{"attachment.pdf: %PDF-1.7"}},
		"same names":            {mixed("Content-Type: application/pdf; name=a.pdf\n\n1", "Content-Type: application/pdf; name=a.pdf\n\n2"), []string{"a.pdf: 1", "a (2).pdf: 2"}},
		"leads out":             {mixed(`Content-Type: application/pdf; name="../../a.pdf"`+"\n\n1", `Content-Type: application/pdf; name="C:\\x\\b.pdf"`+"\n\n2", "Content-Type: application/pdf; name=\"..\"\n\n3"), []string{"a.pdf: 1", "b.pdf: 2", "attachment.pdf: 3"}},
		"text that is attached": {mixed("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nText"), []string{"a.txt: Text"}},
		"a mail":                {mixed("Content-Type: message/rfc822\n\nSubject: a\n\nText"), []string{"attachment.eml: Subject: a\r\n\r\nText"}},
		"a logo":                {mixed("Content-Type: image/png\nContent-ID: <1>\n\nx", "Content-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\ny"), []string{"a.png: y"}},
		"a signature":           {mixed("Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			documents, gaps, err := Attachments(t.Context(), test.data)
			if err != nil || len(gaps) > 0 {
				t.Fatal(gaps, err)
			}
			var got []string
			for _, document := range documents {
				data, err := document.Load(t.Context())
				if err != nil || int64(len(data)) != document.Size {
					t.Errorf("%s: %d bytes of %d, %v", document.Path, len(data), document.Size, err)
				}
				got = append(got, document.Path+": "+string(data))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// nested is a mail of parts so many deep.
func nested(levels int) []byte {
	part := "Content-Type: text/plain\n\nText"
	for level := range levels {
		header, body := multi("mixed", fmt.Sprint("=_", level), part)
		part = header + "\n\n" + body
	}
	return []byte("Subject: a\n" + part)
}

func TestGaps(t *testing.T) {
	encrypted, body := multi("encrypted", "b", "Content-Type: application/octet-stream\n\nx")
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"no bytes":       {nil, "empty"},
		"no text":        {sent("", " "), "empty"},
		"no mail":        {[]byte("Der Bieter liefert.\n"), "not_this_format"},
		"no mail either": {[]byte("a: b\n\nText"), "not_this_format"},
		"encrypted":      {sent(encrypted, body), "encrypted"},
		"S/MIME":         {sent("Content-Type: application/pkcs7-mime; name=smime.p7m", "x"), "encrypted"},
		"binary":         {sent("Content-Type: text/plain", "a\x00b"), "not_text"},
		"cut off":        {sent("Content-Type: multipart/mixed; boundary=b", "--b\n\n"), "damaged"},
		"deeply nested":  {nested(100), "too_large"},
		"too many parts": {mixed(strings.Split(strings.Repeat("Content-Type: image/png\n\nx,", parts+1), ",")...), "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), test.data)
			if refusal, ok := errors.AsType[*limit.Refusal](err); !ok || refusal.Code != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestReadStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, sent("", "Text")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Ten megabytes of one construct are read in a moment or refused.
func TestTime(t *testing.T) {
	header, _ := multi("mixed", "b")
	for name, data := range map[string][]byte{
		"headers":    sent(strings.Repeat("X-A: b\n", 10<<20/7), "Text"),
		"folded":     sent("X-A: b"+strings.Repeat("\n c", 10<<20/3), "Text"),
		"boundaries": sent(header, strings.Repeat("--b\n\n\n", 10<<20/6)),
		"near ones":  sent(header, "--b\n\n"+strings.Repeat("\n--", 1<<20)),
		"base64":     sent("Content-Transfer-Encoding: base64", strings.Repeat("QUFB\n", 10<<20/5)),
		"noise":      sent("Content-Transfer-Encoding: base64", strings.Repeat("\n!", 10<<20/2)),
		"escapes":    sent("Content-Transfer-Encoding: quoted-printable", strings.Repeat("=41", 10<<20/3)),
		"markup":     sent("Content-Type: text/html", strings.Repeat("<div>", 10<<20/5)),
		"same names": mixed(strings.Split(strings.Repeat("Content-Type: application/pdf; name=a\n\n,", parts-1), ",")...),
		"subject":    []byte("Subject: " + strings.Repeat("=?utf-8?Q?a?= ", 10<<20/14) + "\n\nText"),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			if _, err := Read(t.Context(), data); err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
				t.Error(err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(mixed("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=F6=DFe", "Content-Type: application/pdf; name=\"=?utf-8?Q?a=C3=A4?=.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0="))
	f.Add(sent(multi("alternative", "b", "Content-Type: text/plain\n\nText", "Content-Type: text/html\n\n<p>Text<ul><li>a</ul>")))
	f.Add(nested(3))
	f.Add([]byte("From x\nSubject: =?windows-1252?B?R3L232U=?=\n\nText\n- a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Read(t.Context(), data)
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("error %v is no refusal", err)
		}
		if again, _ := Read(t.Context(), data); !reflect.DeepEqual(again, text) {
			t.Error("the same bytes give another text")
		}
		for i, p := range text.Passages {
			if p.Text == "" || !utf8.ValidString(p.Text) || p.Paragraph != i+1 || p.Line != 0 {
				t.Errorf("passage %d: %+v", i+1, p)
			}
		}
		documents, _, err := Attachments(t.Context(), data)
		if err != nil && !errors.Is(err, austauschbar.ErrUnreadable) {
			t.Errorf("error %v is no refusal", err)
		}
		seen := map[string]bool{}
		for _, document := range documents {
			if name := document.Path; name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00") || seen[name] || !utf8.ValidString(name) || len(name) > longest+10 {
				t.Errorf("name %q", name)
			}
			seen[document.Path] = true
			if content, err := document.Load(t.Context()); err != nil || int64(len(content)) != document.Size || len(content) > len(data) {
				t.Errorf("%s: %d bytes of %d, %v", document.Path, len(content), document.Size, err)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := mixed("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"+strings.Repeat("Der Auftragnehmer stellt alle Daten in einem offenen Format bereit.\n\n", 1000),
		"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"+strings.Repeat(strings.Repeat("QUFB", 19)+"\n", 50_000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(b.Context(), data); err != nil {
			b.Fatal(err)
		}
	}
}
