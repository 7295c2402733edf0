package evaluator

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// tender is a release of OCDS with these parts of a lot.
func tender(lots ...string) string {
	text := `{"ocid": "o", "date": "2026-02-01T00:00:00Z", "language": "de", "tag": ["tender"], "parties": [{"roles": ["buyer"], "address": {"countryName": "Germany"}}],` +
		`"tender": {"title": "Fachverfahren", "mainProcurementCategory": "services", "legalBasis": {"id": "32014L0024"}, "value": {"amount": 5, "currency": "EUR"}, "lots": [`
	for i, lot := range lots {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf(`{"id": "%d", %s}`, i+1, lot)
	}
	return text + "]}}"
}

// What a notice states in fields stands where criteria look it up.
func TestNoticeFillsLists(t *testing.T) {
	criteria := `"awardCriteria": {"criteria": [{"type": "price", "name": "Preis", "numbers": [{"number": 0.4, "weight": "decimalExact"}]}, {"type": "quality", "name": "Rang", "numbers": [{"number": 1, "weight": "order"}]}]}`
	facts := factsOf(t, map[string]string{"a.json": tender(
		`"contractPeriod": {"startDate": "2026-05-01", "endDate": "2030-04-30"}, "renewal": {"maximumRenewals": 2, "period": {"durationInDays": 360}},`+criteria, criteria)})
	if len(facts.Notice) != 1 || len(facts.Notice[0].Lots) != 2 || facts.Documents[0].Role != austauschbar.RoleNotice {
		t.Fatalf("notices %+v, documents %+v", facts.Notice, facts.Documents)
	}
	var durations []string
	for _, d := range facts.Durations {
		durations = append(durations, fmt.Sprintf("%s %d x %g %s", d.About, d.Count, d.Value, d.Unit))
		if clause := facts.Clauses[d.Clause]; clause.Evidence != d.Evidence || d.Evidence.Path != "a.json" || d.Evidence.Place == "" {
			t.Errorf("duration %+v in clause %+v", d, clause)
		}
	}
	if diff := cmp.Diff([]string{"contract_term 1 x 48 month", "extension 2 x 12 month"}, durations); diff != "" {
		t.Errorf("durations (-want +got):\n%s", diff)
	}
	var days []string
	for _, d := range facts.Dates {
		days = append(days, d.About+" "+d.Value)
	}
	if diff := cmp.Diff([]string{"publication 2026-02-01", "contract_term 2026-05-01", "contract_term 2030-04-30"}, days); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
	for _, p := range facts.Percentages {
		if p.Value != 40 || p.About != "award_weight" {
			t.Errorf("percentage %+v", p)
		}
	}
	if len(facts.Amounts) != 1 || facts.Amounts[0].Value != 5 {
		t.Errorf("amounts %+v", facts.Amounts)
	}
	if c := facts.AwardCriteria; len(c) != 2 || c[0].Name != "Preis" || *c[0].Weight != 40 || c[1].Name != "Rang" || c[1].Weight != nil {
		t.Errorf("award criteria %+v", facts.AwardCriteria)
	}
}

// What the manifest leaves out is inferred from the newest call for competition.
func TestNoticeInfers(t *testing.T) {
	term := `"contractPeriod": {"startDate": "2026-05-01", "endDate": "2030-04-30"}, "renewal": {"maximumRenewals": 2, "period": {"durationInDays": 360}}`
	for name, test := range map[string]struct {
		documents map[string]string
		want      string
	}{
		"a call":          {map[string]string{"a.json": tender(term)}, "vgv inferred, published, 2026-02-01, {service 2026-05-01 48 [12 12]} inferred"},
		"a framework":     {map[string]string{"a.json": tender(term + `, "techniques": {"hasFrameworkAgreement": true}`)}, "vgv inferred, published, 2026-02-01, {framework 2026-05-01 48 [12 12]} inferred"},
		"the longest lot": {map[string]string{"a.json": tender(term, `"contractPeriod": {"startDate": "2026-05-01", "endDate": "2031-04-30"}`)}, "vgv inferred, published, 2026-02-01, {service 2026-05-01 60 []} inferred"},
		"a manifest":      {map[string]string{"a.json": tender(term), "dossier.yaml": "regime: uvgo\nstage: draft\nstarted: 2026-01-01\ncontract: {months: 12}\n"}, "uvgo declared, draft, 2026-01-01, {  12 []} declared"},
		"no notice":       {map[string]string{"a.md": "Text."}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := factsOf(t, test.documents).Dossier
			got := ""
			if d.Regime != nil {
				got = fmt.Sprintf("%s %s, %s, %s, ", d.Regime.Value, d.Regime.Source, d.Stage.Value, d.Started.Value)
			}
			if d.Contract != nil {
				got += fmt.Sprintf("%v %s", d.Contract.Value, d.Contract.Source)
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestNoticedRegime(t *testing.T) {
	for name, test := range map[string]struct {
		notice austauschbar.Notice
		want   string
	}{
		"national law":         {austauschbar.Notice{LegalBasis: []string{"32014L0024", "uvgo"}}, "uvgo"},
		"with a prefix":        {austauschbar.Notice{LegalBasis: []string{"de-vob"}}, "vob"},
		"works":                {austauschbar.Notice{LegalBasis: []string{"vob-a-eu"}}, "vob"},
		"the directive":        {austauschbar.Notice{Country: "DEU", LegalBasis: []string{"32014L0024"}}, "vgv"},
		"that of utilities":    {austauschbar.Notice{Country: "DE", LegalBasis: []string{"32014L0025"}}, "sektvo"},
		"works by directive":   {austauschbar.Notice{Country: "DEU", Nature: "works", LegalBasis: []string{"32014L0024"}}, ""},
		"another country":      {austauschbar.Notice{Country: "FRA", LegalBasis: []string{"32014L0024"}}, ""},
		"a law we do not know": {austauschbar.Notice{Country: "DEU", LegalBasis: []string{"other", "sgb-vi"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := noticedRegime(&test.notice); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Names of JSON and XML files tell nothing of what is in them.
func TestByShape(t *testing.T) {
	for name, test := range map[string]struct{ path, text, want string }{
		"OCDS":        {"a.json", tender(`"title": "Pflege"`), "json notice"},
		"lines":       {"a.jsonl", tender(`"title": "Pflege"`) + "\n" + tender(`"title": "Pflege"`), "json notice"},
		"a catalogue": {"anforderungen.json", `[{"text": "Alle Daten sind in einem offenen Format auszugeben."}]`, "json annex"},
		"settings":    {"a.json", `{"port": 80}`, "unknown_content"},
		"YAML":        {"anforderungen.yml", "- text: Alle Daten sind in einem offenen Format auszugeben.\n", "yaml annex"},
		"an invoice":  {"a.xml", "<Invoice/>", "unknown_content"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{test.path: test.text})
			got := ""
			for _, document := range facts.Documents {
				got += document.Format + " " + document.Role
			}
			for _, gap := range facts.Gaps {
				got += gap.Reason
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
