package evaluator

// tellHolder notes of what is built here whose it is, where publiccode.yml names one firm that
// holds the solution: its parts are no more the buyer's than the whole is.
func (g *graph) tellHolder() {
	holder := ""
	for _, n := range g.nodes {
		if !n.Custom || n.Term != "" || n.Vendor == "" || !g.hasFormat(n, "publiccode") {
			continue
		}
		if holder != "" && holder != n.Vendor {
			return
		}
		holder = n.Vendor
	}
	for _, n := range g.nodes {
		if n.Custom && n.Term == "" {
			n.Vendor = holder
		}
	}
}
