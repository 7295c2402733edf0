# METADATA
# title: Functional description
# description: >-
#   The description says what the solution achieves and leaves it to those who bid by
#   which technology. How large the share of technology may be is our own proposal.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/gwb/__121.html
#     description: "§ 121 Abs. 1 GWB: Funktions- oder Leistungsanforderungen (seit 1. Juli 2026 nach Sekundärquellen neu gefasst; maßgeblich ist der Beginn des Verfahrens)"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 2 VgV: Merkmale des Auftragsgegenstands (Fassung vor dem 1. Juli 2026)"
#   - ref: http://enss.wikidot.com/item:eif-principles
#     description: "EIF, Empfehlung 8: keine Technologie vorgeben (Nummer nach Sekundärquelle)"
# custom:
#   id: NE-11
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.functional_description

import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.law
import data.policies.lib.result
import data.policies.lib.topic

# Of fewer sentences no share can be told.
_least := 20

# Sentences on what the solution enables that make a description of it.
_enough := 3

# Sentences that prescribe technology, in per cent: up to the first a description is
# functional, above the second mostly technology.
_few := 5

_many := 25

rating := "not_met" if {
	_share > _many
	count(_outcomes) == 0
} else := "partly" if {
	_share > _few
} else := "partly" if {
	count(_objections) > 0
} else := "met" if {
	_functional
} else := "met" if {
	_share_of(_named) <= _few
}

# A single sentence on what the solution enables describes no more than itself.
_functional if {
	count(_outcomes) >= _enough
	not _named_by_many
}

_named_by_many if _share_of(_named) > _many

_functional if {
	some hit in _outcomes
	regex.match(`(?i)funktional|functional|outcome-based|performance-based`, hit.evidence.quote)
}

_functional if count(demand.neutral) > 0

evidence := {hit.evidence | some hit in (_outcomes | _objections)}

not_applicable := "architecture" if input.dossier.kind.value == "architecture"

findings contains result.unsure(rego.metadata.chain(), "risk", hit.evidence, law.version) if {
	some hit in _objections
	not hit.clause in _asked_already
}

# Sentences that demand a product or a technology by name: NE-01 and NE-02 are about them.
_asked_already := {mention.clause |
	some mention in demand.products
	_demanded(mention)
	not demand.justified(mention)
}

_demanded(mention) if demand.certain(mention)

_demanded(mention) if {
	mention.modality in {"must", "should"}
	mention.term in demand.technologies
}

findings contains result.unsure(rego.metadata.chain(), "technology", _prescribed[0].evidence, args) if {
	_share > _few
	args := object.union(law.version, {
		"count": count(_sentences),
		"share": round(_share),
		"names": sort({mention.name | some mention in _prescribed}),
	})
}

# What a sentence leads into ("The solution must in particular:") tells nothing by itself.
_outcomes contains hit if {
	some hit in topic.met(input.topics.functional_description)
	not endswith(trim_space(hit.evidence.quote), ":")
}

_outcomes contains hit if some hit in demand.neutral

# Passages that prescribe how to build, or say that no neutral words were found.
_objections contains hit if {
	some hit in topic.risk(input.topics.functional_description)
	not hit.clause in _open_to_equivalents
	not deal.award_doubtful
}

_objections contains hit if some hit in topic.risk(input.topics.product_neutral)

_open_to_equivalents contains hit.clause if some hit in topic.met(input.topics.equivalence_clause)

_open_to_equivalents contains mention.clause if {
	some mention in demand.products
	mention.equivalent
}

# Names that a sentence obliges to, without reasons or equivalents.
_prescribed := [mention |
	some mention in demand.products
	mention.modality in {"must", "should"}
	not mention.clause in _open_to_equivalents
	not demand.justified(mention)
]

_sentences := {mention.clause | some mention in _prescribed}

# Names in sentences of any kind: lists of technology oblige to nothing and are none the
# less no functional description.
_named := {mention.clause | some mention in demand.products; not mention.clause in _open_to_equivalents}

_read := sum([document.clauses |
	some document in input.documents
	document.role in {"specification", "annex"}
])

_share := _share_of(_sentences)

# Where nothing is awarded, technology is its authors' own choice.
_share_of(sentences) := (100 * count(sentences)) / _read if {
	_read >= _least
	not deal.award_doubtful
}
