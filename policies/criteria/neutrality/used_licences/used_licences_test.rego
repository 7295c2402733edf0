package policies.criteria.neutrality.used_licences_test

import data.policies.criteria.neutrality.used_licences
import data.policies.lib.fake

test_met_where_they_are_allowed if {
	facts := fake.topic("used_licences", ["met"])
	used_licences.rating == "met" with input as facts
	count(used_licences.findings) == 0 with input as facts
	count(used_licences.evidence) == 1 with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("used_licences", ["met", "risk"])
	used_licences.rating == "partly" with input as facts
	fake.codes(used_licences.findings) == {"risk"} with input as facts
}

test_missed_where_only_new_ones_are_allowed if {
	facts := fake.topic("used_licences", ["risk"])
	used_licences.rating == "not_met" with input as facts
	fake.codes(used_licences.findings) == {"risk"} with input as facts
}

test_silence_shuts_nobody_out_where_licences_are_bought if {
	facts := fake.topic("licence_metric", ["weak"])
	used_licences.rating == "met" with input as facts
	count(used_licences.findings) == 0 with input as facts
}

test_silent_is_not_applicable_where_none_are_bought if {
	not used_licences.rating with input as fake.facts
	used_licences.not_applicable == "no_licences" with input as fake.facts
	not used_licences.not_applicable with input as object.union(fake.facts, {"documents": []})
}

# Trap 8: a question to bidders rules nothing out.
test_a_question_rules_nothing_out if {
	not used_licences.rating with input as fake.topic_as("used_licences", ["risk"], {"role": "question"})
}

test_not_applicable_to_an_architecture if {
	used_licences.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
}

test_licences_that_are_bought_shut_nobody_out if {
	facts := fake.dossier({"order": fake.inferred("licences")})
	used_licences.rating == "met" with input as facts
	not used_licences.not_applicable with input as facts
}
