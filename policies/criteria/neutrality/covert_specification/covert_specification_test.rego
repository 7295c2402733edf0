package policies.criteria.neutrality.covert_specification_test

import data.policies.criteria.neutrality.covert_specification
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_where_values_have_a_purpose if {
	facts := fake.topic("exact_values", ["met"])
	covert_specification.rating == "met" with input as facts
	count(covert_specification.findings) == 0 with input as facts
	count(covert_specification.evidence) == 1 with input as facts
}

test_partly_with_a_few_exact_values if {
	facts := fake.topic("exact_values", ["risk", "met", "risk"])
	covert_specification.rating == "partly" with input as facts
	[found.args.count | some found in covert_specification.findings] == [2] with input as facts
	count(covert_specification.evidence) == 3 with input as facts
}

test_missed_with_a_cluster if {
	covert_specification.rating == "not_met" with input as fake.topic("exact_values", ["risk", "risk", "risk"])
}

test_asked_and_never_asserted if {
	every polarities in [["risk"], ["risk", "risk", "risk", "risk"]] {
		facts := fake.topic("exact_values", polarities)
		fake_values.unsure(covert_specification.findings) == {"exact"} with input as facts
		fake.codes(covert_specification.findings) == {"exact"} with input as facts
	}
}

# Values in several documents are no data sheet.
test_a_cluster_stands_in_one_document if {
	far := object.union(fake.hit(3, "risk"), {"evidence": {"path": "b.md", "place": "b.md, line 3", "quote": "quote 3"}})
	facts := fake.topics({"exact_values": [fake.hit(1, "risk"), fake.hit(2, "risk"), far]})
	covert_specification.rating == "partly" with input as facts
	count(covert_specification.findings) == 2 with input as facts
}

test_silent_is_not_applicable if {
	not covert_specification.rating with input as fake.facts
	covert_specification.not_applicable == "no_exact_values" with input as fake.facts
	count(covert_specification.findings) == 0 with input as fake.facts
}

# A target value leaves room.
test_a_target_value_is_not_exact if {
	covert_specification.not_applicable == "no_exact_values" with input as fake.topic("exact_values", ["weak"])
}

test_not_evidenced_where_nothing_was_read if {
	not covert_specification.not_applicable with input as object.union(fake.facts, {"documents": []})
}

# Trap 7: what may be replaced by equivalents is not laid down.
test_equivalents_take_the_edge_off if {
	facts := fake.topics({"exact_values": [fake.hit(1, "risk")], "equivalence_clause": [fake.hit(1, "met")]})
	not covert_specification.rating with input as facts
}

# Trap 1: what is in use, and trap 9: a bad example, demand nothing.
test_what_is_in_use_demands_nothing if {
	every role in ["existing_estate", "example", "question"] {
		not covert_specification.rating with input as fake.topic_as("exact_values", ["risk"], {"role": role})
	}
}

test_not_applicable_to_an_architecture if {
	covert_specification.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
}
