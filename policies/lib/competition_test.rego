package policies.lib.competition_test

import data.policies.lib.competition
import data.policies.lib.fake

test_one_firm_alone_is_asked if {
	every polarity in ["met", "risk"] { competition.direct_award with input as fake.topics({"sole_source": [fake.hit(1, polarity)]}) }
	not competition.direct_award with input as fake.topics({"sole_source": [fake.hit(1, "weak")]})
	not competition.direct_award with input as fake.facts
}

test_bids_are_compared_where_they_are_weighed if {
	every other in ["award_weights", "exchangeability_award", "price_only"] {
		not competition.direct_award with input as fake.topics({"sole_source": [fake.hit(1, "risk")], other: [fake.hit(2, "risk")]})
	}
}
