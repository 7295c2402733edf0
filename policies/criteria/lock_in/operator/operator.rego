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
import data.policies.lib.operation
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := bound.topic(_hits)

_drawn := "partly" if {
	count(solution.concentrated) > 0
} else := "met" if {
	_nobody_alone
}

# What an architecture without a tender can show: all of it can be had and operated by others.
_nobody_alone if {
	input.dossier.kind.value == "architecture"
	count(solution.parts) >= solution.few
	count(solution.shares) == 0
	every id, component in solution.own { _anyones(id, component) }
}

_anyones(id, component) if {
	id in solution.recognised
	component.hosting == "self"
}

# What a project says that it needs, it does not operate.
_anyones(_, component) if {
	component.sources == ["publiccode"]
	component.open
}

# The project itself, which its file describes.
_anyones(_, component) if {
	component.custom
	not object.get(component, "hosting", "") in {"cloud", "service"}
	some source in component.sources
	source == "publiccode"
}

evidence contains solution.place(component) if {
	_nobody_alone
	some component in solution.own
}

evidence contains solution.place(component) if {
	some ids in solution.concentrated
	some id in ids
	component := solution.own[id]
}

findings contains result.likely(rego.metadata.chain(), "concentrated", solution.place(components[0]), args) if {
	some firm, ids in solution.concentrated
	components := [solution.own[id] | some id in sort(ids)]
	args := object.union(solution.listed(components), {"firm": firm, "all": count(solution.parts)})
}

_hits contains hit if {
	some hit in topic.binding(input.topics.operator_binding)
	not _one_of_several_models(hit)
}

# Where other models of operation may be offered, one that is preferred binds nobody.
_one_of_several_models(hit) if {
	hit.polarity == "weak"
	hit.modality == "should"
	count(topic.met(input.topics.operating_model_choice)) > 0
}

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
	not _told
} else := "own_code" if {
	deal.own_code
	not _told
}

_in_house if input.dossier.service_model.value == "on-prem"

_in_house if deal.buyer_operates

_in_house if {
	solution.in_own_data_centre
	count(solution.concentrated) == 0
}

_bound if _told in {"partly", "not_met"}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not solution.startable
	deal.complete
}

# Whether somebody else may run it, is asked where it is said that a supplier does. Where
# only a cloud is spoken of, LI-01 asks.
findings contains passage.missing_at(rego.metadata.chain(), _operation) if {
	not rating
	not deal.complete
	not deal.left_to_the_contract
	not deal.unasked("LI-02")
	object.get(input.dossier, ["kind", "value"], "tender") != "architecture"
}

_operation := _first_place if operation.by_supplier

_first_place := operation.clouds[0] if {
	count(operation.clouds) > 0
} else := operation.named

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	some hit in _supplied
	hit.modality != "should"
}

# What is only preferred may come otherwise.
findings contains result.unsure(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	some hit in _supplied
	hit.modality == "should"
}

_supplied := [hit |
	_told == "partly"
	not "met" in {other.polarity | some other in _hits}
	some hit in topic.weak(_hits)
]

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
