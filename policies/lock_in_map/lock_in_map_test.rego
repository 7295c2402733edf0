package policies.lock_in_map_test

import data.policies.lib.fake
import data.policies.lock_in_map

_component(id, changes) := object.union(
	{"id": id, "name": id, "kind": "application", "external": false, "custom": false, "sources": ["compose"], "evidence": [_place(id)]},
	changes,
)

_place(id) := {"path": "compose.yaml", "line": 1, "place": id}

_custom(id) := _component(id, {"custom": true})

# A product that is bought, with the number of its substitutes.
_bought(id, substitutes, changes) := _component(id, object.union(
	{"term": id, "product": upper(id), "vendor": "Firm", "licence": "proprietary", "open": false, "tags": [], "alternatives": array.slice(_alternatives, 0, substitutes)},
	changes,
))

_alternatives := [{"term": "closed", "name": "Closed", "open": false}, {"term": "free", "name": "Free", "open": true}]

_free(id, changes) := _bought(id, 0, object.union({"open": true, "licence": "MIT"}, changes))

_edge(from, to, changes) := object.union(
	{"id": concat("-", [from, to]), "from": from, "to": to, "kind": "api", "writes": false, "evidence": [_place(concat("-", [from, to]))]},
	changes,
)

_amqp := {"kind": "events", "protocol": "amqp", "term": "amqp", "standard": "AMQP", "open": true, "owner": "OASIS"}

_sql := {"kind": "database", "protocol": "postgresql", "term": "postgresql_protocol", "standard": "PostgreSQL", "open": true, "owner": "Project"}

_net := {"kind": "database", "protocol": "oracle", "open": false}

_http := {"protocol": "https", "term": "http_standard", "standard": "HTTP", "open": true}

_drawn(components, interfaces) := object.union(fake.facts, {"components": components, "interfaces": interfaces})

# The component first, one that uses it beside it.
_beside(component, interfaces) := _drawn([component, _custom("portal")], interfaces)

_first(review) := [entry | some entry in review.components; entry.id != "portal"][0]

_gaps(entry) := {gap.code | some gap in entry.gaps}

test_nothing_drawn_is_no_map if {
	not lock_in_map.review with input as fake.facts
	not lock_in_map.review with input as _drawn(
		[_component("register", {"external": true}), _component("clerk", {"kind": "person"}), _component("told", {"sources": ["text"]})],
		[],
	)
}

# The rules have tests of their own.
test_efforts_have_reasons if {
	review := lock_in_map.review with input as _beside(_bought("mq", 2, {}), [_edge("portal", "mq", _amqp)])
	{[entry.id, entry.effort, entry.reason] | some entry in review.components} == {["mq", "low", "same_protocol"], ["portal", "low", "own"]}
}

_managed := {"kind": "database", "hosting": "cloud", "provider": "Provider", "tags": ["managed_database"]}

# The provider's own library.
test_code_that_is_bound_to_a_service_makes_a_switch_hard if {
	every changes, effort in {{}: "high", {"kind": "storage"}: "medium", {"term": "other"}: "medium"} {
		review := lock_in_map.review with input as _with_library(changes)
		review.components[0].effort == effort
	}
}

_with_library(changes) := object.union(
	_drawn([_bought("nosql", 2, object.union(_managed, changes))], []),
	{"packages": [{"name": "sdk", "licences": [], "direct": true, "term": "nosql", "evidence": _place("app")}]},
)

test_many_callers_make_a_switch_hard if {
	callers := [_custom(sprintf("app-%d", [number])) | some number in numbers.range(1, 3)]
	result := lock_in_map.review with input as _drawn(array.concat([_bought("db", 2, {})], callers), [_edge(caller.id, "db", _net) | some caller in callers])
	result.components[0].id == "db"
	result.components[0].effort == "high"
}

test_an_adapter_lowers_the_effort if {
	result := lock_in_map.review with input as _drawn([_bought("db", 0, {}), _custom("db-adapter")], [_edge("db-adapter", "db", _net)])
	result.components[0].effort == "medium"
	result.components[0].exits == [{"kind": "adapter", "evidence": _place("db-adapter")}]
	both := lock_in_map.review with input as _drawn([_bought("db", 0, {}), _custom("db-adapter"), _custom("portal")], [_edge("db-adapter", "db", _net), _edge("portal", "db", _net)])
	both.components[0].effort == "high"
	both.components[0].exits == []
}

