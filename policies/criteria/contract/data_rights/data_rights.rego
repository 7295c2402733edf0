# METADATA
# title: Data rights
# description: All rights in the data are the buyer's; the supplier uses them for nothing else without written consent.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datenhoheit der Städte Bonn und Münster (CC BY 4.0)"
#   - ref: https://dataagenda.de/praxistipps-fuer-die-beendigung-einer-auftragsverarbeitung
#     description: "Art. 28 DSGVO: Verarbeitung nur auf Weisung, Rückgabe oder Löschung (Erläuterung)"
# custom:
#   id: CE-10
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.contract.data_rights

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.due
import data.policies.lib.paper
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.polarities(_polarities)

# Whose the data are, and what the supplier may do with them: one is half of it.
_polarities contains "met" if {
	count(_rights) > 0
	count(_limits) > 0
}

_polarities contains "weak" if count(_rights) + count(_limits) > 0

_polarities contains hit.polarity if {
	some hit in topic.binding(_hits)
	hit.polarity != "met"
}

_rights := {hit | some hit in topic.met(_hits)}

# Whose data of one kind are, tells nothing of the others.
_hits := [hit |
	some hit in input.topics.data_rights
	not hit.clause in {other.clause | some other in input.topics.one_kind_of_data}
]

_limits := {hit | some hit in topic.met(input.topics.data_use)}

evidence contains hit.evidence if some hit in topic.binding(_hits)

evidence contains hit.evidence if some hit in _limits

not_applicable := "architecture" if {
	input.dossier.kind.value == "architecture"
} else := "data_at_buyer" if {
	deal.data_at_buyer
	not _spoken_of
} else := "purchase" if {
	deal.bought
	not rating
} else := "delivered_once" if {
	deal.delivered_once
	not rating
}

# Whose the data are is told; that they are processed on behalf alone is not that.
_spoken_of if some _ in topic.binding(_hits)

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not deal.contract_papers_lacking
	not deal.holds_no_data
	_due
}

_due if paper.contract_here

_due if due.operated

findings contains result.finding(rego.metadata.chain(), "use_open", passage.first([hit | some hit in _hits; hit.polarity == "met"]), {}) if {
	count(_limits) == 0
	count(_uses) == 0
}

# That the supplier may use them is told, and asked there.
_uses := topic.risk(_hits)

# Whoever processes on behalf may use personal data for nothing else; of other data
# that says nothing.
findings contains result.unsure(rego.metadata.chain(), "processing_only", passage.first([hit | some hit in input.topics.data_use; hit.polarity == "met"]), {}) if {
	count(_rights) == 0
	not rating == "not_met"
	not deal.data_at_buyer
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	count(_rights) == 0
	some hit in topic.half_hearted(_hits)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	count(_rights) == 0
	some hit in topic.options(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(_hits)
}
