# METADATA
# title: Reuse
# description: >-
#   Before software is made, existing software of other authorities was looked for; what is
#   made can be found and used by others.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://open-code-guide-b6c70f.usercontent.opencode.de/softwareverzeichnis
#     description: "openCode: Softwareverzeichnis und publiccode.yml (gelesen November 2026)"
#   - ref: http://enss.wikidot.com/item:eif-principles
#     description: "EIF, Empfehlung 6: Wiederverwendung (Nummer nach Sekundärquelle)"
# custom:
#   id: MC-08
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.community.reuse

import data.policies.lib.deal
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# Both that others' software was looked for and that others can use this one. A project
# that others find has no buyer who would have looked.
rating := "met" if {
	_looked_for == "met"
	_usable == "met"
} else := "met" if {
	_project
	not _looked_for
	_usable == "met"
} else := "partly" if {
	some half in {"met", "partly"}
	half in _parts
} else := "not_met" if {
	count(_parts) > 0
}

evidence contains hit.evidence if some hit in _search

evidence contains hit.evidence if some hit in topic.binding(input.topics.reusability)

evidence contains repository.evidence if some repository in input.repositories

not_applicable := "no_development" if {
	not rating
	not deal.made_for_the_buyer
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
	not rating
}

# A search need not be told in the papers of a procedure: it is asked for once all are here.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	deal.made_for_the_buyer
	input.dossier.complete.value
}

findings contains result.unsure(rego.metadata.chain(), "no_search", place, {}) if {
	_usable in {"met", "partly"}
	not _looked_for
	not _project
	place := _places_of_use[0]
}

findings contains result.finding(rego.metadata.chain(), "no_use", _search[0].evidence, {}) if {
	_looked_for in {"met", "partly"}
	not _usable
}

findings contains result.finding(rego.metadata.chain(), hit.polarity, hit.evidence, {}) if {
	rating != "met"
	some hit in array.concat(_search, [hit | some hit in topic.binding(input.topics.reusability)])
	hit.polarity in {"weak", "risk"}
}

_project if {
	input.dossier.kind.value == "architecture"
	count(input.repositories) > 0
}

_parts contains _looked_for

_parts contains _usable

# The search is for what is there, so tales of it count.
_looked_for := rate.polarities({hit.polarity | some hit in _search})

_search := [hit | some hit in input.topics.reuse; rate.stated(hit)]

_usable := rate.polarities(_polarities_of_use)

_polarities_of_use contains hit.polarity if some hit in topic.binding(input.topics.reusability)

# A publiccode.yml makes software found, and others can use what is published. To whoever
# has looked for others' software, that is enough.
_polarities_of_use contains "met" if count(input.repositories) > 0

_polarities_of_use contains "met" if {
	count(_search) > 0
	some _ in topic.met(input.topics.open_source_publication)
}

_places_of_use := array.concat(
	[hit.evidence | some hit in input.topics.reusability; rate.binding(hit)],
	[repository.evidence | some repository in input.repositories],
)
