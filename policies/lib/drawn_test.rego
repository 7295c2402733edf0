package policies.lib.drawn_test

import data.policies.lib.drawn
import data.policies.lib.fake
import data.policies.lib.fake_graph

_files(format, changes) := object.union(
	fake.dossier(object.union({"kind": fake.declared("architecture")}, changes)),
	{"documents": [{"path": "a", "format": format, "role": "architecture", "source": "inferred", "clauses": 0}]},
)

test_drawings_alone if {
	drawn.alone with input as _files("compose", {})
	not drawn.alone with input as _files("markdown", {})
	not drawn.alone with input as _files("compose", {"complete": fake.declared(true)})
	not drawn.alone with input as _files("compose", {"kind": fake.declared("both")})
	not drawn.alone with input as object.union(_files("compose", {}), {"documents": []})
}

_two := [fake_graph.custom("a", {}), fake_graph.custom("b", {})]

_speaking(format, changes) := object.union(_files(format, {}), fake_graph.drawn(_two, [fake_graph.edge("a", "b", changes)]))

test_files_for_operation_leave_exchange_open if {
	drawn.asked_of_texts == ["EX-02", "EX-03", "EX-08", "IF-01", "IF-06", "LI-02", "LI-08"] with input as _files("compose", {})
	drawn.asked_of_texts == ["EX-02", "EX-03", "EX-08", "IF-06", "LI-02", "LI-08"] with input as _files("plantuml", {})
	drawn.asked_of_texts == ["EX-02", "EX-03", "EX-08", "IF-06", "LI-02", "LI-08"] with input as _speaking("compose", {})
	drawn.asked_of_texts == ["EX-02", "EX-03", "EX-08", "LI-02", "LI-08"] with input as _speaking("compose", {"formats": ["application/json"]})
}

test_who_operates_is_not_asked_where_files_tell if {
	every components in [
		[fake_graph.custom(name, {"image": "example/app:1"}) | some name in ["a", "b", "c"]],
		[fake_graph.known(name, false, {}) | some name in ["a", "b", "c"]],
	] {
		facts := object.union(_files("compose", {}), {"components": [object.union(component, {"sources": ["compose"]}) | some component in components]})
		not "LI-02" in drawn.asked_of_texts with input as facts
	}
}

# What a file describes in a sentence is not asked for again.
test_what_files_tell_in_a_sentence_is_not_asked_of_texts if {
	told := object.union(_files("publiccode", {}), {"topics": {"self_operation": [fake.hit(1, "met")]}})
	drawn.asked_of_texts == ["EX-02", "EX-03", "EX-08", "IF-06", "LI-08"] with input as told
	denied := object.union(_files("publiccode", {}), {"topics": {"self_operation": [fake.hit(1, "risk")]}})
	"LI-02" in drawn.asked_of_texts with input as denied
}
