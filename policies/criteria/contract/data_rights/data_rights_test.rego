package policies.criteria.contract.data_rights_test

import data.policies.criteria.contract.data_rights
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_where_rights_and_use_are_settled if {
	facts := fake.topics({"data_rights": [fake.hit(1, "met")], "data_use": [fake.hit(2, "met")]})
	data_rights.rating == "met" with input as facts
	count(data_rights.findings) == 0 with input as facts
	data_rights.evidence == {fake.evidence(1), fake.evidence(2)} with input as facts
}

test_partly_where_use_is_open if {
	facts := fake.topic("data_rights", ["met"])
	data_rights.rating == "partly" with input as facts
	fake.codes(data_rights.findings) == {"use_open"} with input as facts
}

test_partly_where_only_processing_is_settled if {
	facts := fake.topic("data_use", ["met"])
	data_rights.rating == "partly" with input as facts
	fake_values.unsure(data_rights.findings) == {"processing_only"} with input as facts
}

test_partly_where_rights_are_only_touched_on if {
	facts := fake.topic("data_rights", ["weak"])
	data_rights.rating == "partly" with input as facts
	fake.codes(data_rights.findings) == {"weak"} with input as facts
}

test_missed_where_the_supplier_may_use_the_data if {
	facts := fake.topic("data_rights", ["risk"])
	data_rights.rating == "not_met" with input as facts
	fake.codes(data_rights.findings) == {"risk"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topics({"data_rights": [fake.hit(1, "met"), fake.hit(3, "risk")], "data_use": [fake.hit(2, "met")]})
	data_rights.rating == "partly" with input as facts
	fake.codes(data_rights.findings) == {"risk"} with input as facts
}

# "The data are the buyer's. The supplier may use them for whatever it likes."
test_use_told_elsewhere_is_not_asked_as_well if {
	told := fake.topic("data_rights", ["met", "risk"])
	fake.codes(data_rights.findings) == {"risk"} with input as told
	apart := fake.topics({"data_rights": [fake.hit(1, "met"), object.union(fake.hit(2, "risk"), {"evidence": {"path": "b.md", "line": 2, "place": "b.md, line 2", "quote": ""}})]})
	fake.codes(data_rights.findings) == {"risk", "use_open"} with input as apart
}

# Trap 8: what others do with data is a tale.
test_a_citation_says_nothing if {
	not data_rights.rating with input as fake.topic_as("data_rights", ["risk"], {"role": "citation"})
}

test_silent_is_asked_for_where_the_contract_can_answer if {
	not data_rights.rating with input as fake.papers
	fake.codes(data_rights.findings) == {"missing"} with input as fake.papers
	count(data_rights.findings) == 0 with input as fake.facts
	count(data_rights.findings) == 0 with input as object.union(fake.papers, {"dossier": {"service_model": fake.declared("custom")}})
}

test_not_applicable if {
	data_rights.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	data_rights.not_applicable == "data_at_buyer" with input as fake.dossier({"service_model": fake.inferred("on-prem")})
	data_rights.not_applicable == "purchase" with input as fake.contract("purchase")
	data_rights.not_applicable == "delivered_once" with input as fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	not data_rights.not_applicable with input as fake.topic_in(fake.contract("purchase"), "data_rights", ["risk"])
	not data_rights.not_applicable with input as fake.facts
}

test_partly_where_it_is_an_option if {
	facts := fake.option("data_rights")
	data_rights.rating == "partly" with input as facts
	"optional" in fake.codes(data_rights.findings) with input as facts
	not "weak" in fake.codes(data_rights.findings) with input as facts
}

test_asked_where_somebody_else_operates if {
	operated := fake.dossier({"award": fake.declared(true), "operator": fake.inferred("supplier")})
	fake.codes(data_rights.findings) == {"missing"} with input as operated
	count(data_rights.findings) == 0 with input as fake.dossier({"award": fake.declared(true)})
}

# Whose data of one kind are, tells nothing of the others.
test_rights_in_one_kind_of_data_are_half_a_word if {
	facts := fake.topics({"data_rights": [fake.hit(1, "met")], "one_kind_of_data": [fake.hit(1, "met")]})
	not data_rights.rating with input as facts
	count(data_rights.findings) == 0 with input as facts
}

# Whoever processes on behalf holds nothing where the data stay with the buyer.
test_a_processing_agreement_on_data_at_the_buyer if {
	facts := object.union(fake.topic("data_use", ["met"]), {"dossier": {"operator": fake.inferred("buyer")}})
	data_rights.not_applicable == "data_at_buyer" with input as facts
	count(data_rights.findings) == 0 with input as facts
	not data_rights.not_applicable with input as object.union(facts, {"topics": {"data_rights": [fake.hit(1, "risk")]}})
}

test_what_the_supplier_may_do_is_not_asked_where_it_is_told if {
	facts := fake.topic("data_rights", ["met", "risk"])
	fake.codes(data_rights.findings) == {"risk"} with input as facts
}
