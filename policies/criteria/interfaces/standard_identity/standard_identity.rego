# METADATA
# title: Standard identity
# description: People sign in by OpenID Connect or SAML, and their accounts are provided by SCIM or LDAP.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://github.com/publiccodenet/standard
#     description: "Standard for Public Code, Datenaustausch über offene Standards"
#   - ref: https://digital.bund.de/Architekturvorgaben/Funktionale-Vorgaben/FV-09-Entkopplung
#     description: "IT-Architekturrichtlinie Bund, FV-09 Entkopplung durch offene Standards"
# custom:
#   id: IF-09
#   kind: B
#   weight: 5
#   stage: stable
#   owner: policy owners
package policies.criteria.interfaces.standard_identity

import data.policies.criteria.lock_in.managed_services
import data.policies.lib.deal
import data.policies.lib.interface
import data.policies.lib.place
import data.policies.lib.rate
import data.policies.lib.result
import data.policies.lib.solution
import data.policies.lib.topic

rating := "met" if {
	"sign_in" in _sides
	"accounts" in _sides
	count(_risks) == 0
} else := "partly" if {
	count(_named) + count(_drawn) > 0
} else := "not_met" if {
	count(_risks) > 0
} else := "partly" if {
	count(_half) > 0
}

evidence contains hit.evidence if some hit in ((_named | _half) | _risks)

_named := {hit | some hit in topic.met(input.topics.standard_identity)}

_half := {hit | some hit in topic.weak(input.topics.standard_identity)}

_risks := {hit | some hit in topic.risk(input.topics.standard_identity)}

# What the standards named are for: signing in, or keeping accounts.
_sides contains _purpose[mention.term] if {
	some mention in _standards
	rate.binding(mention)
}

# Those that the sentences on standards of identity name.
_standards := [mention |
	some kind in ["protocol", "standard"]
	some mention in input.mentions[kind]
	mention.clause in {hit.clause | some hit in _named}
	not mention.negated
]

_sides contains _purpose[edge.term] if some edge in _drawn

_sides contains "sign_in" if {
	some offered in solution.specifications
	"openIdConnect" in offered.security
}

# Edges over which people sign in or accounts are kept, by what their protocol is for.
_drawn := [edge | some edge in solution.edges; _purpose[edge.term]]

evidence contains solution.place(edge) if some edge in _drawn

findings contains result.unsure(rego.metadata.chain(), "no_accounts", solution.place(_told[0]), {}) if {
	rating == "partly"
	_sides == {"sign_in"}
	count(_named) == 0
	not _made_at_sign_in
}

# Those whose files say themselves how people sign in; of others only the product is known.
_told := [edge |
	some edge in _drawn
	some place in edge.evidence
	regex.match(`(?i)oidc|openid|saml`, place.quote)
]

_purpose := {"oidc": "sign_in", "saml": "sign_in", "scim": "accounts", "ldap": "accounts"}

# A complete dossier without a word on people who sign in has none.
not_applicable := "no_users" if {
	input.dossier.complete.value
	not rating
	not _accounts
} else := "standalone" if {
	not rating
	interface.standalone
}

_accounts := [hit.evidence | some hit in input.topics.user_accounts; rate.binding(hit)][0]

# Whoever registers is in no directory of an authority: where a document's users do, it
# takes a sentence on staff to ask for theirs.
_of_staff := [hit.evidence |
	some hit in input.topics.user_accounts
	rate.binding(hit)
	not _registers(hit)
	not _method_named(hit)
][0]

# A section that names a standard of signing in, of a second factor say, has told how.
_method_named(hit) if count(place.of(hit) & _places_of_methods) > 0

_places_of_methods := {spot |
	some kind in ["protocol", "standard"]
	some mention in input.mentions[kind]
	mention.open
	not mention.negated
	some tag in mention.tags
	tag in {"identity", "sign_in"}
	some spot in place.of(mention)
}

_registers(hit) if {
	not deal.complete
	not hit.clause in {staff.clause | some staff in input.topics.staff_sign_in}
	some registration in input.topics.self_registration
	rate.binding(registration)
	registration.evidence.path == hit.evidence.path
}

findings contains result.finding(rego.metadata.chain(), "unnamed", _asked_at, {}) if not rating

# Where the text says how people sign in, it is asked there rather than at the first word on
# accounts.
_asked_at := _methods[0].evidence if {
	_of_staff
	count(_methods) > 0
} else := _of_staff

# Sections on security come first.
_methods := array.concat([hit | some hit in _ways; _on_security(hit)], [hit | some hit in _ways; not _on_security(hit)])

_ways := [hit | some hit in input.topics.sign_in_method; rate.binding(hit)]

_on_security(hit) if regex.match(`(?i)auth|sicherheit|secur|anmeld|log-?in|sign[- ]in`, object.get(hit.evidence, "section", ""))

# One provider's service through which everybody signs in, and no file tells how the
# applications reach it.
findings contains result.unsure(rego.metadata.chain(), "service", solution.place(_bought[0]), solution.listed(_bought)) if {
	not rating
	count(_bought) > 0
	count(_asked_with_others) == 0
	not _of_staff
}

# Where there is nothing else to ask of services, LI-01 asks it of this one.
_asked_with_others := [found |
	some found in managed_services.findings
	found.code == "port"
	some service in solution.listed(_bought).names
	service in found.args.names
]

_bought := [service |
	some service in solution.services
	service.kind == "identity"
	"managed_identity" in service.tags
]

findings contains result.finding(rego.metadata.chain(), "no_accounts", _first, {}) if {
	rating == "partly"
	_sides == {"sign_in"}
	not _directory_named
	not _made_at_sign_in
}

# Accounts that come into being at the first sign-in need no standard of their own.
_made_at_sign_in if some _ in topic.met(input.topics.accounts_at_sign_in)

_made_at_sign_in if {
	some step in input.interfaces
	regex.match(_makes_account, object.get(step, "name", ""))
}

# What a step of a drawing does with accounts: "Create / update user record".
_makes_account := `(?i)\b(create|upsert|provision|register|anlegen|erzeugen)\b.*\b(user|account|profile|benutzer|nutzer|konto)|\b(benutzer|nutzer)?konto (anlegen|erzeugen)\b`

# A directory that may be connected is named, if not demanded.
_directory_named if {
	some mention in input.mentions.protocol
	_purpose[mention.term] == "accounts"
	mention.role in {"requirement", "integration_target"}
	not mention.negated
}

# A directory may be what people sign in by, too.
findings contains result.unsure(rego.metadata.chain(), "no_sign_in", _first, {}) if {
	rating == "partly"
	count(_named) > 0
	not "sign_in" in (_sides | _spoken)
}

# What they are for, also where the section is on what is there already.
_spoken := {_purpose[mention.term] | some mention in _standards}

_first := [hit.evidence | some hit in input.topics.standard_identity; hit in _named][0]

findings contains result.finding(rego.metadata.chain(), "weak", hit.evidence, {}) if {
	count(_named) == 0
	some hit in _half
}

findings contains result.finding(rego.metadata.chain(), "risk", hit.evidence, {}) if some hit in _risks
