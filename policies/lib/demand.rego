# METADATA
# title: Demanded products
# description: Which products a dossier demands. What is in use, is to be connected, is an example or somebody's skill is no demand.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.demand

import data.policies.lib.group
import data.policies.lib.kind
import data.policies.lib.statement
import data.policies.lib.topic

# products lists the demanded products, cloud services and AI models, each kind
# in the order of the documents. Open-source products are products too.
products := array.flatten([demanded(object.get(input.mentions, kind, [])) | some kind in ["product", "cloud_service", "ai_model"]])

# demanded leaves of a list of mentions those that demand: where their sentence does, is
# not turned round and leaves no choice. A name that the catalogue does not know may be
# anything, a service that the state runs for everybody is no market's, several platforms
# of users in one sentence are a choice rather than a demand, and names of office programs
# in words on formats are formats.
demanded(mentions) := [mention |
	some mention in mentions
	mention.role == "requirement"
	mention.modality != "may"
	not mention.negated
	mention.term != ""
	not "public" in object.get(mention, "tags", [])
	not [mention.clause, mention.term] in _no_demands
	not _kept_up(mention)
	not _barred(mention)
]

# What nothing may depend on is no demand: "No applications will be approved that rely on it".
_barred(mention) if regex.match(_bars, mention.evidence.quote)

_bars := `(?i)^\W*(?:\pL+,\s+)?(?:no|keine?)\s[^.;:]*\b(?:approved|accepted|allowed|permitted|zugelassen|zulässig|erlaubt|akzeptiert|genehmigt)\b[^.;:]*\b(?:rely|relies|depends?|requires?|needs?|benötig\pL*|voraussetz\pL*|angewiesen|erforder\pL*)`

# What is there already and is worked on bears its name: in sentences on that work, and
# where it stands in bare words, such as a title.
_kept_up(mention) if {
	mention.term in _kept
	mention.clause in _upkeep
}

_kept_up(mention) if {
	mention.term in _kept
	mention.modality == "none"
}

# Whoever looks after software that the buyer has does so with what that is made of.
_kept_up(mention) if {
	kind.own_software
	regex.match(_looked_after, mention.evidence.quote)
}

_looked_after := `(?i)\b(?:(?:development|technical|application)\s+support|support\s+(?:for|of)|maintenance|maintain(?:s|ing)?|(?:updates?|fixes|enhancements|adjustments|modifications)\s+(?:to|of|for)|pflege|wartung|betreuung|weiterentwicklung|anpassung(?:en)?|fehlerbehebung)\b`

_kept := {mention.term | some mention in _in_use} & {mention.term | some mention in _all; mention.clause in _upkeep}

_in_use := [mention |
	some mention in _all
	mention.role == "existing_estate"
	not mention.negated
	mention.term != ""
]

_upkeep := {hit.clause | some hit in input.topics.upkeep}

# demands says so of one mention.
demands(mention) if count(demanded([mention])) == 1

_no_demands := _platforms_to_choose_from | _formats

_platforms_to_choose_from contains [mention.clause, mention.term] if {
	count(_clauses_with_several_platforms) > 0
	some mention in input.mentions.product
	mention.clause in _clauses_with_several_platforms
	_platform(mention)
}

# Browsers that stand below each other, one an item, are a choice as well.
_platforms_to_choose_from contains [mention.clause, mention.term] if {
	some mention in _browsers_alone
	_section(mention) in _sections_with_several_browsers
}

_sections_with_several_browsers := {run.key |
	some run in group.runs([[_section(mention), mention.term] | some mention in _browsers_alone])
	count({term | some term in run.values}) > 1
}

_section(mention) := [mention.evidence.path, object.get(mention.evidence, "section", "")]

_browsers_alone := [mention |
	some mention in input.mentions.product
	"browser" in mention.tags
	mention.frame.bare
]

_platform(mention) if {
	some tag in mention.tags
	tag in {"browser", "operating_system", "mobile"}
}

_clauses_with_several_platforms := {clause |
	some clause, terms in _platforms
	count(terms) > 1
} | {hit.clause | some hit in input.topics.client_independence; hit.polarity == "met"}

_platforms[mention.clause] contains mention.term if {
	some mention in input.mentions.product
	some tag in mention.tags
	tag in {"browser", "operating_system", "mobile"}
}

_formats := {[mention.clause, mention.term] |
	some mention in input.mentions.product
	"office" in mention.tags
	mention.clause in _format_clauses
}

# Programming languages, frameworks, tools of the project and the platforms that
# users bring along are technologies rather than products.
technology(mention) if mention.term in technologies

technologies := {mention.term |
	some kind in ["product", "cloud_service", "ai_model"]
	some mention in input.mentions[kind]
	some tag in mention.tags
	tag in {"technology", "dev_tool", "saas_development", "browser", "operating_system", "mobile"}
}

# A demand is certain where the sentence obliges to a product. Asked are bare names,
# sentences that deny something, products in words on formats, which another criterion
# judges, and products among many technologies: what is listed there makes one question.
certain(mention) if {
	mention.modality in {"must", "should"}
	not mention.term in technologies
	not mention.clause in _format_clauses
	not mention.clause in _lists_of_technologies
	not input.clauses[mention.clause].negated
}

# From how many technologies on a sentence lists them.
_list := 4

_lists_of_technologies := {run.key |
	some run in group.runs([[mention.clause, mention.term] | some mention in products; mention.term in technologies])
	count({term | some term in run.values}) >= _list
}

