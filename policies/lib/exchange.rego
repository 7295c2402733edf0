# METADATA
# title: Exchange of data
# description: What a dossier tells of an exchange of data beside its interfaces, and what names how data are exchanged.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.exchange

import data.policies.lib.group
import data.policies.lib.rate
import data.policies.lib.statement
import data.policies.lib.topic

# named lists what names how data are exchanged: protocols and standards, and open formats
# as well: "import and export (CSV/JSON)".
named contains mention if {
	some kind in ["protocol", "standard"]
	some mention in input.mentions[kind]
	carries_data(mention)
}

named contains mention if {
	some mention in input.mentions.format
	mention.open
	not mention.negated
	rate.binding(mention)
	"data" in mention.tags
}

# called are the formats and standards of each requirement by name, as a question calls them.
called := {run.key: sort({name | some name in run.values}) | some run in group.runs([[statement.paragraph(mention.clause), mention.name] | some mention in named])}

# carries_data says that a standard is one for exchange, not for safety or transport alone.
carries_data(mention) if {
	mention.open
	not mention.negated
	rate.binding(mention)
	some tag in mention.tags
	tag in _tags
}

_tags := {"api", "data", "geo", "identity", "mail_calendar", "messaging", "public_sector", "records", "archive", "storage", "xoev"}

# rules lists public rules for interfaces that are to be followed: they hold for all there
# may be.
rules := [mention |
	some mention in input.mentions.standard
	mention.modality in {"must", "should"}
	carries_data(mention)
	"api" in mention.tags
]

# told lists where data go to and fro, without the word interface.
told := [hit | some hit in input.topics.data_exchange; rate.binding(hit)]

# drawn says that a drawing within a text names standards at its arrows and boxes.
drawn if {
	input.dossier.kind.value == "architecture"
	some kind in ["protocol", "standard"]
	some mention in input.mentions[kind]
	mention.role == "citation"
	mention.open
	not mention.negated
	some tag in mention.tags
	tag in _tags
}

# preferred lists sentences by which named standards go first wherever data are exchanged
# ("standards such as XÖV have priority for interfaces"): each interface has one to follow.
preferred := [hit |
	some hit in input.topics.administration_standards
	hit.polarity == "met"
	hit.modality in {"must", "should"}
	rate.binding(hit)
	hit.clause in {general.clause | some general in input.topics.open_standards; general.polarity == "weak"; rate.binding(general)}
]

# specified names the requirements that tell the style of an interface ("a REST API") where
# its description stands in the same section ("an OpenAPI specification").
specified := {statement.paragraph(hit.clause) |
	some hit in topic.weak(input.topics.interface_style)
	[hit.evidence.path, hit.evidence.section] in _with_specifications
}

_with_specifications := {[hit.evidence.path, hit.evidence.section] |
	some hit in topic.met(input.topics.interface_specification)
}

# described lists what an interface is described by, or speaks: it says that there is one. In a
# complete dossier that is not enough.
described contains hit.clause if {
	not input.dossier.complete.value
	some id in ["interface_documentation", "interface_specification", "interface_style", "interface_versioning"]
	some hit in topic.binding(input.topics[id])
}
