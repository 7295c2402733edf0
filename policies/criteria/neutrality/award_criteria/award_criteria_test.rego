package policies.criteria.neutrality.award_criteria_test

import data.policies.criteria.neutrality.award_criteria
import data.policies.lib.fake
import data.policies.lib.fake_values

_row(n, values) := object.union({"name": sprintf("criterion %d", [n]), "evidence": fake.evidence(n)}, values)

_table(rows) := object.union(fake.facts, {"award_criteria": rows})

test_met_with_weights_and_scale if {
	facts := fake.topics({"award_weights": [fake.hit(1, "met")], "award_scale": [fake.hit(2, "met")]})
	award_criteria.rating == "met" with input as facts
	count(award_criteria.findings) == 0 with input as facts
	award_criteria.evidence == {fake.evidence(1), fake.evidence(2)} with input as facts
}

test_met_by_a_table_with_both if {
	facts := _table([_row(1, {"weight": 60, "scale": "0-10"}), _row(2, {"weight": 40, "scale": "0-10"})])
	award_criteria.rating == "met" with input as facts
	count(award_criteria.findings) == 0 with input as facts
}

test_met_where_only_the_price_counts if {
	facts := fake.topic("price_only", ["risk"])
	award_criteria.rating == "met" with input as facts
	count(award_criteria.findings) == 0 with input as facts
}

test_partly_where_all_weigh_the_same if {
	facts := fake.topic("award_equal", ["met"])
	award_criteria.rating == "partly" with input as facts
	fake.codes(award_criteria.findings) == {"no_scale"} with input as facts
	fake_values.places_of(award_criteria.findings) == {fake.evidence(0)} with input as facts
}

# The technical criteria weigh the same; against the price they are only ranked.
test_a_ranking_is_told_where_it_stands if {
	facts := fake.topics({"award_equal": [fake.hit(1, "met")], "award_weights": [fake.hit(2, "weak")]})
	award_criteria.rating == "partly" with input as facts
	fake.codes(award_criteria.findings) == {"weak"} with input as facts
	fake_values.places_of(award_criteria.findings) == {fake.evidence(2)} with input as facts
}

test_weights_in_a_table_stand_before_equal_ones if {
	facts := object.union(_table([_row(3, {"weight": 100})]), {"topics": {"award_equal": [fake.hit(1, "met")]}})
	fake_values.places_of(award_criteria.findings) == {fake.evidence(3)} with input as facts
}

# Trap 3: "not the price alone" leaves everything open.
test_more_than_the_price_says_nothing if {
	not award_criteria.rating with input as fake.topic("price_only", ["met"])
}

test_partly_without_scale if {
	facts := fake.topic("award_weights", ["met"])
	award_criteria.rating == "partly" with input as facts
	fake.codes(award_criteria.findings) == {"no_scale"} with input as facts
	fake_values.places_of(award_criteria.findings) == {fake.evidence(0)} with input as facts
}

test_partly_by_a_table_without_scale if {
	facts := _table([_row(1, {"weight": 100})])
	award_criteria.rating == "partly" with input as facts
	fake.codes(award_criteria.findings) == {"no_scale"} with input as facts
	fake_values.places_of(award_criteria.findings) == {fake.evidence(1)} with input as facts
}

test_partly_where_one_criterion_has_no_weight if {
	facts := _table([_row(1, {"weight": 60, "scale": "0-10"}), _row(2, {})])
	award_criteria.rating == "partly" with input as facts
	some finding in award_criteria.findings with input as facts
	finding.code == "some_without_weight"
	finding.evidence == fake.evidence(2)
	finding.args == {"criteria": ["criterion 2"], "count": 1}
}

test_partly_by_rank if {
	facts := fake.topic("award_weights", ["weak"])
	award_criteria.rating == "partly" with input as facts
	fake.codes(award_criteria.findings) == {"weak"} with input as facts
}

test_missed_where_they_come_later if {
	facts := fake.topic("award_weights", ["risk"])
	award_criteria.rating == "not_met" with input as facts
	fake.codes(award_criteria.findings) == {"risk"} with input as facts
}

test_partly_where_some_come_later if {
	facts := fake.topics({"award_weights": [fake.hit(1, "met"), fake.hit(2, "risk")], "award_scale": [fake.hit(3, "met")]})
	award_criteria.rating == "partly" with input as facts
	fake.codes(award_criteria.findings) == {"risk"} with input as facts
}

