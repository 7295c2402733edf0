# METADATA
# title: Exit cost in the total cost
# description: The cost of leaving is part of the cost model or of the price sheet, and so of the evaluation.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__59.html
#     description: "§ 59 Abs. 1 und 2 Nr. 4 VgV, Lebenszykluskosten einschließlich der Kosten am Ende der Nutzungsdauer (zulässig, keine Pflicht; gelesen in der Fassung von 2021)"
#   - ref: https://opensource.com/government/12/2/openforum-europe-finds-trademark-references-widespread
#     description: "OpenForum Europe: Ausstiegskosten gehören in das Beschaffungsbudget (2012, Sekundärquelle)"
# custom:
#   id: EX-09
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.exit_cost

import data.policies.lib.deal
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

rating := rate.polarities(_polarities)

_polarities contains hit.polarity if some hit in topic.binding(input.topics.exit_cost)

_polarities contains "met" if count(_positions) > 0

# Rows of a price sheet about the end of the contract ask for a price.
_positions contains hit if {
	some hit in (topic.met(input.topics.transition_support) | topic.weak(input.topics.transition_support))
	hit.evidence.path in _price_sheets
}

_positions contains hit if {
	some hit in topic.weak(input.topics.exit_cost)
	hit.evidence.path in _price_sheets
}

_price_sheets := {document.path | some document in input.documents; document.role == "price_sheet"}

evidence contains hit.evidence if some hit in topic.binding(input.topics.exit_cost)

evidence contains hit.evidence if some hit in _positions

not_applicable := "purchase_without_data" if {
	deal.bought
} else := "delivered_once" if {
	deal.delivered_once
	not rating
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
	not rating
}

# Where no prices are asked, they are in papers that are not here; where no exit is
# demanded, other criteria ask for one.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	_asks_prices
}

_asks_prices if {
	count(_price_sheets) > 0
	count(_exits) > 0
}

_exits contains hit if some hit in topic.binding(input.topics.exit_plan)

_exits contains hit if some hit in topic.binding(input.topics.transition_support)

_asks_prices if input.dossier.complete.value

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	count(_positions) == 0
	some hit in topic.weak(input.topics.exit_cost)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.exit_cost)
}
