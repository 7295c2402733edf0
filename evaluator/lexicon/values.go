package lexicon

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Value is a number with its unit, or a day, found in a clause.
type Value struct {
	Kind        string // "duration", "percentage", "amount", "number", "date"
	Number      float64
	Unit        string // of a duration: "day", "week", "month", "year"; of an amount: "EUR", …
	Count       int    // 2 in "2 x 12 Monate", else 1
	Day         string // of a date: "2027-01-12"
	Start, End  int    // bytes of the clause's text
	First, Last int    // words
}

// A slot is what a phrase may put in braces, by its place in Slots: a value, an
// infinitive or a kind of names.
type slot int

const (
	slotDuration slot = iota
	slotPercent
	slotAmount
	slotNumber
	slotDate
	slotInfinitive // with zu within the word: "einzusetzen"
)

// Slots lists the names of slots.
func Slots() []string {
	return append([]string{"duration", "percent", "amount", "number", "date", "infinitive"}, nameKinds...)
}

func slotNamed(name string) slot { return slot(slices.Index(Slots(), name)) }

// infinitives finds such words; they oblige behind "ist" and "hat".
func (s *Scanner) infinitives() []span {
	var spans []span
	for i := range int32(len(s.tokens)) {
		if isInfinitive(s.folded(i)) {
			spans = append(spans, span{first: i, last: i})
		}
	}
	return spans
}

func isInfinitive(word []byte) bool {
	if !bytes.HasSuffix(word, []byte("n")) {
		return false
	}
	return slices.ContainsFunc(separable, func(prefix string) bool {
		rest, ok := bytes.CutPrefix(word, []byte(prefix+"zu"))
		return ok && len(rest) >= 4
	})
}

func isSlot(name string) bool { return slices.Contains(Slots(), name) }

const digits = `\d{1,3}(?:[.,'\x{00a0}\x{202f} ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?`

var (
	durationPattern = regexp.MustCompile(`(?i)(?:(\d+)\s*[x×*]\s*)?\b(` + digits + `|` + strings.Join(longestFirst(numberValues), "|") + `)(?:\s*\(\s*[\wäöü]+\s*\))?(?:\s*|\s*[-‑–]\s*)(?:aufeinanderfolgende[nr]?\s+|consecutive\s+)?((?:kalender|werk|arbeits|business\s|calendar\s|working\s)?(?:monat|jahr|tag|woche|month|year|day|week))([a-zäöü]*)`)
	percentPattern  = regexp.MustCompile(`(?i)(` + digits + `)\s*(?:%|prozent|percent|per\s+cent|v\.\s?h\.)`)
	amountPattern   = regexp.MustCompile(`(?i)(?:(€|eur|euro|usd|us\$|\$|chf|gbp|£)\s?(` + digits + `))|(?:(` + digits + `)\s?(€|eur\b|euro\b|usd\b|us\$|\$|chf\b|gbp\b|£))`)
	// Groups: year, month, day; or day, month, year.
	dayPattern = regexp.MustCompile(`\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))\b`)
	// Groups: day, month, year; or month, day, year.
	monthPattern  = regexp.MustCompile(`\b(?:(\d{1,2})\.?\s(` + strings.Join(longestFirst(monthNumber), "|") + `)\s(\d{4})|(` + strings.Join(longestFirst(monthNumber), "|") + `)\s(\d{1,2}),\s(\d{4}))\b`)
	numberPattern = regexp.MustCompile(digits)
)

// Kinds of words that values are recognised by, found by the automaton, so that
// the patterns run only where they can match.
const (
	unitOfTime   = "time"
	unitPercent  = "percent"
	unitCurrency = "currency"
	unitMonth    = "month"
	askedNumber  = "number"
)

func (m *Matcher) addUnits() {
	for _, u := range units {
		for _, prefix := range []string{"", "kalender", "werk", "arbeits"} {
			m.addName(Label{Set: setUnit, ID: unitOfTime}, form{literal: literal{text: prefix + u.word, after: true}})
		}
	}
	for _, word := range []string{"prozent", "percent", "per cent", "v h"} {
		m.addName(Label{Set: setUnit, ID: unitPercent}, form{literal: literal{text: word}})
	}
	for _, word := range []string{"eur", "euro", "usd", "chf", "gbp"} {
		m.addName(Label{Set: setUnit, ID: unitCurrency}, form{literal: literal{text: word}})
	}
	for _, word := range longestFirst(monthNumber) {
		m.addName(Label{Set: setUnit, ID: unitMonth}, form{literal: literal{text: fold(word)}})
	}
}

