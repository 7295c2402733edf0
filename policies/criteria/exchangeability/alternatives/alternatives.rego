# METADATA
# title: Alternatives considered
# description: A documented market survey or architecture decision compares at least two workable alternatives and what a switch would take.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://deutschland-stack.gov.de/kriterien
#     description: "Deutschland-Stack, Kriterium digitale Souveränität, vergleichbare Alternativen (Reifegradmodell in Erprobung)"
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__28.html
#     description: "§ 28 VgV, Markterkundung vor Einleitung eines Vergabeverfahrens (zulässig, keine allgemeine Pflicht; Sekundärquellen, Fassung vor dem 1. Juli 2026)"
#   - ref: https://www.nickel.de/news/vergaberecht/olg-duesseldorf-beschluss-vom-10072024-verg-2-24
#     description: "OLG Düsseldorf, Beschluss vom 10. Juli 2024, Verg 2/24, keine allgemeine Pflicht zur umfassenden Markterkundung (Sekundärquelle)"
# custom:
#   id: EX-08
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.alternatives

import data.policies.lib.deal
import data.policies.lib.group
import data.policies.lib.kind
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

rating := rate.polarities(_polarities)

_polarities contains hit.polarity if some hit in topic.binding(_told)

_polarities contains "met" if count(_compared) > 0

# Decisions of an architecture list alternatives under a heading that says so; one alone is
# none.
_compared := [input.clauses[run.values[0]].evidence |
	count(_drawings) > 0 # most dossiers are tenders: then no clause is looked at
	some run in group.runs([[[clause.evidence.path, clause.headings], id] | some id, clause in input.clauses; _alternative(clause)])
	count(run.values) > 1
]

_alternative(clause) if {
	clause.evidence.path in _drawings
	some heading in clause.headings
	regex.match(_lists_alternatives, heading)
}

# Those who make a thing themselves tell in its description why it is as it is.
_drawings := {document.path | some document in input.documents; _designed(document)}

_designed(document) if document.role == "architecture"

_designed(_) if deal.award_doubtful

_lists_alternatives := `(?i)^[\d. ]*(nicht (verwendet|genutzt|eingesetzt|gewählt)|not (used|chosen|selected))(\s*\(.*\))?$|(?i)^[\d. ]*((betrachtete|geprüfte|untersuchte|erwogene|verworfene)\s+)?(alternativen|lösungsalternativen|optionen)$|^[\d. ]*((considered|rejected|evaluated)\s+)?(options|alternatives)(\s+(considered|rejected))?$`

evidence contains place if some place in _compared

evidence contains hit.evidence if some hit in topic.binding(_told)

# What somebody is still to compare has not been compared; nor has what people are ordered to
# compare.
_told := [hit |
	some hit in input.topics.alternatives_considered
	not hit.modality in {"must", "should"}
	not _in_passing(hit)
	not kind.without_software
]

# That the market was looked at, a tender says of other things too; what was compared
# then stands in the procurement file.
_in_passing(hit) if {
	hit.polarity == "weak"
	not _architecture
}

# A market check that found no other supplier is what NE-08 asks about. What is written
# for tenderers does not tell of it: the procurement file does.
not_applicable := "sole_source" if {
	some _ in topic.met(input.topics.sole_source)
} else := "procurement_file" if {
	not rating
	not _architecture
}

# An architecture tells why it is as it is.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	_architecture
	deal.complete
}

# Substitutes that the catalogue does not know may exist: this is asked, not held.
findings contains result.unsure(rego.metadata.chain(), "no_second", solution.place(_alone[0]), solution.listed(_alone)) if {
	_architecture
	not rating == "met"
	count(_alone) > 0
}

_alone := [component | some component in solution.proprietary; count(object.get(component, "alternatives", [])) == 0]

_architecture if input.dossier.kind.value in {"architecture", "both"}

findings contains result.unsure(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(_told)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(_told)
}
