package policies.criteria.exchangeability.award_criterion_test

import data.policies.criteria.exchangeability.award_criterion
import data.policies.criteria.neutrality.award_criteria
import data.policies.lib.fake
import data.policies.lib.fake_values

_weighted(values) := object.union(
	fake.topic("exchangeability_award", ["met"]),
	{"percentages": [{"value": value, "about": "award_weight", "clause": "1.0.1", "evidence": fake.evidence(0)} | some value in values]},
)

test_met_from_ten_percent_on if {
	award_criterion.rating == "met" with input as _weighted([10])
	count(award_criterion.findings) == 0 with input as _weighted([10])
	award_criterion.evidence == {fake.evidence(0)} with input as _weighted([10])
}

test_partly_below_ten_percent if {
	facts := _weighted([5])
	award_criterion.rating == "partly" with input as facts
	some finding in award_criterion.findings with input as facts
	finding.code == "low_weight"
	finding.args == {"percent": 5, "least": 10}
	fake.codes(award_criterion.findings) == {"low_weight"} with input as facts
}

test_several_weights_in_one_passage_are_asked_about if {
	facts := _weighted([50, 5])
	award_criterion.rating == "partly" with input as facts
	fake.codes(award_criterion.findings) == {"no_weight"} with input as facts
	every finding in award_criterion.findings { finding.certainty == "unsure" } with input as facts
}

test_partly_without_a_weight if {
	facts := fake.topic("exchangeability_award", ["met"])
	award_criterion.rating == "partly" with input as facts
	fake.codes(award_criterion.findings) == {"no_weight"} with input as facts
}

test_a_weight_that_stands_elsewhere_is_not_asked_for_again if {
	facts := object.union(_weighted([5]), {"topics": {"exchangeability_award": [fake.hit(0, "met"), fake.hit(1, "met")]}})
	fake.codes(award_criterion.findings) == {"low_weight"} with input as facts
}

test_percentages_of_something_else_do_not_count if {
	other := {"percentages": [{"value": 20, "about": "maintenance_share", "clause": "1.0.1", "evidence": fake.evidence(0)}]}
	facts := object.union(fake.topic("exchangeability_award", ["met"]), other)
	award_criterion.rating == "partly" with input as facts
}

test_a_percentage_about_nothing_else_is_the_weight if {
	facts := object.union(fake.topic("exchangeability_award", ["met"]), {"percentages": [{"value": 15, "clause": "1.0.1", "evidence": fake.evidence(0)}]})
	award_criterion.rating == "met" with input as facts
}

_points(own, others) := object.union(fake.topic("exchangeability_award", ["met"]), {"award_criteria": [
	{"name": "Wechselfähigkeit", "weight": own, "evidence": object.union(fake.evidence(0), {"quote": "Wechselfähigkeit"})},
	{"name": "Preis", "weight": others, "evidence": fake.evidence(7)},
]})

test_points_are_turned_into_percent if {
	award_criterion.rating == "met" with input as _points(20, 80)
	award_criterion.rating == "partly" with input as _points(5, 95)
	fake.codes(award_criterion.findings) == {"no_weight"} with input as _points(5, 95)
}

test_partly_as_general_quality if {
	facts := fake.topic("exchangeability_award", ["weak"])
	award_criterion.rating == "partly" with input as facts
	fake.codes(award_criterion.findings) == {"weak"} with input as facts
	count(award_criterion.evidence) == 1 with input as facts
}

test_missed_where_the_price_alone_decides if {
	facts := fake.topic("exchangeability_award", ["risk"])
	award_criterion.rating == "not_met" with input as facts
	fake.codes(award_criterion.findings) == {"risk"} with input as facts
	award_criterion.evidence == {fake.evidence(0)} with input as facts
}

test_one_finding_for_one_passage_about_the_price if {
	facts := fake.topics({"exchangeability_award": [fake.hit(1, "risk")], "price_only": [fake.hit(1, "risk"), fake.hit(2, "risk")]})
	award_criterion.rating == "not_met" with input as facts
	count(award_criterion.findings) == 2 with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not award_criterion.rating with input as fake.facts
	fake.codes(award_criterion.findings) == {"missing"} with input as fake.award_papers
	every finding in award_criterion.findings { not finding.evidence } with input as fake.facts
}

