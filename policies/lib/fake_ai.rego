# METADATA
# title: Made-up AI
# description: Models and the facts of a dossier that is about AI, for tests.
package policies.lib.fake_ai

import data.policies.lib.fake

# facts of a dossier that declares AI.
facts := fake.dossier({"ai": fake.declared(true)})

# papers are facts of one that holds its contract, too.
papers := object.union(fake.papers, {"dossier": {"ai": fake.declared(true)}})

# topic adds hits of a topic to them.
topic(id, polarities) := fake.topic_in(facts, id, polarities)

# topic_as does the same, with other values for the hits' keys.
topic_as(id, polarities, changes) := object.union(facts, {"topics": {id: [object.union(fake.hit(i, polarity), changes) | some i, polarity in polarities]}})

# option gives a hit of a topic that leaves it to the supplier.
option(id) := topic_as(id, ["weak"], {"modality": "may", "optional": true})

# trial makes a proof of concept of facts.
trial(known) := object.union(known, {"dossier": {"phase": fake.declared("poc")}})

# drawn gives facts of a dossier whose files show models.
drawn(models) := object.union(fake.facts, {"models": models})

# with_text gives facts with hits by topic, too.
with_text(models, hits) := object.union(drawn(models), {"topics": hits})

# model is one that a file names in line n, with other values for some keys.
model(n, changes) := object.union(
	{
		"id": sprintf("model-%d", [n]),
		"name": sprintf("model-%d", [n]),
		"configured": true,
		"evidence": [place(n)],
	},
	changes,
)

# vendors is a closed model that its provider answers for.
vendors(n, changes) := model(n, object.union({"product": "GPT-4o", "hosting": "service", "endpoint": "api.vendor.example", "provider": "Vendor", "open": false, "licence": "proprietary", "parts": parts("closed", "closed", "closed", "closed")}, changes))

# local is an open model on machines of one's own.
local(n, changes) := model(n, object.union({"product": "OLMo", "hosting": "self", "endpoint": "vllm", "open": true, "licence": "Apache-2.0", "parts": parts("open", "open", "open", "open")}, changes))

# parts says how open the parts of a model are.
parts(weights, code, material, licence) := {"weights": weights, "code": code, "data": material, "licence": licence}

# place is line n of a file of the architecture.
place(n) := {"path": "compose.yaml", "line": n, "place": sprintf("compose.yaml, line %d", [n]), "quote": sprintf("MODEL=%d", [n])}

# component is one that a file names, with other values for some keys.
component(id, changes) := object.union({"id": id, "name": id, "kind": "other", "external": false, "custom": false, "sources": ["compose"], "evidence": [place(9)]}, changes)

# library is a package that is made for what the catalogue calls term.
library(name, term, direct) := {"name": name, "term": term, "direct": direct, "licences": [], "evidence": place(8)}
