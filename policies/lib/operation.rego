# METADATA
# title: Operation
# description: Who runs the solution and where, as far as the documents say so.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.operation

import data.policies.lib.rate

# by_supplier says that a supplier or a provider runs the solution.
by_supplier if input.dossier.operator.value == "supplier"

by_supplier if input.dossier.service_model.value in {"saas", "paas", "iaas"}

# obliges says that a hit binds. A sentence that obliges may name what is there: "must run
# either within our data centres or within a cloud tenant that we manage".
obliges(hit) if rate.binding(hit)

obliges(hit) if {
	hit.role == "existing_estate"
	hit.modality in {"must", "should"}
}

# named is where the documents first say where or by whom the solution is run; undefined
# where they do not.
named := environments[0] if {
	count(environments) > 0
} else := _told[0]

_told := [place |
	some place in array.concat(_said_of_the_operator, _said_of_the_premises)
	not _heading(place)
	not _taken_out(place)
]

_said_of_the_operator := object.get(input.dossier, ["operator", "evidence"], [])

_said_of_the_premises := object.get(input.dossier, ["service_model", "evidence"], []) if {
	input.dossier.service_model.value == "on-prem"
} else := []

# A heading says what its section is about and demands nothing.
_heading(place) if place.quote == place.section

# That operation is no part of what is ordered says nothing of who does it where.
_taken_out(place) if regex.match(_out_of_scope, place.quote)

_out_of_scope := `(?i)nicht\s+(bestandteil|teil|gegenstand|inhalt|geschuldet|umfasst)|not\s+(a\s+)?part\s+of|not\s+(be\s+)?included|(not\s+(in|within)|out\s+of|outside(\s+of)?)\s+(the\s+)?scope`

# environments lists where places of operation are named. A cloud of any provider is none.
environments := [hit.evidence | some hit in input.topics.operating_environment; obliges(hit)]

# touched says that the documents speak of a place of operation at all.
touched if count(input.topics.operating_environment) > 0

touched if count(input.topics.cloud_operation) > 0

# clouds lists where the documents say that the solution is to run in a cloud.
clouds := array.concat(
	[hit.evidence | some hit in input.topics.cloud_operation; obliges(hit); not hit.clause in choices],
	[hit.evidence | some hit in input.topics.operating_environment; obliges(hit); hit.clause in _whole_clouds; not hit.clause in choices],
)

# choices are the clauses that leave open which of several they name, or something else.
choices := {hit.clause | some hit in input.topics.choice_left_open}

# Where a provider's cloud is named as such, and not just one of its services.
_whole_clouds contains service.clause if {
	some service in input.mentions.cloud_service
	not service.negated
	some tag in service.tags
	tag in {"hyperscaler", "cloud_platform"}
}
