# METADATA
# title: Provider-specific managed services
# description: The solution rests on no managed services of one provider, or wraps each so that an open substitute can take its place.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/publiccodenet/standard
#     description: "Standard for Public Code, keine Abhängigkeit von Diensten eines einzelnen Anbieters"
#   - ref: https://commission.europa.eu/document/download/09579818-64a6-4dd5-9577-446ab6219113_en
#     description: "EU Cloud Sovereignty Framework 1.2.1 (10/2025), SOV-6 Technologie"
#   - ref: https://digital.bund.de/Architekturvorgaben/Funktionale-Vorgaben/FV-09-Entkopplung
#     description: "IT-Architekturrichtlinie Bund, FV-09 Entkopplung, geringe Abhängigkeit von bestimmten Laufzeitumgebungen"
# custom:
#   id: LI-01
#   kind: B
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.managed_services

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.group
import data.policies.lib.operation
import data.policies.lib.passage
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

# Services whose ports could not be told harm no dossier that settles the matter.
_ratings contains "partly" if {
	not _told
	count(_open_questions) > 0
}

_told := bound.polarities(_polarities)

# Whether the core rests on a service, a graph does not tell; half of what is known does.
_drawn := "not_met" if {
	count(_bound) > 0
	2 * count(_bound) >= count(solution.recognised)
} else := "partly" if {
	count(_bound) > 0
} else := "met" if {
	count(_open_questions) == 0
	_shown_without
}

# Every service is reached by open protocols, or what runs is all one's own.
_shown_without if count(solution.services) > 0

_shown_without if {
	count({id | some id, component in solution.own; component.image}) > 1
	every id, _ in solution.own {
		id in _anywhere
	}
}

# What runs from an image, on machines of one's own, or from open source runs anywhere.
_anywhere contains id if {
	some id, component in solution.own
	component.image
}

_anywhere contains id if {
	some id, component in solution.own
	component.hosting == "self"
}

_anywhere contains id if {
	some id, component in solution.own
	component.open
}

_bound := [service | some service in solution.services; solution.port(service) == "closed"]

_ported := [service | some service in solution.services; solution.port(service) == "open"]

_open_questions := [service |
	some service in solution.services
	not solution.port(service)
	not _substituted(service)
]

# Files that start a known substitute in its place show that there is one.
_substituted(service) if {
	some alternative in service.alternatives
	alternative.term in _run_here
}

_run_here := {component.term | some component in solution.own; component.open; component.image}

evidence contains solution.place(service) if some service in array.flatten([_bound, _ported, _open_questions])

# What runs anywhere shows that there is none.
evidence contains solution.place(component) if {
	count(solution.services) == 0
	_shown_without
	some component in array.slice([component | some component in solution.own], 0, _shown)
}

# How many places a reader looks at.
_shown := 3

_polarities contains hit.polarity if some hit in _hits

_hits := [hit |
	some hit in topic.binding(input.topics.managed_services)
	not _anybodys(hit)
]

# What is open source is a service of whoever runs it: "built on Supabase".
_anybodys(hit) if {
	hit.polarity == "risk"
	hit.clause in _of_open_services
}

_of_open_services := {service.clause | some service in input.mentions.cloud_service; service.open} - {service.clause |
	some service in input.mentions.cloud_service
	not service.open
}

_polarities contains "met" if some _ in topic.met(input.topics.external_services)

_polarities contains "weak" if count(_named) > 0

# What runs anywhere rests on no platform, if it is what the text has in mind.
_polarities contains "weak" if _portable_only

evidence contains hit.evidence if some hit in _hits

evidence contains hit.evidence if some hit in topic.met(input.topics.external_services)

evidence contains service.evidence if some service in _named

evidence contains _portable if _portable_only

_portable := passage.first([hit | some hit in input.topics.portable_operation; hit.polarity == "met"])

_portable_only if {
	_portable
	_cloud_in_play
	not _spoken_of
	count(_named) == 0
	count(_considered) == 0
}

