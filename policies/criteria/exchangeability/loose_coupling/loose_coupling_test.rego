package policies.criteria.exchangeability.loose_coupling_test

import data.policies.criteria.exchangeability.loose_coupling
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_components_can_be_replaced if {
	facts := fake.topic("loose_coupling", ["met"])
	loose_coupling.rating == "met" with input as facts
	count(loose_coupling.findings) == 0 with input as facts
	count(loose_coupling.evidence) == 1 with input as facts
}

test_partly_where_the_design_is_called_modular if {
	facts := fake.topics({"loose_coupling": [fake.hit(1, "weak"), fake.hit(2, "weak")]})
	loose_coupling.rating == "partly" with input as facts
	fake.codes(loose_coupling.findings) == {"weak"} with input as facts
	fake_values.places_of(loose_coupling.findings) == {fake.evidence(1)} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("loose_coupling", ["met", "risk"])
	loose_coupling.rating == "partly" with input as facts
	fake.codes(loose_coupling.findings) == {"risk"} with input as facts
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("loose_coupling", ["weak", "risk"])
	loose_coupling.rating == "not_met" with input as facts
	fake.codes(loose_coupling.findings) == {"risk"} with input as facts
}

test_silent_is_not_asked_for_in_a_tender if {
	not loose_coupling.rating with input as fake.facts
	count(loose_coupling.findings) == 0 with input as fake.facts
}

