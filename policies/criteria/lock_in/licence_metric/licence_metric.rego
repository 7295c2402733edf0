# METADATA
# title: Licence metric
# description: Licences are flat, for the organisation or concurrent, can be reduced, and cost nothing for indirect use.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; die Anforderung an die Lizenzmetrik ist ein eigener Vorschlag"
# custom:
#   id: LI-05
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.licence_metric

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.polarities({hit.polarity | some hit in _hits})

_hits contains hit if some hit in topic.binding(input.topics.licence_metric)

# That growth costs nothing does not tell the metric.
_hits contains hit if some hit in topic.weak(input.topics.licence_growth)

evidence contains hit.evidence if some hit in _hits

# An architecture buys nothing; software made for the authority is not licensed by
# use, and neither is what is delivered once without a word on licences.
not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "custom_software" if {
	deal.made_for_the_buyer
	not rating
} else := "open_source" if {
	_open_only
	not rating
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

# Of open-source software nobody counts users.
_open_only if {
	count(_demanded) > 0
	every mention in _demanded { mention.open }
}

_demanded := [mention |
	some mention in demand.products
	demand.certain(mention)
]

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	_due
}

_due if deal.complete

# Ready-made software that is rented, or of which licences or products are spoken of.
_due if {
	input.dossier.service_model.value == "saas"
	not deal.left_to_the_contract
}

_due if {
	input.dossier.service_model.value == "on-prem"
	not deal.left_to_the_contract
	_licensed
}

_licensed if some _ in topic.binding(input.topics.used_licences)

_licensed if count(_demanded) > 0

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(input.topics.licence_metric)
}

findings contains result.unsure(rego.metadata.chain(), "growth", place, {}) if {
	not _metric
	place := passage.first(input.topics.licence_growth)
}

_metric if some _ in topic.binding(input.topics.licence_metric)

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.licence_metric)
}
