package policies.criteria.lock_in.operator_test

import data.policies.criteria.lock_in.operator
import data.policies.lib.fake

test_met_where_third_parties_may_operate if {
	facts := fake.topic("operator_binding", ["met"])
	operator.rating == "met" with input as facts
	count(operator.findings) == 0 with input as facts
	count(operator.evidence) == 1 with input as facts
}

test_met_where_the_authority_can_operate_itself if {
	facts := fake.topics({"self_operation": [fake.hit(1, "met")], "operator_binding": [fake.hit(2, "weak")]})
	operator.rating == "met" with input as facts
	count(operator.findings) == 0 with input as facts
}

test_partly_where_the_supplier_hosts if {
	facts := fake.topic("operator_binding", ["weak"])
	operator.rating == "partly" with input as facts
	fake.codes(operator.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topics({"self_operation": [fake.hit(1, "met")], "operator_binding": [fake.hit(2, "risk"), fake.hit(3, "weak")]})
	operator.rating == "partly" with input as facts
	fake.codes(operator.findings) == {"risk"} with input as facts
}

test_missed_where_only_the_supplier_may_host if {
	facts := fake.topic("operator_binding", ["risk"])
	operator.rating == "not_met" with input as facts
	fake.codes(operator.findings) == {"risk"} with input as facts
}

# Trap 3: "ein Betrieb beim Auftraggeber ist ausgeschlossen".
test_missed_where_the_authority_may_not_operate if {
	operator.rating == "not_met" with input as fake.topic("self_operation", ["risk"])
}

test_silent_is_not_rated_and_asked_for if {
	not operator.rating with input as fake.facts
	fake.codes(operator.findings) == {"missing"} with input as fake.papers
}

# Where only descriptions are here, CE-01 asks for the contract.
test_asked_with_the_contract_where_it_is_not_here if {
	count(operator.findings) == 0 with input as fake.facts
}

test_not_applicable_in_house if {
	own := {"dossier": {"service_model": fake.declared("on-prem")}}
	operator.not_applicable == "in_house" with input as object.union(fake.facts, own)
	operator.not_applicable == "in_house" with input as object.union(fake.topic("self_operation", ["met"]), own)
	not operator.not_applicable with input as object.union(fake.topic("operator_binding", ["risk"]), own)
	not operator.not_applicable with input as fake.facts
}

# Trap 7: who operates today binds nobody.
test_the_existing_operator_does_not_count if {
	not operator.rating with input as fake.topic_as("operator_binding", ["risk"], {"role": "existing_estate"})
}

# Half-hearted wording does not make up for a tie.
test_missed_where_a_tie_stands_beside_half_hearted_wording if {
	facts := fake.topic("operator_binding", ["weak", "risk"])
	operator.rating == "not_met" with input as facts
	fake.codes(operator.findings) == {"risk"} with input as facts
}

test_not_applicable_where_the_documents_tell_that_the_buyer_operates if {
	own := fake.dossier({"operator": fake.inferred("buyer")})
	operator.not_applicable == "in_house" with input as own
	operator.not_applicable == "in_house" with input as fake.dossier({"service_model": fake.inferred("on-prem")})
	not operator.not_applicable with input as fake.topic_in(own, "operator_binding", ["weak"])
	not operator.not_applicable with input as fake.dossier({"operator": fake.inferred("supplier")})
}

test_not_applicable_to_code_of_ones_own if {
	operator.not_applicable == "own_code" with input as fake.topic_in(fake.dossier({"service_model": fake.inferred("custom")}), "usage_rights", ["met"])
	not operator.not_applicable with input as fake.dossier({"service_model": fake.inferred("custom")})
}

test_a_hand_in_operation_is_no_operation if {
	not operator.rating with input as fake.topic("self_operation", ["weak"])
}

test_met_where_it_runs_locally_without_a_cloud if {
	operator.rating == "met" with input as fake.topic("local_operation", ["met"])
}
