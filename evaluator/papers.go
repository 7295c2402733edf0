package evaluator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// besides are roles of papers that settle nothing, or but one subject, of a procurement.
// Their words name no paper that binds: "Checkliste Leistungsbeschreibung".
var besides = []string{austauschbar.RoleGuidance, austauschbar.RoleModule}

// inferRole tells what a document is by its name, else by its title; else it is the
// request for bids or an annex.
func (w *walk) inferRole(title string) string {
	// Names that are written in capitals stand in file names in any case: "api_soo".
	for _, text := range append([]string{strings.ToUpper(nameInWords(w.path))}, w.named(title)...) {
		names := w.lexicon.DocumentNames(w.scanner, text)
		if role := besideRole(text, names); role != "" {
			return role
		}
		if i := slices.IndexFunc(names, func(name lexicon.Hit) bool { return !slices.Contains(besides, name.ID) }); i >= 0 {
			if names[i].ID == austauschbar.RoleCriteria && ofServices.MatchString(text) {
				return austauschbar.RoleAnnex
			}
			return names[i].ID
		}
	}
	return w.unnamedRole(title)
}

// ofServices is what a catalogue of criteria is called that a service has to meet; bids are
// not weighed by it.
var ofServices = regexp.MustCompile(`(?i)\bkriterienkatalog\b.{0,40}\b(?:cloud|C5|rechenzentr|hosting|informationssicherheit|IT-sicherheit)|\b(?:cloud|C5|rechenzentr)\S*[ -]kriterienkatalog`)

// unnamedRole is the role of a document whose name tells no other.
func (w *walk) unnamedRole(title string) string {
	if slices.ContainsFunc(w.named(title), isRequest) {
		w.found.request = true
		return austauschbar.RoleSpecification
	}
	return austauschbar.RoleAnnex
}

// request is what the main paper of a procurement is called that says by its name neither
// what is bought nor on which terms; answers, questions and changes to one are none.
var (
	request      = regexp.MustCompile(`(?i)\b(?:RFQ|RFP|ITT|request for (?:quotations?|quotes?|proposals?|tenders?|bids)|invitation (?:to tender|to bid|for bids)|solicitation|ausschreibung|leistungsanfrage|angebotsanfrage|angebotsaufforderung|aufforderung zur (?:abgabe|angebotsabgabe))\b`)
	aboutRequest = regexp.MustCompile(`(?i)\b(?:questions?|answers?|q a|responses?|amendments?|addendum|addenda|fragen|antworten|nachtrag|änderung(?:en)?|anlage|anhang|attachment|appendix|annex|exhibit)\b`)
)

func isRequest(title string) bool {
	return request.MatchString(title) && !aboutRequest.MatchString(title)
}

// named is what a document is called: its file's name in words, and its title.
func (w *walk) named(title string) []string {
	return []string{nameInWords(w.path), title}
}

// hasSignal says whether a signal was found in the document.
func (w *walk) hasSignal(s signal) bool {
	_, told := w.found.signals[s]
	return told
}

// generalName is what terms are called that go into many contracts.
var generalName = regexp.MustCompile(`(?i)\b(?:AGB|allgemeine(?:n)? (?:geschäfts|vertrags|nutzungs|liefer|einkaufs|lizenz)bedingungen|geschäftsbedingungen|(?:ergänzende|zusätzliche|besondere)(?:n)? vertragsbedingungen|general (?:terms|conditions)|standard terms|general contract terms|terms of (?:service|use)|EULA|end[ -]user licen[cs]e agreement|(?:endbenutzer|endnutzer)-?lizenzvertrag)\b`)

// collectionName is what clauses are called that stand by themselves. Beside the length of a
// contract they are its own.
var collectionName = regexp.MustCompile(`(?i)\b(?:(?:vertrags|muster|standard)?klauseln|clauses)\b`)

// isGeneral says whether a document holds terms that go into many contracts, by its name or
// by sentences that leave to each contract what sets it apart.
func (w *walk) isGeneral() bool {
	if w.found.document.Role != austauschbar.RoleContract {
		return false
	}
	if len(w.found.terms) == 0 && slices.ContainsFunc(w.named(w.found.title), collectionName.MatchString) {
		return true
	}
	return w.hasSignal(generalTerms) || slices.ContainsFunc(w.named(w.found.title), generalName.MatchString)
}

