package arc42

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// A column is what a table's column tells of a component or interface.
type column int

const (
	unknown    column = iota
	name              // of a building block, where the heading says no more
	block             // of a building block, by its heading
	software          // of a building block, or what one is made of
	interfaces        // name of an interface
	technology
	licence
	version
	protocol
	format
	partner // what is at the other end
	source
	target
	direction
	beside // what is of no use here, and stands in such tables
)

// headings are the words of columns, in lower case.
var headings = map[string]column{
	"name": name, "bezeichnung": name, "system": name, "anwendung": name, "application": name, "service": name, "dienst": name, "modul": name, "module": name, "container": name, "element": name,
	"component": block, "functional component": block, "components": block, "komponente": block, "komponenten": block, "baustein": block, "bausteine": block, "building block": block, "building blocks": block,
	"blackbox": block, "black box": block, "subsystem": block, "teilsystem": block, "softwarekomponente": block, "software component": block,
	"software": software, "produkt": software, "product": software, "tool": software, "werkzeug": software,
	"interface": interfaces, "interfaces": interfaces, "schnittstelle": interfaces, "schnittstellen": interfaces, "business interface": interfaces, "technical interface": interfaces,
	"external interface": interfaces, "externe schnittstelle": interfaces, "fachliche schnittstelle": interfaces, "technische schnittstelle": interfaces, "api": interfaces, "schnittstellenname": interfaces, "interface name": interfaces,
	"technology": technology, "technologies": technology, "technologie": technology, "technologien": technology, "technology stack": technology, "tech stack": technology, "framework": technology, "implementierung": technology, "implementation": technology,
	"licence": licence, "license": licence, "lizenz": licence, "licences": licence, "licenses": licence, "lizenzen": licence,
	"version": version, "component version": version,
	"protocol": protocol, "protocols": protocol, "protokoll": protocol, "protokolle": protocol, "channel": protocol, "kanal": protocol, "übertragungskanal": protocol, "transport": protocol, "standard": protocol,
	"format": format, "formats": format, "formate": format, "datenformat": format, "data format": format, "datenformate": format,
	"partner": partner, "kommunikationspartner": partner, "communication partner": partner, "nachbarsystem": partner, "neighbouring system": partner, "neighboring system": partner, "external system": partner,
	"externes system": partner, "fremdsystem": partner, "gegenstelle": partner, "umsystem": partner, "drittsystem": partner,
	"from": source, "source": source, "von": source, "quelle": source, "quellsystem": source, "source system": source, "sender": source, "consumer": source, "konsument": source,
	"to": target, "target": target, "nach": target, "ziel": target, "zielsystem": target, "target system": target, "empfänger": target, "receiver": target, "provider": target, "anbieter der schnittstelle": target,
	"direction": direction, "richtung": direction,
	"description": beside, "beschreibung": beside, "responsibility": beside, "responsibilities": beside, "verantwortung": beside, "verantwortlichkeit": beside, "aufgabe": beside, "aufgaben": beside,
	"purpose": beside, "zweck": beside, "function": beside, "funktion": beside, "remark": beside, "remarks": beside, "bemerkung": beside, "bemerkungen": beside, "notes": beside, "anmerkung": beside, "comment": beside, "kommentar": beside,
	"id": beside, "nr": beside, "no": beside, "#": beside, "type": beside, "typ": beside, "art": beside, "data": beside, "daten": beside, "inhalt": beside, "content": beside, "contents": beside, "security": beside, "sicherheit": beside,
	"authentication": beside, "authentifizierung": beside, "authentisierung": beside, "frequency": beside, "häufigkeit": beside, "owner": beside, "betreiber": beside, "operator": beside, "verantwortlich": beside,
	"vendor": beside, "hersteller": beside, "port": beside, "status": beside, "source code": beside, "quellcode": beside, "repository": beside, "documentation": beside, "upstream documentation": beside, "dokumentation": beside, "link": beside, "url": beside,
}

// marks are what headings carry beside their words.
var marks = regexp.MustCompile(`^[*_\s]+|[*_.:\s]+$`)

// tableAt returns the rows at the beginning of passages that are of one table: those
// that have a heading in common.
func tableAt(passages []austauschbar.Passage) []austauschbar.Passage {
	heads := map[string]bool{}
	for i, row := range passages {
		shares := i == 0
		for _, cell := range row.Cells {
			shares = shares || heads[cell.Header]
		}
		if row.Kind != austauschbar.Row || !shares || row.Sheet != passages[0].Sheet {
			return passages[:i]
		}
		for _, cell := range row.Cells {
			heads[cell.Header] = true
		}
	}
	return passages
}

// columnsOf says what a table's headings mean; nil where it has none. A heading that is
// none of such tables is unknown.
func columnsOf(rows []austauschbar.Passage) map[string]column {
	columns := map[string]column{}
	for _, row := range rows {
		for _, cell := range row.Cells {
			if cell.Header != "" {
				columns[cell.Header] = headings[marks.ReplaceAllString(strings.ToLower(cell.Header), "")]
			}
		}
	}
	if len(columns) == 0 {
		return nil
	}
	return columns
}

// holds says whether one of these columns is among a table's.
func holds(columns map[string]column, any ...column) bool {
	for _, column := range columns {
		if slices.Contains(any, column) {
			return true
		}
	}
	return false
}

// isInterfaces says whether a table lists interfaces: by name, or by both ends and how
// they talk.
func isInterfaces(columns map[string]column) bool {
	if len(columns) < 2 || holds(columns, unknown, licence, version) {
		return false
	}
	return holds(columns, interfaces) || holds(columns, source) && holds(columns, target) && holds(columns, protocol, technology, format) ||
		holds(columns, partner) && holds(columns, protocol, format)
}

// blocks matches headings above tables of building blocks.
var blocks = regexp.MustCompile(`(?i)\b(?:components|komponenten|bausteine|bausteinsicht|building blocks?|applications|anwendungen|services|dienste|subsystems|teilsysteme|whitebox|technology stack|tech stack|technologien)\b`)

// isComponents says whether a table lists building blocks: headings of its own say so,
// or what a block is made of, or the heading above it.
func (f *finder) isComponents(columns map[string]column) bool {
	if len(columns) < 2 || holds(columns, unknown, interfaces, protocol, format, source, target, partner, direction) || !holds(columns, name, block, software) {
		return false
	}
	above := len(f.headings) > 0 && blocks.MatchString(f.headings[len(f.headings)-1].text)
	return holds(columns, block) || holds(columns, technology, licence) || holds(columns, name, software) && above
}

// cellsOf returns a row's cells by what they tell. A table's building blocks are what
// its strongest column names; software beside them is what they are made of.
func cellsOf(row austauschbar.Passage, columns map[string]column) map[column]string {
	said := map[column]string{}
	for _, cell := range row.Cells {
		if column := columns[cell.Header]; said[column] == "" {
			said[column] = cell.Text
		}
	}
	switch {
	case holds(columns, block):
		said[name] = said[block]
	case !holds(columns, name):
		said[name] = said[software]
		return said
	}
	if said[technology] == "" {
		said[technology] = said[software]
	}
	return said
}
