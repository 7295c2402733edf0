# METADATA
# title: Priority of open source checked
# description: >-
#   Federal authorities look at open source first when they buy new software, and record
#   reasons where they decide otherwise. Others are not bound; what they write is rated,
#   and never opens the gate.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/egovg/__16a.html
#     description: "§ 16a EGovG: Behörden des Bundes sollen Open Source vorrangig beschaffen (in Kraft seit 24. Juli 2024)"
#   - ref: https://cio.bund.de/SharedDocs/kurzmeldungen/Webs/CIO/DE/startseite/2024/ozg_aendg.html
#     description: "CIO Bund zum OZG-Änderungsgesetz (2024)"
#   - ref: https://www.gesetze-im-internet.de/ozg/__4.html
#     description: "§ 4 Abs. 3 OZG: vorgegebene IT-Komponenten (Fassung seit 24. Juli 2024)"
# custom:
#   id: MC-03
#   kind: A
#   weight: 8
#   stage: stable
#   owner: policy owners
package policies.criteria.community.open_source_priority

import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.topic

# Day from which § 16a EGovG is in force.
_in_force := "2024-07-24"

rating := "partly" if {
	_read == "not_met"
	not _bound
} else := _read

evidence := {hit.evidence | some hit in _hits}

not_applicable := "not_federal" if {
	not rating
	not _federal
} else := "not_in_force" if {
	not rating
	not _bound
}

findings contains result.missing(rego.metadata.chain()) if {
	_bound
	not rating
}

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	_bound
	rating == "partly"
	some hit in topic.half_hearted(input.topics.open_source_preference)
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if {
	_bound
	some hit in topic.risk(input.topics.open_source_preference)
}

findings contains result.finding(rego.metadata.chain(), "excluded", hit.evidence, {}) if {
	not _bound
	some hit in topic.risk(input.topics.open_source_preference)
}

# Whoever is not bound and admits open source treats all alike.
_read := "met" if {
	not _bound
	_polarities == {"weak"}
} else := rate.polarities(_polarities)

_polarities := {hit.polarity | some hit in _hits}

# What a supplier may do or not says nothing of a priority.
_hits := {hit | some hit in topic.binding(input.topics.open_source_preference); not hit.optional}

_federal if input.dossier.federal.value

_bound if {
	_federal
	not _began_before
}

_began_before if input.dossier.started.value < _in_force
