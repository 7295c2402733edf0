# METADATA
# title: Public-sector standards
# description: Data that go to other authorities follow the standards of the administration, by name and version.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/ozsv/__1.html
#     description: "§ 1 OZSV, Regeln der föderalen IT-Architekturrichtlinie für den übergreifenden Zugang zu Verwaltungsleistungen (in Kraft seit 1. Oktober 2025; Bestandssysteme mit Übergangsfrist)"
#   - ref: https://www.gesetze-im-internet.de/ozg/__6.html
#     description: "§ 6 OZG, Kommunikationsstandards im Portalverbund (gelesen in der Fassung vor dem 24. Juli 2024)"
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datennutzung der Städte Bonn und Münster, Vorrang von XÖV, FIM, OParl (CC BY 4.0)"
# custom:
#   id: IF-08
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.administration_standards

import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := rate.topic(_hits)

_drawn := "met" if count(_described) > 0

# Schemas and services in the namespaces of XÖV and OSCI.
_described := [offered |
	some offered in solution.specifications
	regex.match(`(?i)urn:xoev-de:|xoev\.de/|osci\.(de|eu)/|xdomea`, object.get(offered, "name", ""))
]

evidence contains solution.place(offered) if some offered in _described

evidence contains hit.evidence if some hit in topic.binding(_hits)

_hits := input.topics.administration_standards

# A complete dossier without a word on data for other authorities exchanges none.
not_applicable := "no_administrative_exchange" if {
	input.dossier.complete.value
	not rating
	not _exchange
}

_exchange := [hit.evidence | some hit in input.topics.administration_exchange; rate.binding(hit)][0]

# An exchange whose standard nobody names. Whether there is a standard for it, the
# registries of standards tell, not the dossier.
findings contains result.likely(rego.metadata.chain(), "unnamed", _exchange, {}) if not rating

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.weak(_hits)
}

findings contains result.likely(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
