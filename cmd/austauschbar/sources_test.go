package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"github.com/austauschbar/austauschbar"
)

// Whoever reads in English can tell what a source is: METADATA name them in German.
func TestSourcesInEnglish(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"criteria", "--lang", "en", "--format", "json"}, &out, &errs); code != exitReviewed {
		t.Fatalf("exits with %d: %s", code, &errs)
	}
	var criteria []struct {
		ID         string
		References []austauschbar.Reference
	}
	if err := json.Unmarshal(out.Bytes(), &criteria); err != nil {
		t.Fatal(err)
	}
	german := regexp.MustCompile(`\b(und|oder|zur?|zum|mit|nach|vom|nur|Abs\.|Fassung|Stand|Kriterium|Empfehlung|Verordnung)\b`)
	title := regexp.MustCompile(`“[^”]*”`) // a work's own
	for _, criterion := range criteria {
		for _, reference := range criterion.References {
			if found := german.FindString(title.ReplaceAllString(reference.Description, "")); found != "" {
				t.Errorf("%s: %q has %q; name it in templates/en/sources.json", criterion.ID, reference.Description, found)
			}
		}
	}
}
