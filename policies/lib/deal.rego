# METADATA
# title: The deal
# description: What kind of purchase a dossier describes, as far as it rules criteria out, and which papers of the procedure it lacks.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.deal

import data.policies.lib.kind
import data.policies.lib.paper
import data.policies.lib.rate
import data.policies.lib.topic

# set_aside gives the reason why a criterion, by its id, does not apply whatever it found: what a guide or a
# question says is no demand, EX-01 asks what it belongs to; a charter has no solution; where nothing is
# awarded, no contract is agreed and nobody bids; whoever sells or grants licences shapes or serves nothing.
set_aside(id) := "no_demands" if {
	papers in {"guidance", "question"}
	id != "EX-01"
} else := "charter" if {
	kind.charter
	id != "EX-01"
} else := "own_project" if {
	id in (_of_a_contract | _of_bidders)
	_nothing_awarded
} else := kind.beside_the_point[id] if not _asks_for_papers(id)

# Which papers were not here is asked of licences, too.
_asks_for_papers("EX-01") if papers

_of_a_contract := {"CE-01", "CE-02", "CE-03", "CE-04", "CE-05", "CE-06", "CE-09", "CE-11"}

# What is asked for the sake of those who bid.
_of_bidders := {"EX-09", "LI-04", "NE-02", "NE-03", "NE-05", "NE-06", "NE-07", "NE-08", "NE-09", "NE-10"}

# Those who make a thing themselves agree on no contract.
_nothing_awarded if {
	no_parties
	own_project
	_awards
}

# unrated says of a rating of a criterion, by its id, that it does not count: what is lacking
# is only asked. Procurement law binds those who award, and no award was recognised.
unrated(id, rating) if {
	award_doubtful
	startswith(id, "NE-")
	rating in {"partly", "not_met"}
}

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

# short_term says that the contract, not just a part of it, is over within a year, its
# options included: before a right to leave it would be of use.
short_term if {
	count(input.terms) > 0
	every term in input.terms {
		not term.part
		term.total > 0
		term.total <= 12
	}
	not _declared_longer
	not _goes_on
}

_declared_longer if input.dossier.contract.value.months > 12

_goes_on if some _ in topic.risk(input.topics.contract_term)

