package evaluator

import "testing"

// What a product's name is there for, by sentence and section.
func TestRolesOfNames(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"demand":                     {"Die Daten müssen in PostgreSQL gespeichert werden.", "requirement"},
		"nearest heading":            {"# Hinweise zur Angebotsabgabe\n\n## Anforderungen\n\nDie Daten müssen in PostgreSQL gespeichert werden.", "requirement"},
		"outer heading":              {"# Systemlandschaft\n\n## Datenbanken\n\nPostgreSQL 16", "existing_estate"},
		"case that may arise":        {"Im Fall von PostgreSQL müssen Lizenzen nachgewiesen werden.", "example"},
		"condition":                  {"Bei Einsatz von PostgreSQL ist eine Sicherung zu liefern.", "example"},
		"after the condition":        {"Sofern nichts anderes vereinbart ist, müssen die Daten in PostgreSQL gespeichert werden.", "requirement"},
		"choice":                     {"Die Daten müssen entweder in MariaDB oder in PostgreSQL gespeichert werden.", "example"},
		"English choice":             {"The data shall be stored in either MariaDB or PostgreSQL.", "example"},
		"English estate":             {"It must run within a PostgreSQL environment that we manage.", "existing_estate"},
		"form of the procedure":      {"Responses must be provided in the PostgreSQL form.", "procedure"},
		"earlier projects":           {"Please describe previous projects with PostgreSQL.", "staff_skill"},
		"credits":                    {"This text is based on the PostgreSQL guide.", "citation"},
		"joined heading, no blank":   {"##2.0 SYSTEMLANDSCHAFT\n\nPostgreSQL 16", "existing_estate"},
		"requirements of a glossary": {"# Glossar\n\nPostgreSQL: eine Datenbank.", "definition"},
	} {
		t.Run(name, func(t *testing.T) {
			mentions := factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"]
			if len(mentions) == 0 {
				t.Fatal("no mention")
			}
			if last := mentions[len(mentions)-1]; last.Role != test.want {
				t.Errorf("%s is read as %s, want %s", last.Name, last.Role, test.want)
			}
		})
	}
}
