package diagram

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lines"
)

var (
	lineBreak = regexp.MustCompile(`(?i)<\s*br\s*/?>|</?(?:div|p|h[1-6]|li|ul|ol|tr|table|hr)\b[^<>]*>|\\n`)
	bold      = regexp.MustCompile(`\*\*([^*\n]+)\*\*|""([^"\n]*)""|~~([^~\n]+)~~`)
	markup    = regexp.MustCompile(`<[&$/]?[A-Za-z][^<>\n]*>|""|\\t|\b(?:fa[bsrlk]?|mdi|logos):[\w-]+`)
	bracketed = regexp.MustCompile(`^[\[(«](.*)[\])»]$`)
	ownName   = regexp.MustCompile(`^[@\p{Lu}][\p{L}\p{N}@._/-]*$`)
)

// LongestLine is more than anybody writes on a line of a drawing, in bytes: readers leave
// longer ones out.
const LongestLine = 5_000

// longest name or label, in runes; what is longer is prose.
const longest = 120

// Lines returns the lines that a label shows, without their markup.
func Lines(label string) []string {
	label = label[:min(len(label), 2*LongestLine)]
	if !strings.ContainsAny(label, "<&*~\\:\"\n") { // most labels
		if label = lines.Clean(label); label == "" {
			return nil
		}
		return []string{label}
	}
	label = lineBreak.ReplaceAllString(label, "\n")
	label = html.UnescapeString(markup.ReplaceAllString(bold.ReplaceAllString(label, "$1$2$3"), " "))
	var found []string
	for line := range strings.SplitSeq(label, "\n") {
		if line = lines.Clean(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}

// Text returns a label in one line, without its markup and without secrets.
func Text(label string) string { return cut(lines.WithoutSecrets(strings.Join(Lines(label), " "))) }

// Name returns what a box's label names, and the technology that it states in brackets:
// "API Application\n[Container: Java]". A name that goes on in the next line is joined;
// lines below it describe.
func Name(label string) (name, technology string) {
	found := Lines(label)
	for i := 0; i < len(found); i++ {
		m := bracketed.FindStringSubmatch(found[i])
		if m == nil || i == 0 && len(found) == 1 {
			continue
		}
		if technology == "" {
			technology = statedIn(m[1])
		}
		found = slices.Delete(found, i, i+1)
		i--
	}
	if len(found) == 0 {
		return "", technology
	}
	if names := listOf(found); len(names) > 1 {
		return strings.Join(names, listMark), technology
	}
	name = found[0]
	for _, next := range found[1:] {
		if !goesOn(name) {
			break
		}
		name += " " + next
	}
	return cut(lines.WithoutSecrets(name)), technology
}

// statedIn returns the technology in the brackets of a C4 box; "" where they hold but
// its type.
func statedIn(text string) string {
	before, after, found := strings.Cut(text, ":")
	switch strings.ToLower(strings.TrimSpace(before)) {
	case "container", "component", "software system", "system", "person", "database", "external system", "deployment node":
		return lines.Clean(after)
	}
	if found {
		return ""
	}
	return cut(lines.Clean(text))
}

// goesOn says whether a name's line ends in the middle: "zentraler", "Frontend des".
func goesOn(line string) bool {
	if strings.HasSuffix(line, "&") || strings.HasSuffix(line, "/") || strings.HasSuffix(line, "-") {
		return true
	}
	words := strings.Fields(line)
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	switch words[len(words)-1] {
	case "der", "die", "das", "des", "dem", "den", "und", "oder", "für", "of", "the", "and", "or", "for", "zur", "zum", "von", "in":
		return true
	}
	return len(words) == 1 && unicode.IsLower(last) && strings.HasSuffix(line, "r") && !strings.ContainsAny(line, "-_/.@")
}

// listMark joins the names of a box that lists several.
const listMark = "\n"

// mostListed is how many names a box lists at most.
const mostListed = 20

// listOf returns the names that a box lists, one a line: three of them and more, or
// packages ("@scope/name"), below which the last lines may describe.
func listOf(found []string) []string {
	if strings.HasPrefix(found[0], "@") {
		end := slices.IndexFunc(found, func(line string) bool { return !strings.HasPrefix(line, "@") })
		if end < 0 {
			end = len(found)
		}
		return found[:min(end, mostListed)]
	}
	if len(found) < 3 || len(found) > mostListed || slices.ContainsFunc(found, func(line string) bool { return !ownName.MatchString(line) }) {
		return nil
	}
	return found
}

// listed splits the name of a box that lists several.
func listed(name string) []string {
	return strings.Split(name, listMark)
}

// Evidence is the place of a drawing's line.
func Evidence(line int, text string) austauschbar.Evidence {
	return austauschbar.Evidence{Line: line, Quote: lines.Quote(text)}
}

func cut(text string) string {
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:longest-1])) + "…"
}

// formats are what is sent rather than how.
var formats = []string{"json", "xml", "html", "csv", "yaml", "json-ld", "rdf", "turtle", "geojson", "gml", "avro", "parquet", "pdf"}

// manners are words on a way that name no protocol.
var manners = []string{"sync", "async", "synchronous", "asynchronous", "synchron", "asynchron", "sync/async", "batch"}

// Protocol reads what a drawing states of a way: "sync/async, XML/HTTPS" is the protocol
// HTTPS with the format XML.
func Protocol(stated string) (protocol string, sent []string) {
	var rest []string
	for part := range strings.SplitSeq(stated, ",") {
		part = lines.Clean(part)
		if part == "" || slices.Contains(manners, strings.ToLower(part)) {
			continue
		}
		for {
			before, after, found := strings.Cut(part, "/")
			if !slices.Contains(formats, strings.ToLower(strings.TrimSpace(before))) {
				break
			}
			sent = append(sent, strings.TrimSpace(before))
			if part = strings.TrimSpace(after); !found {
				break
			}
		}
		if part != "" {
			rest = append(rest, part)
		}
	}
	slices.Sort(sent)
	return cut(lines.WithoutSecrets(strings.Join(rest, ", "))), slices.Compact(sent)
}

var (
	address = regexp.MustCompile(`\b([a-z][a-z0-9+]{1,15})://`)
	method  = regexp.MustCompile(`^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^\s]`)
	way     = regexp.MustCompile(`^(?i:https?|rest|soap|grpc|graphql|websockets?|wss?|jdbc|odbc|sql|smtps?|imaps?|lmtps?|pop3s?|ldaps?|saml|oidc|oauth ?2?(?:\.0)?|openid connect|scim|amqps?|mqtts?|kafka|jms|stomp|nats|s?ftps?|scp|ssh|nfs|smb|webdav|caldav|carddav|s3|tcp|udp|tls|mtls|fhir|hl7|x-road|sip|webrtc|xmpp|matrix|rest[ -]api|http/[123](?:\.[01])?)$`)
)

// addressed returns the protocol that a label is, or that its address or method tells;
// "" where none does.
func addressed(label string) string {
	switch {
	case way.MatchString(label):
		return label
	case method.MatchString(label):
		if m := address.FindStringSubmatch(label); m != nil {
			return m[1]
		}
		return "HTTP"
	}
	if m := address.FindStringSubmatch(label); m != nil {
		return m[1]
	}
	return ""
}
