package policies.criteria.ai.artefacts_test

import data.policies.criteria.ai.artefacts
import data.policies.lib.fake
import data.policies.lib.fake_ai

test_silent_is_asked_for if {
	not artefacts.rating with input as fake_ai.papers
	fake.codes(artefacts.findings) == {"missing"} with input as fake_ai.papers
	count(artefacts.findings) == 0 with input as fake_ai.facts
}

# AI that the documents only hint at is not asked about.
test_silent_is_not_asked_for_in_doubt if {
	facts := fake.topics({"ai_component": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	not artefacts.not_applicable with input as facts
	count(artefacts.findings) == 0 with input as facts
}

test_not_applicable_without_ai if {
	artefacts.not_applicable == "no_ai" with input as fake.facts
	artefacts.not_applicable == "no_ai" with input as fake.dossier({"ai": fake.declared(false)})
	not artefacts.not_applicable with input as fake_ai.facts
}

# Trap 8: a question to bidders is no demand; trap 1: nor is what is in use.
test_a_question_and_the_existing_system_say_nothing if {
	every role in ["question", "existing_estate", "citation"] {
		not artefacts.rating with input as fake_ai.topic_as("ai_artefacts", ["met"], {"role": role})
	}
}

_both(export, version) := object.union(fake_ai.facts, {"topics": {"ai_artefacts": [fake.hit(1, export)], "model_version": [fake.hit(2, version)]}})

test_met_where_export_and_change_are_settled if {
	artefacts.rating == "met" with input as _both("met", "met")
	count(artefacts.findings) == 0 with input as _both("met", "met")
	artefacts.evidence == {fake.evidence(1), fake.evidence(2)} with input as _both("met", "met")
}

test_partly_where_one_is_open if {
	every topic, code in {"ai_artefacts": "version_open", "model_version": "export_open"} {
		facts := fake_ai.topic(topic, ["met"])
		artefacts.rating == "partly" with input as facts
		fake.codes(artefacts.findings) == {code} with input as facts
	}
}

test_partly_where_one_is_half_hearted if {
	artefacts.rating == "partly" with input as _both("weak", "met")
	fake.codes(artefacts.findings) == {"weak"} with input as _both("weak", "met")
	option := fake_ai.option("ai_artefacts")
	fake.codes(artefacts.findings) == {"optional"} with input as option
}

test_missed_where_nothing_can_be_taken_along if {
	facts := fake_ai.topic("ai_artefacts", ["risk"])
	artefacts.rating == "not_met" with input as facts
	fake.codes(artefacts.findings) == {"risk"} with input as facts
	artefacts.rating == "not_met" with input as _both("met", "risk")
}
