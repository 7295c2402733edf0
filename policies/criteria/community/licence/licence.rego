# METADATA
# title: Licence allowed
# description: >-
#   What is published as open source stands under a licence that the Open Source
#   Initiative approved. openCoDE's own list could not be looked up.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://badges.opencode.de/en/concepts/implemented-checks/oss-license
#     description: "openCode Badges: Open Source License (gelesen November 2026)"
#   - ref: https://opencode.de/de/wissen/rechtssichere-nutzung/anforderungen-an-inhalte
#     description: "openCode: Anforderungen an Inhalte (gelesen November 2026)"
#   - ref: https://opensource.org/licenses
#     description: "Open Source Initiative: anerkannte Lizenzen"
# custom:
#   id: MC-04
#   kind: A
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.community.licence

import data.policies.lib.deal
import data.policies.lib.group
import data.policies.lib.passage
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.statement
import data.policies.lib.topic

# Where a rule says which licences are allowed, that rule is not here to be judged.
rating := rate.polarities({verdict | some [verdict, _] in _verdicts}) if {
	count(_verdicts) > 0
} else := "partly" if {
	count(_published) + count(_given_up) > 0
	count(_rules) == 0
} else := "partly" if {
	count(_restricted) > 0
}

# Parts whose source can be read under terms that are not open: they are often taken
# for open source.
_restricted := {[licence, name, spot] |
	some component in solution.proprietary
	licence := component.licence
	_source_available(licence)
	name := solution.label(component)
	spot := solution.place(component)
} | {[licence.id, pack.name, pack.evidence] |
	some pack in input.packages
	pack.direct
	some licence in pack.licences
	_source_available(licence.id)
	count({other | some other in pack.licences; other.osi}) == 0
}

_source_available(licence) if regex.match(`^(SSPL|BUSL|Elastic|PolyForm|RSAL|Confluent|LicenseRef-(SSPL|BUSL|BSL|RSAL|Elastic|Confluent|Commons))`, licence)

evidence contains spot if some [_, spot] in _verdicts

evidence contains spot if some [_, _, spot] in _restricted

evidence contains hit.evidence if {
	rating
	some hit in array.concat(_given_up, _rules)
}

evidence contains hit.evidence if {
	(count(_verdicts) + count(_given_up)) + count(_rules) == 0
	some hit in _published
}

not_applicable := "no_open_licence" if {
	not rating
	count(_rules) == 0
	not _open_result
}

# What is made is to be open: one question for licence, rights and place of publication.
findings contains result.unsure(rego.metadata.chain(), "open_result", _open_result, {}) if {
	not rating
	count(_rules) == 0
}

_open_result := passage.first(input.topics.open_result) if not deal.papers

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.software_licence)
}

findings contains result.finding(rego.metadata.chain(), "not_open", mention.evidence, {"licence": mention.name}) if {
	some mention in _named
	_verdict_of(mention) == "risk"
}

findings contains result.finding(rego.metadata.chain(), "unlisted", mention.evidence, {"licence": mention.name}) if {
	rating == "partly"
	some mention in _named
	_verdict_of(mention) == "weak"
	not _waiver(mention)
}

# CC0 and its like give up rights instead of granting them. Whoever wants the public
# domain wants just that.
findings contains result.finding(rego.metadata.chain(), "waiver", mention.evidence, {"licence": mention.name}) if {
	rating == "partly"
	some mention in _named
	_verdict_of(mention) == "weak"
	_waiver(mention)
}

findings contains result.finding(rego.metadata.chain(), "unlisted", repository.licence.evidence, {"licence": repository.licence.expression}) if {
	rating == "partly"
	some repository in input.repositories
	_verdict_on(repository) == "weak"
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in _unnamed
}

# By licence: it is one question for all that stands under it.
findings contains result.unsure(rego.metadata.chain(), "source_available", places[0], args) if {
	some licence in {licence | some [licence, _, _] in _restricted}
	places := [spot | some [under, _, spot] in _restricted; under == licence]
	names := sort({name | some [under, name, _] in _restricted; under == licence})
	args := object.union(solution.cut(names), {"licence": licence, "places": [spot.place | some spot in places]})
}

# A project that allows open source alone names a part that is none.
findings contains result.unsure(rego.metadata.chain(), "own_rule", parts[0].evidence, args) if {
	some _ in topic.met(input.topics.open_parts_only)
	_architecture
	parts := [part | some part in input.mentions.product; _against_own_rule(part)]
	count(parts) > 0
	args := object.union(solution.cut(sort({part.name | some part in parts})), {"places": place.listed(parts)})
}

_architecture if input.dossier.kind.value == "architecture"

# Names that the catalogue does not know, systems of others, and what its users or makers have
# on their own machines, are no parts.
_against_own_rule(part) if {
	part.open == false
	part.term != ""
	part.role == "requirement"
	not part.negated
	count({tag | some tag in part.tags} & {"operating_system", "browser", "office", "hardware", "mobile", "dev_tool", "public", "social_media"}) == 0
}

