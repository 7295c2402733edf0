# METADATA
# title: Source code handover
# description: >-
#   Individual software is handed over as source code with each version. A
#   contract on an unmodified EVB-IT template for creation or systems says so itself.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: http://www.it-rechts-praxis.de/vertraege/EVB-IT-System-3/17
#     description: "EVB-IT System, Ziffer 17: Übergabe des Quellcodes (undatierte Abschrift; in der Fassung von 2026 zu prüfen)"
#   - ref: https://lawinsider.com/de/clause/quellcode%C3%BCbergabe-und-quellcodehinterlegung/_1
#     description: "EVB-IT Erstellung, Ziffer 17: Quellcodeübergabe und Quellcodehinterlegung (undatierte Abschrift)"
# custom:
#   id: CE-06
#   kind: A
#   weight: 9
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.source_code

import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.evb_it
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.polarities(_polarities)

evidence := ({hit.evidence | some hit in topic.binding(input.topics.source_code)} | {template.evidence | some template in evb_it.settled("source_code")}) | {hit.evidence | some hit in _deviations}

not_applicable := "saas" if input.dossier.service_model.value == "saas"

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.left_to_the_contract
	_due
}

_due if deal.complete

_due if due.made

findings contains result.finding(rego.metadata.chain(), "weak", place, {}) if {
	rating == "partly"
	some place in passage.each_document([hit |
		some hit in input.topics.source_code
		hit in _half_hearted
		not hit.clause in _accesses
	])
}

# Whoever may look into a repository has the code for as long as that lasts.
findings contains result.finding(rego.metadata.chain(), "access", place, {}) if {
	rating == "partly"
	place := passage.first([hit |
		some hit in input.topics.source_code
		hit in _half_hearted
		hit.clause in _accesses
	])
}

_accesses := {hit.clause | some hit in topic.met(input.topics.repository_access)}

_half_hearted := topic.half_hearted(input.topics.source_code)

# One that may be handed over is told where no other passage speaks of it. Who sells
# ready-made software may keep its code.
findings contains result.finding(rego.metadata.chain(), "optional", place, {}) if {
	rating == "partly"
	count(_half_hearted) == 0
	due.made
	some place in passage.each_document([hit | some hit in input.topics.source_code; hit.optional])
}

# The one who receives the code is no buyer by name, for which a slip of the pen is enough.
findings contains result.unsure(rego.metadata.chain(), "recipient", _received, {}) if rating in {"partly", "met"}

_received := passage.first([hit | some hit in input.topics.source_code; hit.polarity != "risk"; hit.clause in _to_supplier])

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.source_code)
	not hit.clause in {deviation.clause | some deviation in _deviations}
}

findings contains result.finding(rego.metadata.chain(), "deviation", hit.evidence, {}) if {
	some hit in _deviations
	_about_source_code(hit)
}

# A deviation that does not say from what may concern the source code.
findings contains result.unsure(rego.metadata.chain(), "deviation", hit.evidence, {}) if {
	rating == "partly"
	some hit in _deviations
	not _about_source_code(hit)
}

_polarities contains _polarity(hit) if some hit in topic.binding(input.topics.source_code)

# Code that does not come to the buyer is half of what is asked.
_polarity(hit) := "weak" if {
	hit.polarity == "met"
	hit.clause in _to_supplier
} else := hit.polarity

_to_supplier := {hit.clause | some hit in input.topics.code_to_supplier}

# The template's own rule holds without a word in the tender, but not against one.
_polarities contains "met" if {
	count(evb_it.settled("source_code")) > 0
	count(_deviations) == 0
	not _ruled_out
}

_ruled_out if some _ in topic.risk(input.topics.source_code)

_polarities contains "weak" if {
	some hit in _deviations
	not _about_source_code(hit)
}

_polarities contains "risk" if {
	some hit in _deviations
	_about_source_code(hit)
}

# Deviations count where a template is taken in that hands over source code, unless
# they speak of rights, or where they speak of source code themselves.
_deviations contains hit if {
	some hit in evb_it.deviations
	count(evb_it.settled("source_code")) > 0
	not hit.clause in {other.clause | some other in input.topics.usage_rights}
	not _about_other(hit)
	not _gives(hit)
}

_deviations contains hit if {
	some hit in evb_it.deviations
	_about_source_code(hit)
}

_about_source_code(hit) if hit.clause in _withheld

_withheld := {hit.clause |
	some hit in topic.binding(input.topics.source_code)
	hit.polarity != "met"
}

# A number of the template is set aside, and the clause does not give the source code
# after all.
_about_source_code(hit) if {
	evb_it.touches(hit, "source_code")
	not _gives(hit)
	not _about_other(hit)
}

_about_other(hit) if {
	count(hit.topics) > 0
	not "source_code" in hit.topics
}

_gives(hit) if hit.clause in {given.clause | some given in topic.met(input.topics.source_code)}
