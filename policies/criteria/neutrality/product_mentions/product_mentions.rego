# METADATA
# title: Product mention justified
# description: >-
#   The dossier describes what is needed instead of naming products, or says why a
#   product has to be named. Open-source products are treated like any other.
# scope: package
# schemas:
#   - input: schema.facts
# related_resources:
#   - ref: https://www.gesetze-im-internet.de/vgv_2016/__31.html
#     description: "§ 31 Abs. 6 VgV: Produktneutralität und ihre beiden Ausnahmen (Fassung vor dem 1. Juli 2026)"
#   - ref: https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=CELEX:32014L0024
#     description: "Richtlinie 2014/24/EU, Art. 42 Abs. 4"
#   - ref: https://www.gesetze-bayern.de/Content/Document/Y-300-Z-BECKRS-B-2020-N-7129
#     description: "OLG München, 26. März 2020, Verg 22/19: Anforderungen an die Begründung"
#   - ref: https://www.nickel.de/news/vergaberecht/olg-duesseldorf-beschluss-vom-10072024-verg-2-24
#     description: "OLG Düsseldorf, 10. Juli 2024, Verg 2/24: Begründung durch Kompatibilität und Mehraufwand"
# custom:
#   id: NE-01
#   kind: A
#   weight: 10
#   stage: stable
#   owner: policy owners
package policies.criteria.neutrality.product_mentions

import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.place
import data.policies.lib.result
import data.policies.lib.topic
import data.policies.lib.wording

rating := "not_met" if {
	"named" in {found.code | some found in _groups}
} else := "partly" if {
	count(_groups) + sum([count(found) | some found in [_doubtful, _technologies, _at_the_workplace, _unknown, _vendors]]) > 0
} else := "met" if {
	demand.read
}

evidence := {mention.evidence | some mention in demand.products} | {hit.evidence | some hit in topic.met(input.topics.product_neutral)}

findings contains result.finding(rego.metadata.chain(), found.code, found.place, found.args) if {
	some found in _groups
	found.code == "named"
}

# Where reasons or equivalents stand, only the file can tell whether they suffice.
findings contains result.unsure(rego.metadata.chain(), found.code, found.place, found.args) if {
	some found in _groups
	found.code != "named"
}

# Names of which it is unclear whether they are demanded, listed by document.
findings contains result.unsure(rego.metadata.chain(), "mentioned", _foremost(mentions).evidence, wording.listed(mentions)) if {
	some mentions in _doubtful
}

findings contains result.unsure(rego.metadata.chain(), "technology", _foremost(mentions).evidence, wording.listed(mentions)) if {
	some mentions in _technologies
}

findings contains result.unsure(rego.metadata.chain(), "unknown", _foremost(mentions).evidence, wording.listed(mentions)) if {
	some mentions in _unknown
}

findings contains result.unsure(rego.metadata.chain(), "vendor", _foremost(mentions).evidence, wording.listed(mentions)) if {
	some mentions in _vendors
}

# _foremost is the first mention in a sentence that obliges, else the first.
_foremost(mentions) := array.flatten([[mention | some mention in mentions; mention.modality in {"must", "should"}], mentions])[0]

# One group for each product that is demanded in a document in one way.
_groups contains found if {
	some run in group.runs([pair | some pair in _coded; pair[0][2] != "mentioned"])
	mentions := [demand.products[number] | some number in run.values]
	lead := _foremost(mentions)
	places := place.listed(mentions)
	found := {
		"code": run.key[2],
		"place": lead.evidence,
		"args": object.union(wording.about(lead), {
			"name": lead.name,
			"open": lead.open,
			"count": count(places),
			"places": places,
		}),
	}
}

# Every demanded product with document, term and how it is named.
_coded := [[[mention.evidence.path, mention.term, code], number] |
	some number, mention in demand.products
	not mention.term in demand.technologies
	code := _code(mention)
]

_outright := {array.slice(pair[0], 0, 2) | some pair in _coded; pair[0][2] == "named"}

# By document, the products that are named outright are left out.
_doubtful := _by_document(demand.products, [pair[1] |
	some pair in _coded
	pair[0][2] == "mentioned"
	not array.slice(pair[0], 0, 2) in _outright
])

# _by_document lists mentions by document, given their positions in a list.
_by_document(mentions, positions) := [[mentions[number] | some number in run.values] |
	some run in group.runs([[mentions[number].evidence.path, number] | some number in positions])
]

# How a product is named; undefined where reasons stand beside it.
_code(mention) := code if {
	not demand.justified(mention)
	code := _fault(mention)
}

_fault(mention) := "thin_reason" if {
	demand.thinly_justified(mention)
} else := "equivalent_only" if {
	mention.equivalent
} else := "mentioned" if {
	not demand.certain(mention)
} else := "reason_elsewhere" if {
	demand.justified_in_general
} else := "named"

# By document: technologies such as programming languages that are prescribed.
_technologies := _by_document(demand.products, [number |
	some number, mention in demand.products
	mention.term in demand.technologies
	not mention.equivalent
	not mention.term in _left_open
	not demand.justified(mention)
	not [mention.evidence.path, mention.term] in _at_the_workplace
])

# What users must have on their desks, LI-09 says of the whole document.
_at_the_workplace := {[mention.evidence.path, mention.term] |
	some mention in demand.products
	some tag in mention.tags
	tag in {"browser", "operating_system"}
	mention.clause in _client_bound
}

_client_bound := {hit.clause | some hit in topic.risk(input.topics.client_binding)}

# Technologies that a document which demands something gives as an example ("a public
# repository, such as GitHub") are not demanded where it names them again.
_left_open := {mention.term |
	some kind in ["product", "cloud_service"]
	some mention in input.mentions[kind]
	mention.role == "example"
	mention.modality in {"must", "should"}
}

# By document: systems that the catalogue does not know and a sentence obliges to.
_unknown := _by_document(_all_products, [number |
	some number, mention in _all_products
	mention.term == ""
	mention.role == "requirement"
	mention.modality in {"must", "should"}
	not mention.equivalent
])

_all_products := [mention | some mention in input.mentions.product]

# By document: vendors that are demanded without a product of theirs.
_vendors := _by_document(_all_vendors, [number |
	some number, mention in _all_vendors
	mention.modality in {"must", "should"}
	not mention.equivalent
	not _serves(mention)
	not mention.clause in _named_clauses
	not demand.justified(mention)
])

_all_vendors := demand.demanded(object.get(input.mentions, "vendor", []))

# Integrators and public IT providers are companies that act, no makes.
_serves(mention) if {
	some tag in mention.tags
	tag in {"integrator", "public_it_provider"}
}

# Clauses that are judged by the product, or by the partner status, they name.
_named_clauses contains mention.clause if some mention in input.mentions.product

_named_clauses contains mention.clause if some mention in input.mentions.cloud_service

_named_clauses contains mention.clause if some mention in input.mentions.ai_model

_named_clauses contains mention.clause if some mention in input.mentions.certificate

_named_clauses contains hit.clause if some hit in input.topics.partner_status
