package policies.criteria.contract.continuity_test

import data.policies.criteria.contract.continuity
import data.policies.lib.fake

_all := {
	"insolvency": [fake.hit(1, "met")],
	"change_of_control": [fake.hit(2, "met")],
	"product_end": [fake.hit(3, "met")],
	"subcontractor_loss": [fake.hit(4, "met")],
}

test_met_where_all_events_are_settled if {
	continuity.rating == "met" with input as fake.topics(_all)
	count(continuity.findings) == 0 with input as fake.topics(_all)
	count(continuity.evidence) == 4 with input as fake.topics(_all)
}

# Under a heading on staff, a clause is read as one on skills.
test_subcontractors_count_under_staff if {
	facts := fake.topics(object.union(_all, {"subcontractor_loss": [object.union(fake.hit(4, "met"), {"role": "staff_skill"})]}))
	continuity.rating == "met" with input as facts
}

test_partly_where_some_are_lacking if {
	facts := fake.topics(object.remove(_all, ["insolvency", "product_end"]))
	continuity.rating == "partly" with input as facts
	some finding in continuity.findings with input as facts
	finding.code == "incomplete"
	finding.args == {"lacking": ["insolvency", "product_end"]}
	finding.evidence == fake.evidence(2)
}

test_partly_where_continuity_is_demanded_in_general if {
	facts := fake.topic("continuity", ["met"])
	continuity.rating == "partly" with input as facts
	fake.codes(continuity.findings) == {"incomplete"} with input as facts
}

test_partly_with_a_mere_notice if {
	facts := fake.topic("change_of_control", ["weak"])
	continuity.rating == "partly" with input as facts
	fake.codes(continuity.findings) == {"weak"} with input as facts
}

test_missed_where_the_contract_may_pass_on if {
	every topic in ["change_of_control", "continuity"] {
		facts := fake.topic(topic, ["risk"])
		continuity.rating == "not_met" with input as facts
		fake.codes(continuity.findings) == {"risk"} with input as facts
	}
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topics(object.union(_all, {"continuity": [fake.hit(5, "risk")]}))
	continuity.rating == "partly" with input as facts
	fake.codes(continuity.findings) == {"risk"} with input as facts
}

test_partly_where_some_is_settled_and_some_ruled_out if {
	facts := fake.topics({"insolvency": [fake.hit(1, "met")], "continuity": [fake.hit(2, "risk")]})
	continuity.rating == "partly" with input as facts
	fake.codes(continuity.findings) == {"incomplete", "risk"} with input as facts
}

# Traps 6 and 8: insolvency in a case-management system or a question settles nothing.
test_other_roles_say_nothing if {
	not continuity.rating with input as fake.topic_as("insolvency", ["met"], {"role": "question"})
	not continuity.rating with input as fake.topic_as("insolvency", ["met"], {"role": "definition"})
}

test_silent_is_asked_for_where_the_contract_is_here if {
	not continuity.rating with input as fake.papers
	fake.codes(continuity.findings) == {"missing"} with input as fake.papers
	count(continuity.findings) == 0 with input as fake.facts
}

test_not_applicable if {
	continuity.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	continuity.not_applicable == "purchase" with input as fake.contract("purchase")
	continuity.not_applicable == "delivered_once" with input as fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	not continuity.not_applicable with input as fake.facts
}

test_partly_where_it_is_an_option if {
	facts := fake.option("insolvency")
	continuity.rating == "partly" with input as facts
	"optional" in fake.codes(continuity.findings) with input as facts
	not "weak" in fake.codes(continuity.findings) with input as facts
}

# What is no notice of a change is a right, if one that may be refused.
test_partly_with_a_right_under_reserve if {
	facts := fake.topic("insolvency", ["weak"])
	continuity.rating == "partly" with input as facts
	fake.codes(continuity.findings) == {"reserved"} with input as facts
}

# Little changes hands within a year.
test_not_applicable_to_a_short_term if {
	facts := object.union(fake.facts, {"terms": [{"base": 6, "total": 6}]})
	continuity.not_applicable == "short_term" with input as facts
	not continuity.not_applicable with input as object.union(facts, {"topics": {"insolvency": [fake.hit(1, "met")]}})
}
