package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// longestShort is the most letters of an abbreviation such as MSSQL.
const longestShort = 6

// NameAs is the name to show for an entry that a text writes in some way: the
// catalogue's, unless the two have no word in common or the text stops before what the
// catalogue adds to tell one from another ("Slack channel", "Oracle Database"). An entry may cover a family, and
// who writes "Instagram" must not be told of Facebook. Abbreviations stand for the name.
func (e Entry) NameAs(written string) string {
	if written == e.Name {
		return written
	}
	if e.Kind == "ai_model" && strings.ContainsAny(written, "0123456789") {
		return written // one of a family: GPT-4o is not called GPT
	}
	if begins(written, e.Name) {
		return written
	}
	if isCapitals(written) && utf8.RuneCountInString(written) <= longestShort || e.Kind == "format" && isEndingOf(written) {
		return e.Name
	}
	name := strings.ReplaceAll(foldWords(e.Name), " ", "")
	if slices.ContainsFunc(strings.Fields(foldWords(written)), func(word string) bool { return len(word) > 2 && strings.Contains(name, word) }) {
		return e.Name
	}
	if joined := strings.ReplaceAll(foldWords(written), " ", ""); strings.Contains(joined, name) {
		return e.Name
	}
	return written
}

// begins says whether what is written are the first words of a name, and not all of them.
func begins(written, name string) bool {
	first, all := strings.Fields(foldWords(written)), strings.Fields(foldWords(name))
	return len(first) > 0 && len(first) < len(all) && slices.Equal(first, all[:len(first)])
}

// isEndingOf says whether a format is written as its files end: ".docx".
func isEndingOf(written string) bool {
	ending := strings.TrimPrefix(written, ".")
	return len(ending) <= longestShort && ending == strings.ToLower(ending) && !strings.ContainsAny(ending, " -")
}
