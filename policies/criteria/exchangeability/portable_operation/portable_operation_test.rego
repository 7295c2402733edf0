package policies.criteria.exchangeability.portable_operation_test

import data.policies.criteria.exchangeability.portable_operation
import data.policies.criteria.lock_in.managed_services
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_with_standard_packages if {
	facts := fake.topic("portable_operation", ["met"])
	portable_operation.rating == "met" with input as facts
	count(portable_operation.findings) == 0 with input as facts
	count(portable_operation.evidence) == 1 with input as facts
}

test_partly_where_containers_are_all_that_is_said if {
	facts := fake.topic("portable_operation", ["weak"])
	portable_operation.rating == "partly" with input as facts
	fake.codes(portable_operation.findings) == {"weak"} with input as facts
}

test_partly_where_it_only_has_to_run_in_house if {
	facts := fake.topics({"self_operation": [fake.hit(1, "met")]})
	portable_operation.rating == "partly" with input as facts
	fake.codes(portable_operation.findings) == {"no_packaging"} with input as facts
	count(portable_operation.evidence) == 1 with input as facts
}

# "The containers run in your own data centre": a package, and a second place.
test_met_where_packages_run_in_house if {
	every n in [1, 2] {
		facts := fake.topics({"self_operation": [fake.hit(1, "met")], "portable_operation": [fake.hit(n, "weak")]})
		portable_operation.rating == "met" with input as facts
		count(portable_operation.findings) == 0 with input as facts
	}
}

test_met_where_packages_come_with_operation_in_house if {
	facts := fake.topics({"self_operation": [fake.hit(1, "met")], "portable_operation": [fake.hit(2, "met")]})
	portable_operation.rating == "met" with input as facts
	count(portable_operation.findings) == 0 with input as facts
}

