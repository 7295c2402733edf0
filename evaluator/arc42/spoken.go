package arc42

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/lines"
)

// spoken matches protocols before the word for what speaks them: "REST interface",
// "WebSocket / STOMP topic", "HTTP-basierte Schnittstelle".
var spoken = regexp.MustCompile(`(?i)(?:^|[^\p{L}\d-])((?:` + protocols + `)(?:\s*(?:/|,|over|über|via)\s*(?:` + protocols + `))*)[ -]?(?:[\p{L}\d]+[ -]){0,2}(?:interfaces?|apis?|schnittstellen?|endpoints?|endpunkte?n?|topics?|feeds?|services?|dienste?|based|basiert\p{L}*)(?:[^\p{L}]|$)`)

const protocols = `REST(?:ful)?|SOAP|GraphQL|gRPC|OData|MQTT|AMQP|STOMP|JMS|Kafka|WebSockets?|WebDAV|CalDAV|CardDAV|SFTP|FTPS?|LDAPS?|JDBC|ODBC|SMTP|IMAP|HTTPS?|RSS|OSCI|FHIR|WFS|WMS`

// resource matches the path of something that is offered over HTTP: "/api/orders/*".
var resource = regexp.MustCompile(`^/[\w.{}:*-]+(?:/[\w.{}:*-]+)*/?$`)

// protocolIn returns the protocol that one of several texts tells, the first that does;
// "" where none does.
func protocolIn(texts ...string) string {
	for _, text := range texts {
		if found := spoken.FindStringSubmatch(text); found != nil {
			return lines.Clean(found[1])
		}
		if resource.MatchString(text) {
			return "HTTP"
		}
	}
	return ""
}

// generated matches descriptions of what a program writes in a build and nobody chooses.
var generated = regexp.MustCompile(`(?i)^(?:automatically |automatisch )?(?:generated|generierter?s?)\s(?:[\p{L}\d_-]+\s){0,3}(?:class(?:es)?|code|stubs?|klassen|quelltext|bindings?)(?:[^\p{L}]|$)`)

// noSystem matches names of what a system needs and that is none itself.
var noSystem = regexp.MustCompile(`(?i)^(?:(?:tls|ssl|x\.?509|server|client)[ -]?)?(?:certificates?|zertifikate?|secrets?|passw(?:ords|örter)|dns|internet|intranet|netzwerk|network)$`)

// isBlock says whether a row of a table lists a building block.
func isBlock(name, description string) bool {
	return !noSystem.MatchString(strings.TrimSpace(name)) && !generated.MatchString(strings.TrimLeft(description, "*_ "))
}