test_sources_that_stay_with_the_supplier if {
	facts := object.union(fake.topic("source_code", ["risk"]), {"components": [_custom("app")], "interfaces": []})
	lock_in_map.review.components[0].effort == "medium" with input as facts
}

test_owners if {
	review := lock_in_map.review with input as _beside(_custom("app"), [])
	_first(review).owner == "own"
	other := lock_in_map.review with input as _beside(_bought("db", 0, {}), [])
	_first(other).owner == "Firm"
	third := lock_in_map.review with input as _beside(_component("db", {}), [])
	not _first(third).owner
}

test_openness if {
	review := lock_in_map.review with input as _beside(_free("db", {}), [])
	_first(review).open == "yes"
	other := lock_in_map.review with input as _beside(_bought("db", 0, {}), [])
	_first(other).open == "no"
	third := lock_in_map.review with input as _beside(_component("db", {}), [])
	_first(third).open == "unknown"
}

test_edges_over_one_protocol_are_one_interface if {
	result := lock_in_map.review with input as _drawn([_free("mq", {}), _custom("a"), _custom("b")], [_edge("a", "mq", _amqp), _edge("b", "mq", _amqp), _edge("a", "mq", {"kind": "dependency", "id": "x"})])
	[entry.interfaces | some entry in result.components; entry.id == "mq"] == [[{"id": "a-mq", "standard": "AMQP", "owner": "OASIS", "open": "yes", "specified": false}]]
}

test_what_carries_anything_tells_nothing if {
	review := lock_in_map.review with input as _beside(_custom("app"), [_edge("portal", "app", _http)])
	_first(review).interfaces[0].open == "unknown"
}

test_ways_out if {
	review := lock_in_map.review with input as _beside(_free("db", {"kind": "database"}), [
		_edge("portal", "db", object.union(_sql, {"formats": ["application/json", "application/vnd.firm"]})),
		_edge("", "db", {"name": "Export", "specification": {"format": "openapi", "path": "db.yaml"}}),
	])
	entry := _first(review)
	entry.data_out == [{"way": "protocol", "names": ["PostgreSQL"]}, {"way": "format", "names": ["application/json"]}, {"way": "interface", "names": ["Export"]}]
	other := lock_in_map.review with input as _beside(_bought("db", 0, {}), [_edge("portal", "db", _net)])
	_first(other).data_out == []
}

test_open_substitutes_come_first if {
	review := lock_in_map.review with input as _beside(_bought("db", 2, {}), [])
	[other.term | some other in _first(review).substitutes] == ["free", "closed"]
}

test_an_open_protocol_secures_the_way_out if {
	review := lock_in_map.review with input as _beside(_bought("mq", 0, {}), [_edge("portal", "mq", _amqp)])
	_first(review).exits == [{"kind": "protocol", "evidence": _place("portal-mq")}]
}

test_clauses_secure_the_whole if {
	facts := object.union(
		fake.topics({"exit_plan": [fake.hit(1, "risk"), fake.hit(2, "met")], "switch_test": [fake.hit(3, "met")], "loose_coupling": [fake.hit(4, "weak")]}),
		{"components": [_bought("db", 0, {"kind": "database"})], "interfaces": []},
	)
	result := lock_in_map.review with input as facts
	[sprintf("%s %s %d", [way.kind, way.topic, way.evidence.line]) | some way in result.secured] == ["clause exit_plan 2", "rehearsal switch_test 3"]
	not "no_exit" in _gaps(result.components[0])
}

test_gaps[name] if {
	some name, [component, interfaces, gaps] in {
		"bought": [_bought("app", 1, {}), [], set()],
		"no substitute": [_bought("app", 0, {}), [], {"no_substitute"}],
		"machines": [_bought("vm", 0, {"tags": ["managed_compute"]}), [], set()],
		"open source without substitute": [_free("db", {}), [], set()],
		"unknown": [_component("app", {"image": "example/app:1"}), [], {"unknown_product"}],
		"unknown, in a chart": [_component("app", {"sources": ["helm"]}), [], {"unknown_product"}],
		"a box that somebody drew": [_component("app", {"sources": ["structurizr"]}), [], set()],
		"built here": [_custom("app"), [], set()],
		"built here, called, not described": [_custom("app"), [_edge("portal", "app", _http)], {"no_specification"}],
		"built here, called, described": [_custom("app"), [_edge("portal", "app", _http), _edge("", "app", {"specification": {"format": "openapi", "path": "a"}})], set()],
		"built here, called, some description": [_custom("app"), [_edge("portal", "app", _http), object.remove(_edge("", "", {"specification": {"format": "openapi", "path": "a"}}), ["from", "to"])], set()],
		"bought, called": [_bought("app", 1, {}), [_edge("portal", "app", _http)], set()],
		"its own protocol": [_bought("db", 1, {}), [_edge("portal", "db", _net)], {"proprietary_protocol"}],
		"a database": [_bought("db", 1, {"kind": "database"}), [_edge("portal", "db", _net)], {"proprietary_protocol", "no_exit"}],
		"a database with an open protocol": [_bought("db", 1, {"kind": "database"}), [_edge("portal", "db", _sql)], set()],
		"a database whose messages are open": [_bought("db", 1, {"kind": "database"}), [_edge("portal", "db", _amqp)], {"no_exit"}],
		"somebody's service": [_bought("crm", 1, {"hosting": "service"}), [], {"no_exit"}],
		"somebody's queue": [_bought("mq", 1, {"hosting": "service", "kind": "queue"}), [], set()],
	}
	review := lock_in_map.review with input as _beside(component, interfaces)
	_gaps(_first(review)) == gaps
}

