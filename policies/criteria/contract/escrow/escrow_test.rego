package policies.criteria.contract.escrow_test

import data.policies.criteria.contract.escrow
import data.policies.lib.fake
import data.policies.lib.fake_values

_template(id, hits, deviations) := fake_values.with_values(hits, {"templates": [fake.template(id, {"deviations": deviations})]})

test_met_with_release_events if {
	facts := fake.topics({"escrow": [fake.hit(1, "met")], "escrow_terms": [fake.hit(2, "met")]})
	escrow.rating == "met" with input as facts
	count(escrow.findings) == 0 with input as facts
	escrow.evidence == {fake.evidence(1), fake.evidence(2)} with input as facts
}

test_partly_with_a_deposit_only if {
	facts := fake.topic("escrow", ["met", "weak"])
	escrow.rating == "partly" with input as facts
	fake.codes(escrow.findings) == {"deposit_only"} with input as facts
}

test_partly_where_it_is_intended if {
	facts := fake.topic("escrow", ["weak"])
	escrow.rating == "partly" with input as facts
	fake.codes(escrow.findings) == {"weak"} with input as facts
}

test_missed_where_it_is_ruled_out if {
	facts := fake.topic("escrow", ["risk"])
	escrow.rating == "not_met" with input as facts
	fake.codes(escrow.findings) == {"risk"} with input as facts
}

# Terms without a deposit are those of something else.
test_terms_alone_say_nothing if {
	facts := fake.topic("escrow_terms", ["met"])
	not escrow.rating with input as facts
	count(escrow.evidence) == 0 with input as facts
}

# Trap 12: templates deposit only what was agreed.
test_templates_that_leave_it_open_are_asked_about if {
	every id in ["evb_it_systemlieferung", "evb_it_system"] {
		facts := _template(id, {}, [])
		not escrow.rating with input as facts
		not escrow.not_applicable with input as facts
		fake_values.unsure(escrow.findings) == {"if_agreed"} with input as facts
		fake.codes(escrow.findings) == {"if_agreed"} with input as facts
	}
}

test_not_applicable_where_the_template_hands_over_the_code if {
	escrow.not_applicable == "source_code_handed_over" with input as _template("evb_it_erstellung", {}, [])
	not escrow.not_applicable with input as _template("evb_it_erstellung", {}, [fake.deviation(2, "17", [])])
}

test_not_applicable_where_the_code_is_handed_over_or_open if {
	escrow.not_applicable == "source_code_handed_over" with input as fake.topic("source_code", ["met"])
	escrow.not_applicable == "source_code_handed_over" with input as fake.topic("open_source_publication", ["met"])
	not escrow.not_applicable with input as fake.topic("source_code", ["met", "risk"])
	not escrow.not_applicable with input as fake.topics({"source_code": [fake.hit(1, "met")], "escrow": [fake.hit(2, "met")]})
}

test_not_applicable_to_a_service_with_export if {
	service := fake.dossier({"service_model": fake.declared("saas")})
	escrow.not_applicable == "service_with_export" with input as fake.topic_in(service, "data_export", ["met"])
	not escrow.not_applicable with input as service
}

test_not_applicable_otherwise if {
	escrow.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	escrow.not_applicable == "delivered_once" with input as fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
}

test_silent_is_asked_for_where_the_contract_is_here if {
	not escrow.rating with input as fake.papers
	fake.codes(escrow.findings) == {"missing"} with input as fake.papers
	count(escrow.findings) == 0 with input as fake.facts
}

# Trap 8: a question of a bidder deposits nothing.
test_a_question_says_nothing if {
	not escrow.rating with input as fake.topic_as("escrow", ["met"], {"role": "question"})
}

test_partly_where_it_is_an_option if {
	facts := fake.option("escrow")
	escrow.rating == "partly" with input as facts
	"optional" in fake.codes(escrow.findings) with input as facts
	not "weak" in fake.codes(escrow.findings) with input as facts
}

# Where the results belong to the buyer, the handover of the code is asked for by CE-06.
test_no_deposit_is_asked_for_of_what_belongs_to_the_buyer if {
	contract := {"documents": fake.read_as(["contract"]).documents}
	bought := object.union_n([fake.facts, contract, {"dossier": {"service_model": fake.declared("on-prem")}}])
	fake.codes(escrow.findings) == {"missing"} with input as bought

	made := object.union(contract, {"dossier": {"service_model": fake.declared("custom")}})
	count(escrow.findings) == 0 with input as object.union(fake.topic("usage_rights", ["met"]), made)
	fake.codes(escrow.findings) == {"missing"} with input as object.union(fake.topic("usage_rights", ["met", "risk"]), made)
}