var (
	// What may stand behind a paper's name at the end of a title: a version, a date, a
	// language, that it asks.
	behindName = regexp.MustCompile(`(?i)^(?:[\s\d.,;:()_–—-]|\bv(?:ersion)?\d*\b|\b(?:final|entwurf|draft|de|en|fragenkatalog|fragebogen|fragen|questionnaire|questions)\b)*$`)
	// What follows a paper's name at the beginning of a title: "Leitfaden für …", "Checklist: …".
	afterName = regexp.MustCompile(`(?i)^(?:\s*:|\s+[–—-]\s|\s+(?:für|zur|zum|zu|of|for|on|to)\s)`)
	letter    = regexp.MustCompile(`\pL`)
)

// besideRole gives the role of a paper beside a procurement whose name ends a title, or
// begins it where no other paper is named; "" else. "FAQ-Chatbot" is no FAQ. What is
// called a model clause is one wherever that stands.
func besideRole(title string, names []lexicon.Hit) string {
	if len(names) == 0 {
		return ""
	}
	if isInternal(title) && len(names) > 1 {
		return "" // "Lastenheft Bedarfsmeldung" describes a program
	}
	last := slices.MaxFunc(names, func(a, b lexicon.Hit) int { return cmp.Compare(a.End, b.End) })
	ends := behindName.MatchString(title[last.End:])
	begins := len(names) == 1 && !letter.MatchString(title[:last.Start]) && afterName.MatchString(title[last.End:])
	switch {
	case !slices.Contains(besides, last.ID):
		return ""
	case ends, begins, last.ID == austauschbar.RoleModule && len(names) == 1:
		return last.ID
	}
	return ""
}

// internal is what a paper is called by which an office tells its own house what it needs,
// before anything is put to tender; it may tell how that might be awarded.
var internal = regexp.MustCompile(`(?i)\b(?:bedarfs(?:notiz|erhebungsbogen|meldung|anmeldung|anzeige|begründung)|needs statement|business case|options (?:appraisal|paper))\b`)

func isInternal(title string) bool {
	return internal.MatchString(title) && !isRequest(title)
}

// fillable are the inferred roles that a document has for want of a better one: what it
// says may tell more of it.
var fillable = []string{austauschbar.RoleAnnex, austauschbar.RoleSpecification}

// madeOfChoices are the inferred roles of papers that their authors often make by ticking boxes.
// Where none is ticked yet, they settle nothing.
var madeOfChoices = []string{austauschbar.RoleContract, austauschbar.RoleCriteria}

// reconsider gives the role that a document's text tells, and where; the inferred one
// where it tells nothing else. It comes after reading.
func (w *walk) reconsider(role string, text austauschbar.Text) (string, []austauschbar.Evidence) {
	awards := w.hasSignal(awarded)
	switch {
	case isQuestion(w.found.document.Format, text):
		return austauschbar.RoleQuestion, nil
	case role == austauschbar.RoleGuidance && awards && w.titledOnly(role) && !isInternal(w.found.title):
		role = w.unnamedRole(w.found.title) // a guide to the very tender, before its text
	case role == austauschbar.RoleContract && w.hasSignal(modelText):
		return austauschbar.RoleModule, []austauschbar.Evidence{w.found.signals[modelText]}
	case slices.Contains(madeOfChoices, role) && len(w.choice.left) > 0 && !w.choice.ticked:
		if blanks := w.blanks(text); len(blanks) > 0 {
			w.forgetBlanks()
			return austauschbar.RoleForm, blanks
		}
		return role, nil
	case !slices.Contains(fillable, role):
		return role, nil
	}
	if blanks := w.blanks(text); len(blanks) > 0 {
		w.forgetBlanks()
		return austauschbar.RoleForm, blanks
	}
	if about, told := w.found.signals[aboutProcurement]; told {
		return austauschbar.RoleGuidance, []austauschbar.Evidence{about}
	}
	if about, told := w.found.signals[modelText]; told {
		return austauschbar.RoleModule, []austauschbar.Evidence{about}
	}
	if w.isOneChapter(text) {
		return austauschbar.RoleModule, nil
	}
	if isModule(w.found.document.Format, w.found.title, text) && len(w.lexicon.DocumentNames(w.scanner, w.found.title)) == 0 {
		return austauschbar.RoleModule, nil
	}
	if role == austauschbar.RoleAnnex && (!awards && w.isNumbered(text) || w.onBiddersOnly()) {
		return austauschbar.RoleModule, nil
	}
	return role, nil
}

