package policies.criteria.contract.source_code_test

import data.policies.criteria.contract.source_code
import data.policies.lib.fake
import data.policies.lib.fake_values

_template(term, hits) := fake_values.with_values(
	object.union({"evb_it": [fake.hit(1, "met")]}, hits),
	{"templates": [fake.template(term, {})]},
)

test_met_where_source_code_comes_with_each_version if {
	facts := fake.topic("source_code", ["met"])
	source_code.rating == "met" with input as facts
	count(source_code.findings) == 0 with input as facts
	count(source_code.evidence) == 1 with input as facts
}

# Trap 12: the template's own rule needs no word in the tender.
test_met_by_an_unmodified_template if {
	facts := _template("evb_it_erstellung", {})
	source_code.rating == "met" with input as facts
	source_code.evidence == {fake.evidence(1)} with input as facts
	count(source_code.findings) == 0 with input as facts
	source_code.rating == "met" with input as _template("evb_it_system", {})
}

test_other_templates_say_nothing if {
	not source_code.rating with input as _template("evb_it_dienstleistung", {})
}

test_partly_at_the_end_only if {
	facts := fake.topic("source_code", ["weak"])
	source_code.rating == "partly" with input as facts
	fake.codes(source_code.findings) == {"weak"} with input as facts
}

test_missed_where_it_is_ruled_out if {
	facts := fake.topic("source_code", ["risk"])
	source_code.rating == "not_met" with input as facts
	fake.codes(source_code.findings) == {"risk"} with input as facts
}

# Trap 3: the template's rule is taken out again.
test_missed_where_the_template_is_changed if {
	facts := _template("evb_it_erstellung", {
		"evb_it": [fake.hit(1, "met"), fake.hit(2, "risk")],
		"source_code": [fake.hit(2, "risk")],
	})
	source_code.rating == "not_met" with input as facts
	fake.codes(source_code.findings) == {"deviation"} with input as facts
	count(fake_values.unsure(source_code.findings)) == 0 with input as facts
	source_code.evidence == {fake.evidence(1), fake.evidence(2)} with input as facts
}

test_missed_where_the_tender_contradicts_the_template if {
	facts := _template("evb_it_erstellung", {"source_code": [fake.hit(2, "risk")]})
	source_code.rating == "not_met" with input as facts
	fake.codes(source_code.findings) == {"risk"} with input as facts
}

test_missed_where_a_template_not_named_is_changed if {
	facts := fake.topics({"evb_it": [fake.hit(2, "risk")], "source_code": [fake.hit(2, "risk")]})
	source_code.rating == "not_met" with input as facts
	fake.codes(source_code.findings) == {"deviation"} with input as facts
}

test_asked_about_a_deviation_from_something_else if {
	facts := _template("evb_it_system", {"evb_it": [fake.hit(1, "met"), fake.hit(2, "risk")]})
	source_code.rating == "partly" with input as facts
	fake_values.unsure(source_code.findings) == {"deviation"} with input as facts
}

test_a_deviation_on_rights_leaves_the_source_code if {
	facts := _template("evb_it_system", {"evb_it": [fake.hit(1, "met"), fake.hit(2, "risk")], "usage_rights": [fake.hit(2, "risk")]})
	source_code.rating == "met" with input as facts
	count(source_code.findings) == 0 with input as facts
}

test_a_deviation_without_a_template_says_nothing if {
	not source_code.rating with input as fake.topic("evb_it", ["risk"])
}

