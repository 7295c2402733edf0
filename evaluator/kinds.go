package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// Signals of the kind of order and of the kind of solution. lexicon/kinds.yaml holds
// their words.
var (
	continued       = signal{"continued_development", lexicon.Met}
	buyersCode      = signal{"buyers_code", lexicon.Met}
	madeAnew        = signal{"new_system", lexicon.Met}
	devicesBought   = signal{"hardware_purchase", lexicon.Met}
	serversBought   = signal{"server_purchase", lexicon.Met}
	hardwareCode    = signal{"hardware_code", lexicon.Met}
	licencesRenewed = signal{"licence_renewal", lexicon.Met}
	licencesBought  = signal{"licence_purchase", lexicon.Met}
	licenceGranted  = signal{"licence_grant", lexicon.Met}
	licensorServes  = signal{"licence_grant", lexicon.Risk}
	softwareLet     = signal{"software_letting", lexicon.Met}
	softwareUpkeep  = signal{"software_upkeep", lexicon.Met}
	knowledgeWork   = signal{"knowledge_work", lexicon.Met}
	selected        = signal{"technology_selection", lexicon.Met}
	chartered       = signal{"committee_charter", lexicon.Met}
	resold          = signal{"resale", lexicon.Met}
	awardMade       = signal{"award_made", lexicon.Met}
	forAClient      = signal{"for_a_client", lexicon.Met}
	localProgram    = signal{"local_program", lexicon.Met}
	prototyped      = signal{"prototype", lexicon.Met}
	goesLive        = signal{"production_use", lexicon.Met}
	serverSide      = signal{"server_side", lexicon.Met}
	keepsNothing    = signal{"stateless", lexicon.Met}
	leftBlank       = signal{"left_blank", lexicon.Met} // not of the lexicon, see keepBlank
)

// A form is a kind of solution by its name in the facts, and what tells it.
type form struct {
	signal signal
	name   string
}

// forms are the kinds of solution that run without a server of their own, in the order
// in which they are looked for.
var forms = []form{
	{signal{"editor_extension", lexicon.Met}, "editor_extension"},
	{signal{"embedded_software", lexicon.Met}, "embedded_software"},
	{signal{"command_line", lexicon.Met}, "command_line"},
	{signal{"library", lexicon.Met}, "library"},
	{signal{"static_site", lexicon.Met}, "static_site"},
	{signal{"mobile_app", lexicon.Met}, "mobile_app"},
}

// ofTheBeginning says whether a signal counts at the beginning of a document only, where
// a paper says what it is about: further on, a command line tool is a part of something.
func (s signal) ofTheBeginning() bool {
	return slices.Contains([]signal{aboutProcurement, modelText, devicesBought, serversBought, licencesRenewed, licencesBought, softwareLet, softwareUpkeep, knowledgeWork, selected, chartered, awardMade}, s) ||
		slices.ContainsFunc(forms, func(f form) bool { return f.signal == s })
}

// blankOnly is a clause that holds nothing but what is still to be filled in. A tag that
// closes itself ("<hr/>") is markup.
var blankOnly = regexp.MustCompile(`^\s*(?:\{\{[^{}]{2,200}\}\}|<[\pL(_][^<>]{1,199}[^<>/]>)[\s.]*$`)

// keepBlank keeps where a document at its beginning leaves blank what it is about.
func (w *walk) keepBlank(source clauseSource) {
	if w.hasSignal(leftBlank) || w.found.document.Clauses > clausesOfBeginning || !blankOnly.MatchString(source.text) {
		return
	}
	w.found.signals[leftBlank] = w.telling(source.own(w.path), 0, len(source.text))
}

// ofWhatIsThere says whether a signal is told by sentences on what is in use, too.
func (s signal) ofWhatIsThere() bool {
	return s == continued || s == buyersCode || s == licencesRenewed || s == licencesBought || s == selected || s == awardMade
}

// inferKinds adds the kind of order and of solution. An architecture orders nothing.
func inferKinds(facts *austauschbar.Facts, found signals) {
	dossier := &facts.Dossier
	if dossier.Kind != nil && dossier.Kind.Value == "architecture" || runByOthers(*dossier) {
		return
	}
	dossier.Order = inferOrder(*facts, found)
	dossier.Form = inferForm(found)
}

// runByOthers says whether somebody else than the buyer runs the solution.
func runByOthers(dossier austauschbar.DossierFacts) bool {
	return soldAsAService(dossier.ServiceModel) || dossier.Operator != nil && dossier.Operator.Value == "supplier"
}

