# METADATA
# title: Certificates and partner status
# description: Bidders need no partner status or certificate of a maker, or may prove their skill otherwise.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.rehm-verlag.de/vergaberecht/aktuelle-beitraege-zum-vergaberecht/produktvorgabe-aus-dem-lehrbuch
#     description: "rehm: OLG Düsseldorf zu Produktvorgabe und Partnerstatus"
#   - ref: https://arxiv.org/html/2409.01118v1
#     description: "Studie zu weichem Lock-in: einschränkende Qualifikationsanforderungen"
#   - ref: https://www.gesetze-im-internet.de/gwb/__122.html
#     description: "§ 122 GWB: Eignung, Verbindung zum Auftragsgegenstand und Verhältnismäßigkeit"
# custom:
#   id: NE-05
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.partner_status

import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result

# Of what else is asked of bidders, their size or a certificate by a neutral norm, nothing
# can be told here.
rating := rate.worst(_ratings)

evidence := {hit.evidence | some hit in _hits} | {mention.evidence | some mention in _certificates}

# Silence on conditions for bidders is no merit.
not_applicable := "no_conditions" if {
	not rating
	count(_conditions) == 0
}

findings contains result.finding(rego.metadata.chain(), polarity, hits[0].evidence, _listed(hits)) if {
	some polarity in ["risk", "weak"]
	some hits in _by_document([hit | some hit in _hits; hit.polarity == polarity; _certain(hit)])
}

findings contains result.unsure(rego.metadata.chain(), polarity, hits[0].evidence, _listed(hits)) if {
	some polarity in ["risk", "weak"]
	some hits in _by_document([hit | some hit in _hits; hit.polarity == polarity; not _certain(hit)])
}

# A document that says the same of several roles says it once.
_by_document(hits) := [run.values | some run in group.runs([[hit.evidence.path, hit] | some hit in hits])]

_listed(hits) := {"count": count(hits), "places": place.listed(hits)}

findings contains result.finding(rego.metadata.chain(), "certificate", mention.evidence, {"certificate": mention.name}) if {
	some mention in _certificates
	_polarity(mention) == "risk"
}

findings contains result.unsure(rego.metadata.chain(), "certificate", mention.evidence, {"certificate": mention.name}) if {
	some mention in _certificates
	_polarity(mention) == "weak"
}

_ratings contains _ratings_of[hit.polarity] if {
	some hit in _hits
	_certain(hit)
}

_ratings contains _doubtful_ratings_of[hit.polarity] if {
	some hit in _hits
	not _certain(hit)
}

_ratings contains _ratings_of[_polarity(mention)] if some mention in _certificates

_ratings_of := {"met": "met", "weak": "partly", "risk": "not_met"}

# What may be no demand at all cannot miss the criterion.
_doubtful_ratings_of := {"met": "met", "weak": "partly", "risk": "partly"}

# Bare words bind where they stand among the conditions for bidders or name a
# maker's certificate.
_certain(hit) if hit.modality != "none"

_certain(hit) if hit.role == "staff_skill"

_certain(hit) if hit.clause in _maker_clauses

# Conditions for bidders often stand among the skills of their staff.
_binding(fact) if fact.role == "staff_skill"

_binding(fact) if rate.binding(fact)

# A certificate of an organisation by a neutral standard is no partner status.
_hits contains hit if {
	some hit in input.topics.partner_status
	_binding(hit)
	not _neutral(hit)
}

_neutral(hit) if {
	hit.clause in _neutral_clauses
	not hit.clause in _maker_clauses
}

_neutral_clauses contains mention.clause if some mention in input.mentions.standard

_neutral_clauses contains mention.clause if {
	some mention in input.mentions.certificate
	not _by_maker(mention)
}

_maker_clauses contains mention.clause if {
	some mention in input.mentions.certificate
	_by_maker(mention)
}

_by_maker(mention) if {
	some tag in mention.tags
	tag in {"vendor_partner_level", "vendor_certificate"}
}

# Makers' certificates named in clauses that the topic does not judge already.
_certificates contains mention if {
	some mention in input.mentions.certificate
	_by_maker(mention)
	_binding(mention)
	not mention.negated
	not mention.clause in {hit.clause | some hit in _hits}
}

_polarity(mention) := "met" if {
	mention.equivalent
} else := "risk" if {
	mention.modality == "must"
	demand.certain(mention)
} else := "weak"

_conditions := [hit |
	some hit in input.topics.bidder_restriction
	_binding(hit)
]
