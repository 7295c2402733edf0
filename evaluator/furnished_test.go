package evaluator

import "testing"

// What the buyer lends for the work, has itself or wants people to know is not demanded.
func TestWhatTheBuyerHas(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string // roles of the products, in order
	}{
		"lent for the work":        {"# Work\n\nThe backlog is kept in PostgreSQL, a web-based tool, that will be provided by the Court. The contractor shall use PostgreSQL.", []string{"existing_estate", "existing_estate"}},
		"lent, elsewhere demanded": {"# Work\n\nPostgreSQL is furnished by the agency.\n\n# Solution\n\nThe contractor shall use PostgreSQL.", []string{"existing_estate", "requirement"}},
		"lent without heading":     {"PostgreSQL is furnished by the agency.\n\nThe contractor shall use PostgreSQL.", []string{"existing_estate", "requirement"}},
		"lent, in its clause":      {"# Tools\n\nCode is kept in PostgreSQL, which the County supplies. The contractor shall commit to PostgreSQL.", []string{"existing_estate", "existing_estate"}},
		"lent, German clause":      {"Fehler stehen in PostgreSQL, das der Landkreis bereitstellt.", []string{"existing_estate"}},
		"run by the buyer":         {"Gearbeitet wird in PostgreSQL, das vom Landkreis betrieben wird.", []string{"existing_estate"}},
		"run by the contractor":    {"Die Software muss PostgreSQL nutzen, das der Auftragnehmer bereitstellt.", []string{"requirement"}},
		"lent by the contractor":   {"# Work\n\nPostgreSQL must be provided by the contractor.", []string{"requirement"}},
		"designated":               {"Code must be posted to a PostgreSQL repository designated by the Commission.", []string{"existing_estate"}},
		"lent, German":             {"# Arbeit\n\nEin Zugang zu PostgreSQL wird vom Landkreis bereitgestellt.\n\nDer Auftragnehmer muss PostgreSQL nutzen.", []string{"existing_estate", "existing_estate"}},
		"lent, turned round":       {"# Arbeit\n\nEinen Zugang zu PostgreSQL stellt die Stadt bereit. Der Auftragnehmer muss PostgreSQL nutzen.", []string{"existing_estate", "existing_estate"}},
		"lent by name":             {"Das Landesamt für Statistik (im Folgenden: LfSt) schreibt aus.\n\nGearbeitet wird mit PostgreSQL, das vom LfSt gestellt wird.", []string{"existing_estate"}},
		"to be delivered, German":  {"PostgreSQL muss vom Auftragnehmer bereitgestellt werden.", []string{"requirement"}},
		"code that is there":       {"The backend codebase is in PostgreSQL.", []string{"existing_estate"}},
		"code to come":             {"The code must be in PostgreSQL.", []string{"requirement"}},
		"code there, German":       {"Die Codebasis ist in PostgreSQL geschrieben.", []string{"existing_estate"}},
		"stack in a list":          {"# Technologies used\n\n- PostgreSQL 16\n", []string{"existing_estate"}},
		"stack to come":            {"# Technologies\n\n- PostgreSQL 16\n", []string{"requirement"}},
		"skill":                    {"Tenderers should be comfortable with PostgreSQL.", []string{"staff_skill"}},
		"skill, German":            {"Gefordert sind PostgreSQL-Kenntnisse.", []string{"staff_skill"}},
		"ecosystem":                {"The index is a component of the PostgreSQL ecosystem.", []string{"existing_estate"}},
		"address of mail":          {"Tenders go to bids@postgresql.org by mail.", nil},
		"association":              {"The PostgreSQL Users Group invites tenders.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var roles []string
			for _, mention := range factsOf(t, map[string]string{"a.md": test.text}).Mentions["product"] {
				roles = append(roles, mention.Role)
				if mention.Role != "requirement" && mention.Frame != nil {
					t.Errorf("%s is framed for another wording", mention.Role)
				}
			}
			if len(roles) != len(test.want) {
				t.Fatalf("roles %v, want %v", roles, test.want)
			}
			for i := range roles {
				if roles[i] != test.want[i] {
					t.Errorf("roles %v, want %v", roles, test.want)
				}
			}
		})
	}
}
