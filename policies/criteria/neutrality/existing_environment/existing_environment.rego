# METADATA
# title: Existing environment disclosed
# description: >-
#   Where the solution has to fit what is there, its versions, interfaces, volumes and data
#   model are told to all who bid.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/gwb/__121.html
#     description: "§ 121 Abs. 1 GWB: Leistungsbeschreibung, für alle Unternehmen gleich verständlich (seit 1. Juli 2026 nach Sekundärquellen neu gefasst; maßgeblich ist der Beginn des Verfahrens)"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 VgV: Leistungsbeschreibung (Fassung vor dem 1. Juli 2026)"
# custom:
#   id: NE-07
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.existing_environment

import data.policies.lib.demand
import data.policies.lib.kind
import data.policies.lib.law
import data.policies.lib.rate
import data.policies.lib.result

rating := rate.polarities(_polarities)

evidence := ({hit.evidence | some hit in _hits} | {system.evidence | some system in _named}) | {hit.evidence | some hit in _volumes}

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "greenfield" if {
	demand.read
	not rating
	count(_presupposed) == 0
	count(_named) + count(_volumes) == 0
	not _something_there
	not _withheld
}

# What the solution is to talk to, or replaces, is there.
_something_there if {
	some subject in ["interface_existing", "interface_target"]
	some hit in input.topics[subject]
	rate.stated(hit)
}

findings contains result.finding(rego.metadata.chain(), "undisclosed", _place_of_systems, args) if {
	not rating
	count(_presupposed) > 0
	args := object.union(law.version, {"systems": sort({system.name | some system in _spoken_of})})
}

# Where a system is named, else where one is taken for granted.
_place_of_systems := array.concat([system.evidence | some system in _spoken_of], _presupposed)[0]

# Systems of the buyer's own, which no catalogue knows.
_spoken_of := [mention |
	some mention in input.mentions.product
	mention.term == ""
	mention.role in {"requirement", "integration_target", "existing_estate"}
	not mention.negated
]

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in _hits
	hit.polarity == "weak"
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, law.version) if {
	some hit in _hits
	hit.polarity == "risk"
}

# Systems are listed, or something else is told of what is there; the rest is asked for.
findings contains result.unsure(rego.metadata.chain(), "listed", _told[0], args) if {
	count(_hits) == 0
	rating == "partly"
	args := {
		"systems": sort({system.name | some system in _needed}),
		"volumes": count(_volumes) > 0,
		"interfaces": count(_joined) > 0,
	}
}

# What tells most stands first.
_told := array.flatten([[fact.evidence | some fact in facts] | some facts in [_volumes, _joined, _needed]])

# Systems on which something demanded builds; all where none is named again.
_needed := needed if {
	needed := [system | some system in _named; system.term in _built_on]
	count(needed) > 0
} else := _named

_built_on := {mention.term |
	some mention in input.mentions.product
	mention.role in {"requirement", "integration_target"}
	not mention.negated
}

_polarities contains hit.polarity if some hit in _hits

_polarities contains "weak" if count({system.term | some system in _named}) >= _list

# Of a system whose data are to be taken over, its size or its formats tell something; of
# one that is to be connected, its name does.
_polarities contains "weak" if {
	count(_places_of_replacement) > 0
	count(_volumes) + count(_joined) > 0
}

_polarities contains "weak" if {
	count(_assumed) > 0
	count(_named) > 0
}

# From this many systems on their names make a list.
_list := 3

# What is in use is what this criterion is about.
_hits := {hit |
	some hit in input.topics.existing_environment
	rate.stated(hit)
}

# Languages and tools are no systems, nor is what people work on the data with, nor licences
# that are renewed.
_named := [mention |
	not kind.sold_on
	some mention in input.mentions.product
	mention.role == "existing_estate"
	not demand.technology(mention)
	not mention.clause in _at_work
]

_at_work := {hit.clause | some hit in input.topics.work_tool}

_volumes := [hit | some hit in input.topics.existing_volume; hit.role == "existing_estate"]

# Systems in sentences that also say what they exchange.
_joined := [system | some system in _named; system.clause in _of_formats]

_of_formats := {mention.clause |
	some kind in ["standard", "format", "protocol"]
	some mention in input.mentions[kind]
	mention.role == "existing_estate"
}

# Where the documents take for granted that bidders know what is there. A template that
# keeps a place for it does not; nor is anything asked that must not be told. Work of people
# begins with finding out.
_presupposed := [] if {
	_kept_free
} else := [] if {
	_withheld
} else := array.concat(_places_of_replacement, [hit.evidence | some hit in _assumed])

_kept_free if {
	some hit in input.topics.environment_left_blank
	hit.polarity == "met"
}

_withheld if {
	some hit in input.topics.environment_withheld
	hit.polarity == "met"
}

_assumed := [hit |
	some hit in input.topics.assumed_environment
	rate.stated(hit)
	not kind.without_software
]

# A system whose data are to be taken over is there.
_places_of_replacement := [hit.evidence |
	some hit in input.topics.data_migration_in
	hit.polarity == "met"
	rate.stated(hit)
	not hit.clause in _prices
	not input.clauses[hit.clause].negated
	not kind.without_software
]

# Lists of what is to be priced tell nothing of what is there.
_prices := {hit.clause | some hit in input.topics.price_line}
