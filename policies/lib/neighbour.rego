# METADATA
# title: Neighbours
# description: Systems that the documents name as those that the solution exchanges data with, in whatever words.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.neighbour

import data.policies.lib.interface

# named lists them in the order of the documents. What users copy from or open a page in
# is none, nor where the code is kept.
named := [mention |
	some kind in ["product", "cloud_service"]
	some mention in input.mentions[kind]
	mention.role == "integration_target"
	not mention.negated
	not _of_users(mention)
]

_of_users(mention) if {
	some tag in mention.tags
	tag in {"office", "browser", "operating_system", "mobile", "saas_development", "technology"}
}

# undescribed leaves out those that describe their interfaces for everybody: open source,
# services that anybody can subscribe to, and what the state runs for all.
undescribed := [mention |
	some mention in named
	mention in input.mentions.product
	mention.open == false
	not _public(mention)
	not mention.clause in _sign_on
]

# By which standard one signs on there, IF-09 asks.
_sign_on := {hit.clause | some hit in input.topics.standard_identity}

_public(mention) if {
	some tag in mention.tags
	tag in {"dev_tool", "public"}
}

# public are the clauses on services that anybody can subscribe to or get at: these describe
# their interfaces for everybody.
public := {service.clause | some service in input.mentions.cloud_service} | {hit.clause | some hit in interface.public}

# priced says that somebody prices by the paper in which a fact stands: nobody does so by what
# a text on the architecture draws.
priced(fact) if not fact.evidence.path in _drawings

_drawings := {document.path | some document in input.documents; document.role == "architecture"}