// inferOrder tells work on software whose code the buyer has from purchases of devices,
// licences that are bought or renewed and accounts that are sold on, from papers that
// order nothing but set up a committee or grant a licence, from terms on which standard
// software is let, and from orders whose contractor is chosen already; nil for all other
// orders. Standard software is what such licences are for.
func inferOrder(facts austauschbar.Facts, found signals) *austauschbar.Known[string] {
	switch {
	case len(found[chartered]) > 0 && len(found[awarded])+len(found[partiesNamed])+len(found[developed]) == 0:
		return inferred("charter", found[chartered])
	case len(found[resold]) > 0 && len(found[developed])+len(found[readyMade]) == 0:
		return inferred("resale", found[resold])
	case len(found[awardMade]) > 0:
		return inferred("awarded", found[awardMade])
	case len(found[forAClient]) > 0 && len(found[awarded]) == 0:
		return inferred("awarded", found[forAClient])
	case len(found[licenceGranted]) > 0 && len(found[licensorServes])+len(found[awarded])+len(found[developed]) == 0:
		return inferred("licence_grant", found[licenceGranted])
	case len(found[softwareUpkeep]) > 0 && onlyTerms(facts) && !servesSomebody(found):
		return inferred("software_upkeep", found[softwareUpkeep])
	case len(found[softwareLet]) > 0 && onlyTerms(facts) && !servesSomebody(found):
		return inferred("standard_software", found[softwareLet])
	case len(found[licencesBought]) > 0 && onlyLicences(facts, found):
		return inferred("licences", found[licencesBought])
	case len(found[asAService])+len(found[supplierOperates])+len(found[readyMade]) > 0:
		return nil
	case len(found[continued]) > 0 && len(found[buyersCode]) > 0 && len(found[madeAnew]) == 0:
		return inferred("own_software", found[continued], found[buyersCode])
	case len(found[devicesBought]) > 0 && onlyThings(facts, found):
		return inferred("hardware", found[devicesBought])
	case len(found[serversBought])+len(found[hardwareCode]) > 0 && !speaksOfSoftware(facts, found):
		return inferred("hardware", found[serversBought], found[hardwareCode])
	case hardwareCoded(facts) && !speaksOfSoftware(facts, found):
		return inferred("hardware", []austauschbar.Evidence{facts.Notice[0].Evidence})
	case len(found[licencesRenewed]) > 0 && len(found[developed])+len(found[hosted]) == 0:
		return inferred("licences", found[licencesRenewed])
	}
	return nil
}

// servesSomebody says whether software is made, operated or offered as a service.
func servesSomebody(found signals) bool {
	return len(found[developed])+len(found[hosted])+len(found[asAService])+len(found[supplierOperates]) > 0
}

// onlyTerms says whether nothing but contracts and their terms was read.
func onlyTerms(facts austauschbar.Facts) bool {
	return !slices.ContainsFunc(facts.Documents, func(document austauschbar.DocumentFact) bool {
		return document.Role != austauschbar.RoleContract
	})
}

// onlyLicences says whether nothing tells of software that is made, operated or put to use
// with them.
func onlyLicences(facts austauschbar.Facts, found signals) bool {
	return !usesSoftware(facts) && !servesSomebody(found) && len(found[madeAnew]) == 0
}

// hardwareCodes begin the codes of the common procurement vocabulary for computers,
// network equipment and servers.
var hardwareCodes = []string{"3020", "3021", "3023", "3242", "4882"}

// hardwareCoded says whether the main codes of all notices are those of devices; false
// without a notice.
func hardwareCoded(facts austauschbar.Facts) bool {
	return len(facts.Notice) > 0 && !slices.ContainsFunc(facts.Notice, func(n austauschbar.Notice) bool {
		return len(n.CPV) == 0 || !slices.ContainsFunc(hardwareCodes, func(code string) bool { return strings.HasPrefix(n.CPV[0], code) })
	})
}

// onlyThings says whether nothing tells of software that is made, bought or operated.
func onlyThings(facts austauschbar.Facts, found signals) bool {
	return !speaksOfSoftware(facts, found) && len(found[serverSide]) == 0
}

// inferForm tells what runs without a server, keeps nothing, is only to be tried or not
// filled in yet; nil for all other solutions.
func inferForm(found signals) *austauschbar.Known[string] {
	if len(found[asAService])+len(found[supplierOperates]) > 0 {
		return nil
	}
	if len(found[serverSide]) == 0 {
		for _, f := range forms {
			if len(found[f.signal]) > 0 {
				return inferred(f.name, found[f.signal])
			}
		}
	}
	if len(found[keepsNothing]) > 0 {
		return inferred("stateless", found[keepsNothing])
	}
	if len(found[localProgram]) > 0 && len(found[hosted]) == 0 {
		return inferred("local_program", found[localProgram])
	}
	if len(found[prototyped]) > 0 && len(found[goesLive])+len(found[selected]) == 0 {
		return inferred("prototype", found[prototyped])
	}
	if len(found[leftBlank]) > 0 {
		return inferred("blank", found[leftBlank])
	}
	return nil
}
