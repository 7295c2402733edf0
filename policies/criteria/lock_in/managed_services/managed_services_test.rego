package policies.criteria.lock_in.managed_services_test

import data.policies.criteria.lock_in.managed_services
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values
import data.policies.lib.result

_named(hits, changes) := object.union(
	fake.topics(hits),
	{"mentions": {"cloud_service": [fake.mention("aws_sqs", object.union({"name": "Amazon SQS", "tags": ["managed_messaging"]}, changes))]}},
)

test_met_where_services_are_wrapped_or_ruled_out if {
	facts := fake.topic("managed_services", ["met"])
	managed_services.rating == "met" with input as facts
	count(managed_services.findings) == 0 with input as facts
	count(managed_services.evidence) == 1 with input as facts
}

test_partly_where_managed_services_are_preferred if {
	facts := fake.topic("managed_services", ["weak"])
	managed_services.rating == "partly" with input as facts
	fake.codes(managed_services.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("managed_services", ["met", "risk"])
	managed_services.rating == "partly" with input as facts
	fake.codes(managed_services.findings) == {"risk"} with input as facts
}

test_missed_where_the_core_rests_on_them if {
	facts := fake.topic("managed_services", ["risk"])
	managed_services.rating == "not_met" with input as facts
	fake.codes(managed_services.findings) == {"risk"} with input as facts
}

test_missed_where_the_dossier_builds_on_a_service if {
	facts := _named({"managed_services": [fake.hit(1, "risk")]}, {})
	managed_services.rating == "not_met" with input as facts
	managed_services.findings == {{
		"criterion": "LI-01",
		"code": "service",
		"certainty": "sure",
		"confidence": result.confidence("LI-01", "service", "sure"),
		"evidence": fake.evidence(1),
		"args": {"names": ["Amazon SQS"]},
	}} with input as facts
}

test_a_demanded_service_is_asked_about if {
	facts := _named({}, {})
	managed_services.rating == "partly" with input as facts
	fake.codes(managed_services.findings) == {"service"} with input as facts
	every finding in managed_services.findings { finding.certainty == "unsure" } with input as facts
	managed_services.evidence == {fake.evidence(1)} with input as facts
}

# Traps 1, 3, 7 and 8: names that say nothing of what is built.
test_other_mentions_are_left_alone if {
	every changes in [
		{"role": "integration_target"},
		{"role": "existing_estate"},
		{"role": "example"},
		{"modality": "may"},
		{"negated": true},
		{"equivalent": true},
		{"tags": ["hyperscaler"]},
	] {
		not managed_services.rating with input as _named({}, changes)
	}
}

test_a_wrapped_service_is_left_alone if {
	every topic in ["managed_services", "loose_coupling"] {
		facts := _named({topic: [fake.hit(1, "met")]}, {})
		not "service" in fake.codes(managed_services.findings) with input as facts
	}
}

test_silent_is_asked_for_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	not managed_services.rating with input as facts
	fake.codes(managed_services.findings) == {"missing"} with input as facts
	fake.codes(managed_services.findings) == {"missing"} with input as fake.topic_in(facts, "cloud_operation", ["weak"])
}

# What a supplier builds its own service on is its matter.
test_silent_is_no_question_where_a_supplier_operates if {
	every facts in [
		fake.dossier({"service_model": fake.inferred("saas")}),
		fake.dossier({"operator": fake.inferred("supplier")}),
		fake.topic_in(fake.dossier({"operator": fake.inferred("supplier")}), "cloud_operation", ["weak"]),
		fake.topic("hosting_location", ["met"]),
		fake.mentions({"cloud_service": [fake.mention("aws", {"role": "existing_estate"})]}),
	] {
		not managed_services.rating with input as facts
		count(managed_services.findings) == 0 with input as facts
	}
}

test_asked_where_a_cloud_is_named if {
	facts := fake.topic("cloud_operation", ["weak"])
	not managed_services.rating with input as facts
	fake_values.unsure(managed_services.findings) == {"platform"} with input as facts
	count(managed_services.findings) == 0 with input as object.union(facts, {"dossier": {"kind": fake.declared("architecture")}})
	existing := {"role": "existing_estate", "clause": "1.0.1"}
	ours := object.union(
		fake.topic_as("operating_environment", ["weak"], existing),
		{"mentions": {"cloud_service": [fake.mention("aws", object.union(existing, {"tags": ["hyperscaler"]}))]}},
	)
	fake_values.unsure(managed_services.findings) == {"platform"} with input as ours
	count(managed_services.findings) == 0 with input as fake.topic("operating_environment", ["weak"])
}

