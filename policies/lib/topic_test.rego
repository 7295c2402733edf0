package policies.lib.topic_test

import data.policies.lib.fake
import data.policies.lib.topic

_option := object.union(fake.hit(1, "weak"), {"optional": true})

test_weak_hits_are_parted if {
	hits := [_option, fake.hit(2, "weak"), fake.hit(3, "met")]
	topic.options(hits) == {_option}
	topic.half_hearted(hits) == {fake.hit(2, "weak")}
}

test_nothing_is_no_option if {
	count(topic.options([])) == 0
	count(topic.half_hearted([])) == 0
}
