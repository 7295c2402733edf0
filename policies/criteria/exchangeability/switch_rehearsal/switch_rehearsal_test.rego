package policies.criteria.exchangeability.switch_rehearsal_test

import data.policies.criteria.exchangeability.switch_rehearsal
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_where_the_exit_is_rehearsed if {
	facts := fake.topic("switch_test", ["met"])
	switch_rehearsal.rating == "met" with input as facts
	count(switch_rehearsal.findings) == 0 with input as facts
	count(switch_rehearsal.evidence) == 1 with input as facts
}

test_partly_where_nothing_is_said_on_when if {
	facts := fake.topic("switch_test", ["weak"])
	switch_rehearsal.rating == "partly" with input as facts
	fake.codes(switch_rehearsal.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("switch_test", ["met", "risk"])
	switch_rehearsal.rating == "partly" with input as facts
	fake.codes(switch_rehearsal.findings) == {"risk"} with input as facts
}

test_missed_where_it_is_ruled_out if {
	facts := fake.topic("switch_test", ["risk"])
	switch_rehearsal.rating == "not_met" with input as facts
	fake.codes(switch_rehearsal.findings) == {"risk"} with input as facts
}

# Where no exit is planned, EX-02 asks; where there is nothing to take along, nobody does.
test_silent_is_not_asked_for if {
	every hits in [{}, {"exit_plan": [fake.hit(1, "met")]}, {"exit_plan": [fake.hit(1, "risk")], "data_export": [fake.hit(2, "met")]}] {
		facts := fake.topics(hits)
		not switch_rehearsal.rating with input as facts
		count(switch_rehearsal.findings) == 0 with input as facts
	}
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(switch_rehearsal.findings) == {"missing"} with input as facts
}

test_silent_is_asked_for_where_a_plan_stands_beside_an_export if {
	every subject in ["data_export", "export_scope", "portable_operation"] {
		facts := fake.topics({"exit_plan": [fake.hit(1, "weak")], subject: [fake.hit(2, "met")]})
		fake.codes(switch_rehearsal.findings) == {"missing"} with input as facts
		fake_values.places_of(switch_rehearsal.findings) == {fake.evidence(1)} with input as facts
	}
}

test_not_applicable_to_a_purchase if {
	switch_rehearsal.not_applicable == "purchase_without_data" with input as fake.contract("purchase")
	not switch_rehearsal.not_applicable with input as fake.contract("service")
}

test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	switch_rehearsal.not_applicable == "delivered_once" with input as once
	not switch_rehearsal.not_applicable with input as fake.topic_in(once, "switch_test", ["met"])
}

test_not_applicable_to_code_of_ones_own if {
	own := fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	switch_rehearsal.not_applicable == "own_code" with input as own
	not switch_rehearsal.not_applicable with input as fake.topic_in(own, "switch_test", ["risk"])
}

test_not_applicable_to_a_small_project if {
	switch_rehearsal.not_applicable == "small_value" with input as fake.dossier({"budget": fake.declared({"total": 49999})})
	every budget in [{"total": 50000}, {"maintenance": 100}] {
		not switch_rehearsal.not_applicable with input as fake.dossier({"budget": fake.declared(budget)})
	}
	small := fake.dossier({"budget": fake.declared({"total": 49999})})
	not switch_rehearsal.not_applicable with input as fake.topic_in(small, "switch_test", ["risk"])
}

# Trap 8: a question to bidders is no demand.
test_a_question_demands_nothing if {
	not switch_rehearsal.rating with input as fake.topic_as("switch_test", ["met"], {"role": "question"})
}

test_an_architecture_agrees_on_none if {
	facts := fake.dossier({"kind": fake.declared("architecture"), "complete": fake.declared(true)})
	switch_rehearsal.not_applicable == "architecture" with input as facts
}
