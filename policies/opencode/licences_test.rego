package policies.opencode_test

import data.policies.opencode

test_no_licence_file if {
	review := opencode.review with input as with_key("licences", [named("EUPL-1.2", [approved("EUPL-1.2")])])
	rating(review, "OC-04") == "not_met"
	codes(review, "OC-04") == {"missing"}
}

test_text_not_recognised if {
	review := opencode.review with input as with_key("licences", [file("LICENSE", [])])
	rating(review, "OC-04") == "partly"
	codes(review, "OC-04") == {"unrecognised"}
}

_declared(list) := said({"licence": {"expression": "", "licences": list, "evidence": {"path": "publiccode.yml", "line": 30}}})

_closed := {"id": "BUSL-1.1", "known": true, "osi": false}

test_not_approved if {
	facts := object.union(_declared([_closed]), {"licences": [file("LICENSE", [_closed])]})
	review := opencode.review with input as facts
	rating(review, "OC-05") == "not_met"
	codes(review, "OC-05") == {"not_approved"}
	review.missed == ["OC-05"]
}

test_one_of_two_approved if {
	review := opencode.review with input as _declared([approved("EUPL-1.2"), {"id": "Eigene", "known": false, "osi": false}])
	rating(review, "OC-05") == "partly"
	codes(review, "OC-05") == {"unknown"}
}

test_nothing_stated if {
	facts := object.union(unsaid("licence"), {"licences": []})
	review := opencode.review with input as facts
	rating(review, "OC-05") == "not_evidenced"
	rating(review, "OC-06") == "not_evidenced"
}

test_declared_and_found_differ if {
	review := opencode.review with input as with_key("licences", [file("LICENSE", [approved("MIT")])])
	rating(review, "OC-06") == "not_met"
	args(review, "OC-06") == {{"declared": ["EUPL-1.2"], "found": ["MIT"]}}
}

test_only_and_or_later_have_one_text if {
	facts := object.union(_declared([approved("AGPL-3.0-or-later")]), {"licences": [file("LICENSE", [approved("AGPL-3.0")])]})
	review := opencode.review with input as facts
	rating(review, "OC-06") == "met"
}

test_the_folder_holds_the_others if {
	files := [file("LICENSE", [approved("EUPL-1.2")]), named("EUPL-1.2", [approved("EUPL-1.2")]), named("MIT", [approved("MIT")])]
	facts := object.union(_declared([approved("EUPL-1.2"), approved("MIT")]), {"licences": files})
	review := opencode.review with input as facts
	rating(review, "OC-06") == "met"
}

test_a_text_under_another_name if {
	files := [file("LICENSE", [approved("EUPL-1.2")]), named("EUPL-1.2", [approved("MIT")])]
	review := opencode.review with input as with_key("licences", files)
	rating(review, "OC-06") == "not_met"
	codes(review, "OC-06") == {"misnamed"}
}

test_not_in_the_folder if {
	files := [file("LICENSE", [approved("EUPL-1.2")]), named("CC0-1.0", [approved("CC0-1.0")])]
	review := opencode.review with input as with_key("licences", files)
	rating(review, "OC-06") == "partly"
	args(review, "OC-06") == {{"licence": "EUPL-1.2"}}
}
