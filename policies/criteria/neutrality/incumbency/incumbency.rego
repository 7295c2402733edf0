# METADATA
# title: Incumbency
# description: >-
#   No experience with the system in use today is demanded or scored without reasons, and
#   whoever bids knows of it what the present supplier knows.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/gwb/__97.html
#     description: "§ 97 Abs. 1 und 2 GWB: Wettbewerb, Transparenz und Gleichbehandlung (für die Grundsätze ist keine Änderung zum 1. Juli 2026 bekannt)"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__7.html
#     description: "§ 7 VgV: Mitwirkung an der Vorbereitung des Vergabeverfahrens (Fassung vor dem 1. Juli 2026)"
#   - ref: https://guide.iacrc.org/red-flags-of-rigged-specifications/
#     description: "IACRC: Anzeichen zugeschnittener Leistungsbeschreibungen"
# custom:
#   id: NE-06
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.incumbency

import data.policies.lib.demand
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := "not_met" if {
	count(_certain) > 0
	count(_levelled) == 0
} else := "partly" if {
	count(_unreasoned) + count(_kept) > 0
} else := "met" if {
	count(_levelled) + count(_reasoned) > 0
}

evidence := {hit.evidence | some hit in (_of_advantage | _levelled)} | {hit.evidence | some hit in _kept}

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "not_demanded" if {
	demand.read
	not rating
}

findings contains result.finding(rego.metadata.chain(), hit.polarity, hit.evidence, {}) if {
	some hit in _unreasoned
	_sure(hit)
}

findings contains result.unsure(rego.metadata.chain(), hit.polarity, hit.evidence, {}) if {
	some hit in _unreasoned
	not _sure(hit)
}

# Data models and roles that are to go on are those of the present product. It is asked once.
findings contains result.unsure(rego.metadata.chain(), "model_kept", _kept[0].evidence, {})

# Such a sentence tells of what is there as well.
_kept := [hit |
	some hit in input.topics.existing_model_kept
	hit.polarity == "risk"
	rate.stated(hit)
	hit.modality in {"must", "should"}
	count(place.of(hit) & _places_of_reasons) == 0
]

# Experience that is demanded (risk) or wished for and scored (weak).
_of_advantage := {hit |
	some hit in input.topics.incumbency
	hit.polarity in {"risk", "weak"}
	rate.stated(hit)
}

# What levels the advantage.
_levelled := {hit |
	some hit in input.topics.incumbency
	hit.polarity == "met"
	rate.stated(hit)
}

_unreasoned := _of_advantage - _reasoned

_reasoned := {hit | some hit in _of_advantage; count(place.of(hit) & _places_of_reasons) > 0}

_places_of_reasons := {spot |
	some hit in (topic.met(input.topics.product_justification) | topic.weak(input.topics.product_justification))
	some spot in place.of(hit)
}

_certain := {hit | some hit in _unreasoned; hit.polarity == "risk"; _sure(hit)}

# Bare words may be no demand; among the skills and in what is scored they are one.
_sure(hit) if hit.modality in {"must", "should"}

_sure(hit) if hit.role == "staff_skill"

_sure(hit) if hit.polarity == "weak"
