# METADATA
# title: Open-source share
# description: >-
#   About a fifth of the budget for technology goes to open source. A recommendation for a
#   whole portfolio, so it is rated only where a dossier speaks of that budget.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/egovg/__16a.html
#     description: "§ 16a EGovG (in Kraft seit 24. Juli 2024) zum Vorrang; der Anteil von 20 % folgt der Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Empfehlung 3"
# custom:
#   id: MC-02
#   kind: B
#   weight: 3
#   stage: stable
#   owner: policy owners
package policies.criteria.community.open_source_share

import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.share
import data.policies.lib.topic

# Shares of the technology budget in per cent, for met and for partly.
_full := 20

_half := 10

# What the manifest says goes before the documents.
rating := share.rated(_declared, _full, _half) if {
	_declared
} else := share.rated(_told, _full, _half) if {
	_told
} else := "not_met" if {
	count(_not_tracked) > 0
} else := "partly" if {
	count(_spoken_of) > 0
}

evidence := {hit.evidence | some hit in _spoken_of}

not_applicable := "no_budget" if {
	not rating
	not _declared_total
}

findings contains passage.missing_at(rego.metadata.chain(), share.manifest) if {
	_declared_total
	not rating
}

findings contains result.finding(rego.metadata.chain(), "low", _place, {"share": round(_share * 10) / 10, "limit": _full}) if _share < _full

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	not _share
	some hit in _not_tracked
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"limit": _full}) if {
	not _share
	some hit in _spoken_of
	hit.polarity != "risk"
}

_declared_total if input.dossier.budget.value.technology > 0

_declared := share.of(input.dossier.budget.value.open_source, input.dossier.budget.value.technology)

_spoken_of := topic.binding(input.topics.open_source_share)

_not_tracked := topic.risk(input.topics.open_source_share)

_percentages := share.told(topic.met(input.topics.open_source_share), "open_source_share")

_told := max({percentage.value | some percentage in _percentages}) if count(_percentages) > 0

_share := _declared if {
	_declared
} else := _told

_place := share.manifest if {
	_declared
} else := [percentage.evidence | some percentage in _percentages; percentage.value == _told][0]
