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

# "a non-exclusive right, … a right that may not be transferred" as items of one list.
test_half_a_word_gives_way_to_a_bad_one_beside_it if {
	item := {"modality": "none"}
	right := object.union(fake.hit(2, "weak"), item)
	topic.half_hearted([right, object.union(fake.hit(3, "risk"), item)]) == set()
	topic.half_hearted([right, object.union(fake.hit(9, "risk"), item)]) == {right}
	topic.half_hearted([right, fake.hit(3, "risk")]) == {right}
	topic.half_hearted([fake.hit(2, "weak"), object.union(fake.hit(3, "risk"), item)]) == {fake.hit(2, "weak")}
	topic.options([object.union(_option, {"clause": "1.3.1"}), object.union(fake.hit(3, "risk"), {"clause": "1.3.2"})]) == set()
}
