package structurizr

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

func read1(t *testing.T, read readertest.Reader, data []byte) austauschbar.Text {
	t.Helper()
	text, err := read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRealFiles(t *testing.T) {
	for name, test := range map[string]struct {
		read readertest.Reader
		want []string
	}{
		"structurizr_big_bank.dsl": {ReadDSL, []string{
			`person "Personal Banking Customer"`,
			`person "Customer Service Staff"`,
			`person "Back Office Staff"`,
			`system "Mainframe Banking System" external`,
			`system "E-mail System" external`,
			`system "ATM" external`,
			`system "Internet Banking System"`,
			`client "Single-Page Application" [JavaScript and Angular] in "Internet Banking System"`,
			`client "Mobile App" [Xamarin] in "Internet Banking System"`,
			`application "Web Application" [Java and Spring MVC] in "Internet Banking System"`,
			`application "API Application" [Java and Spring MVC] in "Internet Banking System"`,
			`application "Sign In Controller" [Spring MVC Rest Controller] in "API Application"`,
			`application "Accounts Summary Controller" [Spring MVC Rest Controller] in "API Application"`,
			`application "Reset Password Controller" [Spring MVC Rest Controller] in "API Application"`,
			`application "Security Component" [Spring Bean] in "API Application"`,
			`application "Mainframe Banking System Facade" [Spring Bean] in "API Application"`,
			`application "E-mail Component" [Spring Bean] in "API Application"`,
			`database "Database" [Oracle Database Schema] in "Internet Banking System"`,
			// Development.
			`platform "Developer Laptop" [Microsoft Windows 10 or Apple macOS]`,
			`platform "Web Browser" [Chrome, Firefox, Safari, or Edge] in "Developer Laptop"`,
			`platform "Docker Container - Web Server" [Docker] in "Developer Laptop"`,
			`platform "Apache Tomcat" [Apache Tomcat 8.x] in "Docker Container - Web Server"`,
			`platform "Docker Container - Database Server" [Docker] in "Developer Laptop"`,
			`platform "Database Server" [Oracle 12c] in "Docker Container - Database Server"`,
			`platform "Big Bank plc" [Big Bank plc data center]`,
			`platform "bigbank-dev001" in "Big Bank plc"`,
			`client "Single-Page Application" [JavaScript and Angular] in "Web Browser"`,
			`application "Web Application" [Java and Spring MVC] in "Apache Tomcat"`,
			`application "API Application" [Java and Spring MVC] in "Apache Tomcat"`,
			`database "Database" [Oracle Database Schema] in "Database Server"`,
			`system "Mainframe Banking System" in "bigbank-dev001" external`,
			// Live.
			`platform "Customer's mobile device" [Apple iOS or Android]`,
			`platform "Customer's computer" [Microsoft Windows or Apple macOS]`,
			`platform "Web Browser" [Chrome, Firefox, Safari, or Edge] in "Customer's computer"`,
			`platform "Big Bank plc" [Big Bank plc data center]`,
			`platform "bigbank-web***" [Ubuntu 16.04 LTS] in "Big Bank plc"`,
			`platform "Apache Tomcat" [Apache Tomcat 8.x] in "bigbank-web***"`,
			`platform "bigbank-api***" [Ubuntu 16.04 LTS] in "Big Bank plc"`,
			`platform "Apache Tomcat" [Apache Tomcat 8.x] in "bigbank-api***"`,
			`platform "bigbank-db01" [Ubuntu 16.04 LTS] in "Big Bank plc"`,
			`platform "Oracle - Primary" [Oracle 12c] in "bigbank-db01"`,
			`platform "bigbank-db02" [Ubuntu 16.04 LTS] in "Big Bank plc"`,
			`platform "Oracle - Secondary" [Oracle 12c] in "bigbank-db02"`,
			`platform "bigbank-prod001" in "Big Bank plc"`,
			`client "Mobile App" [Xamarin] in "Customer's mobile device"`,
			`client "Single-Page Application" [JavaScript and Angular] in "Web Browser"`,
			`application "Web Application" [Java and Spring MVC] in "Apache Tomcat"`,
			`application "API Application" [Java and Spring MVC] in "Apache Tomcat"`,
			`database "Database" [Oracle Database Schema] in "Oracle - Primary"`,
			`database "Database" [Oracle Database Schema] in "Oracle - Secondary"`,
			`system "Mainframe Banking System" in "bigbank-prod001" external`,
			`"Oracle - Primary" -> "Oracle - Secondary" dependency "Replicates data to"`,
			// Between people and systems.
			`"Personal Banking Customer" -> "Internet Banking System" user "Views account balances, and makes payments using"`,
			`"Internet Banking System" -> "Mainframe Banking System" dependency "Gets account information from, and makes payments using"`,
			`"Internet Banking System" -> "E-mail System" dependency "Sends e-mail using"`,
			`"E-mail System" -> "Personal Banking Customer" user "Sends e-mails to"`,
			`"Personal Banking Customer" -> "Customer Service Staff" user "Asks questions to" [Telephone]`,
			`"Customer Service Staff" -> "Mainframe Banking System" user "Uses"`,
			`"Personal Banking Customer" -> "ATM" user "Withdraws cash using"`,
			`"ATM" -> "Mainframe Banking System" dependency "Uses"`,
			`"Back Office Staff" -> "Mainframe Banking System" user "Uses"`,
			`"Personal Banking Customer" -> "Web Application" user "Visits bigbank.com/ib using" [HTTPS]`,
			`"Personal Banking Customer" -> "Single-Page Application" user "Views account balances, and makes payments using"`,
			`"Personal Banking Customer" -> "Mobile App" user "Views account balances, and makes payments using"`,
			`"Web Application" -> "Single-Page Application" dependency "Delivers to the customer's web browser"`,
			`"Single-Page Application" -> "Sign In Controller" api "Makes API calls to" [JSON/HTTPS]`,
			`"Single-Page Application" -> "Accounts Summary Controller" api "Makes API calls to" [JSON/HTTPS]`,
			`"Single-Page Application" -> "Reset Password Controller" api "Makes API calls to" [JSON/HTTPS]`,
			`"Mobile App" -> "Sign In Controller" api "Makes API calls to" [JSON/HTTPS]`,
			`"Mobile App" -> "Accounts Summary Controller" api "Makes API calls to" [JSON/HTTPS]`,
			`"Mobile App" -> "Reset Password Controller" api "Makes API calls to" [JSON/HTTPS]`,
			`"Sign In Controller" -> "Security Component" dependency "Uses"`,
			`"Accounts Summary Controller" -> "Mainframe Banking System Facade" dependency "Uses"`,
			`"Reset Password Controller" -> "Security Component" dependency "Uses"`,
			`"Reset Password Controller" -> "E-mail Component" dependency "Uses"`,
			`"Security Component" -> "Database" database "Reads from and writes to" [SQL/TCP]`,
			`"Mainframe Banking System Facade" -> "Mainframe Banking System" api "Makes API calls to" [XML/HTTPS]`,
			`"E-mail Component" -> "E-mail System" dependency "Sends e-mail using"`,
		}},
		"structurizr_amazon_web_services.dsl": {ReadDSL, []string{
			`system "X"`,
			`application "Web Application" [Java and Spring Boot] in "X"`,
			`database "Database Schema" in "X"`,
			`platform "Amazon Web Services" [Amazon Web Services - Cloud]`,
			`platform "US-East-1" [Amazon Web Services - Region] in "Amazon Web Services"`,
			`platform "DNS router" [Route 53] in "US-East-1"`,
			`platform "Load Balancer" [Elastic Load Balancer] in "US-East-1"`,
			`platform "Autoscaling group" [Amazon Web Services - Auto Scaling] in "US-East-1"`,
			`platform "Amazon EC2 - Ubuntu server" [Amazon Web Services - EC2] in "Autoscaling group"`,
			`platform "Amazon RDS" [Amazon Web Services - RDS] in "US-East-1"`,
			`platform "MySQL" [Amazon Web Services - RDS MySQL instance] in "Amazon RDS"`,
			`"Web Application" -> "Database Schema" database "Reads from and writes to" [MySQL Protocol/SSL]`,
			`"DNS router" -> "Load Balancer" api "Forwards requests to" [HTTPS]`,
			`"Load Balancer" -> "Web Application" api "Forwards requests to" [HTTPS]`,
			`application "Web Application" [Java and Spring Boot] in "Amazon EC2 - Ubuntu server"`,
			`database "Database Schema" in "MySQL"`,
		}},
		"structurizr_microservices.dsl": {ReadDSL, slices.Concat([]string{
			`person "User"`,
			`system "Software System A"`,
			`system "Software System B" external`,
			`system "Software System C" external`,
			`application "Web Server" [Nginx] in "Software System A"`,
			`client "UI" [JavaScript and React] in "Software System A"`,
			`"User" -> "Web Server" user "Requests UI from (using web browser)"`,
			`"Web Server" -> "UI" dependency "Delivers"`,
			`"User" -> "UI" user "Uses"`,
			`"Service 5 API" -> "Software System B" dependency`,
			`"Service 6 API" -> "Software System C" dependency`,
			`database "Service 3 Database" [MySQL] in "Software System A"`,
			`"Service 3 API" -> "Service 3 Database" database`,
		}, services("Service %d API", `application "%s" [Java and Spring Boot] in "Software System A"`, 1, 2, 3, 4, 5, 6, 7, 8),
			services("Service %d Database Schema", `database "%s" [MySQL] in "Software System A"`, 1, 2, 4, 5, 6, 7, 8),
			services("Service %[1]d API\" -> \"Service %[1]d Database Schema", `"%s" database`, 1, 2, 4, 5, 6, 7, 8),
			services("Service %d API", `"UI" -> "%s" dependency`, 1, 2, 3, 4, 5),
			services("Service %d API", `"Service 1 API" -> "%s" dependency`, 2, 3),
			services("Service %d API", `"Service 2 API" -> "%s" dependency`, 4, 5),
			services("Service %d API", `"Service 3 API" -> "%s" dependency`, 4, 7),
			services("Service %d API", `"Service 4 API" -> "%s" dependency`, 6),
			services("Service %d API", `"Service 7 API" -> "%s" dependency`, 8))},
		"structurizr_spring_petclinic.json": {Read, []string{
			`person "Clinic Employee"`,
			`system "Spring PetClinic"`,
			`database "Relational Database Schema" [Relational Database Schema] in "Spring PetClinic"`,
			`application "Web Application" [Java and Spring] in "Spring PetClinic"`,
			`application "Owner Controller" [Spring MVC Controller] in "Web Application"`,
			`application "Pet Controller" [Spring MVC Controller] in "Web Application"`,
			`application "Visit Controller" [Spring MVC Controller] in "Web Application"`,
			`application "Welcome Controller" [Spring MVC Controller] in "Web Application"`,
			`application "Vet Controller" [Spring MVC Controller] in "Web Application"`,
			`application "Vet Repository" [Spring Data Repository] in "Web Application"`,
			`"Clinic Employee" -> "Visit Controller" user "Uses"`,
			`"Clinic Employee" -> "Welcome Controller" user "Uses"`,
			`"Clinic Employee" -> "Pet Controller" user "Uses"`,
			`"Clinic Employee" -> "Vet Controller" user "Uses"`,
			`"Clinic Employee" -> "Owner Controller" user "Uses"`,
			`"Vet Controller" -> "Vet Repository" dependency`,
			`"Vet Repository" -> "Relational Database Schema" database "Reads from and writes to"`,
		}},
		"structurizr_workspace_31.json": {Read, []string{
			`person "Business User"`,
			`person "Configuration User"`,
			`system "Active Directory"`,
			`system "Central Monitoring Service"`,
			`system "E-mail system"`,
			`system "Financial Risk System"`,
			`system "Reference Data System"`,
			`system "Reference Data System v2.0"`,
			`system "Trade Data System"`,
			`"Business User" -> "Financial Risk System" user "Views reports using"`,
			`"Configuration User" -> "Financial Risk System" user "Configures parameters using"`,
			`"E-mail system" -> "Business User" user "Sends a notification that a report is ready to" [E-mail message]`,
			`"Financial Risk System" -> "Trade Data System" dependency "Gets trade data from"`,
			`"Financial Risk System" -> "Reference Data System v2.0" dependency "Gets counterparty data from"`,
			`"Financial Risk System" -> "Reference Data System" dependency "Gets counterparty data from"`,
			`"Financial Risk System" -> "E-mail system" dependency "Sends a notification that a report is ready to"`,
			`"Financial Risk System" -> "Active Directory" dependency "Uses for user authentication and authorisation"`,
			`"Financial Risk System" -> "Central Monitoring Service" events "Sends critical failure alerts to" [SNMP]`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			data := readertest.Corpus(t, name)
			text := read1(t, test.read, data)
			readertest.Alike(t, text.Architecture, test.want)
			if len(text.Gaps) > 0 {
				t.Errorf("gaps: %v", text.Gaps)
			}
			source := strings.Split(string(data), "\n")
			for _, c := range text.Architecture.Components {
				at := c.Evidence[0]
				line := source[at.Line-1]
				if instance := strings.Contains(strings.ToLower(line), "instance"); !instance && !strings.Contains(line, c.Name) {
					t.Errorf("%s is not in line %d: %s", c.Name, at.Line, line)
				}
			}
		})
	}
}

// services writes a line of a drawing for each number.
func services(name, line string, numbers ...int) []string {
	var list []string
	for _, n := range numbers {
		list = append(list, fmt.Sprintf(line, fmt.Sprintf(name, n)))
	}
	return list
}

// A workspace that Structurizr made of its DSL carries it along.
func TestRealPair(t *testing.T) {
	data := readertest.Corpus(t, "structurizr_spring_petclinic.json")
	var carried struct{ Properties map[string]string }
	if err := json.Unmarshal(data, &carried); err != nil {
		t.Fatal(err)
	}
	dsl, err := base64.StdEncoding.DecodeString(carried.Properties["structurizr.dsl"])
	if err != nil {
		t.Fatal(err)
	}
	text := read1(t, ReadDSL, dsl)
	// The JSON has, beside these, what was found in code.
	readertest.Alike(t, text.Architecture, []string{
		`person "Clinic Employee"`,
		`system "Spring PetClinic"`,
		`database "Relational Database Schema" [Relational Database Schema] in "Spring PetClinic"`,
		`application "Web Application" [Java and Spring] in "Spring PetClinic"`,
	})
	if len(text.Gaps) != 1 || text.Gaps[0].Reason != "computed" {
		t.Errorf("gaps: %v", text.Gaps)
	}
	all := readertest.WithoutLines(readertest.Drawn(read1(t, Read, data).Architecture))
	for _, line := range readertest.WithoutLines(readertest.Drawn(text.Architecture)) {
		if !slices.Contains(all, line) {
			t.Errorf("the JSON has no %s", line)
		}
	}
}

const pairDSL = `workspace "Permits" {
    !identifiers hierarchical
    model {
        citizen = person "Citizen" {
            tags "External Person"
        }
        gov = group "City" {
            permits = softwareSystem "Permits" "Handles applications." {
                web = container "Web Client" "" "TypeScript" "Front"
                api = container "API" {
                    technology "Go"
                    rules = component "Rules" "" "Go package"
                }
                db = container "Database" "" "PostgreSQL" "Database"
                events = container "Events" "" "NATS" "Queue"
                web -> api "Calls" "JSON/HTTPS"
                api.rules -> db "Reads and writes" "SQL"
                api -> events "Announces"
            }
        }
        registry = softwareSystem "Registry" "" "Existing System"
        citizen -> permits.web "Applies with"
        permits.api -> registry "Looks up" "XML/HTTPS" {
            tags "Asynchronous"
        }
        live = deploymentEnvironment "Live" {
            cloud = deploymentNode "Cloud" "" "OpenStack" {
                lb = infrastructureNode "Balancer" "" "HAProxy"
                vm = deploymentNode "Machine" {
                    apiInstance = containerInstance permits.api
                }
                registryInstance = softwareSystemInstance registry
                lb -> vm.apiInstance "Forwards to" "HTTPS"
            }
        }
    }
    views {
        styles {
            element "Front" {
                shape WebBrowser
            }
        }
    }
}
`

const pairJSON = `{
 "name": "Permits",
 "model": {
  "people": [
   {"id": "1", "name": "Citizen", "tags": "Element,Person,External Person", "relationships": [
     {"id": "20", "sourceId": "1", "destinationId": "3", "description": "Applies with", "tags": "Relationship"},
     {"id": "21", "sourceId": "1", "destinationId": "2", "description": "Applies with", "linkedRelationshipId": "20"}]}
  ],
  "softwareSystems": [
   {"id": "2", "name": "Permits", "group": "City", "tags": "Element,Software System", "containers": [
     {"id": "3", "name": "Web Client", "technology": "TypeScript", "tags": "Element,Container,Front", "relationships": [
       {"id": "22", "sourceId": "3", "destinationId": "4", "description": "Calls", "technology": "JSON/HTTPS", "tags": "Relationship"}]},
     {"id": "4", "name": "API", "technology": "Go", "tags": "Element,Container", "components": [
       {"id": "5", "name": "Rules", "technology": "Go package", "tags": "Element,Component", "relationships": [
         {"id": "23", "sourceId": "5", "destinationId": "6", "description": "Reads and writes", "technology": "SQL"}]}],
       "relationships": [
       {"id": "24", "sourceId": "4", "destinationId": "7", "description": "Announces"},
       {"id": "25", "sourceId": "4", "destinationId": "8", "description": "Looks up", "technology": "XML/HTTPS", "interactionStyle": "Asynchronous", "tags": "Relationship,Asynchronous"},
       {"id": "26", "sourceId": "4", "destinationId": "6", "description": "Reads and writes", "technology": "SQL", "linkedRelationshipId": "23"}]},
     {"id": "6", "name": "Database", "technology": "PostgreSQL", "tags": "Element,Container,Database"},
     {"id": "7", "name": "Events", "technology": "NATS", "tags": "Element,Container,Queue"}]},
   {"id": "8", "name": "Registry", "tags": "Element,Software System,Existing System"}
  ],
  "deploymentNodes": [
   {"id": "9", "name": "Cloud", "environment": "Live", "technology": "OpenStack", "instances": "1", "tags": "Element,Deployment Node", "children": [
     {"id": "10", "name": "Machine", "environment": "Live", "tags": "Element,Deployment Node", "containerInstances": [
       {"id": "11", "containerId": "4", "instanceId": 1, "tags": "Container Instance", "relationships": [
         {"id": "27", "sourceId": "11", "destinationId": "12", "description": "Looks up", "linkedRelationshipId": "25"}]}]}],
     "softwareSystemInstances": [{"id": "12", "softwareSystemId": "8", "instanceId": 1, "tags": "Software System Instance"}],
     "infrastructureNodes": [{"id": "13", "name": "Balancer", "technology": "HAProxy", "tags": "Element,Infrastructure Node", "relationships": [
       {"id": "28", "sourceId": "13", "destinationId": "11", "description": "Forwards to", "technology": "HTTPS"}]}]}
  ]
 },
 "views": {"configuration": {"styles": {"elements": [{"tag": "Front", "shape": "WebBrowser"}]}}}
}
`

func TestBothNotations(t *testing.T) {
	want := []string{
		`person "Citizen" external`,
		`system "Permits"`,
		`client "Web Client" [TypeScript] in "Permits"`,
		`application "API" [Go] in "Permits"`,
		`application "Rules" [Go package] in "API"`,
		`database "Database" [PostgreSQL] in "Permits"`,
		`queue "Events" [NATS] in "Permits"`,
		`system "Registry" external`,
		`platform "Cloud" [OpenStack]`,
		`platform "Balancer" [HAProxy] in "Cloud"`,
		`platform "Machine" in "Cloud"`,
		`"Citizen" -> "Web Client" user "Applies with"`,
		`"Web Client" -> "API" api "Calls" [JSON/HTTPS]`,
		`"Rules" -> "Database" database "Reads and writes" [SQL]`,
		`"API" -> "Events" events "Announces"`,
		`"API" -> "Registry" events "Looks up" [XML/HTTPS]`,
		`"Balancer" -> "API" api "Forwards to" [HTTPS]`,
		`application "API" [Go] in "Machine"`,
		`system "Registry" in "Cloud" external`,
	}
	for name, text := range map[string]austauschbar.Text{
		"DSL":                      read1(t, ReadDSL, []byte(pairDSL)),
		"DSL with other line ends": read1(t, ReadDSL, []byte(strings.ReplaceAll(pairDSL, "\n", "\r\n"))),
		"JSON":                     read1(t, Read, []byte(pairJSON)),
		"JSON in one line":         read1(t, Read, bytes.ReplaceAll([]byte(pairJSON), []byte("\n"), nil)),
	} {
		t.Run(name, func(t *testing.T) {
			readertest.Alike(t, text.Architecture, want)
			if text.Title != "Permits" || len(text.Gaps) > 0 {
				t.Errorf("title %q, gaps %v", text.Title, text.Gaps)
			}
		})
	}
}

func TestDSL(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []string
		gaps   string
	}{
		"flat identifiers, upper and lower case": {"workspace {\n model {\n A = SoftwareSystem X {\n B = Container Y\n }\n b -> a Uses\n }\n}",
			[]string{`system "X"`, `application "Y" in "X"`, `"Y" -> "X" dependency "Uses"`}, ""},
		"a source left out, this, of a group": {"model {\n a = softwareSystem A {\n group G {\n c = container C {\n -> b Uses HTTPS\n b -> this\n }\n }\n }\n b = softwareSystem B\n}",
			[]string{`system "A"`, `application "C" in "A"`, `system "B" external`, `"C" -> "B" api "Uses" [HTTPS]`, `"B" -> "C" dependency`}, ""},
		"systems around the one that is described": {"model {\n group City {\n a = softwareSystem A {\n c = container C\n }\n b = softwareSystem B\n group Office {\n d = softwareSystem D\n }\n }\n group State {\n e = softwareSystem E\n }\n f = softwareSystem F\n}",
			[]string{`system "A"`, `application "C" in "A"`, `system "B"`, `system "D"`, `system "E" external`, `system "F" external`}, ""},
		"several systems described": {"model {\n a = softwareSystem A {\n c = container C\n }\n b = softwareSystem B {\n d = container D\n }\n e = softwareSystem E\n}",
			[]string{`system "A"`, `application "C" in "A"`, `system "B"`, `application "D" in "B"`, `system "E"`}, ""},
		"identifiers of relations, arrows that take relations away": {"model {\n a = softwareSystem A\n b = softwareSystem B\n r = a -> b X\n a -/> b\n}",
			[]string{`system "A"`, `system "B"`, `"A" -> "B" dependency "X"`}, ""},
		"constants and variables": {"!const ORG \"City of X\"\n!var DB ${ORG}-db\nmodel {\n a = softwareSystem \"${ORG} portal\"\n b = softwareSystem \"${DB} ${OTHER}\"\n}",
			[]string{`system "City of X portal"`, `system "City of X-db ${OTHER}"`}, ""},
		"comments": {"/* workspace\n } */\n// model {\n# model {\nmodel {\n a = softwareSystem A // the first\n /* one */ b = softwareSystem B\n}",
			[]string{`system "A"`, `system "B"`}, ""},
		"lines that go on": {"model {\n a = softwareSystem A \\\n  \"\" \\\n \"External\"\n}", []string{`system "A" external`}, ""},
		"tag with a shape": {"model {\n a = softwareSystem A \"\" \"Database Existing System\"\n b = softwareSystem B \"\" \"Web Browser\"\n}", []string{`system "A" external`, `client "B"`}, ""},
		"quotation marks":  {"model {\n a = softwareSystem \"The \\\"A\\\" { system\"\n}", []string{`system "The \"A\" { system"`}, ""},
		"text blocks":      {"model {\n a = softwareSystem A \"\"\"\nlong\n}\n\"\"\" \"External\"\n b = softwareSystem B\n}", []string{`system "A" external`, `system "B"`}, ""},
		"archetypes": {"model {\n archetypes {\n softwareSystem {\n tag T\n }\n api = container {\n technology Go\n tags \"X,Queue\"\n }\n inner = api {\n technology Rust\n }\n sync = -> {\n technology HTTPS\n }\n get = --sync-> {\n tag Asynchronous\n }\n }\n a = softwareSystem A {\n b = api B\n c = inner C\n d = container D\n }\n a --sync-> d Asks\n d --get-> a\n}",
			[]string{`system "A"`, `queue "B" [Go] in "A"`, `queue "C" [Rust] in "A"`, `application "D" in "A"`, `"A" -> "D" api "Asks" [HTTPS]`, `"D" -> "A" events [HTTPS]`}, ""},
		"what stands elsewhere": {"workspace extends ../base.dsl {\n !include parts/*.dsl\n model {\n !docs docs\n !adrs adrs\n a = softwareSystem A\n !element a {\n c = container C\n }\n !element z {\n container D\n }\n a -> y\n }\n}",
			[]string{`system "A"`, `application "C" in "A"`}, "included: ../base.dsl, parts/*.dsl; unknown_identifier: y, z"},
		"scripts":                          {"workspace {\n !script groovy {\n if (a) {\n person X\n }\n }\n model {\n a = person A\n }\n}", []string{`person "A"`}, "computed: !script"},
		"words of details are no elements": {"model {\n properties {\n person X\n }\n a = person A \"\" {\n url https://x\n perspectives {\n person Y\n }\n }\n}", []string{`person "A"`}, ""},
		"an element of no kind of its own": {"model {\n a = element Scanner Hardware\n b = softwareSystem B\n a -> b Feeds USB\n}", []string{`other "Scanner"`, `system "B"`, `"Scanner" -> "B" api "Feeds" [USB]`}, ""},
		"secrets":                          {"model {\n a = softwareSystem A \"jdbc:x?password=abc\"\n}", []string{`system "A"`}, ""},
		"instances of one container":       {"model {\n a = softwareSystem A {\n c = container C\n }\n deploymentEnvironment E {\n deploymentNode N {\n x = containerInstance c\n y = instanceOf c\n x -> y Replicates\n z = containerInstance q\n }\n }\n}", []string{`system "A"`, `application "C" in "A"`, `platform "N"`, `application "C" in "N"`, `application "C" in "N"`}, "unknown_identifier: q"},
		"a workspace without elements":     {"workspace {\n model {\n }\n}", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := read1(t, ReadDSL, []byte(test.source))
			readertest.Alike(t, text.Architecture, test.want)
			var gaps []string
			for _, gap := range text.Gaps {
				gaps = append(gaps, gap.Reason+": "+gap.Detail)
			}
			if got := strings.Join(gaps, "; "); got != test.gaps {
				t.Errorf("gaps %q, want %q", got, test.gaps)
			}
			for _, c := range text.Architecture.Components {
				if strings.Contains(c.Evidence[0].Quote, "abc") {
					t.Errorf("quote %q", c.Evidence[0].Quote)
				}
			}
		})
	}
}

