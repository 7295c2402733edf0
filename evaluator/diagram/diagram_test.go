package diagram

import (
	"reflect"
	"slices"
	"testing"

	"github.com/austauschbar/austauschbar"
)

func TestName(t *testing.T) {
	for name, test := range map[string]struct{ label, name, technology string }{
		"plain":               {"Portal", "Portal", ""},
		"described":           {"Portal<br/>zeigt Anträge", "Portal", ""},
		"goes on":             {"zentraler \\nIDP-Dienst", "zentraler IDP-Dienst", ""},
		"goes on in genitive": {"Frontend des\\nRegistrierungs-Dienstes", "Frontend des Registrierungs-Dienstes", ""},
		"technology":          {"API\n[Container: Java, Spring]", "API", "Java, Spring"},
		"type alone":          {"API\n[Software System]", "API", ""},
		"brackets alone":      {"(Base)", "(Base)", ""},
		"packages":            {"@a/x\n@a/y\nKern", "@a/x\n@a/y", ""},
		"HTML":                {"<div><b>Daten</b></div><div>&amp;&nbsp;Akten</div>", "Daten", ""},
		"icon":                {"fa:fa-file Nextcloud", "Nextcloud", ""},
		"secret":              {"jdbc:x?user=a&password=geheim", "jdbc:x?user=a&password=…", ""},
		"empty":               {"<br>", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if name, technology := Name(test.label); name != test.name || technology != test.technology {
				t.Errorf("got %q, %q", name, technology)
			}
		})
	}
}

func TestProtocol(t *testing.T) {
	for stated, want := range map[string]struct {
		protocol string
		formats  []string
	}{
		"sync/async, XML/HTTPS": {"HTTPS", []string{"XML"}}, "JDBC": {"JDBC", nil}, "async": {"", nil}, "JSON": {"", []string{"JSON"}},
		"REST API": {"REST API", nil}, "SOAP/HTTPS": {"SOAP/HTTPS", nil}, "JSON/CSV/SFTP": {"SFTP", []string{"CSV", "JSON"}}, "": {"", nil},
	} {
		if protocol, formats := Protocol(stated); protocol != want.protocol || !reflect.DeepEqual(formats, want.formats) {
			t.Errorf("%q: got %q %v", stated, protocol, formats)
		}
	}
}

func TestParseMacro(t *testing.T) {
	macro, ok := ParseMacro(`Container(api, "A, \"B\" (c)", $techn="Go, SQL", $descr=$x) {`)
	if !ok || !macro.Opens || macro.Name != "Container" || macro.Arg("alias", 0) != "api" || macro.Arg("techn", 2) != "Go, SQL" || macro.Arg("sprite", 5) != "" {
		t.Errorf("got %+v, %v", macro, ok)
	}
	for _, line := range []string{"A -> B", "f(x", "f(x) y", "(x)", "title f(x): y"} {
		if macro, ok := ParseMacro(line); ok {
			t.Errorf("%q is read as %+v", line, macro)
		}
	}
}

func TestTechnologyOfElements(t *testing.T) {
	for line, want := range map[string]string{
		`Container(api, "API", "Go", "Answers")`:                          "Go",
		`System(api, "REST API", "PostgREST")`:                            "PostgREST",
		`SystemDb(record, "Record", "FHIR Server")`:                       "FHIR Server",
		`System(bank, "Bank", $descr="Keycloak")`:                         "Keycloak",
		`System(bank, "Bank", "Allows customers to view their accounts")`: "",
		`System(bank, "Bank")`:                                            "",
		`Person(clerk, "Clerk", "Excel")`:                                 "",
	} {
		t.Run(line, func(t *testing.T) {
			macro, ok := ParseMacro(line)
			if !ok {
				t.Fatal("not read")
			}
			element := elements[macro.Name]
			if got := technologyOf(macro, element.kind, element.techn); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// Where a drawing takes one system apart, those beside it are somebody else's.
func TestSetApart(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		want  []string // names of what is somebody else's
	}{
		"beside the boundary":        {[]string{`System(mail, "Mail")`, `System_Boundary(s, "Shop") {`, `Container(web, "Web", "Go")`, "}", `SystemDb(register, "Register")`}, []string{"Mail", "Register"}},
		"within it":                  {[]string{`System_Boundary(s, "Shop") {`, `System(part, "Part")`, "}"}, nil},
		"in one frame with it":       {[]string{`Enterprise_Boundary(e, "City") {`, `System(mail, "Mail")`, `System_Boundary(s, "Shop") {`, `Container(web, "Web", "Go")`, "}", "}"}, nil},
		"where two are taken apart":  {[]string{`System(mail, "Mail")`, `System_Boundary(s, "Shop") {`, `Container(a, "A")`, "}", `System_Boundary(t, "Store") {`, `Container(b, "B")`, "}"}, nil},
		"where none is taken apart":  {[]string{`System(mail, "Mail")`, `System(shop, "Shop")`}, nil},
		"containers beside boundary": {[]string{`System_Boundary(s, "Shop") {`, `Container(a, "A")`, "}", `Container(b, "B")`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var c C4
			for _, line := range test.lines {
				if line == "}" {
					c.Close()
					continue
				}
				macro, ok := ParseMacro(line)
				if !ok || !c.Take(macro, austauschbar.Evidence{Line: 1}) {
					t.Fatalf("not read: %s", line)
				}
			}
			var others []string
			for _, component := range c.Architecture().Components {
				if component.External {
					others = append(others, component.Name)
				}
			}
			if !slices.Equal(others, test.want) {
				t.Errorf("got %q, want %q", others, test.want)
			}
		})
	}
}

func TestPerson(t *testing.T) {
	for name, want := range map[string]string{
		"User": "person", "Room owner": "person", "External user": "person", "Registered Citizens": "person", "Externe Nutzer": "person", "Meeting participant": "person", "Fachliche Sachbearbeiterin": "person",
		"Strimzi Operator": "", "Django Admin": "", "User Service": "", "Customer API": "", "Owner Registry": "", "Database that is shared by every user": "",
	} {
		if got := Person(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
