package policies.lib.solution_test

import data.policies.lib.fake
import data.policies.lib.fake_graph
import data.policies.lib.solution

test_own_is_what_is_built_or_bought_here if {
	facts := fake_graph.drawn(
		[
			fake_graph.custom("portal", {}),
			fake_graph.known("postgres", true, {"kind": "database"}),
			fake_graph.component("unknown", {}),
			fake_graph.component("register", {"external": true}),
			fake_graph.component("clerk", {"kind": "person"}),
			fake_graph.component("told", {"sources": ["text"]}),
			fake_graph.component("mail", {"image": "axllent/mailpit:v1"}),
			fake_graph.component("adminer", {}),
			fake_graph.component("load-generator", {}),
			fake_graph.component("login", {"image": "example/mock-oauth2-server:2"}),
			fake_graph.component("docs", {"image": "structurizr/lite"}),
			fake_graph.component("buckets", {"image": "quay.io/minio/mc:latest"}),
			fake_graph.component("init-kafka", {"image": "confluentinc/cp-kafka:7"}),
			fake_graph.known("bundid", false, {"tags": ["public"]}),
			fake_graph.component("minik6store", {}),
		],
		[],
	)
	object.keys(solution.own) == {"minik6store", "portal", "postgres", "unknown"} with input as facts
	solution.recognised == {"portal", "postgres"} with input as facts
}

test_a_dossier_without_a_graph_has_nothing if {
	count(solution.own) == 0 with input as fake.facts
	count(solution.edges) == 0 with input as fake.facts
	count(solution.hubs) == 0 with input as fake.facts
}

test_frames_and_what_people_bring_are_no_components if {
	facts := fake_graph.drawn(
		[
			fake_graph.component("apps", {"kind": "other"}),
			fake_graph.component("mail", {"kind": "other"}),
			fake_graph.known("cluster", true, {"kind": "platform"}),
			fake_graph.component("box", {"kind": "other"}),
			fake_graph.component("laptop", {"kind": "platform"}),
			fake_graph.component("appliance", {"kind": "platform"}),
			fake_graph.component("a", {"within": "apps"}),
			fake_graph.component("b", {"within": "mail"}),
			fake_graph.component("c", {"within": "cluster"}),
			fake_graph.component("browser", {"name": "Web Browser"}),
			fake_graph.component("console", {"name": "Admin Browser Console"}),
		],
		[fake_graph.edge("mail", "a", {}), fake_graph.edge("a", "laptop", {"kind": "dependency"}), fake_graph.edge("a", "appliance", {})],
	)
	object.keys(solution.own) == {"appliance", "mail", "cluster", "box", "a", "b", "c", "console"} with input as facts
}

test_edges_say_how_two_components_talk if {
	facts := fake_graph.drawn(
		[
			fake_graph.custom("a", {}),
			fake_graph.custom("b", {}),
			fake_graph.custom("c", {}),
			fake_graph.known("store", true, {"kind": "database"}),
			fake_graph.component("balancer", {"kind": "gateway"}),
			fake_graph.known("telemetry", true, {"kind": "monitoring"}),
			fake_graph.component("register", {"external": true}),
			fake_graph.component("estate", {"external": true}),
			fake_graph.component("clerk", {"kind": "person"}),
		],
		[
			fake_graph.open("a", "b", {"term": "http_standard", "protocol": "https"}),
			fake_graph.open("a", "c", {"term": "http_standard", "protocol": "https"}),
			fake_graph.open("b", "register", {"kind": "events"}),
			fake_graph.open("b", "store", {"kind": "database"}),
			fake_graph.edge("c", "store", {"kind": "database"}),
			fake_graph.edge("c", "store", {"id": "console"}),
			fake_graph.edge("c", "b", {"protocol": "JSON/HTTPS"}),
			fake_graph.edge("balancer", "b", {}),
			fake_graph.edge("a", "balancer", {}),
			fake_graph.open("a", "telemetry", {}),
			fake_graph.closed("c", "register", {}),
			fake_graph.closed("register", "estate", {}),
			fake_graph.open("a", "a", {}),
			fake_graph.edge("a", "register", {"kind": "dependency"}),
			fake_graph.edge("a", "estate", {"id": "asks"}),
			fake_graph.open("clerk", "a", {}),
			fake_graph.specified("c", {}),
			fake_graph.specified("register", {}),
		],
	)
	{edge.id | some edge in solution.open} == {"a c", "b register", "c b"} with input as facts
	{edge.id | some edge in solution.closed} == {"c register"} with input as facts
	{edge.id | some edge in solution.untold} == {"asks"} with input as facts
	[specification.to | some specification in solution.specifications] == ["c"] with input as facts
	solution.ways(solution.closed) == {"names": ["c → register"], "count": 1, "places": ["drawn.yaml, c-register"]} with input as facts
}

