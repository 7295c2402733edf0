# METADATA
# title: Maintenance budget
# description: >-
#   At least a tenth of the project's budget is set aside for maintenance, support and
#   further development. A recommendation, no law.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; der Anteil von 10 % folgt der Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Empfehlung 2"
# custom:
#   id: MC-01
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.community.maintenance_budget

import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.share
import data.policies.lib.topic

# Shares of the project's budget in per cent, for met and for partly.
_full := 10

_half := 5

# What the manifest says goes before the documents.
rating := share.rated(_declared, _full, _half) if {
	_declared
} else := "partly" if {
	_told >= _half
	count(_ruled_out) > 0
} else := share.rated(_told, _full, _half) if {
	_told
} else := "not_met" if {
	count(_ruled_out) > 0
} else := "partly" if {
	count(_planned) > 0
}

evidence := {hit.evidence | some hit in _spoken_of}

# Documents rarely tell of the buyer's money, and need not.
not_applicable := "no_budget" if {
	not rating
	not _declared_total
}

findings contains passage.missing_at(rego.metadata.chain(), share.manifest) if {
	_declared_total
	not rating
}

findings contains result.finding(rego.metadata.chain(), "low", _place, {"share": round(_share * 10) / 10, "limit": _full}) if _share < _full

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _ruled_out

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"limit": _full}) if {
	not _share
	count(_ruled_out) == 0
	some hit in _planned
}

_declared_total if input.dossier.budget.value.total > 0

_declared := share.of(input.dossier.budget.value.maintenance, input.dossier.budget.value.total)

# What is scored in the award is no budget.
_spoken_of := {hit |
	some hit in topic.binding(input.topics.maintenance_budget)
	not hit.clause in _scored
}

_scored := {hit.clause | some hit in input.topics.award_weights}

_ruled_out := topic.risk(_spoken_of)

_planned := _spoken_of - _ruled_out

_percentages := share.told(topic.met(_spoken_of), "maintenance_share")

_told := max({percentage.value | some percentage in _percentages}) if count(_percentages) > 0

_share := _declared if {
	_declared
} else := _told

_place := share.manifest if {
	_declared
} else := [percentage.evidence | some percentage in _percentages; percentage.value == _told][0]
