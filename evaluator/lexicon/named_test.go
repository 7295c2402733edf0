package lexicon

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"
)

// Words have the same name in both languages; a phrase asks for those of its own.
func TestNamedWords(t *testing.T) {
	l, err := Load(fstest.MapFS{
		"lexicon/words.yaml": {Data: []byte("words:\n  supplier:\n    de: [Auftragnehmer, anderer Anbieter, AN]\n    en: [supplier, service provider]\n")},
		"lexicon/a.yaml":     {Data: []byte("topics:\n  duty:\n    met:\n      de: [\"{supplier} .. übergeben\"]\n      en: [\"deliver + {supplier}\"]\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		text  string
		found bool
	}{
		"inflected":                {"Dem Auftragnehmer wird nichts übergeben", true},
		"capitals":                 {"Der AN übergibt den Code", true},
		"several words":            {"Ein anderer Anbieter übergibt den Code", true},
		"one of several words":     {"Ein Anbieter übergibt den Code", false},
		"any order":                {"The service provider delivers it", true},
		"small letters":            {"an alle übergeben", false},
		"those of the other":       {"deliver to the Auftragnehmer", false},
		"its name is none of them": {"The {supplier} übergibt", false},
	} {
		t.Run(name, func(t *testing.T) {
			hits, _ := l.Matcher.NewScanner().Scan(test.text)
			if (len(hits) > 0) != test.found {
				t.Errorf("%d hits in %q", len(hits), test.text)
			}
		})
	}
}

func TestNamedWordsRefused(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"name of a slot":   {"words: {duration: {en: [long]}}", "words duration: is the name of a value"},
		"no words":         {"words: {tie: {en: []}}", "words tie: has no words"},
		"named words":      {"words: {tie: {en: [\"{duration}\"]}}", "words tie: phrase"},
		"unknown":          {"topics: {x: {met: {en: [\"a {tie}\"]}}}", "there is no {tie}"},
		"another language": {"words: {tie: {de: [Bindung]}}\ntopics: {x: {met: {en: [\"a {tie}\"]}}}", "there is no {tie}"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{"lexicon/a.yaml": {Data: []byte(test.content)}})
			if err == nil || !strings.Contains(err.Error(), "lexicon/a.yaml") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that names lexicon/a.yaml and %q", err, test.want)
			}
		})
	}
	twice := fstest.MapFS{"lexicon/a.yaml": {Data: []byte("words: {tie: {en: [bond]}}")}, "lexicon/b.yaml": {Data: []byte("words: {tie: {en: [lock]}}")}}
	if _, err := Load(twice); err == nil || !strings.Contains(err.Error(), "lexicon/b.yaml") {
		t.Errorf("error %v, want one that names lexicon/b.yaml", err)
	}
}

// What no phrase asks for is dead, and a word needs to be said once.
func TestShippedNamedWords(t *testing.T) {
	all, words := "", file{}
	names, err := filepath.Glob("../../policies/lexicon/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all += string(data)
		if strings.HasSuffix(name, "words.yaml") {
			if err := yaml.Unmarshal(data, &words); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, languages := range words.Words {
		if !strings.Contains(all, "{"+name+"}") {
			t.Errorf("no phrase asks for {%s}", name)
		}
		for language, list := range languages {
			slices.Sort(list)
			if once := slices.Compact(slices.Clone(list)); len(once) != len(list) {
				t.Errorf("{%s}: a word stands twice in %s: %q", name, language, list)
			}
		}
	}
}
