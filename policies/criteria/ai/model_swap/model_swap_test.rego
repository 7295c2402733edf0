package policies.criteria.ai.model_swap_test

import data.policies.criteria.ai.model_swap
import data.policies.lib.ai
import data.policies.lib.fake
import data.policies.lib.fake_ai
import data.policies.lib.fake_values

test_met_in_the_text if {
	facts := fake_ai.topic("model_swap", ["met"])
	model_swap.rating == "met" with input as facts
	count(model_swap.findings) == 0 with input as facts
	model_swap.evidence == {fake.evidence(0)} with input as facts
}

test_partly_in_the_text if {
	facts := fake_ai.topic("model_swap", ["weak"])
	model_swap.rating == "partly" with input as facts
	fake.codes(model_swap.findings) == {"weak"} with input as facts
	option := fake_ai.option("model_swap")
	fake.codes(model_swap.findings) == {"optional"} with input as option
}

test_missed_in_the_text if {
	facts := fake_ai.topic("model_swap", ["risk"])
	model_swap.rating == "not_met" with input as facts
	fake.codes(model_swap.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for if {
	not model_swap.rating with input as fake_ai.facts
	fake.codes(model_swap.findings) == {"missing"} with input as fake_ai.facts
	[found.args | some found in model_swap.findings] == [{"also": true, "terms": {"openness": true, "hosting": true}}] with input as fake_ai.facts
	ai.with_the_swap == {"AI-03", "AI-04"} with input as fake_ai.facts
	ai.with_the_swap == {"AI-03"} with input as fake_ai.topic("self_hosted_inference", ["weak"])
	ai.with_the_swap == {"AI-04"} with input as fake_ai.topic("model_openness", ["weak"])
	ai.with_the_swap == {"AI-03"} with input as fake_ai.trial(fake_ai.facts)
}

# AI that the documents only hint at is not asked about.
test_silent_is_not_asked_for_in_doubt if {
	facts := fake.topics({"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	not model_swap.not_applicable with input as facts
	count(model_swap.findings) == 0 with input as facts
}

# Whether AI that is named once is meant at all is one question.
test_asked_whether_ai_is_meant_where_it_is_named_in_passing if {
	facts := fake.topic("ai_component", ["weak"])
	not model_swap.not_applicable with input as facts
	not model_swap.rating with input as facts
	fake.codes(model_swap.findings) == {"named"} with input as facts
	model_swap.not_applicable == "no_ai" with input as object.union(facts, {"topics": {"ai_excluded": [fake.hit(2, "met")]}})
	model_swap.not_applicable == "no_ai" with input as fake.topics({"ai_component": [fake.hit(1, "weak")], "ai_later": [fake.hit(1, "met")]})
	fake.codes(model_swap.findings) == {"named"} with input as fake.topics({"ai_component": [fake.hit(1, "weak")], "ai_later": [fake.hit(2, "met")]})
	declared := object.union(facts, {"dossier": {"ai": fake.declared(false)}})
	model_swap.not_applicable == "no_ai" with input as declared
	model_swap.not_applicable == "no_ai" with input as fake.topic_as("ai_component", ["weak"], {"role": "example"})
	model_swap.not_applicable == "no_ai" with input as fake.topic("ai_component", ["met"])
}

# A gateway passes questions on to whichever model is set there.
test_met_with_a_gateway if {
	gateway := fake_ai.component("litellm", {"tags": ["ai_gateway"]})
	facts := object.union(fake.facts, {"components": [gateway]})
	model_swap.rating == "met" with input as facts
	model_swap.evidence == {fake_ai.place(9)} with input as facts
	count(model_swap.findings) == 0 with input as facts
	set_there := object.union(facts, {"models": [fake_ai.vendors(1, {})]})
	model_swap.rating == "met" with input as set_there
	in_code := object.union(facts, {"models": [fake_ai.vendors(1, {"configured": false})]})
	model_swap.rating == "not_met" with input as in_code
}

# Code that depends on a provider's library uses AI, whatever else is told.
test_a_library_is_asked_about_by_itself if {
	facts := object.union(fake.facts, {"packages": [fake_ai.library("openai", "openai_platform", true)]})
	fake.codes(model_swap.findings) == {"library"} with input as facts
	neutral := object.union(fake.facts, {"packages": [fake_ai.library("litellm", "litellm", true)]})
	model_swap.rating == "met" with input as neutral
}

test_not_applicable_without_ai if {
	model_swap.not_applicable == "no_ai" with input as fake.facts
	model_swap.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not model_swap.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not model_swap.rating with input as fake_ai.topic_as("model_swap", ["met"], {"role": role})
	}
}

test_met_behind_a_gateway if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {"gateway": "litellm", "hosting": ""}), fake_ai.local(2, {})])
	model_swap.rating == "met" with input as facts
	count(model_swap.findings) == 0 with input as facts
	model_swap.evidence == {fake_ai.place(1), fake_ai.place(2)} with input as facts
}

