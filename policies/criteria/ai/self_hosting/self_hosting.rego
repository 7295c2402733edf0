# METADATA
# title: Self-hosting
# description: Weights and inference can run in the buyer's own or a sovereign data centre.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Entscheidungshilfe 3, Eigenbetrieb bei hohem Schutzbedarf"
# custom:
#   id: AI-04
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.self_hosting

import data.policies.lib.ai
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

rating := rate.worst(_shown)

_shown contains rate.topic(input.topics.self_hosted_inference)

_shown contains _models

_own := [model | some model in ai.chosen; model.hosting == "self"]

# Weights that their maker keeps run with the maker alone, wherever that is; others may
# be run by somebody else as well.
_bound := [model | some model in ai.chosen; ai.closed(model); not model.hosting == "self"]

_elsewhere := [model | some model in ai.chosen; ai.remote(model); model.parts.weights in {"open", "restricted"}]

_models := "not_met" if {
	count(_bound) > 0
	count(_own) + count(_elsewhere) == 0
} else := "partly" if {
	count(_bound) + count(_elsewhere) > 0
} else := "met" if {
	count(_own) + count(ai.servers) > 0
}

evidence contains hit.evidence if some hit in topic.binding(input.topics.self_hosted_inference)

evidence contains ai.place(model) if some model in array.concat(_own, ai.servers)

# A trial may use what its maker alone runs, where the model can be changed.
not_applicable := ai.absent if {
	not ai.applies
} else := "poc" if {
	ai.trial
	not rating
} else := "poc" if {
	ai.trial
	ai.swap == "met"
}

# Of a model that nobody has named, AI-01 asks it.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not "AI-04" in ai.with_the_swap
	ai.sure
	count(ai.assumed) == 0
	count(ai.services) == 0
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(input.topics.self_hosted_inference)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.self_hosted_inference)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.self_hosted_inference)

findings contains result.finding(rego.metadata.chain(), "bound", ai.place(_bound[0]), ai.listed(_bound)) if count(_bound) > 0

findings contains result.finding(rego.metadata.chain(), "hosted", ai.place(_elsewhere[0]), ai.listed(_elsewhere)) if count(_elsewhere) > 0

# Of which models a service consists, its provider knows.
findings contains result.unsure(rego.metadata.chain(), "bound", solution.place(ai.services[0]), object.union(solution.listed(ai.services), {"providers": []})) if {
	not rating
	count(ai.services) > 0
}
