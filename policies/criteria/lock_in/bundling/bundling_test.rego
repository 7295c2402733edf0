package policies.criteria.lock_in.bundling_test

import data.policies.criteria.lock_in.bundling
import data.policies.lib.fake
import data.policies.lib.fake_values

# A clause against lots is read as a bundle, too.
_single(more) := fake.topics(object.union({"bundling": [fake.hit(1, "risk")], "lots": [fake.hit(1, "risk")]}, more))

_notice(lots) := object.union(fake.facts, {"notice": [{"lots": lots, "evidence": fake.evidence(7)}]})

_complete := fake.dossier({"complete": fake.declared(true)})

test_met_in_lots if {
	facts := fake.topic("lots", ["met"])
	bundling.rating == "met" with input as facts
	count(bundling.findings) == 0 with input as facts
	bundling.evidence == {fake.evidence(0)} with input as facts
}

test_met_by_the_lots_of_a_notice if {
	bundling.rating == "met" with input as _notice([{"id": "LOT-0001"}, {"id": "LOT-0002"}])
	bundling.evidence == {fake.evidence(7)} with input as _notice([{"id": "LOT-0001"}, {"id": "LOT-0002"}])
	not bundling.rating with input as _notice([{"id": "LOT-0001"}])
}

test_partly_where_one_offer_is_preferred if {
	facts := fake.topic("bundling", ["weak"])
	bundling.rating == "partly" with input as facts
	fake.codes(bundling.findings) == {"weak"} with input as facts
	bundling.evidence == {fake.evidence(0)} with input as facts
}

test_a_single_award_is_asked_about if {
	bundling.rating == "partly" with input as _single({})
	fake.codes(bundling.findings) == {"single_award"} with input as _single({})
	fake_values.unsure(bundling.findings) == {"single_award"} with input as _single({})
}

test_not_applicable_where_a_single_award_has_reasons if {
	facts := _single({"lots_reason": [fake.hit(1, "met")]})
	bundling.not_applicable == "single_award_reasoned" with input as facts
	not bundling.rating with input as facts
	count(bundling.findings) == 0 with input as facts
}

test_reasons_elsewhere_do_not_count if {
	fake.codes(bundling.findings) == {"single_award"} with input as _single({"lots_reason": [fake.hit(5, "met")]})
}

test_lots_beside_a_single_award_are_asked_about_no_more if {
	facts := _single({"lots": [fake.hit(1, "risk"), fake.hit(2, "met")]})
	bundling.rating == "met" with input as facts
	count(bundling.findings) == 0 with input as facts
}

test_missed_where_a_package_only_is_to_be_had if {
	facts := fake.topic("bundling", ["risk"])
	bundling.rating == "not_met" with input as facts
	fake.codes(bundling.findings) == {"risk"} with input as facts
}

test_partly_where_lots_hold_a_package if {
	facts := fake.topics({"bundling": [fake.hit(1, "risk"), fake.hit(3, "weak")], "lots": [fake.hit(2, "met")]})
	bundling.rating == "partly" with input as facts
	fake.codes(bundling.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for_in_a_complete_dossier_only if {
	not bundling.rating with input as fake.facts
	count(bundling.findings) == 0 with input as fake.facts
	fake.codes(bundling.findings) == {"missing"} with input as _complete
	count(bundling.findings) == 0 with input as object.union(_complete, _notice([{"id": "LOT-0001"}]))
}

test_not_applicable_to_an_architecture if {
	bundling.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not bundling.not_applicable with input as fake.facts
}

# Trap 8: a question of a bidder decides nothing.
test_a_question_says_nothing if {
	not bundling.rating with input as fake.topic_as("bundling", ["risk"], {"role": "question"})
}
