package policies.criteria.community.licence_test

import data.policies.criteria.community.licence
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

# _under is a sentence on publication under a licence.
_under(changes) := object.union(
	fake.topics({"open_source_publication": [fake.hit(1, "met")]}),
	{"mentions": {"licence": [fake.mention("x", changes)]}},
)

_repository(licences) := object.union(fake.facts, {"repositories": [{"licence": {"expression": "X", "licences": licences, "evidence": fake.evidence(3)}}]})

# _granted adds rights in what is published: without them CE-07 asks.
_granted(facts) := fake.topic_in(facts, "usage_rights", ["met"])

test_asked_with_the_rights if {
	published := fake.topic("open_source_publication", ["met"])
	licence.rating == "partly" with input as published
	licence.evidence == {fake.evidence(0)} with input as published
	count(licence.findings) == 0 with input as published
	drawn := object.union(published, {"dossier": {"kind": fake.inferred("architecture")}})
	fake.codes(licence.findings) == {"no_licence"} with input as drawn
}

test_met_where_an_approved_licence_is_demanded if {
	facts := fake.topic("software_licence", ["met"])
	licence.rating == "met" with input as facts
	count(licence.findings) == 0 with input as facts
	count(licence.evidence) == 1 with input as facts
}

test_met_where_one_is_named if {
	facts := _under({"open": true, "tags": ["open_source", "copyleft"]})
	licence.rating == "met" with input as facts
	count(licence.findings) == 0 with input as facts
}

# "unter der freien Lizenz EUPL-1.2"
test_a_name_says_more_than_free if {
	facts := object.union(_under({"open": true, "tags": ["open_source"]}), {"topics": {"software_licence": [fake.hit(1, "weak")]}})
	licence.rating == "met" with input as facts
	count(licence.findings) == 0 with input as facts
}

# "Published under an Open Source license | … under the Apache 2 License", cell by cell
test_the_next_cell_names_it if {
	facts := object.union(fake.topics({"software_licence": [fake.hit(1, "weak")], "open_source_publication": [fake.hit(2, "met")]}), {
		"mentions": {"licence": [fake.mention("x", {"open": true, "tags": ["open_source"], "clause": "1.2.1"})]},
		"clauses": {"1.1.1": {"statement": "1.1.0"}, "1.2.1": {"statement": "1.1.0"}},
	})
	licence.rating == "met" with input as facts
	count(licence.findings) == 0 with input as facts
	apart := object.union(facts, {"clauses": {"1.2.1": {"statement": "1.2.1"}}})
	fake.codes(licence.findings) == {"weak"} with input as json.patch(apart, [{"op": "replace", "path": "/topics/open_source_publication", "value": []}])
}

test_met_where_a_repository_declares_one if {
	licence.rating == "met" with input as _repository([{"id": "MIT", "known": true, "osi": true}])
}

test_partly_where_a_repository_declares_another if {
	facts := _repository([{"id": "MIT", "known": true, "osi": true}, {"id": "X", "known": false, "osi": false}])
	licence.rating == "partly" with input as facts
	[[found.code, found.args.licence] | some found in licence.findings] == [["unlisted", "X"]] with input as facts
}

test_partly_under_a_licence_for_content if {
	facts := _under({"open": true, "tags": ["content"]})
	licence.rating == "partly" with input as facts
	fake.codes(licence.findings) == {"unlisted"} with input as facts
}

test_partly_where_it_is_only_called_free if {
	facts := fake.topic("software_licence", ["weak"])
	licence.rating == "partly" with input as facts
	fake.codes(licence.findings) == {"weak"} with input as facts
}

test_partly_where_publication_names_no_licence if {
	facts := _granted(fake.topic("open_source_publication", ["met", "met"]))
	licence.rating == "partly" with input as facts
	fake_values.unsure(licence.findings) == {"no_licence"} with input as facts
	fake_values.places_of(licence.findings) == {fake.evidence(0)} with input as facts
}

test_missed_where_it_is_not_open if {
	facts := _under({"open": false, "tags": ["source_available"]})
	licence.rating == "not_met" with input as facts
	fake.codes(licence.findings) == {"not_open"} with input as facts
	licence.rating == "not_met" with input as fake.topic("software_licence", ["risk"])
	fake.codes(licence.findings) == {"risk"} with input as fake.topic("software_licence", ["risk"])
}

test_silent_is_not_applicable if {
	not licence.rating with input as fake.facts
	licence.not_applicable == "no_open_licence" with input as fake.facts
	count(licence.findings) == 0 with input as fake.facts
	licence.not_applicable == "no_open_licence" with input as object.union(fake.facts, {"repositories": [{"name": "x"}]})
}

