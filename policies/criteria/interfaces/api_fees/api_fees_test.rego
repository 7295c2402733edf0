package policies.criteria.interfaces.api_fees_test

import data.policies.criteria.interfaces.api_fees
import data.policies.lib.fake

test_met_where_the_price_covers_all_use if {
	facts := fake.topic("interface_fees", ["met"])
	api_fees.rating == "met" with input as facts
	count(api_fees.findings) == 0 with input as facts
	count(api_fees.evidence) == 1 with input as facts
}

test_partly_where_use_is_limited if {
	facts := fake.topic("interface_fees", ["weak"])
	api_fees.rating == "partly" with input as facts
	fake.codes(api_fees.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("interface_fees", ["met", "risk"])
	api_fees.rating == "partly" with input as facts
	fake.codes(api_fees.findings) == {"risk"} with input as facts
}

test_missed_where_a_connector_has_to_be_licensed if {
	facts := fake.topic("interface_fees", ["risk"])
	api_fees.rating == "not_met" with input as facts
	fake.codes(api_fees.findings) == {"risk"} with input as facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(api_fees.findings) == {"missing"} with input as facts
}

# Where no interface is read that somebody has to deliver, there is nothing to ask.
test_silent_is_not_rated if {
	every hits in [{}, {"interface_required": [fake.hit(1, "met")]}, {"interface_required": [fake.hit(1, "weak")], "interface_duty": [fake.hit(1, "met")]}] {
		facts := fake.topics(hits)
		not api_fees.rating with input as facts
		count(api_fees.findings) == 0 with input as facts
	}
}

test_silent_is_asked_for_where_an_interface_is_to_be_delivered if {
	facts := fake.topics({
		"open_standards": [fake.hit(9, "met")],
		"interface_fees": [],
		"interface_required": [fake.hit(1, "weak"), fake.hit(2, "met"), fake.hit(3, "met"), fake.hit(4, "met")],
		"interface_duty": [fake.hit(1, "met"), fake.hit(3, "met"), fake.hit(4, "met")],
	})
	not api_fees.rating with input as facts
	fake.codes(api_fees.findings) == {"missing"} with input as facts
	{finding.evidence | some finding in api_fees.findings} == {fake.evidence(3)} with input as facts
}

# Trap 1: nobody delivers the interface of another system.
test_interfaces_of_other_systems_are_not_asked_about if {
	every polarity in ["met", "weak"] {
		facts := fake.topics({
			"interface_required": [fake.hit(1, "met")],
			"interface_duty": [fake.hit(1, "met")],
			"interface_target": [fake.hit(1, polarity)],
		})
		count(api_fees.findings) == 0 with input as facts
	}
}

# Trap 8: fees of the system in use do not bind.
test_fees_of_the_existing_system_do_not_count if {
	not api_fees.rating with input as fake.topic_as("interface_fees", ["met"], {"role": "existing_estate"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("interface_fees", ["weak", "risk"])
	api_fees.rating == "not_met" with input as facts
	fake.codes(api_fees.findings) == {"risk"} with input as facts
}

test_not_applicable_to_code_of_ones_own if {
	own := fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	api_fees.not_applicable == "own_code" with input as own
	not api_fees.not_applicable with input as fake.topic_in(own, "interface_fees", ["risk"])
	not api_fees.not_applicable with input as fake.facts
}

test_an_architecture_agrees_on_none if {
	facts := fake.dossier({"kind": fake.declared("architecture"), "complete": fake.declared(true)})
	api_fees.not_applicable == "architecture" with input as facts
}

# IF-01 asks at the same sentence and names what else is open.
test_silent_beside_a_question_on_the_interface_itself if {
	facts := fake.topics({"interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")]})
	count(api_fees.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(api_fees.findings) == {"missing"} with input as complete
}

_settled := {"open_standards": [fake.hit(9, "met")], "interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")]}

# Where the price includes access to the data, it includes the way to them.
test_silent_where_access_to_the_data_is_paid_for if {
	facts := fake.topics(object.union(_settled, {"export_cost": [fake.hit(3, "met")]}))
	count(api_fees.findings) == 0 with input as facts
	fake.codes(api_fees.findings) == {"missing"} with input as fake.topics(_settled)
}

# "The site is built with Drupal": nobody is there to charge for its interfaces.
test_open_source_alone_is_not_asked_about if {
	facts := object.union(fake.topics(_settled), {"mentions": {"product": [fake.mention("drupal", {"open": true, "tags": ["cms"]})]}})
	count(api_fees.findings) == 0 with input as facts
	every dossier in [{"complete": fake.declared(true)}, {"service_model": fake.declared("saas")}] {
		fake.codes(api_fees.findings) == {"missing"} with input as object.union(facts, {"dossier": dossier})
	}
	beside := object.union(facts, {"mentions": {"product": [
		fake.mention("drupal", {"open": true, "tags": ["cms"]}),
		fake.mention("sap", {"open": false, "tags": ["erp"]}),
	]}})
	fake.codes(api_fees.findings) == {"missing"} with input as beside
}
