# METADATA
# title: Ratings of ties
# description: How hits become a rating where half-hearted wording does not make up for a tie. Undefined where nothing was found.
package policies.lib.bound

import data.policies.lib.rate

# topic rates what a dossier says on one topic.
topic(hits) := polarities({hit.polarity | some hit in hits; rate.binding(hit)})

# polarities rates a set of polarities: bad wording is made up for by good
# wording only, and then half. What is half a tie (the supplier operates, licences
# are counted by user) is loosened by good wording altogether.
polarities(found) := "partly" if {
	{"met", "risk"} & found == {"met", "risk"}
} else := "not_met" if {
	"risk" in found
} else := "met" if {
	"met" in found
} else := "partly" if {
	"weak" in found
}
