# METADATA
# title: Places
# description: Where facts stand, and whether two stand together.
package policies.lib.place

import data.policies.lib.group

# of gives a fact's sentence and, where there are headings, its section. Two facts
# stand together where they share one of them.
of(fact) := {["clause", fact.clause]} | {["section", fact.evidence.path, section] | section := fact.evidence.section}

# listed names the places of facts in their order. Two names in one line are one place.
listed(facts) := [facts[number].evidence.place |
	some number in sort([run.values[0] | some run in group.runs([[fact.evidence.place, number] | some number, fact in facts])])
]
