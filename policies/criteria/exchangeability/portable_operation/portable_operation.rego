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

import data.policies.criteria.lock_in.managed_services
import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.kind
import data.policies.lib.operation
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := bound.polarities(_polarities)

# Code that runs as a provider's function is tied to it; other services are LI-01's.
_drawn := "partly" if {
	count(_tied) > 0
	count(_images) > 0
} else := "not_met" if {
	count(_tied) > 0
} else := "met" if {
	count(_images) > 0
	count(_described) > 0
} else := "partly" if {
	count(_images) + _places > 0
}

# One environment says nothing of another one, and several nothing of what is carried
# from one to the other.
_places := count(input.environments) if count(input.environments) > 1

else := 0

_images := [component | some component in solution.own; _in_package(component)]

_in_package(component) if component.image

_in_package(component) if "dockerfile" in component.sources

_described := [component |
	some component in _images
	some source in component.sources
	source in {"compose", "helm", "kubernetes", "kustomize"}
]

# What is drawn within containers is packaged.
_containers := [component |
	some component in input.components
	component.kind == "platform"
	"container" in component.tags
]

_tied := [component |
	some component in solution.own
	component.hosting == "cloud"
	component.open == false
	"serverless" in component.tags
]

evidence contains solution.place(component) if some component in array.concat(_described, _tied)

findings contains result.likely(rego.metadata.chain(), "tied", solution.place(_tied[0]), solution.listed(_tied)) if count(_tied) > 0

evidence contains environment.evidence[0] if {
	_places > 0
	some environment in input.environments
}

findings contains result.unsure(rego.metadata.chain(), "environments", input.environments[0].evidence[0], args) if {
	not _told
	count(array.flatten([_tied, _images, _containers])) == 0
	_places > 0
	args := solution.cut([environment.name | some environment in input.environments])
}

findings contains result.unsure(rego.metadata.chain(), "undescribed", solution.place(_images[0]), solution.listed(_images)) if {
	not _told
	count(_tied) + count(_described) == 0
	count(_images) > 0
}

_polarities contains hit.polarity if some hit in topic.binding(input.topics.portable_operation)

_polarities contains hit.polarity if some hit in _hints

# Operation of one's own shows a second environment, but not how the solution is
# packaged.
_polarities contains "weak" if count(_own) > 0

_own := {hit | some hit in topic.met(input.topics.self_operation)}

# A package that is named, and operation of one's own with it.
_polarities contains "met" if {
	count(_own) > 0
	count(topic.weak(input.topics.portable_operation)) > 0
}

evidence contains hit.evidence if some hit in topic.binding(input.topics.portable_operation)

evidence contains hit.evidence if some hit in _hints

evidence contains hit.evidence if some hit in _own

# Of software as a service only the data can be taken along: EX-03 and CE-03.
# A program on one machine is moved by installing it; which systems it runs on, LI-09 asks.
not_applicable := "saas" if {
	input.dossier.service_model.value == "saas"
} else := "installed_program" if {
	not rating
	count(topic.met(input.topics.installed_program)) > 0
	_nothing_else_runs
}

_nothing_else_runs if interface.standalone

# Nobody is spoken of who would run anything beside the program.
_nothing_else_runs if {
	not input.dossier.operator
	count(input.components) == 0
	count([hit | some hit in input.topics.hosting_location]) == 0
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	deal.complete
}

# Code that is made for the buyer has to run somewhere; nothing says where.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _test_place
	not _named_place
	deal.commissioned
	not deal.buyer_operates
	not operation.touched
}

# Where a place of operation is named, it is asked there. What of a platform may be used, and
# what takes the place of a service that stands there, LI-01 asks.
findings contains result.unsure(rego.metadata.chain(), "named", _named_place, {}) if {
	not rating
	not deal.complete
	not _test_place
	not _spot(_named_place) in _asked_there
	not kind.own_software
}

_asked_there := {_spot(found.evidence) | some found in managed_services.findings; found.code in {"platform", "service"}}

_spot(evidence) := object.filter(evidence, {"path", "page", "line", "paragraph", "cell", "quote"})

_named_place := operation.named if {
	object.get(input.dossier, ["kind", "value"], "tender") != "architecture"
	not _runs_own_code
}

# Whoever has the code made and runs it knows where.
_runs_own_code if {
	deal.commissioned
	deal.buyer_operates
}

# That tests are to run elsewhere does not say so of the solution.
findings contains result.unsure(rego.metadata.chain(), "test_only", _test_place, {}) if {
	not rating
	not deal.complete
}

_test_place := [hit.evidence | some hit in input.topics.portable_hint; hit.clause in _tests][0]

_tests := {hit.clause | some hit in topic.binding(input.topics.test_operation)}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
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
_hints := [hit |
	some hit in input.topics.portable_hint
	operation.obliges(hit)
	not hit.clause in _tests
]

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