# A component's own licence, named elsewhere, is not what is demanded.
test_the_licence_of_a_part_demands_nothing if {
	facts := fake.mentions({"licence": [fake.mention("busl", {"tags": ["source_available"]})]})
	not licence.rating with input as facts
}

# Traps 3 and 8: what is ruled out or an example demands nothing.
test_what_is_ruled_out_demands_nothing if {
	every changes in [{"negated": true}, {"role": "example"}] {
		facts := _granted(_under(object.union({"open": false, "tags": ["source_available"]}, changes)))
		licence.rating == "partly" with input as facts
		fake.codes(licence.findings) == {"no_licence"} with input as facts
	}
	denied := object.union(_granted(_under({"open": false, "tags": ["source_available"]})), {"clauses": {"1.1.1": {"negated": true}}})
	fake.codes(licence.findings) == {"no_licence"} with input as denied
}

_beside(tags) := object.union(
	fake.topic("software_licence", ["weak"]),
	{"mentions": {"licence": [fake.mention("x", {"clause": "1.0.2", "open": true, "tags": tags})]}},
)

# "Veröffentlicht wird unter freier Lizenz. Gewählt ist die EUPL-1.2."
test_met_where_the_next_sentence_names_one if {
	licence.rating == "met" with input as _beside(["open_source"])
	count(licence.findings) == 0 with input as _beside(["open_source"])
	fake.codes(licence.findings) == {"weak"} with input as _beside(["content"])
}

test_the_public_domain_is_asked_how if {
	facts := fake.topics({"open_source_publication": [fake.hit(1, "met")], "public_domain": [fake.hit(2, "weak"), fake.hit(3, "weak")]})
	licence.rating == "partly" with input as facts
	fake_values.unsure(licence.findings) == {"public_domain"} with input as facts
	fake_values.places_of(licence.findings) == {fake.evidence(2)} with input as facts
	count(licence.evidence) == 2 with input as facts
	licence.rating == "partly" with input as fake.topic("public_domain", ["weak"])
}

# The buyer's policy, or the duty to list all licences, answers under which one.
test_not_rated_where_a_rule_is_named if {
	every hits in [[], [fake.hit(2, "weak")]] {
		facts := fake.topics({"open_source_publication": [fake.hit(1, "met")], "licence_rule": [fake.hit(3, "met")], "public_domain": hits})
		not licence.rating with input as facts
		not licence.not_applicable with input as facts
		count(licence.evidence) == 0 with input as facts
		count(licence.findings) == 0 with input as facts
	}
}

test_a_rule_in_a_question_is_none if {
	facts := _granted(fake.topics({"open_source_publication": [fake.hit(1, "met")], "licence_rule": [object.union(fake.hit(3, "met"), {"role": "question"})]}))
	fake.codes(licence.findings) == {"no_licence"} with input as facts
}

# "Creative Commons Zero (CC0)"
test_met_where_rights_are_given_up_by_name if {
	mention := fake.mention("cc0", {"open": true, "tags": ["content", "public_domain"]})
	facts := object.union(fake.topics({"public_domain": [fake.hit(1, "weak")]}), {"mentions": {"licence": [mention, object.union(mention, {"evidence": fake.evidence(8)})]}})
	licence.rating == "met" with input as facts
	count(licence.findings) == 0 with input as facts
}

test_a_licence_that_may_be_granted_is_no_demand if {
	facts := fake.topics({"software_licence": [fake.hit(1, "met")], "open_source_publication": [object.union(fake.hit(1, "weak"), {"optional": true, "modality": "may"})]})
	not licence.rating with input as facts
	licence.rating == "met" with input as fake.topic("software_licence", ["met"])
}

test_a_waiver_is_told_where_nobody_wants_the_public_domain if {
	facts := object.union(fake.topics({"open_source_publication": [fake.hit(1, "met")]}), {"mentions": {"licence": [fake.mention("cc0", {"open": true, "tags": ["content", "public_domain"]})]}})
	[found.code | some found in licence.findings] == ["waiver"] with input as facts
}

# The solution.
_cache := fake_graph.known("cache", false, {"licence": "RSALv2"})

_restricted(name) := {"name": name, "direct": true, "licences": [{"id": "BUSL-1.1", "known": true, "osi": false}], "evidence": fake_graph.place(name)}

