package policies.lib.due_test

import data.policies.lib.due
import data.policies.lib.fake

_papers(changes) := object.union(fake.facts, {"documents": [object.union({"path": "b.md", "format": "markdown", "role": "contract", "source": "inferred", "clauses": 9}, changes)]})

test_the_contract_is_here if {
	due.contract with input as fake.dossier({"complete": fake.declared(true)})
	due.contract with input as object.union(fake.facts, {"templates": [fake.template("evb_it_system", {})]})
	due.contract with input as _papers({})
	due.contract with input as _papers({"format": "yaml", "source": "declared"})
}

# "end-of-contract.yml" is a form's question.
test_the_contract_is_not_here if {
	not due.contract with input as fake.facts
	not due.contract with input as object.union(fake.facts, {"templates": [fake.template("evb_it_system", {"taken_in": false})]})
	not due.contract with input as _papers({"format": "yaml"})
	not due.contract with input as _papers({"role": "annex"})
}

test_code_is_made_by_whoever_is_bound if {
	made := fake.dossier({"service_model": fake.declared("custom")})
	due.made with input as made
	due.delivered with input as made
	due.made with input as object.union(made, {"dossier": {"award": fake.inferred(true)}})
	not due.made with input as object.union(made, {"dossier": {"award": fake.inferred(false)}})
	not due.made with input as object.union(made, {"dossier": {"kind": fake.inferred("architecture")}})
	not due.made with input as fake.facts
}

test_software_is_delivered_to_run_at_the_buyer if {
	delivered := fake.dossier({"service_model": fake.inferred("on-prem")})
	due.delivered with input as delivered
	not due.made with input as delivered
	not due.delivered with input as object.union(delivered, {"dossier": {"award": fake.inferred(false)}})
	not due.delivered with input as fake.facts
}

test_somebody_else_operates if {
	due.operated with input as fake.dossier({"service_model": fake.inferred("saas")})
	due.operated with input as fake.dossier({"operator": fake.inferred("supplier")})
	not due.operated with input as fake.dossier({"operator": fake.inferred("supplier"), "service_model": fake.inferred("services")})
	not due.operated with input as fake.dossier({"operator": fake.inferred("buyer")})
	not due.operated with input as fake.facts
}
