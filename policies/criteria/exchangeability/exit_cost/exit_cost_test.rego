package policies.criteria.exchangeability.exit_cost_test

import data.policies.criteria.exchangeability.exit_cost
import data.policies.lib.fake

test_met_where_the_exit_has_a_price if {
	facts := fake.topic("exit_cost", ["met"])
	exit_cost.rating == "met" with input as facts
	count(exit_cost.findings) == 0 with input as facts
	count(exit_cost.evidence) == 1 with input as facts
}

test_partly_where_total_cost_is_all_that_is_said if {
	facts := fake.topic("exit_cost", ["weak"])
	exit_cost.rating == "partly" with input as facts
	fake.codes(exit_cost.findings) == {"weak"} with input as facts
}

test_missed_where_it_is_left_out_of_the_price if {
	facts := fake.topic("exit_cost", ["risk"])
	exit_cost.rating == "not_met" with input as facts
	fake.codes(exit_cost.findings) == {"risk"} with input as facts
}

# A row of the price sheet asks for a price, whatever it is called.
test_met_by_a_row_of_the_price_sheet if {
	every subject in ["exit_cost", "transition_support"] {
		facts := object.union(_priced, {"topics": {subject: [fake.hit(1, "weak")]}})
		exit_cost.rating == "met" with input as facts
		count(exit_cost.findings) == 0 with input as facts
		count(exit_cost.evidence) == 1 with input as facts
	}
}

test_partly_where_the_price_sheet_and_a_passage_differ if {
	facts := object.union(_priced, {"topics": {"exit_cost": [fake.hit(1, "risk")], "transition_support": [fake.hit(2, "met")]}})
	exit_cost.rating == "partly" with input as facts
	fake.codes(exit_cost.findings) == {"risk"} with input as facts
}

test_silent_is_not_asked_for_without_prices if {
	every facts in [fake.facts, fake.topic("exit_plan", ["met"]), _priced] {
		not exit_cost.rating with input as facts
		count(exit_cost.findings) == 0 with input as facts
	}
}

test_silent_is_asked_for_where_an_exit_is_demanded_and_prices_are_asked if {
	plan := object.union(_priced, {"topics": {"exit_plan": [fake.hit(1, "met")]}})
	not exit_cost.rating with input as plan
	fake.codes(exit_cost.findings) == {"missing"} with input as plan
	elsewhere := object.union(fake.hit(1, "met"), {"evidence": object.union(fake.evidence(1), {"path": "b.md"})})
	help := object.union(_priced, {"topics": {"transition_support": [elsewhere]}})
	not exit_cost.rating with input as help
	fake.codes(exit_cost.findings) == {"missing"} with input as help
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(exit_cost.findings) == {"missing"} with input as facts
}

test_not_applicable_to_a_purchase if {
	exit_cost.not_applicable == "purchase_without_data" with input as fake.contract("purchase")
	not exit_cost.not_applicable with input as fake.contract("service")
}

test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	exit_cost.not_applicable == "delivered_once" with input as once
	not exit_cost.not_applicable with input as fake.topic_in(once, "exit_cost", ["met"])
}

test_not_applicable_to_an_architecture if {
	design := fake.dossier({"kind": fake.declared("architecture")})
	exit_cost.not_applicable == "architecture" with input as design
	not exit_cost.not_applicable with input as fake.topic_in(design, "exit_cost", ["weak"])
}

# Traps 1 and 8: cost of the system in use, and what somebody asks.
test_cost_of_the_existing_system_does_not_count if {
	every role in ["existing_estate", "question"] {
		not exit_cost.rating with input as fake.topic_as("exit_cost", ["met"], {"role": role})
	}
}

_priced := object.union(fake.facts, {"documents": [
	{"path": "a.md", "format": "markdown", "role": "price_sheet", "source": "declared", "clauses": 1},
	{"path": "b.md", "format": "markdown", "role": "specification", "source": "declared", "clauses": 1},
]})
