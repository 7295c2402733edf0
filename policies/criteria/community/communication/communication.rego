# METADATA
# title: Community communication
# description: >-
#   Where software is published, it is said which parts are one's own, which contributions
#   are wanted, and who decides on them.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/publiccodenet/standard
#     description: "Standard for Public Code: Beiträge willkommen heißen; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Empfehlung 6"
# custom:
#   id: MC-07
#   kind: B
#   weight: 4
#   stage: stable
#   owner: policy owners
package policies.criteria.community.communication

import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.topic(input.topics.community)

evidence := {hit.evidence | some hit in topic.binding(input.topics.community)}

not_applicable := "closed" if {
	not rating
	not _place_of_publication
}

# Put where publication is agreed, since nothing else calls for it, and once all papers
# are here: a recommendation is worth no question to whoever shows a part of them.
findings contains result.finding(rego.metadata.chain(), "no_plan", _place_of_publication, {}) if {
	not rating
	input.dossier.complete.value
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(input.topics.community)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.community)
}

_place_of_publication := passage.first([hit |
	some hit in input.topics.open_source_publication
	hit.polarity == "met"
])
