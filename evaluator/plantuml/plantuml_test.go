package plantuml

import (
	"context"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func TestReadCorpus(t *testing.T) {
	for name, want := range map[string][]string{
		"c4plantuml_bigbank_container.puml": {
			`person "Customer" @12`,
			`system "Internet Banking" @14`,
			`application "Web Application" [Java, Spring MVC] in "Internet Banking" @15`,
			`application "Single-Page App" [JavaScript, Angular] in "Internet Banking" @16`,
			`application "Mobile App" [C#, Xamarin] in "Internet Banking" @17`,
			`database "Database" [SQL Database] in "Internet Banking" @18`,
			`application "API Application" [Java, Docker Container] in "Internet Banking" @19`,
			`system "E-Mail System" external @22`,
			`system "Mainframe Banking System" external @23`,
			`"Customer" -> "Web Application" user "Uses" [HTTPS] @25`,
			`"Customer" -> "Single-Page App" user "Uses" [HTTPS] @26`,
			`"Customer" -> "Mobile App" user "Uses" @27`,
			`"Web Application" -> "Single-Page App" dependency "Delivers" @29`,
			`"Single-Page App" -> "API Application" api "Uses" [HTTPS] formats=JSON @30`,
			`"Mobile App" -> "API Application" api "Uses" [HTTPS] formats=JSON @31`,
			`"API Application" -> "Database" database "Reads from and writes to" [JDBC] @32`,
			`"E-Mail System" -> "Customer" user "Sends e-mails to" @34`,
			`"API Application" -> "E-Mail System" api "Sends e-mails using" [SMTP] @35`,
			`"API Application" -> "Mainframe Banking System" api "Uses" [HTTPS] formats=XML @36`,
		},
		"c4plantuml_bigbank_deployment.puml": {
			`platform "Big Bank plc" [Big Bank plc data center] @14`,
			`platform "bigbank-api*** x8" [Ubuntu 16.04 LTS] in "Big Bank plc" @15`,
			`platform "Apache Tomcat" [Apache Tomcat 8.x] in "bigbank-api*** x8" @16`,
			`application "API Application" [Java and Spring MVC] in "Apache Tomcat" @17`,
			`platform "bigbank-db01" [Ubuntu 16.04 LTS] in "Big Bank plc" @20`,
			`platform "Oracle - Primary" [Oracle 12c] in "bigbank-db01" @21`,
			`database "Database" [Relational Database Schema] in "Oracle - Primary" @22`,
			`platform "bigbank-db02" [Ubuntu 16.04 LTS] in "Big Bank plc" @25`,
			`platform "Oracle - Secondary" [Oracle 12c] in "bigbank-db02" @26`,
			`database "Database" [Relational Database Schema] in "Oracle - Secondary" @27`,
			`platform "bigbank-web*** x4" [Ubuntu 16.04 LTS] in "Big Bank plc" @30`,
			`platform "Apache Tomcat" [Apache Tomcat 8.x] in "bigbank-web*** x4" @31`,
			`application "Web Application" [Java and Spring MVC] in "Apache Tomcat" @32`,
			`platform "Customer's mobile device" [Apple IOS or Android] @37`,
			`application "Mobile App" [Xamarin] in "Customer's mobile device" @38`,
			`platform "Customer's computer" [Microsoft Windows or Apple macOS] @41`,
			`platform "Web Browser" [Google Chrome, Mozilla Firefox, Apple Safari or Microsoft Edge] in "Customer's computer" @42`,
			`application "Single Page Application" [JavaScript and Angular] in "Web Browser" @43`,
			`"Mobile App" -> "API Application" api "Makes API calls to" [HTTPS] formats=json @47`,
			`"Single Page Application" -> "API Application" api "Makes API calls to" [HTTPS] formats=json @48`,
			`"Web Application" -> "Single Page Application" dependency "Delivers to the customer's web browser" @49`,
			`"API Application" -> "Database" database "Reads from and writes to" [JDBC] @50`,
			`"API Application" -> "Database" database "Reads from and writes to" [JDBC] @51`,
			`"Database" -> "Database" database "Replicates data to" @52`,
		},
		"plantuml_gematik_idp.puml": {
			`person "Akteur in der Rolle Org-Admin" @31`,
			`other "Frontend des Registrierungs-Dienstes" @33`,
			`other "gematik Authenticator" @34`,
			`other "Konnektor" @36`,
			`other "Registrierungs-Dienst (Relying Party)" @37`,
			`other "zentraler IDP-Dienst" @38`,
			`"Akteur in der Rolle Org-Admin" -> "Frontend des Registrierungs-Dienstes" user "Organisation authentisieren" @40`,
			`"Frontend des Registrierungs-Dienstes" -> "Registrierungs-Dienst (Relying Party)" api "POST I_Registration" [HTTP] @43`,
			`"Registrierungs-Dienst (Relying Party)" -> "zentraler IDP-Dienst" api "GET {HOSTNAME}/.well-known/openid-configuration" [HTTP] @48`,
			`"Frontend des Registrierungs-Dienstes" -> "gematik Authenticator" dependency "Aufruf des Authenticators mit Deeplink" @70`,
			`"gematik Authenticator" -> "zentraler IDP-Dienst" api "GET {HOSTNAME}/.well-known/openid-configuration" [HTTP] @75`,
			`"gematik Authenticator" -> "Konnektor" dependency "getCards(Aufrufkontext)" @106`,
			`"Akteur in der Rolle Org-Admin" -> "gematik Authenticator" user "Zustimmung zur Verwendung der angefragten Daten" @117`,
			`"Akteur in der Rolle Org-Admin" -> "Konnektor" user "PIN-Eingabe" @120`,
			`"gematik Authenticator" -> "Registrierungs-Dienst (Relying Party)" api "GET /redirect_uri?code={AUTHORIZATION_CODE}" [HTTP] @147`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Draws(t, Read, readertest.Corpus(t, name), want)
		})
	}
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"components": {"component [Fachverfahren] as fv\ndatabase \"Registerdaten\" as db <<PostgreSQL>>\nfv -down-> db : JDBC", []string{
			`application "Fachverfahren" @2`, `database "Registerdaten" [PostgreSQL] @3`, `"Fachverfahren" -> "Registerdaten" database "JDBC" [JDBC] @4`}},
		"short forms": {"[Portal] as p\n:Sachbearbeiterin: as s\ns --> p\np ..> [Archiv] : https://archiv.example/api", []string{
			`application "Portal" @2`, `person "Sachbearbeiterin" @3`, `application "Archiv" @5`, `"Sachbearbeiterin" -> "Portal" user @4`, `"Portal" -> "Archiv" api "https://archiv.example/api" [https] @5`}},
		"nesting": {"node \"Cluster\" {\n  package Backend {\n    component API\n    queue Events\n  }\n}\ncloud Internet\nAPI -> Events\nInternet --> API", []string{
			`platform "Cluster" @2`, `other "Backend" in "Cluster" @3`, `application "API" in "Backend" @4`, `queue "Events" in "Backend" @5`, `platform "Internet" @8`,
			`"API" -> "Events" events @9`, `"Internet" -> "API" dependency @10`}},
		"empty frames": {"package Leer {\n}\ncomponent A\nfile Notiz", []string{`application "A" @4`}},
		"interface": {"interface \"REST\" as r\n[Server] - r\n[Client] ..> r : use\n[App] --> r", []string{
			`application "Server" @3`, `application "Client" @4`, `application "App" @5`, `"Client" -> "Server" api "REST" [REST] @4`, `"App" -> "Server" api "REST" [REST] @5`}},
		"interface that nobody calls": {"() \"OData\" as o\n[Server] -- o", []string{`application "Server" @3`, `"" -> "Server" api "OData" @2`}},
		"arrow back":                  {"component A\ncomponent B\nA <-- B : SOAP", []string{`application "A" @2`, `application "B" @3`, `"B" -> "A" api "SOAP" [SOAP] @4`}},
		"coloured arrow":              {"component A\ncomponent B\nA -[#red,dashed]-> B\nA -[hidden]- B", []string{`application "A" @2`, `application "B" @3`, `"A" -> "B" dependency @4`}},
		"description":                 {"component db [\n  Registerdaten\n  ==\n  [PostgreSQL 16]\n  hält alles\n]", []string{`application "Registerdaten" [PostgreSQL 16] @2`}},
		"definitions":                 {"!define SRV Fachserver\n!$db = \"Oracle 19c\"\ncomponent SRV\ndatabase \"$db\" as d\nSRV --> d", []string{`application "Fachserver" @4`, `database "Oracle 19c" @5`, `"Fachserver" -> "Oracle 19c" database @6`}},
		"procedures are skipped":      {"!procedure $p($a)\ncomponent $a\n!endprocedure\ncomponent A", []string{`application "A" @5`}},
		"comments and notes":          {"' component X\n/' component Y\ncomponent Z '/\nnote right of A\n component N\nend note\ncomponent A", []string{`application "A" @8`}},
		"C4 with names": {"Container(api, $label=\"API\", $descr=\"x, y\", $techn=\"Go\")\nContainerQueue(q, \"Bus\", \"Kafka\")\nSystemDb_Ext(r, \"Register\")\nRel_D(api, q, \"sendet\", $techn=\"AMQP\")\nBiRel(api, r, \"liest\")", []string{
			`application "API" [Go] @2`, `queue "Bus" [Kafka] @3`, `database "Register" external @4`, `"API" -> "Bus" events "sendet" [AMQP] @5`, `"API" -> "Register" database "liest" @6`}},
		"library of icons": {"!include <awslib/AWSCommon>\nLambda(fn, \"Upload\", \"Python\")\nRDS(db, \"Daten\", \"\")\nfn --> db", []string{
			`other "Upload" [aws Lambda] @3`, `other "Daten" [aws RDS] @4`, `"Upload" -> "Daten" dependency @5`}},
		"sequence": {"participant \"Fach-\\nverfahren\" as A\ndatabase D\nA -> D : SELECT\nD --> A : Zeilen\nA -> A : prüft\nB <- D: Ereignis", []string{
			`other "Fach- verfahren" @2`, `database "D" @3`, `other "B" @7`, `"Fach- verfahren" -> "D" database "SELECT" @4`, `"D" -> "B" dependency "Ereignis" @7`}},
		"sequence without participants": {"Alice -> Bob: hallo\nBob --> Alice: ja", []string{`other "Alice" @2`, `other "Bob" @2`, `"Alice" -> "Bob" dependency "hallo" @2`}},
		"activity":                      {"start\n:Antrag prüfen;\nif (vollständig?) then (ja)\n:bewilligen;\nendif\nstop", nil},
		"classes":                       {"class Antrag {\n +id: int\n}\ninterface Pruefbar\nAntrag ..|> Pruefbar", nil},
		"states":                        {"[*] --> Offen\nOffen --> Zu : schließen", nil},
		"use cases":                     {"actor Bürger\nusecase \"Antrag stellen\" as U\nBürger --> U", nil},
		"secret":                        {"component A\ncomponent B\nA --> B : password=geheim, token: abc", []string{`application "A" @2`, `application "B" @3`, `"A" -> "B" dependency "password=…" @4`}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Draws(t, Read, []byte("@startuml\n"+test.source+"\n@enduml\n"), test.want)
		})
	}
}

