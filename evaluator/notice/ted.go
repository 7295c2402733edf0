package notice

import (
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// tedForms are the kinds of TED's standard forms, those of schema R2.0.9.
var tedForms = map[string]string{
	"F01_2014": "planning", "F02_2014": "competition", "F03_2014": "result", "F04_2014": "planning", "F05_2014": "competition", "F06_2014": "result",
	"F12_2014": "competition", "F13_2014": "result", "F15_2014": "result", "F20_2014": "modification", "F21_2014": "competition", "F22_2014": "competition",
	"F23_2014": "competition", "F24_2014": "competition", "F25_2014": "result",
}

// tedProcedures turn TED's elements into codes of eForms.
var tedProcedures = map[string]string{
	"PT_OPEN": "open", "PT_RESTRICTED": "restricted", "PT_COMPETITIVE_NEGOTIATION": "neg-w-call", "PT_NEGOTIATED_WITH_PRIOR_CALL": "neg-w-call",
	"PT_COMPETITIVE_DIALOGUE": "comp-dial", "PT_INNOVATION_PARTNERSHIP": "innovation",
	"PT_AWARD_CONTRACT_WITHOUT_CALL": "neg-wo-call", "PT_NEGOTIATED_WITHOUT_PUBLICATION": "neg-wo-call",
}

// ted reads a notice of TED's schema R2.0.9. An older one, and a form for something
// else, ends in a refusal.
func (s *script) ted(root *element) {
	form := tedForm(root.at("FORM_SECTION"))
	if form == nil {
		s.err = limit.Refuse("unknown_content", "the notice is of a TED schema before R2.0.9, or no notice of a procurement")
		return
	}
	about, procedure := form.at("OBJECT_CONTRACT"), form.at("PROCEDURE")
	var spoken []string
	for _, other := range root.at("FORM_SECTION").children {
		spoken = appendNew(spoken, other.attribute("LG"))
	}
	language := form.attribute("LG")
	n := austauschbar.Notice{
		Format: "ted", Kind: tedForms[form.name], Subtype: strings.TrimSuffix(form.name, "_2014"), ID: root.attribute("DOC_ID"),
		Language: short(language), Languages: others(spoken, language),
		Nature:    strings.ToLower(about.at("TYPE_CONTRACT").attribute("CTYPE")),
		Country:   form.at("CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY", "COUNTRY").attribute("VALUE"),
		CPV:       tedCPV(about, "CPV_MAIN"),
		Published: compactDay(root.at("CODED_DATA_SECTION", "REF_OJS", "DATE_PUB")),
		Deadline:  dayOf(procedure.at("DATE_RECEIPT_TENDERS")),
		Value:     money(about.at("VAL_ESTIMATED_TOTAL")),
		Evidence:  form.evidence(),
	}
	if n.Published == nil {
		n.Published = dayOf(form.at("COMPLEMENTARY_INFO", "DATE_DISPATCH_NOTICE"))
	}
	n.LegalBasis = appendNew(nil, form.at("LEGAL_BASIS").attribute("VALUE"))
	for _, address := range []string{"ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL"} {
		for _, name := range form.all("CONTRACTING_BODY", address, "OFFICIALNAME") {
			n.Buyers = appendNew(n.Buyers, name.text)
		}
	}
	if procedure != nil {
		for _, kind := range procedure.children {
			if code, known := tedProcedures[kind.name]; known {
				n.Procedure, n.Type = code, procedureName(code)
				break
			}
		}
	}
	if title := about.at("TITLE", "P"); title != nil {
		n.Title, n.Evidence = title.text, title.evidence()
		s.text.Title = title.text
		s.heading(1, "", title.text, title.line)
	}
	n.Description = s.paragraphs(about.at("SHORT_DESCR"))
	for _, lot := range about.all("OBJECT_DESCR") {
		n.Lots = append(n.Lots, s.tedLot(lot, tedFramework(procedure), n.Language))
	}
	for _, award := range form.all("AWARD_CONTRACT") {
		for _, name := range award.all("AWARDED_CONTRACT", "CONTRACTORS", "CONTRACTOR", "ADDRESS_CONTRACTOR", "OFFICIALNAME") {
			n.Winners = append(n.Winners, austauschbar.Winner{Name: name.text, Lot: award.value("LOT_NO"), Value: money(award.at("AWARDED_CONTRACT", "VALUES", "VAL_TOTAL"))})
		}
	}
	s.text.Notices = append(s.text.Notices, n)
}

// tedForm chooses among the translations of a form.
func tedForm(section *element) *element {
	if section == nil {
		return nil
	}
	forms := slices.DeleteFunc(slices.Clone(section.children), func(e *element) bool { return tedForms[e.name] == "" })
	var languages []string
	for _, form := range forms {
		languages = append(languages, form.attribute("LG"))
	}
	if i := slices.Index(languages, chosen(languages)); i >= 0 {
		return forms[i]
	}
	return nil
}

func (s *script) tedLot(lot *element, framework *austauschbar.Framework, language string) austauschbar.Lot {
	l := austauschbar.Lot{
		ID: lot.value("LOT_NO"), CPV: tedCPV(lot, "CPV_ADDITIONAL"), Value: money(lot.at("VAL_OBJECT")), Framework: framework, Evidence: lot.evidence(),
	}
	switch {
	case lot.at("ACCEPTED_VARIANTS") != nil:
		l.Variants = "allowed"
	case lot.at("NO_ACCEPTED_VARIANTS") != nil:
		l.Variants = "not-allowed"
	}
	if title := lot.at("TITLE", "P"); title != nil {
		l.Title = title.text
		s.heading(2, l.ID, title.text, title.line)
	} else {
		s.heading(2, "", l.ID, lot.line)
	}
	l.Description = s.paragraphs(lot.at("SHORT_DESCR"))
	l.Term = tedTerm(lot)
	if text := lot.at("RENEWAL_DESCR"); text != nil {
		s.heading(3, "", renewalLabel.in(language), text.line)
		l.Renewal = &austauschbar.Renewal{Evidence: text.evidence()}
		l.Renewal.Text = s.paragraphs(text)
		l.Renewal.Evidence.Quote = quote(l.Renewal.Text)
	}
	if text := lot.at("OPTIONS_DESCR"); text != nil {
		s.heading(3, "", optionsLabel.in(language), text.line)
		l.Options = s.paragraphs(text)
	}
	l.Criteria = tedCriteria(lot.at("AC"))
	s.criteria(l.Criteria, language)
	if text := lot.at("INFO_ADD"); text != nil {
		s.heading(3, "", further.in(language), text.line)
		s.paragraphs(text)
	}
	return l
}

// paragraphs speaks the P elements of a text and returns them as one.
func (s *script) paragraphs(text *element) string {
	var whole []string
	for _, p := range text.all("P") {
		s.paragraph(p.text, p.line)
		if p.text != "" {
			whole = append(whole, p.text)
		}
	}
	return strings.Join(whole, " ")
}

func tedTerm(lot *element) *austauschbar.Term {
	duration := lot.at("DURATION")
	value, _ := number(textOf(duration))
	t := austauschbar.Term{Value: max(value, 0), Unit: units[duration.attribute("TYPE")], Start: dayOf(lot.at("DATE_START")), End: dayOf(lot.at("DATE_END"))}
	for _, at := range []*element{duration, lot.at("DATE_END"), lot.at("DATE_START")} {
		if at != nil {
			t.Evidence = at.evidence()
			break
		}
	}
	return term(t)
}

// tedCriteria reads award criteria. Weights are texts there: per cent or points,
// which of both is not said.
func tedCriteria(award *element) []austauschbar.NoticeCriterion {
	if award == nil {
		return nil
	}
	var criteria []austauschbar.NoticeCriterion
	for _, kind := range award.children {
		code := criterionType(strings.ToLower(strings.TrimPrefix(kind.name, "AC_")))
		if code == "" {
			continue
		}
		c := austauschbar.NoticeCriterion{Type: code, Name: kind.value("AC_CRITERION"), Evidence: kind.evidence()}
		if name := kind.at("AC_CRITERION"); name != nil {
			c.Evidence = name.evidence()
		}
		written := kind.value("AC_WEIGHTING")
		share := strings.TrimSpace(strings.TrimSuffix(written, "%"))
		if weight, ok := number(share); ok {
			c.Weight, c.WeightKind = &weight, "points"
			if share != written {
				c.WeightKind = "percent"
			}
		}
		criteria = append(criteria, c)
	}
	return criteria
}

func tedFramework(procedure *element) *austauschbar.Framework {
	agreement := procedure.at("FRAMEWORK")
	if agreement == nil {
		return nil
	}
	participants, _ := number(agreement.value("NB_PARTICIPANTS"))
	if agreement.at("SINGLE_OPERATOR") != nil {
		participants = 1
	}
	return &austauschbar.Framework{Kind: "framework", Participants: int(min(max(participants, 0), 1e6))}
}

func tedCPV(about *element, kind string) []string {
	var codes []string
	for _, code := range about.all(kind, "CPV_CODE") {
		codes = appendNew(codes, code.attribute("CODE"))
	}
	return codes
}

// compactDay reads "20230131"; nil where there is none.
func compactDay(date *element) *austauschbar.Day {
	text := textOf(date)
	if len(text) != len("20230131") {
		return dayOf(date)
	}
	if value := day(text[:4] + "-" + text[4:6] + "-" + text[6:]); value != "" {
		return &austauschbar.Day{Value: value, Evidence: date.evidence()}
	}
	return nil
}
