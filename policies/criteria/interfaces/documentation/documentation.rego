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

import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.topic

rating := interface.documentation

evidence contains hit.evidence if some hit in interface.documentation_hits

# Whether anything is exchanged at all, IF-01 asks; in a complete dossier silence counts.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not interface.delivered[0]
	input.dossier.complete.value
}

# Who may hand it on is a matter of those who are bound.
findings contains passage.missing_at(rego.metadata.chain(), interface.delivered[0].evidence) if {
	not rating
	not deal.no_parties
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(interface.documentation_hits)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(interface.documentation_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(interface.documentation_hits)
}
