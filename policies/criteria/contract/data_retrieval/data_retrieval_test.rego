package policies.criteria.contract.data_retrieval_test

import data.policies.criteria.contract.data_retrieval
import data.policies.lib.fake
import data.policies.lib.fake_values

# Data are fetched in clause 1 for some days; clause 2 proves their erasure.
_window(days, hits) := fake_values.with_values(
	object.union({"data_retrieval": [fake.hit(1, "met")]}, hits),
	{"durations": [fake_values.duration(1, "retrieval", days / 30)]},
)

_proof := {"erasure_proof": [fake.hit(2, "met")]}

_saas(facts) := object.union(facts, {"dossier": {"service_model": fake.declared("saas")}})

test_met_with_window_and_proof if {
	data_retrieval.rating == "met" with input as _window(30, _proof)
	count(data_retrieval.findings) == 0 with input as _window(30, _proof)
	data_retrieval.evidence == {fake.evidence(1), fake.evidence(2)} with input as _window(30, _proof)
}

test_met_where_one_sentence_says_both if {
	data_retrieval.rating == "met" with input as _window(45, {"erasure_proof": [fake.hit(1, "met")]})
}

test_the_longest_stay_counts if {
	facts := object.union(_window(30, _proof), {"durations": [fake_values.duration(1, "retrieval", 1), fake_values.duration(1, "transition", 14 / 30)]})
	data_retrieval.rating == "met" with input as facts
}

test_a_window_in_the_same_section_counts if {
	place := object.union(fake.evidence(3), {"section": "Ende"})
	hit := object.union(fake.hit(1, "met"), {"evidence": object.union(fake.evidence(1), {"section": "Ende"})})
	facts := fake_values.with_values(
		object.union({"data_retrieval": [hit]}, _proof),
		{"durations": [object.union(fake_values.duration(3, "retrieval", 1), {"evidence": place})]},
	)
	data_retrieval.rating == "met" with input as facts
}

test_partly_with_a_short_window if {
	data_retrieval.rating == "partly" with input as _window(14, _proof)
	fake.codes(data_retrieval.findings) == {"short_window"} with input as _window(14, _proof)
	{finding.args | some finding in data_retrieval.findings} == {{"days": 14}} with input as _window(14, _proof)
}

# The Data Act speaks of data processing services, from its day on.
test_a_short_window_is_sure_where_the_data_act_applies if {
	certainty("sure") with input as _saas(_window(14, _proof))
	certainty("likely") with input as _window(14, _proof)
	certainty("likely") with input as object.union(_saas(_window(14, _proof)), {"today": "2025-09-11"})
	certainty("sure") with input as object.union(_saas(_window(14, _proof)), {"today": "2025-09-12"})
}

certainty(wanted) if {wanted} == {finding.certainty | some finding in data_retrieval.findings}

test_partly_without_a_window if {
	facts := fake.topic("data_retrieval", ["met"])
	data_retrieval.rating == "partly" with input as facts
	fake.codes(data_retrieval.findings) == {"no_window"} with input as facts
}

test_partly_without_proof if {
	data_retrieval.rating == "partly" with input as _window(30, {})
	fake.codes(data_retrieval.findings) == {"no_proof"} with input as _window(30, {})
}

test_partly_where_only_erasure_is_settled if {
	every facts in [
		fake.topic("data_retrieval", ["weak"]),
		fake.topic("erasure_proof", ["met"]),
		fake.topics({"data_retrieval": [fake.hit(2, "met")], "erasure_proof": [fake.hit(2, "met")]}),
	] {
		data_retrieval.rating == "partly" with input as facts
		fake.codes(data_retrieval.findings) == {"erasure_only"} with input as facts
		count(data_retrieval.findings) == 1 with input as facts
	}
}

test_an_export_beside_erasure_is_a_return if {
	facts := fake.topics({"data_retrieval": [fake.hit(2, "met")], "erasure_proof": [fake.hit(2, "met")], "data_export": [fake.hit(2, "met")]})
	fake.codes(data_retrieval.findings) == {"no_window"} with input as facts
}

test_missed_where_access_ends_at_once if {
	facts := fake.topic("data_retrieval", ["risk"])
	data_retrieval.rating == "not_met" with input as facts
	fake.codes(data_retrieval.findings) == {"risk"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := _window(30, object.union(_proof, {"data_retrieval": [fake.hit(1, "met"), fake.hit(4, "risk")]}))
	data_retrieval.rating == "partly" with input as facts
	fake.codes(data_retrieval.findings) == {"risk"} with input as facts
}

# Trap 8: a question of a bidder grants nothing.
test_a_question_says_nothing if {
	not data_retrieval.rating with input as fake.topic_as("data_retrieval", ["met"], {"role": "question"})
}

test_silent_is_not_rated_and_asked_for if {
	not data_retrieval.rating with input as fake.papers
	fake.codes(data_retrieval.findings) == {"missing"} with input as fake.papers
	count(data_retrieval.findings) == 0 with input as fake.facts
}

test_not_asked_of_whoever_holds_no_data if {
	count(data_retrieval.findings) == 0 with input as object.union(fake.papers, {"dossier": {"service_model": fake.declared("custom")}})
}

test_not_applicable if {
	data_retrieval.not_applicable == "purchase" with input as fake.contract("purchase")
	data_retrieval.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	data_retrieval.not_applicable == "data_at_buyer" with input as fake.dossier({"operator": fake.inferred("buyer")})
	data_retrieval.not_applicable == "delivered_once" with input as fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	not data_retrieval.not_applicable with input as fake.facts
	not data_retrieval.not_applicable with input as fake.topic_in(fake.dossier({"operator": fake.inferred("buyer")}), "data_retrieval", ["risk"])
}

test_asked_where_somebody_else_operates if {
	operated := fake.dossier({"award": fake.declared(true), "operator": fake.inferred("supplier")})
	fake.codes(data_retrieval.findings) == {"missing"} with input as operated
	count(data_retrieval.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
}
