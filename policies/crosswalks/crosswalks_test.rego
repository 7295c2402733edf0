package policies.crosswalks_test

import data.policies.crosswalks

_item(criteria, evidence) := {"id": "1", "title": {"de": "Eins", "en": "One"}, "evidence": evidence, "criteria": criteria}

_framework(items) := {"title": {"de": "Rahmen", "en": "Frame"}, "publisher": "Amt", "version": "1", "dated": "2026", "source": "https://example.org", "read": "2026-11-23", "items": items}

_criterion(id, rating) := {"id": id, "group": "interfaces", "kind": "B", "weight": 5, "points": 0, "rating": rating, "findings": []}

_judged(ratings) := {"groups": ["interfaces"], "criteria": [_criterion(id, rating) | some id, rating in ratings]}

# A framework of one item with these criteria, read from a text.
_of(criteria) := {"x": _framework([_item(criteria, ["text"])])}

_two := {"IF-01": "full", "IF-02": "full"}

test_met_where_all_that_answer_are_met if {
	crosswalks.review[0].items[0].rating == "met" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "met", "IF-02": "met"})
}

test_partly_where_one_is_silent_partly_or_missed if {
	every rating in ["not_evidenced", "partly", "not_met"] {
		crosswalks.review[0].items[0].rating == "partly" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "met", "IF-02": rating})
		crosswalks.review[0].items[0].rating == "partly" with data.crosswalks as _of(_two) with input as _judged({"IF-01": rating, "IF-02": "partly"})
	}
}

test_missed_where_nothing_speaks_for_it if {
	crosswalks.review[0].items[0].rating == "not_met" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "not_met", "IF-02": "not_met"})
	crosswalks.review[0].items[0].rating == "not_met" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "not_met", "IF-02": "not_evidenced"})
}

test_silent if {
	crosswalks.review[0].items[0].rating == "not_evidenced" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "not_evidenced", "IF-02": "not_evidenced"})
}

# Not in the profile, or not built yet.
test_what_is_not_judged_is_not_evidenced if {
	crosswalks.review[0].items[0].rating == "not_evidenced" with data.crosswalks as _of(_two) with input as _judged({})
	crosswalks.review[0].items[0].rating == "partly" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "met"})
}

test_what_does_not_apply_does_not_count if {
	crosswalks.review[0].items[0].rating == "met" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "met", "IF-02": "not_applicable"})
	crosswalks.review[0].items[0].rating == "not_applicable" with data.crosswalks as _of(_two) with input as _judged({"IF-01": "not_applicable", "IF-02": "not_applicable"})
}

test_a_part_never_makes_an_item_met if {
	crosswalks.review[0].items[0].rating == "partly" with data.crosswalks as _of({"IF-01": "partial"}) with input as _judged({"IF-01": "met"})
	crosswalks.review[0].items[0].rating == "not_met" with data.crosswalks as _of({"IF-01": "partial"}) with input as _judged({"IF-01": "not_met"})
}

test_a_part_that_is_missed_speaks_against if {
	criteria := {"IF-01": "full", "IF-04": "partial"}
	crosswalks.review[0].items[0].rating == "partly" with data.crosswalks as _of(criteria) with input as _judged({"IF-01": "met", "IF-04": "not_met"})
	crosswalks.review[0].items[0].rating == "met" with data.crosswalks as _of(criteria) with input as _judged({"IF-01": "met", "IF-04": "not_evidenced"})
	crosswalks.review[0].items[0].rating == "met" with data.crosswalks as _of(criteria) with input as _judged({"IF-01": "met", "IF-04": "met"})
}

test_a_hint_decides_nothing if {
	crosswalks.review[0].items[0].rating == "met" with data.crosswalks as _of({"IF-01": "full", "NE-03": "hint"}) with input as _judged({"IF-01": "met", "NE-03": "not_met"})
	crosswalks.review[0].items[0].rating == "not_covered" with data.crosswalks as _of({"NE-03": "hint"}) with input as _judged({"NE-03": "met"})
	crosswalks.review[0].items[0].rating == "not_covered" with data.crosswalks as _of({}) with input as _judged({})
}

test_out_of_reach_whatever_the_criteria_say if {
	item := crosswalks.review[0].items[0] with data.crosswalks as {"x": _framework([_item({"IF-01": "full"}, ["provider"])])}
		with input as {"groups": [], "criteria": [object.union(_criterion("IF-01", "met"), {"findings": ["if-01-a"]})]}
	item.rating == "out_of_reach"
	item.findings == []
	item.criteria == [{"id": "IF-01", "strength": "full", "rating": "met"}]
}

test_files_of_an_architecture_are_in_reach if {
	item := crosswalks.review[0].items[0] with data.crosswalks as {"x": _framework([_item({"IF-01": "full"}, ["architecture"])])} with input as _judged({"IF-01": "met"})
	item.rating == "met"
}

