# METADATA
# title: Maximum term
# description: >-
#   A framework agreement runs at most as long as the law allows, options
#   included. Any other contract is fixed or has points at which the buyer can leave it.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__21.html
#     description: "§ 21 Abs. 6 VgV: Rahmenvereinbarungen höchstens vier Jahre, Sonderfälle ausgenommen (Fassung vor dem 1. Juli 2026)"
#   - ref: https://vergabevorschriften.de/uvgo/15
#     description: "§ 15 Abs. 4 UVgO: Rahmenvereinbarungen höchstens sechs Jahre, Sonderfälle ausgenommen"
# custom:
#   id: CE-01
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.maximum_term

import data.policies.criteria.contract.continuity
import data.policies.criteria.contract.data_retrieval
import data.policies.criteria.contract.data_rights
import data.policies.criteria.contract.renewal
import data.policies.criteria.contract.source_code
import data.policies.criteria.contract.termination
import data.policies.criteria.contract.transition_support
import data.policies.criteria.contract.usage_rights
import data.policies.criteria.lock_in.licence_metric
import data.policies.criteria.lock_in.operator
import data.policies.criteria.lock_in.switching_fees
import data.policies.lib.deal
import data.policies.lib.lasting
import data.policies.lib.paper
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := "not_met" if {
	_too_long
	_certain
} else := "partly" if {
	_too_long
} else := "partly" if {
	_months
	_unlimited
} else := "met" if {
	_months
} else := "not_met" if {
	_unlimited
} else := "partly" if {
	_spoken_of
	not _spanned
}

not_applicable := "one_off" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
} else := "general_terms" if {
	paper.general_terms
	not _months
	not _unlimited
}

evidence := ({place | some term in input.terms; some place in term.evidence} | {hit.evidence | some hit in topic.binding(input.topics.contract_term)}) | {hit.evidence | some ends in _span; some hit in ends}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _spanned
	not deal.contract_papers_lacking
	not _for_good
	count([hit | some hit in topic.binding(input.topics.contract_term); lasting.endless(hit)]) == 0
}

# What is bought for good ends with its delivery, unless something goes on beside it.
_for_good if {
	some _ in topic.met(input.topics.bought_for_good)
	count(topic.risk(input.topics.bought_for_good)) == 0
}

# One question for all that those papers would tell, at the place that names one of them.
# Whether there is to be a contract at all, EX-01 asks.
findings contains object.union_n([result.elsewhere(rego.metadata.chain(), _open, false), {"args": {"paper": _paper_name}}, _place_of_paper]) if {
	_asked
	count(_open) > 0
}

_asked if {
	deal.contract_papers_lacking
	not deal.no_parties
	not deal.papers
	not paper.clauses_here
}

_asked if deal.contract_named

_asked if {
	deal.contract_untold
	not paper.clauses_here
}

# What is told, and what does not apply, is not asked for.
_open := [id | some id in deal.asked_of_the_contract; not _told(id)]

_told("CE-01") if rating

# How long the work, its operation or its upkeep takes is the term of most contracts.
_told("CE-01") if some _ in topic.weak(input.topics.work_period)

_told(id) if _others[id].rating

_told(id) if _others[id].not_applicable

_others := {
	"CE-02": renewal,
	"CE-03": termination,
	"CE-04": transition_support,
	"CE-05": data_retrieval,
	"CE-06": source_code,
	"CE-07": usage_rights,
	"CE-10": data_rights,
	"CE-11": continuity,
	"LI-02": operator,
	"LI-05": licence_metric,
	"LI-06": switching_fees,
}

default _paper_name := ""

_paper_name := deal.contract_paper.name

default _place_of_paper := {}

_place_of_paper := {"evidence": deal.contract_paper.evidence}

findings contains result.finding(rego.metadata.chain(), "too_long", _place, _args) if {
	_too_long
	_certain
}

findings contains result.unsure(rego.metadata.chain(), "too_long", _place, _args) if {
	_too_long
	_framework
	not _certain
}

findings contains result.unsure(rego.metadata.chain(), "no_exit_points", _place, _args) if {
	_too_long
	not _framework
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.contract_term)
}

