package archimate

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func read(t *testing.T, data []byte) austauschbar.Text {
	t.Helper()
	text, err := Read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// pack packs a model as Archi does one with pictures.
func pack(t testing.TB, name string, data []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestRealFiles(t *testing.T) {
	for name, test := range map[string]struct {
		title string
		want  []string
	}{
		"archi_archisurance.archimate": {"Archisurance", []string{
			`application "CRM System"`,
			`application "Financial Application"`,
			`application "Call center application"`,
			`application "Web portal"`,
			`application "Bank System"`,
			`application "Home & Away Policy Administration"`,
			`application "Risk Assessment"`,
			`application "Customer Data Access" in "Home & Away Policy Administration"`,
			`application "Policy Data Management" in "Home & Away Policy Administration"`,
			`application "Claim Data Management"`,
			`platform "Unix Server"`,
			`platform "Unix Server"`,
			`platform "NAS File Server"`,
			`platform "Admin Server"`,
			`platform "BIBIT Server"`,
			`platform "Firewall"`,
			`platform "Mainframe"`,
			`platform "Unix Server Farm"`,
			`platform "Firewall"`,
			`platform "Message Queing"`,
			`platform "DBMS"`,
			`platform "CICS"`,
			`platform "Financial Software"`,
			`"Policy Data Management" -> "CRM System" api "CIS"`,
			`"Financial Application" -> "Policy Data Management" api "Claim InfoServ"`,
			`"Web portal" -> "Call center application" dependency`,
			`"Web portal" -> "CRM System" dependency`,
			`"Web portal" -> "Risk Assessment" dependency`,
			`"Risk Assessment" -> "Customer Data Access" dependency`,
			`"Home & Away Policy Administration" -> "Financial Application" dependency`,
			`"Call center application" -> "Customer Data Access" dependency`,
			`"Financial Application" -> "Bank System" dependency`,
			`"Financial Application" -> "Financial Software" dependency`,
			`"Bank System" -> "BIBIT Server" dependency`,
			`"CRM System" -> "Mainframe" api "Claim Files Service"`,
			`"Policy Data Management" -> "Mainframe" api "Claim Files Service"`,
			`"Financial Application" -> "NAS File Server" api "Customer File Service"`,
			`"Policy Data Management" -> "NAS File Server" api "Customer File Service"`,
			`"" -> "Home & Away Policy Administration" api "Policy Creation Service"`,
			`"" -> "NAS File Server" api "File Service"`,
			`"" -> "Firewall" api "Network Service"`,
			`"" -> "Mainframe" api "Database Service"`,
		}},
		// Its component serves a service that nothing realises.
		"archimate_exchange_my_model.xml":         {"My Model", []string{`application "Application Component"`}},
		"archimate_exchange_sample1.xml":          {"Test", nil},
		"archimate_exchange_viewpoint_sample.xml": {"Viewpoint Test", nil},
	} {
		t.Run(name, func(t *testing.T) {
			data := readertest.Corpus(t, name)
			text := read(t, data)
			readertest.Alike(t, text.Architecture, test.want)
			if text.Title != test.title {
				t.Errorf("title %q", text.Title)
			}
			readertest.SoundGraph(t, Read, data)
		})
	}
}

// exchange writes a model in the exchange format from lines: "id Type name" for an
// element, "Type source target name" behind "->" for a relation.
func exchange(source string) string {
	var elements, relations strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(source), "\n") {
		if related, ok := strings.CutPrefix(strings.TrimSpace(line), "-> "); ok {
			part := append(strings.SplitN(related, " ", 4), "")
			fmt.Fprintf(&relations, "<relationship identifier=\"r%d\" xsi:type=%q source=%q target=%q>\n<name>%s</name>\n</relationship>\n", relations.Len(), part[0], part[1], part[2], part[3])
			continue
		}
		part := strings.SplitN(strings.TrimSpace(line), " ", 3)
		fmt.Fprintf(&elements, "<element identifier=%q xsi:type=%q>\n<name xml:lang=\"en\">%s</name>\n<name xml:lang=\"de\">-</name>\n</element>\n", part[0], part[1], part[2])
	}
	return `<?xml version="1.0"?><model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<elements>` + elements.String() + "</elements>\n<relationships>" + relations.String() + "</relationships></model>"
}

// archiFile writes the same as Archi does.
func archiFile(source string) string {
	var b strings.Builder
	b.WriteString(`<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:archimate="http://www.archimatetool.com/archimate" name="M"><folder type="application">` + "\n")
	for line := range strings.SplitSeq(strings.TrimSpace(source), "\n") {
		if related, ok := strings.CutPrefix(strings.TrimSpace(line), "-> "); ok {
			part := append(strings.SplitN(related, " ", 4), "")
			fmt.Fprintf(&b, "<element xsi:type=\"archimate:%sRelationship\" name=%q id=\"r%d\" source=%q target=%q/>\n", part[0], part[3], b.Len(), part[1], part[2])
			continue
		}
		part := strings.SplitN(strings.TrimSpace(line), " ", 3)
		fmt.Fprintf(&b, "<element xsi:type=\"archimate:%s\" name=%q id=%q/>\n", part[1], part[2], part[0])
	}
	return b.String() + "</folder></archimate:model>"
}

func TestBothFormats(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
	}{
		"serving leads from the one that is served": {`
			a ApplicationComponent Portal
			b ApplicationComponent Register
			-> Serving b a looks up`,
			[]string{`application "Portal"`, `application "Register"`, `"Portal" -> "Register" dependency "looks up"`}},
		"a service is an interface of what realises it": {`
			a ApplicationComponent Portal
			b ApplicationComponent Register
			f ApplicationFunction Search
			s ApplicationService Search Service
			-> Assignment b f
			-> Realization f s
			-> Serving s a`,
			[]string{`application "Portal"`, `application "Register"`, `"Portal" -> "Register" api "Search Service"`}},
		"an interface that is part of a component": {`
			b ApplicationComponent Register
			i ApplicationInterface REST
			-> Composition b i`,
			[]string{`application "Register"`, `"" -> "Register" api "REST"`}},
		"a service of which nobody says whose": {`
			a ApplicationComponent Portal
			s ApplicationService Maps
			-> Serving s a`,
			[]string{`application "Portal"`, `"Portal" -> "" api "Maps"`}},
		"flows and triggers go on as they are drawn": {`
			a ApplicationComponent Portal
			b ApplicationComponent Register
			-> Flow a b applications
			-> Triggering b a`,
			[]string{`application "Portal"`, `application "Register"`, `"Portal" -> "Register" dependency "applications"`, `"Register" -> "Portal" dependency`}},
		"what it runs on": {`
			a ApplicationComponent Portal
			f Artifact portal.war
			n Node Cluster
			d Device Server
			s SystemSoftware Tomcat
			-> Realization f a
			-> Assignment n f
			-> Assignment d s
			-> Composition n d
			-> Realization s a`,
			[]string{`application "Portal"`, `platform "Cluster"`, `platform "Server" in "Cluster"`, `platform "Tomcat"`, `"Portal" -> "Cluster" dependency`, `"Tomcat" -> "Server" dependency`, `"Portal" -> "Tomcat" dependency`}},
		"people count where they use something": {`
			p BusinessRole Clerk
			q BusinessActor Ada
			o BusinessRole Boss
			a ApplicationComponent Portal
			s ApplicationService Forms
			-> Realization a s
			-> Serving s p
			-> Serving a q
			-> Assignment q o`,
			[]string{`person "Clerk"`, `person "Ada"`, `application "Portal"`, `"Clerk" -> "Portal" user "Forms"`, `"Ada" -> "Portal" user`}},
		"junctions": {`
			a ApplicationComponent A
			b ApplicationComponent B
			c ApplicationComponent C
			j Junction -
			k Junction -
			-> Flow a j x
			-> Flow j b
			-> Flow j k
			-> Flow k c
			-> Flow k j`,
			[]string{`application "A"`, `application "B"`, `application "C"`, `"A" -> "B" dependency "x"`, `"A" -> "C" dependency "x"`}},
		"parts in a circle": {`
			a ApplicationComponent A
			b ApplicationComponent B
			-> Composition a b
			-> Aggregation b a
			-> Composition a a`,
			[]string{`application "A"`, `application "B" in "A"`}},
		"data, goals and what means nothing to the graph": {`
			a ApplicationComponent A
			b ApplicationComponent B
			d DataObject D
			g Goal G
			-> Access a d
			-> Association a b
			-> Influence a g
			-> Serving a nowhere`,
			[]string{`application "A"`, `application "B"`}},
		"words of ArchiMate 2": {`
			n Node Server
			a ApplicationComponent A
			s InfrastructureService Files
			-> Realisation n s
			-> UsedBy s a`,
			[]string{`platform "Server"`, `application "A"`, `"A" -> "Server" api "Files"`}},
	} {
		t.Run(name, func(t *testing.T) {
			for format, data := range map[string][]byte{"exchange": []byte(exchange(test.source)), "Archi": []byte(archiFile(test.source)), "packed": pack(t, "model.xml", []byte(archiFile(test.source)))} {
				t.Run(format, func(t *testing.T) { readertest.Alike(t, read(t, data).Architecture, test.want) })
			}
		})
	}
}