func TestReadAll(t *testing.T) {
	files := map[string][]byte{
		"a/workspace.dsl":        []byte("workspace extends base.dsl {\n!include consts\nmodel {\n!include model/systems.dsl\n!include ../outside.dsl\nuser -> portal.api Uses\n}\n}"),
		"a/base.dsl":             []byte("workspace Base {\n!identifiers hierarchical\nmodel {\nuser = person User\n}\n}"),
		"a/consts/a.dsl":         []byte("!const LANGUAGE Go"),
		"a/model/systems.dsl":    []byte("portal = softwareSystem Portal {\n!include parts.dsl\n}"),
		"a/model/parts.dsl":      []byte("\napi = container API \"\" ${LANGUAGE}"),
		"a/model/unused.dsl":     []byte("x = softwareSystem X"),
		"a/circle/circle.dsl":    []byte("!include circle.dsl\n!include circle.dsl\nsoftwareSystem C"),
		"a/circle/workspace.dsl": []byte("workspace {\nmodel {\n!include circle.dsl\n}\n}"),
	}
	texts, err := ReadAll(context.Background(), files, "a/workspace.dsl")
	if err != nil {
		t.Fatal(err)
	}
	text := texts["a/workspace.dsl"]
	readertest.Alike(t, text.Architecture, []string{`person "User"`, `system "Portal"`, `application "API" [Go] in "Portal"`, `"User" -> "API" user "Uses"`})
	if got := slices.Sorted(maps.Keys(texts)); !slices.Equal(got, []string{"a/base.dsl", "a/consts/a.dsl", "a/model/parts.dsl", "a/model/systems.dsl", "a/workspace.dsl"}) {
		t.Errorf("read %v", got)
	}
	if at := text.Architecture.Components[2].Evidence[0]; at.Path != "a/model/parts.dsl" || at.Line != 2 {
		t.Errorf("evidence %+v", at)
	}
	if len(text.Gaps) != 1 || text.Gaps[0].Detail != "../outside.dsl" {
		t.Errorf("gaps %v", text.Gaps)
	}
	begun := time.Now()
	if _, err := ReadAll(context.Background(), files, "a/circle/workspace.dsl"); err != nil || time.Since(begun) > 8*time.Second {
		t.Errorf("a circle: error %v after %v", err, time.Since(begun))
	}
}

