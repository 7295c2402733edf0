package lexicon

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// settleNames keeps of names that overlap the longest, and offers names to the
// phrases that ask for them. An ambiguous name counts where its context stands
// in the clause, or beside another product; else it stays marked, for the document
// to settle.
func (s *Scanner) settleNames(names []match) []match {
	if len(names) == 0 {
		return names
	}
	names = s.outsideAddresses(names)
	s.settle(names)
	slices.SortStableFunc(names, func(a, b match) int {
		if a.first != b.first || a.last != b.last {
			return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last))
		}
		x, y := &s.matcher.labels[a.label], &s.matcher.labels[b.label]
		return cmp.Or(strings.Compare(x.Side, y.Side), strings.Compare(x.ID, y.ID))
	})
	kept := names[:0]
	for _, name := range names {
		if len(kept) == 0 || name.first > kept[len(kept)-1].last {
			kept = append(kept, name)
		}
	}
	s.settleNeighbours(kept)
	for _, name := range kept {
		label := &s.matcher.labels[name.label]
		if slot, known := s.matcher.nameSlots[label.ID]; label.Side == "" && known {
			s.offer(slot, int(name.first), int(name.last))
		}
	}
	return kept
}

// settle notes of which ambiguous names the context stands in the clause. Names that are
// everyday words in small letters only need none, but for those that begin a sentence.
func (s *Scanner) settle(names []match) {
	var contexts map[string]bool
	for i := range names {
		rule := &s.matcher.rules[names[i].rule]
		if rule.number == rule.settled {
			continue
		}
		if rule.label.Side == sideProper && !s.opensSentence(names[i]) {
			names[i].label = rule.settled
			continue
		}
		if contexts == nil {
			contexts = s.contexts()
		}
		if slices.ContainsFunc(s.matcher.contextsOf[rule.label.ID], func(id string) bool { return contexts[id] }) {
			names[i].label = rule.settled
		}
	}
}

// contexts tells of which entries and tags a context stands in the clause.
func (s *Scanner) contexts() map[string]bool {
	found := map[string]bool{}
	for _, id := range s.tried {
		if rule := &s.matcher.rules[id]; rule.label.Set == setContext && !found[rule.label.ID] {
			found[rule.label.ID] = len(s.find(&rule.root)) > 0
		}
	}
	return found
}

// opensSentence says whether a name is the first word of a sentence or cell that goes on
// in small letters: there any word has a capital.
func (s *Scanner) opensSentence(name match) bool {
	start, end := s.tokens[name.first].start, s.tokens[name.last].end
	before := strings.TrimRight(s.text[:start], " \"'“„*_(")
	behind, goesOn := strings.CutPrefix(s.text[end:], " ")
	if mark, next, listed := strings.Cut(behind, " "); listed && slices.Contains(listMarks, mark) {
		behind = next
	}
	return (before == "" || strings.HasSuffix(before, "|")) && goesOn && unicode.IsLower(runeAt(behind, 0))
}

// settleNeighbours settles ambiguous names that stand beside a product in a list: "Jira
// and Confluence". What that settles settles its neighbours.
func (s *Scanner) settleNeighbours(names []match) {
	for i := 1; i < len(names); i++ {
		s.settleBeside(names, i-1, i)
	}
	for i := len(names) - 1; i > 0; i-- {
		s.settleBeside(names, i, i-1)
	}
}

// settleBeside settles one of two names that follow each other by the other one.
func (s *Scanner) settleBeside(names []match, known, other int) {
	first, second := min(known, other), max(known, other)
	if s.isAmbiguous(names[known]) || !s.isAmbiguous(names[other]) || !s.isMade(names[known]) || !s.isMade(names[other]) {
		return
	}
	between := s.text[s.tokens[names[first].last].end:s.tokens[names[second].first].start]
	if slices.Contains(listMarks, strings.TrimSpace(between)) {
		names[other].label = s.matcher.rules[names[other].rule].settled
	}
}

// isAmbiguous says whether nothing has told yet that a name is no everyday word.
func (s *Scanner) isAmbiguous(name match) bool { return s.matcher.labels[name.label].Side != "" }

// listMarks stand between the members of a list.
var listMarks = []string{",", "/", ";", "|", "&", "+", "und", "and", "oder", "or", "bzw.", ", and", ", or"}

// isMade says whether a name is one of a product or service rather than a specification.
func (s *Scanner) isMade(name match) bool {
	kind := s.matcher.nameSlots[s.matcher.rules[name.rule].label.ID]
	return kind == slotNamed("product") || kind == slotNamed("cloud_service") || kind == slotNamed("ai_model")
}
