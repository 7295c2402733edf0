package policies.criteria.exchangeability.portable_configuration_test

import data.policies.criteria.exchangeability.portable_configuration
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_where_configuration_can_be_exported if {
	facts := fake.topic("configuration_export", ["met"])
	portable_configuration.rating == "met" with input as facts
	count(portable_configuration.findings) == 0 with input as facts
	count(portable_configuration.evidence) == 1 with input as facts
}

test_partly_where_it_is_limited if {
	facts := fake.topic("configuration_export", ["weak"])
	portable_configuration.rating == "partly" with input as facts
	fake.codes(portable_configuration.findings) == {"weak"} with input as facts
}

# A name in a table is no more than the sentence that explains it; a demand is.
test_a_reservation_counts_for_more_than_a_name if {
	named := fake.topics({"configuration_export": [object.union(fake.hit(1, "met"), {"modality": "none"}), fake.hit(2, "weak")]})
	portable_configuration.rating == "partly" with input as named
	fake.codes(portable_configuration.findings) == {"weak"} with input as named
	demanded := fake.topic("configuration_export", ["met", "weak"])
	portable_configuration.rating == "met" with input as demanded
	count(portable_configuration.findings) == 0 with input as demanded
}

test_missed_where_it_stays_with_the_supplier if {
	facts := fake.topic("configuration_export", ["risk"])
	portable_configuration.rating == "not_met" with input as facts
	fake.codes(portable_configuration.findings) == {"risk"} with input as facts
}

test_silent_is_not_asked_for_without_an_export if {
	not portable_configuration.rating with input as fake.facts
	count(portable_configuration.findings) == 0 with input as fake.facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(portable_configuration.findings) == {"missing"} with input as facts
}

test_silent_is_asked_for_where_all_data_can_be_exported if {
	facts := fake.topics({"export_scope": [fake.hit(1, "weak"), fake.hit(2, "met"), fake.hit(3, "met")]})
	not portable_configuration.rating with input as facts
	fake.codes(portable_configuration.findings) == {"missing"} with input as facts
	fake_values.places_of(portable_configuration.findings) == {fake.evidence(2)} with input as facts
}

# Trap 1: what the system in use can do.
test_the_existing_system_does_not_count if {
	not portable_configuration.rating with input as fake.topic_as("configuration_export", ["met"], {"role": "existing_estate"})
	not portable_configuration.rating with input as fake.topic_as("configuration_export", ["weak"], {"role": "existing_estate"})
}

test_not_applicable_to_code_that_the_buyer_operates if {
	own := fake.topic_in(fake.dossier({"service_model": fake.inferred("custom"), "operator": fake.inferred("buyer")}), "usage_rights", ["met"])
	portable_configuration.not_applicable == "own_code" with input as own
	not portable_configuration.not_applicable with input as fake.topic_in(own, "configuration_export", ["risk"])
	not portable_configuration.not_applicable with input as fake.facts
}

test_partly_where_it_is_an_option if {
	facts := fake.option("configuration_export")
	portable_configuration.rating == "partly" with input as facts
	"optional" in fake.codes(portable_configuration.findings) with input as facts
	not "weak" in fake.codes(portable_configuration.findings) with input as facts
}

test_met_where_a_list_names_all if {
	facts := fake.topics({topic: [fake.hit(1, "met")] | some topic in ["exported_configuration", "exported_rights", "exported_templates", "exported_history"]})
	portable_configuration.rating == "met" with input as facts
	count(portable_configuration.findings) == 0 with input as facts
	portable_configuration.evidence == {fake.evidence(1)} with input as facts
}

test_partly_where_a_list_names_some if {
	facts := fake.topics({"export_scope": [fake.hit(1, "met")], "exported_rights": [fake.hit(3, "met")], "exported_history": [fake.hit(2, "met")]})
	portable_configuration.rating == "partly" with input as facts
	[[found.code, found.args.lacking, found.evidence] | some found in portable_configuration.findings] == [["incomplete", ["configuration", "templates"], fake.evidence(3)]] with input as facts
}

# Workflows and templates are part of what is configured.
test_met_where_a_list_names_configuration_rights_and_history if {
	facts := fake.topics({topic: [fake.hit(1, "met")] | some topic in ["exported_configuration", "exported_rights", "exported_history"]})
	portable_configuration.rating == "met" with input as facts
	count(portable_configuration.findings) == 0 with input as facts
	templates := fake.topics({"exported_templates": [fake.hit(1, "met")]})
	{found.args.lacking | some found in portable_configuration.findings} == {["configuration", "rights", "history"]} with input as templates
}

test_a_list_adds_nothing_to_a_demand if {
	facts := fake.topics({"configuration_export": [fake.hit(1, "met")], "exported_rights": [fake.hit(3, "met")]})
	portable_configuration.rating == "met" with input as facts
	count(portable_configuration.findings) == 0 with input as facts
}
