# METADATA
# title: The solution
# description: >-
#   What a solution is made of, as its architecture files show it. What belongs to others,
#   and what only helps to develop, is no part of it; what the catalogue does not know is
#   neither good nor bad.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.solution

import data.policies.lib.calls
import data.policies.lib.group

# own are the components that are built or bought here, by id. Beside files that draw them,
# what only a text names is judged as the text's mention.
own := {component.id: component |
	some component in input.components
	not component.external
	not _mentioned(component)
	_runs(component)
	not component.id in _frames
	not component.id in brought
	not _public_service(component)
}

# custom are those of them that are built for this solution, in the order of their ids.
custom := [component | some component in own; component.custom]

# proprietary are those that the catalogue knows as such.
proprietary := [component | some component in own; component.open == false]

_mentioned(component) if {
	component.sources == ["text"]
	_files_draw
}

# LI-01 asks about the services that a text names.
_mentioned(component) if {
	component.sources == ["text"]
	component.hosting in {"cloud", "service"}
}

_files_draw if {
	some component in input.components
	some source in component.sources
	not source in _written
}

_written := {"asciidoc", "docx", "html", "markdown", "odt", "pdf", "rst", "rtf", "text"}

# Whoever only takes part in development, or is a person, is no component.
_runs(component) if {
	component.kind != "person"
	not _helper(component)
	not _prepares(component)
}

# Frames around others, and machines that others stand on, are what a drawing is ordered
# by: nothing of their own, where neither a product nor an arrow says more.
_frames := {component.id |
	some component in input.components
	not component.term
	not component.image
	_orders(component)
}

_orders(component) if {
	component.kind == "other"
	component.id in _around
	not component.id in _joined
}

_orders(component) if {
	component.kind == "platform"
	not component.id in _spoken_to
}

_around := {component.within | some component in input.components}

_joined := {end | some interface in input.interfaces; some end in [interface.from, interface.to]}

# That something runs on a machine is no arrow.
_spoken_to := {end |
	some interface in input.interfaces
	interface.kind != "dependency"
	some end in [interface.from, interface.to]
}

# brought are the ids of what people bring with them to use the solution.
brought := {component.id | some component in input.components; _visitor(component)}

_visitor(component) if {
	not component.term
	not component.image
	not component.custom
	regex.match(`(?i)^(optional )?(web[ -]?|mail[ -]?|e-mail[ -]?|user )?(browser( app)?|clients?|agent)$`, component.name)
}

# Jobs that set something up once and end.
_prepares(component) if {
	not component.custom
	_called(component, `init|setup|bootstrap|seed|create-?buckets?`)
}

# So say the files of what runs once.
_prepares(component) if component.once

# MinIO's client only makes buckets.
_prepares(component) if regex.match(`(^|/)minio/mc(:|@|$)`, object.get(component, "image", ""))

# What an authority offers to all is not replaced by whoever uses it: BundID, SAM.gov.
_public_service(component) if {
	"public" in component.tags
	not component.image
	not component.custom
}

# What stands with such offers in a frame that holds nothing of one's own is another one.
_public_service(component) if {
	component.kind == "system"
	not component.term
	not component.custom
	component.within in _public_frames
}

_public_frames := {component.within | some component in input.components; component.within; "public" in component.tags} - {component.within |
	some component in input.components
	component.within
	component.custom
}

# Mail catchers, consoles of databases, load generators, mocks, tests, tools that draw.
_helper(component) if regex.match(
	`(^|[^a-z0-9])(mailhog|mailpit|mailcatcher|maildev|greenmail|smtp4dev|adminer|phpmyadmin|pgadmin4?|pgweb|mongo-express|redis-?(commander|insight)|kafka-ui|kafdrop|akhq|k6|locust|jmeter|gatling|load-?gen(erator)?|wiremock|mock-?server|mock-[a-z0-9-]+|localstack|azurite|swagger-ui|cadvisor|[a-z0-9-]+[_-]exporter|portainer|dozzle|watchtower|structurizr|crowdin|toxiproxy|selenium|playwright|cypress|(e2e|integration|smoke|load|unit)-?tests?)([^a-z0-9]|$)`,
	lower(concat(" ", [component.name, object.get(component, "image", "")])),
)

