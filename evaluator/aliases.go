package evaluator

import (
	"slices"
	"strings"

	"github.com/austauschbar/austauschbar/evaluator/lexicon"
)

// One part of a solution goes by several names: by its image where it is run, by what it is
// written in, by the solution's name or by its half alone where it is drawn.

// halfWords are what such names end in.
var halfWords = []string{"backend", "frontend"}

// ownImages makes what is built here of the images of one account that are called after the
// same thing and the halves of a solution, where a drawing or a text calls one of these its
// part: "org/portal-backend" and "org/portal-frontend" beside the box "Portal Backend". What
// else runs one of these images is built here, too.
func (g *graph) ownImages() {
	halves := map[string]map[string]bool{} // by account and name of the solution
	for i := range g.parts {
		if whole, half := g.halfOf(&g.parts[i]); half != "" {
			if halves[whole] == nil {
				halves[whole] = map[string]bool{}
			}
			halves[whole][half] = true
		}
	}
	for i := range g.parts {
		p := &g.parts[i]
		whole, half := g.halfOf(p)
		if half == "" || len(halves[whole]) < 2 {
			continue
		}
		_, name, _ := strings.Cut(whole, "/")
		if g.isBoxed(keyOf(name)) {
			p.Custom, p.Hosting = true, "self"
			g.solutions = union(g.solutions, []string{keyOf(name)})
		}
	}
}

// halfOf splits the image of a part that nobody knows into its account with the solution's
// name, and the half that it is; "" where it is none.
func (g *graph) halfOf(p *part) (whole, half string) {
	if p.Term != "" || p.Image == "" || p.External {
		return "", ""
	}
	image := lexicon.Repository(p.Image)
	for _, word := range halfWords {
		if before, is := strings.CutSuffix(image, word); is && strings.Contains(before, "/") && strings.HasSuffix(before, "-") {
			return strings.TrimSuffix(before, "-"), word
		}
	}
	return "", ""
}

// isBoxed says whether a box is called after a solution and one of its halves.
func (g *graph) isBoxed(solution string) bool {
	return slices.ContainsFunc(g.parts, func(p part) bool {
		return p.isDrawn() && slices.ContainsFunc(halfWords, func(word string) bool { return p.key == solution+word })
	})
}

// uniteAliases joins the back end, and the front end, of a solution that is known by its images
// with what texts and drawings call by that half alone, after the solution, or after what it is
// written in. Two of them in one drawing are two.
func (g *graph) uniteAliases() {
	if len(g.solutions) != 1 {
		return
	}
	for _, word := range halfWords {
		var nodes []*node
		seen := map[string]bool{}
		apart := false
		for _, n := range g.nodes {
			if len(n.parts) == 0 || n.Term != "" || !g.isHalf(n, word) {
				continue
			}
			nodes = append(nodes, n)
			for _, at := range n.parts {
				drawing := g.drawing(&g.parts[at])
				apart = apart || seen[drawing]
				seen[drawing] = true
			}
		}
		if apart || len(nodes) < 2 {
			continue
		}
		for _, n := range nodes[1:] {
			g.merge(n, nodes[0])
		}
	}
}

// drawing tells the drawings and files apart in which parts stand.
func (g *graph) drawing(p *part) string {
	place, _, _ := strings.Cut(p.ID, ": ")
	return p.path + "\x00" + place
}

// isHalf says whether all names of a node are those of one half of the only solution.
func (g *graph) isHalf(n *node, word string) bool {
	return !slices.ContainsFunc(n.parts, func(at int) bool {
		p := &g.parts[at]
		if _, half := g.halfOf(p); half != "" {
			return half != word || !strings.HasSuffix(p.key, word) // another program may run the same image
		}
		rest, is := strings.CutSuffix(p.key, word)
		if !is {
			return true
		}
		found, _ := g.named(p.Name, true)
		return rest != "" && rest != g.solutions[0] && !(isMaterial(found.Entry) && keyOf(found.written) == rest)
	})
}

// everydayEnds are words behind a name that leave it the same part.
var everydayEnds = []string{"container", "server", "service", "worker"}

// uniteEnds joins the one component that is run with the one box that is called by its name and
// a word for what it does: "celery" and "Celery Worker".
func (g *graph) uniteEnds() {
	for _, n := range g.nodes {
		if len(n.parts) != 1 || !g.allDrawn(n) || g.parts[n.parts[0]].External {
			continue
		}
		words := nameWords(g.parts[n.parts[0]].Name)
		if len(words) != 2 || !slices.Contains(everydayEnds, words[1]) || slices.Contains(everyday, words[0]) {
			continue
		}
		fits := slices.DeleteFunc(slices.Clone(g.byKey[words[0]]), func(other *node) bool {
			return other == n || len(other.parts) == 0 || !isRunBy(g, other) || n.Term != "" && n.Term != other.Term || !compatible(n.Kind, other.Kind)
		})
		if len(fits) == 1 {
			g.merge(n, fits[0])
		}
	}
}

// isRunBy says whether a file says that a node is run.
func isRunBy(g *graph, n *node) bool {
	return slices.ContainsFunc(n.parts, func(at int) bool { return slices.Contains(running, g.parts[at].format) })
}

// objectStores are what boxes are called that keep files as objects, by key.
var objectStores = []string{"bucket", "objectstorage", "objectstore", "objektspeicher", "s3", "s3bucket", "s3objectstorage", "s3storage"}

// uniteObjectStores joins the boxes of one document that are called by nothing but that they
// are its object store, with the product that is one, where there is no second.
func (g *graph) uniteObjectStores() {
	by := map[int][]*node{}
	for _, n := range g.nodes {
		if len(n.parts) == 1 && n.Term == "" && g.allDrawn(n) && slices.Contains(objectStores, g.parts[n.parts[0]].key) {
			document := g.parts[n.parts[0]].document
			by[document] = append(by[document], n)
		}
	}
	for document := range g.local {
		nodes := by[document]
		drawings := map[string]bool{}
		for _, n := range nodes {
			drawings[g.drawing(&g.parts[n.parts[0]])] = true
		}
		if len(nodes) == 0 || len(drawings) < len(nodes) {
			continue // two of them in one drawing
		}
		into := nodes[0]
		if product := g.soleObjectStore(); product != nil {
			into = product
		}
		for _, n := range nodes {
			if n != into {
				g.merge(n, into)
			}
		}
		into.Kind = "storage"
		for _, at := range into.parts {
			g.parts[at].Kind = "storage"
		}
	}
}

// soleObjectStore is the only product or service that is used over the interface of S3.
func (g *graph) soleObjectStore() *node {
	var found *node
	for _, n := range g.nodes {
		if len(n.parts) > 0 && g.lexicon.Entries[n.Term].Speaks == "s3_api" {
			if found != nil {
				return nil
			}
			found = n
		}
	}
	return found
}

// ofServers are protocols by which a drawing calls a server of somebody else's, by id.
var ofServers = []string{"imap", "ldap", "oidc", "saml", "sftp", "smtp"}

// readProtocols tells that a box that is called by a protocol alone stands for a server of
// others that is reached over it, where nothing of the solution does what it is called by.
func (g *graph) readProtocols() {
	for _, n := range g.nodes {
		if len(n.parts) != 1 || n.Term != "" {
			continue
		}
		p := &g.parts[n.parts[0]]
		if !p.isDrawn() || g.holds(p) {
			continue
		}
		if _, id := g.protocol(p.Name); slices.Contains(ofServers, id) && len(nameWords(p.Name)) == 1 {
			p.External = true
		}
	}
}