test_asked_where_the_platform_is_prescribed if {
	facts := fake.topics({"platform_prescribed": [fake.hit(1, "weak"), fake.hit(2, "weak")], "cloud_operation": [fake.hit(3, "weak")]})
	not managed_services.rating with input as facts
	[[found.code, found.args.places] | some found in managed_services.findings] == [["prescribed", ["a.md, line 1", "a.md, line 2"]]] with input as facts
	fake.codes(managed_services.findings) == {"missing"} with input as object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	count(managed_services.findings) == 0 with input as object.union(facts, {"dossier": {"kind": fake.declared("architecture")}})
}

test_lists_of_software_are_asked_about_once if {
	facts := fake.topics({"platform_prescribed": [fake.hit(1, "weak"), fake.hit(2, "weak")], "prescribed_list": [fake.hit(1, "weak")]})
	[found.args.places | some found in managed_services.findings] == [["a.md, line 2"]] with input as facts
}

test_silent_is_no_question_without_a_cloud if {
	not managed_services.rating with input as fake.facts
	count(managed_services.findings) == 0 with input as fake.facts
	negated := fake.mentions({"cloud_service": [fake.mention("aws", {"negated": true})]})
	count(managed_services.findings) == 0 with input as negated
	code := fake.mentions({"cloud_service": [fake.mention("github", {"tags": ["saas_development"]})]})
	count(managed_services.findings) == 0 with input as code
}

test_not_applicable_to_machines_of_ones_own if {
	own := {"dossier": {"service_model": fake.declared("on-prem")}}
	managed_services.not_applicable == "on_premises" with input as object.union(fake.facts, own)
	managed_services.not_applicable == "on_premises" with input as object.union(fake.topic("portable_operation", ["met"]), own)
	not managed_services.not_applicable with input as object.union(fake.topic("managed_services", ["weak"]), own)
	not managed_services.not_applicable with input as object.union(_named({}, {}), own)
	not managed_services.not_applicable with input as fake.facts
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("managed_services", ["weak", "risk"])
	managed_services.rating == "not_met" with input as facts
	fake.codes(managed_services.findings) == {"risk"} with input as facts
}

test_met_where_external_services_are_ruled_out if {
	facts := fake.topic("external_services", ["met"])
	managed_services.rating == "met" with input as facts
	count(managed_services.findings) == 0 with input as facts
	count(managed_services.evidence) == 1 with input as facts
}

test_partly_where_the_solution_is_portable if {
	facts := object.union(fake.topic("portable_operation", ["met"]), {"dossier": {"operator": fake.inferred("supplier")}})
	managed_services.rating == "partly" with input as facts
	fake.codes(managed_services.findings) == {"portable"} with input as facts
	managed_services.evidence == {fake.evidence(0)} with input as facts
	every hosted in [
		{"dossier": {"service_model": fake.inferred("paas")}},
		{"dossier": {"complete": fake.declared(true)}},
		{"topics": {"hosting_location": [fake.hit(1, "met")]}},
		{"mentions": {"cloud_service": [fake.mention("aws", {"role": "existing_estate"})]}},
	] {
		fake.codes(managed_services.findings) == {"portable"} with input as object.union(fake.topic("portable_operation", ["met"]), hosted)
	}
	nobody_hosts := fake.topic("portable_operation", ["met"])
	not managed_services.rating with input as nobody_hosts
	count(managed_services.findings) == 0 with input as nobody_hosts
	hosted := {"dossier": {"operator": fake.inferred("supplier")}}
	ruled_out := object.union(fake.topics({"portable_operation": [fake.hit(1, "met")], "external_services": [fake.hit(2, "met")]}), hosted)
	managed_services.rating == "met" with input as ruled_out
	count(managed_services.findings) == 0 with input as ruled_out
	both := fake.topics({"portable_operation": [fake.hit(1, "met")], "managed_services": [fake.hit(2, "met")]})
	managed_services.rating == "met" with input as both
}

