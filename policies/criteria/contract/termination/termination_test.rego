package policies.criteria.contract.termination_test

import data.policies.criteria.contract.termination
import data.policies.lib.fake
import data.policies.lib.fake_values

_model(polarity, model, durations) := fake_values.with_values({"termination": [fake.hit(1, polarity)]}, {
	"dossier": {"service_model": fake.declared(model)},
	"durations": durations,
})

test_met_with_two_months_in_the_cloud if {
	facts := _model("met", "saas", [fake_values.duration(1, "notice", 2)])
	termination.rating == "met" with input as facts
	count(termination.findings) == 0 with input as facts
	count(termination.evidence) == 1 with input as facts
}

test_partly_with_longer_notice_in_the_cloud if {
	facts := _model("met", "paas", [fake_values.duration(1, "notice", 3)])
	termination.rating == "partly" with input as facts
	some finding in termination.findings with input as facts
	finding.code == "long_notice"
	finding.args == {"months": 3, "limit": 2}
}

test_three_months_are_fine_elsewhere if {
	termination.rating == "met" with input as _model("met", "on-prem", [fake_values.duration(1, "notice", 3)])
}

test_asked_about_a_long_transition_in_the_cloud if {
	facts := _model("met", "iaas", [fake_values.duration(1, "notice", 2), fake_values.duration(1, "transition", 6)])
	termination.rating == "partly" with input as facts
	some finding in termination.findings with input as facts
	finding.code == "long_transition"
	finding.certainty == "unsure"
	finding.args == {"days": 180}
}

test_long_help_after_the_end_is_no_long_transition if {
	facts := object.union(
		_model("met", "iaas", [fake_values.duration(1, "transition", 6)]),
		{"topics": {"transition_support": [fake.hit(1, "met")]}},
	)
	termination.rating == "met" with input as facts
}

test_yearly_termination_is_enough_outside_the_cloud if {
	facts := _model("weak", "custom", [])
	termination.rating == "met" with input as facts
	count(termination.findings) == 0 with input as facts
}

test_yearly_termination_is_asked_about_in_the_cloud if {
	facts := _model("weak", "saas", [])
	termination.rating == "partly" with input as facts
	fake_values.unsure(termination.findings) == {"weak"} with input as facts
}

test_missed_where_termination_is_ruled_out if {
	facts := fake.topic("termination", ["risk"])
	termination.rating == "not_met" with input as facts
	fake.codes(termination.findings) == {"risk"} with input as facts
}

test_missed_with_a_lock_of_five_years if {
	termination.rating == "not_met" with input as _model("risk", "on-prem", [fake_values.duration(1, "contract_term", 60)])
}

test_a_lock_of_a_year_is_bearable if {
	facts := _model("risk", "on-prem", [fake_values.duration(1, "contract_term", 12)])
	termination.rating == "met" with input as facts
	count(termination.findings) == 0 with input as facts
}

test_notice_is_no_lock if {
	termination.rating == "not_met" with input as _model("risk", "on-prem", [fake_values.duration(1, "notice", 3)])
}

test_a_contract_of_a_year_needs_no_way_out if {
	facts := fake_values.with_values({"termination": [fake.hit(1, "risk")]}, {"dossier": {
		"service_model": fake.declared("on-prem"),
		"contract": fake.declared({"kind": "service", "months": 12}),
	}})
	termination.rating == "met" with input as facts
}

test_partly_where_only_special_termination_remains if {
	facts := fake.topic("termination", ["met", "risk"])
	termination.rating == "partly" with input as facts
	fake.codes(termination.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not termination.rating with input as fake.facts
	fake.codes(termination.findings) == {"missing"} with input as fake.papers
}

test_not_applicable_to_a_purchase if {
	termination.not_applicable == "purchase" with input as fake.contract("purchase")
	not termination.not_applicable with input as fake.contract("framework")
}

# Trap 8: an answer among frequent questions is no clause.
test_a_question_terminates_nothing if {
	not termination.rating with input as fake.topic_as("termination", ["risk"], {"role": "question"})
}

# What is delivered once has no contract that goes on, unless the documents speak of it.
test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	termination.not_applicable == "delivered_once" with input as once
	not termination.not_applicable with input as fake.topic_in(once, "termination", ["met"])
}

