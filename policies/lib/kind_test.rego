package policies.lib.kind_test

import data.policies.criteria.exchangeability.award_criterion
import data.policies.criteria.exchangeability.data_export
import data.policies.criteria.exchangeability.exit_plan
import data.policies.criteria.interfaces.open_standards
import data.policies.criteria.lock_in.client_binding
import data.policies.criteria.neutrality.product_mentions
import data.policies.lib.deal
import data.policies.lib.fake
import data.policies.lib.kind

_order(value) := fake.dossier({"order": fake.inferred(value)})

_form(value) := fake.dossier({"form": fake.inferred(value)})

_local := {"editor_extension", "command_line", "library", "embedded_software"}

test_work_on_own_software_asks_neither_for_an_exit_nor_for_an_export if {
	facts := _order("own_software")
	count(exit_plan.findings) == 0 with input as facts
	count(open_standards.findings) == 0 with input as facts
	kind.ruled_out["EX-03"] == "own_software" with input as facts
	not kind.ruled_out["EX-04"] with input as facts
}

test_what_a_supplier_runs_or_makes_anew_is_asked if {
	every model in ["saas", "custom", "on-prem"] {
		facts := fake.dossier({"service_model": fake.inferred(model), "operator": fake.inferred("supplier")})
		fake.codes(exit_plan.findings) == {"missing"} with input as facts
		fake.codes(data_export.findings) == {"missing"} with input as facts
		fake.codes(open_standards.findings) == {"missing"} with input as facts
		not kind.ruled_out["EX-03"] with input as facts
	}
}

test_an_export_that_is_spoken_of_is_judged if {
	facts := fake.topic_in(_order("own_software"), "data_export", ["risk"])
	data_export.rating == "not_met" with input as facts
	fake.codes(data_export.findings) == {"risk"} with input as facts
}

test_the_screen_is_not_asked_about_where_it_is_there_or_another_programs if {
	screen := fake.topic("user_interface", ["met"])
	fake.codes(client_binding.findings) == {"missing"} with input as screen
	count(client_binding.findings) == 0 with input as object.union(screen, _order("own_software"))
	every form in _local {
		count(client_binding.findings) == 0 with input as object.union(screen, _form(form))
	}
	every form in ["prototype", "static_site", "stateless"] {
		fake.codes(client_binding.findings) == {"missing"} with input as object.union(screen, _form(form))
	}
}

test_programs_on_files_keep_nothing if {
	every form in _local {
		facts := _form(form)
		kind.ruled_out["EX-03"] == "keeps_no_data" with input as facts
		count(exit_plan.findings) == 0 with input as facts
		count(open_standards.findings) == 0 with input as facts
	}
	every form in ["static_site", "stateless"] {
		facts := _form(form)
		kind.ruled_out["EX-03"] == "keeps_no_data" with input as facts
		fake.codes(exit_plan.findings) == {"missing"} with input as facts
	}
	count(open_standards.findings) == 0 with input as _form("static_site")
	fake.codes(open_standards.findings) == {"missing"} with input as _form("stateless")
}

test_a_prototype_is_not_left if {
	facts := _form("prototype")
	count(exit_plan.findings) == 0 with input as facts
	count(data_export.findings) == 0 with input as facts
	not kind.ruled_out["EX-03"] with input as facts
}

test_an_app_without_a_server_shows_what_the_buyer_gives_it if {
	facts := _form("mobile_app")
	count(exit_plan.findings) == 0 with input as facts
	count(data_export.findings) == 0 with input as facts
	not kind.ruled_out["EX-03"] with input as facts
	fake.codes(open_standards.findings) == {"missing"} with input as facts
}

test_a_blank_has_no_neighbours if {
	facts := _form("blank")
	count(data_export.findings) == 0 with input as facts
	count(open_standards.findings) == 0 with input as facts
	fake.codes(exit_plan.findings) == {"missing"} with input as facts
}

