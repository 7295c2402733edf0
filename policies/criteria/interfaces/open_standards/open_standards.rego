# METADATA
# title: Open standards for data exchange
# description: Every exchange of data names an open standard, or open standards are a duty with listed exceptions.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/egovg/__16a.html
#     description: "§ 16a EGovG, Behörden des Bundes sollen offene Standards nutzen (in Kraft seit 24. Juli 2024)"
#   - ref: https://www.digitale-verwaltung.de/Webs/DV/DE/onlinezugangsgesetz/servicestandard/prinzip-12/prinzip-12-node.html
#     description: "Servicestandard, Prinzip 12, offene Standards und Schnittstellen"
#   - ref: http://enss.wikidot.com/item:eif-principles
#     description: "Europäischer Interoperabilitätsrahmen (EIF), Empfehlung 4, Vorrang offener Spezifikationen"
#   - ref: https://github.com/publiccodenet/standard
#     description: "Standard for Public Code, Datenaustausch über offene Standards"
# custom:
#   id: IF-01
#   kind: A
#   weight: 10
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.open_standards

import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := "met" if {
	_covered
	count(_bad) == 0
} else := "partly" if {
	count(_duties | _half) > 0
} else := "partly" if {
	count(_exchanges & _named) > 0
} else := "not_met" if {
	count(_bad | _open_ends) > 0
} else := "not_met" if {
	count(_demanded - _named) > 0
}

# A duty holds for every interface; without one, each has to name its standard.
_covered if count(_duties) > 0

_covered if {
	_all_named
	_relied_on
}

_all_named if {
	count(_exchanges) > 0
	count(_exchanges - _named) == 0
	count(_open_ends) == 0
}

# One mention that demands nothing ("FHIR and JSON.") is no rule for the exchange of
# data; one that demands is, and so are several.
_relied_on if count(_exchanges & _demanded) > 0

_relied_on if count(_exchanges) > 1

evidence contains hit.evidence if some hit in (((_duties | _half) | _bad) | _open_ends)

evidence contains hit.evidence if {
	some hit in _interfaces
	not _covered
}

evidence contains hit.evidence if {
	some hit in _interfaces
	hit.clause in _named
}

_duties contains hit if some hit in topic.met(input.topics.open_standards)

_duties contains hit if some hit in topic.met(input.topics.proprietary_interface)

_half contains hit if some hit in topic.weak(input.topics.open_standards)

_half contains hit if some hit in topic.weak(input.topics.proprietary_interface)

_half contains hit if some hit in topic.weak(input.topics.administration_standards)

_bad contains hit if some hit in topic.risk(input.topics.open_standards)

_bad contains hit if some hit in topic.risk(input.topics.proprietary_interface)

# Interfaces whose design is left for after the award.
_open_ends := {hit | some hit in topic.risk(input.topics.interface_undefined)}

_interfaces contains hit if some hit in topic.met(input.topics.interface_required)

_interfaces contains hit if some hit in topic.met(input.topics.administration_standards)

# Passages that speak of an exchange, those that demand one outright, and those
# that name an open standard.
_exchanges := {hit.clause | some hit in _interfaces}

_demanded := {hit.clause | some hit in _interfaces; hit.modality in {"must", "should"}}

_named contains hit.clause if some hit in topic.met(input.topics.administration_standards)

_named contains hit.clause if some hit in topic.met(input.topics.interface_specification)

_named contains mention.clause if {
	some mention in input.mentions.protocol
	_carries_data(mention)
}

_named contains mention.clause if {
	some mention in input.mentions.standard
	_carries_data(mention)
}

# An open format names how data are exchanged, too: "import and export (CSV/JSON)".
_named contains mention.clause if {
	some mention in input.mentions.format
	mention.open
	not mention.negated
	rate.binding(mention)
	"data" in mention.tags
}

# A standard for exchange, not one for safety or transport alone.
_carries_data(mention) if {
	mention.open
	not mention.negated
	rate.binding(mention)
	some tag in mention.tags
	tag in {"api", "data", "geo", "identity", "mail_calendar", "messaging", "public_sector", "records", "archive", "storage", "xoev"}
}

# One finding per passage: what speaks loudest.
_spoken contains hit.clause if some hit in (_bad | _open_ends)

_spoken contains hit.clause if some hit in _half

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	count(_exchanges) == 0
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _bad

findings contains result.finding(rego.metadata.chain(), "undefined", hit.evidence, {}) if {
	some hit in _open_ends
	not hit.clause in {bad.clause | some bad in _bad}
}

findings contains result.unsure(rego.metadata.chain(), "undefined", hit.evidence, {}) if {
	some hit in topic.weak(input.topics.interface_undefined)
	not hit.clause in _spoken
	not _covered
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	count(_duties) == 0
	some hit in topic.weak(input.topics.open_standards)
	not hit.clause in {worse.clause | some worse in (_bad | _open_ends)}
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	count(_duties) == 0
	some hit in topic.weak(input.topics.administration_standards)
	not hit.clause in {worse.clause | some worse in (_bad | _open_ends)}
}

findings contains result.finding(rego.metadata.chain(), "exceptions_only", hit.evidence, {}) if {
	count(_duties) == 0
	some hit in topic.weak(input.topics.proprietary_interface)
	not hit.clause in {worse.clause | some worse in (_bad | _open_ends)}
}

findings contains result.finding(rego.metadata.chain(), "unnamed", hit.evidence, {}) if {
	some hit in _unnamed
	hit.clause in _demanded
}

findings contains result.unsure(rego.metadata.chain(), "unnamed", hit.evidence, {}) if {
	some hit in _unnamed
	not hit.clause in _demanded
}

findings contains result.unsure(rego.metadata.chain(), "mentioned", hit.evidence, {}) if {
	rating == "partly"
	_all_named
	not _relied_on
	count(_half) == 0
	hit := [hit | some hit in _interfaces][0]
}

_unnamed contains hit if {
	count(_duties) == 0
	some hit in _interfaces
	not hit.clause in _named
	not hit.clause in _spoken
}
