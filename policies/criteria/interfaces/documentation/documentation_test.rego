package policies.criteria.interfaces.documentation_test

import data.policies.criteria.interfaces.documentation
import data.policies.lib.fake

test_met_where_third_parties_may_have_it if {
	facts := fake.topic("interface_documentation", ["met"])
	documentation.rating == "met" with input as facts
	count(documentation.findings) == 0 with input as facts
	count(documentation.evidence) == 1 with input as facts
}

test_partly_where_only_the_authority_gets_it if {
	facts := fake.topic("interface_documentation", ["weak"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("interface_documentation", ["met", "risk"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

test_missed_where_it_is_secret_or_sold if {
	facts := fake.topic("interface_documentation", ["risk"])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_left_to_the_question_whether_there_are_interfaces if {
	not documentation.rating with input as fake.facts
	count(documentation.findings) == 0 with input as fake.facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(documentation.findings) == {"missing"} with input as facts
}

test_silent_is_asked_for_where_an_interface_is_demanded if {
	facts := fake.topics({"interface_documentation": [], "interface_required": [fake.hit(1, "weak"), fake.hit(2, "met"), fake.hit(3, "met")]})
	not documentation.rating with input as facts
	fake.codes(documentation.findings) == {"missing"} with input as facts
	{finding.evidence | some finding in documentation.findings} == {fake.evidence(2)} with input as facts
}

# Trap 8: a question of a bidder is no demand.
test_a_question_demands_nothing if {
	not documentation.rating with input as fake.topic_as("interface_documentation", ["met"], {"role": "question"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("interface_documentation", ["weak", "risk"])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}
