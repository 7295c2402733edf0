# METADATA
# title: Escrow
# description: >-
#   The source code of closed software that the buyer depends on is deposited with a
#   neutral body, with release events and verification. EVB-IT templates deposit only what
#   was agreed.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: http://www.it-rechts-praxis.de/vertraege/EVB-IT-Systemlieferungs-AGB-2/16
#     description: "EVB-IT Systemlieferung, Ziffer 16: Hinterlegung nur, wenn vereinbart (undatierte Abschrift; in der Fassung von 2026 zu prüfen)"
#   - ref: https://lawinsider.com/de/clause/quellcode%C3%BCbergabe-und-quellcodehinterlegung/_1
#     description: "EVB-IT Erstellung, Ziffer 17: Hinterlegung nur, wenn vereinbart (undatierte Abschrift; in der Fassung von 2026 zu prüfen)"
# custom:
#   id: CE-09
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.escrow

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.evb_it
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.polarities(_polarities)

_polarities contains "weak" if {
	_deposited
	not _terms
}

_polarities contains "met" if {
	_deposited
	_terms
}

_polarities contains "weak" if some _ in topic.weak(input.topics.escrow)

_polarities contains "risk" if some _ in topic.risk(input.topics.escrow)

_deposited if some _ in topic.met(input.topics.escrow)

# Release events or a verification.
_terms if some _ in topic.met(input.topics.escrow_terms)

evidence contains hit.evidence if some hit in topic.binding(input.topics.escrow)

evidence contains hit.evidence if {
	_deposited
	some hit in topic.met(input.topics.escrow_terms)
}

# Who has the source code, or gets the data out of a service, needs no deposit.
not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "source_code_handed_over" if {
	_handed_over
	not _deposited
} else := "service_with_export" if {
	input.dossier.service_model.value == "saas"
	some _ in topic.met(input.topics.data_export)
	not rating
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

_handed_over if {
	some _ in topic.met(input.topics.source_code)
	count(topic.risk(input.topics.source_code)) == 0
}

_handed_over if some _ in topic.met(input.topics.open_source_publication)

_handed_over if {
	some template in evb_it.settled("source_code")
	template.id == "evb_it_erstellung"
	count(evb_it.deviations) == 0
}

# What is bought ready-made may be open or of no weight; only a contract that is here
# can lack the clause.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	paper.contract_here
	count(_if_agreed) == 0
	not _assigned
}

# Where all that is made belongs to the buyer, its code is handed over: CE-06 asks for that.
_assigned if {
	deal.commissioned
	deal.own_code
}

_if_agreed := evb_it.if_agreed("escrow")

findings contains result.unsure(rego.metadata.chain(), "if_agreed", template.evidence, {"name": template.name}) if {
	not rating
	some template in _if_agreed
}

findings contains result.finding(rego.metadata.chain(), "deposit_only", passage.first([hit | some hit in input.topics.escrow; hit.polarity == "met"]), {}) if {
	_deposited
	not _terms
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	not _deposited
	some hit in topic.half_hearted(input.topics.escrow)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	not _deposited
	some hit in topic.options(input.topics.escrow)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.escrow)
}
