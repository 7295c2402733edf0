package policies.criteria.lock_in.documentation_test

import data.policies.criteria.lock_in.documentation
import data.policies.lib.fake

_said(documents, transfer) := fake.topics({
	"documentation": [fake.hit(i, polarity) | some i, polarity in documents],
	"knowledge_transfer": [fake.hit(10 + i, polarity) | some i, polarity in transfer],
})

test_met_with_documents_and_training if {
	facts := _said(["met"], ["met"])
	documentation.rating == "met" with input as facts
	count(documentation.findings) == 0 with input as facts
	count(documentation.evidence) == 2 with input as facts
}

test_partly_without_transfer if {
	facts := _said(["met"], [])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"no_transfer"} with input as facts
	{finding.evidence | some finding in documentation.findings} == {fake.evidence(0)} with input as facts
}

test_partly_with_half_a_transfer if {
	facts := _said(["met"], ["weak"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"weak_transfer"} with input as facts
}

test_partly_without_documents if {
	facts := _said([], ["met"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"no_documentation"} with input as facts
	{finding.evidence | some finding in documentation.findings} == {fake.evidence(10)} with input as facts
}

test_partly_with_a_user_manual_only if {
	facts := _said(["weak"], ["met"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"weak"} with input as facts
}

test_partly_where_training_is_ruled_out if {
	facts := _said(["met"], ["risk"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"no_training"} with input as facts
}

# „soweit vorhanden“
test_missed_where_documents_are_left_to_chance if {
	facts := _said(["risk"], [])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

test_missed_where_both_are_ruled_out if {
	facts := _said(["risk"], ["risk"])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk", "no_training"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not documentation.rating with input as fake.facts
	fake.codes(documentation.findings) == {"missing"} with input as fake.facts
}

# Trap 8: documents that exist today are not those that are due.
test_the_existing_estate_demands_nothing if {
	not documentation.rating with input as fake.topic_as("documentation", ["met"], {"role": "existing_estate"})
}