_format_clauses := ({hit.clause | some hit in input.topics.proprietary_format} | {hit.clause | some hit in input.topics.open_formats}) | {hit.clause | some hit in input.topics.export_format}

# justified says that reasons stand in the mention's own sentence or section, or
# beside another mention of the same product.
justified(mention) if mention.term in _reasoned_terms

_reasoned_terms := _terms_at(_reasons)

# _terms_at lists the products named in sentences or sections. Most dossiers give no
# reasons: then no mention is looked at.
_terms_at(spots) := _in_clauses(spots.clauses) | _in_sections(spots.sections)

_in_clauses(clauses) := {mention.term |
	count(clauses) > 0
	some mention in _all
	mention.clause in clauses
}

_in_sections(sections) := {mention.term |
	count(sections) > 0
	some mention in _all
	[mention.evidence.path, mention.evidence.section] in sections
}

_all := array.flatten([
	[mention | some mention in input.mentions.product],
	[mention | some mention in input.mentions.cloud_service],
	[mention | some mention in input.mentions.ai_model],
])

# reasoned says that reasons of any kind stand in a name's own sentence or section.
reasoned(mention) if {
	some spots in [_reasons, _thin_reasons]
	_stands_at(mention, spots)
}

_stands_at(mention, spots) if mention.clause in spots.clauses

_stands_at(mention, spots) if [mention.evidence.path, mention.evidence.section] in spots.sections

reasoned(mention) if statement.paragraph(mention.clause) in _paragraphs_with_reasons

# thinly_justified says the same of reasons that are hardly more than a word.
thinly_justified(mention) if mention.term in _thinly_reasoned_terms

thinly_justified(mention) if explained(mention)

thinly_justified(mention) if mention.term in _terms_under_reasons

thinly_justified(mention) if mention.term in _terms_of_exceptions

# What is named beside an exception that is invoked, that exception is invoked for.
_terms_of_exceptions := _in_clauses({hit.clause | some hit in (limited | additional)})

# What a section headed "Begründung der Produktvorgabe" names, it gives reasons for.
_terms_under_reasons := {mention.term |
	some mention in products
	mention.evidence.section
	regex.match(`(?i)begründung|rechtfertigung|(^|[^a-z])(justification|rationale|reasons? for)([^a-z]|$)`, mention.evidence.section)
}

# explained says that a reason stands in a name's own paragraph or row, or in that of another
# mention of the same product.
explained(mention) if mention.term in _explained_terms

_explained_terms := {mention.term |
	count(_paragraphs_with_reasons) > 0
	some mention in _all
	statement.paragraph(mention.clause) in _paragraphs_with_reasons
}

_paragraphs_with_reasons := {statement.paragraph(hit.clause) |
	some hit in input.topics.product_reason
	hit.polarity == "met"
	hit.role in {"requirement", "existing_estate"}
}

_thinly_reasoned_terms := _terms_at(_thin_reasons)

# justified_in_general says that the dossier gives reasons that belong to no passage:
# outside of any section, in one on the need as a whole that names no product, or in a
# document that demands none.
justified_in_general if {
	some hit in _given("met")
	_general(hit)
}

# So does an exception that is invoked by its paragraph.
justified_in_general if count(limited) > 0

justified_in_general if count(additional) > 0

justified_in_general if some _ in topic.met(input.topics.neutrality_exception)

_general(hit) if not hit.evidence.section

_general(hit) if not hit.evidence.path in _demanding_paths

_general(hit) if {
	regex.match(_of_the_whole, hit.evidence.section)
	not [hit.evidence.path, hit.evidence.section] in _sections_with_products
}

_of_the_whole := `(?i)background|\bneeds?\b|context|overview|introduction|purpose|justification|rationale|reason|general|hintergrund|ausgangs|bedarf|anlass|begründung|rechtfertigung|allgemein|einleitung|zielsetzung|gegenstand`

_sections_with_products := {[mention.evidence.path, mention.evidence.section] | some mention in _all; mention.term != ""}

_demanding_paths := {mention.evidence.path | some mention in products}

_reasons := _spots(_given("met"))

_thin_reasons := _spots(_given("weak"))

# Why a product is named is told in descriptions of what is there, too ("Background").
_given(polarity) := [hit |
	some hit in input.topics.product_justification
	hit.polarity == polarity
	not hit.role in {"question", "citation", "definition", "example", "staff_skill"}
]

# Sentences and sections in which hits stand.
_spots(hits) := {
	"clauses": {hit.clause | some hit in hits},
	"sections": {[hit.evidence.path, hit.evidence.section] | some hit in hits},
}

# of_a_choice says that the sentence joins a name to others by "or": none of them is demanded
# by itself.
of_a_choice(mention) if {
	mention.one_of
	certain(mention)
}

# limited lists where an exception is invoked by which only one make, or some sources, are
# asked: what is to be shown for it, NE-08 asks.
limited := {hit | some hit in topic.met(input.topics.limited_sources)}

# additional lists where more is bought of what the first supplier delivered.
additional := {hit | some hit in topic.met(input.topics.additional_supplies)}

# in_use says that the same product is there already.
in_use(mention) if mention.term in _terms_in_use

_terms_in_use := {mention.term | some mention in _in_use}

# neutral lists where the dossier says that no product is prescribed. Who may run a solution
# is another matter.
neutral := {hit |
	some hit in topic.met(input.topics.product_neutral)
	not hit.clause in _ways_of_operation
}

_ways_of_operation := {hit.clause | some hit in input.topics.operating_model_choice}

# read says that there is a document in which products could be demanded.
read if {
	some document in input.documents
	document.role != "architecture"
	document.clauses > 0
}
