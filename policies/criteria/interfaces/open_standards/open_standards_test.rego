package policies.criteria.interfaces.open_standards_test

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

_named(kind, changes) := {"mentions": {kind: [fake.mention("oidc", object.union({"open": true, "tags": ["identity"]}, changes))]}}

_interface := _demanded([1], {})

# Facts with interfaces that are to be delivered, and other hits.
_demanded(places, hits) := fake.topics(object.union(
	{
		"interface_required": [fake.hit(n, "met") | some n in places],
		"interface_duty": [fake.hit(n, "met") | some n in places],
	},
	hits,
))

_counts(findings) := {finding.code: finding.args.count | some finding in findings}

_asked(findings) := {finding.code | some finding in findings; finding.confidence < 0.5}

test_met_with_a_duty_for_all_interfaces if {
	facts := fake.topics({"open_standards": [fake.hit(1, "met")], "interface_required": [fake.hit(2, "met")]})
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
	open_standards.evidence == {fake.evidence(1)} with input as facts
}

test_met_where_proprietary_interfaces_are_ruled_out if {
	open_standards.rating == "met" with input as fake.topic("proprietary_interface", ["met"])
}

test_met_where_each_interface_names_its_standard if {
	facts := object.union(_interface, _named("protocol", {}))
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
	open_standards.evidence == {fake.evidence(1)} with input as facts
	open_standards.rating == "met" with input as object.union(_interface, _named("standard", {}))
}

test_met_where_a_standard_of_the_administration_is_named if {
	open_standards.rating == "met" with input as fake.topic("administration_standards", ["met"])
}

test_partly_where_a_standard_is_but_mentioned if {
	facts := fake.topic_as("administration_standards", ["met"], {"modality": "none"})
	open_standards.rating == "partly" with input as facts
	fake.codes(open_standards.findings) == {"mentioned"} with input as facts
	every finding in open_standards.findings { finding.confidence < 0.5 } with input as facts
}

test_met_where_a_list_names_several if {
	open_standards.rating == "met" with input as fake.topic_as("administration_standards", ["met", "met"], {"modality": "none"})
}

test_met_where_the_interface_has_a_formal_specification if {
	open_standards.rating == "met" with input as fake.topics({"interface_required": [fake.hit(1, "met")], "interface_specification": [fake.hit(1, "met")]})
}

# Traps 1, 4 and 8: what the name in the passage is worth.
test_other_names_do_not_make_an_interface_open if {
	every changes in [{"open": false}, {"negated": true}, {"role": "existing_estate"}, {"tags": ["network_security"]}, {"clause": "1.9.1", "evidence": fake.evidence(9)}] {
		facts := object.union(_interface, _named("protocol", changes))
		open_standards.rating == "not_met" with input as facts
		fake.codes(open_standards.findings) == {"unnamed"} with input as facts
	}
}

test_an_interface_to_existing_systems_counts if {
	open_standards.rating == "met" with input as object.union(_interface, _named("protocol", {"role": "integration_target"}))
}

test_partly_where_one_interface_of_two_is_named if {
	both := fake.topics({"interface_required": [fake.hit(1, "met"), fake.hit(2, "met")]})
	facts := object.union(both, _named("protocol", {}))
	open_standards.rating == "partly" with input as facts
	fake.codes(open_standards.findings) == {"unnamed"} with input as facts
	{finding.evidence | some finding in open_standards.findings} == {fake.evidence(2)} with input as facts
	count(open_standards.evidence) == 2 with input as facts
}

test_partly_where_standards_are_only_usual if {
	facts := fake.topic("open_standards", ["weak"])
	open_standards.rating == "partly" with input as facts
	fake.codes(open_standards.findings) == {"weak"} with input as facts
}

test_partly_where_the_standard_has_no_name if {
	facts := fake.topic("administration_standards", ["weak"])
	open_standards.rating == "partly" with input as facts
	fake.codes(open_standards.findings) == {"weak"} with input as facts
}

test_partly_where_proprietary_interfaces_need_reasons if {
	facts := fake.topic("proprietary_interface", ["weak"])
	open_standards.rating == "partly" with input as facts
	fake.codes(open_standards.findings) == {"exceptions_only"} with input as facts
}

