# METADATA
# title: Wordings
# description: >-
#   What the words need to put a named thing right where it stands: the language of
#   the passage, what the thing is for, and the passage cut at its name; and to list
#   several.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.wording

import data.policies.lib.place

# about gives arguments for a finding at a mention. A frame is left out where no words
# can be put at the name, a function where the catalogue has none in that language.
about(mention) := {
	"language": language,
	"function": object.get(mention, ["function", language], ""),
	"frame": object.get(mention, "frame", {}),
} if {
	language := object.get(input.clauses, [mention.clause, "language"], "")
}

# listed gives arguments for a finding at several mentions.
listed(mentions) := {
	"products": sort({mention.name | some mention in mentions}),
	"count": count(spots),
	"places": spots,
} if {
	spots := place.listed(mentions)
}
