# METADATA
# title: Exit strategy
# description: A written exit plan is due with the tender or before going live, with steps, roles, duration and cost.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://kriterien-digitale-souveraenitaet-6bb399.usercontent.opencode.de
#     description: "ZenDiS: Kriterien digitale Souveränität, geprüfte Exit-Strategien (03/2026)"
#   - ref: https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-09-Souveraenitaet
#     description: "IT-Architekturrichtlinie Bund, AV-09 Regel 2"
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 25"
# custom:
#   id: EX-02
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.exit_plan

import data.policies.criteria.contract.transition_support
import data.policies.lib.deal
import data.policies.lib.drawn
import data.policies.lib.kind
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.topic(_plans)

_plans := [object.union(hit, {"polarity": _polarity(hit)}) | some hit in input.topics.exit_plan]

# What is due at the end only is no plan for an exit.
_polarity(hit) := "weak" if {
	hit.polarity == "met"
	hit.clause in _end
} else := hit.polarity

evidence := {hit.evidence | some hit in topic.binding(input.topics.exit_plan)}

not_applicable := "purchase_without_data" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.no_parties
	not drawn.alone
	not _nobody_to_leave
	not _little_to_leave
	not _handover_asked
}

# Accounts that are sold on have an exit of their own: out of the reseller's hands.
findings contains result.unsure(rego.metadata.chain(), "accounts", kind.resold, {}) if not rating

# Whoever has code and data in their own hands is left with the handover, which CE-04 asks
# about.
_handover_asked if {
	deal.made_for_the_buyer
	deal.own_code
	not deal.complete
	count(transition_support.findings) > 0
}

# Whoever runs what they publish themselves has no supplier to leave.
_nobody_to_leave if {
	input.dossier.kind.value == "architecture"
	not deal.complete
	count(topic.met(input.topics.self_operation)) > 0
	count(topic.met(input.topics.open_source_publication)) > 0
}

# Whoever has code and data in their own hands leaves a short contract, or one whose
# supplier helps with the handover, without a plan.
_little_to_leave if {
	deal.in_own_hands
	not deal.complete
	_eased
}

_eased if deal.short_term

_eased if some _ in topic.met(input.topics.transition_support)

# One question for all that a text on the architecture would tell.
findings contains result.elsewhere(rego.metadata.chain(), drawn.asked_of_texts, false) if {
	not rating
	drawn.alone
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	count(_late) == 0
	some hit in topic.half_hearted(input.topics.exit_plan)
}

# A date is set, but one at the end of the contract; one finding says so. Where nothing is
# told of help with the transition, it stands in for that, too.
findings contains result.finding(rego.metadata.chain(), "late", _late[0].evidence, {"help": count(_help) > 0}) if {
	rating == "partly"
	count(_late) > 0
}

_help := {hit |
	some hit in topic.met(input.topics.transition_support)
	not hit.clause in _demanding
}

_late := [hit | some hit in input.topics.exit_plan_late; hit.clause in _demanding]

_demanding := {hit.clause |
	some hit in topic.binding(input.topics.exit_plan)
	hit.polarity != "risk"
	not hit.optional
}

_end := {hit.clause | some hit in input.topics.exit_plan_late}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.exit_plan)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.exit_plan)
}
