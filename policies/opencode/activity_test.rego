package policies.opencode_test

import data.policies.opencode

commit(author) := {"day": "2026-10-01", "author": author, "bot": false}

history(commits, tags) := {"commits": commits, "tags": tags, "shallow": false}

kept(found) := with_key("history", found)

_two := [commit(author) | some author in [1, 2, 1, 2, 3]]

_one := [commit(author) | some author in [1, 1, 1, 1, 2]]

_tag := [{"name": "v1", "day": "2026-05-23"}]

test_no_history if {
	review := opencode.review with input as checkout
	review.badge == {"level": "unknown", "provided": []}
	every id in ["OC-11", "OC-12", "OC-13", "OC-14"] {
		rating(review, id) == "not_evidenced"
	}
}

test_crisis_proof if {
	review := opencode.review with input as kept(history(_two, _tag))
	review.badge == {"level": "crisis_proof", "provided": ["OC-12"]}
	every id in ["OC-11", "OC-13", "OC-14"] {
		rating(review, id) == "met"
	}
}

test_reliable if {
	review := opencode.review with input as kept(history(_one, _tag))
	review.badge.level == "reliable"
	rating(review, "OC-14") == "not_met"
	args(review, "OC-14") == {{"share": 0.8, "since": "2026-05-23"}}
}

test_active if {
	review := opencode.review with input as kept(history(_two, [{"name": "v1", "day": "2026-05-22"}, {"name": "v2", "day": "2026-11-24"}]))
	review.badge.level == "active"
	codes(review, "OC-13") == {"none"}
}

test_none if {
	old := {"day": "2026-05-22", "author": 1, "bot": false}
	review := opencode.review with input as kept(history(array.concat([commit(1), commit(1), commit(2), commit(2)], [old]), _tag))
	review.badge == {"level": "none", "provided": []}
	args(review, "OC-11") == {{"count": 4, "least": 5, "since": "2026-05-23"}}
	rating(review, "OC-14") == "met"
}

test_programs_are_no_people if {
	bots := [{"day": "2026-10-01", "author": 2, "bot": true} | some _ in numbers.range(1, 5)]
	rating(opencode.review, "OC-11") == "met" with input as kept(history(bots, []))
	rating(opencode.review, "OC-14") == "not_evidenced" with input as kept(history(bots, []))
	rating(opencode.review, "OC-14") == "not_met" with input as kept(history(array.concat(bots, [commit(1)]), []))
}

test_a_part_of_the_history_shows_no_lack if {
	part := object.union(history([commit(1)], []), {"shallow": true})
	every id in ["OC-11", "OC-13", "OC-14"] {
		rating(opencode.review, id) == "not_evidenced" with input as kept(part)
	}
	rating(opencode.review, "OC-11") == "met" with input as kept(object.union(history(_two, _tag), {"shallow": true}))
}
