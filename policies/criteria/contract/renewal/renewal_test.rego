package policies.criteria.contract.renewal_test

import data.policies.criteria.contract.renewal
import data.policies.lib.fake
import data.policies.lib.fake_values

_automatic(durations) := fake_values.with_values({"renewal_option": [fake.hit(1, "risk")]}, {"durations": durations})

test_met_by_an_option_of_the_buyer if {
	facts := fake.topic("renewal_option", ["met"])
	renewal.rating == "met" with input as facts
	count(renewal.findings) == 0 with input as facts
	count(renewal.evidence) == 1 with input as facts
}

test_asked_whose_the_option_is if {
	facts := fake.topic("renewal_option", ["weak"])
	renewal.rating == "partly" with input as facts
	fake_values.unsure(renewal.findings) == {"weak"} with input as facts
}

test_partly_where_it_renews_itself_with_little_notice if {
	facts := _automatic([fake_values.duration(1, "notice", 3), fake_values.duration(1, "extension", 12)])
	renewal.rating == "partly" with input as facts
	fake.codes(renewal.findings) == {"automatic"} with input as facts
}

test_partly_where_neither_notice_nor_length_is_known if {
	renewal.rating == "partly" with input as _automatic([])
}

test_missed_with_long_notice if {
	facts := _automatic([fake_values.duration(1, "notice", 6)])
	renewal.rating == "not_met" with input as facts
	{finding.args.months | some finding in renewal.findings} == {6} with input as facts
	fake.codes(renewal.findings) == {"long_notice"} with input as facts
}

test_missed_with_a_long_extension if {
	facts := _automatic([fake_values.duration(1, "notice", 6), fake_values.duration(1, "extension", 24)])
	renewal.rating == "not_met" with input as facts
	fake.codes(renewal.findings) == {"long_extension"} with input as facts
}

test_durations_of_other_clauses_do_not_count if {
	renewal.rating == "partly" with input as _automatic([fake_values.duration(2, "extension", 24)])
}

test_partly_where_one_contract_renews_itself if {
	facts := fake.topic("renewal_option", ["met", "risk"])
	renewal.rating == "partly" with input as facts
	fake.codes(renewal.findings) == {"automatic"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not renewal.rating with input as fake.facts
	not renewal.not_applicable with input as fake.facts
	fake.codes(renewal.findings) == {"missing"} with input as object.union(fake.papers, {"topics": {"contract_term": [fake.hit(1, "weak")]}})
	lasting := {"terms": [{"path": "a.md", "base": 24, "total": 24, "stated": false, "firm": false, "evidence": [fake.evidence(1)]}]}
	fake.codes(renewal.findings) == {"missing"} with input as object.union(fake.papers, lasting)
}

# CE-01 asks for the term, and with it for its extensions.
test_not_asked_where_no_term_is_told if {
	count(renewal.findings) == 0 with input as fake.papers
}

test_not_applicable_where_nothing_renews if {
	renewal.not_applicable == "no_renewal" with input as fake.dossier({"complete": fake.declared(true)})
	renewal.not_applicable == "no_renewal" with input as fake.contract("purchase")
	not renewal.not_applicable with input as object.union(_automatic([]), {"dossier": {"complete": fake.declared(true)}})
	not renewal.not_applicable with input as object.union(_automatic([fake_values.duration(1, "extension", 24)]), {"dossier": {"complete": fake.declared(true)}})
	not renewal.not_applicable with input as fake.dossier({"complete": fake.declared(false)})
}

# Trap 8: a definition is no clause.
test_a_definition_renews_nothing if {
	not renewal.rating with input as fake.topic_as("renewal_option", ["risk"], {"role": "definition"})
}

test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	renewal.not_applicable == "delivered_once" with input as once
	not renewal.not_applicable with input as fake.topic_in(once, "renewal_option", ["risk"])
}

test_not_applicable_to_a_fixed_term_without_option if {
	facts := fake_values.with_values({"contract_term": [fake.hit(1, "met")]}, {"durations": [fake_values.duration(1, "contract_term", 24)]})
	renewal.not_applicable == "fixed_term" with input as facts
	not renewal.not_applicable with input as fake.topic_in(facts, "contract_term", ["met", "risk"])
}

test_not_applicable_to_a_term_between_two_days if {
	term := {"base": 24, "total": 24, "firm": true}
	facts := object.union(fake.papers, {"terms": [term], "topics": {"contract_term": [fake.hit(1, "met")]}})
	renewal.not_applicable == "fixed_term" with input as facts
	every other in [{"options": [12]}, {"firm": false}] {
		not renewal.not_applicable with input as object.union(facts, {"terms": [object.union(term, other)]})
	}
	not renewal.not_applicable with input as fake.topic_in(facts, "contract_term", ["met", "risk"])
}

test_a_term_with_extension_is_not_fixed if {
	durations := [fake_values.duration(1, "contract_term", 24), fake_values.duration(1, "extension", 12)]
	facts := fake_values.with_values({"contract_term": [fake.hit(1, "met")]}, {"durations": durations})
	not renewal.not_applicable with input as facts
}

test_asked_with_the_other_terms_where_no_contract_is_here if {
	count(renewal.findings) == 0 with input as fake.facts
}

test_an_option_that_is_named_often_is_asked_about_once if {
	facts := fake.topic("renewal_option", ["weak", "weak", "weak"])
	count(renewal.findings) == 1 with input as facts
}

test_not_asked_where_the_contract_is_not_here if {
	count(renewal.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
}

test_general_terms_leave_renewal_to_each_contract if {
	facts := object.union(fake.topic("contract_term", ["met"]), {"documents": fake.general_terms.documents})
	count(renewal.findings) == 0 with input as facts
	contract := [object.remove(document, ["general"]) | some document in facts.documents]
	fake.codes(renewal.findings) == {"missing"} with input as object.union(facts, {"documents": contract})
}

test_what_has_no_end_is_not_extended if {
	count(renewal.findings) == 0 with input as object.union(fake.papers, {"topics": {"contract_term": [fake.hit(1, "risk")]}})
	endless := object.union(fake.hit(1, "weak"), {"evidence": {"quote": "Der Vertrag läuft unbefristet."}})
	count(renewal.findings) == 0 with input as object.union(fake.papers, {"topics": {"contract_term": [endless]}})
	fake.codes(renewal.findings) == {"missing"} with input as object.union(fake.papers, {"topics": {"contract_term": [fake.hit(1, "weak")]}})
}
