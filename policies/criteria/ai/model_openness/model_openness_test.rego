package policies.criteria.ai.model_openness_test

import data.policies.criteria.ai.model_openness
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_met_in_the_text if {
	facts := fake_ai.topic("model_openness", ["met"])
	model_openness.rating == "met" with input as facts
	count(model_openness.findings) == 0 with input as facts
	model_openness.evidence == {fake.evidence(0)} with input as facts
}

# The word "open" proves nothing: it gives no rating.
test_the_word_open_is_no_evidence if {
	facts := fake_ai.topic("model_openness", ["weak"])
	not model_openness.rating with input as facts
	count(model_openness.evidence) == 0 with input as facts
	fake.codes(model_openness.findings) == {"word"} with input as facts
	closed := object.union(facts, {"models": [fake_ai.vendors(1, {})]})
	model_openness.rating == "not_met" with input as closed
	fake.codes(model_openness.findings) == {"word", "closed"} with input as closed
	shown := fake_ai.topic("model_openness", ["weak", "met"])
	model_openness.rating == "met" with input as shown
	count(model_openness.findings) == 0 with input as shown
}

test_partly_where_it_is_an_option if {
	option := fake_ai.option("model_openness")
	model_openness.rating == "partly" with input as option
	fake.codes(model_openness.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("model_openness", ["risk"])
	model_openness.rating == "not_met" with input as facts
	fake.codes(model_openness.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for if {
	not model_openness.rating with input as fake_ai.facts
	count(model_openness.findings) == 0 with input as fake_ai.facts # AI-01 asks
	fake.codes(model_openness.findings) == {"missing"} with input as fake_ai.topic("model_swap", ["met"])
}

# AI that the documents only hint at is not asked about.
test_silent_is_not_asked_for_in_doubt if {
	facts := fake.topics({"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	not model_openness.not_applicable with input as facts
	count(model_openness.findings) == 0 with input as facts
}

test_not_applicable_without_ai if {
	model_openness.not_applicable == "no_ai" with input as fake.facts
	model_openness.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not model_openness.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not model_openness.rating with input as fake_ai.topic_as("model_openness", ["met"], {"role": role})
	}
}

test_met_where_all_parts_are_open if {
	facts := fake_ai.drawn([fake_ai.local(1, {}), fake_ai.local(2, {"parts": fake_ai.parts("open", "open", "restricted", "open")})])
	model_openness.rating == "met" with input as facts
	count(model_openness.findings) == 0 with input as facts
	model_openness.evidence == {fake_ai.place(1), fake_ai.place(2)} with input as facts
}

test_partly_names_the_parts if {
	facts := fake_ai.drawn([fake_ai.local(1, {"product": "Llama", "licence": "LicenseRef-Llama", "parts": fake_ai.parts("restricted", "open", "closed", "restricted")})])
	model_openness.rating == "partly" with input as facts
	[found.args | some found in model_openness.findings] == [{
		"name": "model-1",
		"licence": "LicenseRef-Llama",
		"lacking": ["weights_restricted", "data_closed", "licence_restricted"],
		"places": ["compose.yaml, line 1"],
	}] with input as facts
}

test_missed_where_the_model_is_closed if {
	every changes in [{}, {"parts": {}}] {
		facts := fake_ai.drawn([fake_ai.local(1, {}), object.union(fake_ai.vendors(2, {}), changes)])
		model_openness.rating == "not_met" with input as facts
		[[found.code, found.args.names] | some found in model_openness.findings] == [["closed", ["model-2"]]] with input as facts
	}
	without := fake_ai.drawn([object.remove(fake_ai.vendors(1, {}), ["parts"])])
	fake.codes(model_openness.findings) == {"closed"} with input as without
}

# An assistant works with models from elsewhere; an unknown model may be anything.
test_untold_models_are_not_rated if {
	every model in [fake_ai.model(1, {}), fake_ai.model(1, {"open": false, "parts": fake_ai.parts("external", "closed", "external", "closed")})] {
		not model_openness.rating with input as fake_ai.drawn([model])
		fake.codes(model_openness.findings) == {"missing"} with input as fake_ai.drawn([model])
	}
}

test_a_model_in_two_places_is_named_once if {
	parts := {"name": "llama-3", "parts": fake_ai.parts("restricted", "open", "closed", "restricted")}
	facts := fake_ai.drawn([fake_ai.local(1, parts), fake_ai.local(2, parts)])
	[found.args.places | some found in model_openness.findings] == [["compose.yaml, line 1", "compose.yaml, line 2"]] with input as facts
}

# A provider's service is known for closed; of which models it consists, is not.
test_a_service_is_asked_about if {
	service := fake_ai.component("speech", {"kind": "model", "term": "speech", "product": "Speech", "open": false, "hosting": "cloud", "tags": ["ai_service"]})
	facts := object.union(fake.facts, {"components": [service]})
	not model_openness.rating with input as facts
	[[found.code, found.args.names] | some found in model_openness.findings] == [["closed", ["Speech"]]] with input as facts
}

# Whoever starts the solution may set another model.
test_a_default_is_asked_about if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {"assumed": true})])
	not model_openness.rating with input as facts
	fake.codes(model_openness.findings) == {"assumed"} with input as facts
	both := fake_ai.drawn([fake_ai.vendors(1, {"assumed": true}), fake_ai.vendors(2, {})])
	model_openness.rating == "not_met" with input as both
	fake.codes(model_openness.findings) == {"closed"} with input as both
}
