package evaluator

import (
	"regexp"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A statedRegime is a procurement law that a clause names.
type statedRegime struct {
	regime   string
	says     bool // the clause says that the procedure follows it; else it cites one of its rules
	evidence austauschbar.Evidence
}

var (
	procedureUnder = regexp.MustCompile(`(?i)(?:vergabe|verfahren|ausschreibung|procedure|tender|procurement)(?:\s[^;|]{0,80}?)?[\s,(]+(?:nach|gemäß|gem\.?|auf (?:der )?grundlage|im sinne|under|pursuant to|according to|in accordance with|governed by)\s[^;|]{0,50}$`)
	ruleOf         = regexp.MustCompile(`(?i)(?:§§?|art\.?|artikel|section|nach|gemäß|gem\.?|under|pursuant to)\s[^;|]{0,40}$`)
	holds          = regexp.MustCompile(`(?i)^[^.;|]{0,30}\b(?:anwendbar|anzuwenden|findet anwendung|finden anwendung|applies|apply)`)
)

// keepRegimes keeps the procurement laws that a clause puts the procedure under, or of
// which it cites a rule. A name alone, as in a glossary, says nothing.
func (w *walk) keepRegimes(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	if clause.Role == "question" || clause.Role == "definition" {
		return
	}
	for _, name := range reading.Names {
		regime := regimeOf(name.ID, source.text[name.Start:name.End])
		if regime == "" || name.Negated {
			continue
		}
		before, after := source.text[:name.Start], source.text[name.End:]
		says := procedureUnder.MatchString(before) || holds.MatchString(after)
		if !says && !ruleOf.MatchString(before) {
			continue
		}
		w.found.regimes = append(w.found.regimes, statedRegime{regime, says && !reading.Negated, w.evidence(source, name.Start, name.End)})
	}
}

// regimeOf is the procurement law that a name of the catalogue stands for; "" for
// none. VOB/B are terms of contract.
func regimeOf(id, name string) string {
	switch id {
	case "vgv", "uvgo", "sektvo":
		return id
	case "vob":
		if strings.HasPrefix(strings.ToUpper(name), "VOB/A") {
			return "vob"
		}
	}
	return ""
}

// agreedRegime is the law that all documents agree on which say what the procedure
// follows, else all that cite rules; "" where they name several.
func agreedRegime(found ...documentFacts) string {
	said, cited := map[string]bool{}, map[string]bool{}
	for _, document := range found {
		for _, stated := range document.regimes {
			cited[stated.regime] = true
			if stated.says {
				said[stated.regime] = true
			}
		}
	}
	if len(said) > 0 {
		return only(said)
	}
	return only(cited)
}

// only is the one member of a set; "" where it has none or several.
func only(set map[string]bool) string {
	if len(set) != 1 {
		return ""
	}
	for member := range set {
		return member
	}
	return ""
}
