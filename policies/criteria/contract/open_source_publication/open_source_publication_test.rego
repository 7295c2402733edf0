package policies.criteria.contract.open_source_publication_test

import data.policies.criteria.contract.open_source_publication
import data.policies.lib.fake
import data.policies.lib.fake_values

_custom := fake.dossier({"service_model": fake.declared("custom")})

_template(id, hits, deviations) := fake_values.with_values(hits, {"templates": [fake.template(id, {"deviations": deviations})]})

test_met_where_it_is_published if {
	facts := fake.topic("open_source_publication", ["met"])
	open_source_publication.rating == "met" with input as facts
	count(open_source_publication.findings) == 0 with input as facts
	open_source_publication.evidence == {fake.evidence(0)} with input as facts
}

test_partly_where_it_may_be_published if {
	every facts in [
		fake.topic("open_source_publication", ["weak"]),
		fake.topic_as("open_source_publication", ["met"], {"modality": "may"}),
	] {
		open_source_publication.rating == "partly" with input as facts
		fake.codes(open_source_publication.findings) == {"weak"} with input as facts
	}
}

test_a_permission_beside_a_duty_is_no_fault if {
	facts := fake.topic("open_source_publication", ["met", "weak"])
	open_source_publication.rating == "met" with input as facts
	count(open_source_publication.findings) == 0 with input as facts
}

test_missed_where_it_is_ruled_out if {
	facts := fake.topic_in(_custom, "open_source_publication", ["risk"])
	open_source_publication.rating == "not_met" with input as facts
	fake.codes(open_source_publication.findings) == {"risk"} with input as facts
	count(fake_values.unsure(open_source_publication.findings)) == 0 with input as facts
}

test_ready_made_software_is_asked_about if {
	facts := fake.topic("open_source_publication", ["risk"])
	fake_values.unsure(open_source_publication.findings) == {"risk"} with input as facts
}

# Trap 12: the template of 2026 is said to publish by default.
test_the_template_is_asked_about if {
	facts := _template("evb_it_erstellung", {}, [])
	open_source_publication.rating == "partly" with input as facts
	fake_values.unsure(open_source_publication.findings) == {"template"} with input as facts
	open_source_publication.evidence == {fake.evidence(1)} with input as facts
}

test_an_older_or_other_template_says_nothing if {
	not open_source_publication.rating with input as object.union(_template("evb_it_erstellung", {}, []), {"today": "2026-03-19"})
	not open_source_publication.rating with input as _template("evb_it_system", {}, [])
}

test_the_template_says_nothing_against_the_dossier if {
	facts := _template("evb_it_erstellung", {"open_source_publication": [fake.hit(2, "met")]}, [])
	open_source_publication.rating == "met" with input as facts
	count(open_source_publication.findings) == 0 with input as facts
}

# Trap 3: the template's rule may have been taken out again.
test_a_changed_template_says_nothing if {
	facts := _template("evb_it_erstellung", {}, [fake.deviation(2, "9", [])])
	not open_source_publication.rating with input as facts
	fake.codes(open_source_publication.findings) == {"missing"} with input as facts
}

test_silent_is_asked_for_where_code_is_commissioned if {
	not open_source_publication.rating with input as _custom
	fake.codes(open_source_publication.findings) == {"missing"} with input as _custom
	count(open_source_publication.findings) == 0 with input as object.union(_custom, {"dossier": {"award": fake.inferred(false)}})
}

test_not_applicable if {
	open_source_publication.not_applicable == "no_custom_code" with input as fake.facts
	count(open_source_publication.findings) == 0 with input as fake.facts
	open_source_publication.not_applicable == "architecture" with input as fake.dossier({"kind": fake.declared("architecture")})
	not open_source_publication.not_applicable with input as _custom
}

test_partly_where_it_is_an_option if {
	facts := object.union(fake.option("open_source_publication"), {"dossier": {"service_model": fake.declared("custom")}})
	open_source_publication.rating == "partly" with input as facts
	not open_source_publication.rating with input as fake.option("open_source_publication")
	count(open_source_publication.findings) == 0 with input as fake.option("open_source_publication")
	"optional" in fake.codes(open_source_publication.findings) with input as facts
	not "weak" in fake.codes(open_source_publication.findings) with input as facts
}

# "the grant-making approach of the foundation"
test_a_private_buyer_need_not_publish if {
	made := fake.dossier({"service_model": fake.declared("custom")})
	fake.codes(open_source_publication.findings) == {"missing"} with input as made
	private := fake.topic_in(made, "private_buyer", ["met"])
	count(open_source_publication.findings) == 0 with input as private
	complete := object.union(private, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(open_source_publication.findings) == {"missing"} with input as complete
	told := object.union(private, {"topics": {"open_source_publication": [fake.hit(1, "risk")]}})
	fake.codes(open_source_publication.findings) == {"risk"} with input as told
}
