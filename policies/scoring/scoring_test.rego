package policies.scoring_test

import data.policies.scoring

# The worked example of the method: interfaces only, dossier not complete.
_golden := {
	"complete": false,
	"ai": false,
	"profile": {},
	"findings": [{"criterion": "IF-02", "confidence": 0.8}, {"criterion": "IF-04", "confidence": 0.8}],
	"criteria": [
		{"id": "IF-01", "group": "interfaces", "kind": "A", "weight": 10, "rating": "met", "evidence": 1},
		{"id": "IF-02", "group": "interfaces", "kind": "B", "weight": 7, "rating": "partly"},
		{"id": "IF-03", "group": "interfaces", "kind": "B", "weight": 7},
		{"id": "IF-04", "group": "interfaces", "kind": "B", "weight": 8, "rating": "not_met"},
		{"id": "IF-08", "group": "interfaces", "kind": "B", "weight": 6, "not_applicable": "no_exchange"},
	],
}

_headline(review, id) := [headline | some headline in review.headlines; headline.id == id][0]

_criterion(review, id) := [criterion | some criterion in review.criteria; criterion.id == id][0]

test_golden_example if {
	review := scoring.review with input as _golden
	_headline(review, "open_interfaces") == {"id": "open_interfaces", "score": 54, "level": "D", "coverage": 0.781}
	review.score == {"overall": 54, "level": "D", "coverage": 0.781, "needed": 0.6, "provisional": false, "gate": "closed", "open_gates": []}
	review.groups == [{"id": "interfaces", "score": 54, "coverage": 0.781}]
	_criterion(review, "IF-02").points == 35
	_criterion(review, "IF-08").rating == "not_applicable"
	_criterion(review, "IF-03").rating == "not_evidenced"
}

test_golden_example_complete if {
	review := scoring.review with input as object.union(_golden, {"complete": true})
	_headline(review, "open_interfaces") == {"id": "open_interfaces", "score": 42.2, "level": "D", "coverage": 1}
	_criterion(review, "IF-03").rating == "not_met"
}

test_gain_is_the_rise_of_the_overall_score if {
	review := scoring.review with input as _golden

	# 135 of 250 points become 215 of 250.
	_criterion(review, "IF-04").gain == 32

	# 135 of 250 become 205 of 320.
	_criterion(review, "IF-03").gain == 10.1
	_criterion(review, "IF-01").gain == 0
	_criterion(review, "IF-08").gain == 0
}

_one(changes) := {"complete": false, "ai": false, "profile": {}, "findings": [{"criterion": "X", "confidence": 0.8}], "criteria": [object.union({"id": "X", "group": "lock_in", "kind": "A", "weight": 8, "rating": "not_met", "evidence": 1}, changes)]}

test_risk_counts_the_other_way if {
	review := scoring.review with input as _one({"rating": "not_met"})
	_headline(review, "lock_in_risk") == {"id": "lock_in_risk", "score": 100, "level": "E", "coverage": 1}
	review.score.overall == 0
}

test_gate_opens_for_a_criterion_of_kind_a if {
	scoring.review.score.gate == "open" with input as _one({})
	scoring.review.score.open_gates == ["X"] with input as _one({})
	scoring.review.score.gate == "closed" with input as _one({"kind": "B"})
	scoring.review.score.gate == "closed" with input as _one({"rating": "partly"})
	scoring.review.score.gate == "closed" with input as _one({"waived": true})
}

test_waived_is_scored_as_found if {
	scoring.review.score.overall == 0 with input as _one({"waived": true})
	scoring.review.severities == ["blocker"] with input as _one({"waived": true})
}

test_only_what_is_not_met_is_waived if {
	waived := {rating: review.criteria[0].waived |
		some rating in ["met", "partly", "not_met"]
		review := scoring.review with input as _one({"waived": true, "rating": rating})
	}
	waived == {"met": false, "partly": true, "not_met": true}
	scoring.review.criteria[0].waived == false with input as _one({})
}

test_severity if {
	scoring.review.severities == ["blocker"] with input as _one({})
	scoring.review.severities == ["major"] with input as _one({"kind": "B"})
	scoring.review.severities == ["minor"] with input as _one({"kind": "B", "weight": 6})
	scoring.review.severities == ["hint"] with input as _one({"rating": "partly"})
	unsure := object.union(_one({}), {"findings": [{"criterion": "X", "confidence": 0.4}]})
	scoring.review.severities == ["question"] with input as unsure
}

test_silence_asks if {
	silent := json.remove(_one({}), ["criteria/0/rating"])
	scoring.review.severities == ["question"] with input as silent
	scoring.review.score == {"coverage": 0, "needed": 0.6, "provisional": true, "gate": "closed", "open_gates": []} with input as silent
	scoring.review.severities == ["blocker"] with input as object.union(silent, {"complete": true})
}

test_a_pass_has_a_passage_to_show if {
	unshown := _one({"rating": "met", "evidence": 0})
	scoring.review.criteria[0].rating == "not_evidenced" with input as unshown
	scoring.review.criteria[0].rating == "met" with input as object.union(unshown, {"complete": true})
	scoring.review.criteria[0].rating == "met" with input as _one({"rating": "met"})
}

