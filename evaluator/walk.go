package evaluator

import (
	"cmp"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// A walk goes through one document's passages and keeps what the ones before
// say about the next: headings, the sentence that leads into a list.
type walk struct {
	lexicon  *lexicon.Lexicon
	scanner  *lexicon.Scanner
	path     string
	headings []heading
	entered  []heading       // all of the document, in its order
	sheet    string          // the passages before stood on; "" outside spreadsheets
	sections []string        // texts of the headings above, outermost first, a row's own context included; never changed, since facts hold it
	roles    []string        // that the nearest of those gives that gives any
	ofName   []string        // ids of the cues that topics ask for in the names of document and sheet
	around   []string        // those and the ones in the headings above
	before   []string        // the ones in the passage's sentences before, of a row in what stands above it
	leadIn   lexicon.Reading // of the sentence that ends in a colon before a list
	leads    string          // its text
	inList   bool
	stated   statement       // of the clause before in the passage
	half     bool            // that clause ends in a semicolon
	items    []listItem      // that the next one may stand under, outermost first
	outer    *leadIn         // of the list around, while an item's own sentence leads into a list within it
	tells    bool            // what stands above a table says that its rows are what is there
	letters  map[string]int  // by language: clauses in it
	offers   map[string]bool // headers of columns: whether they accept equivalents
	settle   []unsettled
	known    map[string]bool // catalogue entries named without doubt
	// Names of systems that the document introduces and the catalogue does not know.
	introduced map[string]bool
	begun      beginning
	takenOut   map[string][]string // by topic: words of what is not part of the contract
	lent       map[loan]bool       // tools that the buyer lends
	general    bool                // a general clause accepts equivalents
	accepting  map[string]bool     // passages of which a sentence does
	accepted   map[string]bool     // what such a sentence names, by its entry
	criteria   map[string]bool     // award criteria of notices that are kept, by name and weight
	choice     choice
	found      documentFacts
}

type heading struct {
	level    int
	text     string   // with its number
	roles    []string // that it gives to what stands under it
	cues     []string // ids of those that topics ask for
	subjects []lexicon.Hit
	lists    bool // announces a list of interfaces
}

// unsettled is a mention of an everyday word that counts only if the document
// names its product in full somewhere, or others of its kind.
type unsettled struct {
	entry   string
	alone   bool // in its sentence or cell: "Playwright (optional)"
	mention austauschbar.Mention
	clause  austauschbar.Clause
}

// A leadIn is the sentence before a list.
type leadIn struct {
	reading lexicon.Reading
	text    string
	inList  bool
	level   int // of the item that leads into a list within its own
}

func newWalk(l *lexicon.Lexicon, path string) *walk {
	return &walk{lexicon: l, scanner: l.Scanner(), path: path,
		letters: map[string]int{}, offers: map[string]bool{}, known: map[string]bool{}, accepting: map[string]bool{}, accepted: map[string]bool{}, introduced: map[string]bool{}, takenOut: map[string][]string{}, lent: map[loan]bool{}, criteria: map[string]bool{},
		found: documentFacts{signals: map[signal]austauschbar.Evidence{}, clauses: map[string]austauschbar.Clause{}, topics: map[string][]austauschbar.TopicHit{}, mentions: map[string][]austauschbar.Mention{}}}
}

// read finds the facts of all passages.
func (w *walk) read(text austauschbar.Text) {
	w.entitle()
	text = w.ofAuthor(text)
	for i, passage := range text.Passages {
		w.turnTo(passage.Sheet)
		switch passage.Kind {
		case austauschbar.Heading:
			w.enter(i+1, passage)
		case austauschbar.Row:
			w.row(i+1, passage)
		default:
			w.passage(i+1, passage)
		}
	}
	w.settleNames()
	w.nameIntroduced(text)
	w.forgetLonely()
	w.exclude()
	w.lend()
	w.listAwardCriteria(text)
	w.acceptEquivalents()
	w.found.document.Language = mostVotes(w.letters)
	w.found.document.Regime = agreedRegime(w.found)
	w.found.words = w.wordsBesideList(text)
}

// turnTo goes to a sheet, which has headings of its own.
func (w *walk) turnTo(sheet string) {
	if sheet != w.sheet {
		w.sheet, w.headings = sheet, nil
		w.entitle()
	}
}

// enter reads a heading and goes on below it.
func (w *walk) enter(number int, passage austauschbar.Passage) {
	reading := w.lexicon.Read(w.scanner, passage.Text, "")
	w.note(reading.Introduced)
	if explainsSigns(passage.Text) {
		reading.Headings = nil
	}
	entered := heading{
		level: passage.Level, text: headingOf(passage), roles: reading.Headings, cues: w.lexicon.Surroundings(reading.Cues), subjects: reading.Subjects,
		lists: announcesInterfaces(passage.Text),
	}
	w.entered = append(w.entered, entered)
	w.goBelow(entered)
	source := clauseSource{number: number, part: 1, text: passage.Text, passage: &passage}
	w.keepSignals(source, reading)
	if len(reading.Names) > 0 {
		source = source.own(w.path)
		clause := w.describe(source, reading, w.languageOf(source.text))
		clause.Role = "definition" // it says what the section is about, and demands nothing
		w.keepNames(source, reading, clause)
	}
}

// explainsSigns says whether a heading tells what signs below it mean, which is said of
// none of what stands there: "OUT = nicht Bestandteil".
func explainsSigns(heading string) bool { return strings.Contains(heading, " = ") }

// headingOf is a heading with its number.
func headingOf(passage austauschbar.Passage) string {
	return strings.TrimSpace(passage.Number + " " + passage.Text)
}

// goBelow makes a heading the innermost one of its level.
func (w *walk) goBelow(entered heading) {
	w.inList, w.leadIn, w.tells, w.items = false, lexicon.Reading{}, false, nil
	keep := slices.IndexFunc(w.headings, func(h heading) bool { return h.level >= entered.level })
	if keep < 0 {
		keep = len(w.headings)
	}
	w.headings = append(w.headings[:keep:keep], entered)
	w.under(nil)
}

// under makes the headings, and below them the context of a row, what the next
// clauses stand under.
func (w *walk) under(context []string) {
	w.sections, w.roles, w.around = nil, nil, slices.Clip(w.ofName)
	for _, heading := range w.headings {
		w.section(heading.text, heading.roles)
		w.around = append(w.around, heading.cues...)
	}
	for _, text := range context {
		reading := w.lexicon.Read(w.scanner, text, "")
		w.section(text, reading.Headings)
		w.around = append(w.around, w.lexicon.Surroundings(reading.Cues)...)
	}
}

// section adds what stands nearer. Where it gives roles, those of sections further out
// no longer hold: "Anforderungen" within "Hinweise zum Verfahren" holds requirements.
func (w *walk) section(text string, roles []string) {
	w.sections = append(w.sections, text)
	if len(roles) > 0 {
		w.roles = roles
	}
}

func (w *walk) passage(number int, passage austauschbar.Passage) {
	if passage.Kind != austauschbar.Item {
		w.inList, w.outer = false, nil
	}
	w.leave(passage)
	w.before = nil
	w.begin(number, passage)
	w.listInterface(number, passage)
	var source clauseSource
	var reading lexicon.Reading
	told := false
	for next := range w.sentences(number, passage) {
		reading = w.clause(next)
		next.stated = w.stated
		if reading.Cues.Has("goes_on") {
			w.together(source, next)
		}
		if w.inList {
			w.listed(next, reading)
		}
		told = told || reading.Modality == "none" && slices.Contains(append(reading.Roles, reading.Headings...), "existing_estate")
		source = next
	}
	switch {
	case passage.Kind != austauschbar.Item && leadsOn(source.text):
		w.inList, w.leadIn, w.leads = true, reading, strings.Clone(source.text)
	case passage.Kind == austauschbar.Item && w.outer == nil && leadsWithin(source.text):
		w.outer = &leadIn{w.leadIn, w.leads, w.inList, passage.Level}
		w.inList, w.leadIn, w.leads = true, reading, strings.Clone(source.text)
	}
	switch caption := tableCaption.MatchString(passage.Text); {
	case told && slices.Contains(reading.Headings, "requirement"):
		w.tells = false
	case told || !caption:
		w.tells = told && (caption || strings.HasSuffix(source.text, ":"))
	}
}

// tableCaption matches what stands between a table and the sentence that leads into it.
var tableCaption = regexp.MustCompile(`^(?i:tabelle|table|tab\.) ?[0-9]`)

// leadsOn says whether a sentence goes on in what follows: it ends in a colon, or in a
// word as "The vendor must" does.
func leadsOn(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last == ':' || unicode.IsLetter(last)
}

// leave goes back to the list around where an item stands no deeper than the one whose
// sentence led into a list within it.
func (w *walk) leave(passage austauschbar.Passage) {
	if w.outer != nil && passage.Level <= w.outer.level {
		w.leadIn, w.leads, w.inList, w.outer = w.outer.reading, w.outer.text, w.outer.inList, nil
	}
}

// leadsWithin says whether an item goes on in a list within it: a label alone
// ("Datenbanken:") leaves to its items what the sentence above it says.
func leadsWithin(text string) bool {
	return strings.HasSuffix(text, ":") && strings.Count(text, " ") >= wordsOfLabel
}

// wordsOfLabel is how many words a label has at most.
const wordsOfLabel = 4

// sentences yields the clauses of a passage that is no row.
func (w *walk) sentences(number int, passage austauschbar.Passage) iter.Seq[clauseSource] {
	return func(yield func(clauseSource) bool) {
		for i, sentence := range w.lexicon.Sentences(passage.Text) {
			if !yield(clauseSource{number: number, part: i + 1, text: sentence, passage: &passage}) {
				return
			}
		}
	}
}

// row reads a table row as one clause; a cell with several sentences is read
// sentence by sentence.
func (w *walk) row(number int, passage austauschbar.Passage) {
	w.inList, w.items = false, nil
	if len(passage.Context) > 0 {
		w.under(passage.Context)
		defer w.under(nil)
	}
	if modality, _ := grade(passage.Cells); w.tells && modality == "" {
		w.roles = []string{"existing_estate"}
		defer w.under(nil)
	}
	if weighsRisks(passage.Cells) {
		w.roles = []string{"question"}
		defer w.under(nil)
	}
	if rejects(passage.Cells) {
		w.roles = []string{rejected}
		defer w.under(nil)
	}
	w.awardCriterion(number, passage)
	w.listInterface(number, passage)
	w.noteCells(passage.Cells)
	for source := range w.cells(number, passage) {
		w.clause(source)
	}
}

// cells yields the clauses of a row: the sentences of cells that hold several, then
// what else it says.
func (w *walk) cells(number int, passage austauschbar.Passage) iter.Seq[clauseSource] {
	return func(yield func(clauseSource) bool) {
		var short []string
		part := 1
		for _, cell := range passage.Cells {
			sentences := w.lexicon.Sentences(cell.Text)
			if len(sentences) <= 1 {
				short = append(short, cell.Text)
				continue
			}
			for _, sentence := range sentences {
				part++
				if !yield(clauseSource{number: number, part: part, text: sentence, passage: &passage, cells: []austauschbar.Cell{{Ref: cell.Ref, Header: cell.Header, Text: sentence}}}) {
					return
				}
			}
		}
		if len(short) > 0 {
			yield(clauseSource{number: number, part: 1, text: strings.Join(short, cellMark), passage: &passage, cells: passage.Cells})
		}
	}
}

// cellMark stands between the cells of a row's text.
const cellMark = " | "

// A clauseSource is a clause before it is read.
type clauseSource struct {
	number, part int    // of its passage in the document and its own in the passage, 1-based
	id           string // see own
	text         string
	passage      *austauschbar.Passage
	cells        []austauschbar.Cell // of a row
	stated       statement
}

// own names a clause and copies the texts that facts are cut from. A fact would else
// hold on to the whole document for as long as it is kept. The name is made of the
// document, the passage and the part: other documents of the dossier do not change it.
func (s clauseSource) own(path string) clauseSource {
	s.id = path + "#" + strconv.Itoa(s.number) + "." + strconv.Itoa(s.part)
	s.text, s.cells = strings.Clone(s.text), slices.Clone(s.cells)
	for i, cell := range s.cells {
		s.cells[i] = austauschbar.Cell{Ref: strings.Clone(cell.Ref), Header: cell.Header, Text: strings.Clone(cell.Text)}
	}
	return s
}

// clause reads one clause and keeps it where something was recognised.
func (w *walk) clause(source clauseSource) lexicon.Reading {
	w.found.document.Clauses++
	language := w.lexicon.Language(w.scanner, source.spoken())
	if language == "" {
		language = mostVotes(w.letters)
	} else {
		w.letters[language]++
	}
	w.scanner.Learn(source.text)
	reading := w.lexicon.Read(w.scanner, source.text, language)
	reading.Topics = append(w.placed(source, reading, said(source.text, reading.Topics)), reasoned(source, reading)...)
	w.before = append(w.before, w.lexicon.Surroundings(reading.Cues)...)
	if reading.Modality == "none" && officeVerbs.in(source.text) && usedByOffice.MatchString(source.text) {
		reading.Roles = append(reading.Roles, "existing_estate")
	}
	if source.passage.Kind != austauschbar.Code { // where such words are identifiers
		w.note(reading.Introduced)
	}
	if w.headed("exclusion") {
		w.takeOut(source.text, reading.Topics)
		reading = w.lexicon.Excluded(reading)
	}
	source.stated = w.state(source, reading)
	w.keepSignals(source, reading)
	w.keepAttachments(source)
	if reading.Nothing() {
		return reading
	}
	source = source.own(w.path)
	clause := w.describe(source, reading, language)
	w.keepTopics(source, reading, clause)
	w.keepNames(source, reading, clause)
	w.keepValues(source, reading, clause)
	w.keepTerms(source, reading, clause)
	w.keepSpan(source, reading, clause)
	w.keepPerformed(source, reading, clause)
	w.keepRegimes(source, reading, clause)
	w.keepTemplates(source, reading, clause)
	return reading
}

// together keeps what two sentences say only as one: "Er unterstützt den Übergang.
// Hierfür wird nach Aufwand vergütet." The hit stands at the second. A first sentence of
// a passage goes on from none.
func (w *walk) together(before, source clauseSource) {
	if before.text == "" || w.headed("exclusion") {
		return
	}
	edge := len(before.text)
	source.text = before.text + " " + source.text
	language := w.languageOf(source.text)
	reading := w.lexicon.Read(w.scanner, source.text, language)
	reading.Topics = slices.DeleteFunc(w.placed(source, reading, reading.Topics), func(topic lexicon.TopicReading) bool { return topic.End <= edge || topic.Start > edge })
	if len(reading.Topics) == 0 {
		return
	}
	source = source.own(w.path)
	w.keepTopics(source, reading, w.describe(source, reading, language))
}

// listed keeps what an item says only with the sentence that leads into its list: "Der
// Export umfasst: - Rollen". The whole item is the hit. What the sentence says nothing
// of any topic about is left alone.
func (w *walk) listed(item clauseSource, alone lexicon.Reading) {
	if len(w.leadIn.Topics) == 0 || w.headed("exclusion") {
		return
	}
	edge, text := len(w.leads), w.leads+" "+item.text
	language := w.languageOf(text)
	reading := w.lexicon.Read(w.scanner, text, language)
	reading.Topics = slices.DeleteFunc(w.placed(item, reading, reading.Topics), func(topic lexicon.TopicReading) bool {
		known := slices.ContainsFunc(alone.Topics, func(other lexicon.TopicReading) bool { return other.ID == topic.ID })
		return known || !w.lexicon.Topics[topic.ID].Lists || topic.End <= edge || topic.Start > edge
	})
	if len(reading.Topics) == 0 {
		return
	}
	for i := range reading.Topics {
		reading.Topics[i].Start, reading.Topics[i].End = 0, len(item.text)
	}
	item = item.own(w.path)
	w.keepTopics(item, reading, w.describe(item, reading, language))
}

// languageOf is the language of a clause, else the one that prevails so far.
func (w *walk) languageOf(text string) string {
	return cmp.Or(w.lexicon.Language(w.scanner, text), mostVotes(w.letters))
}

// describe is what facts say of a clause.
func (w *walk) describe(source clauseSource, reading lexicon.Reading, language string) austauschbar.Clause {
	return austauschbar.Clause{
		Evidence: w.evidence(source, 0, len(source.text)), Text: source.text, Language: language,
		Modality: w.modality(source, reading), Negated: reading.Negated, Role: w.clauseRole(source, reading), Headings: w.sections,
		Statement: source.stated.name(w.path),
	}
}

// modality is what a column says in a word ("KANN"), else the clause's own, else that
// of the sentence that leads into its list, else what an "A/B" column says.
func (w *walk) modality(source clauseSource, reading lexicon.Reading) string {
	grade, spelt := grade(source.passage.Cells)
	switch {
	case spelt:
		return grade
	case reading.Modality != "none":
		return reading.Modality
	case w.inList && source.passage.Kind == austauschbar.Item && w.leadIn.Modality != "":
		return w.leadIn.Modality
	}
	return cmp.Or(grade, "none")
}

// grade is what the cells of a requirement's row say of how binding it is, and whether
// in a word rather than by a letter, which may mean something else.
func grade(cells []austauschbar.Cell) (modality string, spelt bool) {
	for _, cell := range cells {
		mark := strings.ToLower(strings.TrimSpace(cell.Text))
		if modality = grades[mark]; modality != "" && len(cell.Header) < 30 {
			return modality, len(mark) > 2
		}
	}
	return "", false
}

// asks says whether a clause is a question. A row that is marked as a requirement
// demands what it asks: "Can the solution export data? | A".
func (s clauseSource) asks() bool {
	if len(s.cells) == 0 {
		return strings.HasSuffix(s.text, "?")
	}
	return strings.HasSuffix(longest(s.cells).Text, "?") && !s.graded()
}

// graded says whether a cell of the clause's row marks it as a requirement.
func (s clauseSource) graded() bool {
	modality, _ := grade(s.passage.Cells)
	return modality != ""
}

// spoken is what tells a clause's language: of a row that a word marks as a requirement,
// the cell that it is about, since "Must" and "Should" mark German rows, too.
func (s clauseSource) spoken() string {
	if len(s.cells) == 0 || !s.graded() {
		return s.text
	}
	return longest(s.cells).Text
}

// longest is the cell with the most text: what a row is about.
func longest(cells []austauschbar.Cell) austauschbar.Cell {
	return slices.MaxFunc(cells, func(a, b austauschbar.Cell) int { return cmp.Compare(len(a.Text), len(b.Text)) })
}

// grades are the marks of requirement tables: exclusion (A, K.O., Muss, M) and
// scored criteria (B, Soll, S), optional ones.
var grades = map[string]string{
	"a": "must", "ko": "must", "k.o.": "must", "m": "must", "muss": "must", "must": "must", "must have": "must", "mandatory": "must", "shall": "must", "required": "must", "pflicht": "must", "zwingend": "must",
	"b": "should", "s": "should", "soll": "should", "sollte": "should", "wünschenswert": "should", "should": "should", "desirable": "should", "should have": "should",
	"kann": "may", "optional": "may", "may": "may", "could": "may", "nice to have": "may",
}

// clauseRoles are the roles that outweigh what the clause's words tell of things in
// use, most telling first.
var clauseRoles = []string{"question", "citation", "definition", "staff_skill"}

// subject is the role of sentences that say what is bought: "Gegenstand der Ausschreibung
// ist die Verlängerung des bestehenden Vertrags".
const subject = "subject"

// clauseRole is what the clause's section makes of it, else what its words do.
func (w *walk) clauseRole(source clauseSource, reading lexicon.Reading) string {
	if source.passage.Kind == austauschbar.Quotation && !w.demanding() || source.passage.Kind == austauschbar.Code {
		return "citation"
	}
	if source.asks() {
		return "question"
	}
	for _, role := range clauseRoles {
		if slices.Contains(reading.Roles, role) && role != "staff_skill" || w.headed(role) {
			return role
		}
	}
	if w.headed(rejected) {
		return excluded
	}
	if slices.Contains(reading.Roles, "existing_estate") && !slices.Contains(reading.Roles, subject) || w.describes(reading) {
		return "existing_estate"
	}
	if w.headed("example") || w.headed("later") && reading.Modality == "none" {
		return "example"
	}
	return "requirement"
}

// describes says whether a clause under a heading such as "Systemlandschaft" tells
// what is there. One that obliges, or that stands under "Einbindung der
// Systemlandschaft", demands something instead.
func (w *walk) describes(reading lexicon.Reading) bool {
	return w.headed("existing_estate") && !w.headed("integration_target") && reading.Modality == "none"
}

// demanding says whether what is indented stands under a heading such as
// "Requirement": then the indentation sets the demand apart from its reasons.
func (w *walk) demanding() bool {
	return len(w.headings) > 0 && slices.Contains(w.headings[len(w.headings)-1].roles, "set_apart")
}

// headed says whether one of the headings, or the sentence that leads into the list,
// gives the role.
func (w *walk) headed(role string) bool {
	return slices.Contains(w.roles, role) || w.inList && w.led(role)
}

// led says whether the sentence that leads into a list gives its items a role, as a
// heading would or by telling what is there. One that obliges tells nothing.
func (w *walk) led(role string) bool {
	return slices.Contains(w.leadIn.Headings, role) ||
		slices.Contains(w.leadIn.Roles, role) && (role != "existing_estate" || w.leadIn.Modality == "none")
}

// keepTopics keeps what a clause says on topics. A row that its own column marks as
// optional is half-hearted whatever it says.
func (w *walk) keepTopics(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	if grade, spelt := grade(source.passage.Cells); spelt && grade == "may" {
		w.lexicon.Weaken(reading.Topics)
	}
	for _, topic := range reading.Topics {
		w.found.clauses[source.id] = clause
		w.found.topics[topic.ID] = append(w.found.topics[topic.ID], austauschbar.TopicHit{
			Clause: source.id, Polarity: topic.Polarity, Kind: w.lexicon.Topics[topic.ID].Kind,
			Modality: clause.Modality, Optional: topic.Optional, Hedge: topic.Hedge, Role: topicRole(source, reading.Cues, topic, clause), Evidence: w.telling(source, topic.Start, topic.End),
		})
		if topic.ID == "equivalence_clause" {
			w.acceptance(source, topic.Polarity, reading.Names)
		}
	}
}

// acceptance notes what a clause on equivalent products holds for: one that names no
// scope ("Gleichwertige Produkte werden akzeptiert.") for its own passage, and for the
// products that it names wherever the document does.
func (w *walk) acceptance(source clauseSource, polarity string, names []lexicon.Hit) {
	switch polarity {
	case lexicon.Met:
		w.general = true
	case lexicon.Weak:
		w.accepting[passageOf(source.id)] = true
		for _, name := range names {
			w.accepted[name.ID] = true
		}
	}
}

func (w *walk) keepNames(source clauseSource, reading lexicon.Reading, clause austauschbar.Clause) {
	if len(reading.Names) == 0 {
		return
	}
	offered, yardstick := w.offered(source), reading.Cues.Has("yardstick")
	independent := slices.ContainsFunc(reading.Topics, func(topic lexicon.TopicReading) bool {
		return topic.ID == "client_independence" && topic.Polarity == lexicon.Met
	})
	choice := w.oneOf(source.text, reading.Names)
	for i, name := range reading.Names {
		if reading.Cues.Follow("organisation", name) || inAddress(source.text, name.Start, name.End) {
			continue // "Linux Foundation" is an association of people
		}
		w.noteLoans(name.ID, reading.Roles)
		entry := w.lexicon.Entries[name.ID]
		if entry.Kind == "vendor" && w.namesOneThing(source.text, name, reading.Names[i+1:]) {
			continue // "Esri Shapefile" is a format
		}
		if independent && ofUsers(entry) {
			continue // "runs on Windows, macOS and Linux" says that none of them is needed
		}
		mention := austauschbar.Mention{
			Term: name.ID, Name: entry.NameAs(source.text[name.Start:name.End]), Clause: source.id, Open: entry.Open, Tags: entry.Tags,
			Equivalent: offered || acceptsEquivalent(source.text, reading, name), Yardstick: yardstick, OneOf: choice[i],
			Role: w.nameRole(entry, clause.Role, name, reading), Modality: clause.Modality, Negated: name.Negated,
			Evidence: w.evidence(source, name.Start, name.End),
		}
		if entry.Kind == "format" && mention.Role == "procedure" {
			continue // "Proposals must be submitted in PDF" says nothing of the service's formats
		}
		if demanded(mention) && slices.Contains(framed, entry.Kind) {
			mention.Function = entry.Function
			mention.Frame = w.frame(source, name, mention, clause.Language)
		}
		if name.Side == lexicon.SideAmbiguous && !inColumnOfNames(source, name) {
			w.settle = append(w.settle, unsettled{name.ID, standsAlone(source, name), mention, clause})
			continue
		}
		w.known[name.ID] = true
		w.found.clauses[source.id] = clause
		w.found.mentions[entry.Kind] = append(w.found.mentions[entry.Kind], mention)
	}
}

// namesOneThing says whether a vendor's name is the first part of another name: only a
// space stands between them.
func (w *walk) namesOneThing(text string, vendor lexicon.Hit, behind []lexicon.Hit) bool {
	return slices.ContainsFunc(behind, func(next lexicon.Hit) bool {
		return next.Start == vendor.End+1 && text[vendor.End] == ' ' && w.lexicon.Entries[next.ID].Kind != "vendor"
	})
}

// ofUsers says whether something is what users bring along to work with a solution.
func ofUsers(entry lexicon.Entry) bool {
	return hasAny(entry.Tags, "browser", "operating_system", "mobile")
}

// webAddress matches what is an address of the network, or one of mail, rather than words.
var webAddress = regexp.MustCompile(`(?i):/|^www\.|\.(?:com|org|net|gov|eu|de|io)/|[^@]@[a-z0-9-]+\.[a-z]`)

// inAddress says whether a part of a text belongs to an address: whose repository a link
// leads to demands nothing.
func inAddress(text string, start, end int) bool {
	const around = " ()<>[]\"'|"
	start = strings.LastIndexAny(text[:start], around) + 1
	if length := strings.IndexAny(text[end:], around); length >= 0 {
		end += length
	} else {
		end = len(text)
	}
	return strings.ContainsAny(text[start:end], "./@") && webAddress.MatchString(text[start:end])
}

// equivalent says whether "or equivalent" stands in the clause, in its column's
// heading or in the sentence that leads into its list.
func (w *walk) equivalent(source clauseSource, reading lexicon.Reading) bool {
	return reading.Cues.Has("equivalent") || w.offered(source)
}

// acceptsEquivalent says whether a clause's own "or equivalent" holds for a name. In brackets
// of its own behind another name it does not hold for what follows: "Drupal (or equivalent), Oracle".
func acceptsEquivalent(text string, reading lexicon.Reading, name lexicon.Hit) bool {
	for cue := range reading.Cues.Of("equivalent") {
		if name.Start < cue.Start || !inBrackets(text, cue) || !slices.ContainsFunc(reading.Names, func(other lexicon.Hit) bool { return other.End <= cue.Start }) {
			return true
		}
	}
	return false
}

// inBrackets says whether nothing else stands in the brackets around a hit.
func inBrackets(text string, hit lexicon.Hit) bool {
	return strings.HasSuffix(text[:hit.Start], "(") && strings.HasPrefix(text[hit.End:], ")")
}

// offered says whether "or equivalent" stands in the heading of a clause's column or in the
// sentence that leads into its list.
func (w *walk) offered(source clauseSource) bool {
	if w.inList && source.passage.Kind == austauschbar.Item && w.leadIn.Cues.Has("equivalent") {
		return true
	}
	return slices.ContainsFunc(source.passage.Cells, func(cell austauschbar.Cell) bool { return w.offersEquivalent(cell.Header) })
}

// offersEquivalent reads the header of a column once for all of its cells.
func (w *walk) offersEquivalent(header string) bool {
	if header == "" {
		return false
	}
	offers, known := w.offers[header]
	if !known {
		offers = w.lexicon.Read(w.scanner, header, "").Cues.Has("equivalent")
		w.offers[header] = offers
	}
	return offers
}

// things are the kinds of names that a solution can be connected to.
var things = []string{"product", "vendor", "cloud_service", "ai_model"}

// nameRole is the role of one name in its clause. What the sentence says of it
// outweighs the section. A standard is never what an interface leads to.
func (w *walk) nameRole(entry lexicon.Entry, clauseRole string, name lexicon.Hit, reading lexicon.Reading) string {
	applies := func(role string) bool {
		return role != "integration_target" || slices.Contains(things, entry.Kind)
	}
	if clauseRole == excluded {
		return excluded
	}
	if slices.Contains(reading.Roles, furnished) {
		return "existing_estate"
	}
	if slices.Contains(entry.Tags, "procurement") && clauseRole == "requirement" && !reading.Cues.Has("connected") {
		return "procedure" // where tenders are published, bids and invoices handed in
	}
	for _, role := range []string{"procedure", "staff_skill", "integration_target", "existing_estate"} {
		if slices.Contains(reading.Roles, role) && applies(role) {
			return role
		}
	}
	for _, role := range []string{"procedure", "staff_skill", "integration_target", "existing_estate", "citation", "definition", "question"} {
		if role == "procedure" && slices.Contains(reading.Roles, "requirement") {
			continue // what is to be built is no tool of the procedure, wherever it stands
		}
		if (w.headed(role) || clauseRole == role) && applies(role) {
			return role
		}
	}
	if slices.Contains(entry.Tags, "payment") && clauseRole == "requirement" {
		return "integration_target" // whoever takes payments is connected, not delivered
	}
	if leftOpen(name, reading.Cues) || slices.Contains(entry.Tags, "technology") && reading.Cues.Lead("preference", name) {
		return "example"
	}
	if w.inList && w.leadIn.Cues.Has("example") {
		return "example"
	}
	return clauseRole
}

// leftOpen says whether a name is an example, a case that may arise, or one of a choice.
func leftOpen(name lexicon.Hit, cues lexicon.Cues) bool {
	for cue := range cues.Of("example") {
		if cue.First <= name.First {
			return true
		}
	}
	for cue := range cues.Of("alternative") {
		if name.First < cue.First && cue.First <= name.Last+reachOfAlternative {
			return true
		}
	}
	for cue := range cues.Of("choice") {
		if cue.First <= name.First && name.First <= cue.Last+reachOfChoice {
			return true
		}
	}
	return cues.Reach("condition", name)
}

// usedByOffice finds an office that goes by its initials and tells what it uses: "For
// audits, DHSS uses …". Of a contractor nobody says so without obliging it.
var usedByOffice = regexp.MustCompile(`(?:^|, )(?:[Tt]he )?[A-Z][A-Z&]{2,7}(?: IT)? (?:currently |already )?(?:uses|operates|runs|maintains) `)

var officeVerbs = stemsOf(" uses ", " operates ", " runs ", " maintains ")

// reachOfAlternative is how many words may stand between a name and "oder Alternative".
const reachOfAlternative = 4

// reachOfChoice is how many words may stand behind "entweder … oder" before a name that
// is one of the two.
const reachOfChoice = 4

// acceptEquivalents applies a general clause ("Soweit Fabrikate genannt sind …")
// to every mention of the document, and a sentence of its own ("Gleichwertige
// Produkte werden akzeptiert.") to those of its passage and to what it names.
func (w *walk) acceptEquivalents() {
	if !w.general && len(w.accepting) == 0 {
		return
	}
	for _, mentions := range w.found.mentions {
		for i := range mentions {
			if w.general || w.accepting[passageOf(mentions[i].Clause)] || w.accepted[mentions[i].Term] {
				mentions[i].Equivalent = true
			}
		}
	}
}

// maxQuote bounds quotes, in runes.
const maxQuote = 300

// evidence says where a part of a clause stands. The quote is the clause, or as
// much of it around the part as a quote may hold.
func (w *walk) evidence(source clauseSource, start, end int) austauschbar.Evidence {
	passage := source.passage
	evidence := austauschbar.Evidence{Path: w.path, Page: passage.Page, Line: passage.Line, Paragraph: passage.Paragraph}
	if len(w.headings) > 0 {
		evidence.Section = w.headings[len(w.headings)-1].text
	}
	quoted, offset := source.text, 0
	if len(source.cells) > 0 {
		cell, at := cellAt(source.cells, source.text, start, end)
		quoted, offset = cell.Text, at
		evidence.Cell = cell.Ref
		if passage.Sheet != "" && cell.Ref != "" {
			evidence.Cell = passage.Sheet + "!" + cell.Ref
		}
	}
	evidence.Quote = around(quoted, min(len(quoted), max(0, start-offset)), min(len(quoted), max(0, end-offset)))
	evidence.Cut = len(evidence.Quote) < len(quoted)
	evidence.Place = place(evidence)
	return evidence
}

// tellingQuote is the least number of runes that lets a reader of a table see what
// is meant.
const tellingQuote = 25

// telling is the evidence of a topic. Where its cell is but a keyword
// ("Partnerstatus"), the row's longest cell says what is asked. A column of reasons does
// not: where all others are short ("Hosting | Vercel"), the last one that told it is shown.
func (w *walk) telling(source clauseSource, start, end int) austauschbar.Evidence {
	evidence := w.evidence(source, start, end)
	if len(source.cells) < 2 || utf8.RuneCountInString(evidence.Quote) >= tellingQuote {
		return evidence
	}
	cells := slices.DeleteFunc(slices.Clone(source.cells), givesReason)
	if len(cells) == 0 {
		cells = source.cells
	}
	text := longest(cells).Text
	if len(cells) < len(source.cells) && utf8.RuneCountInString(text) < tellingQuote {
		return w.evidence(source, max(start, strings.LastIndex(source.text[:end], cellMark)+len(cellMark)), end)
	}
	if at := strings.Index(source.text, text); at >= 0 && !isDeadline.MatchString(text) {
		return w.evidence(source, at, at+len(text))
	}
	return evidence
}

// isDeadline is a cell that says when something is due, not what.
var isDeadline = regexp.MustCompile(`(?i)^(?:no later than|within|per direction|upon|by|every|end of|at least|\d+ (?:business |calendar |working )?(?:days?|weeks?|months?)|spätestens|binnen|innerhalb|bis (?:zum|spätestens)|\d+ (?:Werktage|Tage|Wochen|Monate)) ?`)

// cellAt returns the cell that holds most of a part of a row's text, and where
// the cell's text begins.
func cellAt(cells []austauschbar.Cell, text string, start, end int) (austauschbar.Cell, int) {
	best, begin, most, from := cells[0], 0, -1, 0
	for _, cell := range cells {
		i := strings.Index(text[from:], cell.Text)
		if i < 0 {
			continue
		}
		at := from + i
		from = at + len(cell.Text)
		if overlap := min(from, end) - max(at, start); overlap > most {
			best, begin, most = cell, at, overlap
		}
	}
	return best, begin
}

// around cuts a quote of at most maxQuote runes around a part of a text, at
// blanks.
func around(text string, start, end int) string {
	if len(text) <= maxQuote || utf8.RuneCountInString(text) <= maxQuote {
		return text
	}
	room := max(0, maxQuote-utf8.RuneCountInString(text[start:end])) / 2
	from, to := start, end
	for n := 0; n < room && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	for n := utf8.RuneCountInString(text[from:end]); n < maxQuote && to < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	if utf8.RuneCountInString(text[from:to]) > maxQuote {
		to = from + len(string([]rune(text[from:to])[:maxQuote]))
	}
	if from > 0 {
		if i := strings.IndexByte(text[from:start], ' '); i >= 0 {
			from += i + 1
		}
	}
	if to < len(text) {
		if i := strings.LastIndexByte(text[end:max(to, end)], ' '); i >= 0 {
			to = end + i
		}
	}
	return text[from:to]
}

// place writes evidence as one readable string, in English; the voices have
// their own words.
func place(evidence austauschbar.Evidence) string {
	text := evidence.Path
	if evidence.Page > 0 {
		text += ", page " + strconv.Itoa(evidence.Page)
	}
	if evidence.Section != "" {
		text += ", " + evidence.Section
	}
	switch {
	case evidence.Line > 0:
		text += ", line " + strconv.Itoa(evidence.Line)
	case evidence.Cell != "":
		text += ", cell " + evidence.Cell
	case evidence.Paragraph > 0:
		text += ", paragraph " + strconv.Itoa(evidence.Paragraph)
	}
	return text
}
