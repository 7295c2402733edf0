package policies.criteria.interfaces.open_standards_test

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.fake

test_a_flow_of_data_is_asked_about_where_it_is_told if {
	facts := fake.topics({"data_exchange": [fake.hit(3, "met"), fake.hit(4, "met")]})
	not open_standards.rating with input as facts
	_counts(open_standards.findings) == {"exchange": 2} with input as facts
	_asked(open_standards.findings) == {"exchange"} with input as facts
}

test_a_flow_whose_format_is_named_is_settled if {
	flow := fake.topics({"data_exchange": [_in_section(fake.hit(1, "met"))]})
	format := fake.mention("csv", {"open": true, "tags": ["data"]})
	count(open_standards.findings) == 0 with input as object.union(flow, {"mentions": {"format": [format]}})
	near := _in_section(object.union(format, {"clause": "1.9.1"}))
	count(open_standards.findings) == 0 with input as object.union(flow, {"mentions": {"format": [near]}})
	far := object.union(format, {"clause": "1.9.1"})
	fake.codes(open_standards.findings) == {"exchange"} with input as object.union(flow, {"mentions": {"format": [far]}})
}

# What is there, or given as an example, is no exchange to ask about.
test_a_flow_of_today_is_none if {
	facts := fake.topic_as("data_exchange", ["met"], {"role": "existing_estate"})
	fake.codes(open_standards.findings) == {"missing"} with input as facts
}

# "APIs should comply with the 18F API standards."
test_named_rules_for_interfaces_leave_nothing_to_ask if {
	rules := fake.mention("api_rules_18f", {"open": true, "tags": ["api"], "modality": "should"})
	facts := object.union(fake.topics({"open_standards": [fake.hit(1, "weak")]}), {"mentions": {"standard": [rules]}})
	count(open_standards.findings) == 0 with input as facts
	bare := {"mentions": {"standard": [object.union(rules, {"modality": "none"})]}}
	fake.codes(open_standards.findings) == {"missing"} with input as object.union(fake.facts, bare)
}

# What law prescribes for an exchange holds for each interface.
test_a_general_clause_on_prescribed_standards_covers_an_interface if {
	facts := _demanded([1], {"prescribed_standards": [fake.hit(4, "met")]})
	count(open_standards.findings) == 0 with input as facts
}

# "An open REST API for the integration of other systems", in a list without verbs.
test_a_style_without_a_duty_is_asked_about_as_a_style if {
	styled := fake.topics({"interface_required": [fake.hit(1, "met")], "interface_style": [fake.hit(1, "weak")]})
	_asked(open_standards.findings) == {"style_only"} with input as styled
	mixed := fake.topics({"interface_required": [fake.hit(1, "met"), fake.hit(2, "met")], "interface_style": [fake.hit(1, "weak")]})
	_asked(open_standards.findings) == {"unnamed"} with input as mixed
}

test_an_interface_goes_before_a_flow if {
	facts := _demanded([1], {"data_exchange": [fake.hit(3, "met")]})
	fake.codes(open_standards.findings) == {"unnamed"} with input as facts
}

test_a_complete_dossier_is_told_outright if {
	facts := object.union(fake.topic("data_exchange", ["met"]), {"dossier": {"complete": {"value": true}}})
	fake.codes(open_standards.findings) == {"missing"} with input as facts
}

test_met_where_the_standard_is_named_again if {
	standard := fake.mention("fhir", {"open": true, "tags": ["data"], "modality": "none", "clause": "1.0.1"})
	facts := fake.topic_as("administration_standards", ["met"], {"modality": "none"})
	again := {"mentions": {"standard": [standard, object.union(standard, {"clause": "1.7.1"})]}}
	open_standards.rating == "met" with input as object.union(facts, again)
	open_standards.rating == "partly" with input as object.union(facts, {"mentions": {"standard": [standard]}})
}

# Clients, devices and copies of one application belong to one system.
test_what_stays_within_the_solution_is_no_exchange if {
	count(open_standards.findings) == 0 with input as fake.topic("data_exchange", ["weak"])
	fake.codes(open_standards.findings) == {"exchange"} with input as fake.topic("data_exchange", ["weak", "met"])
}

# "Downloads minutes from official APIs", "map tiles": published for everybody.
test_a_public_service_is_no_neighbour if {
	count(open_standards.findings) == 0 with input as fake.topic("public_service", ["met"])
	neighbour := fake.topics({"interface_target": [fake.hit(1, "met")], "public_service": [fake.hit(1, "met")]})
	count(open_standards.findings) == 0 with input as neighbour
	beside := fake.topics({"interface_target": [fake.hit(1, "met"), fake.hit(2, "met")], "public_service": [fake.hit(2, "met")]})
	_counts(open_standards.findings) == {"target": 1} with input as beside
	own := _demanded([1], {"public_service": [fake.hit(1, "met")]})
	count(open_standards.findings) == 0 with input as own
}

test_a_public_service_named_as_a_target_is_no_neighbour if {
	service := fake.mention("virustotal", {"name": "VirusTotal", "open": false, "role": "integration_target"})
	named := object.union(fake.facts, {"mentions": {"product": [service]}})
	[[found.code, found.args.systems] | some found in open_standards.findings] == [["target", 1]] with input as named
	count(open_standards.findings) == 0 with input as object.union(named, {"topics": {"public_service": [object.union(fake.hit(1, "met"), {"clause": service.clause})]}})
}

# Vitest and a mock of the routes, in a table of tests.
test_what_tests_are_run_with_is_no_interface if {
	every heading in ["9.1 Testing (MVP-Light)", "Tests", "6. Integration tests", "Qualitätssicherung", "CI/CD", "Teststrategie"] {
		fake.codes(open_standards.findings) == {"missing"} with input as _under(heading)
	}
	every heading in ["Integration and testing", "Schnittstellen und Tests", "Contest entries", "Attestation", "Functional requirements"] {
		fake.codes(open_standards.findings) == {"unnamed"} with input as _under(heading)
	}
}

_under(heading) := facts if {
	hit := fake.hit(1, "met")
	placed := object.union(hit, {"evidence": object.union(hit.evidence, {"section": heading})})
	facts := _demanded([], {"interface_required": [placed], "interface_duty": [placed]})
}

# "GET /api/orders": what is left to ask is a description that programs read, by IF-02.
test_an_interface_whose_calls_are_listed_is_told if {
	count(open_standards.findings) == 0 with input as fake.topic("interface_endpoints", ["met"])
	count(open_standards.findings) == 0 with input as _demanded([1], {"interface_endpoints": [fake.hit(3, "met")]})
}

# "API standards (such as XÖV) have priority" leaves no interface without a standard to follow.
test_standards_that_have_priority_are_not_asked_for_again if {
	general := {"administration_standards": [fake.hit(4, "met")], "open_standards": [fake.hit(4, "weak")]}
	count(open_standards.findings) == 0 with input as _demanded([1], general)
	fake.codes(open_standards.findings) == {"unnamed"} with input as _demanded([1], {"administration_standards": [fake.hit(4, "met")]})
}
