package policies.criteria.exchangeability.exit_plan_test

import data.policies.criteria.exchangeability.exit_plan
import data.policies.lib.fake

test_met_where_a_plan_is_due if {
	facts := fake.topic("exit_plan", ["met"])
	exit_plan.rating == "met" with input as facts
	count(exit_plan.findings) == 0 with input as facts
	count(exit_plan.evidence) == 1 with input as facts
}

test_partly_where_it_is_left_for_later if {
	facts := fake.topic("exit_plan", ["weak"])
	exit_plan.rating == "partly" with input as facts
	fake.codes(exit_plan.findings) == {"weak"} with input as facts
}

test_partly_where_the_dossier_contradicts_itself if {
	facts := fake.topic("exit_plan", ["met", "risk"])
	exit_plan.rating == "partly" with input as facts
	fake.codes(exit_plan.findings) == {"risk"} with input as facts
}

test_missed_where_it_is_ruled_out if {
	exit_plan.rating == "not_met" with input as fake.topic("exit_plan", ["risk"])
}

test_silent_is_not_rated_and_asked_for if {
	not exit_plan.rating with input as fake.facts
	fake.codes(exit_plan.findings) == {"missing"} with input as fake.facts
}

test_not_applicable_to_a_purchase if {
	exit_plan.not_applicable == "purchase_without_data" with input as fake.contract("purchase")
	not exit_plan.not_applicable with input as fake.contract("service")
}

# Trap 8: a question to bidders is no demand.
test_a_question_demands_nothing if {
	not exit_plan.rating with input as fake.topic_as("exit_plan", ["met"], {"role": "question"})
}

# What is delivered once has no contract that goes on, unless the documents speak of it.
test_not_applicable_to_a_single_delivery if {
	once := fake.dossier({"contract": fake.inferred({"kind": "purchase"})})
	exit_plan.not_applicable == "delivered_once" with input as once
	not exit_plan.not_applicable with input as fake.topic_in(once, "exit_plan", ["met"])
}

test_asked_with_the_contract_where_nobody_is_named if {
	count(exit_plan.findings) == 0 with input as fake.dossier({"award": fake.inferred(false)})
	fake.codes(exit_plan.findings) == {"missing"} with input as fake.dossier({"award": fake.inferred(true)})
}

test_partly_where_it_is_an_option if {
	facts := fake.option("exit_plan")
	exit_plan.rating == "partly" with input as facts
	"optional" in fake.codes(exit_plan.findings) with input as facts
	not "weak" in fake.codes(exit_plan.findings) with input as facts
}

# What only a text tells, EX-02 asks for all.
test_files_for_programs_are_not_searched_for_texts if {
	facts := object.union(fake.dossier({"kind": fake.declared("architecture")}), {"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]})
	not exit_plan.rating with input as facts
	[found.args.criteria | some found in exit_plan.findings; found.code == "elsewhere"] == [["EX-02", "EX-03", "EX-08", "IF-01", "IF-06", "LI-02", "LI-08"]] with input as facts
	fake.codes(exit_plan.findings) == {"elsewhere"} with input as facts
}

# A project that its makers publish and run themselves.
test_not_asked_where_there_is_nobody_to_leave if {
	published := fake.topic_in(fake.dossier({"kind": fake.inferred("architecture")}), "open_source_publication", ["met"])
	run := object.union(published, {"topics": {"self_operation": [fake.hit(1, "met")]}})
	count(exit_plan.findings) == 0 with input as run
	fake.codes(exit_plan.findings) == {"missing"} with input as published
	fake.codes(exit_plan.findings) == {"missing"} with input as object.union(run, {"dossier": {"kind": fake.declared("tender")}})
	fake.codes(exit_plan.findings) == {"missing"} with input as object.union(run, {"dossier": {"complete": fake.declared(true)}})
}

# Two weeks before the end.
test_a_late_plan_is_told_as_such if {
	facts := fake.topics({"exit_plan": [fake.hit(1, "weak"), fake.hit(2, "weak")], "exit_plan_late": [fake.hit(1, "weak")]})
	exit_plan.rating == "partly" with input as facts
	fake.codes(exit_plan.findings) == {"late"} with input as facts
	{found.evidence | some found in exit_plan.findings} == {fake.evidence(1)} with input as facts
}

test_a_late_plan_tells_whether_help_is_agreed if {
	late := {"exit_plan": [fake.hit(1, "met")], "exit_plan_late": [fake.hit(1, "weak")]}
	[found.args.help | some found in exit_plan.findings] == [false] with input as fake.topics(late)
	helped := object.union(late, {"transition_support": [fake.hit(2, "met")]})
	[found.args.help | some found in exit_plan.findings] == [true] with input as fake.topics(helped)
}

# A row that demands the plan sets no other date than the end.
test_partly_where_a_demand_is_late if {
	facts := fake.topics({"exit_plan": [fake.hit(1, "met")], "exit_plan_late": [fake.hit(1, "weak")]})
	exit_plan.rating == "partly" with input as facts
	fake.codes(exit_plan.findings) == {"late"} with input as facts
	early := object.union(facts, {"topics": {"exit_plan": [fake.hit(1, "met"), fake.hit(2, "met")]}})
	exit_plan.rating == "met" with input as early
	count(exit_plan.findings) == 0 with input as early
}

test_little_is_left_where_code_and_data_are_the_buyers if {
	own := object.union(fake.topic("usage_rights", ["met"]), {"dossier": {"service_model": fake.declared("custom")}})
	fake.codes(exit_plan.findings) == {"missing"} with input as own
	count(exit_plan.findings) == 0 with input as object.union(own, {"topics": {"transition_support": [fake.hit(1, "met")]}})
	short := {"terms": [{"path": "a.md", "base": 6, "total": 6, "stated": false, "firm": true, "evidence": [fake.evidence(1)]}]}
	count(exit_plan.findings) == 0 with input as object.union(own, short)
}

# Of code in the buyer's hands, the handover is what is asked; of a platform that somebody
# else runs, the exit.
test_the_handover_is_asked_once if {
	made := {"dossier": {"award": fake.declared(true), "service_model": fake.declared("custom"), "operator": fake.declared("buyer")}}
	own := object.union(fake.topic("usage_rights", ["met"]), made)
	count(exit_plan.findings) == 0 with input as own
	fake.codes(exit_plan.findings) == {"missing"} with input as object.union(fake.facts, made)
	run := object.union(own, {"dossier": {"service_model": fake.inferred("custom"), "operator": fake.inferred("supplier")}})
	fake.codes(exit_plan.findings) == {"missing"} with input as run
	complete := object.union(own, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(exit_plan.findings) == {"missing"} with input as complete
}
