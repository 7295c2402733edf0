# METADATA
# title: Scoring
# description: >-
#   Turns ratings into points, group scores, coverage, headline scores, levels,
#   the gate and each criterion's gain. Input is what the criteria said, with
#   their METADATA and the profile; docs/scoring.md explains the method.
# scope: package
# schemas:
#   - input: {"type": "object"}
package policies.scoring

import data.policies.lib.result

# Points of a rating, out of ten.
_marks := {"met": 10, "partly": 5, "not_met": 0}

# Headlines and the groups they are made of. Of a risk, less is better.
_headlines := {
	"exchangeability": {"groups": {"exchangeability", "contract", "community"}, "risk": false, "share": 40, "share_with_ai": 34},
	"open_interfaces": {"groups": {"interfaces"}, "risk": false, "share": 25, "share_with_ai": 21},
	"lock_in_risk": {"groups": {"lock_in", "neutrality"}, "risk": true, "share": 35, "share_with_ai": 30},
	"ai_openness": {"groups": {"ai"}, "risk": false, "share": 0, "share_with_ai": 15},
}

# The headline that a group counts for.
headline_of[group] := id if {
	some id, headline in _headlines
	some group in headline.groups
}

# Order of headlines and groups in every output.
_headline_order := ["exchangeability", "open_interfaces", "lock_in_risk", "ai_openness"]

_group_order := ["exchangeability", "interfaces", "lock_in", "contract", "neutrality", "community", "ai"]

# Where a level begins, all in percent: at how much coverage there is one, and which
# score takes which. What reaches none is E. A profile may set others.
thresholds := {"coverage": 60, "levels": {"A": 90, "B": 75, "C": 60, "D": 40}}

_bounds := object.union(thresholds, object.get(input.profile, "thresholds", {}))

# From this weight on, what is not met is a major finding.
_major := 7

_ai if input.ai == true

# Who chooses a profile for AI wants the AI judged, whatever the manifest leaves open.
_ai if input.profile.ai == true

_complete if input.complete == true

# Criteria that this dossier is judged by, with the profile's changes.
_criteria[criterion.id] := object.union(criterion, {
	"weight": object.get(_changes(criterion.id), "weight", criterion.weight),
	"kind": object.get(_changes(criterion.id), "kind", criterion.kind),
	"rating": _rating(criterion),
}) if {
	some criterion in input.criteria
	_judged(criterion)
}

_changes(id) := object.get(object.get(input.profile, "criteria", {}), id, {})

_judged(criterion) if criterion.group != "ai"

_judged(criterion) if {
	criterion.group == "ai"
	_ai
}

# What a criterion does not tell, or tells without anything to show for it, is not
# evidenced; in a complete dossier it is not met, since nothing more can come.
_rating(criterion) := "not_applicable" if {
	criterion.not_applicable
} else := criterion.rating if {
	criterion.rating
	_shown(criterion)
} else := "not_met" if {
	_complete
} else := "not_evidenced"

# A pass has a passage to show, and anything less a finding that says what is lacking.
# In a complete dossier silence tells as much.
_shown(_) if _complete

_shown(criterion) if {
	criterion.rating == "met"
	criterion.evidence > 0
}

_shown(criterion) if {
	criterion.rating != "met"
	criterion.id in _criteria_with_findings
}

_criteria_with_findings := {finding.criterion | some finding in input.findings}

_marked := {id: criterion | some id, criterion in _criteria; _marks[criterion.rating] >= 0}

_applicable := {id: criterion | some id, criterion in _criteria; criterion.rating != "not_applicable"}

_points(criterion) := criterion.weight * _marks[criterion.rating] if {
	_marks[criterion.rating]
} else := 0

# Sums over a set of groups.
_sums(groups) := {
	"points": sum([_points(criterion) | some criterion in _marked; criterion.group in groups]),
	"weight": sum([criterion.weight | some criterion in _marked; criterion.group in groups]),
	"applicable": sum([criterion.weight | some criterion in _applicable; criterion.group in groups]),
}

# A share of 100; undefined where nothing was rated.
_score(sums) := (10 * sums.points) / sums.weight if sums.weight > 0

# A share of 1; nothing applicable is nothing covered.
_coverage(sums) := sums.weight / sums.applicable if {
	sums.applicable > 0
} else := 0

_enough_covered(sums) if _coverage(sums) * 100 >= _bounds.coverage

_sums_of[id] := _sums(headline.groups) if {
	some id, headline in _headlines
	_shares[id] > 0
}

_shares[id] := headline.share_with_ai if {
	some id, headline in _headlines
	_ai
}

_shares[id] := headline.share if {
	some id, headline in _headlines
	not _ai
}

