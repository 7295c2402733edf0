package evaluator

import (
	"context"
	"errors"
	"fmt"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/diagram"
	"github.com/austauschbar/austauschbar/evaluator/mermaid"
	"github.com/austauschbar/austauschbar/evaluator/plantuml"
)

// drawings are the languages of listings that draw an architecture.
var drawings = map[string]Reader{
	"c4plantuml": plantuml.ReadListing, "mermaid": mermaid.Read, "mmd": mermaid.Read, "plantuml": plantuml.ReadListing, "puml": plantuml.ReadListing, "uml": plantuml.ReadListing,
}

// drawn returns what the diagrams within a document say, their lines counted in it; nil
// where it holds none. What no reader can make out is no gap: it stands there as code.
// Its error is the context's.
func drawn(ctx context.Context, listings []austauschbar.Listing) (*austauschbar.Architecture, error) {
	var found []austauschbar.Architecture
	for _, listing := range listings {
		read, known := drawings[listing.Language]
		if !known {
			continue
		}
		text, err := read(ctx, []byte(listing.Text))
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, austauschbar.ErrUnreadable):
			continue
		case err != nil:
			return nil, err
		}
		if text.Architecture.Empty() {
			continue
		}
		settle(text.Architecture, listing.Line)
		found = append(found, *text.Architecture)
	}
	if len(found) == 0 {
		return nil, nil
	}
	merged := diagram.Merge(found)
	return &merged, nil
}

// settle counts an architecture's lines in the document in which its diagram begins on a
// line, and makes its ids the document's own.
func settle(said *austauschbar.Architecture, line int) {
	own := func(id string) string {
		if id == "" {
			return ""
		}
		return fmt.Sprintf("line %d: %s", line, id)
	}
	for i := range said.Components {
		component := &said.Components[i]
		component.ID, component.Within = own(component.ID), own(component.Within)
		for j := range component.Evidence {
			component.Evidence[j].Line += line - 1
		}
	}
	for i := range said.Interfaces {
		edge := &said.Interfaces[i]
		edge.ID, edge.From, edge.To = own(edge.ID), own(edge.From), own(edge.To)
		for j := range edge.Evidence {
			edge.Evidence[j].Line += line - 1
		}
	}
}
