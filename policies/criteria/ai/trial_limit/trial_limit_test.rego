package policies.criteria.ai.trial_limit_test

import data.policies.criteria.ai.trial_limit
import data.policies.lib.fake
import data.policies.lib.fake_ai

_trial(hits) := fake_ai.trial(object.union(fake_ai.facts, {"topics": hits}))

test_met_where_it_ends_and_the_model_can_be_changed if {
	facts := _trial({"poc_limit": [fake.hit(1, "met")], "model_swap": [fake.hit(2, "met")]})
	trial_limit.rating == "met" with input as facts
	count(trial_limit.findings) == 0 with input as facts
	trial_limit.evidence == {fake.evidence(1)} with input as facts
}

# No relief without a way to change.
test_partly_where_no_way_to_change_is_told if {
	every hits in [{}, {"model_swap": [fake.hit(2, "weak")]}] {
		facts := _trial(object.union({"poc_limit": [fake.hit(1, "met")]}, hits))
		trial_limit.rating == "partly" with input as facts
		fake.codes(trial_limit.findings) == {"no_switch"} with input as facts
	}
}

test_partly_without_a_date if {
	facts := _trial({"poc_limit": [fake.hit(1, "weak")], "model_swap": [fake.hit(2, "met")]})
	trial_limit.rating == "partly" with input as facts
	fake.codes(trial_limit.findings) == {"weak"} with input as facts
	swap := _trial({"model_swap": [fake.hit(2, "met")]})
	trial_limit.rating == "partly" with input as swap
	fake.codes(trial_limit.findings) == {"missing"} with input as swap
}

test_missed_where_it_becomes_production if {
	facts := _trial({"poc_limit": [fake.hit(1, "met"), fake.hit(3, "risk")], "model_swap": [fake.hit(2, "met")]})
	trial_limit.rating == "not_met" with input as facts
	fake.codes(trial_limit.findings) == {"risk"} with input as facts
}

test_missed_where_the_model_is_fixed if {
	facts := _trial({"poc_limit": [fake.hit(1, "met")], "model_swap": [fake.hit(2, "risk")]})
	trial_limit.rating == "not_met" with input as facts
	fake.codes(trial_limit.findings) == {"no_switch"} with input as facts
}

test_the_files_show_the_way_to_change if {
	facts := object.union(_trial({"poc_limit": [fake.hit(1, "met")]}), {"models": [fake_ai.vendors(1, {"gateway": "litellm"})]})
	trial_limit.rating == "met" with input as facts
}

test_silent_is_asked_for if {
	not trial_limit.rating with input as _trial({})
	fake.codes(trial_limit.findings) == {"missing"} with input as _trial({})
}

# Roll-outs begin with pilots, too.
test_not_applicable if {
	trial_limit.not_applicable == "no_ai" with input as fake.facts
	trial_limit.not_applicable == "no_trial" with input as fake_ai.topic("poc_limit", ["risk"])
	trial_limit.not_applicable == "no_proprietary_model" with input as fake_ai.trial(object.union(fake_ai.facts, {"models": [fake_ai.local(1, {})]}))
	not trial_limit.not_applicable with input as fake_ai.trial(object.union(fake_ai.facts, {"models": [fake_ai.local(1, {}), fake_ai.vendors(2, {})]}))
	not trial_limit.not_applicable with input as _trial({})
}
