# METADATA
# title: The deal
# description: What kind of purchase a dossier describes, as far as it rules criteria out, and which papers of the procedure it lacks.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.deal

import data.policies.lib.topic

# bought says that the manifest declares a one-off purchase.
bought if {
	input.dossier.contract.value.kind == "purchase"
	input.dossier.contract.source == "declared"
}

# delivered_once says that the documents tell of a delivery with acceptance and of
# nothing that goes on afterwards.
delivered_once if {
	input.dossier.contract.value.kind == "purchase"
	input.dossier.contract.source == "inferred"
}

# made_for_the_buyer says that the manifest declares software made for the buyer, or
# that the documents tell of it and of no supplier who operates it.
made_for_the_buyer if {
	input.dossier.service_model.value == "custom"
	input.dossier.service_model.source == "declared"
}

made_for_the_buyer if {
	input.dossier.service_model.value == "custom"
	object.get(input.dossier, "operator", {"value": "buyer"}).value == "buyer"
}

# own_code says that the buyer has the code made for it, with the rights to use it:
# who may operate it, and what its interfaces cost, is then the buyer's to say.
own_code if {
	input.dossier.service_model.value == "custom"
	count(_rights) > 0
	count(_limits) == 0
}

_rights := topic.met(input.topics.usage_rights) | topic.met(input.topics.open_source_publication)

_limits := topic.risk(input.topics.usage_rights)

# buyer_operates says that the buyer runs the solution itself.
buyer_operates if input.dossier.operator.value == "buyer"

# award_papers_lacking says that award criteria stand in papers that were not here: only
# descriptions of what is bought were, and none speaks of the award.
award_papers_lacking if {
	_descriptions_only
	not _speaks_of_award
}

# contract_papers_lacking says the same of the terms of the contract.
contract_papers_lacking if {
	award_papers_lacking
	not _speaks_of_terms
}

# no_parties says that neither bids nor a contractor are spoken of: the documents may be
# those of no award.
no_parties if {
	award_papers_lacking
	input.dossier.award.value == false
}

# A dossier that says that it is complete lacks no papers but what they should say.
_descriptions_only if {
	count(input.documents) > 0
	not input.dossier.complete.value
	every document in input.documents {
		document.role in {"specification", "annex", "architecture"}
	}
}

_speaks_of_award if input.dossier.award.value

_speaks_of_award if count(input.award_criteria) + count(input.notice) > 0

_speaks_of_award if {
	some hits in [input.topics.award_weights, input.topics.award_scale, input.topics.exchangeability_award, input.topics.price_only, input.topics.sole_source]
	count(hits) > 0
}

_speaks_of_terms if input.dossier.contract.value

_speaks_of_terms if {
	some hits in [input.topics.contract_term, input.topics.renewal_option, input.topics.termination, input.topics.evb_it]
	count(hits) > 0
}

_speaks_of_terms if {
	some duration in input.durations
	duration.about == "contract_term"
}
