# METADATA
# title: Made-up architectures
# description: Components, interfaces and the facts of a dossier that draws them, for tests.
package policies.lib.fake_graph

import data.policies.lib.fake

# drawn gives facts of a dossier with components and interfaces.
drawn(components, interfaces) := object.union(fake.facts, {"components": components, "interfaces": interfaces})

# with_text adds them to facts that a text gave.
with_text(facts, components, interfaces) := object.union(facts, {"components": components, "interfaces": interfaces})

# component is one that a file names and the catalogue does not know, with other values
# for some keys.
component(id, changes) := object.union(
	{
		"id": id,
		"name": id,
		"kind": "application",
		"external": false,
		"custom": false,
		"sources": ["compose"],
		"evidence": [place(id)],
	},
	changes,
)

# custom is a component that is built for the solution.
custom(id, changes) := component(id, object.union({"custom": true, "hosting": "self"}, changes))

# known is one that the catalogue knows.
known(id, open, changes) := component(id, object.union({"term": id, "product": upper(id), "vendor": "Firm", "open": open, "hosting": "self", "tags": []}, changes))

# service is one that a provider operates.
service(id, tags, changes) := known(id, false, object.union({"hosting": "cloud", "provider": "Provider", "tags": tags, "sources": ["terraform"]}, changes))

# edge leads from one component to another, with other values for some keys.
edge(from, to, changes) := object.union(
	{
		"id": concat(" ", [from, to]),
		"from": from,
		"to": to,
		"kind": "api",
		"writes": false,
		"evidence": [place(concat("-", [from, to]))],
	},
	changes,
)

# open and closed are edges whose protocol is openly specified, or one firm's.
open(from, to, changes) := edge(from, to, object.union({"protocol": "amqp", "standard": "AMQP", "term": "amqp", "open": true}, changes))

closed(from, to, changes) := edge(from, to, object.union({"protocol": "oracle", "standard": "Oracle Net", "term": "oracle_net", "open": false}, changes))

# specified is an interface that a file describes, with other values for some of the
# specification's keys.
specified(to, changes) := {
	"id": concat(" ", [to, "specification"]),
	"to": to,
	"kind": "api",
	"writes": true,
	"operations": 10,
	"specification": object.union({"format": "openapi", "path": "openapi.yaml", "versioned": true, "version": "1.2.0", "described": 10}, changes),
	"evidence": [place(to)],
}

# place is where something is drawn.
place(id) := {"path": "drawn.yaml", "line": 1, "place": sprintf("drawn.yaml, %s", [id]), "quote": id}
