# METADATA
# title: Crosswalks
# description: >-
#   Retells the ratings of a review in the terms of public frameworks, which are
#   data: data.crosswalks.NAME, see README.md beside this file. Input is what the
#   scoring said, with the ids of the findings. An item is met, partly or not_met as
#   far as a document can tell, never as the framework itself would grade a
#   provider.
# scope: package
# schemas:
#   - input: {"type": "object"}
package policies.crosswalks

# One entry for each framework, in the order of their names.
review := [_crosswalk(name, data.crosswalks[name]) | some name in sort(object.keys(data.crosswalks))]

_crosswalk(name, framework) := object.union(
	object.filter(framework, ["title", "publisher", "version", "dated", "source", "read", "through", "status", "notes", "unverified"]),
	_defined({
		"framework": [name],
		"counts": [_counts(items)],
		"groups": [_groups(framework, items) | framework.groups],
		"weightings": [_weightings(framework, items) | framework.weightings],
		"items": [items],
		"beyond": [_beyond(framework)],
		"matrix": [_matrix | framework.matrix == true],
	}),
) if {
	items := [_item(item) | some item in framework.items]
}

_item(item) := object.union(
	object.filter(item, ["id", "group", "title", "note", "evidence"]),
	{
		"rating": _rating(item),
		"criteria": [{"id": id, "strength": strength, "rating": _rating_of(id)} |
			some strength in ["full", "partial", "hint"]
			some id in sort(object.keys(item.criteria))
			item.criteria[id] == strength
		],
		"findings": _findings(item),
	},
)

# What is not judged, be it that no profile asks for it or that it is not built
# yet, is not evidenced.
_rating_of(id) := object.get(_criteria, [id, "rating"], "not_evidenced")

_criteria := {criterion.id: criterion | some criterion in input.criteria}

# What a text or files of an architecture settle is within reach of a review.
_in_reach(item) if {
	some kind in item.evidence
	kind in {"text", "architecture"}
}

# A hint shows where to look; it decides nothing.
_deciding(item) := {id: strength | some id, strength in item.criteria; strength != "hint"}

# The ratings of criteria that apply, of one strength.
_ratings(item, wanted) := [rating |
	some id, strength in _deciding(item)
	strength == wanted
	rating := _rating_of(id)
	rating != "not_applicable"
]

_rating(item) := "out_of_reach" if {
	not _in_reach(item)
} else := "not_covered" if {
	count(_deciding(item)) == 0
} else := _combined(_ratings(item, "full"), _ratings(item, "partial"))

# Criteria that answer an item stand for what it asks together: it is met where
# all of them are, and nothing that answers a part of it speaks against. Parts
# alone make it partly met at best.
_combined(full, partial) := "not_applicable" if {
	count(full) + count(partial) == 0
} else := "not_evidenced" if {
	every rating in array.concat(full, partial) { rating == "not_evidenced" }
} else := "not_met" if {
	every rating in array.concat(full, partial) { rating in {"not_met", "not_evidenced"} }
} else := "met" if {
	count(full) > 0
	every rating in full { rating == "met" }
	every rating in partial { rating in {"met", "not_evidenced"} }
} else := "partly"

# The findings behind an item, in the order of the criteria.
_findings(item) := [finding |
	_in_reach(item)
	some id in sort(object.keys(_deciding(item)))
	some finding in _criteria[id].findings
]

_results := ["met", "partly", "not_met", "not_evidenced", "not_applicable", "not_covered", "out_of_reach"]

# How many items there are, how many of them documents can answer, and each result.
_counts(items) := object.union(
	{"items": count(items), "in_reach": count([item | some item in items; item.rating != "out_of_reach"])},
	{result: count([item | some item in items; item.rating == result]) | some result in _results},
)

_groups(framework, items) := [object.union(group, {"counts": _counts([item | some item in items; item.group == group.id])}) |
	some group in framework.groups
]

# What share of a framework's weight its items have by result, in percent. A
# group's weight is divided among its items by the points that each can bring.
_weightings(framework, items) := [object.union(object.filter(weighting, ["id", "title"]), {"shares": _shares(weighting, items, points)}) |
	points := {item.id: item.points | some item in framework.items}
	some weighting in framework.weightings
]

_shares(weighting, items, points) := {result: _tenths((100 * sum(parts)) / total) |
	total := sum([weight | some weight in weighting.groups])
	some result in _results
	parts := [part |
		some group, weight in weighting.groups
		of_group := [points[item.id] | some item in items; item.group == group]
		of_result := [points[item.id] | some item in items; item.group == group; item.rating == result]
		part := (weight * sum(of_result)) / sum(of_group)
	]
}

# Criteria of ours that no item of the framework touches.
_beyond(framework) := sort([id | some id, _ in _criteria; not id in named]) if {
	named := {id | some item in framework.items; some id, _ in item.criteria}
}

# Our criteria as a table of weighting points, points of the rating and their
# product. What was not rated has no points and counts in no sum.
_matrix := {
	"rows": rows,
	"groups": [object.union({"group": group}, _sums([row | some row in rows; row.group == group])) | some group in input.groups],
	"total": _sums(rows),
} if {
	rows := [_row(criterion) |
		some group in input.groups
		some criterion in input.criteria
		criterion.group == group
	]
}

_row(criterion) := object.union(
	object.filter(criterion, ["group", "kind", "weight", "rating"]),
	_defined({
		"criterion": [criterion.id],
		"mark": [mark | _marked(criterion); mark := criterion.points / criterion.weight],
		"points": [criterion.points | _marked(criterion)],
		"best": [best | _marked(criterion); best := 10 * criterion.weight],
	}),
)

_marked(criterion) if criterion.rating in {"met", "partly", "not_met"}

_sums(rows) := {
	"weight": sum([row.weight | some row in rows]),
	"points": sum([row.points | some row in rows]),
	"best": sum([row.best | some row in rows]),
}

# Rounded once, half up, where numbers leave.
_tenths(number) := floor((number * 10) + 0.5) / 10

_defined(object_) := {key: values[0] | some key, values in object_; count(values) > 0}
