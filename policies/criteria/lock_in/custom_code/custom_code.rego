# METADATA
# title: Custom code on a proprietary platform
# description: What is made for the buyer is written in portable languages and notations and runs without one vendor's development platform.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/18F/technology-budgeting
#     description: "18F: De-risking Guide, Individualcode und der Weg von der Plattform weg"
#   - ref: https://digital.bund.de/Architekturvorgaben/Funktionale-Vorgaben/FV-09-Entkopplung
#     description: "IT-Architekturrichtlinie Bund, FV-09 Entkopplung, geringe Abhängigkeit von bestimmten Laufzeitumgebungen (Stand der Recherche: November 2026)"
# custom:
#   id: LI-03
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.custom_code

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := bound.polarities(_polarities)

# What is modelled on a platform beside code runs in part without it.
_drawn := "not_met" if {
	count(_platforms) > 0
	count(solution.custom) == 0
} else := "partly" if {
	count(_platforms) > 0
} else := "partly" if {
	count(_extended) > 0
} else := "not_met" if {
	count(_tied) > 0
	count(_portable) == 0
} else := "partly" if {
	count(_tied) > 0
} else := "met" if {
	count(_portable) * 2 >= count(_code)
	count(_portable) > 0
}

# Own code: what is built from sources at hand, and what is drawn by its language and is
# no product.
_code := [component | some component in solution.own; _is_code(component)]

_is_code(component) if component.custom

_is_code(component) if {
	component.kind in {"application", "client"}
	component.languages
	not component.term
	not component.image
}

# That of one maker, or any other.
_tied := [component | some component in _code; _vendors(component)]

_vendors(component) if {
	some language in component.languages
	not language.open
}

_portable := [component |
	some component in _code
	count([language | some language in component.languages; language.open]) > 0
	not _vendors(component)
]

evidence contains solution.place(component) if some component in array.concat(_tied, _portable)

findings contains result.likely(rego.metadata.chain(), "language", solution.place(_tied[0]), args) if {
	count(_tied) > 0
	args := object.union(solution.listed(_tied), {"languages": sort({language.name |
		some component in _tied
		some language in component.languages
		not language.open
	})})
}

_platforms := [component | some component in solution.proprietary; "low_code" in object.get(component, "tags", [])]

# Models of processes that need one engine's extensions to run.
_extended := [resource |
	some resource in input.resources
	startswith(resource.type, "bpmn.")
	resource.provider
]

evidence contains solution.place(platform) if some platform in _platforms

evidence contains process.evidence if some process in _extended

findings contains result.likely(rego.metadata.chain(), "platform", solution.place(_platforms[0]), solution.listed(_platforms)) if count(_platforms) > 0

findings contains result.unsure(rego.metadata.chain(), "extended", models[0].evidence, args) if {
	some engine in {model.provider | some model in _extended}
	models := [model | some model in _extended; model.provider == engine]
	args := object.union(solution.cut(sort({object.get(model, "name", model.id) | some model in models})), {
		"engine": engine,
		"places": [model.evidence.place | some model in models],
	})
}

_polarities contains hit.polarity if some hit in topic.binding(input.topics.custom_platform_code)

_polarities contains "met" if count(_languages) > 0

evidence contains hit.evidence if some hit in topic.binding(input.topics.custom_platform_code)

evidence contains language.evidence if some language in _languages

# Open languages that the code is to be written in: it runs without a vendor's platform.
_languages contains language if {
	deal.custom_code
	some language in input.mentions.product
	"language" in language.tags
	language.open
	demand.demands(language)
}

# Where nothing is made for the buyer, no code can be bound.
not_applicable := "no_custom_code" if {
	not rating
	not deal.custom_code
	count(solution.custom) == 0
}

# Whoever gets the code with the rights in it sees what it is written in.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _in_database
	deal.commissioned
	not deal.own_code
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	not "met" in _polarities
	some hit in topic.weak(input.topics.custom_platform_code)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.custom_platform_code)
}

# Rules in the database of a product that nobody has named yet: in which language they
# come, and whether another database runs them, is open.
findings contains result.unsure(rego.metadata.chain(), "database", _in_database, {}) if {
	not rating
	not deal.own_code
}

_in_database := passage.first(input.topics.database_logic)
