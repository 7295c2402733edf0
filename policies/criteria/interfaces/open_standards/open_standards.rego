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

import data.policies.lib.deal
import data.policies.lib.drawn
import data.policies.lib.exchange
import data.policies.lib.group
import data.policies.lib.interface
import data.policies.lib.neighbour
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.statement
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _text

_ratings contains _drawn

_ratings contains "partly" if count(solution.by_maker) > 0

# Edges whose protocol could not be told harm none, as long as they are fewer.
_drawn := "met" if {
	count(_open) > 0
	count(solution.closed) == 0
	count(solution.untold) <= count(_open)
} else := "not_met" if {
	count(_open) == 0
	count(solution.closed) > 0
	count(solution.untold) < count(solution.closed)
} else := "partly" if count(solution.closed) > 0

evidence contains solution.place(edge) if {
	some edge in array.concat(_open, solution.closed)
}

# What a file describes for programs, others can use, whoever that is.
_open := array.concat(solution.open, [offered |
	some offered in solution.specifications
	not offered in solution.open
	not offered.open == false
	not _firms_own(offered)
])

_firms_own(offered) if {
	some format in offered.formats
	regex.match(`(?i)vnd\.|proprietary`, format)
}

_text := "met" if {
	_covered
	count(_bad) == 0
} else := "partly" if {
	count(_duties | _half) > 0
} else := "partly" if {
	count(_exchanges & _named) > 0
} else := "not_met" if {
	count(_bad | _open_ends) > 0
} else := "partly" if {
	count(_coded) > 0
	_open_to_all
} else := "not_met" if {
	"unnamed" in _certain
} else := "partly" if {
	"style_only" in _certain
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
# data; one that demands is, and so are several, of interfaces or of one standard.
_relied_on if count(_exchanges & _demanded) > 0

_relied_on if count(_exchanges) > 1

_relied_on if {
	some standard in input.mentions.standard
	exchange.carries_data(standard)
	_unit(standard) in _exchanges
	some again in input.mentions.standard
	again.term == standard.term
	exchange.carries_data(again)
	_unit(again) != _unit(standard)
}

# Whoever may read an interface's documentation and use it free of charge depends
# on no one's consent.
_open_to_all if {
	interface.documentation == "met"
	interface.fees == "met"
}

evidence contains hit.evidence if some hit in (((_duties | _half) | _bad) | _open_ends)

evidence contains hit.evidence if {
	some hit in _interfaces
	not _covered
}

evidence contains hit.evidence if {
	some hit in _interfaces
	_unit(hit) in _named
}

_duties contains hit if some hit in topic.met(input.topics.open_standards)

_duties contains hit if some hit in topic.met(input.topics.proprietary_interface)

_half contains hit if {
	some hit in topic.weak(input.topics.open_standards)
	not _unit(hit) in _named
	not _transport(hit)
}

# How data are encrypted on their way says nothing of who can read them at its end.
_transport(hit) if {
	hit.clause in _secured
	not hit.clause in {spoken.clause | some spoken in _interfaces}
}

_half contains hit if some hit in topic.weak(input.topics.proprietary_interface)

_half contains hit if some hit in topic.weak(input.topics.administration_standards)

_bad contains hit if some hit in topic.risk(input.topics.open_standards)

_bad contains hit if some hit in topic.risk(input.topics.proprietary_interface)

# Interfaces whose design is left for after the award.
_open_ends := {hit | some hit in topic.risk(input.topics.interface_undefined)}

_interfaces contains hit if {
	some hit in interface.offered
	not _principle(hit)
}

# "API-first" is no interface of its own where another one names its standard.
_principle(hit) if {
	regex.match(`(?i)api[- ]first`, hit.evidence.quote)
	some unit in _named_units[hit.evidence.path]
	unit != _unit(hit)
}

_named_units[hit.evidence.path] contains _unit(hit) if {
	some hit in interface.offered
	_unit(hit) in _named
}

_interfaces contains hit if some hit in topic.met(input.topics.administration_standards)

# The standard of another system's interface is its owner's choice: one that is
# named counts, one that is not, or that is only described, does no harm.
_interfaces contains hit if {
	some hit in interface.used
	hit.polarity == "met"
	_unit(hit) in _named
}

# Requirements that speak of an exchange, and those that name an open standard.
_exchanges := {_unit(hit) | some hit in _interfaces}
_demanded := {_unit(hit) | some hit in _interfaces; hit.modality in {"must", "should"}}

_named := {_unit(fact) | some fact in _names} | exchange.specified

_named_sections := {[fact.evidence.path, fact.evidence.section] | some fact in _names}

_unit(fact) := statement.paragraph(fact.clause)

_names contains hit if some hit in topic.met(input.topics.administration_standards)

_names contains hit if some hit in _prescribed

_prescribed := {hit | some hit in topic.met(input.topics.prescribed_standards)}

_names contains hit if some hit in topic.met(input.topics.interface_specification)

_names contains hit if some hit in topic.weak(input.topics.news_feed)

_names contains mention if some mention in exchange.named

# One finding per passage: what speaks loudest.
_spoken contains hit.clause if some hit in (_bad | _open_ends)

_spoken contains hit.clause if some hit in _half

# Sentences that say more about an interface that others have introduced.
_told contains hit.clause if some hit in topic.binding(input.topics.interface_documentation)

_told contains hit.clause if some hit in topic.binding(input.topics.interface_fees)

_told contains hit.clause if some hit in topic.binding(input.topics.interface_versioning)

_told contains hit.clause if some hit in topic.binding(input.topics.interface_deprecation)

# Interfaces whose standard is not named. An interface that is only told more of
# counts where none is introduced.
_introduced := [hit | some hit in interface.offered; not hit.clause in _told]

_candidates := _introduced if {
	count(_introduced) > 0
} else := interface.offered

# One whose calls are listed is told: what is left to ask, IF-02 asks.
_unnamed := [hit |
	count(_duties) == 0
	count(exchange.preferred) == 0
	count(interface.endpoints) == 0
	count(_prescribed) == 0
	not _drawn_in_words
	some hit in _candidates
	not _unit(hit) in _named
	not _principle(hit)
	not hit.clause in _spoken
	not hit.clause in interface.published
	not hit.evidence.path in _price_sheets
]

# An architecture that tells standards where it describes its interfaces need not repeat
# them in every sentence that speaks of one.
_drawn_in_words if {
	_architecture
	some fact in _names
	not object.get(fact, "term", "") in {"sql_standard", "zip"}
}

_architecture if input.dossier.kind.value == "architecture"

# Lines with prices say what is paid for, not what it is like.
_price_sheets := {document.path | some document in input.documents; document.role == "price_sheet"}

# By document and code, the interfaces that name no standard. Asked are those that
# no sentence obliges to, and those in whose section a standard is named.
_coded := group.runs([[[hit.evidence.path, _code(hit)], number] | some number, hit in _unnamed])

_code(hit) := "asked" if {
	not _obliges(hit)
} else := "style_only" if {
	_unit(hit) in _styled
} else := "unnamed"

_obliges(hit) if {
	hit.modality in {"must", "should"}
	hit.clause in _owed
	not _named_near(hit)
}

_named_near(hit) if [hit.evidence.path, hit.evidence.section] in _named_sections

_owed := {hit.clause | some hit in interface.delivered}

_styled := {_unit(hit) | some hit in topic.weak(input.topics.interface_style)}

_certain := {run.key[1] | some run in _coded; run.key[1] != "asked"}

not_applicable := "standalone" if {
	not rating
	count(_exchanges) == 0
	interface.standalone
}

findings contains result.missing(rego.metadata.chain()) if {
	_no_interface_told
	not _asked_of_a_flow
}

_no_interface_told if {
	not rating
	count(_exchanges) == 0
	count(interface.used) == 0
	count(interface.public) == 0
	count(interface.endpoints) == 0
	count(neighbour.named) == 0
	count(_prescribed) == 0
	count(exchange.rules) == 0
	count(exchange.described) == 0
	count(solution.untold) == 0
	not drawn.exchange_untold
	not exchange.drawn
}

_asked_of_a_flow if {
	not deal.complete
	count(exchange.told) > 0
}

# Data that go to and fro, told without the word interface. Nothing is asked where the
# sentence or its section names the format, and of what goes between the solution's own
# devices and copies.
findings contains result.unsure(rego.metadata.chain(), "exchange", _formless[0].evidence, {"count": count(_formless), "places": place.listed(_formless)}) if {
	_no_interface_told
	_asked_of_a_flow
	count(_formless) > 0
}

_formless := [hit |
	some hit in exchange.told
	hit.polarity == "met"
	not _unit(hit) in _named
	not _named_near(hit)
]

# By protocol, with all edges that use it: it is one decision.
findings contains result.finding(rego.metadata.chain(), "closed", solution.place(edges[0]), object.union({"protocol": protocol}, solution.ways(edges))) if {
	some protocol in {_protocol(edge) | some edge in solution.closed}
	edges := [edge | some edge in solution.closed; _protocol(edge) == protocol]
}

_protocol(edge) := object.get(edge, "standard", object.get(edge, "protocol", ""))

findings contains result.unsure(rego.metadata.chain(), "untold", solution.place(solution.untold[0]), solution.ways(solution.untold)) if {
	not _text
	not _drawn
	count(solution.untold) > 0
}

findings contains result.finding(rego.metadata.chain(), "by_maker", solution.place(solution.by_maker[0]), solution.ends(solution.by_maker)) if count(solution.by_maker) > 0

evidence contains solution.place(interface_) if some interface_ in solution.by_maker

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(input.topics.proprietary_interface)

findings contains result.finding(rego.metadata.chain(), "excluded", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.open_standards)
	not hit.clause in {own.clause | some own in topic.risk(input.topics.proprietary_interface)}
}

