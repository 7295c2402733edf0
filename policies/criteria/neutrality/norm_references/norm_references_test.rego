package policies.criteria.neutrality.norm_references_test

import data.policies.criteria.neutrality.norm_references
import data.policies.lib.fake
import data.policies.lib.fake_values
import data.policies.lib.result

_norm(n, name, changes) := fake.mention(name, object.union(
	{"clause": sprintf("1.%d.1", [n]), "evidence": fake.evidence(n), "tags": []},
	changes,
))

_named(norms) := fake.mentions({"standard": norms})

_clause(facts, topics) := object.union(facts, {"topics": topics})

test_met_with_the_words if {
	facts := _named([_norm(1, "ISO 9241", {"equivalent": true})])
	norm_references.rating == "met" with input as facts
	norm_references.evidence == {fake.evidence(1)} with input as facts
	count(norm_references.findings) == 0 with input as facts
}

# Others of the same worth count by law: the words are asked for, not missed.
test_a_certificate_of_the_organisation_is_asked_about if {
	certificate := _norm(1, "ISO/IEC 27001", {"tags": ["organisation_certificate"]})
	facts := fake.mentions({"certificate": [certificate, _norm(2, "ISO 9001", {"tags": ["vendor_certificate"]})]})
	not norm_references.rating with input as facts
	not norm_references.not_applicable with input as facts
	fake_values.unsure(norm_references.findings) == {"certificate"} with input as facts
	fake_values.places_of(norm_references.findings) == {fake.evidence(1)} with input as facts
	norm_references.rating == "met" with input as fake.mentions({"certificate": [object.union(certificate, {"equivalent": true})]})
}

test_met_by_a_clause_for_all if {
	facts := _clause(_named([_norm(1, "ISO 15489", {})]), {"norm_equivalence": [fake.hit(4, "met")]})
	norm_references.rating == "met" with input as facts
	norm_references.evidence == {fake.evidence(1), fake.evidence(4)} with input as facts
}

test_met_where_the_norm_is_a_model if {
	facts := _clause(_named([_norm(1, "ISO 15489", {})]), {"norm_equivalence": [fake.hit(1, "weak")]})
	norm_references.rating == "met" with input as facts
}

test_partly_where_some_lack_them if {
	facts := _named([_norm(1, "ISO 15489", {"equivalent": true}), _norm(2, "DIN 66398", {})])
	norm_references.rating == "partly" with input as facts
	fake_values.places_of(norm_references.findings) == {fake.evidence(2)} with input as facts
}

test_missed_without_them if {
	facts := _named([_norm(1, "ISO 15489", {}), _norm(3, "ISO 15489", {})])
	norm_references.rating == "not_met" with input as facts
	norm_references.findings == {{
		"criterion": "NE-03",
		"code": "no_equivalent",
		"certainty": "sure",
		"confidence": result.confidence("NE-03", "no_equivalent", "sure"),
		"evidence": fake.evidence(1),
		"args": {
			"name": "ISO 15489",
			"count": 2,
			"places": ["a.md, line 1", "a.md, line 3"],
			"language": "",
			"function": "",
			"frame": {},
		},
	}} with input as facts
}

test_missed_where_equivalents_are_ruled_out if {
	facts := fake.topic("norm_equivalence", ["risk"])
	norm_references.rating == "not_met" with input as facts
	fake.codes(norm_references.findings) == {"risk"} with input as facts
}

test_ruled_out_beside_the_words if {
	facts := _clause(_named([_norm(1, "ISO 15489", {"equivalent": true})]), {"norm_equivalence": [fake.hit(2, "risk")]})
	norm_references.rating == "partly" with input as facts
}

test_silent_where_nothing_was_read if {
	facts := object.union(fake.facts, {"documents": []})
	not norm_references.rating with input as facts
	not norm_references.not_applicable with input as facts
	count(norm_references.findings) == 0 with input as facts
}

test_not_applicable_without_a_norm if {
	norm_references.not_applicable == "no_norm" with input as fake.facts
	not norm_references.not_applicable with input as _named([_norm(1, "ISO 15489", {})])
}

# What publishes itself a standard is no norm in this sense.
test_an_interface_of_the_administration_is_no_norm if {
	norm_references.not_applicable == "no_norm" with input as _named([_norm(1, "XÖV", {}), _norm(2, "OpenAPI", {}), _norm(3, "BSI TR-03138", {})])
}

# A norm that mandatory law prescribes.
test_not_applicable_where_law_prescribes_it if {
	norm_references.not_applicable == "prescribed" with input as _named([_norm(1, "EN 301 549", {"tags": ["accessibility"]})])
	norm_references.not_applicable == "prescribed" with input as _named([_norm(1, "DIN SPEC 91379", {"term": "din_spec_91379"})])
}

# Trap: beside law, only somebody who knows the law can tell.
test_asked_beside_law if {
	facts := fake.mentions({"standard": [_norm(1, "ISO 15489", {})], "law": [fake.mention("vsa", {"clause": "1.1.1"})]})
	not norm_references.rating with input as facts
	not norm_references.not_applicable with input as facts
	fake_values.unsure(norm_references.findings) == {"law_named"} with input as facts
}

# Traps 1 and 8: what is in use, an example, a citation or a skill demands nothing.
test_what_demands_nothing if {
	every role in ["existing_estate", "integration_target", "example", "citation", "definition", "question", "staff_skill", "procedure"] {
		norm_references.not_applicable == "no_norm" with input as _named([_norm(1, "ISO 15489", {"role": role})])
	}
	norm_references.not_applicable == "no_norm" with input as _named([_norm(1, "ISO 15489", {"modality": "none"})])
	norm_references.not_applicable == "no_norm" with input as _named([_norm(1, "ISO 15489", {"negated": true})])
}