// chapterNumber is the number of a chapter or section at the beginning of its heading, the
// chapter's own first: "5.0 Data rights", "12.3 Rights".
var chapterNumber = regexp.MustCompile(`^(?:§ ?)?(\d{1,2})(?:\.\d{1,2})*\.?\s+\pL`)

// isOneChapter says whether a document is but a short chapter taken out of another: all
// its numbered headings are those of one chapter, and of none that papers begin with.
func (w *walk) isOneChapter(text austauschbar.Text) bool {
	chapter := ""
	for _, passage := range text.Passages {
		number := chapterNumber.FindStringSubmatch(strings.TrimSpace(headingOf(passage)))
		switch {
		case passage.Kind != austauschbar.Heading || number == nil:
		case chapter != "" && number[1] != chapter, number[1] == "0", number[1] == "1", number[1] == "2":
			return false
		default:
			chapter = number[1]
		}
	}
	return chapter != "" && w.found.document.Clauses < enoughToTell
}

const (
	leastOnBidders = 8   // a heading "Qualifications" over a few lines makes no list
	shareOnBidders = 0.9 // of the clauses that tell anything
)

// onBiddersOnly says whether a document tells next to nothing but what bidders have to
// be and to show.
func (w *walk) onBiddersOnly() bool {
	onBidders := 0
	for _, clause := range w.found.clauses {
		if clause.Role == "staff_skill" {
			onBidders++
		}
	}
	return onBidders >= leastOnBidders && float64(onBidders) >= shareOnBidders*float64(len(w.found.clauses))
}

// isNumbered says whether a document goes by a number among the papers of a procurement:
// "Anlage 3", in its file's name or its first heading.
func (w *walk) isNumbered(text austauschbar.Text) bool {
	title := w.found.title
	if first := slices.IndexFunc(text.Passages, func(passage austauschbar.Passage) bool { return passage.Kind == austauschbar.Heading }); first >= 0 {
		title = headingOf(text.Passages[first])
	}
	return slices.ContainsFunc(w.named(title), attachmentLabel.MatchString)
}

// titledOnly says whether a document's title gives it a role and its file's name does not.
func (w *walk) titledOnly(role string) bool {
	name := nameInWords(w.path)
	return besideRole(name, w.lexicon.DocumentNames(w.scanner, name)) != role
}

// toFillIn is what an author has yet to fill in: "[Datum]", "____", "<name of the
// authority>", "{{ title }}", "TBD". A number in brackets is a reference, see isMark.
var toFillIn = regexp.MustCompile(`\[[^\[\]]*[\pL…*.][^\[\]]*\]|_{3,}|\.{6,}|…{2,}|<[\pL(_][^<>]{2,200}>|\{\{[^{}]+\}\}|\b(?:TBD|TBC|XX+)\b|(?i:\bhier (?:einfügen|eintragen)\b|\binsert here\b)`)

// What stands, in lower case, in what toFillIn finds, if no bracket does.
var fillInStems = stemsOf("___", "......", "……", "{{", "tbd", "tbc", "xx", "hier ein", "insert here")

// firstBlank is the first place of a text that is yet to be filled in; nil where none is.
func firstBlank(text string) []int {
	if lower := strings.ToLower(text); !strings.ContainsAny(lower, "[<") && !fillInStems.in(lower) {
		return nil
	}
	for from := 0; ; {
		at := toFillIn.FindStringIndex(text[from:])
		if at == nil {
			return nil
		}
		if begin, end := from+at[0], from+at[1]; !isMark(text[begin:end]) {
			return []int{begin, end}
		}
		from += at[1]
	}
}

