package policies.criteria.lock_in.client_binding_test

import data.policies.criteria.lock_in.client_binding
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_in_several_browsers if {
	facts := fake.topic("client_independence", ["met"])
	client_binding.rating == "met" with input as facts
	count(client_binding.findings) == 0 with input as facts
	client_binding.evidence == {fake.evidence(0)} with input as facts
}

test_partly_where_todays_workplace_counts if {
	every topic in ["client_binding", "client_independence"] {
		facts := fake.topic(topic, ["weak"])
		client_binding.rating == "partly" with input as facts
		fake.codes(client_binding.findings) == {"weak"} with input as facts
	}
}

test_todays_workplace_is_no_fault_beside_several_browsers if {
	facts := fake.topics({"client_binding": [fake.hit(1, "weak")], "client_independence": [fake.hit(2, "met")]})
	client_binding.rating == "met" with input as facts
	count(client_binding.findings) == 0 with input as facts
}

test_partly_where_one_part_is_bound if {
	facts := fake.topics({"client_binding": [fake.hit(1, "risk"), fake.hit(3, "weak")], "client_independence": [fake.hit(2, "met")]})
	client_binding.rating == "partly" with input as facts
	fake.codes(client_binding.findings) == {"risk"} with input as facts
}

test_missed_on_one_system if {
	facts := fake.topic("client_binding", ["risk"])
	client_binding.rating == "not_met" with input as facts
	fake.codes(client_binding.findings) == {"risk"} with input as facts
}

test_told_once_for_each_document if {
	facts := fake.topics({"client_binding": [fake.hit(3, "risk"), fake.hit(5, "weak"), fake.hit(7, "risk")]})
	[[found.evidence, found.args] | some found in client_binding.findings] == [[fake.evidence(3), {"count": 2, "places": ["a.md, line 3", "a.md, line 7"]}]] with input as facts
}

# Trap 3: a platform that is out of scope binds to no other.
test_a_platform_left_out_is_no_tie if {
	not client_binding.rating with input as fake.topic("client_independence", ["risk"])
}

# Trap 1: what stands on the desks is no demand.
test_the_existing_estate_says_nothing if {
	not client_binding.rating with input as fake.topic_as("client_binding", ["risk"], {"role": "existing_estate"})
}

test_silent_is_asked_for_where_there_is_a_user_interface if {
	facts := fake.topic("user_interface", ["met"])
	not client_binding.rating with input as facts
	fake.codes(client_binding.findings) == {"missing"} with input as facts
	fake_values.places_of(client_binding.findings) == {fake.evidence(0)} with input as facts
	count(client_binding.findings) == 0 with input as fake.facts
}

# Asked is where a sentence obliges to an interface, not where it may have something besides.
test_the_place_is_a_sentence_that_obliges if {
	told := object.union(fake.hit(1, "met"), {"modality": "none"})
	facts := fake.topics({"user_interface": [told, fake.hit(2, "met"), fake.hit(3, "weak")]})
	fake_values.places_of(client_binding.findings) == {fake.evidence(2)} with input as facts
	fake_values.places_of(client_binding.findings) == {fake.evidence(1)} with input as fake.topics({"user_interface": [told]})
	count(client_binding.findings) == 0 with input as fake.topic_as("user_interface", ["met"], {"modality": "may"})
	count(client_binding.findings) == 0 with input as fake.topic("user_interface", ["weak"])
}

test_a_single_subject_is_not_asked_about_it if {
	module := object.union(fake.read_as(["module"]), {"topics": {"user_interface": [fake.hit(1, "met")]}})
	count(client_binding.findings) == 0 with input as module
}

test_met_by_what_runs_in_browsers_of_any_size if {
	facts := fake.topic("browser_client", ["met"])
	client_binding.rating == "met" with input as facts
	client_binding.evidence == {fake.evidence(0)} with input as facts
}

# A desktop program has no browser to choose.
test_a_program_on_one_system_is_told_so if {
	facts := fake.topics({"client_binding": [fake.hit(1, "risk")], "installed_program": [fake.hit(2, "met")]})
	client_binding.rating == "not_met" with input as facts
	fake.codes(client_binding.findings) == {"system"} with input as facts
	browser := {"mentions": {"product": [fake.mention("edge", {"tags": ["browser"]})]}}
	fake.codes(client_binding.findings) == {"risk"} with input as object.union(facts, browser)
}

test_not_applicable_to_platforms if {
	every model in ["iaas", "paas"] {
		client_binding.not_applicable == "no_client" with input as fake.dossier({"service_model": fake.declared(model)})
	}
	not client_binding.not_applicable with input as fake.dossier({"service_model": fake.declared("saas")})
}

# The solution.
_client(id, technology) := fake_graph.custom(id, {"kind": "client", "technology": technology})

test_graph_met_where_clients_run_in_browsers if {
	facts := fake_graph.drawn([_client("portal", "TypeScript, Angular"), fake_graph.component("clerk", {"kind": "person", "technology": "Windows"})], [])
	client_binding.rating == "met" with input as facts
	client_binding.evidence == {fake_graph.place("portal")} with input as facts
}

test_graph_partly_where_one_needs_one_system if {
	facts := fake_graph.drawn([_client("portal", "Web"), _client("desk", ".NET, WPF")], [])
	client_binding.rating == "partly" with input as facts
	{finding.args.names | some finding in client_binding.findings} == {["desk"]} with input as facts
	fake_values.unsure(client_binding.findings) == {"client"} with input as facts
}

test_graph_asks_where_there_is_no_other_client if {
	facts := fake_graph.drawn([_client("desk", "Windows")], [])
	not client_binding.rating with input as facts
	fake.codes(client_binding.findings) == {"client"} with input as facts
}

test_graph_silent_on_unknown_clients if not client_binding.rating with input as fake_graph.drawn([_client("app", "Java")], [])
