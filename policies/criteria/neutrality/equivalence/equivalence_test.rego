package policies.criteria.neutrality.equivalence_test

import data.policies.criteria.neutrality.equivalence
import data.policies.lib.fake
import data.policies.lib.result

_named(changes) := fake.mentions({"product": [fake.mention("x", changes)]})

test_met_with_yardstick if {
	facts := _named({"equivalent": true, "yardstick": true})
	equivalence.rating == "met" with input as facts
	count(equivalence.findings) == 0 with input as facts
	equivalence.evidence == {fake.evidence(1)} with input as facts
}

test_met_with_a_yardstick_in_the_same_sentence if {
	facts := object.union(_named({"equivalent": true}), {"topics": {"equivalence_yardstick": [fake.hit(1, "met")]}})
	equivalence.rating == "met" with input as facts
}

# Trap 7: a clause for the whole document counts with a yardstick of its own.
test_met_by_a_general_clause_with_yardstick if {
	facts := object.union(_named({"equivalent": true}), {"topics": {
		"equivalence_clause": [fake.hit(5, "met")],
		"equivalence_yardstick": [fake.hit(6, "met")],
	}})
	equivalence.rating == "met" with input as facts
	equivalence.evidence == {fake.evidence(1), fake.evidence(5), fake.evidence(6)} with input as facts
}

# Trap 7: a yardstick for something else, further on, measures nothing.
test_a_yardstick_elsewhere_measures_nothing if {
	facts := object.union(_named({"equivalent": true}), {"topics": {"equivalence_yardstick": [fake.hit(6, "met")]}})
	equivalence.rating == "partly" with input as facts
}

test_partly_without_yardstick if {
	facts := fake.mentions({"product": [
		fake.mention("y", {"equivalent": true}),
		fake.mention("x", {"equivalent": true, "evidence": fake.evidence(4)}),
	]})
	equivalence.rating == "partly" with input as facts
	equivalence.findings == {{
		"criterion": "NE-02",
		"code": "no_yardstick",
		"certainty": "sure",
		"confidence": result.confidence("NE-02", "no_yardstick", "sure"),
		"evidence": fake.evidence(1),
		"args": {"products": ["x", "y"], "count": 2, "places": ["a.md, line 1", "a.md, line 4"]},
	}} with input as facts
}

test_missed_without_the_addition if {
	facts := fake.mentions({"product": [fake.mention("x", {}), fake.mention("x", {"evidence": fake.evidence(4)})]})
	equivalence.rating == "not_met" with input as facts
	equivalence.findings == {{
		"criterion": "NE-02",
		"code": "no_equivalent",
		"certainty": "sure",
		"confidence": result.confidence("NE-02", "no_equivalent", "sure"),
		"evidence": fake.evidence(1),
		"args": {
			"name": "x",
			"open": false,
			"count": 2,
			"places": ["a.md, line 1", "a.md, line 4"],
			"language": "",
			"function": "",
			"frame": {},
		},
	}} with input as facts
}

test_one_product_without_the_addition_is_enough if {
	facts := fake.mentions({"product": [fake.mention("x", {}), fake.mention("y", {"equivalent": true, "yardstick": true})]})
	equivalence.rating == "not_met" with input as facts
}

# Trap 5
test_open_source_needs_the_addition_too if {
	facts := _named({"open": true})
	equivalence.rating == "not_met" with input as facts
	some finding in equivalence.findings with input as facts
	finding.args.open == true
}

test_doubtful_demands_are_left_to_the_criterion_on_mentions if {
	facts := _named({"modality": "none"})
	equivalence.not_applicable == "no_mention" with input as facts
	count(equivalence.findings) == 0 with input as facts
}

test_a_bare_name_with_the_addition_counts if {
	equivalence.rating == "met" with input as _named({"modality": "none", "equivalent": true, "yardstick": true})
}

# NE-01 asks whether they suffice.
test_not_asked_where_reasons_stand_elsewhere if {
	facts := object.union(_named({}), {"topics": {"product_justification": [fake.hit(7, "met")]}})
	equivalence.rating == "partly" with input as facts
	count(equivalence.findings) == 0 with input as facts
}

test_not_applicable_with_reasons_beside_it if {
	facts := object.union(_named({}), {"topics": {"product_justification": [fake.hit(1, "met")]}})
	equivalence.not_applicable == "justified" with input as facts
	not equivalence.rating with input as facts
	count(equivalence.findings) == 0 with input as facts
}

