package lexicon

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
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

// A slot is what a phrase may put in braces, by its place in slotNames: a value, an
// infinitive, an acronym, the buyer or a kind of names.
type slot int

const (
	slotDuration slot = iota
	slotPercent
	slotAmount
	slotNumber
	slotDate
	slotInfinitive // with zu within the word: "einzusetzen"
	slotAcronym    // in capitals, and nothing that the catalogue names: "WHISARD"
	slotBuyer      // whoever buys: "the Court", "die Stadt"
)

// A slotSet has a bit for each of some slots.
type slotSet uint32

var slotNames = append([]string{"duration", "percent", "amount", "number", "date", "infinitive", "acronym", "buyer"}, nameKinds...)

func slotNamed(name string) slot { return slot(slices.Index(slotNames, name)) }

// infinitives finds such words; they oblige behind "ist" and "hat".
func (s *Scanner) infinitives() []span {
	begin := len(s.places)
	for i := range int32(len(s.tokens)) {
		if s.tokens[i].infinitive.told(isInfinitive, s.tokens[i].folded) {
			s.places = append(s.places, span{first: i, last: i})
		}
	}
	return s.places[begin:]
}

// An answer is what was told of a spelling once it was asked.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

func (a *answer) told(ask func(folded string) bool, folded string) bool {
	if *a == unasked {
		if *a = no; ask(folded) {
			*a = yes
		}
	}
	return *a == yes
}

func isInfinitive(folded string) bool {
	if !strings.HasSuffix(folded, "n") {
		return false
	}
	return slices.ContainsFunc(separable, func(prefix string) bool {
		rest, ok := strings.CutPrefix(folded, prefix+"zu")
		return ok && len(rest) >= 4
	})
}

// acronyms finds the words in capitals that may be the name of an office's own system. In
// a line that is written in capitals they are words like any other.
func (s *Scanner) acronyms() []span {
	begin := len(s.places)
	for i := range s.tokens {
		if isAcronym(s.word(i)) && !s.isLoud(i-1) && !s.isLoud(i+1) && !s.isNamed(int32(i)) {
			s.places = append(s.places, span{first: int32(i), last: int32(i)})
		}
	}
	return s.places[begin:]
}

// isLoud says whether there is a word in capitals at a place.
func (s *Scanner) isLoud(word int) bool {
	return 0 <= word && word < len(s.tokens) && isAcronym(s.word(word))
}

// isNamed says whether a word belongs to a name of the catalogue.
func (s *Scanner) isNamed(word int32) bool {
	for _, places := range s.slots[slotBuyer+1:] {
		if slices.ContainsFunc(places, func(place span) bool { return place.first <= word && word <= place.last }) {
			return true
		}
	}
	return false
}

func isSlot(name string) bool { return slices.Contains(slotNames, name) }

const digits = `\d{1,3}(?:[.,'\x{00a0}\x{202f} ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?`

// A pattern recognises one kind of value. It is tried only where one may begin, which
// most places of a text are not.
type pattern struct {
	expression *regexp.Regexp                 // anchored: a value stands at the beginning
	first      [256]bool                      // bytes that it may begin with
	begins     func(text string, at int) bool // whether it may at such a byte; nil for always
	read       func(groups []string) (Value, bool)
}

// newPattern makes a pattern of what begins with a digit or one of the other bytes.
func newPattern(expression, others string, begins func(text string, at int) bool, read func([]string) (Value, bool)) pattern {
	return pattern{expression: regexp.MustCompile(`^(?:` + expression + `)`), first: bytesOf("0123456789" + others), begins: begins, read: read}
}

// bytesOf is the set of a text's bytes.
func bytesOf(text string) (set [256]bool) {
	for _, c := range []byte(text) {
		set[c] = true
	}
	return set
}

// firstBytes are the first bytes of a table's words.
func firstBytes[V any](table map[string]V) string {
	var bytes []byte
	for word := range table {
		bytes = append(bytes, word[0])
	}
	return string(bytes)
}

