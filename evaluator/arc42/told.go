package arc42

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// folders are names of folders that hold architecture documents and decisions.
var folders = map[string]bool{"architecture": true, "architektur": true, "arc42": true, "adr": true, "adrs": true}

// named matches base names of such documents.
var named = regexp.MustCompile(`(?:^|[\W_])(?:arc42(?:$|[\W_])|(?:architecture|architektur)$)`)

// chapters are the titles of arc42's chapters that other documents do not have, in lower
// case.
var chapters = map[string]bool{
	"architecture constraints": true, "system scope and context": true, "context and scope": true, "solution strategy": true, "building block view": true,
	"runtime view": true, "deployment view": true, "architecture decisions": true, "architectural decisions": true,
	"kontextabgrenzung": true, "kontext und scope": true, "lösungsstrategie": true, "bausteinsicht": true, "laufzeitsicht": true, "verteilungssicht": true,
	"architekturentscheidungen": true, "entwurfsentscheidungen": true,
}

// number matches what counts chapters: "03 ", "5. ".
var number = regexp.MustCompile(`^[\d.]+[.:)]?\s+`)

// decision are the headings of an architecture decision record, each in its languages.
var decision = [][]string{
	{"context", "kontext", "context and problem statement"},
	{"decision", "entscheidung", "decision outcome"},
	{"consequences", "konsequenzen", "folgen", "considered options", "considered alternatives", "betrachtete alternativen", "betrachtete optionen", "status"},
}

// status matches what stands above a decision in the place of a heading.
var status = regexp.MustCompile(`(?i)^status: (?:accepted|proposed|rejected|deprecated|superseded|angenommen|vorgeschlagen|abgelehnt|ersetzt)`)

// Told says whether a document is about an architecture: its folder or its name says so,
// it has two of arc42's chapters or is one of them, the parts of a decision record, or a
// table of components with their versions and licences.
func Told(at string, passages []austauschbar.Passage) bool {
	at = strings.ToLower(at)
	for folder := range strings.SplitSeq(path.Dir(at), "/") {
		if folders[folder] {
			return true
		}
	}
	if named.MatchString(strings.TrimSuffix(path.Base(at), path.Ext(at))) {
		return true
	}
	first, found, parts := true, map[string]bool{}, map[int]bool{}
	for _, passage := range passages {
		if status.MatchString(passage.Text) {
			parts[len(decision)-1] = true
		}
		if passage.Kind != austauschbar.Heading {
			continue
		}
		title := number.ReplaceAllString(strings.ToLower(passage.Text), "")
		if chapters[title] && (first || len(found) > 0 && !found[title]) {
			return true
		}
		if chapters[title] {
			found[title] = true
		}
		for i, words := range decision {
			if slices.Contains(words, title) {
				parts[i] = true
			}
		}
		first = false
	}
	return len(parts) == len(decision) || listsParts(passages)
}

// minParts is how many rows tell a list of parts from a form to fill in.
const minParts = 3

func listsParts(passages []austauschbar.Passage) bool {
	for i := 0; i < len(passages); {
		rows := tableAt(passages[i:])
		i += max(len(rows), 1)
		columns := columnsOf(rows)
		if !holds(columns, block) || !holds(columns, licence) || !holds(columns, version) {
			continue
		}
		full := 0
		for _, row := range rows {
			if said := cellsOf(row, columns); said[name] != "" && said[licence] != "" && said[version] != "" {
				full++
			}
		}
		if full >= minParts {
			return true
		}
	}
	return false
}
