# METADATA
# title: Functional coverage of the interface
# description: All business functions and data can be read and written through an interface.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://d-stack-home-719768.usercontent.opencode.de/kriterien
#     description: "Deutschland-Stack, Kriterium Interoperabilität, API-First (Reifegradmodell nach der ersten Konsultation zurückgestellt)"
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datennutzung der Städte Bonn und Münster, vollständiger Datenzugriff über eine Schnittstelle (CC BY 4.0)"
# custom:
#   id: IF-05
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.api_coverage

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

# The worse of what text and graph show; where one is silent, the other counts.
rating := rate.worst(_ratings)

_ratings contains _told

_ratings contains _drawn

_told := rate.topic(_hits)

# What can be read only is a part. That all functions can be reached, no file tells: a
# text that does so counts alone.
_ratings contains "partly" if {
	not _told
	count(_described) > 0
}

_drawn := "partly" if count(_read_only) > 0

_read_only := [offered |
	count(_writing) == 0
	some offered in solution.specifications
	offered.kind == "api"
	offered.operations
]

_writing := [offered | some offered in solution.specifications; offered.writes]

evidence contains solution.place(offered) if some offered in array.concat(_read_only, _described)

findings contains result.unsure(rego.metadata.chain(), "read_only", solution.place(_read_only[0]), solution.titles(_read_only)) if {
	not _told == "met"
	count(_read_only) > 0
}

evidence contains hit.evidence if some hit in topic.binding(_hits)

# What another system's interface can do is its owner's to say.
_hits := interface.own(input.topics.api_coverage)

# Whether anything is exchanged at all, IF-01 asks; in a complete dossier silence counts.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not interface.terms_place
	input.dossier.complete.value
}

# Where IF-01 asks about the interface, it asks for this as well. A description, which
# IF-02 asks for there, tells it.
findings contains passage.missing_at(rego.metadata.chain(), interface.delivered[0].evidence) if {
	not rating
	"IF-05" in interface.unsettled
	not _description_asked
	not interface.delivered[0].clause in open_standards.asked
}

_description_asked if {
	"IF-02" in interface.unsettled
	not deal.complete
}

findings contains result.unsure(rego.metadata.chain(), "described", solution.place(_described[0]), solution.titles(_described)) if {
	not _told
	count(_described) > 0
}

_described := [offered | some offered in _writing; offered.operations]

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.half_hearted(_hits)
	_says_so(hit)
}

# "All data can be retrieved through the interface" may be a part, and may be all there is;
# "API-first" is a way to build.
# Where IF-01 asks by which standard, the answer tells it.
findings contains result.unsure(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.half_hearted(_hits)
	not _says_so(hit)
	not hit.clause in open_standards.asked
}

_says_so(hit) if not regex.match(`(?i)\b(data|records?|\w*daten\w*|datenobjekte?|api[- ]first)\b`, hit.evidence.quote)

_says_so(hit) if regex.match(`(?i)\b(nur|ausschließlich|lediglich|wesentlich\w*|zentral\w*|wichtigst\w*|ausgewählt\w*|only|key|main|selected|core)\b`, hit.evidence.quote)

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.options(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
