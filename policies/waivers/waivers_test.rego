package policies.waivers_test

import data.policies.waivers

_waiver := {
	"criterion": "NE-01",
	"finding": "ne-01-1",
	"reason": "track_1",
	"text": "Only this product reads the old files.",
	"author": "a.beispiel",
	"approver": "b.muster",
	"date": "2026-09-01",
	"expires": "2027-09-01",
}

_judged(list) := {
	"today": "2026-11-23",
	"waivers": list,
	"skipped": [],
	"findings": {
		"ne-01-1": {"criterion": "NE-01", "confidence": 0.8},
		"ne-01-2": {"criterion": "NE-01", "confidence": 0.4},
		"ex-02-1": {"criterion": "EX-02", "confidence": 0.8},
		"ex-02-2": {"criterion": "EX-02", "confidence": 0.6},
		"if-01-1": {"criterion": "IF-01", "confidence": 0.4},
	},
	"passages": {
		"NE-01": {"sha256:1": ["ne-01-1", "ne-01-2"]},
		"EX-02": {"sha256:2": ["ex-02-1", "ex-02-2"]},
	},
	"criteria": {"NE-01": ["ne-01-1", "ne-01-2"], "EX-02": ["ex-02-1", "ex-02-2"], "IF-01": ["if-01-1"], "CE-01": []},
}

_changed(changes) := _judged([object.union(_waiver, changes)])

_without(key) := _judged([object.remove(_waiver, [key])])

_state := waivers.review.waivers[0].state

test_counts if {
	waivers.review == {
		"waivers": [{"number": 0, "state": "waived", "findings": ["ne-01-1"]}],
		"findings": {"ne-01-1": 0},
		"criteria": ["NE-01"],
	} with input as _judged([_waiver])
}

test_nothing_to_waive if {
	waivers.review == {"waivers": [], "findings": {}, "criteria": []} with input as _judged([])
}

test_last_day if {
	_state == "expired" with input as _changed({"expires": "2026-11-23"})
	waivers.review.criteria == [] with input as _changed({"expires": "2026-11-23"})
	waivers.review.findings == {} with input as _changed({"expires": "2026-11-23"})
	_state == "expiring" with input as _changed({"expires": "2026-11-24"})
	waivers.review.criteria == ["NE-01"] with input as _changed({"expires": "2026-11-24"})
}

test_thirty_days if {
	_state == "expiring" with input as _changed({"expires": "2026-12-23"})
	_state == "waived" with input as _changed({"expires": "2026-12-24"})
}

test_first_day if {
	_state == "waived" with input as _changed({"date": "2026-11-23"})
	_state == "pending" with input as _changed({"date": "2026-11-24"})
	waivers.review.findings == {} with input as _changed({"date": "2026-11-24"})
}

test_four_eyes if {
	every name in ["a.beispiel", "A.Beispiel", " a.beispiel ", "a. beispiel", "@a.beispiel", "a.\u200bbeispiel", "a.bei\u00adspiel"] {
		_state == "unapproved" with input as _changed({"approver": name})
		waivers.review.criteria == [] with input as _changed({"approver": name})
		waivers.review.findings == {} with input as _changed({"approver": name})
	}
}

test_no_approver if {
	_state == "unapproved" with input as _changed({"approver": ""})
	_state == "unapproved" with input as _changed({"approver": " \u200b"})
	_state == "unapproved" with input as _without("approver")
}

test_incomplete if {
	every key in ["text", "reason", "author"] {
		_state == "incomplete" with input as _without(key)
		waivers.review.findings == {} with input as _without(key)
	}
	_state == "incomplete" with input as _changed({"text": " "})
}

test_unused if {
	every changes in [{"finding": "ne-01-9"}, {"criterion": "NE-02"}, {"finding": "ex-02-1"}, {"finding": "ne-01-9", "hash": "sha256:2"}] {
		_state == "unused" with input as _changed(changes)
		waivers.review.findings == {} with input as _changed(changes)
	}
	_state == "unused" with input as _without("finding")
}

# A waiver without use is told to be without use, whatever else is wrong with it.
test_unused_first if {
	_state == "unused" with input as _changed({"finding": "ne-01-9", "expires": "2026-01-01", "approver": ""})
}

test_hash_matches_where_the_id_does_not if {
	by_hash := _judged([object.union(object.remove(_waiver, ["finding"]), {"hash": "sha256:1"})])
	waivers.review.findings == {"ne-01-1": 0, "ne-01-2": 0} with input as by_hash
	waivers.review.criteria == ["NE-01"] with input as by_hash
	waivers.review.findings == {"ne-01-1": 0, "ne-01-2": 0} with input as _changed({"finding": "ne-01-9", "hash": "sha256:1"})
}

# Two products in one sentence are two findings: the id tells which one was meant.
test_id_before_hash if {
	waivers.review.findings == {"ne-01-1": 0} with input as _changed({"hash": "sha256:1"})
}

test_all_that_decide_must_be_waived if {
	one := object.union(_waiver, {"criterion": "EX-02", "finding": "ex-02-1"})
	waivers.review.criteria == [] with input as _judged([one])
	waivers.review.findings == {"ex-02-1": 0} with input as _judged([one])

	two := object.union(one, {"finding": "ex-02-2"})
	waivers.review.criteria == ["EX-02"] with input as _judged([one, two])
}

test_questions_decide_alone if {
	waivers.review.criteria == ["IF-01"] with input as _changed({"criterion": "IF-01", "finding": "if-01-1"})
	waivers.review.criteria == [] with input as _changed({"finding": "ne-01-2"})
}

test_last_to_end_shows if {
	longer := object.union(_waiver, {"expires": "2028-09-01"})
	waivers.review.findings == {"ne-01-1": 1} with input as _judged([_waiver, longer, longer])
	{waiver.state | some waiver in waivers.review.waivers} == {"waived"} with input as _judged([_waiver, longer])
}

test_criteria_that_were_not_asked_are_left_out if {
	waivers.review.waivers == [] with input as object.union(_judged([_waiver]), {"skipped": ["NE-01"]})
}
