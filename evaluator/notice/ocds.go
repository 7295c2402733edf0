package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// ReadOCDS reads a file of the Open Contracting Data Standard: releases, records,
// packages of them, or JSON Lines of these. The section of a fact's evidence is a
// JSON pointer, in JSON Lines one into its line.
//
// The releases behind the first limit.Releases are a gap. Refusals: as Read.
func ReadOCDS(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case len(data) > limit.File:
		return austauschbar.Text{}, limit.Refuse("too_large", "")
	}
	s := &script{}
	err := values(ctx, bytes.NewReader(data), func(at string, release *limit.Value) error {
		if len(s.text.Notices) == limit.Releases {
			return limit.Refuse("too_large", fmt.Sprintf("the releases behind the first %d were not read", limit.Releases))
		}
		s.ocds(at, release)
		return s.err
	})
	if err == nil && len(s.text.Notices) == 0 {
		err = limit.Refuse("unknown_content", "no OCDS release")
	}
	return limit.Finish(ctx, s.text, err)
}

// HasOCDS says whether JSON looks like OCDS: near its beginning stands one of the
// keys that every release, record and package has.
func HasOCDS(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	return bytes.Contains(head, []byte(`"ocid"`)) || bytes.Contains(head, []byte(`"releases"`)) && bytes.Contains(head, []byte(`"publishedDate"`))
}

// values finds the releases in the values of a file, with their JSON pointers.
func values(ctx context.Context, r io.Reader, visit func(at string, release *limit.Value) error) error {
	j := limit.NewJSON(ctx, skipMark(r))
	for {
		visited := false
		whole, err := j.Stream(func(key string, index int, element *limit.Value) error {
			at := fmt.Sprintf("/%d", index)
			if key != "" {
				at = "/" + key + at
			}
			return each(at, element, func(at string, release *limit.Value) error {
				visited = true
				return visit(at, release)
			})
		}, "releases", "records")
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case visited: // the compiled release of a record would tell the same again
			continue
		}
		if err := each("", whole, visit); err != nil {
			return err
		}
	}
}

// skipMark reads past a byte order mark.
func skipMark(r io.Reader) io.Reader {
	head := make([]byte, 3)
	n, err := io.ReadFull(r, head)
	if err == nil && string(head) == "\xef\xbb\xbf" {
		return r
	}
	return io.MultiReader(bytes.NewReader(head[:n]), r)
}

