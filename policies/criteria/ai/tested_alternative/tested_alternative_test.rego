package policies.criteria.ai.tested_alternative_test

import data.policies.criteria.ai.tested_alternative
import data.policies.lib.drawn
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_met_in_the_text if {
	facts := fake_ai.topic("model_comparison", ["met"])
	tested_alternative.rating == "met" with input as facts
	count(tested_alternative.findings) == 0 with input as facts
	tested_alternative.evidence == {fake.evidence(0)} with input as facts
}

test_partly_in_the_text if {
	facts := fake_ai.topic("model_comparison", ["weak"])
	tested_alternative.rating == "partly" with input as facts
	fake.codes(tested_alternative.findings) == {"weak"} with input as facts
	option := fake_ai.option("model_comparison")
	fake.codes(tested_alternative.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("model_comparison", ["risk"])
	tested_alternative.rating == "not_met" with input as facts
	fake.codes(tested_alternative.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for if {
	not tested_alternative.rating with input as fake_ai.facts
	count(tested_alternative.findings) == 0 with input as fake_ai.facts
	every facts in [
		fake_ai.drawn([fake_ai.model(1, {})]),
		fake.dossier({"ai": fake.declared(true), "complete": fake.declared(true)}),
		object.union(fake_ai.facts, {"mentions": {"ai_model": [fake.mention("gpt", {})]}}),
	] {
		fake.codes(tested_alternative.findings) == {"missing"} with input as facts
	}
}

# AI that the documents only hint at is not asked about.
test_silent_is_not_asked_for_in_doubt if {
	facts := fake.topics({"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	not tested_alternative.not_applicable with input as facts
	count(tested_alternative.findings) == 0 with input as facts
}

test_not_applicable_without_ai if {
	tested_alternative.not_applicable == "no_ai" with input as fake.facts
	tested_alternative.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not tested_alternative.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not tested_alternative.rating with input as fake_ai.topic_as("model_comparison", ["met"], {"role": role})
	}
}

# Two models in the files were not compared by that.
test_files_show_no_comparison if {
	not tested_alternative.rating with input as fake_ai.drawn([fake_ai.local(1, {}), fake_ai.vendors(2, {})])
}

# Files for programs tell nothing of that: EX-02 asks for the text.
test_files_for_programs_are_not_asked if {
	facts := object.union(fake_ai.drawn([fake_ai.vendors(1, {})]), {
		"dossier": {"kind": fake.declared("architecture")},
		"documents": [{"path": "compose.yaml", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}],
	})
	count(tested_alternative.findings) == 0 with input as facts
	{"AI-02", "AI-05"} == {id | some id in drawn.asked_of_texts; startswith(id, "AI")} with input as facts
}