func TestDetails(t *testing.T) {
	said := read(t, []byte(`<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<elements>
<element identifier="a"
  xsi:type="ApplicationComponent">
<name xml:lang="de">Portal</name><name xml:lang="en">Gate</name>
<properties><property propertyDefinitionRef="p"><value>Java 21</value></property><property propertyDefinitionRef="x"><value>yes</value></property></properties>
</element>
<element identifier="b" xsi:type="ApplicationComponent"><name>Register</name></element>
</elements>
<relationships><relationship identifier="r" source="a" target="b" xsi:type="Flow"><properties><property propertyDefinitionRef="q"><value>XTA 2</value></property></properties></relationship></relationships>
<propertyDefinitions><propertyDefinition identifier="p" type="string"><name>Technology</name></propertyDefinition><propertyDefinition identifier="x" type="string"><name>External</name></propertyDefinition><propertyDefinition identifier="q" type="string"><name>Protokoll</name></propertyDefinition></propertyDefinitions>
</model>`)).Architecture
	readertest.Alike(t, said, []string{`application "Portal" [Java 21] external`, `application "Register"`, `"Portal" -> "Register" dependency [XTA 2]`})
	if at := said.Components[0].Evidence[0]; at.Line != 5 || !strings.Contains(at.Quote, "Portal") {
		t.Errorf("evidence %+v", at)
	}
	in := read(t, pack(t, "model.xml", []byte(archiFile("a ApplicationComponent A")))).Architecture.Components[0].Evidence[0]
	if in.Line != 0 || in.Section != "model.xml" || !strings.Contains(in.Quote, `"A"`) {
		t.Errorf("packed: evidence %+v", in)
	}
}

