# METADATA
# title: EVB-IT
# description: Which EVB-IT contract templates a dossier takes in, and what it takes out of them again.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.evb_it

import data.policies.lib.topic

# incorporated lists the hits that take in any EVB-IT template.
incorporated := topic.met(input.topics.evb_it)

# with_source_code lists those that take in a template under which the source
# code of individual software is handed over unless the parties agree otherwise.
with_source_code := {hit |
	some hit in incorporated
	hit.clause in _clauses
}

_clauses := {mention.clause |
	some mention in input.mentions.law
	mention.term in {"evb_it_erstellung", "evb_it_system"}
	not mention.negated
}

# deviations lists the hits that deviate from a template or rule it out.
deviations := topic.risk(input.topics.evb_it)