test_silent_is_asked_for_where_the_criteria_stand if {
	table := object.union(fake.facts, {"award_criteria": [{"name": "Preis", "weight": 100, "evidence": fake.evidence(7)}]})
	{finding.evidence | some finding in award_criterion.findings} == {fake.evidence(7)} with input as table
	sentence := fake.topics({"award_weights": [fake.hit(3, "met")]})
	{finding.evidence | some finding in award_criterion.findings} == {fake.evidence(3)} with input as sentence
}

test_not_applicable_to_an_architecture if {
	award_criterion.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not award_criterion.not_applicable with input as fake.dossier({"kind": fake.declared("both")})
}

test_not_applicable_where_nobody_competes if {
	direct := fake.topics({"sole_source": [fake.hit(1, "risk")]})
	award_criterion.not_applicable == "direct_award" with input as direct
	proven := fake.topics({"sole_source": [fake.hit(1, "met")]})
	award_criterion.not_applicable == "direct_award" with input as proven
}

test_applicable_where_bids_are_compared if {
	every other in ["award_weights", "exchangeability_award", "price_only"] {
		facts := fake.topics({"sole_source": [fake.hit(1, "risk")], other: [fake.hit(2, "risk")]})
		not award_criterion.not_applicable with input as facts
	}
	half := fake.topics({"sole_source": [fake.hit(1, "risk")], "exchangeability_award": [fake.hit(2, "weak")]})
	not award_criterion.not_applicable with input as half
	table := object.union(fake.topics({"sole_source": [fake.hit(1, "risk")]}), {"award_criteria": [{"name": "Preis", "evidence": fake.evidence(7)}]})
	not award_criterion.not_applicable with input as table
}

# Trap 8: a question of a bidder sets no criterion.
test_a_question_is_no_criterion if {
	not award_criterion.rating with input as fake.topic_as("exchangeability_award", ["met"], {"role": "question"})
}

test_asked_once_where_no_award_is_here if {
	some finding in award_criterion.findings with input as fake.facts
	finding.code == "elsewhere"
	finding.confidence == 0.4
	finding.args == {"criteria": ["EX-01", "NE-09"], "doubtful": false}
}

test_asked_for_all_that_binds_where_nobody_is_named if {
	facts := fake.dossier({"award": fake.inferred(false)})
	some finding in award_criterion.findings with input as facts
	finding.code == "elsewhere"
	finding.args == {"criteria": ["CE-01", "CE-02", "CE-03", "CE-04", "CE-05", "CE-06", "CE-07", "CE-10", "CE-11", "EX-01", "EX-02", "LI-02", "LI-05", "LI-06", "MC-06", "NE-09"], "doubtful": true}
	terms := object.union(facts, {"topics": {"contract_term": [fake.hit(1, "met")]}})
	{found.args | some found in award_criterion.findings with input as terms} == {{"criteria": ["EX-01", "NE-09"], "doubtful": true}}
}