findings contains result.finding(rego.metadata.chain(), "undefined", hit.evidence, {}) if {
	some hit in _open_ends
	not hit.clause in {bad.clause | some bad in _bad}
}

# What says which types of requirement there are leaves no interface open.
findings contains result.unsure(rego.metadata.chain(), "undefined", hit.evidence, {}) if {
	some hit in topic.weak(input.topics.interface_undefined)
	not hit.clause in {types.clause | some types in input.topics.requirement_types}
	not hit.clause in _spoken
	not _open_beside(hit)
	not _covered
}

# What is certainly open in a section is told there.
_open_beside(hit) if [hit.evidence.path, hit.evidence.section] in _open_sections

_open_sections := {[hit.evidence.path, hit.evidence.section] | some hit in _open_ends}

# By document, names of other systems that are still to be filled in.
findings contains result.unsure(rego.metadata.chain(), "placeholder", hits[0].evidence, {"count": count(hits), "places": place.listed(hits)}) if {
	some run in group.runs([[hit.evidence.path, number] | some number, hit in input.topics.interface_placeholder; rate.binding(hit)])
	hits := [input.topics.interface_placeholder[number] | some number in run.values]
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	some hit in _usual
	not hit.clause in _secured
}

findings contains result.unsure(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	some hit in _usual
	hit.clause in _secured
}

