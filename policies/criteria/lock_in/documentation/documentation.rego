# METADATA
# title: Documentation and knowledge transfer
# description: Documents for operation, administration, development and the data model are due, with training and handover, so that a skilled third party could take over.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: http://www.it-rechts-praxis.de/vertraege/EVB-IT-System-3/17
#     description: "EVB-IT System, Nr. 17 (gelesen in einer undatierten Fassung, vermutlich vor der Überarbeitung 2026)"
#   - ref: https://arxiv.org/html/2409.01118v1
#     description: "Studie zu weichem Lock-in in Kommunen, schlechte Dokumentation als Ursache (2024)"
# custom:
#   id: LI-08
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
#   contract_source: http://www.it-rechts-praxis.de/vertraege/EVB-IT-System-3/17
package policies.criteria.lock_in.documentation

import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.kind
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := "met" if {
	_documents == "met"
	_transfer == "met"
} else := _documents if {
	_architecture
	not _transfer
} else := _documents if {
	_installed
	not _transfer
} else := _documents if {
	kind.granted
} else := "partly" if {
	some half in {"met", "partly"}
	half in {part | some part in _parts}
} else := "not_met" if {
	count(_parts) > 0
}

_parts contains _documents

_parts contains _transfer

_parts contains "partly" if _handover_only

_documents := _documentation

_documentation := rate.topic(input.topics.documentation)

# Single documents help whoever takes over, but are no documentation.
_documents := "partly" if {
	not _documentation
	count(_mentioned) > 0
}

_mentioned := topic.weak(input.topics.documents_mentioned)

_transfer := rate.topic(input.topics.knowledge_transfer)

evidence contains hit.evidence if some hit in topic.binding(input.topics.documentation)

evidence contains hit.evidence if some hit in _mentioned

evidence contains hit.evidence if some hit in topic.binding(input.topics.knowledge_transfer)

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	deal.complete
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _papers_place
	_due
}

# Software that comes to the buyer is taken over by somebody some day.
_due if {
	deal.commissioned
	not _architecture
}

_due if {
	deal.data_at_buyer
	not _architecture
	not _installed
}

# Of documents, only those of an interface are asked for, or in words that leave open which.
findings contains result.unsure(rego.metadata.chain(), "mentioned", _papers_place, {}) if {
	not rating
	not deal.complete
	_due
}

_papers_place := place if {
	place := passage.first(input.topics.interface_documentation)
} else := passage.first([hit |
	some hit in input.topics.papers_named
	regex.match(`(?i)dokumentation|documentation|handb[uü]|manual`, hit.evidence.quote)
])

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_documents == "partly"
	some hit in topic.half_hearted(input.topics.documentation)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	_documents == "partly"
	some hit in topic.options(input.topics.documentation)
}

findings contains result.unsure(rego.metadata.chain(), "mentioned", place, {}) if {
	not _documentation
	place := passage.first(input.topics.documents_mentioned)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.documentation)
}

findings contains result.finding(rego.metadata.chain(), "no_training", hit.evidence, {}) if {
	not kind.granted
	some hit in topic.risk(input.topics.knowledge_transfer)
}

findings contains result.finding(rego.metadata.chain(), "weak_transfer", hit.evidence, {}) if {
	_transfer == "partly"
	some hit in topic.weak(input.topics.knowledge_transfer)
}

findings contains result.finding(rego.metadata.chain(), "no_transfer", _documents_place, {}) if {
	_documents in {"met", "partly"}
	not _transfer
	not _handover_only
	not _installed
	not _architecture
	not kind.granted
}

# Whoever draws a solution trains nobody.
_architecture if input.dossier.kind.value == "architecture"

# A program that its users install on their machines is handed over with its papers.
_installed if {
	deal.delivered_once
	interface.standalone
}

_documents_place := passage.first(input.topics.documentation)

# The handover to a successor is agreed, training of the authority's staff is not.
findings contains result.finding(rego.metadata.chain(), "handover_only", _handover, {}) if {
	_documentation in {"met", "partly"}
	_handover_only
}

_handover := passage.first([hit | some hit in input.topics.transition_support; hit.polarity == "met"])

_handover_only if {
	_handover
	_documents
	not _transfer
}

findings contains result.finding(rego.metadata.chain(), "no_documentation", passage.first(input.topics.knowledge_transfer), {}) if {
	_transfer in {"met", "partly"}
	not _documents
}