test_missing_where_the_award_is_spoken_of if {
	fake.codes(award_criterion.findings) == {"missing"} with input as fake.dossier({"award": fake.declared(true)})
	fake.codes(award_criterion.findings) == {"elsewhere"} with input as fake.dossier({"award": fake.inferred(true)})
	fake.codes(award_criterion.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
}

test_the_paper_that_a_text_names_is_asked_for_once if {
	facts := fake.topic("award_weights_elsewhere", ["met"])
	count(award_criterion.findings) == 0 with input as facts
	"elsewhere" in fake.codes(award_criteria.findings) with input as facts
}

# One question that fits what was read, whatever it says of awards.
test_papers_without_a_procurement_are_asked_one_question if {
	every role in ["price_sheet", "form", "guidance", "module", "notice", "question"] {
		fake.codes(award_criterion.findings) == {role} with input as fake.read_as([role, role])
		{finding.args | some finding in award_criterion.findings} == {{"count": 2}} with input as fake.read_as([role, role])
		told := object.union(fake.read_as([role]), {"topics": {"award_weights": [fake.hit(1, "met")], "award_weights_elsewhere": [fake.hit(2, "met")]}})
		fake.codes(award_criterion.findings) == {role} with input as told
	}
	fake.codes(award_criterion.findings) == {"elsewhere"} with input as fake.read_as(["specification", "guidance"])
}

test_a_passage_in_such_papers_is_still_found if {
	facts := object.union(fake.read_as(["module"]), {"topics": {"exchangeability_award": [fake.hit(1, "weak")]}})
	fake.codes(award_criterion.findings) == {"module", "weak"} with input as facts
}

test_the_named_paper_is_asked_for_by_one_criterion if {
	named := {"attachments": [fake.attachment("Bewertungsmatrix", "criteria")]}
	count(award_criterion.findings) == 0 with input as object.union(fake.facts, named)
	count(award_criterion.findings) == 0 with input as object.union(fake.award_papers, named)
}

test_a_project_of_the_authors_own_is_asked_about_at_its_place if {
	own := fake.dossier({"award": object.union(fake.inferred(false), {"evidence": [fake.evidence(3)]})})
	fake_values.unsure(award_criterion.findings) == {"own_project"} with input as own
	{finding.evidence | some finding in award_criterion.findings} == {fake.evidence(3)} with input as own
	fake_values.unsure(award_criterion.findings) == {"own_project"} with input as fake.topic_in(own, "award_weights_elsewhere", ["met"])
	not "own_project" in fake.codes(award_criterion.findings) with input as object.union(own, {"documents": fake.award_papers.documents})
	fake.codes(award_criterion.findings) == {"module"} with input as object.union(own, {"documents": fake.read_as(["module"]).documents})
}

# A letter that asks for bids leaves what is bought to a paper that was not here.
test_the_specification_is_named_and_not_here if {
	facts := object.union(fake.facts, {"attachments": [{"name": "Statement of Work", "about": "specification", "present": false, "evidence": fake.evidence(3)}]})
	found := award_criterion.findings with input as facts
	some asked in found
	asked.code == "specification"
	asked.certainty == "unsure"
	asked.args == {"paper": "Statement of Work"}
	asked.evidence == fake.evidence(3)
	priced := object.union(facts, {"documents": fake.read_as(["price_sheet"]).documents})
	fake.codes(award_criterion.findings) == {"price_sheet"} with input as priced
}

test_criteria_that_are_ranked_are_the_place if {
	found := award_criterion.findings with input as fake.topic("award_weights", ["weak"])
	fake.codes(found) == {"missing"}
	every asked in found { asked.evidence }
}

test_nothing_to_exchange_in_work_of_people if {
	facts := object.union(fake.topic("award_weights", ["weak"]), {"dossier": {"service_model": fake.inferred("services")}})
	count(award_criterion.findings) == 0 with input as facts
}

test_work_of_people_is_offered_no_wording_on_software if {
	described := fake.read_as(["specification"])
	[found.args | some found in award_criterion.findings] == [{"criteria": ["EX-01", "NE-09"], "doubtful": false}] with input as described
	people := object.union(described, {"dossier": {"service_model": fake.inferred("services")}})
	count(award_criterion.findings) == 0 with input as people
}

# Where the code is the buyer's already, no solution is chosen by criteria.
test_work_on_own_software_is_asked_by_the_weights_alone if {
	own := object.union(fake.read_as(["specification"]), {"dossier": {"order": fake.inferred("own_software")}})
	count(award_criterion.findings) == 0 with input as own
	weighed := object.union(fake.topic("award_weights", ["weak"]), {"dossier": {"order": fake.inferred("own_software")}})
	count(award_criterion.findings) == 0 with input as weighed
}

test_a_charter_is_asked_once if {
	order := object.union(fake.inferred("charter"), {"evidence": [fake.evidence(1)]})
	charter := object.union(fake.read_as(["annex"]), {"dossier": {"order": order, "award": fake.inferred(false)}})
	fake.codes(award_criterion.findings) == {"charter"} with input as charter
	own := object.union(charter, {"dossier": {"award": object.union(fake.inferred(false), {"evidence": [fake.evidence(2)]})}})
	fake.codes(award_criterion.findings) == {"charter"} with input as own
	beside := object.union(charter, {"documents": fake.read_as(["annex", "specification"]).documents})
	fake.codes(award_criterion.findings) == {"elsewhere"} with input as beside
}

test_whoever_is_chosen_already_leaves_no_bids_to_weigh if {
	order := {"order": fake.inferred("awarded")}
	count(award_criterion.findings) == 0 with input as fake.dossier(order)
	count(award_criterion.findings) == 0 with input as object.union(fake.award_papers, {"dossier": order})
	count(award_criterion.findings) > 0 with input as fake.dossier(object.union(order, {"complete": fake.declared(true)}))
}

test_general_terms_are_asked_for_their_contract if {
	fake.codes(award_criterion.findings) == {"terms"} with input as fake.general_terms
	contract := [object.remove(document, ["general"]) | some document in fake.general_terms.documents]
	fake.codes(award_criterion.findings) == {"elsewhere"} with input as object.union(fake.facts, {"documents": contract})
}
