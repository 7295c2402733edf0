package policies.criteria.lock_in.licence_metric_test

import data.policies.criteria.lock_in.licence_metric
import data.policies.lib.fake

test_met_where_licences_can_be_reduced if {
	facts := fake.topic("licence_metric", ["met"])
	licence_metric.rating == "met" with input as facts
	count(licence_metric.findings) == 0 with input as facts
	count(licence_metric.evidence) == 1 with input as facts
}

test_partly_where_the_metric_is_per_head if {
	facts := fake.topic("licence_metric", ["weak"])
	licence_metric.rating == "partly" with input as facts
	fake.codes(licence_metric.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("licence_metric", ["met", "risk"])
	licence_metric.rating == "partly" with input as facts
	fake.codes(licence_metric.findings) == {"risk"} with input as facts
}

test_missed_where_named_users_only_grow if {
	facts := fake.topic("licence_metric", ["risk"])
	licence_metric.rating == "not_met" with input as facts
	fake.codes(licence_metric.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for_where_software_is_licensed if {
	not licence_metric.rating with input as fake.facts
	count(licence_metric.findings) == 0 with input as fake.papers
	fake.codes(licence_metric.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
	rented := {"dossier": {"service_model": fake.inferred("saas")}}
	fake.codes(licence_metric.findings) == {"missing"} with input as object.union(fake.papers, rented)
	count(licence_metric.findings) == 0 with input as object.union(fake.facts, rented)
}

# What runs on the buyer's machines is licensed where licences or products are spoken of.
test_software_of_the_buyers_own_operation_is_asked_about_where_it_is_licensed if {
	own := object.union(fake.papers, {"dossier": {"service_model": fake.inferred("on-prem")}})
	count(licence_metric.findings) == 0 with input as own
	fake.codes(licence_metric.findings) == {"missing"} with input as object.union(own, {"topics": {"used_licences": [fake.hit(1, "met")]}})
	fake.codes(licence_metric.findings) == {"missing"} with input as object.union(own, {"mentions": {"product": [fake.mention("oracle", {})]}})
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(licence_metric.findings) == 0 with input as fake.facts
}

test_not_applicable_to_an_architecture if {
	licence_metric.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not licence_metric.not_applicable with input as fake.facts
}

test_not_applicable_to_custom_software if {
	custom := {"dossier": {"service_model": fake.declared("custom")}}
	licence_metric.not_applicable == "custom_software" with input as object.union(fake.facts, custom)
	not licence_metric.not_applicable with input as object.union(fake.topic("licence_metric", ["risk"]), custom)
}

# Trap 8: licences in use today are not those on offer.
test_existing_licences_do_not_count if {
	not licence_metric.rating with input as fake.topic_as("licence_metric", ["met"], {"role": "existing_estate"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("licence_metric", ["weak", "risk"])
	licence_metric.rating == "not_met" with input as facts
	fake.codes(licence_metric.findings) == {"risk"} with input as facts
}

# What is delivered once has no contract that goes on, unless the documents speak of it.
test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	licence_metric.not_applicable == "delivered_once" with input as once
	not licence_metric.not_applicable with input as fake.topic_in(once, "licence_metric", ["met"])
}

test_not_applicable_to_software_that_the_documents_say_is_made_for_the_buyer if {
	licence_metric.not_applicable == "custom_software" with input as fake.dossier({"service_model": fake.inferred("custom")})
	not licence_metric.not_applicable with input as fake.dossier({"service_model": fake.inferred("custom"), "operator": fake.inferred("supplier")})
	not licence_metric.not_applicable with input as fake.dossier({"service_model": fake.inferred("saas")})
}

test_partly_where_only_growth_is_free if {
	facts := fake.topic("licence_growth", ["weak"])
	licence_metric.rating == "partly" with input as facts
	fake.codes(licence_metric.findings) == {"growth"} with input as facts
	both := fake.topics({"licence_growth": [fake.hit(1, "weak")], "licence_metric": [fake.hit(2, "met")]})
	licence_metric.rating == "met" with input as both
	count(licence_metric.findings) == 0 with input as both
}

test_not_applicable_where_only_open_source_is_demanded if {
	open := fake.mention("a", {"open": true})
	licence_metric.not_applicable == "open_source" with input as fake.mentions({"product": [open]})
	not licence_metric.not_applicable with input as fake.mentions({"product": [open, fake.mention("b", {})]})
	not licence_metric.not_applicable with input as fake.mentions({"product": [object.union(open, {"tags": ["technology"]})]})
	not licence_metric.not_applicable with input as fake.mentions({"product": [object.union(open, {"role": "existing_estate"})]})
	not licence_metric.not_applicable with input as object.union(fake.mentions({"product": [open]}), {"topics": {"licence_metric": [fake.hit(1, "risk")]}})
}