// findValues finds the clause's values and offers their places to the phrases
// that ask for them.
func (s *Scanner) findValues() []Value {
	hasDigit, has := strings.ContainsAny(s.text, "0123456789"), s.unitWords()
	if !hasDigit && !has[unitOfTime] {
		return nil
	}
	var values []Value
	if has[unitOfTime] {
		values = s.appendMatches(values, durationPattern, durationOf)
	}
	if has[unitPercent] || strings.Contains(s.text, "%") {
		values = s.appendMatches(values, percentPattern, percentOf)
	}
	if has[unitCurrency] || strings.ContainsAny(s.text, "€$£") {
		values = s.appendMatches(values, amountPattern, amountOf)
	}
	if has[unitMonth] {
		values = s.appendMatches(values, monthPattern, monthDayOf)
	}
	if hasDigit && strings.ContainsAny(s.text, ".-") {
		values = s.appendMatches(values, dayPattern, dayOf)
	}
	if hasDigit && has[askedNumber] {
		values = s.appendMatches(values, numberPattern, numberOf)
	}
	slices.SortStableFunc(values, func(a, b Value) int { return a.Start - b.Start })
	for _, value := range values {
		s.offer(slotOf(value.Kind), value.First, value.Last)
	}
	return values
}

// offer lets phrases find words in a slot.
func (s *Scanner) offer(slot slot, first, last int) {
	s.slots[slot] = append(s.slots[slot], span{first: int32(first), last: int32(last)})
}

func slotOf(kind string) slot {
	switch kind {
	case "duration":
		return slotDuration
	case "percentage":
		return slotPercent
	case "amount":
		return slotAmount
	case "date":
		return slotDate
	}
	return slotNumber
}

// unitWords lists the kinds of unit words in the clause, and whether a phrase asks
// for a bare number.
func (s *Scanner) unitWords() map[string]bool {
	has := map[string]bool{}
	for _, id := range s.tried {
		rule := &s.matcher.rules[id]
		if rule.label.Set == setUnit {
			has[rule.label.ID] = true
		}
		if rule.numbers {
			has[askedNumber] = true
		}
	}
	return has
}

// appendMatches adds what a pattern finds, unless a value found before covers it.
func (s *Scanner) appendMatches(values []Value, pattern *regexp.Regexp, read func(groups []string) (Value, bool)) []Value {
	before := len(values)
	for _, at := range pattern.FindAllStringSubmatchIndex(s.text, most) {
		groups := make([]string, len(at)/2)
		for i := range groups {
			if at[2*i] >= 0 {
				groups[i] = s.text[at[2*i]:at[2*i+1]]
			}
		}
		value, ok := read(groups)
		value.Start, value.End = at[0], at[1]
		covered := slices.ContainsFunc(values[:before], func(v Value) bool { return v.Start <= value.Start && value.End <= v.End })
		if !ok || covered {
			continue
		}
		if value.First, value.Last, ok = s.tokensOf(value.Start, value.End); ok {
			values = append(values, value)
		}
	}
	return values
}

// tokensOf returns the words that lie within bytes of the text.
func (s *Scanner) tokensOf(start, end int) (first, last int, ok bool) {
	first = slices.IndexFunc(s.tokens, func(t token) bool { return t.end > start })
	if first < 0 || s.tokens[first].start >= end {
		return 0, 0, false
	}
	last = first
	for last+1 < len(s.tokens) && s.tokens[last+1].start < end {
		last++
	}
	return first, last, true
}

func durationOf(groups []string) (Value, bool) {
	count, number := 1, parseNumber(groups[2])
	if groups[1] != "" {
		count, _ = strconv.Atoi(groups[1])
	}
	unit, ending := unitOf(groups[3]), strings.ToLower(groups[4])
	// "Jahresbericht", "Monatsende" are words of their own.
	if len(ending) > 3 || unit == "" || ending == "es" && number != 1 {
		return Value{}, false
	}
	return Value{Kind: "duration", Number: number, Unit: unit, Count: count}, number > 0 && number < 1000
}

