package policies.criteria.neutrality.product_mentions_test

import data.policies.criteria.neutrality.product_mentions
import data.policies.lib.fake
import data.policies.lib.fake_values

_demanded(changes) := fake.mentions({"product": [fake.mention("oracle_database", changes)]})

# "Oracle or Db2": neither is demanded by itself, and both are one question.
test_a_choice_of_products_is_one_question if {
	choice := {"one_of": true, "evidence": fake.evidence(7)}
	facts := fake.mentions({"product": [fake.mention("db2", choice), fake.mention("oracle", choice)]})
	product_mentions.rating == "partly" with input as facts
	fake_values.unsure(product_mentions.findings) == {"choice"} with input as facts
	{found.args.name | some found in product_mentions.findings with input as facts} == {"db2, oracle"}
	fake.codes(product_mentions.findings) == {"equivalent_only"} with input as _demanded({"one_of": true, "equivalent": true})
	count(product_mentions.findings) == 0 with input as _demanded({"one_of": true, "modality": "none"})
}

# An exception invoked by law is a reason of its own, of which NE-08 and the file tell.
test_an_exception_from_competition_is_asked_about if {
	every subject in ["limited_sources", "neutrality_exception"] {
		facts := object.union(_demanded({}), fake.topic(subject, ["met"]))
		product_mentions.rating == "partly" with input as facts
		fake_values.unsure(product_mentions.findings) == {"reason_elsewhere"} with input as facts
	}
	quoted := object.union(_demanded({}), fake.topic_as("limited_sources", ["met"], {"role": "citation"}))
	fake.codes(product_mentions.findings) == {"named"} with input as quoted
}

# The chapter on the need gives reasons for the whole, unless it names another product.
test_reasons_of_the_need_are_asked_about if {
	need := {"evidence": {"path": "a.md", "section": "4.0 Statement of Need"}}
	here := fake.mention("x", {"evidence": {"path": "a.md", "section": "3 Database"}})
	reasons := {"topics": {"product_justification": [object.union_n([fake.hit(9, "met"), need, {"role": "existing_estate"}])]}}
	facts := object.union(fake.mentions({"product": [here]}), reasons)
	fake_values.unsure(product_mentions.findings) == {"reason_elsewhere"} with input as facts
	other := fake.mention("y", {"role": "existing_estate", "evidence": need.evidence})
	both := object.union(fake.mentions({"product": [here, other]}), reasons)
	fake.codes(product_mentions.findings) == {"named"} with input as both
}

test_a_section_of_reasons_gives_one if {
	every section in ["5 Begründung der Produktvorgabe", "Brand name justification", "Rationale"] {
		fake_values.unsure(product_mentions.findings) == {"thin_reason"} with input as _demanded({"evidence": {"path": "a.md", "section": section}})
	}
	fake.codes(product_mentions.findings) == {"named"} with input as _demanded({"evidence": {"path": "a.md", "section": "5 Datenbank"}})
}

test_a_reason_told_of_what_is_there_counts if {
	facts := fake.topic_as("product_reason", ["met"], {"role": "existing_estate"})
	fake.codes(product_mentions.findings) == {"thin_reason"} with input as object.union(facts, _demanded({"clause": facts.topics.product_reason[0].clause}))
}
