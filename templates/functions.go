package templates

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/austauschbar/austauschbar"
)

// functions are what words and shapes can use. All give plain text.
//
//	quote TEXT            „TEXT“: the only way for dossier text into words
//	number N              12, 1.200.000, 2,5
//	decimal N             54,0
//	signed N              +3,2
//	share N               78,1 % of 0.781
//	percent N             15 % of 15
//	date DAY              23.11.2026 of 2026-11-23
//	count N ONE MANY      1 Lücke, 2 Lücken
//	plural N ONE MANY     the word alone
//	list TEXTS            a, b und c
//	name KIND ID          the words of KIND.ID, or the id where there are none
//	args NAME VALUE …     several values for one word
func (words *Words) functions() map[string]any {
	return map[string]any{
		"quote":   words.quote,
		"number":  words.number,
		"decimal": words.decimal,
		"signed":  words.signed,
		"share":   words.share,
		"percent": words.percent,
		"date":    words.date,
		"count":   words.count,
		"plural":  plural,
		"list":    words.list,
		"ranges":  words.ranges,
		"name":    words.name,
		"args":    args,
	}
}

// numbers are the signs of a language within a number.
type numbers struct {
	decimal, thousands string
}

func (words *Words) quote(text any) (string, error) {
	return words.say("quote", clean(fmt.Sprint(text)))
}

// number groups thousands from five digits on, so that years and pages stay
// whole, and keeps at most two decimals.
func (words *Words) number(value any) (string, error) {
	exact, err := rational(value)
	if err != nil {
		return "", err
	}
	whole, decimals, _ := strings.Cut(exact.FloatString(2), ".")
	if decimals = strings.TrimRight(decimals, "0"); decimals != "" {
		decimals = words.numbers.decimal + decimals
	}
	digits := strings.TrimPrefix(whole, "-")
	sign := strings.TrimSuffix(whole, digits)
	if len(digits) > 4 {
		for at := len(digits) - 3; at > 0; at -= 3 {
			digits = digits[:at] + words.numbers.thousands + digits[at:]
		}
	}
	return sign + digits + decimals, nil
}

// decimal rounds to one decimal, halves away from zero: the only rounding a
// score sees.
func (words *Words) decimal(value any) (string, error) {
	exact, err := rational(value)
	if err != nil {
		return "", err
	}
	return strings.Replace(exact.FloatString(1), ".", words.numbers.decimal, 1), nil
}

func (words *Words) signed(value any) (string, error) {
	text, err := words.decimal(value)
	if err != nil {
		return "", err
	}
	if minus, ok := strings.CutPrefix(text, "-"); ok {
		return "−" + minus, nil
	}
	return "+" + text, nil
}

// share leaves the decimal out where it says nothing.
func (words *Words) share(value any) (string, error) {
	exact, err := rational(value)
	if err != nil {
		return "", err
	}
	text := strings.TrimSuffix(exact.Mul(exact, big.NewRat(100, 1)).FloatString(1), ".0")
	return words.say("percent", strings.Replace(text, ".", words.numbers.decimal, 1))
}

func (words *Words) percent(value any) (string, error) {
	text, err := words.number(value)
	if err != nil {
		return "", err
	}
	return words.say("percent", text)
}

// date leaves as it is what is no day.
func (words *Words) date(day any) (string, error) {
	text := clean(fmt.Sprint(day))
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text, nil
	}
	return words.say("date", parsed)
}

func (words *Words) count(value any, one, many string) (string, error) {
	text, err := words.number(value)
	if err != nil {
		return "", err
	}
	return text + " " + plural(value, one, many), nil
}

func plural(value any, one, many string) string {
	if exact, err := rational(value); err == nil && exact.Cmp(big.NewRat(1, 1)) == 0 {
		return one
	}
	return many
}

// list takes a list of texts of any kind, as policies hand them on.
func (words *Words) list(texts any) (string, error) {
	parts := textsIn(texts)
	if len(parts) < 2 {
		return strings.Join(parts, ""), nil
	}
	last := len(parts) - 1
	return words.say("and", map[string]any{"first": strings.Join(parts[:last], ", "), "last": parts[last]})
}