_spoken_of if some _ in topic.binding(input.topics.managed_services)

_spoken_of if some _ in topic.met(input.topics.external_services)

# On the authority's own machines there is no platform of a provider, however portable
# the solution is.
not_applicable := "on_premises" if {
	input.dossier.service_model.value == "on-prem"
	not _spoken_of
	count(_named) == 0
	count(_considered) == 0
	count(solution.services) == 0
}

_risks := {hit | some hit in _hits; hit.polarity == "risk"}

# Managed services that the dossier demands by name and does not wrap. Whether
# the core rests on them, a name alone does not tell.
_named contains service if {
	some service in input.mentions.cloud_service
	service.role == "requirement"
	service.modality in {"must", "should"}
	not service.negated
	not service.equivalent
	some tag in service.tags
	startswith(tag, "managed_")
	not service.clause in _wrapped
	not service.clause in _risk_clauses
	not _supported(service)
	not service.open
	not service.term in _optional
}

# A text on an architecture that calls a service supported tells of what may be set up with
# it, wherever it goes on about that service.
_supported(service) if [service.evidence.path, service.term] in _supported_in

_supported_in := {[service.evidence.path, service.term] |
	input.dossier.kind.value == "architecture"
	some service in input.mentions.cloud_service
	service.clause in {hit.clause | some hit in topic.met(input.topics.service_supported)}
}

# Services that one may use beside something else, which a sentence says for all.
_optional := {service.term | some service in input.mentions.cloud_service; service.clause in operation.choices}

_wrapped contains hit.clause if some hit in topic.met(input.topics.managed_services)

_wrapped contains hit.clause if some hit in topic.met(input.topics.loose_coupling)

_risk_clauses := {hit.clause | some hit in _risks}

# Services named where the dossier builds on them, by clause.
_services := {run.key: {name | some name in run.values} |
	some run in group.runs([[service.clause, service.name] |
		some service in input.mentions.cloud_service
		service.clause in _risk_clauses
		not service.negated
	])
}

# One finding for all services of one kind: what replaces them is one decision.
findings contains result.likely(rego.metadata.chain(), "bound", solution.place(_bound[0]), solution.listed(_bound)) if count(_bound) > 0

findings contains result.unsure(rego.metadata.chain(), "port", solution.place(_asked[0]), solution.listed(_asked)) if {
	not _told
	count(_asked) > 0
}

# Whether code runs only as a provider's function, EX-05 asks; how people sign in through a
# provider, IF-09, unless that is all there is to ask.
_asked := _but_identity if {
	count(_but_identity) > 0
} else := _of_ports

_but_identity := [service | some service in _of_ports; not "managed_identity" in service.tags]

_of_ports := [service | some service in _open_questions; not "serverless" in service.tags]

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	deal.complete
	_nothing_named
}

_nothing_named if {
	count(_considered) + count(_replaceable) == 0
	not _static
}

# Which services may be used is asked where a cloud is named. What a supplier builds its
# own service on is its matter.
findings contains result.unsure(rego.metadata.chain(), "platform", operation.clouds[0], {}) if {
	not rating
	not deal.complete
	_nothing_named
	count(_prescribed) == 0
	not operation.by_supplier
	not _place_asked
	object.get(input.dossier, ["kind", "value"], "tender") != "architecture"
}

# Where another sentence of the document names the place of operation, EX-05 asks there.
_place_asked if {
	operation.named != operation.clouds[0]
	operation.named.path == operation.clouds[0].path
	not _portability_told
	not _runs_own_code
}

_portability_told if some _ in topic.binding(input.topics.portable_operation)

_runs_own_code if {
	deal.commissioned
	deal.buyer_operates
}

# The buyer's platform is to be used: what of it has no substitute is asked. At a list of
# software that is to be used, NE-01 asks.
findings contains result.unsure(rego.metadata.chain(), "prescribed", _platforms[0].evidence, {"places": place.listed(_platforms)}) if {
	not rating
	not deal.complete
	count(_platforms) > 0
	object.get(input.dossier, ["kind", "value"], "tender") != "architecture"
}

