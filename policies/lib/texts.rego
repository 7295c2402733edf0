# METADATA
# title: Texts in files
# description: What files for programs, which hold few sentences, tell in one.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.texts

import data.policies.lib.topic

# told are the criteria whose subject such a sentence settles: no other text need be asked.
told contains criterion if {
	some criterion, id in _subjects
	some _ in topic.met(input.topics[id])
}

_subjects := {"EX-03": "data_export", "EX-08": "alternatives_considered", "LI-02": "self_operation", "LI-08": "documentation"}