test_services_are_told_from_machines if {
	facts := fake_graph.drawn(
		[
			fake_graph.service("queue", ["managed_messaging"], {}),
			fake_graph.service("function", ["managed_compute", "serverless"], {}),
			fake_graph.service("cluster", ["managed_compute"], {}),
			fake_graph.service("model", ["managed_ai"], {}),
			fake_graph.service("theirs", ["managed_messaging"], {"external": true}),
			fake_graph.known("database", false, {}),
		],
		[],
	)
	{service.id | some service in solution.services} == {"function", "queue"} with input as facts
}

test_ports_of_services if {
	services := [fake_graph.service(id, ["managed_messaging"], {}) | some id in ["bound", "closed", "open", "untold"]]
	facts := object.union(
		fake_graph.drawn(
			array.concat(services, [fake_graph.custom("app", {})]),
			[
				fake_graph.open("app", "open", {}),
				fake_graph.open("app", "closed", {}),
				fake_graph.closed("app", "closed", {"id": "second"}),
				fake_graph.edge("app", "untold", {}),
			],
		),
		{"packages": [{"name": "sdk", "term": "bound", "direct": true}, {"name": "deep", "term": "untold", "direct": false}]},
	)
	{service.id: solution.port(service) | some service in solution.services} == {"bound": "closed", "closed": "closed", "open": "open"} with input as facts
}

test_shares_of_firms if {
	facts := fake_graph.drawn(
		[
			fake_graph.known("a", false, {}),
			fake_graph.known("b", true, {}),
			fake_graph.known("c", false, {"vendor": "Other"}),
			fake_graph.service("d", [], {}),
			fake_graph.service("d", [], {"id": "twice"}),
			fake_graph.service("cloud", ["hyperscaler"], {}),
		],
		[],
	)
	solution.parts == {"a", "b", "c", "d"} with input as facts
	solution.shares == {"Firm": {"a"}, "Other": {"c"}, "Provider": {"d"}} with input as facts
}

_around(hub, joints) := fake_graph.drawn(
	[hub, fake_graph.custom("a", {}), fake_graph.custom("b", {}), fake_graph.known("db", true, {"kind": "database"})],
	joints,
)

test_a_hub_joins_applications if {
	bus := fake_graph.known("bus", false, {"kind": "queue"})
	joints := [fake_graph.edge("a", "bus", {}), fake_graph.edge("b", "bus", {}), fake_graph.edge("bus", "db", {})]
	facts := _around(bus, joints)
	[hub.id | some hub in solution.hubs] == ["bus"] with input as facts
	solution.neighbours.bus == {"a", "b", "db"} with input as facts

	# They talk without it, too.
	count(solution.hubs) == 0 with input as _around(bus, array.concat(joints, [fake_graph.edge("a", "b", {})]))

	# Whatever speaks the protocol takes its place.
	count(solution.hubs) == 0 with input as _around(bus, [fake_graph.open("a", "bus", {}), fake_graph.open("b", "bus", {})])

	# A database at one application is no part of its own.
	count(solution.hubs) == 0 with input as _around(bus, [fake_graph.edge("a", "bus", {}), fake_graph.edge("bus", "db", {})])

	# Open source may stay, and services are LI-01's.
	count(solution.hubs) == 0 with input as _around(fake_graph.known("bus", true, {}), joints)
	count(solution.hubs) == 0 with input as _around(fake_graph.service("bus", ["managed_messaging"], {}), joints)
}

