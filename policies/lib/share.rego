# METADATA
# title: Shares
# description: Shares of a budget, in per cent, and what they are worth.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.share

# of is what part is of the whole; undefined where a manifest leaves one out.
of(part, whole) := (100 * part) / whole if whole > 0

# told lists the percentages on a subject in the sentences of hits.
told(hits, subject) := [percentage |
	some percentage in input.percentages
	percentage.about == subject
	percentage.clause in {hit.clause | some hit in hits}
]

# rated is met from full on, partly from half on.
rated(share, full, _) := "met" if share >= full

rated(share, full, half) := "partly" if {
	share < full
	share >= half
}

rated(share, _, half) := "not_met" if share < half

# manifest is the place of what the manifest says.
manifest := {"path": "dossier.yaml", "place": "dossier.yaml"}
