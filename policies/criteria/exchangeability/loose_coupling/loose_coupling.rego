# METADATA
# title: Loose coupling
# description: Components have defined contracts and can be replaced one by one; products of others stand behind adapters.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Funktionale-Vorgaben/FV-09-Entkopplung
#     description: "IT-Architekturrichtlinie Bund, FV-09 Entkopplung durch offene Standards und Datenmodelle"
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Regel 2, Austauschbarkeit"
# custom:
#   id: EX-06
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.loose_coupling

import data.policies.lib.bound
import data.policies.lib.group
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.topic(input.topics.loose_coupling)

evidence contains hit.evidence if some hit in topic.binding(input.topics.loose_coupling)

# How a service is built inside, its provider decides.
not_applicable := "saas" if {
	input.dossier.service_model.value == "saas"
	not rating
}

# A dossier that describes an architecture, or says that it is complete, settles how
# the solution is built.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	_settles
}

_settles if input.dossier.complete.value

_settles if input.dossier.kind.value in {"architecture", "both"}

# By document, with the place of the first hit.
findings contains result.finding(rego.metadata.chain(), "weak", place, {}) if {
	rating == "partly"
	hits := input.topics.loose_coupling
	some run in group.runs([[hit.evidence.path, number] | some number, hit in hits; hit.polarity == "weak"; rate.binding(hit)])
	place := hits[run.values[0]].evidence
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.loose_coupling)
}
