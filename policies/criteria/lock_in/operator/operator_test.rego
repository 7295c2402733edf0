package policies.criteria.lock_in.operator_test

import data.policies.criteria.lock_in.operator
import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.fake_values

test_met_where_third_parties_may_operate if {
	facts := fake.topic("operator_binding", ["met"])
	operator.rating == "met" with input as facts
	count(operator.findings) == 0 with input as facts
	count(operator.evidence) == 1 with input as facts
}

test_met_where_the_authority_can_operate_itself if {
	facts := fake.topics({"self_operation": [fake.hit(1, "met")], "operator_binding": [fake.hit(2, "weak")]})
	operator.rating == "met" with input as facts
	count(operator.findings) == 0 with input as facts
}

test_partly_where_the_supplier_hosts if {
	facts := fake.topic("operator_binding", ["weak"])
	operator.rating == "partly" with input as facts
	fake.codes(operator.findings) == {"weak"} with input as facts
	preferred := fake.topic_as("operator_binding", ["weak"], {"modality": "should"})
	fake_values.unsure(operator.findings) == {"weak"} with input as preferred
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topics({"self_operation": [fake.hit(1, "met")], "operator_binding": [fake.hit(2, "risk"), fake.hit(3, "weak")]})
	operator.rating == "partly" with input as facts
	fake.codes(operator.findings) == {"risk"} with input as facts
}

test_missed_where_only_the_supplier_may_host if {
	facts := fake.topic("operator_binding", ["risk"])
	operator.rating == "not_met" with input as facts
	fake.codes(operator.findings) == {"risk"} with input as facts
}

# Trap 3: "ein Betrieb beim Auftraggeber ist ausgeschlossen".
test_missed_where_the_authority_may_not_operate if {
	operator.rating == "not_met" with input as fake.topic("self_operation", ["risk"])
}

