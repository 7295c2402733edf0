package policies.criteria.contract.maximum_term_test

import data.policies.criteria.contract.maximum_term
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values
import data.policies.lib.result

_dossier(regime, contract) := {"dossier": {"regime": fake.declared(regime), "contract": fake.declared(contract)}}

_term_hit(n) := {"contract_term": [fake.hit(n, "met")]}

_framework(regime, months) := fake_values.with_values(_term_hit(1), object.union(
	_dossier(regime, {"kind": "framework"}),
	{"terms": [fake_values.term(1, months, {})]},
))

test_met_up_to_four_years if {
	facts := _framework("vgv", 48)
	maximum_term.rating == "met" with input as facts
	count(maximum_term.findings) == 0 with input as facts
	maximum_term.evidence == {fake.evidence(1)} with input as facts
}

test_missed_beyond_four_years if {
	facts := _framework("vgv", 60)
	maximum_term.rating == "not_met" with input as facts
	maximum_term.findings == {{
		"criterion": "CE-01",
		"code": "too_long",
		"certainty": "sure",
		"confidence": result.confidence("CE-01", "too_long", "sure"),
		"evidence": fake.evidence(1),
		"args": {"months": 60, "limit": 48},
	}} with input as facts
}

test_below_the_threshold_six_years_are_fine if {
	maximum_term.rating == "met" with input as _framework("uvgo", 72)
	maximum_term.rating == "not_met" with input as _framework("uvgo", 73)
}

test_utilities_may_take_eight_years if {
	maximum_term.rating == "met" with input as _framework("sektvo", 96)
}

test_asked_where_the_regime_is_unknown if {
	facts := _framework("none", 60)
	maximum_term.rating == "partly" with input as facts
	fake_values.unsure(maximum_term.findings) == {"too_long"} with input as facts
}

test_the_manifest_wins if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework", "months": 24, "options": [12, 12]}),
		{"terms": [fake_values.term(1, 96, {})]},
	))
	maximum_term.rating == "met" with input as facts
}

# Trap 10: two years and two options of one year, one more option is too much.
test_options_of_the_manifest_count if {
	facts := fake.dossier({"regime": fake.declared("vgv"), "contract": fake.declared({"kind": "framework", "months": 24, "options": [12, 12, 12]})})
	maximum_term.rating == "not_met" with input as facts
	some finding in maximum_term.findings with input as facts
	finding.evidence.path == "dossier.yaml"
	finding.args == {"months": 60, "limit": 48}
}

test_the_passage_that_says_the_same_as_the_manifest_is_shown if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework", "months": 60}),
		{"terms": [fake_values.term(1, 60, {})]},
	))
	fake_values.places_of(maximum_term.findings) == {fake.evidence(1)} with input as facts
}

test_options_that_were_read_count if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 48, fake_values.options(48, [12, 12]))]},
	))
	maximum_term.rating == "not_met" with input as facts
	some finding in maximum_term.findings with input as facts
	finding.args == {"months": 72, "limit": 48}
	finding.evidence == fake.evidence(1)
}

_only_options := {"path": "a.md", "options": [12], "total": 12, "stated": false, "firm": false, "evidence": [fake.evidence(2)]}

test_options_of_another_document_extend_the_term if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 48, {}), _only_options]},
	))
	some finding in maximum_term.findings with input as facts
	finding.args.months == 60
	finding.evidence == fake.evidence(1)
}

test_options_of_a_part_extend_nothing if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 48, {}), object.union(_only_options, {"part": "maintenance"})]},
	))
	maximum_term.rating == "met" with input as facts
}

# The term of the contract beside a sum of prices "over 60 months".
test_what_leaves_no_doubt_speaks_first if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 48, {}), fake_values.term(2, 60, {"firm": false})]},
	))
	maximum_term.rating == "met" with input as facts
}

test_options_alone_are_no_term if {
	not maximum_term.rating with input as object.union(fake.facts, {"terms": [_only_options]})
}

test_options_that_documents_repeat_count_once if {
	again := fake_values.term(2, 36, fake_values.options(36, [12]))
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 36, fake_values.options(36, [12])), again]},
	))
	maximum_term.rating == "met" with input as facts
}

# "36 months, at most 48 including options"
test_a_stated_total_is_not_added if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 36, {"options": [24], "total": 48, "stated": true})]},
	))
	maximum_term.rating == "met" with input as facts
}

