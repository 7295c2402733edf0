# METADATA
# title: Open document and data formats
# description: Documents and data are stored and exchanged in open formats such as ODF, PDF/A, CSV, JSON, XML or GeoJSON.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.digitale-verwaltung.de/Webs/DV/DE/onlinezugangsgesetz/servicestandard/prinzip-12/prinzip-12-node.html
#     description: "Servicestandard, Prinzip 12, offene vor proprietären Schnittstellen und Formaten"
#   - ref: http://enss.wikidot.com/item:eif-principles
#     description: "Europäischer Interoperabilitätsrahmen (EIF), Empfehlung 4, Vorrang offener Spezifikationen"
# custom:
#   id: IF-06
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.open_formats

import data.policies.lib.deal
import data.policies.lib.drawn
import data.policies.lib.group
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.statement
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

# Formats of one firm that interfaces exchange, where none exchanges an open one as well.
_drawn := "not_met" if {
	count(_firms) > 0
	count(_open_too) == 0
} else := "partly" if {
	count(_firms) > 0
}

_offered := array.concat(solution.edges, solution.specifications)

_firms := [offered | some offered in _offered; some format in offered.formats; regex.match(_firms_format, format)]

_firms_format := `^application/(msword|vnd\.(ms-(excel|powerpoint|word|project|outlook)|visio))`

_open_too := [format | some offered in _firms; some format in offered.formats; regex.match(_open_format, format)]

_open_format := `vnd\.oasis\.opendocument|vnd\.openxmlformats|/csv$|json$|xml$`

evidence contains solution.place(offered) if some offered in _firms

findings contains result.likely(rego.metadata.chain(), "firms", solution.place(_firms[0]), args) if {
	count(_firms) > 0
	names := sort({format | some offered in _firms; some format in offered.formats; regex.match(_firms_format, format)})
	args := object.union(solution.cut(names), {"places": [solution.place(offered).place | some offered in _firms]})
}

_told := "met" if {
	count(_good) > 0
	count(_bad) == 0
} else := "partly" if {
	count(((_good | _half) | _exchanged)) > 0
} else := "not_met" if {
	count(_bad) > 0
}

evidence contains told.evidence if some told in (((_good | _half) | _exchanged) | _bad)

_good contains hit if {
	some hit in topic.met(input.topics.open_formats)
	not _choice(hit)
	not hit.evidence.path in _bid_papers
}

_good contains hit if some hit in topic.met(input.topics.proprietary_format)

_half contains hit if {
	some hit in topic.weak(input.topics.open_formats)
	not hit.evidence.path in _bid_papers
}

_half contains hit if {
	some hit in topic.met(input.topics.open_formats)
	_choice(hit)
	not hit.evidence.path in _bid_papers
}

# What may be stored in an open format may be stored in another. Who may take data out
# at will takes them out in the format that is named.
_choice(hit) if {
	hit.modality == "may"
	not hit.clause in _taken_out
}

_taken_out contains hit.clause if some hit in topic.met(input.topics.export_format)

_bad contains hit if some hit in topic.risk(input.topics.open_formats)

_bad contains hit if {
	some hit in topic.risk(input.topics.proprietary_format)
	not hit.evidence.path in _bid_papers
}

# Open formats that are named for export, import or exchange only. PDF and archives say
# nothing of the data in them.
_exchanged contains format if {
	some format in input.mentions.format
	format.open
	not format.negated
	rate.binding(format)
	not format.term in {"pdf", "zip"}
	format.clause in _exchanges
	not format.evidence.path in _bid_papers
}

_exchanges contains hit.clause if some hit in topic.binding(input.topics.data_export)

_exchanges contains hit.clause if some hit in topic.binding(input.topics.interface_required)

_exchanges contains hit.clause if some hit in topic.binding(input.topics.data_retrieval)

_exchanges contains hit.clause if some hit in topic.binding(input.topics.data_migration_in)

_exchanges contains hit.clause if some hit in topic.weak(input.topics.open_formats)

# Papers that say in which format bids are due, not what the solution stores.
_bid_papers contains document.path if {
	some document in input.documents
	document.role in {"price_sheet", "notice", "criteria"}
}

findings contains result.missing(rego.metadata.chain()) if {
	deal.complete
	not rating
	count(_mentioned) == 0
	count(_office) == 0
	not _exchanged_openly
	not drawn.alone
	not _asked_of_the_export
}

