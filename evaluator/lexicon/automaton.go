package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// An automaton finds all its literals in a text in one pass (Aho, Corasick:
// "Efficient string matching", 1975). The few states from which several bytes lead on
// have a row each in a table over classes of bytes; each of the others keeps the one
// step that leads on and the state to look further in. So the table grows with
// what literals differ in rather than with their length, and stays in the cache.
type automaton struct {
	class   [256]uint8 // 0 for bytes of no literal
	classes int32
	rows    []step    // state*classes + class, of states below len(rows)/classes
	branch  int32     // number of states that have a row
	chains  []chain   // of the states from branch on
	first   []int32   // state -> text that ends there, -1 for none
	link    []int32   // state -> next shorter state at which a text ends, 0 for none
	texts   [][]int32 // text -> the literals that it is
}

// A step is the state it leads to, negative where literals end there.
type step int32

// A chain is a state from which one class of bytes leads on, or none.
type chain struct {
	class uint8
	next  step
	fail  int32 // the state of the longest proper suffix: for all other classes
}

// noClass is a class that no byte has.
const noClass = 255

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
	tree, texts := grow(literals)
	a.texts = texts
	for i := 1; i < len(tree); i++ {
		if parent := tree[i].parent; parent > 0 {
			tree[i].fail = follow(tree, tree[parent].fail, tree[i].letter)
		}
	}
	a.number(tree)
	return a
}

// A node of the tree of literals. The nodes stand breadth first, so that the
// children of one follow each other.
type treeNode struct {
	letter     byte
	depth      int32
	from, to   int32 // the sorted literals that begin with it
	parent     int32
	child, end int32 // its children
	text       int32 // the text that ends there, -1 for none
	fail       int32 // the node of the longest proper suffix
}

// grow makes the tree, level by level, and lists the literals of each text.
func grow(literals []string) (tree []treeNode, texts [][]int32) {
	sorted := make([]int32, len(literals))
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(x, y int32) int {
		return cmp.Or(strings.Compare(literals[x], literals[y]), cmp.Compare(x, y))
	})
	tree = []treeNode{{to: int32(len(sorted)), text: -1}}
	for i := 0; i < len(tree); i++ {
		node := tree[i]
		from := node.from
		for node.from < node.to && len(literals[sorted[node.from]]) == int(node.depth) {
			node.from++
		}
		if from < node.from {
			node.text = int32(len(texts))
			texts = append(texts, sorted[from:node.from])
		}
		node.child = int32(len(tree))
		for from := node.from; from < node.to; {
			letter, to := literals[sorted[from]][node.depth], from+1
			for to < node.to && literals[sorted[to]][node.depth] == letter {
				to++
			}
			tree = append(tree, treeNode{letter: letter, depth: node.depth + 1, from: from, to: to, parent: int32(i), text: -1})
			from = to
		}
		node.end = int32(len(tree))
		tree[i] = node
	}
	return tree, texts
}

// follow returns where a byte leads from a node or, failing that, from the suffixes
// of what it stands for.
func follow(tree []treeNode, at int32, letter byte) int32 {
	for ; ; at = tree[at].fail {
		for child := tree[at].child; child < tree[at].end; child++ {
			if tree[child].letter == letter {
				return child
			}
		}
		if at == 0 {
			return 0
		}
	}
}

// branches says whether a node gets a row: where several bytes lead on, and near the
// root, where a text is most of the time.
func (n *treeNode) branches() bool { return n.depth < 2 || n.end-n.child > 1 }

// number makes states of the nodes, those with rows first.
func (a *automaton) number(tree []treeNode) {
	states := make([]int32, len(tree))
	for i := range tree {
		if tree[i].branches() {
			states[i] = a.branch
			a.branch++
		}
	}
	chained := a.branch
	for i := range tree {
		if !tree[i].branches() {
			states[i] = chained
			chained++
		}
	}
	a.rows, a.chains = make([]step, a.branch*a.classes), make([]chain, chained-a.branch)
	a.first, a.link = make([]int32, len(tree)), make([]int32, len(tree))
	for i, node := range tree {
		state, fail := states[i], states[node.fail]
		a.first[state], a.link[state] = node.text, fail
		if a.first[fail] < 0 {
			a.link[state] = a.link[fail]
		}
	}
	for i := range tree {
		a.connect(tree, states, int32(i))
	}
}

// connect fills in where a state's steps lead.
func (a *automaton) connect(tree []treeNode, states []int32, i int32) {
	node := &tree[i]
	state, fail := states[i], states[node.fail]
	if state >= a.branch {
		made := chain{class: noClass, fail: fail}
		if node.child < node.end {
			made.class, made.next = a.class[tree[node.child].letter], a.stepTo(states[node.child])
		}
		a.chains[state-a.branch] = made
		return
	}
	row := a.rows[state*a.classes : (state+1)*a.classes]
	for class := range row {
		if i > 0 {
			row[class] = a.step(fail, uint8(class))
		}
	}
	for child := node.child; child < node.end; child++ {
		row[a.class[tree[child].letter]] = a.stepTo(states[child])
	}
}

func (a *automaton) stepTo(state int32) step {
	if a.first[state] >= 0 || a.link[state] != 0 {
		return step(-state)
	}
	return step(state)
}

func (a *automaton) step(state int32, class uint8) step {
	for state >= a.branch {
		chain := &a.chains[state-a.branch]
		if chain.class == class {
			return chain.next
		}
		state = chain.fail
	}
	return a.rows[state*a.classes+int32(class)]
}

// A sighting is a place in a text at which literals end.
type sighting struct {
	state int32
	end   int // the byte behind
}

// appendSightings adds the places at which literals end, in the order of the text.
func (a *automaton) appendSightings(found []sighting, text []byte) []sighting {
	state := int32(0)
	for i, c := range text {
		next := a.step(state, a.class[c])
		if state = int32(next); state < 0 {
			state = -state
			found = append(found, sighting{state: state, end: i + 1})
		}
	}
	return found
}
