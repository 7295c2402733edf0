// Package evaluator reads a dossier and finds facts in it, each with its
// evidence. It has no opinion: what a fact is worth is for the policies.
package evaluator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/arc42"
	"github.com/austauschbar/austauschbar/evaluator/compose"
	"github.com/austauschbar/austauschbar/evaluator/lexicon"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/manifest"
	"github.com/austauschbar/austauschbar/evaluator/publiccode"
	"github.com/austauschbar/austauschbar/evaluator/waivers"
)

// An Evaluator finds facts with one set of policy data. It may be used by
// several goroutines.
type Evaluator struct {
	lexicon   *lexicon.Lexicon
	kept      *kept     // nil where nothing is kept
	converter Converter // nil where nothing is converted
}

// New loads lexicon and catalogue from the policies' files.
func New(policies fs.FS, options ...Option) (*Evaluator, error) {
	l, err := lexicon.Load(policies)
	if err != nil {
		return nil, err
	}
	return (&Evaluator{lexicon: l}).With(options...), nil
}

// With is an Evaluator of its own with the same policy data.
func (e *Evaluator) With(options ...Option) *Evaluator {
	other := &Evaluator{lexicon: e.lexicon}
	for _, option := range options {
		option(other)
	}
	return other
}

// An Option changes how an Evaluator works.
type Option func(*Evaluator)

// Topics lists the ids of all topics, sorted: the keys of Facts.Topics.
func (e *Evaluator) Topics() []string { return e.lexicon.TopicIDs() }

// Progress is told after each document how many are done.
type Progress func(done, total int, path string)

// ownFiles are files that speak to this program and not to bidders.
var ownFiles = []string{manifest.Name, waivers.Name, ".austauschbar.yaml"}

// Facts reads a dossier's documents side by side. A document that cannot be
// read is a gap; a manifest or waivers that cannot are an error. Today is the day of
// judging. Progress may be nil.
func (e *Evaluator) Facts(ctx context.Context, dossier austauschbar.Dossier, today time.Time, progress Progress) (austauschbar.Facts, error) {
	declared, err := ownFile(ctx, dossier, manifest.Name, manifest.Read)
	if err != nil {
		return austauschbar.Facts{}, err
	}
	waived, err := ownFile(ctx, dossier, waivers.Name, waivers.Read)
	if err != nil {
		return austauschbar.Facts{}, err
	}
	documents, gaps, err := documentsOf(ctx, dossier)
	if err != nil {
		return austauschbar.Facts{}, err
	}
	assembled, documents, err := e.assemble(ctx, documents, declared.Roles)
	if err != nil {
		return austauschbar.Facts{}, err
	}
	found, err := e.readAll(ctx, documents, declared.Roles, progress)
	if err != nil {
		return austauschbar.Facts{}, err
	}
	found = append(found, assembled...)
	slices.SortStableFunc(found, func(a, b documentFacts) int { return strings.Compare(a.document.Path, b.document.Path) })
	facts := e.merge(found)
	facts.Gaps = append(append(facts.Gaps, dossier.Gaps...), gaps...)
	slices.SortFunc(facts.Gaps, func(a, b austauschbar.Gap) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Reason, b.Reason), strings.Compare(a.Detail, b.Detail))
	})
	facts.Waivers = append(facts.Waivers, waived...)
	facts.Today = today.Format(time.DateOnly)
	facts.Dossier = e.dossierFacts(declared, found, facts)
	inferDeal(&facts, signalsIn(found))
	facts.Attachments = attachmentsIn(found)
	facts.Contradictions = contradictions(found, facts)
	return facts, nil
}

// readAll reads documents side by side and tells of each when it is done.
func (e *Evaluator) readAll(ctx context.Context, documents []austauschbar.Document, declared map[string]string, progress Progress) ([]documentFacts, error) {
	found := make([]documentFacts, len(documents))
	done := make(chan int, len(documents))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range documents {
		group.Go(func() (err error) {
			found[i], err = e.known(groupCtx, documents[i], declaredRole(declared, documents[i].Path))
			done <- i
			return err
		})
	}
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for count := 1; count <= len(documents); count++ {
			if i := <-done; progress != nil {
				progress(count, len(documents), documents[i].Path)
			}
		}
	}()
	if err := group.Wait(); err != nil {
		return nil, err
	}
	<-finished
	return found, nil
}

