# METADATA
# title: Topics
# description: Hits of a topic by what they say.
package policies.lib.topic

import data.policies.lib.rate
import data.policies.lib.statement

# with gives the binding hits of one polarity.
with_polarity(hits, polarity) := {hit | some hit in hits; hit.polarity == polarity; rate.binding(hit)}

# met, weak and risk give the binding hits that speak for, half-heartedly for
# and against a topic.
met(hits) := with_polarity(hits, "met")

weak(hits) := with_polarity(hits, "weak")

risk(hits) := with_polarity(hits, "risk")

# half_hearted and options part the weak hits: those that are weak by what they say, and
# those that the supplier may do or not, whatever they say. What stands against the topic
# in the same statement or paragraph, or in items beside it, says the worse of it.
half_hearted(hits) := {hit | some hit in _beside_no_risk(hits); not hit.optional}

options(hits) := {hit | some hit in _beside_no_risk(hits); hit.optional}

_beside_no_risk(hits) := weak(hits) if {
	count(risk(hits)) == 0
} else := {hit | some hit in weak(hits); not statement.beside(hit, around); not _listed_with(hit, items)} if {
	around := statement.around(risk(hits))
	items := _items(risk(hits))
}

_listed_with(hit, items) if {
	hit.modality == "none"
	count(statement.next_to(hit.clause) & items) > 0
}

# Items of a list bear no verb that obliges.
_items(hits) := {statement.paragraph(hit.clause) | some hit in hits; hit.modality == "none"}

# binding gives all hits that demand or regulate.
binding(hits) := {hit | some hit in hits; rate.binding(hit)}
