package evaluator

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestEquivalenceInBrackets(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want map[string]bool // names, and whether equivalents are accepted
	}{
		"of the one before":  {"Zu liefern sind PostgreSQL (oder gleichwertig), Redis.", map[string]bool{"PostgreSQL": true, "Redis": false}},
		"of each":            {"Supply PostgreSQL (or equivalent), Redis (or equivalent).", map[string]bool{"PostgreSQL": true, "Redis": true}},
		"of one, elsewhere":  {"PostgreSQL is in use, but equal products may be offered.\n\nSupply PostgreSQL.\n\nSupply Redis.", map[string]bool{"PostgreSQL": true, "Redis": false}},
		"of a clause's name": {"Supply PostgreSQL (see FAR 52.211-6, Brand Name or Equal).\n\nSupply Redis.", map[string]bool{"PostgreSQL": true, "Redis": false}},
		"of all, behind":     {"Zu liefern sind PostgreSQL, Redis (oder gleichwertig).", map[string]bool{"PostgreSQL": true, "Redis": true}},
		"of all, before":     {"Zu liefern sind (oder gleichwertig): PostgreSQL, Redis.", map[string]bool{"PostgreSQL": true, "Redis": true}},
		"without brackets":   {"Zu liefern sind PostgreSQL oder gleichwertig, Redis.", map[string]bool{"PostgreSQL": true, "Redis": true}},
		"more than brackets": {"Supply PostgreSQL (or equivalent relational database), Redis.", map[string]bool{"PostgreSQL": true, "Redis": true}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]bool{}
			for _, mention := range factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"] {
				got[mention.Name] = mention.Equivalent
			}
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFormatsOfBids(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"of a bid":       {"# Form der Angebote\n\nDas Angebot ist als PDF einzureichen.", 0},
		"of the service": {"# Anforderungen\n\nDas System gibt Bescheide als PDF aus.", 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := factsOf(t, map[string]string{"a.md": test.text}).Mentions["format"]; len(got) != test.want {
				t.Errorf("mentions %+v, want %d", got, test.want)
			}
		})
	}
}
