# METADATA
# title: Termination and switching right
# description: >-
#   Cloud services can be switched at two months' notice and within thirty days;
#   other contracts can be terminated once a year.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 23 und 25: Wechsel mit höchstens zwei Monaten Frist und 30 Kalendertagen Übergang"
# custom:
#   id: CE-03
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.termination

import data.policies.lib.deal
import data.policies.lib.measure
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.polarities(_polarities)

evidence := {hit.evidence | some hit in topic.binding(input.topics.termination)} | {_early | _only_early}

not_applicable := "purchase" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
} else := "short_term" if {
	deal.short_term
	not _spoken_of
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	paper.contract_here
	not _headed
}

# A section of the contract is about it: what it says was not understood, and is not lacking.
_headed if {
	some clause in input.clauses
	clause.evidence.path in _contracts
	some heading in clause.headings
	regex.match(`(?i)^[\d.\s§)/]*(kündigung|kündigungsfrist(en)?|kündigung\s+(des|von|der)\s.*|.*\bkündigung(srecht)?|vertragsende|beendigung\s.*|termination(\s+(of|for|and)\s.*)?)[\s.:]*$`, heading)
}

_contracts := {document.path | some document in input.documents; document.role == "contract"}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.termination)
	not _locks_a_year(hit)
}

findings contains result.finding(rego.metadata.chain(), "long_notice", hit.evidence, {"months": _notice(hit), "limit": _notice_limit}) if {
	some hit in topic.met(input.topics.termination)
	_long_notice(hit)
}

findings contains result.unsure(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	not _yearly_is_enough
	some hit in _yearly
}

# A provider may take longer only where it shows why; the buyer may ask for longer.
findings contains result.unsure(rego.metadata.chain(), "long_transition", duration.evidence, {"days": round(duration.months * 30)}) if {
	some duration in _long_transitions
}

# A notice that frees only from contracts without an agreed end: most have one.
findings contains result.unsure(rego.metadata.chain(), "if_endless", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.met(input.topics.termination)
	hit.clause in _without_end
	not _long_notice(hit)
}

_without_end := {hit.clause | some hit in topic.met(input.topics.notice_if_endless)}

# The contract can end early, but who may end it, and when, is not said.
findings contains result.unsure(rego.metadata.chain(), "early", _early, {}) if _only_early

_early := passage.first(input.topics.early_termination)

_only_early if {
	_early
	not _spoken_of
	not _ruled_elsewhere
}

# An order under another contract has that one's terms.
_ruled_elsewhere if some _ in topic.met(input.topics.terms_elsewhere)

_spoken_of if some _ in topic.binding(input.topics.termination)

_polarities contains "weak" if _only_early

_cloud if input.dossier.service_model.value in {"saas", "paas", "iaas"}

# Without a declared service model, yearly termination may fall short.
_yearly_is_enough if input.dossier.service_model.value in {"on-prem", "custom"}

_polarities contains "met" if {
	some hit in topic.met(input.topics.termination)
	not _long_notice(hit)
	not hit.clause in _without_end
	count(_long_transitions) == 0
}

_polarities contains "weak" if {
	some hit in topic.met(input.topics.termination)
	hit.clause in _without_end
}

_polarities contains "weak" if {
	some hit in topic.met(input.topics.termination)
	_long_notice(hit)
}

_polarities contains "weak" if count(_long_transitions) > 0

_polarities contains "met" if {
	_yearly_is_enough
	count(_yearly) > 0
}

_polarities contains "weak" if {
	not _yearly_is_enough
	count(_yearly) > 0
}

_polarities contains "risk" if {
	some hit in topic.risk(input.topics.termination)
	not _locks_a_year(hit)
}

# Rights to terminate once a year, and locks that last no longer.
_yearly contains hit if some hit in topic.weak(input.topics.termination)

_yearly contains hit if {
	some hit in topic.risk(input.topics.termination)
	_locks_a_year(hit)
}

_locks_a_year(hit) if _lock(hit) <= 12

# A contract of a year or less ends before anybody could wait for a right to leave.
_locks_a_year(_) if input.dossier.contract.value.months <= 12

_lock(hit) := max([duration.months |
	some duration in input.durations
	duration.clause == hit.clause
	object.get(duration, "about", "") != "notice"
])

_long_notice(hit) if _notice(hit) > _notice_limit

_notice(hit) := max([duration.months |
	some duration in measure.durations("notice")
	duration.clause == hit.clause
])

default _notice_limit := 12

_notice_limit := 2 if _cloud

# Transitions within the switch itself; help afterwards may last as long as the buyer likes.
_long_transitions contains duration if {
	_cloud
	some duration in measure.durations("transition")
	duration.months > 1
	duration.clause in _clauses
	not duration.clause in _support_clauses
}

_clauses := {hit.clause | some hit in topic.binding(input.topics.termination)}

_support_clauses := {hit.clause | some hit in input.topics.transition_support}
