# METADATA
# title: Rights in fine-tuning
# description: Adapters, weights, prompts and labels that are made for the buyer belong to it and are handed over.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://datenrecht.ch/en/mustervertragsklauseln-fuer-die-ki-beschaffung-durch-oeffentliche-organisationen/
#     description: "EU-Musterklauseln für die Beschaffung von KI, MCC-AI (5. März 2025, Erläuterung), Rechte an Datensätzen und Übergabe"
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Bindung durch Anpassung"
# custom:
#   id: AI-06
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.tuning_rights

import data.policies.lib.ai
import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.topic(input.topics.tuning_rights)

evidence contains hit.evidence if some hit in topic.binding(input.topics.tuning_rights)

not_applicable := ai.absent if {
	not ai.applies
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "no_tuning" if {
	not rating
	not _place
}

# What is left to the supplier is asked for as well: it may do it.
_place := passage.first(input.topics.fine_tuning)

# Who tunes a model on its own machines has what comes of it.
findings contains passage.missing_at(rego.metadata.chain(), _place) if {
	not rating
	not deal.buyer_operates
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(input.topics.tuning_rights)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.tuning_rights)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.tuning_rights)