func TestDocumentation(t *testing.T) {
	text := read1(t, Read, []byte(`{"name": "W", "model": {"softwareSystems": [{"id": "1", "name": "A", "documentation": {"sections": [
{"title": "Part", "format": "AsciiDoc", "content": "== Export\n\nData are exported.", "order": 1}]}}]},
"documentation": {"decisions": [
{"id": "1", "title": "Use Go", "status": "Accepted", "format": "Markdown", "content": "# 1. Use Go\n\nWe use Go."}]}}`))
	want := []string{"2 heading2 [] Export", "2 paragraph [] Data are exported.", "4 heading1 [1.] Use Go", "4 paragraph [] We use Go."}
	if got := readertest.Show(text.Passages); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		read         readertest.Reader
		source, code string
	}{
		"other JSON":          {Read, `{"model": "x", "views": []}`, "unknown_content"},
		"broken JSON":         {Read, `{"model": {`, "damaged"},
		"no JSON":             {Read, ``, "empty"},
		"another DSL":         {ReadDSL, "pipelineJob('x') {\n}\n", "unknown_content"},
		"nothing":             {ReadDSL, "\n// nothing\n", "unknown_content"},
		"bytes":               {ReadDSL, "workspace {\xff\n}", "not_text"},
		"a block without end": {ReadDSL, "workspace {\n model {\n }\n", "damaged"},
		"an end too many":     {ReadDSL, "workspace {\n}\n}\n", "damaged"},
		"deep blocks":         {ReadDSL, strings.Repeat("group X {\n", 1000), "too_large"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, test.read, test.source, test.code) })
	}
	readertest.Cancels(t, ReadDSL, strings.Repeat("workspace {\n", 2000))
	readertest.Cancels(t, Read, pairJSON)
}