test_renewed_licences_are_in_use_already if {
	facts := _order("licences")
	count(exit_plan.findings) == 0 with input as facts
	count(data_export.findings) == 0 with input as facts
	deal.set_aside("IF-01") == "licences" with input as facts
	kind.nothing_chosen with input as facts
}

test_whoever_sells_licences_shapes_no_product if {
	facts := _order("licences")
	every id in ["EX-01", "IF-01", "IF-07", "LI-08"] { deal.set_aside(id) == "licences" with input as facts }
	every id in ["CE-01", "LI-05", "NE-01", "NE-02", "NE-05", "NE-09"] { not deal.set_aside(id) with input as facts }
	not deal.set_aside("IF-01") with input as _order("own_software")
}

# A notice of an order of licences leaves as much to other papers as any other.
test_which_papers_are_lacking_is_asked_of_licences_too if {
	noticed := object.union(fake.read_as(["notice"]), {"dossier": {"order": fake.inferred("licences")}})
	not deal.set_aside("EX-01") with input as noticed
	deal.set_aside("IF-01") == "licences" with input as noticed
	fake.codes(award_criterion.findings) == {"notice"} with input as noticed
	priced := fake.topic_in(noticed, "price_only", ["risk"])
	fake.codes(award_criterion.findings) == {"notice"} with input as priced
	not award_criterion.rating with input as priced
}

test_devices_that_are_bought_have_no_term if {
	bought := fake.dossier({"order": object.union(fake.inferred("hardware"), {"evidence": [_quoted("Lieferung von 40 Notebooks")]})})
	kind.unfit("CE-01") with input as bought
	every quote in ["Leasing von 40 Notebooks", "Miete von Druckern", "Lease of laptops", "Rental of printers"] {
		not kind.unfit("CE-01") with input as fake.dossier({"order": object.union(fake.inferred("hardware"), {"evidence": [_quoted(quote)]})})
	}
	not kind.unfit("CE-01") with input as _order("licences")
}

_quoted(quote) := object.union(fake.evidence(1), {"quote": quote})

# What runs in such accounts is the buyer's; what is asked is whether the accounts go over.
test_accounts_that_are_sold_on_are_taken_out if {
	facts := fake.dossier({"order": object.union(fake.inferred("resale"), {"evidence": [fake.evidence(1)]})})
	fake.codes(exit_plan.findings) == {"accounts"} with input as facts
	count(data_export.findings) == 0 with input as facts
	count(open_standards.findings) == 0 with input as facts
	fake.codes(exit_plan.findings) == set() with input as fake.topic_in(facts, "exit_plan", ["met"])
}

test_nobody_is_left_who_runs_a_local_program if {
	facts := _form("local_program")
	count(exit_plan.findings) == 0 with input as facts
	fake.codes(data_export.findings) == {"missing"} with input as facts
	every file in ["sqlite", "duckdb"] {
		count(data_export.findings) == 0 with input as object.union(facts, {"mentions": {"product": [fake.mention(file, {})]}})
	}
	kept := object.union(facts, {"mentions": {"product": [fake.mention("sqlite", {"negated": true}), fake.mention("postgresql", {})]}})
	fake.codes(data_export.findings) == {"missing"} with input as kept
	server := object.union(fake.facts, {"mentions": {"product": [fake.mention("sqlite", {})]}})
	fake.codes(data_export.findings) == {"missing"} with input as server
}

test_a_charter_is_one_only_by_itself if {
	order := {"order": object.union(fake.inferred("charter"), {"evidence": [fake.evidence(1)]})}
	kind.charter with input as object.union(fake.read_as(["annex"]), {"dossier": order})
	not kind.charter with input as object.union(fake.read_as(["annex", "annex"]), {"dossier": order})
	not kind.charter with input as object.union(fake.read_as(["annex"]), {"dossier": object.union(order, {"complete": fake.declared(true)})})
	not kind.charter with input as fake.read_as(["annex"])
}

