package policies.lock_in_map.effort_test

import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lock_in_map.effort

_beside(component, interfaces) := fake_graph.drawn([component, fake_graph.custom("portal", {}), fake_graph.custom("a", {}), fake_graph.custom("b", {})], interfaces)

_others := [{"term": "x", "name": "X", "open": true, "speaks": "amqp"}]

_free(changes) := fake_graph.known("app", true, changes)

_sold(changes) := fake_graph.known("app", false, object.union({"alternatives": _others}, changes))

_alone(changes) := object.union(_sold(changes), {"alternatives": []})

_uses(list) := [fake_graph.edge(from, "app", {"kind": "dependency"}) | some from in list]

_open := fake_graph.open("portal", "app", {"owner": "OASIS"})

_own := fake_graph.open("portal", "app", {"owner": "Firm", "term": "own"})

_closed := fake_graph.closed("portal", "app", {})

_cases := {
	"built here": [fake_graph.custom("app", {}), [], "low", "own"],
	"built here with one maker's tools": [fake_graph.custom("app", {"languages": [{"name": "ABAP", "open": false}]}), [], "medium", "own_tied"],
	"listed as open": [fake_graph.component("app", {"open": true, "licence": "MIT"}), [], "low", "open_licence"],
	"unknown, others speak it": [fake_graph.component("app", {}), [_open], "medium", "standard_only"],
	"unknown": [fake_graph.component("app", {}), _uses(["portal"]), "unknown", "unknown_product"],
	"functions": [_sold({"tags": ["managed_compute", "serverless"]}), [], "medium", "events"],
	"containers of a provider": [_sold({"tags": ["managed_compute"], "function": {"en": "managed container service"}}), [], "medium", "definitions"],
	"machines": [_sold({"tags": ["managed_compute"]}), [], "low", "machines"],
	"open source over a firm's protocol": [_free({}), [_closed], "medium", "open_closed"],
	"open source that many lean on": [_free({}), _uses(["portal", "a", "b"]), "medium", "open_leaned_on"],
	"a store that many ask": [_free({"kind": "cache"}), _uses(["portal", "a", "b"]), "low", "open_passing"],
	"open source, its data can be read": [_free({"kind": "database"}), [fake_graph.open("portal", "app", {"term": "ldap", "owner": "IETF"})], "low", "open_way"],
	"open source with an export": [_free({"tags": ["cms"], "exports": ["XML"]}), [], "low", "open_way"],
	"open source, no way for its data": [_free({"tags": ["cms"]}), [], "medium", "open_no_way"],
	"open source that holds nothing": [_free({}), [], "low", "open_source"],
	"sold, its own protocol, nothing else": [_alone({}), [_closed], "high", "closed_unmatched"],
	"a provider's, its own protocol": [_sold({"hosting": "cloud", "tags": ["managed_database"]}), [_closed], "high", "closed_provider"],
	"sold, its own protocol, many callers": [_sold({}), [fake_graph.closed(from, "app", {}) | some from in ["portal", "a", "b"]], "high", "closed_leaned_on"],
	"sold, its own protocol": [_sold({}), [_closed], "medium", "closed_protocol"],
	"sold, a standard of others": [_sold({}), [_open], "low", "same_protocol"],
	"sold, a protocol that only its maker speaks": [_sold({}), [_own], "medium", "other_protocol"],
	"sold, open, nothing else": [_alone({}), [_open], "medium", "open_unmatched"],
	"sold, how is open": [_sold({}), _uses(["portal"]), "medium", "protocol_untold"],
	"sold, nothing told": [_alone({}), [], "unknown", "nothing_told"],
	"an engine of others": [_sold({"hosting": "cloud", "tags": ["managed_database"], "technology": "postgres 16"}), [], "low", "same_protocol"],
	"licence by version, a standard": [object.remove(_sold({}), ["open"]), [_open], "low", "same_protocol"],
	"licence by version": [object.remove(_sold({}), ["open"]), [], "unknown", "version_untold"],
}

test_efforts[name] if {
	some name, [component, interfaces, level, reason] in _cases
	found := effort.of(component) with input as _beside(component, interfaces)
	found == {"effort": level, "reason": reason}
}

test_what_holds_parts_of_other_products_is_leaned_on if {
	suite := _free({"kind": "identity", "exports": ["JSON"]})
	parts := [fake_graph.known(id, true, {"within": "app"}) | some id in ["one", "two"]]
	effort.of(suite).reason == "open_leaned_on" with input as fake_graph.drawn(array.concat([suite], parts), [])
	effort.of(suite).reason == "open_way" with input as fake_graph.drawn([suite, parts[0]], [])
}

test_sources_that_stay_with_the_supplier if {
	component := fake_graph.custom("app", {})
	facts := object.union(fake.topic("source_code", ["risk"]), {"components": [component], "interfaces": []})
	effort.of(component) == {"effort": "medium", "reason": "own_withheld"} with input as facts
}

test_an_adapter_keeps_it_from_the_rest if {
	component := _alone({})
	facts := fake_graph.drawn([component, fake_graph.custom("app-adapter", {})], [fake_graph.closed("app-adapter", "app", {})])
	effort.of(component) == {"effort": "medium", "reason": "adapter"} with input as facts

	# what is low needs none
	free := _free({})
	effort.of(free).reason == "open_source" with input as fake_graph.drawn([free, fake_graph.custom("app-adapter", {})], [fake_graph.edge("app-adapter", "app", {"kind": "dependency"})])
}

test_efforts_of_models[name] if {
	some name, [model, level, reason] in {
		"open weights": [{"open": true}, "low", "open_weights"],
		"behind a layer": [{"open": false, "gateway": "litellm", "alternatives": _others}, "low", "swap_layer"],
		"another one is known": [{"open": false, "alternatives": _others}, "medium", "other_model"],
		"none is known": [{"open": false}, "unknown", "nothing_told"],
		"nothing is known": [{}, "unknown", "nothing_told"],
	}
	effort.of_model(model) == {"effort": level, "reason": reason}
}
