# METADATA
# title: Interfaces
# description: Which interfaces a dossier speaks of. One that the supplier delivers is told from one that the solution only uses.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.interface

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.rate
import data.policies.lib.statement
import data.policies.lib.topic

# offered lists the interfaces that the solution is to have, in the order of the
# documents. Those of other systems are none of them, nor those that are there already or
# lie between its own parts.
offered := own([hit |
	some hit in input.topics.interface_required
	hit.polarity == "met"
	rate.binding(hit)
	not _of_tests(hit)
])

# Under a heading about tests, a row names the tools that an interface is tested with. One
# that speaks of interfaces as well ("Integration and tests") may demand some.
_of_tests(hit) if {
	heading := regex.replace(hit.evidence.section, `(?i)integration[- ]?tests?`, "tests")
	regex.match(`(?i)(^|[^a-zäöü])(unit|e2e|last)?-?(tests?|testing|testen|testkonzept|teststrategie|testplan|testarten|testabdeckung|ci|ci/cd|continuous integration)([^a-zäöü]|$)|qualitätssicherung|quality assurance`, heading)
	not regex.match(`(?i)integration|schnittstelle|interface|(^|[^a-z])apis?([^a-z]|$)`, regex.replace(heading, `(?i)continuous integration`, "ci"))
}

# delivered lists those of them in whose sentence somebody is to deliver one.
delivered := [hit | some hit in offered; hit.clause in _owed]

_owed := {hit.clause | some hit in input.topics.interface_duty; rate.binding(hit)}

# used lists the interfaces of other systems, described those of them that come
# with a description.
used := [hit |
	some hit in input.topics.interface_target
	rate.binding(hit)
	not hit.clause in _existing
]

described := [hit | some hit in used; hit.polarity == "weak"]

# public lists what anybody can get at: its interface is settled, and published for all.
public := [hit | some hit in input.topics.public_service; rate.binding(hit)]

# endpoints lists the calls that the solution's own interface answers: it is described.
endpoints := own([hit | some hit in input.topics.interface_endpoints; rate.binding(hit); not _of_tests(hit)])

# published are the sentences about interfaces of open-source products, which publish what
# these are like.
published contains hit.clause if {
	some hit in topic.binding(input.topics.interface_of_product)
	makes := [mention | some mention in input.mentions.product; mention.clause == hit.clause; mention.term != ""]
	count(makes) > 0
	every make in makes { make.open }
}

# standalone says that the solution exchanges nothing with other systems.
standalone if {
	count(topic.met(input.topics.standalone)) > 0
	(count(offered) + count(used)) + count(endpoints) == 0
}

# own leaves out the hits in sentences about interfaces of other systems and about those
# that are there already or lie between the solution's own parts.
own(hits) := [hit | some hit in hits; not hit.clause in _foreign]

_foreign := (({hit.clause | some hit in used} | _existing) | _inner) | {hit.clause | some hit in public}

_inner := {hit.clause | some hit in input.topics.interface_inner}

_existing := {hit.clause | some hit in input.topics.interface_existing}

# owed leaves out the hits in whole requirements about such interfaces: what they
# describe is handed out, not delivered.
owed(hits) := [hit | some hit in hits; not statement.paragraph(hit.clause) in _foreign_units]

_foreign_units := {statement.paragraph(clause) | some clause in _foreign}

# documentation rates whether others may have the documentation, fees what use
# costs. Both are undefined where nothing is said.
documentation := bound.polarities({hit.polarity | some hit in (documentation_hits | _rights)})

fees := bound.topic(input.topics.interface_fees)

documentation_hits := _documented | {hit | some hit in _rights; _tells(hit)}

_documented := {hit | some hit in own(input.topics.interface_documentation); rate.binding(hit)}

# Rights in all documents hold for those of an interface, too, where there are any. Whether
# there are, they do not tell, unless all papers are here.
_tells(hit) if hit.polarity == "risk"

_tells(_) if count(_documented) > 0

_tells(_) if deal.complete

_rights := {hit | count(offered) > 0; some hit in input.topics.documentation_rights; rate.binding(hit)}

# terms_place is where an interface that somebody delivers is first spoken of, in a
# dossier that settles more of its interfaces than that there are some; undefined in
# others, which leave their terms to papers that are not here.
terms_place := delivered[0].evidence if count(_terms) > 0

# unsettled lists the criteria on the terms of the interfaces that somebody delivers that
# the text is silent on, as far as they have to be settled here.
unsettled contains "IF-02" if {
	delivered[0]
	count(_specified) == 0
}

# Who may hand a description on, and what use costs, is a matter of those who are bound.
unsettled contains "IF-03" if {
	delivered[0]
	not documentation
	count(topic.met(_rights)) == 0
	_somebody_is_bound
}

unsettled contains "IF-04" if {
	delivered[0]
	not fees
	_somebody_is_bound
	not deal.own_code
	not _free_to_use
	not _data_included
}

unsettled contains "IF-05" if {
	terms_place
	count(_covered) == 0
}

unsettled contains "IF-07" if {
	terms_place
	not deal.own_code
	count(_versioned) == 0
}

_somebody_is_bound if {
	not deal.no_parties
	not _architecture
}

_somebody_is_bound if deal.complete

_architecture if input.dossier.kind.value == "architecture"

# Where open-source products alone are demanded, and the buyer gets them, nobody is there
# to take a toll.
_free_to_use if {
	not deal.complete
	count(_products) > 0
	every mention in _products { mention.open }
	object.get(input.dossier, ["service_model", "value"], "") != "saas"
}

# Where the price includes access to the data, what use of the interface costs is told.
_data_included if some _ in topic.met(input.topics.export_cost)

_products := [mention |
	some mention in demand.products
	not demand.technology(mention)
]

_terms contains hit if some hit in (documentation_hits | _rights)

_terms contains hit if some hit in _specified

_terms contains hit if some hit in topic.binding(input.topics.interface_fees)

_terms contains hit if some hit in _versioned

_terms contains hit if some hit in topic.binding(input.topics.api_coverage)

_specified contains hit if some hit in topic.binding(owed(input.topics.interface_specification))

_versioned contains hit if some hit in topic.binding(input.topics.interface_versioning)

_versioned contains hit if some hit in topic.binding(input.topics.interface_deprecation)

_covered contains hit if some hit in topic.binding(own(input.topics.api_coverage))
