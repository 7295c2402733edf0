package templates

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

func checkFixture(t testing.TB) austauschbar.RepositoryCheck {
	t.Helper()
	text, err := os.ReadFile("testdata/opencode.json")
	if err != nil {
		t.Fatal(err)
	}
	var check austauschbar.RepositoryCheck
	if err := json.Unmarshal(text, &check); err != nil {
		t.Fatal(err)
	}
	return check
}

func TestRepositoryCheck(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		check, err := words.FillRepositoryCheck(checkFixture(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []Format{FormatTerminal, FormatMarkdown, FormatJSON} {
			t.Run(language+"."+string(format), func(t *testing.T) {
				var out bytes.Buffer
				if err := words.RepositoryCheck(&out, format, check, Options{}); err != nil {
					t.Fatal(err)
				}
				golden(t, strings.Join([]string{"opencode", language, string(format)}, "."), out.Bytes())
			})
		}
		if err := words.RepositoryCheck(io.Discard, "html", check, Options{}); err == nil {
			t.Error("html is written")
		}
	}
}

// Filling changes a copy, and fills a second time in another language.
func TestFillRepositoryCheckCopies(t *testing.T) {
	before := checkFixture(t)
	if _, err := load(t, "de").FillRepositoryCheck(before); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(checkFixture(t), before); diff != "" {
		t.Errorf("the original changed (-want +got):\n%s", diff)
	}
}

// A repository's own words act nowhere.
func TestRepositoryCheckEscapes(t *testing.T) {
	check := checkFixture(t)
	check.Name = "@all <script>\x1b[31m"
	check.Conditions[1].Findings[0].Args["value"] = "](https://example.org) @all <b>"
	words := load(t, "de")
	check, err := words.FillRepositoryCheck(check)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []Format{FormatTerminal, FormatMarkdown} {
		text := written(t, func(out *bytes.Buffer) error { return words.RepositoryCheck(out, format, check, Options{}) })
		if strings.Contains(text, "\x1b") || format == FormatMarkdown && (strings.Contains(text, "<script>") || strings.Contains(text, "@all") || strings.Contains(text, "](https://example.org)")) {
			t.Errorf("%s: %s", format, text)
		}
	}
}