func TestInTime(t *testing.T) {
	constants := "!const A0 " + strings.Repeat("x", 9000) + "\n"
	for i := range 200 {
		constants += fmt.Sprintf("!const A%d %s\n", i+1, strings.Repeat(fmt.Sprintf("${A%d}", i), 100))
	}
	for name, source := range map[string]string{
		"constants of constants": constants + "model {\n" + strings.Repeat("softwareSystem "+strings.Repeat("${A0}", 1000)+"\n", 200) + "}",
		"long identifiers":       "!identifiers hierarchical\nmodel {\n" + strings.Repeat(strings.Repeat("a", 190)+" = deploymentNode X {\n", 200) + strings.Repeat("b = deploymentNode Y\nx -> b\n", 30_000) + strings.Repeat("}\n", 201),
		"many archetypes":        "archetypes {\n" + manyArchetypes(20_000) + "}\n",
		"many alike":             "model {\na = softwareSystem A\nb = softwareSystem B\n" + strings.Repeat("a -> b\n", 200_000) + "}",
	} {
		t.Run(name, func(t *testing.T) { readertest.InTime(t, ReadDSL, source) })
	}
}

func manyArchetypes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d = a%d {\ntag t%d\n}\n", i+1, i, i)
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(pairJSON))
	f.Add([]byte(pairDSL))
	f.Add([]byte("workspace extends x {\n!const A b\nmodel {\narchetypes {\nx = container {\n}\ny = --x-> {\n}\n}\na = x \"${A}\" {\n-> this\n}\n}\n}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.SoundGraph(t, Read, data)
		readertest.SoundGraph(t, ReadDSL, data)
	})
}

