package evaluator

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
)

// keepNotice keeps a notice, and what it states in fields where criteria look it up:
// terms, extensions, amounts, days and award criteria.
func (w *walk) keepNotice(number int, notice austauschbar.Notice) {
	id := w.noticeID(number, 0)
	w.located(&notice.Evidence)
	w.keepMoney(id+".value", notice.Value)
	w.keepDay(id+".published", "publication", notice.Published)
	if notice.Deadline != nil {
		w.located(&notice.Deadline.Evidence)
	}
	for i := range notice.Winners {
		if value := notice.Winners[i].Value; value != nil {
			w.located(&value.Evidence)
		}
	}
	for i := range notice.Lots {
		w.keepLot(w.noticeID(number, i+1), &notice.Lots[i])
		w.keepNoticedTerm(notice.Lots[i], len(notice.Lots) == 1)
		w.keepNoticedShares(notice.Lots[i])
	}
	w.found.notices = append(w.found.notices, notice)
}

// noticeID names the clause that stands for a lot of a notice, both 1-based; 0 for
// the notice itself.
func (w *walk) noticeID(notice, lot int) string {
	return fmt.Sprintf("%s#notice.%d.%d", w.path, notice, lot)
}

func (w *walk) keepLot(id string, lot *austauschbar.Lot) {
	w.located(&lot.Evidence)
	w.keepMoney(id+".value", lot.Value)
	w.keepDay(id+".deadline", "tender_deadline", lot.Deadline)
	if term := lot.Term; term != nil {
		w.located(&term.Evidence)
		w.keepTerm(id+".term", term)
	}
	if renewal := lot.Renewal; renewal != nil {
		w.located(&renewal.Evidence)
		if renewal.Months > 0 {
			w.keepDuration(id+".renewal", austauschbar.Duration{Value: renewal.Months, Unit: "month", Months: renewal.Months, Count: max(1, renewal.Maximum), About: "extension", Evidence: renewal.Evidence})
		}
	}
	for i := range lot.Criteria {
		w.located(&lot.Criteria[i].Evidence)
		w.keepCriterion(lot.Criteria[i])
	}
}

// keepTerm keeps the length of a contract, and its first and last day.
func (w *walk) keepTerm(id string, term *austauschbar.Term) {
	if term.Months > 0 {
		value, unit := term.Value, term.Unit
		if unit == "" {
			value, unit = term.Months, "month"
		}
		w.keepDuration(id, austauschbar.Duration{Value: value, Unit: unit, Months: term.Months, Count: 1, About: "contract_term", Evidence: term.Evidence})
	}
	w.keepDay(id, "contract_term", term.Start)
	w.keepDay(id, "contract_term", term.End)
}

func (w *walk) keepDay(id, about string, day *austauschbar.Day) {
	if day == nil {
		return
	}
	w.located(&day.Evidence)
	w.fieldClause(id, day.Evidence)
	w.found.dates = append(w.found.dates, austauschbar.Date{Value: day.Value, About: about, Clause: id, Evidence: day.Evidence})
}

func (w *walk) keepDuration(id string, duration austauschbar.Duration) {
	w.fieldClause(id, duration.Evidence)
	duration.Clause = id
	w.found.durations = append(w.found.durations, duration)
}

func (w *walk) keepMoney(id string, money *austauschbar.Money) {
	if money == nil {
		return
	}
	w.located(&money.Evidence)
	w.fieldClause(id, money.Evidence)
	w.found.amounts = append(w.found.amounts, austauschbar.Amount{Value: money.Value, Currency: money.Currency, Clause: id, Evidence: money.Evidence})
}

// keepCriterion keeps an award criterion, once where several lots have the same. A
// share of one counts as per cent; a rank is no weight.
func (w *walk) keepCriterion(criterion austauschbar.NoticeCriterion) {
	kept := austauschbar.AwardCriterion{Name: cmp.Or(criterion.Name, criterion.Description, criterion.Type), Evidence: criterion.Evidence}
	switch {
	case criterion.Weight == nil || criterion.WeightKind == "order":
	case criterion.WeightKind == "decimal":
		kept.Weight = new(math.Round(*criterion.Weight*1e6) / 1e4)
	default:
		kept.Weight = new(*criterion.Weight)
	}
	key := kept.Name
	if kept.Weight != nil {
		key = fmt.Sprint(key, "\n", *kept.Weight)
	}
	if !w.criteria[key] {
		w.criteria[key] = true
		w.found.awardCriteria = append(w.found.awardCriteria, kept)
	}
}