# Options whose length is known are counted already.
_goes_on if {
	some _ in topic.binding(input.topics.renewal_option)
	count([term | some term in input.terms; term.options]) == 0
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

# own_code says that the buyer has the code, with the rights to use it:
# who may operate it, and what its interfaces cost, is then the buyer's to say.
own_code if {
	kind.with_code
	_has_rights
	not _limited
}

_has_rights if some _ in topic.met(input.topics.usage_rights)

_has_rights if some _ in topic.met(input.topics.open_source_publication)

_limited if some _ in topic.risk(input.topics.usage_rights)

# in_own_hands says that neither data nor code are anybody else's to keep: software was
# made for the buyer, who runs it, or who has the code and can open what it writes.
in_own_hands if {
	made_for_the_buyer
	data_at_buyer
}

in_own_hands if {
	made_for_the_buyer
	own_code
	every hit in object.get(input.topics, "hosting_bought", []) { hit.polarity != "met" }
}

# commissioned says that the dossier commissions code: clauses on the handover of
# source code and on rights, which every contract may hold, do not say so by themselves.
commissioned if {
	input.dossier.service_model.value == "custom"
	input.dossier.service_model.source == "declared"
}

commissioned if {
	input.dossier.service_model.value == "custom"
	some evidence in input.dossier.service_model.evidence
	not evidence.quote in _terms_of_results
}

_terms_of_results contains hit.evidence.quote if some hit in input.topics.source_code

_terms_of_results contains hit.evidence.quote if some hit in input.topics.usage_rights

commissioned if {
	some template in input.templates
	template.taken_in
	template.id == "evb_it_erstellung"
}

# custom_code says that code comes to the buyer at all: it may be that of ready-made
# software.
custom_code if commissioned

custom_code if input.dossier.service_model.value == "custom"

custom_code if some _ in topic.met(input.topics.source_code)

custom_code if some _ in topic.weak(input.topics.source_code)

# complete says that nothing more can come: what the documents are silent on is asked
# outright, without a passage that brings it up.
complete if input.dossier.complete.value

# data_at_buyer says that the buyer's data stay on its own machines.
data_at_buyer if input.dossier.service_model.value == "on-prem"

data_at_buyer if buyer_operates

# holds_no_data says that the supplier need hold none of the buyer's data: these stay
# there, or the supplier makes software and does not operate it.
holds_no_data if data_at_buyer

holds_no_data if made_for_the_buyer

holds_no_data if kind.without_service

# buyer_operates says that the buyer runs the solution itself.
buyer_operates if input.dossier.operator.value == "buyer"

# papers says what was read where none of it describes what is bought or settles its
# terms, by the roles of the documents: price sheets alone, a form that is not filled in,
# papers about procurements, one subject or one question of a catalogue, a notice in
# words. Whatever is missing is then to be looked for elsewhere. What a manifest calls
# complete is judged as it is.
papers := [role | some role in paper.partial_by_weight; role in _roles][0] if {
	not complete
	count(_roles & paper.partial) > 0
	count(_roles - (paper.partial | _beside)) == 0
}

_roles := {document.role | some document in input.documents}

# Annexes go along where no award is spoken of: they describe what is there.
_beside := {"annex"} if {
	input.dossier.award.value == false
} else := set()

# unasked says of a criterion, by its id, that nobody is to be asked what the documents
# lack on it: another question covers it.
unasked(_) if papers

unasked(id) if {
	no_parties
	_awards
	id in _of_an_award
}

unasked(id) if {
	paper.specification
	not paper.told_by_letters(id)
}

unasked(id) if paper.untold_by_terms(id)

unasked(id) if paper.left_to_each_contract(id)

unasked(id) if {
	contract_named
	id in asked_of_the_contract
}

unasked(id) if {
	contract_untold
	id in asked_of_the_contract
}

# heard says whether a passage may be found for a criterion, by its id. What a price
# sheet says of other things than prices and products is but the name of a row.
heard(_) if not _priced

heard(id) if {
	papers == "price_sheet"
	id in {"EX-09", "IF-04", "LI-05", "LI-06", "NE-01", "NE-02", "NE-10"}
}

_priced if papers == "price_sheet"

# What only those settle who buy from somebody.
_of_an_award := {
	"EX-02", "EX-04", "EX-07", "EX-09", "LI-02", "LI-05", "LI-06", "LI-07",
	"CE-01", "CE-02", "CE-03", "CE-04", "CE-05", "CE-06", "CE-07", "CE-08", "CE-09", "CE-10", "CE-11",
	"NE-01", "NE-02", "NE-03", "NE-04", "NE-05", "NE-06", "NE-07", "NE-08", "NE-09",
	"MC-01", "MC-02", "MC-03", "MC-04", "MC-05", "MC-06", "MC-07", "MC-08",
}

# contract_named says that the text leaves the terms to a paper of its own, which was not
# here.
contract_named if {
	contract_paper
	_asks_for_the_contract
}

# contract_paper is the paper that holds them by its title.
contract_paper := paper.lacking("contract")

# award_paper is the paper to which the text leaves the award criteria, where that was
# not here.
award_paper := paper.lacking("criteria")

# criteria_elsewhere is the place that says that the weights, or the award criteria as a
# whole, stand in another paper.
criteria_elsewhere := place if {
	place := _place_of_weights
} else := award_paper.evidence

_place_of_weights := [hit.evidence | some hit in input.topics.award_weights_elsewhere; rate.binding(hit)][0]

# asked_of_the_criteria are the criteria that such a paper answers.
asked_of_the_criteria := ["NE-09"] if {
	_told_any({"exchangeability_award", "price_only"})
} else := _award

# contract_untold says that papers of an award were here which settle next to nothing of
# what a contract does.
contract_untold if {
	_tells_the_award
	_asks_for_the_contract
	every subjects in _subjects_of_contracts {
		not _told_any(subjects)
	}
}

_asks_for_the_contract if {
	not paper.contract_here
	not papers
	not _without_parties
	not bought
	not delivered_once
	object.get(input.dossier, ["award", "source"], "inferred") == "inferred"
	_awards
}

_without_parties if no_parties

# An architecture has neither an award nor a contract beside it.
_awards if object.get(input.dossier, ["kind", "value"], "tender") != "architecture"

_subjects_of_contracts := [
	{"renewal_option"}, {"termination"}, {"evb_it"}, {"open_source_publication", "usage_rights"},
	{"data_rights", "data_use"}, {"transition_support"}, {"change_of_control", "insolvency", "product_end"},
]

# award_papers_lacking says that award criteria stand in papers that were not here: only
# notices, descriptions of what is bought and its contract were, and none tells how bids are weighed.
award_papers_lacking if {
	_only_papers_of(_descriptions | {"contract", "notice"})
	not _tells_the_award
}

# contract_papers_lacking says the same of the terms of the contract.
contract_papers_lacking if {
	_only_papers_of(_descriptions)
	not _tells_the_award
	not _speaks_of_terms
}

# left_to_the_contract says that what binds a supplier is to be looked for there. An
# architecture has no contract beside it.
left_to_the_contract if {
	contract_papers_lacking
	_awards
}

# no_parties says that neither bids nor a contractor are spoken of, or that the authors
# make the thing themselves: the documents may be those of no award.
no_parties if {
	contract_papers_lacking
	input.dossier.award.value == false
}

no_parties if {
	award_papers_lacking
	own_project
}

# own_project is where the documents tell that the authors make the thing themselves.
own_project := input.dossier.award.evidence[0] if input.dossier.award.value == false

# award_doubtful says that the papers of an award are lacking, and that the documents
# that are here speak of none.
award_doubtful if {
	award_papers_lacking
	input.dossier.award.value == false
}

# Criteria that the papers of the award answer. Where nobody is spoken of who would be
# bound, the one question is about all that binds as well.
asked_of_the_award := sort(array.flatten([_award, asked_of_the_contract, ["EX-02", "MC-06"]])) if {
	no_parties
} else := _award

_award := ["NE-09"] if {
	kind.nothing_chosen
} else := ["EX-01", "NE-09"]

# Criteria that the papers of the contract answer.
asked_of_the_contract := sort([id |
	some id in array.flatten(["CE-01", _retrieval, _data, _continuity, [id | some id in _left_to_the_contract]])
	not kind.ruled_out[id]
])

# What else binds a supplier is asked of the contract where a description is silent.
_left_to_the_contract contains "CE-02" if not _told_any({"renewal_option"})

_left_to_the_contract contains "CE-03" if not _told_any({"termination"})

_left_to_the_contract contains "CE-04" if not _told_any({"transition_support"})

_left_to_the_contract contains "CE-06" if {
	not _told_any({"source_code"})
	_model != "saas"
}

_left_to_the_contract contains "CE-07" if not _told_any({"open_source_publication", "usage_rights"})

_left_to_the_contract contains "LI-02" if {
	not _told_any({"local_operation", "operator_binding", "self_operation"})
	not data_at_buyer
	not own_code
}

_left_to_the_contract contains "LI-05" if {
	not _told_any({"licence_growth", "licence_metric"})
	not made_for_the_buyer
}

_left_to_the_contract contains "LI-06" if {
	not _told_any({"export_cost", "switching_fees"})
	not made_for_the_buyer
	_model != "on-prem"
}

_model := object.get(input.dossier, ["service_model", "value"], "")

# What a description may settle itself is asked only where it does not.
_data := ["CE-10" |
	not _told_any({"data_rights", "data_use"})
	not holds_no_data
]

_continuity := ["CE-11" | not _told_any({"change_of_control", "insolvency", "product_end"})]

_retrieval := ["CE-05" |
	not _told_any({"data_retrieval", "erasure_proof"})
	not holds_no_data
]

_told_any(subjects) if {
	some subject in subjects
	some _ in input.topics[subject]
}

_descriptions := {"specification", "annex", "architecture", "form", "guidance", "module", "question"}

# A dossier that says that it is complete lacks no papers but what they should say.
_only_papers_of(roles) if {
	count(input.documents) > 0
	not complete
	every document in input.documents {
		document.role in roles
	}
}

# Papers that tell how bids are weighed would tell the terms as well; that bids are
# evaluated, a description may say in passing.
_tells_the_award if input.dossier.award.source == "declared"

_tells_the_award if count(input.award_criteria) + count(input.notice) > 0

_tells_the_award if _told_any({"award_weights", "award_scale", "exchangeability_award", "price_only", "sole_source"})

_speaks_of_terms if input.dossier.contract.value

_speaks_of_terms if {
	count(input.topics.contract_term) > 0
	not _of_parts_only
}

_speaks_of_terms if _told_any({"renewal_option", "termination", "evb_it"})

_speaks_of_terms if {
	some duration in input.durations
	duration.about == "contract_term"
	not _of_parts_only
}

# How long a part of what is bought lasts, such as its maintenance, a description may say.
_of_parts_only if {
	count(input.terms) > 0
	every term in input.terms { term.part }
}
