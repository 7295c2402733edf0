package policies.criteria.contract.transition_support_test

import data.policies.criteria.contract.transition_support
import data.policies.lib.fake
import data.policies.lib.fake_values

_duty(values) := fake_values.with_values({"transition_support": [fake.hit(1, "met")]}, values)

test_met_with_duty_and_duration if {
	facts := _duty({"durations": [fake_values.duration(1, "transition", 6)]})
	transition_support.rating == "met" with input as facts
	count(transition_support.findings) == 0 with input as facts
	count(transition_support.evidence) == 1 with input as facts
}

test_met_with_a_duration_in_the_same_section if {
	hit := object.union(fake.hit(1, "met"), {"evidence": {"section": "8 Ende"}})
	duration := object.union(fake_values.duration(2, "transition", 6), {"evidence": {"section": "8 Ende"}})
	facts := fake_values.with_values({"transition_support": [hit]}, {"durations": [duration]})
	transition_support.rating == "met" with input as facts
}

test_met_with_a_duration_whose_subject_is_unclear if {
	duration := object.remove(fake_values.duration(1, "", 6), {"about"})
	transition_support.rating == "met" with input as _duty({"durations": [duration]})
}

test_met_with_an_amount if {
	amount := {"value": 900, "currency": "EUR", "clause": "1.1.1", "evidence": fake.evidence(1)}
	transition_support.rating == "met" with input as _duty({"amounts": [amount]})
}

test_met_in_the_price_sheet if {
	transition_support.rating == "met" with input as _duty({"documents": [{"path": "a.md", "role": "price_sheet", "clauses": 1}]})
}

test_met_where_the_exit_is_priced if {
	facts := fake.topics({"transition_support": [fake.hit(1, "met")], "exit_cost": [fake.hit(2, "met")]})
	transition_support.rating == "met" with input as facts
}

# "Der Anbieter hilft beim Wechsel. Hierfür fallen keine Kosten an."
test_the_next_sentence_tells_the_price if {
	facts := object.union(fake.topics({"transition_support": [fake.hit(1, "met")], "export_cost": [fake.hit(2, "met")]}), {"clauses": {
		"1.1.1": {"statement": "1.1.1"},
		"1.2.1": {"statement": "1.1.1"},
	}})
	transition_support.rating == "met" with input as facts
	transition_support.rating == "partly" with input as object.union(facts, {"clauses": {"1.2.1": {"statement": "1.2.1"}}})
}

test_a_vague_duty_that_is_priced_is_asked_for_its_scope if {
	every price in ["export_cost", "exit_cost"] {
		facts := object.union(fake.topics({"transition_support": [fake.hit(1, "weak")], price: [fake.hit(2, "met")]}), {"clauses": {
			"1.1.1": {"statement": "1.1.1"},
			"1.2.1": {"statement": "1.1.1"},
		}})
		transition_support.rating == "partly" with input as facts
		fake.codes(transition_support.findings) == {"scope_open"} with input as facts
		fake.codes(transition_support.findings) == {"weak"} with input as object.union(facts, {"clauses": {"1.2.1": {"statement": "1.2.1"}}})
	}
}

test_not_asked_for_a_scope_that_is_told if {
	beside := [object.union(fake.hit(2, "met"), {"clause": sprintf("1.1.%d", [n])}) | some n in [2, 3]]
	facts := fake.topics({"transition_support": [fake.hit(1, "weak")], "export_cost": [beside[0]], "transition_scope": [beside[1]]})
	transition_support.rating == "partly" with input as facts
	count(transition_support.findings) == 0 with input as facts
	elsewhere := fake.topics({"transition_support": [fake.hit(1, "weak")], "export_cost": [beside[0]], "transition_scope": [fake.hit(4, "met")]})
	fake.codes(transition_support.findings) == {"scope_open"} with input as elsewhere
}

test_partly_with_a_bare_duty if {
	facts := fake.topic("transition_support", ["met", "met"])
	transition_support.rating == "partly" with input as facts
	fake.codes(transition_support.findings) == {"duty_only"} with input as facts
	fake_values.places_of(transition_support.findings) == {fake.evidence(0)} with input as facts
}

