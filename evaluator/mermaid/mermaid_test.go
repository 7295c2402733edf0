package mermaid

import (
	"context"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// The boxes of this file are the packages of one solution and what it runs with. Three
// packages stand in one box.
func TestReadCorpus(t *testing.T) {
	text, err := Read(context.Background(), readertest.Corpus(t, "mermaid_sva_studio_fachliche_zustaendigkeiten.mmd"))
	if err != nil {
		t.Fatal(err)
	}
	got := readertest.Drawn(text.Architecture)
	want := []string{
		`other "apps/sva-studio-react" @2`, `other "@sva/routing" @4`, `other "@sva/auth-runtime" @5`, `other "@sva/iam-admin" @6`, `other "@sva/iam-governance" @6`, `other "@sva/instance-registry" @6`,
		`other "@sva/data" @7`, `other "@sva/sva-mainserver" @8`, `other "@sva/server-runtime" @9`, `other "@sva/core" @10`, `other "@sva/iam-core" @11`,
		`other "Postgres" @13`, `other "Redis" @14`, `other "Keycloak / IdP" @15`, `other "Externer Mainserver" @16`,
	}
	if boxes := strings.Join(got[:len(want)], "\n"); boxes != strings.Join(want, "\n") {
		t.Errorf("got\n%s", boxes)
	}
	// 28 arrows, of which those at the box of three packages (one into it from A, one
	// from E, three out of it and one to the IdP) count three times.
	if edges := len(text.Architecture.Interfaces); edges != 28+6*2 {
		t.Errorf("%d edges", edges)
	}
	for _, edge := range []string{`"@sva/auth-runtime" -> "Redis" dependency @32`, `"@sva/data" -> "Postgres" dependency @41`, `"@sva/sva-mainserver" -> "Externer Mainserver" dependency @49`, `"@sva/iam-governance" -> "Keycloak / IdP" dependency @38`} {
		if !strings.Contains(strings.Join(got, "\n"), edge) {
			t.Errorf("no edge %q", edge)
		}
	}
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"shapes": {"flowchart LR\nA[Portal] --> B[(Registerdaten)]\nB --- C{{Bus}}\nA -.-> D([Archiv])\nE@{ shape: cyl, label: \"Ablage\" }\nD ==> E", []string{
			`other "Portal" @2`, `database "Registerdaten" @2`, `other "Bus" @3`, `other "Archiv" @4`, `database "Ablage" @5`,
			`"Portal" -> "Registerdaten" database @2`, `"Registerdaten" -> "Bus" dependency @3`, `"Portal" -> "Archiv" dependency @4`, `"Archiv" -> "Ablage" database @6`}},
		"labels": {"graph TD;\nA-->|REST|B; B-- \"per SFTP\" -->C\nB -. Ereignisse .-> D\nC == JDBC ==> D", []string{
			`other "A" @2`, `other "B" @2`, `other "C" @2`, `other "D" @3`, `"A" -> "B" api "REST" [REST] @2`, `"B" -> "C" dependency "per SFTP" @2`, `"B" -> "D" dependency "Ereignisse" @3`, `"C" -> "D" api "JDBC" [JDBC] @4`}},
		"chains":         {"flowchart\na & b --> c --> d & e", []string{`other "a" @2`, `other "b" @2`, `other "c" @2`, `other "d" @2`, `other "e" @2`, `"a" -> "c" dependency @2`, `"b" -> "c" dependency @2`, `"c" -> "d" dependency @2`, `"c" -> "e" dependency @2`}},
		"heads":          {"flowchart\na <--> b\nb x--x c\nc o--o d\na <-- b\na ~~~ d\ne1@--> f", []string{`other "a" @2`, `other "b" @2`, `other "c" @3`, `other "d" @4`, `other "e1" @7`, `"a" -> "b" dependency @2`, `"b" -> "c" dependency @3`, `"c" -> "d" dependency @4`}},
		"dashes in ids":  {"flowchart\nOX-App_Suite-->IdP", []string{`other "OX-App_Suite" @2`, `other "IdP" @2`, `"OX-App_Suite" -> "IdP" dependency @2`}},
		"subgraphs":      {"flowchart\nsubgraph rz [Rechenzentrum]\n direction LR\n subgraph Cluster\n  A[API]\n end\n B[(DB)]\nend\nsubgraph leer\nend\nA --> B", []string{`other "Rechenzentrum" @2`, `other "Cluster" in "Rechenzentrum" @4`, `other "API" in "Cluster" @5`, `database "DB" in "Rechenzentrum" @7`, `"API" -> "DB" database @11`}},
		"edge to frame":  {"flowchart\nsubgraph S\nA\nend\nB --> S", []string{`other "S" @2`, `other "A" in "S" @3`, `other "B" @5`, `"B" -> "S" dependency @5`}},
		"names":          {"flowchart\nA[fa:fa-file Nextcloud] --> B[\"OpenProject<br/>OIDC Relying Party\"]\nB --> C[\"#40;Base#41; Postfix\"]\nC --> D[\"API<br>[Container: Java]\"]\nD --> E(Nutzer)", []string{`other "Nextcloud" @2`, `other "OpenProject" @2`, `other "(Base) Postfix" @3`, `other "API" [Java] @4`, `person "Nutzer" @5`, `"Nextcloud" -> "OpenProject" dependency @2`, `"OpenProject" -> "(Base) Postfix" dependency @3`, `"(Base) Postfix" -> "API" dependency @4`, `"API" -> "Nutzer" user @5`}},
		"a box of names": {"flowchart\nA[Nubus<br>Nextcloud<br>XWiki] --> B", []string{`other "Nubus" @2`, `other "Nextcloud" @2`, `other "XWiki" @2`, `other "B" @2`, `"Nubus" -> "B" dependency @2`, `"Nextcloud" -> "B" dependency @2`, `"XWiki" -> "B" dependency @2`}},
		"label on lines": {"flowchart\nA[\"Fachverfahren\nmit Text\"] --> B", []string{`other "Fachverfahren" @2`, `other "B" @2`, `"Fachverfahren" -> "B" dependency @2`}},
		"matter":         {"---\ntitle: x\n---\n%%{init: {\"theme\": \"dark\"}}%%\n%% Bemerkung\nflowchart\nA --> B:::extern\nclassDef extern fill:#fff\nclass A extern\nstyle A fill:#f00\nclick A \"https://x.de\"", []string{`other "A" @7`, `other "B" @7`, `"A" -> "B" dependency @7`}},

		"process by decision": {"flowchart\nA[Antrag] --> B{vollständig} -->|ja| C[Bescheid]", nil},
		"process by start":    {"flowchart\nS([Start]) --> A[Antrag] --> B[Bescheid]", nil},
		"process by verbs":    {"flowchart\nA[Antrag prüfen] --> B[Bescheid erstellen] --> C[Akte]", nil},
		"process in English":  {"flowchart\nA[Receive request] --> B[Check eligibility] --> C[Archive]", nil},
		"one verb is no process": {"flowchart\nA[Portal] --> B[Daten senden] --> C[Register] --> D[(DB)]", []string{
			`other "Portal" @2`, `other "Daten senden" @2`, `other "Register" @2`, `database "DB" @2`, `"Portal" -> "Daten senden" dependency @2`, `"Daten senden" -> "Register" dependency @2`, `"Register" -> "DB" database @2`}},

		"sequence": {"sequenceDiagram\nautonumber\nactor N as Nutzerin\nparticipant P as Portal<br>(Java)\nN->>+P: öffnet\nP-->>-N: Seite\nP->>DB: GET https://db.example/x\nNote over P: fertig\nalt ja\nDB--)P: Ereignis\nend", []string{
			`person "Nutzerin" @3`, `other "Portal" [Java] @4`, `other "DB" @7`, `"Nutzerin" -> "Portal" user "öffnet" @5`, `"Portal" -> "DB" api "GET https://db.example/x" [https] @7`}},
		"C4": {"C4Container\ntitle X\nPerson(u, \"Nutzer\")\nSystem_Boundary(s, \"System\") {\n Container(a, \"App\", \"Go\")\n ContainerDb(d, \"DB\", \"PostgreSQL\")\n}\nSystem_Ext(e, \"Register\")\nRel(u, a, \"nutzt\", \"HTTPS\")\nRel(a, d, \"liest\")\nUpdateRelStyle(u, a, $offsetX=\"1\")", []string{
			`person "Nutzer" @3`, `system "System" @4`, `application "App" [Go] in "System" @5`, `database "DB" [PostgreSQL] in "System" @6`, `system "Register" external @8`, `"Nutzer" -> "App" user "nutzt" [HTTPS] @9`, `"App" -> "DB" database "liest" @10`}},
		"C4 deployment": {"C4Deployment\nDeployment_Node(n, \"Server\", \"Debian\") {\n Container(a, \"App\", \"Go\")\n}", []string{`platform "Server" [Debian] @2`, `application "App" [Go] in "Server" @3`}},
		"architecture": {"architecture-beta\ngroup api(cloud)[API]\nservice db(database)[Daten] in api\nservice s3(logos:aws-s3)[Ablage] in api\nservice srv(server)[Server] in api\ndb:L -- R:srv\nsrv:T --> B:s3", []string{
			`other "API" @2`, `database "Daten" in "API" @3`, `other "Ablage" [aws s3] in "API" @4`, `other "Server" in "API" @5`, `"Daten" -> "Server" dependency @6`, `"Server" -> "Ablage" dependency @7`}},
		"a slip of the pen": {"flowchart\nObjectStore[Ablage]\nA[Portal] --> ObjcectStore\nB[Register] --> ObjectSotre", []string{
			`other "Ablage" @2`, `other "Portal" @3`, `other "Register" @4`, `"Portal" -> "Ablage" dependency @3`, `"Register" -> "Ablage" dependency @4`}},
		"names that differ at their end": {"flowchart\nServerA[Portal] --> ServerB\nServerA --> ServerAB", []string{
			`other "Portal" @2`, `other "ServerB" @2`, `other "ServerAB" @3`, `"Portal" -> "ServerB" dependency @2`, `"Portal" -> "ServerAB" dependency @3`}},
		"numbers inside": {"flowchart\nNode1Main[Portal] --> Node12Main\nNode1Main --> Node2Main", []string{
			`other "Portal" @2`, `other "Node12Main" @2`, `other "Node2Main" @3`, `"Portal" -> "Node12Main" dependency @2`, `"Portal" -> "Node2Main" dependency @3`}},
		"other kinds": {"classDiagram\nAntrag --> Bescheid", nil},
		"gantt":       {"gantt\nsection A", nil},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

func TestReadRefuses(t *testing.T) {
	readertest.Refuses(t, Read, "nur Text", "unknown_content")
	readertest.Refuses(t, Read, "%% nichts", "unknown_content")
	readertest.Refuses(t, Read, "", "empty")
	readertest.Refuses(t, Read, "flowchart\n"+strings.Repeat("A --> B\n", 200_000), "too_large")
	readertest.Cancels(t, Read, "flowchart\nA --> B")
}

func TestReadHostile(t *testing.T) {
	for name, source := range map[string]string{
		"ampersands": "flowchart\n" + strings.Repeat("a & ", 3000) + "b --> " + strings.Repeat("c & ", 3000) + "d",
		"subgraphs":  "flowchart\n" + strings.Repeat("subgraph a\n", 90_000) + "b --> c",
		"chain":      "flowchart\n" + strings.Repeat("a-->", 200_000),
		"lists":      "flowchart\na[" + strings.Repeat("A<br>", 20_000) + "] --> b[" + strings.Repeat("B<br>", 20_000) + "]",
		"dashes":     "flowchart\na " + strings.Repeat("-", 900_000),
		"open arrow": "flowchart\n" + strings.Repeat("a -- ", 180_000),
		"brackets":   "flowchart\na" + strings.Repeat("[", 900_000),
		"quotes":     "flowchart\n" + strings.Repeat("a[\"\n", 200_000),
		"messages":   "sequenceDiagram\n" + strings.Repeat("a-x", 300_000),
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, Read, source) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"flowchart TD\nA[x] -->|y| B[(z)] & C\nsubgraph s [t]\nA\nend", "sequenceDiagram\nactor A\nA->>B: x", "C4Context\nPerson(a, \"b\")\nBoundary(c, \"d\") {\n}\nRel(a, c, \"e\")",
		"architecture-beta\ngroup a(cloud)[b]\nservice c(disk)[d] in a\nc:L -- R:a", "graph\na[A<br>B<br>C] --> b", "flowchart\na@{ shape: cyl }", "flowchart\nsubgraph a\nsubgraph a\na\nend",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) { readertest.SoundGraph(t, Read, []byte(source)) })
}

func BenchmarkRead(b *testing.B) {
	source := []byte("flowchart TD\n" + strings.Repeat("A[Portal] -->|REST| B[(Daten)] --> C\n", 20))
	for b.Loop() {
		for range 1000 {
			if _, err := Read(context.Background(), source); err != nil {
				b.Fatal(err)
			}
		}
	}
}
