# METADATA
# title: Exchangeability as weighted award criterion
# description: An award criterion or sub-criterion rates exchangeability, with a published weight of at least 10 percent.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__58.html
#     description: "§ 58 Abs. 2 und 3 VgV, Zuschlag und Zuschlagskriterien (gelesen in der Fassung vor dem 1. Juli 2026; seither soll dort auch digitale Souveränität als zulässiges Kriterium genannt sein)"
#   - ref: https://www.gesetze-im-internet.de/gwb/__127.html
#     description: "§ 127 Abs. 3 bis 5 GWB, Auftragsbezug, Überprüfbarkeit und Bekanntgabe der Zuschlagskriterien"
# custom:
#   id: EX-01
#   kind: A
#   weight: 10
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.award_criterion

import data.policies.lib.competition
import data.policies.lib.deal
import data.policies.lib.kind
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

# Least weight in percent, our own proposal: no law names a figure.
_least := 10

rating := "met" if {
	some share in _shares
	share.value >= _least
} else := "partly" if {
	count(_named | _half) > 0
} else := "not_met" if {
	count(_price_only) > 0
}

evidence contains hit.evidence if some hit in (_named | _half)

evidence contains place if {
	count(_named | _half) == 0
	some place in _price_only
}

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "direct_award" if competition.direct_award

_named := {hit | some hit in topic.met(input.topics.exchangeability_award)}

_half := {hit | some hit in topic.weak(input.topics.exchangeability_award)}

_price_only[hit.clause] := hit.evidence if {
	not kind.sold_on
	some hit in topic.risk(input.topics.exchangeability_award)
}

# What tells bids on one product apart is its price.
_price_only[hit.clause] := hit.evidence if {
	not kind.sold_on
	some hit in topic.risk(input.topics.price_only)
	not hit.clause in {own.clause | some own in topic.risk(input.topics.exchangeability_award)}
}

# Weights in percent by clause. Of several in one clause the least counts, since
# nothing tells which of them is meant.
_shares contains {"clause": hit.clause, "value": min(weights), "sure": count(weights) == 1} if {
	some hit in _named
	weights := _percentages[hit.clause]
}

# Points are turned into percent of all points.
_shares contains {"clause": hit.clause, "value": (100 * criterion.weight) / _points, "sure": false} if {
	some hit in _named
	not _percentages[hit.clause]
	some criterion in input.award_criteria
	_same_place(criterion.evidence, hit.evidence)
}

_percentages[hit.clause] contains percentage.value if {
	some hit in _named
	some percentage in input.percentages
	percentage.clause == hit.clause
	object.get(percentage, "about", "award_weight") == "award_weight"
}

_points := sum([criterion.weight | some criterion in input.award_criteria])

_same_place(a, b) if object.filter(a, _place_keys) == object.filter(b, _place_keys)

_place_keys := {"path", "page", "line", "paragraph", "cell"}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _criteria_place
	not _by_people
	not deal.award_papers_lacking
	not _paper_named
}

# A charter of a committee was read: the one question of such a dossier.
findings contains result.unsure(rego.metadata.chain(), "charter", kind.charter, {}) if not deal.papers

# Work of people leaves no solution to exchange.
_by_people if input.dossier.service_model.value == "services"

# Only the letter that asks for bids was read: the one question on what is bought.
findings contains result.unsure(rego.metadata.chain(), "specification", paper.specification.evidence, {"paper": paper.specification.name}) if not deal.papers

# What was read is no description of a procurement: the one question of such a dossier,
# whatever else it says.
findings contains result.asked(rego.metadata.chain(), "price_sheet", _documents) if deal.papers == "price_sheet"

findings contains result.asked(rego.metadata.chain(), "notice", _documents) if deal.papers == "notice"

findings contains result.asked(rego.metadata.chain(), "form", _documents) if deal.papers == "form"

findings contains result.asked(rego.metadata.chain(), "guidance", _documents) if deal.papers == "guidance"

findings contains result.asked(rego.metadata.chain(), "module", _documents) if deal.papers == "module"

findings contains result.asked(rego.metadata.chain(), "question", _documents) if deal.papers == "question"

_documents := {"count": count(input.documents)}

# One question for all that those papers would tell. NE-09 asks it where the text names
# the paper, and where it alone is open.
findings contains result.elsewhere(rego.metadata.chain(), deal.asked_of_the_award, _doubtful) if {
	not rating
	deal.award_papers_lacking
	deal.asked_of_the_award != ["NE-09"]
	not kind.awarded
	not deal.papers
	not deal.own_project
	not kind.charter
	not paper.general_terms
	not _paper_named
}

# General terms were read, and no contract that they go into: the one question of such a
# dossier on what is awarded with them.
findings contains result.asked(rego.metadata.chain(), "terms", {}) if {
	not rating
	deal.award_papers_lacking
	paper.general_terms
}

# Nobody awards anything: asked where the documents tell that.
findings contains result.unsure(rego.metadata.chain(), "own_project", deal.own_project, {}) if {
	deal.award_papers_lacking
	not deal.papers
	not kind.charter
}

_paper_named if {
	not deal.no_parties
	deal.criteria_elsewhere
}

default _doubtful := false

_doubtful if deal.award_doubtful

findings contains passage.missing_at(rego.metadata.chain(), _criteria_place) if {
	not rating
	not _by_people
	not deal.papers
}

# Where the dossier names its award criteria.
_criteria_place := place if {
	place := input.award_criteria[0].evidence
} else := passage.first(input.topics.award_weights)

findings contains result.finding(rego.metadata.chain(), "low_weight", hit.evidence, {"percent": share.value, "least": _least}) if {
	rating == "partly"
	some hit in _named
	some share in _shares
	share.clause == hit.clause
	share.sure
}

findings contains result.unsure(rego.metadata.chain(), "no_weight", hit.evidence, {"least": _least}) if {
	rating == "partly"
	some hit in _named
	count({share | some share in _shares; share.sure}) == 0
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"least": _least}) if {
	rating == "partly"
	count(_named) == 0
	some hit in _half
}

findings contains result.finding(rego.metadata.chain(), "risk", place, {"least": _least}) if {
	rating != "met"
	some place in _price_only
}