# edges are the interfaces over which a component of one's own and another one talk. What
# only says that there is one tells nothing to judge.
edges := [edge |
	some edge in input.interfaces
	edge.from != edge.to
	_told(edge)
	_mine(edge)
	edge.from in takes_part
	edge.to in takes_part
]

_mine(edge) if own[edge.from]

_mine(edge) if own[edge.to]

_told(edge) if not edge.kind in {"dependency", "user"}

# takes_part are all that run for the solution, those of others too: no people, no tools.
takes_part := {component.id | some component in input.components; _runs(component)}

# Protocols that carry anything: they do not say how data are exchanged.
_carriers := {"http_standard", "http3", "tls", "websocket"}

# standing says whether how an edge exchanges data is "open" or "closed"; undefined where
# that could not be told.
standing(edge) := "closed" if {
	edge.open == false
} else := "open" if {
	edge.open
	not edge.term in _carriers
} else := "open" if _laid_down(edge)

_laid_down(edge) if {
	edge.kind in {"api", "events"}
	edge.to in specified
}

_laid_down(edge) if {
	some written in array.concat([object.get(edge, "protocol", "")], object.get(edge, "formats", []))
	regex.match(_open_format, written)
}

# A format says how data are exchanged, as "JSON/HTTPS" does.
_open_format := `(?i)\b(json|geojson|xml|csv|gml)\b`

closed := [edge | some edge in edges; standing(edge) == "closed"]

# by_maker are the interfaces to other systems of which the files say themselves that
# only a maker lays them down.
by_maker := [interface |
	some interface in input.interfaces
	interface.to in _others
	_told(interface)
	not standing(interface)
	some written in [object.get(interface, "name", ""), object.get(interface, "protocol", "")]
	regex.match(_maker_only, written)
]

_maker_only := `(?i)herstellervorgabe|herstellereigen|herstellerspezifisch|propriet(ä|a)r|vendor[- ]?(specific|defined)`

# A database that speaks an open protocol is no exchange of data yet, and neither are
# figures of operation that a program for them collects.
open := [edge |
	some edge in edges
	edge.kind != "database"
	standing(edge) == "open"
	not edge.to in _observing
	not calls.names_hosts(edge)
]

_observing := {id | some id, component in own; component.kind == "monitoring"}

# How open-source products are spoken to, they publish, and what only passes on exchanges
# nothing. How parts that are built here speak with each other, their own sources tell.
untold := [edge |
	some edge in edges
	edge.kind != "database"
	not standing(edge)
	not _among_own(edge)
	not _own_api(edge)
	not edge.to in _published
	not edge.from in _passing
	not edge.to in _passing
	not _asked_elsewhere(edge)
]

# How these are called is told; for the description IF-02 asks.
_own_api(edge) if {
	own[edge.to].custom
	calls.over_http(edge)
}

_published := {id | some id, component in own; component.open}

# How the services of a provider are reached, LI-01 asks; those that an authority offers to
# all are described for all.
_asked_elsewhere(edge) if edge.to in _services

_asked_elsewhere(edge) if {
	some end in [edge.from, edge.to]
	end in _public
}

_public := {component.id | some component in input.components; _public_service(component)}

_among_own(edge) if {
	own[edge.from].custom
	own[edge.to].custom
}

_passing := {id | some id, component in own; _passes_on(component)}

_passes_on(component) if component.kind in {"gateway", "monitoring", "platform"}

_passes_on(component) if _called(component, `gateway|(reverse-?)?proxy|ingress|load-?balancer`)