# The project's own file names one licence for the software, the description of its interface
# another one that is made for software.
findings contains result.unsure(rego.metadata.chain(), "two_licences", stated.evidence, args) if {
	some declared in _declared
	some stated in _described
	not contains(lower(declared.licence), lower(stated.licence))
	not contains(lower(stated.licence), lower(declared.licence))
	args := {"licences": [declared.licence, stated.licence], "places": [declared.evidence.place, stated.evidence.place]}
}

_declared := [{"licence": component.licence, "evidence": _declared_at(component)} |
	some component in solution.custom
	component.licence
	"publiccode" in component.sources
]

# Where the licence stands, else where its file begins.
_declared_at(component) := place if {
	place := [repository.licence.evidence |
		some repository in input.repositories
		repository.licence.expression == component.licence
	][0]
} else := solution.place(component)

_described_at(offered) := place if {
	place := [place | some place in offered.evidence; contains(place.quote, offered.specification.licence)][0]
} else := solution.place(offered)

_described := [{"licence": offered.specification.licence, "evidence": _described_at(offered)} |
	some offered in solution.specifications
	regex.match(`^(A?GPL|LGPL|EUPL|MPL|OSL|EPL|MIT|BSD|Apache)[- ]?[0-9a-zA-Z.+-]*$`, offered.specification.licence)
]

# Publication is spoken of, and no licence anywhere. Where no rights are granted either,
# CE-07 asks for both.
findings contains result.unsure(rego.metadata.chain(), "no_licence", hit.evidence, {}) if {
	(count(_verdicts) + count(_given_up)) + count(_rules) == 0
	hit := _published[0]
	not _asked_with_rights
}

_asked_with_rights if {
	object.get(input.dossier, ["kind", "value"], "tender") != "architecture"
	not _granted
}

_granted if some _ in topic.binding(input.topics.usage_rights)

# What is in the public domain has no owner, and so no licence; by which instrument it
# gets there is left open.
findings contains result.unsure(rego.metadata.chain(), "public_domain", hit.evidence, {}) if {
	count(_verdicts) + count(_rules) == 0
	hit := _given_up[0]
}

# What is said of licences, each with its place.
_verdicts contains [hit.polarity, hit.evidence] if {
	some hit in topic.binding(input.topics.software_licence)
	hit.polarity != "weak"
	not hit.clause in _left_to_choose
}

# Where it is left open whether code is published at all, no licence is demanded.
_left_to_choose := {hit.clause | some hit in topic.options(input.topics.open_source_publication)}

_verdicts contains ["weak", hit.evidence] if some hit in _unnamed

_verdicts contains [_verdict_of(mention), mention.evidence] if some mention in _named

_verdicts contains [_verdict_on(repository), repository.licence.evidence] if some repository in input.repositories

# Words such as "a free licence" where neither the sentence nor those beside it name one.
_unnamed := {hit |
	some hit in topic.weak(input.topics.software_licence)
	not statement.beside(hit, _naming)
}

_naming := statement.around(_named)

# Licences that are demanded for software. Those of texts, of pictures and of parts that
# others made stand in other statements.
_named := [_demanded[run.values[0]] | some run in group.runs([[[mention.clause, mention.term], number] | some number, mention in _demanded])]

# "Creative Commons Zero (CC0)" names one licence twice.
_demanded := [mention |
	some mention in input.mentions.licence
	rate.binding(mention)
	not mention.negated
	not input.clauses[mention.clause].negated
	_of_software(mention)
]

_of_software(mention) if mention.clause in {hit.clause | some hit in _about_software}

# A sentence beside may be about somebody else's part; an open licence there is taken for
# that of the software.
_of_software(mention) if {
	"open_source" in mention.tags
	statement.beside(mention, _around_software)
}

_around_software := statement.around(_about_software)

_about_software contains hit if some hit in topic.binding(input.topics.software_licence)

_about_software contains hit if some hit in topic.binding(input.topics.open_source_publication)

_about_software contains hit if some hit in topic.binding(input.topics.public_domain)

# Licences for content are open and no licences for software.
_verdict_of(mention) := "met" if {
	"open_source" in mention.tags
} else := "met" if {
	_waiver(mention)
	count(_given_up) > 0
} else := "weak" if {
	mention.open
} else := "risk"

_waiver(mention) if "public_domain" in mention.tags

_verdict_on(repository) := "met" if {
	every licence in repository.licence.licences {
		licence.osi
	}
} else := "weak" if repository.licence

_published := [hit |
	some hit in input.topics.open_source_publication
	hit.polarity == "met"
	rate.binding(hit)
]

_given_up := [hit | some hit in input.topics.public_domain; rate.binding(hit)]

# Which licences are allowed stands in the buyer's policy, or is left to those who must
# list them.
_rules := [hit | some hit in input.topics.licence_rule; rate.binding(hit)]
