package evaluator

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A termPart is one length of time that a passage gives a contract.
type termPart struct {
	kind     termKind
	part     string // see partWords; "" for the whole contract
	lot      string // "" for all
	months   []float64
	firm     bool // the clause says in so many words that it is a contract's term
	clause   string
	section  string
	evidence austauschbar.Evidence
}

type termKind int

const (
	baseTerm termKind = iota
	optionTerm
	totalTerm
)

// keepTerms keeps what a clause says of how long a contract runs. Lengths told in
// questions, quotations or of what is there already bind nobody.
func (w *walk) keepTerms(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	if len(reading.Values) == 0 && !strings.Contains(source.text, "+") {
		return // neither a length nor a sum of them
	}
	if !obliging(clause.Role) || !w.speaksOfTerm(reading) || notContract(source.text) {
		return
	}
	firm := slices.ContainsFunc(reading.Topics, func(t lexicon.TopicReading) bool { return t.ID == "contract_term" && t.Polarity == lexicon.Met })
	named := slices.ContainsFunc(reading.Subjects, func(h lexicon.Hit) bool { return h.ID == "contract_term" })
	optional := named || w.goesOn(source.id) || optionAfterBase.MatchString(source.text) || slices.ContainsFunc(reading.Topics, func(t lexicon.TopicReading) bool { return t.ID == "contract_term" || t.ID == "renewal_option" })
	keep := func(kind termKind, firm bool, start, end int, months ...float64) {
		w.found.terms = append(w.found.terms, termPart{
			kind: kind, part: partOf(source.text, w.headings), lot: lotOf(source.text, w.sections), months: months, firm: firm,
			clause: source.id, section: clause.Evidence.Section, evidence: w.evidence(source, start, end),
		})
	}
	sums := sumPattern.FindAllStringSubmatchIndex(source.text, -1)
	for _, at := range sums {
		if months := summed(source.text, at); len(months) > 1 {
			keep(baseTerm, firm || named, at[0], at[1], months[0])
			keep(optionTerm, true, at[0], at[1], months[1:]...)
		}
	}
	for _, value := range joined(source.text, reading.Values) {
		inSum := slices.ContainsFunc(sums, func(at []int) bool { return at[0] <= value.Start && value.End <= at[1] })
		if value.Kind != "duration" || inSum || months(value) < 1 {
			continue
		}
		switch kind, ok := w.termKind(source.text, value, w.about(value, reading), firm); {
		case !ok, kind == optionTerm && !optional:
		case kind == optionTerm:
			keep(kind, true, value.Start, value.End, slices.Repeat([]float64{months(value)}, repetitions(source.text, value))...)
		default:
			bound := kind == baseTerm && limitBefore(source.text, value.Start) != ""
			keep(kind, (firm || firmBefore.MatchString(source.text[:value.Start])) && !bound, value.Start, value.End, months(value)*float64(value.Count))
		}
	}
	for i := 1; i < len(reading.Values); i++ {
		first, last := reading.Values[i-1], reading.Values[i]
		if months, ok := between(source.text, first, last); ok && w.about(first, reading) == "contract_term" {
			keep(baseTerm, firm || named, first.Start, last.End, months)
		}
	}
}

// goesOn says whether the passage that a clause is part of has told a term before it.
func (w *walk) goesOn(clause string) bool {
	last := len(w.found.terms) - 1
	return last >= 0 && passageOf(w.found.terms[last].clause) == passageOf(clause)
}

// passageOf cuts a clause's part off its id.
func passageOf(clause string) string { return clause[:strings.LastIndexByte(clause, '.')+1] }

// obliging says whether what stands in such a clause is demanded or regulated.
func obliging(role string) bool {
	return !slices.Contains([]string{"question", "citation", "definition", "example", "existing_estate", "staff_skill", excluded}, role)
}

