package policies.criteria.lock_in.documentation_test

import data.policies.criteria.lock_in.documentation
import data.policies.lib.fake

_said(documents, transfer) := fake.topics({
	"documentation": [fake.hit(i, polarity) | some i, polarity in documents],
	"knowledge_transfer": [fake.hit(10 + i, polarity) | some i, polarity in transfer],
})

test_met_with_documents_and_training if {
	facts := _said(["met"], ["met"])
	documentation.rating == "met" with input as facts
	count(documentation.findings) == 0 with input as facts
	count(documentation.evidence) == 2 with input as facts
}

test_partly_without_transfer if {
	facts := _said(["met"], [])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"no_transfer"} with input as facts
	{finding.evidence | some finding in documentation.findings} == {fake.evidence(0)} with input as facts
}

test_partly_with_half_a_transfer if {
	facts := _said(["met"], ["weak"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"weak_transfer"} with input as facts
}

test_partly_without_documents if {
	facts := _said([], ["met"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"no_documentation"} with input as facts
	{finding.evidence | some finding in documentation.findings} == {fake.evidence(10)} with input as facts
}

test_partly_with_a_user_manual_only if {
	facts := _said(["weak"], ["met"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"weak"} with input as facts
}

test_partly_where_training_is_ruled_out if {
	facts := _said(["met"], ["risk"])
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"no_training"} with input as facts
}

# „soweit vorhanden“
test_missed_where_documents_are_left_to_chance if {
	facts := _said(["risk"], [])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk"} with input as facts
}

test_missed_where_both_are_ruled_out if {
	facts := _said(["risk"], ["risk"])
	documentation.rating == "not_met" with input as facts
	fake.codes(documentation.findings) == {"risk", "no_training"} with input as facts
}

test_silent_is_not_rated_and_asked_for_where_software_comes_to_the_buyer if {
	not documentation.rating with input as fake.facts
	count(documentation.findings) == 0 with input as fake.facts
	every values in [
		{"complete": fake.declared(true)},
		{"service_model": fake.declared("custom")},
		{"service_model": fake.inferred("on-prem")},
	] {
		fake.codes(documentation.findings) == {"missing"} with input as fake.dossier(values)
		drawn := object.union(values, {"kind": fake.declared("architecture")})
		asked := {true: {"missing"}, false: set()}["complete" in object.keys(values)]
		fake.codes(documentation.findings) == asked with input as fake.dossier(drawn)
	}
	count(documentation.findings) == 0 with input as fake.dossier({"service_model": fake.inferred("saas")})
}

# "I would like the API to be documented": of the rest, nothing is said.
test_the_documents_of_an_interface_are_single_documents if {
	made := fake.topic_in(fake.dossier({"service_model": fake.declared("custom")}), "interface_documentation", ["met"])
	not documentation.rating with input as made
	fake.codes(documentation.findings) == {"mentioned"} with input as made
	count(documentation.findings) == 0 with input as fake.topic("interface_documentation", ["met"])
	complete := object.union(made, {"dossier": {"complete": fake.declared(true)}})
	fake.codes(documentation.findings) == {"missing"} with input as complete
}

# Trap 8: documents that exist today are not those that are due.
test_the_existing_estate_demands_nothing if {
	not documentation.rating with input as fake.topic_as("documentation", ["met"], {"role": "existing_estate"})
}

# Transition services are a handover; training is another matter.
test_partly_where_only_the_handover_is_settled if {
	facts := fake.topics({"documentation": [fake.hit(1, "met")], "transition_support": [fake.hit(2, "met")]})
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"handover_only"} with input as facts
}

# "a comprehensible documentation and training material"
test_papers_of_any_kind_are_asked_about_where_they_are_named if {
	made := fake.dossier({"service_model": fake.declared("custom")})
	papers := fake.topic_as("papers_named", ["weak"], {"evidence": {"line": 7, "quote": "eine verständliche Dokumentation"}})
	{[found.code, found.evidence.line] | some found in documentation.findings} == {["mentioned", 7]} with input as object.union(made, papers)
	others := fake.topic_as("papers_named", ["weak"], {"evidence": {"quote": "Pflichtenheft"}})
	fake.codes(documentation.findings) == {"missing"} with input as object.union(made, others)
	bidders := fake.topic_as("papers_named", ["weak"], {"role": "question", "evidence": {"quote": "Dokumentation"}})
	fake.codes(documentation.findings) == {"missing"} with input as object.union(made, bidders)
	count(documentation.findings) == 0 with input as papers
}

test_a_handover_without_documents_is_no_documentation if {
	not documentation.rating with input as fake.topic("transition_support", ["met"])
}

test_single_documents_are_asked_about if {
	facts := fake.topics({"documents_mentioned": [fake.hit(1, "weak")], "knowledge_transfer": [fake.hit(2, "met")]})
	documentation.rating == "partly" with input as facts
	fake.codes(documentation.findings) == {"mentioned"} with input as facts
	documentation.evidence == {fake.evidence(1), fake.evidence(2)} with input as facts
	handed_over := fake.topics({"documents_mentioned": [fake.hit(1, "weak")], "transition_support": [fake.hit(2, "met")]})
	fake.codes(documentation.findings) == {"mentioned"} with input as handed_over
	both := fake.topics({"documents_mentioned": [fake.hit(1, "weak")], "documentation": [fake.hit(2, "met")]})
	fake.codes(documentation.findings) == {"no_transfer"} with input as both
}

test_partly_where_it_is_an_option if {
	facts := fake.option("documentation")
	documentation.rating == "partly" with input as facts
	"optional" in fake.codes(documentation.findings) with input as facts
	not "weak" in fake.codes(documentation.findings) with input as facts
}

# What users install themselves needs no handover.
test_an_installed_program_needs_no_handover if {
	documented := fake.topics({"documentation": [fake.hit(1, "met")], "standalone": [fake.hit(2, "met")]})
	fake.codes(documentation.findings) == {"no_transfer"} with input as documented
	bought := object.union(documented, {"dossier": {"contract": fake.inferred({"kind": "purchase"})}})
	count(documentation.findings) == 0 with input as bought
	documentation.rating == "met" with input as bought
}

# Whoever draws a solution trains nobody.
test_an_architecture_is_asked_for_documents_only if {
	facts := object.union(fake.topic("documentation", ["met"]), {"dossier": {"kind": fake.declared("architecture")}})
	documentation.rating == "met" with input as facts
	count(documentation.findings) == 0 with input as facts
}

# What only a text tells, EX-02 asks for all.
test_files_for_programs_are_not_searched_for_texts if {
	facts := object.union(fake.dossier({"kind": fake.declared("architecture")}), {"documents": [{"path": "a", "format": "compose", "role": "architecture", "source": "inferred", "clauses": 0}]})
	not documentation.rating with input as facts
	count(documentation.findings) == 0 with input as facts
}

test_who_grants_a_licence_trains_nobody if {
	granted := object.union(_said(["met"], []), {"dossier": {"order": fake.inferred("licence_grant")}})
	documentation.rating == "met" with input as granted
	count(documentation.findings) == 0 with input as granted
	fake.codes(documentation.findings) == {"no_transfer"} with input as _said(["met"], [])
	without := object.union(_said(["met"], ["risk"]), {"dossier": {"order": fake.inferred("licence_grant")}})
	documentation.rating == "met" with input as without
	count(documentation.findings) == 0 with input as without
}