test_a_stated_total_alone_is_a_term if {
	total := object.remove(fake_values.term(1, 60, {"stated": true}), {"base"})
	facts := fake_values.with_values(_term_hit(1), object.union(_dossier("vgv", {"kind": "framework"}), {"terms": [total]}))
	maximum_term.rating == "not_met" with input as facts
	fake_values.places_of(maximum_term.findings) == {fake.evidence(1)} with input as facts
}

# A long maintenance contract beside the contract itself.
test_a_part_does_not_speak_for_the_whole if {
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 48, {}), fake_values.term(2, 120, {"part": "maintenance"})]},
	))
	maximum_term.rating == "met" with input as facts
}

test_several_terms_are_asked_about if {
	facts := fake_values.with_values({"contract_term": [fake.hit(1, "met"), fake.hit(2, "met")]}, object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"terms": [fake_values.term(1, 24, {}), fake_values.term(2, 60, {})]},
	))
	maximum_term.rating == "partly" with input as facts
	fake_values.unsure(maximum_term.findings) == {"too_long"} with input as facts
	fake_values.places_of(maximum_term.findings) == {fake.evidence(2)} with input as facts
}

test_asked_where_only_a_heading_tells_what_a_length_is if {
	facts := object.union(_dossier("vgv", {"kind": "framework"}), {"terms": [fake_values.term(1, 60, {"firm": false})]})
	maximum_term.rating == "partly" with input as object.union(fake.facts, facts)
}

test_a_long_service_contract_is_asked_for_exits if {
	facts := fake_values.with_values(_term_hit(1), {"terms": [fake_values.term(1, 96, {})]})
	maximum_term.rating == "partly" with input as facts
	fake.codes(maximum_term.findings) == {"no_exit_points"} with input as facts
	fake_values.unsure(maximum_term.findings) == {"no_exit_points"} with input as facts
}

test_a_long_service_contract_that_can_be_left_is_fine if {
	facts := fake_values.with_values(
		{"contract_term": [fake.hit(1, "met")], "termination": [fake.hit(2, "met")]},
		{"terms": [fake_values.term(1, 96, {})]},
	)
	maximum_term.rating == "met" with input as facts
}

test_options_that_the_buyer_may_leave_are_fine if {
	topics := {"contract_term": [fake.hit(1, "met")], "renewal_option": [fake.hit(2, "met")]}
	term := fake_values.term(1, 12, {"options": [12, 12, 12, 12], "total": 60})
	maximum_term.rating == "met" with input as fake_values.with_values(topics, {"terms": [term]})
	count(maximum_term.findings) == 0 with input as fake_values.with_values(topics, {"terms": [term]})
}

test_options_after_a_long_base_are_asked_about if {
	topics := {"contract_term": [fake.hit(1, "met")], "renewal_option": [fake.hit(2, "met")]}
	term := fake_values.term(1, 72, {"options": [12], "total": 84})
	fake.codes(maximum_term.findings) == {"no_exit_points"} with input as fake_values.with_values(topics, {"terms": [term]})
}

test_missed_where_there_is_no_end if {
	facts := fake.topic("contract_term", ["risk"])
	maximum_term.rating == "not_met" with input as facts
	fake.codes(maximum_term.findings) == {"risk"} with input as facts
}

test_partly_where_one_contract_has_no_end if {
	facts := fake_values.with_values(
		{"contract_term": [fake.hit(1, "met"), fake.hit(2, "risk")]},
		{"terms": [fake_values.term(1, 36, {})]},
	)
	maximum_term.rating == "partly" with input as facts
	fake_values.places_of(maximum_term.findings) == {fake.evidence(2)} with input as facts
}

test_partly_where_the_length_is_left_open if {
	facts := fake.topic("contract_term", ["weak", "weak"])
	maximum_term.rating == "partly" with input as facts
	fake.codes(maximum_term.findings) == {"no_length"} with input as facts
	fake_values.places_of(maximum_term.findings) == {fake.evidence(0)} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not maximum_term.rating with input as fake.facts
	fake.codes(maximum_term.findings) == {"missing"} with input as fake.papers
}

test_not_applicable_to_a_purchase if {
	maximum_term.not_applicable == "one_off" with input as fake.contract("purchase")
	not maximum_term.not_applicable with input as fake.contract("service")
}

test_a_maintenance_term_alone_is_a_term if {
	facts := fake_values.with_values(_term_hit(1), {"terms": [fake_values.term(1, 12, {"part": "maintenance"})]})
	maximum_term.rating == "met" with input as facts
	fake.codes(maximum_term.findings) == {"elsewhere"} with input as facts
}

