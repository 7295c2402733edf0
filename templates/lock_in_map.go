package templates

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// rowsShown is how many rows of the lock-in map, and of what a tender and its
// architecture agree on, a reader is shown. JSON holds all.
const rowsShown = 40

// signs mark how much a switch takes, beside the word, so that nothing is told by
// colour or shape alone.
var signs = map[string]string{
	austauschbar.EffortHigh: "!!", austauschbar.EffortMedium: "!", austauschbar.EffortUnknown: "?", austauschbar.EffortLow: "✓",
}

// fillMap says where the map's evidence stands.
func (words *Words) fillMap(lockIn *austauschbar.LockInMap) (*austauschbar.LockInMap, error) {
	if lockIn == nil {
		return nil, nil
	}
	filled := *lockIn
	filled.Components, filled.Secured = copied(lockIn.Components), copied(lockIn.Secured)
	filled.Others, filled.Ways = copied(lockIn.Others), copied(lockIn.Ways)
	for i := range filled.Components {
		component := &filled.Components[i]
		component.Interfaces, component.DataOut = copied(component.Interfaces), copied(component.DataOut)
		component.Substitutes, component.Exits = copied(component.Substitutes), copied(component.Exits)
		component.Gaps = copied(component.Gaps)
		if err := words.fillProtocols(component); err != nil {
			return nil, err
		}
		if err := words.fillExits(component.Exits); err != nil {
			return nil, err
		}
		if err := words.fillPlaces(&component.Evidence); err != nil {
			return nil, err
		}
	}
	for i := range filled.Ways {
		var err error
		if filled.Ways[i].Standard, err = words.protocol(filled.Ways[i].Standard); err != nil {
			return nil, err
		}
	}
	return &filled, words.fillExits(filled.Secured)
}

func (words *Words) fillProtocols(component *austauschbar.MapComponent) (err error) {
	for i := range component.Interfaces {
		if component.Interfaces[i].Standard, err = words.protocol(component.Interfaces[i].Standard); err != nil {
			return err
		}
	}
	for i := range component.DataOut {
		names := copied(component.DataOut[i].Names)
		for j := range names {
			if names[j], err = words.protocol(names[j]); err != nil {
				return err
			}
		}
		component.DataOut[i].Names = names
	}
	return nil
}

// protocolSuffixes end the names of protocols: the catalogue's in German, and those of a
// review that was filled before.
var protocolSuffixes = []string{"-Protokoll", " protocol"}

// protocol gives a protocol's name in the reader's language.
func (words *Words) protocol(name string) (string, error) {
	for _, suffix := range protocolSuffixes {
		if stem, is := strings.CutSuffix(name, suffix); is {
			return words.say("label.protocol", stem)
		}
	}
	return name, nil
}

func (words *Words) fillExits(exits []austauschbar.MapExit) error {
	for i := range exits {
		if exits[i].Evidence == nil {
			continue
		}
		evidence := *exits[i].Evidence
		if err := words.fillPlace(&evidence); err != nil {
			return err
		}
		exits[i].Evidence = &evidence
	}
	return nil
}

// fillAgreement says where the evidence of both sides stands.
func (words *Words) fillAgreement(agreement *austauschbar.Agreement) (*austauschbar.Agreement, error) {
	if agreement == nil {
		return nil, nil
	}
	filled := austauschbar.Agreement{Rows: copied(agreement.Rows)}
	for i := range filled.Rows {
		row := &filled.Rows[i]
		row.Shown = copied(row.Shown)
		if err := words.fillPlaces(&row.Tender); err != nil {
			return nil, err
		}
		if err := words.fillPlaces(&row.Architecture); err != nil {
			return nil, err
		}
	}
	return &filled, nil
}

// rows counts what the review has for tables beside findings.
func rows(review austauschbar.Review) int {
	most := 0
	if review.LockInMap != nil {
		most = len(review.LockInMap.Components)
	}
	if review.Agreement != nil {
		most = max(most, len(review.Agreement.Rows))
	}
	return most
}

// FirstComponents gives as many components of the map as are shown.
func (v view) FirstComponents() []austauschbar.MapComponent {
	return v.LockInMap.Components[:min(v.Rows(), len(v.LockInMap.Components))]
}

// HiddenComponents counts those beyond.
func (v view) HiddenComponents() int {
	return len(v.LockInMap.Components) - len(v.FirstComponents())
}

// FirstRows gives as many rows of what tender and architecture agree on as are shown.
func (v view) FirstRows() []austauschbar.AgreementRow {
	return v.Agreement.Rows[:min(v.Rows(), len(v.Agreement.Rows))]
}

// HiddenRows counts those beyond.
func (v view) HiddenRows() int { return len(v.Agreement.Rows) - len(v.FirstRows()) }