var (
	months = strings.Join(longestFirst(monthNumber), "|")

	// Groups: repetitions, number, unit, ending.
	durationPattern = newPattern(`(?i)(?:(\d+)\s*[x×*]\s*)?\b(`+digits+`|`+strings.Join(longestFirst(numberValues), "|")+`)(?:\s*\(\s*[\wäöü]+\s*\))?(?:\s*|\s*[-‑–]\s*)(?:(?:aufeinanderfolgende|zusammenhängende)[nr]?\s+|(?:consecutive|contiguous|successive)\s+)?((?:kalender|werk|arbeits|business\s|calendar\s|working\s)?(?:monat|jahr|tag|woche|month|year|day|week)|yrs?\b|mths?\b|mos\b|wks?\b)([a-zäöü]*)`, firstBytes(numberValues)+strings.ToUpper(firstBytes(numberValues)), beginsDuration, durationOf)
	percentPattern  = newPattern(`(?i)(`+digits+`)\s*(?:%|prozent|percent|per\s+cent|v\.\s?h\.)`, "", beginsPercentage, percentOf)
	amountPattern   = newPattern(`(?i)(?:(€|eur|euro|usd|us\$|\$|chf|gbp|£)\s?(`+digits+`))|(?:(`+digits+`)\s?(€|eur\b|euro\b|usd\b|us\$|\$|chf\b|gbp\b|£))`, currencyLetters, beginsAmount, amountOf)
	// Groups: year, month, day; or day, month, year.
	dayPattern = newPattern(`(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))\b`, "", beginsDay, dayOf)
	// Groups: day, month, year; or month, day, year.
	monthPattern  = newPattern(`(?:(\d{1,2})\.?\s(`+months+`)\s(\d{4})|(`+months+`)\s(\d{1,2}),\s(\d{4}))\b`, firstBytes(monthNumber), beginsMonth, monthDayOf)
	numberPattern = newPattern(digits, "", nil, numberOf)
)

// The first bytes of what may stand behind a number, blanks aside, for it to be a value.
var (
	behindCount      = bytesOf("xX*(-aAbBcCdDjJkKmMsStTwWyYzZ\xc3\xe2") // of times or a duration; ×, dashes
	behindPercentage = bytesOf("%pPvV")
	behindAmount     = bytesOf(currencyLetters)
)

func beginsNumber(text string, at int) bool { return '0' <= text[at] && text[at] <= '9' }

// longestValue is how far, in bytes, expressions look: what is longer is no value.
const longestValue = 128

// longestNumber is how far, in bytes, isFollowed looks.
const longestNumber = 64

// isFollowed says whether behind a number, its signs and blanks one of some bytes stands,
// or may stand since the number is too long to tell.
func isFollowed(text string, at int, by *[256]bool) bool {
	for begin := at; at < len(text); {
		if at > begin+longestNumber {
			return true
		}
		switch c := text[at]; {
		case '0' <= c && c <= '9', c == '.', c == ',', c == '\'', isBlank(c):
			at++
		case strings.HasPrefix(text[at:], "\u00a0"):
			at += len("\u00a0")
		case strings.HasPrefix(text[at:], "\u202f"):
			at += len("\u202f")
		default:
			return by[c]
		}
	}
	return false
}

// isBlank says whether a byte is what expressions call a space.
func isBlank(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\f', '\r':
		return true
	}
	return false
}

func beginsPercentage(text string, at int) bool { return isFollowed(text, at, &behindPercentage) }

// beginsDuration leaves numbers within a word in: they may be repetitions ("à2 x 12").
func beginsDuration(text string, at int) bool {
	if beginsNumber(text, at) {
		return isFollowed(text, at, &behindCount)
	}
	return !withinWord(text, at) && beginsNumberWord(text[at:])
}

func beginsAmount(text string, at int) bool {
	if beginsNumber(text, at) {
		return isFollowed(text, at, &behindAmount)
	}
	return beginsCurrency(text[at:])
}

// beginsCurrency says whether a text begins with a currency's sign or code, in any case,
// and a number behind it.
func beginsCurrency(text string) bool {
	for _, sign := range currencySigns {
		if len(text) > len(sign) && lower(text[0]) == sign[0] && strings.EqualFold(text[:len(sign)], sign) && startsNumber(text[len(sign):]) {
			return true
		}
	}
	return false
}

// startsNumber says whether a text begins with a digit, or a blank and a digit.
func startsNumber(text string) bool {
	at := 0
	if isBlank(text[at]) {
		at++
	}
	return at < len(text) && beginsNumber(text, at)
}

// beginsDay looks for both separators: most numbers are no days, and many are those of
// sections and versions.
func beginsDay(text string, at int) bool {
	if withinWord(text, at) {
		return false
	}
	switch end := digitsEnd(text, at); end - at {
	case 4:
		return isAt(text, end, '-')
	case 1, 2:
		month, stop := behindStop(text, end)
		end = digitsEnd(text, month)
		year, stopped := behindStop(text, end)
		return stop && stopped && month < end && end <= month+2 && digitsEnd(text, year) == year+4
	}
	return false
}

// behindStop returns what stands behind a full stop and perhaps a blank; false where no
// full stop stands at a place.
func behindStop(text string, at int) (behind int, stop bool) {
	if !isAt(text, at, '.') {
		return at, false
	}
	if at++; at < len(text) && isBlank(text[at]) {
		at++
	}
	return at, true
}

