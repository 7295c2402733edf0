# METADATA
# title: Frames
# description: >-
#   Components of a solution that have no entry in its lock-in map: what only holds others,
#   what these stand on, and the solution itself.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lock_in_map.frames

import data.policies.lib.group
import data.policies.lib.solution

ids := (((_holding | _repeated) | (_taken_apart | itself)) | _beneath) | _parts

# What only holds others: a boundary that somebody drew around them, a chart that is made
# of charts. What stands in it has entries of its own.
_holding := {id |
	some id, component in solution.own
	not component.term
	not component.custom
	not component.image
	not component.licence
	id in _holders
}

# What its parts take apart, and no arrow meets itself.
_taken_apart := {id |
	some id, component in solution.own
	component.custom
	not component.image
	count(object.get(_inside, id, [])) > 1
	not id in _met
}

_met := {end |
	some interface in input.interfaces
	interface.kind != "user"
	some end in [object.get(interface, "from", ""), object.get(interface, "to", "")]
}

# The components that stand in each one, by its id.
_inside := {run.key: run.values |
	some run in group.runs([[component.within, component] | some component in solution.own; component.within])
}

# The solution is no part of itself.
itself := {id |
	some id, component in solution.own
	not component.image
	_whole(component)
}

# Its publiccode.yml describes what other files show in parts.
_whole(component) if {
	component.custom
	component.sources == ["publiccode"]
	some other in solution.custom
	other.id != component.id
}

# Its own configuration stands beside the code that is made into its image.
_whole(component) if {
	component.sources == ["llmconfig"]
	some other in solution.custom
	_bears(other, component)
}

_bears(other, component) if component.term in object.get(other, "built_with", [])

_bears(other, component) if lower(component.name) == regex.replace(lower(object.get(other, "image", "")), `^.*/|[:@].*$`, "")

# A drawing of its surroundings shows it as one box that people use, other files its parts.
_whole(component) if {
	[component.id] == _used
	count(solution.custom) > 0
}

_used := sort({id |
	some id, component in solution.own
	component.kind == "system"
	not component.term
	not component.technology
	not component.custom
	not component.image
	not component.id in _holders
	some interface in input.interfaces
	interface.to == id
	interface.kind == "user"
})

# A product that is drawn around several others is the frame of all.
_whole(component) if {
	component.term
	component.kind in {"application", "system", "other"}
	not component.technology
	around := {part.term |
		some part in object.get(_inside, component.id, [])
		part.term
		part.term != component.term
	}
	count(around) > 1
}

# What others stand on and nobody switches by itself: a cloud whose services have entries of
# their own, whatever runs containers, what a publiccode.yml says it is written with.
_beneath := {id |
	some id, component in solution.own
	not component.image
	_ground(component)
}

_ground(component) if {
	some tag in component.tags
	tag in {"hyperscaler", "cloud_platform"}
	component.id in _holders
	some other in solution.own
	other.id != component.id
	other.provider == component.product
}

_ground(component) if {
	not component.term
	regex.match(`(?i)^(oci[- ]|docker[- ]|linux[- ]?)?container[- ]?(runtime|engine|host|laufzeit(umgebung)?)([^a-z]|$)`, component.name)
}

_ground(component) if object.get(component, ["function", "en"], "") == "container runtime"

_ground(component) if {
	component.sources == ["publiccode"]
	not component.term
	not component.custom
	component.built_with
}

# A chart of one's own that only holds what others are written in.
_ground(component) if {
	not component.term
	not component.custom
	component.built_with
	component.technology == "Helm chart"
}

# How a container service is to run the code that another file shows.
_ground(component) if {
	not component.term
	not component.custom
	component.sources == ["terraform"]
	count(solution.custom) > 0
	users := {interface.from | some interface in input.interfaces; interface.to == component.id}
	count(users) > 0
	every user in users { _container_service(user) }
}

_container_service(id) if solution.own[id].function.en == "managed container service"

# A store that a drawing shows once as a whole and once as a part of itself.
_repeated := {component.within |
	some component in input.components
	outer := solution.own[component.within]
	outer.kind in {"database", "cache", "queue", "search", "storage"}
	outer.term == component.term
}

# What a drawing shows inside a product that has an entry goes wherever that goes.
_parts contains id if {
	some id, component in solution.own
	not component.image
	not component.custom
	component.kind in {"application", "other"}
	outer := solution.own[component.within]
	_has_entry(outer)
	_no_other(component, outer)
}

# So does the one part that a text or a drawing shows in what is built here.
_parts contains id if {
	some id, component in solution.own
	component.custom
	not component.image
	not component.term
	outer := solution.own[component.within]
	outer.custom
	count(_inside[outer.id]) == 1
	not id in _met
}

_has_entry(outer) if {
	outer.licence
	not outer.custom
	outer.kind in {"application", "identity", "other"}
	not outer.id in ((_holding | _repeated) | (_taken_apart | itself))
}

_no_other(component, _) if not component.term

_no_other(component, outer) if component.term == outer.term

_holders := {component.within | some component in input.components; component.within}
