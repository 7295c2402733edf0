# METADATA
# title: Deployment portability
# description: The solution is delivered in a standard package with infrastructure as code and runs in more than one environment.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.ayedo.de/posts/deutsche-verwaltungscloud-kubernetes-container-devops/
#     description: "Deutsche Verwaltungscloud, Rahmenwerk 2.0: Dienste müssen zwischen Betreibern übertragbar sein (Sekundärquelle)"
#   - ref: https://digital.bund.de/Architekturvorgaben/Funktionale-Vorgaben/FV-09-Entkopplung
#     description: "IT-Architekturrichtlinie Bund, FV-09 Entkopplung, geringe Abhängigkeit von bestimmten Laufzeitumgebungen"
# custom:
#   id: EX-05
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.portable_operation

import data.policies.lib.bound
import data.policies.lib.interface
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.polarities(_polarities)

_polarities contains hit.polarity if some hit in topic.binding(input.topics.portable_operation)

_polarities contains hit.polarity if some hit in _hints

# Operation of one's own shows a second environment, but not how the solution is
# packaged.
_polarities contains "weak" if count(_own) > 0

_own := {hit | some hit in topic.met(input.topics.self_operation)}

evidence contains hit.evidence if some hit in topic.binding(input.topics.portable_operation)

evidence contains hit.evidence if some hit in _hints

evidence contains hit.evidence if some hit in _own

# Of software as a service only the data can be taken along: EX-03 and CE-03.
# A program on one machine is moved by installing it; which systems it runs on, LI-09 asks.
not_applicable := "saas" if {
	input.dossier.service_model.value == "saas"
} else := "installed_program" if {
	not rating
	interface.standalone
	count(topic.met(input.topics.installed_program)) > 0
}

findings contains result.missing(rego.metadata.chain()) if not rating

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(input.topics.portable_operation)
}

findings contains result.unsure(rego.metadata.chain(), "hint", place, {}) if {
	_polarities == {"weak"}
	count(_own) == 0
	not _packaged
	place := _hints[0].evidence
}

# A sentence that obliges may name what is there: "must run either within our data
# centres or within a cloud tenant that we manage".
_hints := [hit | some hit in input.topics.portable_hint; _told(hit)]

_told(hit) if rate.binding(hit)

_told(hit) if {
	hit.role == "existing_estate"
	hit.modality in {"must", "should"}
}

_packaged if some _ in topic.binding(input.topics.portable_operation)

findings contains result.finding(rego.metadata.chain(), "no_packaging", hit.evidence, {}) if {
	_polarities == {"weak"}
	some hit in _own
	not hit.clause in {own.clause | some own in input.topics.portable_operation}
	not hit.clause in {built.clause | some built in input.topics.build_from_source}
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.portable_operation)
}
