package lexicon

import "strings"

// A dictionary is what words are looked up in. Most literals stand at the beginning of a
// word: a tree tells them, which a word leaves after a few bytes. The few others may
// stand anywhere.
type dictionary struct {
	beginnings   tree
	insides      *automaton
	asBeginnings []meaning // text of the tree -> what it stands for
	asInsides    []meaning // text of the automaton -> what it stands for
}

// A meaning is what a literal stands for.
type meaning struct {
	forms  []wordForm // atoms of one word
	begins []begun    // the others: none but the literal is in the word that begins them
}

// A wordForm is an atom of one word, told by the words whose form it is where nothing but
// its tail is left to look at.
type wordForm struct {
	tails uint8 // kinds that are allowed; see allowedTails
	kind  formKind
	id    int32 // of a word or, where more is to be looked at, of the atom
}

type formKind uint8

const (
	ofWord    formKind = iota
	exactly            // the spelling of the atom counts
	separated          // the atom is a verb's whose prefix must follow
)

// newDictionary makes one of all atoms.
func newDictionary(atoms []atom, wordsWith [][]int32) dictionary {
	var beginnings, insides []int32 // atoms
	var begin, within []string      // what they are sought by
	for i := range atoms {
		if sought := atoms[i].sought(); atoms[i].before {
			insides, within = append(insides, int32(i)), append(within, sought)
		} else {
			beginnings, begin = append(beginnings, int32(i)), append(begin, strings.TrimPrefix(sought, " "))
		}
	}
	d := dictionary{beginnings: newTree(begin), insides: newAutomaton(within)}
	d.asBeginnings = meanings(d.beginnings.texts, beginnings, atoms, wordsWith)
	d.asInsides = meanings(d.insides.texts, insides, atoms, wordsWith)
	return d
}

// meanings tells what texts stand for, by their literals, each of one atom.
func meanings(texts [][]int32, ids []int32, atoms []atom, wordsWith [][]int32) []meaning {
	all := make([]meaning, len(texts))
	for text, literals := range texts {
		m := &all[text]
		for _, literal := range literals {
			id := ids[literal]
			switch a := &atoms[id]; {
			case len(a.rest) > 0:
				m.begins = append(m.begins, begun{atom: id, next: initialsOf(a.rest[0])})
			case a.exact != "":
				m.forms = append(m.forms, wordForm{a.tails, exactly, id})
			case a.prefix != "":
				m.forms = append(m.forms, wordForm{a.tails, separated, id})
			default:
				for _, word := range wordsWith[id] {
					m.forms = append(m.forms, wordForm{a.tails, ofWord, word})
				}
			}
		}
	}
	return all
}

// A tree holds literals by their bytes, breadth first: the children of a node follow each
// other, behind them those of the next node. So little of it is looked at that it stays
// in the cache.
type tree struct {
	rows    [][256]int32 // the root and its children, which have many: byte -> child, 0 for none
	letters []byte       // node -> the byte that leads to it
	nodes   []branching
	texts   [][]int32 // text -> the literals that it is
}

// A branching is a node's first child and the text that ends there, -1 for none.
type branching struct{ child, text int32 }

func newTree(literals []string) tree {
	grown, texts := grow(literals)
	t := tree{letters: make([]byte, len(grown)), nodes: make([]branching, len(grown)+1), texts: texts}
	for i := range grown {
		t.letters[i], t.nodes[i] = grown[i].letter, branching{grown[i].child, grown[i].text}
	}
	t.nodes[len(grown)].child = int32(len(grown)) // where the last node's children would end
	t.rows = make([][256]int32, t.nodes[1].child)
	for node := range t.rows {
		for child := t.nodes[node].child; child < t.nodes[node+1].child; child++ {
			t.rows[node][t.letters[child]] = child
		}
	}
	return t
}

// child returns the node to which a byte leads; 0 where it leads to none. Further from the
// root most nodes have few children: asking each is faster than a search.
func (t *tree) child(node int32, letter byte) int32 {
	if int(node) < len(t.rows) {
		return t.rows[node][letter]
	}
	for at, end := t.nodes[node].child, t.nodes[node+1].child; at < end; at++ {
		if t.letters[at] == letter {
			return at
		}
	}
	return 0
}
