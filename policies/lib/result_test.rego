package policies.lib.result_test

import data.policies.lib.fake
import data.policies.lib.result

_chain := [{"annotations": {}}, {"annotations": {"custom": {"id": "XX-01"}}}]

_table := {
	"bound": 0.6,
	"unmeasured": 0.5,
	"certainty": {"sure": 1, "likely": 0.75, "unsure": 0.5},
	"measured": {"rules": {"XX-01": {"precision": 0.7, "codes": {"risk": {"precision": 0.88}, "missing": {"precision": 0.9}}}}},
}

_without_codes := json.remove(_table, ["measured/rules/XX-01/codes/risk"])

# Where another question covers it, nothing is missing; at a place it still is.
test_what_another_question_covers_is_not_missing if {
	result.missing(_chain).code == "missing" with input as fake.facts
	not result.missing(_chain) with input as fake.read_as(["price_sheet"])
	result.lacking(_chain).code == "missing" with input as fake.read_as(["module"])
}

test_rows_of_a_price_sheet_say_little if {
	result.finding(_chain, "weak", {}, {}) with input as fake.read_as(["module"])
	not result.finding(_chain, "weak", {}, {}) with input as fake.read_as(["price_sheet"])
	not result.unsure(_chain, "weak", {}, {}) with input as fake.read_as(["price_sheet"])
	not result.lacking(_chain) with input as fake.read_as(["price_sheet"])
	result.finding(_chain, "weak", {}, {}) with input as fake.read_as(["price_sheet", "specification"])
	result.finding([{"annotations": {"custom": {"id": "NE-01"}}}], "mentioned", {}, {}) with input as fake.read_as(["price_sheet"])
}

test_measured_by_code if {
	result.finding(_chain, "risk", {"path": "a.md"}, {"months": 3}) == {
		"criterion": "XX-01",
		"code": "risk",
		"certainty": "sure",
		"confidence": 0.88,
		"evidence": {"path": "a.md"},
		"args": {"months": 3},
	} with data.confidence as _table
}

test_measured_by_criterion if {
	result.finding(_chain, "weak", {}, {}).confidence == 0.7 with data.confidence as _table
	result.finding(_chain, "risk", {}, {}).confidence == 0.7 with data.confidence as _without_codes
}

test_not_measured if {
	result.finding(_chain, "risk", {}, {}).confidence == 0.5 with data.confidence as json.remove(_table, ["measured/rules/XX-01"])
}

test_only_codes_measured if {
	table := json.remove(_table, ["measured/rules/XX-01/precision"])
	result.finding(_chain, "risk", {}, {}).confidence == 0.88 with data.confidence as table
	result.finding(_chain, "weak", {}, {}).confidence == 0.5 with data.confidence as table
}

test_missing_has_a_precision_of_its_own if {
	result.missing(_chain) == {
		"criterion": "XX-01",
		"code": "missing",
		"certainty": "sure",
		"confidence": 0.9,
		"args": {},
	} with data.confidence as _table
	result.missing(_chain).confidence == 0.5 with data.confidence as json.remove(_table, ["measured/rules/XX-01/codes/missing"])
}

test_certainty_lowers if {
	result.likely(_chain, "risk", {}, {}).confidence == 0.66 with data.confidence as _table
	result.unsure(_chain, "risk", {}, {}).confidence == 0.44 with data.confidence as _table
}

test_asks_below_the_bound if {
	result.asks({"confidence": 0.59}) with data.confidence as _table
	not result.asks({"confidence": 0.6}) with data.confidence as _table
}

# "Die Schnittstellen sind grundsätzlich zu beschreiben."
test_what_a_word_weakens_is_told_by_that_word if {
	hit := object.union(fake.hit(1, "weak"), {"hedge": "grundsätzlich"})
	found := result.finding(_chain, "weak", hit.evidence, {}) with data.confidence as _table with input as fake.topics({"data_export": [hit]})
	found.code == "hedged"
	found.args == {"word": "grundsätzlich"}
	other := result.finding(_chain, "risk", hit.evidence, {}) with data.confidence as _table with input as fake.topics({"data_export": [hit]})
	other.code == "risk"
}
