package policies.agreement_test

import data.policies.agreement
import data.policies.lib.fake

# A tender in a.md, its architecture in drawn.yaml.
_both := object.union(fake.dossier({"kind": fake.inferred("both")}), {"documents": [
	{"path": "a.md", "format": "markdown", "role": "specification", "source": "declared", "clauses": 1},
	{"path": "drawn.yaml", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0},
]})

_place := {"path": "drawn.yaml", "line": 1, "place": "drawn.yaml, line 1"}

# The same with a text on the architecture.
_told := object.union(_both, {"documents": array.concat(_both.documents, [{"path": "arc42.md", "format": "markdown", "role": "architecture", "source": "declared", "clauses": 1}])})

_in_text := {"path": "arc42.md", "line": 1, "place": "arc42.md, line 1"}

_component(id, changes) := object.union(
	{"id": id, "name": id, "kind": "application", "external": false, "custom": true, "sources": ["compose"], "evidence": [_place]},
	changes,
)

_product(id, changes) := _component(id, object.union({"custom": false, "term": id, "product": upper(id), "open": true, "tags": []}, changes))

_register := _component("Register", {"external": true, "custom": false, "kind": "system"})

_edge(from, to, changes) := object.union(
	{"id": concat("-", [from, to]), "from": from, "to": to, "kind": "api", "writes": false, "evidence": [_place]},
	changes,
)

_described(to, changes) := object.union({"id": "api", "to": to, "name": "Portal API", "kind": "api", "writes": true, "specification": {"format": "openapi", "path": "api.yaml"}, "evidence": [_place]}, changes)

# The states of rows on one subject, by name.
_states(rows, subject) := {object.get(row, "name", ""): row.state | some row in rows; row.subject == subject}

_mentions(kind, list) := {"mentions": {kind: list}}

test_only_of_a_tender_with_its_architecture if {
	not agreement.review with input as fake.dossier({"kind": fake.inferred("tender")})
	not agreement.review with input as fake.facts
	agreement.review == {"rows": []} with input as _both
}

test_systems_to_talk_to[name] if {
	target := fake.mention("", {"name": "Fachverfahren Register", "role": "integration_target"})
	cloud := fake.mention("register_cloud", {"role": "integration_target"})
	some name, [mention, changes, state] in {
		"nothing drawn around": [target, {"components": [_component("portal", {})]}, "open"],
		"others drawn": [target, {"components": [_component("Melderegistratur", {"external": true, "sources": ["structurizr"]})]}, "missing_in_architecture"],
		"others in files for operation": [target, {"components": [_component("mail.example.org", {"external": true})]}, "open"],
		"drawn without an edge": [target, {"components": [_register]}, "open"],
		"drawn with an edge for users": [target, {"components": [_register], "interfaces": [_edge("clerk", "Register", {"kind": "user"})]}, "open"],
		"drawn": [target, {"components": [_register], "interfaces": [_edge("portal", "Register", {})]}, "agrees"],
		"drawn, by its id": [cloud, {"components": [_component("x", {"term": "register_cloud"})], "interfaces": [_edge("portal", "x", {})]}, "agrees"],
		"named by the tender's text alone": [target, {"components": [object.union(_register, {"evidence": [fake.evidence(1)]})]}, "open"],
	}
	rows := agreement.review.rows with input as object.union_n([_both, changes, _mentions("product", [mention])])
	_states(rows, "interface")[mention.name] == state
}

test_systems_that_a_text_names if {
	target := fake.mention("", {"name": "Register", "role": "integration_target"})
	again := fake.mention("", {"name": "das Register", "evidence": _in_text})
	rows := agreement.review.rows with input as object.union(_told, _mentions("product", [target, again]))
	_states(rows, "interface").Register == "agrees"
	denied := object.union(again, {"negated": true})
	more := agreement.review.rows with input as object.union(_told, _mentions("product", [target, denied]))
	_states(more, "interface").Register == "open"
}

test_systems_that_only_the_architecture_has if {
	drawn := {"components": [_register], "interfaces": [_edge("portal", "Register", {})]}
	rows := agreement.review.rows with input as object.union(_both, drawn)
	_states(rows, "interface").Register == "missing_in_tender"
	more := agreement.review.rows with input as object.union(_both, {"components": [_register]})
	_states(more, "interface") == {}
	others := agreement.review.rows with input as object.union_n([_both, drawn, {"clauses": {"1.1.1": {"text": "Das Register bleibt bestehen.", "evidence": fake.evidence(1)}}}])
	_states(others, "interface") == {}
	last := agreement.review.rows with input as object.union_n([_both, drawn, _mentions("product", [fake.mention("", {"name": "Register"})])])
	_states(last, "interface") == {}
	known := {"components": [object.union(_register, {"term": "reg"})], "interfaces": [_edge("portal", "Register", {})]}
	rest := agreement.review.rows with input as object.union_n([_both, known, _mentions("product", [fake.mention("reg", {"name": "Anderes"})])])
	_states(rest, "interface") == {}
}