// fieldClause makes a clause of a field of a form: what it states is regulated.
func (w *walk) fieldClause(id string, evidence austauschbar.Evidence) {
	w.found.clauses[id] = austauschbar.Clause{Evidence: evidence, Text: evidence.Quote, Modality: "must", Role: "requirement"}
}

func (w *walk) located(evidence *austauschbar.Evidence) {
	evidence.Path = cmp.Or(evidence.Path, w.path)
	evidence.Place = place(*evidence)
}

// leading is the notice that speaks for the dossier: the newest call for
// competition, else the newest of the others; nil where there is none.
func leading(notices []austauschbar.Notice) *austauschbar.Notice {
	rank := func(n austauschbar.Notice) int {
		return slices.Index([]string{"other", "modification", "consultation", "planning", "result", "competition"}, n.Kind)
	}
	if len(notices) == 0 {
		return nil
	}
	newest := slices.MaxFunc(notices, func(a, b austauschbar.Notice) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(published(a), published(b)))
	})
	return &newest
}

// published is the day of publication; "" where a notice states none.
func published(notice austauschbar.Notice) string {
	if notice.Published == nil {
		return ""
	}
	return notice.Published.Value
}

// noticedRegime is the procurement law that a German notice names; "" where it
// names none of ours.
func noticedRegime(notice *austauschbar.Notice) string {
	if notice == nil {
		return ""
	}
	german := notice.Country == "DEU" || notice.Country == "DE" || notice.Country == "Germany" || notice.Country == "Deutschland"
	regime := ""
	for _, basis := range notice.LegalBasis {
		switch basis = strings.TrimPrefix(strings.ToLower(basis), "de-"); {
		case basis == "vgv", basis == "uvgo", basis == "sektvo":
			return basis
		case strings.HasPrefix(basis, "vob"):
			return "vob"
		case german && basis == "32014l0024" && notice.Nature != "works":
			regime = "vgv"
		case german && basis == "32014l0025":
			regime = "sektvo"
		}
	}
	return regime
}

// noticedContract is the contract that a notice describes, the longest of its lots;
// nil where it states nothing of it.
func noticedContract(notice *austauschbar.Notice) *austauschbar.Contract {
	if notice == nil {
		return nil
	}
	var contract austauschbar.Contract
	for _, lot := range notice.Lots {
		if lot.Framework != nil {
			contract.Kind = "framework"
		}
		if lot.Term == nil || int(math.Ceil(lot.Term.Months)) <= contract.Months {
			continue
		}
		contract.Months, contract.Start, contract.Options = int(math.Ceil(lot.Term.Months)), "", nil
		if lot.Term.Start != nil {
			contract.Start = lot.Term.Start.Value
		}
		if lot.Renewal != nil && lot.Renewal.Months > 0 {
			contract.Options = slices.Repeat([]int{int(math.Ceil(lot.Renewal.Months))}, max(1, lot.Renewal.Maximum))
		}
	}
	switch {
	case contract.Months == 0 && contract.Kind == "":
		return nil
	case contract.Kind == "" && notice.Nature == "services":
		contract.Kind = "service"
	}
	return &contract
}

// noticedStage is how far a notice says that the procedure has come.
func noticedStage(notice *austauschbar.Notice) string {
	if notice == nil {
		return ""
	}
	return map[string]string{"consultation": "consultation", "planning": "draft", "competition": "published", "result": "awarded", "modification": "awarded"}[notice.Kind]
}

// noticedStart is the day of the call for competition, with which a procedure
// begins; "" where no notice is one.
func noticedStart(notices []austauschbar.Notice) string {
	first := ""
	for _, notice := range notices {
		if day := published(notice); notice.Kind == "competition" && day != "" && (first == "" || day < first) {
			first = day
		}
	}
	return first
}
