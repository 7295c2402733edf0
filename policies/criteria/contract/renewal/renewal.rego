# METADATA
# title: No automatic renewal
# description: The contract goes on only where the buyer says so.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://indicatortoolbox.eu/indicators/?page=2&tags=rigged+specifications
#     description: "Indicator Toolbox: häufige Verlängerung als Warnzeichen"
# custom:
#   id: CE-02
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.renewal

import data.policies.lib.deal
import data.policies.lib.lasting
import data.policies.lib.measure
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# A long automatic renewal binds, whatever options stand beside it.
rating := "not_met" if {
	some hit in topic.risk(input.topics.renewal_option)
	_heavy(hit)
} else := rate.polarities(_polarities)

evidence := {hit.evidence | some hit in topic.binding(input.topics.renewal_option)}

# A complete dossier without a word on renewal ends when its term ends. So does a term
# that is told with its end, and with no option.
not_applicable := "no_renewal" if {
	input.dossier.complete.value
	not rating
} else := "no_renewal" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
} else := "fixed_term" if {
	_fixed_term
	not rating
}

_fixed_term if {
	some duration in measure.durations("contract_term")
	duration.clause in _term_clauses
	count(topic.risk(input.topics.contract_term)) == 0
	not _extended
}

# Told by its first and last day.
_fixed_term if {
	count(input.terms) > 0
	count(topic.risk(input.topics.contract_term)) == 0
	every term in input.terms {
		term.firm
		not term.options
	}
}

_term_clauses := {hit.clause | some hit in topic.binding(input.topics.contract_term)}

_extended if {
	some duration in measure.durations("extension")
	duration.clause in _term_clauses
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	paper.contract_here
	_term_told
	not _endless
}

# Where no term is told at all, CE-01 asks for it, and with it for its extensions.
_term_told if count(input.terms) > 0

_term_told if some _ in topic.binding(input.topics.contract_term)

# What runs until somebody ends it has nothing to extend.
_endless if count(topic.risk(input.topics.contract_term)) > 0

_endless if {
	some hit in topic.weak(input.topics.contract_term)
	lasting.endless(hit)
}

findings contains result.finding(rego.metadata.chain(), "long_extension", hit.evidence, {"months": _extension(hit)}) if {
	some hit in topic.risk(input.topics.renewal_option)
	_long_extension(hit)
}

findings contains result.finding(rego.metadata.chain(), "long_notice", hit.evidence, {"months": _notice(hit)}) if {
	some hit in topic.risk(input.topics.renewal_option)
	_long_notice(hit)
	not _long_extension(hit)
}

findings contains result.finding(rego.metadata.chain(), "automatic", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.renewal_option)
	not _heavy(hit)
}

# An option is named, but not whose it is; a dossier names the same one often.
findings contains result.unsure(rego.metadata.chain(), "weak", place, {}) if {
	rating == "partly"
	place := passage.first([hit | some hit in input.topics.renewal_option; hit.polarity == "weak"])
}

_polarities contains "met" if some _ in topic.met(input.topics.renewal_option)

_polarities contains "weak" if some _ in topic.weak(input.topics.renewal_option)

# An automatic renewal with little notice and for a year at most is bearable.
_polarities contains "weak" if {
	some hit in topic.risk(input.topics.renewal_option)
	not _heavy(hit)
}

# An automatic renewal beside a buyer's option leaves something to be desired.
_polarities contains "risk" if {
	some _ in topic.met(input.topics.renewal_option)
	some _ in topic.risk(input.topics.renewal_option)
}

_heavy(hit) if _long_extension(hit)

_heavy(hit) if _long_notice(hit)

_long_extension(hit) if _extension(hit) > 12

_long_notice(hit) if _notice(hit) > 3

_extension(hit) := _longest("extension", hit.clause)

_notice(hit) := _longest("notice", hit.clause)

_longest(subject, clause) := max([duration.months |
	some duration in measure.durations(subject)
	duration.clause == clause
])
