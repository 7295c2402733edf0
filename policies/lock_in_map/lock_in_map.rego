# METADATA
# title: Lock-in map
# description: >-
#   Tells of each component what holds it and how one gets away from it. Undefined where
#   no architecture file shows a component. docs/lock-in-map.md explains the rules.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lock_in_map

import data.policies.lib.group
import data.policies.lib.solution
import data.policies.lib.topic
import data.policies.lock_in_map.effort
import data.policies.lock_in_map.frames
import data.policies.lock_in_map.leaving
import data.policies.lock_in_map.reach

review := {
	"components": [entry | some [_, _, _, entry] in sort([[_rank[entry.effort], 0 - count(entry.gaps), entry.id, entry] | some entry in _shown])],
	"others": _others,
	"ways": _ways,
	"secured": _secured,
} if {
	count(object.keys(solution.own) - frames.ids) > 0
}

_rank := {"high": 0, "medium": 1, "unknown": 2, "low": 3}

# Plenty for a reader to look; the graph has them all.
_places := 3

# Entries of one product between which nothing differs are one.
_shown := [object.union(_entries[ids[0]], _merged(ids)) | some ids in _alike]

_alike := [sort(run.values) | some run in group.runs([[_sameness(entry), id] | some id, entry in _entries])]

_merged(ids) := {} if {
	count(ids) == 1
} else := {
	"names": sort({_entries[id].name | some id in ids}),
	"gaps": sort({gap | some id in ids; some gap in _entries[id].gaps}),
	"interfaces": _united([interface | some id in ids; some interface in _entries[id].interfaces]),
	"evidence": array.slice([place | some id in ids; some place in _entries[id].evidence], 0, _places),
}

# Interfaces of one standard are one; where some tell theirs, the rest adds nothing.
_united(interfaces) := [run.values[0] | some run in group.runs([[interface.standard, interface] | some interface in interfaces])] if {
	some interface in interfaces
	interface.standard
} else := array.slice(interfaces, 0, 1)

_sameness(entry) := object.union(
	object.filter(entry, ["kind", "product", "licence", "hosting", "provider", "owner", "open", "effort", "reason", "gaps", "data_out", "substitutes"]),
	{"exits": [exit.kind | some exit in entry.exits]},
) if {
	entry.product
	entry.owner != "own"
	entry.kind != "model"
} else := object.union(object.filter(entry, ["kind", "effort", "reason"]), {"image": image}) if {
	# the same code, started for another task
	not entry.product
	image := solution.own[entry.id].image
} else := {"id": entry.id}

_entries[id] := object.union_n([
	object.filter(component, ["id", "name", "kind", "product", "licence", "hosting", "provider"]),
	{"technology": technology | component.custom; technology := component.technology},
	effort.of(component),
	reach.defined({
		"owner": [owner | owner := _owner(component)],
		"open": [_open(component)],
		"interfaces": [reach.interfaces(id)],
		"holds_data": [leaving.holds(component)],
		"data_out": [leaving.data_out(component)],
		"substitutes": [_substitutes(component)],
		"exits": [leaving.exits(component)],
		"gaps": [[{"code": code, "criterion": criterion} | some code, criterion in _belongs; _gap(code, component)]],
		"evidence": [array.slice(component.evidence, 0, _places)],
	}),
]) if {
	some id, component in solution.own
	not id in frames.ids
}

# A model is what is hardest to replace, and no file draws it.
_entries[id] := object.union_n([
	object.filter(model, ["name", "product", "licence", "hosting", "provider", "assumed"]),
	effort.of_model(model),
	reach.defined({
		"id": [id],
		"kind": ["model"],
		"owner": [owner | owner := model.vendor],
		"open": [_open(model)],
		"interfaces": [_answering(model)],
		"holds_data": [false],
		"data_out": [[]],
		"substitutes": [_substitutes(model)],
		"exits": [[{"kind": "adapter", "evidence": evidence} | evidence := solution.own[model.gateway].evidence[0]]],
		"gaps": [[{"code": "no_substitute", "criterion": "EX-08"} | _no_substitute(model)]],
		"evidence": [array.slice(model.evidence, 0, _places)],
	}),
]) if {
	some model in input.models
	model.term
	not model.term in _terms

	# no slug has a full stop
	id := concat(".", ["model", model.id])
}

_terms := {component.term | some component in solution.own}

_no_substitute(model) if {
	model.open == false
	_known(model) == "none"
}

_owner(component) := "own" if {
	component.custom
	not component.vendor
} else := component.vendor

# What a firm publishes by a publiccode.yml is open source, and so are its parts.
_open(component) := "yes" if {
	component.custom
	component.vendor
} else := _answer(object.get(component, "open", null))

_answer(true) := "yes"

_answer(false) := "no"

_answer(null) := "unknown"

_substitutes(component) := array.concat(
	[other | some other in object.get(component, "alternatives", []); other.open; not other.term in _itself],
	[other | some other in object.get(component, "alternatives", []); not other.open; not other.term in _itself],
)

