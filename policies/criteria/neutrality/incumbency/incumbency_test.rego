package policies.criteria.neutrality.incumbency_test

import data.policies.criteria.neutrality.incumbency
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_where_all_get_the_same_data if {
	facts := fake.topic("incumbency", ["met"])
	incumbency.rating == "met" with input as facts
	count(incumbency.findings) == 0 with input as facts
	count(incumbency.evidence) == 1 with input as facts
}

# The data are often offered where the present system is described.
test_met_where_the_description_of_the_estate_says_so if {
	incumbency.rating == "met" with input as fake.topic_as("incumbency", ["met"], {"role": "existing_estate"})
}

test_missed_where_experience_is_demanded if {
	facts := fake.topic("incumbency", ["risk"])
	incumbency.rating == "not_met" with input as facts
	fake.codes(incumbency.findings) == {"risk"} with input as facts
	count(fake_values.unsure(incumbency.findings)) == 0 with input as facts
}

test_partly_where_the_demand_is_levelled if {
	facts := fake.topic("incumbency", ["met", "risk"])
	incumbency.rating == "partly" with input as facts
	fake.codes(incumbency.findings) == {"risk"} with input as facts
}

test_partly_where_experience_is_scored if {
	facts := fake.topic_as("incumbency", ["weak"], {"modality": "none"})
	incumbency.rating == "partly" with input as facts
	fake.codes(incumbency.findings) == {"weak"} with input as facts
	count(fake_values.unsure(incumbency.findings)) == 0 with input as facts
}

test_met_where_reasons_stand_beside_it if {
	facts := fake.topics({"incumbency": [fake.hit(1, "risk")], "product_justification": [fake.hit(1, "met")]})
	incumbency.rating == "met" with input as facts
	count(incumbency.findings) == 0 with input as facts
}

test_asked_where_the_present_model_is_to_go_on if {
	facts := fake.topic_as("existing_model_kept", ["risk", "risk"], {"role": "existing_estate"})
	incumbency.rating == "partly" with input as facts
	fake_values.unsure(incumbency.findings) == {"model_kept"} with input as facts
	fake_values.places_of(incumbency.findings) == {fake.evidence(0)} with input as facts
	count(incumbency.evidence) == 2 with input as facts
}

test_a_model_that_may_go_on_or_has_reasons_is_no_advantage if {
	every facts in [
		fake.topic_as("existing_model_kept", ["risk"], {"modality": "may"}),
		fake.topic_as("existing_model_kept", ["risk"], {"role": "example"}),
		fake.topics({"existing_model_kept": [fake.hit(1, "risk")], "product_justification": [fake.hit(1, "met")]}),
	] {
		not incumbency.rating with input as facts
		count(incumbency.findings) == 0 with input as facts
	}
}

test_silent_is_not_applicable if {
	not incumbency.rating with input as fake.facts
	incumbency.not_applicable == "not_demanded" with input as fake.facts
	not incumbency.not_applicable with input as object.union(fake.facts, {"documents": []})
}

test_bare_words_are_asked_about if {
	facts := fake.topic_as("incumbency", ["risk"], {"modality": "none"})
	incumbency.rating == "partly" with input as facts
	fake_values.unsure(incumbency.findings) == {"risk"} with input as facts
}

test_conditions_for_bidders_stand_among_skills if {
	incumbency.rating == "not_met" with input as fake.topic_as("incumbency", ["risk"], {"role": "staff_skill", "modality": "none"})
}

# Trap 8: a question to bidders is no demand.
test_a_question_demands_nothing if {
	not incumbency.rating with input as fake.topic_as("incumbency", ["risk"], {"role": "question"})
}

# Trap 1: the name of what is in use makes a condition for bidders no tale of it.
test_a_condition_stays_one if {
	incumbency.rating == "not_met" with input as fake.topic_as("incumbency", ["risk"], {"role": "existing_estate"})
}

test_not_applicable_to_an_architecture if {
	incumbency.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
}
