package policies.criteria.neutrality.existing_environment_test

import data.policies.criteria.neutrality.existing_environment
import data.policies.lib.fake
import data.policies.lib.fake_values

_system(term) := fake.mention(term, {"role": "existing_estate"})

test_met_where_an_annex_describes_it if {
	facts := fake.topic("existing_environment", ["met"])
	existing_environment.rating == "met" with input as facts
	count(existing_environment.findings) == 0 with input as facts
	count(existing_environment.evidence) == 1 with input as facts
}

# The description of what is in use is just what is asked for.
test_met_in_a_chapter_on_what_is_in_use if {
	existing_environment.rating == "met" with input as fake.topic_as("existing_environment", ["met"], {"role": "existing_estate"})
}

test_partly_with_a_list if {
	facts := fake.topic("existing_environment", ["weak"])
	existing_environment.rating == "partly" with input as facts
	fake.codes(existing_environment.findings) == {"weak"} with input as facts
}

test_partly_where_three_systems_are_named if {
	facts := fake.mentions({"product": [_system("a"), _system("b"), _system("c")]})
	existing_environment.rating == "partly" with input as facts
	fake_values.unsure(existing_environment.findings) == {"listed"} with input as facts
	[found.args | some found in existing_environment.findings] == [{"systems": ["a", "b", "c"], "volumes": false, "interfaces": false}] with input as facts
	not existing_environment.rating with input as fake.mentions({"product": [_system("a"), _system("a"), _system("a")]})
	not existing_environment.rating with input as fake.mentions({"product": [_system("a"), _system("b"), fake.mention("php", {"role": "existing_estate", "tags": ["technology"]})]})
}

# "to go on using Software Assurance for the licences that are there"
test_licences_that_are_renewed_are_no_systems if {
	licences := {"dossier": {"order": fake.inferred("licences")}}
	facts := object.union(fake.mentions({"product": [_system("a"), _system("b"), _system("c")]}), licences)
	not existing_environment.rating with input as facts
	count(existing_environment.findings) == 0 with input as facts
}

test_systems_are_asked_about_where_they_are_named if {
	named := fake.mention("", {"name": "Fach 9", "role": "integration_target", "evidence": fake.evidence(5), "clause": "1.5.1"})
	facts := object.union(fake.topics({"data_migration_in": [fake.hit(1, "met")]}), {"mentions": {"product": [named]}})
	fake.codes(existing_environment.findings) == {"undisclosed"} with input as facts
	fake_values.places_of(existing_environment.findings) == {fake.evidence(5)} with input as facts
	[found.args.systems | some found in existing_environment.findings] == [["Fach 9"]] with input as facts
	count(existing_environment.findings) == 0 with input as fake.mentions({"product": [named]})
}

test_missed_where_it_is_told_after_the_award if {
	facts := fake.topic("existing_environment", ["risk"])
	existing_environment.rating == "not_met" with input as facts
	fake.codes(existing_environment.findings) == {"risk"} with input as facts
	[found.args.former | some found in existing_environment.findings] == [false] with input as facts
}

test_the_law_is_that_of_the_start if {
	facts := object.union(fake.topic("existing_environment", ["risk"]), {"dossier": {"started": fake.declared("2026-09-01")}})
	[found.args.reformed | some found in existing_environment.findings] == [true] with input as facts
}

test_silent_is_asked_where_data_are_taken_over if {
	facts := fake.topic("data_migration_in", ["met"])
	not existing_environment.rating with input as facts
	not existing_environment.not_applicable with input as facts
	fake.codes(existing_environment.findings) == {"undisclosed"} with input as facts
	fake_values.places_of(existing_environment.findings) == {fake.evidence(0)} with input as facts
}

test_silent_is_not_applicable_where_nothing_is_there if {
	existing_environment.not_applicable == "greenfield" with input as fake.facts
	count(existing_environment.findings) == 0 with input as fake.facts
	not existing_environment.not_applicable with input as object.union(fake.facts, {"documents": []})
}

# Trap 8: what bidders are asked discloses nothing.
test_a_question_discloses_nothing if {
	not existing_environment.rating with input as fake.topic_as("existing_environment", ["met"], {"role": "question"})
}

test_not_applicable_to_an_architecture if {
	existing_environment.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
}

# "The database is around 50 GB in size."
test_partly_where_the_size_of_what_is_there_is_told if {
	volume := object.union(fake.hit(4, "met"), {"role": "existing_estate"})
	facts := fake.topics({"data_migration_in": [fake.hit(1, "met")], "existing_volume": [volume]})
	existing_environment.rating == "partly" with input as facts
	fake_values.unsure(existing_environment.findings) == {"listed"} with input as facts
	fake_values.places_of(existing_environment.findings) == {fake.evidence(4)} with input as facts
	[found.args | some found in existing_environment.findings] == [{"systems": [], "volumes": true, "interfaces": false}] with input as facts
}

