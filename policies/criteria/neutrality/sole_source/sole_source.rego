# METADATA
# title: Sole source proven
# description: >-
#   Where only one company is asked, a check of the market shows that there is no
#   reasonable alternative and that the demand was not cut to fit.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__14.html
#     description: "§ 14 Abs. 4 Nr. 2 und Abs. 6 VgV: kein Wettbewerb aus technischen Gründen, nur ohne vernünftige Alternative (Fassung vor dem 1. Juli 2026; spätere Änderungen nicht geprüft)"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__28.html
#     description: "§ 28 VgV: Markterkundung (Fassung vor dem 1. Juli 2026)"
#   - ref: https://vergabevorschriften.de/uvgo/8
#     description: "§ 8 Abs. 4 UVgO: Verhandlungsvergabe, wenn nur ein bestimmtes Unternehmen in Betracht kommt (Landesrecht und Wertgrenzen können abweichen)"
# custom:
#   id: NE-08
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.sole_source

import data.policies.lib.demand
import data.policies.lib.law
import data.policies.lib.place
import data.policies.lib.result
import data.policies.lib.topic

rating := "met" if {
	count(_proven) > 0
} else := "not_met" if {
	count(_asserted) > 0
	not _mild
} else := "partly" if {
	_claimed
} else := "partly" if {
	count(demand.limited | demand.additional) > 0
}

evidence := {hit.evidence | some hit in (((_proven | demand.limited) | demand.additional) | (_asserted | _believed))}

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "competition" if {
	demand.read
	not rating
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, law.version) if {
	rating == "not_met"
	some hit in _asserted
}

findings contains result.unsure(rego.metadata.chain(), "risk", hit.evidence, law.version) if {
	rating == "partly"
	some hit in _asserted
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, law.version) if {
	rating in {"partly", "not_met"}
	some hit in _believed
}

# That only one make, or some sources, are asked is an exception that has to be shown. Of
# several places the first is quoted.
findings contains result.unsure(rego.metadata.chain(), "limited", spots[0].evidence, object.union(law.version, {"count": count(spots), "places": place.listed(spots)})) if {
	rating == "partly"
	not _claimed
	spots := [hit | some hit in input.topics.limited_sources; hit in demand.limited]
	count(spots) > 0
}

findings contains result.unsure(rego.metadata.chain(), "additional", spots[0].evidence, object.union(law.version, {"count": count(spots), "places": place.listed(spots)})) if {
	rating in {"partly", "not_met"}
	spots := [hit | some hit in input.topics.additional_supplies; hit in demand.additional]
	count(spots) > 0
}

_claimed if count(_asserted) + count(_believed) > 0

# A result of the survey that goes with the law it follows is one all the same.
_proven := topic.met(input.topics.sole_source) | {hit | some hit in input.topics.sole_source; hit.polarity == "met"; hit.role == "citation"}

_believed := topic.weak(input.topics.sole_source)

# Where more is bought of the first supplier by the exception for that, alternatives are not what matters.
_asserted := {hit | some hit in topic.risk(input.topics.sole_source); not hit.clause in _of_additional}

_of_additional := {hit.clause | some hit in demand.additional}

# Reasons without a check of the market are half of it.
_mild if some _ in topic.met(input.topics.product_justification)

_mild if count(_believed) > 0

# Below the threshold small orders need no such proof; of their limits the documents
# tell nothing.
_mild if input.dossier.regime.value == "uvgo"

# Bids that are weighed against each other are those of several.
_mild if {
	some criterion in input.award_criteria
	criterion.weight > 0
}
