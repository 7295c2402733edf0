package policies.criteria.ai.tuning_rights_test

import data.policies.criteria.ai.tuning_rights
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_met_in_the_text if {
	facts := fake_ai.topic("tuning_rights", ["met"])
	tuning_rights.rating == "met" with input as facts
	count(tuning_rights.findings) == 0 with input as facts
	tuning_rights.evidence == {fake.evidence(0)} with input as facts
}

test_partly_in_the_text if {
	facts := fake_ai.topic("tuning_rights", ["weak"])
	tuning_rights.rating == "partly" with input as facts
	fake.codes(tuning_rights.findings) == {"weak"} with input as facts
	option := fake_ai.option("tuning_rights")
	fake.codes(tuning_rights.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("tuning_rights", ["risk"])
	tuning_rights.rating == "not_met" with input as facts
	fake.codes(tuning_rights.findings) == {"risk"} with input as facts
}

test_not_applicable_without_ai if {
	tuning_rights.not_applicable == "no_ai" with input as fake.facts
	tuning_rights.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not tuning_rights.not_applicable with input as fake_ai.topic("fine_tuning", ["met"])
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not tuning_rights.rating with input as fake_ai.topic_as("tuning_rights", ["met"], {"role": role})
	}
}

test_partly_where_the_dossier_contradicts_itself if {
	tuning_rights.rating == "partly" with input as fake_ai.topic("tuning_rights", ["met", "risk"])
}

test_silent_is_asked_for_where_a_model_is_tuned if {
	every facts in [fake_ai.topic("fine_tuning", ["met"]), fake_ai.option("fine_tuning")] {
		not tuning_rights.rating with input as facts
		[[found.code, found.evidence] | some found in tuning_rights.findings] == [["missing", fake.evidence(0)]] with input as facts
	}
}

# Who tunes on its own machines has what comes of it.
test_not_asked_of_the_operator if {
	facts := object.union(fake_ai.topic("fine_tuning", ["met"]), {"dossier": {"operator": fake.inferred("buyer")}})
	count(tuning_rights.findings) == 0 with input as facts
}

test_not_applicable_without_tuning if {
	tuning_rights.not_applicable == "no_tuning" with input as fake_ai.facts
	tuning_rights.not_applicable == "architecture" with input as fake.dossier({"ai": fake.declared(true), "kind": fake.declared("architecture")})
	not tuning_rights.not_applicable with input as fake_ai.topic("tuning_rights", ["risk"])
}