_platforms := [hit | some hit in _prescribed; not hit.clause in _lists]

_lists := {hit.clause | some hit in topic.weak(input.topics.prescribed_list)}

_prescribed := [hit | some hit in input.topics.platform_prescribed; operation.obliges(hit)]

# Files that any web server hands out rest on no platform.
_static if some _ in topic.met(input.topics.portable_hint)

# Services named without a duty: what replaces them is asked. Several in one sentence,
# for example, are a choice.
findings contains result.unsure(rego.metadata.chain(), "service", _considered[0].evidence, {"names": sort({service.name | some service in _considered})}) if {
	not rating
	count(_considered) > 0
}

# What is open source anybody may run: beside services that nobody else has, it is asked
# about as one more that is used.
_considered := array.concat(_closed, [service |
	some service in input.mentions.cloud_service
	service.open
	service.evidence.path in _paths_of_closed
	service.role == "requirement"
	not service.negated
	some tag in service.tags
	startswith(tag, "managed_")
])

_paths_of_closed := {service.evidence.path | some service in _closed}

_closed := [service |
	some service in input.mentions.cloud_service
	service.role in {"requirement", "example"}
	not service.negated
	_platform_of(service)
	not service.equivalent
	not service.clause in _wrapped
	not _supported(service)
	not service.open
	not service.term in _optional
	not _one_of_several(service)
]

_platform_of(service) if {
	some tag in service.tags
	startswith(tag, "managed_")
}

# Where the solution is to run, as long as the sentence says so, beside services that it
# uses there: of the place alone EX-05 asks.
_platform_of(service) if {
	"app_hosting" in object.get(service, "tags", [])
	service.clause in _hosting
	service.evidence.path in _paths_with_services
}

_paths_with_services := {service.evidence.path |
	some service in input.mentions.cloud_service
	service.role == "requirement"
	not service.negated
	not service.equivalent
	some tag in service.tags
	startswith(tag, "managed_")
}

_hosting := {hit.clause | some hit in topic.binding(input.topics.operating_environment)}

_one_of_several(service) if {
	service.role == "example"
	some other in input.mentions.cloud_service
	other.clause == service.clause
	other.term != service.term
}

# Another service will do, too: there is nothing to ask.
_replaceable := [service |
	some service in input.mentions.cloud_service
	_another_will_do(service)
	some tag in service.tags
	startswith(tag, "managed_")
]

_another_will_do(service) if service.equivalent

_another_will_do(service) if service.term in _optional

# Where nothing tells of a cloud or of a provider's hosting, nobody has services of a
# platform in mind.
_cloud_in_play if input.dossier.service_model.value in {"saas", "paas", "iaas"}

_cloud_in_play if input.dossier.operator.value == "supplier"

_cloud_in_play if {
	some service in input.mentions.cloud_service
	not service.negated
	service.role in {"requirement", "existing_estate"}
	not "saas_development" in object.get(service, "tags", [])
}

_cloud_in_play if some _ in topic.binding(input.topics.hosting_location)

_cloud_in_play if input.dossier.complete.value

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.weak(input.topics.managed_services)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in _risks
	not _services[hit.clause]
}

findings contains result.finding(rego.metadata.chain(), "service", hit.evidence, {"names": sort(names)}) if {
	some hit in _risks
	names := _services[hit.clause]
}

findings contains result.unsure(rego.metadata.chain(), "portable", _portable, {}) if _portable_only

# By document and service, where it is first named: what replaces it is one question.
findings contains result.unsure(rego.metadata.chain(), "service", services[0].evidence, {"names": [services[0].name]}) if {
	_told != "met"
	some run in group.runs([[[service.evidence.path, service.term], number] | some number, service in input.mentions.cloud_service; service in _named])
	services := [input.mentions.cloud_service[number] | some number in run.values]
}
