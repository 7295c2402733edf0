package notice

import (
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// Names of UBL that stand at several places.
const (
	project = "ProcurementProject"
	terms   = "TenderingTerms"
	process = "TenderingProcess"
)

// An eforms is one notice that is being read. What stands in the comments are the
// business terms of the eForms regulation.
type eforms struct {
	*script
	root          *element
	language      string            // chosen, as the notice writes it: "DEU"
	organisations map[string]string // names by id
	countries     map[string]string // by id
}

// eforms reads a notice of UBL 2.3 with the extensions of eForms.
func (s *script) eforms(root *element) {
	e := &eforms{script: s, root: root, organisations: map[string]string{}, countries: map[string]string{}}
	spoken := root.spoken()
	e.language = chosen(spoken)
	e.organisationNames()
	n := austauschbar.Notice{
		Format: "eforms", ID: root.value("ID"), Kind: e.kind(), Subtype: root.value("NoticeSubType", "SubTypeCode"),
		Language: short(e.language), Languages: others(spoken, e.language),
		Procedure: root.value(process, "ProcedureCode"), // BT-105
		Nature:    root.value(project, "ProcurementTypeCode"),
		Published: dayOf(root.at("Publication", "PublicationDate")),
		Value:     money(root.at(project, "RequestedTenderTotal", "EstimatedOverallContractAmount")), // BT-27
		CPV:       cpv(root.at(project)),                                                             // BT-262, BT-263
		Evidence:  root.evidence(),
	}
	if n.Published == nil {
		n.Published = dayOf(root.at("IssueDate")) // BT-05
	}
	n.Type = procedureName(n.Procedure)
	n.LegalBasis = e.legalBasis()
	e.buyers(&n)
	title := e.said(root.at(project), "Name")              // BT-21
	description := e.said(root.at(project), "Description") // BT-24
	n.Title, n.Description = textOf(title), textOf(description)
	if title != nil {
		n.Evidence = title.evidence()
		s.text.Title = n.Title
		s.heading(1, "", title.text, title.line)
	}
	e.speak(description)
	e.speak(e.said(root.at(project), "Note"))        // BT-300
	e.speak(e.said(root.at(process), "Description")) // BT-88
	for _, lot := range root.all("ProcurementProjectLot") {
		read := e.lot(lot)
		if lot.at("ID").attribute("schemeName") == "LotsGroup" {
			continue // its texts are read, but it is no lot
		}
		n.Deadline = earliest(n.Deadline, read.Deadline)
		n.Lots = append(n.Lots, read)
	}
	n.Winners = e.winners()
	s.text.Notices = append(s.text.Notices, n)
}

// kind is what the list of the notice's type says (BT-03), else its root.
func (e *eforms) kind() string {
	code := e.root.at("NoticeTypeCode")
	if kind, known := kinds[code.attribute("listName")]; known {
		return kind
	}
	switch e.root.name {
	case "ContractNotice":
		return "competition"
	case "ContractAwardNotice":
		return "result"
	}
	return "planning"
}

// legalBasis lists the directive (BT-01) and the national law (BT-01(c)).
func (e *eforms) legalBasis() []string {
	basis := appendNew(nil, e.root.value("RegulatoryDomain"))
	for _, law := range e.root.all(terms, "ProcurementLegislationDocumentReference", "ID") {
		if law.text != "CrossBorderLaw" {
			basis = appendNew(basis, law.text)
		}
	}
	return basis
}

func (e *eforms) organisationNames() {
	for _, company := range e.root.all("Organizations", "Organization", "Company") {
		id := company.value("PartyIdentification", "ID")
		if id == "" {
			continue
		}
		e.organisations[id] = textOf(e.said(company.at("PartyName"), "Name"))
		e.countries[id] = company.value("PostalAddress", "Country", "IdentificationCode")
	}
}

func (e *eforms) buyers(n *austauschbar.Notice) {
	for _, id := range e.root.all("ContractingParty", "Party", "PartyIdentification", "ID") {
		n.Buyers = appendNew(n.Buyers, e.organisations[id.text])
		if n.Country == "" {
			n.Country = e.countries[id.text]
		}
	}
}

// lot reads a lot, a part of a planned procedure or a group of lots, and speaks it.
func (e *eforms) lot(lot *element) austauschbar.Lot {
	about, language := lot.at(project), short(e.language)
	title, description := e.said(about, "Name"), e.said(about, "Description")
	l := austauschbar.Lot{
		ID: lot.value("ID"), Title: textOf(title), Description: textOf(description),
		Nature: about.value("ProcurementTypeCode"), CPV: cpv(about),
		Value:     money(about.at("RequestedTenderTotal", "EstimatedOverallContractAmount")),
		Deadline:  deadline(lot.at(process)),
		Term:      period(about.at("PlannedPeriod")),
		Framework: framework(lot.at(process)),
		Variants:  lot.value(terms, "VariantConstraintCode"), // BT-63
		Evidence:  lot.evidence(),
	}
	for _, code := range about.all("ProcurementAdditionalType", "ProcurementTypeCode") {
		switch list := code.attribute("listName"); {
		case code.text == "none":
		case list == "innovative-acquisition": // BT-776
			l.Innovation = appendNew(l.Innovation, code.text)
		case list == "strategic-procurement": // BT-06
			l.Strategic = appendNew(l.Strategic, code.text)
		}
	}
	if title != nil {
		e.heading(2, l.ID, title.text, title.line)
	} else {
		e.heading(2, "", l.ID, lot.line)
	}
	e.speak(description)
	for _, kind := range about.all("ProcurementAdditionalType") {
		e.speak(e.said(kind, "ProcurementType")) // BT-777
	}
	e.speak(e.said(about.at("PlannedPeriod"), "Description")) // BT-781
	e.speakUnder(further, e.said(about, "Note"))              // BT-300
	e.speak(e.said(lot.at(terms, "PaymentTerms"), "Note"))    // BT-77
	e.extension(about.at("ContractExtension"), &l)
	e.requirements(lot.at(terms))
	l.Criteria = e.awardCriteria(lot.at(terms, "AwardingTerms", "AwardingCriterion"))
	e.criteria(l.Criteria, language)
	e.speak(e.said(lot.at(terms, "AwardingTerms", "AwardingCriterion"), "Description")) // BT-733
	return l
}

// extension reads renewals (BT-57, BT-58) and options (BT-54).
func (e *eforms) extension(extension *element, l *austauschbar.Lot) {
	text := e.said(extension.at("Renewal", "Period"), "Description")
	maximum, _ := number(extension.value("MaximumNumberNumeric"))
	if text != nil || maximum >= 1 {
		at := text
		if at == nil {
			at = extension.at("MaximumNumberNumeric")
		}
		l.Renewal = &austauschbar.Renewal{Maximum: int(min(max(maximum, 0), 1000)), Text: textOf(text), Evidence: at.evidence()}
	}
	e.speakUnder(renewalLabel, text)
	options := e.said(extension, "OptionsDescription")
	l.Options = textOf(options)
	e.speakUnder(optionsLabel, options)
}

// requirements speaks what a lot's terms ask of tenderers and of the contractor.
func (e *eforms) requirements(terms *element) {
	for i, criterion := range terms.all("SelectionCriteria") {
		text := e.said(criterion, "Description") // BT-750
		if i == 0 {
			e.speakUnder(selection, text)
			continue
		}
		e.speak(text)
	}
	for i, requirement := range terms.all("ContractExecutionRequirement") {
		text := e.said(requirement, "Description") // BT-70
		if i == 0 {
			e.speakUnder(execution, text)
			continue
		}
		e.speak(text)
	}
}

// awardCriteria reads BT-539, BT-734, BT-540 and, of their numbers, the weights.
func (e *eforms) awardCriteria(awarding *element) []austauschbar.NoticeCriterion {
	var criteria []austauschbar.NoticeCriterion
	for _, criterion := range awarding.all("SubordinateAwardingCriterion") {
		name, text := e.said(criterion, "Name"), e.said(criterion, "Description")
		c := austauschbar.NoticeCriterion{
			Type: criterionType(criterion.value("AwardingCriterionTypeCode")),
			Name: textOf(name), Description: textOf(text), Evidence: criterion.evidence(),
		}
		for _, at := range []*element{name, text} {
			if at != nil {
				c.Evidence = at.evidence()
				break
			}
		}
		for _, parameter := range criterion.all("AwardCriterionParameter") {
			code := parameter.at("ParameterCode")
			kind, known := weightKinds[textOf(code)] // BT-5421
			weight, ok := number(parameter.value("ParameterNumeric"))
			if known && ok && c.Weight == nil { // BT-541
				c.Weight, c.WeightKind = &weight, kind
			}
		}
		if c.Type != "" || c.Name != "" || c.Description != "" {
			criteria = append(criteria, c)
		}
	}
	return criteria
}

// mostWinners bounds what hostile references between results, tenders and tenderers
// could multiply.
const mostWinners = 10_000

// winners lists who was awarded which lot: the tenderers of the tenders that the
// results of the lots name.
func (e *eforms) winners() []austauschbar.Winner {
	result := e.root.at("NoticeResult")
	tenders, parties := map[string]*element{}, map[string][]string{}
	for _, tender := range result.all("LotTender") {
		tenders[tender.value("ID")] = tender
	}
	for _, party := range result.all("TenderingParty") {
		var names []string
		for _, organisation := range party.all("Tenderer", "ID") {
			names = appendNew(names, e.organisations[organisation.text])
		}
		parties[party.value("ID")] = names
	}
	var winners []austauschbar.Winner
	for _, lot := range result.all("LotResult") {
		if lot.value("TenderResultCode") != "selec-w" { // BT-142
			continue
		}
		for _, reference := range lot.all("LotTender", "ID") {
			tender := tenders[reference.text]
			for _, name := range parties[tender.value("TenderingParty", "ID")] {
				if len(winners) == mostWinners {
					return winners
				}
				winners = append(winners, austauschbar.Winner{Name: name, Lot: lot.value("TenderLot", "ID"), Value: money(tender.at("LegalMonetaryTotal", "PayableAmount"))})
			}
		}
	}
	return winners
}

// said returns the child of this name in the language chosen, else the first.
func (e *eforms) said(parent *element, name string) *element {
	texts := parent.all(name)
	texts = slices.DeleteFunc(texts, func(text *element) bool { return text.text == "" })
	for _, text := range texts {
		if text.attribute("languageID") == e.language {
			return text
		}
	}
	if len(texts) > 0 {
		return texts[0]
	}
	return nil
}

func (e *eforms) speak(text *element) {
	if text != nil {
		e.paragraph(text.text, text.line)
	}
}

func (e *eforms) speakUnder(l label, text *element) {
	if text != nil {
		e.heading(3, "", l.in(short(e.language)), text.line)
		e.speak(text)
	}
}

func textOf(e *element) string {
	if e == nil {
		return ""
	}
	return e.text
}

// spoken lists the languages of a notice's texts in the order in which they occur.
func (e *element) spoken() []string {
	var languages []string
	var visit func(*element)
	visit = func(e *element) {
		languages = appendNew(languages, e.attribute("languageID"))
		for _, child := range e.children {
			visit(child)
		}
	}
	visit(e)
	return languages
}

// chosen is German, else English, else the first.
func chosen(languages []string) string {
	for _, wanted := range []string{"de", "en"} {
		for _, language := range languages {
			if short(language) == wanted {
				return language
			}
		}
	}
	if len(languages) > 0 {
		return languages[0]
	}
	return ""
}

func others(languages []string, language string) []string {
	var rest []string
	for _, other := range languages {
		if other != language {
			rest = append(rest, other)
		}
	}
	return rest
}

// short gives "de" and "en" for the codes of eForms and TED; others stay.
func short(language string) string {
	switch strings.ToUpper(language) {
	case "DEU", "GER", "DE":
		return "de"
	case "ENG", "EN":
		return "en"
	}
	return language
}

func cpv(about *element) []string {
	var codes []string
	for _, kind := range []string{"MainCommodityClassification", "AdditionalCommodityClassification"} {
		for _, code := range about.all(kind, "ItemClassificationCode") {
			codes = appendNew(codes, code.text)
		}
	}
	return codes
}

func money(amount *element) *austauschbar.Money {
	if amount == nil {
		return nil
	}
	currency := amount.attribute("currencyID")
	if currency == "" {
		currency = amount.attribute("CURRENCY") // TED
	}
	value, ok := number(strings.ReplaceAll(amount.text, " ", ""))
	if !ok || currency == "" {
		return nil
	}
	return &austauschbar.Money{Value: value, Currency: currency, Evidence: amount.evidence()}
}

// deadline is the last day for tenders (BT-131), else for requests to take part
// (BT-1311), else for expressions of interest (BT-630).
func deadline(process *element) *austauschbar.Day {
	for _, kind := range []string{"TenderSubmissionDeadlinePeriod", "ParticipationRequestReceptionPeriod", "InterestExpressionReceptionPeriod"} {
		if end := dayOf(process.at(kind, "EndDate")); end != nil {
			return end
		}
	}
	return nil
}

// dayOf reads a date; nil where there is none.
func dayOf(date *element) *austauschbar.Day {
	if value := day(textOf(date)); value != "" {
		return &austauschbar.Day{Value: value, Evidence: date.evidence()}
	}
	return nil
}

// period reads BT-36, BT-536, BT-537 and BT-538.
func period(planned *element) *austauschbar.Term {
	if planned == nil {
		return nil
	}
	measure := planned.at("DurationMeasure")
	value, _ := number(textOf(measure))
	t := austauschbar.Term{
		Value: max(value, 0), Unit: units[measure.attribute("unitCode")],
		Start: dayOf(planned.at("StartDate")), End: dayOf(planned.at("EndDate")),
		Unlimited: planned.value("DescriptionCode") == "UNLIMITED", Evidence: planned.evidence(),
	}
	for _, at := range []*element{measure, planned.at("EndDate"), planned.at("StartDate"), planned.at("DescriptionCode")} {
		if at != nil {
			t.Evidence = at.evidence()
			break
		}
	}
	return term(t)
}

// framework reads BT-765 and BT-113; nil where there is none.
func framework(process *element) *austauschbar.Framework {
	for _, code := range process.all("ContractingSystem", "ContractingSystemTypeCode") {
		if code.attribute("listName") == "framework-agreement" && code.text != "none" && code.text != "" {
			participants, _ := number(process.value("FrameworkAgreement", "MaximumOperatorQuantity"))
			return &austauschbar.Framework{Kind: code.text, Participants: int(min(max(participants, 0), 1e6))}
		}
	}
	return nil
}
