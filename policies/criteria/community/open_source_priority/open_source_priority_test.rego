package policies.criteria.community.open_source_priority_test

import data.policies.criteria.community.open_source_priority
import data.policies.lib.fake

_federal := fake.dossier({"federal": fake.declared(true)})

_said(polarities) := fake.topic_in(_federal, "open_source_preference", polarities)

_elsewhere(polarities) := fake.topic_in(fake.dossier({"federal": fake.declared(false)}), "open_source_preference", polarities)

test_met_where_open_source_goes_first if {
	every facts in [_said(["met"]), _elsewhere(["met"]), fake.topic("open_source_preference", ["met"])] {
		open_source_priority.rating == "met" with input as facts
		count(open_source_priority.findings) == 0 with input as facts
		count(open_source_priority.evidence) == 1 with input as facts
	}
}

test_partly_where_a_federal_authority_only_admits_it if {
	open_source_priority.rating == "partly" with input as _said(["weak"])
	fake.codes(open_source_priority.findings) == {"weak"} with input as _said(["weak"])
}

test_missed_where_a_federal_authority_rules_it_out if {
	open_source_priority.rating == "not_met" with input as _said(["risk"])
	fake.codes(open_source_priority.findings) == {"risk"} with input as _said(["risk"])
}

test_a_federal_authority_that_is_silent_is_asked if {
	not open_source_priority.rating with input as _federal
	not open_source_priority.not_applicable with input as _federal
	fake.codes(open_source_priority.findings) == {"missing"} with input as _federal
}

test_silent_is_not_applicable_to_others if {
	every facts in [fake.facts, fake.dossier({"federal": fake.declared(false)})] {
		not open_source_priority.rating with input as facts
		open_source_priority.not_applicable == "not_federal" with input as facts
		count(open_source_priority.findings) == 0 with input as facts
	}
}

# What others rule out never opens the gate.
test_partly_where_others_rule_it_out if {
	open_source_priority.rating == "partly" with input as _elsewhere(["risk"])
	fake.codes(open_source_priority.findings) == {"excluded"} with input as _elsewhere(["risk"])
}

test_met_where_others_admit_it if {
	open_source_priority.rating == "met" with input as _elsewhere(["weak"])
	count(open_source_priority.findings) == 0 with input as _elsewhere(["weak"])
}

test_not_applicable_before_the_law if {
	facts := fake.dossier({"federal": fake.declared(true), "started": fake.declared("2024-07-23")})
	open_source_priority.not_applicable == "not_in_force" with input as facts
	count(open_source_priority.findings) == 0 with input as facts
	began := fake.dossier({"federal": fake.declared(true), "started": fake.declared("2024-07-24")})
	not open_source_priority.not_applicable with input as began
}

# Trap 8: the skills of staff, a question and a quotation of the law check nothing.
test_skills_check_nothing if {
	every role in ["staff_skill", "question", "citation"] {
		not open_source_priority.rating with input as fake.topic_as("open_source_preference", ["met"], {"role": role})
	}
}

# A licence that the supplier may choose says nothing of a priority.
test_options_tell_nothing if {
	not open_source_priority.rating with input as fake.option("open_source_preference")
	count(open_source_priority.evidence) == 0 with input as fake.option("open_source_preference")
}