_called(component, names) if regex.match(sprintf(`(^|[^a-z])(%s)([^a-z]|$)`, [names]), lower(component.name))

# screen says that a component is for people to look at: it offers programs nothing.
screen(component) if component.kind == "client"

screen(component) if _called(component, `front-?end|web-?(app|ui|client|anwendung|oberfläche)|ui|gui|spa|website|docs|documentation|dokumentation`)

# specifications are the interfaces that a file describes for programs, without those of
# other systems.
specifications := [interface |
	some interface in input.interfaces
	interface.specification
	not object.get(interface, "to", "") in _others
]

# What belongs to others or is no part of the solution.
_others := {component.id | some component in input.components; not own[component.id]}

# specified are the ids of the components whose interfaces a file describes.
specified := {interface.to | some interface in input.interfaces; interface.specification; interface.to}

# in_own_data_centre says that a drawing puts the solution into a data centre that is no
# provider's, and nothing of it elsewhere.
in_own_data_centre if {
	some component in input.components
	component.kind == "platform"
	not component.term
	regex.match(_data_centre, concat(" ", [component.name, object.get(component, "technology", "")]))
	count([part | some part in own; part.hosting in {"cloud", "service"}]) == 0
}

_data_centre := `(?i)\b(data ?cent(er|re)|rechenzentrum|on[- ]prem(ises?)?)\b`

# services are those that one provider offers and operates, by what they are: machines
# and clusters that run what anyone else's would are none, and AI has criteria of its own.
services := [component | some component in proprietary; component.hosting in {"cloud", "service"}; _specific(component)]

_specific(component) if {
	some tag in component.tags
	startswith(tag, "managed_")
	not tag in {"managed_compute", "managed_ai"}
}

_specific(component) if "serverless" in component.tags

# port says how a service is reached: over open protocols only ("open"), over its own or
# with its provider's library ("closed"); undefined where that could not be told. Where no
# file draws who reaches it, what it offers tells.
port(service) := "closed" if {
	"closed" in _ports[service.id]
} else := "open" if {
	"open" in _ports[service.id]
} else := "closed" if {
	service.term in bound_to
} else := "open" if {
	some offer in input.interfaces
	offer.to == service.id
	not offer.from
	standing(offer) == "open"
	not _closed_beside(service)
}

# Another way that only its provider lays down; who uses which no file tells.
_closed_beside(service) if service.id in {offer.to | some offer in input.interfaces; not offer.from; standing(offer) == "closed"}

_ports := {run.key: {standing | some standing in run.values} |
	some run in group.runs([[edge.to, standing(edge)] | some edge in edges])
}

# bound_to are what the code's own dependencies are made for, by id in the catalogue.
bound_to := {pack.term | some pack in input.packages; pack.direct; pack.term}

# shares tell, for each vendor of proprietary components and for each provider of services,
# its parts, by id. Only what is known can be shared out.
shares := {run.key: {id | some id in run.values} |
	some run in group.runs([[firm, component.id] |
		some component in proprietary
		component.id in parts
		firm := _firm(component)
	])
}

# parts are what the solution is made of, each product once. A cloud as such is where the
# others run.
parts := {component.id | some component in custom} | {min(run.values) |
	some run in group.runs([[component.term, component.id] | some component in own; not _cloud(component)])
}

_cloud(component) if {
	some tag in component.tags
	tag in {"hyperscaler", "cloud_platform"}
}

_firm(component) := component.provider if {
	component.hosting in {"cloud", "service"}
} else := component.vendor

# recognised are the components of which it is known who stands behind them.
recognised := {id | some id, component in own; component.term} | {component.id | some component in custom}

# unknown are those that the catalogue does not know and nobody builds here. A box that
# somebody drew need not be a product; what is installed or listed is.
unknown := [component |
	some component in own
	not component.term
	not component.custom
	not component.built_with
	_names_product(component)
]

_names_product(component) if component.image