// textsIn gives what a list of any kind holds; what is no list is the one thing in it.
func textsIn(list any) []string {
	values := reflect.ValueOf(list)
	if values.Kind() != reflect.Slice {
		return []string{clean(fmt.Sprint(list))}
	}
	parts := make([]string, values.Len())
	for i := range parts {
		parts[i] = clean(fmt.Sprint(values.Index(i).Interface()))
	}
	return parts
}

// ranges takes a list of ids in their order and tells three and more in a row by the first
// and the last: "CE-01 bis CE-07 und CE-10".
func (words *Words) ranges(list any) (string, error) {
	ids, parts := textsIn(list), []string{}
	for len(ids) > 0 {
		run := 1
		for run < len(ids) && follows(ids[run-1], ids[run]) {
			run++
		}
		if run < 3 {
			parts = append(parts, ids[0])
			ids = ids[1:]
			continue
		}
		text, err := words.say("range", map[string]any{"first": ids[0], "last": ids[run-1]})
		if err != nil {
			return "", err
		}
		parts = append(parts, text)
		ids = ids[run:]
	}
	return words.list(parts)
}

// follows says that an id comes right behind another one of its group.
func follows(before, id string) bool {
	group, number, _ := strings.Cut(before, "-")
	n, err := strconv.Atoi(number)
	return err == nil && id == fmt.Sprintf("%s-%02d", group, n+1)
}

func (words *Words) name(kind, id string) (string, error) {
	if name := kind + "." + id; words.Defines(name) {
		return words.say(name, nil)
	}
	return clean(id), nil
}

func args(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("args: %d values are no pairs", len(pairs))
	}
	values := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return values, nil
}

