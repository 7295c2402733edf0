package policies.lock_in_map.leaving_test

import data.policies.lib.fake_graph
import data.policies.lock_in_map.leaving

_beside(component, changes) := fake_graph.drawn([component, fake_graph.custom("portal", {})], [fake_graph.edge("portal", component.id, changes)])

_over(term) := {"protocol": term, "standard": upper(term), "term": term, "open": true, "owner": "Others"}

_described(exports) := {"name": "API", "formats": ["application/json", "application/vnd.firm"], "exports": exports, "specification": {"format": "openapi", "path": "a.yaml"}}

test_what_holds_data[name] if {
	some name, [changes, term, wanted] in {
		"a store": [{"kind": "database"}, "amqp", true],
		"figures of operation": [{"kind": "database", "tags": ["monitoring"]}, "amqp", false],
		"a directory": [{"kind": "identity"}, "ldap", true],
		"somebody's service": [{"kind": "system", "hosting": "service"}, "amqp", true],
		"what people file": [{"tags": ["collaboration"]}, "http_standard", true],
		"what sends mail": [{"tags": ["groupware"]}, "smtp", false],
		"what scans": [{"tags": ["groupware"], "function": {"en": "scanning of mail"}}, "amqp", false],
		"what searches elsewhere": [{"kind": "search", "function": {"en": "metasearch engine"}}, "http_standard", false],
		"a machine of one's own": [{"tags": ["technology"]}, "amqp", false],
	}
	component := fake_graph.known("app", true, changes)
	found := leaving.holds(component) with input as _beside(component, _over(term))
	found == wanted
}

# Signing on, calls and messages on their way bring nothing out.
test_protocols_that_bring_data_out[term] if {
	some term, wanted in {"postgresql_protocol": 1, "s3_api": 1, "ldap": 1, "imap": 1, "oidc": 0, "mqtt": 0, "stomp": 0, "amqp": 0, "grpc": 0, "http_standard": 0, "smtp": 0}
	component := fake_graph.known("app", true, {"kind": "other"})
	found := count(leaving.data_out(component)) with input as _beside(component, _over(term))
	found == wanted
}

test_described_interfaces_that_bring_data_out[name] if {
	some name, [component, exports, wanted] in {
		"built here": [fake_graph.custom("app", {}), 0, []],
		"built here, with an export": [fake_graph.custom("app", {}), 1, ["format", "interface"]],
		"a store of somebody": [fake_graph.known("app", false, {"kind": "storage"}), 0, ["format", "interface"]],
		"no store": [fake_graph.known("app", false, {}), 0, []],
	}
	changes := object.union(_over("http_standard"), object.filter(_described(exports), {"name", "formats", "specification"} | {"exports" | exports > 0}))
	found := [out.way | some out in leaving.data_out(component)] with input as _beside(component, changes)
	found == wanted
}

test_exports_of_the_product if {
	component := fake_graph.known("wiki", true, {"exports": ["XML"]})
	leaving.data_out(component) == [{"way": "product", "names": ["XML"]}] with input as _beside(component, {})
	[exit.kind | some exit in leaving.exits(component)] == ["export"] with input as _beside(component, {})
	watching := object.union(component, {"kind": "monitoring"})
	[exit.kind | some exit in leaving.exits(watching)] == ["export"] with input as _beside(watching, {})
	leaving.exits(object.remove(watching, ["exports"])) == [] with input as _beside(watching, {})
}

test_what_secures_the_way_out[name] if {
	some name, [component, term, wanted] in {
		"a store, read over a standard": [fake_graph.known("db", true, {"kind": "database"}), "postgresql_protocol", ["protocol"]],
		"a directory for signing on": [fake_graph.known("idp", true, {"kind": "identity"}), "oidc", []],
		"a cache": [fake_graph.known("cache", false, {"kind": "cache"}), "resp", ["protocol"]],
		"calls": [fake_graph.known("app", true, {}), "grpc", []],
		"built here": [fake_graph.custom("app", {}), "mqtt", []],
	}
	found := [exit.kind | some exit in leaving.exits(component)] with input as _beside(component, _over(term))
	found == wanted
}

# Only its maker speaks it: data can be read, but nothing takes its place.
test_a_protocol_of_the_maker_secures_nothing if {
	component := fake_graph.known("db", false, {"kind": "database"})
	facts := _beside(component, object.union(_over("tds"), {"owner": "Firm"}))
	[out.way | some out in leaving.data_out(component)] == ["protocol"] with input as facts
	leaving.exits(component) == [] with input as facts
}
