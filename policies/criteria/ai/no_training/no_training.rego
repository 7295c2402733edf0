# METADATA
# title: No training on our data
# description: The buyer's data, inputs and results are not used to train models.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datenhoheit der Städte Bonn und Münster (CC BY 4.0)"
#   - ref: https://datenrecht.ch/en/mustervertragsklauseln-fuer-die-ki-beschaffung-durch-oeffentliche-organisationen/
#     description: "EU-Musterklauseln für die Beschaffung von KI, MCC-AI (5. März 2025, Erläuterung), Nutzung der Daten"
# custom:
#   id: AI-09
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.no_training

import data.policies.lib.ai
import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.topic(input.topics.no_training)

evidence contains hit.evidence if some hit in topic.binding(input.topics.no_training)

not_applicable := ai.absent if {
	not ai.applies
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "self_hosted" if {
	ai.self_hosted
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	ai.sure
	not deal.contract_papers_lacking
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(input.topics.no_training)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.no_training)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.no_training)
