# METADATA
# title: Versioning and deprecation
# description: Interfaces are versioned, and a version is given up no earlier than twelve months after notice.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/ozg/__6.html
#     description: "§ 6 Abs. 4 OZG, Spezifikationen und Dokumentation der Schnittstellen von IT-Komponenten sollen in aktueller Fassung veröffentlicht werden; die Frist von zwölf Monaten ist ein eigener Vorschlag"
# custom:
#   id: IF-07
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.deprecation

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# Months from notice to the end of a version, our own proposal: no law names a figure.
_least := 12

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

# A version in the interface is the half of it; how long it lives, no file tells.
_drawn := "partly" if {
	not _told
	count(_with_version) > 0
}

_with_version := [offered | some offered in solution.specifications; offered.specification.versioned]

_without_version := [offered |
	some offered in solution.specifications
	offered.kind in {"api", "events"}
	not offered.specification.versioned
	not offered.specification.version
]

evidence contains solution.place(offered) if some offered in _with_version

findings contains result.unsure(rego.metadata.chain(), "unversioned", solution.place(_without_version[0]), solution.titles(_without_version)) if {
	not _told == "met"
	count(_without_version) > 0
}

findings contains result.unsure(rego.metadata.chain(), "no_notice", solution.place(_with_version[0]), {"least": _least}) if {
	_drawn
}

_told := "not_met" if {
	count(_risks) > 0
	count(_versioned | _noticed) == 0
} else := "met" if {
	count(_versioned) > 0
	_longest >= _least
	count(_risks) == 0
} else := "partly" if {
	count(((_versioned | _noticed) | _half)) > 0
}

evidence contains hit.evidence if some hit in (((_versioned | _noticed) | _half) | _risks)

_versioned := {hit | some hit in topic.met(input.topics.interface_versioning)}

_noticed := {hit | some hit in topic.met(input.topics.interface_deprecation)}

_half := {hit | some hit in topic.weak(input.topics.interface_deprecation)}

_risks := {hit | some hit in topic.risk(input.topics.interface_versioning)}

# Undefined where no length of time is named.
_longest := max([duration.months | some duration in _periods])

_periods := [duration |
	clauses := {hit.clause | some hit in _noticed}
	count(clauses) > 0
	some duration in input.durations
	duration.clause in clauses
]

# The buyer alone changes the interfaces of its own code.
not_applicable := "own_code" if {
	deal.own_code
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not interface.terms_place
	input.dossier.complete.value
}

# Where IF-01 asks about the interface, it asks for this as well.
findings contains passage.missing_at(rego.metadata.chain(), interface.delivered[0].evidence) if {
	not rating
	"IF-07" in interface.unsettled
	not interface.delivered[0].clause in open_standards.asked
}

# A notice too short is told where the longest stands.
findings contains result.finding(rego.metadata.chain(), "short_notice", place, {"months": _longest, "least": _least}) if {
	_longest < _least
	place := [duration.evidence | some duration in _periods; duration.months == _longest][0]
}

findings contains result.finding(rego.metadata.chain(), "no_notice", place, {"least": _least}) if {
	_told == "partly"
	not _longest
	count(_half) == 0
	place := _place(_versioned | _noticed)
}

findings contains result.finding(rego.metadata.chain(), "no_versioning", _place(_noticed), {}) if {
	_told == "partly"
	count(_versioned) == 0
	_longest >= _least
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"least": _least}) if {
	_told == "partly"
	not _longest
	some hit in _half
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {"least": _least}) if some hit in _risks

_place(hits) := [hit.evidence | some hit in hits][0]
