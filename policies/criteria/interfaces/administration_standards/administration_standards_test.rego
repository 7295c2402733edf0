package policies.criteria.interfaces.administration_standards_test

import data.policies.criteria.interfaces.administration_standards
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_a_standard_is_named if {
	facts := fake.topic("administration_standards", ["met"])
	administration_standards.rating == "met" with input as facts
	count(administration_standards.findings) == 0 with input as facts
	count(administration_standards.evidence) == 1 with input as facts
}

test_partly_where_conformity_is_all_that_is_said if {
	facts := fake.topic("administration_standards", ["weak"])
	administration_standards.rating == "partly" with input as facts
	fake.codes(administration_standards.findings) == {"weak"} with input as facts
}

# Whether there is a standard for it, the dossier does not say.
test_missed_where_a_format_of_its_own_is_used if {
	facts := fake.topic("administration_standards", ["risk"])
	administration_standards.rating == "not_met" with input as facts
	{finding.certainty | some finding in administration_standards.findings} == {"likely"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("administration_standards", ["met", "risk"])
	administration_standards.rating == "partly" with input as facts
	fake.codes(administration_standards.findings) == {"risk"} with input as facts
}

test_silent_is_neither_rated_nor_asked_for if {
	not administration_standards.rating with input as fake.facts
	not administration_standards.not_applicable with input as fake.facts
	count(administration_standards.findings) == 0 with input as fake.facts
}

test_asked_for_where_data_go_to_other_authorities if {
	facts := fake.topics({"administration_exchange": [fake.hit(1, "met"), fake.hit(2, "met")]})
	not administration_standards.rating with input as facts
	fake.codes(administration_standards.findings) == {"unnamed"} with input as facts
	fake_values.places_of(administration_standards.findings) == {fake.evidence(1)} with input as facts
}

test_not_applicable_where_nothing_is_exchanged if {
	complete := fake.dossier({"complete": fake.declared(true)})
	administration_standards.not_applicable == "no_administrative_exchange" with input as complete
	every subject in ["administration_exchange", "administration_standards"] {
		not administration_standards.not_applicable with input as fake.topic_in(complete, subject, ["met"])
	}
}

# Traps 1 and 8: data that the present system exchanges, and definitions of standards.
test_the_existing_estate_and_definitions_demand_nothing if {
	every role in ["existing_estate", "definition"] {
		hit := object.union(fake.hit(1, "met"), {"role": role})
		facts := fake.topics({"administration_standards": [hit], "administration_exchange": [hit]})
		not administration_standards.rating with input as facts
		count(administration_standards.findings) == 0 with input as facts
	}
}

# The solution.
_schema(name) := fake_graph.drawn([fake_graph.custom("app", {})], [object.union(fake_graph.specified("app", {"format": "xsd"}), {"name": name})])

test_graph_met_where_a_schema_is_one_of_xoev if {
	facts := _schema("urn:xoev-de:kosit:standard:xmeld")
	administration_standards.rating == "met" with input as facts
	administration_standards.evidence == {fake_graph.place("app")} with input as facts
}

test_graph_silent_on_other_schemas if not administration_standards.rating with input as _schema("urn:example:orders")