test_graph_asks_about_source_that_is_only_available if {
	facts := object.union(fake_graph.drawn([_cache], []), {"packages": [_restricted("one"), _restricted("two")]})
	licence.rating == "partly" with input as facts
	{[finding.args.licence, finding.args.names] | some finding in licence.findings} == {["BUSL-1.1", ["one", "two"]], ["RSALv2", ["CACHE"]]} with input as facts
	fake_values.unsure(licence.findings) == {"source_available"} with input as facts
	count(licence.evidence) == 3 with input as facts
}

test_graph_leaves_other_licences_alone if {
	open := {"id": "AGPL-3.0-only", "known": true, "osi": true}
	choice := object.union(_restricted("choice"), {"licences": [{"id": "SSPL-1.0", "known": true, "osi": false}, open]})
	deep := object.union(_restricted("deep"), {"direct": false})
	content := object.union(_restricted("content"), {"licences": [{"id": "CC-BY-4.0", "known": true, "osi": false}]})
	facts := object.union(
		fake_graph.drawn([fake_graph.known("erp", false, {"licence": "proprietary"}), object.union(_cache, {"external": true})], []),
		{"packages": [choice, deep, content]},
	)
	licence.not_applicable == "no_open_licence" with input as facts
	count(licence.findings) == 0 with input as facts
}

# "Third-party software must be open source", and a charting library that is none.
test_a_part_against_the_projects_own_rule_is_asked_about if {
	library := fake.mention("charts", {"name": "Charts", "tags": ["framework"]})
	facts := object.union(
		fake.topics({"open_parts_only": [fake.hit(1, "met")]}),
		{"dossier": {"kind": fake.declared("architecture")}, "mentions": {"product": [library]}},
	)
	[found.args.names | some found in licence.findings] == [["Charts"]] with input as facts
	every change in [{"open": true}, {"term": ""}, {"role": "integration_target"}, {"negated": true}, {"tags": ["operating_system"]}] {
		others := {"mentions": {"product": [object.union(library, change)]}}
		count(licence.findings) == 0 with input as object.union(facts, others)
	}
	tender := object.union(facts, {"dossier": {"kind": fake.declared("tender")}})
	count(licence.findings) == 0 with input as tender
	unruled := object.union(object.remove(facts, ["topics"]), {"topics": fake.facts.topics})
	count(licence.findings) == 0 with input as unruled
}

# _stating draws a solution under AGPL whose interface is described under another licence.
_stating(stated) := fake_graph.drawn(
	[fake_graph.custom("app", {"licence": "AGPL-3.0-only", "sources": ["publiccode"]})],
	[fake_graph.specified("app", {"licence": stated})],
)

test_two_licences_of_one_solution_are_asked_about if {
	[found.args.licences | some found in licence.findings] == [["AGPL-3.0-only", "EUPL-1.2"]] with input as _stating("EUPL-1.2")
	every same in ["AGPL-3.0", "AGPL-3.0-only", "CC-BY-4.0", "Our terms of use"] {
		count(licence.findings) == 0 with input as _stating(same)
	}
}

_at(n, quote) := {"path": "openapi.yaml", "line": n, "place": sprintf("line %d", [n]), "quote": quote}

# Both places are those of the licences, where the files tell them.
test_two_licences_are_shown_where_they_stand if {
	offered := object.union(fake_graph.specified("app", {"licence": "EUPL-1.2"}), {"evidence": [_at(3, "title: Termin"), _at(9, "name: EUPL-1.2")]})
	declared := {"name": "app", "licence": {"expression": "AGPL-3.0-only", "licences": [], "evidence": _at(7, "license: AGPL-3.0-only")}}
	facts := object.union(
		fake_graph.drawn([fake_graph.custom("app", {"licence": "AGPL-3.0-only", "sources": ["publiccode"]})], [offered]),
		{"repositories": [declared]},
	)
	some found in licence.findings with input as facts
	found.code == "two_licences"
	found.evidence.line == 9
	found.args.places == ["line 7", "line 9"]
}

# "Develop an open source application"
test_an_open_result_is_asked_for_its_licence if {
	facts := fake.topic("open_result", ["met"])
	not licence.rating with input as facts
	not licence.not_applicable with input as facts
	fake.codes(licence.findings) == {"open_result"} with input as facts
	licence.not_applicable == "no_open_licence" with input as fake.facts
	not "open_result" in fake.codes(licence.findings) with input as fake.topic_in(facts, "licence_rule", ["met"])
	not "open_result" in fake.codes(licence.findings) with input as fake.topic_in(facts, "open_source_publication", ["met"])
	count(licence.findings) == 0 with input as object.union(fake.read_as(["guidance"]), {"topics": facts.topics})
}
