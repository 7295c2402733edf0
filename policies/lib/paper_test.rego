package policies.lib.paper_test

import data.policies.lib.deal
import data.policies.lib.fake
import data.policies.lib.paper

_contract(changes) := object.union(fake.facts, {"documents": [object.union({"path": "b.md", "format": "markdown", "role": "contract", "source": "inferred", "clauses": 9}, changes)]})

test_the_contract_is_here if {
	paper.contract_here with input as fake.dossier({"complete": fake.declared(true)})
	paper.contract_here with input as object.union(fake.facts, {"templates": [fake.template("evb_it_system", {})]})
	paper.contract_here with input as _contract({})
	paper.contract_here with input as _contract({"format": "yaml", "source": "declared"})
}

# "end-of-contract.yml" is a form's question.
test_the_contract_is_not_here if {
	not paper.contract_here with input as fake.facts
	not paper.contract_here with input as object.union(fake.facts, {"templates": [fake.template("evb_it_system", {"taken_in": false})]})
	not paper.contract_here with input as _contract({"format": "yaml"})
	not paper.contract_here with input as _contract({"role": "annex"})
}

_under(headings) := object.union(fake.facts, {"clauses": {sprintf("1.%d.1", [i]): {"headings": [heading]} | some i, heading in headings}})

test_clauses_of_the_contract_are_here if {
	every heading in ["Purchase Order Clauses", "16.0 Clauses", "9.0 CONTRACT CLAUSES INCORPORATED BY REFERENCE", "Contract Terms", "§ 9 Vertragsbedingungen", "Ergänzende Vertragsbedingungen", "7. Vertragliche Regelungen"] {
		paper.clauses_here with input as _under([heading, heading])
		not paper.clauses_here with input as _under([heading])
	}
	every heading in ["11.0 Clauses: See Addendum", "Scope", "Terms and Conditions for Bidders", "Bewerbungsbedingungen", "Vertragslaufzeit"] {
		not paper.clauses_here with input as _under([heading, heading])
	}
}

_letter := object.union(fake.facts, {"attachments": [{"name": "Statement of Work", "about": "specification", "present": false, "evidence": fake.evidence(3)}]})

test_a_letter_names_the_specification if {
	paper.specification.name == "Statement of Work" with input as _letter
	deal.unasked("EX-02") with input as _letter
	deal.unasked("IF-01") with input as _letter
	deal.unasked("CE-06") with input as _letter
	not deal.unasked("EX-01") with input as _letter
	not deal.unasked("CE-01") with input as _letter
}

test_with_the_contract_its_terms_are_asked if {
	facts := object.union(_letter, {"templates": [fake.template("evb_it_system", {})]})
	not deal.unasked("CE-06") with input as facts
	deal.unasked("EX-02") with input as facts
}

test_a_specification_that_is_here_or_need_not_be if {
	not paper.specification with input as object.union(_letter, {"attachments": [{"name": "Statement of Work", "about": "specification", "present": true, "evidence": fake.evidence(3)}]})
	not paper.specification with input as object.union(_letter, {"dossier": {"complete": fake.declared(true)}})
}

test_general_terms_leave_much_to_each_contract if {
	every id in ["CE-02", "CE-03", "CE-04", "CE-09", "CE-10", "CE-11"] {
		deal.unasked(id) with input as fake.general_terms
		not paper.left_to_each_contract(id) with input as _contract({})
	}
	not deal.unasked("CE-05") with input as fake.general_terms
}

test_nothing_but_general_terms if {
	paper.general_terms with input as fake.general_terms
	not paper.general_terms with input as fake.facts
	not paper.general_terms with input as _contract({})
	not paper.general_terms with input as object.union(fake.facts, {"documents": array.concat(fake.facts.documents, fake.general_terms.documents)})
	not paper.general_terms with input as object.union(fake.general_terms, {"dossier": {"complete": fake.declared(true)}})
}
