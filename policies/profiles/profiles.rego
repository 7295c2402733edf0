# METADATA
# title: Profiles
# description: >-
#   What each profile comes to, its own changes laid over those of the profile that
#   it extends, and what is wrong with it. Input are the profiles as they are
#   written, and what the criteria weigh of themselves; docs/scoring.md explains
#   the rules.
# scope: package
# schemas:
#   - input: {"type": "object"}
package policies.profiles

import data.policies.scoring

review := {"resolved": _resolved, "problems": problems}

_resolved[name] := {
	"changes": object.union(state, {"ai": _ai(name), "review_by": profile.review_by}),
	"left_out": [id | some id, change in state.criteria; change.judged == false],
	"eased": [id | some id, _ in state.criteria; _eased(id, state)],
	"lower_bounds": _lower(state.thresholds, scoring.thresholds),
} if {
	some name, profile in input.profiles
	state := _state(_lineage(name))
}

# problems are what a profile may not do.
problems contains {"code": "no_reason", "profile": name, "at": id, "key": key} if {
	some name, profile in input.profiles
	some id, change in profile.criteria
	some key in _looser(change, _value(id, _before(name)))
	not _reasoned(profile, change)
}

problems contains {"code": "no_reason", "profile": name, "at": "thresholds", "key": key} if {
	some name, profile in input.profiles
	some key in _lower(profile.thresholds, _before(name).thresholds)
	not _reasoned(profile, profile.thresholds)
}

problems contains {"code": "order", "profile": name, "at": "thresholds", "key": "levels"} if {
	some name, _ in input.profiles
	levels := _state(_lineage(name)).thresholds.levels
	not _descending([levels.A, levels.B, levels.C, levels.D])
}

_descending(bounds) if {
	every i in numbers.range(1, count(bounds) - 1) {
		bounds[i - 1] > bounds[i]
	}
}

# A profile and those it extends, the first one first.
_lineage(name) := [pair[1] | some pair in sort([[count(graph.reachable(_parents, {ancestor})), ancestor] |
	some ancestor in graph.reachable(_parents, {name})
])]

_parents[name] := {parent | parent := profile.extends} if some name, profile in input.profiles

# What a profile's own changes are laid over.
_before(name) := _state(array.slice(lineage, 0, count(lineage) - 1)) if lineage := _lineage(name)

# Reasons are those of the single change, so they are not handed down.
_state(names) := {
	"criteria": object.union_n([_changes(input.profiles[name]) | some name in names]),
	"thresholds": object.union_n(array.concat([scoring.thresholds], [object.remove(bounds, ["reason"]) |
		some name in names
		bounds := input.profiles[name].thresholds
	])),
}

_changes(profile) := {id: object.remove(change, ["reason"]) | some id, change in profile.criteria}

# What a criterion is in a state.
_value(id, state) := object.union_n([{"judged": true}, input.criteria[id], object.get(state.criteria, id, {})])

_looser(change, before) := ({"weight" | change.weight < before.weight} | {"kind" |
	change.kind == "B"
	before.kind == "A"
}) | {"judged" |
	change.judged == false
	before.judged
}

# The bounds that are lower than others: "coverage", "A" to "D".
_lower(bounds, others) := {"coverage" | bounds.coverage < others.coverage} | {level |
	some level, bound in bounds.levels
	bound < others.levels[level]
}

_reasoned(profile, change) if trim_space(object.get(change, "reason", object.get(profile, "reason", ""))) != ""

# Weight or kind are less than the criterion's own, and it counts.
_eased(id, state) if {
	value := _value(id, state)
	value.judged
	count(_looser(value, input.criteria[id])) > 0
}

# Once asked for, AI is judged in every profile that extends this one.
_ai(name) if {
	some ancestor in _lineage(name)
	input.profiles[ancestor].ai
} else := false
