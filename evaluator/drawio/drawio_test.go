package drawio

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// The pipeline's page shows steps with decisions between them: it is a process, its
// boxes ("merge", "master branch") are no components.
func TestReadCorpus(t *testing.T) {
	for name, want := range map[string][]string{
		"drawio_bcgov_marketplace_pipeline.drawio": nil,
		"drawio_c4_example.drawio": {
			`person "Support Staff" @1,1,1`,
			`system "Alert System" external @1,1`,
			`system "Status Dashboard" @1`,
			`system "Data Collection System" external @1,1`,
			`platform "Status Dashboard" [Container] @1`,
			`database "Database" [Time Series Database (Influx)] external @1`,
			`application "Web Application" [HTML5/JavaScript] in "Status Dashboard" @1,1`,
			`application "Visualisation Dashboard" [Graphics libaries] in "Status Dashboard" @1`,
			`application "API Service" [Java/Python] in "Status Dashboard" @1`,
			`application "Sign-in controller" [Keycloak] @1`,
			`application "User Management" [LDAP] @1`,
			`database "Database" [MySQL] @1`,
			`application "Dashboard Management" [JSON] @1`,
			`application "Visualisation Dashboard" [Graphics libraries] @1`,
			`application "Data Source Management" [XML] @1`,
			`application "API Servive" [Java/Python] @1`,
			`"Status Dashboard" -> "Data Collection System" dependency @1`,
			`"Alert System" -> "Support Staff" user @1`,
			`"Support Staff" -> "Status Dashboard" user @1`,
			`"API Service" -> "Visualisation Dashboard" api "Sends data to" formats=JSON @1`,
			`"Alert System" -> "Support Staff" user "Sends notifications to" [SMS] @1`,
			`"Web Application" -> "Alert System" api "Makes API calls to" [REST API] @1`,
			`"API Service" -> "Database" database "Makes API calls to" [REST API] @1`,
			`"Data Collection System" -> "Database" database "Writes to" [Influx REST] @1`,
			`"Web Application" -> "API Service" api "Makes requests to" formats=JSON @1`,
			`"Visualisation Dashboard" -> "Web Application" api "Sends data to" formats=HTML @1`,
			`"Support Staff" -> "Web Application" user @1`,
			`"Web Application" -> "Sign-in controller" api "Sends requests" [HTTPS] @1`,
			`"Sign-in controller" -> "User Management" api "Verifies access" [REST API] @1`,
			`"User Management" -> "Database" database "Verifies, reads, writes" [REST API] @1`,
			`"Web Application" -> "Dashboard Management" api "Set up dashboards" formats=HTML @1`,
			`"Dashboard Management" -> "Visualisation Dashboard" api "Makes requests to" formats=JSON @1`,
			`"Database" -> "Visualisation Dashboard" api "Authenticates" [HTTPS] @1`,
			`"Web Application" -> "Data Source Management" api "Set up parameters" formats=HTML @1`,
			`"Data Source Management" -> "API Servive" api "Makes requests to" formats=JSON @1`,
			`"API Servive" -> "Visualisation Dashboard" api "Sends data to" formats=JSON @1`,
			`"Visualisation Dashboard" -> "Web Application" api "Sends data to" formats=HTML @1`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Draws(t, Read, readertest.Corpus(t, name), want)
		})
	}
}

// model is a page's model with these cells, each on a line, from line 2.
func model(cells ...string) string {
	return "<mxGraphModel><root>\n" + strings.Join(cells, "\n") + "\n</root></mxGraphModel>"
}

func box(id, label, style string) string {
	return `<mxCell id="` + id + `" value="` + label + `" style="` + style + `" vertex="1" parent="1"/>`
}

