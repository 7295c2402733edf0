# METADATA
# title: Tender against architecture
# description: >-
#   Holds what a tender asks for against what the architecture beside it shows. Undefined
#   for any other dossier. What architecture files cannot tell is open, never missing.
#   docs/lock-in-map.md explains the rules.
# scope: package
# schemas:
#   - input: schema.facts
package policies.agreement

import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.solution
import data.policies.lib.topic

review := {"rows": rows} if {
	input.dossier.kind.value == "both"
	rows := [row | some [_, _, _, row] in sort([[_order[row.state], _subjects[row.subject], object.get(row, "name", ""), row] | some row in _rows])]
}

_order := {"missing_in_architecture": 0, "differs": 1, "open": 2, "missing_in_tender": 3, "agrees": 4}

_subjects := {"interface": 0, "standard": 1, "format": 2, "product": 3, "export": 4, "exit": 5, "hosting": 6, "identity": 7, "specification": 8, "sbom": 9}

_rows := array.flatten([_interface_rows, _standard_rows, _product_rows, _duty_rows])

# Plenty for a reader to look.
_places := 3

_row(subject, name, state, shown, tender, architecture) := object.union(
	{
		"subject": subject,
		"state": state,
		"shown": array.slice(shown, 0, _places),
		"tender": array.slice(tender, 0, _places),
		"architecture": array.slice(architecture, 0, _places),
	},
	{"name": name | name != ""},
)

_architecture := {document.path | some document in input.documents; document.role == "architecture"}

_in_tender(fact) if not fact.evidence.path in _architecture

_in_architecture(fact) if fact.evidence.path in _architecture

# What is built or bought here, and what it talks to. Unlike solution.own, what only a text
# names counts too, and programs that only help to develop: a tender may ask for both.
_components := [component | some component in input.components; not component.external; component.kind != "person"; _drawn(component)]

_neighbours := [component | some component in input.components; component.external; component.kind != "person"; _drawn(component)]

# A component that only the tender's text names is shown by no architecture.
_drawn(component) if {
	some evidence in component.evidence
	evidence.path in _architecture
}

_places_of(facts) := [evidence | some fact in facts; some evidence in fact.evidence; evidence.path in _architecture]

_kinds := ["product", "cloud_service", "ai_model", "standard", "protocol", "format"]

_mentions := [mention | some kind in _kinds; some mention in input.mentions[kind]]

_tender_mentions := [mention | some mention in _mentions; _in_tender(mention)]

_architecture_mentions := [mention | some mention in _mentions; _in_architecture(mention); not mention.negated]

_tender_terms := {mention.term | some mention in _tender_mentions}

# Where the architecture shows what the catalogue knows, by its id.
_shown := {run.key: run.values |
	some run in group.runs(array.flatten([
		[[component.term, component.evidence[0]] | some component in input.components; _drawn(component)],
		[[interface.term, interface.evidence[0]] | some interface in input.interfaces],
		[[document.format, {"path": document.path, "place": document.path}] | some document in input.documents; document.path in _architecture],
		[[interface.specification.format, interface.evidence[0]] | some interface in input.interfaces],
		[[word, interface.evidence[0]] | some interface in input.interfaces; some format in interface.formats; some word in _words(format)],
		[[mention.term, mention.evidence] | some mention in _architecture_mentions; mention.term != ""],
	]))
}

_words(text) := regex.split(`[^\p{L}\p{N}]+`, lower(text))

# Demands of one name are one row.
_by_name(mentions) := [[mentions[run.values[0]], [mentions[number].evidence | some number in run.values]] |
	some run in group.runs([[[mention.term, mention.name], number] | some number, mention in mentions])
]

# Systems that the solution is to talk to.
_targets := _by_name([mention |
	some kind in ["product", "cloud_service"]
	some mention in input.mentions[kind]
	mention.role == "integration_target"
	not mention.negated
	_in_tender(mention)
])

