# METADATA
# title: Measures
# description: Durations, days and amounts by the role of the clause they stand in.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.measure

import data.policies.lib.rate

# binding says that the measure's clause demands or regulates.
binding(measure) if rate.binding(object.get(input.clauses, measure.clause, {"role": "requirement"}))

# durations lists the binding durations about a subject.
durations(subject) := [duration |
	some duration in input.durations
	duration.about == subject
	binding(duration)
]
