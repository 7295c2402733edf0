package policies.criteria.neutrality.sole_source_test

import data.policies.criteria.neutrality.sole_source
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_where_the_market_was_checked if {
	facts := fake.topic("sole_source", ["met", "risk"])
	sole_source.rating == "met" with input as facts
	count(sole_source.findings) == 0 with input as facts
	count(sole_source.evidence) == 2 with input as facts
}

test_partly_where_nobody_else_is_known if {
	facts := fake.topic("sole_source", ["weak", "risk"])
	sole_source.rating == "partly" with input as facts
	fake.codes(sole_source.findings) == {"weak", "risk"} with input as facts
	fake_values.unsure(sole_source.findings) == {"risk"} with input as facts
}

test_partly_with_reasons_and_no_check if {
	facts := fake.topics({"sole_source": [fake.hit(1, "risk")], "product_justification": [fake.hit(5, "met")]})
	sole_source.rating == "partly" with input as facts
	fake_values.unsure(sole_source.findings) == {"risk"} with input as facts
}

test_missed_where_it_is_asserted if {
	facts := fake.topic("sole_source", ["risk"])
	sole_source.rating == "not_met" with input as facts
	fake.codes(sole_source.findings) == {"risk"} with input as facts
	count(fake_values.unsure(sole_source.findings)) == 0 with input as facts
	[found.args.former | some found in sole_source.findings] == [false] with input as facts
}

test_silent_is_competition if {
	not sole_source.rating with input as fake.facts
	sole_source.not_applicable == "competition" with input as fake.facts
	count(sole_source.findings) == 0 with input as fake.facts
	not sole_source.not_applicable with input as object.union(fake.facts, {"documents": []})
}

test_a_small_order_is_asked_about if {
	facts := fake.topic_in(fake.dossier({"regime": fake.declared("uvgo")}), "sole_source", ["risk"])
	sole_source.rating == "partly" with input as facts
	fake_values.unsure(sole_source.findings) == {"risk"} with input as facts
}

test_weighed_bids_are_those_of_several if {
	facts := object.union(fake.topic("sole_source", ["risk"]), {"award_criteria": [{"name": "Preis", "weight": 40, "evidence": fake.evidence(9)}]})
	sole_source.rating == "partly" with input as facts
}

# Trap 8: a definition or quotation of the law awards nothing.
test_a_citation_awards_nothing if {
	every role in ["citation", "definition", "question"] {
		not sole_source.rating with input as fake.topic_as("sole_source", ["risk"], {"role": role})
	}
}

test_not_applicable_to_an_architecture if {
	sole_source.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
}

# "FAR 8.405-6, Limiting Sources", twice
test_limited_sources_are_asked_about_once if {
	facts := fake.topics({"limited_sources": [fake.hit(1, "met"), fake.hit(2, "met")], "sole_source": []})
	sole_source.rating == "partly" with input as facts
	fake_values.unsure(sole_source.findings) == {"limited"} with input as facts
	count(sole_source.evidence) == 2 with input as facts
	[found.args.count | some found in sole_source.findings] == [2] with input as facts
}

test_limited_sources_beside_an_assertion_are_not_asked_about if {
	facts := fake.topics({"limited_sources": [fake.hit(1, "met")], "sole_source": [fake.hit(2, "risk")]})
	fake.codes(sole_source.findings) == {"risk"} with input as facts
	proven := fake.topics({"limited_sources": [fake.hit(1, "met")], "sole_source": [fake.hit(2, "met")]})
	sole_source.rating == "met" with input as proven
	count(sole_source.findings) == 0 with input as proven
}

# Reasons of a notice cite the law that they follow.
test_a_result_beside_the_law_is_one if {
	cited := object.union(fake.hit(1, "met"), {"role": "citation"})
	sole_source.rating == "met" with input as fake.topics({"sole_source": [cited, fake.hit(2, "risk")]})
	count(sole_source.findings) == 0 with input as fake.topics({"sole_source": [cited, fake.hit(2, "risk")]})
	asserted := object.union(fake.hit(1, "risk"), {"role": "citation"})
	not sole_source.rating with input as fake.topics({"sole_source": [asserted]})
}

# § 14 (4) no. 5 has bounds of its own, and is not the exception for a single source.
test_additional_supplies_have_a_question_of_their_own if {
	facts := fake.topics({"additional_supplies": [fake.hit(1, "met"), fake.hit(2, "met")], "sole_source": [fake.hit(1, "risk")]})
	sole_source.rating == "partly" with input as facts
	fake_values.unsure(sole_source.findings) == {"additional"} with input as facts
	[found.args.count | some found in sole_source.findings] == [2] with input as facts
	other := fake.topics({"additional_supplies": [fake.hit(1, "met")], "sole_source": [fake.hit(2, "risk")]})
	sole_source.rating == "not_met" with input as other
	fake.codes(sole_source.findings) == {"additional", "risk"} with input as other
	cited := fake.topics({"additional_supplies": [object.union(fake.hit(1, "met"), {"role": "citation"})], "sole_source": [fake.hit(2, "risk")]})
	fake.codes(sole_source.findings) == {"risk"} with input as cited
}
