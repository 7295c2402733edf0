# METADATA
# title: No fee for the use of interfaces
# description: The price covers the use of interfaces by the authority and by third parties.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://data-act-text.com/article-30-data-act
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 30, offene Schnittstellen bei PaaS und SaaS ohne Entgelt (anwendbar seit 12. September 2025)"
#   - ref: https://github.com/od-ms/datennutzungsklauseln-muster
#     description: "Musterklauseln zur Datennutzung der Städte Bonn und Münster (CC BY 4.0)"
# custom:
#   id: IF-04
#   kind: B
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.api_fees

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := interface.fees

evidence contains hit.evidence if some hit in topic.binding(input.topics.interface_fees)

# Nobody can take a toll on the interfaces of the buyer's own code.
not_applicable := "own_code" if {
	deal.own_code
	not rating
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
	not rating
}

# Whether anything is exchanged at all, IF-01 asks; in a complete dossier silence counts.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not interface.delivered[0]
	input.dossier.complete.value
}

# Where IF-01 asks about the interface, it asks for this as well.
findings contains passage.missing_at(rego.metadata.chain(), interface.delivered[0].evidence) if {
	not rating
	"IF-04" in interface.unsettled
	not interface.delivered[0].clause in open_standards.asked
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(input.topics.interface_fees)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.interface_fees)
}
