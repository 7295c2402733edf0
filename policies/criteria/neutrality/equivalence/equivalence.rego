# METADATA
# title: Equivalence with yardstick
# description: Where a product is named, equivalent ones are accepted, and the dossier says what makes them equivalent.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 6 Satz 2 VgV: Zusatz „oder gleichwertig“ (Fassung vor dem 1. Juli 2026)"
#   - ref: https://www.rfth.de/vergaberecht/produktvorgabe-bei-eu-weiten-vergabe-nur-mit-dem-zusatz-oder-gleichwertig/
#     description: "VK Nordbayern, 24. September 2014: Produktvorgabe nur mit dem Zusatz (ältere Parallelvorschrift)"
#   - ref: https://deutsches-ausschreibungsblatt.de/informationen/glossar/leitfabrikat
#     description: "Deutsches Ausschreibungsblatt, Glossar: Leitfabrikat"
# custom:
#   id: NE-02
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.equivalence

import data.policies.lib.competition
import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.kind
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic
import data.policies.lib.wording

rating := rate.worst({_rate(mention) | some number in _open; mention := demand.products[number]})

evidence := ({demand.products[number].evidence | some number in _open} | {hit.evidence | some hit in topic.binding(input.topics.equivalence_clause)}) | {hit.evidence | some hit in topic.binding(input.topics.equivalence_yardstick)}

not_applicable := "no_mention" if {
	demand.read
	count(_named) == 0
} else := "justified" if {
	count(_named) > 0
	count(_open) == 0
}

# Reasons that are thin, or stand elsewhere in the dossier, may make the addition
# unnecessary: NE-01 asks for them. So does it where nothing seems to be awarded.
findings contains result.finding(rego.metadata.chain(), "no_equivalent", spot, args) if {
	not deal.award_doubtful
	some positions in _missing
	not _partly_reasoned(demand.products[positions[0]])
	[spot, args] := _of_one(positions)
}

findings contains result.finding(rego.metadata.chain(), "no_yardstick", mentions[0].evidence, wording.listed(mentions)) if {
	some positions in _unmeasured
	mentions := [demand.products[number] | some number in positions]
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.equivalence_clause)
}

findings contains result.finding(rego.metadata.chain(), "free_discretion", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.equivalence_yardstick)
}

# Whether an uncertain mention demands at all is asked by another criterion, and
# technologies such as programming languages are no products.
_named := [number |
	some number, mention in demand.products
	not mention.term in demand.technologies
	_judged(mention)
]

_judged(mention) if mention.equivalent

_judged(mention) if demand.certain(mention)

# With reasons beside it, a product needs no addition.
_open := [number |
	some number in _named
	not demand.justified(demand.products[number])
]

_rate(mention) := "met" if {
	mention.equivalent
	_measured(mention)
} else := "partly" if {
	mention.equivalent
} else := "partly" if {
	_partly_reasoned(mention)
} else := "not_met"

_partly_reasoned(_) if demand.justified_in_general

# More licences of what is there, or what one firm alone is asked for, has no equivalent.
_partly_reasoned(mention) if {
	kind.sold_on
	demand.in_use(mention)
}

_partly_reasoned(_) if competition.direct_award

# Whether a list of several admits others, NE-01 asks.
_partly_reasoned(mention) if demand.of_a_choice(mention)

_partly_reasoned(mention) if demand.thinly_justified(mention)

_measured(mention) if mention.yardstick

_measured(mention) if mention.clause in _yardsticks

# A yardstick for all products of a document goes with a clause for all of them.
_measured(mention) if {
	mention.evidence.path in _general_clauses
	mention.evidence.path in _general_yardsticks
}

_general_clauses := {hit.evidence.path | some hit in topic.met(input.topics.equivalence_clause)}

_general_yardsticks := {hit.evidence.path | some hit in topic.met(input.topics.equivalence_yardstick)}

_yardsticks := {hit.clause | some hit in topic.met(input.topics.equivalence_yardstick)}

# By document and product: demanded without the addition.
_missing := [run.values |
	some run in group.runs([[[mention.evidence.path, mention.term], number] |
		some number in _open
		mention := demand.products[number]
		not mention.equivalent
	])
]

# By document: the addition stands there, and what decides does not.
_unmeasured := [run.values |
	some run in group.runs([[mention.evidence.path, number] |
		some number in _open
		mention := demand.products[number]
		mention.equivalent
		not _measured(mention)
	])
]

_of_one(positions) := [mentions[0].evidence, object.union(wording.about(mentions[0]), {
	"name": mentions[0].name,
	"open": mentions[0].open,
	"count": count(places),
	"places": places,
})] if {
	mentions := [demand.products[number] | some number in positions]
	places := place.listed(mentions)
}
