# METADATA
# title: Customised open source
# description: Changes to open-source software go back to its project, or stand in extensions; no private fork has to be carried on.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://arxiv.org/html/2409.01118v1
#     description: "Studie zu weichem Lock-in in Kommunen, auch bei quelloffener Software eines einzelnen Anbieters (2024)"
# custom:
#   id: LI-07
#   kind: B
#   weight: 7
#   stage: stable
#   owner: policy owners
package policies.criteria.lock_in.customised_open_source

import data.policies.lib.bound
import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.passage
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

rating := _told

# Whether a branch of one's own goes back, its address does not tell.
rating := "partly" if {
	not _told
	(count(_branches) + count(_replaced)) + count(_patches) > 0
}

_told := bound.topic(input.topics.customised_open_source)

# Dependencies that are taken from a repository rather than from a release.
_branches := [pack | some pack in input.packages; pack.direct; regex.match(`(?i)^(git[+:@]|(github|gitlab|bitbucket):|https?://\S+\.git)`, pack.version)]

evidence contains pack.evidence if some pack in _branches

findings contains result.unsure(rego.metadata.chain(), "branch", _branches[0].evidence, args) if {
	not _told == "met"
	count(_branches) > 0
	args := object.union(solution.cut(sort({pack.name | some pack in _branches})), {"places": [pack.evidence.place | some pack in _branches]})
}

# Dependencies that the project has replaced by others of its own choice.
_replaced := [pack | some pack in input.packages; pack.replaced]

# Sources of others that are changed before they are built.
_patches := [resource | some resource in input.resources; resource.type == "patch"]

evidence contains fact.evidence if some fact in array.concat(_replaced, _patches)

findings contains result.unsure(rego.metadata.chain(), "replaced", _replaced[0].evidence, args) if {
	not _told == "met"
	count(_replaced) > 0
	names := sort({concat(" → ", [pack.name, pack.replaced]) | some pack in _replaced})
	args := object.union(solution.cut(names), {"places": [pack.evidence.place | some pack in _replaced]})
}

findings contains result.unsure(rego.metadata.chain(), "patched", _patches[0].evidence, args) if {
	not _told == "met"
	count(_patches) > 0
	names := sort({object.get(patch, "name", patch.id) | some patch in _patches})
	args := object.union(solution.cut(names), {"places": [patch.evidence.place | some patch in _patches]})
}

evidence contains hit.evidence if some hit in topic.binding(input.topics.customised_open_source)

# Open-source software that is bought and worked on. Languages, databases and other
# technologies are used as they are.
_adapted contains software if {
	deal.custom_code
	some software in input.mentions.product
	software.open
	demand.demands(software)
	not demand.technology(software)
}

not_applicable := "no_adapted_open_source" if {
	not rating
	count(_adapted) == 0
} else := "architecture" if {
	input.dossier.kind.value == "architecture"
	not rating
}

findings contains result.missing(rego.metadata.chain()) if {
	not rating
	deal.complete
}

# Where the code is published, whoever maintains the original can take the changes up.
findings contains passage.missing_at(rego.metadata.chain(), _places[0]) if {
	not rating
	not deal.complete
	not _published
}

_published if some _ in topic.met(input.topics.open_source_publication)

# Where it is demanded outright, else where it is named, in the order of the documents.
_places := [software.evidence |
	some modalities in [{"must", "should"}, {"none", "may"}]
	some software in input.mentions.product
	software in _adapted
	software.modality in modalities
]

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_told == "partly"
	some hit in topic.weak(input.topics.customised_open_source)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.customised_open_source)
}
