# METADATA
# title: Used licences allowed
# description: >-
#   Licences may be second-hand. Proof that the right of distribution is exhausted may be
#   demanded; silence shuts nobody out.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.reguvis.de/xaver/vergabeportal/start.xav?start=%2F%2F*%5B%40attr_id%3D%27vergabeportal_xav_id_23619%27%20and%20%40outline_id%3D%27vergabeportal_Entscheidungen%27%5D
#     description: "VK Westfalen, 1. März 2016, VK 1-02/16: Beschränkung auf Neulizenzen und Registrierung im Volumenprogramm (zu § 8 EG VOL/A)"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 6 VgV: Produktneutralität (Fassung vor dem 1. Juli 2026)"
# custom:
#   id: NE-10
#   kind: B
#   weight: 4
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.used_licences

import data.policies.lib.demand
import data.policies.lib.kind
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.topic(input.topics.used_licences) if {
	_spoken_of
} else := "met" if {
	_bought
}

evidence := {hit.evidence | some hit in topic.binding(input.topics.used_licences)}

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "no_licences" if {
	demand.read
	not rating
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.used_licences)
}

_spoken_of if some _ in topic.binding(input.topics.used_licences)

_bought if kind.sold_on

# Licences are bought where the dossier says how they are counted.
_bought if some _ in topic.binding(input.topics.licence_metric)