test_asked_with_the_other_terms_where_no_contract_is_here if {
	count(termination.findings) == 0 with input as fake.facts
}

test_partly_where_the_contract_can_end_early if {
	facts := fake.topic("early_termination", ["met"])
	termination.rating == "partly" with input as facts
	fake.codes(termination.findings) == {"early"} with input as facts
	termination.evidence == {fake.evidence(0)} with input as facts
	both := fake.topics({"early_termination": [fake.hit(1, "met")], "termination": [fake.hit(2, "met")]})
	termination.rating == "met" with input as both
	count(termination.findings) == 0 with input as both
}

# An order under a framework agreement has the terms of that.
test_not_asked_where_another_contract_has_the_terms if {
	facts := fake.topics({"early_termination": [fake.hit(1, "met")], "terms_elsewhere": [fake.hit(2, "met")]})
	not termination.rating with input as facts
	count(termination.findings) == 0 with input as facts
	"missing" in fake.codes(termination.findings) with input as object.union(fake.papers, {"topics": facts.topics})
}

_term(total) := {"path": "a.md", "base": total, "total": total, "stated": true, "firm": true, "evidence": [fake.evidence(1)]}

test_not_applicable_where_the_contract_ends_within_a_year if {
	facts := object.union(fake.facts, {"terms": [_term(6), _term(12)]})
	termination.not_applicable == "short_term" with input as facts
	termination.not_applicable == "short_term" with input as object.union(facts, {"topics": {"early_termination": [fake.hit(1, "met")]}})
	not termination.not_applicable with input as object.union(facts, {"topics": {"termination": [fake.hit(1, "risk")]}})
	not termination.not_applicable with input as object.union(facts, {"topics": {"renewal_option": [fake.hit(1, "weak")]}})
	not termination.not_applicable with input as object.union(facts, {"topics": {"contract_term": [fake.hit(1, "risk")]}})
	not termination.not_applicable with input as object.union(facts, {"dossier": {"contract": fake.declared({"months": 24})}})
	not termination.not_applicable with input as object.union(fake.facts, {"terms": [_term(6), _term(24)]})
	not termination.not_applicable with input as object.union(fake.facts, {"terms": [_term(0)]})
	not termination.not_applicable with input as object.union(fake.facts, {"terms": [object.union(_term(6), {"part": "maintenance"})]})
}

test_not_asked_where_the_contract_is_not_here if {
	count(termination.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
}

# "Ist kein Termin für das Ende vereinbart, kann mit einer Frist von drei Monaten gekündigt werden."
test_partly_where_a_notice_needs_a_contract_without_end if {
	facts := fake.topics({"termination": [fake.hit(1, "met")], "notice_if_endless": [fake.hit(1, "met")]})
	termination.rating == "partly" with input as facts
	fake.codes(termination.findings) == {"if_endless"} with input as facts
}

test_a_long_notice_is_asked_about_once if {
	facts := fake_values.with_values({"termination": [fake.hit(1, "met")], "notice_if_endless": [fake.hit(1, "met")]}, {"durations": [fake_values.duration(1, "notice", 18)]})
	fake.codes(termination.findings) == {"long_notice"} with input as facts
}

test_met_where_another_notice_frees_from_all_contracts if {
	facts := fake.topics({"termination": [fake.hit(1, "met"), fake.hit(2, "met")], "notice_if_endless": [fake.hit(1, "met")]})
	termination.rating == "met" with input as facts
	count(termination.findings) == 0 with input as facts
}

_under(heading, role) := {
	"documents": [{"path": "v.md", "format": "markdown", "role": role, "source": "inferred", "clauses": 9}],
	"clauses": {"v.md#1.1": {"headings": [heading], "evidence": {"path": "v.md"}}},
}

test_a_section_on_termination_is_not_lacking if {
	every heading in ["15 Kündigung", "4.2 Kündigung von Leistungen", "§ 9 Laufzeit und Kündigung", "12. Termination", "Termination for convenience"] {
		count(termination.findings) == 0 with input as object.union(fake.facts, _under(heading, "contract"))
	}
	every heading in ["3 Vergütung", "Terminal", "Payment"] {
		fake.codes(termination.findings) == {"missing"} with input as object.union(fake.facts, _under(heading, "contract"))
	}
}
