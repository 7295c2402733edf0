package policies.criteria.lock_in.customised_open_source_test

import data.policies.criteria.lock_in.customised_open_source
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

_adapting(changes) := object.union(
	fake.dossier({"service_model": fake.declared("custom")}),
	{"mentions": {"product": [fake.mention("drupal", object.union({"tags": ["cms"], "open": true}, changes))]}},
)

test_met_where_changes_go_back if {
	facts := fake.topic("customised_open_source", ["met"])
	customised_open_source.rating == "met" with input as facts
	count(customised_open_source.findings) == 0 with input as facts
	customised_open_source.evidence == {fake.evidence(0)} with input as facts
}

test_partly_where_a_fork_is_kept_in_step if {
	facts := fake.topic("customised_open_source", ["weak"])
	customised_open_source.rating == "partly" with input as facts
	fake.codes(customised_open_source.findings) == {"weak"} with input as facts
}

test_missed_with_a_private_fork if {
	facts := fake.topic("customised_open_source", ["risk"])
	customised_open_source.rating == "not_met" with input as facts
	fake.codes(customised_open_source.findings) == {"risk"} with input as facts
}

test_silent_is_asked_for_where_an_open_product_is_worked_on if {
	not customised_open_source.rating with input as _adapting({})
	not customised_open_source.not_applicable with input as _adapting({})
	fake.codes(customised_open_source.findings) == {"missing"} with input as _adapting({})
	fake_values.places_of(customised_open_source.findings) == {fake.evidence(1)} with input as _adapting({})
	complete := {"dossier": {"complete": fake.declared(true)}}
	[object.get(found, "evidence", "") | some found in customised_open_source.findings] == [""] with input as object.union(_adapting({}), complete)
}

test_asked_where_the_product_is_demanded_outright if {
	cms := {"tags": ["cms"], "open": true}
	named := fake.mention("drupal", object.union(cms, {"modality": "none", "evidence": fake.evidence(2)}))
	demanded := fake.mention("drupal", object.union(cms, {"evidence": fake.evidence(3)}))
	facts := object.union(_adapting({}), {"mentions": {"product": [named, demanded]}})
	fake_values.places_of(customised_open_source.findings) == {fake.evidence(3)} with input as facts
}

# What is published, the project can take up.
test_not_asked_where_the_code_is_published if {
	count(customised_open_source.findings) == 0 with input as fake.topic_in(_adapting({}), "open_source_publication", ["met"])
}

# Traps 1, 5 and 8: what is closed, in use, connected or a mere technology is not adapted.
test_other_products_are_not_adapted if {
	every changes in [
		{"open": false},
		{"role": "existing_estate"},
		{"role": "integration_target"},
		{"negated": true},
		{"tags": ["database", "technology"]},
	] {
		customised_open_source.not_applicable == "no_adapted_open_source" with input as _adapting(changes)
	}
}

test_not_applicable_where_nothing_is_made if {
	customised_open_source.not_applicable == "no_adapted_open_source" with input as object.union(_adapting({}), {"dossier": {"service_model": fake.declared("saas")}})
	customised_open_source.not_applicable == "no_adapted_open_source" with input as fake.facts
}

# Packages.
_package(name, version) := {"name": name, "version": version, "direct": true, "licences": [], "evidence": fake_graph.place(name)}

test_packages_from_repositories_are_asked_about if {
	list := [_package("a", "git+https://example.org/a.git"), _package("b", "github:someone/b"), _package("c", "1.2.3"), object.union(_package("d", "git://d"), {"direct": false})]
	facts := object.union(fake.facts, {"packages": list})
	customised_open_source.rating == "partly" with input as facts
	{finding.args.names | some finding in customised_open_source.findings} == {["a", "b"]} with input as facts
	fake_values.unsure(customised_open_source.findings) == {"branch"} with input as facts
	customised_open_source.evidence == {fake_graph.place("a"), fake_graph.place("b")} with input as facts

	returned := object.union(fake.topic("customised_open_source", ["met"]), {"packages": list})
	customised_open_source.rating == "met" with input as returned
	count(customised_open_source.findings) == 0 with input as returned
}

test_replaced_packages_and_patches_are_asked_about if {
	list := [object.union(_package("a", "1"), {"replaced": "example.org/a 1.1"}), _package("b", "1")]
	facts := object.union(fake.facts, {"packages": list, "resources": [_patch("p", {"name": "fix.patch"}), _patch("q", {}), _patch("v", {"type": "volume"})]})
	customised_open_source.rating == "partly" with input as facts
	{finding.args.names | some finding in customised_open_source.findings} == {["a → example.org/a 1.1"], ["fix.patch", "q"]} with input as facts
	fake_values.unsure(customised_open_source.findings) == {"patched", "replaced"} with input as facts
	customised_open_source.evidence == {fake_graph.place("a"), fake_graph.place("p"), fake_graph.place("q")} with input as facts
	count(customised_open_source.findings) == 0 with input as object.union(fake.topic("customised_open_source", ["met"]), object.filter(facts, ["packages", "resources"]))
}

_patch(id, changes) := object.union({"id": id, "type": "patch", "evidence": fake_graph.place(id)}, changes)

test_an_architecture_agrees_on_none if {
	base := _adapting({})
	facts := object.union(base, {"dossier": object.union(base.dossier, {"kind": fake.declared("architecture")})})
	customised_open_source.not_applicable == "architecture" with input as facts
}
