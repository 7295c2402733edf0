# METADATA
# title: Interface documentation open to all
# description: Interface documentation is complete, current, free of confidentiality duties and may be passed to third parties.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/ozg/__6.html
#     description: "§ 6 Abs. 4 OZG, Spezifikationen und Dokumentation der Schnittstellen von IT-Komponenten sollen veröffentlicht werden"
#   - ref: https://kriterien-digitale-souveraenitaet-6bb399.usercontent.opencode.de
#     description: "ZenDiS: Kriterien digitale Souveränität, vollständige Schnittstellendokumentation (03/2026)"
# custom:
#   id: IF-03
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.documentation

import data.policies.lib.bound
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := bound.topic(input.topics.interface_documentation)

evidence contains hit.evidence if some hit in topic.binding(input.topics.interface_documentation)

# Whether anything is exchanged at all, IF-01 asks; in a complete dossier silence counts.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _interface
	input.dossier.complete.value
}

findings contains passage.missing_at(rego.metadata.chain(), _interface) if not rating

# The first interface that the dossier demands.
_interface := passage.first([hit | some hit in input.topics.interface_required; hit.polarity == "met"])

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(input.topics.interface_documentation)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.interface_documentation)
}
