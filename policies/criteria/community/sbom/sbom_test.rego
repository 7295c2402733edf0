package policies.criteria.community.sbom_test

import data.policies.criteria.community.sbom
import data.policies.lib.fake
import data.policies.lib.fake_values

test_met_with_each_version if {
	facts := fake.topic("sbom", ["met"])
	sbom.rating == "met" with input as facts
	count(sbom.findings) == 0 with input as facts
	count(sbom.evidence) == 1 with input as facts
}

test_partly_with_a_mere_list if {
	facts := fake.topic("sbom", ["weak"])
	sbom.rating == "partly" with input as facts
	fake.codes(sbom.findings) == {"weak"} with input as facts
}

test_asked_for_its_format_where_it_comes_with_each_version if {
	beside := object.union(fake.hit(2, "met"), {"clause": "1.1.2"})
	facts := fake.topics({"sbom": [fake.hit(1, "weak")], "each_version": [beside]})
	sbom.rating == "partly" with input as facts
	fake.codes(sbom.findings) == {"no_format"} with input as facts
	fake.codes(sbom.findings) == {"weak"} with input as fake.topics({"sbom": [fake.hit(1, "weak")], "each_version": [fake.hit(2, "met")]})
}

# A table with a row for each trait of an item: "All dependencies are listed." in B2, "Every
# sprint" in B5.
test_the_column_of_a_table_is_read_on if {
	list := _in_cell(fake.hit(1, "weak"), "B2", 20)
	every place in [["B5", 26], ["B3", 24]] {
		fake.codes(sbom.findings) == {"no_format"} with input as fake.topics({"sbom": [list], "each_version": [_in_cell(fake.hit(2, "met"), place[0], place[1])]})
	}
	every place in [["B5", 60], ["C5", 26], ["B1", 18], ["B5", 12]] {
		fake.codes(sbom.findings) == {"weak"} with input as fake.topics({"sbom": [list], "each_version": [_in_cell(fake.hit(2, "met"), place[0], place[1])]})
	}
}

_in_cell(hit, cell, paragraph) := object.union(hit, {"evidence": {"section": "QASP", "cell": cell, "paragraph": paragraph}})

test_missed_where_it_is_ruled_out if {
	facts := fake.topic("sbom", ["risk"])
	sbom.rating == "not_met" with input as facts
	fake.codes(sbom.findings) == {"risk"} with input as facts
}

test_silent_is_not_rated_and_asked_for if {
	not sbom.rating with input as fake.facts
	count(sbom.findings) == 0 with input as fake.facts
	fake.codes(sbom.findings) == {"missing"} with input as fake.dossier({"complete": fake.declared(true)})
	every model in ["on-prem", "custom"] {
		fake.codes(sbom.findings) == {"missing"} with input as fake.dossier({"service_model": fake.declared(model)})
	}
}

# "All licences must be listed in the deliverable"
test_not_asked_where_licences_are_listed if {
	facts := fake.topic_in(fake.dossier({"service_model": fake.declared("custom")}), "licence_list", ["met"])
	not sbom.rating with input as facts
	count(sbom.findings) == 0 with input as facts
	fake.codes(sbom.findings) == {"missing"} with input as object.union(facts, {"dossier": {"complete": fake.declared(true)}})
}

test_not_applicable_to_a_service if {
	service := fake.dossier({"service_model": fake.declared("saas")})
	sbom.not_applicable == "saas" with input as service
	not sbom.not_applicable with input as fake.topic_in(service, "sbom", ["met"])
	not sbom.not_applicable with input as fake.facts
}

test_asked_with_the_contract_where_nobody_is_named if {
	count(sbom.findings) == 0 with input as fake.dossier({"award": fake.inferred(false)})
}

# Trap 12: the template taken in may say so, depending on its version.
test_a_template_may_ask_for_it if {
	facts := object.union(fake.facts, {"templates": [fake.template("evb_it_erstellung", {})]})
	not sbom.rating with input as facts
	fake_values.unsure(sbom.findings) == {"by_template"} with input as facts
	[found.args.template | some found in sbom.findings] == ["evb_it_erstellung"] with input as facts
	named := object.union(fake.facts, {"templates": [fake.template("evb_it_erstellung", {"taken_in": false})]})
	count(sbom.findings) == 0 with input as named
}

# Trap 8: an entry of a glossary demands nothing.
test_a_definition_demands_nothing if {
	not sbom.rating with input as fake.topic_as("sbom", ["weak"], {"role": "definition"})
}

test_partly_where_it_is_an_option if {
	facts := fake.option("sbom")
	sbom.rating == "partly" with input as facts
	"optional" in fake.codes(sbom.findings) with input as facts
	not "weak" in fake.codes(sbom.findings) with input as facts
}

_list := {"path": "bom.json", "format": "cyclonedx", "role": "architecture", "source": "inferred"}

test_partly_where_one_list_is_among_the_files if {
	facts := object.union(fake.facts, {"documents": [_list]})
	sbom.rating == "partly" with input as facts
	sbom.evidence == {{"path": "bom.json", "place": "bom.json"}} with input as facts
	fake.codes(sbom.findings) == {"once"} with input as facts
}

test_a_duty_outweighs_the_list if {
	facts := object.union(fake.topic("sbom", ["met"]), {"documents": [_list]})
	sbom.rating == "met" with input as facts
	count(sbom.findings) == 0 with input as facts
	sbom.rating == "not_met" with input as object.union(fake.topic("sbom", ["risk"]), {"documents": [_list]})
}

test_not_asked_of_small_own_code if {
	own := object.union(fake.topic("usage_rights", ["met"]), {"dossier": {"service_model": fake.declared("custom")}})
	count(sbom.findings) == 0 with input as object.union(own, {"terms": [{"base": 2, "total": 2}]})
	fake.codes(sbom.findings) == {"missing"} with input as object.union(own, {"terms": [{"base": 24, "total": 24}]})
}