test_missed_where_it_runs_in_one_cloud_only if {
	facts := fake.topic("portable_operation", ["risk"])
	portable_operation.rating == "not_met" with input as facts
	fake.codes(portable_operation.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for_where_code_is_made if {
	not portable_operation.rating with input as fake.facts
	count(portable_operation.findings) == 0 with input as fake.facts
	fake.codes(portable_operation.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
	made := fake.dossier({"service_model": fake.declared("custom")})
	fake.codes(portable_operation.findings) == {"missing"} with input as made
	run := object.union(made, {"dossier": {"operator": object.union(fake.inferred("buyer"), {"evidence": [fake.evidence(1)]})}})
	count(portable_operation.findings) == 0 with input as run
	told := fake.topic_as("operating_environment", ["weak"], {"role": "staff_skill"})
	count(portable_operation.findings) == 0 with input as object.union(made, {"topics": told.topics})
}

# "Hosting: a platform", "Der Betrieb erfolgt im Rechenzentrum des Auftraggebers".
test_asked_where_a_place_of_operation_is_named if {
	by_operator := {"operator": object.union(fake.inferred("supplier"), {"evidence": [fake.evidence(0)]})}
	on_premises := {"service_model": object.union(fake.inferred("on-prem"), {"evidence": [fake.evidence(0)]})}
	every facts in [
		fake.topic("operating_environment", ["weak"]),
		fake.topic_as("operating_environment", ["weak"], {"role": "existing_estate"}),
		fake.dossier(by_operator),
		fake.dossier(on_premises),
		fake.topic_in(fake.dossier({"service_model": fake.declared("custom")}), "operating_environment", ["weak"]),
	] {
		not portable_operation.rating with input as facts
		fake_values.unsure(portable_operation.findings) == {"named"} with input as facts
		fake_values.places_of(portable_operation.findings) == {fake.evidence(0)} with input as facts
		count(portable_operation.findings) == 0 with input as object.union(facts, {"dossier": {"kind": fake.declared("architecture")}})
	}
	count(portable_operation.findings) == 0 with input as fake.topic_as("operating_environment", ["weak"], {"role": "existing_estate", "modality": "none"})
	count(portable_operation.findings) == 0 with input as fake.dossier({"service_model": fake.declared("on-prem")})
}

# What is worked on runs somewhere already.
test_the_place_of_own_software_is_not_asked if {
	place := fake.topic("operating_environment", ["weak"])
	count(portable_operation.findings) == 0 with input as object.union(place, {"dossier": {"order": fake.inferred("own_software")}})
}

test_a_platform_is_asked_about_once if {
	facts := fake.topic("cloud_operation", ["weak"])
	fake.codes(managed_services.findings) == {"platform"} with input as facts
	count(portable_operation.findings) == 0 with input as facts
}

# "Hosting: Vercel", where what takes the service's place is asked.
test_a_service_is_asked_about_once if {
	place := fake.topic("operating_environment", ["weak"])
	service := fake.mention("firebase", {"modality": "none", "tags": ["managed_database"]})
	there := object.union(place, {"mentions": {"cloud_service": [object.union(service, {"evidence": fake.evidence(0)})]}})
	fake.codes(managed_services.findings) == {"service"} with input as there
	count(portable_operation.findings) == 0 with input as there
	apart := object.union(place, {"mentions": {"cloud_service": [object.union(service, {"evidence": fake.evidence(5)})]}})
	fake.codes(portable_operation.findings) == {"named"} with input as apart
}

# "Diese Testumgebung muss auch in der Infrastruktur des Auftraggebers laufen."
test_asked_where_only_tests_run_elsewhere if {
	facts := fake.topics({"portable_hint": [fake.hit(1, "weak")], "test_operation": [fake.hit(1, "met")], "operating_environment": [fake.hit(2, "weak")]})
	not portable_operation.rating with input as facts
	fake_values.unsure(portable_operation.findings) == {"test_only"} with input as facts
	fake_values.places_of(portable_operation.findings) == {fake.evidence(1)} with input as facts
	every topics in [facts.topics, fake.topic("operating_environment", ["weak"]).topics] {
		complete := object.union(fake.dossier({"complete": fake.declared(true)}), {"topics": topics})
		fake.codes(portable_operation.findings) == {"missing"} with input as complete
	}
}

test_not_applicable_to_software_as_a_service if {
	portable_operation.not_applicable == "saas" with input as fake.dossier({"service_model": fake.declared("saas")})
	not portable_operation.not_applicable with input as fake.dossier({"service_model": fake.declared("paas")})
	not portable_operation.not_applicable with input as fake.facts
}

# Traps 1 and 8: what is in use today says nothing of the purchase.
test_the_existing_estate_demands_nothing if {
	not portable_operation.rating with input as fake.topic_as("portable_operation", ["met"], {"role": "existing_estate"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("portable_operation", ["weak", "risk"])
	portable_operation.rating == "not_met" with input as facts
	fake.codes(portable_operation.findings) == {"risk"} with input as facts
}

test_partly_where_it_runs_in_two_places if {
	facts := fake.topic("portable_hint", ["weak"])
	portable_operation.rating == "partly" with input as facts
	fake.codes(portable_operation.findings) == {"hint"} with input as facts
	portable_operation.evidence == {fake.evidence(0)} with input as facts
	packaged := fake.topics({"portable_hint": [fake.hit(1, "weak")], "portable_operation": [fake.hit(2, "weak")]})
	fake.codes(portable_operation.findings) == {"weak"} with input as packaged
	both := fake.topics({"portable_hint": [fake.hit(1, "weak")], "portable_operation": [fake.hit(2, "met")]})
	portable_operation.rating == "met" with input as both
	count(portable_operation.findings) == 0 with input as both
}

test_not_applicable_to_a_program_on_one_machine if {
	program := fake.topics({"installed_program": [fake.hit(1, "met")], "standalone": [fake.hit(2, "met")]})
	portable_operation.not_applicable == "installed_program" with input as program
	alone := fake.topic("installed_program", ["met"])
	portable_operation.not_applicable == "installed_program" with input as alone
	served := object.union(alone, {"dossier": {"operator": fake.inferred("supplier")}})
	not portable_operation.not_applicable with input as served
	not portable_operation.not_applicable with input as fake.topic_in(alone, "hosting_location", ["weak"])
	not portable_operation.not_applicable with input as fake.topic("standalone", ["met"])
	not portable_operation.not_applicable with input as fake.topic_in(program, "portable_operation", ["risk"])
}

# "must run either within our data centres or within a tenant that we manage"
test_partly_where_two_of_our_own_places_are_demanded if {
	hit := object.union(fake.hit(1, "weak"), {"role": "existing_estate"})
	facts := fake.topics({"portable_hint": [hit]})
	portable_operation.rating == "partly" with input as facts
	fake.codes(portable_operation.findings) == {"hint"} with input as facts
	not portable_operation.rating with input as fake.topics({"portable_hint": [object.union(hit, {"modality": "none"})]})
}

# "a static public site": any web server hands its files out.
test_met_where_a_static_site_is_built if {
	portable_operation.rating == "met" with input as fake.topic("portable_hint", ["met", "weak"])
	count(portable_operation.findings) == 0 with input as fake.topic("portable_hint", ["met", "weak"])
	not portable_operation.rating with input as fake.topic_as("portable_hint", ["met"], {"role": "existing_estate", "modality": "none"})
}

# The solution.
_packed := fake_graph.custom("app", {"image": "registry/app:1", "sources": ["dockerfile"]})

_function := fake_graph.service("function", ["managed_compute", "serverless"], {})

test_graph_met_where_packages_and_their_operation_are_described if {
	facts := fake_graph.drawn([object.union(_packed, {"sources": ["dockerfile", "helm"]})], [])
	portable_operation.rating == "met" with input as facts
	count(portable_operation.findings) == 0 with input as facts
	portable_operation.evidence == {fake_graph.place("app")} with input as facts
}

test_graph_partly_where_environments_are_all_that_is_drawn if {
	environments := [{"name": name, "evidence": [fake_graph.place(name)]} | some name in ["Live", "Test"]]
	facts := object.union(fake.facts, {"environments": environments})
	portable_operation.rating == "partly" with input as facts
	fake_values.unsure(portable_operation.findings) == {"environments"} with input as facts
	count(portable_operation.evidence) == 2 with input as facts
	one := object.union(fake.facts, {"environments": array.slice(environments, 0, 1)})
	not portable_operation.rating with input as one
	packed := object.union(fake_graph.drawn([_packed], []), {"environments": environments})
	fake_values.unsure(portable_operation.findings) == {"undescribed"} with input as packed
	boxed := object.union(fake_graph.drawn([fake_graph.known("docker", true, {"kind": "platform", "tags": ["container"]})], []), {"environments": environments})
	portable_operation.rating == "partly" with input as boxed
	count(portable_operation.findings) == 0 with input as boxed
	told := object.union(fake.topic("portable_operation", ["met"]), {"environments": environments})
	count(portable_operation.findings) == 0 with input as told
}

test_graph_partly_where_operation_is_not_described if {
	facts := fake_graph.drawn([_packed, fake_graph.custom("b", {"sources": ["dockerfile"]})], [])
	portable_operation.rating == "partly" with input as facts
	fake_values.unsure(portable_operation.findings) == {"undescribed"} with input as facts
}

test_graph_partly_where_some_runs_as_functions if {
	facts := fake_graph.drawn([_packed, _function], [])
	portable_operation.rating == "partly" with input as facts
	fake.codes(portable_operation.findings) == {"tied"} with input as facts
}

test_graph_missed_where_all_runs_as_functions if {
	facts := fake_graph.drawn([_function, fake_graph.service("queue", ["managed_messaging"], {})], [])
	portable_operation.rating == "not_met" with input as facts
	{finding.args.names | some finding in portable_operation.findings} == {["FUNCTION"]} with input as facts
}

# A model of what talks to what says nothing of packages; mail catchers are no part of it.
test_graph_silent if {
	facts := fake_graph.drawn([fake_graph.custom("app", {"sources": ["structurizr"]}), fake_graph.component("mailhog", {"image": "mailhog/mailhog"})], [])
	not portable_operation.rating with input as facts
	count(portable_operation.findings) == 0 with input as facts
}

test_text_and_graph_together if {
	tied := fake_graph.with_text(fake.topic("portable_operation", ["met"]), [_packed, _function], [])
	portable_operation.rating == "partly" with input as tied

	described := fake_graph.with_text(fake.topic("portable_operation", ["met"]), [_packed], [])
	fake.codes(portable_operation.findings) == set() with input as described
}
