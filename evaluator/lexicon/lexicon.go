// Package lexicon recognises what the policies' data name: topics by their
// phrases, products, standards and the like by their names, and the small words
// that turn a meaning round. docs/lexicon.md documents the format; the pattern
// language is ours.
package lexicon

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"buf.build/go/spdx"
	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"

	"github.com/austauschbar/austauschbar"
)

// Sets that labels belong to.
const (
	SetTopic    = "topic"
	SetName     = "name"
	SetCue      = "cue"
	SetRole     = "role"
	SetSubject  = "subject"
	SetDocument = "document"
	setContext  = "context"
	setUnit     = "unit"
)

// SideAmbiguous marks a name that is an everyday word and has no context in its
// clause.
const SideAmbiguous = "ambiguous"

// sideProper marks a name that is an everyday word in small letters only.
const sideProper = "proper"

var nameKinds = austauschbar.MentionKinds

// A Lexicon is the compiled data of one set of policies. It is not changed after
// Load.
type Lexicon struct {
	Matcher       *Matcher
	Topics        map[string]Topic
	Entries       map[string]Entry
	cues          map[string]bool // by id: whether a topic asks for it, see Placed
	languageNames []string
	beforeNames   phrases         // by language, folded: words behind which a name stands by itself
	abbreviations map[string]bool // of all languages, folded, without full stop
	known         known           // what architecture files write instead of names
	scanners      sync.Pool
}

// A Topic is something that documents speak of.
type Topic struct {
	Title    map[string]string   `yaml:"title"`
	Kind     string              `yaml:"kind"` // of the label vocabulary; "" for none
	Criteria []string            `yaml:"criteria"`
	Negation string              `yaml:"negation"` // "flips" (also ""), "silences", "ignored"
	Option   string              `yaml:"option"`   // what the supplier may do is "weak" (also "") or "met"
	Hedges   string              `yaml:"hedges"`   // words that leave exceptions make it half-hearted (also ""), or are "ignored"
	Lists    bool                `yaml:"lists"`    // the items of a list are read with the sentence that leads into it, too
	Excluded string              `yaml:"excluded"` // the topic that says that this one is no part of the contract; "" for none
	Within   string              `yaml:"within"`   // the cue without which the topic is not spoken of, see Placed; "" for none
	Outside  string              `yaml:"outside"`  // the cue with which it is not; "" for none
	Unless   string              `yaml:"unless"`   // the cue that outweighs the one of Outside; "" for none
	Met      map[string][]string `yaml:"met"`      // by language
	Weak     map[string][]string `yaml:"weak"`
	Risk     map[string][]string `yaml:"risk"`
	Not      map[string][]string `yaml:"not"`
	Examples map[string][]string `yaml:"examples"` // by "met", "weak", "risk", "none"

	signal bool // tells of the deal as a whole and is nothing that criteria look up
}

// hedged says whether words that leave exceptions make a topic half-hearted: one that can
// be denied and that is no option.
func (t Topic) hedged() bool {
	return !t.signal && t.Hedges != "ignored" && t.Option != Met && (t.Negation == "" || t.Negation == "flips")
}

