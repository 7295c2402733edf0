// Package notice reads machine-readable notices of procurement: eForms and the
// older TED forms in XML, OCDS in JSON. What people wrote in them becomes
// passages; what forms state in fields becomes austauschbar.Notice.
package notice

import (
	"bytes"
	"context"
	"slices"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
)

// Read reads an eForms notice (UBL 2.3: ContractNotice, PriorInformationNotice,
// ContractAwardNotice) or one of TED's schema R2.0.9. Of texts in several languages
// it reads the German ones, else the English, else the first. Each passage carries
// its line; the section of a fact's evidence is an XPath of local names.
//
// Refusals: "unknown_content" for other XML, "empty", "too_large", "damaged",
// "timeout".
func Read(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return austauschbar.Text{}, limit.Refuse("empty", "")
	case len(data) > limit.File:
		return austauschbar.Text{}, limit.Refuse("too_large", "")
	}
	root, err := parse(ctx, bytes.NewReader(data), isNotice)
	if root == nil {
		return limit.Finish(ctx, austauschbar.Text{}, err)
	}
	s := &script{}
	if root.name == tedRoot {
		s.ted(root)
	} else {
		s.eforms(root)
	}
	if s.err != nil {
		err = s.err
	}
	return limit.Finish(ctx, s.text, err)
}

// tedRoot is the outermost element of TED's own schema; eformsRoots are those of UBL.
const tedRoot = "TED_EXPORT"

var eformsRoots = []string{"ContractNotice", "PriorInformationNotice", "ContractAwardNotice"}

func isNotice(root string) error {
	if root == tedRoot || slices.Contains(eformsRoots, root) {
		return nil
	}
	return limit.Refuse("unknown_content", "root element "+quote(root))
}
