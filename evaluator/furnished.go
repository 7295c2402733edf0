package evaluator

import "slices"

// furnished is the role of sentences in which the buyer lends a tool for the work.
const furnished = "furnished"

// A loan is a product that one section says the buyer lends.
type loan struct{ term, section string }

// noteLoans keeps which products a clause says the buyer lends. Where no heading stands
// above, nothing tells how far that holds.
func (w *walk) noteLoans(term string, roles []string) {
	if len(w.headings) > 0 && slices.Contains(roles, furnished) {
		w.lent[loan{term, w.headings[len(w.headings)-1].text}] = true
	}
}

// lend takes demands for a tool back where its section says that the buyer lends it:
// "The backlog is kept in X, provided by the agency. The contractor shall use X."
func (w *walk) lend() {
	if len(w.lent) == 0 {
		return
	}
	for _, mentions := range w.found.mentions {
		for i := range mentions {
			if m := &mentions[i]; m.Role == "requirement" && w.lent[loan{m.Term, m.Evidence.Section}] {
				m.Role, m.Function, m.Frame = "existing_estate", nil, nil
			}
		}
	}
}