// documentsOf lists the documents to read by their paths, those in archives and mails
// too, and what of these cannot be. Hidden files are documents only where they tell the
// variables of a Compose file.
func documentsOf(ctx context.Context, dossier austauschbar.Dossier) ([]austauschbar.Document, []austauschbar.Gap, error) {
	byPath := func(a, b austauschbar.Document) int { return cmp.Compare(a.Path, b.Path) }
	documents, gaps, err := unpack(ctx, slices.SortedFunc(slices.Values(dossier.Documents), byPath))
	if err != nil {
		return nil, nil, err
	}
	documents = slices.DeleteFunc(documents, func(d austauschbar.Document) bool { return slices.Contains(ownFiles, path.Base(d.Path)) })
	if !slices.ContainsFunc(documents, func(d austauschbar.Document) bool { return compose.Takes(d.Path) }) {
		documents = slices.DeleteFunc(documents, func(d austauschbar.Document) bool {
			return strings.HasPrefix(path.Base(d.Path), ".") && compose.IsEnvironment(d.Path)
		})
	}
	slices.SortFunc(documents, byPath)
	return documents, gaps, nil
}

// ownFile reads a file of the dossier's folder that speaks to this program; its
// empty value where there is none.
func ownFile[T any](ctx context.Context, dossier austauschbar.Dossier, name string, read func([]byte) (T, error)) (T, error) {
	var empty T
	i := slices.IndexFunc(dossier.Documents, func(d austauschbar.Document) bool { return d.Path == name })
	if i < 0 {
		return empty, nil
	}
	data, err := dossier.Documents[i].Load(ctx)
	if err != nil {
		return empty, fmt.Errorf("read %s: %w", name, err)
	}
	content, err := read(data)
	if err != nil {
		return empty, fmt.Errorf("read %s: %w", path.Join(dossier.Path, name), err)
	}
	return content, nil
}

// documentFacts are what one document adds to a dossier's facts.
type documentFacts struct {
	document austauschbar.DocumentFact
	readable bool
	title    string
	gaps     []austauschbar.Gap
	clauses  map[string]austauschbar.Clause
	topics   map[string][]austauschbar.TopicHit
	mentions map[string][]austauschbar.Mention
	signals  map[signal]austauschbar.Evidence // the first place of each
	values
	awardCriteria []austauschbar.AwardCriterion
	awardTables   []awardTable
	noticedShares []awardTable
	terms         []termPart
	performed     []termPart // count where there are no terms
	noticedTerms  []austauschbar.ContractTerm
	templates     []austauschbar.ContractTemplate
	deviations    []deviation
	regimes       []statedRegime
	interfaces    []listedInterface
	attachments   []austauschbar.Attachment // papers that it names
	headed        []string                  // headings by which papers may go
	request       bool                      // by its name it asks for bids, and describes what is bought at most in passing
	specifies     bool                      // it, or a section of it, describes what is bought
	words         map[string]bool           // of a document that lists interfaces; nil for others
	repositories  []austauschbar.Repository
	notices       []austauschbar.Notice
	architecture  austauschbar.Architecture // as the reader gave it, with paths
}

type values struct {
	durations   []austauschbar.Duration
	amounts     []austauschbar.Amount
	percentages []austauschbar.Percentage
	dates       []austauschbar.Date
}

// document reads one document and finds its facts. They depend on nothing but the
// document's bytes and path, the policies and the declared role: whoever adds
// another dependence adds it to key.
func (e *Evaluator) document(ctx context.Context, document austauschbar.Document, role role) (documentFacts, error) {
	if path.Base(document.Path) == publiccode.Name {
		return repository(ctx, document, role)
	}
	format, text, err := e.read(ctx, document)
	if err != nil {
		if ctx.Err() != nil {
			return documentFacts{}, ctx.Err()
		}
		gap, isGap := gapOf(document.Path, err)
		if !isGap {
			return documentFacts{}, fmt.Errorf("read %s: %w", document.Path, err)
		}
		return documentFacts{gaps: []austauschbar.Gap{gap}}, nil
	}
	drawing, err := drawn(ctx, text.Listings)
	if err != nil {
		return documentFacts{}, fmt.Errorf("read diagrams of %s: %w", document.Path, err)
	}
	found := e.facts(document.Path, format, text, role)
	if drawing != nil {
		found.draw(*drawing)
	}
	return found, nil
}

