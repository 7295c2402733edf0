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
import data.policies.lock_in_map.frames

review := {
	"components": [entry | some [_, _, _, entry] in sort([[_rank[entry.effort], 0 - count(entry.gaps), entry.id, entry] | some entry in _entries])],
	"others": _others,
	"ways": _ways,
	"secured": _secured,
} if {
	count(object.keys(solution.own) - frames.ids) > 0
}

_rank := {"high": 0, "medium": 1, "unknown": 2, "low": 3}

# Plenty for a reader to look; the graph has them all.
_places := 3

_entries[id] := object.union(
	object.filter(component, ["id", "name", "kind", "product", "licence", "hosting", "provider"]),
	_defined({
		"owner": [owner | owner := _owner(component)],
		"open": [_open(component)],
		"interfaces": [_interfaces(id)],
		"holds_data": [_holding(component)],
		"data_out": [_data_out(component)],
		"substitutes": [_substitutes(component)],
		"exits": [_exits(id)],
		"effort": [_effort(component)],
		"gaps": [[{"code": code, "criterion": criterion} | some code, criterion in _belongs; _gap(code, component)]],
		"evidence": [array.slice(component.evidence, 0, _places)],
	}),
) if {
	some id, component in solution.own
	not id in frames.ids
}

# A model is what is hardest to replace, and no file draws it.
_entries[id] := object.union(
	object.filter(model, ["name", "product", "licence", "hosting", "provider"]),
	_defined({
		"id": [id],
		"kind": ["model"],
		"owner": [owner | owner := model.vendor],
		"open": [_open(model)],
		"interfaces": [[]],
		"holds_data": [false],
		"data_out": [[]],
		"substitutes": [_substitutes(model)],
		"exits": [[]],
		"effort": [_model_effort(model)],
		"gaps": [[{"code": "no_substitute", "criterion": "EX-08"} | _no_substitute(model)]],
		"evidence": [array.slice(model.evidence, 0, _places)],
	}),
) if {
	some model in input.models
	model.term
	not model.term in _terms

	# no slug has a full stop
	id := concat(".", ["model", model.id])
}

_terms := {component.term | some component in solution.own}

# Open weights run with whoever has the machines for them.
_model_effort(model) := "low" if {
	model.open
} else := "medium" if {
	model.open == false
	_known(model) == "some"
} else := "unknown"

_no_substitute(model) if {
	model.open == false
	_known(model) == "none"
}

# Undefined values are left out.
_defined(object_) := {key: values[0] | some key, values in object_; count(values) > 0}

_owner(component) := "own" if {
	component.custom
} else := component.vendor

_open(component) := _answer(object.get(component, "open", null))

_answer(true) := "yes"

_answer(false) := "no"

_answer(null) := "unknown"

# Interfaces that each component offers to programs. One that components only depend on
# is none that is told.
_offered := {run.key: [input.interfaces[number] | some number in run.values] |
	some run in group.runs([[interface.to, number] |
		some number, interface in input.interfaces
		not interface.kind in {"user", "dependency"}
		object.get(interface, "from", "") != interface.to
		solution.own[interface.to]
	])
}

# Protocols that carry anything: they do not say how data are exchanged.
_carriers := {"http_standard", "http3", "tls", "websocket"}

# Protocols for calls: what is called stays each maker's own.
_calling := {"grpc", "soap", "graphql", "json_rpc", "xml_rpc"}

_specified := {interface.to | some interface in input.interfaces; interface.specification}

# Whether how data are exchanged is openly specified.
_standing(interface) := "no" if {
	interface.open == false
} else := "yes" if {
	interface.open
	not object.get(interface, "term", "") in _carriers
} else := "yes" if {
	interface.kind in {"api", "events"}
	interface.to in _specified
} else := "unknown"

_standard(interface) := interface.standard

_standard(interface) := interface.protocol if not interface.standard

# Edges over one protocol are one interface. Where some tell theirs, the rest adds nothing.
_interfaces(id) := [object.union(kind, {"id": run.values[0]}) |
	some run in group.runs([[_kind(interface), interface.id] | some interface in _telling(_offered[id])])
	kind := run.key
]

_telling(interfaces) := told if {
	told := [interface | some interface in interfaces; _standard(interface)]
	count(told) > 0
} else := interfaces

