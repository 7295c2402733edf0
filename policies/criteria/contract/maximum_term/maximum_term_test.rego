package policies.criteria.contract.maximum_term_test

import data.policies.criteria.contract.maximum_term
import data.policies.lib.fake
import data.policies.lib.fake_values
import data.policies.lib.result

_dossier(regime, contract) := {"dossier": {"regime": fake.declared(regime), "contract": fake.declared(contract)}}

_term_hit(n) := {"contract_term": [fake.hit(n, "met")]}

_framework(regime, months) := fake_values.with_values(_term_hit(1), object.union(
	_dossier(regime, {"kind": "framework"}),
	{"durations": [fake_values.duration(1, "contract_term", months)]},
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
		{"durations": [fake_values.duration(1, "contract_term", 96)]},
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
		{"durations": [fake_values.duration(1, "contract_term", 60)]},
	))
	fake_values.places_of(maximum_term.findings) == {fake.evidence(1)} with input as facts
}

_with_options(options) := fake_values.with_values(
	{"contract_term": [fake.hit(1, "met")], "renewal_option": [fake.hit(2, "weak"), fake.hit(3, "weak")]},
	object.union(_dossier("vgv", {"kind": "framework"}), {"durations": array.concat([fake_values.duration(1, "contract_term", 48)], options)}),
)

test_options_that_were_read_count if {
	option := object.union(fake_values.duration(2, "extension", 12), {"count": 2})
	facts := _with_options([option])
	maximum_term.rating == "not_met" with input as facts
	some finding in maximum_term.findings with input as facts
	finding.args == {"months": 72, "limit": 48}
	finding.evidence == fake.evidence(1)
}

test_options_of_one_section_add_up if {
	facts := _with_options([fake_values.duration(2, "extension", 6), fake_values.duration(3, "extension", 12)])
	some finding in maximum_term.findings with input as facts
	finding.args.months == 66
}

test_options_told_again_elsewhere_count_once if {
	again := object.union(fake_values.duration(3, "extension", 12), {"evidence": {"path": "b.md"}})
	facts := _with_options([fake_values.duration(2, "extension", 12), again])
	some finding in maximum_term.findings with input as facts
	finding.args.months == 60
}

test_a_bound_on_all_extensions_is_no_further_one if {
	facts := _with_options([
		object.union(fake_values.duration(2, "extension", 12), {"count": 2}),
		object.union(fake_values.duration(2, "extension", 24), {"limit": "max"}),
	])
	some finding in maximum_term.findings with input as facts
	finding.args.months == 72
}

test_a_longer_deadline_is_no_longer_contract if {
	maximum_term.rating == "met" with input as _with_options([fake_values.duration(9, "extension", 12)])
}

# "36 months, at most 48 including options"
test_a_stated_total_is_not_added if {
	total := object.union(fake_values.duration(1, "extension", 48), {"limit": "max"})
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"durations": [fake_values.duration(1, "contract_term", 36), total]},
	))
	maximum_term.rating == "met" with input as facts
}

test_a_stated_total_alone_is_a_term if {
	total := object.union(fake_values.duration(1, "extension", 60), {"limit": "max"})
	facts := fake_values.with_values(_term_hit(1), object.union(_dossier("vgv", {"kind": "framework"}), {"durations": [total]}))
	maximum_term.rating == "not_met" with input as facts
	fake_values.places_of(maximum_term.findings) == {fake.evidence(1)} with input as facts
}

test_several_terms_are_asked_about if {
	facts := fake_values.with_values({"contract_term": [fake.hit(1, "met"), fake.hit(2, "met")]}, object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"durations": [fake_values.duration(1, "contract_term", 24), fake_values.duration(2, "contract_term", 60)]},
	))
	maximum_term.rating == "partly" with input as facts
	fake_values.unsure(maximum_term.findings) == {"too_long"} with input as facts
	fake_values.places_of(maximum_term.findings) == {fake.evidence(2)} with input as facts
}

test_asked_where_only_a_heading_tells_what_a_length_is if {
	facts := object.union(_dossier("vgv", {"kind": "framework"}), {"durations": [fake_values.duration(1, "contract_term", 60)]})
	maximum_term.rating == "partly" with input as object.union(fake.facts, facts)
}

