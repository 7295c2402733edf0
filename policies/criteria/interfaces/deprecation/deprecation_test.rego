package policies.criteria.interfaces.deprecation_test

import data.policies.criteria.interfaces.deprecation
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_versions_end_a_year_after_notice if {
	every months in [12, 24] {
		facts := _noticed(_versioned, [months])
		deprecation.rating == "met" with input as facts
		count(deprecation.findings) == 0 with input as facts
		count(deprecation.evidence) == 2 with input as facts
	}
}

test_partly_where_the_notice_is_short if {
	facts := _noticed(_versioned, [3, 6])
	deprecation.rating == "partly" with input as facts
	fake.codes(deprecation.findings) == {"short_notice"} with input as facts
	{finding.args.months | some finding in deprecation.findings} == {6} with input as facts
}

test_partly_where_there_are_versions_only if {
	facts := fake.topics(_versioned)
	deprecation.rating == "partly" with input as facts
	fake.codes(deprecation.findings) == {"no_notice"} with input as facts
}

# Parallel operation for an unknown time.
test_partly_where_no_length_is_named if {
	facts := _noticed(_versioned, [])
	deprecation.rating == "partly" with input as facts
	fake.codes(deprecation.findings) == {"no_notice"} with input as facts
}

test_partly_where_there_is_notice_only if {
	facts := _noticed({}, [12])
	deprecation.rating == "partly" with input as facts
	fake.codes(deprecation.findings) == {"no_versioning"} with input as facts
}

test_partly_where_notice_is_in_good_time if {
	facts := fake.topic("interface_deprecation", ["weak"])
	deprecation.rating == "partly" with input as facts
	fake.codes(deprecation.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := _noticed({"interface_versioning": [fake.hit(1, "met"), fake.hit(3, "risk")]}, [12])
	deprecation.rating == "partly" with input as facts
	fake.codes(deprecation.findings) == {"risk"} with input as facts
}

test_missed_where_interfaces_change_at_will if {
	facts := fake.topic("interface_versioning", ["risk"])
	deprecation.rating == "not_met" with input as facts
	fake.codes(deprecation.findings) == {"risk"} with input as facts
}

# Durations in other sentences are those of something else.
test_other_durations_do_not_count if {
	facts := object.union(fake.topics(_versioned), {"durations": [fake_values.duration(7, "", 12)]})
	deprecation.rating == "partly" with input as facts
}

test_silent_is_not_asked_for_without_terms if {
	not deprecation.rating with input as fake.facts
	count(deprecation.findings) == 0 with input as fake.facts
}

test_silent_is_asked_for_where_other_terms_are_settled if {
	facts := fake.topics({"interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")], "api_coverage": [fake.hit(2, "met")], "open_standards": [fake.hit(9, "met")]})
	fake.codes(deprecation.findings) == {"missing"} with input as facts
	fake_values.places_of(deprecation.findings) == {fake.evidence(1)} with input as facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(deprecation.findings) == {"missing"} with input as facts
}

test_not_applicable_to_code_of_ones_own if {
	own := fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	deprecation.not_applicable == "own_code" with input as own
	not deprecation.not_applicable with input as fake.topic_in(own, "interface_versioning", ["risk"])
	not deprecation.not_applicable with input as fake.facts
}

# Trap 1: how the system in use is versioned says nothing of the purchase.
test_the_existing_estate_does_not_count if {
	not deprecation.rating with input as fake.topic_as("interface_versioning", ["met"], {"role": "existing_estate"})
}

_versioned := {"interface_versioning": [fake.hit(1, "met")]}

_noticed(hits, lengths) := object.union(
	fake.topics(object.union(hits, {"interface_deprecation": [fake.hit(2, "met")]})),
	{"durations": [fake_values.duration(2, "notice", months) | some months in lengths]},
)

# The solution.
_offering(changes) := fake_graph.drawn([fake_graph.custom("app", {})], [fake_graph.specified("app", changes)])

test_graph_partly_where_interfaces_carry_a_version if {
	deprecation.rating == "partly" with input as _offering({})
	fake_values.unsure(deprecation.findings) == {"no_notice"} with input as _offering({})
	deprecation.evidence == {fake_graph.place("app")} with input as _offering({})
}

test_graph_asks_where_there_is_no_version if {
	facts := _offering({"versioned": false, "version": null})
	bare := json.remove(facts, ["interfaces/0/specification/version"])
	not deprecation.rating with input as bare
	fake_values.unsure(deprecation.findings) == {"unversioned"} with input as bare
}

test_text_settles_more_than_the_graph if {
	hits := {"interface_versioning": [fake.hit(1, "met")], "interface_deprecation": [fake.hit(2, "met")]}
	facts := object.union(fake.topics(hits), {"durations": [fake_values.duration(2, "", 12)]})
	deprecation.rating == "met" with input as fake_graph.with_text(facts, [fake_graph.custom("app", {})], [fake_graph.specified("app", {})])
	count(deprecation.findings) == 0 with input as fake_graph.with_text(facts, [fake_graph.custom("app", {})], [fake_graph.specified("app", {})])
}

# IF-01 asks at the same sentence and names what else is open.
test_silent_beside_a_question_on_the_interface_itself if {
	facts := fake.topics({"interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")], "api_coverage": [fake.hit(2, "met")]})
	count(deprecation.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(deprecation.findings) == {"missing"} with input as complete
}
