# METADATA
# title: Bound to one operator
# description: Operation can be separated from development and licence, and a second operator is possible.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Regeln 2 und 4, Wechselmöglichkeit und Unabhängigkeit von Anbietern"
#   - ref: https://github.com/18F/technology-budgeting
#     description: "18F: De-risking Guide, technology budgeting"
# custom:
#   id: LI-02
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.operator

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.topic(_hits)

_hits contains hit if some hit in topic.binding(input.topics.operator_binding)

# That the authority has a hand in operation does not say that it can operate alone.
_hits contains hit if {
	some hit in topic.binding(input.topics.self_operation)
	hit.polarity != "weak"
}

evidence contains hit.evidence if some hit in _hits

_hits contains hit if some hit in topic.met(input.topics.local_operation)

# The authority operates the solution itself and nothing is said to the contrary.
not_applicable := "in_house" if {
	input.dossier.service_model.value == "on-prem"
	input.dossier.service_model.source == "declared"
	not _bound
} else := "in_house" if {
	_in_house
	not rating
} else := "own_code" if {
	deal.own_code
	not rating
}

_in_house if input.dossier.service_model.value == "on-prem"

_in_house if deal.buyer_operates

_bound if rating in {"partly", "not_met"}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.left_to_the_contract
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	not "met" in {hit.polarity | some hit in _hits}
	some hit in topic.weak(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