test_silent_is_not_rated_and_asked_for_where_operation_is_spoken_of if {
	not operator.rating with input as fake.facts
	count(operator.findings) == 0 with input as fake.papers
	fake.codes(operator.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
	run := object.union(fake.papers, {"dossier": {"operator": object.union(fake.inferred("supplier"), {"evidence": [fake.evidence(4)]})}})
	{found.evidence | some found in operator.findings} == {fake.evidence(4)} with input as run
	cloud := fake.topic_in(fake.papers, "cloud_operation", ["weak"])
	count(operator.findings) == 0 with input as cloud
	by_supplier := object.union(cloud, {"dossier": {"operator": fake.inferred("supplier")}})
	{found.evidence | some found in operator.findings} == {fake.evidence(0)} with input as by_supplier
	count(operator.findings) == 0 with input as object.union(cloud, {"dossier": {"kind": fake.declared("architecture")}})
	count(operator.findings) == 0 with input as fake.topic("cloud_operation", ["weak"])
}

# Drawn in a data centre that is no provider's.
test_not_applicable_in_a_data_centre_of_ones_own if {
	node := fake_graph.component("firm", {"kind": "platform", "technology": "Firm data center"})
	drawn := [node, fake_graph.custom("app", {"within": "firm"})]
	operator.not_applicable == "in_house" with input as fake_graph.drawn(drawn, [])
	not operator.not_applicable with input as fake_graph.drawn(array.concat(drawn, [fake_graph.service("queue", ["managed_messaging"], {})]), [])
	not operator.not_applicable with input as fake_graph.drawn([object.union(node, {"term": "azure"})], [])
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(operator.findings) == 0 with input as fake.facts
}

test_not_applicable_in_house if {
	own := {"dossier": {"service_model": fake.declared("on-prem")}}
	operator.not_applicable == "in_house" with input as object.union(fake.facts, own)
	operator.not_applicable == "in_house" with input as object.union(fake.topic("self_operation", ["met"]), own)
	not operator.not_applicable with input as object.union(fake.topic("operator_binding", ["risk"]), own)
	not operator.not_applicable with input as fake.facts
}

# Trap 7: who operates today binds nobody.
test_the_existing_operator_does_not_count if {
	not operator.rating with input as fake.topic_as("operator_binding", ["risk"], {"role": "existing_estate"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("operator_binding", ["weak", "risk"])
	operator.rating == "not_met" with input as facts
	fake.codes(operator.findings) == {"risk"} with input as facts
}

test_not_applicable_where_the_documents_tell_that_the_buyer_operates if {
	own := fake.dossier({"operator": fake.inferred("buyer")})
	operator.not_applicable == "in_house" with input as own
	operator.not_applicable == "in_house" with input as fake.dossier({"service_model": fake.inferred("on-prem")})
	not operator.not_applicable with input as fake.topic_in(own, "operator_binding", ["weak"])
	not operator.not_applicable with input as fake.dossier({"operator": fake.inferred("supplier")})
}

test_not_applicable_to_code_of_ones_own if {
	operator.not_applicable == "own_code" with input as fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	not operator.not_applicable with input as fake.dossier({"service_model": fake.inferred("custom")})
}

test_a_hand_in_operation_is_no_operation if {
	not operator.rating with input as fake.topic("self_operation", ["weak"])
}

test_met_where_it_runs_locally_without_a_cloud if {
	operator.rating == "met" with input as fake.topic("local_operation", ["met"])
}

# The solution.
_architecture := {"dossier": {"kind": fake.declared("architecture")}}

_three(open, changes) := [fake_graph.known(id, open, changes) | some id in ["one", "two", "three"]]

test_graph_met_where_anyone_can_operate_it if {
	open := fake_graph.drawn(_three(true, {}), [])
	operator.rating == "met" with input as object.union(open, _architecture)
	count(operator.findings) == 0 with input as object.union(open, _architecture)
	count(operator.evidence) == 3 with input as object.union(open, _architecture)

	# In a tender the contract says who may operate, and what is unknown is no merit.
	not operator.rating with input as open
	not operator.rating with input as object.union(fake_graph.drawn(array.concat(_three(true, {}), [fake_graph.component("unknown", {})]), []), _architecture)
	not operator.rating with input as object.union(fake_graph.drawn([fake_graph.known("one", true, {})], []), _architecture)
}

test_graph_partly_where_much_falls_with_one_firm if {
	facts := fake_graph.drawn(array.concat(_three(false, {}), [fake_graph.custom("app", {})]), [])
	operator.rating == "partly" with input as facts
	{[finding.code, finding.args.firm, finding.args.all, finding.args.count] | some finding in operator.findings} == {["concentrated", "Firm", 4, 3]} with input as facts
	count(operator.evidence) == 3 with input as facts
}

test_graph_silent_where_firms_are_many_or_parts_are_few if {
	few := fake_graph.drawn([fake_graph.known("one", false, {}), fake_graph.known("two", false, {})], [])
	not operator.rating with input as few

	apps := [fake_graph.custom(sprintf("app-%d", [n]), {}) | some n in numbers.range(1, 4)]
	spread := fake_graph.drawn(array.concat(_three(false, {}), apps), [])
	not operator.rating with input as spread
}

test_text_and_graph_together if {
	facts := fake_graph.with_text(fake.topic("operator_binding", ["met"]), _three(false, {}), [])
	operator.rating == "partly" with input as facts
	fake.codes(operator.findings) == {"concentrated"} with input as facts
}

test_in_house_stays_in_house if {
	facts := object.union(fake_graph.drawn(_three(false, {}), []), {"dossier": {"operator": fake.declared("buyer")}})
	operator.not_applicable == "in_house" with input as facts
}

# A project's own file names the project and what it needs; it operates neither.
test_met_for_a_project_that_anyone_can_run if {
	project := fake_graph.component("project", {"custom": true, "sources": ["openapi", "publiccode"]})
	needed := fake_graph.component("framework", {"open": true, "sources": ["publiccode"]})
	facts := object.union(fake_graph.drawn(array.concat(_three(true, {}), [project, needed]), []), _architecture)
	operator.rating == "met" with input as facts
	closed := object.union(needed, {"open": false})
	not operator.rating with input as object.union(fake_graph.drawn(array.concat(_three(true, {}), [project, closed]), []), _architecture)
}

# Images of open source, described together: whoever has the files can start them.
test_not_asked_of_an_architecture_that_anyone_can_start if {
	packed := _three(true, {"image": "example/one:1", "hosting": null})
	beside := fake_graph.component("beside", {"image": "example/beside:1"})
	asked := {name |
		some name, components in {
			"open": packed,
			"own": array.concat(array.slice(packed, 0, 2), [fake_graph.custom("app", {}), beside]),
			"with one unknown": array.concat(packed, [beside]),
			"not packed": array.concat(_three(true, {"hosting": null}), [beside]),
			"bought": array.concat(packed, [fake_graph.known("erp", false, {})]),
			"few": array.slice(packed, 0, 2),
			"of a tender": packed,
		}
		kind := {true: {}, false: _architecture}[name == "of a tender"]
		facts := object.union_n([fake.dossier({"complete": fake.declared(true)}), {"components": components}, kind])
		"missing" in fake.codes(operator.findings) with input as facts
	}
	asked == {"bought", "few", "not packed", "of a tender"}
}

# EX-02 asks of what only a text tells.
test_not_asked_of_files_for_programs if {
	count(operator.findings) == 0 with input as object.union(
		fake.dossier({"kind": fake.declared("architecture")}),
		{"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]},
	)
}

# Where other ways of operation may be offered, the preferred one is a wish.
test_a_preference_with_a_choice_binds_nobody if {
	choice := fake.topics({
		"operator_binding": [object.union(fake.hit(1, "weak"), {"modality": "should"})],
		"operating_model_choice": [fake.hit(2, "met")],
	})
	not operator.rating with input as choice
	count(operator.findings) == 0 with input as choice
	bound := fake.topics({"operator_binding": [fake.hit(1, "weak")], "operating_model_choice": [fake.hit(2, "met")]})
	operator.rating == "partly" with input as bound
}
