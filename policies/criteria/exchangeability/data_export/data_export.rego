# METADATA
# title: Complete data export
# description: The authority can export all data with metadata and attachments at any time, free of charge and in an open, documented format.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://data-act-text.com/article-30-data-act
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 30 Abs. 5, Export in einem strukturierten, gängigen und maschinenlesbaren Format (anwendbar seit 12. September 2025)"
#   - ref: http://enss.wikidot.com/item:eif-principles
#     description: "Europäischer Interoperabilitätsrahmen (EIF), Empfehlung 9, Übertragbarkeit von Daten"
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datennutzung der Städte Bonn und Münster (CC BY 4.0)"
# custom:
#   id: EX-03
#   kind: A
#   weight: 10
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.data_export

import data.policies.lib.deal
import data.policies.lib.drawn
import data.policies.lib.interface
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := _rating if not _parts_only

_rating := "met" if {
	count(_demands) > 0
	count(_excluded) == 0
	not _optional
	every element in _wanted { _elements[element] == "met" }
} else := "not_met" if {
	count(_demands) > 0
	_worthless
} else := "partly" if {
	count(_demands) > 0
} else := "not_met" if {
	count(((((_excluded | _charged) | _closed) | _undecided) | _partial)) > 0
} else := "partly" if {
	_by_interface
}

# Reports and lists that are taken out for use elsewhere are no way out for the data.
_parts_only if {
	count(_demands) > 0
	count(((((_excluded | _charged) | _closed) | _undecided) | _partial)) == 0
	every hit in _demands { hit.clause in _of_users }
}

findings contains result.unsure(rego.metadata.chain(), "parts", _demand, {}) if {
	_parts_only
	not _in_own_hands
}

evidence contains hit.evidence if some hit in (((((_demands | _excluded) | _charged) | _closed) | _undecided) | _partial)

# What an export needs. An architecture sets no price and no date, whoever runs the
# solution itself exports when it likes and pays nobody for it, and where no contractor is
# spoken of, or nobody runs a program for its users, nobody is bound.
_wanted := {"scope", "format"} if {
	input.dossier.kind.value == "architecture"
} else := {"scope", "format"} if {
	deal.data_at_buyer
} else := {"scope", "format"} if {
	deal.own_code
} else := {"scope", "format"} if {
	_by_function
} else := {"scope", "format"} if {
	deal.no_parties
} else := {"scope", "format"} if {
	input.dossier.form.value == "local_program"
} else := {"scope", "format", "cost", "availability"}

# An export that is a function of the software is at its users' hands and costs nothing more.
_by_function if {
	some hit in _demands
	hit.clause in _functions
}

_functions := {hit.clause | some hit in topic.met(input.topics.export_function)}

# Passages that demand an export.
_demands contains hit if some hit in (topic.met(input.topics.data_export) | topic.weak(input.topics.data_export))

_demands contains hit if some hit in (topic.met(input.topics.export_scope) | topic.weak(input.topics.export_scope))

_demands contains hit if some hit in (topic.met(input.topics.export_format) | topic.weak(input.topics.export_format))

_demands contains hit if some hit in (topic.met(input.topics.export_cost) | topic.weak(input.topics.export_cost))

_demands contains hit if some hit in (topic.met(input.topics.export_availability) | topic.weak(input.topics.export_availability))

_excluded := {hit | some hit in topic.risk(input.topics.data_export)}

_partial := {hit | some hit in topic.risk(input.topics.export_scope)}

_closed := {hit | some hit in topic.risk(input.topics.export_format)}

_undecided := {hit | some hit in topic.risk(input.topics.export_format_undecided)}

_charged := {hit | some hit in topic.risk(input.topics.export_cost)}

# What the dossier says of the export's scope, format, cost and time; an element that
# it does not speak of is left out.
_elements.scope := rate.topic(input.topics.export_scope)

_elements.format := rate.polarities({polarity | some polarity in _format})

# An export that the buyer runs itself is no service to be paid for.
_elements.cost := rate.topic(input.topics.export_cost)

_elements.availability := rate.topic(input.topics.export_availability)

_format contains hit.polarity if some hit in topic.binding(input.topics.export_format)

_format contains hit.polarity if some hit in _undecided

# An open format named in the passage that demands the export.
_format contains "met" if {
	some format in input.mentions.format
	format.clause in _export_clauses
	format.open
	not format.negated
	not format.term in _paper
}

_export_clauses := {hit.clause | some hit in (topic.met(input.topics.data_export) | topic.weak(input.topics.data_export))}

# Formats for reading, from which no other system can be filled.
_paper := {"pdf", "pdf_a"}

# An export that costs what the supplier likes, or that only serves to be read
# or to be restored in the same product, does not help anyone who leaves.
_worthless if _elements.cost == "not_met"

_worthless if {
	_elements.format == "not_met"
	some hit in _closed
	hit.clause in _dead_ends
}

_dead_ends contains format.clause if {
	some format in input.mentions.format
	format.term in _paper
}

_dead_ends contains hit.clause if some hit in topic.risk(input.topics.proprietary_format)

evidence contains _by_interface if count(_demands) == 0

# Whoever may read all data through an interface at no charge can take them out, in
# whatever form it gives them.
_by_interface := passage.first([hit | some hit in input.topics.api_coverage; hit.polarity == "met"]) if interface.fees == "met"

findings contains result.unsure(rego.metadata.chain(), "by_interface", _by_interface, {}) if {
	rating == "partly"
	count(_demands) == 0
}

# Data of software that was made for the buyer and runs there are the buyer's to take.
# Ready-made software may keep them in a format of its own wherever it runs.
not_applicable := "own_data" if {
	input.dossier.kind.value == "architecture"
	_in_own_hands
} else := "no_data_held" if _in_own_hands

