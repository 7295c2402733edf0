package evaluator

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

var (
	// What an author has yet to fill in, as templates write it: "<purpose of the interface>",
	// "[name of the software]". Other words in square brackets may be meant as they stand.
	blank = regexp.MustCompile(`<[\pL(_][^<>]{2,200}>|\[(?i:name|bezeichnung|titel|produktname|bitte|hier|insert|enter|title of|description of|beschreibung de[rs])\b[^\[\]]{0,200}\]`)
	// A file's name, whose words say what is in the file: "export.bin".
	fileName = regexp.MustCompile(`(?i)[\w-]+(?:\.[\w-]+)*\.(?:bin|cfg|conf|csv|dat|docx?|exe|gz|html?|ini|jar|js|json|log|md|odt|pdf|proto|py|sh|sig|sql|tar|toml|tsx?|txt|xlsx?|xml|ya?ml|zip)\b`)
)

// fewWords is how many words beside its blanks a clause may have that says nothing yet: a
// heading, or the name of a field.
const fewWords = 3

// said leaves out topics that a text only seems to speak of: in blanks of a template, and
// where the first or last word is part of a file's name.
func said(text string, topics []lexicon.TopicReading) []lexicon.TopicReading {
	if len(topics) == 0 {
		return topics
	}
	blanks, files := blanksIn(text), [][]int(nil)
	if dotted(text) {
		files = fileName.FindAllStringIndex(text, -1)
	}
	if len(blanks)+len(files) == 0 {
		return topics
	}
	if len(blanks) > 0 && len(strings.Fields(blank.ReplaceAllString(text, " "))) <= fewWords {
		return nil
	}
	return slices.DeleteFunc(topics, func(topic lexicon.TopicReading) bool {
		return blankAt(blanks, topic) ||
			slices.ContainsFunc(files, func(at []int) bool { return covers(at, topic.Start) || covers(at, topic.End-1) })
	})
}

// blanksIn are the places of a text that are yet to be filled in.
func blanksIn(text string) [][]int {
	if !strings.ContainsAny(text, "<[") {
		return nil
	}
	return blank.FindAllStringIndex(text, -1)
}

// blankAt says whether words stand within one of the blanks.
func blankAt(blanks [][]int, found lexicon.TopicReading) bool {
	return slices.ContainsFunc(blanks, func(at []int) bool { return at[0] <= found.Start && found.End <= at[1] })
}

func covers(span []int, at int) bool { return span[0] <= at && at < span[1] }

// dotted says whether something like a letter follows a dot, as in names of files: the
// expression for these takes long where there is none.
func dotted(text string) bool {
	for {
		_, after, found := strings.Cut(text, ".")
		if !found {
			return false
		}
		if after != "" && (after[0] >= utf8.RuneSelf || 'a' <= after[0]|' ' && after[0]|' ' <= 'z') {
			return true
		}
		text = after
	}
}