test_names_alone_are_not_rated if {
	facts := _table([_row(1, {}), _row(2, {})])
	not award_criteria.rating with input as facts
	some finding in award_criteria.findings with input as facts
	finding.code == "no_weights"
	finding.args == {}
	finding.evidence == fake.evidence(1)
}

test_silent_is_not_rated_and_asked_for if {
	not award_criteria.rating with input as fake.facts
	fake.codes(award_criteria.findings) == {"missing"} with input as fake.award_papers
}

test_not_applicable_before_the_procedure if {
	award_criteria.not_applicable == "not_yet_due" with input as fake.dossier({"stage": fake.declared("consultation")})
	not award_criteria.not_applicable with input as fake.dossier({"stage": fake.declared("published")})
}

# Trap 8: an example of weights is none.
test_an_example_weighs_nothing if {
	not award_criteria.rating with input as fake.topic_as("award_weights", ["met"], {"role": "example"})
}

test_asked_with_the_other_where_no_award_is_here if {
	count(award_criteria.findings) == 0 with input as fake.facts
}

test_weights_in_another_document_are_asked_for if {
	facts := fake.topic("award_weights_elsewhere", ["met"])
	not award_criteria.rating with input as facts
	fake_values.unsure(award_criteria.findings) == {"elsewhere"} with input as facts
}

# One question for all that the paper would tell, with its name.
test_the_paper_with_the_criteria_is_asked_for_by_its_name if {
	facts := object.union(fake.facts, {"attachments": [fake.attachment("Bewertungsmatrix", "criteria")]})
	some finding in award_criteria.findings with input as facts
	finding.code == "elsewhere"
	finding.args == {"criteria": ["EX-01", "NE-09"], "paper": "Bewertungsmatrix", "told": true}
	finding.evidence == fake.evidence(9)
}

# EX-01 asks for these papers where it is open as well.
test_asked_alone_where_nothing_else_is_open if {
	described := fake.read_as(["specification"])
	count(award_criteria.findings) == 0 with input as described
	every dossier in [{"order": fake.inferred("own_software")}, {"service_model": fake.inferred("services")}] {
		[found.args | some found in award_criteria.findings] == [{"criteria": ["NE-09"], "paper": "", "told": false}] with input as object.union(described, {"dossier": dossier})
	}
	form := object.union(fake.read_as(["form"]), {"dossier": {"order": fake.inferred("own_software")}})
	count(award_criteria.findings) == 0 with input as form
}

test_papers_that_award_nothing_are_not_asked_for_weights if {
	every role in ["price_sheet", "form", "guidance", "module", "question"] {
		facts := object.union(fake.read_as([role]), {"topics": {"award_weights_elsewhere": [fake.hit(1, "met")]}})
		count(award_criteria.findings) == 0 with input as facts
	}
	nobody := fake.topic_in(fake.dossier({"award": fake.inferred(false)}), "award_weights_elsewhere", ["met"])
	count(award_criteria.findings) == 0 with input as nobody
}

test_weights_that_are_read_need_no_other_document if {
	facts := fake.topics({
		"award_weights": [fake.hit(1, "met")],
		"award_scale": [fake.hit(2, "met")],
		"award_weights_elsewhere": [fake.hit(3, "met")],
	})
	count(award_criteria.findings) == 0 with input as facts
}

test_whoever_is_chosen_already_leaves_no_weights_to_ask_for if {
	order := {"order": fake.inferred("awarded")}
	count(award_criteria.findings) == 0 with input as fake.dossier(object.union(order, {"service_model": fake.inferred("services")}))
	count(award_criteria.findings) == 0 with input as object.union(fake.award_papers, {"dossier": order})
}

test_nothing_is_weighed_where_one_firm_is_asked if {
	every polarity in ["met", "risk"] {
		award_criteria.not_applicable == "direct_award" with input as fake.topics({"sole_source": [fake.hit(1, polarity)]})
	}
	not award_criteria.not_applicable with input as fake.topics({"sole_source": [fake.hit(1, "weak")]})
	not award_criteria.not_applicable with input as fake.topics({"sole_source": [fake.hit(1, "risk")], "price_only": [fake.hit(2, "risk")]})
}
