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

import data.policies.lib.measure
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

# A complete dossier without a word on renewal ends when its term ends.
not_applicable := "no_renewal" if {
	input.dossier.complete.value
	count(_polarities) == 0
}

not_applicable := "no_renewal" if input.dossier.contract.value.kind == "purchase"

findings contains result.missing(rego.metadata.chain()) if not rating

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
