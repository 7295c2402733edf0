# METADATA
# title: Usage and modification rights
# description: >-
#   Rights in what was made for the buyer last, may be passed on within the public
#   sector and cover changes, also by third parties.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 4 VgV: Übertragung von Rechten des geistigen Eigentums und Nutzungsrechten (Fassung vor dem 1. Juli 2026)"
#   - ref: https://lawinsider.com/de/clause/quellcode%C3%BCbergabe-und-quellcodehinterlegung/_1
#     description: "EVB-IT Erstellung: Regelungen zum Quellcode (undatierte Abschrift)"
# custom:
#   id: CE-07
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.usage_rights

import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.evb_it
import data.policies.lib.kind
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.statement
import data.policies.lib.topic

rating := rate.polarities(_polarities)

# Rights in data alone, CE-10 judges.
_hits := [hit |
	some hit in input.topics.usage_rights
	not _in_data_alone(hit)
	not _goes_on(hit)
]

# "This right is limited;" — what limits it follows, and may be about one of many who use it.
_goes_on(hit) if {
	hit.polarity == "risk"
	regex.match(`(?i)^(dieses|diese|this|such)\s[^,]{1,80};$`, hit.evidence.quote)
}

_in_data_alone(hit) if {
	hit.clause in _on_data
	not regex.match(_results, hit.evidence.quote)
}

# "the unlimited right to use the data that were made"
_in_data_alone(hit) if {
	regex.match(_of_data, hit.evidence.quote)
	not regex.match(_results, hit.evidence.quote)
}

_of_data := `(?i)\b(an\s+(\S+\s+){0,5}daten\b|in\s+(the|its|their|our)\s+(\S+\s+){0,3}data\b)`

_on_data := {hit.clause | some hit in input.topics.data_rights}

_results := `(?i)software|code|ergebnis|deliverable|program|anwendung|application|product|material|document|dokument|works?\b`

evidence := ({hit.evidence | some hit in topic.binding(_hits)} | {hit.evidence | some hit in evb_it.incorporated}) | {_publication | not _granted}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.left_to_the_contract
	not _kept
	count(_hits) == count(object.get(input.topics, "usage_rights", []))
	_due
}

_due if paper.contract_here

_due if due.made

# Where the results stay is told, and no right in them.
findings contains result.unsure(rego.metadata.chain(), "kept", _kept, {}) if not rating

_kept := passage.first(input.topics.results_kept)

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	not kind.standard
	some hit in topic.half_hearted(_hits)
	not _of_a_purchase(hit)
}

# How long ready-made software is bought for brings up no rights in what is made.
_of_a_purchase(hit) if {
	not _due
	hit.clause in {bought.clause | some bought in input.topics.bought_for_good}
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	not _rented
	not kind.let
	some hit in topic.risk(_hits)
}

# Standard software is let for a time, and not changed; asked is whether another authority or
# a provider may use it in the buyer's stead.
findings contains result.unsure(rego.metadata.chain(), "not_transferable", hit.evidence, {}) if {
	kind.let
	some hit in topic.risk(_hits)
	regex.match(`(?i)übertragbar|übertragung|weitergabe|abtret|transfer|assign|sublicen|sub-licen`, hit.evidence.quote)
}

# Software as a service is used while it is paid for; asked is what was made for the buyer.
findings contains result.unsure(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	_rented
	some hit in topic.risk(_hits)
}

# The templates leave a choice of rights, so that naming one is not enough.
findings contains result.finding(rego.metadata.chain(), "template_only", place, {}) if {
	_template_only
	place := passage.first([hit | some hit in input.topics.evb_it; hit.polarity == "met"])
}

_polarities contains polarity if {
	some hit in topic.binding(_hits)
	polarity := _polarity(hit)
}

_polarities contains "weak" if _template_only

# Under an open licence everybody may use and change what is published, for good.
_polarities contains "met" if {
	_publication
	not _granted
	_licensed
}

# Without a word on the licence that is not settled.
findings contains result.unsure(rego.metadata.chain(), "published", _publication, {}) if _publication_only

_polarities contains "weak" if _publication_only

_publication := passage.first([hit | some hit in input.topics.open_source_publication; hit.polarity == "met"])

_publication_only if {
	_publication
	not _granted
	not _licensed
}

_licensed if {
	some hit in topic.met(input.topics.open_source_publication)
	statement.beside(hit, _around_open_licences)
}

_around_open_licences := statement.around(_open_licences)

_open_licences := [mention |
	some mention in input.mentions.licence
	"open_source" in mention.tags
	not mention.negated
]

_granted if some _ in topic.binding(_hits)

# What is let or maintained is nobody's result; what goes with a notice that stands alone, or
# into a form that is not filled in, EX-01 asks.
_template_only if {
	not kind.standard
	not _told_elsewhere
	count(evb_it.incorporated) > 0
	count(topic.binding(_hits)) == 0
}

_told_elsewhere if deal.papers in {"form", "notice"}

_polarity(hit) := "weak" if {
	hit.polarity == "risk"
	_rented
} else := "weak" if {
	hit.polarity == "risk"
	kind.let
} else := hit.polarity

_rented if input.dossier.service_model.value == "saas"
