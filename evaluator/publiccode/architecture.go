package publiccode

import (
	"bytes"
	"context"
	"regexp"
	"strconv"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/limit"
	"github.com/austauschbar/austauschbar/schema"
)

// ReadArchitecture reads a file of another name, which describes software of somebody
// else and not the repository that it lies in.
//
// Refusals: "damaged", "too_large".
func ReadArchitecture(ctx context.Context, data []byte) (austauschbar.Text, error) {
	switch {
	case ctx.Err() != nil:
		return austauschbar.Text{}, ctx.Err()
	case len(data) > schema.MaxYAML:
		return austauschbar.Text{}, limit.Refuse("too_large", "")
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	said, err := Read("", data)
	if err != nil {
		return austauschbar.Text{}, limit.Refuse("damaged", err.Error())
	}
	found := Architecture(said)
	return austauschbar.Text{Architecture: &found, Passages: prose(data)}, nil
}

// Architecture returns the software that a file describes and the software that this
// one needs; nothing where it has no name. Hardware is left out.
func Architecture(said austauschbar.Repository) austauschbar.Architecture {
	if said.Name == "" {
		return austauschbar.Architecture{}
	}
	software := austauschbar.Component{
		ID: "software", Name: said.Name, Kind: "application", Version: said.SoftwareVersion, Custom: true, Evidence: []austauschbar.Evidence{said.Evidence},
	}
	software.Vendor = heldBy(said)
	if said.Licence != nil {
		software.Licence = said.Licence.Expression
	}
	found := austauschbar.Architecture{Components: []austauschbar.Component{software}}
	for _, kind := range []struct {
		name   string
		needed []austauschbar.Dependency
		open   bool
	}{{"open", said.DependsOn.Open, true}, {"proprietary", said.DependsOn.Proprietary, false}} {
		for i, one := range kind.needed {
			if one.Name == "" {
				continue
			}
			id := kind.name + " " + strconv.Itoa(i)
			found.Components = append(found.Components, austauschbar.Component{
				ID: id, Name: one.Name, Kind: "other", Version: one.Version, Open: new(kind.open), Evidence: []austauschbar.Evidence{one.Evidence},
			})
			found.Interfaces = append(found.Interfaces, austauschbar.Interface{
				ID: id, From: software.ID, To: id, Kind: "dependency", Evidence: []austauschbar.Evidence{one.Evidence},
			})
		}
	}
	return found
}

// firm matches the names of firms by their legal form: what an authority or a community owns is
// nobody's to sell.
var firm = regexp.MustCompile(`(?:^|[\s,&])(?:g?GmbH|AG|UG|SE|KG|KGaA|OHG|eG|Inc\.?|Ltd\.?|LLC|LLP|Corp\.?|B\.?V\.?|S\.?A\.?S?|S\.?r\.?l\.?|S\.?L\.?|Oy|A/S|ApS)(?:$|[\s,.&(])`)

// heldBy is the firm that holds software: its owner, where that is one, else the one firm that
// maintains it under a contract and nobody else owns; "" for none.
func heldBy(said austauschbar.Repository) string {
	contractors := said.Maintenance.Contractors
	switch {
	case firm.MatchString(said.Owner):
		return said.Owner
	case said.Owner == "" && said.Maintenance.Type == "contract" && len(contractors) == 1 && firm.MatchString(contractors[0].Name):
		return contractors[0].Name
	}
	return ""
}