// Rows is how many rows are shown of each.
func (v view) Rows() int { return min(rowsShown, max(v.Most, v.Least)) }

// Drawn tells whether there is room for a picture.
func (v view) Drawn() bool { return v.Rows() >= 5 || len(v.LockInMap.Components) <= v.Rows() }

// Efforts counts the components of a map by how much a switch takes; what there is none
// of is left out.
func (v view) Efforts() []effortCount { return countEfforts(*v.LockInMap) }

// An effortCount is how many components take this effort.
type effortCount struct {
	Effort string
	Count  int
}

func countEfforts(lockIn austauschbar.LockInMap) []effortCount {
	var counts []effortCount
	for _, effort := range []string{austauschbar.EffortHigh, austauschbar.EffortMedium, austauschbar.EffortUnknown, austauschbar.EffortLow} {
		count := 0
		for _, component := range lockIn.Components {
			if component.Effort == effort {
				count++
			}
		}
		if count > 0 {
			counts = append(counts, effortCount{effort, count})
		}
	}
	return counts
}

// tally tells how many components take which effort: "2 hoch, 1 unbekannt".
func (words *Words) tally(counts []effortCount) (string, error) {
	var parts []string
	for _, counted := range counts {
		name, err := words.name("effort", counted.Effort)
		if err != nil {
			return "", err
		}
		parts = append(parts, fmt.Sprintf("%d %s", counted.Count, name))
	}
	return strings.Join(parts, ", "), nil
}

// namesShown is how many names a cell of a table takes.
const namesShown = 3

// some lists the first of several names: "a, b, c (+2)"; the sign for none where there
// are none.
func (words *Words) some(names []string) (string, error) {
	if len(names) == 0 {
		return words.say("none", nil)
	}
	shown := names[:min(namesShown, len(names))]
	for i := range shown {
		shown[i] = shorten(clean(shown[i]), longestName)
	}
	text := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		text += fmt.Sprintf(" (+%d)", more)
	}
	return text, nil
}

// longestName is how many runes of a name a cell shows.
const longestName = 60

// neighbours names the systems of others that the solution talks to, with what over: "Register
// (HTTPS), Kasse".
func (words *Words) neighbours(others []austauschbar.MapSystem) (string, error) {
	var list []string
	for _, other := range others[:min(rowsShown, len(others))] {
		name, over := shorten(clean(other.Name), longestName), []string(nil)
		if product := clean(other.Product); product != "" && !strings.EqualFold(product, name) {
			over = append(over, product)
		}
		for _, standard := range other.Standards {
			protocol, err := words.protocol(standard)
			if err != nil {
				return "", err
			}
			over = append(over, clean(protocol))
		}
		if len(over) > 0 {
			name += " (" + strings.Join(over, ", ") + ")"
		}
		list = append(list, name)
	}
	if len(others) > len(list) {
		list = append(list, "…")
	}
	return strings.Join(list, ", "), nil
}

// called is the name of a component, or of all that an entry stands for.
func (words *Words) called(component austauschbar.MapComponent) (string, error) {
	if len(component.Names) == 0 {
		return component.Name, nil
	}
	return words.some(slices.Clone(component.Names))
}

// reasoned is how much a switch takes, and why: "gering (quelloffen, …)".
func (words *Words) reasoned(component austauschbar.MapComponent) (string, error) {
	effort, err := words.name("effort", component.Effort)
	if err != nil || component.Reason == "" {
		return effort, err
	}
	reason, err := words.name("effort.reason", component.Reason)
	return effort + " (" + reason + ")", err
}

// about tells what a component is: "Datenbank, PostgreSQL, quelloffen".
func (words *Words) about(component austauschbar.MapComponent) (string, error) {
	kind, err := words.name("component", component.Kind)
	if err != nil {
		return "", err
	}
	parts := []string{kind}
	if component.Technology != "" {
		parts = append(parts, shorten(clean(component.Technology), longestName))
	}
	if product := clean(component.Product); product != "" && !strings.EqualFold(product, clean(component.Name)) {
		parts = append(parts, product)
	}
	owner := clean(component.Owner)
	if owner == "own" {
		if owner, err = words.say("map.own", nil); err != nil {
			return "", err
		}
	}
	openness, err := words.openness(component)
	if err != nil {
		return "", err
	}
	if component.Assumed {
		assumed, err := words.say("map.assumed", nil)
		if err != nil {
			return "", err
		}
		parts = append(parts, assumed)
	}
	hosting := ""
	if component.Provider != "" {
		if hosting, err = words.say("map.provider", component.Provider); err != nil {
			return "", err
		}
	}
	for _, part := range []string{owner, openness, hosting} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", "), nil
}