test_a_duty_with_reasoned_exceptions_is_met if {
	facts := fake.topics({"open_standards": [fake.hit(1, "met")], "proprietary_interface": [fake.hit(2, "weak")]})
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topics({"open_standards": [fake.hit(1, "met")], "proprietary_interface": [fake.hit(2, "risk")]})
	open_standards.rating == "partly" with input as facts
	fake.codes(open_standards.findings) == {"risk"} with input as facts
}

test_missed_with_a_proprietary_interface if {
	facts := fake.topic("proprietary_interface", ["risk"])
	open_standards.rating == "not_met" with input as facts
	fake.codes(open_standards.findings) == {"risk"} with input as facts
	count(open_standards.evidence) == 1 with input as facts
}

# Trap 3: "unterstützt keine offenen Standards".
test_missed_where_open_standards_are_ruled_out if {
	excluded := fake.topic("open_standards", ["risk"])
	open_standards.rating == "not_met" with input as excluded
	fake.codes(open_standards.findings) == {"excluded"} with input as excluded
	both := fake.topics({"open_standards": [fake.hit(1, "risk")], "proprietary_interface": [fake.hit(1, "risk")]})
	fake.codes(open_standards.findings) == {"risk"} with input as both
}

test_missed_where_an_interface_names_nothing if {
	open_standards.rating == "not_met" with input as _interface
	fake.codes(open_standards.findings) == {"unnamed"} with input as _interface
	count(open_standards.evidence) == 1 with input as _interface
}

# A bare heading or list item may be settled elsewhere.
test_an_interface_that_is_not_demanded_outright_is_asked_about if {
	facts := fake.topic_as("interface_required", ["met"], {"modality": "none"})
	not open_standards.rating with input as facts
	fake.codes(open_standards.findings) == {"unnamed"} with input as facts
	every finding in open_standards.findings { finding.certainty == "unsure" } with input as facts
}

test_missed_where_the_interface_is_left_open if {
	facts := fake.topics({"interface_undefined": [fake.hit(1, "risk")], "interface_required": [fake.hit(1, "met")]})
	open_standards.rating == "not_met" with input as facts
	fake.codes(open_standards.findings) == {"undefined"} with input as facts
}

test_half_open_interfaces_are_asked_about if {
	facts := fake.topics({"interface_undefined": [fake.hit(2, "weak")], "interface_required": [fake.hit(1, "met")]})
	fake.codes(open_standards.findings) == {"undefined", "unnamed"} with input as facts
	{finding.certainty | some finding in open_standards.findings; finding.code == "undefined"} == {"unsure"} with input as facts
}