// draw adds what diagrams within a document of text say. They do not make it an
// architecture file: a tender may show what is there.
func (f *documentFacts) draw(drawing austauschbar.Architecture) {
	w := walk{path: f.document.Path}
	w.keepArchitecture(drawing)
	drawing = w.found.architecture
	known := f.alone(drawing)
	for _, component := range drawing.Components {
		at, seen := known[component.ID]
		if !seen {
			f.architecture.Components = append(f.architecture.Components, component)
			continue
		}
		listed := &f.architecture.Components[at]
		listed.Technology, listed.Within = cmp.Or(listed.Technology, component.Technology), cmp.Or(listed.Within, component.Within)
		listed.Evidence = append(listed.Evidence, component.Evidence...)
	}
	id := func(drawn string) string {
		if at, seen := known[drawn]; seen {
			return f.architecture.Components[at].ID
		}
		return drawn
	}
	for i := range f.architecture.Components {
		f.architecture.Components[i].Within = id(f.architecture.Components[i].Within)
	}
	for _, edge := range drawing.Interfaces {
		edge.From, edge.To = id(edge.From), id(edge.To)
		f.architecture.Interfaces = append(f.architecture.Interfaces, edge)
	}
}

// alone returns, by their ids, the places of what is drawn and also listed in a table,
// where each names but one of it.
func (f *documentFacts) alone(drawing austauschbar.Architecture) map[string]int {
	listed, drawn := map[string][]int{}, map[string]int{}
	for i, component := range f.architecture.Components {
		listed[keyOf(component.Name)] = append(listed[keyOf(component.Name)], i)
	}
	for _, component := range drawing.Components {
		drawn[keyOf(component.Name)]++
	}
	known := map[string]int{}
	for _, component := range drawing.Components {
		key := keyOf(component.Name)
		if same := listed[key]; key != "" && drawn[key] == 1 && len(same) == 1 && compatible(f.architecture.Components[same[0]].Kind, component.Kind) {
			known[component.ID] = same[0]
		}
	}
	return known
}

// facts finds the facts of a document's text.
func (e *Evaluator) facts(path, format string, text austauschbar.Text, role role) documentFacts {
	w := newWalk(e.lexicon, path)
	defer e.lexicon.Return(w.scanner)
	w.found.document = austauschbar.DocumentFact{Path: path, Format: format, Pages: text.Pages}
	w.found.readable, w.found.title = true, strings.Clone(titleOf(text))
	for _, gap := range text.Gaps {
		gap.Path = path
		w.found.gaps = append(w.found.gaps, gap)
	}
	switch {
	case role.declared:
	case len(text.Notices) > 0:
		role.name = austauschbar.RoleNotice
	case text.Architecture != nil:
		role.name = austauschbar.RoleArchitecture
	default:
		role.name = w.inferRole(w.found.title)
		if role.name == austauschbar.RoleAnnex && arc42.Told(path, text.Passages) {
			role.name = austauschbar.RoleArchitecture
		}
	}
	if role.name == austauschbar.RoleArchitecture && text.Architecture == nil {
		text.Architecture = arc42.Find(text.Passages)
	}
	w.found.document.Role, w.found.document.Source = role.name, role.source()
	w.read(text)
	w.entitled(text)
	if !role.declared {
		w.found.document.Role, w.found.document.Evidence = w.reconsider(role.name, text)
	}
	w.found.document.General = w.isGeneral()
	w.found.document.Licence = w.hasSignal(licenceParties) && !w.hasSignal(otherParties)
	if w.found.document.Role == austauschbar.RoleSpecification && !w.found.request {
		w.found.specifies = true
	}
	for i, notice := range text.Notices {
		w.keepNotice(i+1, notice)
	}
	if text.Architecture != nil {
		w.keepArchitecture(*text.Architecture)
	}
	return w.found
}

