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

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.bound
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

# Whoever has the rights in the code has them in its description as well.
_told := "met" if {
	_documentation == "partly"
	deal.own_code
} else := "met" if {
	_documentation == "partly"
	_passed_on
} else := _documentation

# Rights in the software that may be passed on, or licensed again, hold for what describes it.
_passed_on if {
	some hit in topic.met(input.topics.usage_rights)
	regex.match(`(?i)weitergabe\s+an\s+dritte|an\s+dritte\s+weiter|unterlizen|sublicen|,\s*übertragbar|(frei|beliebig)\s+übertragbar`, hit.evidence.quote)
	count(topic.risk(input.topics.usage_rights)) == 0
}

_documentation := bound.polarities({hit.polarity | some hit in interface.documentation_hits})

# What describes its operations is documentation; with a licence or terms of use, others
# may have it.
_drawn := "met" if {
	count(_documented) > 0
	count(_undescribed) + count(_closed) == 0
} else := "partly" if {
	count(_documented) > 0
}

_with_operations := [offered | some offered in solution.specifications; offered.operations]

_documented := [offered | some offered in _with_operations; not _bare(offered)]

# More than half of the operations are but named.
_undescribed := [offered | some offered in _with_operations; _bare(offered)]

_bare(offered) if 2 * object.get(offered.specification, "described", 0) < offered.operations

_closed := [offered | some offered in _documented; not offered.specification.licence; not offered.specification.terms]

evidence contains solution.place(offered) if some offered in _documented

findings contains result.finding(rego.metadata.chain(), "undescribed", solution.place(_undescribed[0]), solution.titles(_undescribed)) if count(_undescribed) > 0

findings contains result.unsure(rego.metadata.chain(), "terms", solution.place(_closed[0]), solution.titles(_closed)) if {
	not _told
	count(_closed) > 0
}

evidence contains hit.evidence if some hit in interface.documentation_hits

# Whether anything is exchanged at all, IF-01 asks; in a complete dossier silence counts.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not interface.delivered[0]
	input.dossier.complete.value
}

# Where IF-01 asks about the interface, it asks for this as well.
findings contains passage.missing_at(rego.metadata.chain(), interface.delivered[0].evidence) if {
	not rating
	"IF-03" in interface.unsettled
	not interface.delivered[0].clause in open_standards.asked
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	not _open_to_all
	some hit in topic.half_hearted(interface.documentation_hits)
}

# Whoever publishes all of a solution under an open licence has passed on its documentation.
_open_to_all if {
	input.dossier.kind.value == "architecture"
	some _ in topic.met(input.topics.own_open_source)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.options(interface.documentation_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(interface.documentation_hits)
}
