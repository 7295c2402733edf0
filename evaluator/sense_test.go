package evaluator

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/austauschbar/austauschbar"
)

// The law of the procedure is inferred only where the text says it.
func TestRegimes(t *testing.T) {
	tests := map[string]struct {
		documents map[string]string
		want      []string // of the documents by path, then of the dossier
	}{
		"said":               {map[string]string{"a.md": "Die Vergabe erfolgt im Wege einer Verhandlungsvergabe nach § 8 Abs. 4 UVgO."}, []string{"uvgo", "uvgo"}},
		"said of procedure":  {map[string]string{"a.md": "Offenes Verfahren gemäß § 15 VgV"}, []string{"vgv", "vgv"}},
		"said, English":      {map[string]string{"a.md": "This is an open procedure under section 15 VgV and the tender is published EU-wide."}, []string{"vgv", "vgv"}},
		"works":              {map[string]string{"a.md": "Öffentliche Ausschreibung nach VOB/A."}, []string{"vob", "vob"}},
		"utilities":          {map[string]string{"a.md": "Für dieses Vergabeverfahren ist die SektVO anzuwenden."}, []string{"sektvo", "sektvo"}},
		"a rule is cited":    {map[string]string{"a.md": "Die Leistung wird nach § 31 VgV beschrieben."}, []string{"vgv", "vgv"}},
		"said over cited":    {map[string]string{"a.md": "Verhandlungsvergabe nach § 8 UVgO. Die Eignung folgt § 48 VgV."}, []string{"uvgo", "uvgo"}},
		"terms of contract":  {map[string]string{"a.md": "Es gelten die Bedingungen nach VOB/B."}, []string{"", ""}},
		"choice of template": {map[string]string{"a.md": "Verfahrensordnung je nach Schwelle: § 31 VgV (oberschwellig), § 23 UVgO (unterschwellig)."}, []string{"", ""}},
		"glossary":           {map[string]string{"a.md": "# Abkürzungen\n\nVgV: Vergabeverordnung"}, []string{"", ""}},
		"negated":            {map[string]string{"a.md": "Das Verfahren wird nicht nach der VgV durchgeführt."}, []string{"", ""}},
		"documents disagree": {map[string]string{"a.md": "Offenes Verfahren nach VgV.", "b.md": "Verhandlungsvergabe nach UVgO."}, []string{"vgv", "uvgo", ""}},
		"one document says":  {map[string]string{"a.md": "Offenes Verfahren nach VgV.", "b.md": "Die Leistung ist nach § 23 UVgO beschrieben."}, []string{"vgv", "uvgo", "vgv"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, test.documents)
			var got []string
			for _, document := range facts.Documents {
				got = append(got, document.Regime)
			}
			if regime := facts.Dossier.Regime; regime == nil {
				got = append(got, "")
			} else {
				got = append(got, regime.Value)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Templates of contract terms are told with their version and what sets them aside.
func TestContractTemplates(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string // id, version, whether taken in, deviations with their topics
	}{
		"taken in":            {"Vertragsgrundlage ist der EVB-IT Erstellungsvertrag.", []string{"evb_it_erstellung  true []"}},
		"taken in, English":   {"The contract is based on the EVB-IT System template.", []string{"evb_it_system  true []"}},
		"version":             {"Es gelten die EVB-IT Pflege S in der Version 2.1.", []string{"evb_it_pflege_s 2.1 true []"}},
		"day of the version":  {"Vertragsbestandteil werden die EVB-IT Service (Fassung vom 20.03.2026).", []string{"evb_it_service 20.03.2026 true []"}},
		"several":             {"Vertragsgrundlage sind die EVB-IT Überlassung Typ A und die EVB-IT Dienstleistung.", []string{"evb_it_ueberlassung_a  true []", "evb_it_dienstleistung  true []"}},
		"cloud":               {"Es gilt der EVB-IT Cloudvertrag.", []string{"evb_it_cloud  true []"}},
		"in a glossary":       {"# Abkürzungen\n\nEVB-IT System: Vertragsmuster des Bundes", []string{"evb_it_system  false []"}},
		"the family alone":    {"Der Vertrag entsteht in Anlehnung an die EVB-IT.", nil},
		"deviation":           {"Es gelten die EVB-IT System.\n\nAbweichend von Ziffer 17.1 EVB-IT System wird der Quellcode nicht übergeben.", []string{"evb_it_system  true [17.1 source_code]"}},
		"deviation, no name":  {"Es gelten die EVB-IT Erstellung.\n\nAbweichend von Nummer 17 wird der Quellcode nicht übergeben.", []string{"evb_it_erstellung  true [17 source_code]"}},
		"deviation, English":  {"The contract is based on the EVB-IT System template.\n\nBy way of derogation from clause 17 of the EVB-IT System, source code will not be handed over.", []string{"evb_it_system  true [17 source_code]"}},
		"of another document": {"Es gelten die EVB-IT System.\n\nAbweichend von Ziffer 17 der Leistungsbeschreibung wird der Quellcode nicht übergeben.", []string{"evb_it_system  true []"}},
		"of another template": {"Es gelten die EVB-IT System und die EVB-IT Service.\n\nAbweichend von Ziffer 17 EVB-IT System wird der Quellcode nicht übergeben.", []string{"evb_it_system  true [17 source_code]", "evb_it_service  true []"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, template := range factsOf(t, map[string]string{"a.md": test.text + "\n"}).Templates {
				deviations := []string{}
				for _, deviation := range template.Deviations {
					deviations = append(deviations, deviation.Number+" "+strings.Join(deviation.Topics, " "))
				}
				got = append(got, fmt.Sprintf("%s %s %t %v", template.ID, template.Version, template.TakenIn, deviations))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// told writes contradictions as one line each.
func told(facts austauschbar.Facts) []string {
	var lines []string
	for _, contradiction := range facts.Contradictions {
		line := contradiction.Kind
		if contradiction.About != "" {
			line += " " + contradiction.About
		}
		for _, side := range contradiction.Sides {
			line += fmt.Sprintf(", %s:", side.Evidence.Path)
			if side.Value != 0 {
				line += fmt.Sprintf(" %g", side.Value)
			}
			if side.Name != "" {
				line += " " + side.Name
			}
		}
		lines = append(lines, line)
	}
	return lines
}

const (
	price4060 = "| Kriterium | Gewichtung |\n|---|---|\n| Preis | 40 % |\n| Qualität | 60 % |\n"
	price5050 = "| Kriterium | Gewichtung |\n|---|---|\n| 1. Preis | 50 % |\n| 2. Qualität | 50 % |\n"
	evalEn    = "| Award criterion | Weight |\n|---|---|\n| Price | %d %% |\n| Quality | %d %% |\n"
	three     = "# Schnittstellen\n\n- Einwohnermeldewesen (OSCI-XMeld)\n- Kassenverfahren\n- Dokumentenablage\n"
	threeEn   = "# Interfaces\n\n- Population register: nightly\n- Payment gateway\n- Document archive\n"
)

// Documents of one dossier are compared; what may be meant otherwise is left alone.
func TestContradictions(t *testing.T) {
	notice := tender(`"contractPeriod": {"durationInDays": 1080}, "awardCriteria": {"criteria": [{"type": "price", "name": "Preis", "numbers": [{"number": 50, "weight": "percentageExact"}]}, {"type": "quality", "name": "Qualität", "numbers": [{"number": 50, "weight": "percentageExact"}]}]}`)
	tests := map[string]struct {
		documents map[string]string
		want      []string
	}{
		"terms":                        {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 48 Monate.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 36 Monate."}, []string{"contract_term, Leistungsbeschreibung.md: 36, Vertrag.md: 48"}},
		"terms, English":               {map[string]string{"contract.md": "The contract term is 48 months.", "specification.md": "The contract term is three years."}, []string{"contract_term, contract.md: 48, specification.md: 36"}},
		"the same in other words":      {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 4 Jahre.", "Leistungsbeschreibung.md": "Der Vertrag läuft vom 1.1.2027 bis 31.12.2030."}, nil},
		"the whole in one number":      {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 24 Monate und kann zweimal um 12 Monate verlängert werden.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 48 Monate."}, nil},
		"options":                      {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 24 Monate und kann zweimal um 12 Monate verlängert werden.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 24 Monate und kann dreimal um 12 Monate verlängert werden."}, []string{"extension, Leistungsbeschreibung.md: 60, Vertrag.md: 48"}},
		"how often an option is taken": {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 24 Monate und kann zweimal um 12 Monate verlängert werden.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 24 Monate und kann um 12 Monate verlängert werden, auch mehrmals."}, nil},
		"options, English":             {map[string]string{"contract.md": "The contract term is two years and may be extended twice by 12 months.", "specification.md": "The contract term is two years and may be extended by 6 months."}, []string{"extension, contract.md: 48, specification.md: 30"}},
		"silence on options":           {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 24 Monate und kann um 12 Monate verlängert werden.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 24 Monate."}, nil},
		"other lots":                   {map[string]string{"Vertrag.md": "Los 1: Die Vertragslaufzeit beträgt 24 Monate.", "Leistungsbeschreibung.md": "Los 2: Die Vertragslaufzeit beträgt 36 Monate."}, nil},
		"the same lot":                 {map[string]string{"Vertrag.md": "Los 2: Die Vertragslaufzeit beträgt 24 Monate.", "Leistungsbeschreibung.md": "Los 2: Die Vertragslaufzeit beträgt 36 Monate."}, []string{"contract_term 2, Leistungsbeschreibung.md: 36, Vertrag.md: 24"}},
		"another contract":             {map[string]string{"Vertrag.md": "Die Laufzeit des Pflegevertrags beträgt 60 Monate.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 36 Monate."}, nil},
		"several terms":                {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 24 Monate.\n\nDie Vertragslaufzeit beträgt 48 Monate.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 36 Monate."}, nil},
		"several tenders":              {map[string]string{"Vertrag-A.md": "Die Vertragslaufzeit beträgt 24 Monate.", "Vertrag-B.md": "Die Vertragslaufzeit beträgt 48 Monate.", "Leistungsbeschreibung.md": "Die Vertragslaufzeit beträgt 24 Monate."}, nil},
		"an annex binds nobody":        {map[string]string{"Vertrag.md": "Die Vertragslaufzeit beträgt 24 Monate.", "Rechenbeispiel.md": "Die Vertragslaufzeit beträgt 48 Monate."}, nil},
		"notice":                       {map[string]string{"notice.json": notice, "Vertrag.md": "Die Vertragslaufzeit beträgt 48 Monate.", "Bewertungsmatrix.md": price4060}, []string{"contract_term, Vertrag.md: 48, notice.json: 36", "award_weight Preis, Bewertungsmatrix.md: 40, notice.json: 50", "award_weight Qualität, Bewertungsmatrix.md: 60, notice.json: 50"}},
		"weights":                      {map[string]string{"Leistungsbeschreibung.md": price4060, "Bewertungsmatrix.md": price5050}, []string{"award_weight 1. Preis, Bewertungsmatrix.md: 50, Leistungsbeschreibung.md: 40", "award_weight 2. Qualität, Bewertungsmatrix.md: 50, Leistungsbeschreibung.md: 60"}},
		"weights, English":             {map[string]string{"specification.md": fmt.Sprintf(evalEn, 30, 70), "award criteria.md": fmt.Sprintf(evalEn, 40, 60)}, []string{"award_weight Price, award criteria.md: 40, specification.md: 30", "award_weight Quality, award criteria.md: 60, specification.md: 70"}},
		"the same weights":             {map[string]string{"Leistungsbeschreibung.md": price4060, "Bewertungsmatrix.md": price4060}, nil},
		"shares within a criterion":    {map[string]string{"Leistungsbeschreibung.md": price4060, "Bewertungsmatrix.md": "| Kriterium | Gewichtung |\n|---|---|\n| Konzept | 70 % |\n| Qualität | 30 % |\n"}, nil},
		"weights of lots":              {map[string]string{"Leistungsbeschreibung.md": price4060, "Bewertungsmatrix.md": "# Los 1\n\n" + price4060 + "\n# Los 2\n\n" + price5050}, nil},
		"sum":                          {map[string]string{"Bewertungsmatrix.md": "| Kriterium | Gewichtung |\n|---|---|\n| Preis | 40 % |\n| Qualität | 50 % |\n| Summe | 100 % |\n"}, []string{"award_sum, Bewertungsmatrix.md: 90, Bewertungsmatrix.md: 100"}},
		"sum, English":                 {map[string]string{"award criteria.md": "| Award criterion | Weight |\n|---|---|\n| Price | 50 % |\n| Quality | 60 % |\n| Total | 100 % |\n"}, []string{"award_sum, award criteria.md: 110, award criteria.md: 100"}},
		"sum of nested rows":           {map[string]string{"Bewertungsmatrix.md": "| Kriterium | Gewichtung |\n|---|---|\n| 1 Preis | 40 % |\n| 2 Qualität | 60 % |\n| 2.1 Konzept | 30 % |\n| 2.2 Team | 30 % |\n| Summe | 100 % |\n"}, nil},
		"sum that no row claims":       {map[string]string{"Bewertungsmatrix.md": "| Kriterium | Gewichtung |\n|---|---|\n| Konzept | 40 % |\n| Team | 20 % |\n"}, nil},
		"interface":                    {map[string]string{"Leistungsbeschreibung.md": three, "Preisblatt.csv": "Position;Preis\nSchnittstelle Einwohnermeldewesen;1\nSchnittstelle zum Kassenverfahren;2\n"}, []string{"interface_missing Dokumentenablage, Leistungsbeschreibung.md:, Preisblatt.csv:"}},
		"interface, English":           {map[string]string{"specification.md": threeEn, "price sheet.csv": "Item;Price\nInterface to population register;1\nInterface to payment gateway;2\n"}, []string{"interface_missing Document archive, specification.md:, price sheet.csv:"}},
		"interface named elsewhere":    {map[string]string{"Leistungsbeschreibung.md": three, "Preisblatt.csv": "Position;Preis\nSchnittstelle Einwohnermeldewesen;1\nSchnittstelle zum Kassenverfahren;2\nAblage in der Dokumentenablage;3\n"}, nil},
		"lists of different things":    {map[string]string{"Leistungsbeschreibung.md": three, "Preisblatt.csv": "Position;Preis\nSchnittstelle Telefonie;1\nSchnittstelle Zutritt;2\n"}, nil},
		"no second list":               {map[string]string{"Leistungsbeschreibung.md": three, "Preisblatt.csv": "Position;Preis\nSchnittstellen;1\n"}, nil},
		"regimes":                      {map[string]string{"Vertrag.md": "Offenes Verfahren nach VgV.", "Leistungsbeschreibung.md": "Verhandlungsvergabe nach UVgO."}, []string{"regime, Leistungsbeschreibung.md: uvgo, Vertrag.md: vgv"}},
		"a rule of another law":        {map[string]string{"Vertrag.md": "Offenes Verfahren nach VgV.", "Leistungsbeschreibung.md": "Die Leistung ist nach § 23 UVgO beschrieben."}, nil},
		"regime of the notice":         {map[string]string{"notice.json": tender(`"id2": "x"`), "Leistungsbeschreibung.md": "Verhandlungsvergabe nach UVgO."}, []string{"regime, Leistungsbeschreibung.md: uvgo, notice.json: vgv"}},
		"regime of the notice, right":  {map[string]string{"notice.json": tender(`"id2": "x"`), "Leistungsbeschreibung.md": "Offenes Verfahren nach VgV."}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, test.documents)
			if diff := cmp.Diff(test.want, told(facts)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, contradiction := range facts.Contradictions {
				for _, side := range contradiction.Sides {
					if side.Evidence.Place == "" {
						t.Errorf("%s: a side without a place", contradiction.Kind)
					}
				}
			}
		})
	}
}
