package policies.opencode_test

import data.policies.opencode

test_no_publiccode if {
	review := opencode.review with input as object.remove(with_key("files", []), ["publiccode"])
	rating(review, "OC-01") == "not_met"
	codes(review, "OC-01") == {"missing"}
	rating(review, "OC-02") == "not_evidenced"
	rating(review, "OC-03") == "not_evidenced"
}

test_misnamed if {
	facts := object.remove(with_key("files", ["publiccode.yaml"]), ["publiccode"])
	review := opencode.review with input as facts
	rating(review, "OC-01") == "not_met"
	codes(review, "OC-01") == {"misnamed"}
}

test_unreadable_is_there_and_not_valid if {
	facts := object.union(object.remove(checkout, ["publiccode"]), {"unreadable": {"path": "publiccode.yml", "detail": "line 3: x"}})
	review := opencode.review with input as facts
	rating(review, "OC-01") == "met"
	rating(review, "OC-02") == "not_met"
	codes(review, "OC-02") == {"unreadable"}
}

test_every_mandatory_key_is_missed if {
	every key, wanted in {
		"version": "publiccodeYmlVersion",
		"name": "name",
		"url": "url",
		"development_status": "developmentStatus",
		"software_type": "softwareType",
		"licence": "legal.license",
		"release_date": "releaseDate",
	} {
		review := opencode.review with input as unsaid(key)
		rating(review, "OC-02") == "not_met"
		args(review, "OC-02") == {{"key": wanted}}
	}
}

test_empty_lists_and_parts_are_missed if {
	every wanted, changes in {
		"platforms": {"platforms": []},
		"categories": {"categories": []},
		"description": {"descriptions": []},
		"description.de.shortDescription": {"descriptions": [{"language": "de", "short": 0, "long": 600, "features": 3}]},
		"description.longDescription": {"descriptions": [{"language": "de", "short": 6, "long": 0, "features": 3}]},
		"description.features": {"descriptions": [{"language": "de", "short": 6, "long": 600, "features": 0}]},
		"maintenance.contacts": {"maintenance": {"contacts": []}},
		"maintenance.contractors": {"maintenance": {"type": "contract"}},
		"localisation.availableLanguages": {"localisation": {"languages": []}},
	} {
		review := opencode.review with input as said(changes)
		rating(review, "OC-02") == "not_met"
		args(review, "OC-02") == {{"key": wanted}}
	}
	no_type := opencode.review with input as json.remove(checkout, ["publiccode/maintenance/type"])
	args(no_type, "OC-02") == {{"key": "maintenance.type"}}
	not_said := opencode.review with input as json.remove(checkout, ["publiccode/localisation/ready"])
	args(not_said, "OC-02") == {{"key": "localisation.localisationReady"}}
}

test_values if {
	every code, changes in {
		"value": {"development_status": "finished"},
		"date": {"release_date": "1.9.2026"},
		"url": {"url": "git@gitlab.opencode.de:amt/beispiel.git"},
		"short_description": {"descriptions": [{"language": "de", "short": 151, "long": 600, "features": 3}]},
		"long_description": {"descriptions": [{"language": "de", "short": 6, "long": 149, "features": 3}]},
	} {
		review := opencode.review with input as said(changes)
		rating(review, "OC-02") == "not_met"
		codes(review, "OC-02") == {code}
	}
	too_long := opencode.review with input as said({"descriptions": [{"language": "de", "short": 6, "long": 10001, "features": 3}]})
	codes(too_long, "OC-02") == {"long_description"}
	no_day := opencode.review with input as said({"maintenance": {"type": "contract", "contractors": [{"name": "A"}]}})
	codes(no_day, "OC-02") == {"date"}
	day := opencode.review with input as said({"maintenance": {"type": "contract", "contractors": [{"name": "A", "until": "2027-12-31"}]}})
	rating(day, "OC-02") == "met"
}

test_place_is_the_key_else_its_part_else_the_file if {
	at_key := opencode.review with input as said({"development_status": "finished"})
	condition(at_key, "OC-02").findings[0].evidence == {"path": "publiccode.yml", "place": "publiccode.yml", "line": 9}
	at_part := opencode.review with input as said({"maintenance": {"contacts": []}})
	condition(at_part, "OC-02").findings[0].evidence.line == 33
	at_file := opencode.review with input as said({"platforms": []})
	condition(at_file, "OC-02").findings[0].evidence == {"path": "publiccode.yml", "place": "publiccode.yml"}
}

test_never_released_is_a_doubt if {
	facts := with_key("publiccode", object.remove(publiccode, ["release_date", "software_version"]))
	review := opencode.review with input as facts
	rating(review, "OC-02") == "partly"
	codes(review, "OC-02") == {"release_date"}
}

test_elsewhere_is_no_fault if {
	every url in ["https://github.com/amt/beispiel", "https://gitlab.opencode.de/amt", "https://gitlab.opencode.de.example.org/amt/beispiel"] {
		review := opencode.review with input as said({"url": url})
		rating(review, "OC-03") == "partly"
		codes(review, "OC-03") == {"elsewhere"}
		review.missed == []
	}
}