# In which format data leave the solution, EX-03 and IF-01 ask. What it keeps is asked
# about where a passage says that it keeps documents.
findings contains result.unsure(rego.metadata.chain(), "kept", _kept[0].evidence, {"count": count(_kept), "places": place.listed(_kept)}) if {
	not deal.complete
	not rating
	count(_mentioned) == 0
	count(_office) == 0
	not _exchanged_openly
	not _asked_of_the_export
}

_kept := [hit |
	some hit in input.topics.documents_kept
	rate.binding(hit)
	not _of_bids(hit)
]

_kept_units := {statement.paragraph(hit.clause) | some hit in _kept}

# Formats of one firm alone are named: is an open one accepted as well?
findings contains result.unsure(rego.metadata.chain(), "office_only", _office[0].evidence, {"count": count(_office)}) if {
	not rating
	count(_mentioned) == 0
	count(_office) > 0
}

_office := [hit |
	some hit in input.topics.proprietary_format
	hit.polarity == "weak"
	rate.binding(hit)
	not _of_bids(hit)
]

# Papers and sections that say in which form bids are due.
_of_bids(hit) if hit.evidence.path in _bid_papers

_of_bids(hit) if hit.role == "procedure"

_of_bids(hit) if {
	some heading in object.get(input.clauses, [hit.clause, "headings"], [])
	regex.match(`(?i)(response|submission|quotation|proposal) (format|instruction|requirement)|(price|pricing) (submission|schedule|sheet)|^[0-9. ]*(price|pricing)$|instructions (to|for) (bidders|offerors|vendors)|angebotsabgabe|einreichung|form des angebots`, heading)
}

# EX-03 asks for the format where the text leaves it open: one question is enough.
_asked_of_the_export if some _ in topic.risk(input.topics.export_format_undecided)

# An architecture whose interfaces tell open formats has answered in which its data are.
_exchanged_openly if {
	input.dossier.kind.value == "architecture"
	some offered in _offered
	some format in offered.formats
	regex.match(_open_data, format)
}

_open_data := `(?i)(^|[^a-z])(json|geojson|xml|csv|opendocument)([^a-z]|$)`

# Formats of documents that are named where the solution keeps them, and not demanded.
findings contains result.unsure(rego.metadata.chain(), "mentioned", _mentioned[0].evidence, {"formats": sort({format.name | some format in _mentioned})}) if not rating

_mentioned := [format |
	some format in input.mentions.format
	format.open
	not format.negated
	rate.binding(format)
	not format.term in {"pdf", "zip"}
	some tag in format.tags
	tag in {"data", "document"}
	not format.evidence.path in _bid_papers
	_counts_as_kept(format)
]

_counts_as_kept(_) if deal.complete

_counts_as_kept(format) if statement.paragraph(format.clause) in _kept_units

# By document, with the place of the first hit.
findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {"addition": _addition(hit)}) if {
	_told == "partly"
	count(_good) == 0
	hits := input.topics.open_formats
	some run in group.runs([[hit.evidence.path, number] | some number, hit in hits; hit in _half; not hit.clause in _exchanged_clauses])
	hit := hits[run.values[0]]
}

# Whether an open format is but one that comes on top, or one that may be chosen.
_addition(hit) if {
	hit.modality == "may"
} else if {
	regex.match(`(?i)\b(zusätzlich|wahlweise|optional\w*|additional\w*|in addition|as an option)\b`, hit.evidence.quote)
} else := false

_exchanged_clauses := {format.clause | some format in _exchanged}

# By document, with the place of its first format. Where nothing says that documents are
# kept, the formats of an exchange are answer enough.
findings contains result.finding(rego.metadata.chain(), "exchange_only", exchange.place, exchange.args) if {
	not _remark
	some exchange in _exchange_only
}

findings contains result.unsure(rego.metadata.chain(), "exchange_only", exchange.place, exchange.args) if {
	_remark
	some exchange in _exchange_only
}

# What a description says of one exchange, it does not say of the others.
_remark if {
	input.dossier.kind.value == "architecture"
	count(_exchanged_clauses) == 1
}

_exchange_only contains {"place": first, "args": {"formats": sort(names)}} if {
	_told == "partly"
	count(_good) == 0
	not _choice_asked
	_storage_matters
	some run in group.runs([[format.evidence.path, number] | some number, format in input.mentions.format; format in _exchanged])
	first := input.mentions.format[run.values[0]].evidence
	names := {input.mentions.format[number].name | some number in run.values}
}

# Where a passage leaves the format open, that one is asked about.
_choice_asked if {
	some hit in _half
	not hit.clause in _exchanged_clauses
}

_storage_matters if deal.complete

_storage_matters if count(_kept) > 0

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _bad