test_less_than_a_pass_has_a_finding_to_show if {
	ratings := {review.criteria[0].rating |
		some rating in ["partly", "not_met"]
		review := scoring.review with input as object.union(_one({"rating": rating}), {"findings": []})
	}
	ratings == {"not_evidenced"}
	scoring.review.criteria[0].rating == "not_met" with input as object.union(_one({}), {"findings": [], "complete": true})
	scoring.review.criteria[0].rating == "partly" with input as _one({"rating": "partly"})
}

_two(rating_x, rating_y) := {"complete": false, "ai": false, "profile": {}, "findings": [{"criterion": "Y", "confidence": 0.8}], "criteria": [
	{"id": "X", "group": "exchangeability", "kind": "B", "weight": 5, "rating": rating_x, "evidence": 1},
	{"id": "Y", "group": "interfaces", "kind": "B", "weight": 5, "rating": rating_y, "evidence": 1},
]}

# Dividing by no weight must not fail the review.
test_nothing_judged if {
	scoring.review.score == {"coverage": 0, "needed": 0.6, "provisional": true, "gate": "closed", "open_gates": []} with input as object.union(_golden, {"criteria": []})
}

test_worst_headline_is_the_level if {
	review := scoring.review with input as _two("met", "not_met")
	review.score.level == "E"

	# (40 × 100 + 25 × 0) / 65
	review.score.overall == 61.5
}

test_little_coverage_is_provisional if {
	silent := object.union(_two("met", "met"), {"criteria": array.concat(_two("met", "met").criteria, [{"id": "Z", "group": "interfaces", "kind": "B", "weight": 10}])})
	review := scoring.review with input as silent
	review.score == {"overall": 100, "coverage": 0.5, "needed": 0.6, "provisional": true, "gate": "closed", "open_gates": []}
	not _headline(review, "open_interfaces").level
	_headline(review, "exchangeability").level == "A"
}

test_levels if {
	levels := {score: level |
		some score in [100, 90, 89.9, 75, 60, 40, 39.9]
		level := scoring._level(score) with input as _golden
	}
	levels == {100: "A", 90: "A", 89.9: "B", 75: "B", 60: "C", 40: "D", 39.9: "E"}
}

# 78.1 % are covered, 54 points reached.
test_profile_moves_the_bounds if {
	strict := scoring.review with input as object.union(_golden, {"profile": {"thresholds": {"coverage": 80}}})
	strict.score.provisional
	strict.score.needed == 0.8
	not strict.score.level
	stricter := scoring.review with input as object.union(_golden, {"profile": {"thresholds": {"levels": {"D": 55}}}})
	stricter.score.level == "E"
	stricter.score.needed == 0.6
}

test_profile_is_overdue_the_day_after if {
	overdue := {today: review.profile_overdue |
		some today in ["2027-11-25", "2027-11-26", "2027-11-27"]
		review := scoring.review with input as object.union(_golden, {"today": today, "profile": {"review_by": "2027-11-26"}})
	}
	overdue == {"2027-11-25": false, "2027-11-26": false, "2027-11-27": true}
	scoring.review.profile_overdue == false with input as object.union(_golden, {"today": "2027-11-27"})
}

test_profile_changes_weight_and_kind if {
	review := scoring.review with input as object.union(_one({}), {"profile": {"criteria": {"X": {"weight": 2, "kind": "B"}}}})
	_criterion(review, "X").weight == 2
	review.score.gate == "closed"
	review.severities == ["minor"]
}

test_ai_counts_only_where_ai_is_bought if {
	without := object.union(_two("met", "met"), {"criteria": array.concat(_two("met", "met").criteria, [{"id": "AI-01", "group": "ai", "kind": "A", "weight": 10, "rating": "not_met"}]), "findings": [{"criterion": "AI-01", "confidence": 0.8}]})
	review := scoring.review with input as without
	review.score.overall == 100
	count(review.headlines) == 3
	with_ai := scoring.review with input as object.union(without, {"ai": true})
	with_ai.score.gate == "open"

	# (34 × 100 + 21 × 100 + 15 × 0) / 70
	with_ai.score.overall == 78.6
	by_profile := scoring.review with input as object.union(without, {"profile": {"ai": true}})
	by_profile.score == with_ai.score
}

# A finding of a criterion that is not judged keeps its place in the list.
test_severities_are_as_many_as_findings if {
	ai := {"id": "AI-01", "group": "ai", "kind": "A", "weight": 10, "rating": "not_met"}
	review := scoring.review with input as object.union(_one({}), {
		"criteria": array.concat([ai], _one({}).criteria),
		"findings": [{"criterion": "AI-01", "confidence": 0.9}, {"criterion": "X", "confidence": 0.9}],
	})
	review.severities == ["hint", "blocker"]
}

test_rounds_half_up if {
	scoring._tenths(0.05) == 0.1
	scoring._tenths(42.1875) == 42.2
	scoring._thousandths(0.78125) == 0.781
}
