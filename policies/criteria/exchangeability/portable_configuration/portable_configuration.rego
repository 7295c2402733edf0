# METADATA
# title: Portable configuration
# description: Configuration, roles and access rights, workflows, templates and the audit trail can be taken along, with their structure.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/2854/oj
#     description: "Data Act, Verordnung (EU) 2023/2854, Art. 25 mit Art. 2 Nr. 32 und 38, exportierbare Daten und digitale Vermögenswerte (anwendbar seit 12. September 2025)"
# custom:
#   id: EX-04
#   kind: B
#   weight: 6
#   stage: stable
#   owner: policy owners
package policies.criteria.exchangeability.portable_configuration

import data.policies.lib.deal
import data.policies.lib.passage
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# A reservation counts for more than a bare name.
rating := "partly" if {
	count(topic.weak(input.topics.configuration_export)) > 0
	not _firm
} else := rate.topic(input.topics.configuration_export) if {
	rate.topic(input.topics.configuration_export)
} else := "met" if {
	count(_lacking) == 0
} else := "partly" if {
	count(_lacking) < count(_parts)
}

_firm if {
	some hit in topic.met(input.topics.configuration_export)
	hit.modality in {"must", "should"}
}

# What is to be exported beside the business data, in the order of words, and what a list
# of the export's contents names of it.
_parts := ["configuration", "rights", "templates", "history"]

_listed.configuration contains hit if some hit in topic.met(input.topics.exported_configuration)

_listed.rights contains hit if some hit in topic.met(input.topics.exported_rights)

_listed.templates contains hit if some hit in topic.met(input.topics.exported_templates)

# Workflows and templates are configured.
_listed.templates contains hit if some hit in topic.met(input.topics.exported_configuration)

_listed.history contains hit if some hit in topic.met(input.topics.exported_history)

_lacking := [part | some part in _parts; count(_listed[part]) == 0]

evidence contains hit.evidence if some hit in topic.binding(input.topics.configuration_export)

evidence contains hit.evidence if {
	some part in _parts
	some hit in _listed[part]
}

# What the buyer runs itself and has the code of, it need not get from the supplier.
not_applicable := "own_code" if {
	deal.own_code
	deal.buyer_operates
	not rating
}

# Whether there is an export, EX-03 asks. Where one of all data is demanded, its list
# can be looked at.
findings contains result.missing(rego.metadata.chain()) if {
	not rating
	not _export_place
	input.dossier.complete.value
}

findings contains passage.missing_at(rego.metadata.chain(), _export_place) if not rating

_export_place := passage.first([hit | some hit in input.topics.export_scope; hit.polarity == "met"])

findings contains result.finding(rego.metadata.chain(), "incomplete", _list_place, {"lacking": _lacking}) if {
	rating == "partly"
	not _stated
}

_stated if some _ in topic.binding(input.topics.configuration_export)

_list_place := passage.first([hit | some part in _parts; some hit in _listed[part]])

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.half_hearted(input.topics.configuration_export)
}

findings contains result.finding(rego.metadata.chain(), "optional", hit.evidence, {}) if {
	rating == "partly"
	some hit in topic.options(input.topics.configuration_export)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	some hit in topic.risk(input.topics.configuration_export)
}
