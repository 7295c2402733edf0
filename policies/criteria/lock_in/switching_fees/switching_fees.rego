# METADATA
# title: Switching and egress fees
# description: Nothing is charged for switching the provider or taking data out; for data processing services charges end on 12 January 2027.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 29 (Wechselentgelte bis 11. Januar 2027 höchstens zu Kosten, danach keine), Ausnahmen in Art. 31 und 34 (Stand: November 2026)"
# custom:
#   id: LI-06
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.switching_fees

import data.policies.criteria.exchangeability.data_export
import data.policies.lib.deal
import data.policies.lib.operation
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

# From this day on switching charges are banned, Art. 29 (1) Data Act.
_ban := "2027-01-12"

rating := "met" if {
	count(_free) > 0
	count(_charges) == 0
} else := "partly" if {
	count(_free) > 0
} else := "not_met" if {
	count(_charges - _mild) > 0
} else := "partly" if {
	count(_mild) > 0
} else := "partly" if {
	_free_export
}

evidence contains hit.evidence if some hit in (_free | _charges)

evidence contains _free_export if count(_free | _charges) == 0

# Taking data out is free, of the switch itself nothing is said. What the export lacks is
# asked at the same sentence: the switch comes after it.
_free_export := place if {
	place := passage.first([hit |
		some hit in input.topics.export_cost
		hit.polarity == "met"
		not _by_users_alone(hit)
	])
	not place in {finding.evidence | some finding in data_export.findings}
}

# That users take data out themselves says nothing of what it costs.
_by_users_alone(hit) if {
	regex.match(`(?i)self-?\s?service|selbst|eigenständig|intervention|assistance|involvement|initiated`, hit.evidence.quote)
	not regex.match(`(?i)\b(?:costs?|charged?|charges|fees?|prices?|free|paid|included)\b|kosten|entgelt|vergüt|gebühr|berechn|preis|abgegolten|inbegriffen|inklusive|enthalten`, hit.evidence.quote)
}

not_applicable := "no_data_processing_service" if {
	_no_data_processing
} else := "custom_service" if {
	deal.made_for_the_buyer
	_unless_charged
} else := "delivered_once" if {
	deal.delivered_once
	not _spoken_of
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
}

_no_data_processing if {
	input.dossier.service_model.value == "on-prem"
	_unless_charged
}

# Charges that are read count against what the documents only suggest. An export free of
# charge is none.
_unless_charged if input.dossier.service_model.source == "declared"

_unless_charged if not _spoken_of

_spoken_of if count(_free | _charges) > 0

_free := {hit | some hit in topic.met(input.topics.switching_fees)}

_at_cost := {hit | some hit in topic.weak(input.topics.switching_fees)}

_charges contains hit if some hit in _at_cost

_charges contains hit if some hit in topic.risk(input.topics.switching_fees)

# Charges that end before the ban, and charges at cost of a service that may
# not be one of data processing.
_mild contains hit if some hit in _temporary

_mild contains hit if {
	some hit in _at_cost
	not _data_processing
}

_temporary contains hit if {
	some hit in _charges
	_ends_before
}

_temporary contains hit if {
	some hit in _charges
	some date in input.dates
	date.clause == hit.clause
	date.value < _ban
}

_data_processing if input.dossier.service_model.value in {"saas", "paas", "iaas"}

# The contract's last day with all options; undefined where the manifest does
# not tell. Then it is taken to run past the ban.
_last(start) := time.add_date(time.parse_ns("2006-01-02", start), 0, contract.months + sum(options), 0) if {
	contract := input.dossier.contract.value
	options := object.get(contract, "options", [])
}

_ends_before if _last(input.dossier.contract.value.start) <= time.parse_ns("2006-01-02", _ban)

_runs_past if input.today >= _ban

_runs_past if _last(input.dossier.contract.value.start) > time.parse_ns("2006-01-02", _ban)

# A contract whose start is not known starts today at the earliest.
_runs_past if {
	not input.dossier.contract.value.start
	_last(input.today) > time.parse_ns("2006-01-02", _ban)
}

# The ban surely holds for this service within this contract.
_banned if {
	_data_processing
	_runs_past
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	_due
}

_due if deal.complete

# Whoever runs the solution for others may charge for leaving it.
_due if {
	operation.by_supplier
	not deal.left_to_the_contract
}

findings contains result.unsure(rego.metadata.chain(), "export_only", _free_export, {}) if {
	count(_free | _charges) == 0
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {"from": _ban}) if {
	_banned
	some hit in (_charges - _mild)
}

findings contains result.likely(rego.metadata.chain(), "risk", hit.evidence, {"from": _ban}) if {
	not _banned
	some hit in (_charges - _mild)
}

findings contains result.finding(rego.metadata.chain(), "temporary", hit.evidence, {"from": _ban}) if {
	some hit in _temporary
}

# What help at the end of the contract costs, CE-04 asks at the same sentence.
findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"from": _ban}) if {
	some hit in (_mild - _temporary)
	not hit.clause in _help
}

_help := {hit.clause | some hit in topic.weak(input.topics.transition_support)}
