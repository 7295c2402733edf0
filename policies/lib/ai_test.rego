package policies.lib.ai_test

import data.policies.lib.ai
import data.policies.lib.fake
import data.policies.lib.fake_ai

_says(hits) := fake.topics(hits)

_hit(n, changes) := object.union(fake.hit(n, "weak"), changes)

test_whether_ai_is_bought_is_asked_once if {
	ai.absent == "ai_asked" with input as _says({"ai_component": [_hit(1, {})]})
	ai.absent == "no_ai" with input as fake.facts
}

test_the_manifest_decides if {
	ai.applies with input as fake_ai.facts
	ai.sure with input as fake_ai.facts
	denied := object.union(fake_ai.drawn([fake_ai.local(1, {})]), {"dossier": {"ai": fake.declared(false)}})
	not ai.applies with input as denied
	not ai.sure with input as denied
}

test_the_files_decide_where_the_manifest_does_not if {
	every facts in [
		fake_ai.drawn([fake_ai.model(1, {})]),
		object.union(fake.facts, {"components": [fake_ai.component("vllm", {"tags": ["model_server"]})]}),
		object.union(fake.facts, {"components": [fake_ai.component("m", {"kind": "model"})]}),
	] {
		ai.sure with input as facts
		ai.applies with input as facts
		count(ai.evidence) == 1 with input as facts
	}
}

# Somebody else's model, what a text only names, and what is no AI.
test_components_that_are_none_of_ours if {
	every component in [
		fake_ai.component("m", {"kind": "model", "external": true}),
		fake_ai.component("m", {"kind": "model", "sources": ["text"]}),
		fake_ai.component("postgres", {"tags": ["database"]}),
	] {
		not ai.applies with input as object.union(fake.facts, {"components": [component]})
	}
}

test_two_sentences_that_demand if {
	firm := _says({"ai_component": [_hit(1, {}), _hit(2, {"modality": "none"})]})
	ai.applies with input as firm
	not ai.sure with input as firm
	ai.evidence == {fake.evidence(1), fake.evidence(2)} with input as firm
	ai.sure with input as _says({"ai_component": [_hit(1, {}), _hit(2, {}), _hit(3, {})]})
	ai.applies with input as _says({"ai_component": [_hit(1, {"modality": "none"})], "self_hosted_inference": [_hit(2, {"modality": "none"})]})
	ai.applies with input as fake.mentions({"ai_model": [fake.mention("gpt", {}), fake.mention("gpt", {"clause": "1.2.1"})]})
}

# Two rows marked KANN are functions that are asked for; one may be said in passing.
test_functions_that_may_be_offered_are_named if {
	wish := {"modality": "may", "optional": true}
	several := _says({"ai_component": [_hit(1, wish), _hit(2, wish)]})
	count(ai.named) == 2 with input as several
	not ai.applies with input as several
	count(ai.named) == 0 with input as _says({"ai_component": [_hit(1, wish)]})
}

# One sentence in passing, a list of wishes, options, questions, bans of automated decisions,
# and clauses on data that any contract may hold.
test_ai_in_passing_is_none if {
	every hits in [
		{"ai_component": [_hit(1, {})]},
		{"ai_component": [_hit(1, {"modality": "none"}), _hit(2, {"modality": "none"})]},
		{"ai_component": [_hit(1, {"modality": "may"}), _hit(2, {"optional": true})]},
		{"ai_component": [_hit(1, {"role": "question"}), _hit(2, {"role": "citation"}), _hit(3, {"role": "existing_estate"})]},
		{"ai_component": [_hit(1, {}), object.union(fake.hit(2, "risk"), {})]},
		{"ai_component": [_hit(1, {})], "no_training": [fake.hit(2, "met"), fake.hit(3, "met")]},
	] {
		not ai.applies with input as _says(hits)
	}
}

test_ways_to_a_model if {
	every way, model in {
		"layer": fake_ai.vendors(1, {"gateway": "litellm"}),
		"direct": fake_ai.vendors(1, {}),
		"fixed": fake_ai.vendors(1, {"configured": false}),
	} {
		ai.way(model) == way
	}

	# an address that nobody knows, and a name, both in settings
	ai.way(object.union(fake_ai.model(1, {}), {"configured": true, "endpoint": "llm.example.org"})) == "direct"
	ai.way(fake_ai.local(1, {})) == "layer"
	every model in [fake_ai.model(1, {}), fake_ai.local(1, {"configured": false}), object.remove(fake_ai.vendors(1, {"configured": false}), ["endpoint"])] {
		not ai.way(model)
	}
}

test_listed_once if {
	ai.listed([fake_ai.vendors(1, {}), object.remove(fake_ai.vendors(2, {}), ["provider"]), fake_ai.model(3, {})]) == {
		"names": ["model-1", "model-2", "model-3"],
		"count": 3,
		"providers": ["Vendor", "api.vendor.example"],
		"places": ["compose.yaml, line 1", "compose.yaml, line 2", "compose.yaml, line 3"],
	}
}

test_libraries_tell_where_nothing_else_does if {
	bound := object.union(fake_ai.facts, {"packages": [fake_ai.library("openai", "openai_platform", true)]})
	count(ai.libraries) == 1 with input as bound
	count(ai.libraries) == 0 with input as object.union(bound, {"models": [fake_ai.local(1, {})]})
}

test_a_family_gives_way_to_its_model if {
	family := fake_ai.vendors(1, {"name": "GPT", "product": "GPT", "term": "gpt"})
	member := fake_ai.vendors(2, {"name": "gpt-4o", "product": "GPT", "term": "gpt"})
	ai.listed([family, member]).names == ["gpt-4o"]
	ai.listed([family]).names == ["GPT"]
}

# Whoever sets the address changes the provider, over an API that many servers speak.
test_an_address_for_any_server_is_a_layer if {
	facts := {"models": [{"id": "m", "name": "OpenAI API", "configured": true, "any_server": true, "used_by": [], "evidence": [{}]}], "components": [], "packages": [], "topics": {}, "mentions": {}, "dossier": {}}
	[model.id | some model in ai.reached("layer")] == ["m"] with input as facts
	ai.swap == "met" with input as facts
}

# The default of a variable is not said to be reached over a layer that stands beside it.
test_a_default_beside_a_layer_is_left_aside if {
	gateway := {"id": "g", "name": "g", "kind": "gateway", "tags": ["ai_gateway"], "external": false, "sources": ["terraform"], "evidence": [{"path": "g"}]}
	assumed := {"id": "m", "name": "gpt", "configured": true, "assumed": true, "hosting": "service", "used_by": [], "evidence": [{}]}
	facts := {"models": [assumed], "components": [gateway], "packages": [], "topics": {}, "mentions": {}, "dossier": {}}
	count(ai.reached("layer")) == 0 with input as facts
	ai.swap == "met" with input as facts
	[model.id | some model in ai.reached("direct")] == ["m"] with input as object.union(facts, {"components": []})
	behind := object.union(assumed, {"gateway": "g"})
	[model.id | some model in ai.reached("layer")] == ["m"] with input as object.union(facts, {"models": [behind]})
}

test_a_gateway_is_no_provider if {
	ai.listed([fake_ai.model(1, {"gateway": "g", "endpoint": "litellm.example.org"})]).providers == []
	ai.listed([fake_ai.model(1, {"endpoint": "llm.example.org"})]).providers == ["llm.example.org"]
}
