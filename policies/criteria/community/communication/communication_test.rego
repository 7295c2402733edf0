package policies.criteria.community.communication_test

import data.policies.criteria.community.communication
import data.policies.lib.fake
import data.policies.lib.fake_values

_published := fake.topic("open_source_publication", ["met"])

test_met_where_contributions_are_wanted if {
	facts := fake.topic("community", ["met"])
	communication.rating == "met" with input as facts
	count(communication.findings) == 0 with input as facts
	count(communication.evidence) == 1 with input as facts
}

test_partly_with_an_intent if {
	facts := fake.topic("community", ["weak"])
	communication.rating == "partly" with input as facts
	fake.codes(communication.findings) == {"weak"} with input as facts
}

test_missed_where_contributions_are_refused if {
	facts := fake.topic("community", ["risk"])
	communication.rating == "not_met" with input as facts
	fake.codes(communication.findings) == {"risk"} with input as facts
}

test_silent_is_asked_where_software_is_published if {
	facts := object.union(_published, {"dossier": {"complete": fake.declared(true)}})
	not communication.rating with input as facts
	not communication.not_applicable with input as facts
	fake.codes(communication.findings) == {"no_plan"} with input as facts
	fake_values.places_of(communication.findings) == {fake.evidence(0)} with input as facts
	count(communication.findings) == 0 with input as _published
}

test_silent_is_not_applicable_where_none_is if {
	every facts in [fake.facts, fake.topic("open_source_publication", ["risk"])] {
		communication.not_applicable == "closed" with input as facts
		count(communication.findings) == 0 with input as facts
	}
}

# Trap 8: what bidders have done elsewhere is no plan.
test_the_skills_of_bidders_are_no_plan if {
	not communication.rating with input as fake.topic_as("community", ["met"], {"role": "staff_skill"})
}