func arrow(id, from, to, label string) string {
	return `<mxCell id="` + id + `" value="` + label + `" style="endArrow=classic" edge="1" parent="1" source="` + from + `" target="` + to + `"/>`
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"boxes and arrows": {model(box("a", "&lt;b&gt;Portal&lt;/b&gt;&lt;br&gt;[Container: Java]", "rounded=1"), box("b", "Daten", "shape=cylinder3"), arrow("e", "a", "b", "JDBC")), []string{
			`other "Portal" [Java] @2`, `database "Daten" @3`, `"Portal" -> "Daten" database "JDBC" [JDBC] @4`}},
		"decoration": {model(box("a", "Phase 1", "rounded=1"), box("b", "Überschrift", "text"), box("c", "Hinweis", "shape=note")), nil},
		"stencils": {model(box("a", "Daten", "shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.rds"), box("b", "", "shape=mxgraph.kubernetes.icon;prIcon=pod"), box("c", "DB", "image;image=img/lib/azure2/databases/SQL_Database.svg"), box("d", "VPC", "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.group_vpc")), []string{
			`other "Daten" [aws rds] @2`, `other "DB" [azure SQL Database] @4`}},
		"containers": {model(`<mxCell id="p" value="Rechenzentrum" style="swimlane" vertex="1" parent="1"/>`, `<mxCell id="a" value="App" style="rounded=1" vertex="1" parent="p"/>`, box("b", "Nutzer", "shape=umlActor"), arrow("e", "b", "a", "")), []string{
			`other "Rechenzentrum" @2`, `other "App" in "Rechenzentrum" @3`, `person "Nutzer" @4`, `"Nutzer" -> "App" user @5`}},
		"edge labels": {model(box("a", "A", ""), box("b", "B", ""), arrow("e", "a", "b", ""), `<mxCell id="l" value="holt&lt;br&gt;(SFTP)" style="edgeLabel" vertex="1" parent="e"/>`), []string{
			`other "A" @2`, `other "B" @3`, `"A" -> "B" api "holt" [SFTP] @4`}},
		"process":     {model(box("a", "Antrag", ""), box("b", "ok", "rhombus"), box("c", "Bescheid", ""), arrow("e", "a", "b", ""), arrow("f", "b", "c", "")), nil},
		"class":       {model(`<mxCell id="p" value="Klasse" style="swimlane;childLayout=stackLayout" vertex="1" parent="1"/>`, `<mxCell id="q" value="+ x: int" style="text" vertex="1" parent="p"/>`, box("r", "Andere", "swimlane;childLayout=stackLayout"), arrow("e", "q", "r", "")), nil},
		"pages":       {"<mxfile>\n<diagram name=\"Eins\">" + model(box("a", "A", ""), box("b", "B", ""), arrow("e", "a", "b", "")) + "</diagram>\n<diagram>" + model(box("x", "B", ""), box("y", "C", ""), arrow("e", "x", "y", "")) + "</diagram></mxfile>", []string{`other "A" @3`, `other "B" @4,8`, `other "C" @9`, `"A" -> "B" dependency @5`, `"B" -> "C" dependency @10`}},
		"circle":      {model(`<mxCell id="a" value="A" style="swimlane" vertex="1" parent="b"/>`, `<mxCell id="b" value="B" style="swimlane" vertex="1" parent="a"/>`, `<mxCell id="c" value="C" style="shape=cylinder" vertex="1" parent="b"/>`), []string{`other "A" @2`, `other "B" @3`, `database "C" in "B" @4`}},
		"packed page": {"<mxfile>\n\n<diagram name=\"P\">" + pack(model(box("a", "A%Ä", ""), box("b", "B", ""), arrow("e", "a", "b", ""))) + "</diagram></mxfile>", []string{`other "A%Ä" @3`, `other "B" @3`, `"A%Ä" -> "B" dependency @3`}},
		"empty page":  {"<mxfile><diagram/></mxfile>", nil},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, Read, []byte(test.source), test.want) })
	}
}

// pack packs a model as draw.io does.
func pack(model string) string {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	_, _ = w.Write([]byte(url.PathEscape(model)))
	_ = w.Close()
	return base64.StdEncoding.EncodeToString(packed.Bytes())
}

func TestReadPlace(t *testing.T) {
	text, err := Read(context.Background(), []byte("<mxfile><diagram name=\"Kontext\">"+model(box("a", "Daten &amp;lt;b&amp;gt;", "shape=cylinder"))+"</diagram></mxfile>"))
	if err != nil {
		t.Fatal(err)
	}
	if e := text.Architecture.Components[0].Evidence[0]; e.Line != 2 || e.Place != "page Kontext" {
		t.Errorf("evidence %+v", e)
	}
}

func TestReadRefuses(t *testing.T) {
	readertest.Refuses(t, Read, "<svg/>", "unknown_content")
	readertest.Refuses(t, Read, "kein XML", "damaged")
	readertest.Refuses(t, Read, `<!DOCTYPE x [<!ENTITY a "b">]><mxfile/>`, "damaged")
	readertest.Cancels(t, Read, "<mxfile/>")
}

func TestReadGaps(t *testing.T) {
	bomb := pack(strings.Repeat("a", 65<<20))
	for name, test := range map[string]struct{ packed, reason string }{
		"no base64":   {"!!!", "damaged"},
		"not packed":  {base64.StdEncoding.EncodeToString([]byte("abc")), "damaged"},
		"bomb":        {bomb, "too_large"},
		"other XML":   {pack("<svg/>"), "damaged"},
		"many cells":  {pack(model(strings.Repeat("<mxCell/>", 20_001))), "too_large"},
		"deep labels": {pack(strings.Repeat("<mxGraphModel>", 300)), "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Read(context.Background(), []byte("<mxfile><diagram name=\"P\">"+test.packed+"</diagram></mxfile>"))
			if err != nil || len(text.Gaps) != 1 || text.Gaps[0].Reason != test.reason || !strings.HasPrefix(text.Gaps[0].Detail, "page P: ") {
				t.Errorf("gaps %v, error %v", text.Gaps, err)
			}
		})
	}
}

func TestReadHostile(t *testing.T) {
	var frames, nested strings.Builder
	for i := range 19_000 {
		id := strings.Repeat("x", i%7) + string(rune('a'+i%26)) + base64.StdEncoding.EncodeToString([]byte{byte(i >> 8), byte(i)})
		frames.WriteString(`<mxCell id="` + id + `" value="F" style="container=1" vertex="1" parent="1"><mxGeometry x="0" y="0" width="10" height="10"/></mxCell>`)
		nested.WriteString(`<mxCell id="n` + id + `" vertex="1" parent="n` + id + `"/>`)
	}
	readertest.InTime(t, Read, model(frames.String()))
	readertest.InTime(t, Read, model(nested.String()))
}

func FuzzRead(f *testing.F) {
	f.Add(model(box("a", "A", "swimlane"), box("b", "B", "rhombus"), arrow("e", "a", "b", "x")))
	f.Add("<mxfile><diagram name=\"P\">" + pack(model(box("a", "A", "shape=cylinder"))) + "</diagram></mxfile>")
	f.Add(`<mxGraphModel><root><object id="a" label="%c4Name%" c4Name="N" c4Type="Container"><mxCell vertex="1" parent="a"><mxGeometry x="1" width="NaN"/></mxCell></object></root></mxGraphModel>`)
	f.Fuzz(func(t *testing.T, source string) { readertest.SoundGraph(t, Read, []byte(source)) })
}