_interface_rows := array.concat(
	[_row("interface", mention.name, _target_state(mention), [], places, _target_places(mention)) | some [mention, places] in _targets],
	[_row("interface", component.name, "missing_in_tender", [], [], _places_of([component])) |
		some component in _neighbours
		component.id in _talks
		not _named_in_tender(component)
	],
)

_target_state(mention) := "agrees" if {
	some component in _found(mention)
	component.id in _talks
} else := "open" if {
	count(_found(mention)) > 0
} else := "agrees" if {
	count(_target_places(mention)) > 0
} else := "missing_in_architecture" if {
	_surroundings_drawn
} else := "open"

# Files for operation name whom they reach by chance; a drawing or a text, on purpose.
_surroundings_drawn if {
	some component in _neighbours
	some source in component.sources
	not source in {"compose", "kubernetes", "kustomize", "helm", "terraform", "dockerfile"}
}

_target_places(mention) := array.concat(
	_places_of(_found(mention)),
	[evidence | wanted := _spaced(mention.name); some [name, evidence] in _architecture_names; _alike(name, wanted)],
)

_architecture_names := [[_spaced(mention.name), mention.evidence] | some mention in _architecture_mentions]

_found(mention) := [component |
	wanted := _spaced(mention.name)
	some component in array.concat(_components, _neighbours)
	_same(component, mention, wanted)
]

_same(component, mention, _) if component.term == mention.term

_same(component, _, wanted) if _alike(_names_spaced[component.id], wanted)

_names_spaced := {component.id: _spaced(component.name) | some component in input.components}

# One name holds the other's words: "Fachverfahren SchulAkte" and "SchulAkte". Short
# ones may mean anything.
_alike(one, other) if {
	count(other) > _short
	contains(one, other)
}

_alike(one, other) if {
	count(one) > _short
	contains(other, one)
}

_short := 5

# Words between blanks, of which there is one at each end.
_spaced(text) := sprintf(" %s ", [trim_space(concat(" ", _words(text)))])

_named_in_tender(component) if component.term in _tender_terms

_named_in_tender(component) if {
	some name in _tender_names
	_alike(_names_spaced[component.id], name)
}

_named_in_tender(component) if contains(_tender_text, _names_spaced[component.id])

_tender_names := {_spaced(mention.name) | some mention in _tender_mentions}

_tender_text := _spaced(concat(" ", [clause.text | some clause in input.clauses; _in_tender(clause)]))

_talks := {id |
	some interface in input.interfaces
	interface.kind != "user"
	some end in ["from", "to"]
	id := interface[end]
}

# Protocols that carry anything, and standards of other things than exchange.
_carriers := {"http_standard", "http3", "tls", "websocket"}

_other_things := {"accessibility", "character_set", "modelling", "network_security", "security", "security_management", "versioning"}

_asked(kind) := _by_name([mention |
	some mention in input.mentions[kind]
	mention.role in {"requirement", "integration_target"}
	mention.modality in {"must", "should"}
	not mention.negated
	mention.term != ""
	not mention.term in _carriers
	count({tag | some tag in mention.tags} & _other_things) == 0
	_in_tender(mention)
	not mention.evidence.path in _contracts
])

# The terms of payment and of the contract ask nothing of what is built.
_contracts := {document.path | some document in input.documents; document.role == "contract"}

_standard_rows := array.concat(
	[_row(_subject_of[kind], mention.name, _standard_state(kind, mention), [], places, object.get(_shown, mention.term, [])) |
		some kind in ["standard", "protocol", "format"]
		some [mention, places] in _asked(kind)
		not _settled(mention)
	],
	[_row("standard", run.key[1], "missing_in_tender", [], [], run.values) |
		some run in group.runs([[[interface.term, interface.standard], interface.evidence[0]] |
			some interface in input.interfaces
			interface.open == false
			not interface.term in _tender_terms
		])
	],
)

# One of two that the tender leaves to choose is enough.
_settled(mention) if {
	not _shown[mention.term]
	some other in _tender_mentions
	other.clause == mention.clause
	other.term != mention.term
	_shown[other.term]
	some pair in [[mention.name, other.name], [other.name, mention.name]]
	regex.match(_choice(pair), mention.evidence.quote)
}

