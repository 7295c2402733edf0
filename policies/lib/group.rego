# METADATA
# title: Groups
# description: Groups values by a key in one pass over a sorted list; a rule that adds to a set for each value takes quadratic time.
package policies.lib.group

# runs cuts pairs [key, value] into {"key": …, "values": […]}, both sorted. Nothing
# that is called for each pair is handed the list.
runs(pairs) := [{"key": sorted[start][0], "values": [pair[1] | some pair in array.slice(sorted, start, ends[n])]} |
	sorted := sort(pairs)
	starts := array.concat([0 | count(sorted) > 0], [i | some i, pair in sorted; sorted[i - 1][0] != pair[0]])
	ends := array.concat(array.slice(starts, 1, count(starts)), [count(sorted)])
	some n, start in starts
]
