package policies.criteria.community.open_source_share_test

import data.policies.criteria.community.open_source_share
import data.policies.lib.fake
import data.policies.lib.fake_values

_budget(technology, open_source) := fake.dossier({"budget": fake.declared({"technology": technology, "open_source": open_source})})

_told(value) := object.union(fake.topic("open_source_share", ["met"]), {"percentages": [{
	"value": value,
	"about": "open_source_share",
	"clause": "1.0.1",
	"evidence": fake.evidence(0),
}]})

test_met_from_a_fifth_on if {
	every facts in [_budget(500000, 100000), _told(20)] {
		open_source_share.rating == "met" with input as facts
		count(open_source_share.findings) == 0 with input as facts
	}
	count(open_source_share.evidence) == 1 with input as _told(20)
}

test_partly_from_a_tenth_on if {
	open_source_share.rating == "partly" with input as _budget(500000, 60000)
	[[found.code, found.args.share, found.evidence.path] | some found in open_source_share.findings] == [["low", 12, "dossier.yaml"]] with input as _budget(500000, 60000)
	open_source_share.rating == "partly" with input as _told(15)
	[[found.code, found.evidence.line] | some found in open_source_share.findings] == [["low", 0]] with input as _told(15)
}

test_partly_without_a_figure if {
	facts := fake.topic("open_source_share", ["weak"])
	open_source_share.rating == "partly" with input as facts
	fake.codes(open_source_share.findings) == {"weak"} with input as facts
}

test_missed_below if {
	open_source_share.rating == "not_met" with input as _budget(500000, 20000)
	open_source_share.rating == "not_met" with input as _told(4)
}

test_missed_where_nobody_counts if {
	facts := fake.topic("open_source_share", ["risk", "weak"])
	open_source_share.rating == "not_met" with input as facts
	fake.codes(open_source_share.findings) == {"risk", "weak"} with input as facts
}

test_silent_is_not_applicable if {
	not open_source_share.rating with input as fake.facts
	open_source_share.not_applicable == "no_budget" with input as fake.facts
	count(open_source_share.findings) == 0 with input as fake.facts
}

test_a_budget_without_the_share_is_asked_about if {
	facts := fake.dossier({"budget": fake.declared({"technology": 500000})})
	not open_source_share.not_applicable with input as facts
	fake.codes(open_source_share.findings) == {"missing"} with input as facts
	fake_values.places_of(open_source_share.findings) == {{"path": "dossier.yaml", "place": "dossier.yaml"}} with input as facts
}

# Trap 8: a definition sets no share.
test_a_definition_sets_no_share if {
	not open_source_share.rating with input as fake.topic_as("open_source_share", ["weak"], {"role": "definition"})
}
