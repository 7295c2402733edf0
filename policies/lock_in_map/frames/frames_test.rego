package policies.lock_in_map.frames_test

import data.policies.lib.fake
import data.policies.lock_in_map.frames

_component(id, changes) := object.union(
	{"id": id, "name": id, "kind": "application", "external": false, "custom": false, "sources": ["structurizr"], "evidence": [{"path": "workspace.dsl", "line": 1, "place": id}]},
	changes,
)

_custom(id, changes) := _component(id, object.union({"custom": true}, changes))

_product(id, changes) := _component(id, object.union({"term": id, "product": upper(id), "vendor": "Firm", "open": true, "alternatives": [], "tags": []}, changes))

_drawn(components, interfaces) := object.union(fake.facts, {"components": components, "interfaces": interfaces})

_edge(from, to) := {"id": concat("-", [from, to]), "from": from, "to": to, "kind": "api", "writes": false, "evidence": []}

test_what_its_parts_take_apart_is_no_entry_of_its_own if {
	parts := [_custom("api", {}), _custom("a", {"within": "api"}), _custom("b", {"within": "api"}), _custom("web", {})]
	frames.ids == {"api"} with input as _drawn(parts, [_edge("web", "a")])
	frames.ids == set() with input as _drawn(parts, [_edge("web", "api")])
	frames.ids == {"a"} with input as _drawn([_custom("api", {}), _custom("a", {"within": "api"})], [])
	frames.ids == set() with input as _drawn([_custom("api", {}), _custom("a", {"within": "api"}), _custom("web", {})], [_edge("web", "a")])
	frames.ids == set() with input as _drawn([_custom("api", {"image": "example/api:1"}), _custom("a", {"within": "api"}), _custom("b", {"within": "api"})], [])
}

test_the_solution_is_no_part_of_itself if {
	frames.ids == {"all"} with input as _drawn([_custom("all", {"sources": ["publiccode"]}), _custom("api", {})], [])
	frames.ids == set() with input as _drawn([_custom("all", {"sources": ["publiccode"]}), _product("db", {})], [])
	frames.ids == {"chat"} with input as _drawn([_product("chat", {"sources": ["llmconfig"]}), _custom("api", {"built_with": ["chat"]})], [])
	frames.ids == {"Chat"} with input as _drawn([_product("Chat", {"sources": ["llmconfig"]}), _custom("api", {"image": "registry.example/firm/chat:latest"})], [])
	frames.ids == set() with input as _drawn([_product("chat", {"sources": ["compose"]}), _custom("api", {"built_with": ["chat"]})], [])
}

test_a_product_drawn_around_others_is_the_solution if {
	suite := _product("suite", {"kind": "other"})
	around := [suite, _product("mail", {"within": "suite"}), _product("files", {"within": "suite"})]
	frames.itself == {"suite"} with input as _drawn(around, [])
	frames.itself == set() with input as _drawn([suite, _product("mail", {"within": "suite"})], [])
}

test_what_a_table_lists_with_its_licence_is_a_product if {
	inside := _product("directory", {"within": "iam"})
	frames.ids == {"iam"} with input as _drawn([_component("iam", {}), inside], [])
	frames.ids == set() with input as _drawn([_component("iam", {"licence": "AGPL-3.0-or-later"}), inside], [])
}

test_a_cloud_is_beneath_its_services if {
	cloud := _product("cloud", {"kind": "platform", "tags": ["hyperscaler"]})
	on := [cloud, _custom("app", {"within": "cloud"}), _product("store", {"provider": "CLOUD"})]
	frames.ids == {"cloud"} with input as _drawn(on, [])
	frames.ids == set() with input as _drawn([cloud, _custom("app", {"within": "cloud"})], [])
}

test_what_runs_containers_is_beneath_them if {
	frames.ids == {"Container Runtime, i.e. Docker, Podman"} with input as _drawn([_component("Container Runtime, i.e. Docker, Podman", {"kind": "other", "sources": ["publiccode"]})], [])
	frames.ids == set() with input as _drawn([_component("Container Registry", {})], [])
}

test_what_code_is_written_with_is_no_component if {
	frames.ids == {"kit"} with input as _drawn([_component("kit", {"kind": "other", "built_with": ["kit"], "sources": ["publiccode"]})], [])
	frames.ids == set() with input as _drawn([_component("kit", {"kind": "other", "built_with": ["kit"]})], [])
}

test_a_box_that_people_use_is_the_solution if {
	box := _component("box", {"kind": "system"})
	use := object.union(_edge("clerk", "box"), {"kind": "user"})
	frames.itself == {"box"} with input as _drawn([box, _custom("api", {})], [use])
	frames.itself == set() with input as _drawn([box], [use])
	frames.itself == set() with input as _drawn([box, _custom("api", {})], [_edge("api", "box")])
	frames.itself == set() with input as _drawn([box, _component("other", {"kind": "system"}), _custom("api", {})], [use, object.union(_edge("clerk", "other"), {"kind": "user"})])
}

test_charts_of_a_language_are_no_components if {
	chart := _component("java", {"kind": "other", "built_with": ["java"], "technology": "Helm chart", "sources": ["helm"]})
	frames.ids == {"java"} with input as _drawn([chart], [])
	frames.ids == set() with input as _drawn([object.remove(chart, ["built_with"])], [])
}

test_how_code_is_to_be_run_is_no_component if {
	task := _component("task", {"sources": ["terraform"]})
	service := _component("service", {"term": "containers", "function": {"en": "managed container service"}})
	frames.ids == {"task"} with input as _drawn([task, service, _custom("app", {})], [_edge("service", "task")])
	frames.ids == set() with input as _drawn([task, service], [_edge("service", "task")])
	frames.ids == set() with input as _drawn([task, service, _custom("app", {})], [_edge("app", "task")])
	frames.ids == set() with input as _drawn([task, service, _custom("app", {})], [])
}
