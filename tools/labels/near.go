package labels

import (
	"maps"
	"slices"
)

// neighbours are kinds that readers can tell apart only by a hair; each pair holds
// both ways.
var neighbours = map[string][]string{
	"brand_mention":                 {"technology_constraint", "single_vendor_or_stack", "brand_mention_with_equivalent", "proprietary_format"},
	"brand_mention_with_equivalent": {"product_neutral_requirement"},
	"technology_constraint":         {"platform_dependency"},
	"single_vendor_or_stack":        {"service_bundling", "vendor_dependency"},
	"open_standard":                 {"open_interface_required"},
	"open_interface_required":       {"proprietary_interface"},
	"data_export":                   {"exit_or_transition"},
	"data_ownership":                {"usage_rights"},
	"exit_or_transition":            {"knowledge_transfer"},
	"source_code_or_open_licence":   {"source_code_access", "open_source_preference", "usage_rights"},
	"contract_term":                 {"renewal"},
	"licence_metric":                {"cost_transparency"},
	"certification_or_partner_only": {"bidder_restriction"},
	"hosting_location":              {"self_operation"},
	"vendor_dependency":             {"modularity_or_replaceability"},
	"platform_independence":         {"platform_dependency"},
}

// Near lists kinds and their neighbours, sorted.
func Near(kinds []string) []string {
	near := map[string]bool{}
	for _, kind := range kinds {
		near[kind] = true
		for one, others := range neighbours {
			if one == kind {
				for _, other := range others {
					near[other] = true
				}
			} else if slices.Contains(others, kind) {
				near[one] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(near))
}
