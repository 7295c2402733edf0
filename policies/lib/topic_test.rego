package policies.lib.topic_test

import data.policies.lib.fake
import data.policies.lib.topic

_option := object.union(fake.hit(1, "weak"), {"optional": true})

test_weak_hits_are_parted if {
	hits := [_option, fake.hit(2, "weak"), fake.hit(3, "met")]
	topic.options(hits) == {_option}
	topic.half_hearted(hits) == {fake.hit(2, "weak")}
}

# "(später KI-Erweiterung)"
test_what_is_taken_out_does_not_count if {
	hits := [object.union(fake.hit(1, "met"), {"role": "excluded"}), fake.hit(2, "met")]
	topic.met(hits) == {fake.hit(2, "met")}
}

test_nothing_is_no_option if {
	count(topic.options([])) == 0
	count(topic.half_hearted([])) == 0
}