_choice([one, other]) := concat("", ["(?i)", _plainly(one), `\s*(\(\S*\))?\s+(oder|or)\s+`, _plainly(other)])

_plainly(name) := regex.replace(name, `[^\p{L}\p{N} ]`, ".")

_subject_of := {"standard": "standard", "protocol": "standard", "format": "format"}

# Missing is only what the architecture tells others of.
_standard_state(kind, mention) := "agrees" if {
	_shown[mention.term]
} else := "missing_in_architecture" if {
	kind in _told
} else := "open"

_told contains "format" if {
	some interface in input.interfaces
	count(interface.formats) > 0
}

# What goes over HTTP may be any protocol of the tender's.
_told contains "protocol" if {
	count(_edges) > 0
	every edge in _edges {
		edge.term
		not edge.term in _carriers
	}
}

_edges := [edge | some edge in input.interfaces; edge.from; not edge.kind in {"user", "dependency"}]

_told contains kind if {
	some kind in ["standard", "protocol", "format"]
	some mention in input.mentions[kind]
	_in_architecture(mention)
}

# Products that the tender demands for certain.
_demanded := _by_name([mention |
	some mention in demand.products
	demand.certain(mention)
	_in_tender(mention)
])

_product_rows := array.concat(
	[_row("product", mention.name, _product_state(mention), _others(mention), places, _product_places(mention)) | some [mention, places] in _demanded],
	[_row("product", component.product, "missing_in_tender", [], [], _places_of([component])) |
		some component in _components
		component.open == false
		not component.term in _tender_terms
	],
)

_product_state(mention) := "agrees" if {
	_shown[mention.term]
} else := "open" if {
	count(_others(mention)) > 0
	mention.equivalent
} else := "differs" if {
	count(_others(mention)) > 0
} else := "open" if {
	_something_unknown
} else := "missing_in_architecture"

_product_places(mention) := object.get(_shown, mention.term, _places_of(_instead(mention)))

_something_unknown if count(_components) == 0

_something_unknown if {
	some component in solution.own
	_drawn(component)
	not component.term
	not component.custom
}

_others(mention) := [component.product | not _shown[mention.term]; some component in _instead(mention)]

# What the architecture has in a product's place.
_instead(mention) := [component | some component in _components; _replaces(component, mention)]

_replaces(component, mention) if {
	some other in component.alternatives
	other.term == mention.term
}

_replaces(component, mention) if {
	count(({tag | some tag in component.tags} & {tag | some tag in mention.tags}) & _functions) > 0
}

# Tags of which a solution has one product.
_functions := {"database", "identity", "dms", "cms", "erp", "groupware", "search"}

# Duties: what the tender asks for by topics, what shows it, whether the architecture
# would tell, and what speaks against it.
_duties := {
	"export": {"topics": ["data_export"], "shown": _exports, "tells": _prose, "against": []},
	"exit": {"topics": ["exit_plan", "transition_support"], "shown": [], "tells": _prose, "against": []},
	"hosting": {"topics": [], "shown": _regions("eu"), "tells": false, "against": _regions("elsewhere")},
	"identity": {"topics": ["standard_identity"], "shown": _sign_in, "tells": _prose, "against": []},
	"specification": {"topics": ["interface_specification"], "shown": _specifications, "tells": count(_undescribed) > 0, "against": _half_described},
	"sbom": {"topics": ["sbom"], "shown": _bills, "tells": _lists_dependencies, "against": []},
}

_duty_rows := [_row(subject, "", state, shown, asked, places) |
	some subject, duty in _duties
	asked := _asked_places(subject, duty)
	places := array.concat([evidence | some [_, evidence] in array.concat(duty.against, duty.shown)], _said(duty))
	shown := _names(duty)
	state := _duty_state(count(asked) > 0, duty, count(places) > 0, subject)
]

_names(duty) := sort({name | some [name, _] in duty.against; name != ""}) if {
	count(duty.against) > 0
} else := sort({name | some [name, _] in duty.shown; name != ""})