// speaksOfTerm says whether a clause, or what stands above it, is about how long a
// contract runs or how it is extended.
func (w *walk) speaksOfTerm(reading lexicon.Reading) bool {
	about := func(hits []lexicon.Hit) bool {
		return slices.ContainsFunc(hits, func(h lexicon.Hit) bool { return h.ID == "contract_term" || h.ID == "extension" })
	}
	return about(reading.Subjects) || w.inList && about(w.leadIn.Subjects) || len(w.headings) > 0 && about(w.headings[len(w.headings)-1].subjects) ||
		slices.ContainsFunc(reading.Topics, func(t lexicon.TopicReading) bool { return t.ID == "contract_term" })
}

// numeral is a number of extensions.
const numeral = `\d{1,2}|eine?|zwei|drei|vier|fünf|sechs|one|two|three|four|five|six`

// otherTerms tell what else has a term: invoices, references, duties that outlast the
// contract.
var otherTerms = []string{"invoice", "rechnung", "referenz", "similar size", "past performance", "altvertr", "survive", "geheimhaltung", "vertraulichkeit", "confidentiality", "aufbewahr", "retention", "garantie", "gewährleist", "warrant"}

// notContract says whether a clause is about a term of something else, or of the contract
// that is replaced.
func notContract(text string) bool {
	return containsAny(strings.ToLower(text), otherTerms...) || otherContract.MatchString(text)
}

// What stands before or behind a length tells what it is.
var (
	otherContract = regexp.MustCompile(`(?i)(?:bestehende|bisherige|derzeitige|laufende|auslaufende)[rnms]? (?:\S+ )?\S*(?:vertrag|vereinbarung|verträge)|(?:current|existing|previous|incumbent) (?:\S+ )?(?:contract|agreement)`)
	notTermBefore = regexp.MustCompile(`(?i)(?:innerhalb|binnen|within|nach|after|spätestens|frist von|notice of|alle|every|each|pro|jede[nrsm]?|erste[nr]?|first|letzten?|last|past|next|nächsten?|vergangenen|mindestens|wenigstens|at least|no less than)(?: (?:eine[rs]?|von|of|the|den|der))?\s*(?:\(?\d+\)?\s*)?$`)
	notTermAfter  = regexp.MustCompile(`(?i)^\S{0,4}\s*(?:\([^)]*\)\s*)?(?:vor|nach|before|after|prior to|im voraus|in advance|zum (?:ende|ablauf|monatsende|quartalsende|jahresende))\b`)
	firmBefore    = regexp.MustCompile(`(?i)(?:(?:grund|vertrags|erst|fest|^|[^\pL])laufzeit|vertragsdauer|contract term|initial term|term of (?:the|this) (?:contract|agreement)|contract period|(?:contract|agreement|vertrag|rahmenvereinbarung)\s[^.;|,]{0,25}(?:period|run|dauer|läuft))[^.;|,\d]{0,30}$`)
	initialBefore = regexp.MustCompile(`(?i)\b(?:initial|anfängliche[nrms]?|anfangs)\s+(?:(?:term|period|laufzeit|dauer|zeitraum)\s+)?(?:of\s+|von\s+|für\s+)?(?:\S+\s*\()?$`)
	endsBefore    = regexp.MustCompile(`(?i)(?:ends?|endet|expires?|läuft ab)\s+(?:on |am |nach |after )?$`)
	baseAfter     = regexp.MustCompile(`(?i)^\S{0,5}\s*\(?(?:zuzüglich|zzgl\.?|plus|\+|mit)\s+(?:\S+\s+){0,3}?(?:option|verlängerungsoption|extension|renewal)`)
	optionBefore  = regexp.MustCompile(`(?i)(?:(?:\+|plus|zzgl\.?|zuzüglich)\s*(?:\(?\d+\s*[x×*]\s*)?|\b(?:um|by)\s+(?:(?:je|jeweils|weitere|zusätzlich|insgesamt|höchstens|maximal|bis zu|another|additional|further|a|up to|a total of|in total)\s+){0,3})$`)
	// A length and, in the same clause, what may be added to it: "24 months plus the option".
	optionAfterBase = regexp.MustCompile(`(?i)(?:zuzüglich|zzgl\.?|plus|\+)\s+(?:\S+\s+){0,3}?(?:option|verlängerungsoption|extension|renewal)`)
	optionAfter     = regexp.MustCompile(`(?i)^\S{0,5}\s*\(?(?:option|verlängerungsoption|extension|renewal)`)
	extending       = regexp.MustCompile(`(?i)verläng|option|exten[ds]|renew`)
	totalBefore     = regexp.MustCompile(`(?i)(?:maximale (?:vertrags)?laufzeit|maximum term|gesamtlaufzeit|gesamtvertragslaufzeit|gesamtdauer|höchstlaufzeit|maximallaufzeit|total (?:term|duration|length)|insgesamt|in total|einschließlich [^.;|]{0,40}(?:optionen|verlängerung(?:en)?|verlängerungsoptionen)|including [^.;|]{0,40}(?:options|extensions|renewals))[^.;|\d]{0,60}$`)
	totalAfter      = regexp.MustCompile(`(?i)^\S{0,5}\s*(?:\(?(?:einschließlich|inklusive|inkl\.?|incl\.?|including)\s(?:\S+\s+){0,2}(?:option|verlänger|extension|renewal)|\([^)]{0,60}(?:base|grund|fest)[^)]{0,80}(?:option|verläng|extension))`)
	numberNext      = regexp.MustCompile(`^\S*\s+(?:[\pL.]+\s+){0,2}\d`)
	sumPattern      = regexp.MustCompile(`(?i)(\d{1,3})((?:\s*\+\s*\d{1,3}){1,6})[\s-]*(jahr|monat|year|month)[a-zäöü]*`)
	repeatBefore    = regexp.MustCompile(`(?i)(?:(` + numeral + `)\s?-?\s?mal|(` + numeral + `) times|(twice)|(?:^|[\s(])(` + numeral + `)(?:\s*\(\d+\))?\s+(?:[\pL-]+\s+){0,2}(?:options?(?:en|jahre|periods?|years?)?|verlängerungs\S+|verlängerungen|extensions?|renewals?|periods)(?:\s+(?:periods?|years?))?)[^.;|]{0,40}$`)
	repeatAfter     = regexp.MustCompile(`(?i)^\S{0,5},?\s*\(?(?:(?:max\.?|maximal|höchstens|bis zu|up to|at most)\s+)?(?:(` + numeral + `)\s?-?\s?mal|(` + numeral + `) times|(twice))`)
	sameLength      = regexp.MustCompile(`\d\s*\(\s*$`)
	repeatAdjacent  = regexp.MustCompile(`(?i)(?:^|[\s(])(` + numeral + `)(?:\s*\(\d+\))?\s+(?:(?:weitere[nr]?|additional|further|optionale[nr]?|consecutive|successive)\s+)?$`)
	untilBetween    = regexp.MustCompile(`(?i)^[^.;|]{0,20}\b(?:bis|until|till|to|through|and ends?|und endet)\b[^.;|]{0,20}$`)
	dashBetween     = regexp.MustCompile(`^\s*(?:[–—]|-{1,3})\s*$`)
)

