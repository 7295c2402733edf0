package templates

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// crossed is the review with the frameworks "framed", which has groups, weights and
// notes, and "table", which has a matrix and none of these.
func crossed(t testing.TB, words *Words) austauschbar.Review {
	t.Helper()
	review := filled(t, words, "review")
	text, err := os.ReadFile("testdata/crosswalks.json")
	if err == nil {
		err = json.Unmarshal(text, &review.Crosswalks)
	}
	if err != nil {
		t.Fatal(err)
	}
	return review
}

func TestCrosswalk(t *testing.T) {
	for _, language := range Languages() {
		words := load(t, language)
		review := crossed(t, words)
		for _, framework := range []string{"framed", "table"} {
			for _, format := range []Format{FormatTerminal, FormatMarkdown} {
				t.Run(strings.Join([]string{framework, language, string(format)}, "."), func(t *testing.T) {
					text := written(t, func(out *bytes.Buffer) error { return words.Crosswalk(out, format, review, framework, Options{}) })
					golden(t, strings.Join([]string{"crosswalk", framework, language, string(format)}, "."), []byte(text))
				})
			}
		}
	}
}

// As JSON it is the review with one framework.
func TestCrosswalkJSON(t *testing.T) {
	words := load(t, "de")
	text := written(t, func(out *bytes.Buffer) error {
		return words.Crosswalk(out, FormatJSON, crossed(t, words), "table", Options{})
	})
	var review austauschbar.Review
	if err := json.Unmarshal([]byte(text), &review); err != nil {
		t.Fatal(err)
	}
	if len(review.Crosswalks) != 1 || review.Crosswalks[0].Framework != "table" || len(review.Findings) == 0 {
		t.Errorf("%d crosswalks, %d findings", len(review.Crosswalks), len(review.Findings))
	}
}

func TestCrosswalkErrors(t *testing.T) {
	words := load(t, "en")
	review := crossed(t, words)
	for name, test := range map[string]struct {
		write func() error
		want  string
	}{
		"framework": {func() error { return words.Crosswalk(io.Discard, FormatTerminal, review, "none", Options{}) }, `no framework "none"`},
		"format":    {func() error { return words.Crosswalk(io.Discard, "html", review, "framed", Options{}) }, `format "html"`},
		"no matrix": {func() error { return words.Workbook(io.Discard, []austauschbar.Review{review}, "framed") }, "framework framed has no evaluation matrix"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := test.write(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// The documents' own words act nowhere, and a confidential place does not show them.
func TestCrosswalkEscapes(t *testing.T) {
	words := load(t, "de")
	review := crossed(t, words)
	review.Dossier.Title = "@all <script>\x1b[31m geheim"
	for _, format := range []Format{FormatTerminal, FormatMarkdown} {
		text := written(t, func(out *bytes.Buffer) error { return words.Crosswalk(out, format, review, "framed", Options{}) })
		if strings.Contains(text, "\x1b") || format == FormatMarkdown && (strings.Contains(text, "<script>") || strings.Contains(text, "@all")) {
			t.Errorf("%s: %s", format, text)
		}
		text = written(t, func(out *bytes.Buffer) error {
			return words.Confidential().Crosswalk(out, format, review, "framed", Options{})
		})
		if strings.Contains(text, "geheim") {
			t.Errorf("%s shows the title: %s", format, text)
		}
	}
}

// A text of the policies' data falls back to English, then to any.
func TestTold(t *testing.T) {
	words := load(t, "de")
	for name, test := range map[string]struct {
		texts austauschbar.Texts
		want  string
	}{
		"own":     {austauschbar.Texts{"de": "eins", "en": "one"}, "eins"},
		"English": {austauschbar.Texts{"en": "one", "fr": "un"}, "one"},
		"any":     {austauschbar.Texts{"fr": "un", "it": "uno"}, "un"},
		"none":    {nil, ""},
		"signs":   {austauschbar.Texts{"de": "e\x1bins\n"}, "eins"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := words.told(test.texts); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
