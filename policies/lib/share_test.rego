package policies.lib.share_test

import data.policies.lib.fake
import data.policies.lib.share

test_a_part_of_the_whole if {
	share.of(12, 120) == 10
	not share.of(12, 0)
}

test_only_percentages_on_the_subject_in_those_sentences if {
	facts := object.union(fake.facts, {"percentages": [
		{"value": 12, "about": "maintenance_share", "clause": "1.1.1", "evidence": fake.evidence(1)},
		{"value": 40, "about": "award_weight", "clause": "1.1.1", "evidence": fake.evidence(1)},
		{"value": 3, "about": "maintenance_share", "clause": "1.2.1", "evidence": fake.evidence(2)},
	]})
	[told.value | some told in share.told([fake.hit(1, "met")], "maintenance_share")] == [12] with input as facts
}

test_limits_belong_to_the_better_rating if {
	share.rated(10, 10, 5) == "met"
	share.rated(9.9, 10, 5) == "partly"
	share.rated(5, 10, 5) == "partly"
	share.rated(4.9, 10, 5) == "not_met"
}