// each visits a release, that of a record, or those of a package.
func each(at string, value *limit.Value, visit func(at string, release *limit.Value) error) error {
	if compiled := value.At("compiledRelease"); compiled != nil {
		return visit(at+"/compiledRelease", compiled)
	}
	if isRelease(value) {
		return visit(at, value)
	}
	for _, key := range []string{"releases", "records"} {
		for i, element := range value.Elements(key) {
			if err := each(fmt.Sprintf("%s/%s/%d", at, key, i), element, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// isRelease tells a release from a link to one.
func isRelease(value *limit.Value) bool {
	return value.At("ocid") != nil && slices.ContainsFunc([]string{"tender", "planning", "awards", "contracts"}, func(key string) bool { return value.At(key) != nil })
}

// A part is a value of a release with its JSON pointer.
type part struct {
	*limit.Value
	pointer string
}

func (p part) to(keys ...string) part {
	return part{p.At(keys...), p.pointer + "/" + strings.Join(keys, "/")}
}

// list lists the elements of an array.
func (p part) list(keys ...string) []part {
	var parts []part
	for i, element := range p.Elements(keys...) {
		parts = append(parts, part{element, fmt.Sprintf("%s/%s/%d", p.pointer, strings.Join(keys, "/"), i)})
	}
	return parts
}

func (p part) text(keys ...string) string { return strings.TrimSpace(p.At(keys...).String()) }

func (p part) evidence() austauschbar.Evidence {
	if p.Value == nil {
		return austauschbar.Evidence{}
	}
	return austauschbar.Evidence{Line: p.Line, Section: quote(p.pointer), Quote: quote(clean(p.Text))}
}

// day reads a date; nil where there is none.
func (p part) day() *austauschbar.Day {
	if value := day(p.String()); value != "" {
		return &austauschbar.Day{Value: value, Evidence: p.evidence()}
	}
	return nil
}

// ocds reads one release.
func (s *script) ocds(at string, release *limit.Value) {
	whole := part{release, at}
	tender := whole.to("tender")
	language := short(whole.text("language"))
	n := austauschbar.Notice{
		Format: "ocds", ID: whole.text("ocid"), Kind: ocdsKind(whole), Language: language,
		Title: clean(tender.text("title")), Description: clean(tender.text("description")),
		Buyers:    appendNew(nil, clean(whole.text("buyer", "name"))),
		Procedure: tender.text("procurementMethod"), Type: procedureName(tender.text("procurementMethod")),
		Nature:     nature(tender.text("mainProcurementCategory")),
		LegalBasis: appendNew(nil, tender.text("legalBasis", "id")),
		Published:  whole.to("date").day(), Deadline: tender.to("tenderPeriod", "endDate").day(),
		Value: sum(tender.to("value")), Evidence: whole.evidence(),
	}
	if tags := whole.Elements("tag"); len(tags) > 0 {
		n.Subtype = tags[0].String()
	}
	if len(n.Buyers) == 0 {
		n.Buyers = appendNew(nil, clean(tender.text("procuringEntity", "name")))
	}
	for _, party := range whole.list("parties") {
		if n.Country == "" && slices.ContainsFunc(party.Elements("roles"), func(role *limit.Value) bool { return role.String() == "buyer" }) {
			n.Country = clean(party.text("address", "countryName"))
		}
	}
	n.CPV = ocdsCPV(n.CPV, tender)
	for _, item := range tender.list("items") {
		n.CPV = ocdsCPV(n.CPV, item)
	}
	if title := tender.to("title"); n.Title != "" {
		n.Evidence = title.evidence()
		s.heading(1, "", n.Title, title.Line)
		if s.text.Title == "" {
			s.text.Title = n.Title
		}
	}
	s.say(whole.to("planning", "rationale"), tender.to("description"), tender.to("procurementMethodDetails"), tender.to("procurementMethodRationale"),
		tender.to("eligibilityCriteria"), tender.to("submissionMethodDetails"))
	for _, item := range tender.list("items") {
		if text := item.to("description"); text.Value != nil {
			s.item(text.Text, text.Line)
		}
	}
	for _, document := range tender.list("documents") {
		if text := document.to("description"); text.Value != nil {
			s.item(text.Text, text.Line)
		}
	}
	contracts := s.contracts(whole)
	s.lots(tender, &n)
	if len(n.Lots) == 0 {
		n.Lots = contracts
	}
	n.Winners = suppliers(whole)
	s.text.Notices = append(s.text.Notices, n)
}

// lots reads the lots; a tender without any is one lot without an id.
func (s *script) lots(tender part, n *austauschbar.Notice) {
	lots, codes := tender.list("lots"), map[string][]string{} // CPV by lot
	for _, item := range tender.list("items") {
		if id := item.text("relatedLot"); id != "" {
			codes[id] = ocdsCPV(codes[id], item)
		}
	}
	if len(lots) > 0 {
		s.say(tender.to("awardCriteriaDetails"))
	}
	for _, lot := range lots {
		if title := lot.to("title"); title.Value != nil {
			s.heading(2, lot.text("id"), title.Text, title.Line)
		} else {
			s.heading(2, "", lot.text("id"), lot.Line)
		}
		s.say(lot.to("description"))
		l := s.lot(lot, n.Language)
		l.ID, l.Title, l.Description = lot.text("id"), clean(lot.text("title")), clean(lot.text("description"))
		l.Nature, l.Value, l.Deadline = nature(lot.text("mainProcurementCategory")), sum(lot.to("value")), lot.to("tenderPeriod", "endDate").day()
		l.CPV = codes[l.ID]
		n.Deadline = earliest(n.Deadline, l.Deadline)
		n.Lots = append(n.Lots, l)
	}
	if len(lots) > 0 || tender.Value == nil {
		return
	}
	l := s.lot(tender, n.Language)
	if l.Term != nil || l.Renewal != nil || l.Options != "" || len(l.Criteria) > 0 || l.Framework != nil {
		n.Lots = append(n.Lots, l)
	}
}

// contracts speaks what was awarded and signed, and returns the contracts as lots:
// they stand for those of a tender of which the release says nothing.
func (s *script) contracts(whole part) []austauschbar.Lot {
	for _, award := range whole.list("awards") {
		s.say(award.to("title"), award.to("description"))
	}
	var lots []austauschbar.Lot
	for _, contract := range whole.list("contracts") {
		s.say(contract.to("title"), contract.to("description"))
		lots = append(lots, austauschbar.Lot{
			Title: clean(contract.text("title")), Description: clean(contract.text("description")),
			Value: sum(contract.to("value")), Term: ocdsTerm(contract.to("period")), Evidence: contract.evidence(),
		})
	}
	return lots
}

// lot reads what may stand in a lot or, where there are none, in the tender.
func (s *script) lot(p part, language string) austauschbar.Lot {
	l := austauschbar.Lot{Term: ocdsTerm(p.to("contractPeriod")), Evidence: p.evidence()}
	renewal := p.to("renewal")
	maximum, _ := number(renewal.text("maximumRenewals"))
	if text := renewal.to("description"); renewal.Value != nil && (text.Value != nil || maximum >= 1) {
		days, _ := number(renewal.text("period", "durationInDays"))
		l.Renewal = &austauschbar.Renewal{Maximum: int(min(max(maximum, 0), 1000)), Months: max(days, 0) / 30, Text: clean(text.String()), Evidence: renewal.evidence()}
		if text.Value != nil {
			l.Renewal.Evidence = text.evidence()
			s.heading(3, "", renewalLabel.in(language), text.Line)
			s.say(text)
		}
	}
	if options := p.to("options", "description"); options.Value != nil {
		l.Options = clean(options.Text)
		s.heading(3, "", optionsLabel.in(language), options.Line)
		s.say(options)
	}
	if variants, known := ocdsVariants[p.text("submissionTerms", "variantPolicy")]; known {
		l.Variants = variants
	}
	if p.text("techniques", "hasFrameworkAgreement") == "true" {
		participants, _ := number(p.text("techniques", "frameworkAgreement", "maximumParticipants"))
		kind := p.text("techniques", "frameworkAgreement", "method")
		if kind == "" {
			kind = "framework"
		}
		l.Framework = &austauschbar.Framework{Kind: kind, Participants: int(min(max(participants, 0), 1e6))}
	}
	l.Criteria = ocdsCriteria(p)
	s.criteria(l.Criteria, language)
	for _, text := range []part{p.to("awardCriteriaDetails"), p.to("awardCriteria", "weightingDescription")} {
		if text.Value != nil && len(l.Criteria) == 0 {
			s.heading(3, "", criteriaLabel.in(language), text.Line)
		}
		s.say(text)
	}
	return l
}

// ocdsVariants turn the policies of OCDS into the codes of eForms.
var ocdsVariants = map[string]string{"allowed": "allowed", "notAllowed": "not-allowed", "required": "required"}

// ocdsCriteria reads the breakdown of award criteria, else the code for all.
func ocdsCriteria(p part) []austauschbar.NoticeCriterion {
	if p.text("awardCriteria") == "priceOnly" {
		return []austauschbar.NoticeCriterion{{Type: "price", Evidence: p.to("awardCriteria").evidence()}}
	}
	var criteria []austauschbar.NoticeCriterion
	for _, criterion := range p.list("awardCriteria", "criteria") {
		c := austauschbar.NoticeCriterion{
			Type: criterionType(criterion.text("type")), Name: clean(criterion.text("name")), Description: clean(criterion.text("description")), Evidence: criterion.evidence(),
		}
		if c.Name != "" {
			c.Evidence = criterion.to("name").evidence()
		}
		for _, figure := range criterion.list("numbers") {
			kind, known := weightKinds[figure.text("weight")]
			weight, ok := number(figure.text("number"))
			if known && ok && c.Weight == nil {
				c.Weight, c.WeightKind = &weight, kind
			}
		}
		if c.Type != "" || c.Name != "" || c.Description != "" {
			criteria = append(criteria, c)
		}
	}
	return criteria
}

// ocdsTerm reads a period. Its length in days is that between its days, where it
// states both.
func ocdsTerm(period part) *austauschbar.Term {
	if period.Value == nil {
		return nil
	}
	t := austauschbar.Term{Start: period.to("startDate").day(), End: period.to("endDate").day(), Evidence: period.evidence()}
	if days, ok := number(period.text("durationInDays")); ok && (t.Start == nil || t.End == nil) {
		t.Value, t.Unit = max(days, 0), "day"
	}
	for _, key := range []string{"durationInDays", "endDate", "startDate"} {
		if at := period.to(key); at.Value != nil {
			t.Evidence = at.evidence()
			break
		}
	}
	return term(t)
}

func ocdsCPV(codes []string, p part) []string {
	classifications := append([]part{p.to("classification")}, p.list("additionalClassifications")...)
	for _, classification := range classifications {
		if classification.text("scheme") == "CPV" {
			codes = appendNew(codes, classification.text("id"))
		}
	}
	return codes
}

// suppliers lists those of the awards.
func suppliers(whole part) []austauschbar.Winner {
	var winners []austauschbar.Winner
	for _, award := range whole.list("awards") {
		lot := ""
		if lots := award.Elements("relatedLots"); len(lots) == 1 {
			lot = lots[0].String()
		}
		for _, supplier := range award.list("suppliers") {
			if name := clean(supplier.text("name")); name != "" {
				winners = append(winners, austauschbar.Winner{Name: name, Lot: lot, Value: sum(award.to("value"))})
			}
		}
	}
	return winners
}

// sum reads an amount with its currency; nil where one of them is missing.
func sum(p part) *austauschbar.Money {
	value, ok := number(p.text("amount"))
	if currency := p.text("currency"); ok && currency != "" {
		return &austauschbar.Money{Value: value, Currency: currency, Evidence: p.to("amount").evidence()}
	}
	return nil
}

// nature gives the codes of eForms for those of OCDS.
func nature(category string) string {
	if category == "goods" {
		return "supplies"
	}
	return category
}

// ocdsKind is what the tags of a release say, else what it holds.
func ocdsKind(release part) string {
	for _, tag := range release.Elements("tag") {
		switch name := tag.String(); {
		case strings.HasPrefix(name, "planning"):
			return "planning"
		case strings.HasPrefix(name, "tender"):
			return "competition"
		case strings.HasPrefix(name, "award"):
			return "result"
		case strings.HasPrefix(name, "contract"), strings.HasPrefix(name, "implementation"):
			return "result"
		}
	}
	switch {
	case len(release.Elements("awards")) > 0:
		return "result"
	case release.At("tender") != nil:
		return "competition"
	case release.At("planning") != nil:
		return "planning"
	}
	return "other"
}

// say speaks texts, those that are there.
func (s *script) say(texts ...part) {
	for _, text := range texts {
		if text.Value != nil {
			s.paragraph(text.Text, text.Line)
		}
	}
}