# What is bad in a passage is said once.
test_one_finding_per_passage if {
	facts := fake.topics({
		"proprietary_interface": [fake.hit(1, "risk")],
		"interface_undefined": [fake.hit(1, "risk")],
		"open_standards": [fake.hit(1, "weak")],
		"administration_standards": [fake.hit(1, "weak")],
		"interface_required": [fake.hit(1, "met")],
	})
	fake.codes(open_standards.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not open_standards.rating with input as fake.facts
	fake.codes(open_standards.findings) == {"missing"} with input as fake.facts
	hints := fake.topic("interface_required", ["weak", "risk"])
	not open_standards.rating with input as hints
	fake.codes(open_standards.findings) == {"missing"} with input as hints
}

# Trap 8: a question of a bidder sets no standard.
test_a_question_demands_nothing if {
	not open_standards.rating with input as fake.topic_as("open_standards", ["met"], {"role": "question"})
	not open_standards.rating with input as fake.topic_as("interface_required", ["met"], {"role": "staff_skill"})
}

test_an_open_format_names_the_exchange if {
	facts := object.union(_interface, {"mentions": {"format": [fake.mention("json", {"open": true, "tags": ["data"]})]}})
	open_standards.rating == "met" with input as facts
	closed := object.union(_interface, {"mentions": {"format": [fake.mention("xls", {"open": false, "tags": ["data"]})]}})
	open_standards.rating == "not_met" with input as closed
}

# A requirement is one unit: what one of its sentences names holds for the others.
test_a_standard_in_another_sentence_of_the_requirement_counts if {
	facts := object.union(_interface, _named("protocol", {"clause": "1.1.2"}))
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
}

_in_section(fact) := object.union(fact, {"evidence": {"section": "5.2 Schnittstellen"}})

# Which of the interfaces it is meant for, only a reader can tell.
test_a_standard_elsewhere_in_the_section_makes_it_a_question if {
	facts := object.union(
		fake.topics({"interface_required": [_in_section(fake.hit(1, "met"))], "interface_duty": [_in_section(fake.hit(1, "met"))]}),
		{"mentions": {"protocol": [_in_section(fake.mention("oidc", {"clause": "1.2.1", "open": true, "tags": ["identity"]}))]}},
	)
	not open_standards.rating with input as facts
	_asked(open_standards.findings) == {"unnamed"} with input as facts
}

test_one_finding_for_a_document if {
	facts := _demanded([1, 2, 3], {})
	_counts(open_standards.findings) == {"unnamed": 3} with input as facts
	{finding.evidence | some finding in open_standards.findings} == {fake.evidence(1)} with input as facts
	both := _demanded([1], {"interface_required": [fake.hit(1, "met"), fake.hit(2, "met")]})
	_counts(open_standards.findings) == {"unnamed": 1} with input as both
	_asked(open_standards.findings) == set() with input as both
}

# "The documentation of the API may be shared. Its use is free of charge."
test_sentences_about_a_known_interface_are_none_of_their_own if {
	every topic in ["interface_documentation", "interface_fees", "interface_versioning", "interface_deprecation"] {
		facts := _demanded([1, 2], {topic: [fake.hit(2, "weak")]})
		_counts(open_standards.findings) == {"unnamed": 1} with input as facts
		alone := _demanded([2], {topic: [fake.hit(2, "weak")]})
		_counts(open_standards.findings) == {"unnamed": 1} with input as alone
	}
}

# A condition, an example or a goal obliges to nothing.
test_an_interface_that_no_sentence_obliges_to_is_asked_about if {
	facts := fake.topics({"interface_required": [fake.hit(1, "met"), fake.hit(2, "met")]})
	not open_standards.rating with input as facts
	_asked(open_standards.findings) == {"unnamed"} with input as facts
	_counts(open_standards.findings) == {"unnamed": 2} with input as facts
}

# REST says how an interface is built, not what it exchanges.
test_partly_where_only_the_style_is_named if {
	facts := _demanded([1], {"interface_style": [fake.hit(1, "weak")]})
	open_standards.rating == "partly" with input as facts
	_counts(open_standards.findings) == {"style_only": 1} with input as facts
	both := _demanded([1, 2], {"interface_style": [fake.hit(1, "weak")]})
	open_standards.rating == "not_met" with input as both
	_counts(open_standards.findings) == {"style_only": 1, "unnamed": 1} with input as both
}

test_partly_where_everybody_may_read_and_use_the_interface if {
	facts := _demanded([1], {"interface_documentation": [fake.hit(2, "met")], "interface_fees": [fake.hit(3, "met")]})
	open_standards.rating == "partly" with input as facts
	_counts(open_standards.findings) == {"unnamed": 1} with input as facts
	open_standards.rating == "not_met" with input as _demanded([1], {"interface_fees": [fake.hit(3, "met")]})
}

# Trap 1: the standard of another system's interface is not the authority's choice.
test_interfaces_of_other_systems_are_asked_about_once if {
	facts := _demanded([1, 2], {"interface_target": [fake.hit(1, "met"), fake.hit(2, "met")]})
	not open_standards.rating with input as facts
	_asked(open_standards.findings) == {"target"} with input as facts
	_counts(open_standards.findings) == {"target": 2} with input as facts
}

test_a_described_interface_of_another_system_is_not_asked_about if {
	facts := _demanded([1, 2], {"interface_target": [fake.hit(1, "met"), fake.hit(2, "weak")]})
	not open_standards.rating with input as facts
	count(open_standards.findings) == 0 with input as facts
}

test_another_system_with_a_named_standard_counts if {
	facts := object.union(_demanded([1], {"interface_target": [fake.hit(1, "met")]}), _named("protocol", {}))
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
}

# An interface that the authority only describes is no evidence of open standards.
test_a_description_of_another_system_is_no_named_standard if {
	facts := _demanded([1], {"interface_target": [fake.hit(1, "weak")], "interface_specification": [fake.hit(1, "met")]})
	not open_standards.rating with input as facts
	count(open_standards.findings) == 0 with input as facts
}

test_a_standard_prescribed_by_law_is_named if {
	open_standards.rating == "met" with input as _demanded([1], {"prescribed_standards": [fake.hit(1, "met")]})
	usual := fake.topics({"open_standards": [fake.hit(1, "weak")], "prescribed_standards": [fake.hit(1, "met")]})
	not open_standards.rating with input as usual
	count(open_standards.findings) == 0 with input as usual
}

# Encryption follows standards of its own, which say nothing of an exchange.
test_usual_standards_of_encryption_are_no_interface if {
	facts := fake.topics({"open_standards": [fake.hit(1, "weak")], "security_protocols": [fake.hit(1, "met")]})
	not open_standards.rating with input as facts
	fake.codes(open_standards.findings) == {"missing"} with input as facts
}

test_usual_standards_of_a_secured_interface_are_asked_about if {
	facts := fake.topics({"open_standards": [fake.hit(1, "weak")], "security_protocols": [fake.hit(1, "met")], "interface_required": [fake.hit(1, "met")]})
	open_standards.rating == "partly" with input as facts
	_asked(open_standards.findings) == {"weak"} with input as facts
}

test_not_applicable_to_what_stands_alone if {
	alone := fake.topic("standalone", ["met"])
	open_standards.not_applicable == "standalone" with input as alone
	exchanging := fake.topics({"standalone": [fake.hit(1, "met")], "interface_required": [fake.hit(2, "met")]})
	not open_standards.not_applicable with input as exchanging
}

# "Welche Daten in welchem System führend gehalten werden, wird im Feinkonzept festgelegt."
test_what_is_open_beside_an_open_end_is_told_once if {
	near := fake.topics({"interface_undefined": [_in_section(fake.hit(1, "weak")), _in_section(fake.hit(2, "risk"))]})
	{found.evidence | some found in open_standards.findings with input as near; found.code == "undefined"} == {_in_section(fake.hit(2, "risk")).evidence}
	far := fake.topics({"interface_undefined": [fake.hit(1, "weak"), _in_section(fake.hit(2, "risk"))]})
	count([found | some found in open_standards.findings with input as far; found.code == "undefined"]) == 2
}

test_what_is_to_be_filled_in_is_asked_once if {
	facts := fake.topics({"interface_placeholder": [fake.hit(1, "met"), fake.hit(4, "met")]})
	[[found.evidence, found.args, found.certainty] | some found in open_standards.findings; found.code == "placeholder"] == [[fake.evidence(1), {"count": 2, "places": ["a.md, line 1", "a.md, line 4"]}, "unsure"]] with input as facts
}

# The solution.
_drawn := [fake_graph.custom("a", {}), fake_graph.custom("b", {}), fake_graph.component("register", {"external": true})]

test_graph_met_where_edges_follow_open_standards if {
	facts := fake_graph.drawn(_drawn, [fake_graph.open("a", "b", {}), fake_graph.edge("b", "register", {"protocol": "https"})])
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
	open_standards.evidence == {fake_graph.place("a-b")} with input as facts
}

test_graph_partly_where_one_protocol_is_a_firms if {
	facts := fake_graph.drawn(_drawn, [
		fake_graph.open("a", "b", {}),
		fake_graph.closed("a", "register", {}),
		fake_graph.closed("b", "register", {}),
		fake_graph.edge("b", "a", {}),
	])
	open_standards.rating == "partly" with input as facts

	# Five edges of one protocol are one finding.
	{[finding.code, finding.args.protocol, finding.args.count] | some finding in open_standards.findings} == {["closed", "Oracle Net", 2]} with input as facts
}

test_graph_missed_where_all_are_a_firms if {
	facts := fake_graph.drawn(_drawn, [fake_graph.closed("a", "b", {"standard": "MAPI"})])
	open_standards.rating == "not_met" with input as facts
	fake.codes(open_standards.findings) == {"closed"} with input as facts
}

test_graph_silent_where_no_protocol_is_told if {
	facts := fake_graph.drawn(_drawn, [fake_graph.edge("a", "b", {}), fake_graph.open("b", "register", {"term": "tls"})])
	not open_standards.rating with input as facts
	fake.codes(open_standards.findings) == {"untold"} with input as facts
	fake_values.unsure(open_standards.findings) == {"untold"} with input as facts
}

test_graph_and_text_together if {
	duty := fake.topic("open_standards", ["met"])
	open_standards.rating == "met" with input as fake_graph.with_text(duty, _drawn, [fake_graph.edge("a", "b", {})])
	count(open_standards.findings) == 0 with input as fake_graph.with_text(duty, _drawn, [fake_graph.edge("a", "b", {})])
	open_standards.rating == "not_met" with input as fake_graph.with_text(duty, _drawn, [fake_graph.closed("a", "b", {})])
}

_scanner(interface) := fake_graph.drawn(
	[fake_graph.custom("app", {}), fake_graph.component("scanner", {"external": true})],
	[object.remove(fake_graph.edge("", "scanner", interface), ["from"])],
)

test_partly_where_only_a_maker_lays_it_down if {
	every interface in [{"name": "nach Herstellervorgabe"}, {"protocol": "vendor-specific"}] {
		facts := _scanner(interface)
		open_standards.rating == "partly" with input as facts
		[[found.code, found.args.names] | some found in open_standards.findings] == [["by_maker", ["scanner"]]] with input as facts
		open_standards.evidence == {fake_graph.place("-scanner")} with input as facts
	}
	fake.codes(open_standards.findings) == {"missing"} with input as _scanner({"name": "REST"})
}

# What a text on the architecture draws, nobody prices by it.
test_an_architecture_is_not_asked_for_descriptions if {
	facts := _demanded([1], {"interface_target": [fake.hit(1, "met")]})
	_asked(open_standards.findings) == {"target"} with input as facts
	drawn := object.union(facts, {"documents": [object.union(document, {"role": "architecture"}) | some document in facts.documents]})
	count(open_standards.findings) == 0 with input as drawn
}

_offered(changes) := fake_graph.drawn([fake_graph.custom("app", {})], [object.union(fake_graph.specified("app", {}), changes)])

test_met_where_a_file_describes_the_interface if {
	facts := _offered({"formats": ["application/json"]})
	open_standards.rating == "met" with input as facts
	count(open_standards.findings) == 0 with input as facts
	every changes in [{"open": false}, {"formats": ["application/vnd.firm"]}] {
		not open_standards.rating with input as _offered(changes)
	}
}

# Files for operation name other systems by chance only; see EX-02.
test_files_for_operation_are_not_asked_for_other_systems if {
	facts := object.union(fake.dossier({"kind": fake.declared("architecture")}), {"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]})
	count(open_standards.findings) == 0 with input as facts
	drawn := object.union(facts, {"documents": [{"path": "a", "format": "plantuml", "role": "architecture", "source": "inferred", "clauses": 0}]})
	fake.codes(open_standards.findings) == {"missing"} with input as drawn
}

_also(findings) := {finding.args.also | some finding in findings}

# What else is open of an interface is asked in the same breath, and where that is told
# point by point, not here.
test_other_terms_are_asked_with_the_standard if {
	_also(open_standards.findings) == {["IF-02", "IF-03", "IF-04"]} with input as _interface
	settled := _demanded([1], {"interface_specification": [fake.hit(2, "met")], "interface_documentation": [fake.hit(2, "met")]})
	_also(open_standards.findings) == {["IF-04", "IF-05", "IF-07"]} with input as settled
	style := _demanded([1], {"interface_style": [fake.hit(1, "weak")]})
	_also(open_standards.findings) == {["IF-03", "IF-04"]} with input as style
	complete := object.union(_interface, {"dossier": {"complete": fake.declared(true)}})
	_also(open_standards.findings) == {[]} with input as complete
	asked := fake.topics({"interface_required": [fake.hit(1, "met")]})
	_also(open_standards.findings) == {[]} with input as asked
}

test_all_places_are_told if {
	{finding.args.places | some finding in open_standards.findings} == {["a.md, line 1", "a.md, line 2"]} with input as _demanded([1, 2], {})
	others := _demanded([1, 2], {"interface_target": [fake.hit(1, "met"), fake.hit(2, "met")]})
	{finding.args.places | some finding in open_standards.findings} == {["a.md, line 1", "a.md, line 2"]} with input as others
}

# Beside an interface whose standard is certainly lacking, none in another document is
# asked about.
test_one_finding_for_the_same_interface_in_two_documents if {
	elsewhere := object.union(fake.hit(2, "met"), {"evidence": object.union(fake.evidence(2), {"path": "b.md"})})
	facts := _demanded([1], {"interface_required": [fake.hit(1, "met"), elsewhere]})
	_counts(open_standards.findings) == {"unnamed": 1} with input as facts
	_asked(open_standards.findings) == set() with input as facts
}

# "APIs generated by CKAN".
test_the_interface_of_an_open_product_is_published if {
	facts := object.union(
		_demanded([1], {"interface_of_product": [fake.hit(1, "met")]}),
		{"mentions": {"product": [fake.mention("ckan", {"open": true, "tags": ["participation"]}), fake.mention("", {"name": "DataStore"})]}},
	)
	count(open_standards.findings) == 0 with input as facts
	every changes in [{"open": false}, {"open": true, "clause": "1.9.1"}] {
		other := object.union(
			_demanded([1], {"interface_of_product": [fake.hit(1, "met")]}),
			{"mentions": {"product": [fake.mention("portal", changes)]}},
		)
		fake.codes(open_standards.findings) == {"unnamed"} with input as other
	}
}

# What is paid for is described elsewhere.
test_a_price_sheet_names_no_standards if {
	facts := object.union(_interface, {"documents": [{"path": "a.md", "format": "xlsx", "role": "price_sheet", "source": "declared", "clauses": 1}]})
	count(open_standards.findings) == 0 with input as facts
}

test_a_table_of_types_leaves_nothing_open if {
	facts := fake.topics({"interface_undefined": [fake.hit(1, "weak")], "requirement_types": [fake.hit(1, "met")], "interface_required": [fake.hit(2, "weak")]})
	fake.codes(open_standards.findings) == {"missing"} with input as facts
}

test_the_standard_of_another_system_is_not_asked_about if {
	facts := object.union(
		fake.topics({"interface_required": [object.union(fake.hit(1, "met"), {"modality": "none"})], "interface_target": [object.union(fake.hit(1, "met"), {"modality": "none"})]}),
		_named("protocol", {}),
	)
	count(open_standards.findings) == 0 with input as facts
}

_architecture := {"dossier": {"kind": fake.declared("architecture")}}

# "Provides an API", and a table beside it tells JSON over HTTP.
test_an_architecture_need_not_repeat_its_standards if {
	facts := object.union_n([_interface, _architecture, _named("protocol", {"clause": "1.9.1"})])
	count(open_standards.findings) == 0 with input as facts
	query := object.union_n([_interface, _architecture, _named("standard", {"clause": "1.9.1", "term": "sql_standard"})])
	fake.codes(open_standards.findings) == {"unnamed"} with input as query
}

# FHIR at an arrow of a drawing within the text.
test_a_drawing_in_a_text_names_standards if {
	every kind in ["protocol", "standard"] {
		facts := object.union_n([fake.facts, _architecture, _named(kind, {"role": "citation"})])
		count(open_standards.findings) == 0 with input as facts
		fake.codes(open_standards.findings) == {"missing"} with input as object.union(facts, _named(kind, {"role": "citation", "open": false}))
	}
}

# "The interface publishes news as an RSS feed."
test_feeds_go_by_a_standard if {
	open_standards.rating == "met" with input as fake.topics({"interface_required": [fake.hit(1, "met")], "news_feed": [fake.hit(1, "weak")]})
}
