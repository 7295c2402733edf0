package policies.criteria.interfaces.machine_readable_specification_test

import data.policies.criteria.interfaces.machine_readable_specification
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_a_formal_file_is_due if {
	facts := fake.topic("interface_specification", ["met"])
	machine_readable_specification.rating == "met" with input as facts
	count(machine_readable_specification.findings) == 0 with input as facts
	count(machine_readable_specification.evidence) == 1 with input as facts
}

test_partly_where_prose_will_do if {
	facts := fake.topic("interface_specification", ["weak"])
	machine_readable_specification.rating == "partly" with input as facts
	fake.codes(machine_readable_specification.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("interface_specification", ["met", "risk"])
	machine_readable_specification.rating == "partly" with input as facts
	fake.codes(machine_readable_specification.findings) == {"risk"} with input as facts
}

test_missed_where_only_the_source_code_tells if {
	facts := fake.topic("interface_specification", ["risk"])
	machine_readable_specification.rating == "not_met" with input as facts
	fake.codes(machine_readable_specification.findings) == {"risk"} with input as facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := fake.dossier({"complete": fake.declared(true)})
	fake.codes(machine_readable_specification.findings) == {"missing"} with input as facts
}

# Where no interface is read that somebody has to deliver, there is nothing to ask.
test_silent_is_not_rated if {
	every hits in [{}, {"interface_required": [fake.hit(1, "met")]}, {"interface_required": [fake.hit(1, "weak")], "interface_duty": [fake.hit(1, "met")]}] {
		facts := fake.topics(hits)
		not machine_readable_specification.rating with input as facts
		count(machine_readable_specification.findings) == 0 with input as facts
	}
}

test_silent_is_asked_for_where_an_interface_is_to_be_delivered if {
	facts := fake.topics({
		"open_standards": [fake.hit(9, "met")],
		"interface_specification": [],
		"interface_required": [fake.hit(1, "weak"), fake.hit(2, "met"), fake.hit(3, "met"), fake.hit(4, "met")],
		"interface_duty": [fake.hit(1, "met"), fake.hit(3, "met"), fake.hit(4, "met")],
	})
	not machine_readable_specification.rating with input as facts
	fake.codes(machine_readable_specification.findings) == {"missing"} with input as facts
	{finding.evidence | some finding in machine_readable_specification.findings} == {fake.evidence(3)} with input as facts
}

# Trap 1: nobody delivers the interface of another system.
test_interfaces_of_other_systems_are_not_asked_about if {
	every polarity in ["met", "weak"] {
		facts := fake.topics({
			"interface_required": [fake.hit(1, "met")],
			"interface_duty": [fake.hit(1, "met")],
			"interface_target": [fake.hit(1, polarity)],
		})
		count(machine_readable_specification.findings) == 0 with input as facts
	}
}

# Trap 8: knowing OpenAPI is a skill, not a deliverable.
test_a_skill_demands_nothing if {
	not machine_readable_specification.rating with input as fake.topic_as("interface_specification", ["met"], {"role": "staff_skill"})
}

# Trap 1: the authority hands out the description of a system that is there.
test_the_description_of_another_system_is_no_deliverable if {
	facts := fake.topics({"interface_specification": [object.union(fake.hit(1, "met"), {"clause": "1.1.2"})], "interface_target": [fake.hit(1, "weak")]})
	not machine_readable_specification.rating with input as facts
	count(machine_readable_specification.evidence) == 0 with input as facts
}

test_partly_where_it_is_an_option if {
	facts := fake.option("interface_specification")
	machine_readable_specification.rating == "partly" with input as facts
	fake.codes(machine_readable_specification.findings) == {"optional"} with input as facts
}

# The solution.
_drawn := [
	fake_graph.custom("a", {}),
	fake_graph.custom("b", {}),
	fake_graph.known("keycloak", true, {}),
	fake_graph.component("register", {"external": true}),
]

_calls := [fake_graph.edge("a", "b", {}), fake_graph.edge("a", "keycloak", {}), fake_graph.edge("a", "register", {}), fake_graph.edge("keycloak", "a", {"kind": "dependency"})]

test_graph_met_where_what_is_built_is_specified if {
	facts := fake_graph.drawn(_drawn, array.concat(_calls, [fake_graph.specified("b", {})]))
	machine_readable_specification.rating == "met" with input as facts
	count(machine_readable_specification.findings) == 0 with input as facts
	machine_readable_specification.evidence == {fake_graph.place("b")} with input as facts
}

test_graph_partly_where_one_lacks_it if {
	facts := fake_graph.drawn(_drawn, array.concat(_calls, [fake_graph.specified("a", {})]))
	machine_readable_specification.rating == "partly" with input as facts
	{finding.args.names | some finding in machine_readable_specification.findings} == {["b"]} with input as facts
	count(fake_values.unsure(machine_readable_specification.findings)) == 0 with input as facts
}

# Whose specification it is, its file leaves open.
test_graph_asks_where_a_specification_is_nobodys if {
	facts := fake_graph.drawn(_drawn, array.concat(_calls, [object.remove(fake_graph.specified("a", {}), ["to"])]))
	fake_values.unsure(machine_readable_specification.findings) == {"unspecified"} with input as facts
}

# The specification may be elsewhere, and those of others and of ready-made products are.
test_graph_asks_where_there_is_none if {
	facts := fake_graph.drawn(_drawn, array.concat(_calls, [fake_graph.specified("register", {})]))
	not machine_readable_specification.rating with input as facts
	fake_values.unsure(machine_readable_specification.findings) == {"unspecified"} with input as facts

	due := fake_graph.with_text(fake.topic("interface_specification", ["met"]), _drawn, _calls)
	machine_readable_specification.rating == "met" with input as due
	count(machine_readable_specification.findings) == 0 with input as due
}

test_text_that_denies_outweighs_the_graph if {
	facts := fake_graph.with_text(fake.topic("interface_specification", ["risk"]), _drawn, [fake_graph.specified("b", {})])
	machine_readable_specification.rating == "not_met" with input as facts
}

# What people look at offers programs nothing.
test_graph_wants_none_of_a_screen if {
	every component in [fake_graph.custom("frontend", {}), fake_graph.custom("Web-Anwendung", {}), fake_graph.custom("app", {"kind": "client"})] {
		facts := fake_graph.drawn([component, fake_graph.custom("proxy", {})], [fake_graph.edge("proxy", component.id, {})])
		count(machine_readable_specification.findings) == 0 with input as facts
	}
}

# IF-01 asks at the same sentence and names what else is open.
test_silent_beside_a_question_on_the_interface_itself if {
	facts := fake.topics({"interface_required": [fake.hit(1, "met")], "interface_duty": [fake.hit(1, "met")]})
	count(machine_readable_specification.findings) == 0 with input as facts
	complete := object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(machine_readable_specification.findings) == {"missing"} with input as complete
}

# What is there already was described when it was made.
test_interfaces_that_are_there_are_not_asked_about if {
	facts := fake.topics({
		"interface_required": [fake.hit(1, "met")],
		"interface_duty": [fake.hit(1, "met")],
		"interface_existing": [fake.hit(1, "met")],
	})
	count(machine_readable_specification.findings) == 0 with input as facts
}

# An image of OpenSearch with extensions speaks as OpenSearch does.
test_graph_wants_none_of_a_product_built_anew if {
	every name in ["opensearch-node", "Postgres", "keycloak", "redis_2"] {
		facts := fake_graph.drawn([fake_graph.custom(name, {}), fake_graph.custom("app", {})], [fake_graph.edge("app", name, {})])
		count(machine_readable_specification.findings) == 0 with input as facts
	}
	own := fake_graph.drawn([fake_graph.custom("kafka-importer", {}), fake_graph.custom("app", {})], [fake_graph.edge("app", "kafka-importer", {})])
	fake.codes(machine_readable_specification.findings) == {"unspecified"} with input as own
}

# "All API specifications" of a standard that is named are published with it.
test_a_standard_for_interfaces_comes_with_its_specifications if {
	text := object.union(
		fake.topic("interface_specification", ["weak"]),
		{"dossier": {"kind": fake.declared("architecture")}},
	)
	named := object.union(text, {"mentions": {"standard": [fake.mention("zgw_apis", {"open": true, "tags": ["api"], "clause": "1.0.2"})]}})
	count(machine_readable_specification.findings) == 0 with input as named
	not machine_readable_specification.rating with input as named

	closed := object.union(text, {"mentions": {"standard": [fake.mention("house_rules", {"open": false, "tags": ["api"], "clause": "1.0.2"})]}})
	fake.codes(machine_readable_specification.findings) == {"weak"} with input as closed
	fake.codes(machine_readable_specification.findings) == {"weak"} with input as text
}

# An application's parts are asked about as one; what stands in somebody else's frame by itself.
test_parts_of_an_application_are_asked_about_once if {
	components := [
		fake_graph.custom("api", {}),
		fake_graph.custom("orders", {"within": "api"}),
		fake_graph.custom("bills", {"within": "api"}),
		fake_graph.custom("mail", {"within": "elsewhere"}),
		fake_graph.custom("app", {"kind": "client"}),
	]
	edges := [fake_graph.edge("app", id, {}) | some id in ["orders", "bills", "mail"]]
	facts := fake_graph.with_text(fake.dossier({"kind": fake.declared("architecture")}), components, edges)
	[found.args.names | some found in machine_readable_specification.findings] == [["api", "mail"]] with input as facts
}

# A server that signs people in over OpenID Connect tells programs where its endpoints are.
test_what_can_be_discovered_is_described if {
	parts := [fake_graph.custom("token", {"within": "authority"}), fake_graph.custom("orders", {"within": "shop"})]
	edges := [fake_graph.edge("app", id, {}) | some id in ["token", "orders"]]
	discovery := fake_graph.custom("discovery", {"name": "OpenID Well-Known Configuration Endpoint", "within": "authority"})
	app := fake_graph.custom("app", {"kind": "client"})
	kind := fake.dossier({"kind": fake.declared("architecture")})
	facts := fake_graph.with_text(kind, array.concat(parts, [app, discovery]), edges)
	[found.args.names | some found in machine_readable_specification.findings] == [["orders"]] with input as facts
	without := fake_graph.with_text(kind, array.concat(parts, [app]), edges)
	[found.args.names | some found in machine_readable_specification.findings] == [["orders", "token"]] with input as without
}

# What a text on an architecture says of a specification is no file.
test_a_specification_that_is_only_spoken_of_is_half if {
	tender := fake.topic("interface_specification", ["met"])
	machine_readable_specification.rating == "met" with input as tender
	text := object.union(tender, {"dossier": {"kind": fake.declared("architecture")}})
	machine_readable_specification.rating == "partly" with input as text
	fake.codes(machine_readable_specification.findings) == {"file"} with input as text
	filed := fake_graph.with_text(text, [fake_graph.custom("app", {})], [fake_graph.specified("app", {})])
	machine_readable_specification.rating == "met" with input as filed
	count(machine_readable_specification.findings) == 0 with input as filed
}

# "GET /api/orders": a list that people read.
test_listed_calls_are_asked_for_a_description if {
	facts := fake.topic("interface_endpoints", ["met", "met"])
	[[found.code, found.evidence.line] | some found in machine_readable_specification.findings] == [["missing", 0]] with input as facts
	count(machine_readable_specification.findings) == 1 with input as object.union(facts, {"dossier": {"complete": fake.declared(true)}})
	described := fake.topics({"interface_endpoints": [fake.hit(1, "met")], "interface_specification": [fake.hit(2, "met")]})
	count(machine_readable_specification.findings) == 0 with input as described
}

test_a_description_that_may_come_is_an_option if {
	every words in [{"quote": "OpenAPI/Swagger (optional)"}, {"quote": "OpenAPI", "section": "B. API-Dokumentation (kommt)"}, {"quote": "Swagger", "section": "Planned documents"}] {
		facts := _told_as("may", words)
		machine_readable_specification.rating == "partly" with input as facts
		fake.codes(machine_readable_specification.findings) == {"optional"} with input as facts
	}
	every words in [{"quote": "OpenAPI, optionally AsyncAPI"}, {"quote": "OpenAPI", "section": "Options"}] {
		machine_readable_specification.rating == "met" with input as _told_as("must", words)
	}
}

_told_as(modality, words) := fake.topics({"interface_specification": [object.union(hit, {"modality": modality, "evidence": object.union(hit.evidence, words)})]}) if {
	hit := fake.hit(1, "met")
}
