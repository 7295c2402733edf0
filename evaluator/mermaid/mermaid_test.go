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
		"2 other apps/sva-studio-react", "4 other @sva/routing", "5 other @sva/auth-runtime", "6 other @sva/iam-admin", "6 other @sva/iam-governance", "6 other @sva/instance-registry",
		"7 other @sva/data", "8 other @sva/sva-mainserver", "9 other @sva/server-runtime", "10 other @sva/core", "11 other @sva/iam-core",
		"13 other Postgres", "14 other Redis", "15 other Keycloak / IdP", "16 other Externer Mainserver",
	}
	if boxes := strings.Join(got[:len(want)], "\n"); boxes != strings.Join(want, "\n") {
		t.Errorf("got\n%s", boxes)
	}
	// 28 arrows, of which those at the box of three packages (one into it from A, one
	// from E, three out of it and one to the IdP) count three times.
	if edges := len(text.Architecture.Interfaces); edges != 28+6*2 {
		t.Errorf("%d edges", edges)
	}
	for _, edge := range []string{"32 @sva/auth-runtime -> Redis dependency", "41 @sva/data -> Postgres dependency", "49 @sva/sva-mainserver -> Externer Mainserver dependency", "38 @sva/iam-governance -> Keycloak / IdP dependency"} {
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
			"2 other Portal", "2 database Registerdaten", "3 other Bus", "4 other Archiv", "5 database Ablage",
			"2 Portal -> Registerdaten database", "3 Registerdaten -> Bus dependency", "4 Portal -> Archiv dependency", "6 Archiv -> Ablage database"}},
		"labels": {"graph TD;\nA-->|REST|B; B-- \"per SFTP\" -->C\nB -. Ereignisse .-> D\nC == JDBC ==> D", []string{
			"2 other A", "2 other B", "2 other C", "3 other D", "2 A -> B REST {REST} api", "2 B -> C per SFTP dependency", "3 B -> D Ereignisse dependency", "4 C -> D JDBC {JDBC} api"}},
		"chains":         {"flowchart\na & b --> c --> d & e", []string{"2 other a", "2 other b", "2 other c", "2 other d", "2 other e", "2 a -> c dependency", "2 b -> c dependency", "2 c -> d dependency", "2 c -> e dependency"}},
		"heads":          {"flowchart\na <--> b\nb x--x c\nc o--o d\na <-- b\na ~~~ d\ne1@--> f", []string{"2 other a", "2 other b", "3 other c", "4 other d", "7 other e1", "2 a -> b dependency", "3 b -> c dependency", "4 c -> d dependency"}},
		"dashes in ids":  {"flowchart\nOX-App_Suite-->IdP", []string{"2 other OX-App_Suite", "2 other IdP", "2 OX-App_Suite -> IdP dependency"}},
		"subgraphs":      {"flowchart\nsubgraph rz [Rechenzentrum]\n direction LR\n subgraph Cluster\n  A[API]\n end\n B[(DB)]\nend\nsubgraph leer\nend\nA --> B", []string{"2 other Rechenzentrum", "4 other Cluster <Rechenzentrum", "5 other API <Cluster", "7 database DB <Rechenzentrum", "11 API -> DB database"}},
		"edge to frame":  {"flowchart\nsubgraph S\nA\nend\nB --> S", []string{"2 other S", "3 other A <S", "5 other B", "5 B -> S dependency"}},
		"names":          {"flowchart\nA[fa:fa-file Nextcloud] --> B[\"OpenProject<br/>OIDC Relying Party\"]\nB --> C[\"#40;Base#41; Postfix\"]\nC --> D[\"API<br>[Container: Java]\"]\nD --> E(Nutzer)", []string{"2 other Nextcloud", "2 other OpenProject", "3 other (Base) Postfix", "4 other API [Java]", "5 person Nutzer", "2 Nextcloud -> OpenProject dependency", "3 OpenProject -> (Base) Postfix dependency", "4 (Base) Postfix -> API dependency", "5 API -> Nutzer user"}},
		"a box of names": {"flowchart\nA[Nubus<br>Nextcloud<br>XWiki] --> B", []string{"2 other Nubus", "2 other Nextcloud", "2 other XWiki", "2 other B", "2 Nubus -> B dependency", "2 Nextcloud -> B dependency", "2 XWiki -> B dependency"}},
		"label on lines": {"flowchart\nA[\"Fachverfahren\nmit Text\"] --> B", []string{"2 other Fachverfahren", "2 other B", "2 Fachverfahren -> B dependency"}},
		"matter":         {"---\ntitle: x\n---\n%%{init: {\"theme\": \"dark\"}}%%\n%% Bemerkung\nflowchart\nA --> B:::extern\nclassDef extern fill:#fff\nclass A extern\nstyle A fill:#f00\nclick A \"https://x.de\"", []string{"7 other A", "7 other B", "7 A -> B dependency"}},

		"process by decision": {"flowchart\nA[Antrag] --> B{vollständig} -->|ja| C[Bescheid]", nil},
		"process by start":    {"flowchart\nS([Start]) --> A[Antrag] --> B[Bescheid]", nil},
		"process by verbs":    {"flowchart\nA[Antrag prüfen] --> B[Bescheid erstellen] --> C[Akte]", nil},
		"process in English":  {"flowchart\nA[Receive request] --> B[Check eligibility] --> C[Archive]", nil},
		"one verb is no process": {"flowchart\nA[Portal] --> B[Daten senden] --> C[Register] --> D[(DB)]", []string{
			"2 other Portal", "2 other Daten senden", "2 other Register", "2 database DB", "2 Portal -> Daten senden dependency", "2 Daten senden -> Register dependency", "2 Register -> DB database"}},

		"sequence": {"sequenceDiagram\nautonumber\nactor N as Nutzerin\nparticipant P as Portal<br>(Java)\nN->>+P: öffnet\nP-->>-N: Seite\nP->>DB: GET https://db.example/x\nNote over P: fertig\nalt ja\nDB--)P: Ereignis\nend", []string{
			"3 person Nutzerin", "4 other Portal [Java]", "7 other DB", "5 Nutzerin -> Portal öffnet user", "7 Portal -> DB GET https://db.example/x {https} api"}},
		"C4": {"C4Container\ntitle X\nPerson(u, \"Nutzer\")\nSystem_Boundary(s, \"System\") {\n Container(a, \"App\", \"Go\")\n ContainerDb(d, \"DB\", \"PostgreSQL\")\n}\nSystem_Ext(e, \"Register\")\nRel(u, a, \"nutzt\", \"HTTPS\")\nRel(a, d, \"liest\")\nUpdateRelStyle(u, a, $offsetX=\"1\")", []string{
			"3 person Nutzer", "4 system System", "5 application App [Go] <System", "6 database DB [PostgreSQL] <System", "8 system Register (external)", "9 Nutzer -> App nutzt {HTTPS} user", "10 App -> DB liest database"}},
		"C4 deployment": {"C4Deployment\nDeployment_Node(n, \"Server\", \"Debian\") {\n Container(a, \"App\", \"Go\")\n}", []string{"2 platform Server [Debian]", "3 application App [Go] <Server"}},
		"architecture": {"architecture-beta\ngroup api(cloud)[API]\nservice db(database)[Daten] in api\nservice s3(logos:aws-s3)[Ablage] in api\nservice srv(server)[Server] in api\ndb:L -- R:srv\nsrv:T --> B:s3", []string{
			"2 other API", "3 database Daten <API", "4 other Ablage [aws s3] <API", "5 other Server <API", "6 Daten -> Server dependency", "7 Server -> Ablage dependency"}},
		"other kinds": {"classDiagram\nAntrag --> Bescheid", nil},
		"gantt":       {"gantt\nsection A", nil},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, test.source, test.want) })
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
	f.Fuzz(func(t *testing.T, source string) { readertest.SoundDrawing(t, Read, []byte(source)) })
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
