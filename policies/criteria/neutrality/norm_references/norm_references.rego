# METADATA
# title: Norms with equivalence
# description: >-
#   Where the dossier demands a norm, equivalent ones are accepted, at the norm or by a
#   clause for all. A norm that law prescribes needs no such words.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 2 VgV, letzter Satz: Bezugnahme auf Normen mit dem Zusatz „oder gleichwertig“ (Fassung vor dem 1. Juli 2026)"
#   - ref: https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=CELEX:32014L0024
#     description: "Richtlinie 2014/24/EU, Art. 42 Abs. 3: technische Spezifikationen, unbeschadet zwingender nationaler Vorschriften"
# custom:
#   id: NE-03
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.norm_references

import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.place
import data.policies.lib.result
import data.policies.lib.topic
import data.policies.lib.wording

# All with the words is met, some is partly.
rating := "met" if {
	count(_owed) > 0
	count(_bare) == 0
	count(_ruled_out) == 0
} else := "partly" if {
	count(_bare) < count(_owed)
} else := "not_met" if {
	count(_bare) + count(_ruled_out) > 0
}

evidence := {norm.evidence | some norm in _owed} | {hit.evidence | some hit in topic.binding(input.topics.norm_equivalence)}

not_applicable := "prescribed" if {
	count(_norms) > 0
	count(_owed) == 0
	count(_unclear) == 0
	count(_ruled_out) == 0
} else := "no_norm" if {
	demand.read
	count(_norms) == 0
	count(_ruled_out) == 0
}

findings contains result.finding(rego.metadata.chain(), "no_equivalent", norms[0].evidence, _of(norms)) if {
	some norms in _by_norm(_bare)
}

# Law that names a norm may prescribe it; then the words would be wrong.
findings contains result.unsure(rego.metadata.chain(), "law_named", norms[0].evidence, _of(norms)) if {
	some norms in _by_norm([norm | some norm in _unclear; not _certified(norm)])
}

# A certificate of an organisation is a proof rather than a specification: others of the
# same worth count by law, whether the text says so or not.
findings contains result.unsure(rego.metadata.chain(), "certificate", norms[0].evidence, _of(norms)) if {
	some norms in _by_norm([norm | some norm in _unclear; _certified(norm)])
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _ruled_out

# Demanded norms. The profiles and interfaces of the administration and what W3C,
# IETF or OASIS publish are no norms in that sense. Of certificates, those of organisations
# are by a norm.
_norms := [mention |
	some mention in array.concat(_standards, _certificates)
	regex.match(_norm_name, mention.name)
	demand.demands(mention)
	mention.modality in {"must", "should"}
	not input.clauses[mention.clause].negated
]

_standards := [mention | some mention in input.mentions.standard]

_certificates := [mention |
	some mention in input.mentions.certificate
	"organisation_certificate" in mention.tags
]

_norm_name := `^(DIN|EN|ISO|IEC|CEN|ETSI|ITU|VDE|VDI|ÖNORM|SN|NF|BS)\b`

# Norms that law prescribes to public bodies: those of accessibility and of the
# character set.
_prescribed(norm) if norm.term == "din_spec_91379"

_prescribed(norm) if "accessibility" in norm.tags

_law_clauses := {mention.clause | some mention in input.mentions.law}

_owed := [norm |
	some norm in _norms
	not _prescribed(norm)
	not norm in _unclear
]

_unclear := [norm |
	some norm in _norms
	not _prescribed(norm)
	not _equivalent(norm)
	_in_doubt(norm)
]

_in_doubt(norm) if norm.clause in _law_clauses

_in_doubt(norm) if _certified(norm)

_certified(norm) if "organisation_certificate" in norm.tags

_bare := [norm | some norm in _owed; not _equivalent(norm)]

_equivalent(norm) if norm.equivalent

_equivalent(norm) if norm.clause in _approximate

_equivalent(_) if count(topic.met(input.topics.norm_equivalence)) > 0

# "In Anlehnung an" a norm leaves room for others.
_approximate := {hit.clause | some hit in topic.weak(input.topics.norm_equivalence)}

_ruled_out := {hit | some hit in topic.risk(input.topics.norm_equivalence)}

_by_norm(norms) := [[norms[number] | some number in run.values] |
	some run in group.runs([[[norm.evidence.path, norm.term], number] | some number, norm in norms])
]

_of(norms) := object.union(wording.about(norms[0]), {
	"name": norms[0].name,
	"count": count(norms),
	"places": place.listed(norms),
})
