# METADATA
# title: Passages
# description: Where in a dossier hits stand.
package policies.lib.passage

import data.policies.lib.group
import data.policies.lib.kind
import data.policies.lib.rate
import data.policies.lib.result

# first gives the place of the first binding hit, of those that speak for the topic
# where there are any; undefined for none.
first(hits) := [hit.evidence |
	some polarity in ["met", "weak", "risk"]
	some hit in hits
	hit.polarity == polarity
	rate.binding(hit)
][0]

# missing_at is what the whole dossier lacks, at the place where it could stand. Undefined
# where the question does not fit what is ordered.
missing_at(chain, evidence) := object.union(result.lacking(chain), {"evidence": evidence}) if {
	not kind.unfit(result.id(chain))
}

# each_document gives the place of the first binding hit of each document.
each_document(hits) := [hits[run.values[0]].evidence |
	some run in group.runs([[hit.evidence.path, number] | some number, hit in hits; rate.binding(hit)])
]