// termKind tells what a length is in its clause; false where it is no contract's.
func (w *walk) termKind(text string, value lexicon.Value, about string, firm bool) (termKind, bool) {
	before, after := text[:value.Start], text[value.End:]
	option := optionAfter.MatchString(after) || optionBefore.MatchString(before) && (extending.MatchString(text) || strings.ContainsRune(before, '+')) ||
		repeatedBefore(before) != nil && extending.MatchString(before)
	switch {
	case notTermAfter.MatchString(after) && !endsBefore.MatchString(before):
		return 0, false
	case isTotalBy(after), totalBefore.MatchString(before) && !option:
		return totalTerm, true
	case sameLength.MatchString(before), baseAfter.MatchString(after) && !option:
		return baseTerm, true
	case initialBefore.MatchString(before) && (about == "contract_term" || about == "extension"):
		return baseTerm, true
	case option && about != "notice":
		return optionTerm, true
	case notTermBefore.MatchString(before) && !endsBefore.MatchString(before):
		return 0, false
	case about == "extension":
		return optionTerm, true
	case about == "contract_term", (about == "" || about == "maintenance_share") && firm:
		return baseTerm, true
	}
	return 0, false
}

// isTotalBy says whether what stands behind a length makes it the whole: "including all
// options". Where a number follows, that is the whole.
func isTotalBy(after string) bool {
	at := totalAfter.FindStringIndex(after)
	return at != nil && !numberNext.MatchString(after[at[1]:])
}