test_services_of_one_image_are_one_entry if {
	worker := _component("worker", {"custom": true, "image": "acme/app:1"})
	app := _component("backend", {"custom": true, "image": "acme/app:1"})
	result := lock_in_map.review with input as _drawn([worker, app, _component("other", {"custom": true, "image": "acme/other:1"})], [])
	[object.get(entry, "names", [entry.id]) | some entry in result.components] == [["backend", "worker"], ["other"]]
	drawn := lock_in_map.review with input as _drawn([_custom("backend"), _custom("worker")], [])
	count(drawn.components) == 2
}

test_jobs_that_end_have_no_entry if {
	result := lock_in_map.review with input as _drawn([_custom("app"), _component("upgrade", {"custom": true, "once": true})], [])
	[entry.id | some entry in result.components] == ["app"]
}

test_a_firm_holds_what_it_publishes if {
	review := lock_in_map.review with input as _beside(_component("app", {"custom": true, "vendor": "Firm GmbH"}), [])
	entry := _first(review)
	[entry.owner, entry.open, entry.effort, entry.reason] == ["Firm GmbH", "yes", "low", "open_licence"]
}

test_an_editor_of_files_that_lie_elsewhere if {
	files := _free("files", {"tags": ["collaboration"], "exports": ["WebDAV"]})
	editor := _free("pad", {"tags": ["collaboration"]})
	every edges, holds in {{_edge("files", "pad", {"name": "Edit diagrams"})}: false, {_edge("files", "pad", {"name": "Links"})}: true, {_edge("files", "pad", {"name": "Edit diagrams"}), _edge("portal", "pad", {})}: true} {
		review := lock_in_map.review with input as _drawn([files, editor, _custom("portal")], [edge | some edge in edges])
		[entry.holds_data | some entry in review.components; entry.id == "pad"] == [holds]
	}
}

test_what_a_messenger_shows_its_server_keeps if {
	web := _free("web", {"tags": ["messenger"], "exports": ["JSON"]})
	server := _free("server", {"tags": ["messenger"]})
	matrix := _edge("portal", "server", {"protocol": "matrix", "term": "matrix_protocol", "standard": "Matrix", "open": true})
	every edges, expected in {{matrix}: [false, 0], set(): [true, 1]} {
		review := lock_in_map.review with input as _drawn([web, server, _custom("portal")], [edge | some edge in edges])
		[[entry.holds_data, count(entry.data_out)] | some entry in review.components; entry.id == "web"] == [expected]
	}
}

test_what_holds_notes_by_its_name if {
	every name, reason in {"Notes": "open_no_way", "Release notes generator": "open_licence"} {
		review := lock_in_map.review with input as _beside(_component("x", {"name": name, "licence": "MIT", "open": true}), [])
		_first(review).reason == reason
	}
}

test_the_one_part_of_what_is_built_here if {
	part := _component("charts", {"custom": true, "within": "bikes"})
	alone := lock_in_map.review with input as _drawn([_custom("bikes"), part], [])
	[entry.id | some entry in alone.components] == ["bikes"]
	met := lock_in_map.review with input as _drawn([_custom("bikes"), part, _custom("portal")], [_edge("portal", "charts", {})])
	{entry.id | some entry in met.components} == {"bikes", "charts", "portal"}
}

test_a_library_is_called if {
	review := lock_in_map.review with input as _beside(_bought("charts", 1, {"tags": ["framework"]}), [])
	_first(review).reason == "called_by_code"
	alone := lock_in_map.review with input as _beside(_bought("charts", 0, {"tags": ["framework"]}), [])
	_first(alone).reason == "nothing_told"
}