func TestReadSeveral(t *testing.T) {
	readertest.Draws(t, Read, []byte("@startuml\ncomponent A\ncomponent B\nA --> B\n@enduml\n@startgantt\n[x] lasts 3 days\n@endgantt\n@startuml\ncomponent B\ndatabase A\nB --> A\n@enduml"), []string{
		`application "A" @2`, `application "B" @3,10`, `database "A" @11`, `"A" -> "B" dependency @4`, `"B" -> "A" database @12`})
}

func TestReadIncludes(t *testing.T) {
	text, err := Read(context.Background(), []byte("@startuml\n!include ../common.iuml\n!include <c4/C4_Container>\ncomponent A\n@enduml"))
	if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != "included" || text.Gaps[0].Detail != "../common.iuml" {
		t.Errorf("gaps %v, error %v", text.Gaps, err)
	}
}

func TestReadQuotesNoSecret(t *testing.T) {
	text, err := Read(context.Background(), []byte("@startuml\ndatabase \"db://admin:geheim@host\" as d\n@enduml"))
	if err != nil {
		t.Fatal(err)
	}
	if c := text.Architecture.Components[0]; strings.Contains(c.Name+c.Evidence[0].Quote, "geheim") {
		t.Errorf("%q quotes %q", c.Name, c.Evidence[0].Quote)
	}
}

