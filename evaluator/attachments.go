package evaluator

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

var (
	// What papers of a procurement are numbered by: "Anlage 3", "Appendix B".
	attachmentLabel = regexp.MustCompile(`\b(?i:anlage|anhang|beilage|appendix|annex|attachment|exhibit) (?i:(?:nr|no)\.? ?)?(?:[0-9]{1,2}|[A-Z]|[IVX]{2,4})\b`)
	// What names a paper of its own without a number.
	attachmentName = regexp.MustCompile(`\b(?:Bewertungsmatrix|Wertungsmatrix|Vertragsentwurf|Vertragsmuster|Mustervertrag|QASP|(?i:quality assurance surveillance plan|evaluation matrix|scoring matrix|draft contract|model contract))\b`)
	// What such labels and names hold.
	attachmentStems = stemsOf("nlage ", "nhang ", "eilage ", "ppendix ", "NNEX ", "nnex ", "ttachment ", "TTACHMENT ", "xhibit ", "matrix", "Vertrags", "Mustervertrag", "QASP", "contract", "urveillance")
	labelStems      = stemsOf("anlage ", "anhang ", "beilage ", "appendix ", "annex ", "attachment ", "exhibit ")
	nameStems       = stemsOf("bewertungsmatrix", "wertungsmatrix", "vertragsentwurf", "vertragsmuster", "mustervertrag", "qasp", "surveillance plan", "evaluation matrix", "scoring matrix", "draft contract", "model contract")
	// What stands between a label and the title of the paper in a list: "Anlage 3: …".
	labelTitle = regexp.MustCompile(`^\W{0,3}\s*[-–—:,.(]\s*(.{3,80})`)
	// What stands behind a label that is a title, not the subject of a sentence.
	titleBehind = regexp.MustCompile(`^(?:\s*[-–—:]|\s*\n|\s*$|\s+(?i:to|of|zum|zur|der|des)\s)`)
	// The words right before a label in brackets: "Vertragsentwurf (Anlage 3)".
	beforeLabel = regexp.MustCompile(`((?:[\pL-]+ ){0,2}[\pL-]+) \((?:siehe |see )?$`)
	// What says before a paper's name that it holds what was named: "Data rights and terms
	// and conditions are provided in the QASP".
	heldIn = regexp.MustCompile(`(?i)^(.*)\b(?:(?:provided|set out|set forth|contained|included|found|stated|specified|laid down) (?:in|at)(?: the)?|(?:sind|stehen|finden sich|ergeben sich) (?:in|im|aus)(?: der| dem| den)?) $`)
	// What says before or behind a paper's name that it comes with the text: "the attached
	// statement of work", "Die Leistungsbeschreibung ist als Anlage beigefügt".
	attachedBefore = regexp.MustCompile(`(?i)\b(?:attached|enclosed|(?:beigefügt|anliegend|beiliegend|angehängt|angefügt)e[nrms]?) (?:(?:final|separate[nrms]?|ausführliche[nrms]?|detaillierte[nrms]?|RF[QPT]) )?$`)
	attachedBehind = regexp.MustCompile(`(?i)^,?(?: \([^()]{1,30}\))?,? \(?(?:(?:is|are|ist|sind|wird|werden) )?(?:hereto )?(?:(?:als|in der) (?:anlage|anhang) )?(?:attached|enclosed|beigefügt|angehängt|liegt bei|liegen bei)\b`)
	// What such words hold.
	attachedStems = stemsOf("ttached", "nclosed", "eigefügt", "nliegend", "eiliegend", "ngehängt", "ngefügt", " bei")
	// What stands behind the name of a paper that bidders fill in, which describes nothing
	// yet: "Performance Work Statement (PWS) Template".
	unfilled = regexp.MustCompile(`(?i)^\s*(?:\([^()]*\)\s*)?(?:template|form|vorlage|muster|formular|formblatt)\b`)
	// Names of a paper on what is bought that a short section may go by as well.
	sections = []string{"requirements", "specification"}
)

// keepAttachments keeps the papers that a clause names, each with what it is said to
// hold.
func (w *walk) keepAttachments(source clauseSource) {
	w.keepAttached(source)
	if !attachmentStems.in(source.text) {
		return
	}
	lower := strings.ToLower(source.text)
	if labelStems.in(lower) {
		for _, at := range attachmentLabel.FindAllStringIndex(source.text, -1) {
			w.keepAttachment(source, at, w.aboutLabel(source.text, at))
		}
	}
	if nameStems.in(lower) {
		for _, at := range attachmentName.FindAllStringIndex(source.text, -1) {
			w.keepAttachment(source, at, cmp.Or(w.aboutPaper(source.text[at[0]:at[1]]), w.aboutHeld(source.text[:at[0]])))
		}
	}
}

// keepAttached keeps the papers on what is bought that a clause calls attached. What else
// is attached goes by a number or by a name of its own.
func (w *walk) keepAttached(source clauseSource) {
	if !attachedStems.in(source.text) {
		return
	}
	for _, name := range w.lexicon.DocumentNames(w.scanner, source.text) {
		before, behind := source.text[:name.Start], source.text[name.End:]
		if name.ID == austauschbar.RoleSpecification && (attachedBefore.MatchString(before) || attachedBehind.MatchString(behind)) {
			w.keepAttachment(source, []int{name.Start, name.End}, name.ID)
		}
	}
}