test_services_named_without_a_duty_are_asked_about if {
	facts := fake.mentions({"cloud_service": [
		fake.mention("s3", {"name": "S3", "role": "example", "tags": ["managed_storage"]}),
		fake.mention("firebase", {"name": "Firebase", "modality": "none", "tags": ["managed_database"]}),
	]})
	not managed_services.rating with input as facts
	fake_values.unsure(managed_services.findings) == {"service"} with input as facts
	some finding in managed_services.findings with input as facts
	finding.args.names == ["Firebase"]
}

test_one_service_as_an_example_is_asked_about if {
	facts := fake.mentions({"cloud_service": [fake.mention("s3", {"name": "S3", "role": "example", "tags": ["managed_storage"]})]})
	fake_values.unsure(managed_services.findings) == {"service"} with input as facts
}

# Trap 8: several that are given as examples leave the choice open.
test_several_services_as_examples_are_a_choice if {
	facts := fake.mentions({"cloud_service": [
		fake.mention("s3", {"name": "S3", "role": "example", "tags": ["managed_storage"]}),
		fake.mention("r2", {"name": "R2", "role": "example", "tags": ["managed_storage"]}),
	]})
	not "service" in fake.codes(managed_services.findings) with input as facts
}

test_static_files_rest_on_no_platform if {
	facts := object.union(fake.topic("portable_hint", ["met"]), {"dossier": {"operator": fake.inferred("supplier")}})
	count(managed_services.findings) == 0 with input as facts
}

test_a_service_that_another_may_replace_is_not_asked_about if {
	facts := object.union(_named({}, {"equivalent": true, "modality": "none"}), {"dossier": {"operator": fake.inferred("supplier")}})
	not managed_services.rating with input as facts
	count(managed_services.findings) == 0 with input as facts
	service := fake.mention("firebase", {"clause": "1.1.1", "modality": "none", "tags": ["managed_database"]})
	named := object.union(fake.topics({"choice_left_open": [fake.hit(1, "met")]}), {"mentions": {"cloud_service": [service]}})
	count(managed_services.findings) == 0 with input as named
}

# What is optional in one sentence is so in those on how to set it up.
test_an_optional_service_is_no_tie if {
	services := [fake.mention("azure_blob", {"clause": clause, "tags": ["managed_storage"]}) | some clause in ["1.1.1", "1.2.1"]]
	facts := object.union(fake.topics({"choice_left_open": [fake.hit(1, "met")]}), {"mentions": {"cloud_service": services}})
	not managed_services.rating with input as facts
	count(managed_services.findings) == 0 with input as facts
}

test_a_service_is_asked_about_once if {
	services := [fake.mention("azure_blob", {"clause": sprintf("1.%d.1", [n]), "evidence": fake.evidence(n), "tags": ["managed_storage"]}) | some n in [1, 2]]
	facts := fake.mentions({"cloud_service": services})
	fake_values.places_of(managed_services.findings) == {fake.evidence(1)} with input as facts
}

# The solution.
_queue := fake_graph.service("queue", ["managed_messaging"], {})

_app := fake_graph.custom("app", {"image": "registry/app:1"})

_crowd := [fake_graph.custom(sprintf("app-%d", [n]), {"image": "registry/app:1"}) | some n in numbers.range(1, 4)]

test_graph_met_where_services_have_open_ports if {
	facts := fake_graph.drawn([_app, _queue], [fake_graph.open("app", "queue", {})])
	managed_services.rating == "met" with input as facts
	count(managed_services.findings) == 0 with input as facts
	managed_services.evidence == {fake_graph.place("queue")} with input as facts
}

test_graph_met_where_all_runs_from_images if {
	solid := [_app, fake_graph.component("proxy", {"image": "proxy:1"}), fake_graph.known("open", true, {"hosting": ""})]
	managed_services.rating == "met" with input as fake_graph.drawn(solid, [])

	# One container is no solution yet, and what runs without an image may be anything.
	not managed_services.rating with input as fake_graph.drawn([_app], [])
	not managed_services.rating with input as fake_graph.drawn([_app, fake_graph.component("unknown", {}), fake_graph.custom("b", {"image": "b"})], [])
}

