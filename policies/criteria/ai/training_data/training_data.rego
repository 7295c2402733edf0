# METADATA
# title: Training data provenance
# description: A data sheet says where the training data come from, under which licences, and what they contain.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
#     description: "KI-Verordnung (EU) 2024/1689, Art. 53 Abs. 1 Buchst. d, Zusammenfassung der Trainingsinhalte (anwendbar seit 2. August 2025)"
#   - ref: https://opensource.org/ai/open-source-ai-definition
#     description: "Open Source AI Definition 1.0 (28. Oktober 2024)"
#   - ref: https://datenrecht.ch/en/mustervertragsklauseln-fuer-die-ki-beschaffung-durch-oeffentliche-organisationen/
#     description: "EU-Musterklauseln für die Beschaffung von KI, MCC-AI (5. März 2025, Erläuterung), Datensätze"
# custom:
#   id: AI-05
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.training_data

import data.policies.lib.ai
import data.policies.lib.drawn
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.worst(_shown)

_shown contains rate.topic(input.topics.training_data)

_shown contains _models

# That data are not public does not say that nothing is told of them: of that, the files
# say nothing.
_models := "met" if {
	count(ai.models) > 0
	every model in ai.models { model.parts.data == "open" }
}

evidence contains hit.evidence if some hit in topic.binding(input.topics.training_data)

evidence contains ai.place(model) if {
	some model in ai.models
	model.parts.data == "open"
}

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
	some hit in topic.half_hearted(input.topics.training_data)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.training_data)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.training_data)
