package policies.criteria.community.reuse_test

import data.policies.criteria.community.reuse
import data.policies.lib.fake
import data.policies.lib.fake_values

_said(search, use) := fake.topics({
	"reuse": [fake.hit(i, polarity) | some i, polarity in search],
	"reusability": [fake.hit(10 + i, polarity) | some i, polarity in use],
})

_repository := {"repositories": [{"evidence": fake.evidence(20)}]}

_made := fake.dossier({"service_model": fake.inferred("custom")})

test_met_with_a_search_and_use_by_others if {
	facts := _said(["met"], ["met"])
	reuse.rating == "met" with input as facts
	count(reuse.findings) == 0 with input as facts
	count(reuse.evidence) == 2 with input as facts
}

test_a_publiccode_file_makes_it_found if {
	facts := object.union(_said(["met"], []), _repository)
	reuse.rating == "met" with input as facts
	count(reuse.evidence) == 2 with input as facts
}

test_others_can_use_what_is_published if {
	facts := fake.topics({"reuse": [fake.hit(1, "met")], "open_source_publication": [fake.hit(2, "met")]})
	reuse.rating == "met" with input as facts
	not reuse.rating with input as fake.topic("open_source_publication", ["met"])
}

test_partly_without_a_search if {
	facts := _said([], ["met"])
	reuse.rating == "partly" with input as facts
	fake_values.unsure(reuse.findings) == {"no_search"} with input as facts
	fake_values.places_of(reuse.findings) == {fake.evidence(10)} with input as facts
}

test_partly_without_use_by_others if {
	facts := _said(["met"], [])
	reuse.rating == "partly" with input as facts
	fake.codes(reuse.findings) == {"no_use"} with input as facts
	fake_values.places_of(reuse.findings) == {fake.evidence(0)} with input as facts
}

test_partly_with_half_hearted_words if {
	facts := _said(["weak"], ["met"])
	reuse.rating == "partly" with input as facts
	fake.codes(reuse.findings) == {"weak"} with input as facts
}

test_missed_where_both_are_ruled_out if {
	facts := _said(["risk"], ["risk"])
	reuse.rating == "not_met" with input as facts
	fake.codes(reuse.findings) == {"risk"} with input as facts
	count(reuse.findings) == 2 with input as facts
}

test_silent_is_asked_where_software_is_made if {
	facts := object.union(_made, {"dossier": {"complete": fake.declared(true)}})
	not reuse.rating with input as facts
	not reuse.not_applicable with input as facts
	fake.codes(reuse.findings) == {"missing"} with input as facts
	count(reuse.findings) == 0 with input as _made
}

test_silent_is_not_applicable_where_none_is if {
	reuse.not_applicable == "no_development" with input as fake.facts
	count(reuse.findings) == 0 with input as fake.facts
}

test_a_search_for_what_is_there_counts if {
	reuse.rating == "partly" with input as fake.topic_as("reuse", ["met"], {"role": "existing_estate"})
}

# Trap 8: a question to bidders checks nothing.
test_a_question_checks_nothing if {
	not reuse.rating with input as fake.topic_as("reuse", ["met"], {"role": "question"})
}

# Who would have looked before a project was begun, its files do not tell.
test_a_project_is_met_where_others_find_it if {
	facts := object.union_n([fake.facts, _repository, {"dossier": {"kind": fake.declared("architecture")}}])
	reuse.rating == "met" with input as facts
	count(reuse.findings) == 0 with input as facts
}

test_an_architecture_tells_of_no_search if {
	facts := object.union(_made, {"dossier": object.union(_made.dossier, {"kind": fake.declared("architecture")})})
	reuse.not_applicable == "architecture" with input as facts
}
