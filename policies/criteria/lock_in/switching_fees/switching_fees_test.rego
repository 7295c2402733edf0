package policies.criteria.lock_in.switching_fees_test

import data.policies.criteria.lock_in.switching_fees
import data.policies.lib.fake

# facts of a dossier of a cloud service with a term.
_cloud(polarities, contract) := object.union(
	fake.topic("switching_fees", polarities),
	{"dossier": {"service_model": fake.declared("saas"), "contract": fake.declared(contract)}},
)

_long := {"start": "2026-12-01", "months": 36}

_short := {"start": "2026-01-12", "months": 12}

_certainties(findings) := {finding.certainty | some finding in findings}

test_met_without_charges if {
	facts := fake.topic("switching_fees", ["met"])
	switching_fees.rating == "met" with input as facts
	count(switching_fees.findings) == 0 with input as facts
	count(switching_fees.evidence) == 1 with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("switching_fees", ["met", "risk"])
	switching_fees.rating == "partly" with input as facts
	fake.codes(switching_fees.findings) == {"risk"} with input as facts
}

test_missed_with_charges_after_the_ban if {
	facts := _cloud(["risk"], _long)
	switching_fees.rating == "not_met" with input as facts
	fake.codes(switching_fees.findings) == {"risk"} with input as facts
	_certainties(switching_fees.findings) == {"sure"} with input as facts
	{finding.args | some finding in switching_fees.findings} == {{"from": "2027-01-12"}} with input as facts
}

test_missed_with_charges_at_cost_after_the_ban if {
	facts := _cloud(["weak"], _long)
	switching_fees.rating == "not_met" with input as facts
	fake.codes(switching_fees.findings) == {"risk"} with input as facts
}

test_missed_where_an_option_runs_past_the_ban if {
	switching_fees.rating == "not_met" with input as _cloud(["risk"], object.union(_short, {"options": [12]}))
}

test_partly_where_the_contract_ends_before_the_ban if {
	every polarity in ["weak", "risk"] {
		facts := _cloud([polarity], _short)
		switching_fees.rating == "partly" with input as facts
		fake.codes(switching_fees.findings) == {"temporary"} with input as facts
	}
}

test_partly_where_the_charge_ends_before_the_ban if {
	facts := object.union(_cloud(["weak"], _long), {"dates": [{"value": "2027-01-11", "clause": "1.0.1", "evidence": fake.evidence(0)}]})
	switching_fees.rating == "partly" with input as facts
	fake.codes(switching_fees.findings) == {"temporary"} with input as facts
	later := object.union(_cloud(["weak"], _long), {"dates": [{"value": "2027-12-31", "clause": "1.0.1", "evidence": fake.evidence(0)}]})
	switching_fees.rating == "not_met" with input as later
}

# A term that nobody states is taken to run past the ban, with less certainty.
test_less_sure_without_a_term if {
	facts := object.union(fake.topic("switching_fees", ["risk"]), {"dossier": {"service_model": fake.declared("saas")}})
	switching_fees.rating == "not_met" with input as facts
	_certainties(switching_fees.findings) == {"likely"} with input as facts
}

test_sure_without_a_start_where_the_term_is_long_enough if {
	_certainties(switching_fees.findings) == {"sure"} with input as _cloud(["risk"], {"months": 12})
	_certainties(switching_fees.findings) == {"likely"} with input as _cloud(["risk"], {"months": 1})
}

test_sure_once_the_ban_is_in_force if {
	facts := object.union(fake.topic("switching_fees", ["risk"]), {"today": "2027-01-12", "dossier": {"service_model": fake.declared("iaas")}})
	_certainties(switching_fees.findings) == {"sure"} with input as facts
}

test_partly_at_cost_where_the_service_may_be_another if {
	facts := fake.topic("switching_fees", ["weak"])
	switching_fees.rating == "partly" with input as facts
	fake.codes(switching_fees.findings) == {"weak"} with input as facts
}

