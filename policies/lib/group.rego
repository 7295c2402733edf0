# METADATA
# title: Groups
# description: Groups values by a key in one pass over a sorted list; a rule that adds to a set for each value takes quadratic time.
package policies.lib.group

# runs cuts pairs [key, value] into {"key": …, "values": […]}, both sorted.
runs(pairs) := [{"key": sorted[start][0], "values": [pair[1] | some pair in array.slice(sorted, start, _end(starts, i, count(sorted)))]} |
	sorted := sort(pairs)
	starts := [i | some i, pair in sorted; _begins(sorted, i, pair)]
	some i, start in starts
]

_begins(_, 0, _)

_begins(sorted, i, pair) if {
	i > 0
	sorted[i - 1][0] != pair[0]
}

_end(starts, i, _) := starts[i + 1]

_end(starts, i, total) := total if i == count(starts) - 1
