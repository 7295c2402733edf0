# METADATA
# title: Switch rehearsal
# description: Export and import, or operation in another environment, are tried out at acceptance or every year.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://kriterien-digitale-souveraenitaet-6bb399.usercontent.opencode.de
#     description: "ZenDiS: Kriterien digitale Souveränität, geprüfte Exit-Strategien (03/2026)"
# custom:
#   id: EX-07
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.switch_rehearsal

import data.policies.lib.deal
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# A whole project below this sum, in euros without VAT, need not rehearse its end: our
# own proposal, no law names a figure.
_small := 50000

rating := rate.topic(input.topics.switch_test)

evidence contains hit.evidence if some hit in topic.binding(input.topics.switch_test)

not_applicable := "purchase_without_data" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
} else := "own_code" if {
	deal.own_code
	not rating
} else := "small_value" if {
	_total > 0
	_total < _small
	not rating
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
	not rating
}

_total := object.get(input.dossier, ["budget", "value", "total"], 0)

# A plan that is not there, EX-02 asks for; one without an export or a place to operate
# elsewhere leaves nothing to rehearse.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _plan
	input.dossier.complete.value
}

findings contains passage.missing_at(rego.metadata.chain(), _plan) if not rating

_plan := place if {
	place := passage.first([hit | some hit in input.topics.exit_plan; hit.polarity != "risk"])
	count(_rehearsable) > 0
}

_rehearsable contains hit if some hit in topic.met(input.topics.export_scope)

_rehearsable contains hit if some hit in topic.met(input.topics.data_export)

_rehearsable contains hit if some hit in topic.met(input.topics.portable_operation)

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(input.topics.switch_test)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.switch_test)
}
