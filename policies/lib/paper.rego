# METADATA
# title: Papers
# description: Which papers of a procurement are here, and which the text names that are not.
# scope: package
# schemas:
#   - input: schema.facts
package policies.lib.paper

# contract_here says that the contract itself is among the papers: what it does not settle,
# nothing does.
contract_here if input.dossier.complete.value

contract_here if {
	some template in input.templates
	template.taken_in
}

contract_here if {
	some document in input.documents
	document.role == "contract"
	_is_contract(document)
}

# A file for programs is no contract, whatever its name says.
_is_contract(document) if document.source == "declared"

_is_contract(document) if document.format in {"asciidoc", "docx", "html", "markdown", "odt", "pdf", "rst", "rtf", "text"}

# clauses_here says that clauses of the contract stand in the text under a heading of their
# own, or are taken in there by their numbers. One alone may but point to another paper.
clauses_here if {
	under := [clause |
		some clause in input.clauses
		some heading in clause.headings
		regex.match(_of_clauses, heading)
	]
	count(under) > 1
}

_of_clauses := `(?i)^[\d.\s§]*(((purchase order|contract|task order|order|far|agency|special|supplemental|general)\s+)*(clauses|contract terms)(\s+and\s+provisions|\s+incorporated.*)?|terms\s+(and\s+conditions\s+)?of\s+(the\s+)?(contract|order|agreement)|((besondere|ergänzende|allgemeine|zusätzliche)\s+)?vertrags(bedingungen|klauseln)|vertragliche\s+(regelungen|bestimmungen|bedingungen))$`

# lacking is the first paper of a role that the text names and that was not here.
lacking(about) := [attachment |
	some attachment in input.attachments
	attachment.about == about
	not attachment.present
][0]

# specification is the paper that holds what is bought, where only a letter that asks
# for bids was here: whatever such a paper settles is to be looked for there.
specification := lacking("specification") if not input.dossier.complete.value

# told_by_letters says of a criterion, by its id, that letters that ask for bids settle it
# themselves: how these are weighed and priced, and for how long is bought. With the
# contract at hand, its terms as well.
told_by_letters(id) if id in {"EX-01", "EX-09", "CE-01", "CE-02", "CE-03", "CE-11", "NE-09"}

told_by_letters(id) if {
	startswith(id, "CE-")
	contract_here
}

# partial_by_weight are the roles of papers that do not describe what is bought; of several,
# the first says most about the dossier.
partial_by_weight := ["guidance", "notice", "form", "module", "question", "price_sheet"]

partial contains role if {
	some role in partial_by_weight
	role != "notice"
}

# The fields of a notice that is kept for programs are known one by one.
partial contains "notice" if count(input.notice) == 0

# untold_by_terms says of a criterion, by its id, that it is about what the solution is and
# does, where only the terms of the contract were here.
untold_by_terms(id) if {
	not input.dossier.complete.value
	{document.role | some document in input.documents} == {"contract"}
	id in {"EX-02", "EX-03", "EX-05", "IF-01", "LI-08", "LI-09"}
}

# left_to_each_contract says of a criterion, by its id, that what general terms are silent on
# may stand in each contract that they go into. EX-01 asks for these.
left_to_each_contract(id) if {
	general_terms
	id in {"CE-02", "CE-03", "CE-04", "CE-09", "CE-10", "CE-11"}
}

# general_terms says that nothing but terms that go into many contracts was here: what sets
# a contract apart, such as how long it runs, stands in each of these.
general_terms if {
	not input.dossier.complete.value
	count(input.documents) > 0
	every document in input.documents { document.general }
}
