package evaluator

import (
	"slices"
	"strings"
	"testing"
)

// Names that a list joins by "or" are a choice.
func TestNamesOfAChoice(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"two":                     {"The database shall be MySQL or PostgreSQL.", "MySQL PostgreSQL"},
		"three":                   {"Die Datenbank muss MariaDB, MySQL oder PostgreSQL sein.", "MariaDB MySQL PostgreSQL"},
		"and/or":                  {"It must support MariaDB, MySQL, and/or PostgreSQL.", "MariaDB MySQL PostgreSQL"},
		"with versions":           {"Als Datenbank ist MySQL 8.4 oder PostgreSQL 16 einzusetzen.", "MySQL PostgreSQL"},
		"with prepositions":       {"Data must be kept in MySQL or in PostgreSQL.", "MySQL PostgreSQL"},
		"all of them":             {"It must support MariaDB, MySQL and PostgreSQL.", ""},
		"some of them":            {"It must use Drupal and MySQL or PostgreSQL.", "MySQL PostgreSQL"},
		"one":                     {"It must use PostgreSQL or its successor.", ""},
		"one twice":               {"It must use PostgreSQL 15 or PostgreSQL 16.", ""},
		"of something else":       {"Drupal must be delivered or extended with PostgreSQL.", ""},
		"list and another word":   {"It must run MySQL, later PostgreSQL.", ""},
		"kinds in brackets":       {"Die Daten müssen in quelloffenen Datenbanken (PostgreSQL, MySQL, MariaDB) liegen.", "MariaDB MySQL PostgreSQL"},
		"kinds, English":          {"It must use an open source database (PostgreSQL/MySQL).", "MySQL PostgreSQL"},
		"both in brackets":        {"It must use databases (PostgreSQL and MySQL).", ""},
		"parts in brackets":       {"It must run with all office programs (Microsoft Word, Microsoft Excel).", ""},
		"two purposes":            {"It must use the existing stack (Drupal, PostgreSQL).", ""},
		"two lists in one clause": {"Drupal must be used, with MySQL or PostgreSQL.", "MySQL PostgreSQL"},
	} {
		t.Run(name, func(t *testing.T) {
			found := factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"]
			if len(found) == 0 {
				t.Fatal("no mention")
			}
			var got []string
			for _, mention := range found {
				if mention.OneOf {
					got = append(got, mention.Name)
				}
			}
			slices.Sort(got)
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("a choice among %q, want %q", got, test.want)
			}
		})
	}
}
