# METADATA
# title: AI
# description: >-
#   Whether a dossier is about AI at all, what its architecture files show of the models,
#   and whether these can be changed. AI that is named in passing, left to the supplier, or
#   a tool of a bidder is none that is bought here.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.ai

import data.policies.lib.demand
import data.policies.lib.rate
import data.policies.lib.topic

# applies says that AI is bought, built or used. Undefined where that is not told.
applies if input.dossier.ai.value

applies if {
	not input.dossier.ai
	_drawn
}

applies if {
	not input.dossier.ai
	count(_sentences) > 1
	count(_firm) > 0
}

# sure says so where the dossier leaves no doubt: what is missing can then be named.
sure if input.dossier.ai.value

sure if {
	not input.dossier.ai
	_shows_models
}

sure if {
	not input.dossier.ai
	count(_sentences) > 2
	count(_firm) > 0
}

# named lists where AI is asked for in passing ("AI (translations)", "chatbot"), too little
# to tell that it is bought: one question about it, not one for each criterion. Where the
# documents leave AI out as well, that is the answer.
named := [hit |
	not input.dossier.ai
	not applies
	not _left_out
	some hit in array.concat(_component_hits, _wished)
	hit.polarity == "weak"
	not hit.clause in _later
]

# Functions of which several may be offered ("KANN"); one may be said in passing.
_wished := hits if {
	hits := [hit |
		some hit in input.topics.ai_component
		hit.role == "requirement"
		hit.optional
	]
	count({hit.clause | some hit in hits}) > 1
} else := []

_later := {hit.clause | some hit in input.topics.ai_later}

_left_out if some _ in topic.met(input.topics.ai_excluded)

# expressly lists where a text demands a model by that word ("must summarise with an LLM"),
# and so little else of it that AI-01 alone asks: whether AI is wanted is then no question.
expressly := [hit |
	not applies
	not _left_out
	some hit in topic.met(input.topics.language_model)
	hit.role == "requirement"
	_ordered(hit)
	not hit.optional
	not hit.clause in _later
]

_ordered(hit) if hit.modality in {"must", "should"}

# An order needs no auxiliary verb: "Prototype an LLM-based query layer".
_ordered(hit) if regex.match(`(?i)^\W*(build|create|deliver|develop|implement|integrate|prototype|provide|set up) |^\W*(entwicklung|erstellung|aufbau|bereitstellung|umsetzung|integration|implementierung|einführung) (eine[rs]|des|der|von) `, hit.evidence.quote)

# absent gives the reason why what is asked of AI does not apply where AI is not known to be
# bought: AI-01 asks whether it is, or nothing speaks of it.
absent := "ai_asked" if {
	count(named) > 0
} else := "no_ai"

# evidence shows where AI is spoken of: in the files of the architecture, else in what is
# demanded.
evidence := ({place(model) | some model in models} | {component.evidence[0] | some component in _components}) | {library.evidence | some library in libraries} if {
	_drawn
} else := {said.evidence | some said in array.flatten([_component_hits, _subject_hits, _demanded_models])}

# Topics that only whoever wants a model speaks of. That no data are used for training,
# any contract may say.
_subjects := ["model_swap", "model_comparison", "model_openness", "self_hosted_inference", "training_data", "tuning_rights", "fine_tuning", "ai_artefacts", "model_version"]

_sentences := {said.clause | some said in array.flatten([_component_hits, _subject_hits, _demanded_models])}

_firm := {said.clause | some said in array.concat(_component_hits, _demanded_models); said.modality in {"must", "should"}} | {hit.clause | some hit in _subject_hits}

# That decisions may not be left to a program is no AI.
_component_hits := [hit |
	some hit in input.topics.ai_component
	hit.polarity != "risk"
	_demands(hit)
]

# "The model can be replaced" demands as well.
_subject_hits := [hit |
	some subject in _subjects
	some hit in input.topics[subject]
	hit.role == "requirement"
	not hit.optional
]

_demanded_models := demand.demanded(object.get(input.mentions, "ai_model", []))

_demands(hit) if {
	hit.role == "requirement"
	hit.modality != "may"
	not hit.optional
}

_drawn if _shows_models

_drawn if count(layers) + count(libraries) > 0

# What passes questions on, or speaks to a provider, does not tell which models answer.
_shows_models if count(models) > 0

_shows_models if {
	some component in _components
	not "ai_gateway" in object.get(component, "tags", [])
}

_components := [component |
	some component in input.components
	not component.external
	component.sources != ["text"]
	_serves(component)
]

_serves(component) if component.kind == "model"

_serves(component) if {
	some tag in component.tags
	tag in {"ai_gateway", "model_server", "managed_ai", "ai_service"}
}

# models are those that the solution uses; what only another system uses is not ours.
models := [model |
	some model in input.models
	not _used_elsewhere(model)
]

_used_elsewhere(model) if {
	some _ in model.used_by
	every id in model.used_by { id in _external }
}

_external := {component.id | some component in input.components; component.external}

# services are the AI services of a provider, where nothing is told of their models.
services := [component |
	count(models) == 0
	some component in _components
	component.kind == "model"
	component.open == false
]