// keepAttachment keeps one place of a paper: the first that tells what it holds, else
// the first.
func (w *walk) keepAttachment(source clauseSource, at []int, about string) {
	name := strings.Join(strings.Fields(source.text[at[0]:at[1]]), " ")
	same := func(known austauschbar.Attachment) bool { return strings.EqualFold(known.Name, name) }
	i := slices.IndexFunc(w.found.attachments, same)
	if i >= 0 && (about == "" || w.found.attachments[i].About != "") {
		return
	}
	source = source.own(w.path)
	named := austauschbar.Attachment{Name: name, About: about, Evidence: w.evidence(source, at[0], at[1])}
	if i >= 0 {
		w.found.attachments[i] = named
		return
	}
	w.found.attachments = append(w.found.attachments, named)
}

// aboutLabel tells what a numbered paper holds by its title behind the label, where that
// begins the clause, or by the words before it; "" where neither says.
func (w *walk) aboutLabel(text string, at []int) string {
	if utf8.RuneCountInString(text[:at[0]]) <= len("(12) ") {
		if title := labelTitle.FindStringSubmatch(text[at[1]:]); title != nil {
			return w.aboutPaper(title[1])
		}
	}
	if words := beforeLabel.FindStringSubmatch(text[:at[0]]); words != nil {
		return w.aboutPaper(words[1])
	}
	return cmp.Or(w.titled(text[at[1]:]), w.aboutHeld(text[:at[0]]))
}

// titled gives the role of a paper on what is bought whose name follows its label at
// once: "see Attachment 1, Performance Work Statement"; "" else.
func (w *walk) titled(behind string) string {
	names := w.lexicon.DocumentNames(w.scanner, behind)
	if len(names) == 0 || names[0].ID != austauschbar.RoleSpecification || letter.MatchString(behind[:names[0].Start]) {
		return ""
	}
	return w.aboutPaper(behind)
}

// aboutHeld tells what a paper holds by the words before its name that say so, from the
// last comma on: "" else.
func (w *walk) aboutHeld(before string) string {
	if held := heldIn.FindStringSubmatch(before); held != nil {
		return w.aboutPaper(held[1][strings.LastIndexByte(held[1], ',')+1:])
	}
	return ""
}

// aboutPaper is the role that the first name of a paper in a text gives; "" for none.
func (w *walk) aboutPaper(text string) string {
	names := w.lexicon.DocumentNames(w.scanner, text)
	if len(names) == 0 || names[0].ID == austauschbar.RoleSpecification && unfilled.MatchString(text[names[0].End:]) {
		return ""
	}
	return names[0].ID
}

// entitled keeps the labels and names of papers by which headings above text of their
// own go, and whether one is that of a specification: these papers are here.
func (w *walk) entitled(text austauschbar.Text) {
	if label := ownLabel(text); label != "" {
		w.found.headed = append(w.found.headed, label)
	}
	for i, passage := range text.Passages {
		if passage.Kind != austauschbar.Heading || i+1 == len(text.Passages) || text.Passages[i+1].Kind == austauschbar.Heading {
			continue
		}
		title := headingOf(passage) + " "
		if attachmentStems.in(title) {
			w.found.headed = append(w.found.headed, strings.Clone(title))
		}
		w.found.specifies = w.found.specifies || slices.ContainsFunc(w.lexicon.DocumentNames(w.scanner, title), func(name lexicon.Hit) bool {
			return name.ID == austauschbar.RoleSpecification && !slices.Contains(sections, strings.ToLower(title[name.Start:name.End]))
		})
	}
}

// ownLabel is the label with which a text that has no heading begins, which is its own:
// "Attachment 2 – Schedule 2 Statement of Requirements"; "" for none.
func ownLabel(text austauschbar.Text) string {
	if len(text.Passages) == 0 || text.Passages[0].Kind != austauschbar.Paragraph {
		return ""
	}
	first := text.Passages[0].Text
	at := attachmentLabel.FindStringIndex(first)
	if at == nil || letter.MatchString(first[:at[0]]) || !titleBehind.MatchString(first[at[1]:]) {
		return ""
	}
	return strings.Clone(first[at[0]:at[1]])
}

// attachmentsIn joins the papers that documents name and says of each whether it is
// among them: as a file of that name or title, or as a section. One that holds the
// specification is where any document or section is one, whatever its number.
func attachmentsIn(found []documentFacts) []austauschbar.Attachment {
	var here []string
	for _, document := range found {
		here = append(here, nameInWords(document.document.Path), document.title)
		here = append(here, document.headed...)
	}
	specified := slices.ContainsFunc(found, func(document documentFacts) bool { return document.specifies })
	attachments := []austauschbar.Attachment{}
	for _, document := range found {
		for _, named := range document.attachments {
			same := func(known austauschbar.Attachment) bool { return strings.EqualFold(known.Name, named.Name) }
			if slices.ContainsFunc(attachments, same) {
				continue
			}
			named.Present = named.About == austauschbar.RoleSpecification && specified || slices.ContainsFunc(here, func(title string) bool { return bearsName(title, named.Name) })
			attachments = append(attachments, named)
		}
	}
	return attachments
}

// bearsName says whether a title holds the name of a paper as whole words.
func bearsName(title, name string) bool {
	title, name = " "+strings.Join(titleWords(title), " ")+" ", " "+strings.Join(titleWords(name), " ")+" "
	return strings.Contains(title, name)
}

func titleWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\n.,:;()[]-–—_/*#", r) })
}

// nameInWords is a file's name without its ending, its words parted by blanks.
func nameInWords(document string) string {
	return strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(strings.TrimSuffix(path.Base(document), path.Ext(document)))
}