// An Entry is a name of the catalogue and what is known of what it names. Vendor,
// Alternatives and Successor are ids of other entries; of a cloud service Vendor is the
// provider and Alternatives are its open counterparts.
type Entry struct {
	Kind         string            `yaml:"-"`
	Name         string            `yaml:"name"`
	Aliases      []string          `yaml:"aliases"`
	Proper       []string          `yaml:"proper"` // everyday words in small letters only
	Ambiguous    []string          `yaml:"ambiguous"`
	Context      []string          `yaml:"context"`
	Uninflected  bool              `yaml:"uninflected"` // no genitive s, which would make another word of the name
	Vendor       string            `yaml:"vendor"`
	GovernedBy   string            `yaml:"governed_by"`
	Open         bool              `yaml:"open"`
	Royalty      string            `yaml:"royalty"` // of a specification: what its patents may cost
	OpenBy       []string          `yaml:"open_by"` // definitions of openness that a specification meets
	Successor    string            `yaml:"successor"`
	Licence      string            `yaml:"licence"`
	Earlier      []Earlier         `yaml:"earlier"` // licences of earlier versions, the oldest first; see AtVersion
	SPDX         string            `yaml:"spdx"`
	Function     map[string]string `yaml:"function"` // by language, without article
	Alternatives []string          `yaml:"alternatives"`
	Tags         []string          `yaml:"tags"`
	Parts        map[string]string `yaml:"parts"`     // how open an AI model's weights, code, data and licence are
	Images       []string          `yaml:"images"`    // repositories of container images, without registry and tag
	Resources    []string          `yaml:"resources"` // types of Terraform, addresses of modules in its registry, kinds of Kubernetes with their group; "*" at the end for those that belong to it
	Packages     []string          `yaml:"packages"`  // package URLs without version; "*" at the end
	Hosts        []string          `yaml:"hosts"`     // of a service: "api.openai.com", "*.openai.azure.com"
	Settings     []string          `yaml:"settings"`  // words that follow each other in the names of settings for it alone: "AZURE_OPENAI"
	Schemes      []string          `yaml:"schemes"`   // of a protocol, in addresses: "amqps"
	Ports        []int             `yaml:"ports"`     // of a protocol, where nothing else uses them
	Programs     []string          `yaml:"programs"`  // of a product: names of programs that only its containers run: "redis-server", "pg_isready"
	Folders      []string          `yaml:"folders"`   // of a product: where only its containers keep data: "/var/lib/rabbitmq"
	Speaks       string            `yaml:"speaks"`    // of a product: id of the protocol over which it is used
	Exports      []string          `yaml:"exports"`   // of a product: ids of protocols and formats in which it gives out what it holds
	Note         string            `yaml:"note"`
	Source       string            `yaml:"source"`
	Checked      string            `yaml:"checked"`
	Unverified   bool              `yaml:"unverified"` // written from memory
}

type phrases = map[string][]string // by language

// file is the shape of a lexicon file; each may hold any of the parts.
type file struct {
	Words         map[string]phrases `yaml:"words"`
	Topics        map[string]Topic   `yaml:"topics"`
	Signals       map[string]Topic   `yaml:"signals"`
	Cues          map[string]phrases `yaml:"cues"`
	Roles         map[string]role    `yaml:"roles"`
	Subjects      map[string]phrases `yaml:"subjects"`
	Documents     map[string]phrases `yaml:"documents"`
	FunctionWords phrases            `yaml:"function_words"`
	BeforeNames   phrases            `yaml:"before_names"`
	Abbreviations phrases            `yaml:"abbreviations"`
	Buyers        phrases            `yaml:"buyers"`
	Contexts      map[string]phrases `yaml:"contexts"` // by tag of the catalogue
}

type role struct {
	Headings  phrases `yaml:"headings"`
	Sentences phrases `yaml:"sentences"`
}

// Load reads lexicon/*.yaml and catalogue/*.yaml. An error names the file and
// the entry.
func Load(fsys fs.FS) (*Lexicon, error) {
	l := &Lexicon{Matcher: newMatcher(), Topics: map[string]Topic{}, Entries: map[string]Entry{}, cues: map[string]bool{}, beforeNames: phrases{}, abbreviations: map[string]bool{}}
	err := errors.Join(eachFile(fsys, "lexicon", l.addWords, l.addFile), eachFile(fsys, "catalogue", l.addKinds))
	if err != nil {
		return nil, err
	}
	if err := errors.Join(l.knowsExclusions(), l.knowsSurroundings()); err != nil {
		return nil, err
	}
	if l.known, err = newKnown(l.Entries); err != nil {
		return nil, err
	}
	l.addLicences()
	l.Matcher.addUnits()
	l.Matcher.build()
	return l, nil
}

// knowsExclusions says which topic leads, where it is excluded, to one that is none.
func (l *Lexicon) knowsExclusions() error {
	for _, id := range slices.Sorted(maps.Keys(l.Topics)) {
		if other := l.Topics[id].Excluded; other != "" && l.Topics[other].Title == nil {
			return fmt.Errorf("topic %s: excluded: there is no topic %s", id, other)
		}
	}
	return nil
}

// knowsSurroundings notes the cues that topics ask for, and says which there is none of.
func (l *Lexicon) knowsSurroundings() error {
	for _, id := range slices.Sorted(maps.Keys(l.Topics)) {
		topic := l.Topics[id]
		for _, cue := range []string{topic.Within, topic.Outside, topic.Unless} {
			if cue == "" {
				continue
			}
			if _, known := l.cues[cue]; !known {
				return fmt.Errorf("topic %s: there is no cue %s", id, cue)
			}
			l.cues[cue] = true
		}
	}
	return nil
}

