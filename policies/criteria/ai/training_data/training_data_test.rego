package policies.criteria.ai.training_data_test

import data.policies.criteria.ai.training_data
import data.policies.lib.drawn
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_met_in_the_text if {
	facts := fake_ai.topic("training_data", ["met"])
	training_data.rating == "met" with input as facts
	count(training_data.findings) == 0 with input as facts
	training_data.evidence == {fake.evidence(0)} with input as facts
}

test_partly_in_the_text if {
	facts := fake_ai.topic("training_data", ["weak"])
	training_data.rating == "partly" with input as facts
	fake.codes(training_data.findings) == {"weak"} with input as facts
	option := fake_ai.option("training_data")
	fake.codes(training_data.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("training_data", ["risk"])
	training_data.rating == "not_met" with input as facts
	fake.codes(training_data.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for if {
	not training_data.rating with input as fake_ai.facts
	count(training_data.findings) == 0 with input as fake_ai.facts
	every facts in [
		fake_ai.drawn([fake_ai.model(1, {})]),
		fake.dossier({"ai": fake.declared(true), "complete": fake.declared(true)}),
		object.union(fake_ai.facts, {"mentions": {"ai_model": [fake.mention("gpt", {})]}}),
	] {
		fake.codes(training_data.findings) == {"missing"} with input as facts
	}
}

# AI that the documents only hint at is not asked about.
test_silent_is_not_asked_for_in_doubt if {
	facts := fake.topics({"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	not training_data.not_applicable with input as facts
	count(training_data.findings) == 0 with input as facts
}

test_not_applicable_without_ai if {
	training_data.not_applicable == "no_ai" with input as fake.facts
	training_data.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not training_data.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not training_data.rating with input as fake_ai.topic_as("training_data", ["met"], {"role": role})
	}
}

test_met_where_the_data_are_public if {
	facts := fake_ai.drawn([fake_ai.local(1, {})])
	training_data.rating == "met" with input as facts
	training_data.evidence == {fake_ai.place(1)} with input as facts
}

# Makers have to publish a summary of data that they keep: files do not show whether they did.
test_closed_data_are_asked_about if {
	facts := fake_ai.drawn([fake_ai.local(1, {}), fake_ai.vendors(2, {})])
	not training_data.rating with input as facts
	fake.codes(training_data.findings) == {"missing"} with input as facts
}

# Files for programs tell nothing of that: EX-02 asks for the text.
test_files_for_programs_are_not_asked if {
	facts := object.union(fake_ai.drawn([fake_ai.vendors(1, {})]), {
		"dossier": {"kind": fake.declared("architecture")},
		"documents": [{"path": "compose.yaml", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}],
	})
	count(training_data.findings) == 0 with input as facts
	{"AI-02", "AI-05"} == {id | some id in drawn.asked_of_texts; startswith(id, "AI")} with input as facts
}
