# METADATA
# title: Software bill of materials
# description: With each version comes a list of its components, in a format that programs read.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.vergabeblog.de/2026-01-22/die-software-bill-of-materials-sbom-als-governance-instrument/
#     description: "Vergabeblog, 22. Januar 2026: Die Software Bill of Materials als Governance-Instrument, auch zum Cyber Resilience Act (anzuwenden ab 11. Dezember 2027)"
#   - ref: https://www.zendis.de/en/newsroom/press/evb-it-open-source
#     description: "ZenDiS zu den EVB-IT in der Fassung von 2026 (Sekundärquelle; ob die Stückliste dort Pflicht ist, ist nicht geprüft)"
# custom:
#   id: MC-06
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.community.sbom

import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.statement
import data.policies.lib.topic

# A duty outweighs the one list that is there: it makes the next ones due.
rating := _told

rating := "partly" if {
	not _told
	count(_lists) > 0
}

_told := rate.topic(input.topics.sbom)

evidence contains hit.evidence if some hit in topic.binding(input.topics.sbom)

evidence contains {"path": document.path, "place": document.path} if some document in _lists

# Bills of materials among the files. Whether each version has its own, one does not tell.
_lists := [document | some document in input.documents; document.format in {"cyclonedx", "spdx"}]

findings contains result.unsure(rego.metadata.chain(), "once", {"path": _lists[0].path, "place": _lists[0].path}, {}) if {
	not _told
	count(_lists) > 0
}

# A service hands over no software.
not_applicable := "saas" if {
	input.dossier.service_model.value == "saas"
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _small
	count(_templates) == 0
	_due
}

# Software that comes to the buyer brings its parts along. Whoever has to list their
# licences names them as well.
_due if deal.complete

_due if {
	due.delivered
	not _licences_listed
}

_licences_listed if some _ in topic.met(input.topics.licence_list)

# Code that is made for the buyer within a few months names its parts in its own
# repository.
_small if {
	deal.short_term
	deal.own_code
}

# Templates of 2026 may ask for it; which version was taken in, the dossier rarely says.
findings contains result.unsure(rego.metadata.chain(), "by_template", _templates[0].evidence, {"template": _templates[0].name}) if {
	not rating
	count(_templates) > 0
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.half_hearted(input.topics.sbom)
	not _each_time(hit)
}

# How often the list comes is told beside it, as in the row of a table: its format is open.
findings contains result.finding(rego.metadata.chain(), "no_format", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.half_hearted(input.topics.sbom)
	_each_time(hit)
}

_each_time(hit) if statement.beside(hit, _around_versions)

_each_time(hit) if {
	some other in _versions
	_below(hit.evidence, other.evidence)
}

_around_versions := statement.around(_versions)

_versions := {hit | some hit in input.topics.each_version}

# A table may give an item a column of its own, with a row for each of its traits ("Due
# date"). In one table paragraphs run on with the rows.
_below(first, next) if {
	first.section == next.section
	[column, row] := _cell(first.cell)
	[same, later] := _cell(next.cell)
	column == same
	later > row
	next.paragraph > first.paragraph
	next.paragraph - first.paragraph <= _paragraphs_of_a_row * (later - row)
}

_paragraphs_of_a_row := 4

_cell(name) := [parts[1], to_number(parts[2])] if parts := regex.find_all_string_submatch_n(`^([A-Z]+)([0-9]+)$`, name, 1)[0]

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.options(input.topics.sbom)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.sbom)
}

# Those that were revised, as far as they are about software.
_templates := [template |
	some template in input.templates
	template.taken_in
	template.id in {"evb_it_ueberlassung_a", "evb_it_pflege_s", "evb_it_system", "evb_it_erstellung", "evb_it_systemlieferung"}
]
