package bot

import (
	"context"
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
		"by manifest":      {nil, map[string][]string{"tenders/a": {"annex/b.md", "dossier.yaml", "spec.md"}, "tenders/b": {"dossier.yaml", "link.md: symlink"}}},
		"by configuration": {[]string{"do*", "tenders/a/"}, map[string][]string{"docs": {"readme.md"}, "tenders/a": {"annex/b.md", "dossier.yaml", "spec.md"}}},
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
			Speak: func(_ []austauschbar.Review, notes []string) (Wanted, error) {
				return Wanted{Summary: strings.Join(notes, " ")}, nil
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
// are noted and change nothing.
func TestTrust(t *testing.T) {
	var judged []string
	reviews, wanted, err := Review(t.Context(), Fetched{
		Head: fstest.MapFS{"spec.md": file("one two"), WaiversFile: file("A"), ConfigFile: file("mild")},
		Base: fstest.MapFS{"spec.md": file("one"), WaiversFile: file("E"), ConfigFile: file("strict")},
		Diff: []FileDiff{{Path: "spec.md"}, {Path: WaiversFile}, {Path: ConfigFile}, {Old: PolicyDir + "/lib/x.rego"}},
	}, stations(&judged))
	if err != nil {
		t.Fatal(err)
	}
	if reviews[0].Score.Level != "E" {
		t.Errorf("level %q: the change's own waivers count", reviews[0].Score.Level)
	}
	if diff := cmp.Diff([]string{"by strict"}, judged); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "config_changed policies_changed waivers_changed"; wanted.Summary != want {
		t.Errorf("notes %q, want %q", wanted.Summary, want)
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
			reviews, _, err := Review(t.Context(), Fetched{Head: fstest.MapFS{"spec.md": file("one two")}, Base: test.base}, stations(&judged))
			if err != nil {
				t.Fatal(err)
			}
			delta := reviews[0].Delta
			if diff := cmp.Diff([]any{test.new, test.fixed, test.ratings}, []any{delta.New, delta.Fixed, delta.Ratings}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	reviews, _, err := Review(t.Context(), Fetched{Head: fstest.MapFS{"spec.md": file("one")}}, stations(&judged))
	if err != nil || reviews[0].Delta != nil {
		t.Errorf("without a base: delta %v, error %v", reviews[0].Delta, err)
	}
}