_usual contains hit if {
	count(_duties) == 0
	some hit in topic.weak(input.topics.open_standards)
	not _unit(hit) in _named
	not _transport(hit)
	not hit.clause in {worse.clause | some worse in (_bad | _open_ends)}
}

_secured := {hit.clause | some hit in topic.binding(input.topics.security_protocols)}

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

findings contains result.finding(rego.metadata.chain(), run.key[1], _unnamed[run.values[0]].evidence, _args(run)) if {
	some run in _coded
	run.key[1] != "asked"
}

# One interface may go by several names: beside one that is settled, none is asked
# about.
findings contains result.unsure(rego.metadata.chain(), _question(run), _unnamed[run.values[0]].evidence, _args(run)) if {
	some run in _open_questions
}

_question(run) := "style_only" if {
	every number in run.values { _unit(_unnamed[number]) in _styled }
} else := "unnamed"

_open_questions := [run |
	count(_certain) == 0
	some run in _coded
]

# How many sentences name no standard, where they stand, and which terms of the interface
# are open as well, by criterion and by what they are about.
_args(run) := {
	"count": count({hit.clause | some hit in hits}),
	"places": place.listed(hits),
	"also": also,
	"terms": {subject: told | some id, subject in _subjects; told := id in also},
} if {
	hits := [_unnamed[number] | some number in run.values]
	also := _also(_told_as(run), {hit.clause | some hit in hits})
}

_told_as(run) := _question(run) if {
	run.key[1] == "asked"
} else := run.key[1]

# What is open of the first interface that somebody delivers, where it is one of those in
# these sentences. What tells the style only has a remedy that names the description.
_also(code, clauses) := [id |
	interface.delivered[0].clause in (clauses & asked)
	some id in sort(interface.unsettled)
	not [code, id] == ["style_only", "IF-02"]
]

_subjects := {"IF-02": "specification", "IF-03": "documentation", "IF-04": "fees", "IF-05": "coverage", "IF-07": "versions"}

# asked are the sentences whose interfaces are asked about here. What else is open there is
# asked in the same breath; a complete dossier is told each point by itself.
asked := {_unnamed[number].clause |
	not deal.complete
	some run in _asked_runs
	some number in run.values
}

_asked_runs := [run | some run in _coded; run.key[1] != "asked"] if {
	count(_certain) > 0
} else := _open_questions

findings contains result.unsure(rego.metadata.chain(), "mentioned", hit.evidence, {"names": object.get(exchange.called, [_unit(hit)], [])}) if {
	_text == "partly"
	_all_named
	not _relied_on
	count(_half) == 0
	hit := [hit | some hit in _interfaces; not hit in interface.used][0]
}

# By document, interfaces of other systems that nobody describes.
findings contains result.unsure(rego.metadata.chain(), "target", hits[0].evidence, {"count": count({hit.clause | some hit in hits}), "systems": count({hit.clause | some hit in hits}), "places": place.listed(hits)}) if {
	count(interface.described) == 0
	some run in group.runs([[hit.evidence.path, number] | some number, hit in interface.used; neighbour.priced(hit); not _unit(hit) in _named; not hit.clause in neighbour.public])
	hits := [interface.used[number] | some number in run.values]
}

# So are systems that are named without the word interface: "orders from X, results back to Y".
findings contains result.unsure(rego.metadata.chain(), "target", mentions[0].evidence, {"count": count({mention.clause | some mention in mentions}), "systems": count({mention.name | some mention in mentions}), "places": place.listed(mentions)}) if {
	not _text
	count(interface.used) == 0
	some run in group.runs([[mention.evidence.path, number] | some number, mention in neighbour.undescribed; neighbour.priced(mention); not mention.clause in neighbour.public])
	mentions := [neighbour.undescribed[number] | some number in run.values]
}