# Trap 10: days in place of a length.
test_first_and_last_day_are_a_term if {
	days := [fake_values.date(1, "contract_term", "2027-01-01"), fake_values.date(1, "contract_term", "2031-12-31")]
	facts := fake_values.with_values(_term_hit(1), object.union(_dossier("vgv", {"kind": "framework"}), {"dates": days}))
	maximum_term.rating == "not_met" with input as facts
	some finding in maximum_term.findings with input as facts
	finding.args.months == 60
}

test_four_years_from_day_to_day if {
	days := [fake_values.date(1, "contract_term", "2027-03-15"), fake_values.date(1, "contract_term", "2031-03-15")]
	facts := fake_values.with_values(_term_hit(1), object.union(_dossier("vgv", {"kind": "framework"}), {"dates": days}))
	maximum_term.rating == "met" with input as facts
}

# Service levels, warranties and experience are no terms.
test_other_durations_are_no_terms if {
	durations := [fake_values.duration(n, about, 120) | some n, about in ["service_level", "warranty", "experience"]]
	not maximum_term.rating with input as object.union(fake.facts, {"durations": durations})
}

test_a_long_service_contract_is_asked_for_exits if {
	facts := fake_values.with_values(_term_hit(1), {"durations": [fake_values.duration(1, "contract_term", 96)]})
	maximum_term.rating == "partly" with input as facts
	fake.codes(maximum_term.findings) == {"no_exit_points"} with input as facts
	fake_values.unsure(maximum_term.findings) == {"no_exit_points"} with input as facts
}

test_a_long_service_contract_that_can_be_left_is_fine if {
	facts := fake_values.with_values(
		{"contract_term": [fake.hit(1, "met")], "termination": [fake.hit(2, "met")]},
		{"durations": [fake_values.duration(1, "contract_term", 96)]},
	)
	maximum_term.rating == "met" with input as facts
}

test_missed_where_there_is_no_end if {
	facts := fake.topic("contract_term", ["risk"])
	maximum_term.rating == "not_met" with input as facts
	fake.codes(maximum_term.findings) == {"risk"} with input as facts
}

test_partly_where_one_contract_has_no_end if {
	facts := fake_values.with_values(
		{"contract_term": [fake.hit(1, "met"), fake.hit(2, "risk")]},
		{"durations": [fake_values.duration(1, "contract_term", 36)]},
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

# Trap 8: a term in a question to bidders binds nobody.
test_a_term_in_a_question_is_none if {
	question := {"clauses": {"1.1.1": {"role": "question"}}, "durations": [fake_values.duration(1, "contract_term", 96)]}
	facts := object.union(fake.topic_as("contract_term", ["met"], {"role": "question"}), question)
	not maximum_term.rating with input as facts
}

test_a_bounded_extension_in_the_same_sentence_is_added if {
	extension := object.union(fake_values.duration(1, "extension", 24), {"limit": "max"})
	facts := fake_values.with_values(_term_hit(1), object.union(
		_dossier("vgv", {"kind": "framework"}),
		{"durations": [fake_values.duration(1, "contract_term", 36), extension]},
	))
	some finding in maximum_term.findings with input as facts
	finding.args.months == 60
}

test_a_maintenance_term_is_a_term if {
	facts := fake_values.with_values(_term_hit(1), {"durations": [fake_values.duration(1, "maintenance_share", 12)]})
	maximum_term.rating == "met" with input as facts
	count(maximum_term.findings) == 0 with input as facts
}

test_days_before_the_end_are_no_term if {
	facts := fake_values.with_values(_term_hit(1), {"durations": [fake_values.duration(1, "contract_term", 0.5)]})
	fake.codes(maximum_term.findings) == {"no_length"} with input as facts
}

# "48 months plus options (2 x 12 months)", "twice by 12 months (2 x 12 months)"
test_lengths_told_twice_count_once if {
	facts := _with_options([
		fake_values.duration(2, "extension", 48),
		fake_values.duration(2, "extension", 12),
		object.union(fake_values.duration(2, "extension", 12), {"count": 2}),
	])
	some finding in maximum_term.findings with input as facts
	finding.args.months == 72
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
	finding.args == {"criteria": ["CE-01", "CE-02", "CE-03"]}
}

test_asked_for_all_that_binds_where_nobody_is_named if {
	some finding in maximum_term.findings with input as fake.dossier({"award": fake.inferred(false)})
	finding.args == {"criteria": ["CE-01", "CE-02", "CE-03", "CE-04", "CE-06", "CE-07", "EX-02"]}
}

test_missing_in_a_complete_dossier if {
	fake.codes(maximum_term.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
}
