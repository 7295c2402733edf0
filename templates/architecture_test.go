package templates

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ofTenders are the groups of criteria, and single ones, that an architecture without a
// tender is not judged by.
var ofTenders = regexp.MustCompile(`^(CE|NE)-|^(AI-06|AI-09|EX-01|EX-07|LI-04|LI-05|LI-06)$`)

// spokenTo are words for somebody who buys, or who is bound by a contract.
var spokenTo = map[string]*regexp.Regexp{
	"de": regexp.MustCompile(`(?i)verlangen Sie|fordern Sie|vergabe|auftragnehmer|\bbieter|gleichwertig|liefergegenstand|vor der Veröffentlichung|vergütung|vereinbaren Sie`),
	"en": regexp.MustCompile(`(?i)\b(demand|require|procurement|supplier|tenderer|contractor|deliverable|remuneration|agree on)\b|or equivalent`),
}

// Whoever reviews an architecture is told what to draw, choose or write down; there is
// nobody to demand it of.
func TestRemediesOfArchitecturesDemandNothing(t *testing.T) {
	define := regexp.MustCompile(`(?s)\{\{-? *define "([A-Z]+-\d+)\.([a-z_]+)\.remedy" *-?\}\}`)
	for _, language := range Languages() {
		words := load(t, language)
		names, err := wordFiles(files, language)
		if err != nil {
			t.Fatal(err)
		}
		checked := 0
		for _, name := range names {
			id := strings.TrimSuffix(filepath.Base(name), ".tmpl")
			if filepath.Base(filepath.Dir(name)) != "criteria" || ofTenders.MatchString(id) {
				continue
			}
			text, err := files.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range define.FindAllStringSubmatch(string(text), -1) {
				if match[2] == "by_template" { // of a contract
					continue
				}
				remedy := words.of("architecture", match[1]+"."+match[2], "remedy")
				checked++
				if word := spokenTo[language].FindString(body(string(text), remedy)); word != "" {
					t.Errorf("%s: %s says %q", language, remedy, word)
				}
			}
		}
		if checked < 100 {
			t.Errorf("%s: only %d remedies were read", language, checked)
		}
	}
}

// body is the text of one definition, up to that of the next.
func body(text, name string) string {
	_, rest, _ := strings.Cut(text, `{{define "`+name+`"}}`)
	own, _, _ := strings.Cut(rest, `{{define "`)
	return own
}
