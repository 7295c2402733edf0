package evaluator

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

func TestFrames(t *testing.T) {
	for name, test := range map[string]struct {
		kind, text string
		want       *austauschbar.Frame
	}{
		"bare":                {"product", "Als Datenbank ist PostgreSQL einzusetzen.", &austauschbar.Frame{Before: "Als Datenbank ist ", Name: "PostgreSQL", After: " einzusetzen.", Bare: true}},
		"with its version":    {"product", "Die Daten sind mit PostgreSQL ab Version 16.2 zu verwalten.", &austauschbar.Frame{Before: "Die Daten sind mit ", Name: "PostgreSQL ab Version 16.2", After: " zu verwalten.", Bare: true}},
		"with its edition":    {"product", "Es muss Microsoft SQL Server 2022 Standard Edition eingesetzt werden.", &austauschbar.Frame{Before: "Es muss ", Name: "Microsoft SQL Server 2022 Standard Edition", After: " eingesetzt werden.", Bare: true}},
		"behind an article":   {"product", "Der Bieter muss eine PostgreSQL bereitstellen.", &austauschbar.Frame{Before: "Der Bieter muss eine ", Name: "PostgreSQL", After: " bereitstellen."}},
		"part of a compound":  {"product", "Der Bieter muss mit PostgreSQL-Lizenzen arbeiten.", nil},
		"a noun of its own":   {"product", "Der Bieter muss eine PostgreSQL-Datenbank bereitstellen.", &austauschbar.Frame{Before: "Der Bieter muss eine ", Name: "PostgreSQL-Datenbank", After: " bereitstellen."}},
		"before a noun":       {"product", "Der Bieter muss PostgreSQL Lizenzen bereitstellen.", nil},
		"English":             {"product", "The solution must use PostgreSQL 16 or later for storage.", &austauschbar.Frame{Before: "The solution must use ", Name: "PostgreSQL 16 or later", After: " for storage.", Bare: true}},
		"an English noun":     {"product", "The solution must use PostgreSQL databases for storage.", nil},
		"a norm and its part": {"standard", "Die Ablage muss ISO 15489-1:2016 entsprechen.", &austauschbar.Frame{Before: "Die Ablage muss ", Name: "ISO 15489-1:2016", After: " entsprechen.", Bare: true}},
		"a cell":              {"product", "| Nr. | Anforderung |\n|---|---|\n| 7 | Der Bieter muss PostgreSQL einsetzen. |\n", &austauschbar.Frame{Before: "Der Bieter muss ", Name: "PostgreSQL", After: " einsetzen.", Bare: true}},
		"no demand":           {"product", "Derzeit wird PostgreSQL eingesetzt.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			mentions := factsOf(t, map[string]string{"a.md": test.text}).Mentions[test.kind]
			if len(mentions) != 1 {
				t.Fatalf("mentions %+v, want one", mentions)
			}
			if diff := cmp.Diff(test.want, mentions[0].Frame); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if (mentions[0].Function != nil) != (test.kind == "product" && name != "no demand") {
				t.Errorf("function %v", mentions[0].Function)
			}
		})
	}
}

// A quote that is but a part of its clause cannot be put in order.
func TestCutQuotes(t *testing.T) {
	long := "Der Bieter muss PostgreSQL einsetzen" + strings.Repeat(" und dabei weitere Anforderungen beachten", 10) + "."
	facts := factsOf(t, map[string]string{"a.md": long, "b.md": "Der Bieter muss PostgreSQL einsetzen."})
	for _, mention := range facts.Mentions["product"] {
		if short := mention.Evidence.Path == "b.md"; mention.Evidence.Cut == short || (mention.Frame != nil) != short {
			t.Errorf("%s: cut %t, frame %v", mention.Evidence.Path, mention.Evidence.Cut, mention.Frame)
		}
	}
}