// repetitions is how often a contract may be extended by a length: 2 in "2 x 12
// Monate", "zweimal um 12 Monate", "two one-year options"; 1 where nothing says more.
func repetitions(text string, value lexicon.Value) int {
	if value.Count > 1 {
		return value.Count
	}
	before, after := text[:value.Start], text[value.End:]
	if groups := repeatAdjacent.FindStringSubmatch(before); groups != nil && optionAfter.MatchString(after) {
		if count := lexicon.Count(groups[1]); count > 0 {
			return count
		}
	}
	groups := repeatedBefore(before)
	if groups == nil {
		if groups = repeatAfter.FindStringSubmatch(after); groups == nil {
			return 1
		}
		groups = append(groups, "")
	}
	if groups[3] != "" {
		return 2
	}
	return max(1, lexicon.Count(cmp.Or(groups[1], groups[2], groups[4])))
}

// repeatStems spare most clauses the search: one of them stands in what it finds.
var repeatStems = []string{"mal", "times", "twice", "option", "verlängerung", "extension", "renewal", "period"}

// repeatedBefore finds what stands before a length and says how often; nil where
// nothing does.
func repeatedBefore(before string) []string {
	if !containsAny(strings.ToLower(before), repeatStems...) {
		return nil
	}
	return repeatBefore.FindStringSubmatch(before)
}

// joined makes one length of "2 years 6 months" and "2 Jahre und 6 Monate".
func joined(text string, values []lexicon.Value) []lexicon.Value {
	var list []lexicon.Value
	for _, value := range values {
		last := len(list) - 1
		if last >= 0 && list[last].Kind == "duration" && list[last].Unit == "year" && value.Kind == "duration" && value.Unit == "month" &&
			slices.Contains([]string{"", "and", "und", ","}, strings.TrimSpace(text[list[last].End:value.Start])) {
			list[last].Number, list[last].Unit = months(list[last])+months(value), "month"
			list[last].End, list[last].Last = value.End, value.Last
			continue
		}
		list = append(list, value)
	}
	return list
}

// summed reads "2 + 1 + 1 Jahre" as months.
func summed(text string, at []int) []float64 {
	unit := 1.0
	if word := strings.ToLower(text[at[6]:at[7]]); word == "jahr" || word == "year" {
		unit = 12
	}
	var months []float64
	for _, number := range strings.Split(text[at[2]:at[5]], "+") {
		count, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || count == 0 {
			return nil
		}
		months = append(months, count*unit)
	}
	return months
}

// between is the length from one day to another in months, where the text says
// "from … until …" of them.
func between(text string, first, last lexicon.Value) (float64, bool) {
	if first.Kind != "date" || last.Kind != "date" || first.End > last.Start || first.Day >= last.Day {
		return 0, false
	}
	if joint := text[first.End:last.Start]; !untilBetween.MatchString(joint) && !dashBetween.MatchString(joint) {
		return 0, false
	}
	return monthsBetween(first.Day, last.Day)
}

// wholeMonths counts months from the first to the last day. A started month counts:
// 1 January to 31 December is twelve months.
func wholeMonths(first, last time.Time) float64 {
	months := 12*(last.Year()-first.Year()) + int(last.Month()) - int(first.Month())
	if last.Day() > first.Day() {
		months++
	}
	return float64(max(1, months))
}

// partWords tell that a term is not that of the whole contract.
var partWords = []struct {
	part  string
	words []string
}{
	{"call_off", []string{"einzelvertr", "einzelauftr", "einzelabruf", "abruf", "call-off", "call off"}},
	{"trial", []string{"pilot", "erprobung", "probe", "proof of concept", "trial"}},
	{"maintenance", []string{"pflege", "wartung", "support", "maintenance"}},
	{"licence", []string{"lizenz", "subskription", "subscription", "abonnement", "miet", "leasing", "licence", "license"}},
	{"operation", []string{"hosting", "betriebsphase", "rechenzentrum"}},
}