test_graph_missed_where_half_of_it_is_bound if {
	facts := fake_graph.drawn([_app, _queue], [fake_graph.closed("app", "queue", {})])
	managed_services.rating == "not_met" with input as facts
	fake.codes(managed_services.findings) == {"bound"} with input as facts
	fake_values.places_of(managed_services.findings) == {fake_graph.place("queue")} with input as facts
}

test_graph_partly_where_some_of_it_is_bound if {
	second := fake_graph.service("store", ["managed_database"], {})
	facts := object.union(
		fake_graph.drawn(array.concat(_crowd, [_queue, second]), [fake_graph.closed("app-1", "queue", {})]),
		{"packages": [{"name": "sdk", "term": "store", "direct": true}]},
	)
	managed_services.rating == "partly" with input as facts
	{finding.args.names | some finding in managed_services.findings} == {["QUEUE", "STORE"]} with input as facts
}

test_graph_asks_where_no_port_is_told if {
	facts := fake_graph.drawn([_app, _queue], [fake_graph.edge("app", "queue", {})])
	managed_services.rating == "partly" with input as facts
	fake.codes(managed_services.findings) == {"port"} with input as facts
	fake_values.unsure(managed_services.findings) == {"port"} with input as facts
}

test_who_signs_people_in_is_asked_about_once if {
	tenant := fake_graph.service("tenant", ["managed_identity"], {"kind": "identity", "product": "Auth0"})
	queue := fake_graph.service("line", ["managed_queue"], {})
	{finding.args.names | some finding in managed_services.findings} == {["LINE"]} with input as fake_graph.drawn([_app, tenant, queue], [])
	{finding.args.names | some finding in managed_services.findings} == {["Auth0"]} with input as fake_graph.drawn([_app, tenant], [])
}

# MinIO beside S3: what takes its place runs here.
test_graph_asks_nothing_where_a_substitute_runs_beside_it if {
	store := fake_graph.service("store", ["managed_storage"], {"alternatives": [{"term": "open-store", "name": "Open Store", "open": true}]})
	fake_values.unsure(managed_services.findings) == {"port"} with input as fake_graph.drawn([_app, store], [])
	beside := fake_graph.known("open-store", true, {"image": "open-store:1"})
	count(managed_services.findings) == 0 with input as fake_graph.drawn([_app, store, beside], [])
	managed_services.rating == "met" with input as fake_graph.drawn([_app, store, beside], [])
	fake_values.unsure(managed_services.findings) == {"port"} with input as fake_graph.drawn([_app, store, object.remove(beside, ["image"])], [])
}

test_text_and_graph_together if {
	wrapped := fake.topic("managed_services", ["met"])
	untold := fake_graph.with_text(wrapped, [_app, _queue], [])
	managed_services.rating == "met" with input as untold
	count(managed_services.findings) == 0 with input as untold

	bound := fake_graph.with_text(wrapped, [_app, _queue], [fake_graph.closed("app", "queue", {})])
	managed_services.rating == "not_met" with input as bound

	risky := fake_graph.with_text(fake.topic("managed_services", ["risk"]), [_app, _queue], [fake_graph.open("app", "queue", {})])
	managed_services.rating == "not_met" with input as risky
}

# Services of others, machines, and AI, which has criteria of its own.
test_graph_leaves_others_alone if {
	facts := fake_graph.drawn(
		[
			fake_graph.service("queue", ["managed_messaging"], {"external": true}),
			fake_graph.service("cluster", ["managed_compute"], {}),
			fake_graph.service("model", ["managed_ai"], {}),
		],
		[],
	)
	not managed_services.rating with input as facts
	count(managed_services.findings) == 0 with input as facts
}

test_services_on_own_premises_are_services if {
	facts := object.union(fake_graph.drawn([_app, _queue], []), {"dossier": {"service_model": fake.declared("on-prem")}})
	not managed_services.not_applicable with input as facts
}

# EX-05 asks where functions run.
test_functions_are_asked_about_elsewhere if {
	facts := fake_graph.drawn([_app, fake_graph.service("function", ["managed_compute", "serverless"], {})], [])
	managed_services.rating == "partly" with input as facts
	count(managed_services.findings) == 0 with input as facts
}