# Trap 1: the estate and what has to be connected are no demands.
test_not_applicable_without_a_demand if {
	equivalence.not_applicable == "no_mention" with input as fake.facts
	equivalence.not_applicable == "no_mention" with input as _named({"role": "existing_estate"})
	equivalence.not_applicable == "no_mention" with input as _named({"role": "integration_target"})
	equivalence.not_applicable == "no_mention" with input as _named({"tags": ["technology"]})
	not equivalence.not_applicable with input as _named({})
}

test_nothing_read_is_silent if {
	facts := object.union(fake.facts, {"documents": []})
	not equivalence.rating with input as facts
	not equivalence.not_applicable with input as facts
	count(equivalence.findings) == 0 with input as facts
}

test_substitutes_that_are_ruled_out_are_shown if {
	facts := object.union(_named({}), {"topics": {"equivalence_clause": [fake.hit(3, "risk")]}})
	equivalence.rating == "not_met" with input as facts
	fake.codes(equivalence.findings) == {"no_equivalent", "risk"} with input as facts
}

test_free_discretion_is_shown if {
	facts := object.union(_named({"equivalent": true}), {"topics": {"equivalence_yardstick": [fake.hit(3, "risk")]}})
	equivalence.rating == "partly" with input as facts
	fake.codes(equivalence.findings) == {"no_yardstick", "free_discretion"} with input as facts
}

test_not_asked_where_reasons_are_thin if {
	facts := object.union(
		fake.mentions({"product": [fake.mention("x", {})]}),
		{"topics": {"product_justification": [object.union(fake.hit(1, "weak"), {"clause": "1.1.1"})]}},
	)
	equivalence.rating == "partly" with input as facts
	count(equivalence.findings) == 0 with input as facts
}

# Among many technologies NE-01 makes one question of the list.
test_not_applicable_to_a_list_of_technologies if {
	technologies := [fake.mention(name, {"tags": ["technology"]}) | some name in ["a", "b", "c", "d"]]
	equivalence.not_applicable == "no_mention" with input as fake.mentions({"product": array.concat(technologies, [fake.mention("x", {})])})
}

# Where nothing seems to be awarded, NE-01 asks about the name.
test_silent_without_an_award if {
	facts := fake.mentions({"product": [fake.mention("oracle", {})]})
	fake.codes(equivalence.findings) == {"no_equivalent"} with input as facts
	count(equivalence.findings) == 0 with input as object.union(facts, {"dossier": {"award": {"value": false, "source": "inferred"}}})
}

# Whether a list of several admits others is asked by the criterion on mentions.
test_a_choice_of_products_is_not_asked_twice if {
	facts := fake.mentions({"product": [fake.mention("db2", {"one_of": true}), fake.mention("oracle", {"one_of": true})]})
	equivalence.rating == "partly" with input as facts
	count(equivalence.findings) == 0 with input as facts
}

# Nor is an exception that is invoked by law.
test_an_exception_from_competition_is_not_asked_twice if {
	facts := object.union(fake.mentions({"product": [fake.mention("oracle", {})]}), fake.topic("limited_sources", ["met"]))
	equivalence.rating == "partly" with input as facts
	count(equivalence.findings) == 0 with input as facts
}

# More licences of what is there have no equivalent; NE-01 asks why it is named. What is
# demanded anew of another product has one, even if files of the old one lie there.
test_licences_of_what_is_in_use_need_no_addition if {
	there := fake.mention("x", {"role": "existing_estate", "clause": "1.5.1"})
	mentioned := {"mentions": {"product": [fake.mention("x", {}), there]}}
	fake.codes(equivalence.findings) == {"no_equivalent"} with input as object.union(fake.facts, mentioned)
	licences := fake.dossier({"order": fake.inferred("licences")})
	facts := object.union(licences, mentioned)
	equivalence.rating == "partly" with input as facts
	count(equivalence.findings) == 0 with input as facts
	other := object.union(licences, {"mentions": {"product": [fake.mention("x", {}), object.union(there, {"term": "y"})]}})
	fake.codes(equivalence.findings) == {"no_equivalent"} with input as other
}

test_one_firm_alone_has_no_equivalent if {
	facts := object.union(_named({}), {"topics": {"sole_source": [fake.hit(3, "risk")]}})
	equivalence.rating == "partly" with input as facts
	count(equivalence.findings) == 0 with input as facts
}
