package policies.criteria.interfaces.open_standards_test

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.fake

# A system that is joined without the word interface is an exchange all the same.
test_asked_for_the_description_of_a_named_system if {
	joined := {"role": "integration_target", "open": false}
	fake.codes(open_standards.findings) == {"target"} with input as fake.mentions({"product": [fake.mention("ledger", joined)]})
	fake.codes(open_standards.findings) == set() with input as fake.mentions({"product": [fake.mention("translations", object.union(joined, {"tags": ["dev_tool"]}))]})
	fake.codes(open_standards.findings) == {"missing"} with input as fake.mentions({"product": [fake.mention("writer", object.union(joined, {"tags": ["office"]}))]})
	told := object.union(fake.topics({"interface_target": [fake.hit(1, "met")]}), {"mentions": {"product": [fake.mention("ledger", joined)]}})
	count(open_standards.findings) == 1 with input as told
}

test_the_question_names_what_is_mentioned if {
	xta := fake.mention("xta", {"name": "XTA", "clause": "1.0.1", "open": true, "tags": ["public_sector"], "modality": "none"})
	mentioned := object.union(fake.topic_as("administration_standards", ["met"], {"modality": "none"}), fake.mentions({"standard": [xta]}))
	some finding in open_standards.findings with input as mentioned
	finding.code == "mentioned"
	finding.args.names == ["XTA"]
}
