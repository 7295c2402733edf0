package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Some systems go by a name with a full stop in it: "IBU.data", "beispiel-online.com".

// shortestDotted is how many letters such a name has before its first full stop: fewer are
// an abbreviation ("z.B").
const shortestDotted = 3

// dottedAt returns the name with a full stop in it that begins at a word; "" where none
// does. What is a part of a longer address, the name of a file, or the end of a sentence
// that lacks a blank is none.
func (s *Scanner) dottedAt(first int) string {
	if first < 0 || first >= len(s.tokens) {
		return ""
	}
	start, last := s.tokens[first].start, first
	for last+1 < len(s.tokens) && s.joins(last) {
		last++
	}
	name := s.text[start:s.tokens[last].end]
	parts := strings.Split(name, ".")
	ending := parts[len(parts)-1]
	switch {
	case len(parts) < 2, utf8.RuneCountInString(parts[0]) < shortestDotted, parts[0] == "www", isDigits(name):
		return ""
	case len(ending) < 2 || strings.IndexFunc(ending, func(r rune) bool { return !unicode.IsLower(r) }) >= 0, slices.Contains(fileEndings, ending):
		return ""
	case start > 0 && strings.IndexByte("@/.-_", s.text[start-1]) >= 0, strings.HasPrefix(s.text[start+len(name):], "/"), strings.HasPrefix(s.text[start+len(name):], "@"):
		return ""
	case !isDomain(name) && strings.IndexFunc(name, unicode.IsUpper) < 0:
		return ""
	}
	return name
}

// joins says whether a hyphen or a full stop, and nothing else, stands behind a word.
func (s *Scanner) joins(word int) bool {
	between := s.text[s.tokens[word].end:s.tokens[word+1].start]
	return between == "-" || between == "."
}

// fileEndings are those of files that texts on software name.
var fileEndings = strings.Fields("bat bmp cfg conf cs css csv doc docx dtd env exe gif go gz html ini jar java jpeg jpg js json jsx log md pdf php png ppt pptx ps py rb rego rst sh sql svg tar toml ts tsx txt vue xhtml xls xlsx xml xsd xsl yaml yml zip")

// domains are the last parts of names under which services are reached.
var domains = strings.Fields("at be bund ca ch com de edu eu fi fr gov info int io it lu net nl org swiss uk us")

// isDomain says whether a name is one under which a service is reached.
func isDomain(name string) bool {
	return slices.Contains(domains, name[strings.LastIndexByte(name, '.')+1:])
}

// takeDotted keeps the name with a full stop in it that begins at a word, if one does that
// nobody knows.
func (n *introducer) takeDotted(first int) {
	if name := n.dottedAt(first); name != "" && !n.isKnown(first, n.cues, n.known) {
		n.found = append(n.found, name)
	}
}

// reachAddress is how many words may stand between a system and where it is reached: "die
// unter beispiel.de betriebene Anwendung".
const reachAddress = 5

// beforeAddress are words before where a system is reached.
var beforeAddress = []string{"unter", "auf", "at", "on", "under"}

// atAddress takes what a system is told by: where it is reached.
func (n *introducer) atAddress(kind Hit) {
	for word := max(1, kind.First-reachAddress); word < len(n.tokens) && word <= kind.Last+reachAddress+1; word++ {
		if slices.Contains(beforeAddress, n.tokens[word-1].folded) && isDomain(n.dottedAt(word)) {
			n.takeDotted(word)
		}
	}
}
