# METADATA
# title: Model openness
# description: The model reaches class II or I of the Model Openness Framework or the Open Source AI Definition, and each part has an open licence.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/lfai/model_openness_tool
#     description: "Model Openness Framework, Klassen I bis III (LF AI & Data)"
#   - ref: https://opensource.org/ai/open-source-ai-definition
#     description: "Open Source AI Definition 1.0 (28. Oktober 2024)"
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
#     description: "KI-Verordnung (EU) 2024/1689, Art. 53 Abs. 2, freie und quelloffene Modelle"
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), Offenheit als Kontinuum"
# custom:
#   id: AI-03
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.ai.model_openness

import data.policies.lib.ai
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and files show.
rating := rate.worst(_shown)

_shown contains _text

_shown contains _of_model(model) if some model in ai.chosen

# The word "open" is no evidence, for or against: what it names has to be shown.
_text := rate.topic([hit | some hit in input.topics.model_openness; not _word(hit)])

_word(hit) if {
	hit.polarity == "weak"
	not hit.optional
}

# What the catalogue knows of the parts. Class II asks for code beside the weights, the
# definition of open source AI for information on the data, not for the data themselves.
# Of weights from elsewhere nothing is told here. A model without known parts is untold.
_of_model(model) := "not_met" if {
	ai.closed(model)
} else := "met" if {
	model.parts.weights == "open"
	count(_lacking(model)) == 0
} else := "partly" if {
	model.parts.weights in {"open", "restricted"}
}

_lacking(model) := [concat("_", [part, state]) |
	some part in ["weights", "code", "data", "licence"]
	state := model.parts[part]
	not _enough(part, state)
]

_enough(_, "open")

_enough("data", "restricted")

evidence contains hit.evidence if {
	some hit in topic.binding(input.topics.model_openness)
	not _word(hit)
}

evidence contains ai.place(model) if {
	some model in ai.chosen
	_of_model(model) == "met"
}

not_applicable := ai.absent if not ai.applies

# Of a model that nobody has named, AI-01 asks it.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not "AI-03" in ai.with_the_swap
	not _worded
	count(ai.assumed) == 0
	ai.sure
	count(ai.services) == 0
}

_worded if {
	some hit in topic.binding(input.topics.model_openness)
	_word(hit)
}

findings contains result.finding(rego.metadata.chain(), "word", hit.evidence, {}) if {
	rating != "met"
	some hit in topic.binding(input.topics.model_openness)
	_word(hit)
}

findings contains result.finding(rego.metadata.chain(), "word", hit.evidence, {}) if {
	not rating
	some hit in topic.binding(input.topics.model_openness)
	_word(hit)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.model_openness)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.model_openness)

findings contains result.finding(rego.metadata.chain(), "closed", ai.place(closed[0]), ai.listed(closed)) if {
	closed := [model | some model in ai.chosen; ai.closed(model)]
	count(closed) > 0
}

# One question for what models that may not be used are like, AI-04's included.
findings contains result.unsure(rego.metadata.chain(), "assumed", ai.place(ai.assumed[0]), ai.listed(ai.assumed)) if {
	not rating
	count(ai.assumed) > 0
}

findings contains result.finding(rego.metadata.chain(), "parts", ai.place(named[0]), args) if {
	some name in {model.name | some model in ai.chosen; _of_model(model) == "partly"}
	named := [model | some model in ai.chosen; model.name == name]
	args := {
		"name": name,
		"licence": object.get(named[0], "licence", ""),
		"lacking": _lacking(named[0]),
		"places": [ai.place(model).place | some model in named],
	}
}

# Of which models a service consists, its provider knows.
findings contains result.unsure(rego.metadata.chain(), "closed", solution.place(ai.services[0]), object.union(solution.listed(ai.services), {"providers": []})) if {
	not rating
	count(ai.services) > 0
}