// digitsEnd returns where digits end that stand from a place on.
func digitsEnd(text string, at int) int {
	for at < len(text) && beginsNumber(text, at) {
		at++
	}
	return at
}

func isAt(text string, at int, sign byte) bool { return at < len(text) && text[at] == sign }

// beginsMonth looks for what must be next to a month's name: the number of a day.
func beginsMonth(text string, at int) bool {
	if withinWord(text, at) {
		return false
	}
	if !beginsNumber(text, at) {
		blank := strings.IndexAny(text[at:min(at+longestMonth, len(text))], " \t\n\f\r")
		return blank >= 0 && startsNumber(text[at+blank:])
	}
	end := digitsEnd(text, at)
	if isAt(text, end, '.') {
		end++
	}
	return end+1 < len(text) && isBlank(text[end]) && monthLetters[text[end+1]]
}

// withinWord says whether a letter or digit of ASCII stands before.
func withinWord(text string, at int) bool {
	if at == 0 {
		return false
	}
	before := text[at-1]
	return before == '_' || before < utf8.RuneSelf && plain[before] != 0
}

// longestMonth is in bytes, the blank behind it included.
const longestMonth = len("September ")

// monthLetters are the first bytes of months' names.
var monthLetters = bytesOf(firstBytes(monthNumber))

// currencySigns are the signs and codes of currencies, in lower case.
var currencySigns = longestFirst(currencies)

// currencyLetters are the first bytes of the signs of currencies.
const currencyLetters = "eEuU$cCgG\xe2\xc2"

// numberBeginnings are the numbers in words by what beginningOf makes of them.
var numberBeginnings [1 << 10][]string

func init() {
	for word := range numberValues {
		numberBeginnings[beginningOf(word)] = append(numberBeginnings[beginningOf(word)], word)
	}
}

// beginningOf is the same for words whose first two letters of ASCII differ in case only.
func beginningOf(word string) int { return int(word[0]&31)<<5 | int(word[1]&31) }

func beginsNumberWord(text string) bool {
	if len(text) < 2 {
		return false
	}
	return slices.ContainsFunc(numberBeginnings[beginningOf(text)], func(word string) bool {
		return len(text) > len(word) && strings.EqualFold(text[:len(word)], word) && isFollowed(text, len(word), &behindCount)
	})
}

// lower folds letters of ASCII; other bytes stay.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// Kinds of words that values are recognised by, found by the automaton, so that
// the patterns run only where they can match.
const (
	unitTime uint8 = 1 << iota
	unitPercent
	unitCurrency
	unitMonth
	askedNumber // a phrase asks for a bare number
)

func (m *Matcher) addUnit(unit uint8, word literal) {
	m.addName(Label{Set: setUnit}, form{literal: word})
	m.rules[len(m.rules)-1].units = unit
}

func (m *Matcher) addUnits() {
	for _, u := range units {
		for _, prefix := range []string{"", "kalender", "werk", "arbeits"} {
			m.addUnit(unitTime, literal{text: prefix + u.word, after: true})
		}
	}
	for _, u := range shortUnits {
		m.addUnit(unitTime, literal{text: u.word})
	}
	for _, word := range []string{"prozent", "percent", "per cent", "v h"} {
		m.addUnit(unitPercent, literal{text: word})
	}
	for _, word := range []string{"eur", "euro", "usd", "chf", "gbp"} {
		m.addUnit(unitCurrency, literal{text: word})
	}
	for _, word := range longestFirst(monthNumber) {
		m.addUnit(unitMonth, literal{text: fold(word)})
	}
}

// findValues finds the clause's values and offers their places to the phrases
// that ask for them.
func (s *Scanner) findValues() []Value {
	hasDigit, units := s.hasDigit, s.units()
	if !hasDigit && units&unitTime == 0 {
		return nil
	}
	var values []Value
	if units&unitTime != 0 {
		values = s.appendValues(values, &durationPattern)
	}
	if hasDigit && (units&unitPercent != 0 || strings.Contains(s.text, "%")) {
		values = s.appendValues(values, &percentPattern)
	}
	if hasDigit && (units&unitCurrency != 0 || hasCurrencySign(s.text)) {
		values = s.appendValues(values, &amountPattern)
	}
	if hasDigit && units&unitMonth != 0 {
		values = s.appendValues(values, &monthPattern)
	}
	if hasDigit && strings.ContainsAny(s.text, ".-") {
		values = s.appendValues(values, &dayPattern)
	}
	if hasDigit && units&askedNumber != 0 {
		values = s.appendValues(values, &numberPattern)
	}
	slices.SortStableFunc(values, func(a, b Value) int { return a.Start - b.Start })
	for _, value := range values {
		s.offer(slotOf(value.Kind), value.First, value.Last)
	}
	return values
}

