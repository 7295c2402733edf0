# METADATA
# title: Transition services
# description: The supplier helps with the move to a successor, for a stated time or at a stated price.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 25: Unterstützung beim Wechsel"
# custom:
#   id: CE-04
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.transition_support

import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.measure
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.statement
import data.policies.lib.topic

# A mere duty to help is half of what is needed, and so is one that each contract has yet to
# agree on.
rating := "partly" if {
	_rating == "met"
	not _regulated
} else := "partly" if {
	_rating == "met"
	_if_agreed
} else := "partly" if {
	not _rating
	_if_agreed
} else := _rating

# What is handed over where a contract ends early is no help with the move.
_hits := [hit |
	some hit in input.topics.transition_support
	not _early(hit)
]

_early(hit) if {
	hit.polarity == "weak"
	hit.clause in {early.clause | some early in input.topics.early_termination}
}

_rating := rate.topic(_hits) if not _plan_only

# Where help is owed only as far as a contract agrees on it.
_if_agreed := passage.first([hit | some hit in input.topics.transition_if_agreed; hit.polarity == "met"])

evidence := {hit.evidence | some hit in topic.binding(_hits)} | {place | place := _if_agreed}

findings contains result.unsure(rego.metadata.chain(), "if_agreed", _if_agreed, {}) if rating == "partly"

not_applicable := "purchase" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.left_to_the_contract
	not _plan
	not _planned
	_due
}

_due if paper.contract_here

_due if due.operated

_due if {
	due.made
	not _over_soon
}

# Whoever has code and data in their own hands takes over a short contract without help.
_over_soon if {
	deal.in_own_hands
	deal.short_term
}

findings contains passage.missing_at(rego.metadata.chain(), _plan) if {
	not rating
	not deal.left_to_the_contract
}

# A plan alone is no help yet. Where the plan itself is doubtful, EX-02 asks about it.
_plan := passage.first([hit | some hit in input.topics.exit_plan; hit.polarity == "met"])

_planned if some _ in topic.binding(input.topics.exit_plan)

_plan_only if {
	_planned
	every hit in topic.binding(_hits) {
		hit.polarity == "met"
		hit.clause in _plans
	}
}

_plans := {hit.clause | some hit in input.topics.exit_plan}

findings contains result.finding(rego.metadata.chain(), "duty_only", evidence_of_duty, {}) if {
	_rating == "met"
	not _regulated
	not _if_agreed
	count(topic.weak(_hits)) == 0
	evidence_of_duty := passage.first([hit | some hit in _hits; hit.polarity == "met"])
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"at_cost": _at_cost(hit)}) if {
	rating == "partly"
	some hit in topic.half_hearted(_hits)
	not _priced(hit)
}

# Help that is charged by the hour may be a charge for switching, which LI-06 leaves to be
# told here: not of what is made for the buyer, or runs there.
_at_cost(hit) if {
	hit.clause in {charged.clause | some charged in topic.weak(input.topics.switching_fees)}
	not deal.made_for_the_buyer
	not object.get(input.dossier, ["service_model", "value"], "") in {"on-prem", "services"}
} else := false

# What it costs is settled in the same sentence or in one beside it.
findings contains result.finding(rego.metadata.chain(), "scope_open", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(_hits)
	_priced(hit)
	not statement.beside(hit, _scopes)
}

# How much help there is, however vague, is told in the same sentence or in one beside it.
_scopes := statement.around({hit | some hit in input.topics.transition_scope})

_priced(hit) if statement.beside(hit, _prices)

_prices := statement.around(_told_prices)

_told_prices contains hit if some hit in topic.met(input.topics.export_cost)

_told_prices contains hit if some hit in topic.met(input.topics.exit_cost)

_told_prices contains hit if some hit in topic.met(input.topics.exit_price)

_told_prices contains amount if some amount in input.amounts

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(_hits)
}

# How long the help lasts, in its own sentence or section.
_regulated if {
	some duration in measure.durations("transition")
	some spot in place.of(duration)
	spot in _duties
}

_regulated if {
	some duration in input.durations
	["clause", duration.clause] in _duties
}

# What it covers: a list of the help beside the duty.
_regulated if {
	some hit in topic.met(_hits)
	statement.beside(hit, _lists)
}

_lists := statement.around({hit | some hit in topic.met(input.topics.transition_list)})

# What it costs: a price beside the duty, a row of the price sheet, or a price asked for
# the exit.
_regulated if {
	some hit in topic.met(_hits)
	_priced(hit)
}

_regulated if {
	some hit in topic.met(_hits)
	some document in input.documents
	document.path == hit.evidence.path
	document.role == "price_sheet"
}

_regulated if {
	some _ in topic.met(input.topics.exit_cost)
}

# Help that is free with the data it concerns.
_regulated if {
	some hit in topic.met(input.topics.export_cost)
	some spot in place.of(hit)
	spot in _duties
}

_duties contains spot if {
	some hit in topic.met(_hits)
	some spot in place.of(hit)
}
