# METADATA
# title: AI artefacts portable
# description: Prompts, sources of embeddings, index, logs and test cases can be exported; the model's version is pinned, its end announced, and changes are budgeted.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), kurze Modellzyklen, Aufwand für Modellwechsel"
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 25, exportierbare Daten und digitale Vermögenswerte (anwendbar seit 12. September 2025)"
# custom:
#   id: AI-07
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.artefacts

import data.policies.lib.ai
import data.policies.lib.bound
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.polarities(_polarities)

# What can be taken along, and how the model changes: one is half of it.
_polarities contains "met" if {
	count(_export) > 0
	count(_version) > 0
}

_polarities contains "weak" if count(_export) + count(_version) > 0

_polarities contains hit.polarity if {
	some hit in _told
	hit.polarity != "met"
}

_export := {hit | some hit in topic.met(input.topics.ai_artefacts)}

_version := {hit | some hit in topic.met(input.topics.model_version)}

_told := _artefacts | _changes

_artefacts := {hit | some hit in topic.binding(input.topics.ai_artefacts)}

_changes := {hit | some hit in topic.binding(input.topics.model_version)}

evidence contains hit.evidence if some hit in _told

not_applicable := ai.absent if not ai.applies

# The terms of the contract settle it.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	ai.sure
	paper.contract_here
}

findings contains result.finding(rego.metadata.chain(), "version_open", passage.first(input.topics.ai_artefacts), {}) if {
	count(_export) > 0
	count(_changes) == 0
}

findings contains result.finding(rego.metadata.chain(), "export_open", passage.first(input.topics.model_version), {}) if {
	count(_version) > 0
	count(_artefacts) == 0
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(_told)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(_told)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_told)
