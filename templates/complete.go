package templates

import (
	"slices"
	"strings"
)

// ofCriterion are the words that every criterion has besides those of its findings.
var ofCriterion = []string{"title", "meaning", "evidence", "reason"}

// Lacking lists the names of words that a criterion, whose findings bear these codes,
// has none for.
func (words *Words) Lacking(id string, codes []string) []string {
	wanted := []string{}
	for _, part := range ofCriterion {
		wanted = append(wanted, id+"."+part)
	}
	for _, code := range codes {
		name := words.nameOf(id, code)
		wanted = append(wanted, name, name+".remedy")
	}
	return slices.DeleteFunc(wanted, words.Defines)
}

// Unsaid lists the codes that a criterion has words for and no finding bears.
func (words *Words) Unsaid(id string, codes []string) []string {
	unsaid := []string{}
	for _, name := range words.Names() {
		code, ours := strings.CutPrefix(name, id+".")
		if ours && !strings.Contains(code, ".") && !slices.Contains(ofCriterion, code) && !slices.Contains(codes, code) {
			unsaid = append(unsaid, code)
		}
	}
	return unsaid
}
