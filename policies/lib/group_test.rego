package policies.lib.group_test

import data.policies.lib.group

test_runs if {
	group.runs([["b", 2], ["a", 3], ["b", 1]]) == [{"key": "a", "values": [3]}, {"key": "b", "values": [1, 2]}]
	group.runs([]) == []
	group.runs([[["x", 1], 7]]) == [{"key": ["x", 1], "values": [7]}]
}
