# METADATA
# title: Reach
# description: >-
#   How the components of a solution are reached: over which standards, whether these are
#   openly specified, and by whom. Of what only uses another one no file may say how.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lock_in_map.reach

import data.policies.lib.group
import data.policies.lib.solution

# offered are the interfaces that each component offers to programs. One that components
# only depend on is none that is told.
offered := {run.key: [input.interfaces[number] | some number in run.values] |
	some run in group.runs([[interface.to, number] |
		some number, interface in input.interfaces
		not interface.kind in {"user", "dependency"}
		_foreign(interface)
	])
}

# All over which anybody reaches a component, people too.
_shown := {run.key: [input.interfaces[number] | some number in run.values] |
	some run in group.runs([[interface.to, number] |
		some number, interface in input.interfaces
		_foreign(interface)
		_tells(interface)
	])
}

_foreign(interface) if {
	object.get(interface, "from", "") != interface.to
	solution.own[interface.to]
}

# That people use something says nothing where no protocol stands there.
_tells(interface) if interface.kind != "user"

_tells(interface) if standard(interface)

# Protocols that carry anything: they do not say how data are exchanged. SOAP is the envelope of
# what a description lays down.
_carriers := {"http_standard", "http3", "soap", "tls", "websocket"}

carries(interface) if object.get(interface, "term", "") in _carriers

_specified := {interface.to | some interface in input.interfaces; interface.specification}

# standing says whether how data are exchanged is openly specified.
standing(interface) := "no" if {
	interface.open == false
} else := "yes" if {
	interface.open
	not carries(interface)
} else := "yes" if {
	interface.kind in {"api", "events"}
	interface.to in _specified
} else := "unknown"

# standard is what an interface follows, by the catalogue's name, else as written.
standard(interface) := interface.standard

standard(interface) := interface.protocol if not interface.standard

# interfaces are those of a component, each standard once. Where some tell theirs, the rest
# adds nothing.
interfaces(id) := [object.union(kind, {"id": run.values[0]}) |
	some run in group.runs([[_kind(interface), interface.id] | some interface in _telling(_shown[id])])
	kind := run.key
]

_telling(list) := told if {
	told := [interface | some interface in list; standard(interface)]
	count(told) > 0
} else := list

_kind(interface) := defined({
	"standard": [name | name := standard(interface)],
	"owner": [owner | owner := interface.owner],
	"open": [standing(interface)],
	"specified": [described(interface)],
})

# defined leaves out the values of an object that are undefined, each in a list.
defined(object_) := {key: values[0] | some key, values in object_; count(values) > 0}

default described(_) := false

# described says that a file describes an interface for programs.
described(interface) if interface.specification

described(interface) if {
	interface.kind in {"api", "events"}
	interface.to in _specified
}

# of says how a component is reached: over open protocols only ("open"), over one that is
# not open ("closed"), or that could not be told ("untold").
of(id) := "closed" if {
	"no" in _standings(id)
} else := "open" if {
	"yes" in _standings(id)
} else := "untold"

_standings(id) := {standing(interface) |
	some interface in object.get(offered, id, [])
	not _idle(interface)
}

# A way of its provider's that nobody is told to use, where there is an open one.
_idle(interface) if {
	not interface.from
	standing(interface) == "no"
	some other in offered[interface.to]
	standing(other) == "yes"
}

# callers are the components of one's own that reach each one.
callers := {run.key: {caller | some caller in run.values} |
	some run in group.runs([[interface.to, interface.from] | some interface in _joints])
}

# leaning are those of them that reach it over what no open standard lays down.
leaning := {run.key: {caller | some caller in run.values} |
	some run in group.runs([[interface.to, interface.from] | some interface in _joints; standing(interface) != "yes"])
}

_joints := [interface |
	some interface in input.interfaces
	solution.own[interface.from]
	solution.own[interface.to]
	interface.from != interface.to
]

# adapted says that nothing but an adapter that was built here reaches a component.
adapted(id) if {
	count(callers[id]) > 0
	every caller in callers[id] { _adapter(solution.own[caller]) }
}

_adapter(component) if {
	component.custom
	regex.match(`(^|[^a-z])(adapter|connector|konnektor|facade|anti-?corruption(-layer)?)([^a-z]|$)`, lower(component.name))
}

# of_others says that others than the maker of a component speak a protocol that it is
# reached over: anybody may run its code, the protocol is somebody else's, or a known
# substitute speaks it too.
of_others(component, _) if component.open

of_others(component, interface) if _first_word(object.get(component, "vendor", "")) != _first_word(interface.owner)

of_others(component, interface) if {
	some other in component.alternatives
	other.speaks == interface.term
}

# replaceable says that a component is reached over a protocol that others speak.
replaceable(component) if {
	some interface in object.get(offered, component.id, [])
	interface.open
	not carries(interface)
	of_others(component, interface)
}

# "MongoDB" and "MongoDB Inc." are one.
_first_word(name) := split(lower(name), " ")[0]
