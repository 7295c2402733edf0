package policies.criteria.ai.self_hosting_test

import data.policies.criteria.ai.self_hosting
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_met_in_the_text if {
	facts := fake_ai.topic("self_hosted_inference", ["met"])
	self_hosting.rating == "met" with input as facts
	count(self_hosting.findings) == 0 with input as facts
	self_hosting.evidence == {fake.evidence(0)} with input as facts
}

test_partly_in_the_text if {
	facts := fake_ai.topic("self_hosted_inference", ["weak"])
	self_hosting.rating == "partly" with input as facts
	fake.codes(self_hosting.findings) == {"weak"} with input as facts
	option := fake_ai.option("self_hosted_inference")
	fake.codes(self_hosting.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("self_hosted_inference", ["risk"])
	self_hosting.rating == "not_met" with input as facts
	fake.codes(self_hosting.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for if {
	not self_hosting.rating with input as fake_ai.facts
	count(self_hosting.findings) == 0 with input as fake_ai.facts # AI-01 asks
	fake.codes(self_hosting.findings) == {"missing"} with input as fake_ai.topic("model_swap", ["met"])
}

# AI that the documents only hint at is not asked about.
test_silent_is_not_asked_for_in_doubt if {
	facts := fake.topics({"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	not self_hosting.not_applicable with input as facts
	count(self_hosting.findings) == 0 with input as facts
}

test_not_applicable_without_ai if {
	self_hosting.not_applicable == "no_ai" with input as fake.facts
	self_hosting.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not self_hosting.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not self_hosting.rating with input as fake_ai.topic_as("self_hosted_inference", ["met"], {"role": role})
	}
}

test_not_applicable_to_a_trial if {
	self_hosting.not_applicable == "poc" with input as fake_ai.trial(fake_ai.facts)
	bound := fake_ai.trial(fake_ai.topic("self_hosted_inference", ["risk"]))
	not self_hosting.not_applicable with input as bound
	self_hosting.not_applicable == "poc" with input as fake.topic_in(bound, "model_swap", ["met"])
}

test_met_on_own_machines if {
	facts := fake_ai.drawn([fake_ai.local(1, {})])
	self_hosting.rating == "met" with input as facts
	count(self_hosting.findings) == 0 with input as facts
	self_hosting.evidence == {fake_ai.place(1)} with input as facts
}

# Open weights at a provider could run elsewhere.
test_partly_at_a_provider if {
	facts := fake_ai.drawn([fake_ai.local(1, {"hosting": "cloud", "provider": "Host"})])
	self_hosting.rating == "partly" with input as facts
	[[found.code, found.args.providers] | some found in self_hosting.findings] == [["hosted", ["Host"]]] with input as facts
}

test_missed_at_the_maker_alone if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {}), fake_ai.vendors(2, {"gateway": "litellm"})])
	self_hosting.rating == "not_met" with input as facts
	[[found.code, found.args.count] | some found in self_hosting.findings] == [["bound", 2]] with input as facts
}

test_partly_where_one_of_two_is_own if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {}), fake_ai.local(2, {})])
	self_hosting.rating == "partly" with input as facts
	fake.codes(self_hosting.findings) == {"bound"} with input as facts
}

test_the_worse_of_text_and_files_counts if {
	facts := fake_ai.with_text([fake_ai.vendors(1, {})], {"self_hosted_inference": [fake.hit(1, "met")]})
	self_hosting.rating == "not_met" with input as facts
}

test_unknown_models_say_nothing if {
	not self_hosting.rating with input as fake_ai.drawn([fake_ai.model(1, {"hosting": "service"})])
}

test_a_service_is_asked_about if {
	service := fake_ai.component("speech", {"kind": "model", "term": "speech", "product": "Speech", "open": false, "hosting": "cloud", "tags": ["ai_service"]})
	facts := object.union(fake.facts, {"components": [service]})
	not self_hosting.rating with input as facts
	[[found.code, found.args.names] | some found in self_hosting.findings] == [["bound", ["Speech"]]] with input as facts
}

test_met_where_a_server_of_models_is_ones_own if {
	server := fake_ai.component("llm", {"kind": "model", "term": "ollama", "product": "Ollama", "open": true, "hosting": "self", "tags": ["model_server"]})
	facts := object.union(fake.facts, {"components": [server]})
	self_hosting.rating == "met" with input as facts
	count(self_hosting.findings) == 0 with input as facts
	count(self_hosting.evidence) == 1 with input as facts
}

# Which model is used, AI-03 asks.
test_a_default_says_nothing if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {"assumed": true})])
	not self_hosting.rating with input as facts
	count(self_hosting.findings) == 0 with input as facts
}
