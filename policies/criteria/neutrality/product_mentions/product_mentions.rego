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

import data.policies.lib.competition
import data.policies.lib.deal
import data.policies.lib.demand
import data.policies.lib.group
import data.policies.lib.kind
import data.policies.lib.place
import data.policies.lib.result
import data.policies.lib.topic
import data.policies.lib.wording

# Undefined where names stand that nothing is asked about: in the papers of no award they
# are their authors' own choice, and tools of a project or what the state runs for
# everybody may be fixed all the same.
rating := "not_met" if {
	"named" in {found.code | some found in _groups}
} else := "partly" if {
	count(_groups) + count(_asked) > 0
} else := "partly" if {
	count(_lists) > 0
} else := "met" if {
	demand.read
	not _unsettled
}

_unsettled if {
	some mention in demand.products
	not demand.justified(mention)
	not mention.equivalent
	not mention.term in _left_open
}

_unsettled if {
	some mention in _all_mentions
	mention.role == "requirement"
	mention.modality in {"must", "should"}
	"public" in mention.tags
}

_all_mentions := array.flatten([object.get(input.mentions, kind, []) | some kind in ["product", "cloud_service"]])

evidence := {mention.evidence | some mention in demand.products} | {hit.evidence | some hit in demand.neutral}

findings contains result.finding(rego.metadata.chain(), found.code, found.place, found.args) if {
	some found in _groups
	found.code == "named"
}

# Where reasons or equivalents stand, only the file can tell whether they suffice.
findings contains result.unsure(rego.metadata.chain(), run.key[1], run.key[0], _together([found.args | some found in run.values])) if {
	some run in _reasoned
}

# Products that one sentence names for one reason make one question.
_reasoned := group.runs([[[found.place, found.code], found] | some found in _groups; found.code != "named"])

_together(args) := object.union(args[0], {"name": concat(", ", [one.name | some one in args])})

# Names of which it is unclear whether they are demanded, listed by document.
findings contains result.unsure(rego.metadata.chain(), found.code, _foremost(found.mentions).evidence, wording.listed(found.mentions)) if {
	some found in _asked
}

findings contains result.unsure(rego.metadata.chain(), "listed_elsewhere", hits[0].evidence, {"count": count(spots), "places": spots}) if {
	some hits in _lists
	not hits[0].evidence.path in _with_reasons
	spots := place.listed(hits)
}

# Why there is a list, the document may say before it comes to it.
_with_reasons := {hit.evidence.path |
	some hit in input.topics.list_reason
	hit.polarity == "met"
	not hit.role in {"question", "citation", "definition", "example"}
}

# By document: lists of what has to be used, where no name of the dossier is asked about.
_lists := [run.values |
	count(_groups) + count(_asked) == 0
	some run in group.runs([[hit.evidence.path, hit] | some hit in topic.weak(input.topics.prescribed_list)])
]

# What is asked of a document, once for each kind of name.
_asked := array.flatten([_questions, _of("unknown", _by_document(_all_products, _unknown)), _of("vendor", _by_document(_all_vendors, _vendors))])

_of(code, lists) := [{"code": code, "mentions": mentions} | some mentions in lists]

# Where only one firm is asked, its product is what is bought; whether that is reasoned,
# NE-08 asks. Products and technologies of one document make one question: of technologies, where all
# the products stand among them.
_questions := [{"code": _kind(positions), "mentions": [demand.products[number] | some number in positions]} |
	not deal.award_doubtful
	not competition.direct_award
	some run in group.runs([[demand.products[number].evidence.path, number] | some number in array.concat(_doubtful, _technologies)])
	positions := run.values
]

# One technology in bare words ("prettier for JavaScript") is no question; several are a stack.
_kind(positions) := "mentioned" if {
	some number in positions
	not _among_technologies(demand.products[number])
} else := "technology" if {
	some number in positions
	demand.products[number].modality in {"must", "should"}
} else := "technology" if {
	count({demand.products[number].term | some number in positions}) > 1
}

_among_technologies(mention) if count(place.of(mention) & _places_of_technologies) > 0

_places_of_technologies := {spot | some number in _technologies; some spot in place.of(demand.products[number])}

# _foremost is the first mention in a sentence that obliges, else the first.
_foremost(mentions) := _obliging(mentions)[0]

# _obliging leaves the mentions in sentences that oblige; all where none does.
_obliging(mentions) := obliging if {
	obliging := [mention | some mention in mentions; mention.modality in {"must", "should"}]
	count(obliging) > 0
} else := mentions