func TestDamaged(t *testing.T) {
	whole := exchange("a ApplicationComponent A\nb ApplicationComponent B\n-> Flow a b")
	text := read(t, []byte(whole[:strings.Index(whole, "</elements>")]))
	readertest.Alike(t, text.Architecture, []string{`application "A"`, `application "B"`})
	if len(text.Gaps) != 1 || text.Gaps[0].Reason != "damaged" {
		t.Errorf("gaps %v", text.Gaps)
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct{ source, code string }{
		"other XML":           {"<model/>", "unknown_content"},
		"no XML":              {"model", "damaged"},
		"cut off":             {exchange("a Node A")[:200], "damaged"},
		"a document type":     {`<!DOCTYPE model [<!ENTITY a "b">]><model/>`, "damaged"},
		"deep folders":        {`<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate">` + strings.Repeat("<folder>", 1000), "too_large"},
		"an archive of other": {string(pack(t, "word/document.xml", nil)), "unknown_content"},
		"many junctions":      {exchange(junctions(2000)), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, Read, test.source, test.code) })
	}
	readertest.Cancels(t, Read, exchange(junctions(2000)))
}

// junctions writes a model in which n flows meet and n lead on.
func junctions(n int) string {
	var b strings.Builder
	b.WriteString("j Junction -\n")
	for i := range n {
		fmt.Fprintf(&b, "a%d Node A\nb%d Node B\n-> Flow a%d j\n-> Flow j b%d\n", i, i, i, i)
	}
	return b.String()
}

func TestInTime(t *testing.T) {
	var chain, alike strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&chain, "a%d Node A\n-> Composition a%d a%d\n", i, i+1, i)
		fmt.Fprintf(&alike, "-> Flow a b\n")
	}
	for name, source := range map[string]string{"a chain of parts": chain.String(), "many alike": "a Node A\nb Node B\n" + alike.String()} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, Read, exchange(source)) })
	}
}

const sample = "p BusinessRole Clerk\na ApplicationComponent Portal\ns ApplicationService Forms\nn Node Server\nj Junction -\n-> Realization a s\n-> Serving s p\n-> Assignment n a\n-> Flow a j\n-> Flow j n\n-> Composition n a"

func FuzzRead(f *testing.F) {
	f.Add([]byte(exchange(sample)))
	f.Add([]byte(archiFile(sample)))
	f.Add(pack(f, "model.xml", []byte(archiFile(sample))))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, Read, data) })
}

func BenchmarkRead(b *testing.B) {
	data := []byte(exchange(sample))
	for b.Loop() {
		for range 1000 {
			if _, err := Read(b.Context(), data); err != nil {
				b.Fatal(err)
			}
		}
	}
}
