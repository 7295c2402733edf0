package policies.criteria.interfaces.machine_readable_specification_test

import data.policies.criteria.interfaces.machine_readable_specification
import data.policies.lib.fake

test_met_where_a_formal_file_is_due if {
	facts := fake.topic("interface_specification", ["met"])
	machine_readable_specification.rating == "met" with input as facts
	count(machine_readable_specification.findings) == 0 with input as facts
	count(machine_readable_specification.evidence) == 1 with input as facts
}

test_partly_where_prose_will_do if {
	facts := fake.topic("interface_specification", ["weak"])
	machine_readable_specification.rating == "partly" with input as facts
	fake.codes(machine_readable_specification.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("interface_specification", ["met", "risk"])
	machine_readable_specification.rating == "partly" with input as facts
	fake.codes(machine_readable_specification.findings) == {"risk"} with input as facts
}

test_missed_where_only_the_source_code_tells if {
	facts := fake.topic("interface_specification", ["risk"])
	machine_readable_specification.rating == "not_met" with input as facts
	fake.codes(machine_readable_specification.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_left_to_the_question_whether_there_are_interfaces if {
	not machine_readable_specification.rating with input as fake.facts
	count(machine_readable_specification.findings) == 0 with input as fake.facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(machine_readable_specification.findings) == {"missing"} with input as facts
}

test_silent_is_asked_for_where_an_interface_is_demanded if {
	facts := fake.topics({"interface_specification": [], "interface_required": [fake.hit(1, "weak"), fake.hit(2, "met"), fake.hit(3, "met")]})
	not machine_readable_specification.rating with input as facts
	fake.codes(machine_readable_specification.findings) == {"missing"} with input as facts
	{finding.evidence | some finding in machine_readable_specification.findings} == {fake.evidence(2)} with input as facts
}

# Trap 8: knowing OpenAPI is a skill, not a deliverable.
test_a_skill_demands_nothing if {
	not machine_readable_specification.rating with input as fake.topic_as("interface_specification", ["met"], {"role": "staff_skill"})
}