test_gaps_belong_to_criteria if {
	review := lock_in_map.review with input as _beside(_component("app", {"image": "example/app:1"}), [])
	_first(review).gaps == [{"code": "unknown_product", "criterion": "EX-06"}]
}

test_the_riskiest_come_first if {
	result := lock_in_map.review with input as _drawn(
		[_free("a", {}), _component("b", {}), _bought("c", 0, {"kind": "database"}), _bought("d", 2, {}), _bought("e", 1, {"kind": "database"})],
		[_edge("a", "c", _net)],
	)
	[entry.id | some entry in result.components] == ["c", "e", "d", "b", "a"]
}

test_ways_are_drawn_once if {
	result := lock_in_map.review with input as _drawn(
		[_custom("a"), _free("mq", {}), _component("register", {"external": true, "kind": "system"}), _component("far", {"external": true}), _component("clerk", {"kind": "person"})],
		[
			_edge("a", "mq", _amqp),
			_edge("a", "mq", object.union(_amqp, {"id": "again"})),
			_edge("a", "mq", {"kind": "dependency", "id": "depends"}),
			_edge("mq", "a", {"kind": "dependency"}),
			_edge("register", "a", {}),
			_edge("register", "far", {}),
			_edge("clerk", "a", {"kind": "user"}),
			_edge("a", "a", {}),
		],
	)
	result.ways == [
		{"from": "a", "to": "mq", "standard": "AMQP", "open": "yes"},
		{"from": "mq", "to": "a", "open": "unknown"},
		{"from": "register", "to": "a", "open": "unknown"},
	]
	result.others == [{"id": "register", "name": "register", "kind": "system", "standards": []}]
}

# What only holds others has no entry; a product, a container or own code has one.
test_frames_have_no_entry if {
	drawn := _drawn([_component("frame", {}), _component("inside", {"within": "frame"}), _custom("portal")], [_edge("portal", "frame", {}), _edge("portal", "inside", {})])
	{entry.id | some entry in lock_in_map.review.components} == {"inside", "portal"} with input as drawn
	{way.to | some way in lock_in_map.review.ways} == {"inside"} with input as drawn
	every frame in [_free("frame", {"kind": "platform"}), _component("frame", {"image": "example/frame:1"}), _custom("frame")] {
		held := _drawn([frame, _component("inside", {"within": "frame"})], [])
		{entry.id | some entry in lock_in_map.review.components} == {"frame", "inside"} with input as held
	}
}

test_a_screen_needs_no_specification if {
	screen := _beside(_custom("frontend"), [_edge("portal", "frontend", {})])
	_gaps(_first(lock_in_map.review)) == set() with input as screen
}

test_browsers_are_not_drawn if {
	facts := _drawn([_custom("portal"), _component("Browser", {"kind": "system"})], [_edge("Browser", "portal", _http)])
	lock_in_map.review.ways == [] with input as facts
	lock_in_map.review.others == [] with input as facts
}

# Tools of those who develop are no systems of others.
test_tools_are_not_drawn if {
	facts := _drawn([_custom("portal"), _free("db", {}), _component("adminer", {}), _component("register", {"external": true})], [_edge("adminer", "db", {}), _edge("portal", "register", {})])
	[other.id | some other in lock_in_map.review.others] == ["register"] with input as facts
	{way.from | some way in lock_in_map.review.ways} == {"portal"} with input as facts
}

test_store_drawn_as_a_part_of_itself_stands_once if {
	store := _bought("store", 1, {"kind": "database"})
	part := object.union(store, {"id": "part", "name": "part", "within": "store"})
	{entry.id | some entry in lock_in_map.review.components} == {"part"} with input as _drawn([store, part], [])
}

test_what_watches_the_others_holds_no_data if {
	watching := _bought("watch", 1, {"kind": "database", "tags": ["monitoring"]})
	_gaps(_first(lock_in_map.review)) == set() with input as _drawn([watching], [])
}

test_what_a_table_lists_as_open_is_carried_on if {
	efforts := {entry.id: entry.effort | some entry in lock_in_map.review.components} with input as _drawn([_component("board", {"licence": "MIT", "open": true}), _component("talk", {})], [])
	efforts == {"board": "low", "talk": "unknown"}
}