# The dossier speaks of the term, but in no words from which its length is known.
findings contains result.finding(rego.metadata.chain(), "no_length", hit.evidence, {}) if {
	_spoken_of
	not _months
	not _unlimited
	not _spanned
	hit := [hit | some hit in input.topics.contract_term; rate.binding(hit); not lasting.endless(hit)][0]
}

_args := {"months": _months, "limit": _limit}

# Longest term of a framework agreement in months: four, six and, for utilities,
# eight years.
_limits := {"vgv": 48, "uvgo": 72, "sektvo": 96}

default _limit := 48

_limit := _limits[input.dossier.regime.value]

_framework if input.dossier.contract.value.kind == "framework"

_too_long if {
	_months > _limit
	not _can_be_left
}

# A right to terminate makes a long service contract bearable; a framework
# agreement stays too long.
_can_be_left if {
	not _framework
	some _ in topic.met(input.topics.termination)
}

# Options that the buyer may take or leave are days at which it can leave, where what comes
# before them is no longer than the limit.
_can_be_left if {
	not _framework
	not _declared
	some _ in topic.met(input.topics.renewal_option)
	_longest > 0
	_longest <= _limit
	count([term | some term in input.terms; count(term.options) > 0]) > 0
}

# Only the law on framework agreements is a firm limit, and only where the regime
# and the length are known without doubt.
_certain if {
	_framework
	_limits[input.dossier.regime.value]
	_known_length
}

_known_length if _declared

_known_length if {
	count({term.base | some term in _terms}) < 2
	every term in _terms { term.firm }
}

_unlimited if count(topic.risk(input.topics.contract_term)) > 0

_spoken_of if {
	some hit in topic.binding(input.topics.contract_term)
	not lasting.endless(hit)
}

# Months including options: as declared, else the longest that a document states or
# its lengths add up to, else from the first day to the last. Where one document tells the
# term and another the options, these extend the longest.
_months := _declared if {
	_declared
} else := max(_totals) if {
	count(_totals) > 0
} else := max([_between(first.value, last.value) |
	some [start, end] in _span
	some first in input.dates
	first.clause == start.clause
	some last in input.dates
	last.clause == end.clause
])

# _between counts the months that two days and those between them take, begun ones whole.
_between(first, last) := ((length[0] * 12) + length[1]) + _begun(length) if {
	length := time.diff(time.add_date(_noon(last), 0, 0, 1), _noon(first))
}

_noon(day) := time.parse_rfc3339_ns(sprintf("%sT12:00:00Z", [day]))

default _begun(_) := 0

_begun(length) := 1 if length[2] > 0

# Rows of a form that ask for the first and for the last day, even where they are blank:
# they say where the length is told.
_span contains [start, end] if {
	some start in topic.met(input.topics.term_start)
	some end in topic.met(input.topics.term_end)
	start.evidence.path == end.evidence.path
	object.get(start.evidence, "section", "") == object.get(end.evidence, "section", "")
}

_spanned if count(_span) > 0

_totals := {term.total | some term in _terms} | _extended

_extended contains _longest + term.total if {
	some term in input.terms
	_only_options(term)
	not term.part
}

_only_options(term) if {
	not term.base
	not term.stated
}

_declared := input.dossier.contract.value.months + sum(object.get(input.dossier.contract.value, "options", []))

# Terms of the whole contract that leave no doubt, else all of the whole contract, else
# those of its parts.
_terms := firm if {
	firm := [term | some term in _whole; term.firm]
	count(firm) > 0
} else := _whole if {
	count(_whole) > 0
} else := _lengths

_whole := [term | some term in _lengths; not term.part]

_lengths := [term | some term in input.terms; not _only_options(term)]

_longest := max([term.base | some term in _terms])

# Where the length stands: at the term that makes it, else at the longest one, else in
# the manifest.
_place := place if {
	place := [term.evidence[0] | some term in _terms; term.total == _months; _shown][0]
} else := place if {
	place := [term.evidence[0] | some term in _terms; term.base == _longest; _shown][0]
} else := place if {
	not _declared
	place := [start.evidence | some [start, _] in _span][0]
} else := {"path": "dossier.yaml", "place": "dossier.yaml"}

# A passage that says something else than the manifest is not shown as its proof.
_shown if not _declared

_shown if _longest == input.dossier.contract.value.months