_kind(interface) := _defined({
	"standard": [standard | standard := _standard(interface)],
	"owner": [owner | owner := interface.owner],
	"open": [_standing(interface)],
	"specified": [_described(interface)],
})

default _described(_) := false

_described(interface) if interface.specification

_described(interface) if {
	interface.kind in {"api", "events"}
	interface.to in _specified
}

# How a component is reached: over open protocols only, over one that is not open, or it
# could not be told.
_reached(id) := "closed" if {
	"no" in _standings(id)
} else := "open" if {
	"yes" in _standings(id)
} else := "untold"

_standings(id) := {_standing(interface) | some interface in object.get(_offered, id, [])}

_data_out(component) := [{"way": way, "names": sort(names)} |
	not component.kind in _keeping_nothing
	some way in ["protocol", "format", "interface"]
	names := _leaves(way, component)
	count(names) > 0
]

# What is in them is elsewhere too, or only goes through.
_keeping_nothing := {"cache", "client", "gateway", "monitoring"}

_leaves("protocol", component) := {name |
	some interface in _offered[component.id]
	_hands_out(interface)
	name := _standard(interface)
}

# A protocol lays down what goes over it, not only how it is called.
_hands_out(interface) if {
	interface.open
	not object.get(interface, "term", "") in (_carriers | _calling)
}

_leaves("format", component) := {format_ |
	some interface in _offered[component.id]
	some format_ in interface.formats
	_readable(format_)
}

_leaves("interface", component) := {object.get(interface, "name", interface.specification.path) |
	some interface in _offered[component.id]
	interface.specification
}

# Formats that anybody can read.
_readable(format) if regex.match(`(json|xml|csv|yaml|parquet|avro|calendar|vcard|opendocument)`, lower(format))

_substitutes(component) := array.concat(
	[other | some other in object.get(component, "alternatives", []); other.open; not other.term in _itself],
	[other | some other in object.get(component, "alternatives", []); not other.open; not other.term in _itself],
)

# What is looked at is no way out of one of its parts.
_itself := {solution.own[id].term | some id in frames.itself}

# What secures the way out of one component: a protocol that others speak, an adapter
# between it and the rest.
_exits(id) := array.concat(
	[{"kind": "protocol", "evidence": evidence} |
		_reached(id) == "open"
		evidence := [interface.evidence[0] | some interface in _offered[id]; _hands_out(interface)][0]
	],
	[{"kind": "adapter", "evidence": evidence} |
		_adapted(id)
		evidence := solution.own[min(_callers[id])].evidence[0]
	],
)

_callers := {run.key: {caller | some caller in run.values} |
	some run in group.runs([[interface.to, interface.from] |
		some interface in input.interfaces
		solution.own[interface.from]
		solution.own[interface.to]
		interface.from != interface.to
	])
}

_adapted(id) if {
	count(_callers[id]) > 0
	every caller in _callers[id] { _adapter(solution.own[caller]) }
}

_adapter(component) if {
	component.custom
	regex.match(`(^|[^a-z])(adapter|connector|konnektor|facade|anti-?corruption(-layer)?)([^a-z]|$)`, lower(component.name))
}

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

# How much a switch takes. An adapter keeps what is behind it from the rest.
_effort(component) := _lowered[_raw_effort(component)] if {
	_adapted(component.id)
} else := _raw_effort(component)

_lowered := {"high": "medium", "medium": "low", "low": "low", "unknown": "unknown"}

# What is built here goes on with whoever has its sources.
_raw_effort(component) := "medium" if {
	component.custom
	count(topic.risk(object.get(input.topics, "source_code", []))) > 0
} else := "low" if {
	_carried_on(component)
} else := "medium" if {
	# whatever it is, others that speak the same can take its place
	not component.term
	_standardised(component)
} else := "unknown" if {
	not component.term
} else := "medium" if {
	# the code goes along; the events that call it and what they look like do not
	"serverless" in component.tags
} else := "low" if {
	# machines run what anyone else's would
	"managed_compute" in component.tags
} else := "medium" if {
	component.open
	_reached(component.id) == "closed"
} else := "low" if {
	component.open
} else := "high" if {
	component.open == false
	_reached(component.id) == "closed"
	_hard(component)
} else := "high" if {
	_bound(component)
} else := _bought[_spoken(component)][_known(component)] if {
	component.open == false
} else := _unsure(component)