# One group for each product that is demanded in a document in one way.
_groups contains found if {
	some run in group.runs([pair | some pair in _coded; pair[0][2] != "mentioned"])
	mentions := _obliging([demand.products[number] | some number in run.values])
	lead := mentions[0]
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

# What a finding of its own is about, and what stands in one sentence with it.
_settled contains demand.products[pair[1]].clause if {
	some pair in _coded
	pair[0][2] != "mentioned"
}

# Left out are products that are named outright, tools of work in bare words, and those of
# which one is enough where nothing obliges.
_doubtful := [pair[1] |
	some pair in _coded
	pair[0][2] == "mentioned"
	not array.slice(pair[0], 0, 2) in _outright
	mention := demand.products[pair[1]]
	not mention.clause in _settled
	not _at_work(mention)
	not _of_the_stack(mention)
	not _told_of(mention)
	not mention.one_of
]

# "Google Maps allows routes to be drawn by hand" tells what a product can do.
_told_of(mention) if {
	mention.modality == "none"
	some found in regex.find_all_string_submatch_n(`(?i)^((?:\S+\s+){1,8}?)(?:allows?|enables?|lets|makes?\s+it\s+possible|erlaub(?:t|en)|ermöglich(?:t|en))\s`, mention.evidence.quote, 1)
	contains(lower(found[1]), lower(mention.name))
}

# What software that is there is made of, bare words tell where that is worked on.
_of_the_stack(mention) if {
	kind.own_software
	mention.modality == "none"
}

# _by_document lists mentions by document, given their positions in a list.
_by_document(mentions, positions) := [[mentions[number] | some number in run.values] |
	some run in group.runs([[mentions[number].evidence.path, number] | some number in positions])
]

# How a product is named; undefined where reasons stand beside it. One that is hardly more
# than a word is asked about where the name is demanded by whoever awards something.
_code(mention) := code if {
	not demand.justified(mention)
	not _said_why(mention)
	code := _fault(mention)
}

_said_why(mention) if {
	demand.explained(mention)
	not demand.certain(mention)
}

_said_why(mention) if {
	demand.explained(mention)
	deal.award_doubtful
}

_fault(mention) := "thin_reason" if {
	demand.thinly_justified(mention)
} else := "equivalent_only" if {
	mention.equivalent
} else := "mentioned" if {
	not demand.certain(mention)
} else := "choice" if {
	demand.of_a_choice(mention)
} else := "reason_elsewhere" if {
	demand.justified_in_general
} else := "named"

# Technologies such as programming languages that are prescribed. Whoever works on software
# that is there takes its own as they are.
_technologies := [number |
	not kind.own_software
	some number, mention in demand.products
	mention.term in demand.technologies
	not mention.equivalent
	not mention.term in _left_open
	not demand.justified(mention)
	not demand.explained(mention)
	not [mention.evidence.path, mention.term] in _at_the_workplace
	not mention.clause in _settled
	not mention.clause in _with_alternatives
	not _at_work(mention)
]

_with_alternatives := {hit.clause | some hit in input.topics.technology_alternative}

# What people write, talk and develop with in a project, bare words do not prescribe; nor
# what stands beside it ("Microsoft Project / Jira").
_at_work(mention) if {
	mention.modality == "none"
	mention.clause in _clauses_with_tools
}

_clauses_with_tools contains mention.clause if {
	some mention in demand.products
	some tag in mention.tags
	tag in {"conferencing", "dev_tool", "messenger", "office", "saas_development"}
}

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

# Systems that the catalogue does not know and a sentence obliges to.
_unknown := [number |
	some number, mention in _all_products
	mention.term == ""
	mention.role == "requirement"
	mention.modality in {"must", "should"}
	not mention.equivalent
	not mention.name in _reasoned_names
]

# A reason holds for a name wherever the dossier writes it.
_reasoned_names := {mention.name | some mention in _all_products; mention.term == ""; demand.reasoned(mention)}

_all_products := [mention | some mention in input.mentions.product]

# Vendors that are demanded without a product of theirs: where the sentence that orders
# licences names one, there.
_vendors := _sold if {
	count(_sold) > 0
} else := [number |
	not competition.direct_award
	some number, mention in _all_vendors
	not mention.term in _makers
	mention.modality in {"must", "should"}
	not mention.equivalent
	not _serves(mention)
	not mention.clause in _named_clauses
	not demand.justified(mention)
]

# Who stands with one demanded product alone is its maker: the product is asked about.
_makers := {mention.term |
	count(demand.products) > 0
	some mention in object.get(input.mentions, "vendor", [])
	count(_demanded_in[mention.clause]) == 1
	count(_vendors_in[mention.clause]) == 1
}

_demanded_in[mention.clause] contains mention.term if {
	count(object.get(input.mentions, "vendor", [])) > 0
	some mention in demand.products
}

_vendors_in[mention.clause] contains mention.term if some mention in input.mentions.vendor

_sold := [number |
	some number, mention in _all_vendors
	_ordered(mention)
	not mention.equivalent
	not _serves(mention)
	not mention.clause in _product_clauses
	not demand.justified(mention)
]

_all_vendors := [mention |
	some mention in object.get(input.mentions, "vendor", [])
	_asked_for(mention)
]

_asked_for(mention) if demand.demands(mention)

_asked_for(mention) if _ordered(mention)

# The sentence that orders licences says whose, whatever else it leaves open.
_ordered(mention) if {
	kind.sold_on
	not competition.direct_award
	mention.role == "requirement"
	not mention.negated
	some evidence in input.dossier.order.evidence
	contains(input.clauses[mention.clause].text, evidence.quote)
}

# Integrators and public IT providers are companies that act, no makes.
_serves(mention) if {
	some tag in mention.tags
	tag in {"integrator", "public_it_provider"}
}

# Clauses that are judged by the product, or by the partner status, they name.
_named_clauses := _product_clauses | {hit.clause | some hit in input.topics.partner_status}

_product_clauses contains mention.clause if {
	some kind in ["product", "cloud_service", "ai_model", "certificate"]
	some mention in input.mentions[kind]
}
