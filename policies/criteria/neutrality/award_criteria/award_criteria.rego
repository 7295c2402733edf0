# METADATA
# title: Criteria and weights disclosed
# description: All award criteria are known with their weights and the scale by which they are scored.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/gwb/__127.html
#     description: "§ 127 Abs. 3 bis 5 GWB: Zuschlagskriterien und ihre Gewichtung"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__58.html
#     description: "§ 58 Abs. 2 und 3 VgV: Zuschlag und Zuschlagskriterien (geändert seit 1. Juli 2026; maßgeblich ist der Beginn des Verfahrens)"
# custom:
#   id: NE-09
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.award_criteria

import data.policies.lib.competition
import data.policies.lib.deal
import data.policies.lib.kind
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := "met" if {
	_known
	not _held_back
	count(_unweighted) == 0
} else := "partly" if {
	_weighted
} else := "partly" if {
	_ranked
} else := "not_met" if {
	_held_back
}

evidence := (({criterion.evidence | some criterion in input.award_criteria} | {hit.evidence | some hit in topic.binding(input.topics.award_weights)}) | {hit.evidence | some hit in topic.binding(input.topics.award_scale)}) | {hit.evidence | some hit in (topic.risk(input.topics.price_only) | _equal)}

not_applicable := "not_yet_due" if {
	input.dossier.stage.value == "consultation"
} else := "direct_award" if competition.direct_award

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.criteria_elsewhere
	count(input.award_criteria) == 0
	not deal.award_papers_lacking
}

# The weights are said to stand elsewhere, and were not read there. One question for all
# that this paper would tell.
findings contains result.unsure(rego.metadata.chain(), "elsewhere", deal.criteria_elsewhere, _paper) if {
	not _weighted
	not _known
	not deal.papers
	not deal.no_parties
}

# No paper is named, and this criterion alone is open in those that were not here.
findings contains result.asked(rego.metadata.chain(), "elsewhere", {"criteria": ["NE-09"], "paper": "", "told": false}) if {
	not rating
	deal.award_papers_lacking
	deal.asked_of_the_award == ["NE-09"]
	not kind.awarded
	not deal.papers
	not deal.criteria_elsewhere
}

_paper := {"criteria": deal.asked_of_the_criteria, "paper": _paper_name, "told": true}

default _paper_name := ""

_paper_name := deal.award_paper.name

# Criteria are named, but nothing says what they weigh.
findings contains result.finding(rego.metadata.chain(), "no_weights", input.award_criteria[0].evidence, {}) if {
	not rating
	count(input.award_criteria) > 0
}

findings contains result.finding(rego.metadata.chain(), "some_without_weight", _unweighted[0].evidence, {"criteria": [criterion.name | some criterion in _unweighted], "count": count(_unweighted)}) if {
	_weighted
	count(_unweighted) > 0
}

findings contains result.finding(rego.metadata.chain(), "no_scale", _place_of_weights, {}) if {
	_weighted
	not _known
}

findings contains result.finding(rego.metadata.chain(), "weak", place, {}) if {
	not _weighted
	not _known
	place := passage.first([hit | some hit in input.topics.award_weights; hit.polarity == "weak"])
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.award_weights)
}

# Price alone needs neither weights nor scale.
_known if _price_alone

_known if {
	_weighted
	_scaled
}

_price_alone if some _ in topic.risk(input.topics.price_only)

_weighted if some _ in topic.met(input.topics.award_weights)

# Criteria that weigh the same, where none are ranked beside them.
_weighted if {
	count(_equal) > 0
	not _ranked
}

_weighted if {
	some criterion in input.award_criteria
	criterion.weight > 0
}

_equal := topic.met(input.topics.award_equal)

_scaled if some _ in topic.met(input.topics.award_scale)

_scaled if {
	some criterion in input.award_criteria
	criterion.scale
}

_ranked if some _ in topic.weak(input.topics.award_weights)

_held_back if some _ in topic.risk(input.topics.award_weights)

# Criteria of a table in which others have a weight.
_unweighted := [criterion |
	some criterion in input.award_criteria
	not criterion.weight
	some other in input.award_criteria
	other.weight > 0
	other.evidence.path == criterion.evidence.path
]

_place_of_weights := passage.first([hit | some hit in input.topics.award_weights; hit.polarity == "met"])

_place_of_weights := [criterion.evidence | some criterion in input.award_criteria; criterion.weight > 0][0] if {
	not _weights_in_words
}

_place_of_weights := passage.first([hit | some hit in input.topics.award_equal; hit in _equal]) if {
	not _weights_in_words
	count([criterion | some criterion in input.award_criteria; criterion.weight > 0]) == 0
}

_weights_in_words if some _ in topic.met(input.topics.award_weights)