test_what_stands_behind_an_item if {
	criteria := {"NE-03": "hint", "IF-02": "full", "IF-01": "full", "EX-01": "partial"}
	found := [object.union(_criterion(id, "not_met"), {"findings": [concat("-", [id, "a"])]}) | some id, _ in criteria]
	item := crosswalks.review[0].items[0] with data.crosswalks as {"x": _framework([_item(criteria, ["text"])])} with input as {"groups": [], "criteria": found}
	[criterion.id | some criterion in item.criteria] == ["IF-01", "IF-02", "EX-01", "NE-03"]
	item.findings == ["EX-01-a", "IF-01-a", "IF-02-a"]
}

_grouped := object.union(
	_framework([
		object.union(_item({"IF-01": "full"}, ["text"]), {"id": "A1", "group": "A", "points": 30}),
		object.union(_item({}, ["text"]), {"id": "A2", "group": "A", "points": 10}),
		object.union(_item({}, ["provider"]), {"id": "B1", "group": "B", "points": 7}),
	]),
	{
		"status": {"de": "Entwurf", "en": "draft"},
		"groups": [{"id": "A", "title": {"de": "A", "en": "A"}}, {"id": "B", "title": {"de": "B", "en": "B"}}],
		"weightings": [
			{"id": "first", "title": {"de": "Erste", "en": "First"}, "groups": {"A": 60, "B": 40}},
			{"id": "second", "title": {"de": "Zweite", "en": "Second"}, "groups": {"A": 1, "B": 2}},
		],
	},
)

test_head_names_framework_version_and_date if {
	review := crosswalks.review[0] with data.crosswalks as {"x": _grouped} with input as _judged({"IF-01": "met", "NE-02": "met"})
	head := object.filter(review, ["framework", "version", "dated", "source", "read", "status"])
	head == {"framework": "x", "version": "1", "dated": "2026", "source": "https://example.org", "read": "2026-11-23", "status": {"de": "Entwurf", "en": "draft"}}
}

test_counts if {
	review := crosswalks.review[0] with data.crosswalks as {"x": _grouped} with input as _judged({"IF-01": "met", "NE-02": "met"})
	review.counts == {"items": 3, "in_reach": 2, "met": 1, "partly": 0, "not_met": 0, "not_evidenced": 0, "not_applicable": 0, "not_covered": 1, "out_of_reach": 1}
	[[group.id, group.counts.items, group.counts.in_reach] | some group in review.groups] == [["A", 2, 2], ["B", 1, 0]]
}

test_shares_of_both_weightings if {
	review := crosswalks.review[0] with data.crosswalks as {"x": _grouped} with input as _judged({"IF-01": "met", "NE-02": "met"})
	[weighting.id | some weighting in review.weightings] == ["first", "second"]
	shares := [object.filter(weighting.shares, ["met", "not_covered", "out_of_reach"]) | some weighting in review.weightings]
	shares == [{"met": 45, "not_covered": 15, "out_of_reach": 40}, {"met": 25, "not_covered": 8.3, "out_of_reach": 66.7}]
}

test_criteria_that_the_framework_does_not_touch if {
	review := crosswalks.review[0] with data.crosswalks as {"x": _grouped} with input as _judged({"IF-01": "met", "NE-02": "met"})
	review.beyond == ["NE-02"]
}

test_without_groups_weightings_and_matrix if {
	review := crosswalks.review[0] with data.crosswalks as {"x": _framework([])} with input as {"groups": [], "criteria": []}
	[key | some key in ["groups", "weightings", "matrix"]; review[key]] == []
	review.beyond == []
}

test_frameworks_in_the_order_of_their_names if {
	reviews := crosswalks.review with data.crosswalks as {"b": _framework([]), "a": _framework([])} with input as {"groups": [], "criteria": []}
	[review.framework | some review in reviews] == ["a", "b"]
}

test_matrix if {
	framework := object.union(_framework([]), {"matrix": true})
	criteria := [
		{"id": "EX-02", "group": "exchangeability", "kind": "A", "weight": 9, "points": 45, "rating": "partly", "findings": []},
		{"id": "IF-01", "group": "interfaces", "kind": "A", "weight": 10, "points": 100, "rating": "met", "findings": []},
		{"id": "IF-02", "group": "interfaces", "kind": "B", "weight": 7, "points": 0, "rating": "not_met", "findings": []},
		{"id": "IF-03", "group": "interfaces", "kind": "B", "weight": 7, "points": 0, "rating": "not_evidenced", "findings": []},
	]
	matrix := crosswalks.review[0].matrix with data.crosswalks as {"x": framework} with input as {"groups": ["interfaces", "exchangeability"], "criteria": criteria}
	[row.criterion | some row in matrix.rows] == ["IF-01", "IF-02", "IF-03", "EX-02"]
	[row.mark | some row in matrix.rows] == [10, 0, 5]
	matrix.rows[2] == {"criterion": "IF-03", "group": "interfaces", "kind": "B", "weight": 7, "rating": "not_evidenced"}
	matrix.groups == [{"group": "interfaces", "weight": 24, "points": 100, "best": 170}, {"group": "exchangeability", "weight": 9, "points": 45, "best": 90}]
	matrix.total == {"weight": 33, "points": 145, "best": 260}
}