test_silent_is_not_rated_and_asked_for if {
	not source_code.rating with input as fake.facts
	fake.codes(source_code.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
}

# Ready-made software comes without its source code.
test_a_contract_on_ready_made_software_is_not_asked if {
	count(source_code.findings) == 0 with input as fake.papers
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(source_code.findings) == 0 with input as fake.facts
}

test_not_applicable_to_software_as_a_service if {
	source_code.not_applicable == "saas" with input as fake.dossier({"service_model": fake.declared("saas")})
	not source_code.not_applicable with input as fake.dossier({"service_model": fake.declared("custom")})
}

# Trap 8: a template cited in a glossary is not taken in.
test_a_definition_takes_in_no_template if {
	facts := object.union(fake.facts, {"templates": [fake.template("evb_it_erstellung", {"taken_in": false})]})
	not source_code.rating with input as facts
}

test_asked_where_code_is_made_and_the_award_is_here if {
	made := fake.dossier({"award": fake.declared(true), "service_model": fake.declared("custom")})
	fake.codes(source_code.findings) == {"missing"} with input as made
	count(source_code.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
	count(source_code.findings) == 0 with input as object.union(made, {"dossier": {"award": fake.inferred(false)}})
}

_deviating(number, topics, hits) := fake_values.with_values(
	object.union({"evb_it": [fake.hit(1, "met")]}, hits),
	{"templates": [fake.template("evb_it_system", {"deviations": [fake.deviation(2, number, topics)]})]},
)

test_missed_where_the_number_is_set_aside if {
	facts := _deviating("17.1", [], {})
	source_code.rating == "not_met" with input as facts
	fake.codes(source_code.findings) == {"deviation"} with input as facts
	count(fake_values.unsure(source_code.findings)) == 0 with input as facts
}

test_asked_about_another_number if {
	facts := _deviating("3.2", [], {})
	source_code.rating == "partly" with input as facts
	fake_values.unsure(source_code.findings) == {"deviation"} with input as facts
}

test_another_number_on_something_else_leaves_the_source_code if {
	facts := _deviating("3.2", ["termination"], {})
	source_code.rating == "met" with input as facts
	count(source_code.findings) == 0 with input as facts
}

test_a_deviation_that_gives_the_source_code_is_no_fault if {
	facts := _deviating("17.1", ["source_code"], {"source_code": [fake.hit(2, "met")]})
	source_code.rating == "met" with input as facts
	count(source_code.findings) == 0 with input as facts
}

test_half_hearted_words_are_found_once_by_document if {
	facts := fake.topics({"source_code": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	{finding.evidence | some finding in source_code.findings} == {fake.evidence(1)} with input as facts
}

test_partly_where_it_is_an_option if {
	facts := object.union(fake.option("source_code"), {"dossier": {"service_model": fake.declared("custom")}})
	source_code.rating == "partly" with input as facts
	count(source_code.findings) == 0 with input as fake.option("source_code")
	"optional" in fake.codes(source_code.findings) with input as facts
	not "weak" in fake.codes(source_code.findings) with input as facts
}

# "access to the project repository to review progress"
test_partly_with_access_to_a_repository if {
	facts := fake.topics({"source_code": [fake.hit(1, "weak"), fake.hit(2, "weak")], "repository_access": [fake.hit(1, "met"), fake.hit(2, "met")]})
	source_code.rating == "partly" with input as facts
	fake.codes(source_code.findings) == {"access"} with input as facts
	fake_values.places_of(source_code.findings) == {fake.evidence(1)} with input as facts
}

test_an_option_is_not_told_beside_a_plain_passage if {
	facts := fake.topics({"source_code": [object.union(fake.hit(1, "weak"), {"optional": true}), fake.hit(2, "weak")]})
	fake.codes(source_code.findings) == {"weak"} with input as facts
	fake_values.places_of(source_code.findings) == {fake.evidence(2)} with input as facts
}

# Code that goes to a supplier is asked about once, at its first place.
test_partly_where_the_code_goes_to_a_supplier if {
	facts := fake.topics({"source_code": [fake.hit(1, "met"), fake.hit(2, "met")], "code_to_supplier": [fake.hit(1, "met"), fake.hit(2, "met")]})
	source_code.rating == "partly" with input as facts
	found := source_code.findings with input as facts
	[[asked.code, asked.certainty, asked.evidence] | some asked in found] == [["recipient", "unsure", fake.evidence(1)]]
}
