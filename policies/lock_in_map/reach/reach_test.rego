package policies.lock_in_map.reach_test

import data.policies.lib.fake_graph
import data.policies.lock_in_map.reach

_beside(component, interfaces) := fake_graph.drawn([component, fake_graph.custom("portal", {})], interfaces)

_http := {"protocol": "http", "standard": "HTTP", "term": "http_standard", "open": true}

test_how_a_component_is_reached[name] if {
	some name, [interface, wanted] in {
		"an open standard": [fake_graph.open("portal", "app", {}), "open"],
		"one firm's": [fake_graph.closed("portal", "app", {}), "closed"],
		"what carries anything": [fake_graph.edge("portal", "app", _http), "untold"],
		"that with a description": [fake_graph.edge("portal", "app", object.union(_http, {"specification": {"format": "openapi", "path": "a"}})), "open"],
		"nothing but that it is used": [fake_graph.edge("portal", "app", {"kind": "dependency"}), "untold"],
		"by people": [fake_graph.edge("clerk", "app", object.union(_http, {"kind": "user"})), "untold"],
	}
	found := reach.of("app") with input as _beside(fake_graph.custom("app", {}), [interface])
	found == wanted
}

# What people reach is shown where a protocol stands there; what only uses it, as untold.
test_interfaces_that_are_shown[name] if {
	some name, [changes, wanted] in {
		"people over a protocol": [object.union(_http, {"kind": "user"}), ["HTTP"]],
		"people": [{"kind": "user"}, []],
		"a use": [{"kind": "dependency"}, ["?"]],
		"as written": [{"protocol": "SQL/TCP"}, ["SQL/TCP"]],
	}
	shown := reach.interfaces("app") with input as _beside(fake_graph.custom("app", {}), [fake_graph.edge("portal", "app", changes)])
	[object.get(interface, "standard", "?") | some interface in shown] == wanted
}

test_protocols_of_others[name] if {
	some name, [changes, owner, wanted] in {
		"open source": [{"open": true}, "Firm", true],
		"the maker's own": [{"open": false}, "Firm Inc.", false],
		"somebody else's": [{"open": false}, "OASIS", true],
		"the maker's own, and a substitute's": [{"open": false, "alternatives": [{"term": "x", "name": "X", "open": true, "speaks": "amqp"}]}, "Firm", true],
		"the maker's own, a substitute has another": [{"open": false, "alternatives": [{"term": "x", "name": "X", "open": true, "speaks": "mqtt"}]}, "Firm", false],
	}
	component := fake_graph.known("mq", false, changes)
	facts := _beside(component, [fake_graph.open("portal", "mq", {"owner": owner})])
	found := count([true | reach.replaceable(component)]) with input as facts
	found == count([true | wanted])
}

test_who_leans_on_a_component if {
	facts := fake_graph.drawn(
		[fake_graph.known("app", true, {}), fake_graph.custom("a", {}), fake_graph.custom("b", {})],
		[fake_graph.edge("a", "app", {"kind": "dependency"}), fake_graph.open("b", "app", {})],
	)
	reach.callers.app == {"a", "b"} with input as facts
	reach.leaning.app == {"a"} with input as facts
}

# A closed way that nobody is told to use does not outweigh an open one.
test_an_idle_way_ties_nobody if {
	service := fake_graph.service("db", ["managed_database"], {})
	open := object.remove(fake_graph.open("", "db", {}), ["from"])
	closed := object.remove(fake_graph.closed("", "db", {}), ["from"])
	reach.of("db") == "open" with input as fake_graph.drawn([service], [open, closed])
	reach.of("db") == "closed" with input as fake_graph.drawn([service], [closed])
	used := [fake_graph.custom("app", {}), service]
	reach.of("db") == "closed" with input as fake_graph.drawn(used, [open, fake_graph.closed("app", "db", {})])
}
