# METADATA
# title: Time-limited PoC exception
# description: A proof of concept with proprietary models has a date on which it ends, and the model can be changed from its first day.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Entscheidungshilfe 1, Erprobung"
# custom:
#   id: AI-08
#   kind: A
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.trial_limit

import data.policies.lib.ai
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

# Relief is given for a way to change only: a date by itself is half, and a trial that
# goes on as production, or cannot be left, has none.
rating := "not_met" if {
	count(_production) > 0
} else := "not_met" if {
	ai.swap == "not_met"
} else := "met" if {
	count(_date) > 0
	ai.swap == "met"
} else := "partly" if {
	count(_limits) > 0
} else := "partly" if {
	ai.swap
}

_limits := {hit | some hit in topic.binding(input.topics.poc_limit)}

_date := {hit | some hit in topic.met(input.topics.poc_limit)}

_production := {hit | some hit in topic.risk(input.topics.poc_limit)}

evidence contains hit.evidence if some hit in _limits

# Roll-outs begin with pilots, too: what a trial is, the manifest says.
not_applicable := ai.absent if {
	not ai.applies
} else := "no_trial" if {
	not ai.trial
} else := "no_proprietary_model" if {
	_open
}

# Models that are known, and that others than their makers can run.
_open if {
	count(ai.models) > 0
	every model in ai.models { model.parts.weights in {"open", "restricted"} }
}

findings contains result.missing(rego.metadata.chain()) if not rating

findings contains result.missing(rego.metadata.chain()) if {
	rating == "partly"
	count(_limits) == 0
}

findings contains result.finding(rego.metadata.chain(), "no_switch", passage.first(_limits), {}) if {
	count(_date) > 0
	count(_production) == 0
	ai.swap != "met"
}

findings contains result.finding(rego.metadata.chain(), "no_switch", passage.first(_limits), {}) if {
	count(_date) > 0
	count(_production) == 0
	not ai.swap
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	count(_date) == 0
	some hit in topic.weak(input.topics.poc_limit)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _production
