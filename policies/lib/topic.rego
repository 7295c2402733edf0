# METADATA
# title: Topics
# description: Hits of a topic by what they say.
package policies.lib.topic

import data.policies.lib.rate

# with gives the binding hits of one polarity.
with_polarity(hits, polarity) := {hit | some hit in hits; hit.polarity == polarity; rate.binding(hit)}

# met, weak and risk give the binding hits that speak for, half-heartedly for
# and against a topic.
met(hits) := with_polarity(hits, "met")

weak(hits) := with_polarity(hits, "weak")

risk(hits) := with_polarity(hits, "risk")

# half_hearted and options part the weak hits: those that are weak by what they say,
# and those that the supplier may do or not, whatever they say.
half_hearted(hits) := {hit | some hit in weak(hits); not hit.optional}

options(hits) := {hit | some hit in weak(hits); hit.optional}

# binding gives all hits that demand or regulate.
binding(hits) := {hit | some hit in hits; rate.binding(hit)}