# The move from the old system to the new one is another matter.
test_the_move_at_the_start_is_no_exit if {
	transition_support.rating == "partly" with input as _duty({"durations": [fake_values.duration(5, "transition", 3)]})
}

test_partly_where_it_is_left_for_later if {
	facts := fake.topic("transition_support", ["weak"])
	transition_support.rating == "partly" with input as facts
	fake.codes(transition_support.findings) == {"weak"} with input as facts
}

# "… berät bei der Datenportierung. Dafür entstehen keine weiteren Kosten."
test_partly_where_the_price_stands_in_the_next_sentence if {
	beside := object.union(fake.hit(2, "met"), {"clause": "1.1.2"})
	every facts in [
		fake.topics({"transition_support": [fake.hit(1, "weak")], "exit_price": [beside]}),
		fake.topics({"transition_support": [fake.hit(1, "weak")], "export_cost": [beside]}),
		fake_values.with_values({"transition_support": [fake.hit(1, "weak")]}, {"amounts": [{"value": 900, "currency": "EUR", "clause": "1.1.2", "evidence": fake.evidence(1)}]}),
	] {
		transition_support.rating == "partly" with input as facts
		fake.codes(transition_support.findings) == {"scope_open"} with input as facts
	}
	elsewhere := fake.topics({"transition_support": [fake.hit(1, "weak")], "exit_price": [fake.hit(2, "met")]})
	fake.codes(transition_support.findings) == {"weak"} with input as elsewhere
}

test_met_with_a_price_in_the_next_sentence if {
	facts := fake.topics({"transition_support": [fake.hit(1, "met")], "exit_price": [object.union(fake.hit(2, "met"), {"clause": "1.1.2"})]})
	transition_support.rating == "met" with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("transition_support", ["met", "risk"])
	transition_support.rating == "partly" with input as facts
	fake.codes(transition_support.findings) == {"risk"} with input as facts
}

test_missed_where_all_duties_end if {
	facts := fake.topic("transition_support", ["risk"])
	transition_support.rating == "not_met" with input as facts
	fake.codes(transition_support.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not transition_support.rating with input as fake.facts
	fake.codes(transition_support.findings) == {"missing"} with input as fake.papers
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(transition_support.findings) == 0 with input as fake.facts
}

test_not_applicable_to_a_purchase if {
	transition_support.not_applicable == "purchase" with input as fake.contract("purchase")
	not transition_support.not_applicable with input as fake.contract("service")
}

# Trap 8: a question to bidders is no duty.
test_a_question_is_no_duty if {
	not transition_support.rating with input as fake.topic_as("transition_support", ["met"], {"role": "question"})
}

# What is delivered once has no contract that goes on, unless the documents speak of it.
test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	transition_support.not_applicable == "delivered_once" with input as once
	not transition_support.not_applicable with input as fake.topic_in(once, "transition_support", ["met"])
}

