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

// named matches base names of such documents, and the one that arc42's template gives its
// first chapter.
var named = regexp.MustCompile(`(?:^|[\W_])(?:arc42(?:$|[\W_])|(?:architecture|architektur)$)|^0?1[\W_]+introduction[\W_]and[\W_]goals$`)

// chapters are the titles of arc42's chapters that other documents do not have, in lower
// case.
var chapters = map[string]bool{
	"architecture constraints": true, "system scope and context": true, "context and scope": true, "solution strategy": true, "building block view": true,
	"runtime view": true, "deployment view": true, "architecture decisions": true, "architectural decisions": true,
	"kontextabgrenzung": true, "kontext und scope": true, "lösungsstrategie": true, "bausteinsicht": true, "laufzeitsicht": true, "verteilungssicht": true,
	"architekturentscheidungen": true, "entwurfsentscheidungen": true,
}

// opening are the titles of arc42's first chapter, which other documents have too, in lower
// case, and those of its sections, two of which tell it.
var (
	opening  = []string{"introduction and goals", "einführung und ziele"}
	sections = []string{"requirements overview", "quality goals", "stakeholders", "aufgabenstellung", "qualitätsziele", "stakeholder"}
)

// number matches what counts chapters: "03 ", "5. ".
var number = regexp.MustCompile(`^[\d.]+[.:)]?\s+`)

// decision are the headings of an architecture decision record, each in its languages and
// as templates word it. The last two say which kind of decision the first two may be of.
var decision = [][]string{
	{"context", "kontext", "context and problem statement", "kontext und problemstellung", "ausgangslage", "problem"},
	{"decision", "entscheidung", "decision outcome", "ergebnis der entscheidung"},
	{"consequences", "konsequenzen", "folgen", "auswirkungen"},
	{"considered options", "options considered", "considered alternatives", "alternatives considered", "betrachtete alternativen", "betrachtete optionen", "erwogene alternativen"},
}

// decisions are folders that hold decisions, of an architecture or else.
var decisions = map[string]bool{"decisions": true, "entscheidungen": true, "decision-records": true}

// settled matches the line of a decision record that says how far it is.
var settled = regexp.MustCompile(`(?i)^\W*status\W+(?:accepted|proposed|superseded|deprecated|rejected|angenommen|vorgeschlagen|akzeptiert|beschlossen|ersetzt|abgelöst|verworfen|abgelehnt)\b`)

// Told says whether a document is about an architecture: its folder or its name says so,
// it has two of arc42's chapters or is one of them, the first one by its sections, the
// parts of a decision record (two are enough in a folder of decisions or beside its
// status), or a table of components with their versions and licences.
func Told(at string, passages []austauschbar.Passage) bool {
	at = strings.ToLower(at)
	among := false
	for folder := range strings.SplitSeq(path.Dir(at), "/") {
		if folders[folder] {
			return true
		}
		among = among || decisions[folder]
	}
	if named.MatchString(strings.TrimSuffix(path.Base(at), path.Ext(at))) {
		return true
	}
	first, opened, found, within, parts := true, false, map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, passage := range passages {
		if passage.Kind != austauschbar.Heading {
			among = among || settled.MatchString(passage.Text)
			continue
		}
		title := number.ReplaceAllString(strings.ToLower(passage.Text), "")
		if chapters[title] && (first || len(found) > 0 && !found[title]) {
			return true
		}
		if chapters[title] {
			found[title] = true
		}
		opened = opened || first && slices.Contains(opening, title)
		if slices.Contains(sections, title) {
			within[title] = true
		}
		if opened && len(within) > 1 {
			return true
		}
		for i, words := range decision {
			if slices.Contains(words, title) {
				parts[i] = true
			}
		}
		first = false
	}
	return parts[0] && parts[1] && (parts[2] || parts[3] || among) || listsParts(passages)
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
