package evaluator

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

const exitPlan = "Der Bieter legt mit dem Angebot ein Exit-Konzept vor."

// zipped is an archive of names and contents in turn.
func zipped(t testing.TB, files ...string) string {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for i := 0; i < len(files); i += 2 {
		to, err := w.Create(files[i])
		if err == nil {
			_, err = io.WriteString(to, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// mailed is a mail with a text and an attachment.
func mailed(text, name, content string) string {
	return "Subject: Frage\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + text +
		"\r\n--b\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(content)) + "\r\n--b--\r\n"
}

// listed are a review's documents, and its gaps with their reasons.
func listed(facts austauschbar.Facts) (documents, gaps []string) {
	for _, document := range facts.Documents {
		documents = append(documents, document.Path)
	}
	for _, gap := range facts.Gaps {
		gaps = append(gaps, gap.Path+" "+gap.Reason)
	}
	return documents, gaps
}

func TestContainers(t *testing.T) {
	inner := zipped(t, "c.md", exitPlan)
	for name, test := range map[string]struct {
		documents    map[string]string
		read, unread []string
		exitPlanIn   string
	}{
		"an archive":           {map[string]string{"a.zip": zipped(t, "b/c.md", exitPlan, "d.bin", "x")}, []string{"a.zip/b/c.md"}, []string{"a.zip/d.bin unknown_format"}, "a.zip/b/c.md"},
		"one in another":       {map[string]string{"a.ZIP": zipped(t, "b.zip", inner)}, []string{"a.ZIP/b.zip/c.md"}, nil, "a.ZIP/b.zip/c.md"},
		"one in two others":    {map[string]string{"a.zip": zipped(t, "b.zip", zipped(t, "c.zip", inner, "d.md", "Text."))}, []string{"a.zip/b.zip/d.md"}, []string{"a.zip/b.zip/c.zip nested_archive"}, ""},
		"a mail":               {map[string]string{"a.eml": mailed("Anbei.", "c.md", exitPlan)}, []string{"a.eml", "a.eml/c.md"}, nil, "a.eml/c.md"},
		"an archive in a mail": {map[string]string{"a.eml": mailed("Anbei.", "b.zip", inner)}, []string{"a.eml", "a.eml/b.zip/c.md"}, nil, "a.eml/b.zip/c.md"},
		"a mail in two others": {map[string]string{"a.zip": zipped(t, "b.zip", zipped(t, "c.eml", mailed(exitPlan, "d.md", "Text.")))}, []string{"a.zip/b.zip/c.eml"}, []string{"a.zip/b.zip/c.eml/d.md nested_archive"}, "a.zip/b.zip/c.eml"},
		"own files":            {map[string]string{"a.zip": zipped(t, "dossier.yaml", "nonsense", "waivers.yaml", "nonsense", "c.md", exitPlan)}, []string{"a.zip/c.md"}, nil, "a.zip/c.md"},
		"no archive":           {map[string]string{"a.zip": "Text", "b.md": exitPlan}, []string{"b.md"}, []string{"a.zip not_this_format"}, "b.md"},
		"an empty one":         {map[string]string{"a.zip": ""}, nil, []string{"a.zip empty"}, ""},
		"no mail":              {map[string]string{"a.eml": "Text"}, nil, []string{"a.eml not_this_format"}, ""},
		"a folder and archive": {map[string]string{"a.zip": zipped(t, "b.zip", inner, "b.zip/c.md", "Text.")}, []string{"a.zip/b.zip/c.md"}, []string{"a.zip/b.zip/c.md same_path"}, ""},
		"another kind":         {map[string]string{"a.zip": "Rar!\x1a\x07\x00", "b.7z": "7z", "c.tar.gz": "x"}, nil, []string{"a.zip archive_format", "b.7z archive_format", "c.tar.gz archive_format"}, ""},
		"an unsafe path":       {map[string]string{"a.zip": zipped(t, "../b.md", "Text.")}, nil, []string{"a.zip unsafe_path"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, test.documents)
			documents, gaps := listed(facts)
			if diff := cmp.Diff(test.read, documents); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.unread, gaps); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
			if test.exitPlanIn == "" {
				return
			}
			if hits := facts.Topics["exit_plan"]; len(hits) != 1 || hits[0].Evidence.Path != test.exitPlanIn {
				t.Errorf("hits %v, want one in %s", hits, test.exitPlanIn)
			}
		})
	}
}

// The bounds of a dossier count what archives hold.
func TestContainersAreBounded(t *testing.T) {
	var members []string
	for i := range limit.Documents + 10 {
		members = append(members, fmt.Sprintf("%04d.bin", i), "x")
	}
	facts := factsOf(t, map[string]string{"a.zip": zipped(t, members...), "b.zip": zipped(t, members...), "z.md": exitPlan})
	many := func(gap austauschbar.Gap) bool { return gap.Reason == "too_many" }
	if !slices.ContainsFunc(facts.Gaps, many) || len(facts.Gaps) > limit.Documents+10 {
		t.Errorf("%d gaps", len(facts.Gaps))
	}
	if len(facts.Topics["exit_plan"]) != 1 {
		t.Error("the document beside the archives is not read")
	}
}

// Archives of archives, as they are made to expand without end, are listed at once.
func TestArchivesWithoutEnd(t *testing.T) {
	level := "Leistung"
	for range 6 {
		var members []string
		for i := range 16 {
			members = append(members, fmt.Sprintf("%d.zip", i), level)
		}
		level = zipped(t, members...)
	}
	began := time.Now()
	facts := factsOf(t, map[string]string{"42.zip": level})
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if len(facts.Gaps) != 16*16 || facts.Gaps[0].Reason != "nested_archive" {
		t.Errorf("%d gaps, the first %v", len(facts.Gaps), facts.Gaps[0])
	}
}

// What is found in an archive is kept as that of other documents is, and an archive is
// loaded once for its list and once for its members.
func TestContainersAreKept(t *testing.T) {
	loads := new(atomic.Int64)
	e := keeping(t, 1<<20)
	dossier := austauschbar.Dossier{Documents: []austauschbar.Document{
		stored("a.zip", []byte(zipped(t, "b.md", exitPlan, "c.md", "Zu liefern ist PostgreSQL.")), loads),
	}}
	first := find(t, e, dossier)
	if loads.Load() != 1 {
		t.Errorf("loaded %d times", loads.Load())
	}
	entries := e.kept.EstimatedSize()
	if second := find(t, e, dossier); !bytes.Equal(encoded(t, first), encoded(t, second)) {
		t.Error("facts differ")
	}
	if e.kept.EstimatedSize() != entries || entries != 2 {
		t.Errorf("%d entries, then %d", entries, e.kept.EstimatedSize())
	}
	other := austauschbar.Dossier{Documents: []austauschbar.Document{stored("a.zip", []byte(zipped(t, "b.md", "Text.", "c.md", "Text.")), loads)}}
	if facts := find(t, e, other); len(facts.Topics["exit_plan"]) != 0 {
		t.Error("another archive has the first one's facts")
	}
}

// A shelf keeps few archives open, and opens one again where it must.
func TestShelf(t *testing.T) {
	s, loads := &shelf{}, new(atomic.Int64)
	for range 2 {
		for i := range shelved + 1 {
			path := fmt.Sprintf("%d.zip", i)
			documents, _, err := s.open(t.Context(), stored(path, []byte(zipped(t, path, "x")), loads), containers[".zip"])
			if err != nil || len(documents) != 1 || documents[0].Path != path {
				t.Fatal(documents, err)
			}
		}
	}
	if len(s.rows) != shelved || loads.Load() != 2*(shelved+1) {
		t.Errorf("%d rows, %d loads", len(s.rows), loads.Load())
	}
}

func TestCancelledWhileUnpacking(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	document := austauschbar.Document{Path: "a.zip", Load: func(ctx context.Context) ([]byte, error) { cancel(); return nil, ctx.Err() }}
	e, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Facts(ctx, austauschbar.Dossier{Documents: []austauschbar.Document{document}}, time.Now(), nil); err == nil || ctx.Err() == nil {
		t.Errorf("error %v", err)
	}
}

func TestContents(t *testing.T) {
	docx, err := os.ReadFile("../examples/fachverfahren/Leistungsbeschreibung.docx")
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile("../cmd/austauschbar/testdata/files/alt.doc")
	if err != nil {
		t.Fatal(err)
	}
	locked, err := os.ReadFile("../cmd/austauschbar/testdata/files/geschuetzt.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		path, content, format, reason string
	}{
		"RTF":                     {"a.rtf", `{\rtf1 ` + exitPlan + `}`, "rtf", ""},
		"RTF named .doc":          {"a.doc", `{\rtf1 ` + exitPlan + `}`, "rtf", ""},
		"RTF named .docx":         {"a.docx", "\r\n" + `{\rtf1 ` + exitPlan + `}`, "rtf", ""},
		"Word named .doc":         {"a.doc", string(docx), "docx", ""},
		"Word named .pdf":         {"a.pdf", string(docx), "docx", ""},
		"Word named .xlsx":        {"a.xlsx", string(docx), "docx", ""},
		"Word named .txt":         {"a.txt", string(docx), "docx", ""},
		"Word without a name":     {"Leistungsbeschreibung", string(docx), "docx", ""},
		"Word named 1.2 Leistung": {"1.2 Leistung", string(docx), "docx", ""},
		"Word named .md":          {"a.md", string(docx), "docx", ""},
		"old Word":                {"a.doc", string(old), "", "old_format"},
		"old Word named .docx":    {"a.docx", string(old), "", "old_format"},
		"old Word named .txt":     {"a.txt", string(old), "", "old_format"},
		"locked PDF named .docx":  {"a.docx", string(locked), "", "encrypted"},
		"text named .doc":         {"a.doc", exitPlan, "text", ""},
		"web archive named .doc":  {"a.doc", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>" + exitPlan, "eml", ""},
		"XML of Office 2003":      {"a.doc", `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>`, "", "old_format"},
		"binary named .doc":       {"a.doc", "\x09\x00\x04\x00", "", "old_format"},
		"text named .pdf":         {"a.pdf", exitPlan, "", "not_this_format"},
		"text named .docx":        {"a.docx", exitPlan, "", "damaged"},
		"text without a name":     {"LICENSE", exitPlan, "", "unknown_format"},
		"archive named .docx":     {"a.docx", zipped(t, "b.md", exitPlan), "", "not_this_format"},
		"macros":                  {"a.docm", string(docx), "docx", ""},
		"GAEB":                    {"lv.X83", exitPlan, "", "bill_of_quantities"},
		"GAEB 90":                 {"lv.d81", exitPlan, "", "bill_of_quantities"},
		"Outlook":                 {"a.msg", exitPlan, "", "mail_format"},
		"Project":                 {"a.mpp", exitPlan, "", "program_format"},
		"slides":                  {"a.pptx", exitPlan, "", "program_format"},
		"anything":                {"a.heic", exitPlan, "", "unknown_format"},
	} {
		t.Run(name, func(t *testing.T) {
			document := austauschbar.Document{Path: test.path, Load: func(context.Context) ([]byte, error) { return []byte(test.content), nil }}
			format, _, err := read(t.Context(), document)
			if test.reason != "" {
				if !refusedAs(err, test.reason) {
					t.Errorf("error %v, want %s", err, test.reason)
				}
				return
			}
			if err != nil || format != test.format {
				t.Errorf("format %q, error %v; want %s", format, err, test.format)
			}
		})
	}
}

// Every format that is known and not read has a name that no reader has.
func TestUnread(t *testing.T) {
	for extension := range unread {
		if _, known := readers[extension]; known {
			t.Errorf("%s has a reader", extension)
		}
		if extension != strings.ToLower(extension) || filepath.Ext(extension) != extension {
			t.Errorf("%q is no extension in lower case", extension)
		}
	}
}