func TestReadRefuses(t *testing.T) {
	readertest.Refuses(t, Read, "nur Text", "unknown_content")
	readertest.Refuses(t, Read, "", "empty")
	readertest.Refuses(t, Read, "@startuml\n"+strings.Repeat("component A\n", 100_000), "too_large")
	readertest.Cancels(t, Read, "@startuml\ncomponent A\n@enduml")
}

func TestReadHostile(t *testing.T) {
	for name, source := range map[string]string{
		"definitions":   "@startuml\n" + strings.Repeat("!define A A A\n!define B A A A\n", 5_000) + "component A\n",
		"nesting":       "@startuml\n" + strings.Repeat("package a {\n", 60_000),
		"many boxes":    "@startuml\n" + strings.Repeat("[a] --> [b]\n[c] --> [d]\n", 30_000),
		"quotes":        "@startuml\ncomponent A\n" + strings.Repeat(`"`, 900_000),
		"arrow":         "@startuml\ncomponent A\nA " + strings.Repeat("-", 900_000) + "> B",
		"open brackets": "@startuml\ncomponent A\n" + strings.Repeat("Rel(", 200_000),
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, Read, source) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"component [A] as a\ndatabase \"B\" as b\na --> b : JDBC", "Container(a, \"A\", $techn=\"Go\")\nRel_Back(a, b, \"x\")", "participant A\nA -> B: x",
		"interface I\n[A] - I\n[B] ..> I", "package P {\n[A]\n}\n!define X Y\n!include z", "component c [\nx\n]", "node a {\nnode a {\n}\n}",
	} {
		f.Add("@startuml\n" + seed + "\n@enduml\n")
	}
	f.Fuzz(func(t *testing.T, source string) { readertest.SoundGraph(t, Read, []byte(source)) })
}

func BenchmarkRead(b *testing.B) {
	source := []byte("@startuml\n" + strings.Repeat("Container(a, \"A\", \"Go\")\nRel(a, b, \"liest\", \"JDBC\")\n", 20) + "@enduml")
	for b.Loop() {
		for range 1000 {
			if _, err := Read(context.Background(), source); err != nil {
				b.Fatal(err)
			}
		}
	}
}
