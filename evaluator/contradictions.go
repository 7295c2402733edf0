package evaluator

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// contradictions compares what the documents of a dossier say of the same. Only what
// leaves no doubt is one: whatever may be meant otherwise is left alone.
func contradictions(found []documentFacts, facts austauschbar.Facts) []austauschbar.Contradiction {
	list := []austauschbar.Contradiction{}
	list = append(list, differentRegimes(found, facts.Notice)...)
	list = append(list, differentTerms(facts)...)
	for i, one := range found {
		list = append(list, wrongSums(one)...)
		for _, other := range found[i+1:] {
			if one.document.Role != other.document.Role {
				list = append(list, differentWeights(one, other)...)
				list = append(list, missingInterfaces(one, other)...)
			}
		}
	}
	return list
}

// differentRegimes compares the laws that documents say the procedure follows.
func differentRegimes(found []documentFacts, notices []austauschbar.Notice) []austauschbar.Contradiction {
	sides := map[string]austauschbar.Side{}
	if notice := leading(notices); notice != nil {
		if regime := noticedRegime(notice); regime != "" {
			sides[regime] = austauschbar.Side{Name: regime, Evidence: notice.Evidence}
		}
	}
	for _, document := range found {
		regime := agreedRegime(document)
		i := slices.IndexFunc(document.regimes, func(s statedRegime) bool { return s.says && s.regime == regime })
		if i < 0 {
			continue
		}
		if _, known := sides[regime]; !known {
			sides[regime] = austauschbar.Side{Name: regime, Evidence: document.regimes[i].evidence}
		}
	}
	if len(sides) != 2 {
		return nil
	}
	var pair []austauschbar.Side
	for _, regime := range slices.Sorted(maps.Keys(sides)) {
		pair = append(pair, sides[regime])
	}
	return []austauschbar.Contradiction{{Kind: "regime", Sides: pair}}
}

// termRoles are the roles of documents that settle how long the contract runs.
var termRoles = []string{austauschbar.RoleContract, austauschbar.RoleSpecification, austauschbar.RoleNotice}

// differentTerms compares the term of the whole contract, lot by lot, between
// documents of different roles that each state one.
func differentTerms(facts austauschbar.Facts) []austauschbar.Contradiction {
	roles := map[string]string{}
	for _, document := range facts.Documents {
		if slices.Contains(termRoles, document.Role) {
			roles[document.Path] = document.Role
		}
	}
	var stated []austauschbar.ContractTerm
	for _, term := range facts.Terms {
		if term.Part == "" && agreed(term, roles, facts.Terms) {
			stated = append(stated, term)
		}
	}
	var list []austauschbar.Contradiction
	for i, one := range stated {
		for _, other := range stated[i+1:] {
			if one.Lot != other.Lot || roles[one.Path] == roles[other.Path] {
				continue
			}
			if contradiction, differ := compareTerms(one, other); differ {
				list = append(list, contradiction)
			}
		}
	}
	return list
}

// agreed says whether all documents of a term's role state this one firm term of the
// whole contract for its lot, and none for other lots where it is that of all. A folder
// that holds several tenders compares nothing.
func agreed(term austauschbar.ContractTerm, roles map[string]string, terms []austauschbar.ContractTerm) bool {
	role := roles[term.Path]
	if role == "" || !term.Firm || term.Base == 0 {
		return false
	}
	for _, other := range terms {
		if roles[other.Path] != role || other.Part != "" {
			continue
		}
		if other.Lot == term.Lot && other.Base != term.Base || term.Lot == "" && other.Lot != "" {
			return false
		}
	}
	return true
}

// compareTerms compares bases, then options. A document that tells the whole length in
// one number, or is silent on options, contradicts nobody by that.
func compareTerms(one, other austauschbar.ContractTerm) (austauschbar.Contradiction, bool) {
	contradiction := austauschbar.Contradiction{Kind: "contract_term", About: one.Lot}
	switch {
	case same(one.Base, other.Base):
		if same(one.Total, other.Total) || !surelyDifferent(one, other) {
			return contradiction, false
		}
		contradiction.Kind = "extension"
		contradiction.Sides = []austauschbar.Side{{Value: tenth(one.Total), Evidence: lastOf(one)}, {Value: tenth(other.Total), Evidence: lastOf(other)}}
		return contradiction, true
	case same(one.Base, other.Total), same(one.Total, other.Base), same(one.Total, other.Total):
		return contradiction, false
	}
	contradiction.Sides = []austauschbar.Side{{Value: tenth(one.Base), Evidence: one.Evidence[0]}, {Value: tenth(other.Base), Evidence: other.Evidence[0]}}
	return contradiction, true
}