test_standards[name] if {
	oidc := fake.mention("oidc", {"name": "OpenID Connect"})
	some name, [mention, changes, state] in {
		"nothing told": [oidc, {}, "open"],
		"only what carries anything": [oidc, {"interfaces": [_edge("a", "b", {"term": "tls"})]}, "open"],
		"another told": [oidc, {"interfaces": [_edge("a", "b", {"term": "amqp"})]}, "missing_in_architecture"],
		"another told, and some HTTP": [oidc, {"interfaces": [_edge("a", "b", {"term": "amqp"}), _edge("a", "c", {"term": "http_standard"})]}, "open"],
		"told": [oidc, {"interfaces": [_edge("a", "b", {"term": "oidc"})]}, "agrees"],
		"a description": [fake.mention("openapi", {"name": "OpenID Connect"}), {"interfaces": [_described("portal", {})]}, "agrees"],
	}
	rows := agreement.review.rows with input as object.union_n([_both, changes, _mentions("protocol", [mention])])
	_states(rows, "standard")["OpenID Connect"] == state
}

test_formats if {
	csv := _mentions("format", [fake.mention("csv", {})])
	rows := agreement.review.rows with input as object.union(_both, csv)
	_states(rows, "format").csv == "open"
	more := agreement.review.rows with input as object.union_n([_both, csv, {"interfaces": [_edge("a", "b", {"formats": ["application/json"]})]}])
	_states(more, "format").csv == "missing_in_architecture"
	others := agreement.review.rows with input as object.union_n([_both, csv, {"interfaces": [_edge("a", "b", {"formats": ["text/csv"]})]}])
	_states(others, "format").csv == "agrees"
	both := [fake.mention("csv", {}), fake.mention("odf", {"evidence": _in_text})]
	last := agreement.review.rows with input as object.union(_told, _mentions("format", both))
	_states(last, "format").csv == "missing_in_architecture"
}

test_what_is_no_demand_for_a_standard[name] if {
	some name, changes in {
		"may": {"modality": "may"},
		"denied": {"negated": true},
		"in use": {"role": "existing_estate"},
		"of another thing": {"tags": ["accessibility"]},
		"of letters": {"tags": ["character_set"]},
		"of versions": {"tags": ["versioning"]},
		"in the architecture": {"evidence": _in_text},
	}
	rows := agreement.review.rows with input as object.union(_told, _mentions("standard", [fake.mention("wcag", changes)]))
	_states(rows, "standard") == {}
}

test_closed_protocols_that_nobody_asked_for if {
	closed := {"interfaces": [_edge("a", "b", {"term": "net", "standard": "Net", "open": false})]}
	rows := agreement.review.rows with input as object.union(_both, closed)
	_states(rows, "standard") == {"Net": "missing_in_tender"}
	more := agreement.review.rows with input as object.union_n([_both, closed, _mentions("protocol", [fake.mention("net", {"role": "existing_estate"})])])
	_states(more, "standard") == {}
}

test_products[name] if {
	oracle := fake.mention("oracle", {"tags": ["database"]})
	some name, [mention, components, state] in {
		"nothing drawn": [oracle, [], "open"],
		"something unknown": [oracle, [_component("x", {"custom": false})], "open"],
		"all known": [oracle, [_component("portal", {})], "missing_in_architecture"],
		"drawn": [oracle, [_product("oracle", {})], "agrees"],
		"a substitute": [oracle, [_product("postgres", {"alternatives": [{"term": "oracle", "name": "Oracle", "open": false}]})], "differs"],
		"one that does the same": [oracle, [_product("postgres", {"tags": ["database", "sql"]})], "differs"],
		"one that does the same, others allowed": [object.union(oracle, {"equivalent": true}), [_product("postgres", {"tags": ["database"]})], "open"],
		"one that does something else": [oracle, [_product("keycloak", {"tags": ["identity"]})], "missing_in_architecture"],
	}
	rows := agreement.review.rows with input as object.union_n([_both, {"components": components}, _mentions("product", [mention])])
	_states(rows, "product").oracle == state
}

