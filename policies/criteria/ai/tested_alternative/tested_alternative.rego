# METADATA
# title: Tested alternative
# description: A set of test cases is run on at least two models, one of them openly licensed.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Austauschbarkeit der Modelle und kurze Modellzyklen"
# custom:
#   id: AI-02
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.tested_alternative

import data.policies.lib.ai
import data.policies.lib.drawn
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# That files name two models does not show that they were compared.
rating := rate.topic(input.topics.model_comparison)

evidence contains hit.evidence if some hit in topic.binding(input.topics.model_comparison)

not_applicable := ai.absent if not ai.applies

# Asked where it is told which model is used.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	ai.sure
	ai.known
	not drawn.alone
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(input.topics.model_comparison)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.model_comparison)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.model_comparison)
