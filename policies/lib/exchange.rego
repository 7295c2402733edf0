# METADATA
# title: Exchange of data
# description: What a dossier tells of an exchange of data beside its interfaces, and what names how data are exchanged.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.exchange

import data.policies.lib.rate

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