test_silent_is_not_rated_and_asked_for_where_a_supplier_operates if {
	not switching_fees.rating with input as fake.facts
	count(switching_fees.findings) == 0 with input as fake.papers
	fake.codes(switching_fees.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
	every values in [{"service_model": fake.inferred("saas")}, {"operator": fake.inferred("supplier")}] {
		fake.codes(switching_fees.findings) == {"missing"} with input as object.union(fake.papers, {"dossier": values})
		count(switching_fees.findings) == 0 with input as fake.dossier(values)
	}
}

# "Die Unterstützung wird nach Aufwand vergütet": CE-04 asks what the help is to cost.
test_the_price_of_help_is_asked_about_once if {
	facts := fake.topics({"switching_fees": [fake.hit(1, "weak")], "transition_support": [fake.hit(1, "weak")]})
	switching_fees.rating == "partly" with input as facts
	count(switching_fees.findings) == 0 with input as facts
	charged := fake.topics({"switching_fees": [fake.hit(1, "risk")], "transition_support": [fake.hit(1, "weak")]})
	fake.codes(switching_fees.findings) == {"risk"} with input as charged
	apart := fake.topics({"switching_fees": [fake.hit(1, "weak")], "transition_support": [fake.hit(2, "weak")]})
	fake.codes(switching_fees.findings) == {"weak"} with input as apart
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(switching_fees.findings) == 0 with input as fake.facts
}

test_not_applicable_without_a_data_processing_service if {
	switching_fees.not_applicable == "no_data_processing_service" with input as fake.dossier({"service_model": fake.declared("on-prem")})
	switching_fees.not_applicable == "custom_service" with input as fake.dossier({"service_model": fake.declared("custom")})
	switching_fees.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not switching_fees.not_applicable with input as _cloud(["risk"], _long)
	not switching_fees.not_applicable with input as fake.facts
}

# Trap 8: a quotation of the law charges nothing.
test_a_citation_charges_nothing if {
	not switching_fees.rating with input as fake.topic_as("switching_fees", ["risk"], {"role": "citation"})
}

# What is delivered once has no contract that goes on, unless the documents speak of it.
test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	switching_fees.not_applicable == "delivered_once" with input as once
	not switching_fees.not_applicable with input as fake.topic_in(once, "switching_fees", ["met"])
}

# What the documents suggest does not outweigh charges that they name.
test_charges_count_against_what_is_inferred if {
	own := fake.dossier({"service_model": fake.inferred("on-prem")})
	switching_fees.not_applicable == "no_data_processing_service" with input as own
	switching_fees.not_applicable == "no_data_processing_service" with input as fake.topic_in(own, "export_cost", ["met"])
	not switching_fees.not_applicable with input as fake.topic_in(own, "switching_fees", ["risk"])
	made := fake.dossier({"service_model": fake.inferred("custom")})
	switching_fees.not_applicable == "custom_service" with input as made
	not switching_fees.not_applicable with input as fake.topic_in(made, "switching_fees", ["risk"])
}

# "Self-service export" names nobody who is paid, and no price.
test_an_export_by_users_tells_no_price if {
	every quote in ["Self-service export as CSV", "Der Export erfolgt selbstständig.", "Export without developer intervention"] {
		not switching_fees.rating with input as _exported(quote)
	}
	every quote in ["Export: free of charge, as a self-service", "Export kostenfrei, als Self-Service", "All data at no cost"] {
		switching_fees.rating == "partly" with input as _exported(quote)
	}
}

_exported(quote) := fake.topics({
	"export_cost": [object.union(fake.hit(1, "met"), {"evidence": {"quote": quote}})],
	"data_export": [fake.hit(2, "met")],
})

test_partly_where_only_the_data_are_free if {
	facts := fake.topic("export_cost", ["met"])
	not switching_fees.rating with input as facts
	count(switching_fees.findings) == 0 with input as facts
	elsewhere := fake.topics({"export_cost": [fake.hit(1, "met")], "data_export": [fake.hit(2, "met")]})
	fake.codes(switching_fees.findings) == {"export_only"} with input as elsewhere
	switching_fees.rating == "partly" with input as elsewhere
	switching_fees.evidence == {fake.evidence(1)} with input as elsewhere
	charged := fake.topics({"export_cost": [fake.hit(1, "met")], "switching_fees": [fake.hit(2, "risk")]})
	fake.codes(switching_fees.findings) == {"risk"} with input as charged
}