// plainNumber leaves out large exponents, which would fill the memory.
var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$`)

// rational reads any number as its shortest decimal notation says it: 0.285 is
// exactly 285/1000, so that halves are rounded as a reader expects.
func rational(value any) (*big.Rat, error) {
	var text string
	switch value := value.(type) {
	case json.Number:
		text = value.String()
	case *float64:
		if value != nil {
			text = strconv.FormatFloat(*value, 'f', -1, 64)
		}
	case float64:
		text = strconv.FormatFloat(value, 'f', -1, 64)
	default:
		text = fmt.Sprint(value)
	}
	if !plainNumber.MatchString(text) {
		return nil, fmt.Errorf("%q is not a number", clean(text))
	}
	exact, _ := new(big.Rat).SetString(text)
	return exact, nil
}

// grade is a level; a score without one is provisional, and without a score there
// is nothing to say.
func (words *Words) grade(level string, score *float64) (string, error) {
	switch {
	case level != "":
		return level, nil
	case score != nil:
		return words.say("provisional", nil)
	}
	return words.say("none", nil)
}

// lookups are what shapes can ask beyond words. All give plain text.
func (words *Words) lookups() map[string]any {
	return map[string]any{
		"grade":        words.grade,
		"score":        words.score,
		"rating":       words.rating,
		"points":       words.points,
		"gain":         words.gain,
		"titled":       words.titled,
		"place":        words.place,
		"facts":        words.facts,
		"gap":          words.gap,
		"describe":     words.describe,
		"understood":   words.understood,
		"digest":       shortDigest,
		"nought":       words.nought,
		"change":       words.change,
		"more":         func(ratings []austauschbar.RatingChange, shown int) int { return max(len(ratings)-shown, 0) },
		"weight":       func(c austauschbar.Criterion) (string, error) { return words.say("weight", c.Weight) },
		"told":         words.told,
		"basis":        words.basis,
		"shares":       words.shares,
		"optional":     words.optional,
		"about":        words.about,
		"called":       words.called,
		"reasoned":     words.reasoned,
		"neighbours":   words.neighbours,
		"standards":    words.standards,
		"dataOut":      words.dataOut,
		"substitutes":  words.substitutes,
		"exits":        words.exits,
		"lacks":        words.lacks,
		"secured":      words.secured,
		"tally":        words.tally,
		"subject":      words.subject,
		"places":       words.places,
		"shownAt":      words.shownAt,
		"drawing":      words.drawing,
		"some":         func(names []string) (string, error) { return words.some(slices.Clone(names)) },
		"sign":         func(effort string) string { return signs[effort] },
		"groupName":    words.groupName,
		"levelName":    words.levelName,
		"percentage":   words.percentage,
		"at":           func(address string) austauschbar.Reference { return austauschbar.Reference{Ref: address} },
		"language":     func() string { return words.Language },
		"belongs":      words.belongs,
		"noReferences": func() []austauschbar.Reference { return nil },
	}
}

// belongs says in which of the papers a clause goes that a criterion asks for.
func (words *Words) belongs(criterion austauschbar.Criterion) (string, error) {
	return words.either(nil, "report.belongs."+criterion.ID, "report.belongs."+criterion.Group, "report.belongs")
}

// score is a score with one decimal, or the sign for none.
func (words *Words) score(score *float64) (string, error) {
	if score == nil {
		return words.say("none", nil)
	}
	return words.decimal(*score)
}

// rating names a criterion's rating and marks one that was waived.
func (words *Words) rating(criterion austauschbar.Criterion) (string, error) {
	rating, err := words.name("rating", criterion.Rating)
	if err != nil || !criterion.Waived {
		return rating, err
	}
	mark, err := words.say("waived.mark", nil)
	return rating + mark, err
}

// rated tells whether a criterion takes part in the score.
func rated(criterion austauschbar.Criterion) bool {
	return criterion.Rating == austauschbar.Met || criterion.Rating == austauschbar.Partly || criterion.Rating == austauschbar.NotMet
}

func (words *Words) points(criterion austauschbar.Criterion) (string, error) {
	if !rated(criterion) {
		return words.say("none", nil)
	}
	return words.say("points", map[string]any{"points": criterion.Points, "best": 10 * criterion.Weight})
}

func (words *Words) gain(criterion austauschbar.Criterion) (string, error) {
	if criterion.Gain <= 0 {
		return words.say("none", nil)
	}
	return words.signed(criterion.Gain)
}

// titled is the heading of a topic: "NE-01 Produktnennung: 17 Fundstellen".
func (words *Words) titled(t topic) (string, error) {
	title := t.Criterion.ID
	if t.Criterion.Title != title {
		title += " " + t.Criterion.Title
	}
	if len(t.Findings) == 1 {
		return title, nil
	}
	places, err := words.say("finding.places", len(t.Findings))
	return title + ": " + places, err
}

// place is the line below a finding's quote: where it stands, or that it stands
// nowhere, unless it is about the dossier itself; that it is new; how sure the recognition is where it is not sure.
func (words *Words) place(finding austauschbar.Finding, v view) (string, error) {
	var parts []string
	if finding.Evidence != nil {
		parts = append(parts, finding.Evidence.Place)
	} else if !says(finding.Code) {
		parts = append(parts, v.Missing)
	}
	if v.IsNew(finding.ID) {
		text, err := words.say("finding.new", nil)
		if err != nil {
			return "", err
		}
		parts = append(parts, text)
	}
	if finding.Confidence < sure {
		text, err := words.say("confidence", finding.Confidence)
		if err != nil {
			return "", err
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · "), nil
}

// sure is the confidence from which on a finding does not mention it.
const sure = 0.8

// facts are what a criterion is: "Muss-Kriterium, Gewicht 9, Austauschbarkeit".
func (words *Words) facts(criterion austauschbar.Criterion) (string, error) {
	kind, err := words.name("kind", criterion.Kind)
	if err != nil {
		return "", err
	}
	weight, err := words.say("weight", criterion.Weight)
	if err != nil {
		return "", err
	}
	group, err := words.name("group", criterion.Group)
	if err != nil {
		return "", err
	}
	stage, err := words.name("stage", criterion.Stage)
	return strings.Join([]string{kind, weight, group, stage}, ", "), err
}

// gap tells what could not be read, why, and the detail the evaluator gave: a
// page or pages as a place, anything else as it came, in English, since it may be all
// that tells which part is missing.
func (words *Words) gap(gap austauschbar.Gap) (string, error) {
	text, err := words.name("gap", gap.Reason)
	if err != nil {
		return "", err
	}
	place, detail := clean(gap.Path), clean(gap.Detail)
	if page := pageDetail.FindStringSubmatch(detail); page != nil {
		name := "place.page"
		if strings.Contains(page[1], "-") {
			name = "place.pages"
		}
		at, err := words.say(name, strings.ReplaceAll(page[1], "-", "–"))
		if err != nil {
			return "", err
		}
		return place + ", " + at + ": " + text, nil
	}
	if detail != "" {
		text += " (" + detail + ")"
	}
	return place + ": " + text, nil
}

// pageDetail matches details that name a page or several: "17", "page 17", "3-7".
var pageDetail = regexp.MustCompile(`^(?:page )?([0-9]{1,6}(?:-[0-9]{1,6})?)$`)

// describe tells what a document is: "Leistungsbeschreibung, Word, 48 Seiten,
// Deutsch".
func (words *Words) describe(document austauschbar.DocumentFact) (string, error) {
	var parts []string
	add := func(text string, err error) error {
		if err == nil && text != "" {
			parts = append(parts, text)
		}
		return err
	}
	if document.Role != "" {
		role, err := words.name("role", document.Role)
		if err == nil && document.Source == "inferred" {
			role, err = words.say("role.inferred", role)
		}
		if err := add(role, err); err != nil {
			return "", err
		}
	}
	if err := add(words.name("format", document.Format)); err != nil {
		return "", err
	}
	if document.Pages > 0 {
		if err := add(words.say("document.pages", document.Pages)); err != nil {
			return "", err
		}
	}
	if document.Language != "" {
		if err := add(words.name("language", document.Language)); err != nil {
			return "", err
		}
	}
	if document.Regime != "" {
		if err := add(words.name("regime", document.Regime)); err != nil {
			return "", err
		}
	}
	return strings.Join(parts, ", "), nil
}

// understood tells what the dossier is taken for: "Vergabeunterlagen; Vergaberecht:
// UVgO (vermutet); Sprache: Deutsch". What is not known is said to be.
func (words *Words) understood(review austauschbar.Review) (string, error) {
	dossier, spoken := review.Dossier, spokenAs(review)
	regime, err := "", error(nil)
	if spoken != "architecture" && spoken != ownProject { // under which nobody buys
		regime, err = words.say("dossier.regime.unknown", nil)
	}
	if dossier.Regime != "" {
		if regime, err = words.name("regime", dossier.Regime); err == nil && dossier.RegimeSource == "inferred" {
			regime, err = words.say("role.inferred", regime)
		}
	}
	if err != nil {
		return "", err
	}
	kind, err := words.name("dossier", spoken)
	if err != nil {
		return "", err
	}
	language, err := words.name("language", dossier.Language)
	if err != nil {
		return "", err
	}
	order, err := words.name("order", dossier.Order)
	if err != nil {
		return "", err
	}
	form, err := words.name("form", dossier.Form)
	if err != nil {
		return "", err
	}
	return words.say("dossier.understood", map[string]any{"kind": kind, "order": order, "form": form, "regime": regime, "language": language})
}

// shortDigest keeps the method and twelve digits of "sha256:3f9a…".
func shortDigest(digest string) string {
	method, digits, found := strings.Cut(digest, ":")
	if !found || len(digits) <= 12 {
		return digest
	}
	return method + ":" + digits[:12]
}

// nought is a number of a table in which zeros would hide the rest.
func (words *Words) nought(n int) (string, error) {
	if n == 0 {
		return "", nil
	}
	return words.number(n)
}

// change is the rating before or after a change; "" for none.
func (words *Words) change(rating string) (string, error) {
	if rating == "" {
		return words.say("impact.none", nil)
	}
	return words.name("rating", rating)
}
