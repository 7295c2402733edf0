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
			"12 person Customer",
			"14 system Internet Banking",
			"15 application Web Application [Java, Spring MVC] <Internet Banking",
			"16 application Single-Page App [JavaScript, Angular] <Internet Banking",
			"17 application Mobile App [C#, Xamarin] <Internet Banking",
			"18 database Database [SQL Database] <Internet Banking",
			"19 application API Application [Java, Docker Container] <Internet Banking",
			"22 system E-Mail System (external)",
			"23 system Mainframe Banking System (external)",
			"25 Customer -> Web Application Uses {HTTPS} user",
			"26 Customer -> Single-Page App Uses {HTTPS} user",
			"27 Customer -> Mobile App Uses user",
			"29 Web Application -> Single-Page App Delivers dependency",
			"30 Single-Page App -> API Application Uses {HTTPS} [JSON] api",
			"31 Mobile App -> API Application Uses {HTTPS} [JSON] api",
			"32 API Application -> Database Reads from and writes to {JDBC} database",
			"34 E-Mail System -> Customer Sends e-mails to user",
			"35 API Application -> E-Mail System Sends e-mails using {SMTP} api",
			"36 API Application -> Mainframe Banking System Uses {HTTPS} [XML] api",
		},
		"c4plantuml_bigbank_deployment.puml": {
			"14 platform Big Bank plc [Big Bank plc data center]",
			"15 platform bigbank-api*** x8 [Ubuntu 16.04 LTS] <Big Bank plc",
			"16 platform Apache Tomcat [Apache Tomcat 8.x] <bigbank-api*** x8",
			"17 application API Application [Java and Spring MVC] <Apache Tomcat",
			"20 platform bigbank-db01 [Ubuntu 16.04 LTS] <Big Bank plc",
			"21 platform Oracle - Primary [Oracle 12c] <bigbank-db01",
			"22 database Database [Relational Database Schema] <Oracle - Primary",
			"25 platform bigbank-db02 [Ubuntu 16.04 LTS] <Big Bank plc",
			"26 platform Oracle - Secondary [Oracle 12c] <bigbank-db02",
			"27 database Database [Relational Database Schema] <Oracle - Secondary",
			"30 platform bigbank-web*** x4 [Ubuntu 16.04 LTS] <Big Bank plc",
			"31 platform Apache Tomcat [Apache Tomcat 8.x] <bigbank-web*** x4",
			"32 application Web Application [Java and Spring MVC] <Apache Tomcat",
			"37 platform Customer's mobile device [Apple IOS or Android]",
			"38 application Mobile App [Xamarin] <Customer's mobile device",
			"41 platform Customer's computer [Microsoft Windows or Apple macOS]",
			"42 platform Web Browser [Google Chrome, Mozilla Firefox, Apple Safari or Microsoft Edge] <Customer's computer",
			"43 application Single Page Application [JavaScript and Angular] <Web Browser",
			"47 Mobile App -> API Application Makes API calls to {HTTPS} [json] api",
			"48 Single Page Application -> API Application Makes API calls to {HTTPS} [json] api",
			"49 Web Application -> Single Page Application Delivers to the customer's web browser dependency",
			"50 API Application -> Database Reads from and writes to {JDBC} database",
			"51 API Application -> Database Reads from and writes to {JDBC} database",
			"52 Database -> Database Replicates data to database",
		},
		"plantuml_gematik_idp.puml": {
			"31 person Akteur in der Rolle Org-Admin",
			"33 other Frontend des Registrierungs-Dienstes",
			"34 other gematik Authenticator",
			"36 other Konnektor",
			"37 other Registrierungs-Dienst (Relying Party)",
			"38 other zentraler IDP-Dienst",
			"40 Akteur in der Rolle Org-Admin -> Frontend des Registrierungs-Dienstes Organisation authentisieren user",
			"43 Frontend des Registrierungs-Dienstes -> Registrierungs-Dienst (Relying Party) POST I_Registration {HTTP} api",
			"48 Registrierungs-Dienst (Relying Party) -> zentraler IDP-Dienst GET {HOSTNAME}/.well-known/openid-configuration {HTTP} api",
			"70 Frontend des Registrierungs-Dienstes -> gematik Authenticator Aufruf des Authenticators mit Deeplink dependency",
			"75 gematik Authenticator -> zentraler IDP-Dienst GET {HOSTNAME}/.well-known/openid-configuration {HTTP} api",
			"106 gematik Authenticator -> Konnektor getCards(Aufrufkontext) dependency",
			"117 Akteur in der Rolle Org-Admin -> gematik Authenticator Zustimmung zur Verwendung der angefragten Daten user",
			"120 Akteur in der Rolle Org-Admin -> Konnektor PIN-Eingabe user",
			"147 gematik Authenticator -> Registrierungs-Dienst (Relying Party) GET /redirect_uri?code={AUTHORIZATION_CODE} {HTTP} api",
		},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Draws(t, Read, string(readertest.Corpus(t, name)), want)
		})
	}
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"components": {"component [Fachverfahren] as fv\ndatabase \"Registerdaten\" as db <<PostgreSQL>>\nfv -down-> db : JDBC", []string{
			"2 application Fachverfahren", "3 database Registerdaten [PostgreSQL]", "4 Fachverfahren -> Registerdaten JDBC {JDBC} database"}},
		"short forms": {"[Portal] as p\n:Sachbearbeiterin: as s\ns --> p\np ..> [Archiv] : https://archiv.example/api", []string{
			"2 application Portal", "3 person Sachbearbeiterin", "5 application Archiv", "4 Sachbearbeiterin -> Portal user", "5 Portal -> Archiv https://archiv.example/api {https} api"}},
		"nesting": {"node \"Cluster\" {\n  package Backend {\n    component API\n    queue Events\n  }\n}\ncloud Internet\nAPI -> Events\nInternet --> API", []string{
			"2 platform Cluster", "3 other Backend <Cluster", "4 application API <Backend", "5 queue Events <Backend", "8 platform Internet",
			"9 API -> Events events", "10 Internet -> API dependency"}},
		"empty frames": {"package Leer {\n}\ncomponent A\nfile Notiz", []string{"4 application A"}},
		"interface": {"interface \"REST\" as r\n[Server] - r\n[Client] ..> r : use\n[App] --> r", []string{
			"3 application Server", "4 application Client", "5 application App", "4 Client -> Server REST {REST} api", "5 App -> Server REST {REST} api"}},
		"interface that nobody calls": {"() \"OData\" as o\n[Server] -- o", []string{"3 application Server", "2 ? -> Server OData api"}},
		"arrow back":                  {"component A\ncomponent B\nA <-- B : SOAP", []string{"2 application A", "3 application B", "4 B -> A SOAP {SOAP} api"}},
		"coloured arrow":              {"component A\ncomponent B\nA -[#red,dashed]-> B\nA -[hidden]- B", []string{"2 application A", "3 application B", "4 A -> B dependency"}},
		"description":                 {"component db [\n  Registerdaten\n  ==\n  [PostgreSQL 16]\n  hält alles\n]", []string{"2 application Registerdaten [PostgreSQL 16]"}},
		"definitions":                 {"!define SRV Fachserver\n!$db = \"Oracle 19c\"\ncomponent SRV\ndatabase \"$db\" as d\nSRV --> d", []string{"4 application Fachserver", "5 database Oracle 19c", "6 Fachserver -> Oracle 19c database"}},
		"procedures are skipped":      {"!procedure $p($a)\ncomponent $a\n!endprocedure\ncomponent A", []string{"5 application A"}},
		"comments and notes":          {"' component X\n/' component Y\ncomponent Z '/\nnote right of A\n component N\nend note\ncomponent A", []string{"8 application A"}},
		"C4 with names": {"Container(api, $label=\"API\", $descr=\"x, y\", $techn=\"Go\")\nContainerQueue(q, \"Bus\", \"Kafka\")\nSystemDb_Ext(r, \"Register\")\nRel_D(api, q, \"sendet\", $techn=\"AMQP\")\nBiRel(api, r, \"liest\")", []string{
			"2 application API [Go]", "3 queue Bus [Kafka]", "4 database Register (external)", "5 API -> Bus sendet {AMQP} events", "6 API -> Register liest database"}},
		"library of icons": {"!include <awslib/AWSCommon>\nLambda(fn, \"Upload\", \"Python\")\nRDS(db, \"Daten\", \"\")\nfn --> db", []string{
			"3 other Upload [aws Lambda]", "4 other Daten [aws RDS]", "5 Upload -> Daten dependency"}},
		"sequence": {"participant \"Fach-\\nverfahren\" as A\ndatabase D\nA -> D : SELECT\nD --> A : Zeilen\nA -> A : prüft\nB <- D: Ereignis", []string{
			"2 other Fach- verfahren", "3 database D", "7 other B", "4 Fach- verfahren -> D SELECT database", "7 D -> B Ereignis dependency"}},
		"sequence without participants": {"Alice -> Bob: hallo\nBob --> Alice: ja", []string{"2 other Alice", "2 other Bob", "2 Alice -> Bob hallo dependency"}},
		"activity":                      {"start\n:Antrag prüfen;\nif (vollständig?) then (ja)\n:bewilligen;\nendif\nstop", nil},
		"classes":                       {"class Antrag {\n +id: int\n}\ninterface Pruefbar\nAntrag ..|> Pruefbar", nil},
		"states":                        {"[*] --> Offen\nOffen --> Zu : schließen", nil},
		"use cases":                     {"actor Bürger\nusecase \"Antrag stellen\" as U\nBürger --> U", nil},
		"secret":                        {"component A\ncomponent B\nA --> B : password=geheim, token: abc", []string{"2 application A", "3 application B", "4 A -> B password=…, token: … dependency"}},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Draws(t, Read, "@startuml\n"+test.source+"\n@enduml\n", test.want)
		})
	}
}

func TestReadSeveral(t *testing.T) {
	readertest.Draws(t, Read, "@startuml\ncomponent A\ncomponent B\nA --> B\n@enduml\n@startgantt\n[x] lasts 3 days\n@endgantt\n@startuml\ncomponent B\ndatabase A\nB --> A\n@enduml", []string{
		"2 application A", "3 application B", "11 database A", "4 A -> B dependency", "12 B -> A database"})
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
	f.Fuzz(func(t *testing.T, source string) { readertest.SoundDrawing(t, Read, []byte(source)) })
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
