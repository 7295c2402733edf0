package lexicon

import "slices"

// An automaton finds all its literals in a text in one pass (Aho, Corasick:
// "Efficient string matching", 1975), as a dense table over classes of bytes.
type automaton struct {
	class   [256]uint8
	classes int
	next    []int32 // state*classes + class
	first   []int32 // state -> first literal that ends there, -1 for none
	link    []int32 // state -> next shorter state with a literal, 0 for none
	same    []int32 // literal -> next literal with the same text, -1 for none
}

// newAutomaton builds the automaton; literals are told apart by their index.
func newAutomaton(literals []string) *automaton {
	a := &automaton{classes: 1}
	for _, literal := range literals {
		for i := range len(literal) {
			if a.class[literal[i]] == 0 {
				a.class[literal[i]] = uint8(a.classes)
				a.classes++
			}
		}
	}
	states := 1
	for _, literal := range literals {
		states += len(literal)
	}
	a.next, a.first = make([]int32, 0, states*a.classes), make([]int32, 0, states)
	a.addState()
	a.same = make([]int32, len(literals))
	for id, literal := range literals {
		state := int32(0)
		for i := range len(literal) {
			at := int(state)*a.classes + int(a.class[literal[i]])
			if a.next[at] == 0 {
				a.next[at] = a.addState()
			}
			state = a.next[int(state)*a.classes+int(a.class[literal[i]])]
		}
		a.same[id] = a.first[state]
		a.first[state] = int32(id)
	}
	a.close()
	return a
}

func (a *automaton) addState() int32 {
	a.next = a.next[:len(a.next)+a.classes]
	a.first = append(a.first, -1)
	return int32(len(a.first) - 1)
}

// close turns the tree of literals into an automaton: breadth first, a missing
// step becomes that of the longest proper suffix.
func (a *automaton) close() {
	// Literals share beginnings, so far less was needed than reserved.
	a.next, a.first = slices.Clone(a.next), slices.Clone(a.first)
	a.link = make([]int32, len(a.first))
	fail := make([]int32, len(a.first))
	queue := make([]int32, 0, len(a.first))
	for c := range a.classes {
		if child := a.next[c]; child != 0 {
			queue = append(queue, child)
		}
	}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		if suffix := fail[state]; a.first[suffix] >= 0 {
			a.link[state] = suffix
		} else {
			a.link[state] = a.link[suffix]
		}
		for c := range a.classes {
			at, other := int(state)*a.classes+c, a.next[int(fail[state])*a.classes+c]
			if child := a.next[at]; child != 0 {
				fail[child] = other
				queue = append(queue, child)
			} else {
				a.next[at] = other
			}
		}
	}
}

// scan calls found with each literal and the place where it ends, in the
// order of ends, longer literals first.
func (a *automaton) scan(text []byte, found func(literal int32, end int)) {
	state := int32(0)
	for i, c := range text {
		state = a.next[int(state)*a.classes+int(a.class[c])]
		if a.first[state] < 0 && a.link[state] == 0 {
			continue
		}
		for s := state; s != 0; s = a.link[s] {
			for id := a.first[s]; id >= 0; id = a.same[id] {
				found(id, i+1)
			}
		}
	}
}
