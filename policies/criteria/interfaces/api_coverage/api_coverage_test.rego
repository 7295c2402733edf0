package policies.criteria.interfaces.api_coverage_test

import data.policies.criteria.interfaces.api_coverage
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_all_can_be_read_and_written if {
	facts := fake.topic("api_coverage", ["met"])
	api_coverage.rating == "met" with input as facts
	count(api_coverage.findings) == 0 with input as facts
	count(api_coverage.evidence) == 1 with input as facts
}

test_partly_where_a_part_is_covered if {
	facts := fake.topic("api_coverage", ["weak"])
	api_coverage.rating == "partly" with input as facts
	fake.codes(api_coverage.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("api_coverage", ["met", "risk"])
	api_coverage.rating == "partly" with input as facts
	fake.codes(api_coverage.findings) == {"risk"} with input as facts
}

test_missed_where_the_user_interface_is_the_only_way if {
	facts := fake.topic("api_coverage", ["risk"])
	api_coverage.rating == "not_met" with input as facts
	fake.codes(api_coverage.findings) == {"risk"} with input as facts
}

# An interface whose terms stand in other papers is not asked about.
test_silent_is_not_asked_for if {
	every hits in [{}, _delivered, {"interface_fees": [fake.hit(1, "met")]}] {
		facts := fake.topics(hits)
		not api_coverage.rating with input as facts
		count(api_coverage.findings) == 0 with input as facts
	}
}

test_silent_is_asked_for_where_other_terms_are_settled if {
	every subject in ["interface_documentation", "interface_fees", "interface_versioning", "interface_deprecation"] {
		facts := fake.topics(object.union(_delivered, {subject: [fake.hit(3, "met")], "interface_specification": [fake.hit(4, "met")], "open_standards": [fake.hit(9, "met")]}))
		not api_coverage.rating with input as facts
		fake.codes(api_coverage.findings) == {"missing"} with input as facts
		fake_values.places_of(api_coverage.findings) == {fake.evidence(1)} with input as facts
	}
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(api_coverage.findings) == {"missing"} with input as facts
}

# Trap 1: what another system's interface covers is its owner's choice.
test_interfaces_of_other_systems_do_not_count if {
	facts := fake.topics({"api_coverage": [fake.hit(1, "weak")], "interface_target": [fake.hit(1, "met")]})
	not api_coverage.rating with input as facts
	count(api_coverage.findings) == 0 with input as facts
}

_delivered := {"interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")]}

test_partly_where_it_is_an_option if {
	facts := fake.option("api_coverage")
	api_coverage.rating == "partly" with input as facts
	fake.codes(api_coverage.findings) == {"optional"} with input as facts
}

# The solution.
_reading := object.union(fake_graph.specified("app", {}), {"writes": false, "name": "Register API"})

test_graph_partly_where_interfaces_only_read if {
	facts := fake_graph.drawn([fake_graph.custom("app", {})], [_reading])
	api_coverage.rating == "partly" with input as facts
	{finding.args.names | some finding in api_coverage.findings} == {["Register API"]} with input as facts
	fake_values.unsure(api_coverage.findings) == {"read_only"} with input as facts
	api_coverage.evidence == {fake_graph.place("app")} with input as facts
}

test_graph_asks_where_one_writes if {
	facts := fake_graph.drawn([fake_graph.custom("app", {})], [_reading, object.union(fake_graph.specified("app", {}), {"id": "second"})])
	api_coverage.rating == "partly" with input as facts
	fake.codes(api_coverage.findings) == {"described"} with input as facts
	fake_values.unsure(api_coverage.findings) == {"described"} with input as facts
}

# IF-01 asks at the same sentence and names what else is open.
test_silent_beside_a_question_on_the_interface_itself if {
	facts := fake.topics(object.union(_delivered, {"interface_fees": [fake.hit(3, "met")]}))
	count(api_coverage.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(api_coverage.findings) == {"missing"} with input as complete
}

# "APIs for datasets are generated." Whoever describes the interface tells what it covers.
test_silent_beside_a_question_for_the_description if {
	facts := fake.topics(object.union(_delivered, {"interface_fees": [fake.hit(3, "met")], "open_standards": [fake.hit(9, "met")]}))
	count(api_coverage.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(api_coverage.findings) == {"missing"} with input as complete
}

test_data_that_come_out_are_asked_about if {
	every quote in ["Sämtliche Fachdaten sind über die Schnittstelle abrufbar.", "vollständiger Datenzugriff", "All records can be retrieved through the API."] {
		_certainty(api_coverage.findings) == ["unsure"] with input as _quoted(quote)
	}
	every quote in ["Die API deckt die wesentlichen Daten ab.", "read-only API", "The API covers key data."] {
		_certainty(api_coverage.findings) == ["sure"] with input as _quoted(quote)
	}
}

_certainty(findings) := [found.certainty | some found in findings]

_quoted(quote) := fake.topics({"api_coverage": [object.union(hit, {"evidence": object.union(hit.evidence, {"quote": quote})})]}) if {
	hit := fake.hit(1, "weak")
}

# What IF-01 asks about the same sentence tells it.
test_data_of_an_interface_that_is_asked_about_are_not_asked_twice if {
	every subject, number in {"interface_required": 0, "interface_endpoints": 1} {
		told := _quoted("Any new system must provide output data.")
		facts := json.patch(told, [{"op": "add", "path": sprintf("/topics/%s", [subject]), "value": [fake.hit(1, "met")]}])
		count(api_coverage.findings) == number with input as facts
	}
}