# A chart without a version lies beside the one that needs it.
_names_product(component) if {
	object.get(component, "technology", "") != "Helm chart"
	some source in component.sources
	source in {"cyclonedx", "helm", "kubernetes", "kustomize", "spdx", "terraform"}
}

_names_product(component) if {
	component.technology == "Helm chart"
	component.version
}

# foreign are those of them that somebody else published: their image says where. What a
# provider's registry holds, or a variable, may well be built here.
foreign := [component |
	some component in unknown
	component.image
	not regex.match(`[${]|amazonaws\.com/|azurecr\.|pkg\.dev/|(^|/)localhost`, component.image)
]

# neighbours are, for each component, those it is joined to; for graph.reachable.
neighbours := {run.key: {id | some id in run.values} |
	some run in group.runs(array.concat(
		[[joint.from, joint.to] | some joint in _joints],
		[[joint.to, joint.from] | some joint in _joints],
	))
}

_joints := [joint | some joint in input.interfaces; own[joint.from]; own[joint.to]]

# How many components are looked at: each takes a way through the whole solution.
_most := 50

# hubs are the proprietary components without which applications fall apart, and whose
# protocols are not open. A database that only one application has joins nothing.
hubs := [component |
	some component in array.slice(proprietary, 0, _most)
	not component.id in _services
	not component.id in _plain
	_parts(component.id)
]

_services := {service.id | some service in services}

# What others reach over open protocols only is replaced without touching them.
_plain := {id | some id, standings in _ports; standings == {"open"}}

_parts(id) if {
	rest := object.remove(neighbours, [id])
	ends := neighbours[id] & _applications
	first := min(ends)
	near := graph.reachable(rest, {first})
	count(ends - near) > 0
}

_applications := {id | some id, component in own; component.kind in {"application", "system", "client"}}

# label is what a component is called: by its product, where that is known.
label(component) := object.get(component, "product", component.name)

# place is where a component or an interface first stands.
place(fact) := fact.evidence[0]

# listed gives arguments for a finding at several components.
listed(components) := object.union(
	cut(sort({label(component) | some component in components})),
	{"places": [place(component).place | some component in components]},
)

# ways gives arguments for a finding at several edges: "Portal → Register".
ways(list) := object.union(
	cut(sort({_way(edge) | some edge in list})),
	{"places": [place(edge).place | some edge in list]},
)

_way(edge) := concat(" → ", [_name(edge.from), _name(edge.to)])

_name(id) := _names[id]

_names := {component.id: label(component) | some component in input.components}

# ends gives arguments for a finding at several interfaces of other systems.
ends(list) := object.union(
	cut(sort({_name(interface.to) | some interface in list})),
	{"places": [place(interface).place | some interface in list]},
)

# titles gives arguments for a finding at several specifications.
titles(list) := object.union(
	cut(sort({object.get(offered, "name", offered.specification.path) | some offered in list})),
	{"places": [place(offered).place | some offered in list]},
)

# How many names a sentence takes.
_named := 8

# cut gives names as arguments: the first ones, and how many there are.
cut(names) := {
	"names": array.concat(array.slice(names, 0, _named), ["…" | count(names) > _named]),
	"count": count(names),
}

# few is how many components it takes to say something of a solution as a whole; our own
# proposal.
few := 3

# concentrated are the components that fall with one firm, where they are half of those
# that are known.
concentrated := {firm: components |
	some firm, components in shares
	count(components) >= few
	2 * count(components) >= count(parts)
}

# startable says that whoever has these files can start the solution: what is known of it
# is open source or built here, and how its images run together is described.
startable if {
	input.dossier.kind.value == "architecture"
	count(proprietary) == 0
	count(_free) >= few
	count(_free) > count(unknown)
	some component in _free
	component.image
	some source in component.sources
	source in {"compose", "helm", "kubernetes", "kustomize"}
}

_free := [component | some component in own; _anybody_has(component)]

_anybody_has(component) if component.open

_anybody_has(component) if component.custom
