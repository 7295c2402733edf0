package policies.criteria.ai.no_training_test

import data.policies.criteria.ai.no_training
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_met_in_the_text if {
	facts := fake_ai.topic("no_training", ["met"])
	no_training.rating == "met" with input as facts
	count(no_training.findings) == 0 with input as facts
	no_training.evidence == {fake.evidence(0)} with input as facts
}

test_partly_in_the_text if {
	facts := fake_ai.topic("no_training", ["weak"])
	no_training.rating == "partly" with input as facts
	fake.codes(no_training.findings) == {"weak"} with input as facts
	option := fake_ai.option("no_training")
	fake.codes(no_training.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("no_training", ["risk"])
	no_training.rating == "not_met" with input as facts
	fake.codes(no_training.findings) == {"risk"} with input as facts
}

test_not_applicable_without_ai if {
	no_training.not_applicable == "no_ai" with input as fake.facts
	no_training.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not no_training.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not no_training.rating with input as fake_ai.topic_as("no_training", ["met"], {"role": role})
	}
}

test_silent_is_asked_for_where_the_contract_can_answer if {
	not no_training.rating with input as fake_ai.papers
	fake.codes(no_training.findings) == {"missing"} with input as fake_ai.papers
	count(no_training.findings) == 0 with input as fake_ai.facts
}

test_silent_is_not_asked_for_in_doubt if {
	facts := object.union(fake.papers, {"topics": {"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]}})
	count(no_training.findings) == 0 with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	no_training.rating == "partly" with input as fake_ai.topic("no_training", ["met", "risk"])
}

test_not_applicable if {
	no_training.not_applicable == "architecture" with input as fake.dossier({"ai": fake.declared(true), "kind": fake.declared("architecture")})
	own := fake_ai.drawn([fake_ai.local(1, {})])
	no_training.not_applicable == "self_hosted" with input as own
	no_training.not_applicable == "self_hosted" with input as fake_ai.topic("self_hosted_inference", ["met"])
	not no_training.not_applicable with input as fake_ai.topic("self_hosted_inference", ["met", "risk"])
	not no_training.not_applicable with input as fake.topic_in(own, "no_training", ["risk"])
	not no_training.not_applicable with input as fake_ai.drawn([fake_ai.local(1, {}), fake_ai.vendors(2, {})])
}