// surelyDifferent says whether both documents speak of options, and differ by more than
// how often one of them may be taken, which is easily told in words not understood.
func surelyDifferent(one, other austauschbar.ContractTerm) bool {
	counted := func(t austauschbar.ContractTerm) bool { return t.Stated || len(t.Options) > 1 }
	if counted(one) && counted(other) {
		return true
	}
	return len(one.Options) > 0 && len(other.Options) > 0 && !one.Stated && !other.Stated && !same(one.Options[0], other.Options[0])
}

func lastOf(term austauschbar.ContractTerm) austauschbar.Evidence {
	return term.Evidence[len(term.Evidence)-1]
}

// tenth rounds months, which weeks and days are fractions of.
func tenth(months float64) float64 { return math.Round(months*10) / 10 }

// same says whether two lengths in months are, days being no months.
func same(a, b float64) bool { return math.Abs(a-b) < 1 }

// wrongSums finds tables whose own total, and notices whose shares, are not what the
// weights add up to.
func wrongSums(document documentFacts) []austauschbar.Contradiction {
	var list []austauschbar.Contradiction
	for _, table := range document.awardTables {
		if table.total == nil || table.nested || !table.percent || len(table.criteria) < 2 || same(*table.total.Weight, table.sum()) {
			continue
		}
		if *table.total.Weight == 100 && table.sum() != 200 {
			list = append(list, wrongSum(table, table.total.Evidence))
		}
	}
	for _, table := range document.noticedShares {
		if len(table.criteria) > 1 && !same(table.sum(), 100) {
			list = append(list, wrongSum(table, table.criteria[len(table.criteria)-1].Evidence))
		}
	}
	return list
}

func wrongSum(table awardTable, total austauschbar.Evidence) austauschbar.Contradiction {
	return austauschbar.Contradiction{Kind: "award_sum", Sides: []austauschbar.Side{
		{Value: table.sum(), Evidence: table.criteria[0].Evidence}, {Value: 100, Evidence: total},
	}}
}

// differentWeights compares shares of award criteria of the same name.
func differentWeights(one, other documentFacts) []austauschbar.Contradiction {
	these, those := one.shares(), other.shares()
	var list []austauschbar.Contradiction
	shared := 0
	for _, name := range slices.Sorted(maps.Keys(these)) {
		this, that := these[name], those[name]
		if that.Weight == nil {
			continue
		}
		shared++
		if math.Abs(*this.Weight-*that.Weight) > rounding {
			list = append(list, austauschbar.Contradiction{Kind: "award_weight", About: this.Evidence.Quote, Sides: []austauschbar.Side{
				{Value: *this.Weight, Evidence: this.Evidence}, {Value: *that.Weight, Evidence: that.Evidence},
			}})
		}
	}
	// One name that two tables share may be that of two things, but for the price.
	if _, price := these["price"]; shared < fewest && !price {
		return nil
	}
	return list
}

// missingInterfaces compares two lists of interfaces: what one names and the other
// document does not even mention. Lists that differ in more than they share are lists of
// different things.
func missingInterfaces(one, other documentFacts) []austauschbar.Contradiction {
	if one.words == nil || other.words == nil {
		return nil
	}
	missing := append(missingFrom(one, other), missingFrom(other, one)...)
	if shared := sharedEntries(one, other); shared < fewest || len(missing) > shared {
		return nil
	}
	return missing
}

func sharedEntries(one, other documentFacts) int {
	shared := map[string]bool{}
	for _, entry := range one.interfaces {
		if slices.ContainsFunc(other.interfaces, func(o listedInterface) bool { return slices.Equal(o.words, entry.words) }) {
			shared[strings.Join(entry.words, " ")] = true
		}
	}
	return len(shared)
}

func missingFrom(naming, other documentFacts) []austauschbar.Contradiction {
	var list []austauschbar.Contradiction
	for _, entry := range naming.interfaces {
		if slices.ContainsFunc(entry.words, func(word string) bool { return other.words[word] }) {
			continue
		}
		list = append(list, austauschbar.Contradiction{Kind: "interface_missing", About: entry.name, Sides: []austauschbar.Side{
			{Evidence: entry.evidence}, {Evidence: other.interfaces[0].evidence},
		}})
	}
	return list
}