test_products_in_the_place_of_others_are_shown if {
	rows := agreement.review.rows with input as object.union_n([_both, {"components": [_product("postgres", {"tags": ["database"]})]}, _mentions("product", [fake.mention("oracle", {"tags": ["database"]})])])
	rows == [{"subject": "product", "name": "oracle", "state": "differs", "shown": ["POSTGRES"], "tender": [fake.evidence(1)], "architecture": [_place]}]
}

test_bound_products_that_nobody_asked_for if {
	drawn := {"components": [_product("oracle", {"open": false}), _product("postgres", {})]}
	rows := agreement.review.rows with input as object.union(_both, drawn)
	_states(rows, "product") == {"ORACLE": "missing_in_tender"}
	more := agreement.review.rows with input as object.union_n([_both, drawn, _mentions("product", [fake.mention("oracle", {"role": "existing_estate"})])])
	_states(more, "product") == {}
}

test_duties[name] if {
	some name, [facts, changes, subject, state] in {
		"export, files that cannot tell": [_both, _asks("data_export"), "export", "open"],
		"export, a text that does not": [_told, _asks("data_export"), "export", "missing_in_architecture"],
		"export, a text": [_told, _both_say("data_export"), "export", "agrees"],
		"export, a text alone": [_told, _says("data_export"), "export", "missing_in_tender"],
		"export, an interface": [_both, object.union(_asks("data_export"), {"interfaces": [_edge("a", "b", {"name": "Bulk export"})]}), "export", "agrees"],
		"exit, files that cannot tell": [_both, _asks("transition_support"), "exit", "open"],
		"exit, a text": [_told, _both_say("exit_plan"), "exit", "agrees"],
		"sign-in": [_both, object.union(_asks("standard_identity"), {"interfaces": [_edge("a", "b", {"term": "oidc", "standard": "OIDC"})]}), "identity", "agrees"],
		"sign-in, as described": [_both, object.union(_asks("standard_identity"), {"interfaces": [_edge("a", "b", {"security": ["openIdConnect"]})]}), "identity", "agrees"],
		"sign-in, of other systems": [_both, object.union(_asks("standard_identity"), {"interfaces": [_edge("a", "b", {"security": ["apiKey"]})]}), "identity", "open"],
		"description, no interface": [_both, _asks("interface_specification"), "specification", "open"],
		"description, called": [_both, object.union(_asks("interface_specification"), {"components": [_component("b", {})], "interfaces": [_edge("a", "b", {})]}), "specification", "missing_in_architecture"],
		"description": [_both, object.union(_asks("interface_specification"), {"components": [_component("b", {})], "interfaces": [_edge("a", "b", {}), _described("b", {})]}), "specification", "agrees"],
		"description of one": [_both, object.union(_asks("interface_specification"), {"components": [_component("b", {}), _component("c", {})], "interfaces": [_edge("a", "b", {}), _described("c", {})]}), "specification", "differs"],
		"description of another's": [_both, object.union(_asks("interface_specification"), {"components": [_register], "interfaces": [_described("Register", {})]}), "specification", "open"],
		"description, nobody asked": [_both, {"components": [_component("b", {})], "interfaces": [_described("b", {})]}, "specification", "missing_in_tender"],
		"bill of materials": [_with_bill, _asks("sbom"), "sbom", "agrees"],
		"bill of materials, nobody asked": [_with_bill, {}, "sbom", "missing_in_tender"],
		"bill of materials, dependencies": [_both, object.union(_asks("sbom"), {"packages": [{"name": "left-pad"}]}), "sbom", "missing_in_architecture"],
		"bill of materials, no dependencies": [_both, _asks("sbom"), "sbom", "open"],
		"place, nothing told": [_both, _in_europe, "hosting", "open"],
		"place": [_both, object.union(_in_europe, {"components": [_component("a", {"region": "eu-central-1"})]}), "hosting", "agrees"],
		"place, London": [_both, object.union(_in_europe, {"components": [_component("a", {"region": "eu-west-2"})]}), "hosting", "open"],
		"place, elsewhere": [_both, object.union(_in_europe, {"components": [_component("a", {"region": "us-east-1"}), _component("b", {"region": "westeurope"})]}), "hosting", "differs"],
	}
	rows := agreement.review.rows with input as object.union(facts, changes)
	_states(rows, subject) == {"": state}
}

