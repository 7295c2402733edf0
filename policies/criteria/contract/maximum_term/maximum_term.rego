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

import data.policies.lib.deal
import data.policies.lib.measure
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
}

not_applicable := "one_off" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

evidence := ({term.evidence | some term in _terms} | {duration.evidence | some duration in _extensions}) | {hit.evidence | some hit in topic.binding(input.topics.contract_term)}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.contract_papers_lacking
}

# One question for all that those papers would tell.
findings contains result.elsewhere(rego.metadata.chain(), deal.asked_of_the_contract) if {
	not rating
	deal.contract_papers_lacking
}

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
	hit := [hit | some hit in input.topics.contract_term; rate.binding(hit)][0]
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

# Only the law on framework agreements is a firm limit, and only where the regime
# and the length are known without doubt.
_certain if {
	_framework
	_limits[input.dossier.regime.value]
	_known_length
}

_known_length if _declared

_known_length if {
	count({term.months | some term in _terms}) < 2
	every term in _terms { term.clause in _term_clauses }
}

_unlimited if count(topic.risk(input.topics.contract_term)) > 0

_spoken_of if count(topic.binding(input.topics.contract_term)) > 0

# Months including options: as declared, else as the text states the total, else
# the longest term with its extensions.
_months := _declared if {
	_declared
} else := _stated_total if {
	_stated_total
} else := _longest + _extension if {
	_extension
} else := _longest

_declared := input.dossier.contract.value.months + sum(object.get(input.dossier.contract.value, "options", []))

# Terms that the text states as a length or by their first and last day.
_terms := array.concat(_lengths, _spans)

_lengths := [{"months": measure.length(duration), "clause": duration.clause, "evidence": duration.evidence} |
	some duration in input.durations
	duration.months >= 1
	measure.binding(duration)
	_about_the_term(duration)
]

_about_the_term(duration) if duration.about == "contract_term"

# "The maintenance term is 12 months": the sentence says that it is a term.
_about_the_term(duration) if {
	object.get(duration, "about", "") in {"", "maintenance_share"}
	duration.clause in {hit.clause | some hit in topic.met(input.topics.contract_term)}
}

_spans := [{"months": _months_between(min(days), max(days)), "clause": clause, "evidence": _evidence_of_days(clause)} |
	some clause, days in _days
	count(days) > 1
]

_days[date.clause] contains date.value if {
	some date in input.dates
	date.about == "contract_term"
	measure.binding(date)
}

_evidence_of_days(clause) := [date.evidence | some date in input.dates; date.clause == clause][0]

# A started month counts: 1 January to 31 December is twelve months.
_months_between(first, last) := ((12 * years) + months) + count([1 | days > 0]) if {
	[years, months, days, _, _, _] := time.diff(time.parse_ns("2006-01-02", last), time.parse_ns("2006-01-02", first))
}

_longest := max([term.months | some term in _terms])

_contract_clauses := {hit.clause | some hit in input.topics.contract_term}

_term_clauses := _contract_clauses | {hit.clause | some hit in input.topics.renewal_option}

# Extensions of the contract; that of a deadline for tenders stands in other clauses.
_extensions := [duration | some duration in measure.durations("extension"); duration.clause in _term_clauses]

# "At most 48 months including options" is a total, no extension.
_totals := [duration | some duration in _extensions; _is_total(duration)]

_is_total(duration) if {
	duration.limit == "max"
	duration.clause in _contract_clauses
	not _within_a_term(duration)
}

_within_a_term(duration) if measure.length(duration) <= _longest

_stated_total := max([measure.length(duration) | some duration in _totals])

# Options listed in one section add up; another section, or document, repeats them.
_extension := max([sum([_extension_in(clause) | some clause in clauses]) | some clauses in _sections])

_sections[place] contains duration.clause if {
	some duration in _extensions
	place := [duration.evidence.path, object.get(duration.evidence, "section", "")]
}

# "Twice by 12 months, by 24 months at most" are 24 months.
_extension_in(clause) := longest if {
	longest := max([measure.length(duration) | some duration in _added_in(clause); duration.limit == "max"])
} else := sum([longest |
	some months in {duration.months | some duration in _added_in(clause)}
	longest := max([measure.length(duration) | some duration in _added_in(clause); duration.months == months])
])

# "48 months plus options (2 x 12 months)" tells the term once more.
_added_in(clause) := [duration |
	durations := [duration | some duration in _extensions; duration.clause == clause]
	some duration in durations
	not _repeats_the_term(duration, durations)
]

_repeats_the_term(duration, durations) if {
	count(durations) > 1
	duration.months == _longest
	duration.count == 1
}

# Where the length stands: at the longest term, at the stated total, else in the manifest.
_place := place if {
	place := [term.evidence | some term in _terms; term.months == _longest; _shown][0]
} else := place if {
	place := [duration.evidence | some duration in _totals; _shown][0]
} else := {"path": "dossier.yaml", "place": "dossier.yaml"}

# A passage that says something else than the manifest is not shown as its proof.
_shown if not _declared

_shown if _longest == input.dossier.contract.value.months