test_partly_straight_at_a_provider if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {}), fake_ai.vendors(2, {})])
	model_swap.rating == "partly" with input as facts
	[[found.code, found.certainty, found.args.count, found.args.providers] | some found in model_swap.findings] == [["direct", "unsure", 2, ["Vendor"]]] with input as facts
}

test_missed_in_code if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {"configured": false}), fake_ai.vendors(2, {"configured": false})])
	model_swap.rating == "not_met" with input as facts
	[[found.code, found.args.names, found.evidence] | some found in model_swap.findings] == [["fixed", ["model-1", "model-2"], fake_ai.place(1)]] with input as facts
}

test_partly_where_one_of_two_is_in_code if {
	facts := fake_ai.drawn([fake_ai.vendors(1, {"configured": false}), fake_ai.local(2, {})])
	model_swap.rating == "partly" with input as facts
	fake.codes(model_swap.findings) == {"fixed"} with input as facts
}

test_the_worse_of_text_and_files_counts if {
	facts := fake_ai.with_text([fake_ai.vendors(1, {"configured": false})], {"model_swap": [fake.hit(1, "met")]})
	model_swap.rating == "not_met" with input as facts
}

# A model of which nothing is known is neither good nor bad.
test_unknown_models_say_nothing if {
	facts := fake_ai.with_text([fake_ai.model(1, {}), fake_ai.model(2, {"configured": false})], {"model_swap": [fake.hit(1, "met")]})
	model_swap.rating == "met" with input as facts
	not model_swap.rating with input as fake_ai.drawn([fake_ai.model(1, {})])
	fake_values.unsure(model_swap.findings) == {"direct"} with input as fake_ai.drawn([fake_ai.model(1, {})])
	fake.codes(model_swap.findings) == {"missing"} with input as fake_ai.drawn([fake_ai.model(1, {"configured": false})])
}

# What only another system uses is not ours.
test_models_of_others_do_not_count if {
	others := object.union(fake_ai.drawn([fake_ai.vendors(1, {"configured": false, "used_by": ["register"]})]), {"components": [fake_ai.component("register", {"external": true})]})
	model_swap.not_applicable == "no_ai" with input as others
}

test_a_library_of_one_provider_is_asked_about if {
	facts := object.union(fake_ai.facts, {"packages": [fake_ai.library("openai", "openai_platform", true), fake_ai.library("requests", "requests", true), fake_ai.library("anthropic", "claude", false)]})
	[[found.code, found.certainty, found.args.names] | some found in model_swap.findings] == [["library", "unsure", ["openai"]]] with input as facts
	layered := object.union(facts, {"components": [fake_ai.component("litellm", {"tags": ["ai_gateway"]})]})
	model_swap.rating == "met" with input as layered
	count(model_swap.findings) == 0 with input as layered
	count(model_swap.findings) == 0 with input as object.union(facts, {"models": [fake_ai.local(1, {})]})
}

# Whatever model it is given, a server runs.
test_a_server_of_models_is_not_asked_about if {
	server := fake_ai.component("llm", {"kind": "model", "term": "ollama", "product": "Ollama", "open": true, "hosting": "self", "tags": ["model_server"]})
	count(model_swap.findings) == 0 with input as object.union(fake.facts, {"components": [server]})
}

_llm(changes) := fake.topics({
	"ai_component": [object.union(fake.hit(1, "weak"), changes)],
	"language_model": [object.union(fake.hit(1, "met"), changes)],
})

# Where a text demands a model, whether AI is wanted is no question.
test_which_model_is_asked_where_one_is_demanded if {
	fake.codes(model_swap.findings) == {"which"} with input as _llm({})
	fake.codes(model_swap.findings) == {"named"} with input as fake.topic("ai_component", ["weak"])
	fake.codes(model_swap.findings) == {"named"} with input as _llm({"modality": "none"})
	every quote in ["Prototype an LLM-based query layer.", "- Build a chatbot on an LLM", "Entwicklung eines LLM-basierten Assistenten"] {
		fake.codes(model_swap.findings) == {"which"} with input as _llm({"modality": "none", "evidence": {"path": "a.md", "quote": quote}})
	}
	every quote in ["LLM-based tools are common.", "Building blocks of an LLM", "Entwicklungen bei LLMs"] {
		fake.codes(model_swap.findings) == {"named"} with input as _llm({"modality": "none", "evidence": {"path": "a.md", "quote": quote}})
	}
	count(model_swap.findings) == 0 with input as fake.topic_as("language_model", ["met"], {"role": "question"})
	count(model_swap.findings) == 0 with input as object.union(_llm({}), {"dossier": {"ai": fake.declared(false)}})
}

# What comes later, or is left out, is not asked about.
test_no_model_is_asked_about_that_comes_later if {
	count(model_swap.findings) == 0 with input as fake.topic_in(_llm({}), "ai_later", ["met", "met"])
	count(model_swap.findings) == 0 with input as fake.topic_in(_llm({}), "ai_excluded", ["met"])
}
