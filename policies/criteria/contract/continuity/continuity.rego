# METADATA
# title: Continuity
# description: The contract says what happens on insolvency, change of control, the end of a product and the loss of a subcontractor.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://commission.europa.eu/document/download/09579818-64a6-4dd5-9577-446ab6219113_en
#     description: "EU Cloud Sovereignty Framework 1.2.1 (10/2025), SOV-1 und SOV-4: Eigentümerwechsel, Fortbestand des Betriebs"
# custom:
#   id: CE-11
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.continuity

import data.policies.lib.deal
import data.policies.lib.paper
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.polarities(_polarities)

_polarities contains "met" if {
	count(_settled) > 0
	count(_lacking) == 0
}

_polarities contains "weak" if count(_settled) > 0

_polarities contains "weak" if count(_good) > 0

_polarities contains hit.polarity if {
	some hit in _hits
	hit.polarity != "met"
}

# What may befall a supplier, in the order of words.
_events := ["insolvency", "change_of_control", "product_end", "subcontractor_loss"]

_hits contains hit if {
	some event in _events
	some hit in topic.binding(input.topics[event])
}

_hits contains hit if some hit in topic.binding(input.topics.continuity)

_good := topic.met(_hits)

_settled contains event if {
	some event in _events
	some _ in topic.met(input.topics[event])
}

# Subcontractors are named under headings on staff.
_settled contains "subcontractor_loss" if {
	some hit in input.topics.subcontractor_loss
	hit.polarity == "met"
	hit.role == "staff_skill"
}

_lacking := [event | some event in _events; not event in _settled]

evidence contains hit.evidence if some hit in _hits

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "purchase" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
} else := "short_term" if {
	deal.short_term
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	paper.contract_here
}

# Beside the first of the events that are settled.
findings contains result.finding(rego.metadata.chain(), "incomplete", _first, args) if {
	count(_lacking) > 0
	args := {"lacking": _lacking}
}

_first := [hit.evidence | some event in array.concat(_events, ["continuity"]); some hit in input.topics[event]; hit in _good][0]

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	count(_good) == 0
	some hit in _notices
}

_notices := {hit | some hit in topic.half_hearted(input.topics.change_of_control)}

# A right that the supplier may refuse.
findings contains result.finding(rego.metadata.chain(), "reserved", hit.evidence, {}) if {
	count(_good) == 0
	some hit in topic.half_hearted(_hits)
	not hit in _notices
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	count(_good) == 0
	some hit in topic.options(_hits)
	not hit.clause in _rights
}

# That the rights are left open in a sentence, CE-07 says.
_rights := {hit.clause | some hit in topic.options(input.topics.usage_rights)}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
