package batch

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/queue"
	"github.com/austauschbar/austauschbar/evaluator/archive"
)

// files writes files below a new folder.
func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range contents {
		at := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// zipped packs files into an archive.
func zipped(t *testing.T, contents map[string]string) string {
	t.Helper()
	var data bytes.Buffer
	out := zip.NewWriter(&data)
	for name, text := range contents {
		w, err := out.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return data.String()
}

// counter counts what is reviewed, by the text of the first document. Texts that begin
// with "hang", "break" and "fail" do.
type counter struct {
	lock sync.Mutex
	seen map[string]int
	stop func(reviews int) // called after each
}

func (c *counter) stations() bot.Stations {
	return bot.Stations{
		Read: func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
			data, err := dossier.Documents[0].Load(ctx)
			if err != nil {
				return austauschbar.Facts{}, err
			}
			text := string(data)
			c.lock.Lock()
			if c.seen == nil {
				c.seen = map[string]int{}
			}
			c.seen[text]++
			if c.stop != nil {
				c.stop(len(c.seen))
			}
			c.lock.Unlock()
			switch {
			case strings.HasPrefix(text, "hang"):
				<-ctx.Done()
				return austauschbar.Facts{}, ctx.Err()
			case strings.HasPrefix(text, "break"):
				panic("broken")
			case strings.HasPrefix(text, "fail"):
				return austauschbar.Facts{}, errors.New("cannot\u202e be\x00 read")
			}
			month := &austauschbar.Day{Value: "2026-11-23"}
			return austauschbar.Facts{
				Dossier: austauschbar.DossierFacts{},
				Notice:  []austauschbar.Notice{{Kind: "planning"}, {Kind: "competition", Buyers: []string{text}, Procedure: "open", CPV: []string{"72000000-5", "72000000"}, Published: month}},
			}, nil
		},
		Judge: func(_ context.Context, facts austauschbar.Facts) (austauschbar.Review, error) {
			score := float64(len(facts.Notice[1].Buyers[0]))
			return austauschbar.Review{
				Tool: tool, Policy: austauschbar.Policy{Digest: "sha256:0", Today: "2026-11-23", Profile: "p"},
				Dossier:  austauschbar.ReviewDossier{Title: facts.Notice[1].Buyers[0], Documents: make([]austauschbar.DocumentFact, 1)},
				Score:    austauschbar.Score{Overall: &score, Level: "C", Gate: "open", OpenGates: []string{"EX-01"}},
				Criteria: []austauschbar.Criterion{{ID: "EX-01", Rating: austauschbar.NotMet}, {ID: "EX-02", Rating: austauschbar.Partly}},
				Findings: []austauschbar.Finding{
					{Criterion: "EX-02", Code: "weak", Severity: "hint"}, {Criterion: "EX-01", Code: "missing", Severity: "blocker"},
					{Criterion: "EX-02", Code: "weak", Severity: "hint"}, {Criterion: "EX-02", Code: "weak", Severity: "hint", Waiver: &austauschbar.Waiver{}},
				},
			}, nil
		},
	}
}

var tool = austauschbar.Tool{Name: "austauschbar", Version: "1"}

func (c *counter) batch(output string, paths ...string) Batch {
	return Batch{
		Paths: paths, Folder: output, Jobs: 3, Timeout: 200 * time.Millisecond, What: "w", Largest: 1 << 20, Tool: tool, Stations: c.stations(), List: archive.OpenAt,
		Finish: func(summary *austauschbar.BatchSummary, out io.Writer) error {
			summary.Tool, summary.Digest, summary.Today = tool, "sha256:0", "2026-11-23"
			_, err := fmt.Fprintln(out, summary.Dossiers)
			return err
		},
	}
}

// ran runs a batch that comes to its end, and returns its lines.
func ran(t *testing.T, b Batch) []austauschbar.BatchLine {
	t.Helper()
	var lines []austauschbar.BatchLine
	if _, err := b.Run(t.Context(), func(line austauschbar.BatchLine) { lines = append(lines, line) }); err != nil {
		t.Fatal(err)
	}
	return lines
}

func pathsOf(lines []austauschbar.BatchLine, below string) []string {
	var paths []string
	for _, line := range lines {
		name := strings.TrimPrefix(strings.TrimPrefix(line.Path, filepath.ToSlash(below)), "/")
		if line.Error != "" {
			name += ": " + line.Error
		}
		paths = append(paths, name)
	}
	return paths
}

// What is a dossier, and that whatever is none is told.
func TestPlaces(t *testing.T) {
	folders := map[string]string{
		"a/x.md": "1", "a/sub/y.md": "2", "b/c/dossier.yaml": "", "b/c/z.md": "3", "b/d/dossier.yaml": "", "b/d/z.md": "4",
		"loose.md": "5", ".git/config": "6", "e/.keep": "",
	}
	for name, test := range map[string]struct {
		each  string
		files map[string]string
		at    string // below the folder
		want  []string
	}{
		"subfolders":            {"", folders, "", []string{"a", "b/c", "b/d", "e: the folder holds no documents", "loose.md"}},
		"a dossier":             {"", map[string]string{"dossier.yaml": "", "x.md": "1", "sub/y.md": "2"}, "", []string{""}},
		"documents alone":       {"", map[string]string{"x.md": "1", "y.md": "2", "waivers.yaml": ""}, "", []string{"x.md", "y.md"}},
		"dossiers":              {EachDossier, folders, "", []string{"b/c", "b/d"}},
		"dossiers, none marked": {EachDossier, map[string]string{"x.md": "1", "sub/y.md": "2"}, "", []string{""}},
		"folders":               {EachFolder, folders, "", []string{"a", "b", "e: the folder holds no documents", "loose.md"}},
		"folders, none":         {EachFolder, map[string]string{"x.md": "1", "y.md": "2"}, "", []string{""}},
		"each document":         {EachDocument, folders, "", []string{"a/sub/y.md", "a/x.md", "b/c/z.md", "b/d/z.md", "loose.md"}},
		"one document":          {"", map[string]string{"x.md": "1"}, "x.md", []string{"x.md"}},
		"archive":               {"", map[string]string{"t.zip": zipped(t, map[string]string{"a/x.md": "1", "a/../../evil.md": "2", "b.md": "3"})}, "t.zip", []string{`t.zip: unsafe_path "a/../../evil.md"`, "t.zip/a", "t.zip/b.md"}},
		"no archive":            {"", map[string]string{"t.zip": "PK nonsense"}, "t.zip", nil},
		"list": {"", map[string]string{
			"l.jsonl": "\"n/1.xml\"\n\n{\"path\": \"n\"}\n{\"ocid\":\"o-1\",\"tender\":{}}\nnonsense\n[]\n{}\n\"../missing\"\n" + `{"releases":[{"ocid":"a"},{"ocid":"b"}]}`,
			"n/1.xml": "<a/>",
		}, "l.jsonl", []string{
			"l.jsonl#4", "l.jsonl#5: the line is no JSON: ", "l.jsonl#6: the line is no JSON: ",
			`l.jsonl#7: the line is neither a path nor an OCDS release; write "notice.xml" or {"path": "notice.xml"}`, "l.jsonl#9/0", "l.jsonl#9/1", "n", "n/1.xml", "../missing",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := files(t, test.files)
			b := (&counter{}).batch(t.TempDir(), filepath.Join(folder, test.at))
			b.Each = test.each
			got := pathsOf(ran(t, b), folder)
			if test.want == nil { // one line with an error
				if len(got) != 1 || !strings.HasPrefix(got[0], "t.zip: ") {
					t.Errorf("lines %q", got)
				}
				return
			}
			for i := range got {
				got[i], _, _ = strings.Cut(got[i], "invalid character")
				got[i], _, _ = strings.Cut(got[i], "json: cannot")
				if _, after, ok := strings.Cut(got[i], "/missing: "); ok && after != "" {
					got[i] = "../missing"
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// many makes so many dossiers; some of them cannot be reviewed.
func many(t *testing.T, count int) string {
	contents := map[string]string{}
	for i := range count {
		text := fmt.Sprintf("text %d", i)
		if i%17 == 3 {
			text = fmt.Sprintf("fail %d", i)
		}
		contents[fmt.Sprintf("d%03d/x.md", i)] = text
	}
	return files(t, contents)
}

func outputs(t *testing.T, folder string) map[string]string {
	t.Helper()
	contents := map[string]string{}
	for _, name := range []string{ResultsFile, SummaryFile, OverviewFile} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		contents[name] = string(data)
	}
	return contents
}

// A batch that ends early, wherever, with half a line on disk, goes on and ends with
// the bytes of one that does not, and nothing is done twice whose line was on disk.
func TestResumes(t *testing.T) {
	folder, whole := many(t, 60), t.TempDir()
	ran(t, (&counter{}).batch(whole, folder))
	for _, after := range []int{1, 7, 30, 59} {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			output := t.TempDir()
			ctx, cancel := context.WithCancel(t.Context())
			first := &counter{stop: func(reviews int) {
				if reviews == after {
					cancel()
				}
			}}
			if _, err := first.batch(output, folder).Run(ctx, func(austauschbar.BatchLine) {}); !errors.Is(err, context.Canceled) {
				t.Fatalf("error %v", err)
			}
			journal, err := os.ReadFile(filepath.Join(output, journalFile))
			if err != nil {
				t.Fatal(err)
			}
			kept := bytes.Count(journal, []byte("\n"))
			if err := os.WriteFile(filepath.Join(output, journalFile), append(journal, []byte("nonsense\n"+`{"version":1,"path":"d0`)...), 0o600); err != nil {
				t.Fatal(err)
			}
			second := &counter{}
			ran(t, second.batch(output, folder))
			if diff := cmp.Diff(outputs(t, whole), outputs(t, output)); diff != "" {
				t.Errorf("(-one run +resumed):\n%s", diff)
			}
			if len(second.seen) != 60-kept {
				t.Errorf("%d lines were kept, and %d of 60 dossiers done anew", kept, len(second.seen))
			}
			if _, err := os.Stat(filepath.Join(output, journalFile)); !os.IsNotExist(err) {
				t.Errorf("the journal stays: %v", err)
			}
		})
	}
}

// What is done is done again only where it would come out otherwise.
func TestDoneOnce(t *testing.T) {
	folder, output := many(t, 10), t.TempDir()
	for _, step := range []struct {
		name   string
		change func(*Batch)
		want   int // reviews
	}{
		{"first", func(*Batch) {}, 10},
		{"again", func(*Batch) {}, 0},
		{"one document changed", func(*Batch) {
			if err := os.WriteFile(filepath.Join(folder, "d001", "x.md"), []byte("other"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, 1},
		{"a part only", func(b *Batch) { b.Paths = []string{filepath.Join(folder, "d002")} }, 0},
		{"the whole again", func(*Batch) {}, 1}, // the error, which is kept for its own batch only
		{"errors tried again", func(b *Batch) { b.Again = true }, 1},
		{"folder moved", func(*Batch) {
			if err := os.Rename(filepath.Join(folder, "d005"), filepath.Join(folder, "moved")); err != nil {
				t.Fatal(err)
			}
		}, 0},
		{"other rules", func(b *Batch) { b.What = "other" }, 10},
	} {
		c := &counter{}
		b := c.batch(output, folder)
		step.change(&b)
		if b.Paths[0] != folder {
			b.Each = EachFolder
		}
		lines := ran(t, b)
		if len(c.seen) != step.want {
			t.Errorf("%s: %d reviews, want %d", step.name, len(c.seen), step.want)
		}
		if step.name == "folder moved" && !slices.ContainsFunc(lines, func(l austauschbar.BatchLine) bool { return strings.HasSuffix(l.Path, "/moved") }) {
			t.Errorf("paths %q", pathsOf(lines, folder))
		}
	}
}

// A dossier that fails, breaks or hangs is a line, and the others are reviewed.
func TestFailures(t *testing.T) {
	folder := files(t, map[string]string{"a.md": "fail", "b.md": "break", "c.md": "hang", "d.md": "text"})
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "e.md")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a.md: cannot be read", "b.md: the review broke: broken", "c.md: not done within 200ms; --timeout gives more", "d.md",
		"e.md: it is a link, which may lead anywhere; name what it leads to",
	}
	if diff := cmp.Diff(want, pathsOf(ran(t, (&counter{}).batch(t.TempDir(), folder)), folder)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What strangers wrote is one bounded line without what cannot be seen.
func TestHostile(t *testing.T) {
	texts := map[string]string{
		"script": "<script>alert(1)</script>", "bidi": "a\u202eb\u2066c", "nul": "a\x00b", "lines": "a\nb\u2028c", "invalid": "a\xffb",
		"right to left": "שלום", "emoji": "👩‍💻 a\U000e0041", "long": strings.Repeat("ä", 10<<20/2), "blanks": strings.Repeat(" ", 1<<20) + "x",
	}
	contents := map[string]string{"na\u202eme\nx/x.md": "1", "<b>&\"'/x.md": "2"}
	for name, text := range texts {
		contents[name+"/x.md"] = text
	}
	folder, output := files(t, contents), t.TempDir()
	b := (&counter{}).batch(output, folder)
	b.Largest, b.Timeout = 64<<20, time.Minute
	lines := ran(t, b)
	data, err := os.ReadFile(filepath.Join(output, ResultsFile))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(data), "\n"); got != len(contents) || len(lines) != got {
		t.Errorf("%d lines of %d dossiers", got, len(contents))
	}
	if i := strings.IndexFunc(string(data), func(r rune) bool { return r != '\n' && invisible(r) }); i >= 0 {
		t.Errorf("at %d: %q", i, data[max(0, i-20):i+5])
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line.Title) > longestTitle || utf8.RuneCountInString(line.Notice.Authority) > longestTitle {
			t.Errorf("%s: title of %d bytes", line.Path, len(line.Title))
		}
	}
}

func TestLine(t *testing.T) {
	folder := files(t, map[string]string{"x.md": "text"})
	line := ran(t, (&counter{}).batch(t.TempDir(), folder))[0]
	if diff := cmp.Diff([]austauschbar.BatchFinding{{Criterion: "EX-01", Severity: "blocker", Code: "missing", Count: 1}, {Criterion: "EX-02", Severity: "hint", Code: "weak", Count: 2}}, line.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&austauschbar.BatchNotice{Authority: "text", Procedure: "open", CPV: []string{"72000000"}, Month: "2026-11"}, line.Notice); diff != "" {
		t.Errorf("notice (-want +got):\n%s", diff)
	}
	if line.Waived != 1 || line.Criteria["EX-02"] != austauschbar.Partly {
		t.Errorf("line %+v", line)
	}
}

func TestFolderIsLocked(t *testing.T) {
	output := t.TempDir()
	unlock, err := lockFolder(output)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := (&counter{}).batch(output, many(t, 1)).Run(t.Context(), func(austauschbar.BatchLine) {}); err == nil || !strings.Contains(err.Error(), "--output") {
		t.Errorf("error %v", err)
	}
}

func TestBegin(t *testing.T) {
	folder, day := filepath.Join(t.TempDir(), "new"), func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	for _, step := range []struct {
		given string
		today int
		want  string
	}{{"", 23, "2026-11-23"}, {"", 24, "2026-11-23"}, {"2026-11-25", 26, "2026-11-25"}, {"", 27, "2026-11-25"}} {
		if got, err := Begin(folder, step.given, day(step.today)); err != nil || got != step.want {
			t.Errorf("%+v: %s, %v", step, got, err)
		}
	}
}

// Two that share a PostgreSQL do nothing twice and end with what one alone ends with.
func TestPostgresShares(t *testing.T) {
	address := os.Getenv("AUSTAUSCHBAR_TEST_POSTGRES")
	if address == "" {
		t.Skip("set AUSTAUSCHBAR_TEST_POSTGRES to the address of a PostgreSQL where databases may be created")
	}
	database := newDatabase(t, address)
	folder, whole := many(t, 80), t.TempDir()
	ran(t, (&counter{}).batch(whole, folder))
	shared := &counter{}
	var both sync.WaitGroup
	folders := []string{t.TempDir(), t.TempDir()}
	for _, output := range folders {
		both.Go(func() {
			b := shared.batch(output, folder)
			b.Timeout = time.Minute
			var err error
			if b.Queue, err = queue.Open(t.Context(), database, queue.Options{Name: QueueName(b.What, b.Paths, b.Each), Workers: 3, Drain: time.Second}); err != nil {
				t.Error(err)
				return
			}
			defer b.Queue.Close()
			if _, err := b.Run(t.Context(), func(austauschbar.BatchLine) {}); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	for text, times := range shared.seen {
		if times != 1 {
			t.Errorf("%q was reviewed %d times", text, times)
		}
	}
	if len(shared.seen) != 80 {
		t.Errorf("%d of 80 were reviewed", len(shared.seen))
	}
	for _, output := range folders {
		if diff := cmp.Diff(outputs(t, whole), outputs(t, output)); diff != "" {
			t.Errorf("(-alone +shared):\n%s", diff)
		}
	}
}

func newDatabase(t *testing.T, address string) string {
	admin, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	name := fmt.Sprintf("batch_%d", time.Now().UnixNano())
	if _, err := admin.Exec(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		admin, err := pgx.Connect(context.Background(), address)
		if err != nil {
			return
		}
		defer admin.Close(context.Background())
		admin.Exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
	})
	fresh, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Path = "/" + name
	return fresh.String()
}