test_the_solution_is_no_substitute_of_its_parts if {
	suite := _free("suite", {"kind": "other"})
	wiki := _free("wiki", {"alternatives": [{"term": "suite", "name": "Suite", "open": true}, {"term": "pages", "name": "Pages", "open": true}]})
	names := {other.name | some entry in lock_in_map.review.components; some other in entry.substitutes} with input as _drawn([suite, _free("mail", {"within": "suite"}), _free("files", {"within": "suite"}), wiki], [])
	names == {"Pages"}
}

test_systems_of_others_tell_over_what_they_talk if {
	register := _bought("register", 0, {"external": true, "kind": "system"})
	others := lock_in_map.review.others with input as _drawn([_custom("portal"), register], [_edge("portal", "register", _amqp)])
	others == [{"id": "register", "name": "register", "kind": "system", "product": "REGISTER", "standards": ["AMQP"]}]
}

_grpc := {"protocol": "grpc", "term": "grpc", "standard": "gRPC", "open": true}

# Of what is only called, neither data nor a switch are settled.
test_protocols_for_calls_secure_nothing if {
	entry := _first(lock_in_map.review) with input as _beside(_custom("app"), [_edge("portal", "app", _grpc)])
	entry.interfaces[0].standard == "gRPC"
	entry.data_out == []
	entry.exits == []
	_gaps(entry) == {"no_specification"}
	described := _first(lock_in_map.review) with input as _beside(_custom("app"), [_edge("portal", "app", object.union(_grpc, {"specification": {"format": "protobuf", "path": "app.proto"}}))])
	_gaps(described) == set()
	described.exits == []
}

test_what_tells_no_protocol_adds_nothing if {
	entry := _first(lock_in_map.review) with input as _beside(_custom("app"), [_edge("portal", "app", {}), _edge("portal", "app", object.union(_http, {"id": "told"}))])
	[object.get(interface, "standard", "") | some interface in entry.interfaces] == ["HTTP"]
}

test_what_holds_data if {
	held := {entry.id: entry.holds_data | some entry in lock_in_map.review.components} with input as _drawn([_free("db", {"kind": "database"}), _custom("app")], [])
	held == {"db": true, "app": false}
}

test_licence_that_differs_by_version if {
	entry := _first(lock_in_map.review) with input as _beside(object.remove(_bought("cache", 1, {}), ["open", "licence"]), [_edge("portal", "cache", _amqp)])
	entry.effort == "low"
	entry.open == "unknown"
}

_model(changes) := object.union({"id": "gpt", "name": "gpt-4o", "term": "gpt", "product": "GPT", "vendor": "Maker", "configured": true, "evidence": [_place("gpt")]}, changes)

test_models_are_entries[name] if {
	some name, [model, effort, gaps] in {
		"closed, substitutes": [_model({"open": false, "alternatives": _alternatives}), "medium", set()],
		"closed, none": [_model({"open": false}), "unknown", {"no_substitute"}],
		"open weights": [_model({"open": true}), "low", set()],
		"nothing known": [_model({}), "unknown", set()],
	}
	facts := object.union(_drawn([_custom("portal")], []), {"models": [model]})
	entry := _first(lock_in_map.review) with input as facts
	[entry.id, entry.kind, entry.owner, entry.effort] == ["model.gpt", "model", "Maker", effort]
	_gaps(entry) == gaps
}

test_models_that_are_drawn_stand_once if {
	facts := object.union(_drawn([_free("llm", {"term": "gpt"})], []), {"models": [_model({}), object.remove(_model({"id": "own"}), ["term"])]})
	[entry.id | some entry in lock_in_map.review.components] == ["llm"] with input as facts
	not lock_in_map.review with input as object.union(fake.facts, {"models": [_model({})]})
}

test_what_runs_containers_has_no_entry if {
	runtime := _free("docker", {"kind": "platform", "function": {"en": "container runtime"}})
	[entry.id | some entry in lock_in_map.review.components] == ["portal"] with input as _beside(runtime, [])
}

test_parts_of_a_product_have_no_entry if {
	inside := [_component("plain", {"within": "suite"}), _free("same", {"term": "suite", "within": "suite"}), _free("other", {"within": "suite"}), _component("ran", {"within": "suite", "image": "example/ran"})]
	{entry.id | some entry in lock_in_map.review.components} == {"suite", "other", "ran"} with input as _drawn(array.concat([_free("suite", {"kind": "other"})], inside), [])
	{entry.id | some entry in lock_in_map.review.components} == {"host", "plain"} with input as _drawn([_free("host", {"kind": "platform"}), _component("plain", {"within": "host"})], [])
	{entry.id | some entry in lock_in_map.review.components} == {"made", "plain"} with input as _drawn([object.union(_custom("made"), {"licence": "MIT"}), _component("plain", {"within": "made"})], [])
}

