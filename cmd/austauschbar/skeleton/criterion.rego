# METADATA
# title: $TITLE
# description: What a dossier has to say to meet this criterion, in one sentence.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://example.org/source
#     description: "Law, norm or study that this rests on, with paragraph and date of its version"
# custom:
#   id: $ID
#   kind: B
#   weight: 5
#   stage: draft
#   owner: policy owners
package policies.criteria.$GROUP.$NAME

import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# Undefined where nothing was found: not evidenced, never a pass.
rating := rate.topic(_hits)

evidence contains hit.evidence if some hit in topic.binding(_hits)

_hits := input.topics.$TOPIC

not_applicable := "architecture" if input.dossier.kind.value == "architecture"

# A question costs the reader's time: silence counts where all documents are here.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	input.dossier.complete.value
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.weak(_hits)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in topic.risk(_hits)