// partOf names the part of what is bought that a term holds for, as the clause or its
// innermost heading says; "" for the whole.
func partOf(text string, headings []heading) string {
	if len(headings) > 0 {
		text += " " + headings[len(headings)-1].text
	}
	text = strings.ToLower(text)
	for _, part := range partWords {
		if containsAny(text, part.words...) {
			return part.part
		}
	}
	return ""
}

var lotPattern = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:los|lot)\s+(?:nr\.?\s*|no\.?\s*)?(\d{1,3})(?:[^\d.]|$)`)

// lotOf is the number of the lot that a clause or its headings name; "" where they
// name none.
func lotOf(text string, headings []string) string {
	for _, candidate := range append([]string{text}, headings...) {
		if groups := lotPattern.FindStringSubmatch(candidate); groups != nil {
			return groups[1]
		}
	}
	return ""
}

// contractTerms adds up what a document's passages say, part by part and lot by lot.
// What a notice states in fields outweighs its texts.
func (found documentFacts) contractTerms() []austauschbar.ContractTerm {
	if len(found.noticedTerms) > 0 {
		return alike(found.noticedTerms)
	}
	told := found.terms
	if len(told) == 0 {
		told = found.performed
	}
	type of struct{ part, lot string }
	parts, order := map[of][]termPart{}, []of(nil)
	for _, part := range told {
		key := of{part.part, part.lot}
		if _, known := parts[key]; !known {
			order = append(order, key)
		}
		parts[key] = append(parts[key], part)
	}
	var terms []austauschbar.ContractTerm
	for _, key := range order {
		for _, term := range addUp(parts[key]) {
			term.Path, term.Part, term.Lot = found.document.Path, key.part, key.lot
			terms = append(terms, term)
		}
	}
	return terms
}

// alike makes one term of those of all lots where they are the same.
func alike(terms []austauschbar.ContractTerm) []austauschbar.ContractTerm {
	first := terms[0]
	for _, term := range terms {
		if term.Base != first.Base || !slices.Equal(term.Options, first.Options) {
			return terms
		}
	}
	first.Lot = ""
	return []austauschbar.ContractTerm{first}
}

// addUp makes terms of the lengths told of one contract: one for each base. Lengths
// that only a heading makes terms count where no sentence names one.
func addUp(parts []termPart) []austauschbar.ContractTerm {
	bases := basesOf(parts)
	terms := make([]austauschbar.ContractTerm, len(bases))
	for i, base := range bases {
		terms[i] = austauschbar.ContractTerm{Base: base.months[0], Total: base.months[0], Firm: base.firm, Evidence: []austauschbar.Evidence{base.evidence}}
	}
	options, first := optionsOf(parts, bases)
	total := statedTotal(parts)
	if len(options) == 0 && total == nil {
		return terms
	}
	extended := &austauschbar.ContractTerm{Firm: total != nil && total.firm}
	if len(bases) > 0 {
		extended = &terms[extendedBase(bases, first)]
	} else {
		terms = []austauschbar.ContractTerm{*extended}
		extended = &terms[0]
	}
	for _, option := range options {
		extended.Options = append(extended.Options, option.months...)
		extended.Evidence = append(extended.Evidence, option.evidence)
	}
	extended.Total = extended.Base + sum(extended.Options)
	if total != nil && total.months[0] >= extended.Base {
		extended.Total, extended.Stated = total.months[0], true
		extended.Evidence = append(extended.Evidence, total.evidence)
	}
	return terms
}

// basesOf lists the different lengths of a contract without its options.
func basesOf(parts []termPart) []termPart {
	var bases []termPart
	firm := slices.ContainsFunc(parts, func(p termPart) bool { return p.kind == baseTerm && p.firm })
	for _, part := range parts {
		told := slices.ContainsFunc(bases, func(b termPart) bool { return b.months[0] == part.months[0] })
		if part.kind == baseTerm && part.firm == firm && !told {
			bases = append(bases, part)
		}
	}
	return bases
}

// extendedBase is the place of the base that options extend: that of their clause,
// else of their section, else the longest. Options is nil where there are none.
func extendedBase(bases []termPart, option *termPart) int {
	if option != nil {
		for _, same := range []func(termPart) bool{
			func(b termPart) bool { return b.clause == option.clause },
			func(b termPart) bool { return b.section == option.section },
		} {
			if i := slices.IndexFunc(bases, same); i >= 0 {
				return i
			}
		}
	}
	longest := 0
	for i, base := range bases {
		if base.months[0] > bases[longest].months[0] {
			longest = i
		}
	}
	return longest
}

// statedTotal is the longest total that is told; nil where none is.
func statedTotal(parts []termPart) *termPart {
	var longest *termPart
	for i, part := range parts {
		if part.kind == totalTerm && (longest == nil || part.months[0] > longest.months[0]) {
			longest = &parts[i]
		}
	}
	return longest
}

// optionsOf lists the options that stand beside a base, else those of the section that
// has most, and gives the first of them: sections add nothing to each other, since
// another one repeats them. In a clause
// with several lengths one that is a base tells that once more.
func optionsOf(parts, bases []termPart) (options []termPart, first *termPart) {
	bySection, sections := map[string][]termPart{}, []string(nil)
	for _, part := range parts {
		if part.kind != optionTerm || toldBefore(bySection[part.section], part) {
			continue
		}
		if bySection[part.section] == nil {
			sections = append(sections, part.section)
		}
		bySection[part.section] = append(bySection[part.section], part)
	}
	longest := 0.0
	for _, section := range sections {
		beside := slices.ContainsFunc(bySection[section], func(o termPart) bool {
			return slices.ContainsFunc(bases, func(b termPart) bool { return b.clause == o.clause })
		})
		if beside {
			options = bySection[section]
			break
		}
		if length := lengthOf(bySection[section]); length > longest {
			options, longest = bySection[section], length
		}
	}
	if len(options) > 1 {
		options = slices.DeleteFunc(options, func(option termPart) bool {
			return len(option.months) == 1 && option.clause == options[len(options)-1].clause && repeatsBase(option, bases)
		})
	}
	if len(options) == 0 {
		return nil, nil
	}
	return options, &options[0]
}

func repeatsBase(option termPart, bases []termPart) bool {
	return slices.ContainsFunc(bases, func(b termPart) bool { return b.months[0] == option.months[0] && b.clause != option.clause })
}

func lengthOf(parts []termPart) float64 {
	total := 0.0
	for _, part := range parts {
		total += sum(part.months)
	}
	return total
}

// toldBefore says whether a clause repeats what it has told: "zweimal um 12 Monate
// (2 x 12 Monate)", "twice by 12 months, by 24 months at most".
func toldBefore(before []termPart, part termPart) bool {
	return slices.ContainsFunc(before, func(b termPart) bool {
		return b.clause == part.clause && (sum(b.months) == sum(part.months) && len(b.months) != len(part.months) || slices.Equal(b.months, part.months) && len(b.months) > 1)
	})
}

func sum(numbers []float64) float64 {
	total := 0.0
	for _, number := range numbers {
		total += number
	}
	return math.Round(total*1e6) / 1e6
}

// keepNoticedTerm keeps the term of a lot of a notice. The lot has no number where the
// notice has but one.
func (w *walk) keepNoticedTerm(lot austauschbar.Lot, only bool) {
	if lot.Term == nil || lot.Term.Months <= 0 {
		return
	}
	term := austauschbar.ContractTerm{Path: w.path, Base: math.Ceil(lot.Term.Months), Firm: true, Evidence: []austauschbar.Evidence{lot.Term.Evidence}}
	if !only {
		term.Lot = lotNumber(lot.ID)
	}
	if lot.Renewal != nil && lot.Renewal.Months > 0 {
		term.Options = slices.Repeat([]float64{lot.Renewal.Months}, max(1, lot.Renewal.Maximum))
		term.Evidence = append(term.Evidence, lot.Renewal.Evidence)
	}
	term.Total = term.Base + sum(term.Options)
	w.found.noticedTerms = append(w.found.noticedTerms, term)
}

// lotNumber makes of "LOT-0003" what documents call lot 3.
func lotNumber(id string) string {
	number := strings.TrimLeft(strings.TrimLeft(strings.ToUpper(id), "LOT- "), "0")
	return cmp.Or(number, id)
}
