package policies.profiles_test

import data.policies.profiles

_criteria := {
	"A-1": {"kind": "A", "weight": 8},
	"B-1": {"kind": "B", "weight": 5},
	"B-2": {"kind": "B", "weight": 5},
}

# A city's profile, laid over that of its state, laid over the criteria.
_with(city) := {"criteria": _criteria, "profiles": {
	"state": {
		"review_by": "2027-11-26",
		"criteria": {"B-1": {"weight": 7}},
		"thresholds": {"coverage": 70, "levels": {"A": 92}},
	},
	"city": object.union({"extends": "state", "review_by": "2028-11-26"}, city),
}}

_no_reason(at, key) := {"code": "no_reason", "profile": "city", "at": at, "key": key}

test_extends_and_adds if {
	city := profiles.review.resolved.city with input as _with({"criteria": {"B-2": {"kind": "A"}}, "thresholds": {"coverage": 80}})
	city == {
		"changes": {
			"criteria": {"B-1": {"weight": 7}, "B-2": {"kind": "A"}},
			"thresholds": {"coverage": 80, "levels": {"A": 92, "B": 75, "C": 60, "D": 40}},
			"ai": false,
			"review_by": "2028-11-26",
		},
		"left_out": [],
		"eased": [],
		"lower_bounds": set(),
	}
}

test_one_criterion_is_changed_by_both if {
	profiles.review.resolved.city.changes.criteria == {"B-1": {"weight": 7, "kind": "A"}} with input as _with({"criteria": {"B-1": {"kind": "A"}}})
	profiles.review.resolved.city.changes.criteria == {"B-1": {"weight": 9}} with input as _with({"criteria": {"B-1": {"weight": 9}}})
}

# Names would sort the other way round.
test_lineage_goes_by_descent if {
	input_ := {"criteria": _criteria, "profiles": {
		"z": {"review_by": "2027-11-26", "criteria": {"B-1": {"weight": 6}}},
		"m": {"review_by": "2027-11-26", "extends": "z", "criteria": {"B-1": {"weight": 7}}},
		"a": {"review_by": "2027-11-26", "extends": "m", "criteria": {"B-1": {"weight": 8}}},
	}}
	review := profiles.review with input as input_
	{name: one.changes.criteria["B-1"].weight | some name, one in review.resolved} == {"z": 6, "m": 7, "a": 8}
	review.problems == set()
}

test_tightening_needs_no_reason if {
	every city in [
		{},
		{"criteria": {"B-1": {"weight": 7}}},
		{"criteria": {"B-1": {"weight": 10, "kind": "A"}, "A-1": {"kind": "A", "judged": true}}},
		{"thresholds": {"coverage": 90, "levels": {"A": 95, "D": 50}}},
	] {
		profiles.review.problems == set() with input as _with(city)
	}
}

# Loosening is measured against the profile that is extended, not the criterion.
test_loosening_needs_a_reason if {
	profiles.review.problems == {_no_reason("B-1", "weight")} with input as _with({"criteria": {"B-1": {"weight": 6}}})
	profiles.review.problems == {_no_reason("A-1", "kind")} with input as _with({"criteria": {"A-1": {"kind": "B"}}})
	profiles.review.problems == {_no_reason("A-1", "judged")} with input as _with({"criteria": {"A-1": {"judged": false}}})
	profiles.review.problems == {_no_reason("A-1", "weight"), _no_reason("A-1", "kind")} with input as _with({"criteria": {"A-1": {"weight": 7, "kind": "B"}}})
	profiles.review.problems == {_no_reason("A-1", "kind")} with input as _with({"criteria": {"A-1": {"kind": "B", "reason": " "}}})
	profiles.review.problems == {_no_reason("thresholds", "coverage")} with input as _with({"thresholds": {"coverage": 65}})
	profiles.review.problems == {_no_reason("thresholds", "A"), _no_reason("thresholds", "B")} with input as _with({"thresholds": {"levels": {"A": 91, "B": 74}}})
}

test_a_reason_of_the_change_or_of_the_profile if {
	every city in [
		{"criteria": {"A-1": {"kind": "B", "reason": "no contract"}}},
		{"criteria": {"A-1": {"kind": "B"}}, "reason": "no contract"},
		{"thresholds": {"coverage": 65, "reason": "small dossiers"}},
		{"thresholds": {"levels": {"A": 91}}, "reason": "small dossiers"},
	] {
		profiles.review.problems == set() with input as _with(city)
	}
}

# A reason is given for a change, and goes no further.
test_reasons_are_not_handed_down if {
	over := {"town": {"review_by": "2027-11-26", "extends": "city", "criteria": {"A-1": {"weight": 3}}}}
	city := _with({"criteria": {"A-1": {"weight": 7, "reason": "no contract"}}, "reason": "no contract"})
	review := profiles.review with input as object.union(city, {"profiles": over})
	review.problems == {{"code": "no_reason", "profile": "town", "at": "A-1", "key": "weight"}}
	review.resolved.city.changes.criteria["A-1"] == {"weight": 7}
}

test_levels_fall if {
	profiles.review.problems == {{"code": "order", "profile": "city", "at": "thresholds", "key": "levels"}} with input as _with({"thresholds": {"levels": {"B": 92}}})
	profiles.review.problems == {{"code": "order", "profile": "city", "at": "thresholds", "key": "levels"}} with input as _with({"thresholds": {"levels": {"D": 60}}})
}

test_what_is_left_out_and_taken_back if {
	out := {"A-1": {"judged": false, "reason": "no contract"}}
	profiles.review.resolved.city.left_out == ["A-1"] with input as _with({"criteria": out})
	review := profiles.review with input as object.union(_with({"criteria": out}), {"profiles": {"town": {
		"review_by": "2027-11-26", "extends": "city",
		"criteria": {"A-1": {"judged": true}},
	}}})
	review.resolved.town.left_out == []
	review.problems == set()
}

# Told is what is less than the criterion itself, whoever lowered it.
test_what_is_eased if {
	profiles.review.resolved.city.eased == ["A-1", "B-2"] with input as _with({"criteria": {"A-1": {"kind": "B"}, "B-2": {"weight": 4}}, "reason": "trial"})
	profiles.review.resolved.city.eased == [] with input as _with({"criteria": {"B-1": {"weight": 6}}, "reason": "trial"})
	profiles.review.resolved.city.eased == [] with input as _with({"criteria": {"A-1": {"kind": "B", "judged": false}}, "reason": "trial"})
	profiles.review.resolved.city.lower_bounds == {"coverage", "B"} with input as _with({"thresholds": {"coverage": 50, "levels": {"A": 91, "B": 70}}, "reason": "trial"})
}

test_ai_is_handed_down if {
	profiles.review.resolved.city.changes.ai with input as _with({"ai": true})
	review := profiles.review with input as object.union(_with({}), {"profiles": {"state": {"ai": true}}})
	review.resolved.city.changes.ai
}