# The overall score: weighted mean of the headlines that could be rated. A met
# criterion lowers the risk, so the score of its groups already is what the risk
# leaves to 100.
_overall(sums_of) := sum(parts) / total if {
	parts := [part | some id, sums in sums_of; part := _shares[id] * _score(sums)]
	total := sum([share | some id, sums in sums_of; _score(sums) >= 0; share := _shares[id]])
	total > 0
}

_sums_all := _sums({group | some headline in _headlines; some group in headline.groups})

_level(score) := array.concat([level | some level in ["A", "B", "C", "D"]; score >= _bounds.levels[level]], ["E"])[0]

_headline_level[id] := _level(_score(_sums_of[id])) if _enough_covered(_sums_of[id])

# The worst headline decides: good interfaces do not make up for a lock-in.
_worst_level := [level | some level in ["E", "D", "C", "B", "A"]; level in {l | some l in _headline_level}][0]

_provisional if not _enough_covered(_sums_all)

_open_gates := [id | some id in sort(object.keys(_criteria)); _blocks(_criteria[id])]

_blocks(criterion) if {
	criterion.kind == "A"
	criterion.rating == "not_met"
	not criterion.waived
}

# Only what is not met, or not quite, can be waived.
_is_waived(criterion) if {
	criterion.waived
	criterion.rating in {"partly", "not_met"}
} else := false

# What the overall score would rise by if a criterion were met.
_gain(criterion) := _overall(_with_met(criterion)) - _overall(_sums_of) if {
	criterion.rating in {"partly", "not_met", "not_evidenced"}
	_overall(_sums_of) >= 0
} else := 0

_with_met(criterion) := object.union(_sums_of, {id: _sums_with_met(_sums_of[id], criterion) |
	some id, headline in _headlines
	criterion.group in headline.groups
	_sums_of[id]
})

_sums_with_met(sums, criterion) := object.union(sums, {
	"points": (sums.points - _points(criterion)) + (criterion.weight * 10),
	"weight": sums.weight + _added(criterion),
})

_added(criterion) := criterion.weight if {
	criterion.rating == "not_evidenced"
} else := 0

# Rounded once, half up, where numbers leave.
_round(number, decimals) := floor((number * decimals) + 0.5) / decimals

_tenths(number) := _round(number, 10)

_thousandths(number) := _round(number, 1000)

_shown_score(id, score) := _tenths(100 - score) if {
	_headlines[id].risk
} else := _tenths(score)

_defined(object_) := {key: values[0] | some key, values in object_; count(values) > 0}

review := {
	"score": _defined({
		"overall": [_tenths(s) | s := _overall(_sums_of)],
		"level": [l | l := _worst_level; not _provisional],
		"coverage": [_thousandths(_coverage(_sums_all))],
		"needed": [_bounds.coverage / 100],
		"provisional": [_is_provisional],
		"gate": [_gate],
		"open_gates": [_open_gates],
	}),
	"headlines": [_defined({
		"id": [id],
		"score": [_shown_score(id, s) | s := _score(sums)],
		"level": [l | l := _headline_level[id]],
		"coverage": [_thousandths(_coverage(sums))],
	}) |
		some id in _headline_order
		sums := _sums_of[id]
	],
	"groups": [_defined({
		"id": [group],
		"score": [_tenths(s) | s := _score(sums)],
		"coverage": [_thousandths(_coverage(sums))],
	}) |
		some group in _group_order
		sums := _sums({group})
		sums.applicable > 0
	],
	"criteria": [{
		"id": id,
		"weight": _criteria[id].weight,
		"kind": _criteria[id].kind,
		"rating": _criteria[id].rating,
		"points": _points(_criteria[id]),
		"gain": _tenths(_gain(_criteria[id])),
		"waived": _is_waived(_criteria[id]),
	} |
		some id in sort(object.keys(_criteria))
	],
	"severities": [_severity(finding) | some finding in input.findings],
	"profile_overdue": _profile_overdue,
}

default _profile_overdue := false

# The weights may have been overtaken by law or practice since.
_profile_overdue if input.today > input.profile.review_by

default _is_provisional := false

_is_provisional if _provisional

default _gate := "closed"

_gate := "open" if count(_open_gates) > 0

# How grave a finding is follows from its criterion's rating; what we are not
# sure of is a question. A finding of a criterion that this dossier is not judged
# by is shown nowhere, but has its place in the list.
_severity(finding) := "question" if {
	result.asks(finding)
} else := severity if {
	severity := _severity_of_rating(_criteria[finding.criterion])
} else := "hint"

_severity_of_rating(criterion) := "question" if {
	criterion.rating == "not_evidenced"
} else := "hint" if {
	criterion.rating in {"partly", "met"}
} else := "blocker" if {
	criterion.kind == "A"
} else := "major" if {
	criterion.weight >= _major
} else := "minor"
