# Under which licence the repository stands, and whether all of it says so.
package policies.opencode

# METADATA
# title: Licence in the root folder
# description: A file with a licence's text lies in the root folder.
# related_resources:
#   - ref: https://badges.opencode.de/en/concepts/implemented-checks/oss-license
#     description: "openCode Badges: Open Source License"
#   - ref: https://guide.opencode.de/en/projekte/license-anlegen
#     description: "openCode: LICENSE anlegen"
# custom:
#   id: OC-04
#   kind: condition
#   basis: published
conditions contains _condition(rego.metadata.rule(), _licence_rating, findings) if {
	findings := [finding | some finding in _licence_findings]
}

_root_licences := [file | some file in input.licences; file.root]

_licence_rating := "not_met" if {
	count(_root_licences) == 0
} else := "met" if {
	some file in _root_licences
	count(file.licences) > 0
} else := "partly"

_licence_findings contains _finding("missing", {}) if count(_root_licences) == 0

_licence_findings contains _finding_at("unrecognised", _file(file.path), {"path": file.path}) if {
	some file in _root_licences
	_licence_rating == "partly"
}

# METADATA
# title: Licence approved
# description: >-
#   openCoDE admits licences that the Open Source Initiative approved and that its own
#   list names. The list could not be looked up; here the SPDX list's word on approval counts.
# related_resources:
#   - ref: https://opencode.de/de/wissen/rechtssichere-nutzung/anforderungen-an-inhalte
#     description: "openCode: Anforderungen an Inhalte"
# custom:
#   id: OC-05
#   kind: condition
#   basis: uncertain
conditions contains _condition(rego.metadata.rule(), _approved_rating, findings) if {
	findings := [finding | some finding in _unapproved]
}

_stated contains [licence, input.publiccode.licence.evidence] if some licence in input.publiccode.licence.licences

_stated contains [licence, _file(file.path)] if {
	some file in _root_licences
	some licence in file.licences
}

_approved_rating := "not_evidenced" if {
	count(_stated) == 0
} else := "met" if {
	count(_unapproved) == 0
} else := "partly" if {
	some [licence, _] in _stated
	licence.osi
} else := "not_met"

_unapproved contains _finding_at("unknown", evidence, {"licence": licence.id}) if {
	some [licence, evidence] in _stated
	not licence.known
}

_unapproved contains _finding_at("not_approved", evidence, {"licence": licence.id}) if {
	some [licence, evidence] in _stated
	licence.known
	not licence.osi
}

# METADATA
# title: Licences agree
# description: >-
#   publiccode.yml, the licence's text and the folder LICENSES name the same licences.
#   openCoDE wants clear licensing and recommends REUSE; how it compares could not be looked up.
# related_resources:
#   - ref: https://opencode.de/de/wissen/rechtssichere-nutzung/anforderungen-an-inhalte
#     description: "openCode: eindeutige Lizenzierung; REUSE wird empfohlen"
#   - ref: https://reuse.software/spec/
#     description: "REUSE Specification"
# custom:
#   id: OC-06
#   kind: condition
#   basis: uncertain
conditions contains _condition(rego.metadata.rule(), _agree_rating, findings) if {
	findings := [finding | some finding in (_contradictions | _gaps_in_reuse)]
}

# "AGPL-3.0-or-later" is told from "AGPL-3.0-only" outside the licence's text.
_plain(id) := regex.replace(id, `(-only|-or-later)$`, "")

_declared := {_plain(licence.id) | some licence in input.publiccode.licence.licences}

_in_root := {_plain(licence.id) |
	some file in _root_licences
	some licence in file.licences
}

_in_folder := {_plain(file.named.id) | some file in input.licences; not file.root}

_agree_rating := "not_met" if {
	count(_contradictions) > 0
} else := "partly" if {
	count(_gaps_in_reuse) > 0
} else := "met" if {
	count([names | some names in [_declared, _in_root, _in_folder]; count(names) > 0]) > 1
} else := "not_evidenced"

_contradictions contains _finding_at("differs", input.publiccode.licence.evidence, {"declared": sort(_declared), "found": sort(_in_root)}) if {
	count(_declared) > 0
	count(_in_root) > 0
	not _same_licences
}

# The root folder may hold one of several licences, and LICENSES the others.
_same_licences if {
	count(_declared - (_in_root | _in_folder)) == 0
	count(_in_root - _declared) == 0
}

_contradictions contains _finding_at("misnamed", _file(file.path), {"path": file.path, "found": sort({licence.id | some licence in file.licences})}) if {
	some file in input.licences
	not file.root
	count(file.licences) > 0
	not _plain(file.named.id) in {_plain(licence.id) | some licence in file.licences}
}

_gaps_in_reuse contains _finding("not_in_folder", {"licence": id}) if {
	count(_in_folder) > 0
	some id in ((_declared | _in_root) - _in_folder)
}