test_what_keeps_nothing_has_no_data_to_leave if {
	entry := _first(lock_in_map.review) with input as _beside(_free("cache", {"kind": "cache"}), [_edge("portal", "cache", _amqp)])
	entry.data_out == []
	[exit.kind | some exit in entry.exits] == ["protocol"]
}

# Three databases of one product are one line, and what asks them leads to that.
test_one_product_is_one_entry if {
	drawn := _drawn(
		[_free("db-a", {"kind": "database"}), _free("db-b", {"kind": "database", "term": "db-a", "product": "DB-A"}), _free("other", {"kind": "database"}), _custom("portal")],
		[_edge("portal", "db-a", _sql), _edge("portal", "db-b", _sql), _edge("db-a", "db-b", {})],
	)
	review := lock_in_map.review with input as drawn
	[object.get(entry, "names", [entry.id]) | some entry in review.components] == [["other"], ["db-a", "db-b"], ["portal"]]
	[way | some way in review.ways] == [{"from": "portal", "to": "db-a", "standard": "PostgreSQL", "open": "yes"}]
	some entry in review.components
	entry.names
	[interface.standard | some interface in entry.interfaces] == ["PostgreSQL"]
}

test_components_that_differ_have_entries_of_their_own if {
	every changes in [{"licence": "BSD"}, {"kind": "cache"}, {"hosting": "cloud", "provider": "Provider"}] {
		other := object.union(_free("db-b", {"kind": "database", "term": "db-a", "product": "DB-A"}), changes)
		count(lock_in_map.review.components) == 3 with input as _drawn([_free("db-a", {"kind": "database"}), other, _custom("portal")], [])
	}
	count(lock_in_map.review.components) == 2 with input as _drawn([_custom("app"), _custom("portal")], [])
}

test_entries_of_one_product_of_which_none_tells_a_protocol if {
	twins := [_free("web", {"term": "forum", "product": "Forum"}), _free("worker", {"term": "forum", "product": "Forum"})]
	result := lock_in_map.review with input as _drawn(array.concat(twins, [_custom("portal")]), [_edge("portal", "web", {"kind": "dependency"})])
	some entry in result.components
	entry.names == ["web", "worker"]
	[object.get(interface, "standard", "?") | some interface in entry.interfaces] == ["?"]
}

test_technology_of_what_is_built_here if {
	entry := _first(lock_in_map.review) with input as _beside(object.union(_custom("app"), {"technology": "Xamarin"}), [])
	entry.technology == "Xamarin"
	other := _first(lock_in_map.review) with input as _beside(_free("app", {"technology": "Java"}), [])
	not other.technology
}

# A port need not be an interface for programs.
test_ports_that_nobody_calls[name] if {
	some name, [id, interface, gaps] in {
		"a port": ["app", {"name": "8080"}, set()],
		"a port of an API": ["app-api", {"name": "8080"}, {"no_specification"}],
		"what a drawing names": ["app", {"name": "Orders"}, {"no_specification"}],
	}
	component := _custom(id)
	edge := object.remove(_edge("", id, object.union({"protocol": "http", "term": "http_standard", "standard": "HTTP", "open": true}, interface)), ["from"])
	_gaps(_first(lock_in_map.review)) == gaps with input as _beside(component, [edge])
}

test_where_others_reach_a_part_is_no_system_of_theirs if {
	face := _component("Mail-External", {"external": true})
	facts := _drawn([_custom("portal"), _free("mail", {}), face, _component("register", {"external": true})], [_edge("Mail-External", "mail", {}), _edge("portal", "register", {})])
	[other.id | some other in lock_in_map.review.others] == ["register"] with input as facts
}

test_who_answers_for_a_model if {
	provider := _component("service", {"external": true, "kind": "model", "hosting": "service", "provider": "Cloud", "product": "Cloud AI", "vendor": "Cloud Inc.", "open": false, "term": "cloud_ai"})
	facts := object.union(_drawn([_custom("portal"), provider], []), {"models": [_model({"open": false, "hosting": "service", "provider": "Cloud", "gateway": "portal"})]})
	entry := _first(lock_in_map.review) with input as facts
	[interface.standard | some interface in entry.interfaces] == ["Cloud AI"]
	entry.exits == [{"kind": "adapter", "evidence": _place("portal")}]
}