test_silence_is_no_row[name] if {
	some name, changes in {
		"place in Europe": {"components": [_component("a", {"region": "eu-central-1"})]},
		"place elsewhere": {"components": [_component("a", {"region": "us-east-1"})]},
		"asked for in America": {"topics": {"hosting_location": [fake.hit(1, "met")]}, "clauses": {"1.1.1": {"text": "Data must be stored in the United States.", "evidence": fake.evidence(1)}}},
		"an option": {"topics": {"data_export": [object.union(fake.hit(1, "weak"), {"optional": true})]}},
		"in use": {"topics": {"data_export": [object.union(fake.hit(1, "met"), {"role": "existing_estate"})]}},
		"denied": {"topics": {"data_export": [fake.hit(1, "risk")]}},
		"half-hearted in the architecture": {"topics": {"exit_plan": [object.union(fake.hit(1, "weak"), {"evidence": _in_text})]}},
	}
	rows := agreement.review.rows with input as object.union(_told, changes)
	rows == []
}

test_what_is_asked_for_and_missing_comes_first if {
	rows := agreement.review.rows with input as object.union(_told, {
		"components": [_register],
		"interfaces": [_edge("portal", "Register", {"formats": ["text/csv"]})],
		"topics": {"data_export": [fake.hit(1, "met")], "sbom": [fake.hit(2, "met")]},
		"mentions": {"format": [fake.mention("csv", {})]},
	})
	[[row.state, row.subject] | some row in rows] == [
		["missing_in_architecture", "export"],
		["open", "sbom"],
		["missing_in_tender", "interface"],
		["agrees", "format"],
	]
}

_asks(subject) := {"topics": {subject: [fake.hit(1, "met")]}}

_says(subject) := {"topics": {subject: [object.union(fake.hit(1, "met"), {"evidence": _in_text})]}}

_both_say(subject) := {"topics": {subject: array.concat(_asks(subject).topics[subject], _says(subject).topics[subject])}}

_with_bill := object.union(_both, {"documents": array.concat(_both.documents, [{"path": "bom.json", "format": "cyclonedx", "role": "architecture", "source": "inferred", "clauses": 0}])})

_in_europe := {
	"topics": {"hosting_location": [fake.hit(1, "met")]},
	"clauses": {"1.1.1": {"text": "Daten sind innerhalb der EU zu verarbeiten.", "evidence": fake.evidence(1)}},
}

test_an_interface_without_an_origin_shows_its_end if {
	target := fake.mention("", {"name": "Fachverfahren Register", "role": "integration_target"})
	facts := object.union_n([_both, _mentions("product", [target]), {"components": [_register], "interfaces": [object.remove(_edge("", "Register", {}), ["from"])]}])
	rows := agreement.review.rows with input as facts
	_states(rows, "interface") == {"Fachverfahren Register": "agrees"}
}

test_one_of_two_formats_is_enough if {
	choice := {"quote": "Eine Stückliste im Format CycloneDX oder SPDX wird übergeben.", "path": "a.md"}
	asked := [fake.mention("cyclonedx", {"name": "CycloneDX", "evidence": choice}), fake.mention("spdx", {"name": "SPDX", "evidence": choice})]
	bill := {"documents": array.concat(_both.documents, [{"path": "sbom.json", "format": "cyclonedx", "role": "architecture", "source": "inferred", "clauses": 0}])}
	formats := {"interfaces": [_edge("a", "b", {"formats": ["xml"]})]}
	rows := agreement.review.rows with input as object.union_n([_both, bill, formats, _mentions("format", asked)])
	_states(rows, "format") == {"CycloneDX": "agrees"}

	both := [object.union(mention, {"evidence": {"quote": "Stücklisten in CycloneDX und SPDX.", "path": "a.md"}}) | some mention in asked]
	every_one := agreement.review.rows with input as object.union_n([_both, bill, formats, _mentions("format", both)])
	_states(every_one, "format") == {"CycloneDX": "agrees", "SPDX": "missing_in_architecture"}
}

test_terms_of_a_contract_ask_nothing_of_what_is_built if {
	invoice := fake.mention("xrechnung", {"name": "XRechnung", "evidence": {"quote": "Rechnungen im Format XRechnung.", "path": "contract.pdf"}})
	contract := {"documents": array.concat(_both.documents, [{"path": "contract.pdf", "format": "pdf", "role": "contract", "source": "inferred", "clauses": 1}])}
	rows := agreement.review.rows with input as object.union_n([_both, contract, _mentions("standard", [invoice])])
	_states(rows, "standard") == {}
}
