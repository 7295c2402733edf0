package policies.lib.due_test

import data.policies.lib.due
import data.policies.lib.fake

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
