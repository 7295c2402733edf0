package evaluator

import (
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A signal tells something of the deal as a whole: what is bought, who operates it,
// whether the documents are those of an award. lexicon/deal.yaml holds its words.
type signal struct{ id, polarity string }

// Signals that the inferences below know by name.
var (
	onBuyersMachines = signal{"on_premises", lexicon.Met}
	asAService       = signal{"as_a_service", lexicon.Met}
	developed        = signal{"custom_development", lexicon.Met}
	readyMade        = signal{"custom_development", lexicon.Risk}
	byPeople         = signal{"work_of_people", lexicon.Met}
	paidByTime       = signal{"work_of_people", lexicon.Weak}
	hosted           = signal{"hosting", lexicon.Met}
	buyerOperates    = signal{"operator", lexicon.Met}
	supplierOperates = signal{"operator", lexicon.Risk}
	hostingExcluded  = signal{"hosting", lexicon.Risk}
	delivered        = signal{"delivery", lexicon.Met}
	accepted         = signal{"acceptance", lexicon.Met}
	goesOn           = signal{"running_service", lexicon.Met}
	awarded          = signal{"award", lexicon.Met}
	partiesNamed     = signal{"parties", lexicon.Met}
	ownProject       = signal{"own_project", lexicon.Met}
	jointProject     = signal{"own_project", lexicon.Weak}
	studentAuthors   = signal{"student_authors", lexicon.Met}
	aboutProcurement = signal{"about_procurement", lexicon.Met}
	modelText        = signal{"model_text", lexicon.Met}
	generalTerms     = signal{"general_terms", lexicon.Met}
	licenceParties   = signal{"licence_parties", lexicon.Met}
	otherParties     = signal{"licence_parties", lexicon.Risk}
)

// signalRoles are the roles of clauses whose signals count. What is in use, an
// example or somebody's skill tells nothing of the deal.
var signalRoles = []string{"requirement", "procedure", "integration_target"}

// keepSignals keeps the first place of each signal.
func (w *walk) keepSignals(source clauseSource, reading lexicon.Reading) {
	w.keepBlank(source)
	if len(reading.Signals) == 0 {
		return
	}
	blanks := blanksIn(source.text)
	for _, found := range reading.Signals {
		s := signal{found.ID, found.Polarity}
		if w.hasSignal(s) || !s.toldBy(w.clauseRole(source, reading)) || blankAt(blanks, found) {
			continue
		}
		if s.ofTheBeginning() && w.found.document.Clauses > clausesOfBeginning {
			continue
		}
		source = source.own(w.path)
		w.found.signals[s] = w.telling(source, found.Start, found.End)
	}
}

// toldBy says whether a clause of this role tells a signal.
func (s signal) toldBy(role string) bool {
	return slices.Contains(signalRoles, role) || role == "existing_estate" && s.ofWhatIsThere() || role == "staff_skill" && s.ofBidders()
}

// ofBidders says whether what is asked of bidders tells a signal: where there are such,
// there is an award.
func (s signal) ofBidders() bool { return s == awarded || s == partiesNamed }

// clausesOfBeginning is how many clauses the beginning of a document has at most.
const clausesOfBeginning = 12

// signals are the places of each signal, one for each document that has it.
type signals map[signal][]austauschbar.Evidence

func signalsIn(found []documentFacts) signals {
	all := signals{}
	for _, document := range found {
		for s, evidence := range document.signals {
			all[s] = append(all[s], evidence)
		}
	}
	return all
}

// inferDeal adds what the documents tell of the deal and the manifest does not say.
// Where they contradict each other, nothing is added.
func inferDeal(facts *austauschbar.Facts, found signals) {
	dossier := &facts.Dossier
	if dossier.ServiceModel == nil {
		dossier.ServiceModel = inferServiceModel(*facts, found)
	}
	if dossier.Operator == nil && !soldAsAService(dossier.ServiceModel) {
		dossier.Operator = inferOperator(found)
	}
	if dossier.Award == nil {
		dossier.Award = inferAward(*facts, found)
	}
	if dossier.Contract == nil {
		dossier.Contract = inferPurchase(*facts, found)
	}
	inferKinds(facts, found)
}

func inferred[T any](value T, evidence ...[]austauschbar.Evidence) *austauschbar.Known[T] {
	return &austauschbar.Known[T]{Value: value, Source: "inferred", Evidence: slices.Concat(evidence...)}
}

// inferServiceModel tells software on the buyer's machines from software made for the
// buyer and from a service. What runs on the buyer's machines may be made for the buyer;
// beside a service, neither is certain: nil then. Work of people is all that is bought
// where the documents speak of no software that comes of it. Who is to compare what others
// offer looks at their code and interfaces and delivers none.
func inferServiceModel(facts austauschbar.Facts, found signals) *austauschbar.Known[string] {
	service, own, made := found[asAService], found[onBuyersMachines], madeForTheBuyer(facts, found)
	switch {
	case len(service) > 0 && len(own)+len(made) == 0:
		return inferred("saas", service)
	case len(service) > 0:
		return nil
	case len(own) > 0:
		return inferred("on-prem", own)
	case len(made) > 0:
		return inferred("custom", made)
	case len(found[byPeople]) > 0 && !speaksOfSoftware(facts, found):
		return inferred("services", found[byPeople])
	case len(found[selected]) > 0 && len(found[developed])+len(found[readyMade])+len(found[hosted])+len(found[supplierOperates]) == 0:
		return inferred("services", found[selected])
	case len(found[knowledgeWork]) > 0 && onlyThings(facts, found):
		return inferred("services", found[knowledgeWork])
	case len(found[paidByTime]) > 0 && !buysSoftware(facts, found):
		return inferred("services", found[paidByTime])
	}
	return nil
}

// speaksOfSoftware says whether anything tells that software is made, delivered or
// operated, or what becomes of it.
func speaksOfSoftware(facts austauschbar.Facts, found signals) bool {
	return buysSoftware(facts, found) || len(found[hosted])+len(found[buyerOperates])+len(found[supplierOperates]) > 0
}

// buysSoftware says whether anything tells that software is made or delivered. That it is
// operated tells nothing of that: people who are paid by time operate what the buyer has.
func buysSoftware(facts austauschbar.Facts, found signals) bool {
	if len(found[developed])+len(found[readyMade]) > 0 {
		return true
	}
	return usesSoftware(facts)
}

// usesSoftware says whether the documents say what only software that is put to use needs.
func usesSoftware(facts austauschbar.Facts) bool {
	return slices.ContainsFunc(softwareTopics, func(topic string) bool {
		return slices.ContainsFunc(facts.Topics[topic], func(hit austauschbar.TopicHit) bool { return slices.Contains(signalRoles, hit.Role) })
	})
}

// softwareTopics are what a dossier says of software only.
var softwareTopics = []string{"source_code", "open_source_publication", "data_export", "interface_required", "data_migration_in", "portable_operation"}

// resultTopics are what a dossier says of results that only development has: code
// handed over, rights in what was made, its publication.
var resultTopics = []string{"source_code", "usage_rights", "open_source_publication"}

// madeForTheBuyer gives the places that speak of development, where others speak of
// what becomes of its results and none of ready-made software; nil else. "The
// contractor develops a plan" alone buys no software.
func madeForTheBuyer(facts austauschbar.Facts, found signals) []austauschbar.Evidence {
	if len(found[developed]) == 0 || len(found[readyMade]) > 0 {
		return nil
	}
	for _, topic := range resultTopics {
		for _, hit := range facts.Topics[topic] {
			if hit.Polarity == lexicon.Met && slices.Contains(signalRoles, hit.Role) {
				return append(slices.Clone(found[developed]), hit.Evidence)
			}
		}
	}
	return nil
}

// soldAsAService says whether the manifest declares, or the documents tell, a model
// in which the supplier operates.
func soldAsAService(model *austauschbar.Known[string]) bool {
	return model != nil && slices.Contains([]string{"saas", "paas", "iaas"}, model.Value)
}

func inferOperator(found signals) *austauschbar.Known[string] {
	buyer, supplier := slices.Concat(found[buyerOperates], found[onBuyersMachines], found[hostingExcluded]), found[supplierOperates]
	switch {
	case len(buyer) > 0 && len(supplier) == 0:
		return inferred("buyer", buyer)
	case len(supplier) > 0 && len(buyer) == 0:
		return inferred("supplier", supplier)
	}
	return nil
}

// inferAward says that there is an award where its steps are told, and that there is
// none where the authors make the thing themselves or where not even the parties of an
// award are named. Contractors without bids may be either: a stock sentence names them
// in the papers of students, too.
func inferAward(facts austauschbar.Facts, found signals) *austauschbar.Known[bool] {
	joint := slices.Concat(found[jointProject], found[studentAuthors])
	switch {
	case len(found[awarded]) > 0:
		return inferred(true, found[awarded])
	case len(facts.Notice)+len(facts.AwardCriteria)+len(facts.Gaps) > 0:
		return nil
	case len(found[ownProject]) > 0:
		return inferred(false, found[ownProject])
	case len(found[partiesNamed]) == 0 && (len(joint) > 0 || readWhole(facts)):
		return inferred(false, joint)
	}
	return nil
}

// termTopics are what only a contract that goes on speaks of.
var termTopics = []string{"contract_term", "renewal_option", "termination"}

// inferPurchase tells a delivery that is accepted and then over: a day of delivery and
// an acceptance are named, and nothing that goes on afterwards.
func inferPurchase(facts austauschbar.Facts, found signals) *austauschbar.Known[austauschbar.Contract] {
	if len(found[delivered]) == 0 || len(found[accepted]) == 0 || len(found[goesOn])+len(found[asAService]) > 0 || !readWhole(facts) {
		return nil
	}
	for _, topic := range termTopics {
		if len(facts.Topics[topic]) > 0 {
			return nil
		}
	}
	return inferred(austauschbar.Contract{Kind: "purchase"}, found[delivered], found[accepted])
}

// enoughToTell is how many clauses a dossier must have before its silence tells
// anything: a note of a few lines leaves out most things.
const enoughToTell = 20

// readWhole says whether silence tells anything: enough was read, and nothing could not be.
func readWhole(facts austauschbar.Facts) bool {
	clauses := 0
	for _, document := range facts.Documents {
		clauses += document.Clauses
	}
	return clauses >= enoughToTell && len(facts.Gaps) == 0
}
