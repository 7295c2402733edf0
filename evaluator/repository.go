package evaluator

import (
	"context"
	"fmt"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/evaluator/publiccode"
	"github.com/austauschbar/austauschbar/schema"
)

// repository reads a publiccode.yml. It tells what software there is and not what bidders
// are to do, so that it has no clauses.
func repository(ctx context.Context, document austauschbar.Document, role role) (documentFacts, error) {
	if document.Size > schema.MaxYAML {
		gap, _ := gapOf(document.Path, limit.Refuse("too_large", ""))
		return documentFacts{gaps: []austauschbar.Gap{gap}}, nil
	}
	data, err := document.Load(ctx)
	if err != nil {
		gap, isGap := gapOf(document.Path, err)
		if !isGap {
			return documentFacts{}, fmt.Errorf("read %s: %w", document.Path, err)
		}
		return documentFacts{gaps: []austauschbar.Gap{gap}}, nil
	}
	read, err := publiccode.Read(document.Path, data)
	if err != nil {
		gap, _ := gapOf(document.Path, limit.Refuse("damaged", err.Error()))
		return documentFacts{gaps: []austauschbar.Gap{gap}}, nil
	}
	if !role.declared {
		role.name = austauschbar.RoleArchitecture
	}
	return documentFacts{
		document: austauschbar.DocumentFact{Path: document.Path, Format: "publiccode", Role: role.name, Source: role.source()},
		readable: true, repositories: []austauschbar.Repository{read}, architecture: publiccode.Architecture(read),
	}, nil
}