# What is delivered once has no contract that goes on, unless the documents speak of it.
test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	maximum_term.not_applicable == "delivered_once" with input as once
	not maximum_term.not_applicable with input as fake.topic_in(once, "contract_term", ["met"])
}

# The one question about all terms, where only a description of what is bought was read.
test_asked_once_where_no_contract_is_here if {
	some finding in maximum_term.findings with input as fake.facts
	finding.code == "elsewhere"
	finding.confidence == 0.4
	finding.args == {"criteria": ["CE-01", "CE-02", "CE-03", "CE-04", "CE-05", "CE-06", "CE-07", "CE-10", "CE-11", "LI-02", "LI-05", "LI-06"], "doubtful": false, "paper": ""}
	not finding.evidence
}

# "## Purchase Order Clauses"
test_not_asked_where_clauses_of_the_contract_are_here if {
	clauses := {"clauses": {"1.7.1": {"headings": ["Order", "Purchase Order Clauses"]}, "1.8.1": {"headings": ["Order", "Purchase Order Clauses"]}}}
	count(maximum_term.findings) == 0 with input as object.union(fake.facts, clauses)
	count(maximum_term.findings) == 0 with input as object.union(fake.topic("award_weights", ["met"]), clauses)
}

test_not_asked_where_nobody_is_named if {
	count(maximum_term.findings) == 0 with input as fake.dossier({"award": fake.inferred(false)})
}

test_not_asked_of_papers_that_hold_no_terms if {
	every role in ["price_sheet", "form", "guidance", "module", "question"] {
		count(maximum_term.findings) == 0 with input as fake.read_as([role])
	}
}

test_the_paper_that_holds_the_terms_is_asked_for if {
	named := object.union(fake.topic("award_weights", ["met"]), {"attachments": [fake.attachment("Appendix 1", "contract")]})
	some finding in maximum_term.findings with input as named
	finding.code == "elsewhere"
	finding.args.paper == "Appendix 1"
	finding.evidence == fake.evidence(9)
	"CE-01" in finding.args.criteria
}

test_papers_of_an_award_without_terms_are_asked_once if {
	award := fake.topic("award_weights", ["met"])
	fake.codes(maximum_term.findings) == {"elsewhere"} with input as award
	told := object.union(fake_values.with_values(_term_hit(1), {"terms": [{"base": 12, "total": 12, "firm": true, "evidence": [fake.evidence(1)]}]}), {"topics": {"award_weights": [fake.hit(2, "met")]}})
	maximum_term.rating == "met" with input as told
	some finding in maximum_term.findings with input as told
	finding.code == "elsewhere"
	not "CE-01" in finding.args.criteria
}

# "The contract runs for 12 months.": there is no renewal to ask for. What a graph tells of
# the operator is told as well.
test_what_does_not_apply_or_is_rated_is_not_listed if {
	award := {"topics": {"award_weights": [fake.hit(2, "met")], "contract_term": [fake.hit(1, "met")]}}
	fixed := object.union_n([fake.facts, award, {"terms": [fake_values.term(1, 36, {"firm": true})]}])
	some finding in maximum_term.findings with input as fixed
	finding.code == "elsewhere"
	"CE-03" in finding.args.criteria
	"LI-02" in finding.args.criteria
	not "CE-02" in finding.args.criteria

	parts := [fake_graph.known(name, false, {}) | some name in ["one", "two", "three"]]
	drawn := fake_graph.with_text(fake.topic("award_weights", ["met"]), array.concat(parts, [fake_graph.custom("app", {})]), [])
	some asked in maximum_term.findings with input as drawn
	asked.code == "elsewhere"
	"CE-02" in asked.args.criteria
	not "LI-02" in asked.args.criteria
}

