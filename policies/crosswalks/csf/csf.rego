# METADATA
# title: Calculator of the EU Cloud Sovereignty Framework
# description: >-
#   Reckons as the Commission's calculator does, with answers that people give:
#   {"weighting": "1.2.1", "answers": {"6.1": 4, "6.2": 3}}, answers counted from 1.
#   No review asks it, since no document gives these answers; docs/crosswalks.md
#   shows how to.
# scope: package
# schemas:
#   - input: {"type": "object"}
package policies.crosswalks.csf

# The share of 100 that the answers bring, by objective and in all. The calculator
# divides by 1000 everywhere, so that the best answers come to a little more than
# 100: its own rounding, left as it is.
contributions[group] := (weight * sum([answer.points | some id, answer in _answers; _items[id].group == group])) / 1000 if {
	some group, weight in _weights
}

score := sum([contribution | some contribution in contributions])

# The lowest SEAL of all answers; undefined without any.
seal := min([answer.seal | some answer in _answers])

# What was not answered.
gaps := [item.id | some item in data.crosswalks.csf.items; not _answers[item.id]]

_items := {item.id: item | some item in data.crosswalks.csf.items}

_weights := weighting.groups if {
	some weighting in data.crosswalks.csf.weightings
	weighting.id == input.weighting
}

_answers[id] := _items[id].answers[number - 1] if some id, number in input.answers