# What a text on an architecture calls supported may be set up with it, and need not; a
# tender that says so demands it.
test_a_service_that_is_supported_only_is_not_asked_about if {
	said := object.union(
		_named({"service_supported": [fake.hit(1, "met")]}, {}),
		{"dossier": {"kind": fake.declared("architecture")}},
	)
	again := json.patch(said, [{"op": "add", "path": "/mentions/cloud_service/-", "value": fake.mention("aws_sqs", {"name": "Amazon SQS", "tags": ["managed_messaging"], "clause": "c2", "modality": "must"})}])
	count(managed_services.findings) == 0 with input as again
	not managed_services.rating with input as again

	other := json.patch(said, [{"op": "add", "path": "/mentions/cloud_service/-", "value": fake.mention("aws_sns", {"name": "Amazon SNS", "tags": ["managed_messaging"], "clause": "c2", "modality": "must"})}])
	[found.args.names | some found in managed_services.findings] == [["Amazon SNS"]] with input as other

	tender := _named({"service_supported": [fake.hit(1, "met")]}, {})
	fake.codes(managed_services.findings) == {"service"} with input as tender
}

test_a_service_that_is_named_again_is_asked_about_once if {
	twice := json.patch(_named({}, {}), [{"op": "add", "path": "/mentions/cloud_service/-", "value": fake.mention("aws_sqs", {"name": "Amazon SQS", "tags": ["managed_messaging"], "clause": "c2", "modality": "must"})}])
	count(managed_services.findings) == 1 with input as twice
}

# That there are no services is shown by what there is.
test_what_runs_anywhere_is_the_evidence if {
	drawn := fake_graph.drawn([fake_graph.custom(id, {"image": "own:1"}) | some id in ["a", "b", "c", "d"]], [])
	managed_services.rating == "met" with input as drawn
	count(managed_services.evidence) == 3 with input as drawn
}

# Open source is run by whoever wants to, also where a firm sells it as a service.
test_an_open_service_binds_nobody if {
	every hits in [{}, {"managed_services": [fake.hit(1, "risk")]}] {
		facts := _named(hits, {"open": true})
		count(managed_services.findings) == 0 with input as facts
		not managed_services.rating with input as facts
	}
	beside := json.patch(_named({"managed_services": [fake.hit(1, "risk")]}, {"open": true}), [{"op": "add", "path": "/mentions/cloud_service/-", "value": fake.mention("aws_sns", {"name": "Amazon SNS", "tags": ["managed_messaging"]})}])
	managed_services.rating == "not_met" with input as beside
}

# One place of operation is asked about by one criterion.
test_the_platform_is_not_asked_beside_the_place_of_operation if {
	both := fake.topics({"operating_environment": [fake.hit(1, "met")], "cloud_operation": [fake.hit(2, "weak")]})
	count(managed_services.findings) == 0 with input as both
	portable := object.union(both, {"topics": {"portable_operation": [fake.hit(3, "weak")]}})
	fake_values.unsure(managed_services.findings) == {"platform"} with input as portable
	ours := object.union(both, {"dossier": {"service_model": fake.declared("custom"), "operator": fake.declared("buyer")}})
	fake_values.unsure(managed_services.findings) == {"platform"} with input as ours
}

_stack(services) := object.union(
	fake.topics({"operating_environment": [fake.hit(1, "weak")]}),
	{"mentions": {"cloud_service": services}},
)

_vercel := fake.mention("vercel", {"name": "Vercel", "modality": "none", "tags": ["saas_development", "app_hosting"]})

_supabase := fake.mention("supabase", {"name": "Supabase", "modality": "none", "open": true, "clause": "1.2.1", "tags": ["managed_database"]})

# Where a stack says what the solution runs on, that is what to ask about.
test_platforms_of_a_stack_are_asked_about if {
	{finding.args.names | some finding in managed_services.findings; finding.code == "service"} == {["Supabase", "Vercel"]} with input as _stack([_supabase, _vercel])
}

# Open source alone, a place alone, what is only built there, and what was rejected, is not.
test_other_services_of_a_stack_are_not_asked_about if {
	every services in [
		[_supabase],
		[_vercel],
		[object.union(_vercel, {"clause": "1.3.1"}), _supabase],
		[object.union(_vercel, {"role": "excluded"}), object.union(_supabase, {"role": "excluded"})],
		[object.union(_vercel, {"equivalent": true})],
	] {
		not "service" in fake.codes(managed_services.findings) with input as _stack(services)
	}
}