_asked_places("hosting", _) := [hit.evidence | some hit in input.topics.hosting_location; hit.polarity == "met"; _binds(hit); _in_europe(input.clauses[hit.clause].text)]

_asked_places(subject, duty) := [hit.evidence |
	some subject_of_text in duty.topics
	some hit in input.topics[subject_of_text]
	hit.polarity in {"met", "weak"}
	_binds(hit)
] if {
	subject != "hosting"
}

_binds(hit) if {
	hit in topic.binding([hit])
	not hit.optional
	_in_tender(hit)
}

_said(duty) := [hit.evidence |
	some subject in duty.topics
	some hit in input.topics[subject]
	hit.polarity == "met"
	_in_architecture(hit)
]

# Undefined where neither side says anything.
_duty_state(true, duty, _, _) := "differs" if count(duty.against) > 0

_duty_state(true, duty, true, _) := "agrees" if count(duty.against) == 0

_duty_state(true, duty, false, _) := "missing_in_architecture" if duty.tells

_duty_state(true, duty, false, _) := "open" if not duty.tells

# Where data lie, an architecture shows in any case.
_duty_state(false, _, true, subject) := "missing_in_tender" if subject != "hosting"

default _prose := false

_prose if count({document.format | some document in input.documents; document.path in _architecture} & {"markdown", "asciidoc", "docx", "odt", "pdf", "html", "rst", "rtf"}) > 0

# Pairs of a name and a place.
_exports := [[interface.name, interface.evidence[0]] |
	some interface in input.interfaces
	regex.match(`(^|[^a-z])(bulk|daten)?-?export`, lower(interface.name))
]

_sign_in := [[object.get(interface, "name", ""), interface.evidence[0]] |
	some interface in input.interfaces
	_signs_in(interface)
]

_signs_in(interface) if interface.term in {"oidc", "saml", "scim", "ldap"}

_signs_in(interface) if "openIdConnect" in interface.security

_mine := {component.id: component | some component in _components}

_foreign := {component.id | some component in input.components; not _mine[component.id]}

_specifications := [[object.get(interface, "name", ""), interface.evidence[0]] |
	some interface in input.interfaces
	interface.specification
	not object.get(interface, "to", "") in _foreign
]

_described := {interface.to | some interface in input.interfaces; interface.specification}

default _lists_dependencies := false

_lists_dependencies if count(input.packages) > 0

# Components built for the solution that others call, and no file describes how.
_undescribed := [component |
	some component in _components
	component.custom
	component.id in _called
	not component.id in _described
]

_called := {interface.to | some interface in input.interfaces; interface.kind == "api"; interface.from}

# Where all descriptions say whose they are, some interfaces have none.
_half_described := [[component.name, component.evidence[0]] |
	count(_specifications) > 0
	count([interface | some interface in input.interfaces; interface.specification; not interface.to]) == 0
	some component in _undescribed
]

_bills := [["", {"path": document.path, "place": document.path}] |
	some document in input.documents
	document.format in {"cyclonedx", "spdx"}
]

_in_europe(text) if regex.match(`(^|[^\p{L}])(eu|ewr|eea)([^\p{L}]|$)|europ|deutschland|bundesrepublik|germany`, lower(text))

_regions(part) := [[component.region, component.evidence[0]] |
	some component in _components
	_part(lower(component.region)) == part
]

# Regions of cloud providers by their names. London and Zurich, which are called "eu",
# could not be told.
_part(region) := "eu" if {
	regex.match(`^(eu|europe)-|^(westeurope|northeurope|germany|france|sweden|poland|italy|spain)|^de/`, region)
	not region in {"eu-west-2", "europe-west2", "eu-central-2", "europe-west6"}
} else := "elsewhere" if {
	regex.match(`^(us|ca|sa|ap|af|me|il|mx|cn|asia|australia|africa|northamerica|southamerica)-|^(east|west|central|northcentral|southcentral|westcentral)us|^(brazil|japan|korea|canada|australia|eastasia|southeastasia|centralindia|southindia|uaenorth)`, region)
}
