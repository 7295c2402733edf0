package policies.lib.evb_it_test

import data.policies.lib.evb_it
import data.policies.lib.fake

_facts(templates) := object.union(fake.facts, {"templates": templates})

test_a_template_taken_in_settles_what_it_regulates if {
	template := fake.template("evb_it_system", {})
	evb_it.settled("source_code") == {template} with input as _facts([template])
	evb_it.settled("escrow") == set() with input as _facts([template])
}

test_a_template_merely_named_settles_nothing if {
	evb_it.settled("source_code") == set() with input as _facts([fake.template("evb_it_system", {"taken_in": false})])
}

test_other_templates_settle_nothing if {
	evb_it.settled("source_code") == set() with input as _facts([fake.template("evb_it_cloud", {})])
}

_deviating(number) := _facts([fake.template("evb_it_erstellung", {"deviations": [fake.deviation(2, number, [])]})])

test_a_deviation_touches_the_number_it_names if {
	facts := _deviating("17.1")
	some deviation in evb_it.deviations with input as facts
	deviation.numbers == {"17.1"}
	evb_it.touches(deviation, "source_code") with input as facts
	not evb_it.touches(deviation, "escrow") with input as facts
}

test_a_deviation_leaves_other_numbers if {
	facts := _deviating("1.7")
	some deviation in evb_it.deviations with input as facts
	not evb_it.touches(deviation, "source_code") with input as facts
}

test_a_clause_is_one_deviation if {
	facts := object.union(_deviating("17"), {"topics": {"evb_it": [fake.hit(2, "risk")]}})
	count(evb_it.deviations) == 1 with input as facts
}
