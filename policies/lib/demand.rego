# METADATA
# title: Demanded products
# description: Which products a dossier demands. What is in use, is to be connected, is an example or somebody's skill is no demand.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.demand

import data.policies.lib.topic

# products lists the demanded products, cloud services and AI models, each kind
# in the order of the documents. Open-source products are products too.
products := array.flatten([_products, _cloud_services, _ai_models])

_products := [mention | some mention in input.mentions.product; demands(mention)]

_cloud_services := [mention | some mention in input.mentions.cloud_service; demands(mention)]

_ai_models := [mention | some mention in input.mentions.ai_model; demands(mention)]

# A mention demands where its sentence does, is not turned round and leaves no choice.
# A name that the catalogue does not know may be anything: nothing is asked of it.
demands(mention) if {
	mention.term != ""
	mention.role == "requirement"
	mention.modality != "may"
	not mention.negated
}

# Programming languages, frameworks, tools of the project and the platforms that
# users bring along are technologies rather than products.
technology(mention) if {
	some tag in mention.tags
	tag in _technology_tags
}

_technology_tags := {"technology", "dev_tool", "saas_development", "browser", "operating_system", "mobile"}

# A demand is certain where the sentence obliges to a product. Asked are bare names,
# services that the state runs for everybody, sentences that deny
# something, and names of formats ("Excel format"), which another criterion judges.
certain(mention) if {
	mention.modality in {"must", "should"}
	not technology(mention)
	not _public(mention)
	not mention.clause in _format_clauses
	not input.clauses[mention.clause].negated
}

_public(mention) if "public" in mention.tags

_format_clauses := ({hit.clause | some hit in input.topics.proprietary_format} | {hit.clause | some hit in input.topics.open_formats}) | {hit.clause | some hit in input.topics.export_format}

# justified says that reasons stand in the mention's own sentence or section, or
# beside another mention of the same product.
justified(mention) if mention.term in _reasoned_terms

_reasoned_terms := _reasoned_in_sentence | _reasoned_in_section

# Most dossiers give no reasons: then no mention is looked at.
_reasoned_in_sentence := {mention.term |
	clauses := _reasons.clauses
	count(clauses) > 0
	some mention in _all
	mention.clause in clauses
}

_reasoned_in_section := {mention.term |
	sections := _reasons.sections
	count(sections) > 0
	some mention in _all
	[mention.evidence.path, mention.evidence.section] in sections
}

_all := array.flatten([
	[mention | some mention in input.mentions.product],
	[mention | some mention in input.mentions.cloud_service],
	[mention | some mention in input.mentions.ai_model],
])

# thinly_justified says that a reason stands there, but hardly more than a word.
thinly_justified(mention) if mention.clause in _thin_reasons.clauses

thinly_justified(mention) if [mention.evidence.path, mention.evidence.section] in _thin_reasons.sections

# justified_in_general says that the dossier gives reasons that belong to no passage:
# outside of any section, or in a document that demands no product itself.
justified_in_general if {
	some hit in topic.met(input.topics.product_justification)
	_general(hit)
}

_general(hit) if not hit.evidence.section

_general(hit) if not hit.evidence.path in _demanding_paths

_demanding_paths := {mention.evidence.path | some mention in products}

_reasons := _spots(topic.met(input.topics.product_justification))

_thin_reasons := _spots(topic.weak(input.topics.product_justification))

# Sentences and sections in which hits stand.
_spots(hits) := {
	"clauses": {hit.clause | some hit in hits},
	"sections": {[hit.evidence.path, hit.evidence.section] | some hit in hits},
}

# read says that there is a document in which products could be demanded.
read if {
	some document in input.documents
	document.role != "architecture"
	document.clauses > 0
}
