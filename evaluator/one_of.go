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
	return choice
}
