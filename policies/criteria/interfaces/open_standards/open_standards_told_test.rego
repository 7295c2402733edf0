package policies.criteria.interfaces.open_standards_test

import data.policies.criteria.interfaces.open_standards
import data.policies.lib.fake

_at(section, n, polarity) := object.union(fake.hit(n, polarity), {"evidence": {"section": section}})

# "REST API" as a heading, and below it in a list: "OpenAPI specification".
test_a_style_whose_description_stands_below_is_named if {
	style := {"interface_required": [_at("API", 1, "met")], "interface_style": [_at("API", 1, "weak")]}
	described := object.union(style, {"interface_specification": [_at("API", 3, "met")]})
	open_standards.rating == "met" with input as fake.topics(described)
	count(open_standards.findings) == 0 with input as fake.topics(described)
	elsewhere := object.union(style, {"interface_specification": [_at("Portal", 3, "met")]})
	fake.codes(open_standards.findings) == {"style_only"} with input as fake.topics(elsewhere)
	half := object.union(style, {"interface_specification": [_at("API", 3, "weak")]})
	fake.codes(open_standards.findings) == {"style_only"} with input as fake.topics(half)
}

# "The system follows the API-first principle. It is based on the GraphQL API."
test_a_principle_is_no_interface_of_its_own if {
	principle := {"interface_required": [_quoted(1, "API-first als Prinzip"), fake.hit(2, "met")]}
	schema := {"mentions": {"standard": [fake.mention("graphql", {"clause": "1.2.1", "open": true, "tags": ["api"]})]}}
	count(open_standards.findings) == 0 with input as object.union(fake.topics(principle), schema)
	open_standards.rating == "met" with input as object.union(fake.topics(principle), schema)
	fake.codes(open_standards.findings) == {"unnamed"} with input as fake.topics(principle)
	own := {"interface_required": [_quoted(1, "eine Schnittstelle zum Archiv"), fake.hit(2, "met")]}
	fake.codes(open_standards.findings) == {"unnamed"} with input as object.union(fake.topics(own), schema)
}

_quoted(n, quote) := object.union(fake.hit(n, "met"), {"evidence": {"quote": quote}})

# "SDK documentation" tells of an interface, even where no sentence demands one.
test_what_describes_an_interface_tells_of_one if {
	every id in ["interface_documentation", "interface_specification", "interface_style", "interface_versioning"] {
		count(open_standards.findings) == 0 with input as fake.topic(id, ["weak"])
		fake.codes(open_standards.findings) == {"missing"} with input as fake.topic_as(id, ["weak"], {"role": "question"})
	}
	complete := object.union(fake.topic("interface_documentation", ["weak"]), {"dossier": {"complete": fake.declared(true)}})
	fake.codes(open_standards.findings) == {"missing"} with input as complete
}