// openness tells whether a component is open source; "" where nothing does.
func (words *Words) openness(component austauschbar.MapComponent) (string, error) {
	switch {
	case component.Open == "unknown":
		return "", nil
	case component.Open == "no" && slices.ContainsFunc(sourceAvailable, func(id string) bool { return strings.Contains(component.Licence, id) }):
		return words.say("map.open.source_available", nil)
	}
	return words.say("map.open."+component.Open, nil)
}

// sourceAvailable are licences under which the sources can be had, but not used as open source
// can.
var sourceAvailable = []string{"BUSL-1.1", "Elastic-2.0", "LicenseRef-RSALv2", "LicenseRef-ScyllaDB-Source-Available", "LicenseRef-Sustainable-Use", "SSPL-1.0"}

// standards tells over what a component is reached.
func (words *Words) standards(interfaces []austauschbar.MapInterface) (string, error) {
	var names []string
	for _, offered := range interfaces {
		name := clean(offered.Standard)
		if name == "" {
			var err error
			if name, err = words.say("map.protocol.unknown", nil); err != nil {
				return "", err
			}
		}
		if offered.Specified || offered.Open != "unknown" {
			word := "map.protocol." + offered.Open
			if offered.Specified {
				word = "map.protocol.specified"
			}
			about, err := words.say(word, nil)
			if err != nil {
				return "", err
			}
			name += " (" + about + ")"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return words.some(names)
}

// dataOut tells how data leave a component, and where it holds data and nothing tells, that.
func (words *Words) dataOut(component austauschbar.MapComponent) (string, error) {
	if len(component.DataOut) == 0 && component.HoldsData {
		return words.say("map.way.none", nil)
	}
	var names []string
	for _, out := range component.DataOut {
		listed, err := words.some(slices.Clone(out.Names))
		if err != nil {
			return "", err
		}
		name, err := words.say("map.way."+out.Way, listed)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return words.some(names)
}

func (words *Words) substitutes(others []austauschbar.Alternative) (string, error) {
	var names []string
	for _, other := range others {
		names = append(names, other.Name)
	}
	return words.some(names)
}

// exits tells what secures the way out of a component.
func (words *Words) exits(list []austauschbar.MapExit) (string, error) {
	var names []string
	for _, exit := range list {
		name, err := words.name("exit", exit.Kind)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return words.some(names)
}

// lacks tells what is not there, each with its criterion: "kein Ersatz bekannt (EX-08)".
func (words *Words) lacks(gaps []austauschbar.MapGap) (string, error) {
	var names []string
	for _, gap := range gaps {
		name, err := words.name("map.gap", gap.Code)
		if err != nil {
			return "", err
		}
		names = append(names, name+" ("+gap.Criterion+")")
	}
	if len(names) == 0 {
		return words.say("none", nil)
	}
	return strings.Join(names, ", "), nil
}

// secured tells what holds for the solution as a whole: "Exit-Konzept (LB.docx, Seite 4)".
func (words *Words) secured(exit austauschbar.MapExit) (string, error) {
	text, err := words.name("exit.topic", exit.Topic)
	if err == nil && exit.Evidence != nil {
		text += " (" + exit.Evidence.Place + ")"
	}
	return text, err
}

// subject tells what a row of the agreement is about: "Schnittstelle: SchulAkte".
func (words *Words) subject(row austauschbar.AgreementRow) (string, error) {
	text, err := words.name("agreement.subject", row.Subject)
	if err == nil && row.Name != "" {
		text += ": " + shorten(clean(row.Name), longestName)
	}
	return text, err
}

// places tells the first place of a side and how many more there are.
func (words *Words) places(list []austauschbar.Evidence) (string, error) {
	if len(list) == 0 {
		return words.say("none", nil)
	}
	text := list[0].Place
	if more := len(list) - 1; more > 0 {
		text += fmt.Sprintf(" (+%d)", more)
	}
	return text, nil
}

// shownAt tells what the architecture shows, and where.
func (words *Words) shownAt(row austauschbar.AgreementRow) (string, error) {
	places, err := words.places(row.Architecture)
	if err != nil || len(row.Shown) == 0 {
		return places, err
	}
	names, err := words.some(slices.Clone(row.Shown))
	return names + ": " + places, err
}

// Map writes the lock-in map of a review as Fill returned it as a picture in SVG, to be
// put into a page. Its ids begin with id, since a page may hold several. A review without
// a map, and words that keep it to themselves, write nothing.
func (words *Words) Map(out io.Writer, review austauschbar.Review, id string) error {
	review, err := words.shown(review)
	if err != nil {
		return fmt.Errorf("write map: %w", err)
	}
	if review.LockInMap == nil {
		return nil
	}
	drawing, err := words.drawing(*review.LockInMap)
	if err != nil {
		return fmt.Errorf("write map: %w", err)
	}
	return words.write(out, pictures, "map", drawing.picture(id))
}
