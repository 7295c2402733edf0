package evaluator

import (
	"regexp"
	"slices"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// chosen are the kinds of names among which a sentence may leave a choice.
var chosen = []string{"product", "cloud_service", "ai_model"}

var (
	// nextOfList matches what stands between two names of one list, their versions and
	// articles included: "Oracle 19c, Db2".
	nextOfList = regexp.MustCompile(`(?i)^["”“]?` + version + `\s*,\s*` + beforeName + `$`)
	// lastOfList matches what stands before the last name of a list of which one is enough:
	// "Oracle or Db2", "Oracle und/oder Db2".
	lastOfList = regexp.MustCompile(`(?i)^["”“]?` + version + `\s*,?\s*(?:or|and\s?/\s?or|oder|und\s?/\s?oder|bzw\.?|beziehungsweise)\s+` + beforeName + `$`)
)

// version matches the number of a version behind a name.
const version = `(?:\s[\d.]+[a-z]?)?`

// beforeName matches the small words that may stand before a name in a list.
const beforeName = `(?:(?:alternatively|alternativ|wahlweise|in|on|with|via|an?|the|mit|auf|über|einer?|einem|der|die|das|dem)\s+){0,2}["“„]?`

// oneOf says of each name of a clause whether it is one of several that a list joins by
// "or": none of them is demanded by itself. One name twice is no choice.
func (w *walk) oneOf(text string, names []lexicon.Hit) []bool {
	choice := make([]bool, len(names))
	var list []int // positions of the names of the list so far
	for i, name := range names {
		if !slices.Contains(chosen, w.lexicon.Entries[name.ID].Kind) {
			continue
		}
		if len(list) > 0 {
			previous := names[list[len(list)-1]]
			between := text[min(previous.End, name.Start):name.Start]
			switch {
			case lastOfList.MatchString(between) && previous.ID != name.ID:
				list = append(list, i)
				for _, at := range list {
					choice[at] = true
				}
				continue
			case nextOfList.MatchString(between):
				list = append(list, i)
				continue
			}
		}
		list = []int{i}
	}
	w.choicesInBrackets(text, names, choice)
	return choice
}

// betweenKinds matches what stands between two names in brackets of which each would do:
// "Logging (Loki, Splunk)", "(ELK/OpenSearch)".
var betweenKinds = regexp.MustCompile(`^\s?[,/]\s?$`)

// choicesInBrackets marks names that stand in brackets behind a common noun, as its kinds:
// of different makers and with a purpose in common. "Microsoft Office (Word, Excel)" has parts.
func (w *walk) choicesInBrackets(text string, names []lexicon.Hit, choice []bool) {
	if len(names) < 2 {
		return
	}
	for _, bracket := range bracketed.FindAllStringIndex(text, -1) {
		var within []int
		for i, name := range names {
			if name.Start > bracket[0] && name.End < bracket[1] && slices.Contains(chosen, w.lexicon.Entries[name.ID].Kind) {
				within = append(within, i)
			}
		}
		if w.oneWouldDo(text, names, within) {
			for _, i := range within {
				choice[i] = true
			}
		}
	}
}

// oneWouldDo says whether names that follow each other are alternatives.
func (w *walk) oneWouldDo(text string, names []lexicon.Hit, list []int) bool {
	for at := 1; at < len(list); at++ {
		before, name := names[list[at-1]], names[list[at]]
		one, other := w.lexicon.Entries[before.ID], w.lexicon.Entries[name.ID]
		if name.ID == before.ID || one.Vendor != "" && one.Vendor == other.Vendor || !hasAny(one.Tags, other.Tags...) ||
			!betweenKinds.MatchString(text[min(before.End, name.Start):name.Start]) {
			return false
		}
	}
	return len(list) > 1
}