test_missing_in_a_complete_dossier if {
	fake.codes(maximum_term.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
}

_day(clause, value) := {"value": value, "clause": clause, "evidence": fake.evidence(1)}

_rows(days) := fake_values.with_values(
	{"contract_term": [fake.hit(1, "weak"), fake.hit(2, "weak")], "term_start": [fake.hit(1, "met")], "term_end": [fake.hit(2, "met")]},
	{"dates": days},
)

# "Beginn der Ausführung | 01.03.2027", "Ende der Ausführung | 28.02.2029"
test_met_from_the_first_day_to_the_last if {
	facts := _rows([_day("1.1.1", "2027-03-01"), _day("1.2.1", "2029-02-28")])
	maximum_term.rating == "met" with input as facts
	count(maximum_term.findings) == 0 with input as facts
	maximum_term.evidence == {fake.evidence(1), fake.evidence(2)} with input as facts
}

test_begun_months_count_whole if {
	framework := {"dossier": {"contract": fake.declared({"kind": "framework"})}}
	fits := object.union(_rows([_day("1.1.1", "2027-03-01"), _day("1.2.1", "2031-02-28")]), framework)
	maximum_term.rating == "met" with input as fits
	over := object.union(_rows([_day("1.1.1", "2027-03-01"), _day("1.2.1", "2031-03-01")]), framework)
	maximum_term.rating == "partly" with input as over
	{[found.code, found.args.months, found.evidence.line] | some found in maximum_term.findings} == {["too_long", 49, 1]} with input as over
}

test_a_blank_form_is_neither_rated_nor_asked if {
	facts := object.union(_rows([]), {"documents": fake.award_papers.documents})
	not maximum_term.rating with input as facts
	count(maximum_term.findings) == 0 with input as facts
}

test_days_of_two_sections_are_no_span if {
	end := object.union(fake.hit(2, "met"), {"evidence": {"section": "7 Migration"}})
	facts := object.union(_rows([]), {"topics": {"term_end": [end]}})
	fake.codes(maximum_term.findings) == {"no_length"} with input as facts
}

# How long the maintenance lasts is told; the contract was not here all the same.
test_the_contract_is_asked_for_beside_the_term_of_a_part if {
	term := {"path": "a.md", "part": "maintenance", "base": 36, "total": 36, "stated": false, "firm": true, "evidence": [fake.evidence(1)]}
	facts := object.union(fake.topic("contract_term", ["met"]), {"terms": [term]})
	maximum_term.rating == "met" with input as facts
	found := maximum_term.findings with input as facts
	[asked.code | some asked in found] == ["elsewhere"]
	every asked in found {
		not "CE-01" in asked.args.criteria
		not "CE-02" in asked.args.criteria
	}
}

# "Maintenance and support: 60 months" is the term in other words.
test_the_time_for_work_and_upkeep_is_told if {
	worked := fake.topic("work_period", ["weak"])
	some finding in maximum_term.findings with input as worked
	finding.code == "elsewhere"
	not "CE-01" in finding.args.criteria
	"CE-02" in finding.args.criteria
}

test_what_is_bought_for_good_has_no_term if {
	count(maximum_term.findings) == 0 with input as fake.topic_in(fake.award_papers, "bought_for_good", ["met"])
	fake.codes(maximum_term.findings) == {"missing"} with input as fake.topic_in(fake.award_papers, "bought_for_good", ["met", "risk"])
	fake.codes(maximum_term.findings) == {"missing"} with input as fake.award_papers
}

test_what_is_said_to_have_no_end_lacks_no_length if {
	every quote in ["Der Vertrag tritt in Kraft und läuft unbefristet.", "The agreement starts on signature and runs in perpetuity."] {
		hit := object.union(fake.hit(1, "weak"), {"evidence": object.union(fake.evidence(1), {"quote": quote})})
		count(maximum_term.findings) == 0 with input as object.union(fake.award_papers, {"topics": {"contract_term": [hit]}})
		not maximum_term.rating with input as object.union(fake.award_papers, {"topics": {"contract_term": [hit]}})
	}
	hit := object.union(fake.hit(1, "weak"), {"evidence": object.union(fake.evidence(1), {"quote": "Der Vertrag tritt mit Zuschlag in Kraft."})})
	fake.codes(maximum_term.findings) == {"no_length"} with input as object.union(fake.award_papers, {"topics": {"contract_term": [hit]}})
}

test_general_terms_name_no_length if {
	facts := object.union(fake.topic("contract_term", ["weak"]), {"documents": fake.general_terms.documents})
	maximum_term.not_applicable == "general_terms" with input as facts
	contract := [object.remove(document, ["general"]) | some document in fake.general_terms.documents]
	not maximum_term.not_applicable with input as object.union(facts, {"documents": contract})
}

test_general_terms_without_an_end_are_judged if {
	facts := object.union(fake.topic("contract_term", ["risk"]), {"documents": fake.general_terms.documents})
	not maximum_term.not_applicable with input as facts
	maximum_term.rating == "not_met" with input as facts
}
