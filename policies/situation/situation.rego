# METADATA
# title: Situations
# description: >-
#   Which of the five cases of the study's decision aids a dossier about AI is, and what
#   then matters. It is no opinion for or against open source: what AI is used for
#   decides. Whether a case applies, documents seldom say; then it is open.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Souveränität; dazu die Studie „Open-Source-KI für die digitale Verwaltung“ (Sopra Steria und Hertie School, 09/2025), fünf Entscheidungshilfen"
package policies.situation

import data.policies.lib.ai
import data.policies.lib.deal
import data.policies.lib.rate
import data.policies.lib.topic

# review says whether a dossier is about AI, and which cases it is. Where AI is named in
# passing, whether it is meant is asked first.
review := {"ai": true, "situations": [_situation(id) | some id in _order]} if {
	ai.applies
} else := {"ai": true, "situations": []} if {
	count(ai.named) > 0
} else := {"ai": false, "situations": []}

_order := ["poc", "cloud", "protection", "data", "readiness"]

_situation(id) := {
	"id": id,
	"applies": applies,
	"evidence": array.slice(sort(object.get(_evidence, id, [])), 0, _places),
	"matters": [matter | some matter in _matters[id]; applies != "no"],
} if {
	applies := object.get(_applies, id, "open")
}

# How many places are shown of a case.
_places := 3

# What matters in a case: a criterion, and the code of the words that say why.
_matters := {
	"poc": [
		{"criterion": "AI-01", "code": "switch"},
		{"criterion": "AI-08", "code": "end"},
		{"criterion": "EX-03", "code": "data_out"},
	],
	"cloud": [
		{"criterion": "AI-04", "code": "place"},
		{"criterion": "AI-09", "code": "use_of_data"},
		{"criterion": "LI-06", "code": "cost_of_leaving"},
	],
	"protection": [
		{"criterion": "AI-04", "code": "own_operation"},
		{"criterion": "AI-03", "code": "traceable"},
		{"criterion": "CE-10", "code": "data_flows"},
	],
	"data": [
		{"criterion": "AI-05", "code": "origin"},
		{"criterion": "AI-01", "code": "pretrained"},
		{"criterion": "AI-06", "code": "tuned"},
	],
	"readiness": [
		{"criterion": "MC-01", "code": "budget"},
		{"criterion": "LI-08", "code": "knowledge"},
		{"criterion": "LI-02", "code": "operators"},
	],
}

# A trial is what the manifest calls one; passages on pilots leave it open.
_applies["poc"] := "yes" if {
	ai.trial
} else := "no" if {
	input.dossier.phase
}

_evidence["poc"] := [hit.evidence | some hit in topic.binding(input.topics.poc_limit)]

# Somebody else's machines, as the files or the manifest say; or one's own.
_applies["cloud"] := "yes" if {
	count(_remote) > 0
} else := "yes" if {
	count(_hosted) > 0
} else := "yes" if {
	input.dossier.service_model.value in {"saas", "paas", "iaas"}
} else := "no" if {
	ai.self_hosted
} else := "no" if {
	deal.data_at_buyer
}

# Passages that give the model to a provider, where no file shows where it runs.
_hosted := [hit |
	count(ai.models) == 0
	some polarity in ["weak", "risk"]
	some hit in topic.with_polarity(input.topics.self_hosted_inference, polarity)
]

_remote := [model | some model in ai.models; ai.remote(model)]

_evidence["cloud"] := [ai.place(model) | some model in _remote] if {
	count(_remote) > 0
} else := [hit.evidence | some hit in _hosted] if {
	count(_hosted) > 0
} else := [evidence | some evidence in input.dossier.service_model.evidence]

_applies["protection"] := _told("high_protection", "yes", "no")

_evidence["protection"] := _places_of("high_protection")

# The case is that suitable data are lacking.
_applies["data"] := _told("own_data", "no", "yes")

_evidence["data"] := _places_of("own_data")

_applies["readiness"] := _told("ai_competence", "yes", "no")

_evidence["readiness"] := _places_of("ai_competence")

# What a topic says where all its passages say the same; undefined where they differ or
# there are none. What is in use says as much as what is demanded.
_told(subject, for, _) := for if _polarities(subject) == {"met"}

_told(subject, _, against) := against if _polarities(subject) == {"risk"}

_polarities(subject) := {hit.polarity | some hit in _stated(subject)}

_stated(subject) := [hit | some hit in input.topics[subject]; rate.stated(hit)]

_places_of(subject) := [hit.evidence | some hit in _stated(subject)]