test_silent_is_asked_for_where_the_design_is_settled if {
	not loose_coupling.rating with input as fake.dossier({"complete": fake.declared(true)})
	fake.codes(loose_coupling.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
	every kind in ["architecture", "both"] {
		facts := fake.dossier({"kind": fake.declared(kind)})
		count(loose_coupling.findings) == 0 with input as facts
		drawn := fake_graph.with_text(facts, [fake_graph.custom("a", {}), fake_graph.custom("b", {})], [])
		not loose_coupling.rating with input as drawn
		fake.codes(loose_coupling.findings) == {"missing"} with input as drawn
	}
}

# "ghcr.io/office/project/app" and ".../ui": one project publishes both, this one.
test_what_one_project_publishes_is_its_own if {
	images := ["ghcr.io/office/project/app:1", "ghcr.io/office/project/ui:1", "ghcr.io/other/single/tool:1", "firm/tool:2"]
	components := [fake_graph.component(sprintf("part-%d", [number]), {"image": image}) | some number, image in images]
	facts := fake_graph.with_text(fake.dossier({"kind": fake.declared("architecture")}), components, [])
	[found.args.names | some found in loose_coupling.findings; found.code == "fixed"] == [["part-2", "part-3"]] with input as facts
	own := fake_graph.with_text(fake.dossier({"kind": fake.declared("architecture")}), array.slice(components, 0, 2), [])
	count(loose_coupling.findings) == 0 with input as own
	fhir := {"id": "fhir", "to": "part-2", "kind": "api", "protocol": "FHIR", "term": "fhir", "open": true, "writes": false, "evidence": [fake.evidence(1)]}
	offered := fake_graph.with_text(fake.dossier({"kind": fake.declared("architecture")}), components, [fhir])
	[found.args.names | some found in loose_coupling.findings; found.code == "fixed"] == [["part-3"]] with input as offered
}

test_not_applicable_to_software_as_a_service if {
	service := fake.dossier({"service_model": fake.declared("saas")})
	loose_coupling.not_applicable == "saas" with input as service
	not loose_coupling.not_applicable with input as fake.topic_in(service, "loose_coupling", ["risk"])
	not loose_coupling.not_applicable with input as fake.facts
}

# Trap 6 is one of words and stands in the lexicon; trap 8: a definition demands nothing.
test_a_definition_demands_nothing if {
	every polarity in ["met", "weak", "risk"] {
		facts := fake.topic_as("loose_coupling", [polarity], {"role": "definition"})
		not loose_coupling.rating with input as facts
		count(loose_coupling.findings) == 0 with input as facts
	}
}

# Beside a document that calls the design modular, another one may tell what it is.
test_each_document_is_told_once if {
	elsewhere := object.union(fake.hit(2, "weak"), {"evidence": object.union(fake.evidence(2), {"path": "b.md"})})
	facts := fake.topics({"loose_coupling": [
		fake.hit(1, "weak"), elsewhere,
		object.union(fake.hit(3, "weak"), {"role": "citation"}),
	]})
	count(loose_coupling.findings) == 2 with input as facts
}

# The solution.
_drawn := [
	fake_graph.custom("a", {}),
	fake_graph.custom("b", {}),
	fake_graph.known("nextcloud", true, {}),
	fake_graph.known("postgres", true, {"kind": "database"}),
	fake_graph.known("erp", false, {}),
	fake_graph.component("estate", {"external": true}),
]

_to_database(from) := fake_graph.open(from, "postgres", {"kind": "database"})

test_graph_met_where_contracts_are_laid_down if {
	facts := fake_graph.drawn(_drawn, [fake_graph.open("a", "b", {}), _to_database("a"), _to_database("b")])
	loose_coupling.rating == "met" with input as facts
	count(loose_coupling.findings) == 0 with input as facts
	loose_coupling.evidence == {fake_graph.place("a-b")} with input as facts
}

test_graph_partly_where_one_is_not if {
	facts := fake_graph.drawn(_drawn, [fake_graph.open("a", "b", {}), fake_graph.edge("b", "nextcloud", {})])
	loose_coupling.rating == "partly" with input as facts
}

test_graph_missed_where_others_are_in_the_database if {
	facts := fake_graph.drawn(_drawn, [_to_database("estate")])
	loose_coupling.rating == "not_met" with input as facts
	fake.codes(loose_coupling.findings) == {"direct"} with input as facts

	mended := fake_graph.drawn(_drawn, [_to_database("estate"), fake_graph.open("a", "b", {})])
	loose_coupling.rating == "partly" with input as mended
}

# A server of databases may hold one for each.
test_graph_asks_about_a_shared_database if {
	facts := object.union(
		fake_graph.drawn(_drawn, [_to_database("a"), _to_database("erp")]),
		{"dossier": {"kind": fake.declared("architecture")}},
	)
	not loose_coupling.rating with input as facts
	fake_values.unsure(loose_coupling.findings) == {"shared"} with input as facts

	own := fake_graph.drawn(_drawn, [_to_database("a"), _to_database("b"), _to_database("nextcloud")])
	count(loose_coupling.findings) == 0 with input as own
}

test_graph_asks_about_a_hub if {
	bus := fake_graph.known("bus", false, {"kind": "queue"})
	facts := fake_graph.drawn(array.concat(_drawn, [bus]), [fake_graph.edge("a", "bus", {}), fake_graph.edge("b", "bus", {}), fake_graph.open("a", "nextcloud", {})])
	loose_coupling.rating == "partly" with input as facts
	fake_values.unsure(loose_coupling.findings) == {"hub"} with input as facts
}

test_a_single_component_is_coupled_to_nothing if {
	alone := fake_graph.drawn([fake_graph.custom("a", {}), fake_graph.component("estate", {"external": true})], [])
	loose_coupling.not_applicable == "single_component" with input as alone
	not loose_coupling.not_applicable with input as fake_graph.drawn(_drawn, [])
	not loose_coupling.not_applicable with input as fake_graph.with_text(fake.topic("loose_coupling", ["met"]), [fake_graph.custom("a", {})], [])
}

test_text_and_graph_together if {
	facts := fake_graph.with_text(fake.topic("loose_coupling", ["met"]), _drawn, [_to_database("a"), _to_database("erp")])
	loose_coupling.rating == "met" with input as facts
	count(loose_coupling.findings) == 0 with input as facts
}

# A side remark in a description.
test_one_word_in_an_architecture_is_asked_about if {
	hit := object.union(fake.hit(1, "weak"), {"modality": "none"})
	facts := _described([hit])
	loose_coupling.rating == "partly" with input as facts
	fake_values.unsure(loose_coupling.findings) == {"weak"} with input as facts
	every hits in [[fake.hit(1, "weak")], [hit, object.union(fake.hit(2, "weak"), {"modality": "none"})]] {
		fake.codes(loose_coupling.findings) == {"weak"} with input as _described(hits)
		fake_values.unsure(loose_coupling.findings) == set() with input as _described(hits)
	}
}

_described(hits) := object.union(fake.topics({"loose_coupling": hits}), {"dossier": {"kind": fake.declared("architecture")}})

# Of products that files show, it is asked about those that hold.
test_fixed[name] if {
	some name, [component, asked] in {
		"a product without a substitute": [fake_graph.known("erp", false, {}), [["ERP"]]],
		"an unknown image": [fake_graph.component("thing", {"image": "example/thing:1"}), [["thing"]]],
		"a substitute": [fake_graph.known("erp", false, {"alternatives": [{"term": "odoo", "name": "Odoo", "open": true}]}), []],
		"open source": [fake_graph.known("postgres", true, {"kind": "database"}), []],
		"machines": [fake_graph.service("machines", ["managed_compute"], {}), []],
		"a service of a provider": [fake_graph.service("store", ["managed_storage"], {}), []],
	}
	facts := object.union(fake_graph.drawn([fake_graph.custom("a", {}), component], []), {"dossier": {"kind": fake.declared("architecture")}})
	findings := loose_coupling.findings with input as facts
	[found.args.names | some found in findings] == asked
}

test_graph_does_not_ask_about_what_others_speak_to_over_open_protocols if {
	facts := object.union(
		fake_graph.drawn([fake_graph.custom("a", {}), fake_graph.known("erp", false, {})], [fake_graph.open("a", "erp", {"kind": "database"})]),
		{"dossier": {"kind": fake.declared("architecture")}},
	)
	count(loose_coupling.findings) == 0 with input as facts
}

# A view of building blocks that tells what each offers tells what can be replaced.
test_parts_with_interfaces_of_their_own_are_told if {
	parts := [fake_graph.custom(id, {}) | some id in ["bikes", "tracks", "trips"]]
	offers := [object.remove(fake_graph.edge("app", part.id, {}), ["from"]) | some part in parts]
	facts := fake_graph.with_text(fake.dossier({"kind": fake.declared("architecture")}), parts, offers)
	count(loose_coupling.findings) == 0 with input as facts
	fewer := fake_graph.with_text(fake.dossier({"kind": fake.declared("architecture")}), parts, array.slice(offers, 0, 2))
	fake.codes(loose_coupling.findings) == {"missing"} with input as fewer
}

# What watches a database, and its copy, do not live on its tables.
test_a_database_that_is_watched_is_not_shared if {
	database := fake_graph.known("db", false, {"kind": "database"})
	edges := [fake_graph.open("app", "db", {"kind": "database"}), fake_graph.open("other", "db", {"kind": "database"})]
	every kind, shared in {"monitoring": set(), "database": set(), "application": {"shared"}} {
		facts := fake_graph.drawn([database, fake_graph.custom("app", {}), fake_graph.known("other", false, {"kind": kind})], edges)
		{code | some code in fake.codes(loose_coupling.findings); code == "shared"} == shared with input as facts
	}
}