test_lists_name_a_product_once if {
	solution.listed([fake_graph.known("db", true, {"id": "one"}), fake_graph.known("db", true, {"id": "two"}), fake_graph.component("app", {})]) == {
		"names": ["DB", "app"],
		"count": 2,
		"places": ["drawn.yaml, db", "drawn.yaml, db", "drawn.yaml, app"],
	}
}

test_a_long_list_is_cut if {
	names := [sprintf("name %d", [n]) | some n in numbers.range(1, 12)]
	cut := solution.cut(names)
	cut.count == 12
	array.slice(cut.names, 7, 9) == ["name 8", "…"]
	count(cut.names) == 9
}

# Whoever is called a gateway passes on, whatever the catalogue knows of it.
test_what_passes_on_exchanges_nothing if {
	facts := fake_graph.drawn([fake_graph.component("api-gateway", {}), fake_graph.custom("app", {})], [fake_graph.edge("api-gateway", "app", {})])
	count(solution.untold) == 0 with input as facts
}

# What is installed or listed may be a product; what somebody else published, is one.
test_products_that_the_catalogue_does_not_know if {
	facts := fake_graph.drawn(
		[
			fake_graph.component("drawn", {}),
			fake_graph.component("chart", {"technology": "Helm chart", "version": "1.0", "sources": ["helm"]}),
			fake_graph.component("local-chart", {"technology": "Helm chart", "sources": ["helm"]}),
			fake_graph.component("module", {"sources": ["terraform"]}),
			fake_graph.component("public", {"image": "ghcr.io/somebody/public:1"}),
			fake_graph.component("registry", {"image": "123.dkr.ecr.eu-central-1.amazonaws.com/app:1"}),
			fake_graph.component("variable", {"image": "${REGISTRY}/app"}),
			fake_graph.custom("built", {"image": "ghcr.io/somebody/built:1"}),
		],
		[],
	)
	unknown := {component.id | some component in solution.unknown} with input as facts
	unknown == {"chart", "module", "public", "registry", "variable"}
	foreign := {component.id | some component in solution.foreign} with input as facts
	foreign == {"public"}
}

# What an authority offers to all is somebody else's; how it is spoken to counts all the
# same.
test_a_public_service_is_somebody_elses if {
	facts := fake_graph.drawn([fake_graph.custom("portal", {}), fake_graph.known("bundid", false, {"tags": ["public"]})], [fake_graph.open("portal", "bundid", {})])
	object.keys(solution.own) == {"portal"} with input as facts
	count(solution.open) == 1 with input as facts
}

test_in_a_data_centre_of_ones_own if {
	node := fake_graph.component("node", {"kind": "platform", "technology": "Rechenzentrum"})
	app := fake_graph.custom("app", {})
	solution.in_own_data_centre with input as fake_graph.drawn([node, app], [])
	every others in [[app], [object.union(node, {"technology": "Linux"}), app], [node, fake_graph.service("queue", ["managed_messaging"], {})]] {
		not solution.in_own_data_centre with input as fake_graph.drawn(others, [])
	}
}

# What stands beside such an offer in a frame belongs to whoever offers it, unless something
# of one's own stands there too.
test_a_frame_around_a_public_service_is_somebody_elses if {
	box := fake_graph.component("mail", {"kind": "system", "within": "agency"})
	offer := fake_graph.known("login", false, {"tags": ["public"], "within": "agency"})
	elsewhere := fake_graph.component("store", {"kind": "system", "within": "here"})
	object.keys(solution.own) == {"store"} with input as fake_graph.drawn([box, offer, elsewhere], [])
	object.keys(solution.own) == {"mail", "portal", "store"} with input as fake_graph.drawn([box, offer, elsewhere, fake_graph.custom("portal", {"within": "agency"})], [])
}