# Whichever licence its version has, another product takes its place.
_unsure(component) := "low" if {
	_reached(component.id) == "open"
	_known(component) == "some"
} else := "unknown"

_carried_on(component) if component.custom

# Its file states an open licence.
_carried_on(component) if {
	not component.term
	component.open
}

# Reached over nothing but protocols that others speak too: no description of its own.
_standardised(component) if {
	_reached(component.id) == "open"
	some interface in _offered[component.id]
	interface.open
	not object.get(interface, "term", "") in _carriers
}

# What has no substitute, or many that would have to be changed with it, or an interface
# of its provider's that no substitute offers.
_hard(component) if _known(component) == "none"

_hard(component) if component.id in _provided

_hard(component) if count(object.get(_callers, component.id, [])) >= 3

_provided := {service.id | some service in solution.services}

# Code that uses a provider's library for a service speaks to nothing else. Object stores
# of others take the same calls.
_bound(component) if {
	component.id in _provided
	_reached(component.id) == "untold"
	solution.port(component) == "closed"
	not component.kind == "storage"
}

# A managed database speaks as its engine does, even where no file shows who reaches it.
_spoken(component) := "open" if {
	"managed_database" in component.tags
	_reached(component.id) == "untold"
	regex.match(`(?i)postgre|mysql|mariadb|valkey|redis`, object.get(component, "technology", ""))
} else := _reached(component.id)

_bought := {
	"open": {"some": "low", "none": "medium"},
	"untold": {"some": "medium", "none": "unknown"},
	"closed": {"some": "medium"},
}

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
	some interface in _offered[component.id]
	interface.kind == "api"
	_undescribed(interface)
	not _stray
}

_undescribed(interface) if _standing(interface) == "unknown"

_undescribed(interface) if {
	object.get(interface, "term", "") in _calling
	not _described(interface)
}

# A description of which no file says whose it is may be that of any component.
_stray if {
	some interface in input.interfaces
	interface.specification
	not interface.to
}

_gap("proprietary_protocol", component) if _reached(component.id) == "closed"

_gap("no_exit", component) if {
	component.open == false
	_holds_data(component)
	count(_data_out(component)) + count(_exits(component.id)) == 0
	every exit in _secured { not exit.topic in {"exit_plan", "data_export", "data_retrieval", "transition_support"} }
}

default _holding(_) := false

_holding(component) if _holds_data(component)

# Drawings show what watches the others as a store, too.
_holds_data(component) if {
	component.kind in {"database", "storage", "search", "identity"}
	not "monitoring" in object.get(component, "tags", [])
}

_holds_data(component) if {
	component.hosting == "service"
	component.kind in {"application", "system"}
}

_gap("unknown_product", component) if component in solution.unknown

# Each pair and protocol once. That something depends on another is drawn where nothing
# says how.
_ways := [object.union(_defined({"standard": [standard | standard := run.key.standard]}), object.filter(run.key, ["from", "to", "open"])) |
	some run in group.runs([[way, 0] | some way in _drawn])
]

_drawn := array.concat(_told, [{"from": edge.from, "to": edge.to, "open": "unknown"} |
	some edge in _edges
	edge.kind == "dependency"
	not [edge.from, edge.to] in _told_pairs
])

_told := [object.union(object.filter(edge, ["from", "to"]), _defined({"standard": [standard | standard := _standard(edge)], "open": [_standing(edge)]})) |
	some edge in _edges
	edge.kind != "dependency"
]

_told_pairs := {[way.from, way.to] | some way in _told}

_edges := [edge |
	some edge in input.interfaces
	edge.kind != "user"
	edge.from != edge.to
	_systems[edge.from]
	_systems[edge.to]
	not edge.from in frames.ids
	not edge.to in frames.ids
	_mine(edge)
]

_mine(edge) if solution.own[edge.from]

_mine(edge) if solution.own[edge.to]

_systems := {component.id: component | some component in input.components; component.id in (solution.takes_part - solution.brought)}

_others := [object.union(object.filter(component, ["id", "name", "kind", "product"]), {"standards": _over(component.id)}) |
	some component in input.components
	not solution.own[component.id]
	component.id in _joined
]

_over(id) := sort({way.standard | some way in _ways; way.standard; id in {way.from, way.to}})

_joined := {id | some way in _ways; some id in [way.from, way.to]}
