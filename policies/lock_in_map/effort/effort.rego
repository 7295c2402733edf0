# METADATA
# title: Effort of a switch
# description: >-
#   How much it takes to go on without whoever stands behind a component today, with the
#   reason. Low: nobody holds it, or another one takes its place where it stands. Medium:
#   data, code or interfaces must be moved. High: nothing known takes its place, or much
#   must be rebuilt. Unknown: the files do not tell what decides. docs/lock-in-map.md lists
#   the reasons; the first rule that fits decides.
# scope: package
# schemas:
#   - input: schema.facts
# custom:
#   efforts:
#     low: nobody holds it, or another one takes its place where it stands
#     medium: data, code or interfaces must be moved
#     high: nothing known takes its place, or much must be rebuilt
#     unknown: the files do not tell what decides
package policies.lock_in_map.effort

import data.policies.lib.solution
import data.policies.lib.topic
import data.policies.lock_in_map.leaving
import data.policies.lock_in_map.reach

# of is the effort of a component with its reason. An adapter keeps what is behind it from
# the rest.
of(component) := _behind(component.id, _reason(component))

_behind(id, reason) := {"effort": _lowered[_level[reason]], "reason": "adapter"} if {
	reach.adapted(id)
} else := {"effort": _level[reason], "reason": reason}

# What is low or unknown, an adapter leaves so.
_lowered := {"high": "medium", "medium": "low"}

_level := {
	"own": "low",
	"own_withheld": "medium",
	"own_tied": "medium",
	"open_licence": "low",
	"standard_only": "medium",
	"unknown_product": "unknown",
	"events": "medium",
	"definitions": "medium",
	"machines": "low",
	"open_closed": "medium",
	"open_leaned_on": "medium",
	"open_passing": "low",
	"open_way": "low",
	"open_no_way": "medium",
	"open_source": "low",
	"closed_unmatched": "high",
	"closed_provider": "high",
	"closed_leaned_on": "high",
	"library": "high",
	"closed_protocol": "medium",
	"same_protocol": "low",
	"other_protocol": "medium",
	"open_unmatched": "medium",
	"protocol_untold": "medium",
	"called_by_code": "medium",
	"nothing_told": "unknown",
	"version_untold": "unknown",
}

_reason(component) := _held(component) if {
	component.custom
} else := "open_no_way" if {
	not component.term
	component.open
	leaving.holds(component)
	count(leaving.data_out(component)) == 0
} else := "open_licence" if {
	not component.term
	component.open
} else := "standard_only" if {
	not component.term
	reach.replaceable(component)
	reach.of(component.id) == "open"
} else := "unknown_product" if {
	not component.term
} else := "events" if {
	# the code goes along; the events that call it and what they look like do not
	"serverless" in component.tags
} else := "definitions" if {
	component.function.en == "managed container service"
} else := "machines" if {
	"managed_compute" in component.tags
} else := _open(component) if {
	component.open
} else := _bought(component) if {
	component.open == false
} else := _unsure(component)

# What is built here goes on with whoever has its sources.
_held(component) := "own_withheld" if {
	count(topic.risk(object.get(input.topics, "source_code", []))) > 0
} else := "own_tied" if {
	some language in component.languages
	not language.open
} else := "open_licence" if {
	# a firm holds it and publishes it by its publiccode.yml
	component.vendor
} else := "own"

# Whoever leaves the maker of open source goes on with the product, or takes its data along.
_open(component) := "open_closed" if {
	reach.of(component.id) == "closed"
} else := "open_leaned_on" if {
	_leaned_on(component)
} else := "open_way" if {
	count(leaving.data_out(component)) > 0
} else := "open_passing" if {
	leaving.passing(component)
} else := "open_no_way" if {
	leaving.holds(component)
} else := "open_source"

# How many others make a component one that many lean on; our own proposal.
_many := 3

# Stores and what passes on are asked the same by all.
_leaned_on(component) if {
	component.kind in {"application", "other", "system"}
	count(object.get(reach.leaning, component.id, [])) >= _many
}

# So is what holds parts of its own that others are drawn to.
_leaned_on(component) if {
	component.kind in {"application", "identity", "other", "system"}
	count({part.term | some part in solution.own; part.within == component.id; part.term}) > 1
}

_bought(component) := "closed_unmatched" if {
	reach.of(component.id) == "closed"
	not _matched(component)
} else := "closed_provider" if {
	reach.of(component.id) == "closed"
	component.id in _provided
} else := "closed_leaned_on" if {
	reach.of(component.id) == "closed"
	count(object.get(reach.callers, component.id, [])) >= _many
} else := "closed_protocol" if {
	reach.of(component.id) == "closed"
} else := "library" if {
	_bound(component)
} else := "same_protocol" if {
	_matched(component)
	_spoken(component)
} else := "other_protocol" if {
	reach.of(component.id) == "open"
	_matched(component)
} else := "open_unmatched" if {
	reach.of(component.id) == "open"
} else := "called_by_code" if {
	# a library: nothing is spoken, the code that calls it is written anew
	"framework" in component.tags
	_matched(component)
} else := "protocol_untold" if {
	_matched(component)
} else := "nothing_told"

_matched(component) if count(object.get(component, "alternatives", [])) > 0

_provided := {service.id | some service in solution.services}

# Code that uses a provider's library for a service speaks to nothing else. Object stores
# of others take the same calls.
_bound(component) if {
	component.id in _provided
	reach.of(component.id) == "untold"
	solution.port(component) == "closed"
	not component.kind == "storage"
}

_spoken(component) if reach.replaceable(component)

# A managed database speaks as its engine does, even where no file shows who reaches it.
_spoken(component) if {
	"managed_database" in component.tags
	reach.of(component.id) == "untold"
	regex.match(`(?i)postgre|mysql|mariadb|valkey|redis`, object.get(component, "technology", ""))
}

# Whichever licence its version has, another product takes its place.
_unsure(component) := "same_protocol" if {
	reach.replaceable(component)
	_matched(component)
} else := "version_untold"

# of_model is the same of a model of AI.
of_model(model) := {"effort": "low", "reason": "open_weights"} if {
	model.open
} else := {"effort": "low", "reason": "swap_layer"} if {
	model.gateway
} else := {"effort": "medium", "reason": "other_model"} if {
	model.open == false
	_matched(model)
} else := {"effort": "unknown", "reason": "nothing_told"}