# What is there and is left where it is need not be told.
test_what_nobody_takes_over_is_not_asked_about if {
	volume := object.union(fake.hit(4, "met"), {"role": "existing_estate"})
	denied := object.union(fake.topics({"data_migration_in": [fake.hit(1, "met")], "existing_volume": [volume]}), {"clauses": {"1.1.1": {"negated": true}}})
	every facts in [fake.topics({"existing_volume": [volume]}), denied, fake.mentions({"product": [_system("a")]})] {
		not existing_environment.rating with input as facts
		not existing_environment.not_applicable with input as facts
		count(existing_environment.findings) == 0 with input as facts
	}
}

# "Anbindung der vorhandenen Systemlandschaft": the place is where systems are named.
test_an_environment_that_is_taken_for_granted if {
	assumed := fake.topic("assumed_environment", ["met"])
	fake.codes(existing_environment.findings) == {"undisclosed"} with input as assumed
	not existing_environment.rating with input as assumed
	named := object.union(assumed, {"mentions": {"product": [_system("a")]}})
	existing_environment.rating == "partly" with input as named
	fake.codes(existing_environment.findings) == {"listed"} with input as named
	fake_values.places_of(existing_environment.findings) == {fake.evidence(1)} with input as named
}

# What the new system is to hold tells nothing of the old one.
test_a_size_that_is_demanded_discloses_nothing if {
	facts := fake.topics({"data_migration_in": [fake.hit(1, "met")], "existing_volume": [fake.hit(4, "met")]})
	not existing_environment.rating with input as facts
	fake.codes(existing_environment.findings) == {"undisclosed"} with input as facts
}

test_partly_where_formats_of_what_is_there_are_told if {
	facts := object.union(fake.topics({"data_migration_in": [fake.hit(1, "met")]}), {"mentions": {"product": [_system("a")], "format": [fake.mention("csv", {"role": "existing_estate"})]}})
	existing_environment.rating == "partly" with input as facts
	[[found.args.systems, found.args.interfaces] | some found in existing_environment.findings] == [[["a"], true]] with input as facts
	elsewhere := object.union(facts, {"mentions": {"format": [fake.mention("csv", {"role": "existing_estate", "clause": "1.9.1"})]}})
	not existing_environment.rating with input as elsewhere
}

# "Staff query the data using tools like R."
test_what_people_work_with_is_no_system if {
	facts := fake.mentions({"product": [_system("a"), _system("b"), _system("c")]})
	not existing_environment.rating with input as object.union(facts, {"topics": {"work_tool": [object.union(fake.hit(1, "met"), {"clause": "1.1.1"})]}})
}

# What is to be connected is there, though nothing is told of it.
test_systems_to_be_connected_are_no_greenfield if {
	every subject in ["interface_existing", "interface_target"] {
		facts := fake.topic(subject, ["met"])
		not existing_environment.rating with input as facts
		not existing_environment.not_applicable with input as facts
	}
}

test_a_template_keeps_a_place_for_it if {
	facts := fake.topics({"assumed_environment": [fake.hit(1, "met")], "environment_left_blank": [fake.hit(2, "met")]})
	count(existing_environment.findings) == 0 with input as facts
	contrary := fake.topics({"assumed_environment": [fake.hit(1, "met")], "environment_left_blank": [fake.hit(2, "risk")]})
	fake.codes(existing_environment.findings) == {"undisclosed"} with input as contrary
}

test_people_find_out_what_is_there if {
	every subject in ["assumed_environment", "data_migration_in"] {
		facts := object.union(fake.topic(subject, ["met"]), {"dossier": {"service_model": fake.inferred("services")}})
		count(existing_environment.findings) == 0 with input as facts
	}
}

test_systems_of_the_background_are_not_asked_about if {
	built_on := fake.mention("b", {"role": "requirement", "evidence": fake.evidence(7)})
	facts := fake.mentions({"product": [_system("a"), _system("b"), _system("c"), built_on]})
	[found.args.systems | some found in existing_environment.findings] == [["b"]] with input as facts
	denied := fake.mentions({"product": [_system("a"), _system("b"), _system("c"), object.union(built_on, {"negated": true})]})
	[found.args.systems | some found in existing_environment.findings] == [["a", "b", "c"]] with input as denied
}

# "The license precludes us from disclosing the data model."
test_what_must_not_be_told_is_not_asked_for if {
	facts := fake.topics({"data_migration_in": [fake.hit(1, "met")], "environment_withheld": [fake.hit(2, "met")]})
	not existing_environment.rating with input as facts
	not existing_environment.not_applicable with input as facts
	count(existing_environment.findings) == 0 with input as facts
}