var units = []struct{ word, unit string }{
	{"monat", "month"}, {"month", "month"}, {"jahr", "year"}, {"year", "year"},
	{"woche", "week"}, {"week", "week"}, {"tag", "day"}, {"day", "day"},
}

func unitOf(word string) string {
	for _, u := range units {
		if strings.HasSuffix(strings.ToLower(word), u.word) {
			return u.unit
		}
	}
	return ""
}

func percentOf(groups []string) (Value, bool) {
	return Value{Kind: "percentage", Number: parseNumber(groups[1]), Count: 1}, true
}

func amountOf(groups []string) (Value, bool) {
	sign, number := groups[1], groups[2]
	if sign == "" {
		sign, number = groups[4], groups[3]
	}
	return Value{Kind: "amount", Number: parseNumber(number), Unit: currencies[strings.ToLower(sign)], Count: 1}, true
}

// currencies maps signs to ISO 4217.
var currencies = map[string]string{"€": "EUR", "eur": "EUR", "euro": "EUR", "usd": "USD", "us$": "USD", "$": "USD", "chf": "CHF", "gbp": "GBP", "£": "GBP"}

func dayOf(groups []string) (Value, bool) {
	if groups[4] != "" {
		return day(groups[6], groups[5], groups[4])
	}
	return day(groups[1], groups[2], groups[3])
}

func monthDayOf(groups []string) (Value, bool) {
	if groups[4] != "" {
		return day(groups[6], monthNumber[groups[4]], groups[5])
	}
	return day(groups[3], monthNumber[groups[2]], groups[1])
}

func day(year, month, day string) (Value, bool) {
	parsed, err := time.Parse("2006-1-2", fmt.Sprintf("%s-%s-%s", year, strings.TrimPrefix(month, "0"), strings.TrimPrefix(day, "0")))
	return Value{Kind: "date", Day: parsed.Format(time.DateOnly), Count: 1}, err == nil
}

// Number returns the first number or percentage in a text, without its unit; false
// where there is none.
func Number(text string) (float64, bool) {
	found := numberPattern.FindString(text)
	return parseNumber(found), found != ""
}

func numberOf(groups []string) (Value, bool) {
	return Value{Kind: "number", Number: parseNumber(groups[0]), Count: 1}, true
}

// parseNumber reads a number in German or English notation or as a word; of
// two kinds of separators the last is the decimal one, a single one is decimal
// unless three digits follow it.
func parseNumber(text string) float64 {
	if number, ok := numberValues[strings.ToLower(text)]; ok {
		return number
	}
	clean := strings.NewReplacer("'", "", " ", "", "\u00a0", "", "\u202f", "").Replace(text)
	point := strings.LastIndexAny(clean, ".,")
	if point >= 0 && (len(clean)-point-1 != 3 || strings.ContainsAny(clean[:point], ".,") && clean[strings.IndexAny(clean, ".,")] != clean[point]) {
		clean = strings.NewReplacer(".", "", ",", "").Replace(clean[:point]) + "." + clean[point+1:]
	} else {
		clean = strings.NewReplacer(".", "", ",", "").Replace(clean)
	}
	number, err := strconv.ParseFloat(clean, 64)
	if err != nil {
		return 0
	}
	return number
}

var numberValues = map[string]float64{
	"ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
	"sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "achtzehn": 18, "vierundzwanzig": 24, "dreißig": 30, "sechzig": 60, "neunzig": 90,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty": 30, "sixty": 60, "ninety": 90,
}

var monthNumber = map[string]string{
	"Januar": "1", "Jänner": "1", "Februar": "2", "März": "3", "April": "4", "Mai": "5", "Juni": "6", "Juli": "7",
	"August": "8", "September": "9", "Oktober": "10", "November": "11", "Dezember": "12",
	"January": "1", "February": "2", "March": "3", "May": "5", "June": "6", "July": "7", "October": "10", "December": "12",
}

// longestFirst are the words of a table in the order a regular expression needs: it
// takes the first alternative that fits.
func longestFirst[V any](table map[string]V) []string {
	return slices.SortedFunc(maps.Keys(table), func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	})
}
