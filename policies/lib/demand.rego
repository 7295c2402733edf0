# METADATA
# title: Demanded products
# description: Which products a dossier demands. What is in use, is to be connected, is an example or somebody's skill is no demand.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.demand

import data.policies.lib.place
import data.policies.lib.rate

# products lists the demanded products, cloud services and AI models, each kind
# in the order of the documents. Open-source products are products too.
products := array.concat(array.concat(_products, _cloud_services), _ai_models)

_products := [mention | some mention in input.mentions.product; demands(mention)]

_cloud_services := [mention | some mention in input.mentions.cloud_service; demands(mention)]

_ai_models := [mention | some mention in input.mentions.ai_model; demands(mention)]

# A mention demands where its sentence does and is not turned round.
demands(mention) if {
	mention.role == "requirement"
	not mention.negated
}

# Programming languages, frameworks and the like: a technology rather than a product.
technology(mention) if "technology" in mention.tags

# A demand is certain where a product is named outright. Services that the state
# runs for everybody, optional wording and bare names in an annex are better asked about.
certain(mention) if {
	not technology(mention)
	not _public(mention)
	mention.modality != "may"
	not _aside(mention)
}

_public(mention) if "public" in mention.tags

_aside(mention) if {
	mention.modality == "none"
	mention.evidence.path in _annexes
}

_annexes contains document.path if {
	some document in input.documents
	document.role == "annex"
}

# justified says that reasons stand in the mention's own sentence or section.
justified(mention) if _stands_in(mention, _reasons)

# thinly_justified says that a reason stands there, but hardly more than a word.
thinly_justified(mention) if _stands_in(mention, _thin_reasons)

# justified_somewhere says that the dossier gives reasons for some product.
justified_somewhere if count(_reasons) > 0

_reasons contains spot if {
	some hit in input.topics.product_justification
	hit.polarity == "met"
	rate.binding(hit)
	some spot in place.of(hit)
}

_thin_reasons contains spot if {
	some hit in input.topics.product_justification
	hit.polarity == "weak"
	rate.binding(hit)
	some spot in place.of(hit)
}

_stands_in(mention, spots) if {
	some spot in place.of(mention)
	spot in spots
}

# read says that there is a document in which products could be demanded.
read if {
	some document in input.documents
	document.role != "architecture"
	document.clauses > 0
}
