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
import data.policies.lib.calls
import data.policies.lib.group
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := bound.topic(input.topics.loose_coupling)

# Of what custom components say to each other, part is laid down or all of it.
_drawn := "not_met" if {
	count(_direct) > 0
	count(_contracts) == 0
} else := "partly" if {
	count(_direct) > 0
} else := "partly" if {
	count(_contracts) > 0
	count(_hubs_and_loose) > 0
} else := "met" if {
	count(_contracts) > 0
}

_hubs_and_loose := array.concat(solution.hubs, _loose)

_between := [edge |
	some edge in solution.edges
	edge.kind in {"api", "events"}
	not calls.names_hosts(edge)
	some end in [edge.from, edge.to]
	solution.own[end].custom
]

_contracts := [edge | some edge in _between; solution.standing(edge) == "open"]

# What talks to each other without a specification, IF-02 lists.
_loose := [edge | some edge in _between; not solution.standing(edge)]

# Somebody else's system in a database of one's own.
_direct := [edge |
	some edge in solution.edges
	edge.kind == "database"
	solution.own[edge.to]
	not solution.own[edge.from]
]

# A database that a custom component and a proprietary product use, or two such products:
# one may live on the other's tables. An open-source product beside it has its own; what
# watches it, and its copies, keep to it.
_shared := [solution.own[run.key] |
	some run in group.runs([[edge.to, _owner(solution.own[edge.from])] |
		some edge in solution.edges
		edge.kind == "database"
		solution.own[edge.to].kind == "database"
		not solution.own[edge.from].kind in {"database", "monitoring"}
	])
	count({owner | some owner in run.values}) > 1
]

_owner(component) := "" if {
	component.custom
} else := component.term if {
	component.open == false
}

evidence contains solution.place(edge) if some edge in array.concat(_contracts, _direct)

findings contains result.finding(rego.metadata.chain(), "direct", solution.place(_direct[0]), solution.ways(_direct)) if count(_direct) > 0

findings contains result.unsure(rego.metadata.chain(), "shared", solution.place(_shared[0]), solution.listed(_shared)) if {
	count(_shared) > 0
	not _told == "met"
}

findings contains result.unsure(rego.metadata.chain(), "hub", solution.place(solution.hubs[0]), solution.listed(solution.hubs)) if count(solution.hubs) > 0

evidence contains hit.evidence if some hit in topic.binding(input.topics.loose_coupling)

# How a service is built inside, its provider decides.
not_applicable := "saas" if {
	input.dossier.service_model.value == "saas"
	not rating
} else := "single_component" if {
	not rating
	count(solution.own) == 1
}

# A dossier that describes an architecture, or says that it is complete, settles how
# the solution is built.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	_settles
	count(_shared) == 0
	count(_bought) + count(solution.unknown) == 0
	count(_apart) < solution.few
}

# Parts built here of which the files tell what each offers the others.
_apart := {component.id |
	some component in solution.custom
	some interface in input.interfaces
	interface.to == component.id
	interface.kind != "dependency"
}

# Where files show products of others, it is asked about those that hold: neither is an
# open protocol told, nor is a substitute known.
findings contains result.unsure(rego.metadata.chain(), "fixed", solution.place(_fixed[0]), solution.listed(_fixed)) if {
	not rating
	_settles
	count(_shared) == 0
	count(_fixed) > 0
}

_bought := [component | some component in solution.own; component.term; not component.custom]

_fixed := array.concat(
	[component | some component in _bought; _holds(component)],
	[component | some component in solution.foreign; not _publishes_it(component); not _open_port(component)],
)

# Several images of one repository, each of its own part, are what the solution itself
# publishes: "registry/group/project/app" and "registry/group/project/ui". So is what
# bears the name of the group beside it.
_publishes_it(component) if {
	project := _project(component.image)
	count([other | some other in solution.foreign; _project(other.image) == project]) > 1
}

# Undefined for images that no project holds: "registry/group/app", "group/app".
_project(image) := concat("/", array.slice(parts, 0, 3)) if {
	parts := split(image, "/")
	count(parts) > 3
}

# Of services LI-01 asks; machines run what anyone else's would; what is open source,
# whoever wants can keep.
_holds(component) if {
	component.open == false
	not "managed_compute" in component.tags
	not component in solution.services
	count(object.get(component, "alternatives", [])) == 0
	not _open_port(component)
}

_open_port(component) if solution.port(component) == "open"

_settles if input.dossier.complete.value

_settles if {
	input.dossier.kind.value in {"architecture", "both"}
	count(solution.own) > 1
}

# By document, with the place of the first hit.
findings contains result.finding(rego.metadata.chain(), "weak", place, {}) if {
	_told == "partly"
	not _remark
	some place in _weak_places
}

findings contains result.unsure(rego.metadata.chain(), "weak", place, {}) if {
	_told == "partly"
	_remark
	some place in _weak_places
}

_weak := [hit | some hit in topic.weak(input.topics.loose_coupling)]

_weak_places contains _weak[run.values[0]].evidence if {
	some run in group.runs([[hit.evidence.path, number] | some number, hit in _weak])
}

# A single word on it in a description may stand beside another point.
_remark if {
	input.dossier.kind.value == "architecture"
	count({hit.clause | some hit in _weak}) == 1
	not _weak[0].modality in {"must", "should"}
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.loose_coupling)
}
