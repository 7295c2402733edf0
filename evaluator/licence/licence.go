// Package licence tells which licences of the SPDX list a text names.
package licence

import (
	"slices"
	"strings"

	"buf.build/go/spdx"

	"github.com/austauschbar/austauschbar"
)

// Named lists the licences that an SPDX expression names, each once, without
// exceptions: of "MIT OR (GPL-2.0-only WITH Classpath-exception-2.0)", two.
func Named(expression string) []austauschbar.LicenceID {
	list := []austauschbar.LicenceID{}
	exception := false
	for _, word := range strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(expression)) {
		switch {
		case strings.EqualFold(word, "AND"), strings.EqualFold(word, "OR"):
		case strings.EqualFold(word, "WITH"):
			exception = true
			continue
		case !exception:
			id := Of(strings.TrimSuffix(word, "+"))
			if !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
		exception = false
	}
	return list
}

// Of tells what the SPDX list knows of a licence, in its own spelling.
func Of(id string) austauschbar.LicenceID {
	known, ok := spdx.LicenseForID(id)
	if !ok {
		return austauschbar.LicenceID{ID: id}
	}
	return austauschbar.LicenceID{ID: known.ID, Known: true, OSI: known.OSIApproved}
}