// A thousand files are read in well under a second.
func BenchmarkRead(b *testing.B) {
	for name, test := range map[string]struct {
		read   readertest.Reader
		source string
	}{"dsl": {ReadDSL, pairDSL}, "json": {Read, pairJSON}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for range 1000 {
					if _, err := test.read(b.Context(), []byte(test.source)); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// Both notations tell of the same environments; the one that Structurizr adds is none.
func TestEnvironments(t *testing.T) {
	for name, test := range map[string]struct {
		read   readertest.Reader
		source string
		want   []string
	}{
		"DSL":       {ReadDSL, "workspace {\nmodel {\ndeploymentEnvironment \"Live\" {\ndeploymentNode a\n}\nlive2 = deploymentEnvironment Test {\n}\n}\n}\n", []string{"Live @3", "Test @6"}},
		"JSON":      {Read, `{"model": {"deploymentNodes": [` + "\n" + `{"name": "a", "environment": "Live"},` + "\n" + `{"name": "b", "environment": "Live"},` + "\n" + `{"name": "c", "environment": "Test"}]}}`, []string{"Live @2", "Test @4"}},
		"not named": {Read, `{"model": {"deploymentNodes": [{"name": "a", "environment": "Default"}]}}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := test.read(t.Context(), []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range text.Architecture.Environments {
				got = append(got, fmt.Sprintf("%s @%d", e.Name, e.Evidence[0].Line))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
