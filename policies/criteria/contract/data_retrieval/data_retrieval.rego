# METADATA
# title: Retrieval window and erasure proof
# description: After the contract the data can be fetched for at least thirty days; then they are erased, with proof.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 25 Abs. 2 Buchst. g und h: Abruf mindestens 30 Kalendertage nach der Übergangsfrist, danach Löschung (anwendbar seit 12. September 2025; Stand: November 2026)"
#   - ref: https://dataagenda.de/praxistipps-fuer-die-beendigung-einer-auftragsverarbeitung
#     description: "Art. 28 Abs. 3 Buchst. g DSGVO: Rückgabe oder Löschung personenbezogener Daten nach Wahl des Verantwortlichen (Erläuterung)"
# custom:
#   id: CE-05
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.data_retrieval

import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# From this day on the Data Act demands a window, Art. 25 (2) g with Art. 50.
_applies_from := "2025-09-12"

# Shortest window in days.
_shortest := 30

rating := "met" if {
	_complete
	count(_refusals) == 0
} else := "partly" if {
	_something
} else := "not_met" if {
	count(_refusals) > 0
}

_complete if {
	count(_returns) > 0
	_window >= _shortest
	count(_proofs) > 0
}

_something if count(_returns) > 0

_something if count(_proofs) > 0

_something if count(_erasures) > 0

evidence contains hit.evidence if some hit in topic.binding(input.topics.data_retrieval)

evidence contains hit.evidence if some hit in topic.binding(input.topics.erasure_proof)

not_applicable := "purchase" if {
	deal.bought
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "data_at_buyer" if {
	deal.data_at_buyer
	count(_refusals) == 0
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

_proofs := {hit | some hit in topic.met(input.topics.erasure_proof)}

# Data are given back; a passage on their erasure alone gives nothing back.
_returns := {hit |
	some hit in topic.met(input.topics.data_retrieval)
	not _erases_only(hit)
}

_erases_only(hit) if {
	hit.clause in {proof.clause | some proof in _proofs}
	not hit.clause in {duration.clause | some duration in _windows}
	not hit.clause in {export.clause | some export in topic.met(input.topics.data_export)}
}

_erasures := {hit | some hit in topic.weak(input.topics.data_retrieval)}

_refusals := {hit | some hit in topic.risk(input.topics.data_retrieval)}

# Days for which the data can be fetched: the longest stay in sentences on their
# return. Undefined where none is named.
_window := max([round(duration.months * 30) | some duration in _windows])

_windows contains duration if {
	some duration in input.durations
	duration.clause in _return_clauses
	duration.about in {"retrieval", "transition"}
}

_windows contains duration if {
	some duration in input.durations
	duration.about == "retrieval"
	some spot in place.of(duration)
	spot in _return_places
}

_return_clauses := {hit.clause | some hit in topic.met(input.topics.data_retrieval)}

_return_places contains spot if {
	some hit in topic.met(input.topics.data_retrieval)
	some spot in place.of(hit)
}

_data_act if {
	input.dossier.service_model.value in {"saas", "paas", "iaas"}
	input.today >= _applies_from
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.contract_papers_lacking
	not deal.holds_no_data
	_due
}

_due if paper.contract_here

_due if due.operated

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _refusals

# Thirty days are the law for data processing services only.
findings contains result.finding(rego.metadata.chain(), "short_window", duration.evidence, {"days": _window}) if {
	_data_act
	some duration in _short
}

findings contains result.likely(rego.metadata.chain(), "short_window", duration.evidence, {"days": _window}) if {
	not _data_act
	some duration in _short
}

_short contains duration if {
	count(_returns) > 0
	_window < _shortest
	some duration in _windows
	round(duration.months * 30) == _window
}

findings contains result.finding(rego.metadata.chain(), "no_window", passage.first([hit | some hit in input.topics.data_retrieval; hit in _returns]), {}) if {
	rating == "partly"
	not _window
}

findings contains result.finding(rego.metadata.chain(), "no_proof", passage.first([hit | some hit in input.topics.data_retrieval; hit in _returns]), {}) if {
	rating == "partly"
	_window >= _shortest
	count(_proofs) == 0
}

# Erasure is settled, return is not.
findings contains result.finding(rego.metadata.chain(), "erasure_only", hit.evidence, {}) if {
	count(_returns) == 0
	count(_refusals) == 0
	some hit in _first_erasure
}

_first_erasure := array.slice(
	array.concat(
		[hit | some hit in input.topics.erasure_proof; hit in _proofs],
		[hit | some hit in input.topics.data_retrieval; rate.binding(hit)],
	),
	0, 1,
)
