package bot

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/tree"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestDossiers(t *testing.T) {
	tree := fstest.MapFS{
		"tenders/a/dossier.yaml":  file("title: A"),
		"tenders/a/spec.md":       file("Text."),
		"tenders/a/annex/b.md":    file("Text."),
		"tenders/a/.env":          file("A=1"),
		"tenders/a/.env.d/x.md":   file("Text."),
		"tenders/b/dossier.yaml":  file(""),
		"tenders/b/link.md":       {Mode: fs.ModeSymlink, Data: []byte("../../secret")},
		"tenders/b/~$spec.docx":   file("lock"),
		"tenders/b/.hidden/x.md":  file("Text."),
		".git/config":             file("x"),
		"node_modules/x/index.md": file("x"),
		"docs/readme.md":          file("Text."),
	}
	for name, test := range map[string]struct {
		globs []string
		want  map[string][]string
	}{
		"by manifest":      {nil, map[string][]string{"tenders/a": {".env", "annex/b.md", "dossier.yaml", "spec.md"}, "tenders/b": {"dossier.yaml", "link.md: symlink"}}},
		"by configuration": {[]string{"do*", "tenders/a/"}, map[string][]string{"docs": {"readme.md"}, "tenders/a": {".env", "annex/b.md", "dossier.yaml", "spec.md"}}},
	} {
		t.Run(name, func(t *testing.T) {
			dossiers, err := Dossiers(t.Context(), tree, "", test.globs)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string][]string{}
			for _, dossier := range dossiers {
				for _, document := range dossier.Documents {
					got[dossier.Path] = append(got[dossier.Path], document.Path)
				}
				for _, gap := range dossier.Gaps {
					got[dossier.Path] = append(got[dossier.Path], gap.Path+": "+gap.Reason)
				}
				slices.Sort(got[dossier.Path])
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	dossiers, err := Dossiers(t.Context(), fstest.MapFS{"compose.yaml": file("services: {}"), ".env": file("A=1"), ".gitignore": file("x")}, "", nil)
	if err != nil || len(dossiers) != 1 || len(dossiers[0].Documents) != 2 || dossiers[0].Documents[0].Path != ".env" {
		t.Errorf("a folder as a whole: %+v, error %v", dossiers, err)
	}
	for name, globs := range map[string][]string{"nothing there": {"ausschreibungen/*"}, "leads out": {"../*"}} {
		if _, err := Dossiers(t.Context(), tree, "", globs); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// stations whose review has a finding for each line of spec.md, and whose score
// is what waivers.yaml says.
func stations(judged *[]string) Prepare {
	return func(_ context.Context, trusted fs.FS) (Stations, error) {
		config, _ := fs.ReadFile(trusted, ConfigFile)
		*judged = append(*judged, "by "+string(config))
		return Stations{
			Read: func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
				facts := austauschbar.Facts{Topics: map[string][]austauschbar.TopicHit{}}
				for _, document := range dossier.Documents {
					data, err := document.Load(ctx)
					if err != nil {
						return facts, err
					}
					facts.Documents = append(facts.Documents, austauschbar.DocumentFact{Path: document.Path, Role: string(data)})
				}
				return facts, nil
			},
			Judge: func(_ context.Context, facts austauschbar.Facts) (austauschbar.Review, error) {
				var review austauschbar.Review
				for _, document := range facts.Documents {
					switch document.Path {
					case "spec.md":
						for line := range strings.FieldsSeq(document.Role) {
							review.Findings = append(review.Findings, austauschbar.Finding{ID: line})
						}
						review.Criteria = []austauschbar.Criterion{{ID: "EX-02", Rating: map[bool]string{true: austauschbar.NotMet, false: austauschbar.Met}[len(review.Findings) > 1]}}
					case WaiversFile:
						review.Score.Level = document.Role
					}
				}
				return review, nil
			},
			Speak: func(result Result) (Wanted, error) {
				return Wanted{Summary: strings.Join(result.Notes, " ")}, nil
			},
		}, nil
	}
}

// A document of a commit bears its blob's id, one on disk none.
func TestDocumentIDs(t *testing.T) {
	commit := tree.New([]tree.File{{Path: "a.md", Mode: 0o644, ID: "3e1a"}}, nil)
	for want, files := range map[string]fs.FS{"3e1a": commit, "": fstest.MapFS{"a.md": file("Text.")}} {
		dossiers, err := Dossiers(t.Context(), files, "", nil)
		if err != nil || len(dossiers) != 1 || len(dossiers[0].Documents) != 1 || dossiers[0].Documents[0].ID != want {
			t.Errorf("dossiers %+v, error %v; want one document with id %q", dossiers, err, want)
		}
	}
}

// A change is judged by its base's files: its own waivers, config and policies
// are noted and previewed, and change nothing.
func TestTrust(t *testing.T) {
	var judged []string
	result, wanted, err := Review(t.Context(), Fetched{
		Head: fstest.MapFS{"spec.md": file("one two"), WaiversFile: file("A"), ConfigFile: file("mild")},
		Base: fstest.MapFS{"spec.md": file("one"), WaiversFile: file("E"), ConfigFile: file("strict")},
		Diff: []FileDiff{{Path: "spec.md"}, {Path: WaiversFile}, {Path: ConfigFile}, {Old: PolicyDir + "/lib/x.rego"}},
	}, stations(&judged))
	if err != nil {
		t.Fatal(err)
	}
	if result.Reviews[0].Score.Level != "E" {
		t.Errorf("level %q: the change's own waivers count", result.Reviews[0].Score.Level)
	}
	if diff := cmp.Diff([]string{"by strict", "by mild"}, judged); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "config_changed policies_changed waivers_changed"; wanted.Summary != want {
		t.Errorf("notes %q, want %q", wanted.Summary, want)
	}
	if preview := result.Previews[0]; preview.Review.Score.Level != "A" || preview.Err != nil {
		t.Errorf("preview: level %q, %v", preview.Review.Score.Level, preview.Err)
	}
}

// Policies of a fork are not even tried; its waivers and configuration, which run
// nothing, are.
func TestForkPreview(t *testing.T) {
	for name, want := range map[string]error{PolicyDir + "/lib/x.rego": ErrFork, WaiversFile: nil} {
		var judged []string
		tree := fstest.MapFS{"spec.md": file("one"), name: file("x")}
		result, _, err := Review(t.Context(), Fetched{Head: tree, Base: tree, Fork: true, Diff: []FileDiff{{Path: "spec.md"}, {Path: name}}}, stations(&judged))
		if err != nil {
			t.Fatal(err)
		}
		if err := result.Previews[0].Err; !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		if tried := len(judged) == 2; tried != (want == nil) {
			t.Errorf("%s: judged %v", name, judged)
		}
	}
}

// Only what a change touches is reviewed.
func TestTouched(t *testing.T) {
	two := fstest.MapFS{"a/dossier.yaml": file(""), "a/spec.md": file("one"), "ab/dossier.yaml": file(""), "ab/spec.md": file("one")}
	config := func(globs string) fstest.MapFS {
		return fstest.MapFS{ConfigFile: file(globs), "a/spec.md": file("one")}
	}
	many := make([]FileDiff, maxDiff)
	for name, test := range map[string]struct {
		head, base fstest.MapFS
		diff       []FileDiff
		cut        bool
		want       string // paths of the reviewed dossiers, or what the error says
	}{
		"one":                         {two, two, []FileDiff{{Path: "ab/spec.md"}}, false, "ab"},
		"moved from one to another":   {two, two, []FileDiff{{Path: "ab/spec.md", Old: "a/spec.md"}}, false, "a ab"},
		"nothing":                     {two, two, []FileDiff{{Path: "README.md"}}, false, ""},
		"no change left":              {two, two, []FileDiff{}, false, ""},
		"the root":                    {fstest.MapFS{"spec.md": file("one")}, two, []FileDiff{{Path: "spec.md"}}, false, "."},
		"more than the forge names":   {two, two, many, false, "a ab"},
		"the forge says so":           {two, two, []FileDiff{{Path: "a/spec.md"}}, true, "a ab"},
		"no base":                     {two, nil, nil, false, "a ab"},
		"a folder that is removed":    {config("b"), fstest.MapFS{ConfigFile: file("b"), "b/spec.md": file("one")}, []FileDiff{{Old: "b/spec.md"}}, false, ""},
		"a folder that was not there": {config("b"), config("b"), []FileDiff{{Path: "a/spec.md"}}, false, "find dossiers b: there is no such folder"},
	} {
		t.Run(name, func(t *testing.T) {
			var judged []string
			prepare := func(ctx context.Context, trusted fs.FS) (Stations, error) {
				made, err := stations(&judged)(ctx, trusted)
				if globs, err := fs.ReadFile(trusted, ConfigFile); err == nil {
					made.Dossiers = strings.Fields(string(globs))
				}
				return made, err
			}
			fetched := Fetched{Head: test.head, Diff: test.diff, Cut: test.cut}
			if test.base != nil {
				fetched.Base = test.base
			}
			result, _, err := Review(t.Context(), fetched, prepare)
			var got []string
			for _, review := range result.Reviews {
				got = append(got, review.Dossier.Path)
			}
			if err != nil {
				got = []string{err.Error()}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// A base whose manifest is broken is none to compare with: the change may mend it.
func TestBrokenBase(t *testing.T) {
	var judged []string
	prepare := func(ctx context.Context, trusted fs.FS) (Stations, error) {
		made, err := stations(&judged)(ctx, trusted)
		read := made.Read
		made.Read = func(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Facts, error) {
			for _, document := range dossier.Documents {
				if data, _ := document.Load(ctx); string(data) == "broken" {
					return austauschbar.Facts{}, errors.New("line 1")
				}
			}
			return read(ctx, dossier)
		}
		return made, err
	}
	whole, broken := fstest.MapFS{"spec.md": file("one"), "dossier.yaml": file("")}, fstest.MapFS{"spec.md": file("one"), "dossier.yaml": file("broken")}
	result, _, err := Review(t.Context(), Fetched{Head: whole, Base: broken}, prepare)
	if err != nil || len(result.Reviews[0].Delta.New) != 1 {
		t.Errorf("%v, %+v", err, result.Reviews)
	}
	if _, _, err := Review(t.Context(), Fetched{Head: broken, Base: whole}, prepare); err == nil {
		t.Error("a broken head is no error")
	}
}

func TestCompare(t *testing.T) {
	var judged []string
	for name, test := range map[string]struct {
		base       fstest.MapFS
		new, fixed []string
		ratings    []austauschbar.RatingChange
	}{
		"worse":        {fstest.MapFS{"spec.md": file("one")}, []string{"two"}, []string{}, []austauschbar.RatingChange{{ID: "EX-02", From: "met", To: "not_met"}}},
		"other":        {fstest.MapFS{"spec.md": file("two three")}, []string{"one"}, []string{"three"}, []austauschbar.RatingChange{}},
		"same":         {fstest.MapFS{"spec.md": file("one two")}, []string{}, []string{}, []austauschbar.RatingChange{}},
		"a new folder": {fstest.MapFS{}, []string{"one", "two"}, []string{}, []austauschbar.RatingChange{}},
	} {
		t.Run(name, func(t *testing.T) {
			result, _, err := Review(t.Context(), Fetched{Head: fstest.MapFS{"spec.md": file("one two")}, Base: test.base}, stations(&judged))
			if err != nil {
				t.Fatal(err)
			}
			delta := result.Reviews[0].Delta
			if diff := cmp.Diff([]any{test.new, test.fixed, test.ratings}, []any{delta.New, delta.Fixed, delta.Ratings}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	result, _, err := Review(t.Context(), Fetched{Head: fstest.MapFS{"spec.md": file("one")}}, stations(&judged))
	if err != nil || result.Reviews[0].Delta != nil {
		t.Errorf("without a base: delta %v, error %v", result.Reviews[0].Delta, err)
	}
}