// gapOf turns a reader's error into a gap; false where the error is of
// another kind.
func gapOf(path string, err error) (austauschbar.Gap, bool) {
	if refusal := (*limit.Refusal)(nil); errors.As(err, &refusal) {
		return austauschbar.Gap{Path: path, Reason: refusal.Code, Detail: refusal.Detail}, true
	}
	if errors.Is(err, fs.ErrPermission) {
		return austauschbar.Gap{Path: path, Reason: "permission_denied"}, true
	}
	if errors.Is(err, austauschbar.ErrTooLarge) {
		return austauschbar.Gap{Path: path, Reason: "too_large"}, true
	}
	if errors.Is(err, austauschbar.ErrUnreadable) {
		return austauschbar.Gap{Path: path, Reason: "damaged", Detail: err.Error()}, true
	}
	return austauschbar.Gap{}, false
}

// titleOf returns a document's title: its property, else its first heading, or a line before
// it that names a paper, or the line that it begins with where that heading is but the name
// of a first section; "" where there is no such line.
func titleOf(text austauschbar.Text) string {
	if text.Title != "" {
		return text.Title
	}
	front := ""
	for _, passage := range text.Passages {
		switch {
		case markupOnly.MatchString(passage.Text):
		case front == "" && isLine(passage) && paperName.MatchString(passage.Text) && !letterLine.MatchString(passage.Text):
			front = passage.Text
		case passage.Kind != austauschbar.Heading || isNoTitle(passage.Text):
		case front != "" && !paperName.MatchString(passage.Text):
			return front
		case firstSection.MatchString(passage.Text):
			return firstLine(text)
		default:
			return passage.Text
		}
	}
	return ""
}

// firstLine is the line that a document begins with; "" where it begins otherwise.
func firstLine(text austauschbar.Text) string {
	if first := text.Passages[0]; isLine(first) && !markupOnly.MatchString(first.Text) {
		return first.Text
	}
	return ""
}

// markupOnly matches passages that hold tags and signs, and no words: "<hr/>", "* * *".
var markupOnly = regexp.MustCompile(`^(?:<[^<>]*>|&[a-z]+;|[^\pL\d<>&])*$`)

// isNoTitle says whether a heading is but a table of contents, a sentence on what became of
// the procedure, or the name of something that goes along with the paper.
func isNoTitle(heading string) bool {
	return slices.Contains(contents, strings.ToLower(heading)) || sentenceOfAward.MatchString(heading) || besidePaper.MatchString(heading)
}

// Headings above the paper itself: "Two firms have been selected for award …", "Supplemental
// Resource Guide".
var (
	sentenceOfAward = regexp.MustCompile(`(?i)\b(?:(?:has|have) been (?:selected|chosen|awarded)|(?:was|were) awarded|wurden? .{0,60}(?:erteilt|vergeben|bezuschlagt))\b`)
	besidePaper     = regexp.MustCompile(`(?i)^(?:supplement(?:al|ary)?|additional|ergänzende[srn]?)\b.{0,20}\b(?:resources?( guide)?|materials?|materialien|hinweise|ressourcen)$`)
)

// contents are headings that are no titles.
var contents = []string{"inhalt", "inhaltsverzeichnis", "inhaltsübersicht", "contents", "table of contents"}

// firstSection matches headings with which any document may begin.
var firstSection = regexp.MustCompile(`^(?i)[0-9. ]*(background|introduction( and goals)?|overview|preamble|preface|objectives?|purpose|scope|summary|präambel|vorwort|einleitung|einführung( und ziele)?|übersicht|ziele?|zielbestimmung|zielsetzung|hintergrund|ausgangslage|ausgangssituation|vorbemerkung(en)?|allgemeines|zusammenfassung)$`)

// What the front page of a paper of a procurement is called, and what stands in the head of
// a letter.
var (
	paperName  = regexp.MustCompile(`(?i)\b(?:request for (?:quotations?|quotes?|proposals?|tenders?|bids)|invitation (?:to tender|to bid|for bids)|statement of (?:work|objectives|requirements)|performance work statement|terms of reference|(?:technical|functional|technology|system|software) (?:requirements|specifications?)|leistungsbeschreibung|leistungsverzeichnis|lastenheft|pflichtenheft|anforderungskatalog|ausschreibungsunterlagen|vergabeunterlagen|bewerbungsbedingungen)\b`)
	letterLine = regexp.MustCompile(`(?i)^\W*(?:from|to|subject|date|re|reply by|issued|von|an|betreff|betr|datum)\b[^:]{0,20}:`)
)

