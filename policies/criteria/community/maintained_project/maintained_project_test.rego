package policies.criteria.community.maintained_project_test

import data.policies.criteria.community.maintained_project
import data.policies.lib.fake

# Facts are judged on 23 November 2026.
_repository(changes) := object.union(fake.facts, {"repositories": [object.union(
	{"release_date": "2026-05-23", "maintenance": {"type": "internal"}, "evidence": fake.evidence(1)},
	changes,
)]})

test_met_where_upkeep_is_demanded if {
	facts := fake.topic("maintained_project", ["met"])
	maintained_project.rating == "met" with input as facts
	count(maintained_project.findings) == 0 with input as facts
	count(maintained_project.evidence) == 1 with input as facts
}

test_met_with_a_release_in_half_a_year if {
	maintained_project.rating == "met" with input as _repository({})
	count(maintained_project.findings) == 0 with input as _repository({})
}

test_partly_without_one if {
	every changes in [{"release_date": "soon"}, {"maintenance": {"type": ""}}] {
		maintained_project.rating == "partly" with input as _repository(changes)
		fake.codes(maintained_project.findings) == {"no_release"} with input as _repository(changes)
	}
}

test_partly_with_an_old_release if {
	old := _repository({"release_date": "2026-05-22"})
	maintained_project.rating == "partly" with input as old
	[[found.code, found.args] | some found in maintained_project.findings] == [["old_release", {"date": "2026-05-22"}]] with input as old
}

test_partly_with_a_lively_community if {
	facts := fake.topic("maintained_project", ["weak"])
	maintained_project.rating == "partly" with input as facts
	fake.codes(maintained_project.findings) == {"weak"} with input as facts
}

test_missed_where_nobody_cares if {
	every changes in [{"development_status": "obsolete"}, {"maintenance": {"type": "none"}}] {
		maintained_project.rating == "not_met" with input as _repository(changes)
		fake.codes(maintained_project.findings) == {"abandoned"} with input as _repository(changes)
	}
	maintained_project.rating == "not_met" with input as fake.topic("maintained_project", ["risk"])
	fake.codes(maintained_project.findings) == {"risk"} with input as fake.topic("maintained_project", ["risk"])
}

test_silent_is_not_applicable if {
	not maintained_project.rating with input as fake.facts
	maintained_project.not_applicable == "no_component" with input as fake.facts
	count(maintained_project.findings) == 0 with input as fake.facts
}

# Trap 1: what is in use today and no longer cared for is to be replaced.
test_the_existing_estate_is_not_bought if {
	not maintained_project.rating with input as fake.topic_as("maintained_project", ["risk"], {"role": "existing_estate"})
}