func hasCurrencySign(text string) bool {
	return strings.Contains(text, "€") || strings.Contains(text, "$") || strings.Contains(text, "£")
}

// offer lets phrases find words in a slot.
func (s *Scanner) offer(slot slot, first, last int) {
	s.filled |= 1 << slot
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

// units lists the kinds of unit words in the clause.
func (s *Scanner) units() uint8 {
	units := uint8(0)
	for _, id := range s.tried {
		units |= s.matcher.rules[id].units
	}
	return units
}

// appendValues adds what a pattern finds, unless a value found before covers it.
func (s *Scanner) appendValues(values []Value, pattern *pattern) []Value {
	before := len(values)
	for at, count := 0, 0; at < len(s.text) && count < most; {
		if !pattern.first[s.text[at]] || pattern.begins != nil && !pattern.begins(s.text, at) {
			at++
			continue
		}
		groups := pattern.expression.FindStringSubmatch(s.text[at:min(at+longestValue, len(s.text))])
		if groups == nil || pattern == &durationPattern && groups[1] == "" && withinWord(s.text, at) {
			at++
			continue
		}
		start := at
		at += len(groups[0])
		count++
		value, ok := pattern.read(groups)
		value.Start, value.End = start, at
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

type unitName struct{ word, unit string }

var units = []unitName{
	{"monat", "month"}, {"month", "month"}, {"jahr", "year"}, {"year", "year"},
	{"woche", "week"}, {"week", "week"}, {"tag", "day"}, {"day", "day"},
}

// shortUnits take no endings.
var shortUnits = []unitName{
	{"yr", "year"}, {"yrs", "year"}, {"mth", "month"}, {"mths", "month"}, {"mos", "month"}, {"wk", "week"}, {"wks", "week"},
}

var allUnits = slices.Concat(units, shortUnits)

func unitOf(word string) string {
	for _, u := range allUnits {
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

// day gives a date; false where the calendar has no such day.
func day(year, month, day string) (Value, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return Value{Kind: "date", Day: date.Format(time.DateOnly), Count: 1}, date.Month() == time.Month(m) && date.Day() == d
}

var anyNumber = regexp.MustCompile(digits)

// Number returns the first number or percentage in a text, without its unit; false
// where there is none.
func Number(text string) (float64, bool) {
	found := anyNumber.FindString(text)
	return parseNumber(found), found != ""
}

// Count reads a whole number in digits or as a word; 0 where the text is none.
func Count(text string) int {
	if number, ok := numberValues[strings.ToLower(text)]; ok {
		return int(number)
	}
	count, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return count
}

func numberOf(groups []string) (Value, bool) {
	return Value{Kind: "number", Number: parseNumber(groups[0]), Count: 1}, true
}

var (
	withoutBlanks = strings.NewReplacer("'", "", " ", "", "\u00a0", "", "\u202f", "")
	withoutPoints = strings.NewReplacer(".", "", ",", "")
)

// parseNumber reads a number in German or English notation or as a word; of
// two kinds of separators the last is the decimal one, a single one is decimal
// unless three digits follow it.
func parseNumber(text string) float64 {
	if number, ok := numberValues[strings.ToLower(text)]; ok {
		return number
	}
	clean := withoutBlanks.Replace(text)
	point := strings.LastIndexAny(clean, ".,")
	if point >= 0 && (len(clean)-point-1 != 3 || strings.ContainsAny(clean[:point], ".,") && clean[strings.IndexAny(clean, ".,")] != clean[point]) {
		clean = withoutPoints.Replace(clean[:point]) + "." + clean[point+1:]
	} else {
		clean = withoutPoints.Replace(clean)
	}
	number, err := strconv.ParseFloat(clean, 64)
	if err != nil {
		return 0
	}
	return number
}

var (
	germanOnes  = []string{"ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"}
	germanTens  = []string{"zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"}
	englishOnes = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	englishTens = []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

	numberValues = numberWords()
)

// numberWords are the numbers below a hundred that contracts spell out.
func numberWords() map[string]float64 {
	words := map[string]float64{
		"eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1,
		"zehn": 10, "elf": 11, "zwölf": 12, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "achtzehn": 18,
		"ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
	}
	for one := range germanOnes {
		value := float64(one + 1)
		words[germanOnes[one]], words[englishOnes[one]] = value, value
		for ten := range germanTens {
			tens := float64(10 * (ten + 2))
			words[germanTens[ten]], words[englishTens[ten]] = tens, tens
			words[germanOnes[one]+"und"+germanTens[ten]], words[englishTens[ten]+"-"+englishOnes[one]] = tens+value, tens+value
		}
	}
	return words
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
