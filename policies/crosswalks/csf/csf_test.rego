package policies.crosswalks.csf_test

import data.policies.crosswalks.csf

_weightings := ["1.2.1", "2026-06"]

# The worked example: two answers, the same in both weightings.
test_two_answers if {
	every weighting in _weightings {
		example := {"weighting": weighting, "answers": {"6.1": 4, "6.2": 3}}
		csf.contributions["SOV-6"] == 3.75 with input as example
		csf.score == 3.75 with input as example
		csf.seal == 2 with input as example
		gaps := csf.gaps with input as example
		count(gaps) == 46
	}
}

test_no_answers if {
	nothing := {"weighting": "1.2.1", "answers": {}}
	csf.score == 0 with input as nothing
	not csf.seal with input as nothing
}

# The calculator rounds its points: the best answers bring a little more than 100.
test_best_answers if {
	best := {item.id: count(item.answers) | some item in data.crosswalks.csf.items}
	score := csf.score with input as {"weighting": "2026-06", "answers": best}
	round(score * 10000) == 1000756
	csf.seal == 4 with input as {"weighting": "2026-06", "answers": best}
}

test_weights_come_to_100 if {
	every weighting in data.crosswalks.csf.weightings { sum([weight | some weight in weighting.groups]) == 100 }
}

# Points rise, SEAL never falls, and the most that an item can bring is its last answer.
test_answers_rise if {
	every item in data.crosswalks.csf.items {
		item.points == item.answers[count(item.answers) - 1].points
		points := [answer.points | some answer in item.answers]
		points == sort(points)
		seals := [answer.seal | some answer in item.answers]
		seals == sort(seals)
	}
}

test_items_by_objective if {
	counts := {group.id: count([item | some item in data.crosswalks.csf.items; item.group == group.id]) | some group in data.crosswalks.csf.groups}
	counts == {"SOV-1": 8, "SOV-2": 6, "SOV-3": 5, "SOV-4": 6, "SOV-5": 7, "SOV-6": 5, "SOV-7": 7, "SOV-8": 4}
}

# Answers that are all SEAL-4 decide no SEAL.
test_inert_items if {
	[item.id | some item in data.crosswalks.csf.items; every answer in item.answers { answer.seal == 4 }] == ["1.2", "1.4", "1.5", "1.6", "1.7", "2.5", "5.3", "7.2", "8.4"]
}
