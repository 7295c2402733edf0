# METADATA
# title: Model swap layer
# description: The application reaches AI models over an interface of its own, so that another model is a change of configuration.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Entscheidungshilfe 1 und Empfehlung 5"
# custom:
#   id: AI-01
#   kind: A
#   weight: 10
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.model_swap

import data.policies.lib.ai
import data.policies.lib.result
import data.policies.lib.topic

rating := ai.swap

evidence contains hit.evidence if some hit in topic.binding(input.topics.model_swap)

evidence contains ai.place(model) if some model in ai.reached("layer")

evidence contains spot if some spot in ai.layers

not_applicable := "no_ai" if {
	not ai.applies
	count(ai.named) == 0
}

findings contains result.unsure(rego.metadata.chain(), "named", ai.named[0].evidence, {"count": count(ai.named)}) if {
	count(ai.named) > 0
	count(ai.expressly) == 0
}

# Where the text demands a model, what is left to ask is which one.
findings contains result.unsure(rego.metadata.chain(), "which", ai.expressly[0].evidence, {"count": count(ai.expressly)}) if {
	not rating
	not input.dossier.ai
	count(ai.expressly) > 0
	count(ai.models) == 0
}

findings contains object.union(result.missing(rego.metadata.chain()), {"args": _also}) if {
	not rating
	count(ai.libraries) == 0
	count(ai.servers) == 0
	count(_named_only) == 0
	ai.sure
}

_also := {
	"also": count(ai.with_the_swap) > 0,
	"terms": {"openness": "AI-03" in ai.with_the_swap, "hosting": "AI-04" in ai.with_the_swap},
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(input.topics.model_swap)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.model_swap)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.model_swap)

# One finding for all models: one cause. Which models stand in code is seen; whether a
# provider can be changed by its settings alone is not.
findings contains result.finding(rego.metadata.chain(), "fixed", ai.place(fixed[0]), ai.listed(fixed)) if {
	fixed := ai.reached("fixed")
	count(fixed) > 0
}

findings contains result.unsure(rego.metadata.chain(), "direct", ai.place(direct[0]), ai.listed(direct)) if {
	direct := ai.reached("direct")
	count(direct) > 0
}

# Of a model whose name is a setting, and nothing else is told, the same is asked.
findings contains result.unsure(rego.metadata.chain(), "direct", ai.place(_named_only[0]), ai.listed(_named_only)) if {
	not rating
	count(_named_only) > 0
}

_named_only := [model | some model in ai.models; model.configured; not ai.way(model)]

findings contains result.unsure(rego.metadata.chain(), "library", ai.libraries[0].evidence, {"names": names}) if {
	not rating
	names := sort({library.name | some library in ai.libraries})
}