# servers run whatever open models they are given, on machines of one's own.
servers := [component |
	count(models) == 0
	some component in _components
	component.hosting == "self"
	"model_server" in component.tags
]

# chosen are those that more than the default of a variable names: whoever starts the
# solution may set another one there.
chosen := [model | some model in models; not model.assumed]

# assumed are the others.
assumed := [model | some model in models; model.assumed]

# remote says that a provider answers for a model.
remote(model) if model.hosting in {"cloud", "service"}

# closed says that nobody but its maker can run a model.
closed(model) if model.parts.weights == "closed"

closed(model) if {
	not model.parts
	model.open == false
	model.licence == "proprietary"
}

# way tells how a model is reached: over a layer in which it can be changed ("layer"),
# straight at a provider whose name and model are settings ("direct"), or fixed in code
# ("fixed"). Undefined where that could not be told.
way(model) := "layer" if {
	model.gateway
} else := "layer" if {
	model.any_server
} else := "layer" if {
	model.hosting == "self"
	model.configured
} else := "layer" if {
	model.configured
	count(layers) > 0
} else := "direct" if {
	remote(model)
	model.configured
} else := "direct" if {
	# an address and a name in settings, whoever answers there
	model.configured
	model.endpoint
} else := "fixed" if {
	remote(model)
	model.endpoint
}

reached(wanted) := [model | some model in models; not _aside(model); way(model) == wanted]

# Where there is a layer, the default of a variable does not tell that a model is reached
# over it, nor that it is used at all: AI-03 asks which one is.
_aside(model) if {
	model.assumed
	not model.gateway
	count(layers) > 0
}

# layers are where the solution passes questions on to whichever model is set there: a
# gateway, or a library for the models of many providers.
layers := array.concat(
	[component.evidence[0] | some component in _components; "ai_gateway" in component.tags],
	[library.evidence | some library in input.packages; library.direct; library.term in _neutral_libraries],
)

_neutral_libraries := {"litellm"}

# Libraries that speak to one provider's models alone.
_libraries := {
	"alibaba_model_studio", "aws_bedrock", "azure_ml", "azure_openai", "claude", "command_r", "gemini", "google_ai_services",
	"groq_together", "mistral_platform", "openai_platform", "oracle_genai", "vertex_ai",
}

# libraries are those that the code depends on, where nothing is known of the models.
libraries := [library |
	not _layered
	some library in input.packages
	library.direct
	library.term in _libraries
]

_layered if count(reached("layer")) > 0

_layered if count(layers) > 0

# swap rates whether models can be changed without touching the application: the worse
# of what text and files show. Undefined where neither tells.
swap := rate.worst(_swaps)

_swaps contains rate.topic(input.topics.model_swap)

_swaps contains _ways

_ways := "not_met" if {
	count(reached("fixed")) > 0
	count(reached("layer")) + count(reached("direct")) == 0
} else := "partly" if {
	count(reached("fixed")) + count(reached("direct")) > 0
} else := "met" if {
	count(reached("layer")) > 0
} else := "met" if {
	count([model | some model in models; not _aside(model)]) == 0
	count(layers) > 0
}

# with_the_swap lists the criteria that ask of the same unnamed model what AI-01 asks of it: one
# question for all of them where no text tells more. Each asks for itself where models are known.
with_the_swap contains "AI-03" if {
	_unnamed
	count([hit | some hit in input.topics.model_openness; rate.binding(hit)]) == 0
}

with_the_swap contains "AI-04" if {
	_unnamed
	not trial
	count([hit | some hit in input.topics.self_hosted_inference; rate.binding(hit)]) == 0
}

_unnamed if {
	sure
	not known
	not swap
	(count(libraries) + count(servers)) + count(services) == 0
}

# known says that the documents tell which models are used, or that nothing more can
# come: what is to be shown of a certain model can then be asked for.
known if count(models) > 0

known if count(_demanded_models) > 0

known if input.dossier.complete.value

# trial says that this is a proof of concept.
trial if input.dossier.phase.value == "poc"

# self_hosted says that all models run on machines of one's own.
self_hosted if {
	count(models) > 0
	every model in models { model.hosting == "self" }
}

self_hosted if {
	count(models) == 0
	some _ in topic.met(input.topics.self_hosted_inference)
	count(topic.risk(input.topics.self_hosted_inference)) == 0
}

# place is where a model first stands.
place(model) := model.evidence[0]

# A text that names a model is known by its family, which the files may name closer.
_told_closer(model, list) if {
	model.name == model.product
	some other in list
	other.term == model.term
	other.name != model.name
}

# Behind a gateway anybody may answer.
_answering(model) := "" if {
	model.gateway
} else := object.get(model, "endpoint", "")

# listed gives arguments for a finding at several models, by the names that the files
# use: the catalogue knows them as families.
listed(list) := {
	"names": sort({model.name | some model in list; not _told_closer(model, list)}),
	"count": count(list),
	"providers": sort({provider | some model in list; provider := object.get(model, "provider", _answering(model)); provider != ""}),
	"places": [place(model).place | some model in list],
}
