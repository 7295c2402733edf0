package policies.criteria.$GROUP.$NAME_test

import data.policies.criteria.$GROUP.$NAME
import data.policies.lib.fake

test_met_where_it_is_demanded if {
	facts := fake.topic("$TOPIC", ["met"])
	$NAME.rating == "met" with input as facts
	count($NAME.findings) == 0 with input as facts
	count($NAME.evidence) == 1 with input as facts
}

test_partly_where_it_is_half_hearted if {
	facts := fake.topic("$TOPIC", ["weak"])
	$NAME.rating == "partly" with input as facts
	fake.codes($NAME.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("$TOPIC", ["met", "risk"])
	$NAME.rating == "partly" with input as facts
	fake.codes($NAME.findings) == {"risk"} with input as facts
}

test_missed_where_it_is_ruled_out if {
	$NAME.rating == "not_met" with input as fake.topic("$TOPIC", ["risk"])
}

test_silent_is_not_rated if {
	facts := object.union(fake.facts, {"topics": {"$TOPIC": []}})
	not $NAME.rating with input as facts
	count($NAME.findings) == 0 with input as facts
}

test_silent_is_missing_in_a_complete_dossier if {
	facts := object.union(fake.dossier({"complete": fake.declared(true)}), {"topics": {"$TOPIC": []}})
	fake.codes($NAME.findings) == {"missing"} with input as facts
}

test_not_applicable_to_an_architecture if {
	$NAME.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not $NAME.not_applicable with input as fake.dossier({"kind": fake.declared("tender")})
}

# A question to bidders is no demand.
test_a_question_demands_nothing if {
	not $NAME.rating with input as fake.topic_as("$TOPIC", ["met"], {"role": "question"})
}