test_asked_where_code_is_made_and_the_award_is_here if {
	made := fake.dossier({"award": fake.declared(true), "service_model": fake.declared("custom")})
	fake.codes(transition_support.findings) == {"missing"} with input as made
	count(transition_support.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
	count(transition_support.findings) == 0 with input as object.union(made, {"dossier": {"award": fake.inferred(false)}})
}

test_asked_where_somebody_else_operates if {
	fake.codes(transition_support.findings) == {"missing"} with input as fake.dossier({"award": fake.declared(true), "operator": fake.inferred("supplier")})
}

test_met_where_the_help_is_free if {
	facts := fake.topics({"transition_support": [fake.hit(1, "met")], "export_cost": [fake.hit(1, "met")]})
	transition_support.rating == "met" with input as facts
	hits := {topic: [object.union(fake.hit(number, "met"), {"evidence": {"section": "8 Ende"}})] | some topic, number in {"transition_support": 1, "export_cost": 2}}
	transition_support.rating == "met" with input as fake.topics(hits)
}

test_partly_where_it_is_an_option if {
	facts := fake.option("transition_support")
	transition_support.rating == "partly" with input as facts
	"optional" in fake.codes(transition_support.findings) with input as facts
	not "weak" in fake.codes(transition_support.findings) with input as facts
}

# A plan alone is asked about where it stands, once by one criterion.
test_a_plan_alone_is_no_help if {
	facts := object.union(fake.papers, {"topics": {"exit_plan": [fake.hit(3, "met")], "transition_support": [fake.hit(3, "met")]}})
	doubtful := object.union(fake.papers, {"topics": {"exit_plan": [fake.hit(3, "weak")], "transition_support": [fake.hit(3, "met")]}})
	not transition_support.rating with input as doubtful
	count(transition_support.findings) == 0 with input as doubtful
	not transition_support.rating with input as facts
	{found.code | some found in transition_support.findings; found.evidence} == {"missing"} with input as facts
	both := object.union(facts, {"topics": {"transition_support": [fake.hit(3, "met"), fake.hit(4, "met")]}})
	transition_support.rating == "partly" with input as both
}

test_met_where_the_help_is_listed if {
	facts := fake.topics({"transition_support": [fake.hit(1, "met")], "transition_list": [fake.hit(1, "met")]})
	transition_support.rating == "met" with input as facts
	count(transition_support.findings) == 0 with input as facts
}

# What is handed over where a contract ends early is no help with the move.
test_materials_of_an_early_end_do_not_count if {
	facts := fake.topics({"transition_support": [fake.hit(1, "weak")], "early_termination": [fake.hit(1, "met")]})
	not transition_support.rating with input as facts
	count(transition_support.findings) == 0 with input as facts
}

test_a_short_contract_on_own_code_is_left_without_help if {
	short := object.union(
		fake.topic("usage_rights", ["met"]),
		{
			"dossier": {"award": fake.declared(true), "service_model": fake.declared("custom")},
			"terms": [{"path": "a.md", "base": 6, "total": 6, "stated": false, "firm": true, "evidence": [fake.evidence(1)]}],
		},
	)
	count(transition_support.findings) == 0 with input as short
	long := object.union(short, {"terms": [{"path": "a.md", "base": 24, "total": 24, "stated": false, "firm": true, "evidence": [fake.evidence(1)]}]})
	fake.codes(transition_support.findings) == {"missing"} with input as long
}

# "Help at the end of the contract is paid by the hour": of a service, a charge for switching.
test_help_at_cost_is_told_of_the_ban_on_charges if {
	facts := fake.topics({"transition_support": [fake.hit(1, "weak")], "switching_fees": [fake.hit(1, "weak")]})
	_bans(transition_support.findings) == [true] with input as facts
	_bans(transition_support.findings) == [false] with input as fake.topic("transition_support", ["weak"])
	own := object.union(facts, {"dossier": {"service_model": fake.declared("on-prem")}})
	_bans(transition_support.findings) == [false] with input as own
}

_bans(findings) := [found.args.at_cost | some found in findings; found.code == "weak"]

test_partly_where_help_is_owed_as_far_as_agreed if {
	duty := {"transition_support": [fake.hit(1, "met")], "transition_if_agreed": [fake.hit(2, "met")]}
	facts := fake_values.with_values(duty, {"durations": [fake_values.duration(1, "transition", 6)]})
	transition_support.rating == "partly" with input as facts
	fake.codes(transition_support.findings) == {"if_agreed"} with input as facts
	count(transition_support.evidence) == 2 with input as facts
}

test_partly_where_nothing_but_the_agreement_is_spoken_of if {
	facts := fake.topic_in(fake.papers, "transition_if_agreed", ["met"])
	transition_support.rating == "partly" with input as facts
	fake.codes(transition_support.findings) == {"if_agreed"} with input as facts
}

test_missed_whatever_could_be_agreed if {
	facts := fake.topics({"transition_support": [fake.hit(1, "risk")], "transition_if_agreed": [fake.hit(2, "met")]})
	transition_support.rating == "not_met" with input as facts
	fake.codes(transition_support.findings) == {"risk"} with input as facts
}