// Surroundings are the ids of those of a clause's cues that topics ask for.
func (l *Lexicon) Surroundings(cues Cues) []string {
	var ids []string
	for i := range cues {
		if l.cues[cues[i].ID] && !slices.Contains(ids, cues[i].ID) {
			ids = append(ids, cues[i].ID)
		}
	}
	return ids
}

// Placed says whether a topic that a clause speaks of counts with what else is spoken of
// there: has tells of a cue whether its words stand in the clause or around it.
func (l *Lexicon) Placed(topic string, has func(cue string) bool) bool {
	t := l.Topics[topic]
	if t.Within != "" && !has(t.Within) {
		return false
	}
	return t.Outside == "" || !has(t.Outside) || t.Unless != "" && has(t.Unless)
}

// eachFile decodes a folder's files side by side and adds them in the order of
// their names: of all of them first what the others ask for.
func eachFile[T any](fsys fs.FS, folder string, adds ...func(T) error) error {
	names, err := fs.Glob(fsys, folder+"/*.yaml")
	if err != nil {
		return fmt.Errorf("list %s: %w", folder, err)
	}
	decoded := make([]T, len(names))
	var group errgroup.Group
	for i, name := range names {
		group.Go(func() error {
			data, err := fs.ReadFile(fsys, name)
			if err == nil {
				err = decode(data, &decoded[i])
			}
			if err != nil {
				return fmt.Errorf("load %s: %w", name, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, add := range adds {
		for i, name := range names {
			if err := add(decoded[i]); err != nil {
				return fmt.Errorf("load %s: %w", name, err)
			}
		}
	}
	return nil
}

func decode(data []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func (l *Lexicon) addWords(f file) error {
	for _, name := range slices.Sorted(maps.Keys(f.Words)) {
		for _, language := range slices.Sorted(maps.Keys(f.Words[name])) {
			if err := l.Matcher.addNamed(name, language, f.Words[name][language]); err != nil {
				return fmt.Errorf("words %s: %w", name, err)
			}
		}
	}
	return nil
}

func (l *Lexicon) addFile(f file) error {
	for _, id := range slices.Sorted(maps.Keys(f.Topics)) {
		if err := l.addTopic(id, f.Topics[id]); err != nil {
			return fmt.Errorf("topic %s: %w", id, err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.Signals)) {
		signal := f.Signals[id]
		signal.signal = true
		if err := l.addTopic(id, signal); err != nil {
			return fmt.Errorf("signal %s: %w", id, err)
		}
	}
	for _, part := range []struct {
		set  string
		list map[string]phrases
	}{{SetCue, f.Cues}, {SetSubject, f.Subjects}, {SetDocument, f.Documents}} {
		for _, id := range slices.Sorted(maps.Keys(part.list)) {
			if err := l.addPhrases(Label{Set: part.set, ID: id}, part.list[id]); err != nil {
				return fmt.Errorf("%s %s: %w", part.set, id, err)
			}
			if part.set == SetCue {
				l.cues[id] = false
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.Roles)) {
		err := errors.Join(l.addPhrases(Label{Set: SetRole, ID: id, Side: "headings"}, f.Roles[id].Headings),
			l.addPhrases(Label{Set: SetRole, ID: id, Side: "sentences"}, f.Roles[id].Sentences))
		if err != nil {
			return fmt.Errorf("role %s: %w", id, err)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(f.Contexts)) {
		if err := l.addPhrases(Label{Set: setContext, ID: ofTag(tag)}, f.Contexts[tag]); err != nil {
			return fmt.Errorf("contexts %s: %w", tag, err)
		}
	}
	l.addFunctionWords(f.FunctionWords)
	for language, words := range f.BeforeNames {
		for _, word := range words {
			l.beforeNames[language] = append(l.beforeNames[language], fold(word))
		}
	}
	for _, words := range f.Buyers {
		l.Matcher.buyers.add(words)
	}
	for _, words := range f.Abbreviations {
		for _, word := range words {
			l.abbreviations[fold(strings.TrimSuffix(word, "."))] = true
		}
	}
	return nil
}

func (l *Lexicon) addTopic(id string, topic Topic) error {
	if _, twice := l.Topics[id]; twice {
		return errors.New("is defined twice")
	}
	if !slices.Contains([]string{"", "flips", "silences", "ignored"}, topic.Negation) {
		return fmt.Errorf("negation %q: want flips, silences or ignored", topic.Negation)
	}
	if !slices.Contains([]string{"", Weak, Met}, topic.Option) {
		return fmt.Errorf("option %q: want weak or met", topic.Option)
	}
	if topic.Hedges != "" && topic.Hedges != "ignored" {
		return fmt.Errorf("hedges %q: want ignored", topic.Hedges)
	}
	l.Topics[id] = topic
	for _, side := range []struct {
		name string
		list phrases
	}{{"met", topic.Met}, {"weak", topic.Weak}, {"risk", topic.Risk}, {"not", topic.Not}} {
		if err := l.addPhrases(Label{Set: SetTopic, ID: id, Side: side.name}, side.list); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lexicon) addPhrases(label Label, list phrases) error {
	for _, language := range slices.Sorted(maps.Keys(list)) {
		label.Language = language
		for _, phrase := range list[language] {
			if err := l.Matcher.add(label, phrase); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *Lexicon) addFunctionWords(list phrases) {
	for _, name := range slices.Sorted(maps.Keys(list)) {
		number := slices.Index(l.languageNames, name)
		if number < 0 {
			number = len(l.languageNames)
			l.languageNames = append(l.languageNames, name)
		}
		for _, word := range list[name] {
			if word = fold(word); !slices.Contains(l.Matcher.functionWords[word], number) {
				l.Matcher.functionWords[word] = append(l.Matcher.functionWords[word], number)
			}
		}
	}
}

// FunctionWord says whether a word is one of a language's function words.
func (l *Lexicon) FunctionWord(word, language string) bool {
	return slices.Contains(l.Matcher.functionWords[fold(word)], slices.Index(l.languageNames, language))
}

// BeforeName says whether a name behind the word stands by itself.
func (l *Lexicon) BeforeName(word, language string) bool {
	return slices.Contains(l.beforeNames[language], fold(word))
}

func (l *Lexicon) addKinds(kinds map[string]map[string]Entry) error {
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if !slices.Contains(nameKinds, kind) {
			return fmt.Errorf("kind %q: want one of %s", kind, strings.Join(nameKinds, ", "))
		}
		for _, id := range slices.Sorted(maps.Keys(kinds[kind])) {
			entry := kinds[kind][id]
			entry.Kind = kind
			if err := l.addEntry(id, entry); err != nil {
				return fmt.Errorf("%s %s: %w", kind, id, err)
			}
		}
	}
	return nil
}

func (l *Lexicon) addEntry(id string, entry Entry) error {
	if other, twice := l.Entries[id]; twice {
		return fmt.Errorf("is defined twice (also as %s)", other.Kind)
	}
	if entry.Name == "" || entry.Source == "" || entry.Checked == "" {
		return errors.New("needs name, source and checked")
	}
	if len(entry.Spellings()) == 0 {
		return errors.New("needs aliases, proper or ambiguous")
	}
	for _, alias := range entry.Spellings() {
		if strings.IndexFunc(alias, isWordRune) < 0 {
			return fmt.Errorf("alias %q has neither a letter nor a digit", alias)
		}
	}
	if len(entry.Ambiguous) > 0 && len(entry.Context) == 0 {
		return errors.New("ambiguous needs context")
	}
	if err := checkEarlier(entry.Earlier); err != nil {
		return err
	}
	l.Entries[id] = entry
	l.Matcher.nameSlots[id] = slotNamed(entry.Kind)
	for _, alias := range entry.Aliases {
		l.Matcher.addName(Label{Set: SetName, ID: id}, entry.forms(alias)...)
	}
	for _, alias := range entry.Proper {
		l.Matcher.addName(Label{Set: SetName, ID: id, Side: sideProper}, exactForm(alias))
	}
	for _, alias := range entry.Ambiguous {
		l.Matcher.addName(Label{Set: SetName, ID: id, Side: SideAmbiguous}, exactForm(alias))
	}
	if len(entry.Proper)+len(entry.Ambiguous) > 0 {
		l.Matcher.contextsOf[id] = []string{id}
		for _, tag := range entry.Tags {
			l.Matcher.contextsOf[id] = append(l.Matcher.contextsOf[id], ofTag(tag))
		}
	}
	for _, phrase := range entry.Context {
		if err := l.Matcher.add(Label{Set: setContext, ID: id}, phrase); err != nil {
			return err
		}
	}
	return nil
}

// ofTag labels the contexts that the entries of a tag share.
func ofTag(tag string) string { return "tag " + tag }

// Spellings lists all that the entry goes by in texts.
func (e Entry) Spellings() []string { return slices.Concat(e.Aliases, e.Proper, e.Ambiguous) }

// forms lists the spellings of one of the entry's aliases.
func (e Entry) forms(alias string) []form {
	forms := nameForms(alias)
	for i := range forms {
		forms[i].ending = forms[i].ending && !e.Uninflected
	}
	return forms
}

// nameForms lists the spellings of a name: as it is, and joined where it is
// written with hyphens.
func nameForms(name string) []form {
	if mustBeExact(name) {
		return []form{exactForm(name)}
	}
	forms := []form{{literal: literal{text: foldWords(name), ending: true, genitive: true}}}
	if strings.Contains(name, "-") && !strings.ContainsAny(name, " .0123456789") {
		forms = append(forms, form{literal: literal{text: strings.ReplaceAll(foldWords(name), " ", ""), ending: true, genitive: true}})
	}
	return forms
}

func exactForm(name string) form {
	return form{literal: literal{text: foldWords(name), exact: name, ending: true, genitive: true}}
}

// mustBeExact says whether a name is too short or too like a word to be matched
// in any case.
func mustBeExact(name string) bool {
	letters := strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, name)
	return len(letters) <= 3 || isCapitals(letters) || strings.ContainsAny(name, "#+") || strings.HasPrefix(name, ".")
}

// addLicences adds the licences of the SPDX list that the catalogue has not
// named itself. Identifiers that are everyday words ("Glide", "Info-ZIP") count
// only if they hold a digit or are in capitals.
func (l *Lexicon) addLicences() {
	for _, licence := range spdx.AllLicenses() {
		id := "spdx_" + strings.ToLower(licence.ID)
		if _, known := l.Entries[id]; known || licence.Deprecated {
			continue
		}
		entry := Entry{Kind: "licence", Name: licence.ID, Open: licence.OSIApproved, SPDX: licence.ID,
			Source: "https://spdx.org/licenses/" + licence.ID + ".html", Checked: spdx.LicenseListVersion}
		if entry.Open {
			entry.Tags = []string{"open_source"} // as the catalogue calls what the Open Source Initiative approved
		}
		l.Entries[id] = entry
		l.Matcher.nameSlots[id] = slotNamed("licence")
		if strings.ContainsAny(licence.ID, "0123456789") && len(licence.ID) > 4 {
			l.Matcher.addName(Label{Set: SetName, ID: id}, exactForm(licence.ID))
		}
		if name := licence.Name; strings.Contains(name, "icense") && len(name) > 12 {
			l.Matcher.addName(Label{Set: SetName, ID: id}, form{literal: literal{text: foldWords(name), ending: true, genitive: true}})
		}
	}
}

// outsideAddresses leaves out what stands in a web address or is the ending of a
// file's name: "github.com/…" names a place, "centers.json" a file.
func (s *Scanner) outsideAddresses(names []match) []match {
	addresses := addressesIn(s.text)
	return slices.DeleteFunc(names, func(name match) bool {
		start, end := s.tokens[name.first].start, s.tokens[name.last].end
		return isEnding(s.text, start) || slices.ContainsFunc(addresses, func(a [2]int) bool { return a[0] <= start && end <= a[1] })
	})
}

// addressesIn lists the web addresses of a text, each as its first byte and the one
// after its last.
func addressesIn(text string) [][2]int {
	var found [][2]int
	for at := 0; ; {
		mark := strings.Index(text[at:], "://")
		if mark < 0 {
			return found
		}
		mark += at
		begin := strings.LastIndexFunc(text[:mark], func(r rune) bool { return r > 'z' || !isWordByte(byte(r)) }) + 1
		end := len(text)
		if i := strings.IndexAny(text[mark:], " \t<>\"|)]"); i >= 0 {
			end = mark + i
		}
		found, at = append(found, [2]int{begin, end}), end
	}
}

// isEnding says whether a word is what follows the dot in a file's name.
func isEnding(text string, start int) bool {
	return start >= 2 && text[start-1] == '.' && isWordByte(text[start-2])
}

func isWordByte(b byte) bool {
	return b == '_' || b == '-' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// Scanner lends a scanner; Return takes it back for the next document.
func (l *Lexicon) Scanner() *Scanner {
	if scanner, ok := l.scanners.Get().(*Scanner); ok {
		return scanner
	}
	return l.Matcher.NewScanner()
}

// Return takes a scanner back.
func (l *Lexicon) Return(scanner *Scanner) {
	scanner.Forget()
	l.scanners.Put(scanner)
}

// TopicIDs lists the topics that criteria look up, sorted.
func (l *Lexicon) TopicIDs() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(l.Topics)), l.isSignal)
}

func (l *Lexicon) isSignal(id string) bool { return l.Topics[id].signal }
