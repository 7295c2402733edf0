package main

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
)

// What a demand says of interfaces and formats, from its sentence to the findings. Each
// finding is written with its severity, those of what is missing altogether left out.
func TestInterfaces(t *testing.T) {
	rules, err := loadRules(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	stations, err := (&app{stderr: new(bytes.Buffer)}).stations(rules, judging{
		today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), only: []string{"IF-01", "IF-02", "IF-03", "IF-04", "IF-06"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"de its own":           {"Das System muss eine Programmierschnittstelle für Dritte bereitstellen.", []string{"IF-01.unnamed blocker"}},
		"en its own":           {"The contractor shall provide a programming interface for third parties.", []string{"IF-01.unnamed blocker"}},
		"de only REST":         {"Die Lösung muss eine REST-API bereitstellen.", []string{"IF-01.style_only hint"}},
		"en only REST":         {"The solution must provide standard REST APIs.", []string{"IF-01.style_only hint"}},
		"de one requirement":   {"Die Lösung muss eine REST-API bereitstellen. Sie nutzt JSON. Die Nutzung der REST-API ist kostenfrei.", []string{"IF-02.missing question", "IF-03.missing question"}},
		"en one requirement":   {"The solution must provide a REST API. It uses JSON. There is no additional charge for use of the API.", []string{"IF-02.missing question", "IF-03.missing question"}},
		"de one interface":     {"- Die Lösung muss eine Schnittstelle bereitstellen.\n- Die Schnittstelle muss dokumentiert sein.\n- Die Nutzung der Schnittstelle ist im Preis enthalten.\n", []string{"IF-01.unnamed blocker", "IF-03.weak hint"}},
		"de of another system": {"Die Anmeldung muss über die vom Auftraggeber bereitgestellte Schnittstelle des Identity Providers erfolgen.", []string{"IF-01.target question"}},
		"en of another system": {"The front end must connect to an API for permits.", []string{"IF-01.target question"}},
		"de described":         {"Das System muss die vorhandene Schnittstelle des Registers nutzen. Die Schnittstellenbeschreibung liegt als Anlage 4 bei.", nil},
		"en described":         {"We are supplying you with the WSDL of the register. The system must call the existing web service.", nil},
		"de condition":         {"Sofern der Hersteller eine API bereitstellt, muss diese genutzt werden.", []string{"IF-01.unnamed question"}},
		"en condition":         {"If the vendor offers an API, the contractor must use it.", []string{"IF-01.unnamed question"}},
		"de choice":            {"Die Daten müssen per Datei oder über eine API übertragen werden.", []string{"IF-01.unnamed question"}},
		"en choice":            {"Data must be exchanged through a file or an API.", []string{"IF-01.unnamed question"}},
		"de skill":             {"Das Team muss Erfahrung in der Entwicklung von REST-APIs haben.", nil},
		"en skill":             {"- Building applications that interact with web APIs\n", nil},
		"de explanation":       {"Modularität kann durch die Nutzung von APIs erreicht werden.", nil},
		"en explanation":       {"This can be accomplished with the use of APIs.", nil},
		"de rights":            {"Die Lösung muss eine API bereitstellen.\n\nSämtliche Dokumentationen werden unter einer offenen Lizenz veröffentlicht.", []string{"IF-01.unnamed blocker"}},
		"en rights":            {"The system shall provide a data interface.\n\nAll data, documents and schemas are committed to the public domain.", []string{"IF-01.unnamed blocker"}},
		"de import":            {"CSV-Dateien müssen importiert werden können.", nil},
		"en import":            {"The system must import CSV files.", nil},
		"de import and files":  {"CSV-Dateien müssen importiert werden können.\n\nBescheide müssen in der Lösung dauerhaft abgelegt werden.", []string{"IF-06.exchange_only hint"}},
		"en import and files":  {"The system must import CSV files.\n\nThe system must archive documents for ten years.", []string{"IF-06.exchange_only hint"}},
		"de documents":         {"Zu jedem Vorgang ist eine elektronische Akte zu führen.", []string{"IF-06.kept question"}},
		"en documents":         {"The system must retain case files for ten years.", []string{"IF-06.kept question"}},
		"de logs":              {"Logdateien sind 90 Tage aufzubewahren.", nil},
		"en papers":            {"The contractor shall retain all documents for three years.", nil},
		"de at hand":           {"Die Weiterentwicklung der bestehenden Anwendung und ihrer REST-API ist zu leisten.", nil},
		"en at hand":           {"The contractor shall maintain the existing API.", nil},
		"de feed":              {"Die Website muss einen RSS-Feed anbieten.", nil},
		"en feed":              {"The website must provide news feeds via RSS standard feeds.", nil},
		"de kept":              {"Akten sind im PDF/A-Format zu speichern.", nil},
		"en kept":              {"Documents must be provided in HTML or a text-based format.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			facts, err := stations.Read(t.Context(), austauschbar.Dossier{Documents: []austauschbar.Document{{
				Path: "lastenheft.md", Size: int64(len(test.text)), Load: func(context.Context) ([]byte, error) { return []byte(test.text), nil },
			}}})
			if err != nil {
				t.Fatal(err)
			}
			review, err := stations.Judge(t.Context(), facts)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, finding := range review.Findings {
				if finding.Code != "missing" || finding.Evidence != nil {
					got = append(got, finding.Criterion+"."+finding.Code+" "+finding.Severity)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
