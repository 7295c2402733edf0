# METADATA
# title: Competition
# description: Whether bids of several are compared, or one firm alone is asked.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.competition

import data.policies.lib.topic

# direct_award says that the contract goes to one firm, and that no bids are compared.
direct_award if {
	some hit in (topic.met(input.topics.sole_source) | topic.risk(input.topics.sole_source))
	not _compared
}

_compared if count(input.award_criteria) > 0

_compared if some _ in topic.binding(input.topics.award_weights)

_compared if count(topic.met(input.topics.exchangeability_award) | topic.weak(input.topics.exchangeability_award)) > 0

_compared if some _ in topic.risk(input.topics.exchangeability_award)

_compared if some _ in topic.risk(input.topics.price_only)