# Where no file draws who asks it, what a service offers tells how it is reached.
test_a_service_that_offers_an_open_protocol_has_a_port if {
	facts := fake_graph.drawn(
		[fake_graph.service("zone", ["managed_service"], {}), fake_graph.service("vault", ["managed_service"], {})],
		[
			object.remove(fake_graph.open("app", "zone", {"protocol": "dns", "term": "dns"}), ["from"]),
			object.remove(fake_graph.open("app", "vault", {"protocol": "https", "term": "http_standard"}), ["from"]),
		],
	)
	{service.id: solution.port(service) | some service in solution.services} == {"zone": "open"} with input as facts
}

# How a provider's services are reached, LI-01 asks; what an authority offers to all, it
# describes for all.
test_what_is_asked_elsewhere_is_not_untold if {
	facts := fake_graph.drawn(
		[
			fake_graph.custom("app", {}),
			fake_graph.service("queue", ["managed_messaging"], {}),
			fake_graph.known("one_login", false, {"tags": ["public"]}),
			fake_graph.component("register", {"external": true}),
		],
		[
			fake_graph.edge("app", "queue", {"kind": "events"}),
			fake_graph.edge("app", "one_login", {}),
			fake_graph.edge("one_login", "app", {}),
			fake_graph.edge("app", "register", {}),
		],
	)
	[edge.to | some edge in solution.untold] == ["register"] with input as facts
}

# Where texts alone tell of a solution, what they name are its parts; a service is asked about
# at its place in the text.
test_what_texts_alone_name_is_a_part if {
	told := [
		fake_graph.known("broker", true, {"sources": ["text"]}),
		fake_graph.known("bucket", false, {"sources": ["text"], "hosting": "cloud"}),
		fake_graph.custom("module", {"sources": ["asciidoc"]}),
	]
	object.keys(solution.own) == {"broker", "module"} with input as fake_graph.drawn(told, [])
	drawn := array.concat(told, [fake_graph.custom("app", {})])
	object.keys(solution.own) == {"app", "module"} with input as fake_graph.drawn(drawn, [])
}

# Calls of what is built here over HTTP are told; those of a product are not.
test_calls_of_what_is_built_here_are_told if {
	parts := [fake_graph.custom("api", {}), fake_graph.component("shop", {}), fake_graph.component("app", {"kind": "client"})]
	edges := [fake_graph.edge("app", to, changes) |
		some to in ["api", "shop"]
		some changes in [
			{"id": concat("-", [to, "rest"]), "protocol": "REST API"},
			{"id": concat("-", [to, "http"]), "term": "http_standard", "standard": "HTTP", "open": true},
			{"id": concat("-", [to, "get"]), "name": "GET /api/rooms"},
			{"id": concat("-", [to, "sync"]), "name": "synchronises"},
		]
	]
	{edge.id | some edge in solution.untold} == {"api-sync", "shop-rest", "shop-http", "shop-get", "shop-sync"} with input as fake_graph.drawn(parts, edges)
}

# A database that offers its provider's interface beside that of its engine is asked about.
test_a_closed_way_beside_an_open_one if {
	service := fake_graph.service("db", ["managed_database"], {})
	open := object.remove(fake_graph.open("", "db", {}), ["from"])
	solution.port(service) == "open" with input as fake_graph.drawn([service], [open])
	closed := object.remove(fake_graph.closed("", "db", {}), ["from"])
	not solution.port(service) with input as fake_graph.drawn([service], [open, closed])
}

# Looking up a name exchanges nothing.
test_names_of_hosts_are_no_exchange if {
	parts := [fake_graph.custom("app", {}), fake_graph.service("zone", ["managed_service"], {})]
	facts := fake_graph.drawn(parts, [fake_graph.open("app", "zone", {"term": "dns", "protocol": "dns", "standard": "DNS"})])
	count(solution.open) == 0 with input as facts
	count(solution.untold) == 0 with input as facts
	solution.port(parts[1]) == "open" with input as facts
}