_in_own_hands if {
	deal.in_own_hands
	not _spoken_of
}

_spoken_of if rating in {"met", "not_met"}

_spoken_of if {
	not _parts_only
	some _ in topic.met(input.topics.data_export)
}

_spoken_of if count(((((_excluded | _charged) | _closed) | _undecided) | _partial)) > 0

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _parts_only
	not drawn.alone
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _excluded

findings contains result.finding(rego.metadata.chain(), "partial", hit.evidence, {}) if some hit in _partial

findings contains result.finding(rego.metadata.chain(), "closed_format", hit.evidence, {}) if some hit in _closed

findings contains result.finding(rego.metadata.chain(), "undecided_format", hit.evidence, {}) if some hit in _undecided

findings contains result.finding(rego.metadata.chain(), "charged", hit.evidence, {}) if some hit in _charged

# An export that is only mentioned lacks all of them; one finding says so.
findings contains result.finding(rego.metadata.chain(), "unspecified", _demand, {}) if _unspecified

# Where the export as a whole is left to whoever delivers, that comes first: what else is
# open there would be an option, too.
findings contains result.finding(rego.metadata.chain(), "optional", _demand, {}) if {
	rating == "partly"
	_optional
}

_optional if {
	some hit in _demands
	hit.evidence == _demand
	hit.modality == "may"
	regex.match(`(?i)\b(optional(ly)?|wahlweise|fakultativ)\b`, hit.evidence.quote)
}

_optional if regex.match(`(?i)\b(ist|sind|wird|werden|is|are)\s+(optional(ly)?|wahlweise|fakultativ)\b`, _demand.quote)

_unspecified if {
	rating == "partly"
	_wanted == {"scope", "format", "cost", "availability"}
	count(_settled) == 0
	not _optional
	count((((_partial | _closed) | _undecided) | _charged)) == 0
	{_place(element) | some element in _wanted} == {_demand}
}

findings contains result.finding(rego.metadata.chain(), "no_scope", place, {}) if {
	some place, elements in _lacking
	elements == {"scope"}
}

findings contains result.finding(rego.metadata.chain(), "no_format", place, {}) if {
	some place, elements in _lacking
	elements == {"format"}
}

findings contains result.finding(rego.metadata.chain(), "no_cost", place, {}) if {
	some place, elements in _lacking
	elements == {"cost"}
}

findings contains result.finding(rego.metadata.chain(), "no_availability", place, {}) if {
	some place, elements in _lacking
	elements == {"availability"}
}

# What one sentence leaves open is one finding.
findings contains result.finding(rego.metadata.chain(), "incomplete", place, _open(elements)) if {
	some place, elements in _lacking
	count(elements) > 1
}

_open(elements) := {element: open |
	some element in ["scope", "format", "cost", "availability"]
	open := element in elements
}

# By place, the elements that are neither settled nor a finding of their own.
_lacking[place] contains element if {
	rating != "met"
	not _unspecified
	some element in ((_wanted - _settled) - _flawed)
	place := _place(element)
	not _left_open(place)
}

_left_open(place) if {
	_optional
	place == _demand
}

_flawed contains "scope" if count(_partial) > 0

# What users take out for themselves is a part by its nature: asked where nothing else is open.
_flawed contains "scope" if {
	count(_closed | _undecided) > 0
	every hit in _demands { hit.clause in _of_users }
}

_of_users := {hit.clause | some hit in topic.met(input.topics.part_export)}

_flawed contains "format" if count((_closed | _undecided)) > 0

_flawed contains "cost" if count(_charged) > 0

# Elements that are demanded, or whose shortcoming is a finding of its own.
_settled contains element if {
	some element, state in _elements
	state in {"met", "not_met"}
}

_settled contains element if some element, _ in _hedged

# By element, what tells it with a word that leaves exceptions.
_hedged.scope := hits if {
	hits := [hit | some hit in topic.weak(input.topics.export_scope); hit.hedge]
	count(hits) > 0
}

_hedged.format := hits if {
	hits := [hit | some hit in topic.weak(input.topics.export_format); hit.hedge]
	count(hits) > 0
}

_hedged.availability := hits if {
	hits := [hit | some hit in topic.weak(input.topics.export_availability); hit.hedge]
	count(hits) > 0
}

findings contains result.finding(rego.metadata.chain(), "hedged", hit.evidence, {"word": hit.hedge}) if {
	rating == "partly"
	not _optional
	some hits in _hedged
	hit := hits[0]
	not _lacking[hit.evidence]
}

# Where an element is spoken of half-heartedly, else where the export is
# demanded; undefined where no export is demanded.
_place(element) := place if {
	place := _half[element]
} else := _demand

_half.scope := passage.first([hit | some hit in input.topics.export_scope; hit.polarity == "weak"])

_half.format := passage.first([hit | some hit in input.topics.export_format; hit.polarity == "weak"])

_half.cost := passage.first([hit | some hit in input.topics.export_cost; hit.polarity == "weak"])

_half.availability := passage.first([hit | some hit in input.topics.export_availability; hit.polarity == "weak"])

_demand := place if {
	place := passage.first([hit | some hit in input.topics.data_export; hit.polarity != "risk"])
} else := place if {
	place := passage.first([hit | some hit in input.topics.export_scope; hit.polarity != "risk"])
} else := place if {
	place := passage.first([hit | some hit in input.topics.export_format; hit.polarity != "risk"])
} else := place if {
	place := passage.first([hit | some hit in input.topics.export_cost; hit.polarity != "risk"])
} else := passage.first([hit | some hit in input.topics.export_availability; hit.polarity != "risk"])