// requirementNumber is what a requirement goes by: "R-12", "LF10", "MUSS-3".
var requirementNumber = regexp.MustCompile(`^\p{Lu}{1,6}[ ./_-]?\d+(?:[./_-]\d+)*$`)

// isMark says whether brackets hold a grade, a tick, or the number of a requirement or a
// source, rather than a place to fill in: "[MUSS]", "[x]", "[R-12]".
func isMark(text string) bool {
	inner, bracketed := strings.CutPrefix(text, "[")
	inner = strings.TrimSpace(strings.TrimSuffix(inner, "]"))
	return bracketed && (grades[strings.ToLower(inner)] != "" || inner == "x" || requirementNumber.MatchString(inner))
}

const (
	leastBlanks  = 5   // a letter with a place for the date is no form
	shareOfForms = 0.3 // of the passages of a form that hold a blank
	shownBlanks  = 3
)

// blanks gives the first places that are yet to be filled in, where these make up a good
// share of the text; nil else.
func (w *walk) blanks(text austauschbar.Text) []austauschbar.Evidence {
	var found []austauschbar.Evidence
	blanks, all := 0, 0
	for i, passage := range text.Passages {
		if passage.Kind == austauschbar.Heading || passage.Kind == austauschbar.Code {
			continue
		}
		all++
		words := textOf(passage)
		at := firstBlank(words)
		if at == nil && w.choice.left[i] && !w.choice.ticked {
			at = []int{0, len(words)}
		}
		if at == nil {
			continue
		}
		if blanks++; len(found) < shownBlanks {
			found = append(found, w.evidence(clauseSource{text: words, passage: &passage, cells: passage.Cells}.own(w.path), at[0], at[1]))
		}
	}
	if blanks < leastBlanks || float64(blanks) < shareOfForms*float64(all) {
		return nil
	}
	return found
}

// forgetBlanks leaves out what clauses of a form only seem to say and to name: their
// blanks will.
func (w *walk) forgetBlanks() {
	blank := func(clause string) bool { return firstBlank(w.found.clauses[clause].Text) != nil }
	for topic, hits := range w.found.topics {
		w.found.topics[topic] = slices.DeleteFunc(hits, func(hit austauschbar.TopicHit) bool { return blank(hit.Clause) })
	}
	for kind, mentions := range w.found.mentions {
		w.found.mentions[kind] = slices.DeleteFunc(mentions, func(mention austauschbar.Mention) bool { return blank(mention.Clause) })
	}
}

// textOf is the text of a passage, of a row its cells.
func textOf(passage austauschbar.Passage) string {
	if len(passage.Cells) == 0 {
		return passage.Text
	}
	cells := make([]string, len(passage.Cells))
	for i, cell := range passage.Cells {
		cells[i] = cell.Text
	}
	return strings.Join(cells, cellMark)
}

// catalogues are the formats in which requirements and questions are kept for programs.
var catalogues = []string{"yaml", "json"}

// isQuestion says whether a file of a catalogue holds one question and, beside it,
// nothing but the answers to choose from.
func isQuestion(format string, text austauschbar.Text) bool {
	questions := 0
	for _, passage := range text.Passages {
		switch {
		case passage.Kind != austauschbar.Row:
		case hasColumn(passage, "question", "frage"):
			questions++
		case hasColumn(passage, "description", "requirement", "text", "level", "beschreibung", "anforderung"):
			return false
		}
	}
	return questions == 1 && slices.Contains(catalogues, format)
}

func hasColumn(passage austauschbar.Passage, headers ...string) bool {
	return slices.ContainsFunc(passage.Cells, func(cell austauschbar.Cell) bool {
		return slices.Contains(headers, strings.ToLower(cell.Header))
	})
}

// isModule says whether a file of a catalogue is one section of it: its title is its
// only outermost heading.
func isModule(format, title string, text austauschbar.Text) bool {
	outermost := 0
	for _, passage := range text.Passages {
		if passage.Kind == austauschbar.Heading && passage.Level == 1 {
			outermost++
		}
	}
	return title != "" && outermost == 1 && slices.Contains(catalogues, format)
}