// isLine says whether a passage is a line by itself rather than a paragraph of prose.
func isLine(passage austauschbar.Passage) bool {
	const longest = 120 // bytes
	return passage.Kind == austauschbar.Paragraph && len(passage.Text) <= longest && !strings.HasSuffix(passage.Text, ".")
}

// merge joins the facts of all documents in their order. Every topic and every
// kind of mention is present, so that policies need not ask. What is found in a
// document may serve other reviews too: the result shares nothing with it that
// can be changed.
func (e *Evaluator) merge(found []documentFacts) austauschbar.Facts {
	facts := e.empty()
	for _, document := range found {
		facts.Gaps = append(facts.Gaps, document.gaps...)
		if document.readable {
			document.addTo(&facts)
		}
	}
	graph, gaps := e.join(found)
	facts.Gaps = withoutPresent(append(facts.Gaps, gaps...), facts.Documents)
	facts.Components, facts.Interfaces, facts.Models = graph.Components, graph.Interfaces, graph.Models
	facts.Packages, facts.Resources = graph.Packages, graph.Resources
	facts.Environments = environmentsOf(found)
	return facts
}

// empty returns the facts of no documents: no list is nil.
func (e *Evaluator) empty() austauschbar.Facts {
	facts := austauschbar.Facts{
		Documents: []austauschbar.DocumentFact{}, Gaps: []austauschbar.Gap{}, Notice: []austauschbar.Notice{}, Repositories: []austauschbar.Repository{},
		Clauses: map[string]austauschbar.Clause{}, Topics: map[string][]austauschbar.TopicHit{}, Mentions: map[string][]austauschbar.Mention{},
		Durations: []austauschbar.Duration{}, Amounts: []austauschbar.Amount{}, Percentages: []austauschbar.Percentage{}, Dates: []austauschbar.Date{},
		AwardCriteria: []austauschbar.AwardCriterion{}, Terms: []austauschbar.ContractTerm{}, Templates: []austauschbar.ContractTemplate{},
		Contradictions: []austauschbar.Contradiction{}, Waivers: []austauschbar.WaiverRecord{},
	}
	for _, topic := range e.Topics() {
		facts.Topics[topic] = []austauschbar.TopicHit{}
	}
	for _, kind := range austauschbar.MentionKinds {
		facts.Mentions[kind] = []austauschbar.Mention{}
	}
	return facts
}

// addTo appends a readable document's facts to those of the dossier. What could be
// changed there is cloned: the document's own may be kept for the next reading.
func (f *documentFacts) addTo(facts *austauschbar.Facts) {
	document := f.document
	document.Evidence = slices.Clone(document.Evidence)
	facts.Documents = append(facts.Documents, document)
	for id, clause := range f.clauses {
		clause.Headings = slices.Clone(clause.Headings)
		facts.Clauses[id] = clause
	}
	for topic, hits := range f.topics {
		facts.Topics[topic] = append(facts.Topics[topic], hits...)
	}
	for kind, mentions := range f.mentions {
		facts.Mentions[kind] = appendClones(facts.Mentions[kind], mentions, austauschbar.Mention.Clone)
	}
	facts.Durations = append(facts.Durations, f.durations...)
	facts.Amounts = append(facts.Amounts, f.amounts...)
	facts.Percentages = append(facts.Percentages, f.percentages...)
	facts.Dates = append(facts.Dates, f.dates...)
	facts.AwardCriteria = appendClones(facts.AwardCriteria, f.awardCriteria, austauschbar.AwardCriterion.Clone)
	facts.Terms = appendClones(facts.Terms, f.contractTerms(), austauschbar.ContractTerm.Clone)
	facts.Templates = appendClones(facts.Templates, f.contractTemplates(), austauschbar.ContractTemplate.Clone)
	facts.Repositories = appendClones(facts.Repositories, f.repositories, publiccode.Clone)
	facts.Notice = appendClones(facts.Notice, f.notices, austauschbar.Notice.Clone)
}

func appendClones[T any](to, from []T, clone func(T) T) []T {
	for _, one := range from {
		to = append(to, clone(one))
	}
	return to
}
