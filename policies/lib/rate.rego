# METADATA
# title: Ratings
# description: How hits of a topic become a rating. Undefined where nothing was found, never a pass.
package policies.lib.rate

# worst returns the worst of a set of ratings; undefined for an empty set.
worst(ratings) := [rating | some rating in ["not_met", "partly", "met"]; rating in ratings][0]

# topic rates what a dossier says on one topic: only good is met, good and bad
# together or half-hearted is partly, only bad is missed.
topic(hits) := polarities({hit.polarity | some hit in hits; binding(hit)})

# polarities rates a set of polarities; undefined for an empty set.
polarities(found) := "met" if {
	"met" in found
	not "risk" in found
} else := "partly" if {
	some half in {"met", "weak"}
	half in found
} else := "not_met" if {
	"risk" in found
}

# stated counts tales of what is in use and skills as well: where a criterion is about
# the existing system, its sentences are just those.
stated(hit) if not hit.role in {"question", "citation", "definition", "example", "excluded"}

# A hit binds where it demands or regulates; questions, quotations, definitions,
# examples, tales of what is in use and what is taken out again do not.
binding(hit) if not hit.role in {"question", "citation", "definition", "example", "existing_estate", "staff_skill", "excluded"}
