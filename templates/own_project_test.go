package templates

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// ofAwards are criteria, and single codes, that a project of one's own is not judged by:
// policies/lib/deal sets them aside, or nobody is asked what is missing on them; the two
// codes are of contracts that are taken in, and EX-01 asks about the award itself.
var ofAwards = regexp.MustCompile(`^(CE-0[1-6]|CE-09|CE-11|EX-01|EX-09|LI-04|NE-0[235-9]|NE-10)|^(CE-07\.template_only|CE-08\.template|MC-06\.by_template)$|` +
	`^(CE-\d+|EX-0[247]|LI-0[2567]|MC-\d+)\.missing$`)

// ofTendersOnly are words for somebody who buys, and the law that binds only those.
var ofTendersOnly = map[string]*regexp.Regexp{
	"de": regexp.MustCompile(`Verlangen Sie|Fordern Sie|[Vv]ereinbaren Sie|[Vv]ergabe|Auftragnehmer|\bBieter|Liefergegenst|Zuschlag|VgV|UVgO|GWB`),
	"en": regexp.MustCompile(`\b(Demand|Require|Agree|tenderers?|bidders?|procurement|deliverables?|award(ed)?|VgV|UVgO|GWB)\b`),
}

// Whoever makes a thing is asked and told nothing about bidders and awards, whatever part
// of a finding's words says it.
func TestWordsForOwnProjectsSpeakOfNoAward(t *testing.T) {
	code := regexp.MustCompile(`^([A-Z]{2}-\d\d)\.([a-z_]+)$`)
	for _, language := range Languages() {
		words := load(t, language)
		texts := definitions(t, language)
		checked := 0
		for _, name := range words.Names() {
			match := code.FindStringSubmatch(name)
			if match == nil || ofAwards.MatchString(name) || slices.Contains([]string{"title", "meaning", "evidence", "reason", "terms"}, match[2]) {
				continue
			}
			reason := words.of(ownProject, name, "reason")
			if !words.Defines(reason) {
				reason = words.of(ownProject, match[1], "reason")
			}
			said := words.worded(ownProject, name)
			for _, part := range []string{said, said + ".question", words.of(ownProject, name, "remedy"), reason} {
				checked++
				if word := ofTendersOnly[language].FindString(texts[part]); word != "" {
					t.Errorf("%s: of %s, %s says %q", language, name, part, word)
				}
			}
		}
		if checked < 400 {
			t.Errorf("%s: only %d words were read", language, checked)
		}
	}
}

// definitions are the texts of all names of a language's criteria.
func definitions(t *testing.T, language string) map[string]string {
	t.Helper()
	define := regexp.MustCompile(`\{\{-? *define "([^"]+)" *-?\}\}`)
	names, err := wordFiles(files, language)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, name := range names {
		if filepath.Base(filepath.Dir(name)) != "criteria" {
			continue
		}
		file, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range define.FindAllStringSubmatch(string(file), -1) {
			text, _, _ := strings.Cut(body(string(file), match[1]), "{{/*")
			texts[match[1]] = text
		}
	}
	return texts
}
