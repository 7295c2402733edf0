package policies.criteria.community.maintenance_budget_test

import data.policies.criteria.community.maintenance_budget
import data.policies.lib.fake
import data.policies.lib.fake_values

_budget(total, maintenance) := fake.dossier({"budget": fake.declared({"total": total, "maintenance": maintenance})})

_told(polarities, value) := object.union(fake.topic("maintenance_budget", polarities), {"percentages": [{
	"value": value,
	"about": "maintenance_share",
	"clause": "1.0.1",
	"evidence": fake.evidence(0),
}]})

test_met_where_the_manifest_says_so if {
	maintenance_budget.rating == "met" with input as _budget(1000000, 100000)
	count(maintenance_budget.findings) == 0 with input as _budget(1000000, 100000)
}

test_met_where_the_documents_say_so if {
	maintenance_budget.rating == "met" with input as _told(["met"], 12)
	count(maintenance_budget.findings) == 0 with input as _told(["met"], 12)
	count(maintenance_budget.evidence) == 1 with input as _told(["met"], 12)
}

test_partly_from_half_of_it_on if {
	maintenance_budget.rating == "partly" with input as _budget(1000000, 60000)
	[[found.code, found.args.share, found.evidence.path] | some found in maintenance_budget.findings] == [["low", 6, "dossier.yaml"]] with input as _budget(1000000, 60000)
	maintenance_budget.rating == "partly" with input as _told(["met"], 5)
	[[found.code, found.evidence.line] | some found in maintenance_budget.findings] == [["low", 0]] with input as _told(["met"], 5)
}

test_partly_without_a_figure if {
	facts := fake.topic("maintenance_budget", ["weak"])
	maintenance_budget.rating == "partly" with input as facts
	fake.codes(maintenance_budget.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	maintenance_budget.rating == "partly" with input as _told(["met", "risk"], 12)
	fake.codes(maintenance_budget.findings) == {"risk"} with input as _told(["met", "risk"], 12)
}

test_missed_where_there_is_little_or_nothing if {
	maintenance_budget.rating == "not_met" with input as _budget(1000000, 40000)
	maintenance_budget.rating == "not_met" with input as _told(["met"], 3)
	maintenance_budget.rating == "not_met" with input as fake.topic("maintenance_budget", ["risk", "weak"])
	fake.codes(maintenance_budget.findings) == {"risk"} with input as fake.topic("maintenance_budget", ["risk", "weak"])
}

test_silent_is_not_applicable if {
	not maintenance_budget.rating with input as fake.facts
	maintenance_budget.not_applicable == "no_budget" with input as fake.facts
	count(maintenance_budget.findings) == 0 with input as fake.facts
}

test_a_budget_without_maintenance_is_asked_about if {
	facts := fake.dossier({"budget": fake.declared({"total": 1000000})})
	not maintenance_budget.rating with input as facts
	not maintenance_budget.not_applicable with input as facts
	fake.codes(maintenance_budget.findings) == {"missing"} with input as facts
	fake_values.places_of(maintenance_budget.findings) == {{"path": "dossier.yaml", "place": "dossier.yaml"}} with input as facts
}

# The weight of maintenance in the award is no share of a budget.
test_a_weight_is_no_budget if {
	facts := object.union(_told(["met"], 20), {"topics": {"maintenance_budget": [fake.hit(0, "met")], "award_weights": [fake.hit(0, "met")]}})
	not maintenance_budget.rating with input as facts
}

# A percentage on something else, such as a rise in prices, is no share either.
test_another_percentage_is_no_share if {
	facts := object.union(_told(["met"], 3), {"percentages": [{"value": 3, "about": "service_level", "clause": "1.0.1", "evidence": fake.evidence(0)}]})
	maintenance_budget.rating == "partly" with input as facts
	fake.codes(maintenance_budget.findings) == {"weak"} with input as facts
}

# Trap 8: a question to bidders sets nothing aside.
test_a_question_sets_nothing_aside if {
	not maintenance_budget.rating with input as fake.topic_as("maintenance_budget", ["weak"], {"role": "question"})
}