test_devices_are_no_software if {
	kind.ruled_out["IF-01"] == "hardware" with input as _order("hardware")
	not kind.ruled_out["NE-01"] with input as _order("hardware")
	kind.ruled_out["EX-03"] == "services" with input as fake.dossier({"service_model": fake.declared("services"), "form": fake.inferred("library")})
	not kind.without_software with input as fake.facts
}

test_of_a_complete_dossier_everything_is_asked if {
	facts := fake.dossier({"order": fake.inferred("own_software"), "complete": fake.declared(true)})
	fake.codes(exit_plan.findings) == {"missing"} with input as facts
}

# What software that is there is made of is no choice of whoever asks for work on it.
test_the_stack_of_own_software_is_not_prescribed if {
	stack := [
		fake.mention("python", {"tags": ["technology"], "clause": "1.1.1"}),
		fake.mention("postgresql", {"modality": "none", "clause": "1.2.1"}),
	]
	facts := object.union(fake.award_papers, {"mentions": {"product": stack}})
	count(product_mentions.findings) > 0 with input as facts
	count(product_mentions.findings) == 0 with input as object.union(facts, {"dossier": {"order": fake.inferred("own_software")}})
	demanded := object.union(facts, {
		"dossier": {"order": fake.inferred("own_software")},
		"mentions": {"product": [fake.mention("jira", {"clause": "1.3.1"})]},
	})
	fake.codes(product_mentions.findings) == {"named"} with input as demanded
}

test_a_licence_is_no_service if {
	facts := _order("licence_grant")
	every id in ["EX-01", "NE-09", "CE-01", "CE-02", "CE-03", "CE-04", "CE-11", "LI-06"] {
		deal.set_aside(id) == "licence_grant" with input as facts
	}
	every id in ["EX-03", "EX-05", "CE-05", "CE-09", "CE-10", "LI-02", "MC-06"] {
		kind.ruled_out[id] == "licence_grant" with input as facts
		not kind.ruled_out[id] with input as fake.facts
	}
	kind.unfit("IF-01") with input as facts
	not kind.ruled_out["CE-06"] with input as facts
	not deal.set_aside("CE-07") with input as facts
	deal.holds_no_data with input as facts
}

test_software_that_is_let_runs_at_the_buyer if {
	facts := _order("standard_software")
	every id in ["EX-03", "CE-04", "CE-05", "CE-10", "LI-02"] {
		kind.ruled_out[id] == "standard_software" with input as facts
	}
	every id in ["CE-09", "EX-05", "MC-06", "CE-02"] {
		not kind.ruled_out[id] with input as facts
	}
	not deal.set_aside("CE-03") with input as facts
	deal.holds_no_data with input as facts
}

test_software_that_is_maintained_runs_at_the_buyer if {
	facts := _order("software_upkeep")
	every id in ["EX-03", "CE-04", "CE-05", "CE-10", "LI-02"] {
		kind.ruled_out[id] == "software_upkeep" with input as facts
	}
	every id in ["CE-09", "EX-05", "MC-06", "CE-02", "CE-06"] {
		not kind.ruled_out[id] with input as facts
	}
	not deal.set_aside("CE-03") with input as facts
	deal.holds_no_data with input as facts
	kind.unfit("CE-07") with input as facts
	kind.standard with input as facts
	not kind.let with input as facts
	kind.standard with input as _order("standard_software")
	not kind.unfit("CE-07") with input as _order("standard_software")
	not kind.standard with input as fake.facts
}

# Whatever else it is called, work of people leaves no software to license.
test_work_of_people_comes_first if {
	facts := fake.dossier({"order": fake.inferred("licence_grant"), "service_model": fake.inferred("services")})
	kind.ruled_out["EX-03"] == "services" with input as facts
	kind.ruled_out["LI-02"] == "services" with input as facts
}
