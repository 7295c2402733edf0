# METADATA
# title: Covert specification
# description: >-
#   Requirements say what is needed and what for. Several exact values may come from one
#   product's data sheet; whether they do, only the authority knows, so it is asked.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 6 VgV: Produktneutralität, auch gegenüber verdeckten Vorgaben (Fassung vor dem 1. Juli 2026)"
#   - ref: https://www.gesetze-bayern.de/Content/Document/Y-300-Z-BECKRS-B-2020-N-7129
#     description: "OLG München, 26. März 2020, Verg 22/19: Anforderungen an die Begründung"
#   - ref: https://guide.iacrc.org/red-flags-of-rigged-specifications/
#     description: "IACRC: Anzeichen zugeschnittener Leistungsbeschreibungen"
# custom:
#   id: NE-04
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.covert_specification

import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# From this many exact values in one document on they are taken for a cluster.
_cluster := 3

rating := "not_met" if {
	some values in _by_document
	count(values) >= _cluster
} else := "partly" if {
	count(_exact) > 0
} else := "met" if {
	count(_with_purpose) > 0
}

evidence := {hit.evidence | some hit in _exact} | {hit.evidence | some hit in _with_purpose}

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "no_exact_values" if {
	demand.read
	not rating
}

findings contains result.unsure(rego.metadata.chain(), "exact", values[0].evidence, args) if {
	some values in _by_document
	args := {"count": count(values), "places": place.listed(values)}
}

_with_purpose := topic.met(input.topics.exact_values)

# Exact values that no equivalent may replace, in the order of the documents.
_exact := [hit |
	some hit in input.topics.exact_values
	hit.polarity == "risk"
	rate.binding(hit)
	not hit.clause in _open_to_equivalents
]

_open_to_equivalents := {hit.clause | some hit in topic.met(input.topics.equivalence_clause)}

_by_document := [[_exact[number] | some number in run.values] |
	some run in group.runs([[hit.evidence.path, number] | some number, hit in _exact])
]
