package policies.criteria.lock_in.custom_code_test

import data.policies.criteria.lock_in.custom_code
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

_custom := fake.dossier({"service_model": fake.declared("custom")})

_written_in(changes) := object.union(
	_custom,
	{"mentions": {"product": [fake.mention("python", object.union({"tags": ["language", "technology"], "open": true}, changes))]}},
)

test_met_in_portable_notations if {
	facts := fake.topic("custom_platform_code", ["met"])
	custom_code.rating == "met" with input as facts
	count(custom_code.findings) == 0 with input as facts
	custom_code.evidence == {fake.evidence(0)} with input as facts
}

test_met_in_an_open_language if {
	custom_code.rating == "met" with input as _written_in({})
	custom_code.evidence == {fake.evidence(1)} with input as _written_in({})
}

# Traps 1 and 8: a language of what is in use, of somebody's skills or of one vendor.
test_other_languages_say_nothing if {
	every changes in [{"open": false}, {"role": "staff_skill"}, {"role": "existing_estate"}, {"tags": ["database"]}, {"negated": true}] {
		not custom_code.rating with input as _written_in(changes)
	}
}

test_a_language_says_nothing_where_nothing_is_made if {
	facts := object.union(_written_in({}), {"dossier": {"service_model": fake.declared("saas")}})
	not custom_code.rating with input as object.remove(facts, ["dossier"])
	custom_code.not_applicable == "no_custom_code" with input as facts
}

test_partly_where_models_can_be_exported if {
	facts := fake.topic("custom_platform_code", ["weak"])
	custom_code.rating == "partly" with input as facts
	fake.codes(custom_code.findings) == {"weak"} with input as facts
}

test_partly_where_only_some_is_bound if {
	facts := fake.topic("custom_platform_code", ["met", "risk", "weak"])
	custom_code.rating == "partly" with input as facts
	fake.codes(custom_code.findings) == {"risk"} with input as facts
}

test_missed_in_the_vendors_tool if {
	facts := fake.topic("custom_platform_code", ["risk"])
	custom_code.rating == "not_met" with input as facts
	fake.codes(custom_code.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for_where_code_is_commissioned if {
	not custom_code.rating with input as _custom
	not custom_code.not_applicable with input as _custom
	fake.codes(custom_code.findings) == {"missing"} with input as _custom
}

test_asked_where_rules_are_kept_in_a_database if {
	facts := fake.topic_in(_custom, "database_logic", ["met"])
	not custom_code.rating with input as facts
	fake.codes(custom_code.findings) == {"database"} with input as facts
	told := fake.topics({"database_logic": [fake.hit(1, "met")], "custom_platform_code": [fake.hit(2, "met")]})
	count(custom_code.findings) == 0 with input as told
	count(custom_code.findings) == 0 with input as fake.topic_as("database_logic", ["met"], {"role": "existing_estate"})
}

test_whoever_gets_the_code_is_not_asked if {
	count(custom_code.findings) == 0 with input as fake.topic_in(_custom, "usage_rights", ["met"])
}

test_not_applicable_where_nothing_is_made if {
	custom_code.not_applicable == "no_custom_code" with input as fake.facts
	count(custom_code.findings) == 0 with input as fake.facts
	not custom_code.not_applicable with input as fake.topic("source_code", ["met"])
}

# Trap 8: a glossary binds nothing.
test_a_definition_says_nothing if {
	not custom_code.rating with input as fake.topic_as("custom_platform_code", ["risk"], {"role": "definition"})
}

# The solution.
_platform := fake_graph.known("platform", false, {"tags": ["low_code"]})

_process(id, changes) := object.union({"id": id, "type": "bpmn.process", "evidence": fake_graph.place(id)}, changes)

test_graph_missed_where_all_is_modelled_on_a_platform if {
	facts := fake_graph.drawn([_platform, fake_graph.known("postgres", true, {})], [])
	custom_code.rating == "not_met" with input as facts
	fake.codes(custom_code.findings) == {"platform"} with input as facts
	custom_code.evidence == {fake_graph.place("platform")} with input as facts
}

test_graph_partly_where_there_is_code_too if {
	custom_code.rating == "partly" with input as fake_graph.drawn([_platform, fake_graph.custom("app", {})], [])
}

test_graph_asks_about_extensions_of_an_engine if {
	facts := object.union(fake_graph.drawn([fake_graph.custom("app", {})], []), {"resources": [
		_process("a", {"provider": "engine", "name": "Antrag"}),
		_process("b", {"provider": "engine"}),
		_process("c", {}),
		{"id": "d", "type": "aws_instance", "provider": "aws", "evidence": fake_graph.place("d")},
	]})
	custom_code.rating == "partly" with input as facts
	{[finding.args.engine, finding.args.names] | some finding in custom_code.findings} == {["engine", ["Antrag", "b"]]} with input as facts
	fake_values.unsure(custom_code.findings) == {"extended"} with input as facts
	custom_code.evidence == {fake_graph.place("a"), fake_graph.place("b")} with input as facts
}

_written(id, open) := fake_graph.custom(id, {"languages": [{"name": upper(id), "open": open}]})

test_graph_met_with_languages_that_are_no_makers if {
	facts := fake_graph.drawn([_written("go", true), fake_graph.custom("app", {})], [])
	custom_code.rating == "met" with input as facts
	custom_code.evidence == {fake_graph.place("go")} with input as facts
	count(custom_code.findings) == 0 with input as facts
	not custom_code.rating with input as fake_graph.drawn([_written("go", true), fake_graph.custom("app", {}), fake_graph.custom("web", {})], [])
}

test_graph_tells_languages_of_one_maker if {
	facts := fake_graph.drawn([_written("abap", false)], [])
	custom_code.rating == "not_met" with input as facts
	fake.codes(custom_code.findings) == {"language"} with input as facts
	{finding.args.languages | some finding in custom_code.findings} == {["ABAP"]} with input as facts
	custom_code.rating == "partly" with input as fake_graph.drawn([_written("abap", false), _written("go", true)], [])
}

test_graph_knows_own_code_by_its_language if {
	custom_code.rating == "met" with input as fake_graph.drawn([_drawn({})], [])
	not custom_code.rating with input as fake_graph.drawn([_drawn({"term": "product"})], [])
	not custom_code.rating with input as fake_graph.drawn([_drawn({"image": "others/app"})], [])
}

_drawn(changes) := fake_graph.component("app", object.union({"sources": ["structurizr"], "languages": [{"name": "Java", "open": true}]}, changes))

# What it is written in, nobody told: no merit and no risk.
test_graph_silent_on_custom_code if {
	facts := fake_graph.drawn([fake_graph.custom("app", {}), fake_graph.known("open", true, {"tags": ["low_code"]}), object.union(_platform, {"external": true})], [])
	not custom_code.rating with input as facts
	not custom_code.not_applicable with input as facts
	count(custom_code.findings) == 0 with input as facts
}