# Who answers for a model that a provider runs, with an interface of its own.
_answering(model) := [{"id": component.id, "standard": component.product, "open": "no", "owner": component.vendor, "specified": false} |
	model.hosting == "service"
	some component in input.components
	component.kind == "model"
	component.open == false
	component.hosting == "service"
	component.provider == model.provider
]

# What is looked at is no way out of one of its parts.
_itself := {solution.own[id].term | some id in frames.itself}

# What the documents say for the solution as a whole, each at its first place.
_secured := [{"kind": kind, "topic": subject, "evidence": _first(subject)} |
	some [kind, subjects] in _securing
	some subject in subjects
	_first(subject)
]

_securing := [
	["clause", ["exit_plan", "data_export", "data_retrieval", "transition_support", "source_code", "escrow", "portable_operation"]],
	["rehearsal", ["switch_test"]],
	["adapter", ["loose_coupling"]],
]

_first(subject) := [hit.evidence |
	found := topic.met(input.topics[subject])
	some hit in input.topics[subject]
	hit in found
][0]

_known(component) := "some" if {
	count(object.get(component, "alternatives", [])) > 0
} else := "none"

# The criterion that each gap belongs to.
_belongs := {
	"no_substitute": "EX-08",
	"no_specification": "IF-02",
	"proprietary_protocol": "IF-01",
	"no_exit": "EX-02",
	"unknown_product": "EX-06",
}

_gap("no_substitute", component) if {
	component.open == false
	_known(component) == "none"
	not "managed_compute" in component.tags
}

# Of what is bought, the maker has the description.
_gap("no_specification", component) if {
	component.custom
	not solution.screen(component)
	some interface in reach.offered[component.id]
	interface.kind == "api"
	_called(interface, component)
	_undescribed(interface)
	not _stray
}

# A port that nothing but people may use need not be an interface for programs.
_called(interface, _) if interface.from

_called(interface, _) if not regex.match(`^(\d+|\$.*)?$`, object.get(interface, "name", ""))

_called(_, component) if regex.match(`(?i)(^|[^a-z])api([^a-z]|$)`, component.name)

_undescribed(interface) if reach.standing(interface) == "unknown"

_undescribed(interface) if {
	object.get(interface, "term", "") in _calling
	not reach.described(interface)
}

# Protocols for calls: what is called stays each maker's own.
_calling := {"grpc", "soap", "graphql", "json_rpc", "xml_rpc"}

# A description of which no file says whose it is may be that of any component.
_stray if {
	some interface in input.interfaces
	interface.specification
	not interface.to
}

_gap("proprietary_protocol", component) if reach.of(component.id) == "closed"

_gap("no_exit", component) if {
	component.open == false
	leaving.holds(component)
	count(leaving.data_out(component)) + count(leaving.exits(component)) == 0
	every exit in _secured { not exit.topic in {"exit_plan", "data_export", "data_retrieval", "transition_support"} }
}

_gap("unknown_product", component) if component in solution.unknown

# Each pair and protocol once. That something depends on another is drawn where nothing
# says how.
_ways := [object.union(reach.defined({"standard": [standard | standard := run.key.standard]}), object.filter(run.key, ["from", "to", "open"])) |
	some run in group.runs([[way, 0] | some way in _drawn])
]

# Where an entry stands for several components, ways lead to it.
_stands := {id: ids[0] | some ids in _alike; some id in ids}

_ends(edge) := {"from": object.get(_stands, edge.from, edge.from), "to": object.get(_stands, edge.to, edge.to)}

_drawn := array.concat(_told, [object.union(ends, {"open": "unknown"}) |
	some edge in _edges
	edge.kind == "dependency"
	ends := _ends(edge)
	not [ends.from, ends.to] in _told_pairs
])

_told := [object.union(_ends(edge), reach.defined({"standard": [standard | standard := reach.standard(edge)], "open": [reach.standing(edge)]})) |
	some edge in _edges
	edge.kind != "dependency"
]

_told_pairs := {[way.from, way.to] | some way in _told}

_edges := [edge |
	some edge in input.interfaces
	edge.kind != "user"
	_stand_apart(edge)
	_systems[edge.from]
	_systems[edge.to]
	not edge.from in frames.ids
	not edge.to in frames.ids
	_mine(edge)
]

_stand_apart(edge) if {
	ends := _ends(edge)
	ends.from != ends.to
}

_mine(edge) if solution.own[edge.from]

_mine(edge) if solution.own[edge.to]

_systems := {component.id: component |
	some component in input.components
	component.id in (solution.takes_part - solution.brought)
	not _face(component)
}

# What a drawing calls after a part of the solution is where others reach that, and nobody
# else's: "dovecot-external".
_face(component) if {
	component.external
	stem := regex.replace(lower(component.name), `[-_ ](external|extern|public|ingress)$`, "")
	stem != lower(component.name)
	some part in solution.own
	stem in {lower(part.name), object.get(part, "term", ""), part.id}
}

_others := [object.union(object.filter(component, ["id", "name", "kind", "product"]), {"standards": _over(component.id)}) |
	some component in input.components
	not solution.own[component.id]
	component.id in _joined
]

_over(id) := sort({way.standard | some way in _ways; way.standard; id in {way.from, way.to}})

_joined := {id | some way in _ways; some id in [way.from, way.to]}
